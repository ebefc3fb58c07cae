"""A table with upright lines and none between its rows: its tall row is parted where its text was written as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from extract.pdf.bands import column_at
from extract.pdf.grid import Grid
from extract.pdf.gutters import fits_columns, grid_of_lines, lines_of, row_tops, uses_columns
from extract.pdf.headings import Columns, Line
from extract.pdf.words import Word
from extract.pdf.written import written_openings

#: A table has no lines between its rows if there are no more than this, the header's among them.
MOST_ROWS = 2
#: Its last row is then higher than this, in points, and the table has at least so many columns.
TALL, FEWEST_COLUMNS = 40.0, 3
#: This part of the row's lines must keep to the columns.
FITTING = 0.6


def with_tall_row_parted(grid: Grid, words: Sequence[Word]) -> Grid:
    """The grid, its last row parted into those that its text was written in, if no lines part its rows.

    One row is written cell by cell, so that a single row stays whole however its paragraphs stand apart; and a page
    that OCR read, which has no written order, is left alone. So is a row written line by line across its cells, where
    the paragraphs' ends look like rows' ends: `1.1  Recruit  Jul 2024`, a blank line, `Agree a rota  Aug 2024`.
    """
    rows = len(grid.ys) - 1
    if rows > MOST_ROWS or len(grid.xs) <= FEWEST_COLUMNS or grid.ys[-1] - grid.ys[-2] < TALL:
        return grid
    if any(cell.row < rows - 1 and cell.below == rows for cell in grid.cells):
        return grid
    x0, _, x1, _ = grid.box
    held = [word for word in words if x0 <= word.x0 < x1 and grid.ys[-2] < word.middle < grid.ys[-1]]
    if not held or held[0].chars[0].sure is not None:
        return grid
    lines = lines_of(held)
    columns = Columns(grid.xs, Counter(word.size for word in held).most_common(1)[0][0])
    fitting = sum(fits_columns(line, columns) for line in lines)
    opened = written_openings(lines, grid.xs)
    if fitting < FITTING * len(lines) or not uses_columns(lines, columns) or not opened:
        return grid
    if not all(may_open(line, columns) for line, opens in zip(lines, opened, strict=True) if opens):
        return grid
    parted = grid_of_lines(lines, columns, row_tops(lines, columns, ()))
    cells = [replace(cell, row=cell.row + rows - 1, below=cell.below + rows - 1) for cell in parted.cells]
    above = [cell for cell in grid.cells if cell.below < rows]
    ys = (*grid.ys[:-1], *parted.ys[1:-1], grid.ys[-1])
    return replace(grid, ys=ys, cells=(*above, *cells), weak=True)


def may_open(line: Line, columns: Columns) -> bool:
    """Whether a line may be a row's first: it has text in the first column, or else in most (a cell above goes on)."""
    used = {column_at(columns.edges, word.x0) for word in line}
    return 0 in used or 2 * len(used) > len(columns.edges) - 1
