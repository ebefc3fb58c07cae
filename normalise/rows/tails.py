"""Tails of a row cut by the page break that a dump left at the front of the next row's cells, put back.

A dump cannot show that a tail had a row of its own. The first row of a page is asked of each cell whether it begins
with words of the row above; any other row only where its words leave no doubt. What is moved is flagged in both rows,
and so is what may have been left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from normalise.dates import read_dates
from normalise.flow import BULLET
from normalise.model import TEXT_FIELDS, Flag
from normalise.passage import Passage
from normalise.rows.fitting import EMPTY, begins_anew, fit
from normalise.rows.model import Item, Record
from normalise.rows.openness import ends_open, ends_sentence, is_open, starts_inside
from normalise.rows.segments import OPENER, Boundary, Topics, boundaries, said, stems
from normalise.rows.swallowed import swallowed_ref

#: What a cut must gain over none in a cell that shows no tail; how near a rival makes it doubtful; how many rounds.
_UNSEEN = 2.0
_SURE = 2.0
_SURE_IN_CUT_ROW = 4.5
_CLEAR = 2.0
_SETTLED = 3.0
_ROUNDS = 4
#: A column ends its sentences where so many cells are filled and this part of them do.
_CELLS, _MOST = 5, 0.8
#: A sentence of fewer words is a scrap.
_SCRAP = 4
_YEAR_THEN_MORE = re.compile(r"((?:19|20)\d\d)\s+(\S.*)", re.DOTALL)


class _Cut(Struct, frozen=True):
    """A cell cut in two: the offset, how well that fits, and by how much better than the next way (or than no cut)."""

    at: int
    score: float
    margin: float


def put_tails_back(items: Sequence[Item], topics: Topics) -> tuple[Item, ...]:
    """Each row without the tails of the row above it, those back where they belong.

    Where a banner stands between them, only words that leave no doubt are a tail: `chains that` over `are worn Train`.
    """
    result: list[Item] = []
    stopped = _stopped_columns([item for item in items if isinstance(item, Record)])
    for at, item in enumerate(items):
        last = next((place for place in range(len(result) - 1, -1, -1) if isinstance(result[place], Record)), None)
        above = result[last] if last is not None else None
        if not isinstance(item, Record) or not item.ref or last is None or not isinstance(above, Record):
            result.append(item)
            continue
        beside = last == len(result) - 1
        if above.section == item.section and _was_cut(above, item, beside):
            result[last], item = _take_back(above, item, topics, bool(swallowed_ref(items, at)), beside)
        elif above.section == item.section and beside:
            result[last], item = _suspect(*_take_back_years(above, item), stopped)
        result.append(item)
    return tuple(result)


def _stopped_columns(records: Sequence[Record]) -> frozenset[str]:
    """The columns whose cells nearly all end a sentence: there one that does not may have been cut."""
    ends = {key: [ends_sentence(text) for one in records if (text := one.text(key))] for key in TEXT_FIELDS}
    return frozenset(key for key, told in ends.items() if len(told) >= _CELLS and sum(told) >= _MOST * len(told))


def _suspect(above: Record, item: Record, stopped: frozenset[str]) -> tuple[Record, Record]:
    """Both rows with a flag on each cell that ends no sentence, as its column does, over one that opens with a scrap.

    `Publish it in plain` over `English. Offer every carer …`: no word shows the tail, but the missing stop does.
    """
    for key in stopped if item.opens_page else ():
        cut = above.text(key) and not ends_sentence(above.text(key))
        scraps = (len(item.text(key)[: way.at].split()) for way in boundaries(item.text(key)) if way.cost == 0)
        if cut and next(scraps, _SCRAP) < _SCRAP:
            above = above.flagged(key, _suspected_of(item.ref))
            item = item.flagged(key, _suspected(above.ref))
    return above, item


def _was_cut(above: Record, item: Record, beside: bool) -> bool:
    """Whether some cell of the row above goes on in this row; inside a page, only where two do or words wait.

    `beside`: whether nothing stands between the two rows.
    """
    if not beside:
        return bool(_cut_over_a_banner(above, item))
    if item.opens_page:
        return any(_goes_on(above, item, key) for key in TEXT_FIELDS)
    cut = [key for key in TEXT_FIELDS if _cut_in_words(above, item, key)]
    return len(cut) >= 2 or any(ends_open(above.text(key)) and starts_inside(item.text(key)) for key in cut)


def _goes_on(above: Record, item: Record, key: str) -> bool:
    """Whether a cell plainly begins with words of the row above: by its words, or as a progress that begins twice."""
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


def _cut_over_a_banner(above: Record, item: Record) -> list[str]:
    """The cells that go on below a banner: in a sentence, where words wait (`chains that` over `are worn`) or two do.

    Where a cell above opens with a small letter too (`agree a rota` over `train the watch`), that is how the plan
    writes. A bullet shows nothing; but where words wait in another cell, a list that stands open may go on (`Train all
    watches: • a first talk` over `• a card Clear the audits`).
    """
    texts = {key: (above.text(key), item.text(key)) for key in TEXT_FIELDS if above.text(key)}
    listed = [key for key, (_, after) in texts.items() if BULLET.match(after)]
    inside = [key for key, (before, after) in texts.items() if starts_inside(after) and is_open(before, after)]
    inside = [key for key in inside if key not in listed and not starts_inside(texts[key][0])]
    if any(ends_open(texts[key][0]) for key in inside):
        lists = [key for key in listed if any(map(BULLET.match, _parts(texts[key][0])))]
        return inside + [key for key in lists if not ends_sentence(texts[key][0])]
    return inside if len(inside) > 1 else []


def _leaves_a_cell(text: str, at: int) -> bool:
    """Whether a cut below a banner leaves the row a cell of its own: not nothing, and not the half of a list."""
    rest = text[at:].strip()
    return bool(rest) and not (BULLET.match(text) and BULLET.match(rest))


def _take_back(above: Record, item: Record, topics: Topics, swallows: bool, beside: bool) -> tuple[Record, Record]:
    """Both rows with each cell's tail moved up, and a flag on every cell that was moved or may have been.

    A cell that shows no tail loses words only where others plainly do and the words speak clearly for it; else it is
    flagged where a tail would fit as well as none. Over a banner (not `beside`) it loses none, and no cell loses all.
    """
    goes_on = _cut_in_words if swallows else _goes_on
    over = _cut_over_a_banner(above, item)
    shown = {key: goes_on(above, item, key) if beside else key in over for key in TEXT_FIELDS}
    plainly = sum(_cut_in_words(above, item, key) for key in TEXT_FIELDS) > 0
    for key in ("start", "end"):
        above, item = _take_back_date(above, item, key, swallows)
    printed = item.text("progress")
    for key, cut in _cuts(above, item, shown, topics, swallows).items():
        sure = shown[key] or (plainly and beside and cut.margin >= _CLEAR)
        if cut.at and sure and (beside or _leaves_a_cell(item.text(key), cut.at)):
            tail, rest = item.get(key).cut(cut.at)
            settled = key != "progress" and starts_inside(tail.raw) and cut.margin >= _SETTLED
            above = above.put(key, above.get(key).joined(tail)).flagged(key, _moved(tail, item.ref, settled=settled))
            item = item.put(key, rest).flagged(key, _moved(tail, above.ref, away=True, settled=settled))
        elif cut.at or cut.margin <= (_SURE_IN_CUT_ROW if plainly else _SURE):
            item = item.flagged(key, _suspected(above.ref))
            above = above.flagged(key, _suspected_of(item.ref))
    return above, _with_doubtful_status(item, printed)


def _with_doubtful_status(item: Record, printed: str) -> Record:
    """The row with a flag on its status where that is read from a progress whose beginning is a guess."""
    codes = {flag.code for field, flag in item.flags if field == "progress" and flag.severity == "warning"}
    moved, suspected = "tail-moved" in codes, "tail-suspected" in codes
    if not item.text("status") and (moved or (suspected and any(map(OPENER.match, _parts(printed))))):
        return item.flagged("status", _doubtful_status())
    return item


def _parts(text: str) -> list[str]:
    return [text, *(text[way.at :] for way in boundaries(text))]


def _doubtful_status() -> Flag:
    message = "The status is read from how the progress begins, and where it begins is a guess."
    return Flag("status-doubtful", "reading", "warning", message)


def _take_back_date(above: Record, item: Record, key: str, swallows: bool) -> tuple[Record, Record]:
    """Both rows with the rest of a date moved up: `Autumn Term` over `2022 Apr 23` are Autumn Term 2022 and Apr 23.

    A second date may belong to either row, and is flagged in both, unless this row also holds the next (`swallows`).
    """
    before, text = above.text(key), item.text(key)
    if not before or not text:
        return above, item
    for word in [] if _is_whole(before) else list(re.finditer(r"\S+", text))[1:]:
        head, rest = text[: word.start()], text[word.start() :]
        if _is_whole(f"{before} {head}") and _is_whole(rest):
            tail, own = item.get(key).cut(word.start())
            above = above.put(key, above.get(key).joined(tail)).flagged(key, _moved(tail, item.ref))
            return above, item.put(key, own).flagged(key, _moved(tail, above.ref, away=True))
    if _is_whole(before) and (swallows or _dates_are_its_own(item, key)):
        return above, item
    return above.flagged(key, _suspected_of(item.ref)), item.flagged(key, _suspected(above.ref))


def _take_back_years(above: Record, item: Record) -> tuple[Record, Record]:
    """Both rows where only a date was cut, and plainly: one without its year over a bare year and another date."""
    for key in ("start", "end"):
        year = _YEAR_THEN_MORE.match(item.text(key))
        before = above.text(key)
        if year and before and not _is_whole(before) and _is_whole(f"{before} {year[1]}") and _is_whole(year[2]):
            above, item = _take_back_date(above, item, key, swallows=False)
    return above, item


def _dates_are_its_own(item: Record, key: str) -> bool:
    """Whether a cell's dates are plainly one row's: a single one, a label that counts from 1, a date for each lead."""
    dates, _ = read_dates(" ".join(item.text(key).split()))
    numbers = [int(found.group()) for date in dates if (found := re.search(r"\d+$", date.label or ""))]
    leads = re.findall(r"\b[A-Z]{2,3}(?:-[A-Z])?\b", item.text("lead"))
    return len(dates) < 2 or numbers[:1] == [1] or (not numbers and len(leads) == len(dates))


def _is_whole(text: str) -> bool:
    """Whether every part of a date cell can be read, its year included."""
    dates, flags = read_dates(" ".join(text.split()))
    return all(date.kind != "text" for date in dates) and not any(flag.severity == "warning" for flag in flags)


def _cuts(above: Record, item: Record, shown: dict[str, bool], topics: Topics, swallows: bool) -> dict[str, _Cut]:
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
            found = {key: _tail(above, item, key, shown[key], found, topics, swallows) for key in keys}
        ends.append(found)
    return max(ends, key=lambda found: sum(cut.score for cut in found.values()))


def _tail(
    above: Record, item: Record, key: str, shown: bool, others: dict[str, _Cut], topics: Topics, swallows: bool
) -> _Cut:
    """The best cut of one cell, given those of the others.

    In a row that `swallows` the next, a progress word in the middle is where that one's progress begins.
    """
    text, before = item.text(key), above.text(key)
    theirs, ours = set(said(above)), set()
    for other in TEXT_FIELDS:
        if other != key and item.text(other):
            at = others[other].at if other in others else 0
            theirs |= set(stems(item.text(other)[:at]))
            ours |= set(stems(item.text(other)[at:]))
    phrases = " ".join(item.text(other) for other in TEXT_FIELDS if other != key)
    ways = [Boundary(0, 0.0), *boundaries(text), Boundary(len(text), EMPTY)]
    scored = []
    only_theirs, only_ours = frozenset(theirs - ours), frozenset(ours - theirs)
    for way in ways[1:] if shown else ways:
        score = fit(way, text, before, only_theirs, only_ours, topics)
        score += begins_anew("" if swallows else key, text[way.at :], phrases)
        scored.append((score - (_UNSEEN if way.at and not shown else 0.0), way.at))
    none = scored[0][0] if not shown else None
    (best, at), *rest = sorted(scored, key=lambda pair: -pair[0])
    rival = none if none is not None and at else max((score for score, _ in rest), default=best - _SURE)
    return _Cut(at, best, best - rival)


def _moved(tail: Passage, other: str, away: bool = False, settled: bool = False) -> Flag:
    """What to tell of a tail that was moved up: settled where it begins inside a sentence and no other cut is near."""
    if away:
        message = f"The words {_short(tail.raw)!r} at the front of this cell are read as the end of {other}."
    else:
        said = _short(tail.raw)
        message = f"The words {said!r} are taken from the front of {other}'s cell, where the page break left them."
    return Flag("tail-moved", "reading", "info" if settled else "warning", message, (tail.raw,))


def _suspected(ref: str) -> Flag:
    message = f"The row above, {ref}, was cut by a page break; this cell may begin with its words."
    return Flag("tail-suspected", "reading", "warning", message)


def _suspected_of(ref: str) -> Flag:
    message = f"This row was cut by a page break; the same cell of the next row, {ref}, may begin with its words."
    return Flag("tail-suspected", "reading", "warning", message)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:40]} … {text[-15:]}"
