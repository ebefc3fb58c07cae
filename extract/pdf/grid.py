"""Rules as grids: which lines cross, which rows and columns they make, which boxes stand open to one another.

Steps, each a plain function: rules are snapped and joined to edges; edges that touch make a frame; a frame's edges
make a lattice of slots; slots with no edge between them are one cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

from msgspec import Struct

from extract.model import Box
from extract.pdf.content import Rule

T = TypeVar("T")

#: Lines nearer than this are one line (two strokes of a double rule; cells drawn each with its own box).
SNAP = 3.0
#: Pieces of a line nearer than this are one piece; lines whose ends come this near touch.
JOIN = 3.0
#: A line shorter than this is no edge of a table.
SHORTEST = 5.0
#: More edges on a page, or more slots in a grid, than any table has: a drawing (a map, a chart).
MOST_EDGES, MOST_SLOTS = 3_000, 50_000
#: A slot's side is closed if a line runs along this part of it.
CLOSED = 0.6


class Slot(Struct, frozen=True):
    """A cell of a grid: the columns and rows it covers (from 0, `right` and `below` not included)."""

    column: int
    row: int
    right: int
    below: int


class Grid(Struct, frozen=True):
    """The lines of a table's columns (`xs`) and rows (`ys`), and its cells in reading order.

    `ruled`: whether lines drawn on the page part its columns.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Slot, ...]
    ruled: bool = True
    weak: bool = False

    @property
    def box(self) -> Box:
        """The table's outline."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def ruled_grids(rules: Iterable[Rule]) -> list[Grid]:
    """The tables that rules draw, top to bottom; a single box is none, nor is a grid inside a larger one's cell."""
    edges = joined(snapped(rules))
    if len(edges) > MOST_EDGES:
        return []
    grids: list[Grid] = []
    for frame in frames(edges):
        if any(edge.upright for edge in frame):
            grids.extend(part for grid in lattice(frame) for part in parts(grid) if len(part.cells) > 1)
    return sorted(outermost(grids), key=lambda grid: (grid.ys[0], grid.xs[0]))


def snapped(rules: Iterable[Rule]) -> list[Rule]:
    """Lines that are nearly level with one another, brought to their mean."""
    found: list[Rule] = []
    for upright in (False, True):
        lines = sorted((rule for rule in rules if rule.upright == upright), key=lambda rule: rule.at)
        for group in clustered(lines, lambda rule: rule.at, SNAP):
            at = sum(rule.at for rule in group) / len(group)
            found.extend(Rule(upright, at, rule.start, rule.end) for rule in group)
    return found


def clustered(items: Sequence[T], place: Callable[[T], float], apart: float) -> list[list[T]]:
    """Items in groups whose places follow one another at no more than some distance.

    >>> clustered([7, 1, 2], lambda item: item, 3)
    [[1, 2], [7]]
    """
    groups: list[list[T]] = []
    last = 0.0
    for item in sorted(items, key=place):
        if groups and place(item) - last <= apart:
            groups[-1].append(item)
        else:
            groups.append([item])
        last = place(item)
    return groups


def joined(rules: Iterable[Rule]) -> list[Rule]:
    """Lines on one line, end to end (or nearly), as one; what is then still short is left out."""
    groups: dict[tuple[bool, float], list[Rule]] = defaultdict(list)
    for rule in rules:
        groups[rule.upright, rule.at].append(rule)
    found = []
    for (upright, at), group in sorted(groups.items()):
        start = end = None
        for rule in sorted(group, key=lambda rule: rule.start):
            if start is None or end is None or rule.start > end + JOIN:
                if start is not None and end is not None:
                    found.append(Rule(upright, at, start, end))
                start, end = rule.start, rule.end
            else:
                end = max(end, rule.end)
        if start is not None and end is not None:
            found.append(Rule(upright, at, start, end))
    return [rule for rule in found if rule.end - rule.start >= SHORTEST]


def touch(level: Rule, upright: Rule) -> bool:
    """Whether a level and an upright line meet or cross."""
    return (
        level.start - JOIN <= upright.at <= level.end + JOIN and upright.start - JOIN <= level.at <= upright.end + JOIN
    )


def frames(edges: Sequence[Rule]) -> list[list[Rule]]:
    """The edges in groups that hang together."""
    parent = list(range(len(edges)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    uprights = [index for index, edge in enumerate(edges) if edge.upright]
    for one, edge in enumerate(edges):
        if not edge.upright:
            for two in uprights:
                if touch(edge, edges[two]):
                    parent[root(two)] = root(one)
    groups: dict[int, list[Rule]] = defaultdict(list)
    for index, edge in enumerate(edges):
        groups[root(index)].append(edge)
    return list(groups.values())


def lattice(frame: Sequence[Rule]) -> list[Grid]:
    """The grid that a frame's edges make: none if it has fewer than two lines either way.

    Where the lines reach beyond the outermost line across them, the table is open on that side, and ends where they do.
    """
    level = [edge for edge in frame if not edge.upright]
    upright = [edge for edge in frame if edge.upright]
    xs = with_ends(sorted({edge.at for edge in upright}), level)
    ys = with_ends(sorted({edge.at for edge in level}), upright)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MOST_SLOTS:
        return []
    upright_on, level_on = on_lines(upright), on_lines(level)
    walls = [[covered(upright_on[x], top, low) for top, low in pairwise(ys)] for x in xs]
    floors = [[covered(level_on[y], x, far) for x, far in pairwise(xs)] for y in ys]
    return [Grid(tuple(xs), tuple(ys), tuple(merged(walls, floors)))]


def with_ends(lines: list[float], across: Sequence[Rule]) -> list[float]:
    """The lines, and one more on a side that most of the lines across them reach beyond."""
    if not across:
        return lines
    first, last = min(edge.start for edge in across), max(edge.end for edge in across)
    if not lines or sum(edge.start < lines[0] - 2 * SNAP for edge in across) * 2 > len(across):
        lines = [first, *lines]
    if sum(edge.end > lines[-1] + 2 * SNAP for edge in across) * 2 > len(across):
        lines = [*lines, last]
    return lines


def on_lines(edges: Iterable[Rule]) -> dict[float, list[Rule]]:
    """Edges by the line that they run on."""
    found: dict[float, list[Rule]] = defaultdict(list)
    for edge in edges:
        found[edge.at].append(edge)
    return found


def covered(edges: Iterable[Rule], start: float, end: float) -> bool:
    """Whether the edges of one line run along most of a slot's side."""
    run = sum(max(0.0, min(edge.end, end) - max(edge.start, start)) for edge in edges)
    return run >= CLOSED * (end - start)


def merged(walls: list[list[bool]], floors: list[list[bool]]) -> list[Slot]:
    """The cells: slots with no edge between them are one. Space outside a table's own outline is no cell.

    `walls[x][row]`, `floors[y][column]`: whether that side is closed.
    """
    columns, rows = len(walls) - 1, len(floors) - 1
    seen: set[tuple[int, int]] = set()
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (column, row) in seen:
                continue
            group = _reach(column, row, walls, floors)
            seen |= group
            if not _outside(group, walls, floors):
                cells.extend(_boxes(group))
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _reach(column: int, row: int, walls: list[list[bool]], floors: list[list[bool]]) -> set[tuple[int, int]]:
    """All slots that stand open to this one."""
    group, todo = {(column, row)}, [(column, row)]
    while todo:
        x, y = todo.pop()
        around = []
        if x > 0 and not walls[x][y]:
            around.append((x - 1, y))
        if x + 2 < len(walls) and not walls[x + 1][y]:
            around.append((x + 1, y))
        if y > 0 and not floors[y][x]:
            around.append((x, y - 1))
        if y + 2 < len(floors) and not floors[y + 1][x]:
            around.append((x, y + 1))
        new = [slot for slot in around if slot not in group]
        group.update(new)
        todo.extend(new)
    return group


def _outside(group: set[tuple[int, int]], walls: list[list[bool]], floors: list[list[bool]]) -> bool:
    """Whether a group lies in a notch of the outline: open to the outside both sideways and up or down.

    A table whose outline is not drawn on a side has no notch there: all its cells are open to it.
    """
    columns, rows = len(walls) - 1, len(floors) - 1

    def open_at(sides: list[list[bool]], line: int, place: int) -> bool:
        return not sides[line][place] and 2 * sum(sides[line]) >= len(sides[line])

    sideways = any(
        (x == 0 and open_at(walls, 0, y)) or (x == columns - 1 and open_at(walls, columns, y)) for x, y in group
    )
    upward = any((y == 0 and open_at(floors, 0, x)) or (y == rows - 1 and open_at(floors, rows, x)) for x, y in group)
    return sideways and upward


def _boxes(group: set[tuple[int, int]]) -> list[Slot]:
    """A group as one box; one that is no rectangle is cut into its rows."""
    left, right = min(x for x, _ in group), max(x for x, _ in group) + 1
    top, low = min(y for _, y in group), max(y for _, y in group) + 1
    if len(group) == (right - left) * (low - top):
        return [Slot(left, top, right, low)]
    found = []
    for row in range(top, low):
        columns = sorted(x for x, y in group if y == row)
        start = columns[0]
        for column, following in zip(columns, [*columns[1:], -1], strict=True):
            if following != column + 1:
                found.append(Slot(start, row, column + 1, row + 1))
                start = following
    return found


def parts(grid: Grid) -> list[Grid]:
    """A frame that is two tables, one right under the other with columns of its own, as two grids.

    They are cut where a line runs right across and the lines of the columns above and below have hardly one in common.
    """
    cuts = [0]
    above: set[int] = set()
    for row in range(len(grid.ys) - 1):
        inner = inner_lines(grid, row)
        through = all(cell.below <= row or cell.row >= row for cell in grid.cells)
        if above and inner and through and 2 * len(above & inner) < min(len(above), len(inner)):
            cuts.append(row)
            above = set()
        above |= inner
    if len(cuts) == 1:
        return [compact(grid)]
    ends = [*cuts[1:], len(grid.ys) - 1]
    found = []
    for start, end in zip(cuts, ends, strict=True):
        cells = tuple(
            Slot(cell.column, cell.row - start, cell.right, cell.below - start)
            for cell in grid.cells
            if start <= cell.row < end
        )
        if cells:
            found.append(compact(Grid(grid.xs, grid.ys[start : end + 1], cells)))
    return found


def inner_lines(grid: Grid, row: int) -> set[int]:
    """The lines between the cells of a row, the two ends left out."""
    cells = [cell for cell in grid.cells if cell.row <= row < cell.below]
    lines = {cell.column for cell in cells} | {cell.right for cell in cells}
    return lines - {min(lines), max(lines)} if lines else set()


def compact(grid: Grid) -> Grid:
    """The grid without lines that no cell of it uses."""
    used_x = sorted({cell.column for cell in grid.cells} | {cell.right for cell in grid.cells})
    used_y = sorted({cell.row for cell in grid.cells} | {cell.below for cell in grid.cells})
    x, y = {old: new for new, old in enumerate(used_x)}, {old: new for new, old in enumerate(used_y)}
    cells = tuple(Slot(x[cell.column], y[cell.row], x[cell.right], y[cell.below]) for cell in grid.cells)
    return Grid(tuple(grid.xs[i] for i in used_x), tuple(grid.ys[i] for i in used_y), cells, grid.ruled, grid.weak)


def outermost(grids: Sequence[Grid]) -> list[Grid]:
    """The grids without those that stand inside another: its cell holds their text. A mere frame gives way to them."""
    kept = list(grids)
    for inner in grids:
        for outer in grids:
            if inner is not outer and inner in kept and outer in kept and inside(inner.box, outer.box):
                kept.remove(outer if len(outer.cells) < len(inner.cells) else inner)
    return kept


def inside(inner: Box, outer: Box) -> bool:
    """Whether a box stands within another, give or take a line's thickness."""
    return (
        inner[0] >= outer[0] - SNAP
        and inner[1] >= outer[1] - SNAP
        and inner[2] <= outer[2] + SNAP
        and inner[3] <= outer[3] + SNAP
    )
