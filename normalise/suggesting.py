"""What a user might put into a layout file, for a document whose tables have headers that are not known."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence

from extract.model import Row, Table
from normalise.columns import Layout, Slot, layout_under
from normalise.model import FIELDS
from normalise.pinned import EXTRA
from normalise.repeated import FIRST_ROWS, Body, rows_by_header, said
from normalise.vocabulary import key

#: A plan's table has at least so many headers, none longer than this.
_HEADERS, _LONGEST = 3, 90
#: Some cell of its action column says more than this many words.
_WORDS = 4


def suggested_layout(tables: Sequence[Table]) -> str | None:
    """A layout file for the table that is likeliest to be the plan's, each header with what it seems to be; or None.

    The likeliest has the most headers that are known, and then the most rows.
    """
    again = rows_by_header(tables)
    found: list[tuple[int, int, list[tuple[str, str]]]] = []
    for table in tables:
        at = next((at for at, row in enumerate(table.rows[:FIRST_ROWS]) if _could_be_a_header(row)), None)
        if at is None:
            continue
        body = again.get(said(table.rows[at])) or Body(table.rows[at + 1 :])
        if any(len(text.split()) > _WORDS for row in body.rows for text in _texts(row)):
            layout = layout_under(table, at, body)
            known = sum(slot.key in FIELDS for slot in layout.slots)
            found.append((known, len(body.rows), _pins(layout, body.rows)))
    if not found:
        return None
    _, _, pins = max(found, key=lambda one: one[:2])
    return "\n".join(("[columns]", *(f"{_quoted(header)} = {_quoted(field)}" for header, field in pins)))


def _could_be_a_header(row: Row) -> bool:
    texts = _texts(row)
    return len({key(text) for text in texts} - {""}) >= _HEADERS and all(len(text) <= _LONGEST for text in texts)


def _texts(row: Row) -> list[str]:
    return [text for cell in row.cells if (text := " ".join(cell.text.split()))]


def _pins(layout: Layout, body: Sequence[Row]) -> list[tuple[str, str]]:
    """Each header once, with a field or `extra`; where nothing names the action, the wordiest of the others is it."""
    slots = list({key(slot.header): slot for slot in reversed(layout.slots) if key(slot.header)}.values())[::-1]
    fields = {slot.header: slot.key if slot.key in FIELDS else EXTRA for slot in slots}
    others = [slot for slot in slots if fields[slot.header] == EXTRA]
    if "action" not in fields.values() and others:
        fields[max(others, key=lambda slot: _words_under(slot, body)).header] = "action"
    return list(fields.items())


def _words_under(slot: Slot, body: Sequence[Row]) -> int:
    return sum(len(cell.text.split()) for row in body for cell in row.cells if cell.column == slot.column)


def _quoted(text: str) -> str:
    """A TOML string; characters that do not show are left out (a header is compared without them)."""
    return json.dumps("".join(c for c in text if unicodedata.category(c)[0] != "C"), ensure_ascii=False)
