"""Level lines and filled boxes as marks, and those of one table as a stack: what its rows are told by.

A line or box that leaves some columns out belongs to a stack too: cells there go on in the next row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from extract.pdf.content import Fill, Rule
from extract.pdf.grid import JOIN, SNAP, clustered

#: Bars and stripes of one table begin and end within this of one another.
FLUSH = 4.0
#: More groups of lines and boxes on a page than this are a drawing.
MOST_STACKS = 100


class Mark(Struct, frozen=True):
    """A level line (`top` and `bottom` alike) or a filled box, of one piece or of several that meet at `breaks`.

    `gaps`: where a line is not drawn, (from, to): cells there go on beneath it.
    """

    top: float
    bottom: float
    x0: float
    x1: float
    breaks: tuple[float, ...] = ()
    colour: str | None = None
    gaps: tuple[tuple[float, float], ...] = ()


def bars_of(rules: Sequence[Rule]) -> list[Mark]:
    """Level lines as marks: pieces that meet are one, broken where they meet."""
    marks: list[Mark] = []
    for level in clustered(rules, lambda rule: rule.at, SNAP / 2):
        at = sum(rule.at for rule in level) / len(level)
        marks.extend(Mark(at, at, *run) for run in runs([(rule.start, rule.end) for rule in level]))
    return marks


def stripes_of(fills: Sequence[Fill]) -> list[Mark]:
    """Boxes of one height as marks, likewise; the colour is the first box's."""
    marks = []
    for level in clustered(fills, lambda fill: fill.top, SNAP / 2):
        for row in clustered(level, lambda fill: fill.bottom, SNAP / 2):
            top, bottom = row[0].top, row[0].bottom
            for x0, x1, breaks in runs([(fill.x0, fill.x1) for fill in row]):
                colour = next(fill.colour for fill in row if fill.x0 >= x0)
                marks.append(Mark(top, bottom, x0, x1, breaks, colour))
    return marks


def runs(pieces: Iterable[tuple[float, float]]) -> list[tuple[float, float, tuple[float, ...]]]:
    """Pieces that meet, as (start, end, where they meet).

    >>> runs([(0, 20), (20, 50), (50, 90), (120, 130)])
    [(0, 90, (20.0, 50.0)), (120, 130, ())]
    """
    found: list[tuple[float, float, tuple[float, ...]]] = []
    for start, end in sorted(pieces):
        if found and start <= found[-1][1] + JOIN:
            first, reach, breaks = found[-1]
            if start >= reach - JOIN and end > reach:
                breaks = (*breaks, (start + reach) / 2)
            found[-1] = (first, max(reach, end), breaks)
        else:
            found.append((start, end, ()))
    return found


def stacks(marks: Iterable[Mark]) -> list[list[Mark]]:
    """Marks that begin and end at the same places; one alone is no stack unless it is a box."""
    found: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda mark: (mark.top, mark.x0)):
        for stack in found:
            if abs(stack[0].x0 - mark.x0) < FLUSH and abs(stack[0].x1 - mark.x1) < FLUSH:
                stack.append(mark)
                break
        else:
            found.append([mark])
    return [stack for stack in with_gaps(found) if len(stack) > 1 or stack[0].colour]


def with_gaps(stacks: Sequence[list[Mark]]) -> list[list[Mark]]:
    """The stacks, each with the lines and boxes that begin and end at its columns' edges and leave some of them out.

    So beneath and behind rows whose first cells go on in the next one (a finding beside three actions). Lines that
    cover less than half of the table are no row's end: an underlined word is none. A box that does may be the cell
    that goes on.
    """
    if not 1 < len(stacks) <= MOST_STACKS:
        return list(stacks)
    found: list[list[Mark]] = []
    inner: set[int] = set()
    for place, stack in enumerate(stacks):
        x0, x1 = stack[0].x0, stack[0].x1
        lines = columns_of(x0, (line for mark in stack for line in mark.breaks), x1)
        top, bottom = stack[0].top, max(mark.bottom for mark in stack)
        parts: list[Mark] = []
        for other, pieces in enumerate(stacks if len(lines) > 2 else ()):
            within = other != place and pieces[0].x1 - pieces[0].x0 < x1 - x0 - FLUSH
            if within and all(is_within(mark, lines, top, bottom) for mark in pieces):
                parts.extend(pieces)
                inner.add(other)
        found.append([*stack, *gapped_marks(parts, x0, x1)] if parts else stack)
    return [stack for place, stack in enumerate(found) if place not in inner]


def is_within(mark: Mark, lines: Sequence[float], top: float, bottom: float) -> bool:
    """Whether a line or box stands in a table and runs from one column's edge to another's."""
    inside = mark.top > top + SNAP and (mark.colour is not None or mark.bottom < bottom - SNAP)
    return inside and all(any(abs(end - line) <= SNAP for line in lines) for end in (mark.x0, mark.x1))


def gapped_marks(parts: Sequence[Mark], x0: float, x1: float) -> list[Mark]:
    """Parts of lines and boxes that are level with one another as marks with gaps; narrow boxes as they are."""
    found: list[Mark] = []
    for level in clustered(sorted(parts, key=lambda mark: mark.top), lambda mark: mark.top, SNAP):
        for row in clustered(sorted(level, key=lambda mark: mark.bottom), lambda mark: mark.bottom, SNAP):
            whole = gapped(row, x0, x1)
            found += [whole] if whole else [mark for mark in row if mark.colour]
    return found


def gapped(level: Sequence[Mark], x0: float, x1: float) -> Mark | None:
    """Lines or boxes of one height as one from `x0` to `x1` with gaps; None where more than half of it is missing."""
    ends = [(x0, x0), *sorted((mark.x0, mark.x1) for mark in level), (x1, x1)]
    gaps = tuple((one[1], two[0]) for one, two in pairwise(ends) if two[0] - one[1] > SNAP)
    if 2 * sum(right - left for left, right in gaps) > x1 - x0:
        return None
    breaks = sorted({line for mark in level for line in mark.breaks} | {end for gap in gaps for end in gap})
    inner = tuple(line for line in breaks if x0 + SNAP < line < x1 - SNAP)
    return Mark(level[0].top, level[0].bottom, x0, x1, inner, level[0].colour, gaps)


def columns_of(x0: float, breaks: Iterable[float], x1: float) -> tuple[float, ...]:
    """The lines of the columns: the places where the marks break, and the two ends."""
    inner = [sum(near) / len(near) for near in clustered(sorted(breaks), lambda line: line, SNAP)]
    return (x0, *(line for line in inner if x0 + SNAP < line < x1 - SNAP), x1)
