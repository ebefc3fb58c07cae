"""The Plan put together: every passage in the one place that owns it, every flag as a finding on its row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from extract.model import Document
from normalise.actions import Place, Read, read_action
from normalise.close_calls import confirms
from normalise.corrections.applying import with_doubts_settled
from normalise.evidence import Evidence
from normalise.findings import finding, numbered, reviewed
from normalise.flow import Flow
from normalise.ledger import settle
from normalise.model import (
    FIELDS,
    KEY_OF_COLUMN,
    Column,
    Finding,
    Flag,
    Furniture,
    Group,
    OtherTable,
    Plan,
    Section,
    TextBlock,
    Tool,
    Unplaced,
)
from normalise.outline import Opening, Outline
from normalise.passage import Passage, concatenated
from normalise.people import Roster
from normalise.program import VERSION
from normalise.rows.model import Banner, Record
from normalise.rows.numbering import Seated, ids_of, missing_refs
from normalise.tables import Gathered


def assemble(
    document: Document,
    configuration: str,
    flow: Flow,
    outline: Outline,
    roster: Roster,
    evidence: Evidence,
    build: Gathered,
    seated: Seated,
) -> Plan:
    """Everything in its place."""
    ids = _section_ids(seated)
    sections = _sections(seated, outline.openings, ids)
    reads = tuple(_reads(seated, sections, evidence))
    paragraphs = tuple(
        TextBlock(told.prose.text, told.kind, _section_at(seated, told.section, ids), told.prose.passage.origins())
        for told in outline.paragraphs
    )
    furniture = [(one.kind, one.passage) for one in flow.furniture] + build.furniture
    places = _places(seated, outline, build)
    ledger, left = settle(document, places, (passage for _, passage in furniture))
    findings = numbered(
        (
            *_plan_findings(document, build, seated, left, reads, evidence),
            *(finding(flag, None, None, "people", ()) for flag in roster.flags),
            *_row_findings(reads, seated),
        )
    )
    return Plan(
        plan=outline.head,
        source=document.source,
        tool=Tool("actionplan", VERSION, configuration, document.engines),
        people=roster.people,
        columns=tuple(_columns(build, seated, ids)),
        sections=sections,
        actions=reviewed([read.action for read in reads], findings),
        findings=findings,
        paragraphs=paragraphs,
        tables=tuple(OtherTable(rows, whole.origins()) for rows, whole in build.tables),
        furniture=tuple(Furniture(passage.raw, kind, passage.origins()) for kind, passage in furniture),
        unplaced=tuple(Unplaced(passage.raw, passage.origins()) for passage in left),
        ledger=ledger,
    )


def _section_ids(seated: Seated) -> tuple[str, ...]:
    """The number of each section, else s1, s2 …; `~2` for a number's second use."""
    seen: Counter[str] = Counter()
    ids = []
    for at, place in enumerate(seated.seats, start=1):
        name = place.number or f"s{at}"
        seen[name] += 1
        ids.append(name if seen[name] == 1 else f"{name}~{seen[name]}")
    return tuple(ids)


def _section_at(seated: Seated, opening: int | None, ids: Sequence[str]) -> str | None:
    """The id of the section that an opening of the outline became."""
    return next((ids[n] for n, s in enumerate(seated.seats) if opening is not None and s.opening == opening), None)


def _sections(seated: Seated, openings: Sequence[Opening], ids: Sequence[str]) -> tuple[Section, ...]:
    sections = []
    for at, place in enumerate(seated.seats):
        banners = [item for item, where in seated.items if where == at and isinstance(item, Banner)]
        groups = tuple(Group(one.title, one.passage.raw, one.passage.origins()) for one in banners)
        if place.opening is None:
            sections.append(Section(ids[at], place.number, None, (), groups, ()))
            continue
        opening = openings[place.opening]
        heading = opening.heading
        printed = heading.prose.passage if heading else Passage()
        outcomes = tuple(" ".join(one.bare.split()) for one in opening.outcomes)
        whole = concatenated((printed, *(one.passage for one in opening.outcomes)))
        raws = tuple(one.text for one in opening.outcomes)
        title = heading.title if heading else None
        sections.append(Section(ids[at], place.number, title, outcomes, groups, whole.origins(), printed.raw, raws))
    return tuple(sections)


def _reads(seated: Seated, sections: Sequence[Section], evidence: Evidence) -> Iterator[Read]:
    """Every record as an action, under the last banner of its section."""
    banners: dict[int | None, Banner] = {}
    ids = ids_of([item for item, _ in seated.items])
    for (item, place), ident in zip(seated.items, ids, strict=True):
        if isinstance(item, Banner):
            banners[place] = item
            continue
        banner = banners.get(place)
        for flag in banner.flags if banner else ():
            item = item.flagged("group", flag) if flag.severity == "warning" else item
        if item.ref and ident != item.ref:
            message = f"The ref {item.ref} is used {ident.removeprefix(item.ref + '~')} times."
            item = item.flagged("ref", Flag("duplicate-ref", "document", "warning", message))
        elif not item.ref:
            message = "This row has no ref."
            item = item.flagged("ref", Flag("row-without-ref", "reading", "info", message))
        section = sections[place] if place is not None else None
        title = banner.title if banner else None
        yield read_action(item, Place(ident, section.id if section else None, title), evidence)


def _columns(build: Gathered, seated: Seated, ids: Sequence[str]) -> Iterator[Column]:
    for opening, layout in build.columns:
        section = _section_at(seated, opening, ids)
        for slot in layout.slots:
            if slot.header:
                name = slot.key if slot.key in FIELDS else None
                printed = " ".join(slot.passage.raw.split())  # with what spans it from the row above
                yield Column(name, printed, section, slot.passage.origins())


def _places(seated: Seated, outline: Outline, build: Gathered) -> Iterator[Passage]:
    """Every passage that a place of the plan owns, furniture apart."""
    for item, _ in seated.items:
        if isinstance(item, Banner):
            yield item.passage
        else:
            yield from (passage for _, passage in item.cells)
    for told in outline.paragraphs:
        yield told.prose.passage
    for opening in outline.openings:
        if opening.heading is not None:
            yield opening.heading.prose.passage
        yield from (outcome.passage for outcome in opening.outcomes)
    for _, layout in build.columns:
        yield from (slot.passage for slot in layout.slots)
    yield from (whole for _, whole in build.tables)


def _plan_findings(
    document: Document,
    build: Gathered,
    seated: Seated,
    left: Iterable[Passage],
    reads: Sequence[Read],
    evidence: Evidence,
) -> Iterator[Finding]:
    """What is to be said of the plan as a whole, and of what the reader met."""
    records = [item for item, _ in seated.items if isinstance(item, Record)]
    for remark in document.remarks:
        severity = remark.severity
        if remark.code == "ocr-unsure" and len(remark.candidates) == 2 and confirms(*remark.candidates, evidence):
            severity = "info"
        flag = Flag(remark.code, "reading", severity, remark.message, remark.candidates)
        at, name = _holder(records, remark.span) if remark.span else (None, None)
        holder = reads[at].action if at is not None else None
        if at is not None and name is not None:
            ((_, flag),) = with_doubts_settled([(name, flag)], reads[at].settled)
        origins = (remark.origin,) if remark.origin else ()
        yield finding(flag, holder.id if holder else None, holder.ref if holder else None, name, origins)
    for flag in build.flags:
        yield finding(flag, None, None, None, ())
    for lapsed in build.lapsed:
        yield finding(lapsed.flag, None, lapsed.ref, lapsed.field, ())
    for _, layout in build.columns:
        for name, flag in layout.flags:
            yield finding(flag, None, None, name, ())
    if not reads:
        flag = Flag("no-rows", "reading", "error", "Headers of a plan are printed, and no row was read under them.")
        yield finding(flag, None, None, None, build.columns[0][1].slots[0].passage.origins())
    for item, _ in seated.items:
        if isinstance(item, Banner):
            yield from (finding(flag, None, None, "group", item.passage.origins()) for flag in item.flags)
    yield from (finding(flag, None, None, "section", ()) for flag in seated.flags)
    for missing, _, flag in missing_refs(records):
        yield finding(flag, None, missing, "ref", ())
    for passage in left:
        flag = Flag("unplaced", "reading", "error", f"No place was found for {passage.raw!r}.")
        yield finding(flag, None, None, None, passage.origins())


def _holder(records: Sequence[Record], span: tuple[int, int]) -> tuple[int | None, str | None]:
    """Which record (0 …) and field hold a span of the source."""
    for at, record in enumerate(records):
        for key, passage in record.cells:
            if any(p.start <= span[0] < p.start + max(1, len(p.text)) for p in passage.pieces):
                return at, KEY_OF_COLUMN.get(key, key)
    return None, None


def _row_findings(reads: Sequence[Read], seated: Seated) -> Iterator[Finding]:
    """What is to be said of each row's fields."""
    for read in reads:
        cells = dict(read.action.cells)
        for name, flag in read.flags:
            column = "lead" if name == "leads" else name
            origins = cells[column].origins if column in cells else ()
            label = "extra" if name.startswith("extra.") else name
            yield finding(flag, read.action.id, read.action.ref, label, origins)
