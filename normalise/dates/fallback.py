"""dateparser, asked only about words that the strict grammar does not know; what it says is always a doubt.

Day before month, every part printed, no preference for past or future. It is asked twice, as if on two different
days: an answer that changes came from the clock, and is no answer.
"""

from __future__ import annotations

import re
from datetime import datetime

from normalise.dates.spans import Reading, Span
from normalise.model import Flag

_LONGEST = 60
_NUMBER = re.compile(r"\d+")


def read_elsewhere(text: str) -> Reading | None:
    """A single full date that dateparser reads from the words, with a warning; None where it reads none.

    >>> read_elsewhere("the Board's away day") is None
    True
    """
    numbers = [int(number) for number in _NUMBER.findall(text) if len(number) < 9]
    if len(text) > _LONGEST or not numbers or "\n" in text:
        return None
    found = {_parse(text, base) for base in (datetime(2001, 1, 31), datetime(2013, 8, 5))}
    day = found.pop() if len(found) == 1 else None
    if day is None or day.day not in numbers or not {day.year, day.year % 100} & set(numbers):
        return None
    message = f"'{text}' is not a form that this project knows; dateparser reads it as {day:%Y-%m-%d}."
    flag = Flag("date-guessed", "reading", "warning", message, (f"{day:%Y-%m-%d}",))
    return Reading(text, "date", Span(day.year, day.month, day.day), flags=(flag,))


def _parse(text: str, base: datetime) -> datetime | None:
    import dateparser  # slow to load, and seldom needed

    settings = {
        "DATE_ORDER": "DMY",
        "PREFER_LOCALE_DATE_ORDER": False,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "STRICT_PARSING": True,
        "RELATIVE_BASE": base,
        "PARSERS": ["absolute-time"],
        "TIMEZONE": "UTC",
        "TO_TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    parsed: datetime | None = dateparser.parse(text, languages=["en"], settings=settings)
    return datetime(parsed.year, parsed.month, parsed.day) if parsed and 1900 <= parsed.year <= 2199 else None
