"""Rows that a dump ran together, taken apart where the evidence supports it; what is only suspected is flagged.

Two kinds. A row cut by the page break may leave its tail at the front of the next row's cells, since a dump cannot show
that the tail had a row of its own: the first row of a page is asked of each cell whether it begins with words of the
row above. And a row may have swallowed the one after it, ref and all: a number is missing and the cells say things
twice. Sources with a grid (PDF, Word) keep such rows apart themselves and are left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.model import TextCell
from normalise.dates import read_dates
from normalise.flow import BULLET
from normalise.model import TEXT_FIELDS, Flag
from normalise.passage import Passage
from normalise.refs import between
from normalise.rows.model import Banner, Item, Record
from normalise.rows.openness import ends_open, ends_sentence, is_open, starts_inside
from normalise.rows.segments import OPENER, Boundary, Topics, boundaries, stems, topics_of

#: What the fit of a cut is made of. Words that a part shares with the row it would belong to count for it, and for
#: the other row against it, each by its rarity; the rest are costs, in the same unit.
_SHARED = 0.6
_OPEN = 4.0
_EMPTY = 5.0
_UNSEEN = 2.0
_PHRASE = 3.0
_SURE = 2.0
_CLEAR = 2.0
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class _Cut:
    """A cell cut in two: the offset, how well that fits, and by how much better than the next way (or than no cut)."""

    at: int
    score: float
    margin: float


def part_rows(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items of a dump with run-together rows taken apart; every other item as it is."""
    records = [item for item in items if isinstance(item, Record)]
    if not any(_from_dump(record) for record in records):
        return tuple(items)
    topics = topics_of([_said(record) for record in records])
    return _with_swallowed_out(_with_tails_back(items, topics), topics)


def _from_dump(record: Record) -> bool:
    return any(isinstance(piece.origin, TextCell) for _, passage in record.cells for piece in passage.pieces)


def _said(record: Record, without: str = "") -> frozenset[str]:
    """The words of a record's prose that carry meaning, one cell left out."""
    return frozenset(word for key, passage in record.cells if key in TEXT_FIELDS and key != without for word in stems(passage.raw))


def _with_tails_back(items: Sequence[Item], topics: Topics) -> tuple[Item, ...]:
    """Each first row of a page without the tails of the row above, those back where they belong."""
    result: list[Item] = []
    for item in items:
        above_at = _above(result)
        if isinstance(item, Record) and item.ref and item.opens_page and above_at is not None:
            above = result[above_at]
            if isinstance(above, Record) and above.section == item.section and _was_cut(above, item):
                result[above_at], item = _take_back(above, item, topics)
        result.append(item)
    return tuple(result)


def _above(items: Sequence[Item]) -> int | None:
    """The record before, where no banner parts it from the next row (a page break inside a row has none)."""
    return len(items) - 1 if items and isinstance(items[-1], Record) else None


def _was_cut(above: Record, item: Record) -> bool:
    """Whether some cell of the row above goes on in this row: it waits and this begins, or this begins inside."""
    return any(_goes_on(above, item, key) for key in TEXT_FIELDS)


def _goes_on(above: Record, item: Record, key: str) -> bool:
    """Whether a cell shows that it begins with words of the row above: by its words, or as a progress that begins twice."""
    after = item.text(key)
    twice = key == "progress" and any(OPENER.match(after, way.at) for way in boundaries(after) if way.cost == 0)
    return _cut_in_words(above, item, key) or (twice and bool(above.text(key)))


def _cut_in_words(above: Record, item: Record, key: str) -> bool:
    """Whether the page break plainly cut a cell inside a sentence or a list."""
    before, after = above.text(key), item.text(key)
    if not after or not before:
        return False
    listing = BULLET.match(after) is not None and not ends_sentence(before)
    return is_open(before, after) or listing


def _take_back(above: Record, item: Record, topics: Topics) -> tuple[Record, Record]:
    """Both rows with each cell's tail moved up, and a flag on every cell that was moved or may have been.

    A cell that shows no tail loses words only where others plainly do and the words speak clearly for it; else it is
    flagged where a tail would fit as well as none.
    """
    shown = {key: _goes_on(above, item, key) for key in TEXT_FIELDS}
    plainly = sum(_cut_in_words(above, item, key) for key in TEXT_FIELDS) > 0
    for key, cut in _cuts(above, item, shown, topics).items():
        if cut.at and (shown[key] or (plainly and cut.margin >= _CLEAR)):
            tail, rest = item.get(key).cut(cut.at)
            above = above.put(key, above.get(key).joined(tail)).flagged(key, _moved(tail, item.ref))
            item = item.put(key, rest).flagged(key, _moved(tail, above.ref, away=True))
        elif cut.at or cut.margin < _SURE:
            item = item.flagged(key, _suspected(above.ref))
            above = above.flagged(key, _suspected_of(item.ref))
    return above, item


def _cuts(above: Record, item: Record, shown: dict[str, bool], topics: Topics) -> dict[str, _Cut]:
    """Where the tail of each cell above ends in the cell below; 0 where there is none.

    Which words are whose depends on the other cells' cuts, so they are sought in rounds, once from the first and once
    from the last place at which each cell might be cut; the rounds that end in the better fit count.
    """
    keys = [key for key in TEXT_FIELDS if item.text(key) and above.text(key)]
    ends = []
    for which in (0, -1):
        places = {key: [way.at for way in boundaries(item.text(key))] or [len(item.text(key))] for key in keys}
        found = {key: _Cut(places[key][which] if shown[key] else 0, 0.0, 0.0) for key in keys}
        for _ in range(_ROUNDS):
            found = {key: _tail(above, item, key, shown[key], found, topics) for key in keys}
        ends.append(found)
    return max(ends, key=lambda found: sum(cut.score for cut in found.values()))


def _tail(
    above: Record, item: Record, key: str, shown: bool, others: dict[str, _Cut], topics: Topics
) -> _Cut:
    """The best cut of one cell, given those of the others."""
    text, before = item.text(key), above.text(key)
    theirs, ours = set(_said(above)), set()
    for other in TEXT_FIELDS:
        if other != key and item.text(other):
            at = others[other].at if other in others else 0
            theirs |= set(stems(item.text(other)[:at]))
            ours |= set(stems(item.text(other)[at:]))
    phrases = " ".join(item.text(other) for other in TEXT_FIELDS if other != key)
    ways = [Boundary(0, 0.0), *boundaries(text), Boundary(len(text), _EMPTY)]
    scored = []
    for way in ways[1:] if shown else ways:
        score = _fit(way, text, before, frozenset(theirs), frozenset(ours), topics)
        score += _begins_anew(key, text[way.at :], phrases)
        scored.append((score - (_UNSEEN if way.at and not shown else 0.0), way.at))
    none = scored[0][0] if not shown else None
    (best, at), *rest = sorted(scored, key=lambda pair: -pair[0])
    rival = none if none is not None and at else max((score for score, _ in rest), default=best - _SURE)
    return _Cut(at, best, best - rival)


def _begins_anew(key: str, rest: str, phrases: str) -> float:
    """How much the words after a cut sound like a cell's first: a progress word, or the words that another cell has too."""
    first = " ".join(rest.split()[:3])
    said = bool(first) and rest[:1].isupper() and len(first.split()) == 3 and first in phrases
    return (_PHRASE if said else 0.0) + (_PHRASE if key == "progress" and OPENER.match(rest) else 0.0)


def _fit(way: Boundary, text: str, before: str, theirs: frozenset[str], ours: frozenset[str], topics: Topics) -> float:
    """How well a cut fits: each part should speak of its own row, end as texts end and begin as they begin."""
    head, rest = text[: way.at], text[way.at :]
    told = topics.shared(stems(head), theirs - ours) - topics.shared(stems(head), ours - theirs)
    told += topics.shared(stems(rest), ours - theirs) - topics.shared(stems(rest), theirs - ours)
    score = told * _SHARED - way.cost
    if way.at == 0 and ends_open(before):
        score -= _OPEN
    if head and ends_open(head):
        score -= _OPEN
    if rest and (starts_inside(rest) or (head and BULLET.match(rest))):
        score -= _OPEN
    return score


def _moved(tail: Passage, other: str, away: bool = False) -> Flag:
    if away:
        message = f"The words {_short(tail.raw)!r} at the front of this cell are read as the end of {other}."
    else:
        message = f"The words {_short(tail.raw)!r} are taken from the front of {other}'s cell, where the page break left them."
    return Flag("tail-moved", "reading", "warning", message, (tail.raw,))


def _suspected(ref: str) -> Flag:
    message = f"The row above, {ref}, was cut by a page break; this cell may begin with its words."
    return Flag("tail-suspected", "reading", "warning", message)


def _suspected_of(ref: str) -> Flag:
    message = f"This row was cut by a page break; the same cell of the next row, {ref}, may begin with its words."
    return Flag("tail-suspected", "reading", "warning", message)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:40]} … {text[-15:]}"


def _with_swallowed_out(items: Sequence[Item], topics: Topics) -> tuple[Item, ...]:
    """Rows that hold the next one too, taken apart: exactly one number is missing after them, and a date is doubled."""
    result: list[Item] = []
    for at, item in enumerate(items):
        after = next((r for r in items[at + 1 :] if isinstance(r, Record) and r.ref), None)
        gap = between(item.ref, after.ref) if isinstance(item, Record) and item.ref and after else ()
        if isinstance(item, Record) and len(gap) == 1 and _says_twice(item):
            result += _split(item, gap[0], topics)
        else:
            result.append(item)
    return tuple(result)


def _says_twice(record: Record) -> bool:
    """Whether a date cell holds two dates without a label, as two rows would leave them."""
    dates, _ = read_dates(" ".join(record.text("end").split()))
    plain = [date for date in dates if date.edtf and not date.label]
    return len(plain) == 2 and len(dates) == 2


def _split(record: Record, ref: str, topics: Topics) -> tuple[Record, Record]:
    """The record and the one that it swallowed: prose cut where its parts speak of the two actions best.

    What stands once and cannot be shared (a start, a lead, an amount) stays with the first; every cell is flagged.
    """
    cuts = _best_cuts(record, topics)
    first, second = record, replace(record, ref=ref, cells=(), opens_page=False, flags=())
    for key in dict(record.cells):
        flag = _parted(ref, record.ref)
        at = cuts.get(key, 0)
        if key == "end":
            at = _second_date(record.text("end"))
        if at and key != "ref":
            one, two = record.get(key).cut(at)
            first, second = first.put(key, one), second.put(key, two)
        if key != "ref":
            first = first.flagged(key, flag)
    for key in record.printed_keys:
        second = second.flagged(key, _parted(ref, record.ref))
    return first, second


def _second_date(text: str) -> int:
    """Where the second of two dates begins in a cell."""
    words = text.split()
    for count in range(1, len(words)):
        head, tail = " ".join(words[:count]), " ".join(words[count:])
        (one, _), (two, _) = read_dates(head), read_dates(tail)
        if len(one) == 1 and len(two) == 1 and one[0].edtf and two[0].edtf:
            return text.index(words[count], len(head) - 1)
    return 0


def _best_cuts(record: Record, topics: Topics) -> dict[str, int]:
    """For each prose cell where to cut it: the action where the other cells' halves then speak of its halves best."""
    prose = [key for key in TEXT_FIELDS if record.text(key)]
    best: tuple[float, dict[str, int]] = (-1.0, {})
    for way in boundaries(record.text("action")):
        text = record.text("action")
        one, two = frozenset(stems(text[: way.at])), frozenset(stems(text[way.at :]))
        total, cuts = -way.cost, {"action": way.at}
        for key in prose:
            if key == "action":
                continue
            ways = [*boundaries(record.text(key)), Boundary(len(record.text(key)), _EMPTY)]
            begins = [_begins_anew(key, record.text(key)[other.at :], "") for other in ways]
            fits = [_fit(other, record.text(key), "", one, two, topics) for other in ways]
            scored = [(fit + begin, other.at) for fit, begin, other in zip(fits, begins, ways, strict=True)]
            score, cuts[key] = max(scored, key=lambda pair: pair[0])
            total += score
        if total > best[0]:
            best = (total, cuts)
    return best[1]


def _parted(ref: str, first: str) -> Flag:
    message = f"The row printed as {first} also holds {ref}, whose ref is nowhere; where one ends and the other begins is a guess."
    return Flag("row-parted", "reading", "warning", message, (first, ref))
