"""Grids and characters as tables: each character falls into the cell that its middle stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.model import Box
from extract.pdf.content import Char, Fill, PageContent
from extract.pdf.grid import Grid, Slot
from extract.pdf.lines import Strip, strips_of

#: A fill is a cell's if it covers this part of it.
COVERS = 0.6
WHITE = "#ffffff"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A grid with its text: the lines of each cell, in the grid's order, and each cell's fill."""

    grid: Grid
    cells: tuple[tuple[Strip, ...], ...]
    fills: tuple[str | None, ...]


def sheets_of(content: PageContent, grids: Sequence[Grid]) -> tuple[list[Sheet], list[Char]]:
    """The tables of a page, and the characters that stand in none."""
    held: list[list[list[Char]]] = [[[] for _ in grid.cells] for grid in grids]
    finders = [CellFinder(grid) for grid in grids]
    outside: list[Char] = []
    last: list[Char] = outside
    before: Char | None = None
    for char in content.chars:
        # White space stays with the text that it follows, even where it sticks out of the cell.
        if not (before and follows(before, char)):
            last = outside
            x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
            for place, finder in enumerate(finders):
                cell = finder.at(x, y)
                if cell is not None:
                    last = held[place][cell]
                    break
        last.append(char)
        before = char
    sheets = [
        Sheet(
            grid,
            tuple(tuple(strips_of(chars)) for chars in texts),
            tuple(fill_of(box_of(grid, cell), content.fills) for cell in grid.cells),
        )
        for grid, texts in zip(grids, held, strict=True)
    ]
    return sheets, outside


def follows(before: Char, char: Char) -> bool:
    """Whether a character is white space printed right after another on its line."""
    return (
        char.text.isspace()
        and char.bottom == before.bottom
        and char.turn == before.turn
        and abs(char.x0 - before.x1) < 0.5 * char.size
    )


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
