"""Where everything stands on "overdue": a bar an action, as long as it is late, pale where the date leaves a doubt."""

from __future__ import annotations

from collections.abc import Sequence

from export.charts.overdue import Late, Overdue
from export.charts.scene import (
    COLOURS,
    FAINT,
    INK,
    LATE,
    MARGIN,
    ROW,
    SOFT,
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
from export.charts.standing import STATUSES

_REF, _WORDS, _LEADS, _DUE, _BARS = MARGIN + 0.2, MARGIN + 0.75, 4.4, 6.2, 7.75
_BARS_END = WIDTH - MARGIN
_ROOM_FOR_WORDS = 1.8
_TOP = 1.55


def overdue_scene(title: str, second: str, found: Overdue) -> Scene:
    """The picture."""
    late = [*found.surely, *found.perhaps]
    used = {one.status for one in late}
    things: list[Thing] = [*titles(title, second)]
    if late:
        things += status_legend([status for status in STATUSES if status in used], 0.98)
        things += _legend()
    most = max((one.most for one in late), default=0)
    y = 1.28 if late else 0.95
    for name, group in (("Overdue", found.surely), ("May be overdue", found.perhaps)):
        if group:
            y = _group(things, name, group, y, most)
    if not late:
        things.append(Words(MARGIN, y + 0.1, f"No action is overdue as of {found.as_of.isoformat()}.", INK, 11))
        y += 0.3
    return Scene(WIDTH, y + 0.25, tuple(things))


def _legend() -> list[Thing]:
    x = _BARS
    return [
        Box(x, 0.915, x + 0.3, 1.045, LATE),
        Words(x + 0.38, 0.98, "at least", SOFT),
        Box(x + 1.15, 0.915, x + 1.45, 1.045, pale(LATE), LATE),
        Words(x + 1.53, 0.98, "at most: the date is not exact", SOFT),
    ]


def _group(things: list[Thing], name: str, group: Sequence[Late], y: float, most: int) -> float:
    """Add a heading and its rows; where the next one begins."""
    things.append(Box(MARGIN, y, WIDTH - MARGIN, y + 0.26, FAINT))
    heads = ((MARGIN + 0.07, f"{name}: {len(group)}"), (_LEADS, "Lead"), (_DUE, "Due"), (_BARS, "Days late"))
    for place, (x, head) in enumerate(heads):
        things.append(Words(x, y + 0.13, head, SOFT if place else INK, 8 if place else 9, not place))
    y += 0.3
    for one in group:
        things += _row(one, y + ROW / 2, most)
        y += ROW
        if one.doubts:
            doubts = f"not sure: {'; '.join(one.doubts)}"
            things.append(Words(_WORDS, y + 0.07, doubts, SOFT, 7.5, within=_BARS_END - _WORDS))
            y += 0.19
        things.append(Line(MARGIN, y, WIDTH - MARGIN, y, FAINT))
    return y + 0.12


def _row(one: Late, y: float, most: int) -> list[Thing]:
    unit = (_BARS_END - _BARS - _ROOM_FOR_WORDS) / most
    sure, end = _BARS + one.least * unit, _BARS + one.most * unit
    things: list[Thing] = [
        Mark(MARGIN + 0.09, y, one.status, COLOURS[one.status]),
        Words(_REF, y, one.ref, bold=True, within=0.52),
        Words(_WORDS, y, one.words, within=_LEADS - _WORDS - 0.12),
        Words(_LEADS, y, one.leads or "nobody", INK if one.leads else SOFT, within=_DUE - _LEADS - 0.1),
        Words(_DUE, y, one.due, within=_BARS - _DUE - 0.1),
    ]
    if one.least:
        things.append(Box(_BARS, y - 0.065, sure, y + 0.065, LATE))
    if one.most > one.least:
        things.append(Box(sure, y - 0.065, end, y + 0.065, pale(LATE), LATE))
    return [*things, Words(end + 0.08, y, one.by, within=_BARS_END - end - 0.08)]
