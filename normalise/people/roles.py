"""Roles compared: the same post in other words, in short, in part."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product

from normalise.people.words import bare, folded, words

Tokens = tuple[str, ...]

_SMALL = frozenset(["a", "an", "and", "at", "for", "in", "of", "on", "the", "to", "with"])
_HELD = frozenset({"interim", "acting", "temporary"})
#: Words that make another post of the one that they stand before.
_UNDER = frozenset({"assistant", "deputy", "associate", "vice", "sub", "trainee"})
_BRACKET = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=4096)
def readings(text: str) -> frozenset[Tokens]:
    """The words of a role in comparable form, sorted, once for each way to read its short forms.

    `AD Education` and `Assistant Director of Education` share one; how a post is held (`Interim`) is left out.
    """
    choices: list[tuple[str, ...]] = []
    for token in re.findall(r"[\w&]+(?:['’][\w]+)*", text.replace("-", "").replace("/", " ")):
        short = words().abbreviations.get(bare(token)) if token[:1].isupper() else None
        choices.append(short or (token,))
    full = [" ".join(choice) for choice in _some(choices)]
    return frozenset(_plain(reading) for reading in full)


@lru_cache(maxsize=1024)
def forms(role: str) -> frozenset[Tokens]:
    """Every form that stands for the whole of a role: as printed, without its brackets, without its portfolio."""
    texts = {role, _BRACKET.sub(" ", role), re.split(r",|\s[–—-]\s", role)[0]}
    return frozenset(form for text in texts for form in readings(text) if form)


@lru_cache(maxsize=1024)
def acronyms(role: str) -> frozenset[str]:
    """The role in capitals, with its small words or without: `Director of Nursing` is DN or DoN."""
    found = set()
    for text in (_BRACKET.sub(" ", role), re.split(r",|\s[–—-]\s", role)[0]):
        tokens = [token for token in re.findall(r"[\w]+(?:['’-]\w+)*", text) if folded(token) not in _HELD]
        for kept in (tokens, [token for token in tokens if token not in _SMALL]):
            if 1 < len(kept) < 7:
                first = [token if token.isupper() and len(token) > 1 else token[0] for token in kept]
                found.add("".join(first).casefold())
    return frozenset(found)


def is_part(text: str, role: str) -> bool:
    """Whether all words of `text` stand in a role that is not a lesser post (`Director` is no `Deputy Director`)."""
    return any(
        one and set(one) < set(two) and not _UNDER & (set(two) - set(one))
        for one in readings(text)
        for two in readings(role)
    )


def is_more(text: str, role: str) -> bool:
    """Whether a text says all of a role and goes on (`Head of Libraries & Museums` for a `Head of Libraries`)."""
    return any(
        len(two) > 1 and set(two) < set(one) and not _UNDER & (set(one) - set(two))
        for one in readings(text)
        for two in forms(role)
    )


def subject(text: str) -> frozenset[str]:
    """The words of a role that say what it is about, not what kind of post: {"education"} of `Head of Education`."""
    kinds, wide = _kinds(), words().wide
    return frozenset(
        word
        for reading in readings(text)
        for word in reading
        if word not in kinds and word not in wide and not word.isdigit()
    )


@cache
def _kinds() -> frozenset[str]:
    """The words that say what kind of post a role is."""
    return frozenset(part for phrase in words().heads | words().ranks for part in phrase.split())


def _plain(text: str) -> Tokens:
    tokens = re.findall(r"[a-z0-9]+(?:'[a-z]+)?", folded(text.replace("&", " and ")))
    return tuple(sorted({_stem(token) for token in tokens} - _SMALL - _HELD - {""}))


def _stem(token: str) -> str:
    """Without possessive and plural: `Children's` and `Childrens` are one word."""
    token = token.removesuffix("'s").replace("'", "")
    return token[:-1] if len(token) > 3 and token.endswith("s") and not token.endswith("ss") else token


def _some(choices: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The ways to choose, as long as they are few; a long text is read by the first meaning of each short form."""
    ways = 1
    for choice in choices:
        ways *= len(choice)
    return list(product(*choices)) if ways <= 16 else [tuple(choice[0] for choice in choices)]
