"""The dates of one row: both cells read, their missing years settled, and the two compared."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from msgspec import Struct

from normalise.dates.cells import read_cell
from normalise.dates.scan import scan
from normalise.dates.spans import Reading
from normalise.dates.years import Period, period_of, settle_years
from normalise.model import Date, Flag

_FAR_YEARS = 10
_EDTF = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


class RowDates(Struct, frozen=True):
    """What a row's start and end cells say, with what is to be said of each."""

    start: tuple[Date, ...]
    end: tuple[Date, ...]
    start_flags: tuple[Flag, ...]
    end_flags: tuple[Flag, ...]


def read_row_dates(start_text: str, end_text: str, published: str | None) -> RowDates:
    """The dates of a row from the repaired text of its start and end cells and the plan's own date (EDTF).

    >>> read_row_dates("Nov-15", "end of March", "2016-02-03").end[0].edtf
    '2016-03-31'
    """
    period = _period(published)
    start, end = settle_years(read_cell(start_text), read_cell(end_text), period)
    return RowDates(
        tuple(each.as_date() for each in start),
        tuple(each.as_date() for each in end),
        _flags(start, period),
        _flags(end, period) + _before_start(start, end),
    )


def read_dates(text: str) -> tuple[tuple[Date, ...], tuple[Flag, ...]]:
    """The dates of one cell by itself, in printed order, and what is to be said of them.

    >>> [entry.edtf for entry in read_dates("Sept 17 31 Aug 17 First meeting by 30 Sept 17")[0]]
    ['2017-09', '2017-08-31', '2017-09-30']
    """
    row = read_row_dates("", text, None)
    return row.end, row.end_flags


def read_published(text: str) -> str | None:
    """The EDTF of a plan's own date line; None unless it prints exactly one certain date.

    >>> read_published("Version 3, March 2019")
    '2019-03'
    """
    dates = [each for each in read_cell(text) if each.first is not None]
    if len(dates) != 1 or dates[0].kind != "date" or not dates[0].dated or dates[0].flags:
        return None
    edtf = dates[0].edtf()
    return edtf if len(edtf) > 4 or dates[0].label is None else None


def looks_like_date(text: str) -> bool:
    """Whether a cell is mostly dates (or Ongoing, Immediate): what tells a date column by its content.

    >>> looks_like_date("by end of March 2019"), looks_like_date("Complete. Agreed by the Board on 5 March 2019")
    (True, False)
    """
    if len(text) > 200 or not scan(text):  # the strict grammar alone: a last resort proves nothing of a column
        return False
    entries = read_cell(text)
    known = [each for each in entries if each.first is not None or each.kind in ("ongoing", "immediate")]
    words = sum(len((each.label or "").split()) for each in entries)
    words += sum(len(each.text.split()) for each in entries if each.kind == "text")
    return bool(known) and words <= 4 * len(known)


def _period(edtf: str | None) -> Period | None:
    """First and last day of the plan's own date; an interval from its first to its last part."""
    parts = [_EDTF.fullmatch(part) for part in (edtf or "").split("/")]
    days = [_days(part) for part in parts if part]
    found = [each for each in days if each]
    return (found[0][0], found[-1][1]) if found else None


def _days(part: re.Match[str]) -> Period | None:
    year, month, day = (int(each) if each else None for each in part.groups())
    try:
        if year is None or not 1950 <= year <= 2099:
            return None
        until = month or 12
        return date(year, month or 1, day or 1), date(year, until, day or monthrange(year, until)[1])
    except ValueError:
        return None


def _flags(cell: tuple[Reading, ...], published: Period | None) -> tuple[Flag, ...]:
    found: list[Flag] = []
    for reading in cell:
        found += [*reading.flags, *_weekday(reading), *_far(reading, published)]
    return tuple(dict.fromkeys(found))


def _weekday(reading: Reading) -> tuple[Flag, ...]:
    """Tuesday 5 March 2018 was a Monday: the page's slip, or ours where the year is inferred."""
    if reading.weekday is None or not reading.dated or reading.kind != "date" or reading.first is None:
        return ()
    year, month, day = reading.first.year, reading.first.month, reading.first.day
    if not (year and month and day) or date(year, month, day).weekday() == reading.weekday:
        return ()
    message = f"'{reading.text}' is a {date(year, month, day):%A} in {year}."
    return (Flag("weekday-differs", "reading" if reading.inferred else "document", "warning", message),)


def _far(reading: Reading, published: Period | None) -> tuple[Flag, ...]:
    if published is None or not reading.dated or reading.inferred:
        return ()
    years = max(reading.earliest().year - published[1].year, published[0].year - reading.latest().year)
    if years <= _FAR_YEARS:
        return ()
    message = f"'{reading.text}' is {years} years from the plan's own date."
    return (Flag("date-far", "reading", "warning", message, (reading.edtf(),)),)


def _before_start(start: tuple[Reading, ...], end: tuple[Reading, ...]) -> tuple[Flag, ...]:
    """An end whose last day comes before the first day of the row's start; dates that were revised do not count."""
    starts = period_of(start)
    early = [each for each in end if starts and each.dated and not each.superseded and each.latest() < starts[0]]
    return tuple(
        Flag("end-before-start", "document", "warning", f"The end '{each.text}' comes before the start of its row.")
        for each in early
    )
