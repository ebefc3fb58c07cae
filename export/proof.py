"""What a plan proves of itself: that its sums are right, its repairs replay, and its references lead somewhere.

Everything here is told from the plan alone, so that an auditor need not trust the program that made it. The three
guarantees of the contract stand behind it: nothing lost (`sums`), nothing silent (`replays`, `doubts`), nothing
invented (`replays`: no value without a cell that holds its text).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from extract.model import Document, count_characters
from normalise.model import TEXT_FIELDS, Action, CellRecord, Date, Lead, Plan


def problems(plan: Plan) -> tuple[str, ...]:
    """Every way in which the plan contradicts itself, one sentence each; () where it is sound."""
    return (*sums(plan), *identities(plan), *references(plan), *replays(plan), *values(plan), *doubts(plan))


def source_problems(plan: Plan, document: Document) -> tuple[str, ...]:
    """How the plan differs from its source, read again: the file's hash, then every character, each sort counted."""
    if document.source.sha256 != plan.source.sha256:
        return (f"source: the file's sha256 is {document.source.sha256}, the plan's {plan.source.sha256}",)
    printed = Counter("".join("".join(line.text.split()) for line in document.lines()))
    kept = Counter("".join("".join(text.split()) for text in owned(plan)))
    found = []
    if document.characters != plan.ledger.characters:
        found.append(f"ledger.characters: {plan.ledger.characters}, but the source holds {document.characters}")
    if lost := printed - kept:
        found.append(f"source: {lost.total()} characters are in no place: {_listed(lost)}")
    if added := kept - printed:
        found.append(f"source: {added.total()} characters of the plan are not in it: {_listed(added)}")
    return tuple(found)


def owned(plan: Plan) -> Iterator[str]:
    """Every text that stands for characters of the source; each character is in exactly one of them."""
    yield from _placed(plan)
    yield from (item.text for item in plan.furniture)
    yield from (item.text for item in plan.unplaced)


def _placed(plan: Plan) -> Iterator[str]:
    """The texts of cells, sections, columns, paragraphs and tables (`plan`, `people` and `group` own none)."""
    for action in plan.actions:
        yield from (record.raw for _, record in action.cells)
    for section in plan.sections:
        yield section.raw
        yield from section.outcomes_raw
        yield from (group.raw for group in section.groups)
    yield from (column.header for column in plan.columns)
    yield from (block.text for block in plan.paragraphs)
    yield from (cell for table in plan.tables for row in table.rows for cell in row)


def sums(plan: Plan) -> Iterator[str]:
    """Guarantee 1: the ledger is what its places add up to."""
    ledger = plan.ledger
    counted = {
        "placed": sum(map(count_characters, _placed(plan))),
        "furniture": sum(count_characters(item.text) for item in plan.furniture),
        "unplaced": sum(count_characters(item.text) for item in plan.unplaced),
    }
    for name, count in counted.items():
        if count != getattr(ledger, name):
            yield f"ledger.{name}: {getattr(ledger, name)}, but its places hold {count} characters"
    total = ledger.placed + ledger.furniture + ledger.unplaced
    if total != ledger.characters:
        yield f"ledger.characters: {ledger.characters}, but placed, furniture and unplaced make {total}"


def identities(plan: Plan) -> Iterator[str]:
    """Every id is used once."""
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
        for field, said in _said(action).items():
            if said != texts.get(field, ""):
                yield f"actions[{action.id}].{field}: it is not what its cell gives: {texts.get(field, '')!r}"
        for field, parts in _read_from(action).items():
            for part in parts:
                if _solid(part) not in _solid(texts.get(field, "")):
                    yield f"actions[{action.id}].{field}: {part!r} is not in its cell: {texts.get(field, '')!r}"
            for label in _labels(action, field):
                if not _stands_around(label, texts.get(field, "")):
                    yield f"actions[{action.id}].{field}: {label!r} is not in its cell: {texts.get(field, '')!r}"


def replayed(record: CellRecord) -> str:
    """The text that a cell's repairs make of its raw text; ValueError where one does not fit."""
    text = record.raw
    for number, repair in enumerate(record.repairs, 1):
        end = repair.at + len(repair.before)
        if repair.at > len(text):
            raise ValueError(f"repair {number} ({repair.rule}) begins after the end of the text")
        if text[repair.at : end] != repair.before:
            raise ValueError(f"repair {number} ({repair.rule}) finds {text[repair.at : end]!r}, not {repair.before!r}")
        if not _smallest(repair.before, repair.after):
            raise ValueError(f"repair {number} ({repair.rule}) is not the smallest span of its change")
        text = text[: repair.at] + repair.after + text[end:]
    return text


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
    return re.sub(r"\s+", "", text)


def _smallest(before: str, after: str) -> bool:
    """Whether a change touches no character that it leaves as it was, at either end."""
    return before != after and (not (before and after) or (before[0] != after[0] and before[-1] != after[-1]))


def _inferred(dates: Iterable[Date]) -> bool:
    return any(date.inferred for date in dates)


def _uncertain(lead: Lead) -> bool:
    return lead.basis == "context" or (lead.person is None and len(lead.candidates) > 1)


def _listed(characters: Counter[str]) -> str:
    """The commonest characters of a difference, with how often: 'e' 12, 't' 9 …"""
    shown = ", ".join(f"{character!r} {times}" for character, times in characters.most_common(8))
    return shown + (" …" if len(characters) > 8 else "")
