"""Rows that swallowed the one after them, ref and all, taken apart: a number is missing and cells say things twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from normalise.dates import read_dates
from normalise.model import TEXT_FIELDS, Flag
from normalise.refs import between
from normalise.rows.fitting import EMPTY, begins_anew, fit
from normalise.rows.model import Item, Record
from normalise.rows.segments import Boundary, Topics, boundaries, stems

_AMOUNT = re.compile(r"(?:N/A|TBC|Nil|None|£[\d,.]+(?:k|m)?(?:\s+p\.?a\.?)?)", re.IGNORECASE)


def take_swallowed_out(items: Sequence[Item], topics: Topics) -> tuple[Item, ...]:
    """Rows that hold the next one too, taken apart: exactly one number is missing after them, and a date is doubled."""
    result: list[Item] = []
    for at, item in enumerate(items):
        ref = swallowed_ref(items, at)
        if ref and isinstance(item, Record):
            result += _split(item, ref, topics)
        else:
            result.append(item)
    return tuple(result)


def swallowed_ref(items: Sequence[Item], at: int) -> str:
    """The ref of the row that the one at `at` holds too; "" where it holds none."""
    item = items[at]
    if not isinstance(item, Record) or not item.ref:
        return ""
    after = next((other.ref for other in items[at + 1 :] if isinstance(other, Record) and other.ref), "")
    gap = between(item.ref, after) if after else ()
    printed = any(isinstance(other, Record) and other.ref in gap for other in items)
    return gap[0] if len(gap) == 1 and not printed and _says_twice(item) else ""


def _says_twice(record: Record) -> bool:
    """Whether a date cell holds two dates without a label, as two rows would leave them."""
    return any(_second_date(" ".join(record.text(key).split())) for key in ("start", "end"))


def _split(record: Record, ref: str, topics: Topics) -> tuple[Record, Record]:
    """The record and the one that it swallowed: prose cut where its parts speak of the two actions best.

    A date, lead or amount that stands twice goes to each; what stands once stays with the first. Every cell is flagged.
    """
    cuts = _best_cuts(record, topics)
    cuts |= {key: _second_date(record.text(key)) for key in ("start", "end")}
    cuts |= {"lead": _second_lead(record.text("lead")), "resources": _second_amount(record.text("resources"))}
    first, second = record, replace(record, ref=ref, cells=(), opens_page=False, flags=())
    for key, passage in record.cells:
        if cuts.get(key):
            one, two = passage.cut(cuts[key])
            first, second = first.put(key, one), second.put(key, two)
    for key in dict.fromkeys((*record.printed_keys, "status")):
        flag = _parted(ref, record.ref, sure=key in ("start", "end") and bool(cuts[key]))
        if key not in ("ref", "status"):
            first = first.flagged(key, flag)
        second = second.flagged(key, flag)
    return first, second


def _second_date(text: str) -> int:
    """Where the second of two dates without labels begins; 0 where there are not just two."""
    for word in list(re.finditer(r"\S+", text))[1:]:
        (one, _), (two, _) = read_dates(text[: word.start()]), read_dates(text[word.start() :])
        if len(one) == 1 and len(two) == 1 and all(d.edtf and d.label in (None, "w/c") for d in (one[0], two[0])):
            return word.start()
    return 0


def _second_lead(text: str) -> int:
    """Where the second of two sets of initials begins (`BC TV`); 0 where a cell says anything else."""
    match = re.fullmatch(r"\s*[A-Z]{2,4}(?:-[A-Z])?\s+(?=[A-Z]{2,4}(?:-[A-Z])?\s*)\S+\s*", text)
    return text.rindex(" ") + 1 if match else 0


def _second_amount(text: str) -> int:
    """Where the second of two amounts (or `N/A`, `TBC`) begins; 0 where a cell says anything else."""
    match = re.fullmatch(rf"({_AMOUNT.pattern}\s+){_AMOUNT.pattern}", text.strip(), re.IGNORECASE)
    return match.end(1) if match else 0


def _best_cuts(record: Record, topics: Topics) -> dict[str, int]:
    """For each prose cell where to cut it: the action where the other cells' halves then speak of its halves best."""
    prose = [key for key in TEXT_FIELDS if record.text(key)]
    best: tuple[float, dict[str, int]] = (float("-inf"), {})
    for way in boundaries(record.text("action")):
        text = record.text("action")
        one, two = frozenset(stems(text[: way.at])), frozenset(stems(text[way.at :]))
        total, cuts = -way.cost, {"action": way.at}
        for key in prose:
            if key == "action":
                continue
            ways = [*boundaries(record.text(key)), Boundary(len(record.text(key)), EMPTY)]
            begins = [begins_anew(key, record.text(key)[other.at :], "") for other in ways]
            fits = [fit(other, record.text(key), "", one - two, two - one, topics) for other in ways]
            scored = [(fit + begin, other.at) for fit, begin, other in zip(fits, begins, ways, strict=True)]
            score, cuts[key] = max(scored, key=lambda pair: pair[0])
            total += score
        if total > best[0]:
            best = (total, cuts)
    return best[1]


def _parted(ref: str, first: str, sure: bool = False) -> Flag:
    if sure:
        message = f"The cell holds a date for {first} and one for {ref}, whose ref is nowhere; each has its own."
        return Flag("row-parted", "reading", "info", message, (first, ref))
    message = f"The row printed as {first} also holds {ref}, whose ref is nowhere; where the one ends is a guess."
    return Flag("row-parted", "reading", "warning", message, (first, ref))
