"""`actions.parquet`, `people.parquet`, `findings.parquet`: a plan for pandas, Polars, DuckDB, Spark and R.

The columns of the CSV files in types of their own (days are dates, amounts are numbers), then what a flat file can't
hold: every date, every lead and every further column of an action as a list. Texts are exact. Each file says in its
metadata, under `actionplan`, which source it was made from and by what. The same plan and pyarrow give the same bytes.
pyarrow is large, so it comes with the extra `actionplan[parquet]`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from export.columnar import Kinds, Row, day, parquet_bytes
from export.frame import span
from export.plan_json import to_data
from export.tables import ACTION_COLUMNS, FINDING_COLUMNS, PERSON_COLUMNS, action_row, finding_row
from normalise.model import Date, Plan

_SPANS = tuple(name for name in ACTION_COLUMNS if name.endswith(("_earliest", "_latest")))
#: The columns of `actions.csv` in their types.
ACTION_KINDS: Kinds = {
    **dict.fromkeys(ACTION_COLUMNS, "text"),
    **dict.fromkeys(_SPANS, "day"),
    **{"resources_amount": "number", "needs_review": "flag"},
}
DATE_KINDS: Kinds = {
    **dict.fromkeys(("text", "kind", "edtf"), "text"),
    **{"earliest": "day", "latest": "day", "label": "text", "inferred": ["text"], "superseded": "flag"},
}
LEAD_KINDS: Kinds = {"text": "text", "person": "text", "name": "text", "candidates": ["text"], "basis": "text"}
EXTRA_KINDS: Kinds = {"header": "text", "text": "text"}
FINDING_KINDS: Kinds = {**dict.fromkeys(FINDING_COLUMNS, "text"), "candidates": ["text"]}


def parquet_files(plan: Plan) -> dict[str, bytes]:
    """The three files, by their names."""
    nested = {"start": [DATE_KINDS], "end": [DATE_KINDS], "leads": [LEAD_KINDS], "extra": [EXTRA_KINDS]}
    people: Kinds = {**dict.fromkeys(PERSON_COLUMNS, "text"), "initials": ["text"]}
    return {
        "actions.parquet": _parquet(plan, {**ACTION_KINDS, **nested}, action_rows(plan)),
        "people.parquet": _parquet(plan, people, _people_rows(plan)),
        "findings.parquet": _parquet(plan, FINDING_KINDS, finding_rows(plan)),
    }


def _parquet(plan: Plan, kinds: Kinds, rows: Sequence[Row]) -> bytes:
    made = {"source": to_data(plan.source), "tool": to_data(plan.tool), "schema_version": plan.schema_version}
    return parquet_bytes(rows, kinds, {"actionplan": json.dumps(made, ensure_ascii=True)})


def action_rows(plan: Plan) -> list[Row]:
    """One row an action: ACTION_KINDS, and `start`, `end`, `leads` and `extra` as lists of rows of their own."""
    titles = {section.id: section.title for section in plan.sections}
    names = {person.id: person.name for person in plan.people}
    rows: list[Row] = []
    for action in plan.actions:
        row: Row = dict(zip(ACTION_COLUMNS, action_row(action, titles, names), strict=True))
        for field, dates in (("start", action.start), ("end", action.end)):
            row[f"{field}_earliest"], row[f"{field}_latest"] = map(day, span(dates))
            row[field] = [_date(one) for one in dates]
        row["leads"] = [{**to_data(lead), "name": names.get(lead.person or "")} for lead in action.leads]
        row["extra"] = [{"header": header, "text": text} for header, text in action.extra]
        rows.append(row)
    return rows


def _people_rows(plan: Plan) -> list[Row]:
    return [{name: to_data(getattr(person, name)) for name in PERSON_COLUMNS} for person in plan.people]


def finding_rows(plan: Plan) -> list[Row]:
    """One row a finding: FINDING_KINDS."""
    return [
        {**dict(zip(FINDING_COLUMNS, finding_row(one), strict=True)), "candidates": list(one.candidates)}
        for one in plan.findings
    ]


def _date(one: Date) -> Row:
    return {**to_data(one), "earliest": day(one.earliest), "latest": day(one.latest)}
