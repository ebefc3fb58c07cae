"""Whom one printed entry of a lead cell means: initials, names, roles, groups."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.fuzz import ratio

from normalise.model import Person
from normalise.people.names import called, has_head, is_initials, rank_meanings, rank_prefix
from normalise.people.roles import acronyms, forms, is_part, readings, subject
from normalise.people.words import bare, folded, words

Kind = Literal["initials", "name", "role", "part", "close", "nobody", "group", "unknown"]

#: How alike (of 100) a misspelt name or role must be to be taken for the roster's.
_CLOSE = 90
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")


@dataclass(frozen=True, slots=True)
class Match:
    """All who fit an entry, and by what. `sure`: False where one fits but the words could mean somebody else."""

    kind: Kind
    people: tuple[Person, ...] = ()
    sure: bool = True


def match(text: str, people: tuple[Person, ...]) -> Match:
    """Who fits an entry; the first kind of evidence that fits anybody decides."""
    core, hints = stripped(text)
    if folded(core) in words().nobody or not re.search(r"\w", core):
        return Match("nobody")
    found = known(core, people)
    if found is None and is_group(core):
        return Match("group")
    found = found or _partly(core, people) or _closely(core, people)
    if found is None:
        return Match("unknown")
    return Match(found.kind, _hinted(found.people, hints), found.sure)


def known(core: str, people: tuple[Person, ...]) -> Match | None:
    """Whom a text means outright: roster initials, a name in one of its forms, a whole role."""
    initials = _those(people, lambda person: core in person.initials)
    post = _those(people, lambda person: bool(person.role) and _is_post(core, person.role or ""))
    if initials:
        return Match("initials", _both(initials, post) if bare(core) in words().abbreviations else initials)
    if named := _named(core, people):
        return named
    short = _those(people, lambda person: bare(core) in {bare(form) for form in person.initials})
    if short and len(core) <= 9 and (is_initials(core) or core.islower() or re.fullmatch(r"(?:\w[. ]*)+", core)):
        return Match("initials", short)
    return Match("role", post) if post else None


@lru_cache(maxsize=4096)
def stripped(text: str) -> tuple[str, tuple[str, ...]]:
    """An entry without what is said of it (`Lead:`, `(support)`), and what its brackets hint at.

    >>> stripped("Lead: S. Tamblyn (ICB)")
    ('S. Tamblyn', ('ICB',))
    """
    hints = tuple(hint.strip() for hint in _BRACKET.findall(text) if folded(hint) not in words().labels)
    core = " ".join(_BRACKET.sub(" ", text).split()).strip(" ,;:*")
    label, colon, rest = core.partition(":")
    if colon and folded(label) in words().labels and rest.strip():
        core = rest.strip()
    head, _, tail = core.rpartition(" - " if " - " in core else " – ")
    if head and folded(tail) in words().labels:
        core = head.strip()
    return (core, hints) if core else (text.strip(), ())


def is_group(core: str) -> bool:
    """Whether an entry is several people or a body: what its main noun is, or its known short form, says so."""
    plain = folded(core)
    if core in words().acronyms or plain.split()[:1] in (["all"], ["various"], ["each"], ["every"]):
        return True
    main = re.split(r"\s(?:of|for|in|at|from)\s", plain)[0].split()
    if not main:
        return False
    noun = main[-1]
    return noun in words().groups or noun.endswith("s") and noun[:-1] in words().heads


def _named(core: str, people: tuple[Person, ...]) -> Match | None:
    """Who bears a name: in full, or by initial and surname, or by surname, with a rank or title or without."""
    person = called(core, single=True)
    plain = folded(person.name if person else core)
    for fits in (_same_name, _short_name, _surname, _given):
        found = _those(people, lambda one, fits=fits: fits(plain, folded(one.name)))  # type: ignore[misc]
        if found:
            rank = person.prefix if person else ""
            return _ranked(found, rank) if rank else Match("name", found)
    return None


def _same_name(text: str, name: str) -> bool:
    return text.replace("-", " ") == name.replace("-", " ") or _outer(text) == _outer(name)


def _outer(name: str) -> tuple[str, ...]:
    """First and last name, where there are two or more: middle names come and go."""
    tokens = [token for token in name.split() if len(token.strip(".")) > 1]
    return (tokens[0], tokens[-1]) if len(tokens) > 1 and len(tokens) == len(name.split()) else (name,)


def _short_name(text: str, name: str) -> bool:
    """`k. oduya`, `k oduya`, `k.j. oduya`, `karen o` for `karen oduya`."""
    found = re.fullmatch(r"((?:[a-z]\b\.?\s*){1,3})([a-z].+)", text)
    if found and len(found.group(2)) > 1:
        return name.startswith(found.group(1)[0]) and name.endswith(" " + found.group(2))
    given = re.fullmatch(r"(\S{2,}) ([a-z])\.?", text)
    return bool(given) and name.startswith(f"{given.group(1)} ") and name.split()[-1].startswith(given.group(2)) if given else False


def _surname(text: str, name: str) -> bool:
    return len(text) > 1 and name.endswith(" " + text) and (" " not in text or text.split()[0] in _SAINTS | words().particles)


_SAINTS = frozenset({"st", "st.", "saint"})


def _given(text: str, name: str) -> bool:
    return len(text) > 2 and " " not in text and name.split()[0] == text


def _ranked(found: tuple[Person, ...], rank: str) -> Match:
    """Those of one name whom the printed rank fits; a rank that fits nobody leaves a doubt."""
    meanings = [set(meaning.split()) for meaning in rank_meanings(rank)]
    with_rank = [person for person in found if _rank_of(person)]
    fitting = tuple(person for person in with_rank if any(meaning <= _rank_of(person) for meaning in meanings))
    if fitting:
        exact = tuple(person for person in fitting if _rank_of(person) in meanings)
        return Match("name", exact or fitting)
    without = tuple(person for person in found if person not in with_rank)
    return Match("name", without) if without else Match("name", found, sure=False)


def _rank_of(person: Person) -> set[str]:
    """The words of the rank that a person's role begins with, short forms in full."""
    tokens = (person.role or "").replace(",", " ").split()
    rank, _ = rank_prefix([*tokens, "-"])
    meanings = rank_meanings(" ".join(rank)) if rank else ()
    return set(meanings[0].split()) if meanings else set()


def _is_post(text: str, role: str) -> bool:
    """Whether a text is the whole of a role, in the same words or in short."""
    if readings(text) & forms(role):
        return True
    return text.isalpha() and not text.islower() and 1 < len(text) < 7 and text.casefold() in acronyms(role)


def _partly(core: str, people: tuple[Person, ...]) -> Match | None:
    """Whose role a text is a part of; one that says only the kind of post (`Manager`) is no proof for the one it fits."""
    meanings = rank_meanings(core)
    texts = [core, *meanings]
    if not any(has_head(text) for reading in readings(core) for text in (core, " ".join(reading))):
        return None
    found = _those(people, lambda person: any(is_part(text, person.role or "") for text in texts))
    return Match("part", found, sure=bool(subject(core))) if found else None


def _closely(core: str, people: tuple[Person, ...]) -> Match | None:
    """Whose name or role is misspelt in an entry: alike to a letter or so."""
    plain = folded(core)
    if len(plain) < 7 or " " not in plain:
        return None
    found = _those(people, lambda person: max(ratio(plain, folded(person.name)), ratio(plain, folded(person.role or ""))) >= _CLOSE)
    return Match("close", found, sure=False) if found else None


def _hinted(found: tuple[Person, ...], hints: tuple[str, ...]) -> tuple[Person, ...]:
    """Of several who fit, those whose role or initials the entry's own brackets name."""
    if len(found) < 2:
        return found
    fitting = [
        person
        for person in found
        if any(hint in person.initials or any(set(one) <= set(two) for one in readings(hint) if one for two in readings(person.role or "")) for hint in hints)
    ]
    return tuple(fitting) if fitting else found


def _those(people: Iterable[Person], fits: Callable[[Person], bool]) -> tuple[Person, ...]:
    return tuple(person for person in people if fits(person))


def _both(one: tuple[Person, ...], two: tuple[Person, ...]) -> tuple[Person, ...]:
    return (*one, *(person for person in two if person not in one))
