"""Stretches of the calendar as printed: a day, a month, a term, a year; the year may still be unknown.

A `Span` knows its first and last day and its EDTF once it has a year. A `Reading` is one printed date on its way to
becoming a `Date`: what the words mean, with what was doubtful about them.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from normalise.model import Date, DateKind, Flag


class Span(Struct, frozen=True):
    """One stretch. `month` counts from the January of `year`, so 13 is the January after; no month is the whole year.

    `months`: how many it runs over. `ending`: only its last day is meant ("end of March"). `week`: 6 where the day
    stands for the week that it begins, -6 for the week that it ends.
    """

    year: int | None
    month: int | None = None
    day: int | None = None
    months: int = 1
    ending: bool = False
    week: int = 0

    def in_year(self, year: int) -> Span:
        """The same stretch of that year."""
        return replace(self, year=year)

    def exists(self) -> bool:
        """Whether there is such a day; a yearless 29 February exists."""
        if self.year is not None and not 1900 <= self.year <= 2199:
            return False
        if self.day is None:
            return True
        month = self.month or 0
        return 1 <= month <= 12 and 1 <= self.day <= monthrange(2000 if self.year is None else self.year, month)[1]

    def first(self) -> date:
        """The first day that it can mean. ValueError without a year."""
        if self.ending:
            return self.last()
        year, month = self._month(0)
        return date(year, month, self.day or 1) + timedelta(days=min(self.week, 0))

    def last(self) -> date:
        """The last day that it can mean. ValueError without a year."""
        year, month = self._month(self.months - 1) if self.month else self._month(11)
        day = self.day or monthrange(year, month)[1]
        return date(year, month, day) + timedelta(days=max(self.week, 0))

    def ends(self) -> tuple[str, str]:
        """Its first and its last EDTF date, alike but for a run of months."""
        if self.day or self.ending:
            year, month = self._month(0 if self.day else self.months - 1)
            text = date(year, month, self.day).isoformat() if self.day else self.last().isoformat()
            return text, text
        if not self.month:
            return f"{self._month(0)[0]:04}", f"{self._month(0)[0]:04}"
        (year, month), (to_year, to_month) = self._month(0), self._month(self.months - 1)
        return f"{year:04}-{month:02}", f"{to_year:04}-{to_month:02}"

    def _month(self, plus: int) -> tuple[int, int]:
        if self.year is None:
            raise ValueError("a stretch without a year has no days")
        years, month = divmod((self.month or 1) - 1 + plus, 12)
        return self.year + years, month + 1


class Reading(Struct, frozen=True):
    """One entry of a date cell. `first` is set for a date or a range, `last` for the second printed end of a range.

    `inferred`: the year is not printed. `weekday`: the day of the week printed beside it, Monday is 0. `other`: what
    `09/12` also can be. `whole`: `first` has no day of its own (a month, a season), so that it can share a year.
    """

    text: str
    kind: DateKind
    first: Span | None = None
    last: Span | None = None
    label: str | None = None
    inferred: bool = False
    superseded: bool = False
    weekday: int | None = None
    other: Span | None = None
    flags: tuple[Flag, ...] = ()

    @property
    def yearless(self) -> bool:
        """A date whose year is missing."""
        return self.first is not None and self.first.year is None

    @property
    def dated(self) -> bool:
        """A date that has its year."""
        return self.first is not None and self.first.year is not None

    def in_year(self, year: int) -> Reading | None:
        """The reading with its missing year; None where that year has no such day."""
        if self.first is None or not self.first.in_year(year).exists():
            return None
        first, last = self.first.in_year(year), self.last
        if last is not None and last.year is None:
            last = soonest(last, first.first())
        return replace(self, first=first, last=last, inferred=True)

    def earliest(self) -> date:
        """The first day that it can mean."""
        assert self.first is not None
        return self.first.first()

    def latest(self) -> date:
        """The last day that it can mean."""
        span = self.last or self.first
        assert span is not None
        return span.last()

    def edtf(self) -> str:
        """EDTF, level 0 or 1, as precise as the page."""
        assert self.first is not None
        begin, end = self.first.ends()
        if self.last is not None:
            end = self.last.ends()[1]
        elif self.first.month is None and not self.first.ending:
            return begin
        return begin if begin == end else f"{begin}/{end}"

    def as_date(self) -> Date:
        """The entry as the plan holds it; a date whose year nothing gives is kept as its words."""
        if not self.dated:
            kind: DateKind = "text" if self.first is not None else self.kind
            return Date(self.text, kind, label=self.label, superseded=self.superseded)
        inferred = ("year",) if self.inferred else ()
        earliest, latest = self.earliest().isoformat(), self.latest().isoformat()
        return Date(self.text, self.kind, self.edtf(), earliest, latest, self.label, inferred, self.superseded)


def soonest(span: Span, day: date) -> Span:
    """The span in the first year that ends it on or after the day."""
    years = (span.in_year(year) for year in range(day.year - 2, day.year + 9))
    return next(placed for placed in years if placed.exists() and placed.last() >= day)


def latest_before(span: Span, day: date) -> Span:
    """The span in the last year that begins it on or before the day."""
    years = (span.in_year(year) for year in range(day.year + 1, day.year - 9, -1))
    return next(placed for placed in years if placed.exists() and placed.first() <= day)
