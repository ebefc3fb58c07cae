"""How a workbook displays a number or date: its number format is what the page shows, so it is what is read.

A cell that holds 1 July 2017 and is formatted `mmm-yy` shows `Jul-17`: nothing more precise is on the page. Formats
that follow the computer's own settings (built-in 14, `[$-F800]`) are shown as a British computer shows them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

#: Figures enough for any number that a workbook can hold, with any decimals: what is displayed is never rounded twice.
_EXACT = Context(prec=400)

Value = str | bool | int | float | Decimal | datetime | date | time | timedelta

#: Formats that name no pattern of their own but follow the computer's region.
_REGIONAL = {"mm-dd-yy": "dd/mm/yyyy", "m/d/yy h:mm": "dd/mm/yyyy hh:mm"}
_REGIONAL_MARKS = (("[$-f800]", "d mmmm yyyy"), ("[$-x-sysdate]", "d mmmm yyyy"), ("[$-f400]", "hh:mm:ss"))

#: Written out: the standard library's names follow the computer's language.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

#: The pieces of a format: quoted or escaped text, a blank as wide as a sign, fill, brackets, and runs of letters.
_PIECE = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|am/pm|a/p|y+|m+|d+|h+|s+(?:\.0+)?|.', re.IGNORECASE | re.DOTALL)
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_DIGITS = re.compile(r"[#0?](?:[#0?,]*[#0?])?(,*)(?:\.([#0?]+))?")


def displayed(value: Value, number_format: str) -> str:
    """The text that a cell with this value and number format shows.

    >>> displayed(datetime(2017, 7, 1), "mmm-yy"), displayed(46000, "£#,##0"), displayed(0.9, "0%")
    ('Jul-17', '£46,000', '90%')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, timedelta):
        hours, seconds = divmod(round(value.total_seconds()), 3600)
        return f"{hours}:{seconds // 60:02}:{seconds % 60:02}"
    if isinstance(value, int | float | Decimal):
        if not math.isfinite(value):
            return str(value)
        return _number(Decimal(str(value)), number_format)
    return _moment(value, number_format)


def _moment(value: datetime | date | time, number_format: str) -> str:
    """A date or time: letters of the format stand for its parts, everything else for itself."""
    pattern = _sections(number_format)[0]
    pattern = _REGIONAL.get(pattern.lower(), pattern)
    for mark, usual in _REGIONAL_MARKS:
        if pattern.lower().startswith(mark):
            pattern = usual
    if pattern.lower() == "general":
        pattern = "dd/mm/yyyy"
    pieces = [found for found in _PIECE.finditer(pattern) if found[0][0] not in "[*"]
    twelve = any(piece[0].lower() in ("am/pm", "a/p") for piece in pieces)
    text, last = "", ""
    for index, piece in enumerate(pieces):
        letters = piece[0].lower()
        following = next((one[0].lower() for one in pieces[index + 1 :] if one[0][0].lower() in "ymdhs"), "")
        minutes = set(letters) == {"m"} and (last.startswith("h") or following.startswith("s"))
        text += (
            _literal(piece)
            if not _is_part(letters)
            else _part(value, "n" * len(letters) if minutes else letters, twelve)
        )
        last = letters if _is_part(letters) else last
    return text.strip()


def _is_part(letters: str) -> bool:
    return letters in ("am/pm", "a/p") or re.fullmatch(r"y+|m+|d+|h+|s+(?:\.0+)?", letters) is not None


def _part(value: datetime | date | time, letters: str, twelve: bool) -> str:
    """One part of a moment; minutes come as `n`."""
    moment = datetime.combine(date.min, value) if isinstance(value, time) else value
    hour, minute, second = getattr(moment, "hour", 0), getattr(moment, "minute", 0), getattr(moment, "second", 0)
    if letters in ("am/pm", "a/p"):
        half = "AM" if hour < 12 else "PM"
        return half if letters == "am/pm" else half[0]
    kind, width = letters[0], len(letters.partition(".")[0])
    if kind == "y":
        return f"{moment.year:04}" if width > 2 else f"{moment.year % 100:02}"
    if kind == "m" and width > 2:
        name = _MONTHS[moment.month - 1]
        return name[:3] if width == 3 else name[:1] if width == 5 else name
    if kind == "d" and width > 2:
        return _DAYS[moment.weekday()][: 3 if width == 3 else None]
    if kind == "h":
        hour = (hour - 1) % 12 + 1 if twelve else hour
    count = {"m": moment.month, "d": moment.day, "h": hour, "n": minute, "s": second}[kind]
    return f"{count:0{min(width, 2)}}"


def _number(value: Decimal, number_format: str) -> str:
    sections = _sections(number_format)
    at = 1 if value < 0 else 2 if value == 0 else 0
    pattern = sections[at] if at < len(sections) and sections[at] else sections[0]
    signed = value < 0 and not (at < len(sections) and sections[at])
    pattern = _CURRENCY.sub(lambda found: f'"{found[1]}"', pattern)
    if pattern.lower() in ("general", "@", "") or re.search(r"e[+-]|/", _bare(pattern), re.IGNORECASE):
        return ("-" if value < 0 else "") + _general(abs(value))
    found = _DIGITS.search(_masked(pattern))
    if found is None:
        return _literals(pattern).strip()
    percent = "%" in _bare(pattern)
    shown = _digits(abs(value) * (100 if percent else 1), pattern[found.start() : found.end()], len(found[1]))
    before, after = _literals(pattern[: found.start()]), _literals(pattern[found.end() :])
    return (("-" if signed else "") + before + shown + after).strip()


def _digits(value: Decimal, pattern: str, scaled: int) -> str:
    """The figures: as many decimals as the pattern has, thousands parted where it parts them."""
    whole_pattern, _, decimals = pattern.rstrip(",").partition(".")
    value = value.scaleb(-3 * scaled)
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, _EXACT)
    grouped = "," in whole_pattern.rstrip(",")
    whole, _, fraction = f"{rounded:{',' if grouped else ''}f}".partition(".")
    least = whole_pattern.count("0")
    whole = whole.rjust(least, "0") if not grouped else whole
    if whole == "0" and least == 0 and decimals:
        whole = ""
    while fraction and decimals[len(fraction) - 1] == "#" and fraction[-1] == "0":
        fraction = fraction[:-1]
    return f"{whole}.{fraction}" if decimals and (fraction or "0" in decimals) else whole


def _general(value: Decimal) -> str:
    """A number without a format: no zeros at the end, up to ten figures of a fraction."""
    if value == value.to_integral_value() and value < 10**21:
        return str(int(value))
    return f"{float(value):.10g}"


def _sections(number_format: str) -> list[str]:
    """The parts for positive, negative, zero and text; colours and conditions are taken out."""
    parts = re.findall(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])+|(?<=;)(?=;|$)', number_format, re.DOTALL) or [number_format]
    colours = r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|colou?r ?\d+|[<>=]+[^\]]*)\]"
    return [re.sub(colours, "", part, flags=re.IGNORECASE) for part in parts]


def _literals(pattern: str) -> str:
    return "".join(_literal(piece) for piece in _PIECE.finditer(pattern))


def _literal(piece: re.Match[str]) -> str:
    """What a piece that stands for itself shows: no brackets, no fill; a blank where room for a sign is left."""
    if piece[1] is not None:
        return piece[1]
    if piece[2] is not None:
        return piece[2]
    return {"_": " ", "*": "", "[": "", "#": "", "?": ""}.get(piece[0][0], piece[0])


def _masked(pattern: str) -> str:
    """The pattern with text that stands for itself blanked out, as long as before."""
    return _replaced(pattern, lambda text: "\0" * len(text))


def _bare(pattern: str) -> str:
    return _replaced(pattern, lambda _: "")


def _replaced(pattern: str, by: Callable[[str], str]) -> str:
    return re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', lambda found: by(found[0]), pattern, flags=re.DOTALL)
