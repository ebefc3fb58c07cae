"""A header printed again on a page that runs on into the rest of a row: no rule parts them, or none was seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from extract.model import Line, Row, Table, join_lines
from normalise.flow import BULLET, Flow, Prose
from normalise.repeated import FIRST_ROWS, said
from normalise.rows.openness import is_open
from normalise.vocabulary import key

#: What is added to a header (`Progress` of `May 2024`) is shorter than this.
_ADDED = 40

#: Grid column -> a header's words there, as a key.
_Header = Mapping[int, str]


def with_run_on_headers_apart(flow: Flow) -> Flow:
    """The flow, such rows cut in two: the header, and the rest of the row that the page break cut.

    The row says an earlier table's header again in all its columns, and in some of them more. That more is the rest of
    a row where it opens with a bullet, goes on with the last row of the page before, or is longer than what is added to
    a header. `Progress` that has become `Progress to May` is a header still.
    """
    items: list[Prose | Table] = []
    headers: list[_Header] = []
    last: Row | None = None
    for item in flow.items:
        if isinstance(item, Table) and item.rows:
            item = replace(item, rows=_parted(item.rows, headers, last))
            last = item.rows[-1]
            first = next((row for row in item.rows[:FIRST_ROWS] if len(said(row)) > 1), None)
            if first is not None and dict(said(first)) not in headers:
                headers.append(dict(said(first)))
        items.append(item)
    return replace(flow, items=tuple(items))


def _parted(rows: Sequence[Row], headers: Sequence[_Header], above: Row | None) -> tuple[Row, ...]:
    """A table's rows, the first of them that runs on cut in two."""
    for at, row in enumerate(rows[:FIRST_ROWS]):
        for header in headers:
            cut = _cut(row, header)
            if cut is not None and _is_rest(cut[1], above):
                return (*rows[:at], *cut, *rows[at + 1 :])
    return tuple(rows)


def _cut(row: Row, header: _Header) -> tuple[Row, Row] | None:
    """A row as the header and what follows it; None where it does not open with the header's words in all columns."""
    filled = {cell.column: cell for cell in row.cells if cell.lines}
    if filled.keys() != header.keys() or len(filled) < 2:
        return None
    heads: dict[int, tuple[Line, ...]] = {}
    for column, cell in filled.items():
        counts = range(len(cell.lines), 0, -1)  # a bracket on a line of its own is no word, and belongs to the header
        count = next((n for n in counts if key(join_lines(cell.lines[:n])) == header[column]), 0)
        if not count:
            return None
        heads[column] = cell.lines[:count]
    if all(len(lines) == len(filled[column].lines) for column, lines in heads.items()):
        return None
    upper = tuple(replace(cell, lines=heads.get(cell.column, ())) for cell in row.cells)
    lower = tuple(replace(cell, lines=cell.lines[len(heads.get(cell.column, ())) :]) for cell in row.cells)
    return replace(row, cells=upper), replace(row, cells=lower, header=False)


def _is_rest(row: Row, above: Row | None) -> bool:
    """Whether what follows a header is the rest of a row rather than more of the header."""
    before = {cell.column: cell.text for cell in above.cells} if above else {}
    texts = [(cell.column, cell.text) for cell in row.cells if cell.lines]
    return any(
        BULLET.match(text) or len(text) >= _ADDED or is_open(before.get(column, ""), text) for column, text in texts
    )
