"""Who made a change: the document, where what is printed differs, or the tool that reads it."""

from __future__ import annotations

from compare.doubts import Reading
from compare.model import Cause, FieldChange
from compare.printed import as_printed, printed_alike, printed_key, title_key
from compare.values import meaning, value_of
from normalise.model import Action, CellRecord

_CELLS = {"leads": "lead", "rag": "status", "status_text": "status"}


def cause_of(change: FieldChange, one: Action, two: Action, old: Reading, new: Reading) -> Cause:
    """The document, where what is printed differs, in the cell or in what the value is read from; else the tool."""
    field = change.field
    if not printed_alike(printed_text(one, field), printed_text(two, field)):
        return "tool" if _in_another_cell(change, one, two) else "document"
    if field in ("rag", "status", "status_text") and any(
        reading.says(row, frozenset({"status-by-shading"})) for reading, row in ((old, one), (new, two))
    ):
        return "document"
    if field == "leads" and _roster_differs(one, two, old, new):
        return "document"
    if field in ("start", "end") and _years_differ(change, one, two, old, new):
        return "document"
    return "tool"


def _roster_differs(one: Action, two: Action, old: Reading, new: Reading) -> bool:
    """Whether leads that are printed alike are other people, because each plan lists one whom the other does not name.

    Somebody who is no longer listed, and in whose stead nobody is found, is no other lead.
    """
    before = {lead.person for lead in one.leads if lead.person} - {lead.person for lead in two.leads}
    after = {lead.person for lead in two.leads if lead.person} - {lead.person for lead in one.leads}
    unlisted = any(
        who not in other.names and not other.prints_outside(own.names.get(who, ""))
        for people, own, other in ((before, old, new), (after, new, old))
        for who in people
    )
    return bool(before) and bool(after) and unlisted


def _years_differ(change: FieldChange, one: Action, two: Action, old: Reading, new: Reading) -> bool:
    """Whether a year that is not printed was taken from a date that differs: the row's other one, or the plan's."""
    guessed = any(date.inferred for row in (one, two) for date in getattr(row, change.field))
    other = "end" if change.field == "start" else "start"
    beside = printed_alike(printed_text(one, other), printed_text(two, other))
    return guessed and not (beside and old.plan.plan.published == new.plan.plan.published)


def _in_another_cell(change: FieldChange, one: Action, two: Action) -> bool:
    """Whether words that one reading lacks in this column stand whole in another column of the same row."""
    lacks_old, lacks_new = (meaning(value, change.field) is None for value in (change.old, change.new))
    if lacks_old == lacks_new:
        return False
    full, lacking = (one, two) if lacks_new else (two, one)
    key = printed_key(printed_text(full, change.field))
    there = [name for name, record in lacking.cells if printed_key(as_printed(record)) == key]
    fields = ("leads" if name == "lead" else name for name in there)
    return len(key) >= 6 and any(printed_key(printed_text(full, field)) != key for field in fields)


def printed_text(row: Action, field: str) -> str:
    """What is printed for a field: its cell; for a status, its own and that of the progress, which may tell it."""
    if field == "status":
        return " ".join(printed_text(row, part) for part in ("status_text", "progress"))
    record = cell_of(row, field)
    if record is not None:
        return as_printed(record)
    value = value_of(row, field)
    if isinstance(value, tuple):
        return "\n".join(entry if isinstance(entry, str) else entry.text for entry in value)
    return value if isinstance(value, str) else value.text if value is not None else ""


def cell_of(row: Action, field: str) -> CellRecord | None:
    """The record of a field's cell."""
    wanted = _CELLS.get(field, field)
    if not wanted.startswith("extra."):
        return next((record for name, record in row.cells if name == wanted), None)
    key = title_key(wanted.removeprefix("extra."))
    found = [
        record
        for name, record in row.cells
        if name.startswith("extra.") and record.raw and title_key(name.removeprefix("extra.")) == key
    ]
    return found[0] if len(found) == 1 else None
