"""The charts of a plan by their names: what each one is called, what it says in words and in rows, and its picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from compare.model import Version
from export.charts import Kind
from export.charts.days import Days
from export.charts.overdue import Late, overdue_of
from export.charts.overdue_scene import overdue_scene
from export.charts.scene import MOST, Scene
from export.charts.standing import STATUSES, known, standings_of
from export.charts.standing_scene import standing_scene
from export.charts.timeline import Bar, parts_of
from export.charts.timeline_scene import timeline_scene
from export.history.words import STATUS_NAMES
from export.plain_text import plain
from export.value_words import number_words
from extract.model import ReadError
from normalise.model import Plan

#: What happened, the cause and what to try, where "overdue" is asked for without a day.
NO_DAY = (
    "Cannot say what is overdue",
    "no day is given, and the clock is never read",
    "Name the day, such as --as-of 2025-01-31",
)


class ChartError(ReadError):
    """A picture that can't be drawn, or would be none."""


class Chart(Struct, frozen=True):
    """One picture: its name, its title, what it says in words (for those who can't see it) and in rows, and itself."""

    name: str
    title: str
    words: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    scene: Scene


def chart_of(plan: Plan, kind: Kind, as_of: date | None = None) -> Chart:
    """A chart of a plan. `as_of`: the day that the timeline marks, and that "overdue" needs.

    Raises ChartError for "overdue" without a day, and for a plan of more than MOST actions.
    """
    name = plain(" ".join(plan.plan.title.split())) or plain(plan.source.file)
    if len(plan.actions) > MOST:
        cause = f"it has {len(plan.actions):,} actions, and the limit is {MOST:,}"
        raise ChartError(f"Cannot draw {name!r}", cause, "Draw the plan of a part, or read its actions.csv")
    if kind == "timeline":
        return _timeline(plan, name, as_of)
    if kind == "status":
        return _status(plan, name)
    if as_of is None:
        raise ChartError(*NO_DAY)
    return _overdue(plan, name, as_of)


def _timeline(plan: Plan, name: str, as_of: date | None) -> Chart:
    parts = parts_of(plan)
    bars = [bar for part in parts for bar in part.bars]
    stretches = [days for bar in bars for days in bar.days]
    drawn = sum(bool(bar.days) for bar in bars)
    told = [_many(len(bars), "action")]
    if stretches:
        first, last = min(each.first for each in stretches), max(each.last for each in stretches)
        told.append(f"dates from {first.isoformat()} to {last.isoformat()}")
    told += _if(sum(bar.ending == "ongoing" for bar in bars), "{} going on without an end")
    told += _if(len(bars) - drawn, "{} without a date that can be drawn")
    told += _if(sum(bar.contradicts for bar in bars), "{} with an end before its start")
    second = _second(plan, *told)
    rows = tuple((part.title, *_timeline_row(bar)) for part in parts for bar in part.bars)
    words = f"Timeline of {name}: {second}. Each action from its start to its end, section by section."
    header = ("Section", "Ref", "Action", "Status", "Starts", "Ends", "As printed")
    title = f"Timeline: {name}"
    return Chart("Timeline", title, words, header, rows, timeline_scene(title, second, parts, as_of))


def _timeline_row(bar: Bar) -> tuple[str, ...]:
    end = "goes on" if bar.ending == "ongoing" else _days(bar.end)
    return (bar.ref, bar.words, STATUS_NAMES[known(bar.status)], _days(bar.start), end, bar.printed)


def _days(days: Days | None) -> str:
    """The days that a date can mean."""
    if days is None:
        return ""
    return days.first.isoformat() if days.exact else f"{days.first.isoformat()} to {days.last.isoformat()}"


def _status(plan: Plan, name: str) -> Chart:
    standings = standings_of(plan)
    totals = [sum(one.counts[place] for one in standings) for place in range(len(STATUSES))]
    counted = [(total, STATUS_NAMES[status].lower()) for total, status in zip(totals, STATUSES, strict=True)]
    told = [f"{total:,} {status}" for total, status in counted if total]
    second = _second(plan, _many(len(plan.actions), "action"), *told)
    rows = tuple((one.title, *map(str, one.counts), str(one.all)) for one in standings)
    header = ("Section", *(STATUS_NAMES[status] for status in STATUSES), "Actions")
    words = f"Status by section of {name}: {second}."
    title = f"Status by section: {name}"
    return Chart("Status by section", title, words, header, rows, standing_scene(title, second, standings))


def _overdue(plan: Plan, name: str, as_of: date) -> Chart:
    found = overdue_of(plan, as_of)
    told = [f"{len(found.surely):,} overdue", *_if(len(found.perhaps), "{} that may be")]
    told.append(f"of {_many(found.open, 'action')} not complete")
    told += _if(found.unjudged, "{} without an end date to judge by")
    second = _second(plan, f"as of {as_of.isoformat()}: {' '.join(told[:1])}", *told[1:])
    rows = tuple(_overdue_row(late) for late in (*found.surely, *found.perhaps))
    header = ("Ref", "Action", "Lead", "Status", "Due", "Days late", "Why it may not be")
    words = f"Overdue actions of {name}: {second}."
    title = f"Overdue: {name}"
    return Chart(f"Overdue as of {as_of.isoformat()}", title, words, header, rows, overdue_scene(title, second, found))


def _overdue_row(late: Late) -> tuple[str, ...]:
    said = (late.ref, late.words, late.leads, STATUS_NAMES[late.status], late.due, late.by)
    return (*said, "; ".join(late.doubts))


def _second(plan: Plan, *told: str) -> str:
    """The line under the title: which version, and the numbers."""
    head = plan.plan
    version = Version(plan.source.file, plan.source.sha256, head.title, head.version, head.published)
    parts = [number_words(version)] if head.version else []
    return ", ".join([*parts, *told])


def _if(number: int, words: str) -> Sequence[str]:
    return [words.format(f"{number:,}")] if number else []


def _many(number: int, one: str) -> str:
    return f"{number:,} {one}{'s' * (number != 1)}"
