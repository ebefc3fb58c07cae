"""The rules of a scanned page: long thin straight runs of ink, as lines, and the page without them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from extract.pdf.content import Rule
from extract.scan.opencv import Pixels, grown, opened, outlines, thin

#: A line is a rule if it is at least this long, in em of nine points: text has no strokes of that length.
LONG = 3.0
#: It meets another one at an end, unless it is as long as this.
ALONE = 12.0
#: A shorter one, down to this, is a rule if it runs from rule to rule (the sides of a low or narrow cell).
SHORT = 0.9
#: How near to a rule such a line must come, in em.
NEAR = 0.25
#: What sticks out further than this, in em, beyond the last rule that it meets is a part of the rule.
STICKING_OUT = 1.2
#: A rule is thinner than this, in em: what is thicker is a bar or a picture.
THICKEST = 0.45
#: Ink this near to a line, in em, over more than this part of its length shows that it is made of letters.
BESIDE, CROWDED = 0.2, 0.55
#: A hairline is thinner than this, in em, and at least so much darker (of 255) than the paper beside it.
HAIRLINE, FAINT = 0.3, 14
#: A long rule may be interrupted for this long, in em (specks of paper in it).
GAP = 0.35


class Ruling(Struct, frozen=True):
    """The rules of a page in pixels, and where their ink is (255)."""

    rules: tuple[Rule, ...]
    marks: Pixels


class _Line(NamedTuple):
    """A line that may be a rule, with the box that holds it and its ink in there."""

    rule: Rule
    x0: int
    top: int
    x1: int
    bottom: int
    marks: Pixels


def ruling_on(lightness: Pixels, ink: Pixels, em: float) -> Ruling:
    """The rules of a page that stands straight. `em`: pixels of nine points.

    Hairlines that are too faint to be ink all along are found in pieces. Where what is a little darker than the paper
    makes fewer and longer rules of the pieces, they are taken whole.
    """
    plain, faint = ruling_of(ink, em), ruling_of(ink, em, lightness)
    return faint if len(faint.rules) < len(plain.rules) and reach(faint) > reach(plain) else plain


def reach(ruling: Ruling) -> float:
    """How long all rules are together."""
    return sum(rule.end - rule.start for rule in ruling.rules)


def ruling_of(ink: Pixels, em: float, lightness: Pixels | None = None) -> Ruling:
    """The level and upright rules of a page by its ink, and by its hairlines where its `lightness` is given."""
    marks = np.zeros_like(ink)
    lines: list[_Line] = []
    for upright in (False, True):
        dark = ink if lightness is None else np.maximum(ink, _hairlines(lightness, em, upright))
        thick = _thick(dark, upright)
        long = _runs(thick, LONG * em, upright)
        lines += _lines(long, ink, em, upright, GAP * em)
        short = _runs(thick, SHORT * em, upright)
        short[grown(long, 5, 5) > 0] = 0
        lines += _lines(short, ink, em, upright, 1)
    kept = confirmed([line.rule for line in lines], em)
    rules = []
    for line in lines:
        if line.rule in kept:
            rule = trimmed(line.rule, kept, em)
            rules.append(rule)
            paint(marks, line, rule)
    return Ruling(tuple(rules), marks)


def confirmed(lines: Sequence[Rule], em: float) -> list[Rule]:
    """The lines that are rules: long ones that stand alone or meet another, and short ones from one rule to another.

    >>> box = [Rule(False, 10.0, 0, 290), Rule(False, 32.0, 0, 290), Rule(True, 40.0, 10, 32)]
    >>> confirmed([*box, Rule(True, 60.0, 18, 32)], 20.0) == box
    True
    """
    near = NEAR * em
    long = [line for line in lines if line.end - line.start >= LONG * em]
    firm = [
        line
        for line in long
        if line.end - line.start >= ALONE * em or any(_meets(line, end, long, near) for end in (line.start, line.end))
    ]
    return [
        line for line in lines if line in firm or all(_meets(line, end, firm, near) for end in (line.start, line.end))
    ]


def trimmed(line: Rule, rules: Sequence[Rule], em: float) -> Rule:
    """A rule without what sticks out beyond the last rule that it meets: a letter's stem that touches it there.

    >>> trimmed(Rule(True, 40.0, 3, 90), [Rule(False, 10.0, 0, 90)], 20.0)
    Rule(upright=True, at=40.0, start=10.0, end=90)
    """
    near, most = NEAR * em, STICKING_OUT * em
    across = [r.at for r in rules if r.upright != line.upright and r.start - near <= line.at <= r.end + near]
    met = [at for at in across if line.start - near <= at <= line.end + near]
    start, end = line.start, line.end
    if met and 0 < min(met) - start < most:
        start = min(met)
    if met and 0 < end - max(met) < most:
        end = max(met)
    return Rule(line.upright, line.at, start, end)


def paint(marks: Pixels, line: _Line, rule: Rule) -> None:
    """Adds the ink of a line to the marks, that beyond the ends of its rule left out."""
    first, last = max(0, round(rule.start) - 1), round(rule.end) + 2
    if line.rule.upright:
        rows = slice(max(line.top, first), min(line.bottom, last))
        marks[rows, line.x0 : line.x1] |= line.marks[rows.start - line.top : rows.stop - line.top]
    else:
        columns = slice(max(line.x0, first), min(line.x1, last))
        marks[line.top : line.bottom, columns] |= line.marks[:, columns.start - line.x0 : columns.stop - line.x0]


def _meets(line: Rule, end: float, rules: Sequence[Rule], near: float) -> bool:
    """Whether a rule the other way runs past the end of a line."""
    return any(
        rule.upright != line.upright and abs(rule.at - end) <= near and rule.start - near <= line.at <= rule.end + near
        for rule in rules
    )


def without(page: Pixels, marks: Pixels, paper: int = 255) -> Pixels:
    """The page with the rules' ink painted over as paper."""
    clean = page.copy()
    clean[grown(marks, 3, 3) > 0] = paper
    return clean


def crowded(ink: Pixels, box: tuple[int, int, int, int], em: float, upright: bool) -> bool:
    """Whether ink stands close to a line all along it, on one side: letters that ran together, no rule."""
    x0, top, x1, bottom = box
    if upright:
        ink, x0, top, x1, bottom = ink.T, top, x0, bottom, x1
    beside = max(2, round(BESIDE * em))
    above = ink[max(0, top - beside) : max(0, top - 1), x0:x1]
    below = ink[bottom + 1 : bottom + beside, x0:x1]
    return any(strip.size and float(strip.any(axis=0).mean()) > CROWDED for strip in (above, below))


def _hairlines(lightness: Pixels, em: float, upright: bool) -> Pixels:
    """What is a little darker than the paper on both sides of it, across a level or an upright line."""
    across = max(3, round(HAIRLINE * em) | 1)
    return thin(lightness, across, 1, FAINT) if upright else thin(lightness, 1, across, FAINT)


def _thick(ink: Pixels, upright: bool) -> Pixels:
    """The ink made a little thicker, so that a rule that leans by a pixel still holds a straight line."""
    return grown(ink, 3, 1) if upright else grown(ink, 1, 3)


def _runs(ink: Pixels, length: float, upright: bool) -> Pixels:
    """The ink that lies in straight runs of at least a length."""
    return opened(ink, 1, max(8, round(length))) if upright else opened(ink, max(8, round(length)), 1)


def _lines(runs: Pixels, ink: Pixels, em: float, upright: bool, gap: float) -> list[_Line]:
    found = []
    reach = max(1, round(gap))
    for x0, top, x1, bottom in outlines(grown(runs, 1, reach) if upright else grown(runs, reach, 1)):
        breadth = (x1 - x0 if upright else bottom - top) - 2
        part = runs[top:bottom, x0:x1]
        along = np.flatnonzero(part.any(axis=1 if upright else 0))
        if breadth > THICKEST * em or not len(along) or crowded(ink, (x0, top, x1, bottom), em, upright):
            continue
        weights = part.sum(axis=0 if upright else 1, dtype=np.int64)
        at = (x0 if upright else top) + float(np.average(np.arange(len(weights)), weights=weights)) + 0.5
        start = top if upright else x0
        rule = Rule(upright, at, float(start + along[0]), float(start + along[-1] + 1))
        found.append(_Line(rule, x0, top, x1, bottom, part))
    return found
