"""A header that a document prints again: what stands under it anywhere speaks for its columns everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from extract.model import Row, Table
from normalise.vocabulary import key

#: What a row says and in which columns, as keys.
Said = tuple[tuple[int, str], ...]
#: A header as it is said in a table of so many columns -> every row that stands under it.
RowsByHeader = Mapping[tuple[int, Said], tuple[Row, ...]]

#: A header stands among the first rows of a table.
FIRST_ROWS = 3


def said(row: Row) -> Said:
    """What a row says and in which columns; empty cells left out."""
    return tuple((cell.column, words) for cell in row.cells if (words := key(cell.text)))


def rows_by_header(tables: Iterable[Table]) -> RowsByHeader:
    """The rows below each header that several tables print among their first rows, the tables in order."""
    found: dict[tuple[int, Said], list[tuple[Row, ...]]] = {}
    for table in tables:
        for at, row in enumerate(table.rows[:FIRST_ROWS]):
            words = said(row)
            if len(words) > 1:
                found.setdefault((table.columns, words), []).append(table.rows[at + 1 :])
    return {header: tuple(row for rows in below for row in rows) for header, below in found.items() if len(below) > 1}
