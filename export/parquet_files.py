"""`actions.parquet`, `people.parquet`, `findings.parquet`: a plan for pandas, Polars, DuckDB, Spark and R.

The columns of the CSV files in types of their own (days are dates, amounts are numbers), then what a flat file can't
hold: every date, every lead and every further column of an action as a list. Texts are exact. Each file says in its
metadata, under `actionplan`, which source it was made from and by what. The same plan and pyarrow give the same bytes.
pyarrow is imported here alone, on use: it is large, so it comes with the extra `actionplan[parquet]`.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from export.frame import span
from export.plain_text import encodable
from export.plan_json import to_data
from export.tables import ACTION_COLUMNS, FINDING_COLUMNS, PERSON_COLUMNS, action_row, finding_row
from normalise.model import Date, Plan

Library = Any  # pyarrow ships no types
Row = dict[str, Any]

_DATE_TEXTS = ("text", "kind", "edtf", "earliest", "latest", "label")


def parquet_files(plan: Plan) -> dict[str, bytes]:
    """The three files, by their names."""
    return {
        "actions.parquet": _parquet(plan, _action_fields(), _action_rows(plan)),
        "people.parquet": _parquet(plan, _texts(PERSON_COLUMNS, lists=("initials",)), _people_rows(plan)),
        "findings.parquet": _parquet(plan, _texts(FINDING_COLUMNS, lists=("candidates",)), _finding_rows(plan)),
    }


def _parquet(plan: Plan, fields: Sequence[tuple[str, Library]], rows: list[Row]) -> bytes:
    import pyarrow
    from pyarrow import parquet

    made = {"source": to_data(plan.source), "tool": to_data(plan.tool), "schema_version": plan.schema_version}
    metadata = {"actionplan": json.dumps(made, ensure_ascii=True)}
    table = pyarrow.Table.from_pylist(_encodable(rows), pyarrow.schema(fields, metadata))
    written = io.BytesIO()
    parquet.write_table(table, written, compression="zstd")
    return written.getvalue()


def _texts(columns: Sequence[str], lists: Sequence[str]) -> list[tuple[str, Library]]:
    import pyarrow

    text = pyarrow.string()
    return [(name, pyarrow.list_(text) if name in lists else text) for name in columns]


def _action_fields() -> list[tuple[str, Library]]:
    import pyarrow

    text, day = pyarrow.string(), pyarrow.date32()
    special = {"resources_amount": pyarrow.float64(), "needs_review": pyarrow.bool_()}
    special |= {name: day for name in ACTION_COLUMNS if name.endswith(("_earliest", "_latest"))}
    dates = pyarrow.list_(
        pyarrow.struct(
            [
                *((name, day if name in ("earliest", "latest") else text) for name in _DATE_TEXTS),
                *(("inferred", pyarrow.list_(text)), ("superseded", pyarrow.bool_())),
            ]
        )
    )
    lead = {"text": text, "person": text, "name": text, "candidates": pyarrow.list_(text), "basis": text}
    extra = pyarrow.list_(pyarrow.struct([("header", text), ("text", text)]))
    return [
        *((name, special.get(name, text)) for name in ACTION_COLUMNS),
        *(("start", dates), ("end", dates), ("leads", pyarrow.list_(pyarrow.struct(list(lead.items()))))),
        ("extra", extra),
    ]


def _action_rows(plan: Plan) -> list[Row]:
    titles = {section.id: section.title for section in plan.sections}
    names = {person.id: person.name for person in plan.people}
    rows: list[Row] = []
    for action in plan.actions:
        row: Row = dict(zip(ACTION_COLUMNS, action_row(action, titles, names), strict=True))
        for field, dates in (("start", action.start), ("end", action.end)):
            row[f"{field}_earliest"], row[f"{field}_latest"] = map(_day, span(dates))
            row[field] = [_date(one) for one in dates]
        row["leads"] = [{**to_data(lead), "name": names.get(lead.person or "")} for lead in action.leads]
        row["extra"] = [{"header": header, "text": text} for header, text in action.extra]
        rows.append(row)
    return rows


def _people_rows(plan: Plan) -> list[Row]:
    return [{name: to_data(getattr(person, name)) for name in PERSON_COLUMNS} for person in plan.people]


def _finding_rows(plan: Plan) -> list[Row]:
    return [
        {**dict(zip(FINDING_COLUMNS, finding_row(one), strict=True)), "candidates": list(one.candidates)}
        for one in plan.findings
    ]


def _date(one: Date) -> Row:
    return {**to_data(one), "earliest": _day(one.earliest), "latest": _day(one.latest)}


def _day(text: str | None) -> date | None:
    """The day as a date; None where no calendar has it, which the EDTF beside it still says."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _encodable(value: Any) -> Any:
    """The rows with no text in them that UTF-8 can't hold."""
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, list):
        return [_encodable(part) for part in value]
    if isinstance(value, dict):
        return {key: _encodable(part) for key, part in value.items()}
    return value
