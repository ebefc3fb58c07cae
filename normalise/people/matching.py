"""Whom one printed entry of a lead cell means: initials, names, roles, groups."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from rapidfuzz.fuzz import ratio

from normalise.model import Person
from normalise.people.names import called, has_head, is_initials, rank_meanings, rank_prefix
from normalise.people.roles import acronyms, forms, is_more, is_part, readings, subject
from normalise.people.words import bare, folded, words

Kind = Literal["initials", "name", "role", "part", "close name", "close role", "nobody", "group", "unknown"]

#: How alike (of 100) a misspelt name or role must be to be taken for the roster's.
_CLOSE = 90
_INVERTED = re.compile(r"([^,]+), ?([^,]+)")
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")


class Match(Struct, frozen=True):
    """All who fit an entry, and by what. `sure`: False where one fits but the words could mean somebody else."""

    kind: Kind
    people: tuple[Person, ...] = ()
    sure: bool = True


@lru_cache(maxsize=1024)
def match(text: str, people: tuple[Person, ...]) -> Match:
    """Who fits an entry; the first kind of evidence that fits anybody decides."""
    core, hints = stripped(text)
    if folded(core) in words().nobody or not re.search(r"\w", core):
        return Match("nobody")
    found = known(core, people)
    if found is None and is_group(core):
        return Match("group")
    found = found or _partly(core, people) or _closely(core, people)
    return _hinted(found, hints, people) if found else Match("unknown")


@lru_cache(maxsize=1024)  # each part of a cell is asked for several times, and again when the plan is proved
def known(core: str, people: tuple[Person, ...]) -> Match | None:
    """Whom a text means outright: roster initials, a name in one of its forms (`Lowe, Ada` too), a whole role."""
    post = _those(people, lambda person: _is_post(core, person.role or ""))
    if turned := _INVERTED.fullmatch(core):
        return _in_order(f"{turned[2]} {turned[1]}", people) or (Match("role", post) if post else None)
    initials = _those(people, lambda person: core in person.initials)
    certain = _is_certain_post(core) or (bool(post) and all(_is_rank(core, person.role or "") for person in post))
    if initials:
        also = post if certain and is_initials(core) else ()
        return Match("initials", tuple(dict.fromkeys((*initials, *also))))
    if named := _named(core, people):
        return named
    short = _those(people, lambda person: bare(core) in {bare(form) for form in person.initials})
    if short and len(core) <= 9 and (is_initials(core) or core.islower() or re.fullmatch(r"(?:\w[. ]*)+", core)):
        return Match("initials", short)
    return Match("role", post, certain) if post else None


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
    if re.fullmatch(r"[A-Z]{2,4}s", core):  # TAs, IROs
        return True
    if len(main) == 1 and core[:-1].isupper() and noun[:-1] in words().abbreviations and noun.endswith("s"):
        return True
    return noun in words().groups or (noun.endswith("s") and noun[:-1] in words().heads)


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


def _in_order(name: str, people: tuple[Person, ...]) -> Match | None:
    """Who bears a name that was printed surname first; a surname alone before a comma is no such name."""
    person = called(name)
    if person is None:
        return None
    plain = folded(person.name)
    found = _those(people, lambda one: any(fits(plain, folded(one.name)) for fits in (_same_name, _short_name)))
    return Match("name", found) if found else None


def _same_name(text: str, name: str) -> bool:
    return text.replace("-", " ") == name.replace("-", " ") or _outer(text) == _outer(name)


@lru_cache(maxsize=4096)
def _outer(name: str) -> tuple[str, ...]:
    """First and last name, where there are two or more: middle names come and go."""
    tokens = [token for token in name.split() if len(token.strip(".")) > 1]
    return (tokens[0], tokens[-1]) if len(tokens) > 1 and len(tokens) == len(name.split()) else (name,)


def _short_name(text: str, name: str) -> bool:
    """`a. lowe`, `a lowe`, `a.j. lowe`, `ada l` for `ada lowe`."""
    found = re.fullmatch(r"((?:[a-z]\b\.?\s*){1,3})([a-z].+)", text)
    if found and len(found.group(2)) > 1:
        return name.startswith(found.group(1)[0]) and name.endswith(" " + found.group(2))
    given = re.fullmatch(r"(\S{2,}) ([a-z])\.?", text)
    if not given:
        return False
    return name.startswith(f"{given.group(1)} ") and name.split()[-1].startswith(given.group(2))


def _surname(text: str, name: str) -> bool:
    simple = " " not in text or text.split()[0] in _SAINTS | words().particles
    return simple and len(text) > 1 and name.endswith(" " + text)


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
    if readings(text) & forms(role) or _is_rank(text, role):
        return True
    return text.isalpha() and not text.islower() and 1 < len(text) < 7 and text.casefold() in acronyms(role)


def _is_rank(text: str, role: str) -> bool:
    """Whether a text is a known rank (`DCC`, `Ch Insp`), or one with what it is for, that is the whole of a role.

    `ACC Crime` is the `Assistant Chief Constable, Crime`.
    """
    return any(readings(meaning) & forms(role) for meaning in _in_full(text))


@lru_cache(maxsize=1024)
def _in_full(text: str) -> tuple[str, ...]:
    """A text that is or begins with a rank in short, with the rank in full."""
    rank, rest = rank_prefix(text.split())
    told = " ".join(rest)
    return (*rank_meanings(text), *(f"{meaning} {told}" for meaning in rank_meanings(" ".join(rank)) if rank))


def _is_certain_post(text: str) -> bool:
    """Whether a text is a post and can be nobody's initials: words, or a short form that everybody uses."""
    if not is_initials(text):
        return True
    listed = bare(text) in words().abbreviations
    return (listed and (len(text) > 2 or bare(text) in ("ce", "cn", "cx", "md"))) or (
        len(text) > 2 and not text.isupper()
    )


def _partly(core: str, people: tuple[Person, ...]) -> Match | None:
    """Whose role a text is a part of, or goes beyond; the kind of post alone (`Manager`) proves nothing."""
    meanings = {*rank_meanings(core), *(" ".join(reading) for reading in readings(core))}
    if not any(has_head(text) for text in (core, *meanings)):
        return None
    texts = (core, *rank_meanings(core))
    found = _those(people, lambda person: any(is_part(text, person.role or "") for text in texts))
    if found:
        return Match("part", found, sure=all(subject(text) for text in meanings))
    found = _those(people, lambda person: is_more(core, person.role or ""))
    return Match("part", found, sure=False) if found else None


def _closely(core: str, people: tuple[Person, ...]) -> Match | None:
    """Whose name or role is misspelt in an entry: alike to a letter or so."""
    plain = folded(core)
    if len(plain) < 7 or " " not in plain:
        return None
    named = _those(people, lambda person: ratio(plain, folded(person.name)) >= _CLOSE)
    posted = _those(people, lambda person: ratio(plain, folded(person.role or "")) >= _CLOSE)
    if named:
        return Match("close name", named)
    return Match("close role", posted) if posted else None


def _hinted(found: Match, hints: tuple[str, ...], people: tuple[Person, ...]) -> Match:
    """Of those who fit, the ones whose role or initials the entry's own brackets name: `S. Tamblyn (ICB)`.

    Brackets that name somebody else (`COO (Ada Lowe)`) leave both as candidates.
    """
    fitting = _those(found.people, lambda person: any(_is_of(hint, person) for hint in hints))
    if fitting:
        return Match(found.kind, fitting)
    others = [other for hint in hints if (other := known(hint, people)) and other.kind != "role"]
    named = tuple(person for other in others for person in other.people)
    if named and not set(named) & set(found.people):
        return Match(found.kind, tuple(dict.fromkeys((*found.people, *named))), sure=False)
    both = tuple(person for person in found.people if person in named)
    return Match(found.kind, both) if both else found


def _is_of(hint: str, person: Person) -> bool:
    role = person.role or ""
    whole = readings(role)
    return hint in person.initials or any(one and set(one) <= set(two) for one in readings(hint) for two in whole)


def _those(people: Iterable[Person], fits: Callable[[Person], bool]) -> tuple[Person, ...]:
    return tuple(person for person in people if fits(person))
