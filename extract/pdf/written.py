"""Rows by written order: whoever makes a page writes a table row by row, each row cell by cell from the left.

So a word that was written after one of a column further right begins a new row. Pages that are written line by line or
column by column tell nothing this way, and OCR has no written order at all.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.pdf.bands import column_at
from extract.pdf.words import Word

#: Text of the first column that stands off from what was written before it, by so many type sizes, begins a row too.
STANDS_OFF = 0.5


def written_openings(lines: Sequence[Sequence[Word]], edges: Sequence[float]) -> list[bool] | None:
    """Which lines of a table open a row; None where the order in which they were written does not tell.

    It tells where at least one row has several lines that use several columns: then the cells were written one by one.
    """
    if any(char.sure is not None for line in lines[:1] for word in line for char in word.chars):
        return None
    rows = row_numbers(lines, edges)
    least = [min(rows[word.place] for word in line) for line in lines]
    most = [max(rows[word.place] for word in line) for line in lines]
    several = [len({column_at(edges, word.x0) for word in line}) > 1 for line in lines]
    wrapped = [row for row, more in zip(least, several, strict=True) if more]
    if len(set(wrapped)) == len(wrapped) or len(set(least)) < 2:
        return None
    found, reach = [True], most[0]
    for low, high in zip(least[1:], most[1:], strict=True):
        found.append(low > reach)
        reach = max(reach, high)
    return found


def row_numbers(lines: Sequence[Sequence[Word]], edges: Sequence[float]) -> dict[int, int]:
    """The row that each word was written in, by the word's place in written order."""
    row, before = 0, None
    found = {}
    for word in sorted((word for line in lines for word in line), key=lambda word: word.place):
        if before is not None and begins_row(before, word, edges):
            row += 1
        found[word.place] = row
        before = word
    return found


def begins_row(before: Word, word: Word, edges: Sequence[float]) -> bool:
    """Whether a word cannot be of the row of the one written before it.

    Of one column are a banner and the ref under it: these differ in weight or stand apart.
    """
    old, new = column_at(edges, before.x0), column_at(edges, word.x0)
    if old != new or new > 0 or word.top < before.bottom - 0.5 * word.size:
        return new < old
    return before.bold != word.bold or word.top - before.bottom > STANDS_OFF * word.size
