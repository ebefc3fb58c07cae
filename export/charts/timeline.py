"""What the timeline of a plan shows: for each action when it starts and ends, as far as the page says so.

Nothing is drawn that is not printed: a month is a month wide, an end that is to be confirmed has no place, what goes on
has no end, and a date that a later one revises is shown as that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from export.charts.days import Days, days_of, ends_of
from export.value_words import section_words, short
from normalise.model import Action, Date, Plan, StatusValue

#: How an action ends: on a date, never ("ongoing"), or nobody can say (blank, to be confirmed, words).
Ending = Literal["dated", "ongoing", "unknown"]


class Bar(Struct, frozen=True):
    """One action. `start`, `end`: the days that each can mean; `others`: further dates of its cells; `printed`: both.

    `contradicts`: the end is before the start, as the page has it.
    """

    id: str
    ref: str
    words: str
    status: StatusValue
    start: Days | None
    end: Days | None
    ending: Ending
    others: tuple[Days, ...] = ()
    superseded: tuple[Days, ...] = ()
    printed: str = ""
    contradicts: bool = False

    @property
    def sure(self) -> Days | None:
        """The days on which the action surely goes on, whatever its dates mean."""
        if self.start and self.end and self.start.last <= self.end.first:
            return Days(self.start.last, self.end.first)
        return None

    @property
    def days(self) -> tuple[Days, ...]:
        """All that has a place on the timeline."""
        return (*(each for each in (self.start, self.end) if each), *self.others, *self.superseded)


class Part(Struct, frozen=True):
    """The actions of a section, in the order of the plan; `title` is empty where the plan has no sections."""

    title: str
    bars: tuple[Bar, ...]


def parts_of(plan: Plan) -> tuple[Part, ...]:
    """The timeline of a plan, section by section."""
    return tuple(Part(title, tuple(map(bar_of, actions))) for title, actions in by_section(plan))


def by_section(plan: Plan) -> tuple[tuple[str, tuple[Action, ...]], ...]:
    """The actions of each section, under its number and title, in the order in which the plan first names it."""
    titles = {section.id: section_words(section.number or section.id, section.title) for section in plan.sections}
    found: dict[str | None, list[Action]] = {}
    for action in plan.actions:
        found.setdefault(action.section, []).append(action)
    nameless = "No section" if len(found) > 1 else ""
    return tuple((titles.get(key or "", key or nameless), tuple(actions)) for key, actions in found.items())


def bar_of(action: Action) -> Bar:
    """What the timeline shows of an action."""
    starts, ends = _current(action.start), _current(action.end)
    start = min(starts, key=lambda each: (each.first, each.last), default=None)
    end = max(ends, key=lambda each: (each.last, each.first), default=None)
    others = [each for each in (*starts, *ends) if each not in (start, end)]
    if start is None or end is None:
        start, end, others = _from_a_range(action, start, end, others)
    ongoing = any(entry.kind == "ongoing" and not entry.superseded for entry in action.end)
    revised = [entry for entry in (*action.start, *action.end) if entry.superseded]
    return Bar(
        id=action.id,
        ref=short(action.ref or "", 24),
        words=short(action.action, 160),
        status=action.status,
        start=start,
        end=None if ongoing else end,
        ending="ongoing" if ongoing else "dated" if end else "unknown",
        others=tuple(dict.fromkeys([*others, *([end] if ongoing and end else [])])),
        superseded=tuple(days for entry in revised if (days := days_of(entry))),
        printed=printed(action),
        contradicts=bool(start and end and end.last < start.first),
    )


def _current(entries: Iterable[Date]) -> list[Days]:
    """The days of the dates that no later one revises."""
    return [days for entry in entries if not entry.superseded and (days := days_of(entry))]


def _from_a_range(
    action: Action, start: Days | None, end: Days | None, others: list[Days]
) -> tuple[Days | None, Days | None, list[Days]]:
    """Both ends from the one cell that is filled, where it prints a range: a column such as Timescale does."""
    cell = action.end if start is None else action.start
    pairs = [pair for entry in cell if not entry.superseded and (pair := ends_of(entry))]
    if len(pairs) != 1 or others or (start and end):
        return start, end, others
    return *pairs[0], []


def printed(action: Action) -> str:
    """The dates as they are printed, from the start to the end; those that were revised are left out."""
    start, end = dates_words(action.start), dates_words(action.end)
    return f"{start or '(blank)'} – {end or '(blank)'}" if start or end else "no dates"


def dates_words(dates: Iterable[Date]) -> str:
    """The dates of a cell as printed, with their labels."""
    return "; ".join(_entry(entry) for entry in dates if not entry.superseded)


def _entry(entry: Date) -> str:
    words = short(entry.text or entry.kind, 60)
    return f"{words} ({short(entry.label, 40)})" if entry.label else words
