"""Step 1: which printed header is which field.

A header's words decide first, the content of the column where they leave a doubt: a `Target` column full of dates is an
end, one full of sentences is a measure. A column that stays unknown is kept under its own header in `extra`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import fuzz

from extract.model import Cell, Row, Table
from normalise.dates import looks_like_date
from normalise.model import TEXT_FIELDS, Flag, Severity
from normalise.passage import Passage, concatenated, passage_of
from normalise.pinned import EXTRA, NOTHING_PINNED, Pin, PinnedColumns, nearly
from normalise.refs import is_ref
from normalise.repeated import Body, RowsByHeader, said
from normalise.status import read_status
from normalise.vocabulary import fields_for, is_other, key

#: A header row names at least so many fields, and at least this share of its cells.
_FIELDS, _SHARE = 3, 0.5
_LONGEST_HEADER = 90
#: From here on a header says its field in so many words.
_PLAIN = 96.0
#: How many cells are looked at to tell what a column holds, how long one may be that is no prose, how many must agree.
_SOME, _SHORT, _MOST = 40, 80, 0.6
_NOTHING = Passage()
NEVER_AGAIN: RowsByHeader = MappingProxyType({})
#: A pinned header is surer than any wording: the vocabulary's scores end at 100.
_PINNED = 1000.0


class Slot(Struct, frozen=True):
    """One column: its key (a field, or `extra.<header>`), the printed header, the first grid column it covers.

    `pin`: what a user pinned this header to, where one did.
    """

    key: str
    header: str
    column: int
    passage: Passage = _NOTHING
    pin: Pin | None = None


class Layout(Struct, frozen=True):
    """The columns of an action table, left to right, over `columns` grid columns."""

    slots: tuple[Slot, ...]
    columns: int
    flags: tuple[tuple[str | None, Flag], ...] = ()

    def slot_at(self, column: int) -> Slot:
        """The slot that covers a grid column; the last one where the column lies beyond the header."""
        for slot in reversed(self.slots):
            if slot.column <= column:
                return slot
        return self.slots[0]

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of each column."""
        return tuple(slot.key for slot in self.slots)


class HeaderRow(Struct, frozen=True):
    """A header as found: how many rows of the table it takes, from which row (0 …), and its layout."""

    at: int
    rows: int
    layout: Layout


def find_header(
    table: Table, pinned: PinnedColumns = NOTHING_PINNED, again: RowsByHeader = NEVER_AGAIN
) -> HeaderRow | None:
    """The first rows of a table that read as the header of an action table; None where none does.

    One row, or two where the upper one spans columns that the lower one divides (`Timescale` over `From`, `To`). A row
    with the header that a user pinned as the action is the header, whatever the others say. `again`: the rows under
    headers that the document prints several times, whose contents speak for all of these.
    """
    for at, row in enumerate(table.rows):
        found = [(1, _slots(table.rows[at : at + 1], pinned))]
        if at + 1 < len(table.rows) and _divides(row, table.rows[at + 1]):
            found.append((2, _slots(table.rows[at : at + 2], pinned)))
        sure = [one for one in found if _has_the_pinned_action(one[1])]
        likeliest = sure or found
        if len(likeliest) > 1:
            likeliest = sorted(likeliest, key=lambda one: _named(one[1]), reverse=True)
        for rows, slots in likeliest:
            body = again.get(said(table.rows[at + rows - 1])) or Body(table.rows[at + rows :])
            if sure or _names_an_action_table(slots, body):
                return HeaderRow(at, rows, _settled(slots, table.columns, body))
        if at >= 6 and row.page is not None:
            return None
    return None


def layout_under(table: Table, at: int, body: Body) -> Layout:
    """The columns of a table as they would be read if the row at `at` (0 …) were its header over the rows of `body`."""
    return _settled(_slots(table.rows[at : at + 1]), table.columns, body)


def repeats(row: Row, layout: Layout) -> bool:
    """Whether a row says the header again, slips and lost cells allowed: most of its cells are one of the header's.

    At least two cells must, and those that do not may only be as short as a header's; a body row that says `TBC` under
    nine headers is none.
    """
    printed = [key(cell.text) for cell in row.cells if cell.text]
    headers = [key(slot.header) for slot in layout.slots if slot.header]
    met = sum(any(fuzz.ratio(one, other) >= 75 for other in headers) for one in printed)
    return met >= 2 and met >= 0.6 * len(printed)


def _divides(upper: Row, lower: Row) -> bool:
    """Whether the lower row names what a cell of the upper one spans (a title, which spans them all, divides none)."""
    cells = _header_cells((upper, lower))
    width = sum(cell.span for cell in cells)
    return any(1 < cell.span < width for cell in upper.cells) and len(cells) > len([c for c in upper.cells if c.text])


def _header_cells(rows: Sequence[Row]) -> tuple[Cell, ...]:
    """The lowest header cell of each column: those of the upper of two rows that reach into the lower one too."""
    deep = (cell for cell in rows[0].cells if cell.depth > 1) if len(rows) == 2 else ()
    return tuple(sorted((*rows[-1].cells, *deep), key=lambda cell: cell.column))


def _slots(rows: Sequence[Row], pinned: PinnedColumns = NOTHING_PINNED) -> tuple[Slot, ...]:
    """The header cells as unassigned slots; in two rows the lower cell's text follows the upper's above it."""
    slots = []
    for cell in _header_cells(rows):
        own = passage_of(cell.lines)
        above = _above(rows[0].cells, cell) if len(rows) == 2 else Passage()
        header = own.raw or above.raw
        slots.append(Slot("", " ".join(header.split()), cell.column, concatenated((above, own))))
    pins = pinned.among([slot.header for slot in slots])
    return tuple(replace(slot, pin=pin) for slot, pin in zip(slots, pins, strict=True))


def _above(cells: Iterable[Cell], below: Cell) -> Passage:
    """The text of the upper header cell that begins over this one (a spanning one belongs to its first column)."""
    return concatenated(passage_of(cell.lines) for cell in cells if cell.column == below.column and cell is not below)


def _has_the_pinned_action(slots: Sequence[Slot]) -> bool:
    """Whether one of several headers is pinned as the action: a lone cell that says the words is no header."""
    several = sum(bool(slot.header) for slot in slots) > 1
    return several and any(slot.pin and slot.pin.field == "action" for slot in slots)


def _fields_for(slot: Slot) -> tuple[tuple[str, float], ...]:
    """The fields that a header may name, nearest first: the one it is pinned to, else those of the vocabulary.

    What is too long for a header is not looked up: that costs far more than it can tell.
    """
    if slot.pin:
        return ((slot.pin.field, _PINNED),)
    return fields_for(slot.header) if len(slot.header) <= _LONGEST_HEADER else ()


def _named(slots: Sequence[Slot]) -> tuple[int, int]:
    """How many headers are pinned, and how many fields are named: what tells a header of one row from one of two."""
    fields = {fields[0][0] for slot in slots if slot.header and (fields := _fields_for(slot))}
    return sum(slot.pin is not None for slot in slots), len(fields)


def _names_an_action_table(slots: Sequence[Slot], body: Body) -> bool:
    """Whether enough headers are known: three fields, half of the cells, something to do and who, when or how far.

    What there is to do may stand under words that are not known (`What needs to happen`), where a lead and a date or a
    status are, and one other column holds sentences.
    """
    named = [slot for slot in slots if slot.header]
    if not named or any(len(slot.header) > _LONGEST_HEADER and not slot.pin for slot in named):
        return False
    first = {fields[0][0] for slot in named if (fields := _fields_for(slot))} - {EXTRA}
    known = sum(bool(_fields_for(slot)) or is_other(slot.header) for slot in named)
    about = first & {"lead", "end", "start", "progress", "status", "measure"}
    if len(first) < _FIELDS or known < _SHARE * len(named) or not about:
        return False
    if "action" in first:
        return True
    held = [(slot, _content(slot, slots, body)) for slot in named if not is_other(slot.header)]
    told = any(_kind(content) == "prose" and not _wishes(slot, content) for slot, content in held)
    return told and "lead" in first and bool(first & {"end", "status", "progress"})


def _settled(slots: tuple[Slot, ...], columns: int, body: Body) -> Layout:
    """The slots with their keys: what is pinned, then header words, content for what is left, then `extra`."""
    contents = [_content(slot, slots, body) for slot in slots]
    wanted = [_wishes(slot, content) for slot, content in zip(slots, contents, strict=True)]
    taken: dict[str, int] = {}
    for _, index, field in sorted(
        ((score, index, field) for index, wishes in enumerate(wanted) for field, score in wishes),
        key=lambda wish: (-wish[0], wish[1]),
    ):
        if field not in taken and index not in taken.values():
            taken[field] = index
    near = [(slot.pin.field, nearly(slot.header, slot.pin)) for slot in slots if slot.pin]
    flags: list[tuple[str | None, Flag]] = [(field, flag) for field, flag in near if flag]
    for index, slot in enumerate(slots):
        if index in taken.values() or not slot.header or (slot.pin and slot.pin.field == EXTRA):
            continue
        judged = None if is_other(slot.header) else _by_content(contents[index], taken)
        if judged and not wanted[index]:
            taken[judged] = index
            flags.append((judged, _read_by_content(slot.header, judged)))
        elif wanted[index]:
            flags.append((None, _second(slot.header, wanted[index][0][0], slots[taken[wanted[index][0][0]]].header)))
        else:
            flags.append((None, _unknown(slot.header)))
    fields = {index: field for field, index in taken.items()}
    keyed = [replace(slot, key=fields.get(index, f"extra.{slot.header}")) for index, slot in enumerate(slots)]
    whole = _unique(_with_clipped_ref(keyed, contents))
    slivers = {_unknown(old.header) for old, new in zip(keyed, whole, strict=True) if new.key == "ref" != old.key}
    return Layout(whole, columns, tuple(flag for flag in flags if flag[1] not in slivers))


def _unique(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """No two extra columns under one key: the second `Notes` is `extra.Notes (2)`."""
    seen: dict[str, int] = {}
    result = []
    for slot in slots:
        count = seen[slot.key] = seen.get(slot.key, 0) + 1
        again = slot.key.startswith("extra.") and count > 1
        result.append(replace(slot, key=f"{slot.key} ({count})") if again else slot)
    return tuple(result)


def _with_clipped_ref(slots: Sequence[Slot], contents: Sequence[tuple[str, ...]]) -> list[Slot]:
    """A sliver left of the ref column holds the ref's first part: `F | REF` over `1 | 14` is ref 1.14.

    True where the sliver's header is at most two letters and both columns hold nothing but numbers.
    """
    result = list(slots)
    for index in range(len(slots) - 1):
        sliver, ref = slots[index], slots[index + 1]
        if ref.key != "ref" or sliver.pin or len(sliver.header) > 2:
            continue
        numbers = all(text.strip(". ").isdigit() for text in contents[index] + contents[index + 1])
        if contents[index] and contents[index + 1] and numbers:
            result[index] = replace(sliver, key="ref")
    return result


def _content(slot: Slot, slots: Sequence[Slot], body: Body) -> tuple[str, ...]:
    """The texts below a header, empty ones left out; rows that span several columns (banners) too."""
    return body.texts(slot.column, max(3, len(slots) // 2))


def _wishes(slot: Slot, content: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """The fields that a header may name, those that the content speaks against put last or left out; a pin is a pin.

    A header that plainly says what it is (`Progress`) and names no rating (`Measure (RAG)`) is that, whatever follows.
    """
    if slot.pin:
        return () if slot.pin.field == EXTRA else _fields_for(slot)
    named = fields_for(slot.header) if slot.header else ()
    rated = any(field == "status" for field, _ in named)
    kind = "rag" if rated and content and all(map(_is_status, content)) else _kind(content)
    wishes = []
    for field, score in named:
        dated, ragged = field in ("start", "end"), field == "status"
        told = field in TEXT_FIELDS and (score < _PLAIN or rated)
        against = {"prose": dated or ragged or field == "ref", "rag": dated or told}.get(kind, False)
        if not against:
            wishes.append((field, score))
        elif ragged:
            wishes.append(("progress", score - 20))
        elif field == "progress":
            wishes.append(("status", score - 20))
        elif dated and key(slot.header) == "target":
            wishes.append(("measure", score - 20))
    return tuple(wishes)


def _kind(content: tuple[str, ...]) -> str:
    """What a column mostly holds: "date", "rag", "ref", "prose"; "" where nothing stands out or too little is there.

    The first cells speak for all; a long one is prose without a closer look.
    """
    return _kind_of(content[:_SOME])


@lru_cache(maxsize=512)
def _kind_of(some: tuple[str, ...]) -> str:
    if len(some) < 3:
        return ""
    short = [text for text in some if len(text) <= _SHORT]
    found = (name for name, test in _KINDS if _most(test, short, len(some)))
    prose = sum(len(text.split()) > 6 for text in some) >= _MOST * len(some)
    return next(found, "prose" if prose else "")


def _most(test: Callable[[str], bool], short: list[str], count: int) -> bool:
    """Whether most of `count` cells are short and pass; the first few that fail say no for all."""
    spared = len(short) - _MOST * count
    for text in short if spared >= 0 else ():
        spared -= not test(text)
        if spared < 0:
            return False
    return spared >= 0


def _is_status(text: str) -> bool:
    """Whether a cell holds nothing but a status or RAG word."""
    return len(text.split()) <= 4 and read_status(text, "").status != "unknown"


_KINDS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("ref", is_ref),
    ("rag", _is_status),
    ("date", looks_like_date),
)


def _by_content(content: tuple[str, ...], taken: dict[str, int]) -> str | None:
    """The field that a column without a known header must be, where its content leaves no doubt and none has it."""
    kind = _kind(content)
    field = {"date": "end", "rag": "status", "ref": "ref", "prose": "action"}.get(kind)
    return field if field and field not in taken else None


def _read_by_content(header: str, field: str) -> Flag:
    message = f"The header {header!r} is not known; its column is read as {field} because of what stands in it."
    severity: Severity = "info" if field == "ref" else "warning"  # running refs are nothing else
    return Flag("column-by-content", "reading", severity, message, (field,))


def _second(header: str, field: str, first: str) -> Flag:
    message = f"The headers {first!r} and {header!r} both name the {field}; {header!r} is kept as an extra column."
    return Flag("column-second", "reading", "info", message, (field,))


def _unknown(header: str) -> Flag:
    message = f"The header {header!r} is not known; its column is kept as an extra one."
    return Flag("column-unknown", "reading", "info", message)
