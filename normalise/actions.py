"""Records become actions: each cell repaired, then read as what its column says it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from normalise.corrections.applying import Settlement, settlements, told, with_doubts_settled, with_persons, with_text
from normalise.corrections.decided import LeadCorrection
from normalise.dates import read_row_dates
from normalise.evidence import Evidence
from normalise.legend import told_otherwise
from normalise.marks import with_marks
from normalise.model import KEY_OF_COLUMN, Action, CellRecord, Date, Flag, Lead, Person, Repair, Resources
from normalise.money import read_resources
from normalise.passage import Passage
from normalise.people import read_entries
from normalise.repairs import repair
from normalise.rows.model import FieldFlag, Record
from normalise.status import StatusReading, read_status


class Place(Struct, frozen=True):
    """Where an action belongs: its id, its section's id, the banner above it."""

    id: str
    section: str | None = None
    group: str | None = None


class Known(Struct, frozen=True):
    """What a row's cells are read by, beside their own texts: all of it stands in the finished plan too."""

    people: tuple[Person, ...] = ()
    published: str | None = None
    group: str | None = None
    resources_header: str = ""


class Values(Struct, frozen=True):
    """What the texts of a row's cells say, and what there is to say of each field (by the action's own keys)."""

    start: tuple[Date, ...]
    end: tuple[Date, ...]
    leads: tuple[Lead, ...]
    resources: Resources
    status: StatusReading
    flags: tuple[FieldFlag, ...]


class Read(Struct, frozen=True):
    """An action, what there is to say of its fields, and which of them a reviewer has settled."""

    action: Action
    flags: tuple[FieldFlag, ...]
    settled: Mapping[str, Settlement]


def read_cell(passage: Passage, evidence: Evidence, field: str) -> tuple[str, CellRecord]:
    """The text of one cell as repaired, and the proof of it."""
    raw = passage.raw
    marked, marks = with_marks(passage)
    text, repairs = repair(raw if marked == raw else marked, evidence, field)  # the same text is kept once
    return text, CellRecord(raw, (*marks, *repairs), passage.origins())


def read_action(record: Record, place: Place, evidence: Evidence) -> Read:
    """The action that a record prints."""
    by_hand = record.corrections
    read = {
        key: with_text(*read_cell(record.get(key), evidence, _rule_field(key)), by_hand, key) for key in record.keys
    }
    texts = {key: text for key, (text, _) in read.items()}
    cells = {key: cell for key, (_, cell) in read.items()}
    known = Known(evidence.people, evidence.published, place.group, dict(record.headers).get("resources", ""))
    leads = tuple(one for one in by_hand if isinstance(one, LeadCorrection))
    values = read_values(texts, known, record.fill, leads)
    action = Action(
        id=place.id,
        ref=record.ref or None,
        section=place.section,
        group=place.group,
        action=texts.get("action", ""),
        measure=texts.get("measure", ""),
        impact=texts.get("impact", ""),
        progress=texts.get("progress", ""),
        start=values.start,
        end=values.end,
        leads=values.leads,
        resources=values.resources,
        status=values.status.status,
        status_basis=values.status.basis,
        rag=values.status.rag,
        status_text=values.status.status_text,
        extra=tuple((key.removeprefix("extra."), text) for key, text in texts.items() if key.startswith("extra.")),
        cells=tuple(cells.items()),
    )
    flags = [(KEY_OF_COLUMN.get(field, field), flag) for field, flag in (*record.flags, *_struck(record, read))]
    flags += [("status", flag) for flag in told_otherwise(values.status, evidence.legend)]
    by = settlements(by_hand, cells, values.status.basis)
    settled = (*with_doubts_settled(flags, by), *with_doubts_settled(values.flags, by, of_text=True))
    return Read(action, (*settled, *told(by_hand, texts, cells)), by)


def read_values(
    texts: Mapping[str, str], known: Known, fill: str | None = None, by_hand: Sequence[LeadCorrection] = ()
) -> Values:
    """What the repaired texts of a row's cells (column key -> text) say: a function of them and of `known` alone.

    `fill`: the shading of the status cell (`#rrggbb`), which no text shows. `by_hand`: who leads are, as a reviewer
    says.
    """
    dates = read_row_dates(texts.get("start", ""), texts.get("end", ""), known.published)
    read = read_entries(texts.get("lead", ""), known.people, _context(texts, known.group))
    leads, lead_flags = with_persons(read, by_hand, known.people)
    resources, resource_flags = read_resources(texts.get("resources", ""), known.resources_header)
    status = read_status(texts.get("status"), texts.get("progress", ""), fill)
    said = {"start": dates.start_flags, "end": dates.end_flags, "leads": lead_flags}
    said |= {"resources": resource_flags, "status": status.flags}
    flags = tuple((field, flag) for field, found in said.items() for flag in found)
    return Values(dates.start, dates.end, leads, resources, status, flags)


def _rule_field(key: str) -> str:
    return "extra" if key.startswith("extra.") else key


def _context(texts: Mapping[str, str], group: str | None) -> str:
    """What a lead's initials may be settled by: the row's other words and its banner (a section is every row's)."""
    own = [text for key, text in texts.items() if key not in ("lead", "ref")]
    return "\n".join((*own, group or ""))


def _struck(record: Record, read: dict[str, tuple[str, CellRecord]]) -> list[FieldFlag]:
    """A flag for each cell from which struck-through words are left out."""
    flags = []
    for key, (_, cell) in read.items():
        struck: list[Repair] = [change for change in cell.repairs if change.rule == "struck-through"]
        if struck:
            words = " … ".join(change.before.strip() for change in struck)
            message = f"Struck through on the page and left out: {words!r}."
            flags.append((key, Flag("struck-through", "reading", "info", message, (words,))))
    return flags
