"""A Document becomes a Plan: the chain of steps, and where each character of the source ends up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

from extract.model import Document, Paragraph, ReadError, Table
from normalise.actions import Place, Read, read_action
from normalise.columns import HeaderRow, Layout, find_header
from normalise.evidence import Evidence, script_of, words_of
from normalise.findings import finding, numbered, reviewed
from normalise.flow import Flow, Prose, flow_of
from normalise.ledger import settle
from normalise.model import (
    FIELDS,
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
from normalise.outline import Opening, Outline, outline_of
from normalise.passage import Passage, concatenated, passage_of
from normalise.people import Roster, read_roster
from normalise.repairs import repair
from normalise.rows.joining import join_continuations
from normalise.rows.model import Banner, Item, Record
from normalise.rows.numbering import Seated, missing_refs, seat, with_inferred_refs
from normalise.rows.parting import part_rows
from normalise.rows.strips import lay_out


class NoActionTable(ReadError):
    """A document without a table that reads as an action plan's."""


@dataclass(slots=True)
class _Build:
    """The places that are filled while the document is read."""

    evidence: Evidence
    items: list[Item] = field(default_factory=list)
    columns: list[tuple[int | None, Layout]] = field(default_factory=list)
    tables: list[tuple[tuple[tuple[str, ...], ...], Passage]] = field(default_factory=list)
    furniture: list[tuple[str, Passage]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def normalise(document: Document, configuration: str) -> Plan:
    """The plan that a document prints. Raises NoActionTable where it holds none, saying what was found instead.

    `configuration`: SHA-256 (hex) of whatever settings took part.
    """
    flow = flow_of(document)
    headers = _action_tables(flow)
    if not headers:
        raise _no_action_table(document)
    roster, person_items = _roster(flow, headers)
    outline = outline_of(flow.items, person_items, headers)
    evidence = _evidence(document, roster, outline)
    build = _Build(evidence)
    _read_tables(build, flow, outline, headers)
    items = join_continuations(build.items)
    items = with_inferred_refs(part_rows(items))
    seated = seat(items, outline.openings)
    return _assemble(document, configuration, flow, outline, roster, build, seated)


def _action_tables(flow: Flow) -> dict[int, HeaderRow | None]:
    """Index of each action table in the flow, with its header; None where it goes on under the header before it."""
    found: dict[int, HeaderRow | None] = {}
    layout: Layout | None = None
    for index, item in enumerate(flow.items):
        if not isinstance(item, Table):
            continue
        header = find_header(item)
        if header is not None:
            found[index], layout = header, header.layout
        elif layout is not None and _goes_on(item, layout):
            found[index] = None
    return found


def _goes_on(table: Table, layout: Layout) -> bool:
    """Whether a table without a header continues the last one: it has no more columns, and a grid has just as many."""
    grid = any(cell.span > 1 for row in table.rows for cell in row.cells) or table.page is not None
    if grid:
        return table.columns == layout.columns
    return table.columns <= layout.columns + 4 and table.columns >= min(3, layout.columns)


def _no_action_table(document: Document) -> NoActionTable:
    """What was found instead of an action table."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    paragraphs = sum(isinstance(block, Paragraph) for block in document.blocks)
    first = "; ".join(_first_row(table) for table in tables[:3])
    found = f"{len(tables)} table{'s' * (len(tables) != 1)} and {paragraphs} paragraph{'s' * (paragraphs != 1)} were read"
    opens = f"; the first tables open with: {first}" if tables else ""
    return NoActionTable(
        "No action table found",
        f"no table has headers that name an action and a lead, a date or the progress; {found}{opens}",
        "Check that this is the action plan itself and not the report that it answers",
    )


def _first_row(table: Table) -> str:
    texts = [" ".join(cell.text.split())[:30] for row in table.rows[:1] for cell in row.cells if cell.text]
    return " | ".join(texts[:6]) or "an empty row"


def _roster(flow: Flow, headers: dict[int, HeaderRow | None]) -> tuple[Roster, frozenset[int]]:
    """The people that the document names outside its action tables, and which items are a person's own line."""
    proses = [(index, item) for index, item in enumerate(flow.items) if isinstance(item, Prose)]
    passages = [(_tidy(item.bare), item.passage.origins()) for _, item in proses]
    tables = []
    for index, item in enumerate(flow.items):
        if isinstance(item, Table) and index not in headers:
            tables.append((_texts(item), _whole(item).origins()))
    roster = read_roster(passages, tables)
    return roster, frozenset(proses[used][0] for used in roster.used)


def _tidy(text: str) -> str:
    return repair(text, Evidence(), "paragraph")[0]


def _texts(table: Table) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell.text for cell in row.cells) for row in table.rows)


def _whole(table: Table) -> Passage:
    return concatenated(passage_of(cell.lines) for row in table.rows for cell in row.cells)


def _evidence(document: Document, roster: Roster, outline: Outline) -> Evidence:
    prose = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    cells = [c.text for block in document.blocks if isinstance(block, Table) for row in block.rows for c in row.cells]
    return Evidence(script_of((*prose, *cells)), words_of(prose, cells), roster.people, outline.head.published)


def _read_tables(build: _Build, flow: Flow, outline: Outline, headers: dict[int, HeaderRow | None]) -> None:
    """Every table's rows as items, other tables and repeated headers to their places."""
    by_table = {id(flow.items[index]): header for index, header in headers.items()}
    layout: Layout | None = None
    for placed in outline.placed:
        if isinstance(placed.content, Passage):
            build.items.append(Banner(" ".join(placed.content.raw.split()), placed.content, placed.section))
        elif id(placed.content) not in by_table:
            build.tables.append((_texts(placed.content), _whole(placed.content)))
        else:
            layout = _read_table(build, placed.content, by_table[id(placed.content)], layout, placed.section)


def _read_table(
    build: _Build, table: Table, header: HeaderRow | None, layout: Layout | None, section: int | None
) -> Layout:
    """One printed table: what stands above its header, the header, its rows."""
    skip: list[int] = []
    if header is not None:
        known = any(place == section and one.keys == header.layout.keys for place, one in build.columns)
        if known:
            build.furniture += [("header", slot.passage) for slot in header.layout.slots if slot.passage]
        else:
            build.columns.append((section, header.layout))
        layout = header.layout
        skip = list(range(header.at + header.rows))
        above = concatenated(passage_of(cell.lines) for row in table.rows[: header.at] for cell in row.cells)
        if above:
            rows = tuple(tuple(cell.text for cell in row.cells) for row in table.rows[: header.at])
            build.tables.append((rows, above))
    assert layout is not None  # the first action table has a header, or it would be none
    last = build.items[-1] if build.items and isinstance(build.items[-1], Record) else None
    laid = lay_out(table, skip, layout, section, last)
    build.items += laid.items
    build.furniture += [("header", passage) for passage in laid.headers]
    return layout


def _assemble(
    document: Document, configuration: str, flow: Flow, outline: Outline, roster: Roster, build: _Build, seated: Seated
) -> Plan:
    """Everything in its place."""
    ids = _section_ids(seated)
    sections = _sections(seated, outline.openings, ids)
    reads = tuple(_reads(seated, sections, build.evidence))
    paragraphs = tuple(
        TextBlock(told.prose.text, told.kind, _section_at(seated, told.section, ids), told.prose.passage.origins())
        for told in outline.paragraphs
    )
    furniture = [(one.kind, one.passage) for one in flow.furniture] + build.furniture
    places = _places(seated, outline, build)
    ledger, left = settle(document, places, (passage for _, passage in furniture))
    findings = numbered(
        (
            *_plan_findings(document, build, seated, left, reads),
            *(finding(flag, None, None, "people", ()) for flag in roster.flags),
            *_row_findings(reads, seated),
        )
    )
    return Plan(
        plan=outline.head,
        source=document.source,
        tool=Tool("actionplan", _version(), configuration, document.engines),
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


def _version() -> str:
    try:
        return version("actionplan")
    except PackageNotFoundError:
        return "0"


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
    seen: Counter[str] = Counter()
    banner: Banner | None = None
    where: int | None = None
    row = 0
    for item, place in seated.items:
        if place != where:
            banner, where = None, place
        if isinstance(item, Banner):
            banner = item
            continue
        for flag in banner.flags if banner else ():
            item = item.flagged("group", flag) if flag.severity == "warning" else item
        row += 1
        name = item.ref or f"row-{row}"
        seen[name] += 1
        if seen[name] > 1:
            message = f"The ref {name} is used {seen[name]} times."
            item = item.flagged("ref", Flag("duplicate-ref", "document", "warning", message))
        elif not item.ref:
            message = "This row has no ref."
            item = item.flagged("ref", Flag("row-without-ref", "reading", "info", message))
        section = sections[place] if place is not None else None
        ident = name if seen[name] == 1 else f"{name}~{seen[name]}"
        title = banner.title if banner else None
        yield read_action(item, Place(ident, section and section.id, section and section.title, title), evidence)


def _columns(build: _Build, seated: Seated, ids: Sequence[str]) -> Iterator[Column]:
    for opening, layout in build.columns:
        section = _section_at(seated, opening, ids)
        for slot in layout.slots:
            if slot.header:
                name = slot.key if slot.key in FIELDS else None
                yield Column(name, slot.header, section, slot.passage.origins())


def _places(seated: Seated, outline: Outline, build: _Build) -> Iterator[Passage]:
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
    document: Document, build: _Build, seated: Seated, left: Iterable[Passage], reads: Sequence[Read]
) -> Iterator[Finding]:
    """What is to be said of the plan as a whole, and of what the reader met."""
    records = [item for item, _ in seated.items if isinstance(item, Record)]
    for remark in document.remarks:
        flag = Flag(remark.code, "reading", remark.severity, remark.message, remark.candidates)
        record, name = _holder(records, remark.span)
        origins = (remark.origin,) if remark.origin else ()
        ident = next((r.action.id for r in reads if record and r.action.ref == record.ref), None)
        yield finding(flag, ident, record.ref if record else None, name, origins)
    for _, layout in build.columns:
        for name, flag in layout.flags:
            yield finding(flag, None, None, name, ())
    for item, _ in seated.items:
        if isinstance(item, Banner):
            yield from (finding(flag, None, None, "group", item.passage.origins()) for flag in item.flags)
    for ref, name, flag in seated.flags:
        yield finding(flag, ref, ref, name, ())
    for missing, _, flag in missing_refs(records):
        yield finding(flag, None, missing, "ref", ())
    for passage in left:
        flag = Flag("unplaced", "reading", "error", f"No place was found for {passage.raw!r}.")
        yield finding(flag, None, None, None, passage.origins())


def _holder(records: Sequence[Record], span: tuple[int, int] | None) -> tuple[Record | None, str | None]:
    """The record and the field that hold a span of the source."""
    for record in records if span else ():
        for key, passage in record.cells:
            if any(p.start <= span[0] < p.start + max(1, len(p.text)) for p in passage.pieces):
                return record, {"lead": "leads"}.get(key, key)
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
