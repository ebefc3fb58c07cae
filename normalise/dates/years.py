"""The missing years of a row's dates: from the row's other dates, else from the plan's own date.

An end takes the first year that puts it on or after its row's start; a start the last that puts it on or before its
row's end; else the year nearest `published`, or nearest the other dates of its own cell. That is an info finding.
It is a warning where two years fit:

- another year also keeps the row's order and is nearer to `published`;
- the row's start runs for more than half a year, and the end falls inside it;
- there is no other end of the row, and the second nearest year is less than twice as far away as the nearest.

Where nothing at all gives a year, the date is kept as text, with a warning.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from normalise.dates.spans import Reading
from normalise.model import Flag

_HALF_YEAR = 183

#: First and last day of the plan's own date, or of a cell's dates.
Period = tuple[date, date]
Readings = tuple[Reading, ...]


class _Choice(Struct, frozen=True):
    reading: Reading
    why: str
    other: Reading | None = None


def settle_years(start: Readings, end: Readings, published: Period | None) -> tuple[Readings, Readings]:
    """Both cells of a row with every year that can be told; each one inferred has its flag."""
    start, end = (tuple(_settle_pair(each, published) for each in cell) for cell in (start, end))
    while any(each.yearless for each in (*start, *end)):
        starts, ends = period_of(start), period_of(end)
        if starts and any(each.yearless for each in end):
            end = tuple(_by_start(each, starts, published) if each.yearless else each for each in end)
        elif ends and any(each.yearless for each in start):
            start = tuple(_by_end(each, ends, published) if each.yearless else each for each in start)
        else:
            reference = published or starts or ends
            if reference is None:
                return _unknown(start), _unknown(end)
            start, end = _settle_nearest(start, end, reference)
    return start, end


def period_of(cell: Readings) -> Period | None:
    """From the first to the last day of a cell's dates, those that were revised aside where others stand."""
    dated = [each for each in cell if each.dated]
    dated = [each for each in dated if not each.superseded] or dated
    return (min(each.earliest() for each in dated), max(each.latest() for each in dated)) if dated else None


def _by_start(reading: Reading, starts: Period, published: Period | None) -> Reading:
    floor = starts[0]
    fitting = [each for each in _placed(reading, floor.year) if each.latest() >= floor]
    first = fitting[0]
    other = _nearer(first, fitting, published)
    if other is None and (starts[1] - floor).days > _HALF_YEAR and first.latest() < starts[1]:
        other = fitting[1]
    return _chosen(_Choice(first, "the first that puts it on or after the row's start", other))


def _by_end(reading: Reading, ends: Period, published: Period | None) -> Reading:
    fitting = [each for each in _placed(reading, ends[1].year) if each.earliest() <= ends[1]]
    last = fitting[-1]
    return _chosen(_Choice(last, "the last that puts it on or before the row's end", _nearer(last, fitting, published)))


def _settle_nearest(start: Readings, end: Readings, reference: Period) -> tuple[Readings, Readings]:
    """Settles the cell with the yearless date that is nearest to the plan's own; the other can then go by its row."""
    settled = [tuple(_nearest(each, reference) for each in cell) for cell in (start, end)]
    gaps = [
        min((_distance(new, reference) for old, new in zip(cell, done, strict=True) if old.yearless), default=None)
        for cell, done in zip((start, end), settled, strict=True)
    ]
    if gaps[1] is None or (gaps[0] is not None and gaps[0] <= gaps[1]):
        return settled[0], end
    return start, settled[1]


def _nearest(reading: Reading, reference: Period) -> Reading:
    if not reading.yearless:
        return reading
    one, two = sorted(_placed(reading, reference[0].year), key=lambda placed: _distance(placed, reference))[:2]
    close = _distance(two, reference) < 2 * _distance(one, reference)
    return _chosen(_Choice(one, "the nearest to the plan's own date", two if close else None))


def _placed(reading: Reading, year: int) -> list[Reading]:
    """The reading in each year around, in order; a 29 February has few."""
    years = (reading.in_year(each) for each in range(year - 9, year + 10))
    return [each for each in years if each is not None]


def _nearer(chosen: Reading, fitting: list[Reading], published: Period | None) -> Reading | None:
    """Another fitting year that is nearer to the plan's own date than the chosen one."""
    if published is None:
        return None
    best = min(fitting, key=lambda each: _distance(each, published))
    return best if _distance(best, published) < _distance(chosen, published) else None


def _distance(reading: Reading, period: Period) -> int:
    """Days between the reading and the period; 0 where they touch."""
    return max((reading.earliest() - period[1]).days, (period[0] - reading.latest()).days, 0)


def _chosen(choice: _Choice) -> Reading:
    reading, other = choice.reading, choice.other
    assert reading.first is not None
    message = f"'{reading.text}' prints no year: {reading.first.year}, {choice.why}"
    if other is None:
        flag = Flag("year-inferred", "reading", "info", f"{message}.")
    else:
        assert other.first is not None
        flag = Flag(
            "year-inferred",
            "reading",
            "warning",
            f"{message}; {other.first.year} fits as well.",
            (reading.edtf(), other.edtf()),
        )
    return replace(reading, flags=(*reading.flags, flag))


def _unknown(cell: Readings) -> Readings:
    return tuple(replace(each, flags=(*each.flags, _no_year(each))) if each.yearless else each for each in cell)


def _no_year(reading: Reading) -> Flag:
    message = f"'{reading.text}' prints no year, and nothing in the row or the plan gives one; it is kept as text."
    return Flag("date-without-year", "reading", "warning", message)


def _settle_pair(reading: Reading, published: Period | None) -> Reading:
    """09/12 far from the plan's own date is a day; within three years a doubt, and the month if it has a nought."""
    month = reading.other
    if month is None or reading.first is None or reading.dated:
        return reading
    as_month = replace(reading, first=month, other=None)
    if published and _distance(as_month, published) > 3 * 366:
        return replace(reading, other=None)
    day = f"{reading.first.day}/{reading.first.month}"
    message = f"'{reading.text}' can be the day {day} or the month {as_month.edtf()}"
    chosen = as_month if len(reading.text) == 5 else replace(reading, other=None)
    taken = "the month" if chosen is as_month else "the day"
    flag = Flag("date-ambiguous", "reading", "warning", f"{message}; {taken} is taken.", (as_month.edtf(), day))
    return replace(chosen, flags=(*reading.flags, flag))
