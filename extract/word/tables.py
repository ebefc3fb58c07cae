"""The grid of a Word table: which columns and rows each cell covers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from extract.model import Cell, Line, Row
from extract.package import Element
from extract.word.markup import DELETED, W, child, number, switch, through, value

Merge = Literal["none", "first", "more"]

_ROWS, _CELLS = frozenset({W + "tr"}), frozenset({W + "tc"})
_MAX_COLUMNS = 1000  # Word itself stops at 63


class GridCell(Struct, frozen=True):
    """One `w:tc` at its place: what it covers across, and how it is merged with the cell above it or before it."""

    element: Element
    column: int
    span: int
    down: Merge
    across: Merge
    fill: str | None


class GridRow(Struct, frozen=True):
    """One `w:tr` that is not deleted: its number in the table as the file has it."""

    number: int
    cells: tuple[GridCell, ...]
    header: bool
    hidden: bool
    inserted: bool


def rows_of(table: Element) -> tuple[Element, ...]:
    """The rows of a table, through content controls."""
    return tuple(through(table, _ROWS))


def cells_of(row: Element) -> tuple[Element, ...]:
    """The cells of a row, through content controls."""
    return tuple(through(row, _CELLS))


def is_deleted(row: Element) -> bool:
    """Whether a tracked change takes the whole row out."""
    return any(child(child(row, "trPr"), tag.removeprefix(W)) is not None for tag in DELETED)


def grid_row(row: Element, at: int) -> GridRow:
    """The cells of a row at their grid columns."""
    properties = child(row, "trPr")
    column = 1 + _bounded(number(properties, "gridBefore") or 0)
    cells = []
    for element in cells_of(row):
        given = child(element, "tcPr")
        span = max(1, _bounded(number(given, "gridSpan") or 1))
        cells.append(GridCell(element, column, span, _merge(given, "vMerge"), _merge(given, "hMerge"), _fill(given)))
        column += span
    return GridRow(
        at,
        tuple(cells),
        header=bool(switch(properties, "tblHeader")),
        hidden=bool(switch(properties, "hidden")),
        inserted=child(properties, "ins") is not None,
    )


def grid_columns(table: Element, rows: Iterable[Row]) -> int:
    """How many columns the grid has: as declared, or as many as the widest row fills."""
    grid = child(table, "tblGrid")
    declared = 0 if grid is None else _bounded(len(grid.findall(W + "gridCol")))
    return max([declared, *(cell.column + cell.span - 1 for row in rows for cell in row.cells)])


class FilledCell(Struct, frozen=True):
    """A grid cell and the lines read from it."""

    grid: GridCell
    lines: tuple[Line, ...]


def merged_rows(rows: Iterable[tuple[GridRow, tuple[FilledCell, ...]]]) -> tuple[Row, ...]:
    """Rows of cells with each merge made one cell: at its first row and column, as deep and wide as it covers.

    Word prints only the first cell of a merge; text that the others still hold follows it, so that nothing is lost.
    Only rows that open the table count as headers, as in Word.
    """
    done: list[list[Cell]] = []
    headers: list[bool] = []
    open_merges: dict[int, tuple[int, int]] = {}
    for row, filled in rows:
        cells: list[Cell] = []
        for one in filled:
            owner = open_merges.get(one.grid.column)
            if one.grid.down == "more" and owner is not None:
                at_row, at_cell = owner
                above = done[at_row][at_cell]
                done[at_row][at_cell] = replace(above, lines=above.lines + one.lines, depth=len(done) - at_row + 1)
                continue
            if one.grid.across == "more" and cells and cells[-1].column + cells[-1].span == one.grid.column:
                last = cells[-1]
                cells[-1] = replace(last, lines=last.lines + one.lines, span=last.span + one.grid.span)
                continue
            for column in range(one.grid.column, one.grid.column + one.grid.span):
                open_merges.pop(column, None)
            if one.grid.down == "first":
                open_merges[one.grid.column] = len(done), len(cells)
            cells.append(Cell(one.lines, one.grid.column, one.grid.span, 1, one.grid.fill))
        done.append(cells)
        headers.append(row.header and all(headers))
    return tuple(Row(tuple(cells), header=header) for cells, header in zip(done, headers, strict=True))


def _merge(properties: Element | None, name: str) -> Merge:
    found = child(properties, name)
    if found is None:
        return "none"
    return "first" if value(properties, name) == "restart" else "more"


def _fill(properties: Element | None) -> str | None:
    """The colour behind a cell: the shading's fill, or the colour of a solid pattern over it."""
    shading = child(properties, "shd")
    if shading is None:
        return None
    colour = shading.get(W + ("color" if shading.get(W + "val") == "solid" else "fill"), "").lower()
    return f"#{colour}" if len(colour) == 6 and all(digit in "0123456789abcdef" for digit in colour) else None


def _bounded(count: int) -> int:
    return min(max(count, 0), _MAX_COLUMNS)
