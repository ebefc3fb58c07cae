"""What a plan proves of itself: that its sums are right, its repairs replay, its values follow, its references lead.

Everything here is told from the plan alone, so that an auditor need not trust the file. The three guarantees of the
contract stand behind it: nothing lost (`sums`), nothing silent (`replays`, `doubts`, and `reread`: each value is what
its cell's text gives), nothing invented (`replays`: no value without a cell that holds its text; `invented`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from export.proof.against_source import source_problems as source_problems
from export.proof.by_hand import signed
from export.proof.places import Place, furnished, left_over, placed
from export.proof.printed_names import invented
from export.proof.replaying import replayed, unruly
from export.proof.rereading import reread
from extract.model import Origin, PageBox, PartParagraph, TableCell, TextCell, count_characters
from normalise.model import KEY_OF_COLUMN, TEXT_FIELDS, Action, Date, Lead, Plan
from normalise.program import VERSION

#: A page, table or line of the source, and how far down it.
Spot = tuple[int, float]
#: The id of an action without a ref, and what follows the ref in one that has it.
_PLAIN_ID, _SECOND_USE = re.compile(r"row-\d+|.+~\d+"), re.compile(r"(?:~\d+)?")


def problems(plan: Plan) -> tuple[str, ...]:
    """Every way in which the plan contradicts itself, one sentence each; () where it is sound."""
    told = [*sums(plan), *identities(plan), *references(plan), *replays(plan), *values(plan), *doubts(plan)]
    told += [*invented(plan), *disorder(plan), *signed(plan)]
    named = {sentence.partition(": ")[0] for sentence in told}
    again = tuple(sentence for place, sentence in reread(plan, _texts(plan)) if place not in named)
    return (*told, *(sentence + _of_another_version(plan) for sentence in again))


def _texts(plan: Plan) -> list[dict[str, str]]:
    """Each action's cells as repaired; where the repairs do not replay, as printed."""
    texts: list[dict[str, str]] = []
    for action in plan.actions:
        own: dict[str, str] = {}
        texts.append(own)
        for field, record in action.cells:
            try:
                own[field] = replayed(record)
            except ValueError:
                own[field] = record.raw
    return texts


def _of_another_version(plan: Plan) -> str:
    """What to say of a value that reads otherwise now, where the plan was made by another version of the rules."""
    if plan.tool.version == VERSION:
        return ""
    return f" (version {plan.tool.version} made the plan, this is {VERSION}: its rules may have changed)"


def sums(plan: Plan) -> Iterator[str]:
    """Guarantee 1: the ledger is what its places add up to."""
    ledger = plan.ledger
    counted = {
        "placed": _characters(placed(plan)),
        "furniture": _characters(furnished(plan)),
        "unplaced": _characters(left_over(plan)),
    }
    for name, count in counted.items():
        if count != getattr(ledger, name):
            yield f"ledger.{name}: {getattr(ledger, name)}, but its places hold {count} characters"
    total = ledger.placed + ledger.furniture + ledger.unplaced
    if total != ledger.characters:
        yield f"ledger.characters: {ledger.characters}, but placed, furniture and unplaced make {total}"


def _characters(places: Iterable[Place]) -> int:
    return sum(count_characters(place.text) for place in places)


def identities(plan: Plan) -> Iterator[str]:
    """Every id is used once, and an action's is its ref (`2.5~2` for a second use, `row-17` without one)."""
    kinds = {
        "people": [person.id for person in plan.people],
        "sections": [section.id for section in plan.sections],
        "actions": [action.id for action in plan.actions],
        "findings": [finding.id for finding in plan.findings],
    }
    for kind, ids in kinds.items():
        for identity, times in Counter(ids).items():
            if times > 1:
                yield f"{kind}: the id {identity!r} is used {times} times"
    for action in plan.actions:
        whole = action.ref is None or action.id.startswith(action.ref)
        rest = _PLAIN_ID if action.ref is None else _SECOND_USE
        if not (whole and rest.fullmatch(action.id, len(action.ref or ""))):
            yield f"actions[{action.id}].id: its ref is {action.ref!r}"


def references(plan: Plan) -> Iterator[str]:
    """Every id that is referred to exists."""
    people = {person.id for person in plan.people}
    groups = {section.id: {group.title for group in section.groups} for section in plan.sections}
    actions = {action.id for action in plan.actions}
    for action in plan.actions:
        if action.section is not None and action.section not in groups:
            yield f"actions[{action.id}].section: there is no section {action.section!r}"
        if action.group is not None and action.group not in groups.get(action.section or "", ()):
            yield f"actions[{action.id}].group: its section has no group {action.group!r}"
        named = {identity for lead in action.leads for identity in (lead.person, *lead.candidates) if identity}
        for identity in sorted(named - people):
            yield f"actions[{action.id}].leads: there is no person {identity!r}"
    sections = [(f"columns[{column.header}]", column.section) for column in plan.columns]
    sections += [(f"paragraphs[{block.text[:30]}]", block.section) for block in plan.paragraphs]
    yield from (
        f"{place}.section: there is no section {identity!r}"
        for place, identity in sections
        if identity is not None and identity not in groups
    )
    for finding in plan.findings:
        if finding.action is not None and finding.action not in actions:
            yield f"findings[{finding.id}].action: there is no action {finding.action!r}"


def replays(plan: Plan) -> Iterator[str]:
    """Guarantees 2 and 3: each cell's repairs replay on its raw text, and give what the action says."""
    for action in plan.actions:
        texts: dict[str, str] = {}
        for field, record in action.cells:
            try:
                texts[field] = replayed(record)
            except ValueError as error:
                yield f"actions[{action.id}].cells.{field}: {error}"
                texts[field] = record.raw
                continue
            yield from (f"actions[{action.id}].cells.{field}: {problem}" for problem in unruly(record))
        for field, said in _said(action).items():
            if said != texts.get(field, ""):
                yield f"actions[{action.id}].{field}: it is not what its cell gives: {texts.get(field, '')!r}"
        for field, parts in _read_from(action).items():
            for part in parts:
                if _solid(part) not in _solid(texts.get(field, "")):
                    key = KEY_OF_COLUMN.get(field, field)
                    yield f"actions[{action.id}].{key}: {part!r} is not in its cell: {texts.get(field, '')!r}"
            for label in _labels(action, field):
                if not _stands_around(label, texts.get(field, "")):
                    yield f"actions[{action.id}].{field}: {label!r} is not in its cell: {texts.get(field, '')!r}"


def values(plan: Plan) -> Iterator[str]:
    """A date has its days exactly where it is a date, in order; money its amount exactly where it states one."""
    for action in plan.actions:
        for field, dates in (("start", action.start), ("end", action.end)):
            for date in dates:
                days = (date.edtf, date.earliest, date.latest)
                dated = date.kind in ("date", "range")
                if any(day is not None for day in days) != dated or (dated and None in days):
                    yield f"actions[{action.id}].{field}: {date.text!r} is of kind {date.kind} and has the days {days}"
                elif date.earliest and date.latest and date.earliest > date.latest:
                    yield f"actions[{action.id}].{field}: {date.text!r} ends before it begins"
        if (action.resources.kind == "amount") != (action.resources.amount is not None):
            yield f"actions[{action.id}].resources: kind {action.resources.kind}, amount {action.resources.amount}"


def doubts(plan: Plan) -> Iterator[str]:
    """Guarantee 2: what was inferred, or fits several people, has a finding; `needs_review` follows from findings."""
    noted = {(finding.action, finding.field) for finding in plan.findings}
    doubtful = {f.action for f in plan.findings if f.about == "reading" and f.severity in ("warning", "error")}
    for action in plan.actions:
        if action.needs_review != (action.id in doubtful):
            yield f"actions[{action.id}].needs_review: {action.needs_review}, against its findings"
        silent = [field for field, dates in (("start", action.start), ("end", action.end)) if _inferred(dates)]
        silent += ["leads"] if any(map(_uncertain, action.leads)) else []
        for field in silent:
            if not noted & {(action.id, field), (action.id, "row")}:
                yield f"actions[{action.id}].{field}: something was inferred, and no finding says so"
    places = {origin for finding in plan.findings for origin in finding.origins}
    for item in plan.unplaced:
        if not places.issuperset(item.origins):
            yield f"unplaced: no finding tells of {item.text[:40]!r}"


def disorder(plan: Plan) -> Iterator[str]:
    """The actions are in reading order: none begins and ends before the place where the one above it begins."""
    spans = [(action.id, span) for action in plan.actions if (span := _span(action))]
    for (above, (begin, _)), (below, (_, end)) in pairwise(spans):
        if end < begin:
            yield f"actions[{below}]: it is printed before actions[{above}], which stands above it here"


def _span(action: Action) -> tuple[Spot, Spot] | None:
    """Where a row begins, and where it ends on that page (line, table row); None where its origins do not say."""
    spots = [spot for _, record in action.cells for origin in record.origins if (spot := _spot(origin))]
    if not spots:
        return None
    begin = min(top for top, _ in spots)
    return begin, max(bottom for _, bottom in spots if bottom[0] == begin[0])


def _spot(origin: Origin) -> tuple[Spot, Spot] | None:
    """The upper and the lower edge of a place, as what can be compared within one source."""
    match origin:
        case PageBox(page, (_, top, _, bottom)):
            return (page, top), (page, bottom)
        case TextCell(line, _):
            return (line, 0.0), (line, 0.0)
        case TableCell(table, row, _):
            return (table, float(row)), (table, float(row))
        case PartParagraph():
            return None


def _said(action: Action) -> dict[str, str]:
    """The fields that are their cell's text, by the cell's key."""
    said = {field: getattr(action, field) for field in TEXT_FIELDS}
    said["resources"] = action.resources.text
    said["status"] = "" if _shaded(action) else action.status_text or ""
    said |= {f"extra.{header}": text for header, text in action.extra}
    return said


def _shaded(action: Action) -> bool:
    """Whether a status is a cell's shading, which is no text of the cell: `[red]`."""
    return action.rag is not None and action.status_text == f"[{action.rag}]"


def _read_from(action: Action) -> dict[str, list[str]]:
    """The texts that must stand somewhere in a cell, by the cell's key."""
    dates = {"start": action.start, "end": action.end}
    found = {field: [date.text for date in cell] for field, cell in dates.items()}
    return {**found, "lead": [lead.text for lead in action.leads]}


def _labels(action: Action, field: str) -> list[str]:
    """The labels of a date cell: words beside a date, before it, after it or both (`Review in May by the board`)."""
    dates = {"start": action.start, "end": action.end}.get(field, ())
    return [date.label for date in dates if date.label]


def _stands_around(label: str, text: str) -> bool:
    """Whether the words of a label stand in a text in their order, others between them or not."""
    words = iter(re.findall(r"\w+", text))
    return all(word in words for word in re.findall(r"\w+", label))


def _solid(text: str) -> str:
    return "".join(text.split())


def _inferred(dates: Iterable[Date]) -> bool:
    return any(date.inferred for date in dates)


def _uncertain(lead: Lead) -> bool:
    return lead.basis == "context" or (lead.person is None and len(lead.candidates) > 1)
