"""The tables of a flow: which are action tables, their rows as items, and where the others go."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.model import Table
from normalise.columns import HeaderRow, Layout, find_header
from normalise.flow import Flow
from normalise.outline import Outline
from normalise.model import Flag
from normalise.passage import Passage, concatenated, passage_of
from normalise.pinned import PinnedColumns
from normalise.rows.model import Banner, Item, Record
from normalise.rows.strips import lay_out


@dataclass(slots=True)
class Gathered:
    """What the tables hold, as they are read: items, headers (with their section), other tables, repeated headers.

    `flags`: what there is to say of the tables as a whole.
    """

    items: list[Item] = field(default_factory=list)
    columns: list[tuple[int | None, Layout]] = field(default_factory=list)
    tables: list[tuple[tuple[tuple[str, ...], ...], Passage]] = field(default_factory=list)
    furniture: list[tuple[str, Passage]] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)


def find_action_tables(flow: Flow, pinned: PinnedColumns = PinnedColumns()) -> dict[int, HeaderRow | None]:
    """Index of each action table in the flow, with its header; None where it goes on under the header before it."""
    found: dict[int, HeaderRow | None] = {}
    layout: Layout | None = None
    for index, item in enumerate(flow.items):
        if not isinstance(item, Table):
            continue
        header = find_header(item, pinned)
        if header is not None:
            found[index], layout = header, header.layout
        elif layout is not None and _goes_on(item, layout):
            found[index] = None
    return found


def _goes_on(table: Table, layout: Layout) -> bool:
    """Whether a table without a header continues the last one: it has no more columns, and a grid has just as many."""
    grid = any(cell.span > 1 for row in table.rows for cell in row.cells) or table.page is not None
    if grid:
        return table.columns == layout.columns
    return table.columns <= layout.columns + 4 and table.columns >= min(3, layout.columns)


def texts_of(table: Table) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell.text for cell in row.cells) for row in table.rows)


def whole_of(table: Table) -> Passage:
    return concatenated(passage_of(cell.lines) for row in table.rows for cell in row.cells)


def read_tables( flow: Flow, outline: Outline, headers: dict[int, HeaderRow | None]) -> Gathered:
    """Every table's rows as items, other tables and repeated headers to their places."""
    build = Gathered()
    by_table = {id(flow.items[index]): header for index, header in headers.items()}
    layout: Layout | None = None
    for placed in outline.placed:
        if isinstance(placed.content, Passage):
            build.items.append(Banner(" ".join(placed.content.raw.split()), placed.content, placed.section))
        elif id(placed.content) not in by_table:
            build.tables.append((texts_of(placed.content), whole_of(placed.content)))
        else:
            layout = _read_table(build, placed.content, by_table[id(placed.content)], layout, placed.section)
    return build


def _read_table(
    build: Gathered, table: Table, header: HeaderRow | None, layout: Layout | None, section: int | None
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
        skip = list(range(header.at + header.rows))
        above = concatenated(passage_of(cell.lines) for row in table.rows[: header.at] for cell in row.cells)
        if above:
            rows = tuple(tuple(cell.text for cell in row.cells) for row in table.rows[: header.at])
            build.tables.append((rows, above))
    assert layout is not None  # the first action table has a header, or it would be none
    last = build.items[-1] if build.items and isinstance(build.items[-1], Record) else None
    laid = lay_out(table, skip, layout, section, last)
    build.items += laid.items
    build.furniture += [("header", passage) for passage in laid.headers]
    return layout
