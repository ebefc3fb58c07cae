"""What corrections make of one row: a cell's text, the leads in it, and the doubts that they settle.

A corrected text takes the place of what the repairs made, as one more repair, before anything is read from it. Doubts
about where a cell's words belong are settled with it; what its new text says is read, and doubted, like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from normalise.corrections.decided import (
    Correction,
    LeadCorrection,
    Review,
    RowCorrection,
    ValueCorrection,
    settled,
    shown,
    spaced,
)
from normalise.corrections.placing import key_of, lapse
from normalise.model import CellRecord, Flag, Lead, Person
from normalise.people import Reading
from normalise.repairs import change_between
from normalise.rows.model import FieldFlag

#: The rule of a repair that was made by hand.
CORRECTION = "correction"
#: The keys of an action that are about where its row stands, and that no cell holds.
_WHOLE_ROW = ("row", "group", "section")


class Settlement(Struct, frozen=True):
    """How a reviewer settled the doubts of a field: by accepting it as read, or with another text."""

    how: Literal["Accepted", "Corrected"]
    review: Review


def with_text(text: str, record: CellRecord, corrections: Sequence[Correction], column: str) -> tuple[str, CellRecord]:
    """The text that a reviewer gave a cell, and the record with that as its last repair."""
    for one in corrections:
        if isinstance(one, ValueCorrection) and one.field == column and one.text is not None and one.text != text:
            by, made = one.review, change_between(text, one.text, CORRECTION)
            made = replace(made, author=by.author, date=by.date, note=by.note)
            return one.text, replace(record, repairs=(*record.repairs, made))
    return text, record


def with_persons(
    readings: Sequence[Reading], corrections: Sequence[LeadCorrection], people: Sequence[Person]
) -> tuple[tuple[Lead, ...], tuple[Flag, ...]]:
    """The leads of a cell and what is doubtful about them; those that a reviewer knows are whom the reviewer says.

    Nobody is meant who is not of `people`: a correction that names somebody else lapses.
    """
    read, said = list(readings), list[Flag]()
    for one in corrections:
        named = [person for person in people if one.person == person.id or _alike(one.person, person.name)]
        entries = [at for at, (lead, _) in enumerate(read) if _alike(one.lead, lead.text)]
        if len(named) != 1:
            who = "several people have" if named else "nobody whom the plan lists has"
            said.append(lapse(one, f"{who} that name", tuple(person.id for person in named)))
        elif not entries:
            texts = tuple(lead.text for lead, _ in read)
            said.append(lapse(one, f"the cell reads as {', '.join(map(repr, texts)) or 'nothing'}", texts))
        for at in entries if len(named) == 1 else ():
            lead, flags = read[at]
            read[at] = meaning(lead, named[0].id), tuple(settled(flag, "Corrected", one.review) for flag in flags)
            message = f"{lead.text} is {named[0].name}. Corrected by {one.review}."
            said.append(Flag("corrected", "reading", "info", message, (named[0].id,)))
    all_said = dict.fromkeys((*(flag for _, found in read for flag in found), *said))
    return tuple(lead for lead, _ in read), tuple(all_said)


def settlements(
    corrections: Iterable[Correction], cells: Mapping[str, CellRecord], status_basis: str
) -> dict[str, Settlement]:
    """Which fields (keys of the action) a reviewer has settled; a text that is what was read is accepted.

    A status that was read from the progress is settled with it.
    """
    found: dict[str, Settlement] = {}
    for one in corrections:
        if isinstance(one, ValueCorrection):
            changed = any(change.rule == CORRECTION for change in cells[one.field].repairs)
            found[key_of(one.field)] = Settlement("Corrected" if changed else "Accepted", one.review)
        elif isinstance(one, RowCorrection):
            found |= dict.fromkeys(_WHOLE_ROW, Settlement("Accepted", one.review))
    if status_basis == "progress" and "progress" in found:
        found.setdefault("status", found["progress"])
    return found


def with_doubts_settled(
    flags: Iterable[FieldFlag], by: Mapping[str, Settlement], of_text: bool = False
) -> Iterator[FieldFlag]:
    """The flags, those settled that a reviewer has; `of_text`: they are about what the cells' final texts say."""
    for field, flag in flags:
        one = by.get(field)
        if one is None or (of_text and one.how == "Corrected") or flag.code == "correction-lapsed":
            yield field, flag
        else:
            yield field, settled(flag, one.how, one.review)


def told(
    corrections: Iterable[Correction], texts: Mapping[str, str], cells: Mapping[str, CellRecord]
) -> list[FieldFlag]:
    """A flag for each cell, or row, that a reviewer has corrected or accepted; leads are told where they are read."""
    flags: list[FieldFlag] = []
    for one in corrections:
        if isinstance(one, RowCorrection):
            message = f"This row is right as it was read. Accepted by {one.review}."
            flags.append(("row", Flag("accepted", "reading", "info", message)))
        elif isinstance(one, ValueCorrection):
            by_hand = [change for change in cells[one.field].repairs if change.rule == CORRECTION]
            message = f"{shown(texts[one.field])} is right as it was read. Accepted by {one.review}."
            if by_hand:
                message = f"Read as {shown(texts[one.field])}. Corrected by {one.review}."
            code = "corrected" if by_hand else "accepted"
            flags.append((key_of(one.field), Flag(code, "reading", "info", message)))
    return flags


def meaning(lead: Lead, person: str) -> Lead:
    """A lead as read, meaning the person (an id) whom a reviewer knows."""
    candidates = dict.fromkeys((*lead.candidates, person))
    return replace(lead, person=person, candidates=tuple(candidates), basis="correction")


def _alike(one: str, other: str) -> bool:
    return spaced(one).casefold() == spaced(other).casefold()
