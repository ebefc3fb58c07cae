"""Drawn paths as rules and filled boxes: a thin box, a stroked line and a frame's edge are all rules.

A path reaches here as its subpaths, in points of the upright page. Word draws a rule as a thin filled box, LibreOffice
strokes a line, a browser fills the ring between two boxes; the grid of a table must look the same for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from msgspec import Struct

from extract.pdf.content import Fill, Rule

Point = tuple[float, float]

#: A filled box no thicker than this, and at least three times as long, is a rule.
THICKEST_RULE = 4.0
#: A line that leans less than this over its length is straight.
LEAN = 0.7
#: A filled box smaller than this both ways is a dot of a dotted rule.
DOT = 1.5


class Subpath(Struct, frozen=True):
    """The corners of one piece of a path; `fill` is its colour if it is filled."""

    points: tuple[Point, ...]
    closed: bool
    curved: bool
    fill: str | None
    stroked: bool


def shapes(subpaths: Iterable[Subpath]) -> tuple[tuple[Rule, ...], tuple[Fill, ...]]:
    """The rules and the filled boxes of a page, in the order in which they are painted."""
    rules: list[Rule] = []
    fills: list[Fill] = []
    for path in subpaths:
        if path.stroked:
            rules.extend(stroked_rules(path))
        if path.fill is None or len(path.points) < 2:
            continue
        box = bounds(path, path.fill)
        if not path.curved and (thin := thin_rules(box)):
            rules.extend(thin)
        elif fills and is_ring(fills[-1], box):
            rules.extend(frame_rules(fills.pop(), box))
        else:
            fills.append(box)
    return tuple(rules), tuple(fills)


def bounds(path: Subpath, colour: str) -> Fill:
    """The box around a filled subpath."""
    xs = [x for x, _ in path.points]
    ys = [y for _, y in path.points]
    return Fill(min(xs), min(ys), max(xs), max(ys), colour, path.curved)


def stroked_rules(path: Subpath) -> list[Rule]:
    """The straight edges of a stroked path, those that lean left out.

    >>> stroked_rules(Subpath(((0, 5), (40, 5), (60, 30)), False, False, None, True))
    [Rule(upright=False, at=5.0, start=0, end=40)]
    """
    if path.curved:
        return []
    points = path.points + path.points[:1] if path.closed else path.points
    rules = []
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y1 - y0) < LEAN and abs(x1 - x0) > abs(y1 - y0):
            rules.append(Rule(False, (y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) < LEAN and abs(y1 - y0) > abs(x1 - x0):
            rules.append(Rule(True, (x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return rules


def thin_rules(box: Fill) -> list[Rule]:
    """A thin filled box as a rule along its middle; a dot counts both ways, and a box proper is none.

    >>> thin_rules(Fill(10, 20, 90, 20.5, "#000000"))
    [Rule(upright=False, at=20.25, start=10, end=90)]
    >>> thin_rules(Fill(10, 20, 90, 32, "#000000"))
    []
    """
    width, height = box.x1 - box.x0, box.bottom - box.top
    level = Rule(False, (box.top + box.bottom) / 2, box.x0, box.x1)
    upright = Rule(True, (box.x0 + box.x1) / 2, box.top, box.bottom)
    if max(width, height) <= DOT:
        return [level, upright]
    if height <= THICKEST_RULE and width >= 3 * height:
        return [level]
    if width <= THICKEST_RULE and height >= 3 * width:
        return [upright]
    return []


def is_ring(outer: Fill, inner: Fill) -> bool:
    """Whether the second box cuts the hole of a frame out of the first (same colour, an even and thin margin)."""
    margins = (inner.x0 - outer.x0, inner.top - outer.top, outer.x1 - inner.x1, outer.bottom - inner.bottom)
    return outer.colour == inner.colour and min(margins) >= 0 and 0 < max(margins) <= THICKEST_RULE


def frame_rules(outer: Fill, inner: Fill) -> list[Rule]:
    """The edges of a frame that have a thickness."""
    rules = []
    for upright, out, inn, start, end in (
        (False, outer.top, inner.top, outer.x0, outer.x1),
        (False, outer.bottom, inner.bottom, outer.x0, outer.x1),
        (True, outer.x0, inner.x0, outer.top, outer.bottom),
        (True, outer.x1, inner.x1, outer.top, outer.bottom),
    ):
        if out != inn:
            rules.append(Rule(upright, (out + inn) / 2, start, end))
    return rules
