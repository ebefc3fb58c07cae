"""The old plan and a Diff give the new plan: what a Diff says is all that happened.

What is compared is the meaning of every value (`compare.values.meaning`), since two prints of one meaning are no
change; the order of rows is none either.
"""

from __future__ import annotations

from collections.abc import Hashable

from msgspec import Struct

from compare.model import Diff, Value
from compare.printed import printed_key, title_key
from compare.values import ROW_FIELDS, meaning, value_of
from normalise.model import Action, Lead, Person, Plan

#: A field and what its value means; a section is told by its new id.
Meanings = tuple[tuple[str, Hashable], ...]


Values = dict[str, Hashable]

_HEAD = ("title", "organisation", "version", "published")


class Projection(Struct, frozen=True):
    """What of a plan a Diff speaks of: rows by id, people by id, and what the plan says of itself."""

    rows: tuple[tuple[str, Meanings], ...]
    people: tuple[tuple[str, Meanings], ...]
    head: Meanings


def project(plan: Plan) -> Projection:
    """The projection of a plan."""
    rows = {row.id: _row(row) for row in plan.actions}
    return _projection(rows, {person.id: person for person in plan.people}, _head(plan))


def apply(old: Plan, diff: Diff) -> Projection:
    """The projection of the new plan, made from the old one and the Diff alone."""
    rows = _carried(old, diff)
    for change in diff.changes:
        if change.new is not None:
            values = rows.setdefault(change.new.id, {})
            for field in change.fields:
                _put(values, field.field, field.new)
    people = {person.id: person for person in old.people}
    for said in diff.people:
        if said.old:
            people.pop(said.old.id, None)
        if said.new:
            people[said.new.id] = said.new
    head = _head(old)
    for around in diff.plan:
        if around.change.field in _HEAD:
            _put(head, around.change.field, around.change.new)
    return _projection(rows, people, head)


def _carried(old: Plan, diff: Diff) -> dict[str, Values]:
    """The rows that stayed, under their new ids, with their sections' new ids and their banners' new wording."""
    sections = {pair.old: pair.new for pair in diff.section_pairs}
    banners = {
        (change.old, title_key(str(field.old))): field.new
        for change in diff.sections
        for field in change.fields
        if field.field == "group"
    }
    ids = {pair.old: pair.new for pair in diff.pairs}
    rows = {}
    for row in old.actions:
        if row.id in ids:
            values = _row(row)
            _put(values, "section", sections.get(row.section or "", row.section))
            _put(values, "group", banners.get((row.section, title_key(row.group)), row.group))
            rows[ids[row.id]] = values
    return rows


def _row(row: Action) -> Values:
    values: Values = {}
    headers = [header for header, text in row.extra if text and title_key(header)]
    for field in (*ROW_FIELDS, *(f"extra.{header}" for header in headers)):
        _put(values, field, value_of(row, field))
    return values


def _head(plan: Plan) -> Values:
    values: Values = {}
    for field in _HEAD:
        _put(values, field, getattr(plan.plan, field))
    return values


def _put(values: Values, field: str, value: Value) -> None:
    """Put in what a value means; an empty one is none at all."""
    if field.startswith("extra."):
        field = f"extra.{title_key(field.removeprefix('extra.'))}"
    meant = _meant(field, value)
    values.pop(field, None)
    if meant is not None:
        values[field] = meant


def _meant(field: str, value: Value) -> Hashable:
    """What a value means; of a lead, who is printed; of a text, its letters (a hyphen may be the wrap's)."""
    if field == "leads" and isinstance(value, tuple):
        return tuple(printed_key(lead.text) for lead in value if isinstance(lead, Lead)) or None
    if field == "section":
        return value if isinstance(value, str) else None
    meant = meaning(value, field)
    return meant.replace("-", "") if isinstance(meant, str) else meant


def _person(person: Person) -> Values:
    initials = frozenset(map(printed_key, person.initials))
    return {"name": printed_key(person.name), "role": printed_key(person.role or ""), "initials": initials}


def _projection(rows: dict[str, Values], people: dict[str, Person], head: Values) -> Projection:
    return Projection(
        tuple(sorted(((who, _sorted(values)) for who, values in rows.items()), key=lambda row: row[0])),
        tuple(sorted(((who, _sorted(_person(one))) for who, one in people.items()), key=lambda person: person[0])),
        _sorted(head),
    )


def _sorted(values: Values) -> Meanings:
    return tuple(sorted(values.items(), key=lambda entry: entry[0]))
