"""A lead cell taken apart: one entry for each person or group that it prints."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from normalise.model import Person
from normalise.people.matching import Match, is_group, known, match, stripped
from normalise.people.names import called, has_head, is_initials, rank_meanings
from normalise.people.roles import is_part
from normalise.people.words import folded, words

#: Between a name and the same person's role; `/`, `;` and a new line always part two entries.
_TIES = frozenset({",", "-", "–", "—", ":", " "})
_ANDS = frozenset({"&", "and"})
_MOST_TOKENS = 12
_MOST_ATOMS = 6


class Entry(Struct, frozen=True):
    """One entry: its stretch [start, end) of the cell's text, and what stands before it (`""` for the first).

    `meant`: whom it means, where that was found by one of its parts (a name with a role after it).
    """

    start: int
    end: int
    joint: str
    meant: Match | None = None


def entries(text: str, people: tuple[Person, ...]) -> list[tuple[str, Match]]:
    """The printed entries of a lead cell, in order, each as printed and with all who fit it.

    What the roster knows whole stays whole (`Head of Play & Inclusion`), a name and that person's own role
    are one entry, and a part that would be nothing by itself stays with the part before it.
    """
    atoms = _atoms(text)
    grouped = _whole(text, atoms, people)
    spread = [part for entry in grouped for part in _spread(text, entry, people)]
    tied = _tied(text, _restored(text, spread, people), people)
    printed = [(" ".join(text[entry.start : entry.end].split()), entry) for entry in tied]
    return [(inner, entry.meant or match(inner, people)) for inner, entry in printed]


@cache
def _joint_pattern() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase) for phrase in words().joints)
    return re.compile(rf"\s*(?:[,;/&+\n]|\s[-–—]\s|:\s|\b(?:{phrases})\b)\s*", re.IGNORECASE)


def _atoms(text: str) -> list[Entry]:
    """The text cut at everything that could part two entries, but not inside brackets nor inside a rank (`D/Supt`)."""
    found: list[Entry] = []
    start, joint = 0, ""
    for cut in _joint_pattern().finditer(text):
        if cut.start() < start or _inside_brackets(text, cut.start()) or _inside_word(text, cut):
            continue
        found.append(Entry(start, cut.start(), joint))
        start, joint = cut.end(), folded(cut.group()) or "\n"
    found.append(Entry(start, len(text), joint))
    return [trimmed for entry in found if (trimmed := _trimmed(text, entry))]


def _trimmed(text: str, entry: Entry) -> Entry | None:
    inner = text[entry.start : entry.end]
    start = entry.start + len(inner) - len(re.sub(r"^[\s•*]+", "", inner))
    end = entry.start + len(inner.rstrip())
    return Entry(start, end, entry.joint) if start < end else None


def _inside_brackets(text: str, at: int) -> bool:
    before = text[:at]
    return before.count("(") > before.count(")") and ")" in text[at:]


def _inside_word(text: str, cut: re.Match[str]) -> bool:
    """A stroke inside a rank (`T/Supt`) or `n/a`, a comma or colon that is none, `&` inside `L&D`."""
    mark = cut.group().strip()
    if mark == "/" and cut.group() == "/":
        before = re.search(r"[^\s,;&]*$", text[: cut.start()])
        after = re.match(r"(?:Ch(?:ief)?\.?\s)?[^\s,;&]+", text[cut.end() :])
        if before is None or after is None:
            return False
        whole = f"{before.group()}/{after.group()}"
        surname = re.match(r"\s*[A-Z]", text[cut.end() + after.end() :])
        return folded(whole) in words().nobody or bool(rank_meanings(whole) and surname)
    return mark == "&" and cut.group() == "&" and bool(re.match(r"[A-Z]\b", text[cut.end() :]))


def _whole(text: str, atoms: list[Entry], people: tuple[Person, ...]) -> list[Entry]:
    """Atoms put together again where together, and only so, they are what the roster holds."""
    found: list[Entry] = []
    at = 0
    while at < len(atoms):
        most = min(len(atoms), at + _MOST_ATOMS)
        last = next((end for end in range(most - 1, at, -1) if _is_one(text, atoms[at : end + 1], people)), at)
        found.append(Entry(atoms[at].start, atoms[last].end, atoms[at].joint))
        at = last + 1
    return found


def _is_one(text: str, atoms: list[Entry], people: tuple[Person, ...]) -> bool:
    core, _ = stripped(" ".join(text[atoms[0].start : atoms[-1].end].split()))
    return known(core, people) is not None


def _spread(text: str, entry: Entry, people: tuple[Person, ...]) -> list[Entry]:
    """People printed side by side with nothing between: `AL BO CW`, or names whose lines were run together."""
    inner = text[entry.start : entry.end]
    tokens = list(re.finditer(r"\S+", inner))
    if not 1 < len(tokens) <= _MOST_TOKENS or known(stripped(inner)[0], people) is not None or "(" in inner:
        return [entry]
    marks = [token.group().strip(",;") for token in tokens]
    if all(is_initials(mark) for mark in marks) and any(_has(mark, people) for mark in marks):
        cuts: list[tuple[int, int]] | None = [(at, at + 1) for at in range(len(tokens))]
    else:
        cuts = _cover(marks, people)
    if not cuts or len(cuts) < 2:
        return [entry]
    return [
        Entry(entry.start + tokens[one].start(), entry.start + tokens[two - 1].end(), entry.joint if one == 0 else " ")
        for one, two in cuts
    ]


def _has(mark: str, people: tuple[Person, ...]) -> bool:
    return any(mark in person.initials for person in people)


def _cover(tokens: list[str], people: tuple[Person, ...]) -> list[tuple[int, int]] | None:
    """The fewest known names, initials and roles that make up all the words; None where something is left over."""
    best: list[list[tuple[int, int]] | None] = [[]] + [None] * len(tokens)
    for end in range(1, len(tokens) + 1):
        for start in range(end):
            before = best[start]
            if before is None or (len(before) + 1 >= len(best[end] or tokens) and best[end] is not None):
                continue
            if _stands_alone(" ".join(tokens[start:end]), people):
                best[end] = [*before, (start, end)]
    return best[-1]


def _stands_alone(text: str, people: tuple[Person, ...]) -> bool:
    """Known beyond doubt even without anything between it and its neighbours: no lone given names or surnames."""
    found = known(text, people)
    return found is not None and (found.kind != "name" or " " in text)


def _restored(text: str, parts: list[Entry], people: tuple[Person, ...]) -> list[Entry]:
    """Parts that are no entry by themselves (`Inclusion`) back to the part before them."""
    found: list[Entry] = []
    for part in parts:
        inner = text[part.start : part.end]
        soft = part.joint not in ("", "\n", ";", " ")
        last = found[-1] if found and soft else None
        if last is not None and part.joint in _ANDS and _goes_on(text[last.start : last.end], inner, people):
            found[-1] = Entry(last.start, part.end, last.joint)
        elif last is not None and _is_entry(inner, people):
            found.append(part)
        elif last is not None and _takes(text[last.start : last.end], part.joint, inner, people):
            before = known(stripped(text[last.start : last.end])[0], people)
            meant = before if before and before.kind in _BY_NAME else None
            found[-1] = Entry(last.start, part.end, last.joint, meant)
        else:
            found.append(part)
    return found


def _goes_on(before: str, text: str, people: tuple[Person, ...]) -> bool:
    """Whether words that are nobody are what an unknown post begins with: `Estates & Health and Safety Lead`."""
    core, _ = stripped(text)
    is_post = has_head(core) and called(core) is None and not is_initials(core) and not match(core, people).people
    return is_post and not is_group(core) and not _is_entry(before, people)


def _takes(before: str, joint: str, text: str, people: tuple[Person, ...]) -> bool:
    """Whether the entry before can hold such a part: a role that goes on, or somebody whose portfolio it is.

    A stroke parts somebody whom the roster knows from whatever comes next: `Headteacher / office`.
    """
    found = known(stripped(before)[0], people)
    if found is not None and joint == "/":
        return False
    if found is None or found.kind == "role":
        return True
    return any(is_part(text, person.role or "") for person in found.people)


def _is_entry(text: str, people: tuple[Person, ...]) -> bool:
    core, _ = stripped(text)
    if folded(core) in words().nobody or is_initials(core) or core in words().acronyms:
        return True
    return has_head(core) or is_group(core) or called(core) is not None or match(core, people).kind != "unknown"


def _tied(text: str, parts: list[Entry], people: tuple[Person, ...]) -> list[Entry]:
    """A name and that person's own role (or initials) beside it, put together as one entry."""
    found: list[Entry] = []
    for part in parts:
        if found and part.joint in _TIES:
            last = found[-1]
            one = last.meant or match(text[last.start : last.end], people)
            two = match(text[part.start : part.end], people)
            if (meant := _own(one, two, text[part.start : part.end])) is not None:
                found[-1] = Entry(last.start, part.end, last.joint, meant)
                continue
        found.append(part)
    return found


def _own(one: Match, two: Match, second: str) -> Match | None:
    """Whom two neighbours mean if they are one person: by name and by role, or by name with a role nobody holds."""
    by_name = next((found for found in (one, two) if found.kind in _BY_NAME), None)
    by_post = next((found for found in (one, two) if found.kind in _BY_POST), None)
    if by_name and by_post:
        shared = tuple(person for person in by_name.people if person in by_post.people)
        return Match(by_name.kind, shared, by_name.sure) if shared else None
    if by_name and {one.kind, two.kind} == {"name", "initials"} and set(one.people) & set(two.people):
        return Match("name", tuple(person for person in one.people if person in two.people))
    is_post = has_head(second) and called(second) is None and not is_initials(second)
    if by_name is one and two.kind == "unknown" and is_post:
        return one
    return None


_BY_NAME = ("name", "initials", "close name")
_BY_POST = ("role", "part", "close role")
