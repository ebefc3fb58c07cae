"""Which of several people a row is about: the words of one role that stand in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from normalise.model import Person
from normalise.people.roles import subject
from normalise.people.words import Topic, folded, words


class Settled(Struct, frozen=True):
    """The one whose role the row speaks of, and the word of the row that shows it."""

    person: Person
    word: str


def settle(candidates: Sequence[Person], context: str, said: str = "") -> Settled | None:
    """The one candidate of whose role the row holds a word (or a listed synonym); None where none or several fit.

    `said`: what the entry itself prints; its words are every candidate's and prove nothing.
    """
    found = [(person, word) for person in candidates if (word := _evidence(person, candidates, context, said))]
    return Settled(*found[0]) if len(found) == 1 else None


def _evidence(person: Person, candidates: Sequence[Person], context: str, said: str) -> str | None:
    """The first word of the row that is of this candidate's role and of nobody else's."""
    context = re.sub(r"[^\S\n]+", " ", context)
    others = [other for other in candidates if other is not person]
    theirs = {
        term for other in others for term in (*_whole_role(other), *_phrases(other), *_words(other), *_synonyms(other))
    }
    for term in (*_whole_role(person), *_phrases(person), *_synonyms(person)):
        if term not in theirs and (found := _standing(term, context)):
            return found
    for term in _words(person):
        if term in theirs or term in folded(said).split():
            continue
        found = _capital(term, context) if term in words().weak else _standing(term, context)
        if found:
            return found
    return None


def _whole_role(person: Person) -> tuple[str, ...]:
    """The role as it is printed, where it has more than one word: `Director of Children's Services`."""
    role = " ".join((person.role or "").split())
    return (role,) if " " in role else ()


def _words(person: Person) -> list[str]:
    """The words of a role that say what it is about, in printed order."""
    role = folded(person.role or "")
    about = subject(person.role or "")
    tokens = [token.removesuffix("'s") for token in re.findall(r"[a-z]+(?:['-][a-z]+)*", role)]
    return [
        token
        for token in dict.fromkeys(tokens)
        if (token in about or token.removesuffix("s") in about) and token not in words().common and len(token) > 1
    ]


def _phrases(person: Person) -> list[str]:
    """Two words of a role that stand side by side and are both about its subject: `human resources`."""
    role = folded(person.role or "")
    about = set(_words(person)) | words().common
    pairs = re.findall(r"(?=\b([a-z]+(?:'s)?) ([a-z]+)\b)", role)
    return [
        f"{one} {two}"
        for one, two in pairs
        if one in about and two in about and not {one, two} <= words().common and not words().heads & {one, two}
    ]


def _synonyms(person: Person) -> tuple[str, ...]:
    """The listed words for what a role is about."""
    return _synonyms_of(person.role or "")


@lru_cache(maxsize=1024)
def _synonyms_of(role: str) -> tuple[str, ...]:
    return tuple(term for topic in words().topics if _is_about(role, topic) for term in topic.row)


def _is_about(role: str, topic: Topic) -> bool:
    if any(_standing(term, role) for term in topic.unless):
        return False
    return any(_standing(term, role) for term in topic.role)


def _standing(term: str, text: str) -> str | None:
    """The term as printed in the text, as a word or a phrase, in the plural too; a short form only in its capitals."""
    if term.casefold() not in text.casefold():  # few are in a text, and a pattern takes long to make
        return None
    found = _printed(term).search(text)
    return found.group() if found else None


@lru_cache(maxsize=4096)
def _printed(term: str) -> re.Pattern[str]:
    if term in words().abbreviations or term.upper() in words().acronyms:
        return re.compile(rf"\b{re.escape(term.upper())}s?\b")
    return re.compile(rf"\b{re.escape(term)}(?:['’]?s)?\b", re.IGNORECASE)


def _capital(term: str, context: str) -> str | None:
    """The term where the page gives it a capital that no sentence's beginning explains, or all capitals."""
    for found in re.finditer(rf"\b{re.escape(term)}(?:['’]?s)?\b", context, re.IGNORECASE):
        text = found.group()
        before = context[: found.start()].rstrip(" \"'“‘(•-–")
        if (text.isupper() and len(text) > 3) or (text[0].isupper() and before and before[-1] not in ".!?:;\n"):
            return text
    return None
