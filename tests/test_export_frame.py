"""The DataFrame of the actions: its columns, its types, and what spans of dates become."""

import pandas as pd
import pytest
from plan_builder import a_plan, an_action

from actionplan import to_frame
from export.frame import span
from export.tables import ACTION_COLUMNS
from normalise.model import Date

OLD = Date("Jul 17", "date", "2017-07", "2017-07-01", "2017-07-31")
NEW = Date("Q2 18", "date", "2018-04/2018-06", "2018-04-01", "2018-06-30")
REVISED = Date("Jul 17", "date", "2017-07", "2017-07-01", "2017-07-31", superseded=True)
TBC = Date("TBC", "tbc")


@pytest.mark.parametrize(
    "dates, days",
    [
        ((), (None, None)),
        ((TBC,), (None, None)),
        ((OLD,), ("2017-07-01", "2017-07-31")),
        ((NEW, OLD), ("2017-07-01", "2018-06-30")),
        ((REVISED, NEW), ("2018-04-01", "2018-06-30")),
        ((REVISED, TBC), (None, None)),
    ],
)
def test_a_span_is_what_the_current_dates_can_mean_together(dates, days) -> None:
    assert span(dates) == days


def test_a_row_an_action_in_the_columns_of_the_csv_file() -> None:
    frame = to_frame(a_plan(actions=(an_action(), an_action(id="1.2", ref=None, start=(), end=(TBC,), rag="red"))))
    assert tuple(frame.columns) == ACTION_COLUMNS
    assert frame["id"].tolist() == ["1.1", "1.2"]
    assert frame["ref"].isna().tolist() == [False, True]
    assert frame["start_earliest"].tolist() == [pd.Timestamp("2017-07-01"), pd.NaT]
    assert frame["end_latest"].tolist() == [pd.Timestamp("2017-11-30"), pd.NaT]
    assert frame["end_text"].tolist() == ["4 Sept 17; 30 Nov 17", "TBC"]
    assert frame["resources_amount"].sum() == 92000
    assert frame["rag"].tolist()[1] == "red"


@pytest.mark.parametrize("plan", [a_plan(), a_plan(actions=(), findings=())], ids=["one", "none"])
def test_the_types_do_not_depend_on_the_rows(plan) -> None:
    types = {column: str(kind) for column, kind in to_frame(plan).dtypes.items()}
    special = {
        **dict.fromkeys(("start_earliest", "start_latest", "end_earliest", "end_latest"), "datetime64[s]"),
        **{"resources_amount": "Float64", "needs_review": "bool", "status": "category", "rag": "category"},
    }
    assert {column: kind for column, kind in types.items() if column in special} == special
    assert {kind for column, kind in types.items() if column not in special} == {"string"}
