"""Where everything stands on a timeline: words on the left, bars over the days, the dates as printed on the right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec.structs import replace

from export.charts.days import Days
from export.charts.scale import Scale, scale_over
from export.charts.scene import (
    COLOURS,
    FAINT,
    INK,
    MARGIN,
    PAPER,
    ROW,
    RULE,
    SOFT,
    TODAY,
    WIDTH,
    Box,
    Line,
    Mark,
    Scene,
    Thing,
    Words,
    pale,
    status_legend,
    titles,
)
from export.charts.standing import STATUSES, known
from export.charts.timeline import Bar, Part

#: Where the ref, the days and the printed dates begin, and where the days end.
_REF, _DAYS, _PRINTED = MARGIN + 0.2, 4.6, 10.35
_DAYS_END = _PRINTED - 0.15
_TOP = 1.72
#: After so many rows the days are named again.
_AGAIN = 25
#: How high a heading is, and the names of the days.
_HEADING, _NAMES = 0.3, 0.19
#: No stretch is narrower than this: one day on a scale of years.
_NARROW = 0.03
_STUB = 0.3
#: A day that is marked may lie outside the plan by so much of its length, or there would be little to see of the plan.
_OUTSIDE = 0.5


def timeline_scene(title: str, second: str, parts: Sequence[Part], as_of: date | None) -> Scene:
    """The picture; `as_of`: the day that is marked, if any."""
    bars = [bar for part in parts for bar in part.bars]
    stretches = [days for bar in bars for days in bar.days]
    marked = as_of and _near(as_of, stretches)
    scale = scale_over([*stretches, *([Days(as_of, as_of)] if as_of and marked else [])], _DAYS, _DAYS_END)
    words = _REF + min(max([0.55, *(0.1 + 0.075 * len(bar.ref) for bar in bars)]), 1.2)
    rows: list[Thing] = []
    y = _TOP
    for part in parts:
        y = _part(rows, part, y, scale, words)
    behind: list[Thing] = []
    if scale:
        behind = [
            Line(tick.x, _TOP, tick.x, y, RULE if tick.strong else FAINT, 0.9 if tick.strong else 0.7)
            for tick in scale.ticks()
        ]
        rows += _names(scale, y + 0.1)
        rows += _as_of(scale, as_of, bool(marked), y) if as_of else []
    things = (*titles(title, second), *_legend(bars, scale is not None), *behind, *rows)
    return Scene(WIDTH, y + 0.4, things)


def _near(day: date, stretches: Sequence[Days]) -> bool:
    """Whether a day is in the time of the plan, or not far from it."""
    if not stretches:
        return False
    first, last = min(each.first for each in stretches), max(each.last for each in stretches)
    room = max((last - first).days * _OUTSIDE, 31)
    return (first - day).days <= room and (day - last).days <= room


def _as_of(scale: Scale, day: date, marked: bool, bottom: float) -> list[Thing]:
    """The line of a day, with its name over it; an arrow where it is far outside."""
    words = Words(_DAYS, _TOP - 0.2, f"as of {day.isoformat()}", TODAY, 8, True)
    if not marked and day.toordinal() < scale.first:
        return [replace(words, text=f"← {words.text}")]
    if not marked:
        return [replace(words, x=_DAYS_END, text=f"{words.text} →", align="right")]
    x = scale.start_of(day)
    align: Literal["left", "center", "right"] = "center"
    if not _DAYS + 0.5 < x < _DAYS_END - 0.5:
        align = "left" if x < _DAYS_END - 0.5 else "right"
    return [Line(x, _TOP - 0.12, x, bottom, TODAY, 1.2, "dashed"), replace(words, x=x, align=align)]


def _part(rows: list[Thing], part: Part, y: float, scale: Scale | None, words: float) -> float:
    """Add a section's heading and its rows; where the next one begins."""
    if part.title:
        rows.append(Box(MARGIN, y, WIDTH - MARGIN, y + _HEADING - 0.04, FAINT))
        rows.append(Words(MARGIN + 0.07, y + 0.13, part.title, bold=True, size=9, within=WIDTH - 2 * MARGIN - 0.2))
        y += _HEADING
    for number, bar in enumerate(part.bars):
        if scale and number % _AGAIN == 0:
            rows += _names(scale, y + _NAMES / 2)
            y += _NAMES
        rows += _row(bar, y + ROW / 2, scale, words)
        y += ROW
    return y + 0.08


def _names(scale: Scale, y: float) -> list[Thing]:
    """What the marks of the scale are called."""
    return [Words(tick.x + 0.03, y, tick.name, SOFT, 7.5, tick.strong) for tick in scale.ticks()]


def _row(bar: Bar, y: float, scale: Scale | None, words: float) -> list[Thing]:
    status = known(bar.status)
    printed = f"(!) {bar.printed}" if bar.contradicts else bar.printed
    things: list[Thing] = [
        Mark(MARGIN + 0.09, y, status, COLOURS[status]),
        Words(_REF, y, bar.ref, bold=True, within=words - _REF - 0.08),
        Words(words, y, bar.words, within=_DAYS - words - 0.12),
        Words(_PRINTED, y, printed, TODAY if bar.contradicts else SOFT, 7.5, within=WIDTH - MARGIN - _PRINTED),
    ]
    return things + (_bar(bar, y, scale, COLOURS[status]) if scale else [])


def _bar(bar: Bar, y: float, scale: Scale, colour: str) -> list[Thing]:
    """The stretches of an action: pale where a date may lie, full where it surely goes on."""
    things: list[Thing] = []
    things += _open_ends(bar, y, scale, colour)
    things += [_stretch(days, y, scale, pale(colour), colour) for days in (bar.start, bar.end) if days]
    if bar.sure:
        left, right = scale.start_of(bar.sure.first), scale.end_of(bar.sure.last)
        if bar.start and not bar.start.exact:
            left = scale.end_of(bar.start.last)
        if bar.end and not bar.end.exact:
            right = scale.start_of(bar.end.first)
        things.append(Box(left, y - 0.065, right, y + 0.065, colour))
    for days in bar.others:
        things.append(_stretch(days, y, scale, PAPER, INK))
    for days in bar.superseded:
        things += _struck(days, y, scale)
    return things


def _struck(days: Days, y: float, scale: Scale) -> list[Thing]:
    """A date that was revised: dashed, and struck out."""
    left, right = scale.start_of(days.first), scale.end_of(days.last)
    if right - left < 0.1:
        left, right = (left + right) / 2 - 0.05, (left + right) / 2 + 0.05
    box = Box(left, y - 0.065, right, y + 0.065, PAPER, SOFT, dashed=True)
    return [box, Line(left, y + 0.065, right, y - 0.065, SOFT)]


def _stretch(days: Days, y: float, scale: Scale, fill: str, edge: str) -> Box:
    """The days that a date can mean; an exact day is full, and as wide as can still be seen."""
    left, right = scale.start_of(days.first), scale.end_of(days.last)
    if days.exact or right - left < _NARROW:
        middle, half = (left + right) / 2, max(right - left, _NARROW) / 2
        return Box(middle - half, y - 0.085, middle + half, y + 0.085, edge)
    return Box(left, y - 0.065, right, y + 0.065, fill, edge)


def _open_ends(bar: Bar, y: float, scale: Scale, colour: str) -> list[Thing]:
    """What goes on to the edge, and the dots where nobody can say."""
    if bar.ending == "ongoing":
        left = scale.end_of(bar.start.last) if bar.start else _DAYS + _STUB
        dots = [] if bar.start else [Line(_DAYS, y, left, y, colour, 1.4, "dotted")]
        body = Box(left, y - 0.03, _DAYS_END - 0.04, y + 0.03, colour)
        return [*dots, body, Mark(_DAYS_END - 0.03, y, "arrow", colour)]
    if bar.start and not bar.end:
        x = scale.end_of(bar.start.last)
        return [Line(x, y, min(x + _STUB, _DAYS_END), y, colour, 1.4, "dotted")]
    if bar.end and not bar.start:
        x = scale.start_of(bar.end.first)
        return [Line(max(x - _STUB, _DAYS), y, x, y, colour, 1.4, "dotted")]
    if bar.contradicts and bar.start and bar.end:
        x0, x1 = scale.end_of(bar.end.last), scale.start_of(bar.start.first)
        return [Line(x0, y, x1, y, TODAY, 1.0, "dashed")]
    return []


def _legend(bars: Sequence[Bar], drawn: bool) -> list[Thing]:
    """The signs that are used, and what they say."""
    used = {known(bar.status) for bar in bars}
    things = status_legend([status for status in STATUSES if status in used], 0.98)
    if not drawn:
        return [*things, Words(MARGIN, 1.3, "No action has a date that can be drawn.", SOFT, 9)]
    soft = pale(SOFT)
    ongoing = any(bar.ending == "ongoing" for bar in bars)
    unknown = any(bar.days and (bar.ending == "unknown" or not bar.start) for bar in bars)
    box = Box(0, -0.065, 0.3, 0.065, SOFT)
    shown: list[tuple[bool, str, Sequence[Thing]]] = [
        (True, "surely going on", (box,)),
        (True, "starts or ends within", (replace(box, fill=soft, edge=SOFT),)),
        (ongoing, "goes on", (Box(0, -0.03, 0.26, 0.03, SOFT), Mark(0.27, 0, "arrow", SOFT))),
        (unknown, "not known", (Line(0, 0, 0.3, 0, SOFT, 1.4, "dotted"),)),
        (any(bar.others for bar in bars), "another of its dates", (replace(box, fill=PAPER, edge=INK),)),
        (
            any(bar.superseded for bar in bars),
            "revised since",
            (replace(box, fill=PAPER, edge=SOFT, dashed=True), Line(0, 0.065, 0.3, -0.065, SOFT)),
        ),
        (any(bar.contradicts for bar in bars), "ends before it starts", (Words(0.1, 0, "(!)", TODAY),)),
    ]
    x = MARGIN
    for wanted, name, things_of_it in shown:
        if wanted:
            things += [_moved(thing, x, 1.22) for thing in things_of_it]
            things.append(Words(x + 0.38, 1.22, name, SOFT))
            x += 0.6 + 0.066 * len(name)
    return things


def _moved(thing: Thing, x: float, y: float) -> Thing:
    """A thing, so much to the right and down."""
    if isinstance(thing, Box):
        left, top, right, bottom = thing.left + x, thing.top + y, thing.right + x, thing.bottom + y
        return replace(thing, left=left, top=top, right=right, bottom=bottom)
    if isinstance(thing, Line):
        return replace(thing, x0=thing.x0 + x, y0=thing.y0 + y, x1=thing.x1 + x, y1=thing.y1 + y)
    return replace(thing, x=thing.x + x, y=thing.y + y)
