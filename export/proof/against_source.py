"""A plan against its source, read again: the same file, every character once, and each text where it says it stands.

For a text that is the line and the tab-separated cell, for Word and workbooks the table's cell or the part's paragraph,
for a PDF or scan the boxes on the page, each the frame of just the lines in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from export.proof.places import Place, places
from export.proof.printed_names import folded, is_scan, names
from extract.model import Document, Line, Origin, PageBox, PartParagraph, TableCell, TextCell
from normalise.model import Plan

#: Boxes are rounded to a tenth of a point when they are written.
_ROUNDED = 0.15


def source_problems(plan: Plan, document: Document) -> tuple[str, ...]:
    """How the plan differs from its source: the file's hash, then every character, counted by sort, then each place."""
    if document.source.sha256 != plan.source.sha256:
        return (f"source: the file's sha256 is {document.source.sha256}, the plan's {plan.source.sha256}",)
    whole = tuple(places(plan))
    said, found = plan.source, document.source
    if (said.media_type, said.pages) != (found.media_type, found.pages):
        what = f"{found.media_type}, pages {found.pages}, the plan's {said.media_type}, pages {said.pages}"
        return (f"source: the file is {what}",)
    return (*_characters(plan, document, whole), *_displaced(plan, document, whole))


def _characters(plan: Plan, document: Document, whole: Sequence[Place]) -> Iterator[str]:
    """Guarantee 1, counted over all places at once."""
    printed = Counter(_solid("".join(line.text for line in document.lines())))
    kept = Counter(_solid("".join(place.text for place in whole)))
    if document.characters != plan.ledger.characters:
        yield f"ledger.characters: {plan.ledger.characters}, but the source holds {document.characters}"
    if lost := printed - kept:
        yield f"source: {lost.total()} characters are in no place: {_listed(lost)}"
    if added := kept - printed:
        yield f"source: {added.total()} characters of the plan are not in it: {_listed(added)}"


def _displaced(plan: Plan, document: Document, whole: Sequence[Place]) -> Iterator[str]:
    """Guarantee 1, place by place: each text is what its origins print, and no two texts are the same print."""
    page = _Print(tuple(document.lines()))
    held: dict[int, list[int]] = {}
    wrong: set[int] = set()
    for number, place in enumerate(whole):
        held[number], problem = _stands(place, page)
        if problem:
            wrong.add(number)
            yield f"{place.name}: {problem}"
    for together, lines in _clusters(held, len(page.lines)):
        if not wrong.intersection(together):
            yield from _shared([whole[number] for number in together], [page.lines[line] for line in lines])
    scanned = is_scan(plan)
    for person in plan.people:
        text = folded("".join(line.text for origin in person.origins for line in page.lines_at(origin)))
        if problem := next((told for origin in person.origins if (told := page.amiss(origin))), ""):
            yield f"people[{person.id}]: {problem}"
        elif person.origins and not names(text, person.name, scanned):
            yield f"people[{person.id}]: {person.name!r} is not printed at {'; '.join(map(where, person.origins))}"


class _Print:
    """What a source prints, by place."""

    def __init__(self, lines: tuple[Line, ...]) -> None:
        self.lines = lines
        self._exact: defaultdict[Origin, list[int]] = defaultdict(list)
        self._pages: defaultdict[int, list[int]] = defaultdict(list)
        for at, line in enumerate(lines):
            if isinstance(line.origin, PageBox):
                self._pages[line.origin.page].append(at)
            else:
                self._exact[line.origin].append(at)

    def at(self, origin: Origin) -> list[int]:
        """Which lines stand at a place; of a page those whose box lies in its box."""
        if isinstance(origin, PageBox):
            return [at for at in self._pages.get(origin.page, ()) if _within(self.lines[at].origin, origin)]
        return self._exact.get(origin, [])

    def amiss(self, origin: Origin) -> str:
        """What is wrong with a place, whatever it is said to print ("" where nothing is)."""
        lines = self.at(origin)
        if not lines:
            return f"nothing is printed at {where(origin)}"
        if isinstance(origin, PageBox) and not _frames(origin, [self.lines[at].origin for at in lines]):
            return f"{where(origin)} is not the frame of what is printed in it"
        return ""

    def lines_at(self, origin: Origin) -> list[Line]:
        """The lines themselves."""
        return [self.lines[at] for at in self.at(origin)]


def _stands(place: Place, page: _Print) -> tuple[list[int], str]:
    """The lines at a place's origins, in order, and what is wrong with the place ("" where nothing is)."""
    found: dict[int, None] = {}
    for origin in place.origins:
        if problem := page.amiss(origin):
            return list(found), problem
        found |= dict.fromkeys(page.at(origin))
    printed = [page.lines[at] for at in found]
    texts = [line.text for line in printed]
    for word in place.text.split():
        if not any(word in text for text in texts):
            there = " ".join("".join(texts).split())
            at = "; ".join(map(where, place.origins)) or "no place"
            return list(found), f"{word!r} is not printed at {at}, where {_short(there)!r} stands"
    return list(found), _unmarked(place, printed) or _needless(place, page)


def _unmarked(place: Place, printed: Sequence[Line]) -> str:
    """A number or bullet put in, or words left out as struck through, that the page does not show so."""
    for change in place.record.repairs if place.record else ():
        if change.rule == "automatic-number" and change.after.strip() not in {line.marker.strip() for line in printed}:
            return f"the page numbers nothing there as {change.after.strip()!r}"
        if change.rule == "struck-through" and not any(
            line.struck and _solid(change.before) in _solid(line.text) for line in printed
        ):
            return f"{change.before!r} is not struck through there"
    return ""


def _needless(place: Place, page: _Print) -> str:
    """An origin that a place has although others of its own print all of it."""
    if len(place.origins) < 2:
        return ""
    rest, spare = _solid(place.text), []
    for origin in place.origins:
        text = _solid("".join(page.lines[at].text for at in page.at(origin)))
        if text and rest.startswith(text):
            rest = rest[len(text) :]
        elif text:
            spare.append(origin)
    return f"none of it is printed at {where(spare[0])}" if spare and not rest else ""


def _clusters(held: dict[int, list[int]], lines: int) -> Iterator[tuple[list[int], list[int]]]:
    """Places that share lines, directly or through others, each cluster with its lines (and lone lines)."""
    leader = list(range(lines))

    def first(line: int) -> int:
        while leader[line] != line:
            leader[line] = leader[leader[line]]
            line = leader[line]
        return line

    for own in held.values():
        for one in own[1:]:
            leader[first(one)] = first(own[0])
    members: defaultdict[int, list[int]] = defaultdict(list)
    for number, own in held.items():
        if own:
            members[first(own[0])].append(number)
    printed: defaultdict[int, list[int]] = defaultdict(list)
    for line in range(lines):
        printed[first(line)].append(line)
    yield from ((members[at], found) for at, found in printed.items())


def _shared(together: Sequence[Place], lines: Sequence[Line]) -> Iterator[str]:
    """Whether the places of a cluster hold its lines, all and once; a single place in their order too."""
    printed = _solid("".join(line.text for line in lines))
    kept = _solid("".join(place.text for place in together))
    if printed == kept or (len(together) > 1 and Counter(printed) == Counter(kept)):
        return
    text, at = _short(" ".join("".join(line.text for line in lines).split())), where(lines[0].origin)
    if not together:
        yield f"source: {text!r} at {at} is in no place"
    elif len(together) == 1:
        yield f"{together[0].name}: {_short(together[0].text)!r}, but {text!r} is printed at {at}"
    else:
        names = ", ".join(place.name for place in together[:4]) + (" …" if len(together) > 4 else "")
        yield f"source: {text!r} at {at} is not in its places once and whole: {names}"


def where(origin: Origin) -> str:
    """A place of a source in words."""
    match origin:
        case PageBox(page, box):
            return f"page {page}, box [{', '.join(f'{edge:g}' for edge in box)}]"
        case TextCell(line, cell):
            return f"line {line}, cell {cell}"
        case TableCell(table, row, cell):
            return f"table {table}, row {row}, cell {cell}"
        case PartParagraph(part, paragraph):
            return f"{part}, paragraph {paragraph}"


def _within(inner: Origin, outer: PageBox) -> bool:
    if not isinstance(inner, PageBox):
        return False
    (a, b, c, d), (left, top, right, bottom) = inner.box, outer.box
    slack = _ROUNDED
    return a >= left - slack and b >= top - slack and c <= right + slack and d <= bottom + slack


def _frames(outer: PageBox, inner: Iterable[Origin]) -> bool:
    """Whether a box is no larger than what stands in it."""
    boxes = [origin.box for origin in inner if isinstance(origin, PageBox)]
    frame = (
        *(min(box[side] for box in boxes) for side in (0, 1)),
        *(max(box[side] for box in boxes) for side in (2, 3)),
    )
    return all(abs(one - two) <= _ROUNDED for one, two in zip(frame, outer.box, strict=True))


def _solid(text: str) -> str:
    return "".join(text.split())


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _listed(characters: Counter[str]) -> str:
    """The commonest characters of a difference, with how often: 'e' 12, 't' 9 …"""
    shown = ", ".join(f"{character!r} {times}" for character, times in characters.most_common(8))
    return shown + (" …" if len(characters) > 8 else "")
