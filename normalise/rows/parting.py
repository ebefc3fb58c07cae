"""Rows that a dump ran together, taken apart where the evidence supports it; what is only suspected is flagged.

Sources with a grid (PDF, Word, workbook) keep their rows apart themselves and are left alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.model import TextCell
from normalise.rows.model import Item, Record
from normalise.rows.segments import said, topics_of
from normalise.rows.swallowed import take_swallowed_out
from normalise.rows.tails import put_tails_back


def part_rows(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items of a dump with run-together rows taken apart; every other item as it is."""
    records = [item for item in items if isinstance(item, Record)]
    if not any(_from_dump(record) for record in records):
        return tuple(items)
    topics = topics_of([said(record) for record in records])
    return take_swallowed_out(put_tails_back(items, topics), topics)


def _from_dump(record: Record) -> bool:
    return any(isinstance(piece.origin, TextCell) for _, passage in record.cells for piece in passage.pieces)
