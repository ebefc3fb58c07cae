"""Corrections find the rows and cells that they are of: first rows are put right, then each cell's own go onto its row.

A correction goes where the text that it is of is printed: in the row that its ref names, else in the one row that
prints it. Everything else lapses, with a finding on the row that the ref names, or on none where there is no such row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from normalise.codes import BORDERS
from normalise.corrections.decided import (
    Correction,
    Corrections,
    LeadCorrection,
    RowCorrection,
    Target,
    ValueCorrection,
    fingerprint,
    settled,
    shown,
    spaced,
)
from normalise.model import KEY_OF_COLUMN, Flag, Severity
from normalise.passage import Passage
from normalise.refs import tidy_ref
from normalise.rows.joining import with_cells_of
from normalise.rows.kinds import read_ref
from normalise.rows.model import Item, Record
from normalise.rows.numbering import ids_of, with_inferred_refs

_BLANK = fingerprint("")
#: So often may a correction be of a row that another one has made.
_ROUNDS = 8


class Lapsed(Struct, frozen=True):
    """A flag on a correction that no row of the plan has: the ref that it names, its field (a key of the action)."""

    ref: str | None
    field: str
    flag: Flag


def with_corrections(items: Sequence[Item], corrections: Corrections) -> tuple[tuple[Item, ...], tuple[Lapsed, ...]]:
    """The items with rows joined and parted, refs put right, and each record with the corrections of its cells.

    What an entry of a lead cell is, and whether a person is known, is asked where the cell is read.
    """
    rows = _Rows(items)
    rows.put_right(corrections.rows)
    for one in corrections.values:
        if one.field == "ref":
            rows.place(one)
    rows.renumber()
    cells: list[Correction] = [one for one in corrections.values if one.field != "ref"]
    for other in (*cells, *corrections.leads):
        rows.place(other)
    return tuple(rows.items), tuple(rows.lapsed)


class _Rows:
    """The items while corrections are found a place. `former`: the ids that the rows had before any correction."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items: list[Item] = list(items)
        self.former: list[str] = ids_of(items)
        self.ids = self.former
        self.lapsed: list[Lapsed] = []
        self._prints: dict[str, dict[str, list[int]]] = {}

    def renumber(self) -> None:
        """Refs that follow from those that are put right, and the ids as the refs are now."""
        self.items = list(with_inferred_refs(self.items))
        self._now()

    def _now(self) -> None:
        self.ids = ids_of(self.items)
        self._prints = {}

    def put_right(self, rows: Iterable[RowCorrection]) -> None:
        """Rows joined and parted, from the top; what one correction makes of a row may be what another one is of."""
        waiting = list(rows)
        for _ in range(_ROUNDS):
            found = [(at, one) for one in waiting if (at := self._row_of(one)) is not None]
            records, grown = [self.items[at] for at, _ in found], 0
            for (at, one), record in sorted(zip(found, records, strict=True), key=lambda pair: pair[0][0]):
                size = len(self.items)
                if self.items[at + grown] is record:  # no other correction has joined or parted it
                    waiting.remove(one)
                    self._carry_out(one, at + grown)
                grown += len(self.items) - size
            self._now()
            if not found:
                break
        for one in waiting:
            self._lapse(one, *self._reason(one.target, "row", self._fitting(one.target, "row")))

    def place(self, one: Correction) -> None:
        """Put a correction on the record whose cell it is of."""
        column = column_of(one)
        fitting = self._fitting(one.target, column)
        at = self._chosen(one.target, fitting)
        if at is None:
            named = self._named(one.target)
            if named is not None and _says_so(one, self._record(named)):
                said = f"is not needed: {one.target.ref} prints that text"
                self.items[named] = self._record(named).flagged(key_of(column), _flag(one, said, (), "info"))
            else:
                self._lapse(one, *self._reason(one.target, column, fitting))
            return
        record = self._record(at)
        other = next((old for old in record.corrections if _same_cell(old, one)), None)
        if other is not None:
            if _decision(other) != _decision(one):
                said = f"gives way to that by {other.review}, which is of the same cell"
                self.items[at] = record.flagged(key_of(column), _flag(one, said, (self.ids[at],), "info"))
            return
        if isinstance(one, ValueCorrection) and one.field == "ref" and one.text is not None:
            record = replace(record, ref=tidy_ref(one.text))
        self.items[at] = replace(record, corrections=(*record.corrections, one))
        self._tell_if_moved(one, at)

    def _row_of(self, one: RowCorrection) -> int | None:
        return self._chosen(one.target, self._fitting(one.target, "row"))

    def _carry_out(self, one: RowCorrection, at: int) -> None:
        record = self._record(at)
        if one.join:
            above = next((n for n in reversed(range(at)) if isinstance(self.items[n], Record)), None)
            if above is None:
                self._lapse(one, "there is no row above it", ())
                return
            self.items[above] = _joined(self._record(above), record, one)
            del self.items[at], self.former[at]
        elif one.split:
            parts = _parted(record, one)
            if isinstance(parts, str):
                self._lapse(one, parts, ())
                return
            self.items[at : at + 1] = parts
            self.former[at : at + 1] = (self.former[at], "")
        else:
            self.items[at] = replace(record, corrections=(*record.corrections, one))

    def _tell_if_moved(self, one: Correction, at: int) -> None:
        ref, ident = one.target.ref, self.ids[at]
        if ref is None or ref in (ident, self.former[at]):
            return
        message = f"{subject(one)} was made for {ref}; {ident} alone prints that text now."
        flag = Flag("correction-moved", "reading", "info", message, (ref, ident))
        self.items[at] = self._record(at).flagged(key_of(column_of(one)), flag)

    def _chosen(self, target: Target, fitting: Sequence[int]) -> int | None:
        """Which of the rows that print a text is meant: the one that the ref names, else the only one.

        That a cell is empty too says nothing of which row it is in.
        """
        for ids in (self.ids, self.former):
            for at in fitting:
                if target.ref is not None and ids[at] == target.ref:
                    return at
        alone = len(fitting) == 1 and (target.printed != _BLANK or target.evidence)
        return fitting[0] if alone else None

    def _fitting(self, target: Target, column: str) -> list[int]:
        """The rows that print a text in a column (`row`: as a whole)."""
        if column not in self._prints:
            found: dict[str, list[int]] = {}
            for at, item in enumerate(self.items):
                for printed in _fingerprints(item, column) if isinstance(item, Record) else ():
                    found.setdefault(printed, []).append(at)
            self._prints[column] = found
        rows = self._prints[column].get(target.printed, [])
        return [at for at in rows if target.is_beside(self._record(at).text("action"))]

    def _reason(self, target: Target, column: str, fitting: Sequence[int]) -> tuple[str, tuple[str, ...]]:
        """Why a correction finds no place, and the rows that it could be of."""
        where = "row" if column == "row" else f"{column} cell"
        if len(fitting) > 1:
            ids = tuple(self.ids[at] for at in fitting)
            return f"the text that it is of is printed in {', '.join(ids)}, and nothing says which is meant", ids
        if fitting:
            ids = (self.ids[fitting[0]],)
            return f"an empty {where} does not say which row is meant", ids
        at = self._named(target)
        there = spaced(self._record(at).text(column)) if at is not None and column != "row" else ""
        now = f"; {target.ref} prints {shown(there)} there" if there else ""
        return f"no {where} prints the text that it is of{now}", ()

    def _named(self, target: Target) -> int | None:
        """The row that a correction's ref names."""
        return next((at for at, ident in enumerate(self.ids) if ident and ident == target.ref), None)

    def _lapse(self, one: Correction, reason: str, candidates: tuple[str, ...]) -> None:
        field = key_of(column_of(one))
        flag = lapse(one, reason, candidates)
        at = self._named(one.target)
        if at is None:
            self.lapsed.append(Lapsed(one.target.ref, field, flag))
        else:
            self.items[at] = self._record(at).flagged(field, flag)

    def _record(self, at: int) -> Record:
        item = self.items[at]
        assert isinstance(item, Record)
        return item


def lapse(one: Correction, reason: str, candidates: tuple[str, ...] = ()) -> Flag:
    """The flag of a correction that has no place any more."""
    return _flag(one, f"lapses: {reason}", candidates, "warning")


def column_of(one: Correction) -> str:
    """The key of the cell that a correction is of; `row` for a whole row."""
    if isinstance(one, ValueCorrection):
        return one.field
    return "row" if isinstance(one, RowCorrection) else "lead"


def key_of(column: str) -> str:
    """The action's key for a column."""
    return KEY_OF_COLUMN.get(column, column)


def subject(one: Correction) -> str:
    """What a finding calls a correction: what it says, and who made it."""
    return f"{_what(one)} by {one.review}"


def _what(one: Correction) -> str:
    match one:
        case ValueCorrection(field, _, None):
            return f"The acceptance of the {field} cell"
        case ValueCorrection(field, _, text):
            return f"The correction of the {field} cell to {shown(text or '')}"
        case LeadCorrection(_, lead, person):
            return f"The correction of the lead {shown(lead)} to {shown(person)}"
        case RowCorrection(_, join, split):
            return f"The {'joining' if join else 'parting' if split else 'acceptance'} of a row"


def _flag(one: Correction, said: str, candidates: tuple[str, ...], severity: Severity) -> Flag:
    return Flag("correction-lapsed", "reading", severity, f"{subject(one)} {said}.", candidates)


def _same_cell(one: Correction, other: Correction) -> bool:
    if isinstance(one, LeadCorrection) and isinstance(other, LeadCorrection):
        return one.lead == other.lead
    return isinstance(one, ValueCorrection) and isinstance(other, ValueCorrection) and one.field == other.field


def _says_so(one: Correction, record: Record) -> bool:
    """Whether a row prints the very text that a cell is corrected to, as another format of the plan may."""
    return (
        isinstance(one, ValueCorrection) and bool(one.text) and spaced(record.text(one.field)) == spaced(one.text or "")
    )


def _decision(one: Correction) -> object:
    return one.text if isinstance(one, ValueCorrection) else one.person if isinstance(one, LeadCorrection) else None


def _fingerprints(record: Record, column: str) -> set[str]:
    """Of a cell; of a row both with its cells in lines and, as a person would copy it, with a space between them."""
    if column == "row":
        texts = [record.text(key) for key in record.keys]
        return {fingerprint(*texts), fingerprint(" ".join(texts))}
    return {fingerprint(record.text(column))} if column in record.keys else set()


def _joined(above: Record, record: Record, one: RowCorrection) -> Record:
    """A row with the cells of the one below it behind its own."""
    flags = [(field, flag) for field, flag in record.flags if flag.code != "ref-inferred"]
    flags = [
        (field, settled(flag, "Corrected", one.review) if flag.code in BORDERS else flag)
        for field, flag in (*above.flags, *flags)
    ]
    ref = above.ref or record.ref
    joined = replace(
        with_cells_of(above, record),
        ref=ref,
        flags=tuple(dict.fromkeys(flags)),
        fill=above.fill or record.fill,
        corrections=(*above.corrections, *record.corrections),
    )
    name = f"read as {record.ref}" if record.ref else "without a ref"
    message = f"The row below it, {name}, is the rest of this row. Corrected by {one.review}."
    joined = joined.flagged("row", Flag("corrected", "reading", "info", message))
    if above.ref and record.get("ref"):
        message = f"The ref of the row that is joined to it is no ref of its own. Corrected by {one.review}."
        joined = joined.flagged("ref", Flag("corrected", "reading", "info", message, (ref,)))
    return joined


def _parted(record: Record, one: RowCorrection) -> tuple[Record, Record] | str:
    """The two rows that one holds; a sentence where the texts that the second begins with do not say where."""
    first, parts = record, dict[str, Passage]()
    for field, begins in one.split:
        found = [*re.finditer(r"\s+".join(map(re.escape, begins.split())), record.text(field))]
        if len(found) != 1:
            times = f"{len(found)} times" if found else "not"
            return f"{shown(begins)} is {times} printed in its {field} cell"
        before, parts[field] = record.get(field).cut(found[0].start())
        first = first.put(field, before)
    if not first.cells:
        return "it leaves nothing of the first row"
    cells = tuple((key, parts[key]) for key in record.keys if key in parts)
    columns = (pair for pair in record.flags if pair[0] in parts and pair[1].code not in BORDERS)
    second = Record("", cells, record.section, flags=tuple(columns), headers=record.headers)
    if "ref" in parts:
        first, second = replace(first, ref=read_ref(first.get("ref"))), replace(second, ref=read_ref(parts["ref"]))
    flags = (
        (field, settled(flag, "Corrected", one.review) if field in ("row", *parts) and flag.code in BORDERS else flag)
        for field, flag in record.flags
    )
    message = f"This row and the one below it were read as one. Corrected by {one.review}."
    other = message.replace("below", "above")
    return (
        replace(first, flags=tuple(flags)).flagged("row", Flag("corrected", "reading", "info", message)),
        second.flagged("row", Flag("corrected", "reading", "info", other)),
    )
