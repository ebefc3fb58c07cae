"""The tables of a document as read, before any meaning: those that go on over a page are one again.

A table goes on where the next page opens with a table of as many columns in the same places, furniture aside. A header
printed again is left out. A row cut by the page break is joined only where the evidence is clear: the part on the new
page is empty up to the first column that all other rows fill, has words only where the row above has some, and has no
figure under a figure (which may be a sum).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from extract.model import Cell, Document, PageBox, Row, Table, TextCell, join_lines
from normalise.flow import Prose, flow_of
from normalise.repeated import FIRST_ROWS, said, says_again
from normalise.rows.openness import ends_sentence, is_open

#: A column is one that all rows fill if at least so many other rows show it.
_ROWS = 3
_FIGURE = re.compile(r"[\W\d_]*\d[\W\d_]*(?:[a-z]{1,3}\W*)?", re.IGNORECASE)


class StitchedRow(Struct, frozen=True):
    """The text of each grid column, "" where there is none, and the pages that the row stands on (none: no pages)."""

    cells: tuple[str, ...]
    pages: tuple[int, ...] = ()


class StitchedTable(Struct, frozen=True):
    """One table over its pages. `header`: how many of its first rows the source marks as header, or prints again."""

    rows: tuple[StitchedRow, ...]
    columns: int
    header: int = 0

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that the table stands on, in order."""
        return tuple(sorted({page for row in self.rows for page in row.pages}))


def stitched(document: Document) -> tuple[StitchedTable, ...]:
    """Every table of the document, in reading order."""
    runs: list[list[Table]] = []
    alone = True
    for item in flow_of(document).items:
        if isinstance(item, Prose):
            alone = True
            continue
        if not item.rows:
            continue
        if not alone and _goes_on(runs[-1], item):
            runs[-1].append(item)
        else:
            runs.append([item])
        alone = False
    return tuple(_joined(run) for run in runs)


def _goes_on(run: Sequence[Table], table: Table) -> bool:
    """Whether a table is how the last one goes on: on a later page in the same columns; in a dump, under its header."""
    last = run[-1]
    if table.columns != last.columns or table.columns < 2:
        return False
    if last.page is not None and table.page is not None:
        return table.page > last.page and (_repeated(run[0], table) > 0 or _same_places(last, table))
    return _of_a_dump(last) and _of_a_dump(table) and _repeated(run[0], table) > 0


def _of_a_dump(table: Table) -> bool:
    return any(isinstance(line.origin, TextCell) for row in table.rows for cell in row.cells for line in cell.lines)


def _same_places(one: Table, other: Table) -> bool:
    """Whether the words of each column stand, from left to right, where those of the other's do."""
    reach, again = _reach(one), _reach(other)
    shared = reach.keys() & again.keys()
    return len(shared) >= 2 and all(
        reach[column][0] < again[column][1] and again[column][0] < reach[column][1] for column in shared
    )


def _reach(table: Table) -> dict[int, tuple[float, float]]:
    """How far left and right the words of each column stand; what spans columns tells nothing."""
    found: dict[int, tuple[float, float]] = {}
    for cell in (cell for row in table.rows for cell in row.cells if cell.span == 1):
        for origin in (line.origin for line in cell.lines if isinstance(line.origin, PageBox)):
            left, _, right, _ = origin.box
            old = found.get(cell.column, (left, right))
            found[cell.column] = (min(old[0], left), max(old[1], right))
    return found


def _repeated(first: Table, table: Table) -> int:
    """How many of a table's first rows print the header of the first one again.

    The header is the first row of several cells. The next one belongs to it where a cell of the header spans several
    columns or rows, or where the source marks it.
    """
    at = next((at for at, row in enumerate(first.rows[:FIRST_ROWS]) if len(said(row)) > 1), None)
    if at is None:
        return 0
    pairs = list(zip(first.rows[at:], table.rows, strict=False))
    count = 0
    while count < len(pairs) and says_again(pairs[count][1], pairs[count][0]):
        count += 1
        if not _opens_a_deeper_header(pairs[count - 1][0]):
            break
    return count


def _opens_a_deeper_header(row: Row) -> bool:
    return row.header or any(cell.span > 1 or cell.depth > 1 for cell in row.cells)


def _joined(run: Sequence[Table]) -> StitchedTable:
    """One table from its printed parts."""
    columns = max(max(table.columns, *(c.column + c.span - 1 for r in table.rows for c in r.cells)) for table in run)
    repeated = [_repeated(run[0], table) for table in run[1:]]
    parts = [tuple(_row(row, columns) for row in run[0].rows)]
    parts += [tuple(_row(row, columns) for row in t.rows[n:]) for t, n in zip(run[1:], repeated, strict=True)]
    title = next((at for at, row in enumerate(run[0].rows[:FIRST_ROWS]) if len(said(row)) > 1), 0)
    marked = next((at for at, row in enumerate(run[0].rows) if not row.header), len(run[0].rows))
    header = max(marked, *(title + n for n in repeated if n), 0)
    filled = _always_filled([parts[0][header:], *(part[1:] for part in parts[1:])])
    rows = list(parts[0])
    for part in parts[1:]:
        cut = bool(part) and len(rows) > header and _is_the_rest_of(rows[-1], part[0], filled)
        if cut:
            rows[-1] = _with_rest(rows[-1], part[0])
        rows += part[cut:]
    return StitchedTable(tuple(rows), columns, header)


def _row(row: Row, columns: int) -> StitchedRow:
    texts = [""] * columns
    for cell in row.cells:
        place = cell.column - 1
        texts[place] = "\n".join(text for text in (texts[place], _text(cell)) if text)
    return StitchedRow(tuple(texts), () if row.page is None else (row.page,))


def _text(cell: Cell) -> str:
    """What a cell shows: the automatic number of a list with it."""
    return join_lines(tuple(replace(line, text=line.marker + line.text) for line in cell.lines))


def _always_filled(parts: Iterable[Sequence[StitchedRow]]) -> frozenset[int]:
    """The columns that every row fills, rows of one cell (titles, banners) aside; none where too few rows tell."""
    rows = [row for part in parts for row in part if sum(map(bool, row.cells)) > 1]
    if len(rows) < _ROWS:
        return frozenset()
    return frozenset(at for at in range(len(rows[0].cells)) if all(row.cells[at] for row in rows))


def _is_the_rest_of(last: StitchedRow, row: StitchedRow, filled: frozenset[int]) -> bool:
    """Whether a page's first row is the end of the row above (see the module)."""
    told = [at for at, text in enumerate(row.cells) if text]
    if not told or not filled or told[0] <= min(filled):
        return False
    if not all(last.cells[at] for at in told):
        return False
    return not any(_FIGURE.fullmatch(last.cells[at]) and _FIGURE.fullmatch(row.cells[at]) for at in told)


def _with_rest(last: StitchedRow, rest: StitchedRow) -> StitchedRow:
    cells = tuple(_continued(one, other) for one, other in zip(last.cells, rest.cells, strict=True))
    return StitchedRow(cells, tuple(dict.fromkeys((*last.pages, *rest.pages))))


def _continued(before: str, after: str) -> str:
    """A cell over a page break: one text, unless the upper part ends its sentence and the lower one begins another."""
    if not before or not after:
        return before or after
    return f"{before}{' ' if is_open(before, after) or not ends_sentence(before) else chr(10)}{after}"
