"""Stretches of days: what a printed date can mean, so that a picture shows a month as wide as a month."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from msgspec import Struct

from normalise.model import Date


class Days(Struct, frozen=True):
    """From a first to a last day, both included."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        """One single day."""
        return self.first == self.last


def day_of(text: str | None) -> date | None:
    """An ISO day; None for what is none, which a plan.json may hold."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def days_of(entry: Date) -> Days | None:
    """The days that a printed date can mean; None where it is no date."""
    first, last = day_of(entry.earliest), day_of(entry.latest)
    return Days(first, last) if first and last and first <= last else None


def ends_of(entry: Date) -> tuple[Days, Days] | None:
    """The two printed ends of a range, each as precise as it is printed; None for what is no range.

    >>> begin, end = ends_of(Date("Sept to 4 Dec 17", "range", "2017-09/2017-12-04", "2017-09-01", "2017-12-04"))
    >>> begin.last.isoformat(), end.exact
    ('2017-09-30', True)
    """
    whole = days_of(entry)
    if entry.kind != "range" or whole is None:
        return None
    begin, _, end = (entry.edtf or "").partition("/")
    first, last = _stretch(begin), _stretch(end)
    if first is None or last is None:
        return Days(whole.first, whole.first), Days(whole.last, whole.last)
    return first, last


def _stretch(edtf: str) -> Days | None:
    """The days of one EDTF date: a year, a month or a day."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", edtf)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last = date(first.year, month or 12, day or monthrange(first.year, month or 12)[1])
    except ValueError:
        return None
    return Days(first, last)
