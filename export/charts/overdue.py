"""Which actions are overdue as of a day, and by how much, with the doubt where the page leaves one.

An action is overdue where it is not complete and the last day that its end can mean is past. It *may* be overdue where

- the day is within what the date can mean (`Oct 24`, on the 15th),
- an earlier date of several is past (a first phase may be done),
- its status is unknown, or the reading of its status or end is doubtful.

What has no end date, or an end that goes on, can't be judged, and is counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from export.charts.days import Days, days_of
from export.charts.standing import known
from export.charts.timeline import dates_words
from export.value_words import days_words, short
from normalise.model import Action, Date, Plan, StatusValue

#: The doubts that depend on the day.
NOT_PRECISE, STILL_TO_COME = "the date is not precise enough to tell", "a later date of it is still to come"


class Late(Struct, frozen=True):
    """An action that is overdue by so many days: at least, at most. `doubts`: why it may not be; () where it is."""

    id: str
    ref: str
    words: str
    leads: str
    status: StatusValue
    due: str
    least: int
    most: int
    doubts: tuple[str, ...] = ()

    @property
    def by(self) -> str:
        """How late, in words."""
        if self.least == self.most:
            return days_words(self.least)
        return f"{self.least:,} to {days_words(self.most)}"


class Overdue(Struct, frozen=True):
    """The actions that are overdue and those that may be, the latest first, and how many can't be judged."""

    as_of: date
    surely: tuple[Late, ...]
    perhaps: tuple[Late, ...]
    unjudged: int
    open: int


def overdue_of(plan: Plan, as_of: date) -> Overdue:
    """What is overdue as of a day."""
    doubtful = doubtful_fields(plan)
    ends = {action.id: awaited(action.end) for action in plan.actions}
    left = [action for action in plan.actions if not done(action)]
    found = [late for action in left if (late := _late(action, ends[action.id], as_of, doubtful))]
    found.sort(key=lambda late: (-late.least, -late.most))
    return Overdue(
        as_of,
        tuple(late for late in found if not late.doubts),
        tuple(late for late in found if late.doubts),
        unjudged=sum(not ends[action.id] for action in left),
        open=len(left),
    )


def doubtful_fields(plan: Plan) -> set[tuple[str | None, str | None]]:
    """The actions (by id), each with a field of it, whose reading may be wrong."""
    return {
        (finding.action, finding.field)
        for finding in plan.findings
        if finding.about == "reading" and finding.severity != "info"
    }


def awaited(entries: Iterable[Date]) -> tuple[tuple[Date, Days], ...]:
    """The end dates that stand and are not said to be met, the earliest first."""
    found = [(entry, days) for entry in entries if not _met(entry) and (days := days_of(entry))]
    return tuple(sorted(found, key=lambda pair: (pair[1].last, pair[1].first)))


def _met(entry: Date) -> bool:
    """Revised by a later date, or said to be complete (`Complete Sep 22` is the day on which it was)."""
    return entry.superseded or entry.kind == "complete" or (entry.label or "").casefold().startswith("complete")


def done(action: Action) -> bool:
    """Complete by its status, or by every end date that it has."""
    ends = [entry for entry in action.end if not entry.superseded]
    return action.status == "complete" or (bool(ends) and all(map(_met, ends)))


def standing_doubts(action: Action, doubtful: set[tuple[str | None, str | None]]) -> list[str]:
    """Why an action may not be overdue whatever the day; `doubtful`: from `doubtful_fields`."""
    doubts = ["its status is not known"] if known(action.status) == "unknown" else []
    return doubts + [
        f"the reading of its {name} is doubtful"
        for name, fields in (("status", ("status", "progress")), ("end date", ("end",)))
        if any((action.id, field) in doubtful for field in fields)
    ]


def _late(
    action: Action, ends: tuple[tuple[Date, Days], ...], as_of: date, doubtful: set[tuple[str | None, str | None]]
) -> Late | None:
    """The action, where it is overdue or may be."""
    begun = [(entry, days) for entry, days in ends if days.first < as_of]
    if not begun:
        return None
    entry, days = ends[-1] if ends[-1][1].first < as_of else begun[-1]
    doubts = []
    if days.last >= as_of:
        doubts.append(NOT_PRECISE)
    if (entry, days) != ends[-1]:
        doubts.append(STILL_TO_COME)
    doubts += standing_doubts(action, doubtful)
    return Late(
        id=action.id,
        ref=short(action.ref or "", 24),
        words=short(action.action, 160),
        leads=short(", ".join(lead.text for lead in action.leads), 60),
        status=known(action.status),
        due=dates_words([entry]),
        least=max((as_of - days.last).days, 0),
        most=(as_of - days.first).days,
        doubts=tuple(doubts),
    )
