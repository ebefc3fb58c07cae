"""The actions of a plan as a pandas DataFrame: the door for analysts. pandas is imported here alone, on use."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from export.tables import ACTION_COLUMNS, action_row
from normalise.model import Action, Date, Plan, StatusValue

if TYPE_CHECKING:
    import pandas as pd

RAGS = ("blue", "green", "amber", "red")


def to_frame(plan: Plan) -> pd.DataFrame:
    """One row an action, the columns of `actions.csv`, in types that an analyst can reckon with.

    `start_earliest`, `start_latest`, `end_earliest`, `end_latest` are datetime64: the first and the last day that the
    cell's dates can mean together, those that a later entry revises left out; NaT where there are none.
    `resources_amount` is Float64 in pounds, `needs_review` bool, `status` and `rag` categories; all else is text, and
    missing values are <NA>.
    """
    import pandas as pd

    titles = {section.id: section.title for section in plan.sections}
    names = {person.id: person.name for person in plan.people}
    rows = [action_row(action, titles, names) for action in plan.actions]
    frame = pd.DataFrame(rows, columns=list(ACTION_COLUMNS), dtype="object")
    types = {column: "string" for column in ACTION_COLUMNS if not column.endswith(("_earliest", "_latest"))}
    frame = frame.astype({**types, "resources_amount": "Float64", "needs_review": "bool"})
    frame["status"] = pd.Categorical(frame["status"], categories=list(get_args(StatusValue)))
    frame["rag"] = pd.Categorical(frame["rag"], categories=list(RAGS))
    for field in ("start", "end"):
        spans = [span(_dates_of(action, field)) for action in plan.actions]
        frame[f"{field}_earliest"] = pd.Series([first for first, _ in spans], dtype="datetime64[s]")
        frame[f"{field}_latest"] = pd.Series([last for _, last in spans], dtype="datetime64[s]")
    return frame


def span(dates: tuple[Date, ...]) -> tuple[str | None, str | None]:
    """The first and the last day that dates can mean together, revised ones left out; None without any."""
    current = [date for date in dates if not date.superseded]
    first = min((date.earliest for date in current if date.earliest), default=None)
    return first, max((date.latest for date in current if date.latest), default=None)


def _dates_of(action: Action, field: str) -> tuple[Date, ...]:
    return action.start if field == "start" else action.end
