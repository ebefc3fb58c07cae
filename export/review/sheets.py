"""The printed side of a review page where a source has no pages to draw: its paragraphs and tables as read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from export.plain_text import plain
from export.review.spots import at
from extract.model import Cell, Document, Line, Paragraph, Row, Table, TextCell

#: A longer word than this may be broken in a narrow column; a character takes about a hundredth of the table.
_LONGEST_WORD = 7


class Piece(Struct, frozen=True):
    """Words of one place. `key`: the place, as `spots.at` names it. `marker`: a list's number or bullet."""

    key: str
    text: str
    marker: str = ""
    struck: bool = False


class LaidCell(Struct, frozen=True):
    """A cell of a laid out table; `name`: which cell of its row it is."""

    pieces: tuple[Piece, ...]
    across: int = 1
    down: int = 1
    name: str = ""


class LaidRow(Struct, frozen=True):
    """A row; `line`: its line in a text file."""

    cells: tuple[LaidCell, ...]
    line: int | None = None
    header: bool = False


class LaidTable(Struct, frozen=True):
    """A table; `widths`: of its columns in hundredths; `lined`: its rows are lines of a text file."""

    name: str
    rows: tuple[LaidRow, ...]
    widths: tuple[int, ...]
    lined: bool


class LaidParagraph(Struct, frozen=True):
    """A paragraph; `kind`: heading, head, foot, note or body."""

    pieces: tuple[Piece, ...]
    kind: str
    line: int | None = None


def laid_out(document: Document) -> Iterator[LaidParagraph | LaidTable]:
    """Every block of a document in reading order; tables of as many columns have them equally wide."""
    tables: defaultdict[int, list[Table]] = defaultdict(list)
    for block in document.blocks:
        if isinstance(block, Table):
            tables[block.columns].append(block)
    widths = {columns: _widths(alike) for columns, alike in tables.items()}
    number = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield _paragraph(block)
        else:
            number += 1
            yield _table(block, number, widths[block.columns])


def _paragraph(block: Paragraph) -> LaidParagraph:
    kind = block.region if block.region != "body" else "heading" if block.level is not None else "body"
    return LaidParagraph(_pieces(block.lines), kind, _line_number(block.lines))


def _table(table: Table, number: int, widths: tuple[int, ...]) -> LaidTable:
    rows = tuple(_row(row, cells) for row, cells in zip(table.rows, _filled(table), strict=True))
    lined = any(row.line is not None for row in rows)
    return LaidTable(f"Table {number}", rows, widths, lined)


def _row(row: Row, cells: tuple[LaidCell, ...]) -> LaidRow:
    return LaidRow(cells, _line_number(line for cell in row.cells for line in cell.lines), row.header)


def _filled(table: Table) -> Iterator[tuple[LaidCell, ...]]:
    """Each row's cells, with empty ones where a row has none, so that every cell stands under its column."""
    taken: dict[int, int] = {}  # grid column -> how many rows more a cell from above covers
    for index, row in enumerate(table.rows):
        column, cells = 1, []
        left = len(table.rows) - index
        after = {where: rows - 1 for where, rows in taken.items() if rows > 1}
        for cell in sorted(row.cells, key=lambda cell: cell.column):
            gap = [where for where in range(column, cell.column) if where not in taken]
            cells += [LaidCell(())] * len(gap)
            cells.append(_cell(cell, min(cell.depth, left)))
            if cell.depth > 1:
                after |= dict.fromkeys(range(cell.column, cell.column + cell.span), min(cell.depth, left) - 1)
            column = max(column, cell.column + cell.span)
        yield tuple(cells)
        taken = {where: rows for where, rows in after.items() if rows > 0}


def _cell(cell: Cell, down: int) -> LaidCell:
    return LaidCell(_pieces(cell.lines), max(1, cell.span), max(1, down), f"Cell {cell.column}")


def _pieces(lines: Sequence[Line]) -> tuple[Piece, ...]:
    return tuple(
        Piece(str(at(line.origin)), plain(line.text.replace("\t", " ").strip()), plain(line.marker), line.struck)
        for line in lines
    )


def _line_number(lines: Sequence[Line] | Iterator[Line]) -> int | None:
    return next((line.origin.line for line in lines if isinstance(line.origin, TextCell)), None)


def _widths(tables: Sequence[Table]) -> tuple[int, ...]:
    """The widths of columns in hundredths: each takes its longest word, and of what is left much text takes more."""
    count = tables[0].columns
    texts: list[list[str]] = [[] for _ in range(count)]
    for table in tables:
        for row in table.rows:
            for cell in row.cells:
                if cell.span == 1 and 1 <= cell.column <= count:
                    texts[cell.column - 1].append(cell.text)
    words = [max((len(word) for text in each for word in text.split()), default=0) for each in texts]
    least = [min(longest, _LONGEST_WORD) + 1 if longest else 1 for longest in words]
    lengths = [sorted(map(len, each))[len(each) * 9 // 10] ** 0.5 if each else 0.0 for each in texts]
    left, whole = max(0, 100 - sum(least)), sum(lengths) or 1.0
    return tuple(round(low + left * length / whole) for low, length in zip(least, lengths, strict=True))
