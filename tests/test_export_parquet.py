"""The Parquet files: their types, their lists, and what they say of their source."""

import io
import json
from datetime import date

import pandas as pd
import pytest
from hostile_plan import HOSTILE, hostile_plan
from plan_builder import a_plan, an_action
from pyarrow import parquet

from export.parquet_files import parquet_files
from export.tables import ACTION_COLUMNS, FINDING_COLUMNS, PERSON_COLUMNS
from normalise.model import Date, Plan

DATES = (
    "list<element: struct<text: string, kind: string, edtf: string, earliest: date32[day], latest: date32[day], "
    "label: string, inferred: list<element: string>, superseded: bool>>"
)


def tables(plan: Plan) -> dict[str, object]:
    return {name.split(".")[0]: parquet.read_table(io.BytesIO(data)) for name, data in parquet_files(plan).items()}


@pytest.mark.parametrize("plan", [a_plan(), a_plan(actions=(), people=(), findings=())], ids=["one", "none"])
def test_the_types_do_not_depend_on_the_rows(plan: Plan) -> None:
    types = {
        name: {field.name: str(field.type) for field in table.schema if str(field.type) != "string"}
        for name, table in tables(plan).items()
    }
    assert types == {
        "actions": {
            **dict.fromkeys(("start_earliest", "start_latest", "end_earliest", "end_latest"), "date32[day]"),
            **{"resources_amount": "double", "needs_review": "bool", "start": DATES, "end": DATES},
            "leads": "list<element: struct<text: string, person: string, name: string, "
            "candidates: list<element: string>, basis: string>>",
            "extra": "list<element: struct<header: string, text: string>>",
        },
        "people": {"initials": "list<element: string>"},
        "findings": {"candidates": "list<element: string>"},
    }
    assert {name: tuple(table.column_names) for name, table in tables(plan).items()} == {
        "actions": (*ACTION_COLUMNS, "start", "end", "leads", "extra"),
        "people": PERSON_COLUMNS,
        "findings": FINDING_COLUMNS,
    }


def test_an_action_is_one_row_with_all_its_dates_and_leads() -> None:
    (row,) = tables(a_plan(actions=(an_action(extra=(("Ward", "North"),)),)))["actions"].to_pylist()
    assert (row["end_text"], row["end_earliest"], row["end_latest"]) == (
        *("4 Sept 17; 30 Nov 17", date(2017, 9, 4), date(2017, 11, 30)),
    )
    assert row["start"] == [
        {
            **{"text": "Jul 17", "kind": "date", "edtf": "2017-07", "label": None, "inferred": [], "superseded": False},
            **{"earliest": date(2017, 7, 1), "latest": date(2017, 7, 31)},
        }
    ]
    ada = {"text": "AL", "person": "ada-lowe", "name": "Ada Lowe", "candidates": ["ada-lowe"], "basis": "initials"}
    assert row["leads"] == [ada, {"text": "TBC", "person": None, "name": None, "candidates": [], "basis": "none"}]
    assert row["extra"] == [{"header": "Ward", "text": "North"}]
    assert (row["resources_amount"], row["needs_review"], row["rag"]) == (46000.0, False, None)


def test_a_day_that_no_calendar_has_is_missing_and_its_text_is_not() -> None:
    action = an_action(start=(Date("0000", "date", "0000", "0000-01-01", "0000-12-31"),))
    (row,) = tables(a_plan(actions=(action,)))["actions"].to_pylist()
    assert (row["start_text"], row["start_edtf"], row["start_earliest"]) == ("0000", "0000", None)


def test_people_and_findings_keep_their_lists() -> None:
    found = tables(a_plan())
    assert found["people"].to_pylist() == [
        {"id": "ada-lowe", "name": "Ada Lowe", "role": "Head of Practice", "initials": ["AL"]}
    ]
    assert found["findings"].to_pylist() == [
        {
            **{"id": "f1", "code": "missing-ref", "about": "document", "severity": "warning", "action": None},
            **{"ref": "1.2", "field": "row", "message": "There is no row 1.2.", "candidates": [], "place": "page 1"},
        }
    ]


def test_each_file_says_what_it_was_made_from() -> None:
    told = [json.loads(table.schema.metadata[b"actionplan"]) for table in tables(a_plan()).values()]
    assert told[0]["source"] == {"file": "plan.pdf", "sha256": "0" * 64, "media_type": "application/pdf", "pages": 1}
    assert told[0]["tool"]["name"] == "actionplan"
    assert told[0] == told[1] == told[2]


def test_pandas_reads_hostile_texts_exactly() -> None:
    frame = pd.read_parquet(io.BytesIO(parquet_files(hostile_plan())["actions.parquet"]))
    assert (len(frame), frame["action"].tolist()[:12]) == (300, list(HOSTILE))


def test_half_of_a_surrogate_pair_is_a_question_mark() -> None:
    (row,) = tables(a_plan(actions=(an_action(action="a\ud83db"),)))["actions"].to_pylist()
    assert row["action"] == "a?b"


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert parquet_files(a_plan()) == parquet_files(a_plan())
