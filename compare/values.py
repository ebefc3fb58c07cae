"""Whether two values of a field mean the same, and if not, what became of the old one: one function a kind of value."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import cast

from compare.model import FieldChange, Precision, Value
from compare.printed import printed_alike, printed_key, title_key
from compare.wording import words_between
from normalise.model import Action, Date, Lead, Resources

#: The fields of a row, in the order in which their changes are listed. `extra.<header>` follow.
ROW_FIELDS = (
    *("ref", "section", "group", "action", "start", "end", "leads", "resources"),
    *("measure", "impact", "progress", "status", "rag", "status_text"),
)

#: Who is who: the id of a person -> the name.
Names = Mapping[str, str]


def value_of(row: Action, field: str) -> Value:
    """The value of a row's field, as the plan has it; None for an extra column that the row lacks."""
    if field.startswith("extra."):
        wanted = field.removeprefix("extra.")
        return "\n".join(text for header, text in row.extra if text and title_key(header) == title_key(wanted)) or None
    return cast(Value, getattr(row, field))


def meaning(value: Value, field: str) -> Hashable:
    """What two values of a field that mean the same have in common; None for an empty one."""
    if value is None or value == "" or value == ():
        return None
    if isinstance(value, Resources):
        said = (value.kind, value.amount, value.qualifier, printed_key(value.text))
        return None if value.kind == "blank" else said
    if isinstance(value, tuple):
        return tuple(_entry(entry) for entry in value)
    return title_key(value) if field in ("group", "title", "groups", "header") else printed_key(value)


def difference(field: str, old: Value, new: Value, old_names: Names, new_names: Names) -> FieldChange | None:
    """What became of a value; None where both mean the same."""
    before, after = meaning(old, field), meaning(new, field)
    if before == after:
        return None
    if isinstance(old, Resources) and isinstance(new, Resources):
        amount = None if old.amount is None or new.amount is None else new.amount - old.amount
        return FieldChange(field, old, new, amount=amount)
    if field in ("start", "end"):
        return _of_dates(field, cast(tuple[Date, ...], old), cast(tuple[Date, ...], new))
    if field == "leads":
        return _of_leads(cast(tuple[Lead, ...], old), cast(tuple[Lead, ...], new), old_names, new_names)
    if isinstance(old, tuple) or isinstance(new, tuple):
        return _of_lists(field, cast(tuple[str, ...], old or ()), cast(tuple[str, ...], new or ()))
    one, two = str(old or ""), str(new or "")
    if field in ("ref", "section", "group", "status", "rag"):
        return FieldChange(field, old, new)
    return None if printed_alike(one, two) else FieldChange(field, old, new, words=words_between(one, two))


def due(dates: Sequence[Date]) -> Date | None:
    """The date that counts: of those that no later entry supersedes, the one whose last day is last."""
    held = [entry for entry in dates if entry.latest and not entry.superseded]
    return max(held, key=lambda entry: entry.latest or "") if held else None


def name_of(lead: Lead, names: Names) -> str:
    """Who a lead is: the name, or as printed."""
    return names.get(lead.person or "", lead.text)


def _entry(entry: Date | Lead | str) -> Hashable:
    if isinstance(entry, Date):
        said = entry.edtf or (printed_key(entry.text) if entry.kind == "text" else "")
        return entry.kind, said, title_key(entry.label), entry.superseded
    if isinstance(entry, Lead):
        return entry.person, printed_key(entry.text)
    return printed_key(entry)


def _of_dates(field: str, old: tuple[Date, ...], new: tuple[Date, ...]) -> FieldChange:
    one, two = _span(due(old)), _span(due(new))
    if not one or not two:
        return FieldChange(field, old, new)
    widths = one[1] - one[0], two[1] - two[0]
    precision: Precision | None = "gained" if widths[1] < widths[0] else "lost" if widths[1] > widths[0] else None
    return FieldChange(field, old, new, days=(two[1] - one[1]).days, precision=precision)


def _span(entry: Date | None) -> tuple[date, date] | None:
    """The first and the last day of a date; None where a plan.json holds something that is no day."""
    try:
        return (date.fromisoformat(entry.earliest or ""), date.fromisoformat(entry.latest or "")) if entry else None
    except ValueError:
        return None


def _of_leads(old: tuple[Lead, ...], new: tuple[Lead, ...], old_names: Names, new_names: Names) -> FieldChange | None:
    """A name that is printed in full is the same person, whether or not the list of people still has it."""
    before = {printed_key(name_of(lead, old_names)): name_of(lead, old_names) for lead in old}
    after = {printed_key(name_of(lead, new_names)): name_of(lead, new_names) for lead in new}
    if before == after and [printed_key(lead.text) for lead in old] == [printed_key(lead.text) for lead in new]:
        return None
    came = tuple(name for who, name in after.items() if who not in before)
    went = tuple(name for who, name in before.items() if who not in after)
    return FieldChange("leads", old, new, came=came, went=went)


def _of_lists(field: str, old: tuple[str, ...], new: tuple[str, ...]) -> FieldChange:
    before, after = {meaning(entry, field) for entry in old}, {meaning(entry, field) for entry in new}
    came = tuple(entry for entry in new if meaning(entry, field) not in before)
    went = tuple(entry for entry in old if meaning(entry, field) not in after)
    return FieldChange(field, old, new, came=came, went=went)
