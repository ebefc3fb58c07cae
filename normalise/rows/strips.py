"""Printed rows laid out on the columns: records, banners and repeated headers told apart.

A grid (PDF, Word, workbook) says itself which columns a cell covers. A dump only counts cells, and its rows may have
lost some: those are laid where their words go on, and flagged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.model import Cell, Row, Table, TextCell
from normalise.columns import Layout, repeats
from normalise.dates import looks_like_date
from normalise.evidence import Evidence
from normalise.marks import shown
from normalise.model import TEXT_FIELDS, Flag
from normalise.passage import Passage, concatenated, passage_of
from normalise.refs import is_ref, tidy_ref
from normalise.repairs import repair
from normalise.rows.banners import Whole, describe, is_clip_of, is_misread_head_of, make_whole
from normalise.rows.model import Banner, FieldFlag, Item, Record
from normalise.rows.openness import ends_sentence, is_open, starts_inside

_FUSED = re.compile(r"(?P<head>[^\W\d]{2,8}\.?)\s+(?P<ref>\S*\d\S*)")


#: How far up a merged cell is looked for.
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Laid:
    """A table's rows as items, and its rows that are the header again."""

    items: tuple[Item, ...]
    headers: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class _Strip:
    """A printed row on its columns. `wide`: one cell over most of them, and nothing else."""

    cells: tuple[tuple[str, Passage], ...]
    wide: Passage | None = None
    opens_page: bool = False
    fill: str | None = None
    sticks: bool = False
    flags: tuple[FieldFlag, ...] = ()


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
    strips: list[_Strip] = []
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
    return Laid(tuple(_items(strips, layout, section, above, prefixes)), tuple(headers))


def _strip(table: Table, at: int, layout: Layout, fresh: bool, last: _Strip | None) -> _Strip:
    """One row on its columns."""
    row = table.rows[at]
    filled = [cell for cell in row.cells if passage_of(cell.lines)]
    dump = isinstance(filled[0].lines[0].origin, TextCell)
    if dump:
        return _strip_of_dump(row, filled, layout, fresh, last)
    widest = filled[0]
    if len(filled) == 1 and widest.column == min(c.column for c in row.cells) and _spans_most(widest, row, layout):
        return _Strip((), passage_of(widest.lines), fresh)
    cells = _gathered((layout.slot_at(cell.column).key, passage_of(cell.lines)) for cell in filled)
    fill = next((c.fill for c in row.cells if c.fill and layout.slot_at(c.column).key == "status"), None)
    sticks = _under_a_merged_ref(table, at, layout)
    flags = () if sticks else tuple(_merged_above(table, at, layout, dict(cells)))
    return _Strip(cells, None, fresh, fill, sticks, flags)


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


def _strip_of_dump(row: Row, filled: Sequence[Cell], layout: Layout, fresh: bool, last: _Strip | None) -> _Strip:
    """A tab-separated row: by position where it has as many cells as the header, else where its words go on."""
    count, width = len(row.cells), len(layout.slots)
    beyond = [cell for cell in filled if cell.column > width]
    flags: tuple[FieldFlag, ...] = ()
    offset = 0
    if beyond:
        message = f"The row has {count} cells under {width} headers; those beyond the last are read with it."
        flags = ((layout.slots[-1].key, Flag("row-too-long", "reading", "warning", message)),)
    elif count < width and len(filled) > 1 and not _is_ref_cell(filled[0]) and not _is_banner(filled, layout):
        offset, sure = _offset(filled, layout, width - count, last)
        fields = [layout.slots[cell.column + offset - 1].key for cell in filled]
        message = f"The row has {count} cells under {width} headers; they are read as {', '.join(fields)}."
        flag = Flag("row-too-short", "reading", "info" if sure else "warning", message, tuple(fields))
        flags = tuple((field, flag) for field in fields if offset or not sure)
    keys = (layout.slots[min(cell.column + offset, width) - 1].key for cell in filled)
    cells = _gathered(zip(keys, (passage_of(cell.lines) for cell in filled), strict=True))
    return _Strip(cells, None, fresh, None, False, flags)


def _is_ref_cell(cell: Cell) -> bool:
    return cell.column == 1 and is_ref(read_ref(passage_of(cell.lines)))


def _is_banner(filled: Sequence[Cell], layout: Layout) -> bool:
    """Whether a short row is a banner that the ref column clipped: its two cells make a word or are in capitals."""
    if layout.slots[0].key != "ref" or [cell.column for cell in filled] != [1, 2]:
        return False
    head, rest = filled[0].text, filled[1].text
    return is_clip_of(head, rest) or (head.isupper() and rest.isupper())


def _offset(filled: Sequence[Cell], layout: Layout, most: int, last: _Strip | None) -> tuple[int, bool]:
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


def _items(
    strips: Sequence[_Strip], layout: Layout, section: int | None, above: Record | None, prefixes: frozenset[str]
) -> Iterator[Item]:
    """Records and banners of a table's strips; a banner's clipped head may belong to the row below it."""
    pending: Passage | None = None
    last = above
    for index, strip in enumerate(strips):
        after = strips[index + 1] if index + 1 < len(strips) else None
        for item in _read_strip(strip, after, layout, section, last, pending, prefixes):
            if isinstance(item, Passage):
                pending = item
                continue
            pending = None
            last = item if isinstance(item, Record) else None
            yield item
    if pending:
        yield _banner(pending, Passage(), section)


def ref_prefixes(refs: Iterable[str]) -> frozenset[str]:
    """The words that open more than one ref of a plan (`Rec 1`, `Rec. 2`): part of the ref, and no banner's head."""
    words = Counter(match["head"].rstrip(".") for ref in refs if (match := _FUSED.fullmatch(ref.strip())))
    return frozenset(word for word, count in words.items() if count > 1)


def _read_strip(
    strip: _Strip,
    after: _Strip | None,
    layout: Layout,
    section: int | None,
    last: Record | None,
    pending: Passage | None,
    prefixes: frozenset[str],
) -> Iterator[Item | Passage]:
    """One strip as items; a bare Passage is a banner's head whose rest stands in the next strip."""
    if strip.wide is not None:
        yield Banner(" ".join(strip.wide.raw.split()), strip.wide, section)
        return
    cells = dict(strip.cells)
    head, second = cells.get("ref", Passage()), _second_key(layout)
    rest = cells.get(second, Passage())
    only = set(cells) <= {"ref", second}
    printed = read_ref(head)
    heading = _heading_of_first_columns(strip, cells, layout, last)
    if heading is not None:
        yield _banner(*heading, section)
    elif only and pending and rest and not head:
        yield _banner(pending, rest, section)
    elif head and not is_ref(printed) and last is not None and _heads_the_next(head, cells, after, second):
        yield Record("", tuple((key, cell) for key, cell in strip.cells if key != "ref"), section)
        yield head
    elif only and head and not is_ref(printed):
        yield _banner(head, rest, section)
    elif only and rest and not head and _is_banner_alone(rest.raw, last, second):
        yield _banner(rest, Passage(), section)
    elif (match := _FUSED.fullmatch(head.raw.strip())) and match["head"].rstrip(".") not in prefixes:
        yield from _fused(_record(strip, match["ref"], section, layout), rest, match.start("ref"), second)
    else:
        yield _record(strip, printed, section, layout)


def _heading_of_first_columns(
    strip: _Strip, cells: dict[str, Passage], layout: Layout, last: Record | None
) -> tuple[Passage, Passage] | None:
    """A banner in a table whose first column is not the ref: its words, or the two parts of them; else None.

    The two parts must make a known word, or the second stands under the ref and is none. Words in the first column
    alone head a group where they neither go on with the
    row above nor end a sentence, as a row of the plan would.
    """
    first, second = (*layout.keys, "", "")[:2]
    if first == "ref" or not cells or not set(cells) <= {first, second}:
        return None
    head, rest = cells.get(first, Passage()), cells.get(second, Passage())
    if rest:
        whole = second == "ref" or is_clip_of(head.raw, rest.raw)
        return (head, rest) if head and whole and not is_ref(read_ref(rest)) else None
    above = last.text(first) if last else ""
    inside = starts_inside(head.raw) or (strip.opens_page and is_open(above, head.raw))
    short = len(head.raw.split()) <= 12 and not ends_sentence(head.raw) and any(map(str.isalpha, head.raw))
    return (head, rest) if short and not inside else None


def _second_key(layout: Layout) -> str:
    """The key of the column right of the ref."""
    keys = layout.keys
    after = [key for at, key in enumerate(keys) if key != "ref" and "ref" in keys[:at]]
    return after[0] if after else "action"


def _heads_the_next(head: Passage, cells: dict[str, Passage], after: _Strip | None, second: str) -> bool:
    """Whether a head in the ref column belongs to the banner's rest in the next row, and its own row to the one above.

    So where the next row holds nothing but that rest, the two make a known word or are both in capitals, and the head
    makes none with the cells beside it (`CVCTE | Families` over `| MS & INFRASTRUCTURE`).
    """
    below = dict(after.cells) if after else {}
    if set(below) != {second} or set(cells) == {"ref"}:
        return False
    next_rest, beside = below[second].raw, cells.get(second, Passage()).raw
    if is_clip_of(head.raw, beside):
        return False
    in_capitals = head.raw.isupper() and next_rest.isupper() and not beside.isupper()
    return in_capitals or is_clip_of(head.raw, next_rest) or is_misread_head_of(head.raw, next_rest)


def _banner(head: Passage, rest: Passage, section: int | None) -> Banner:
    whole: Whole = make_whole(head.raw, rest.raw)
    passage = head.joined(rest)
    flag = describe(whole, passage.raw)
    return Banner(whole.title, passage, section, (flag,) if flag else ())


def _is_banner_alone(text: str, last: Record | None, second: str) -> bool:
    """Whether words in capitals alone in the action column head a group: the record above does not wait for them."""
    letters = sum(map(str.isalpha, text))
    return text.isupper() and letters >= 6 and not (last and is_open(last.text(second), text))


def _record(strip: _Strip, ref: str, section: int | None, layout: Layout) -> Record:
    headers = tuple((slot.key, slot.header) for slot in layout.slots)
    flags = (*strip.flags, *((key, flag) for key, flag in layout.flags if key and flag.severity == "warning"))
    return Record(ref, strip.cells, section, strip.opens_page, flags, strip.fill, strip.sticks, headers)


def read_ref(cell: Passage) -> str:
    """The ref that a cell prints: its automatic number too, look-alikes and broken numbers repaired, no final dot."""
    return tidy_ref(repair(shown(cell), Evidence(), "ref")[0])


def _fused(record: Record, rest: Passage, at: int, second: str) -> Iterator[Item]:
    """A banner run together with the row below it: `QUAL 2.17 | TY ASSURANCE Developing …`.

    The banner's words in the second cell are those in capitals; where a banner is not in capitals its end cannot be
    seen, and the row keeps all but the head, with a flag.
    """
    clip, ref = record.get("ref").cut(at)
    words = rest.raw.split()
    capitals = 0
    while capitals < len(words) and words[capitals].upper() == words[capitals] and not words[capitals].isdigit():
        capitals += 1
    if not (clip.raw.isupper() and 0 < capitals < len(words)):
        yield _banner(clip, Passage(), record.section)
        message = f"The banner that begins with {clip.raw!r} runs into this row; where it ends cannot be seen."
        yield record.put("ref", ref).flagged(second, Flag("banner-fused", "reading", "warning", message))
        return
    tail, own = rest.cut(_length(rest.raw, capitals))
    yield _banner(clip, tail, record.section)
    message = f"The banner {tail.raw!r} ran into this row and is taken apart from it."
    yield record.put("ref", ref).put(second, own).flagged(second, Flag("banner-fused", "reading", "info", message))


def _length(text: str, words: int) -> int:
    """The length of the first so many words of a text, as printed."""
    match = re.match(rf"\s*(?:\S+\s*){{{words}}}", text)
    return match.end() if match else 0
