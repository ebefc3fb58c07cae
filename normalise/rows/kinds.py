"""What a printed row on its columns is: a record, a banner, or a part of either.

A dump clips banners at the ref column and runs them together with the rows beside them; the words of a row, and of the
row below it, tell which is which.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from normalise.columns import Layout
from normalise.evidence import Evidence
from normalise.marks import shown
from normalise.model import Flag
from normalise.passage import Passage
from normalise.refs import is_ref, tidy_ref
from normalise.repairs import repair
from normalise.rows.banners import Whole, describe, is_clip_of, is_misread_head_of, make_whole
from normalise.rows.model import Banner, FieldFlag, Item, Record
from normalise.rows.openness import ends_sentence, is_open, starts_inside

_FUSED = re.compile(r"(?P<head>[^\W\d]{2,8}\.?)\s+(?P<ref>\S*\d\S*)")


class Strip(Struct, frozen=True):
    """A printed row on its columns. `wide`: one cell over most of them, and nothing else."""

    cells: tuple[tuple[str, Passage], ...]
    wide: Passage | None = None
    opens_page: bool = False
    fill: str | None = None
    sticks: bool = False
    flags: tuple[FieldFlag, ...] = ()


def items_of(
    strips: Sequence[Strip], layout: Layout, section: int | None, above: Record | None, prefixes: frozenset[str]
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
    strip: Strip,
    after: Strip | None,
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
        yield from _fused(_record(strip, _tidied(match["ref"]), section, layout), rest, match.start("ref"), second)
    else:
        yield _record(strip, printed, section, layout)


def _heading_of_first_columns(
    strip: Strip, cells: dict[str, Passage], layout: Layout, last: Record | None
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


def _heads_the_next(head: Passage, cells: dict[str, Passage], after: Strip | None, second: str) -> bool:
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


def _record(strip: Strip, ref: str, section: int | None, layout: Layout) -> Record:
    headers = tuple((slot.key, slot.header) for slot in layout.slots)
    flags = (*strip.flags, *((key, flag) for key, flag in layout.flags if key and flag.severity == "warning"))
    return Record(ref, strip.cells, section, strip.opens_page, flags, strip.fill, strip.sticks, headers)


def read_ref(cell: Passage) -> str:
    """The ref that a cell prints: its automatic number too, look-alikes and broken numbers repaired, no final dot."""
    return _tidied(shown(cell))


def _tidied(printed: str) -> str:
    return tidy_ref(repair(printed, Evidence(), "ref")[0])


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
