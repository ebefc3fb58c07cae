"""The roster: everybody to whom a list, a table or the introduction gives a role or initials."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from normalise.model import Flag, Origins, Person
from normalise.people.lines import Line, mention_of, read_line
from normalise.people.mention import Mention, Roster
from normalise.people.names import derived_initials, slug
from normalise.people.sentences import Passages, may_name_people, sentences_whole
from normalise.people.tables import Rows, people_in_table
from normalise.people.words import folded, words

#: Characters of one run of text that are read for people: far more than any introduction has.
_LONGEST_TEXT = 50_000


def read_roster(passages: Passages, tables: Sequence[tuple[Rows, Origins]] = ()) -> Roster:
    """Who is who in a document: people in the order in which lists and prose, then tables, first name them.

    `passages`: the repaired paragraphs outside the action tables, in reading order; `tables`: the cells of the tables
    that are no action tables. A person named in several places is one Person with all the places.
    """
    listed = _listed(passages)
    used = tuple(sorted(listed))
    mentions: list[tuple[int, Mention]] = [(at, mention) for at, found in listed.items() for mention in found]
    mentions += _told(passages, frozenset(used))
    mentions.sort(key=lambda pair: pair[0])
    ordered = [mention for _, mention in mentions]
    for rows, origins in tables:
        ordered += people_in_table(rows, origins)
    people, flags = _merged(ordered)
    return Roster(people, used, flags)


class _Item(Struct, frozen=True):
    """A passage with its lines read one by one; `whole`: each of them is about one person."""

    lines: tuple[Line, ...]
    whole: bool


def _listed(passages: Passages) -> dict[int, list[Mention]]:
    """The passages that are people's own lines. A line without a word for a post needs a neighbour that has one."""
    items = [_item(text) for text, _ in passages]
    found: dict[int, list[Mention]] = {}
    for block in _blocks(items):
        if not any(line.strong for at in block for line in items[at].lines):
            continue
        trusting = _all_bracketed([passages[at][0] for at in block])
        for at in block:
            lines = _item(passages[at][0], True).lines if trusting else items[at].lines
            found[at] = [replace(mention_of(line), origins=passages[at][1]) for line in lines]
    return found


def _item(text: str, trusting: bool = False) -> _Item:
    texts = [part for part in re.split(r"\n|;\s", text) if part.strip()]
    lines = tuple(line for part in texts if (line := read_line(part, trusting)) is not None)
    return _Item(lines, bool(lines) and len(lines) == len(texts))


def _blocks(items: Sequence[_Item]) -> list[list[int]]:
    """Runs of neighbouring passages that are people's lines."""
    blocks: list[list[int]] = []
    for at, item in enumerate(items):
        if item.whole and blocks and blocks[-1][-1] == at - 1:
            blocks[-1].append(at)
        elif item.whole:
            blocks.append([at])
    return blocks


def _all_bracketed(texts: Sequence[str]) -> bool:
    """Whether every line of a list ends in short capitals in brackets, no two the same: then they are initials."""
    ends = [re.search(r"\(([A-Z][A-Za-z'’-]{1,5})\)\W*$", text) for text in texts]
    marks = [match.group(1) for match in ends if match]
    distinct = len(set(marks)) == len(marks) == len(texts) > 2
    return distinct and 2 * sum(mark in words().acronyms for mark in marks) < len(marks)


def _told(passages: Passages, used: frozenset[int]) -> list[tuple[int, Mention]]:
    """The people of the running text. Passages that one sentence runs through are read as one."""
    found: list[tuple[int, Mention]] = []
    runs = [run for run in sentences_whole(passages, used) if may_name_people(_text(passages, run))]
    if not runs:
        return found
    from normalise.people.prose import people_in_prose  # loads spaCy, over a second: only for text that needs it

    for run in runs:
        texts = [" ".join(passages[at][0].split()) for at in run]
        ends = [sum(len(text) + 1 for text in texts[: count + 1]) for count in range(len(texts))]
        for start, end, mention in people_in_prose(_text(passages, run)[:_LONGEST_TEXT]):
            spans = zip(run, texts, ends, strict=True)
            places = [at for at, text, stop in spans if stop > start and stop - len(text) - 1 < end]
            origins = tuple(dict.fromkeys(origin for at in places for origin in passages[at][1]))
            found.append((places[0], replace(mention, origins=origins)))
    return found


def _text(passages: Passages, run: Sequence[int]) -> str:
    return " ".join(" ".join(passages[at][0].split()) for at in run)


def _merged(mentions: Sequence[Mention]) -> tuple[tuple[Person, ...], tuple[Flag, ...]]:
    """One Person for all that is said of somebody; ids are slugs of names, numbered where two share one."""
    merged: list[Mention] = []
    flags: list[Flag] = []
    for mention in mentions:
        at = next((index for index, known in enumerate(merged) if _same(known, mention)), None)
        if at is None:
            merged.append(mention)
        else:
            known = merged[at]
            if _differ(known.role, mention.role):
                message = f"{known.name} is {known.role} in one place and {mention.role} in another."
                flags.append(Flag("two-roles", "document", "warning", message))
            merged[at] = _united(known, mention)
    people: list[Person] = []
    for mention in merged:
        initials = mention.initials or derived_initials(mention.name)
        people.append(Person(_free_id(mention.name, people), mention.name, mention.role, initials, mention.origins))
    return tuple(people), tuple(flags)


def _same(one: Mention, two: Mention) -> bool:
    """One name is one person, unless both places print initials and not the same."""
    if folded(one.name) != folded(two.name):
        return False
    return not one.initials or not two.initials or bool(set(one.initials) & set(two.initials))


def _differ(one: str | None, two: str | None) -> bool:
    if one is None or two is None:
        return False
    plain = (folded(one), folded(two))
    return plain[0] not in plain[1] and plain[1] not in plain[0]


def _united(known: Mention, new: Mention) -> Mention:
    """Both mentions as one: the fuller role of two that agree, else the one printed first."""
    fuller = known.role is None or (new.role is not None and folded(known.role) in folded(new.role))
    role = new.role if fuller and new.role and len(new.role) > len(known.role or "") else known.role
    return replace(
        known,
        role=role,
        initials=tuple(dict.fromkeys((*known.initials, *new.initials))),
        origins=tuple(dict.fromkeys((*known.origins, *new.origins))),
    )


def _free_id(name: str, people: Sequence[Person]) -> str:
    taken = {person.id for person in people}
    base = slug(name)
    names = (base, *(f"{base}-{count}" for count in range(2, len(people) + 2)))
    return next(name for name in names if name not in taken)
