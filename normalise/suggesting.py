"""What a user might put into a layout file, for a document whose tables have headers that are not known."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence

from extract.model import Row, Table
from normalise.columns import layout_under
from normalise.model import FIELDS
from normalise.pinned import EXTRA
from normalise.vocabulary import key

#: A plan's table has at least so many headers, within its first rows, none longer than this.
_HEADERS, _FIRST_ROWS, _LONGEST = 3, 4, 90
#: Some cell of its action column says more than this many words.
_WORDS = 4


def suggested_layout(tables: Sequence[Table]) -> str | None:
    """A layout file for the table that is likeliest to be the plan's, each header with what it seems to be; or None.

    The likeliest has the most headers that are known, and then the most rows.
    """
    found: list[tuple[int, int, Table, int]] = []
    for table in tables:
        at = next((at for at, row in enumerate(table.rows[:_FIRST_ROWS]) if _could_be_a_header(row)), None)
        if at is not None and any(len(text.split()) > _WORDS for row in table.rows[at + 1 :] for text in _texts(row)):
            known = sum(slot.key in FIELDS for slot in layout_under(table, at).slots)
            found.append((known, len(table.rows), table, at))
    if not found:
        return None
    _, _, table, at = max(found, key=lambda one: one[:2])
    return "\n".join(("[columns]", *(f"{_quoted(header)} = {_quoted(field)}" for header, field in _pins(table, at))))


def _could_be_a_header(row: Row) -> bool:
    texts = _texts(row)
    return len({key(text) for text in texts} - {""}) >= _HEADERS and all(len(text) <= _LONGEST for text in texts)


def _texts(row: Row) -> list[str]:
    return [text for cell in row.cells if (text := " ".join(cell.text.split()))]


def _pins(table: Table, at: int) -> list[tuple[str, str]]:
    """Each header once, with a field or `extra`; where nothing names the action, the wordiest of the others is it."""
    layout = layout_under(table, at)
    fields: dict[str, str] = {}
    headers: dict[str, str] = {}
    words: dict[str, int] = {}
    for slot in layout.slots:
        said = key(slot.header)
        if said and said not in fields:
            headers[said] = slot.header
            fields[said] = slot.key if slot.key in FIELDS else EXTRA
            words[said] = sum(
                len(c.text.split()) for row in table.rows[at + 1 :] for c in row.cells if c.column == slot.column
            )
    others = [said for said, field in fields.items() if field == EXTRA]
    if "action" not in fields.values() and others:
        fields[max(others, key=lambda said: words[said])] = "action"
    return [(headers[said], field) for said, field in fields.items()]


def _quoted(text: str) -> str:
    """A TOML string; characters that do not show are left out (a header is compared without them)."""
    return json.dumps("".join(c for c in text if unicodedata.category(c)[0] != "C"), ensure_ascii=False)
