"""The tables of a flow: which are action tables, their rows as items, and where the others go."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct, field
from msgspec.structs import replace

from extract.model import Row, Table, TextCell
from normalise.columns import HeaderRow, Layout, find_header
from normalise.corrections.placing import Lapsed
from normalise.flow import Flow, Prose
from normalise.model import Flag
from normalise.outline import Outline
from normalise.passage import Passage, concatenated, passage_of
from normalise.pinned import NOTHING_PINNED, PinnedColumns
from normalise.refs import is_ref
from normalise.repeated import rows_by_header
from normalise.rows.kinds import read_ref, ref_prefixes
from normalise.rows.model import Banner, Item, Record
from normalise.rows.strips import lay_out


class Gathered(Struct):
    """What the tables hold, as they are read: items, headers (with their section), other tables, repeated headers.

    `flags`: what there is to say of the tables as a whole, `lapsed`: of corrections that no row of them has.
    """

    items: list[Item] = field(default_factory=list)
    columns: list[tuple[int | None, Layout]] = field(default_factory=list)
    tables: list[tuple[tuple[tuple[str, ...], ...], Passage]] = field(default_factory=list)
    furniture: list[tuple[str, Passage]] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    lapsed: tuple[Lapsed, ...] = ()


def with_openings_apart(flow: Flow, pinned: PinnedColumns) -> Flow:
    """The flow with what stands above a header in its own table (a title, a roster) as prose and tables of its own."""
    items: list[Prose | Table] = []
    again = rows_by_header(item for item in flow.items if isinstance(item, Table))
    seen = False
    for item in flow.items:
        header = find_header(item, pinned, again) if isinstance(item, Table) else None
        if isinstance(item, Table) and header is not None and header.at:
            items += _openings(item, header, seen)
            items.append(replace(item, rows=item.rows[header.at :]))
        else:
            items.append(item)
        seen = seen or header is not None
    return replace(flow, items=tuple(items))


def _openings(table: Table, header: HeaderRow, goes_on: bool) -> Iterator[Prose | Table]:
    """The rows above a header: one filled cell is a line of prose, several are a row of a table.

    Where a table above may go on (`goes_on`), one filled cell that is not the first may be the rest of its last row.
    """
    first = header.layout.slots[0].column

    def is_prose(row: Row) -> bool:
        filled = [cell for cell in row.cells if cell.text]
        return len(filled) <= 1 and not (goes_on and filled and filled[0].column > first)

    for single, group in groupby(table.rows[: header.at], key=is_prose):
        if single:
            passages = (passage_of(cell.lines) for row in group for cell in row.cells)
            yield from (Prose(passage, page=table.page) for passage in passages if passage)
        else:
            yield replace(table, rows=tuple(group))


def find_action_tables(flow: Flow, pinned: PinnedColumns = NOTHING_PINNED) -> dict[int, HeaderRow | None]:
    """Index of each action table in the flow, with its header; None where it goes on under the header before it."""
    again = rows_by_header(item for item in flow.items if isinstance(item, Table))
    found: dict[int, HeaderRow | None] = {}
    layout: Layout | None = None
    for index, item in enumerate(flow.items):
        if not isinstance(item, Table):
            continue
        header = find_header(item, pinned, again)
        if header is not None:
            found[index], layout = header, header.layout
        elif layout is not None and _goes_on(item, layout, index - 1 in found):
            found[index] = None
    return found


def _goes_on(table: Table, layout: Layout, at_once: bool) -> bool:
    """Whether a table without a header continues the last one; `at_once`: nothing stands between them.

    A grid has just as many columns. A dump may have lost some, or have empty ones at the end; a narrower table is
    then a fragment where it follows at once and its first row leaves the ref out or has one (a key does neither).
    """
    if not at_once and not _counts(table, layout):
        return False
    if not any(isinstance(line.origin, TextCell) for row in table.rows for cell in row.cells for line in cell.lines):
        return table.columns == layout.columns
    if table.columns >= layout.columns:
        return table.columns <= layout.columns + 4
    first = passage_of(table.rows[0].cells[0].lines)
    opens_a_row = "ref" not in layout.keys or not first or is_ref(read_ref(first))
    return at_once and table.columns >= min(3, layout.columns) and opens_a_row


def _counts(table: Table, layout: Layout) -> bool:
    """Whether a table's rows have numbers where the refs stand, or leave them out as a row cut in two does."""
    at = next((slot.column for slot in layout.slots if slot.key == "ref"), None)
    refs = [cell.text for row in table.rows for cell in row.cells if cell.column == at]
    return at is None or any(not ref or any(map(str.isdigit, ref)) for ref in refs)


def texts_of(table: Table) -> tuple[tuple[str, ...], ...]:
    """The texts of a table, row by row."""
    return tuple(tuple(cell.text for cell in row.cells) for row in table.rows)


def whole_of(table: Table) -> Passage:
    """All that a table says, cell after cell."""
    return concatenated(passage_of(cell.lines) for row in table.rows for cell in row.cells)


def read_tables(flow: Flow, outline: Outline, headers: dict[int, HeaderRow | None]) -> Gathered:
    """Every table's rows as items, other tables and repeated headers to their places."""
    build = Gathered()
    prefixes = ref_prefixes(_printed_refs(flow, headers))
    by_table = {id(flow.items[index]): header for index, header in headers.items()}
    layout: Layout | None = None
    for placed in outline.placed:
        if isinstance(placed.content, Passage):
            build.items.append(Banner(" ".join(placed.content.raw.split()), placed.content, placed.section))
        elif id(placed.content) not in by_table:
            build.tables.append((texts_of(placed.content), whole_of(placed.content)))
        else:
            layout = _read_table(build, placed.content, by_table[id(placed.content)], layout, placed.section, prefixes)
    return build


def _printed_refs(flow: Flow, headers: dict[int, HeaderRow | None]) -> Iterator[str]:
    """What every action table prints in its ref column."""
    column: int | None = None
    for index in sorted(headers):
        table, header = flow.items[index], headers[index]
        if header is not None:
            column = next((slot.column for slot in header.layout.slots if slot.key == "ref"), None)
        if isinstance(table, Table):
            yield from (cell.text for row in table.rows for cell in row.cells if cell.column == column)


def _read_table(
    build: Gathered,
    table: Table,
    header: HeaderRow | None,
    layout: Layout | None,
    section: int | None,
    prefixes: frozenset[str],
) -> Layout:
    """One printed table: what stands above its header, the header, its rows."""
    skip: list[int] = []
    if header is not None:
        known = any(place == section and one.keys == header.layout.keys for place, one in build.columns)
        if known:
            build.furniture += [("header", slot.passage) for slot in header.layout.slots if slot.passage]
        else:
            build.columns.append((section, header.layout))
        layout = header.layout
        skip = list(range(header.rows))
    assert layout is not None  # the first action table has a header, or it would be none
    last = build.items[-1] if build.items and isinstance(build.items[-1], Record) else None
    laid = lay_out(table, skip, layout, section, last, prefixes)
    build.items += laid.items
    build.furniture += [("header", passage) for passage in laid.headers]
    return layout
