"""A header that a document prints again: what stands under it anywhere speaks for its columns everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from rapidfuzz import fuzz

from extract.model import Cell, Row, Table
from normalise.vocabulary import key

#: What a row says and in which columns, as keys.
Said = tuple[tuple[int, str], ...]

#: A header stands among the first rows of a table.
FIRST_ROWS = 3
#: How like its header (0 to 100) a row is that OCR misread a little.
_SLIP = 88.0


class Body:
    """The rows under a header. What its columns hold is gathered once, however many tables print the header again."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = tuple(rows)
        self._cells: dict[int, list[Cell]] | None = None
        self._texts: dict[tuple[int, int], tuple[str, ...]] = {}

    def texts(self, column: int, narrower: int) -> tuple[str, ...]:
        """What the cells say that begin in a column and span fewer than so many; empty ones left out."""
        if self._cells is None:
            self._cells = {}
            for row in self.rows:
                for cell in row.cells:
                    self._cells.setdefault(cell.column, []).append(cell)
        if (column, narrower) not in self._texts:
            cells = self._cells.get(column, ())
            self._texts[column, narrower] = tuple(cell.text for cell in cells if cell.span < narrower and cell.text)
        return self._texts[column, narrower]


#: A header as it is said -> every row that stands under it.
RowsByHeader = Mapping[Said, Body]


def said(row: Row) -> Said:
    """What a row says and in which columns; empty cells left out."""
    return tuple((cell.column, words) for cell in row.cells if (words := key(cell.text)))


def says_again(row: Row, header: Row) -> bool:
    """Whether a row prints a header again: the same words in the same columns, slips allowed where OCR read them.

    A number is never a slip (`Year 1`, `Year 2`).
    """
    one, other = said(row), said(header)
    if one == other:
        return bool(one)
    if [column for column, _ in one] != [column for column, _ in other] or not (_seen(row) or _seen(header)):
        return False
    words, again = "".join(words for _, words in one), "".join(words for _, words in other)
    return fuzz.ratio(words, again) >= _SLIP and _figures(words) == _figures(again)


def _seen(row: Row) -> bool:
    """Whether OCR read the row."""
    return any(line.confidence is not None for cell in row.cells for line in cell.lines)


def _figures(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def rows_by_header(tables: Iterable[Table]) -> RowsByHeader:
    """The rows below each header that several tables print among their first rows, the tables in order.

    Empty cells at the end of a dump's line make no other header of it.
    """
    found: dict[Said, list[tuple[Row, ...]]] = {}
    for table in tables:
        for at, row in enumerate(table.rows[:FIRST_ROWS]):
            words = said(row)
            if len(words) > 1:
                found.setdefault(words, []).append(table.rows[at + 1 :])
    return {header: Body(chain.from_iterable(below)) for header, below in found.items() if len(below) > 1}
