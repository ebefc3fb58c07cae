"""Where everything stands on "status by section": a bar a section, as long as it has actions, and the numbers."""

from __future__ import annotations

from collections.abc import Sequence

from export.charts.scene import (
    COLOURS,
    FAINT,
    INK,
    MARGIN,
    PAPER,
    SOFT,
    WIDTH,
    Box,
    Line,
    Mark,
    Scene,
    Thing,
    Words,
    titles,
)
from export.charts.standing import STATUSES, Standing
from export.history.words import STATUS_NAMES

_BARS, _NUMBERS = 4.6, 8.15
_BARS_END = _NUMBERS - 0.25
_TOP, _ROW = 1.42, 0.34
_COLUMN = (WIDTH - MARGIN - _NUMBERS) / (len(STATUSES) + 1)
#: A segment as wide as this has its number in it, so that it can be found among the numbers without its colour.
_WIDE = 0.24


def standing_scene(title: str, second: str, standings: Sequence[Standing]) -> Scene:
    """The picture."""
    totals = Standing("All", tuple(sum(one.counts[place] for one in standings) for place in range(len(STATUSES))))
    most = max((one.all for one in standings), default=0)
    things: list[Thing] = [*titles(title, second), *_heads()]
    y = _TOP
    for one in standings:
        things += _row(one, y, most)
        y += _ROW
    if len(standings) > 1:
        things.append(Line(MARGIN, y - 0.02, WIDTH - MARGIN, y - 0.02, SOFT, 1.0))
        things += _numbers(totals, y + _ROW / 2, bold=True)
        things.append(Words(MARGIN + 0.07, y + _ROW / 2, totals.title, bold=True))
        y += _ROW
    return Scene(WIDTH, y + 0.25, tuple(things))


def _heads() -> list[Thing]:
    """The sign and the name of each status over its numbers."""
    things: list[Thing] = [Line(MARGIN, _TOP - 0.06, WIDTH - MARGIN, _TOP - 0.06, SOFT, 1.0)]
    for place, status in enumerate(STATUSES):
        x = _column(place)
        things += [Mark(x, _TOP - 0.36, status, COLOURS[status]), _head(x, STATUS_NAMES[status])]
    return [*things, _head(_column(len(STATUSES)), "Actions")]


def _head(x: float, name: str) -> Words:
    return Words(x, _TOP - 0.17, name, SOFT, 8, align="center")


def _row(one: Standing, y: float, most: int) -> list[Thing]:
    middle = y + _ROW / 2
    title = one.title or "The plan"
    things: list[Thing] = [Words(MARGIN + 0.07, middle, title, within=_BARS - MARGIN - 0.25)]
    left = _BARS
    for status, count in zip(STATUSES, one.counts, strict=True):
        right = left + count * (_BARS_END - _BARS) / most
        if count:
            hollow = status == "not_started"
            fill = PAPER if hollow else COLOURS[status]
            edge = COLOURS[status] if hollow else PAPER
            things.append(Box(left, middle - 0.1, right, middle + 0.1, fill, edge))
            if right - left >= _WIDE:
                ink = PAPER if status in ("complete", "off_track", "unknown") else INK
                things.append(Words((left + right) / 2, middle, f"{count:,}", ink, 8, True, "center"))
        left = right
    rule = Line(MARGIN, y + _ROW - 0.02, WIDTH - MARGIN, y + _ROW - 0.02, FAINT)
    return [*things, *_numbers(one, middle), rule]


def _numbers(one: Standing, y: float, bold: bool = False) -> list[Thing]:
    """How many have each status, and how many there are; a nought is lighter, so that the others are seen."""
    numbers = [*one.counts, one.all]
    return [
        Words(_column(place), y, f"{number:,}", INK if number else SOFT, 9, bold or number > 0, "center")
        for place, number in enumerate(numbers)
    ]


def _column(place: int) -> float:
    return _NUMBERS + (place + 0.5) * _COLUMN
