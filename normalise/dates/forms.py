"""The printed forms of a date: one pattern and one small function a form, tried at one place of a line.

The strict grammar: what is here is read exactly so, day before month, with no clock and no guess. A form that has the
shape of a date but names no day (31 June) is refused, never corrected. White space inside a form is never a line feed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from normalise.dates.spans import Reading, Span
from normalise.model import Flag

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

#: A form's meaning, or None where it has the shape of a date but is no day.
Builder = Callable[["re.Match[str]"], Reading | None]

SPACE = r"[^\S\n]"
ORDINAL = rf"(?:{SPACE}?(?:st|nd|rd|th)\b)?"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![^\W\d_])\.?"
)
_DAY = rf"(?P<day>\d{{1,2}}){ORDINAL}"
_WEEKDAY = (
    r"(?:(?P<weekday>(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)\b\.?,?"
    rf"{SPACE}*(?:the{SPACE}+)?)?"
)
_YEAR4 = r"(?P<year>(?:19|20)\d\d)"
_YEAR = r"(?P<year>(?:19|20)\d\d|['’‘]?\d\d)"
_PAIR = rf"(?P<from>(?:19|20)\d\d|\d\d){SPACE}?[/\-–]{SPACE}?(?P<to>(?:19|20)\d\d|\d\d)"
_YEARS = rf"(?:FY{SPACE}*)?{_PAIR}"
_YEAR_OR_YEARS = rf"\(?(?:{_YEARS}|{_YEAR})\)?"
_QUARTER_NUMBER = rf"(?:Q|Qtr{SPACE}?|Quarter{SPACE}+)(?P<quarter>[1-4])"
_END = r"(?!\w)(?![/.]\d)"
_TO_MONTH = rf"(?:{SPACE}*(?:of{SPACE}+)?|[-–./])"
_TO_YEAR = rf"(?:,?{SPACE}*|[-–./]|,?{SPACE}*(?=['’‘]))"

_QUARTER = "A quarter is read as one of the financial year from April; of the calendar year it would be other months."
_YEAR_PAIR = "Two years are read as a financial year from April; an academic year would run from September."


def doubt(message: str, *candidates: str) -> Flag:
    """A form that can be read in two ways."""
    return Flag("date-ambiguous", "reading", "warning", message, candidates)


def _number_of(name: str, names: tuple[str, ...]) -> int:
    return names.index(name.lower()[:3])


def _year(text: str) -> int:
    digits = text.lstrip("'’‘")
    number = int(digits)
    return number if len(digits) == 4 else number + (2000 if number < 70 else 1900)


def _pair(match: re.Match[str]) -> tuple[int, int] | None:
    """The two years of `2018/19`, `16/17`, `2018-2019`; None unless one follows the other."""
    first = _year(match["from"])
    second = first // 100 * 100 + int(match["to"]) if len(match["to"]) == 2 else int(match["to"])
    if second < first:
        second += 100
    return (first, second) if second == first + 1 else None


def _date(span: Span, match: re.Match[str] | None = None, *flags: Flag) -> Reading | None:
    weekday = match.groupdict().get("weekday") if match else None
    if not span.exists():
        return None
    number = None if weekday is None else _number_of(weekday, _DAY_NAMES)
    return Reading("", "date", span, weekday=number, flags=flags)


def _day_of_month(match: re.Match[str]) -> Reading | None:
    """18 Sept 17, 31st October 2017, Mon 5 March 2018, 22 Aug, Sep 30th 2019."""
    year = match.groupdict().get("year")
    month = _number_of(match["month"], _MONTH_NAMES) + 1
    return _date(Span(_year(year) if year else None, month, int(match["day"])), match)


def _month_then_day(match: re.Match[str]) -> Reading | None:
    """Sept 5: one digit after a month is a day, for no year is printed so."""
    reading = _day_of_month(match)
    flag = doubt(f"'{match[0]}' is read as a day of the month, since no year is printed with one digit.")
    return reading and replace(reading, flags=(flag,))


def _days(match: re.Match[str]) -> Reading | None:
    """23-25 March 2018: two printed ends."""
    last = _day_of_month(match)
    if last is None or last.first is None or int(match["since"]) >= int(match["day"]):
        return None
    first = replace(last.first, day=int(match["since"]))
    return Reading("", "range", first, last.first) if first.exists() else None


def _month(match: re.Match[str]) -> Reading | None:
    """Jul 17 is July 2017; March alone is a month whose year is missing."""
    year = match.groupdict().get("year")
    return _date(Span(_year(year) if year else None, _number_of(match["month"], _MONTH_NAMES) + 1))


def _numbers(match: re.Match[str]) -> Reading | None:
    """04/02/2019, 4.2.19, 2022-12-31."""
    return _date(Span(_year(match["year"]), int(match["number"]), int(match["day"])), match)


def _month_of_year(match: re.Match[str]) -> Reading | None:
    """12/2016, 2019-04."""
    month = int(match["number"])
    if not 1 <= month <= 12:
        return None
    flags: tuple[Flag, ...] = ()
    if match[0].startswith(match["year"]) and int(match["year"]) % 100 + 1 == month:
        flags = (doubt(f"'{match[0]}' is read as a month; it could be two years.", f"{match['year']}-{month:02}"),)
    return _date(Span(int(match["year"]), month), None, *flags)


def _two_numbers(match: re.Match[str]) -> Reading | None:
    """12/16 is a month of a year, 16/8 a day of a month, 16/17 two years; 09/12 can be either of the first two."""
    one, two = int(match["one"]), int(match["two"])
    day = _date(Span(None, two, one)) if 1 <= two <= 12 else None
    month = Span(_year(match["two"]), one) if len(match["two"]) == 2 and 1 <= one <= 12 else None
    if day is not None:
        return replace(day, other=month)
    if month is not None:
        return _date(month)
    return _financial_doubt(match[0], _year(match["one"])) if two == one + 1 else None


def _financial_doubt(printed: str, year: int) -> Reading | None:
    names = (f"{year}-04/{year + 1}-03", f"{year}-09/{year + 1}-08")
    return _date(Span(year, 4, months=12), None, doubt(f"'{printed}': {_YEAR_PAIR}", *names))


def _dotted_day(match: re.Match[str]) -> Reading | None:
    """30.09."""
    return _date(Span(None, int(match["number"]), int(match["day"])))


def year_alone(match: re.Match[str]) -> Reading | None:
    """2019."""
    return _date(Span(int(match["year"])))


def _two_years(match: re.Match[str]) -> Reading | None:
    """2018/19 is a financial year, with a doubt; 2019-21 runs from one year to the other."""
    pair = _pair(match)
    if pair is not None:
        return _financial_doubt(match[0], pair[0])
    first, second = _year(match["from"]), int(match["to"])
    second = second if second > 99 else first // 100 * 100 + second
    if len(match["from"]) == 2 or second <= first or second - first > 30:
        return None
    return Reading("", "range", Span(first), Span(second))


def _financial_year(match: re.Match[str]) -> Reading | None:
    """FY 16/17, 2018/19 financial year; FY17 could be the one that begins or the one that ends in it."""
    if match["from"]:
        pair = _pair(match)
        return _date(Span(pair[0], 4, months=12)) if pair else None
    year = _year(match["year"])
    candidates = (f"{year}-04/{year + 1}-03", f"{year - 1}-04/{year}-03")
    flag = doubt(f"'{match[0]}' is read as the financial year that begins in {year}.", *candidates)
    return _date(Span(year, 4, months=12), None, flag)


def _academic_year(match: re.Match[str]) -> Reading | None:
    """Academic year 2018/19: September to August."""
    pair = _pair(match)
    return _date(Span(pair[0], 9, months=12)) if pair else None


def _quarter(match: re.Match[str]) -> Reading | None:
    """Q2 2018/19, Q2 18/19, 2018/19 Q2; Q2 2018 and Q2 alone the same, with a doubt."""
    quarter = int(match["quarter"])
    month = 3 * quarter + 1
    if match["from"]:
        pair = _pair(match)
        return _date(Span(pair[0], month, months=3)) if pair else None
    if not match["year"]:
        return _date(Span(None, month, months=3), None, doubt(f"'{match[0]}': {_QUARTER}"))
    year = _year(match["year"])
    span = Span(year, month, months=3)
    calendar = Span(year, month - 3, months=3)
    return _date(span, None, doubt(f"'{match[0]}': {_QUARTER}", "/".join(span.ends()), "/".join(calendar.ends())))


_TERMS = {"autumn": (9, 4, 0), "spring": (1, 4, 1), "summer": (4, 4, 1)}
_SEASONS = {"winter": 12, "spring": 3, "summer": 6, "autumn": 9}


def _term(match: re.Match[str]) -> Reading | None:
    """Spring Term 2019, Autumn Term 2018/19."""
    month, months, second = _TERMS[match["season"].lower()]
    if match["from"]:
        pair = _pair(match)
        return _date(Span(pair[second], month, months=months)) if pair else None
    return _date(Span(_year(match["year"]) if match["year"] else None, month, months=months))


def _season(match: re.Match[str]) -> Reading | None:
    """Winter 2022 is December to February; Spring 2018/19 could be that of either year."""
    name = match["season"].lower()
    span = Span(None, _SEASONS[name], months=3)
    if match["from"]:
        pair = _pair(match)
        if pair is None:
            return None
        if name in ("autumn", "winter"):
            return _date(span.in_year(pair[0]))
        either = [span.in_year(year) for year in reversed(pair)]
        names = ["/".join(each.ends()) for each in either]
        return _date(either[0], None, doubt(f"'{match[0]}' is read as the {name} of {pair[1]}.", *names))
    return _date(span.in_year(_year(match["year"])) if match["year"] else span)


def _form(pattern: str, builder: Builder, end: str = _END) -> tuple[re.Pattern[str], Builder]:
    return re.compile(pattern.replace("MONTH", f"(?P<month>{MONTH})") + end, re.IGNORECASE), builder


#: Forms that name a day, or two.
DAY_FORMS = (
    _form(
        rf"{_WEEKDAY}(?P<day>\d{{1,2}}){SPACE}?(?P<sign>[-/.]){SPACE}?(?P<number>\d{{1,2}}){SPACE}?(?P=sign){SPACE}?"
        rf"(?P<year>(?:19|20)\d\d|\d\d)",
        _numbers,
    ),
    _form(rf"(?P<day>\d{{1,2}})[/.](?P<number>\d{{1,2}}){SPACE}+{_YEAR4}", _numbers),
    _form(rf"{_YEAR4}(?P<sign>[-/.])(?P<number>\d{{1,2}})(?P=sign)(?P<day>\d{{1,2}})", _numbers),
    _form(rf"{_WEEKDAY}{_DAY}{_TO_MONTH}MONTH{_TO_YEAR}{_YEAR}", _day_of_month),
    _form(rf"{_WEEKDAY}{_DAY}{_TO_MONTH}MONTH", _day_of_month),
    _form(rf"{_YEAR4}{SPACE}+MONTH{SPACE}+{_DAY}", _day_of_month),
    _form(rf"{_WEEKDAY}MONTH{SPACE}+(?:the{SPACE}+)?{_DAY},?{SPACE}+{_YEAR4}", _day_of_month),
    _form(rf"{_WEEKDAY}MONTH{SPACE}+(?:the{SPACE}+)?(?P<day>\d{{1,2}}){SPACE}?(?:st|nd|rd|th)\b", _day_of_month),
    _form(rf"MONTH{SPACE}+(?P<day>[1-9])", _month_then_day),
    _form(
        rf"(?P<since>\d{{1,2}}){ORDINAL}{SPACE}*(?:-|–|—|to){SPACE}*{_DAY}{_TO_MONTH}MONTH(?:{_TO_YEAR}{_YEAR})?", _days
    ),
    _form(
        rf"{_DAY}(?=(?:{SPACE}*,{SPACE}*\d{{1,2}}{ORDINAL})*{SPACE}*(?:and|&|/){SPACE}*\d{{1,2}}{ORDINAL}{_TO_MONTH}"
        rf"MONTH(?:{_TO_YEAR}{_YEAR})?(?!\w))",
        _day_of_month,
        "",
    ),  # the 6 of "6 and 7 September 2017"
    _form(r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.", _dotted_day),
    _form(r"(?P<day>\d{1,2})\.(?P<number>0[1-9]|1[0-2])", _dotted_day),
    _form(r"(?P<one>\d{1,2})/(?P<two>\d{1,2})", _two_numbers),
)

#: Forms that name a longer stretch, of which "end of" takes the last day.
STRETCH_FORMS = (
    _form(rf"MONTH(?:{SPACE}+half[ -]?term)?{_TO_YEAR}{_YEAR}", _month),
    _form(rf"MONTH(?!{SPACE}*[-/.]?{SPACE}*['’‘]?\d)", _month),
    _form(r"(?P<number>\d{1,2})[-/.](?P<year>(?:19|20)\d\d)", _month_of_year),
    _form(rf"{_YEAR4}[-/.](?P<number>0[1-9]|1[0-2])", _month_of_year, r"(?!\w)(?![.]\d)(?!/\d\d?(?!\d))"),
    _form(_PAIR, _two_years),
    _form(rf"(?:FY|financial{SPACE}+year){SPACE}*(?:{_YEARS}|{_YEAR})", _financial_year),
    _form(rf"{_YEARS}{SPACE}+(?:FY|financial{SPACE}+year)", _financial_year),
    _form(rf"(?:AY|(?:academic|school){SPACE}+year){SPACE}*{_YEARS}", _academic_year),
    _form(rf"{_YEARS}{SPACE}+(?:academic|school){SPACE}+year", _academic_year),
    _form(rf"{_QUARTER_NUMBER}(?:,?{SPACE}*(?:of{SPACE}+)?{_YEAR_OR_YEARS})?", _quarter),
    _form(rf"(?:{_YEARS}|{_YEAR4}),?{SPACE}*{_QUARTER_NUMBER}", _quarter),
    _form(
        rf"(?P<season>autumn|spring|summer){SPACE}+term(?:{SPACE}+[12](?!\d))?(?:,?{SPACE}*{_YEAR_OR_YEARS})?", _term
    ),
    _form(rf"(?P<season>autumn|winter|spring|summer)(?:,?{SPACE}*{_YEAR_OR_YEARS})?(?!{SPACE}+(?:term|half))", _season),
    _form(_YEAR4, year_alone),
)

#: How each form opens. Few words do: to try all the forms at every word takes thirty times as long.
OPENING = re.compile(
    rf"\d|{'|'.join((*_MONTH_NAMES, *_DAY_NAMES))}|autumn|winter|spring|summer|q|fy|ay|financial|academic|school"
    r"|the|end",
    re.IGNORECASE,
)
_ENDING = re.compile(rf"(?:the{SPACE}+)?end(?:{SPACE}+of|{SPACE}*-)?(?:{SPACE}+the)?{SPACE}+", re.IGNORECASE)
_ENDING_DASH = re.compile(r"end-", re.IGNORECASE)
VERB_MAY = re.compile(r"may(?!\w)|May\s+(?:be|have|need|take|also|not|change|vary|require|include|continue|extend)\b")


def read_form(text: str, at: int) -> tuple[int, Reading | None] | None:
    """The longest form that begins at `at`: where it ends, and what it means (None: a shape that names no day).

    None where no form begins there.
    """
    if not OPENING.match(text, at):
        return None
    ending = _ENDING.match(text, at) or _ENDING_DASH.match(text, at)
    if ending:
        found = _longest(text, ending.end(), STRETCH_FORMS)
        if found is None or found[1] is None or found[1].first is None:
            return found
        last = found[1].last or found[1].first
        return found[0], replace(found[1], kind="date", first=replace(last, ending=True), last=None)
    found = _longest(text, at, (*DAY_FORMS, *STRETCH_FORMS))
    if found and found[1] and found[1].yearless and VERB_MAY.match(text, at):
        return None
    return found


def _longest(
    text: str, at: int, forms: tuple[tuple[re.Pattern[str], Builder], ...]
) -> tuple[int, Reading | None] | None:
    matches = [(match, builder) for pattern, builder in forms if (match := pattern.match(text, at))]
    if not matches:
        return None
    match, builder = max(matches, key=lambda each: (each[0].end(), -matches.index(each)))
    return match.end(), builder(match)
