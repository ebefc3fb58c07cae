"""Days across a picture: where a day stands, and which beginnings of months, quarters and years are marked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from export.charts.days import Days

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
#: How many marks are at most wanted, and the steps in months that are tried: months, quarters, halves, years …
_MARKS = 9
_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 24_000)


class Tick(Struct, frozen=True):
    """The beginning of a month: where, and what it is called; `strong` where a year begins."""

    x: float
    name: str
    strong: bool


class Scale(Struct, frozen=True):
    """Days from `first` to `last` (ordinals, both included) over `left` to `right` (any unit)."""

    first: int
    last: int
    left: float
    right: float

    def start_of(self, day: date) -> float:
        """Where a day begins."""
        return self._at(day.toordinal())

    def end_of(self, day: date) -> float:
        """Where it ends."""
        return self._at(day.toordinal() + 1)

    def _at(self, ordinal: int) -> float:
        return self.left + (ordinal - self.first) * (self.right - self.left) / (self.last + 1 - self.first)

    def ticks(self) -> tuple[Tick, ...]:
        """The marks: as many as can be read, at even beginnings."""
        begin, end = date.fromordinal(self.first), date.fromordinal(self.last)
        first, last = begin.year * 12 + begin.month - 1, end.year * 12 + end.month - 1
        step = next(step for step in _STEPS if (last - first) / step <= _MARKS)
        months = [month for month in range(first - first % step, last + 1, step) if month >= first]
        found: list[Tick] = []
        for number in months:
            year, month = divmod(number, 12)
            x = self.start_of(date(year, month + 1, 1))
            whole = not found or month == 0
            name = str(year) if step >= 12 else f"{_MONTHS[month]}" + f" {year}" * whole
            found.append(Tick(x, name, month == 0))
        return tuple(found)


def scale_over(stretches: Iterable[Days], left: float, right: float) -> Scale | None:
    """A scale in whole months that holds all of these days; None without any."""
    stretches = list(stretches)
    if not stretches:
        return None
    first = min(each.first for each in stretches).replace(day=1)
    last = max(each.last for each in stretches)
    after = date(last.year + last.month // 12, last.month % 12 + 1, 1) if (last.year, last.month) < (9999, 12) else last
    return Scale(first.toordinal(), max(after.toordinal() - 1, last.toordinal()), left, right)
