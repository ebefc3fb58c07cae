"""The Diff as JSON, and its JSON Schema: made from the same types, so that the two can't come apart."""

from __future__ import annotations

import json
from typing import Any

from msgspec import Struct

from compare.model import (
    DIFF_SCHEMA_VERSION,
    Cause,
    Change,
    ColumnChange,
    Diff,
    FieldChange,
    Kind,
    Match,
    Pair,
    PartKind,
    PersonChange,
    PlanChange,
    Precision,
    Row,
    Run,
    SectionChange,
    SectionPair,
    Summary,
    Value,
    Version,
)
from export.plan_json import json_text, to_data
from export.schema import CONSTRAINTS, Sayings, data_of, schema_of
from normalise.model import Origins


class FieldRecord(Struct, frozen=True):
    """A FieldChange under the name of its field."""

    old: Value
    new: Value
    uncertain: bool
    doubts: tuple[str, ...] = ()
    days: int | None = None
    precision: Precision | None = None
    amount: int | float | None = None
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    words: tuple[Run, ...] = ()
    old_origins: Origins = ()
    new_origins: Origins = ()


Fields = tuple[tuple[str, FieldRecord], ...]


class ChangeRecord(Struct, frozen=True):
    """A Change with its refs in front."""

    kind: Kind
    also: tuple[Kind, ...]
    old_ref: str | None
    new_ref: str | None
    match: Match | None
    cause: Cause
    uncertain: bool
    doubts: tuple[str, ...]
    fields: Fields
    old: Row | None
    new: Row | None


class SectionRecord(Struct, frozen=True):
    """A SectionChange; a banner that is worded otherwise is `group`, `group~2` …"""

    kind: PartKind
    old: str | None
    new: str | None
    cause: Cause
    uncertain: bool
    doubts: tuple[str, ...]
    fields: Fields


class PlanRecord(Struct, frozen=True):
    """A PlanChange with its field beside it."""

    kind: PartKind
    field: str
    old: str | None
    new: str | None
    cause: Cause
    uncertain: bool
    doubts: tuple[str, ...]
    words: tuple[Run, ...] = ()


class DiffRecord(Struct, frozen=True):
    """The Diff as it is written."""

    old: Version
    new: Version
    summary: Summary
    changes: tuple[ChangeRecord, ...]
    people: tuple[PersonChange, ...]
    columns: tuple[ColumnChange, ...]
    sections: tuple[SectionRecord, ...]
    plan: tuple[PlanRecord, ...]
    pairs: tuple[Pair, ...]
    section_pairs: tuple[SectionPair, ...]
    schema_version: str = DIFF_SCHEMA_VERSION


#: Keys that are written only where they say something.
SPARING = ("doubts", "days", "precision", "amount", "came", "went", "words", "old_origins", "new_origins")

DIFF_CONSTRAINTS: dict[str, dict[str, Any]] = {
    **{key: value for key, value in CONSTRAINTS.items() if key.split(".")[0] not in ("Plan", "Finding", "Ledger")},
    "DiffRecord.schema_version": {"pattern": r"^1\.\d+$"},
    "Version.sha256": CONSTRAINTS["Source.sha256"],
    "Match.score": {"minimum": 0, "maximum": 1},
    **{f"Summary.{name}": {"minimum": 0} for name in Summary.__struct_fields__},
}


def render(diff: Diff) -> str:
    """The Diff as JSON text: two-space indent, keys in the order of the types, a final newline."""
    return json_text(diff_data(diff))


def diff_data(diff: Diff) -> Any:
    """The Diff as dicts, lists and plain values."""
    record = DiffRecord(
        diff.old,
        diff.new,
        diff.summary,
        tuple(map(_change, diff.changes)),
        diff.people,
        diff.columns,
        tuple(map(_section, diff.sections)),
        tuple(map(_plan, diff.plan)),
        diff.pairs,
        diff.section_pairs,
        diff.schema_version,
    )
    data = to_data(record)
    for change in (*data["changes"], *data["sections"]):
        change["fields"] = {name: _sparing(field) for name, field in change["fields"].items()}
    return data


def diff_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the Diff."""
    texts = data_of("descriptions.toml") | data_of("diff/descriptions.toml")
    optional = frozenset(f"FieldRecord.{key}" for key in SPARING)
    return schema_of(DiffRecord, "diff.json", Sayings(texts, DIFF_CONSTRAINTS, data_of("examples.toml"), optional))


def diff_schema_text() -> str:
    """The schema as `actionplan schema diff` prints it."""
    return json.dumps(diff_schema(), ensure_ascii=False, indent=2) + "\n"


def _change(change: Change) -> ChangeRecord:
    return ChangeRecord(
        change.kind,
        change.also,
        change.old_ref,
        change.new_ref,
        change.match,
        change.cause,
        change.uncertain,
        change.doubts,
        _fields(change.fields),
        change.old,
        change.new,
    )


def _section(change: SectionChange) -> SectionRecord:
    return SectionRecord(
        change.kind,
        change.old,
        change.new,
        change.cause,
        change.uncertain,
        change.doubts,
        _fields(change.fields),
    )


def _plan(change: PlanChange) -> PlanRecord:
    said = change.change
    old, new = (value if isinstance(value, str) else None for value in (said.old, said.new))
    return PlanRecord(change.kind, said.field, old, new, change.cause, said.uncertain, said.doubts, said.words)


def _fields(changes: tuple[FieldChange, ...]) -> Fields:
    """Each change under its field; a field's second change (a section's next banner) under `field~2`."""
    found: dict[str, FieldRecord] = {}
    for change in changes:
        times = sum(name.split("~")[0] == change.field for name in found)
        parts = {name: getattr(change, name) for name in FieldRecord.__struct_fields__}
        found[f"{change.field}~{times + 1}" if times else change.field] = FieldRecord(**parts)
    return tuple(found.items())


def _sparing(field: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in field.items() if key not in SPARING or value not in (None, [])}
