"""Grids and words as tables: each word falls into the cell that it begins in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from msgspec import Struct

from extract.model import Box
from extract.pdf.content import Char, Fill
from extract.pdf.grid import Grid, Slot
from extract.pdf.lines import Strip, dots_of, strips_of, with_bullets
from extract.pdf.words import Word

#: A fill is a cell's if it covers this part of it.
COVERS = 0.6
WHITE = "#ffffff"


class Sheet(Struct, frozen=True):
    """A grid with its text: the lines of each cell, in the grid's order, and each cell's fill."""

    grid: Grid
    cells: tuple[tuple[Strip, ...], ...]
    fills: tuple[str | None, ...]


def sheets_of(fills: Sequence[Fill], words: Iterable[Word], grids: Sequence[Grid]) -> tuple[list[Sheet], list[Char]]:
    """The tables of a page, and the characters that stand in none."""
    held: list[list[list[Char]]] = [[[] for _ in grid.cells] for grid in grids]
    finders = [CellFinder(grid) for grid in grids]
    outside: list[Char] = []
    for word in words:
        first = word.chars[0]
        x, y = (first.x0 + first.x1) / 2, (first.top + first.bottom) / 2
        for place, finder in enumerate(finders):
            cell = finder.at(x, y)
            if cell is not None:
                held[place][cell].extend(word.chars)
                break
        else:
            outside.extend(word.chars)
    dots = dots_of(fills)
    sheets = [
        Sheet(
            grid,
            tuple(tuple(with_bullets(strips_of(chars), dots)) for chars in texts),
            tuple(fill_of(box_of(grid, cell), fills) for cell in grid.cells),
        )
        for grid, texts in zip(grids, held, strict=True)
    ]
    return sheets, outside


class CellFinder:
    """Tells which cell of a grid a point stands in."""

    def __init__(self, grid: Grid) -> None:
        self.xs, self.ys = grid.xs, grid.ys
        self.slots: dict[tuple[int, int], int] = {}
        for index, cell in enumerate(grid.cells):
            for row in range(cell.row, cell.below):
                for column in range(cell.column, cell.right):
                    self.slots[column, row] = index

    def at(self, x: float, y: float) -> int | None:
        """The cell's place in the grid's order; None outside the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        return self.slots.get((column, row))


def box_of(grid: Grid, cell: Slot) -> Box:
    """The outline of a cell."""
    return (grid.xs[cell.column], grid.ys[cell.row], grid.xs[cell.right], grid.ys[cell.below])


def fill_of(box: Box, fills: Iterable[Fill]) -> str | None:
    """The colour behind a cell: the last painted fill that covers most of it. White is paper, and none."""
    x0, top, x1, bottom = box
    colour = None
    for fill in fills:
        width = min(x1, fill.x1) - max(x0, fill.x0)
        height = min(bottom, fill.bottom) - max(top, fill.top)
        if width > 0 and height > 0 and width * height >= COVERS * (x1 - x0) * (bottom - top):
            colour = fill.colour
    return None if colour == WHITE else colour
