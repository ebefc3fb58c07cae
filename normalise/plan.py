"""A Document becomes a Plan: the chain of steps, each in a module of its own."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from extract.model import Document, Paragraph, ReadError, Table
from normalise.assembling import assemble
from normalise.columns import HeaderRow
from normalise.corrections.decided import Corrections, combined, with_all_pins
from normalise.corrections.placing import with_corrections
from normalise.evidence import Evidence, script_of, words_of
from normalise.flow import Flow, Prose, flow_of
from normalise.lead_columns import with_lead_columns
from normalise.legend import legend_of
from normalise.model import Flag, Plan, Severity
from normalise.outline import Outline, outline_of
from normalise.people import Roster, people_in_table, read_roster
from normalise.pinned import NOTHING_PINNED, PINNABLE, PinnedColumns, unused
from normalise.repairs import repair
from normalise.rows.broken_refs import with_broken_refs_whole
from normalise.rows.joining import join_continuations
from normalise.rows.numbering import seat, with_inferred_refs, with_odd_refs_told
from normalise.rows.openings import with_sections_of_banners
from normalise.rows.parting import part_rows
from normalise.run_on_headers import with_run_on_headers_apart
from normalise.suggesting import suggested_layout
from normalise.tables import find_action_tables, read_tables, texts_of, whole_of, with_openings_apart


class NoActionTable(ReadError):
    """A document without a table that reads as an action plan's; a layout file that might help is a note on it."""


class _Laid(Struct, frozen=True):
    """A document as its headers lay it out."""

    flow: Flow
    headers: dict[int, HeaderRow | None]
    roster: Roster
    outline: Outline


def normalise(
    document: Document,
    configuration: str,
    pinned: PinnedColumns = NOTHING_PINNED,
    corrections: Sequence[Corrections] = (),
) -> Plan:
    """The plan that a document prints. Raises NoActionTable where it holds none, saying what was found instead.

    `configuration`: SHA-256 (hex) of whatever settings took part. `pinned`: the printed headers that the user says the
    field of. `corrections`: what reviewers decided by hand, the most special last.
    """
    by_hand = combined(corrections)
    laid = _laid_out(document, pins := with_all_pins((pinned, by_hand.columns)))
    title = laid.outline.head.title
    if others := [one for one in corrections if not one.fits(title)]:
        by_hand = combined([one for one in corrections if one.fits(title)])
        if pins != (fitting := with_all_pins((pinned, by_hand.columns))):
            laid = _laid_out(document, pins := fitting)
    flow, outline = laid.flow, laid.outline
    tables = [one for at, one in enumerate(flow.items) if isinstance(one, Table) and at not in laid.headers]
    evidence = _evidence(document, laid.roster, outline, tables)
    build = read_tables(flow, outline, laid.headers)
    build.flags += (*_unused_pins(laid.headers, pins), *(_passed_over(one, title) for one in others))
    items = join_continuations(with_broken_refs_whole(build.items))
    items = with_odd_refs_told(with_inferred_refs(part_rows(items)))
    items, build.lapsed = with_corrections(items, by_hand)
    opened = with_sections_of_banners(items, outline.openings)
    build.furniture += [("header", passage) for passage in opened.again]
    outline = replace(outline, openings=opened.openings)
    seated = seat(opened.items, outline.openings)
    seated = replace(seated, flags=(*opened.flags, *seated.flags))
    return assemble(document, configuration, flow, outline, laid.roster, evidence, build, seated)


def _laid_out(document: Document, pinned: PinnedColumns) -> _Laid:
    """The document with its action tables found, and what stands outside them. Raises NoActionTable."""
    flow = with_openings_apart(with_run_on_headers_apart(flow_of(document)), pinned)
    headers = find_action_tables(flow, pinned)
    if not headers:
        raise _no_action_table(document, pinned)
    roster, person_items = _roster(flow, headers, document.close_calls)
    headers = with_lead_columns(flow, headers, roster.people)

    def is_roster(index: int) -> bool:
        item = flow.items[index]
        return isinstance(item, Table) and bool(people_in_table(texts_of(item), ()))

    return _Laid(flow, headers, roster, outline_of(flow.items, person_items, headers, is_roster))


def _passed_over(corrections: Corrections, title: str) -> Flag:
    """A flag on corrections that say that they are for another plan."""
    message = f"Corrections for {corrections.title!r} are passed over: this plan's title is {title!r}."
    severity: Severity = "warning" if corrections.own else "info"
    return Flag("corrections-for-another-plan", "reading", severity, message)


def _unused_pins(headers: dict[int, HeaderRow | None], pinned: PinnedColumns) -> tuple[Flag, ...]:
    """A flag for each pinned header that no action table has."""
    slots = [slot for header in headers.values() if header for slot in header.layout.slots if slot.header]
    free = dict.fromkeys(slot.header for slot in slots if not slot.pin)
    return unused(pinned, [slot.pin for slot in slots if slot.pin], tuple(free))


def _no_action_table(document: Document, pinned: PinnedColumns) -> NoActionTable:
    """What was found instead of an action table, and the layout file that might help."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    paragraphs = sum(isinstance(block, Paragraph) for block in document.blocks)
    first = "; ".join(_first_row(table) for table in tables[:3])
    found = (
        f"{len(tables)} table{'s' * (len(tables) != 1)} and {paragraphs} paragraph{'s' * (paragraphs != 1)} were read"
    )
    opens = f"; the first tables open with: {first}" if tables else ""
    wanted = "headers that name an action and a lead, a date or the progress"
    wanted = f"the header that the layout pins as the action, or {wanted}" if pinned else wanted
    layout = suggested_layout(tables)
    error = NoActionTable(
        "No action table found",
        f"no table has {wanted}; {found}{opens}",
        "Check that this is the action plan itself and not the report that it answers"
        + ("; if it is, say in a layout file which header is which field" if layout else ""),
    )
    if layout:
        fields = f"The fields are {', '.join(PINNABLE)} (a column that is none of them)."
        error.add_note(f"A layout file for it, to put right and give with --layout FILE.toml. {fields}\n\n{layout}\n")
    return error


def _first_row(table: Table) -> str:
    texts = [" ".join(cell.text.split())[:30] for row in table.rows[:1] for cell in row.cells if cell.text]
    return " | ".join(texts[:6]) or "an empty row"


def _roster(
    flow: Flow, headers: dict[int, HeaderRow | None], close_calls: tuple[tuple[str, str], ...]
) -> tuple[Roster, frozenset[int]]:
    """The people that the document names outside its action tables, and which items are a person's own line."""
    proses = [(index, item) for index, item in enumerate(flow.items) if isinstance(item, Prose)]
    evidence = Evidence(close_calls=close_calls)
    passages = [(_tidy(item.bare, evidence), item.passage.origins()) for _, item in proses]
    tables = []
    for index, item in enumerate(flow.items):
        if isinstance(item, Table) and index not in headers:
            tables.append((texts_of(item), whole_of(item).origins()))
    roster = read_roster(passages, tables)
    return roster, frozenset(proses[used][0] for used in roster.used)


def _tidy(text: str, evidence: Evidence) -> str:
    return repair(text, evidence, "paragraph")[0]


def _evidence(document: Document, roster: Roster, outline: Outline, others: Sequence[Table]) -> Evidence:
    """What the document says of itself. `others`: its tables that are no action tables."""
    prose = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    cells = [c.text for block in document.blocks if isinstance(block, Table) for row in block.rows for c in row.cells]
    words = words_of(prose, cells)
    legend = legend_of(prose, map(texts_of, others))
    script, published = script_of((*prose, *cells)), outline.head.published
    return Evidence(script, words, roster.people, published, document.close_calls, legend)
