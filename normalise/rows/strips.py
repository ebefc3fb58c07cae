"""Printed rows laid out on the columns, repeated headers apart; what each row then is, `kinds` tells.

A grid (PDF, Word, workbook) says itself which columns a cell covers. A dump only counts cells, and its rows may have
lost some: those are laid where their words go on, and flagged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from extract.model import Cell, Row, Table, TextCell
from normalise.columns import Layout, repeats
from normalise.dates import looks_like_date
from normalise.model import TEXT_FIELDS, Flag
from normalise.passage import Passage, concatenated, passage_of
from normalise.refs import is_ref
from normalise.rows.banners import is_clip_of
from normalise.rows.kinds import Strip, items_of, read_ref
from normalise.rows.model import FieldFlag, Item, Record
from normalise.rows.openness import is_open

#: How far up a merged cell is looked for.
_DEEPEST = 50


class Laid(Struct, frozen=True):
    """A table's rows as items, and its rows that are the header again."""

    items: tuple[Item, ...]
    headers: tuple[Passage, ...]


def lay_out(
    table: Table,
    skip: Sequence[int],
    layout: Layout,
    section: int | None,
    above: Record | None,
    prefixes: frozenset[str] = frozenset(),
) -> Laid:
    """The rows of one printed table (but those in `skip`) as items.

    `above`: the record before the table, if any. `prefixes`: words that open refs in this plan (see `ref_prefixes`).
    """
    headers: list[Passage] = []
    strips: list[Strip] = []
    fresh = True
    for at, row in enumerate(table.rows):
        if at in skip:
            fresh = True
            continue
        if repeats(row, layout):
            headers.append(concatenated(passage_of(cell.lines) for cell in row.cells))
            fresh = True
        elif any(passage_of(cell.lines) for cell in row.cells):
            strips.append(_strip(table, at, layout, fresh, strips[-1] if strips else None))
            fresh = False
    return Laid(tuple(items_of(strips, layout, section, above, prefixes)), tuple(headers))


def _strip(table: Table, at: int, layout: Layout, fresh: bool, last: Strip | None) -> Strip:
    """One row on its columns."""
    row = table.rows[at]
    filled = [cell for cell in row.cells if passage_of(cell.lines)]
    dump = isinstance(filled[0].lines[0].origin, TextCell)
    if dump:
        return _strip_of_dump(row, filled, layout, fresh, last)
    widest = filled[0]
    if len(filled) == 1 and widest.column == min(c.column for c in row.cells) and _spans_most(widest, row, layout):
        return Strip((), passage_of(widest.lines), fresh)
    cells = _gathered((layout.slot_at(cell.column).key, passage_of(cell.lines)) for cell in filled)
    fill = next((c.fill for c in row.cells if c.fill and layout.slot_at(c.column).key == "status"), None)
    sticks = _under_a_merged_ref(table, at, layout)
    flags = () if sticks else tuple(_merged_above(table, at, layout, dict(cells)))
    return Strip(cells, None, fresh, fill, sticks, flags)


def _spans_most(cell: Cell, row: Row, layout: Layout) -> bool:
    """Whether a row's only text stands in a cell over more than half of the columns, or in the row's only cell."""
    return layout.columns > 1 and (len(row.cells) == 1 or cell.span > layout.columns / 2)


def _under_a_merged_ref(table: Table, at: int, layout: Layout) -> bool:
    """Whether a ref cell above is merged over this row too."""
    for upper in range(at):
        for cell in table.rows[upper].cells:
            if layout.slot_at(cell.column).key == "ref" and cell.lines and upper + cell.depth > at:
                return True
    return False


def _merged_above(table: Table, at: int, layout: Layout, cells: dict[str, Passage]) -> Iterator[FieldFlag]:
    """A flag for each cell that is merged with one above: its words stand in the upper row and may count for both."""
    for upper in range(max(0, at - _DEEPEST), at):
        for cell in table.rows[upper].cells:
            key = layout.slot_at(cell.column).key
            if upper + cell.depth > at and key not in cells and cell.text:
                message = (
                    f"The cell is merged with the one above, which says {_short(cell.text)!r}; it is read there only."
                )
                yield key, Flag("merged-cell", "reading", "warning", message, (cell.text,))


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _strip_of_dump(row: Row, filled: Sequence[Cell], layout: Layout, fresh: bool, last: Strip | None) -> Strip:
    """A tab-separated row: by position where it has as many cells as the header, else where its words go on."""
    count, width = len(row.cells), len(layout.slots)
    named = max((at for at, slot in enumerate(layout.slots, 1) if slot.header), default=width)
    beyond = [cell for cell in filled if cell.column > width]
    flags: tuple[FieldFlag, ...] = ()
    offset = 0
    if beyond:
        message = f"The row has {count} cells under {named} headers; those beyond the last are read with it."
        flags = ((layout.slots[-1].key, Flag("row-too-long", "reading", "warning", message)),)
    elif count < named and len(filled) > 1 and not _is_ref_cell(filled[0]) and not _is_banner(filled, layout):
        offset, sure = _offset(filled, layout, named - count, last)
        fields = [layout.slots[cell.column + offset - 1].key for cell in filled]
        message = f"The row has {count} cells under {named} headers; they are read as {', '.join(fields)}."
        flag = Flag("row-too-short", "reading", "info" if sure else "warning", message, tuple(fields))
        flags = tuple((field, flag) for field in fields if offset or not sure)
    keys = (layout.slots[min(cell.column + offset, width) - 1].key for cell in filled)
    cells = _gathered(zip(keys, (passage_of(cell.lines) for cell in filled), strict=True))
    return Strip(cells, None, fresh, None, False, flags)


def _is_ref_cell(cell: Cell) -> bool:
    return cell.column == 1 and is_ref(read_ref(passage_of(cell.lines)))


def _is_banner(filled: Sequence[Cell], layout: Layout) -> bool:
    """Whether a short row is a banner that the ref column clipped: its two cells make a word or are in capitals."""
    if layout.slots[0].key != "ref" or [cell.column for cell in filled] != [1, 2]:
        return False
    head, rest = filled[0].text, filled[1].text
    return is_clip_of(head, rest) or (head.isupper() and rest.isupper())


def _offset(filled: Sequence[Cell], layout: Layout, most: int, last: Strip | None) -> tuple[int, bool]:
    """How many columns to the right a row with lost cells belongs, and whether that is sure.

    Where most of its cells go on with the row above, all in columns of prose; else where its cells are what their
    columns hold. Sure where at least two go on, or all fit, and under no other offset as many. Where several fit alike:
    the last below a ref column, which a dump loses where it is empty; else the first.
    """
    before = dict(last.cells) if last else {}
    behind = layout.slots[0].key == "ref"

    def fits(offset: int) -> tuple[int, int]:
        keys = [layout.slots[cell.column + offset - 1].key for cell in filled]
        prose = all(_holds_prose(key) for key in keys)
        texts = [cell.text for cell in filled]
        going_on = sum(k in before and is_open(before[k].raw, text) for k, text in zip(keys, texts, strict=True))
        suiting = sum(_suits(key, text) for key, text in zip(keys, texts, strict=True))
        return going_on if prose and behind else -1, suiting

    best, *rest = sorted(range(most + 1), key=lambda n: (*fits(n), n if behind else -n), reverse=True)
    if behind:
        return best, fits(best)[0] >= 2 and all(fits(other)[0] < fits(best)[0] for other in rest)
    return best, best == 0 and all(fits(other)[1] < fits(best)[1] for other in rest)


def _holds_prose(key: str) -> bool:
    return key in TEXT_FIELDS or key.startswith("extra.")


def _suits(key: str, text: str) -> int:
    """How well a text is what a column holds: 2 for a date, ref or prose in its own, 1 for few words in another."""
    if key in ("start", "end"):
        return 2 * looks_like_date(text)
    if key == "ref":
        return 2 * is_ref(text)
    if looks_like_date(text):
        return 0
    return 2 if _holds_prose(key) else int(len(text.split()) <= 4)


def _gathered(cells: Iterator[tuple[str, Passage]]) -> tuple[tuple[str, Passage], ...]:
    """One passage a key: cells under one key (a clipped ref, cells beyond the last header) are joined in order."""
    whole: dict[str, Passage] = {}
    for key, passage in cells:
        whole[key] = whole.get(key, Passage()).joined(passage)
    return tuple(whole.items())
