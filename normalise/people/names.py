"""What a name looks like, what stands before and after it, and which initials it gives."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from msgspec import Struct

from normalise.people.words import bare, folded, words

#: A word of a name: capitalised, with hyphens and apostrophes inside; an initial may have a dot.
_NAME_WORD = re.compile(r"(?:[^\W\d_][\w'’-]*|[^\W\d_]\.)$")
_INITIALS = re.compile(r"[A-Z](?:[A-Za-z]{0,2}[A-Z]|['’-]?[A-Z]){1,4}[a-z]?$")
_DOTTED = re.compile(r"(?:[A-Z][.\s-]{1,2}){1,4}[A-Z]\.?$")
_TOKEN = re.compile(r"\S+")


class Called(Struct, frozen=True):
    """Somebody as printed in one place: rank and titles off the name. `prefix` is the rank as printed, or ""."""

    name: str
    prefix: str = ""
    title: str = ""


def called(text: str, single: bool = False) -> Called | None:
    """The name that a text is, with what stands before it, or None where it is no name.

    A name is two to five words with capitals, none of which says a body, a place or a post; one word will do after a
    title or a rank, or where `single` allows it.

    >>> called("Detective Superintendent Dana Holt")
    Called(name='Dana Holt', prefix='Detective Superintendent', title='')
    >>> called("Cllr Ravi Marsh OBE")
    Called(name='Ravi Marsh', prefix='', title='Cllr')
    >>> called("Quality Assurance") is None
    True
    """
    tokens = [match.group().strip(",;") for match in _TOKEN.finditer(text.strip())]
    before, rest = _titles(tokens)
    rank, rest = rank_prefix(rest)
    more, rest = _titles(rest)
    while len(rest) > 1 and rest[-1].strip(".") in words().honours:
        rest = rest[:-1]
    least = 1 if single or rank or before or more else 2
    if not is_name(rest, least):
        return None
    return Called(" ".join(rest), " ".join(rank), " ".join((*before, *more)))


def is_name(tokens: list[str], least: int = 2) -> bool:
    """Whether these words can be a person's name."""
    if not least <= len(tokens) <= 5 or not tokens[-1][:1].isupper():
        return False
    if (
        not all(_is_name_word(token) for token in tokens)
        or any(map(_are_capitals, tokens[1:]))
        and not tokens[0].isupper()
    ):
        return False
    full = [token for token in tokens if len(token.strip(".")) > 1 and folded(token) not in words().particles]
    return (
        bool(full)
        and any(not _is_common(token) for token in full)
        and all(not _is_common(token) or folded(token) in words().also_names for token in full)
    )


def rank_prefix(tokens: list[str]) -> tuple[list[str], list[str]]:
    """The longest rank that the words begin with (in full or in short), and the words after it.

    >>> rank_prefix(["T/Supt", "Holt"])
    (['T/Supt'], ['Holt'])
    >>> rank_prefix(["Dana", "Holt"])
    ([], ['Dana', 'Holt'])
    """
    for count in range(min(5, len(tokens) - 1), 0, -1):
        if rank_meanings(" ".join(tokens[:count])):
            return tokens[:count], tokens[count:]
    return [], tokens


def rank_meanings(text: str) -> tuple[str, ...]:
    """The ranks in full that a printed rank can mean, without how it is held (`T/Supt` is superintendent)."""
    vocabulary = words()
    plain = folded(text).replace(".", "").strip()
    held, _, rest = text.strip().replace("/", " ", 1).partition(" ")
    if folded(held).strip(".") in vocabulary.rank_prefixes and rest and (meanings := rank_meanings(rest)):
        return meanings
    if plain in vocabulary.ranks:
        return (plain,)
    if text[:1].isupper():
        return vocabulary.rank_abbreviations.get(bare(text), ())
    return ()


def is_initials(text: str) -> bool:
    """Whether a text has the shape of initials: `BP`, `JH-B`, `McD`, `J.N.`; whose they are is another question."""
    text = text.strip()
    return len(text) <= 9 and bool(_INITIALS.match(text) or _DOTTED.match(text))


def derived_initials(name: str) -> tuple[str, ...]:
    """The initials that a name gives; a double-barrelled one is printed with its hyphen or without.

    >>> derived_initials("Odile Marsden-Pryce")
    ('OM-P', 'OMP')
    """
    parts = [part for part in name.split() if folded(part) not in words().particles]
    hyphened = "".join("-".join(piece[0].upper() for piece in part.split("-") if piece) for part in parts)
    forms = (hyphened, hyphened.replace("-", ""))
    return tuple(dict.fromkeys(form for form in forms if len(form) > 1))


def may_give(name: str, initials: str) -> bool:
    """Whether initials can be this person's: its letters stand in the name in their order, the first one first.

    >>> may_give("Margaret O'Dowd", "MOD"), may_give("Ivor Tamblyn", "CCG")
    (True, False)
    """
    letters = iter(bare(name))
    wanted = bare(initials)
    if not wanted or not bare(name).startswith(wanted[0]):
        return False
    return all(letter in letters for letter in wanted)


def slug(name: str) -> str:
    """The name as an id: `Zoë O'Brien-Hart` is `zoe-obrien-hart`."""
    plain = unicodedata.normalize("NFKD", folded(name)).replace("'", "")
    return "-".join(re.findall(r"[^\W_]+", plain)) or "person"


def has_head(text: str) -> bool:
    """Whether a text holds the word for a post: `Head of SEN`, `operations manager`, `D/Supt`."""
    vocabulary = words()
    tokens = re.findall(r"[a-z]+(?:[-'][a-z]+)*", folded(text))
    pairs = {f"{one} {two}" for one, two in pairwise(tokens)}
    if vocabulary.heads & ({*tokens, *(token.removesuffix("s") for token in tokens)} | pairs):
        return True
    return any(word in vocabulary.posts for word in re.findall(r"[A-Za-z&]+", text))


def _titles(tokens: list[str]) -> tuple[list[str], list[str]]:
    taken: list[str] = []
    while tokens:
        count = 2 if folded(" ".join(tokens[:2])).replace(".", "") in words().titles else 1
        if folded(" ".join(tokens[:count])).replace(".", "") not in words().titles or len(tokens) <= count:
            break
        taken, tokens = [*taken, *tokens[:count]], tokens[count:]
    return taken, tokens


def _are_capitals(token: str) -> bool:
    """Short capitals after a name, which are its initials and no part of it."""
    return 1 < len(token) < 4 and token.isalpha() and token.isupper()


def _is_name_word(token: str) -> bool:
    if folded(token) in words().particles:
        return True
    return bool(_NAME_WORD.match(token)) and (token[0].isupper() or token[:2] in ("d'", "d’", "o'", "o’"))


def _is_common(token: str) -> bool:
    plain = folded(token).removesuffix("'s")
    return plain in words().no_name or token in words().acronyms
