"""Small tables that nothing but their text shows: a bold header over short cells that keep to its columns.

A list of names, job titles and initials is one. With fewer columns than a plan's table has, chance could set prose so:
hence a header in bold (or more rows), cells flush with one another, most rows filled, and written row by row (text in
two columns is written one column after the other).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from extract.pdf.headings import BEFORE_TEXT, Columns, Line, Span, apart, spans_of
from extract.pdf.words import Word

#: Such a table has at least so many columns, and so many rows with all of them filled.
FEWEST_COLUMNS, FEWEST_ROWS = 2, 3
#: At least this part of its lines fills every column; of two columns alone, or without bold, more.
FILLED, FILLED_OF_TWO = 0.5, 0.8
#: Text is flush with other text if it begins, ends or is centred within this of it.
FLUSH = 1.5
#: Its rows stand no further apart than this, in type sizes.
LONGEST_GAP = 2.0
#: A word that heads a column has so many letters; a chapter's number has none.
FEWEST_LETTERS = 2


class Small(Struct, frozen=True):
    """Where the header and the first row of a small table stand: (x0, x1) of each, column by column; the type size."""

    header: tuple[Span, ...]
    row: tuple[Span, ...]
    size: float


def small_table(lines: Sequence[Line], place: int) -> tuple[Small, int] | None:
    """The small table that a line heads, and the first line after it; None if it heads none."""
    header = apart(lines[place])
    if not len(header) >= FEWEST_COLUMNS or place + 1 >= len(lines) or not has_letters(header):
        return None
    bold = all(word.bold for word in lines[place])
    small = Small(spans_of(header), spans_of(apart(lines[place + 1])), lines[place + 1][0].size)
    if (not bold and len(header) == 2) or not in_turn(small):
        return None
    end = small_end(lines, place + 1, small)
    return (small, end) if is_small(lines[place + 1 : end], len(header), bold) else None


def has_letters(header: Sequence[Line]) -> bool:
    """Whether the parts of a line may head columns: each has letters, as no chapter's number has."""
    return all(sum(letter.isalpha() for word in part for letter in word.text) >= FEWEST_LETTERS for part in header)


def in_turn(small: Small) -> bool:
    """Whether the first row fills the columns that the header names, each part within its neighbours' headers."""
    header, row = small.header, small.row
    return len(header) == len(row) and all(
        left[1] < right[0]
        for one, two in ((header, row), (row, header))
        for left, right in zip(one, two[1:], strict=False)
    )


def flush(one: Span, two: Span) -> bool:
    """Whether two texts begin at one place, end at one, or have one middle."""
    middles = abs(sum(one) - sum(two)) / 2
    return abs(one[0] - two[0]) <= FLUSH or abs(one[1] - two[1]) <= FLUSH or middles <= FLUSH


def small_end(lines: Sequence[Line], start: int, small: Small) -> int:
    """The first line from one on that does not keep to the columns of a small table."""
    end = start
    while end < len(lines) and keeps_to(lines[end], small):
        gap = min(word.top for word in lines[end]) - max(word.bottom for word in lines[max(end - 1, 0)])
        if end > start and gap > LONGEST_GAP * small.size:
            break
        end += 1
    return end


def keeps_to(line: Line, small: Small) -> bool:
    """Whether a line is a small table's: not in bold, of its size, each part flush in a column of its own."""
    if all(word.bold for word in line) or any(abs(word.size - small.size) > 0.4 for word in line):
        return False
    held = [column_of(span, small) for span in spans_of(apart(line))]
    return None not in held and len(set(held)) == len(held)


def column_of(span: Span, small: Small) -> int | None:
    """The column that a text stands flush in, without reaching into the next."""
    starts = [min(head[0], row[0]) for head, row in zip(small.header, small.row, strict=True)]
    for column, (head, row) in enumerate(zip(small.header, small.row, strict=True)):
        if flush(span, row) or flush(span, head):
            return column if column + 1 == len(starts) or span[1] < starts[column + 1] else None
    return None


def is_small(lines: Sequence[Line], width: int, bold: bool) -> bool:
    """Whether the lines under a header are a small table's rows: enough of them filled, and written row by row.

    `bold`: whether the header is; if not, or with two columns alone, more is asked for.
    """
    full = [line for line in lines if len(apart(line)) == width]
    return (
        len(full) >= (FEWEST_ROWS if bold else FEWEST_ROWS + 1)
        and len(full) >= (FILLED if bold and width > 2 else FILLED_OF_TWO) * len(lines)
        and all(last_place(above) < first_place(below) for above, below in pairwise(full))
    )


def small_tops(lines: Sequence[Line], small: Small) -> list[int]:
    """Which lines of a small table, its header among them, begin a row: those written after all that stands above."""
    tops = [0]
    written = last_place(lines[0])
    for place, line in enumerate(lines[1:], 1):
        if first_place(line) > written and 0 in {column_of(span, small) for span in spans_of(apart(line))}:
            tops.append(place)
        written = max(written, last_place(line))
    return tops


def first_place(line: Sequence[Word]) -> int:
    """How early the first word of a line was written."""
    return min(word.place for word in line)


def last_place(line: Sequence[Word]) -> int:
    """How late the last word of a line was written."""
    return max(word.place for word in line)


def small_columns(lines: Sequence[Line], small: Small) -> Columns:
    """The edges of a small table's columns: a little before the text of each."""
    width = len(small.header)
    held: list[list[Span]] = [[small.header[column]] for column in range(width)]
    for line in lines:
        for span in spans_of(apart(line)):
            held[column_of(span, small) or 0].append(span)
    inner = [
        max(min(x0 for x0, _ in right) - BEFORE_TEXT, (max(x1 for _, x1 in left) + min(x0 for x0, _ in right)) / 2)
        for left, right in pairwise(held)
    ]
    words = [word for line in lines for word in line]
    first = min(min(word.x0 for word in words), small.header[0][0]) - 1.0
    last = max(max(word.x1 for word in words), small.header[-1][1]) + 1.0
    return Columns((first, *inner, last), small.size)
