"""What must hold of each pure step, for any text and any document: it answers, and its answer keeps the promise."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterator
from random import Random

from actionplan.door import configuration
from compare.comparing import compare
from compare.history import history
from compare.model import Diff
from export.diff import as_json as diff_json
from export.diff import as_markdown as diff_markdown
from export.diff import as_page as diff_page
from export.diff import as_text as diff_text
from export.formats import KNOWN, chosen, files_of
from export.history import as_csv as history_csv
from export.history import as_json as history_json
from export.history import as_page as history_page
from export.history import as_text as history_text
from export.plain_text import plain
from export.plan_json import from_json, to_json
from export.proof.proving import problems, source_problems
from export.stitched_tables import tables_csv, tables_json
from export.tables import neutral
from export.validation import schema_problems
from extract.model import Document, PageBox
from extract.number_format import displayed
from fuzz.documents import document
from normalise.dates import looks_like_date, read_dates, read_published, read_row_dates
from normalise.evidence import Evidence, script_of, words_of
from normalise.model import Person, Plan
from normalise.money import read_resources
from normalise.people import looks_like_lead, read_entries, read_roster
from normalise.plan import NoActionTable, normalise
from normalise.refs import between, follows, is_ref, leading_number, steps, tidy_ref
from normalise.repairs import repair, replay
from normalise.status import read_status
from normalise.stitched import stitched
from normalise.vocabulary import fields_for, key

HERE = (PageBox(1, (0.0, 0.0, 9.0, 9.0)),)
PEOPLE = (
    Person("ada-lowe", "Ada Lowe", "Director of Care", ("AL",), HERE),
    Person("ben-moss", "Ben Moss", "Head of Schools", ("BM",), HERE),
    Person("ann-lind", "Ann Lind", None, ("AL", "A.L."), HERE),
)
FIELDS = ("ref", "action", "start", "end", "lead", "resources", "measure", "progress", "status", "group", "extra.Ward")
#: What a spreadsheet takes for the beginning of a formula.
_RUN = tuple("=+-@\t\r")


def dates(text: str) -> Iterator[str]:
    """A date has days exactly where it is one, in order; every digit of the cell is in an entry."""
    read_published(text)
    looks_like_date(text)
    one = read_row_dates(text, "", None)
    other = read_row_dates("Jul 17", text, "2024-10")
    for entry in (*read_dates(text)[0], *one.start, *other.end):
        days = (entry.edtf, entry.earliest, entry.latest)
        if any(day is None for day in days) != (entry.kind not in ("date", "range")):
            yield f"{entry.kind} has the days {days}"
        elif entry.earliest and entry.latest and entry.earliest > entry.latest:
            yield f"{entry.text!r} ends before it begins"
    kept = "".join((entry.label or "") + entry.text for entry in one.start)
    if sorted(filter(str.isalnum, kept)) != sorted(filter(str.isalnum, text)):
        yield f"{text!r} is not what its entries hold: {kept!r}"


def money(text: str) -> Iterator[str]:
    """An amount where the kind says so, finite; the text as it is."""
    for header in ("", "Budget (£)", "Cost £000", text):
        found, _ = read_resources(text, header)
        if (found.kind == "amount") != (found.amount is not None) or found.text != text:
            yield f"{found!r}"
        elif found.amount is not None and not 0 <= found.amount <= 10**15:
            yield f"an amount of {found.amount}"


def leads(text: str) -> Iterator[str]:
    """Each lead's person is on the roster, and its text stands in the cell."""
    looks_like_lead(text, PEOPLE)
    ids, solid = {person.id for person in PEOPLE}, "".join(text.split())
    for people in ((), PEOPLE):
        for lead, _ in read_entries(text, people, context=text):
            if not {lead.person, *lead.candidates} <= {None, *ids} or "".join(lead.text.split()) not in solid:
                yield f"{lead!r}"


def roster(text: str) -> Iterator[str]:
    """Nobody without a name, and no two people with one id."""
    rows = ((text, "Director"), ("Name", "Role"), (text, text))
    found = read_roster([(text, HERE), (text + "\n" + text, HERE)], [(rows, HERE)])
    ids = [person.id for person in found.people]
    if len(ids) != len(set(ids)) or not all(person.name.strip() for person in found.people):
        yield f"{found.people!r}"


def status(text: str) -> Iterator[str]:
    """One of the contract's statuses."""
    for cell, fill in ((text, None), (None, None), ("", "#ff0000"), (text, text)):
        if read_status(cell, text, fill).status not in (
            "complete",
            "in_progress",
            "off_track",
            "not_started",
            "unknown",
        ):
            yield f"no status: {text!r}"


def repairs(text: str) -> Iterator[str]:
    """Replayed they give the text; made again they change nothing."""
    calls = ((text[:9], "other"),)
    for evidence in (Evidence(), Evidence(script_of([text]), words_of([text], [text] * 3), PEOPLE, None, calls)):
        for field in FIELDS:
            made, records = repair(text, evidence, field)
            if replay(text, records) != made:
                yield f"{field}: the repairs of {text!r} do not replay"
            elif repair(made, evidence, field)[0] != made:
                yield f"{field}: {text!r} is repaired to {made!r}, and that again to something else"


def refs(text: str) -> Iterator[str]:
    """A ref is tidied once and for all."""
    for other in (text, "1.1", "iv"):
        between(text, other), follows(other, text), steps(text), leading_number(text)
    if tidy_ref(tidy_ref(text)) != tidy_ref(text):
        yield f"tidied twice: {text!r}"
    if is_ref(text) and not tidy_ref(text):
        yield f"a ref of nothing: {text!r}"


def headers(text: str) -> Iterator[str]:
    """A header's key is that of its key; each field that it may name has a score."""
    if key(key(text)) != key(text) or any(score <= 0 for _, score in fields_for(text)):
        yield f"{text!r}"


def shown(text: str) -> Iterator[str]:
    """Nothing on a terminal or in a page that hides or drives; no CSV cell that a spreadsheet runs."""
    if any(unicodedata.category(one) in ("Cc", "Cf", "Cs") for one in plain(text)):
        yield f"not plain: {text!r}"
    if neutral(text).startswith(_RUN):
        yield f"not neutral: {text!r}"
    out = io.StringIO()
    csv.writer(out).writerow([neutral(text), "x"])
    if len(list(csv.reader(io.StringIO(out.getvalue(), newline="")))) != 1:
        yield f"a cell of several rows: {text!r}"
    for value in (1.5, -1, 43000.25, 1e300, True):
        displayed(value, text)


TEXT_STEPS: tuple[Callable[[str], Iterator[str]], ...] = (
    dates, money, leads, roster, status, repairs, refs, headers, shown,
)  # fmt: skip


def text_problems(text: str) -> tuple[str, ...]:
    """What does not hold of the steps that read one text."""
    return tuple(f"{step.__name__}: {problem}" for step in TEXT_STEPS for problem in step(text))


def document_problems(made: Document, other: Document | None = None) -> tuple[str, ...]:
    """What does not hold of a document's way to every output; `other`: a second version, compared with the first."""
    tables = tables_problems(made)
    old, new = _plan(made), _plan(other)
    found = tables + (plan_problems(old, made) if old else ())
    return found + versions_problems(old, new) if old and new else found


def tables_problems(made: Document) -> tuple[str, ...]:
    """What does not hold of a document's tables as they are printed: read back, they are other cells."""
    tables = tuple(enumerate(stitched(made), start=1))
    cells = [[list(row.cells) for row in table.rows] for _, table in tables]
    told = json.loads(tables_json(made.source, made.remarks, tables))["tables"]
    found = (
        ["tables: the JSON has other cells"] if [[row["cells"] for row in one["rows"]] for one in told] != cells else []
    )
    printed = list(csv.reader(io.StringIO(tables_csv(tables, exact=True), newline="")))
    if [row for row in printed if row] != [row for table in cells for row in table]:
        found.append("tables: the CSV has other cells")
    return tuple(found)


def plan_problems(plan: Plan, made: Document | None = None) -> tuple[str, ...]:
    """What does not hold of a plan: its proofs, those against its source, the schema, its way through each format."""
    found = [*problems(plan), *(source_problems(plan, made) if made else ())]
    text = to_json(plan)
    found += schema_problems(json.loads(text))
    if from_json(text) != plan:
        found.append("plan.json: it is read back as another plan")
    files_of(plan, chosen(KNOWN))
    return tuple(found)


def same_problems(plan: Plan) -> tuple[str, ...]:
    """What does not hold of a plan compared with itself: it differs, or a rendering fails."""
    diff = compare(plan, plan)
    _render_all(diff)
    return ("a plan differs from itself",) if diff.differs else ()


def versions_problems(old: Plan, new: Plan) -> tuple[str, ...]:
    """What does not hold of two versions: one differs from itself, or a rendering fails."""
    found = same_problems(old)
    _render_all(compare(old, new))
    told = history([old, new, old])
    json.loads(history_json.render(told))
    for tell in (history_csv.render, history_page.render, history_text.render):
        tell(told)
    return found


def _render_all(diff: Diff) -> None:
    json.loads(diff_json.render(diff))
    for render in (diff_markdown.render, diff_page.render, diff_text.render):
        render(diff)


def _plan(made: Document | None) -> Plan | None:
    try:
        return normalise(made, configuration()) if made else None
    except NoActionTable:
        return None


def two_versions(chance: Random) -> tuple[Document, Document]:
    """Two documents that share some of what they say."""
    state = chance.getstate()
    first = document(chance)
    chance.setstate(state)
    chance.random()
    return first, document(chance)
