"""`plan.xlsx`: a plan as a workbook for people: actions, people, findings, and what it was made from.

Dates and amounts are cells of their kind; all else is text, and nothing is ever a formula: a text that begins like one
has Excel's mark for quoted text, so that it stays text when it is edited. What a workbook can't hold is shown, never
dropped: a control character as an escape (`\\x0c`), a text beyond the limit of a cell whole on the sheet `Long texts`.
The same plan gives the same bytes. XlsxWriter is imported here alone, on use.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import count
from typing import Any

from msgspec import Struct

from export.frame import span
from export.plain_text import escaped
from export.tables import FORMULA_STARTS, joined, place
from normalise.model import Date, Finding, Plan, Severity

#: What Excel takes in a cell, in units of UTF-16.
CELL_LIMIT = 32_767
_CUT = " … [cut: whole on the sheet Long texts]"
_NOTE_LIMIT = 2_000
#: Excel counts the 29th of February 1900, and other programs do not: days before are texts.
_FIRST_DAY = date(1900, 3, 1)
#: A file made from the same plan has the same bytes, so no clock is read: the zip format's first day.
_MADE = datetime(1980, 1, 1)
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")

#: How high a line of text is, and the highest row there can be, in points; how many characters a page of A3 is wide.
_LINE, _HIGHEST, _PAGE = 15, 409, 260

#: How cells of a kind look.
_LOOKS: dict[str, dict[str, str]] = {
    "date": {"num_format": "d mmm yyyy", "align": "left"},
    "number": {"num_format": "#,##0.##"},
}
_FILLS: dict[Severity, str] = {"info": "#DDEBF7", "warning": "#FFE699", "error": "#F8CBAD"}
_SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")

Value = str | int | float | date | None
Library = Any  # XlsxWriter's objects


class Heading(Struct, frozen=True):
    """A column of a sheet: what stands over it, its width in characters, the field whose findings it shows."""

    text: str
    width: int
    field: str = ""


class Mark(Struct, frozen=True):
    """What the findings say of one cell: the worst severity, and a note for whoever points at it."""

    severity: Severity
    note: str


ACTIONS = (
    *(Heading("Id", 9, "row"), Heading("Ref", 9, "ref"), Heading("Section", 9, "section")),
    *(Heading("Section title", 24), Heading("Group", 24, "group"), Heading("Action", 55, "action")),
    *(Heading("Start as printed", 18, "start"), Heading("Start earliest", 13), Heading("Start latest", 13)),
    *(Heading("End as printed", 18, "end"), Heading("End earliest", 13), Heading("End latest", 13)),
    *(Heading("Lead as printed", 18, "leads"), Heading("Lead names", 26)),
    *(Heading("Resources", 18, "resources"), Heading("Amount in pounds", 13)),
    *(Heading("Measure", 45, "measure"), Heading("Impact", 45, "impact"), Heading("Progress", 55, "progress")),
    *(Heading("Status", 13, "status"), Heading("RAG", 9, "rag"), Heading("To review", 10)),
)
PEOPLE = (Heading("Id", 24), Heading("Name", 28), Heading("Role", 60), Heading("Initials", 14))
FINDINGS = (
    *(Heading("Id", 9), Heading("Severity", 11), Heading("About", 11), Heading("Code", 24), Heading("Action", 10)),
    *(Heading("Ref", 10), Heading("Field", 13), Heading("Message", 80), Heading("Candidates", 30)),
    Heading("Place", 18),
)
ABOUT = (Heading("What", 26), Heading("Value", 100))
LONG_TEXTS = (Heading("Sheet", 12), Heading("Row", 8), Heading("Column", 20), Heading("Part", 8), Heading("Text", 120))


def workbook_bytes(plan: Plan) -> bytes:
    """The workbook: sheets Actions, People, Findings, About, and Long texts where a text exceeds a cell."""
    from xlsxwriter import Workbook

    written = io.BytesIO()
    library = Workbook(written, {"in_memory": True})
    library.set_properties({"title": shown(plan.plan.title), "created": _MADE})
    book = _Book(library)
    book.sheet("Actions", _action_headings(plan), _action_rows(plan), _marks(plan), frozen=2)
    people = [(person.id, person.name, person.role, joined(person.initials)) for person in plan.people]
    book.sheet("People", PEOPLE, people)
    worst = {(row, 1): Mark(finding.severity, "") for row, finding in enumerate(plan.findings)}
    book.sheet("Findings", FINDINGS, map(_finding_row, plan.findings), worst)
    book.sheet("About", ABOUT, _about_rows(plan))
    if book.long:
        book.sheet("Long texts", LONG_TEXTS, tuple(book.long))
    library.close()
    return written.getvalue()


class _Book:
    """A workbook while it is written: its formats, each made once, and the texts that no cell can hold."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._formats: dict[tuple[str, Severity | None], Library] = {}
        self._header = library.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#D9D9D9"})
        self.long: list[tuple[Value, ...]] = []

    def sheet(
        self,
        name: str,
        headings: Sequence[Heading],
        rows: Iterable[Sequence[Value]],
        marks: dict[tuple[int, int], Mark] | None = None,
        frozen: int = 0,
    ) -> None:
        """One sheet: a frozen header with a filter, wrapped cells, coloured where there is a mark (row, column)."""
        sheet = self._library.add_worksheet(name)
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, heading.width)
            self._text(sheet, 0, column, heading.text, self._header)
        sheet.set_row(0, height([heading.text for heading in headings], headings))
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                mark = (marks or {}).get((last - 1, column))
                where = (name, last + 1, headings[column].text)
                self._cell(sheet, last, column, value, mark, where)
            sheet.set_row(last, height(row, headings))
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, last, len(headings) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.fit_to_pages(-(-sum(heading.width for heading in headings) // _PAGE), 0)
        sheet.repeat_rows(0)
        sheet.hide_gridlines(0)  # which is: print them
        if frozen:
            sheet.repeat_columns(0, frozen - 1)

    def _cell(
        self, sheet: Library, row: int, column: int, value: Value, mark: Mark | None, where: tuple[str, int, str]
    ) -> None:
        severity = mark.severity if mark else None
        if isinstance(value, date):
            sheet.write_datetime(row, column, value, self._format("date", severity))
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self._format("number", severity))
        elif value:
            text = self._fitting(shown(value), where)
            kind = "quoted" if text.startswith(FORMULA_STARTS) else "text"
            self._text(sheet, row, column, text, self._format(kind, severity))
        elif mark:
            sheet.write_blank(row, column, None, self._format("text", severity))
        if mark and mark.note:
            size = {"x_scale": 2.5, "y_scale": max(1.0, len(mark.note) / 200)}
            sheet.write_comment(row, column, mark.note, size)

    def _text(self, sheet: Library, row: int, column: int, text: str, form: Library) -> None:
        """A text cell; the library says with a number what it would not write, which would be a defect here."""
        if problem := sheet.write_string(row, column, text, form):
            raise ValueError(f"a text of {len(text)} characters was refused (code {problem})")

    def _format(self, kind: str, severity: Severity | None) -> Library:
        if (kind, severity) not in self._formats:
            look: dict[str, object] = {"valign": "top", "text_wrap": True}
            look |= _LOOKS.get(kind, {})
            look |= {"bg_color": _FILLS[severity]} if severity else {}
            made = self._library.add_format(look)
            if kind == "quoted":
                made.set_quote_prefix()
            self._formats[kind, severity] = made
        return self._formats[kind, severity]

    def _fitting(self, text: str, where: tuple[str, int, str]) -> str:
        """The text, or as much of it as a cell holds: then the whole goes to the sheet of long texts."""
        if units(text) <= CELL_LIMIT:
            return text
        self.long += [(*where, part, piece) for part, piece in enumerate(pieces(text, CELL_LIMIT), start=1)]
        return next(pieces(text, CELL_LIMIT - units(_CUT))) + _CUT


def height(row: Sequence[Value], headings: Sequence[Heading]) -> int:
    """How high a row must be for its texts to be seen, in points: Excel would find that out, and others do not.

    >>> height(["1.1", "Agree the programme\\nof visits"], [Heading("Ref", 9), Heading("Action", 12)])
    45
    """
    texts = (
        (str(value), heading.width) for value, heading in zip(row, headings, strict=True) if isinstance(value, str)
    )
    lines = max((sum(-(-len(line) // width) or 1 for line in text.split("\n")) for text, width in texts), default=1)
    return min(lines * _LINE, _HIGHEST)


def shown(text: str) -> str:
    r"""The text with escapes for what XML can't hold.

    >>> print(shown("page\x0cend"))
    page\x0cend
    """
    return _ILLEGAL.sub(lambda found: escaped(found[0]), text)


def units(text: str) -> int:
    """How long Excel takes a text to be: in units of UTF-16, of which rarer characters have two."""
    return len(text) + sum(character > "\uffff" for character in text)


def pieces(text: str, limit: int) -> Iterator[str]:
    """The text in pieces of at most `limit` units, which together are the text.

    >>> list(pieces("abcde", 2))
    ['ab', 'cd', 'e']
    """
    while text:
        end = min(limit, len(text))
        while units(text[:end]) > limit:
            end -= max(1, (units(text[:end]) - limit) // 2)
        yield text[:end]
        text = text[end:]


def _action_headings(plan: Plan) -> tuple[Heading, ...]:
    """The columns of every plan, then a column for each header that the contract has no name for."""
    return ACTIONS + tuple(Heading(shown(header), 24, f"extra.{header}") for header in _extras(plan))


def _extras(plan: Plan) -> tuple[str, ...]:
    return tuple(dict.fromkeys(header for action in plan.actions for header, _ in action.extra))


def _action_rows(plan: Plan) -> Iterator[tuple[Value, ...]]:
    titles = {section.id: section.title for section in plan.sections}
    names = {person.id: person.name for person in plan.people}
    extras = _extras(plan)
    for action in plan.actions:
        extra = dict(action.extra)
        yield (
            *(action.id, action.ref, action.section, titles.get(action.section or ""), action.group, action.action),
            *_dates(action.start),
            *_dates(action.end),
            joined(lead.text for lead in action.leads),
            joined(names.get(lead.person or "") for lead in action.leads),
            *(action.resources.text, action.resources.amount),
            *(action.measure, action.impact, action.progress, action.status, action.rag),
            "yes" if action.needs_review else "no",
            *(extra.get(header) for header in extras),
        )


def _dates(dates: tuple[Date, ...]) -> tuple[Value, ...]:
    """As printed, and the first and the last day that they can mean together."""
    return (joined(date.text for date in dates), *map(_day, span(dates)))


def _day(text: str | None) -> Value:
    """The day as a date; as text where no workbook, or no calendar, has it."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return text
    return day if day >= _FIRST_DAY else text


def _marks(plan: Plan) -> dict[tuple[int, int], Mark]:
    """(row, column) of each action's cell that a finding is about; one about no column is on the action's id."""
    rows = {action.id: row for row, action in enumerate(plan.actions)}
    columns = {heading.field: column for column, heading in enumerate(_action_headings(plan)) if heading.field}
    found: defaultdict[tuple[int, int], list[Finding]] = defaultdict(list)
    for finding in plan.findings:
        if finding.action in rows:
            found[rows[finding.action], columns.get(finding.field or "row", 0)].append(finding)
    return {at: _mark(findings) for at, findings in found.items()}


def _mark(findings: list[Finding]) -> Mark:
    note = "\n".join(f"{one.severity}: {_message(one)}" for one in findings)
    note = shown(note)
    if len(note) > _NOTE_LIMIT:
        note = note[:_NOTE_LIMIT] + " … (whole on the sheet Findings)"
    return Mark(max((one.severity for one in findings), key=_SEVERITIES.index), note)


def _message(finding: Finding) -> str:
    return f"{finding.message} [{joined(finding.candidates)}]" if finding.candidates else finding.message


def _finding_row(finding: Finding) -> tuple[Value, ...]:
    return (
        *(finding.id, finding.severity, finding.about, finding.code, finding.action, finding.ref, finding.field),
        *(finding.message, joined(finding.candidates), joined(dict.fromkeys(map(place, finding.origins)))),
    )


def _about_rows(plan: Plan) -> list[tuple[Value, Value]]:
    head, source, tool, ledger = plan.plan, plan.source, plan.tool, plan.ledger
    numbers = count(1)
    return [
        *(("Title", head.title), ("Organisation", head.organisation), ("Version", head.version)),
        *(("Published", head.published), ("Source", source.file), ("SHA-256 of the source", source.sha256)),
        *(("Media type", source.media_type), ("Pages", source.pages)),
        *(("Made by", f"{tool.name} {tool.version}"), ("Configuration", tool.configuration)),
        ("Engines", joined(f"{name} {version}" for name, version in tool.engines)),
        *(("Schema version", plan.schema_version), ("Characters in the source", ledger.characters)),
        *(("Characters placed", ledger.placed), ("Characters in furniture", ledger.furniture)),
        ("Characters unplaced", ledger.unplaced),
        *((f"Note {next(numbers)}", note) for note in _NOTES),
    ]


_NOTES = (
    "Several dates or leads of a cell are joined with a semicolon.",
    "Earliest and latest are the first and the last day that the printed dates can mean; a date that a later one "
    "revises is left out of them.",
    "A coloured cell has a finding, and a note that says it: blue for info, yellow for warning, red for error.",
    "Every value's place, raw text and repairs are in plan.json.",
)
