"""Refs, sections and groups of the joined records: which section each is in, which numbers are missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from normalise.model import Flag
from normalise.outline import Opening
from normalise.refs import before_first, between, is_ref, leading_number, steps
from normalise.rows.model import Banner, Item, Record


class Seat(Struct, frozen=True):
    """A section of the plan: the outline's opening where one is printed, the number that its refs give otherwise."""

    number: str | None
    opening: int | None


class Seated(Struct, frozen=True):
    """Items with the index of their seat, the seats in order, and what is to be said of them."""

    items: tuple[tuple[Item, int | None], ...]
    seats: tuple[Seat, ...]
    flags: tuple[Flag, ...]


def seat(items: Sequence[Item], openings: Sequence[Opening]) -> Seated:
    """Each item in its section: the printed heading above it, or the number of its ref where that says otherwise.

    A ref's first number counts as a section's only in a plan where it does so for at least half of the records under a
    numbered heading; `17` or `MD1` name none, and without any heading neither do refs of two counts (`CoC 1.1` and
    `AFI 1.1`).
    """
    numbers = [one.heading.number if one.heading else _first_number(items, n) for n, one in enumerate(openings)]
    seats = [Seat(number, index) for index, number in enumerate(numbers)]
    by_ref = _refs_name_sections(items, numbers)
    flags = [_no_heading(numbers[n]) for n, opening in enumerate(openings) if opening.heading is None]
    seated: list[tuple[Item, int | None]] = []
    for at, item in enumerate(items):
        place = item.section
        number = _number_of(item, items[at + 1 :]) if by_ref else None
        if number is not None and (place is None or seats[place].number != number):
            place = next((n for n, s in enumerate(seats) if s.number == number), None)
            if place is None:
                seats.append(Seat(number, None))
                place = len(seats) - 1
                flags.append(_no_heading(number))
            elif isinstance(item, Record) and seats[place].opening is not None and item.section is not None:
                message = f"Ref {item.ref} stands under section {seats[item.section].number}; its number says {number}."
                item = item.flagged("section", Flag("section-by-ref", "document", "warning", message))
        seated.append((item, place))
    if any(isinstance(item, Banner) and place is None for item, place in seated):
        seats.append(Seat(None, None))  # a banner needs a section to stand in
        flags += [_no_heading(None)] if openings else []
        seated = [(item, len(seats) - 1 if place is None else place) for item, place in seated]
    return _in_order(seated, seats, flags)


def _first_number(items: Sequence[Item], section: int) -> str | None:
    """The section number that the first ref below an opening gives."""
    refs = (item.ref for item in items if isinstance(item, Record) and item.section == section and item.ref)
    return leading_number(next(refs, ""))


def _no_heading(number: str | None) -> Flag:
    read = f"; its number, {number}, is read from the refs" if number else ""
    message = f"A section has no printed heading{read}."
    return Flag("missing-section-heading", "reading", "warning", message)


def _in_order(seated: Sequence[tuple[Item, int | None]], seats: Sequence[Seat], flags: Sequence[Flag]) -> Seated:
    """The seats in the order in which the plan comes to them (a section without a heading stands where its refs do)."""
    first: dict[int, int] = {}
    for at, (_, place) in enumerate(seated):
        if place is not None:
            first.setdefault(place, at)
    printed = {n: first.get(n, _next_first(n, seats, first, len(seated))) for n in range(len(seats))}
    order = sorted(printed, key=lambda n: (printed[n], n))
    new = {old: at for at, old in enumerate(order)}
    items = tuple((item, None if place is None else new[place]) for item, place in seated)
    return Seated(items, tuple(seats[n] for n in order), tuple(flags))


def _next_first(place: int, seats: Sequence[Seat], first: dict[int, int], end: int) -> int:
    """For a section without rows: where the next printed one begins."""
    later = [first[n] for n in range(place + 1, len(seats)) if n in first and seats[n].opening is not None]
    return min(later, default=end)


def _refs_name_sections(items: Sequence[Item], numbers: Sequence[str | None]) -> bool:
    records = [item for item in items if isinstance(item, Record) and leading_number(item.ref)]
    under = [item for item in records if item.section is not None and numbers[item.section] is not None]
    agreeing = sum(numbers[item.section] == leading_number(item.ref) for item in under if item.section is not None)
    if not any(numbers):
        words = {re.split(r"\d", item.ref, maxsplit=1)[0] for item in records}
        return not numbers and len(words) == 1 and len({leading_number(item.ref) for item in records}) > 1
    return bool(under) and agreeing >= 0.5 * len(under)


def _number_of(item: Item, after: Sequence[Item]) -> str | None:
    """The section number of an item's ref; a banner, and a whole number above its dotted ones, go by the row below."""
    if isinstance(item, Record) and not item.ref.isdigit():
        return leading_number(item.ref)
    below = next((other for other in after if isinstance(other, Record)), None)
    number = leading_number(below.ref) if below is not None and below.section == item.section else None
    return number if isinstance(item, Banner) or item.ref == number else None


def ids_of(items: Sequence[Item]) -> list[str]:
    """The id of each record: its ref, else row-17; `~2` for a ref's second use. A banner has none ("")."""
    seen: Counter[str] = Counter()
    ids: list[str] = []
    row = 0
    for item in items:
        row += isinstance(item, Record)
        name = (item.ref or f"row-{row}") if isinstance(item, Record) else ""
        seen[name] += 1
        ids.append(f"{name}~{seen[name]}" if name and seen[name] > 1 else name)
    return ids


def missing_refs(records: Sequence[Record]) -> tuple[tuple[str, str, Flag], ...]:
    """(missing ref, ref beside the gap, flag) for each number that the numbering leaves out.

    Whole-number rows above dotted ones (`2`, then `2.1`) count apart: each ref is compared with the last of its count.
    A count that does not begin at its beginning (3.2) lacks what comes before where most of several counts do begin so.
    """
    found = []
    last: dict[str, str] = {}
    refs = [record.ref for record in records]
    late = _late_firsts([record.ref for record in records if is_ref(record.ref)])
    for record in records:
        head = _head(record.ref)
        for ref in late.get(record.ref, ()) if head not in last else ():
            message = f"The numbering begins with {record.ref}, where others begin with their first: {ref} is missing."
            found.append((ref, record.ref, Flag("missing-ref", "document", "warning", message)))
        for ref in between(last[head], record.ref) if head in last else ():
            if not _has(refs, ref):
                message = f"The numbering goes from {last[head]} to {record.ref}: {ref} is missing."
                found.append((ref, last[head], Flag("missing-ref", "document", "warning", message)))
        if record.ref:
            last[head] = record.ref
    return tuple(found)


def _late_firsts(refs: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The refs that open their count too late, with those that come before them, where most counts begin in time."""
    firsts: dict[str, str] = {}
    for ref in refs:
        if _head(ref)[-1:] == "." or _head(ref)[-1:].isdigit():  # MD4 may go on from SD3
            firsts.setdefault(_head(ref), ref)
    late = {first: tuple(ref for ref in before_first(first) if not _has(refs, ref)) for first in firsts.values()}
    in_time = sum(steps(first)[1] in ("1", "01", "a", "i") for first in firsts.values())
    return (
        {first: before for first, before in late.items() if before}
        if len(firsts) > 1 and 2 * in_time >= len(firsts)
        else {}
    )


def _has(refs: Sequence[str], ref: str) -> bool:
    """Whether a number is used, by itself or with parts of its own (2.1 by 2.1a)."""
    return any(one.startswith(ref) and not one[len(ref) :][:1].isdigit() for one in refs)


def _head(ref: str) -> str:
    return steps(ref)[0]


def with_odd_refs_told(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items, those whose ref is no ref where nearly all others are flagged: perhaps a scrap of a banner."""
    refs = [item.ref for item in items if isinstance(item, Record) and item.ref]
    if sum(map(is_ref, refs)) < 0.8 * len(refs):
        return tuple(items)
    return tuple(_told_if_odd(item) if isinstance(item, Record) else item for item in items)


def _told_if_odd(record: Record) -> Record:
    if not record.ref or is_ref(record.ref):
        return record
    message = f"{record.ref!r} stands where the refs are and looks like none of them; the row may be no action."
    return record.flagged("row", Flag("odd-ref", "reading", "warning", message))


def with_inferred_refs(records: Sequence[Item]) -> tuple[Item, ...]:
    """Rows without a ref between two rows of one count with exactly one number between them: that number, flagged."""
    items = list(records)
    printed = {item.ref for item in items if isinstance(item, Record)}
    for at, item in enumerate(items):
        if not isinstance(item, Record) or item.ref:
            continue
        before = next((r.ref for r in reversed(items[:at]) if isinstance(r, Record)), "")
        after = next((r.ref for r in items[at + 1 :] if isinstance(r, Record)), "")
        gap = between(before, after) if before and after else ()
        if len(gap) == 1 and gap[0] not in printed:
            message = f"No ref is printed; {gap[0]} is the one number between {before} and {after}."
            flag = Flag("ref-inferred", "reading", "warning", message, gap)
            items[at] = replace(item, ref=gap[0]).flagged("ref", flag)
    return tuple(items)
