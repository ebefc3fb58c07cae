"""A lead column under a header that nobody knows, found by the people in it.

What a header says comes first; but a column of the roster's own names or initials is the lead, whatever it is called
(`Portfolio holder`, `Champion`), where a plan has no other lead column. Every row of it says that this was judged.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from extract.model import Table
from normalise.columns import HeaderRow, Layout, Slot
from normalise.flow import Flow
from normalise.model import Flag, Person
from normalise.people import looks_like_lead

#: At least so many cells, at least this share of which are people; so many are looked at.
_FEWEST, _MOST, _SOME = 3, 0.6, 40

Headers = Mapping[int, HeaderRow | None]


def with_lead_columns(flow: Flow, headers: Headers, people: tuple[Person, ...]) -> dict[int, HeaderRow | None]:
    """The headers, those without a lead column given the one that holds people, where just one does."""
    if not people:
        return dict(headers)
    texts = _texts_by_header(flow, headers)
    holding = {header for header, cells in texts.items() if _holds_people(cells[:_SOME], people)}
    return {index: row and replace(row, layout=_with_lead(row.layout, holding)) for index, row in headers.items()}


def _texts_by_header(flow: Flow, headers: Headers) -> dict[str, list[str]]:
    """What stands under each header that no field is known for, over all tables."""
    texts: dict[str, list[str]] = {}
    slots: tuple[Slot, ...] = ()
    for index in sorted(headers):
        table, row = flow.items[index], headers[index]
        if row is not None:
            slots = tuple(slot for slot in row.layout.slots if slot.key.startswith("extra.") and not slot.pin)
        below = table.rows[row.rows if row else 0 :] if isinstance(table, Table) else ()
        for slot in slots:
            cells = (cell for line in below for cell in line.cells if cell.column == slot.column and cell.span == 1)
            texts.setdefault(slot.header, []).extend(cell.text for cell in cells if cell.text)
    return texts


def _holds_people(cells: list[str], people: tuple[Person, ...]) -> bool:
    return len(cells) >= _FEWEST and sum(looks_like_lead(cell, people) for cell in cells) >= _MOST * len(cells)


def _with_lead(layout: Layout, holding: set[str]) -> Layout:
    found = [slot for slot in layout.slots if slot.header in holding and slot.key.startswith("extra.")]
    if "lead" in layout.keys or len(found) != 1:
        return layout
    message = f"The header {found[0].header!r} is not known; its column is read as lead because of the people in it."
    flag = Flag("column-by-content", "reading", "warning", message, ("lead",))
    slots = tuple(replace(slot, key="lead") if slot is found[0] else slot for slot in layout.slots)
    known = (old for old in layout.flags if found[0].header not in old[1].message)
    return replace(layout, slots=slots, flags=(*known, ("lead", flag)))
