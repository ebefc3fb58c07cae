"""Rows continued on the next page, joined cell by cell to the record that they belong to.

A fragment has no ref. Which rows without a ref are fragments depends on where they stand: a page break can only cut the
last row of a page, so in a source with pages a fragment is the first row of its page; in a dump, which may not show
its page breaks, any row without a ref is, unless it stands on its own feet.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.model import PageBox, PartParagraph, TableCell, TextCell
from normalise.dates import read_dates
from normalise.flow import BULLET
from normalise.model import Flag
from normalise.rows.model import Banner, Item, Record
from normalise.rows.openness import ends_open, starts_inside

_OWN = ("lead", "end", "start", "status")


def join_continuations(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items with every fragment joined to the record before it."""
    joined: list[Item] = []
    for item in items:
        last = joined[-1] if joined else None
        if isinstance(item, Record) and isinstance(last, Record) and _continues(last, item):
            joined[-1] = join(last, item)
        elif isinstance(item, Record) and isinstance(last, Banner) and item.opens_page and _waits_below(joined, item):
            joined[-2] = join(joined[-2], item)  # type: ignore[arg-type]
        else:
            joined.append(item)
    return tuple(joined)


def _continues(last: Record, item: Record) -> bool:
    """Whether a row is a fragment of the record before it."""
    if item.section != last.section:
        return False
    if item.sticks:
        return True
    if item.ref:
        return item.ref == last.ref and item.opens_page and not any(item.get(key) for key in ("lead", "end", "start"))
    origin = next((piece.origin for _, passage in item.cells for piece in passage.pieces), None)
    if isinstance(origin, PageBox):
        numbered = not item.headers or "ref" in item.printed_keys
        return item.opens_page and _page(last) != origin.page and (numbered or not _is_complete(item))
    if isinstance(origin, TableCell | PartParagraph):
        return False
    return not _stands_alone(last, item)


def _is_complete(item: Record) -> bool:
    """Whether a row has all that an action of its own has, where no ref could tell: what, who and when or how far."""
    when = any(_is_read(item.text(key)) for key in ("end", "start") if item.text(key)) or bool(item.text("status"))
    return bool(item.text("action")) and not starts_inside(item.text("action")) and bool(item.text("lead")) and when


def _page(record: Record) -> int | None:
    """The page on which a record's text ends."""
    pages = [piece.origin.page for _, p in record.cells for piece in p.pieces if isinstance(piece.origin, PageBox)]
    return max(pages, default=None)


def _stands_alone(last: Record, item: Record) -> bool:
    """Whether a row of a dump without a ref is an action of its own.

    It begins afresh, and has a lead and a date that can be read. Where no ref is ever printed, either is enough, and so
    is standing inside a page.
    """
    action = item.text("action")
    if not action or starts_inside(action):
        return False
    if item.headers and "ref" not in item.printed_keys:
        own = any(item.text(key) for key in _OWN)
        return not ends_open(last.text("action")) and (own or not item.opens_page)
    return bool(item.text("lead")) and any(_is_read(item.text(key)) for key in ("end", "start"))


def _is_read(text: str) -> bool:
    """Whether a date cell can be read, be it as a date or as `Ongoing` or `TBC`."""
    dates, _ = read_dates(" ".join(text.split()))
    return bool(dates) and all(date.kind != "text" for date in dates)


def _waits_below(joined: Sequence[Item], item: Record) -> bool:
    """Whether a fragment that opens a dump's page belongs to the record above the banner that ends the page before."""
    above = joined[-2] if len(joined) > 1 else None
    origin = next((piece.origin for _, passage in item.cells for piece in passage.pieces), None)
    return isinstance(above, Record) and not item.ref and isinstance(origin, TextCell) and _continues(above, item)


def join(last: Record, item: Record) -> Record:
    """The record with the fragment's cells behind its own, and the fragment's flags with its own."""
    joined = with_cells_of(last, item)
    said = {(field, flag.code) for field, flag in last.flags}
    for field, flag in item.flags:
        joined = joined if (field, flag.code) in said else joined.flagged(field, flag)
    if item.ref:
        message = f"The ref {item.ref} is printed again at the top of the next page; both rows are read as one action."
        joined = joined.flagged("row", Flag("row-continued", "reading", "info", message))
    return joined


def with_cells_of(last: Record, item: Record) -> Record:
    """The record with another one's cells behind its own."""
    joined = last
    for key, passage in item.cells:
        if key == "ref" and item.ref:
            joined = joined.put(key, last.get(key).joined(passage))
            continue
        glue = "\n" if item.sticks or BULLET.match(passage.raw) else " "
        joined = joined.put(key, last.get(key).joined(passage, glue))
    return joined
