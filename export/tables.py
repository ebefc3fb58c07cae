"""The three CSV files: the flat form of a plan for those who work in spreadsheets and databases.

RFC 4180: commas, CRLF, a header row; UTF-8. Where an action has several dates or leads, they are joined with "; ", and
entry n of one column belongs to entry n of the others (an entry without a value is left empty; a column without any
value is empty). A cell that a spreadsheet would run as a formula gets a leading apostrophe, unless `exact`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from extract.model import Origin, PageBox, PartParagraph, TableCell, TextCell
from normalise.model import Action, Date, Finding, Person, Plan

ACTION_COLUMNS = (
    *("id", "ref", "section", "section_title", "group", "action"),
    *("start_text", "start_edtf", "start_earliest", "start_latest"),
    *("end_text", "end_edtf", "end_earliest", "end_latest"),
    *("lead_text", "lead_names", "resources_text", "resources_amount"),
    *("measure", "impact", "progress", "status", "rag", "needs_review"),
)
PERSON_COLUMNS = ("id", "name", "role", "initials")
FINDING_COLUMNS = ("id", "code", "about", "severity", "action", "ref", "field", "message", "candidates", "place")

#: What makes a spreadsheet run a cell (OWASP, CSV Injection): the full-width forms too, which some locales fold.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Value = str | int | float | bool | None


def actions_csv(plan: Plan, exact: bool = False) -> str:
    """`actions.csv`: one row an action, ACTION_COLUMNS."""
    titles = {section.id: section.title for section in plan.sections}
    names = {person.id: person.name for person in plan.people}
    return _csv(ACTION_COLUMNS, [action_row(action, titles, names) for action in plan.actions], exact)


def people_csv(plan: Plan, exact: bool = False) -> str:
    """`people.csv`: one row a person, PERSON_COLUMNS."""
    return _csv(PERSON_COLUMNS, map(_person_row, plan.people), exact)


def findings_csv(plan: Plan, exact: bool = False) -> str:
    """`findings.csv`: one row a finding, FINDING_COLUMNS; `place` says in words where to look."""
    return _csv(FINDING_COLUMNS, map(finding_row, plan.findings), exact)


def action_row(action: Action, titles: dict[str, str | None], names: dict[str, str]) -> tuple[Value, ...]:
    """One action in the order of ACTION_COLUMNS; `titles` of sections and `names` of people, each by id."""
    return (
        *(action.id, action.ref, action.section, titles.get(action.section or ""), action.group, action.action),
        *_dates(action.start),
        *_dates(action.end),
        joined(lead.text for lead in action.leads),
        joined(names.get(lead.person or "") for lead in action.leads),
        *(action.resources.text, action.resources.amount),
        *(action.measure, action.impact, action.progress, action.status, action.rag, action.needs_review),
    )


def joined(values: Iterable[str | None]) -> str:
    """The values with "; " between them, an empty one for None; nothing at all where none has a value.

    >>> joined(["2018-03", None]), joined([None, None])
    ('2018-03; ', '')
    """
    entries = [value or "" for value in values]
    return "; ".join(entries) if any(entries) else ""


def neutral(text: str) -> str:
    """The text so that no spreadsheet runs it: an apostrophe before what would begin a formula.

    >>> neutral("=1+1"), neutral("1+1")
    ("'=1+1", '1+1')
    """
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def place(origin: Origin) -> str:
    """Where something stands, in words: "page 3", "line 12", "table 1, row 4", "header1, paragraph 2"."""
    match origin:
        case PageBox(page, _):
            return f"page {page}"
        case TextCell(line, _):
            return f"line {line}"
        case TableCell(table, row, _):
            return f"table {table}, row {row}"
        case PartParagraph(part, paragraph):
            return f"{part}, paragraph {paragraph}"


def _dates(dates: tuple[Date, ...]) -> tuple[str, ...]:
    return (
        joined(date.text for date in dates),
        joined(date.edtf for date in dates),
        joined(date.earliest for date in dates),
        joined(date.latest for date in dates),
    )


def _person_row(person: Person) -> tuple[Value, ...]:
    return (person.id, person.name, person.role, joined(person.initials))


def finding_row(finding: Finding) -> tuple[Value, ...]:
    """One finding in the order of FINDING_COLUMNS."""
    return (
        *(finding.id, finding.code, finding.about, finding.severity, finding.action, finding.ref, finding.field),
        *(finding.message, joined(finding.candidates), joined(dict.fromkeys(map(place, finding.origins)))),
    )


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Value]], exact: bool) -> str:
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value, exact) for value in row] for row in rows)
    return written.getvalue()


def _cell(value: Value, exact: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    return text if exact else neutral(text)
