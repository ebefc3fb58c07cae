"""`actionplan check`: a sound plan is sound, and each way in which a plan can contradict itself is told."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from plan_builder import CELLS, HERE, a_plan, an_action

from actionplan.command_line import main
from export.plan_json import to_json
from export.proof.printed_names import invented
from export.proof.proving import problems, source_problems
from export.proof.replaying import replayed
from extract.model import Cell, Document, Line, PageBox, Paragraph, Row, Source, Table, TextCell
from extract.text_dump import MEDIA_TYPE
from normalise.model import (
    Action,
    CellRecord,
    Column,
    Date,
    Finding,
    Group,
    Head,
    Lead,
    Ledger,
    Person,
    Plan,
    Repair,
    Resources,
    Unplaced,
)


def a_warning(**changes: object) -> Finding:
    values = {"id": "f2", "code": "missing-ref", "about": "reading", "severity": "warning"}
    values |= {"action": "1.1", "ref": "1.1", "field": "leads", "message": "Doubtful."}
    return Finding(**{**values, **changes})  # type: ignore[arg-type]


def with_action(**changes: object) -> Plan:
    return a_plan(actions=(an_action(**changes),))


def with_cell(field: str, raw: str, *repairs: Repair, **changes: object) -> Plan:
    cells = {**CELLS, field: CellRecord(raw, repairs, HERE)}
    return with_action(cells=tuple(cells.items()), **changes)


def at(origin: PageBox) -> tuple[tuple[str, CellRecord], ...]:
    return tuple((field, replace(record, origins=(origin,))) for field, record in CELLS.items())


def relabelled(plan: Plan, **changes: int) -> Plan:
    return replace(plan, ledger=replace(plan.ledger, **changes))


def with_status(cell: str, status: str, rag: str | None, text: str) -> Action:
    cells = {**CELLS, "status": CellRecord(cell, (), HERE if cell else ())}
    said = {"status": status, "status_basis": "cell", "rag": rag, "status_text": text}
    return an_action(cells=tuple(cells.items()), **said)


#: What the plan's own date and the row's end make of `31 July`.
YEARLESS = Date("31 July", "date", "2017-07-31", "2017-07-31", "2017-07-31", inferred=("year",))

SOUND = {
    "as built": a_plan(),
    "no actions": a_plan(actions=(), findings=()),
    "a row in doubt": a_plan(actions=(an_action(needs_review=True),), findings=(a_warning(),)),
    "an oddity of the document is no reason to review": a_plan(findings=(a_warning(about="document"),)),
    "what is settled is no reason to review": a_plan(findings=(a_warning(severity="info"),)),
    "an inferred year with its finding": a_plan(
        actions=with_cell("start", "31 July", start=(YEARLESS,)).actions,
        findings=(a_warning(severity="info", field="start", code="year-inferred"),),
    ),
    "a ref inferred with its finding": a_plan(
        actions=(an_action(ref="1.1", cells=tuple(CELLS.items())[1:], needs_review=True),),
        findings=(a_warning(code="ref-inferred", field="ref", candidates=("1.1",)),),
    ),
    "a ref printed again on the next page": with_cell("ref", "1.1 1.1"),
    "a row's second use of a ref": with_action(id="1.1~2"),
    "a row without a ref": with_action(id="row-1", ref=None, cells=tuple(CELLS.items())[1:]),
    "a shaded status with its finding": a_plan(
        actions=(with_status("", "off_track", "red", "[red]"),),
        findings=(a_warning(severity="info", field="status", code="status-by-shading"),),
    ),
    "a letter that looks Latin": with_cell("lead", "АL and TBC", Repair("look_alikes", 0, "А", "A")),
    "a list's automatic number": with_cell("ref", "", Repair("automatic-number", 0, "", "1.1")),
    "unplaced text with its finding": a_plan(
        unplaced=(Unplaced("stray", (TextCell(9, 1),)),),
        findings=(a_warning(action=None, ref=None, field=None, origins=(TextCell(9, 1),)),),
    ),
    "a date across lines": with_cell("start", "Jul\n17"),
}

FIRST = "actions[1.1]"
BROKEN = [
    (
        relabelled(a_plan(), placed=5),
        (
            "ledger.placed: 5, but its places hold 222 characters",
            "ledger.characters: 227, but placed, furniture and unplaced make 10",
        ),
    ),
    (
        relabelled(a_plan(), furniture=6, placed=221),
        (
            "ledger.placed: 221, but its places hold 222 characters",
            "ledger.furniture: 6, but its places hold 5 characters",
        ),
    ),
    (
        relabelled(a_plan(), characters=228),
        ("ledger.characters: 228, but placed, furniture and unplaced make 227",),
    ),
    (
        a_plan(people=(*a_plan().people, Person("ada-lowe", "Ada Lowe"))),
        ("people: the id 'ada-lowe' is used 2 times",),
    ),
    (a_plan(actions=(an_action(), an_action(id="1.1~2"), an_action())), ("actions: the id '1.1' is used 2 times",)),
    (with_action(section="2", group=None), (f"{FIRST}.section: there is no section '2'",)),
    (with_action(group="OTHER"), (f"{FIRST}.group: its section has no group 'OTHER'",)),
    (
        with_action(leads=(Lead("AL", "al", ("bo", "al"), "name"),)),
        (f"{FIRST}.leads: there is no person 'al'", f"{FIRST}.leads: there is no person 'bo'"),
    ),
    (a_plan(columns=(Column("action", "Action", "9", HERE),)), ("columns[Action].section: there is no section '9'",)),
    (
        a_plan(findings=(a_warning(action="7.7", about="document"),)),
        ("findings[f2].action: there is no action '7.7'",),
    ),
    (
        with_action(action="Agree the programmes"),
        (f"{FIRST}.action: it is not what its cell gives: 'Agree the programme'",),
    ),
    (with_action(impact="Better"), (f"{FIRST}.impact: it is not what its cell gives: ''",)),
    (with_action(status_text="Green"), (f"{FIRST}.status: it is not what its cell gives: ''",)),
    (with_action(extra=(("Source", "Ofsted"),)), (f"{FIRST}.extra.Source: it is not what its cell gives: ''",)),
    (with_cell("start", "Aug 17"), (f"{FIRST}.start: 'Jul 17' is not in its cell: 'Aug 17'",)),
    (
        with_cell("end", "4 Sept 17 30 Nov 17 phase 2"),
        (f"{FIRST}.end: 'phase 1' is not in its cell: '4 Sept 17 30 Nov 17 phase 2'",),
    ),
    (with_cell("lead", "AL"), (f"{FIRST}.leads: 'TBC' is not in its cell: 'AL'",)),
    (
        with_cell("measure", "=Plan signed", Repair("stray_bullets", 0, "•", "")),
        (f"{FIRST}.cells.measure: repair 1 (stray_bullets) finds '=', not '•'",),
    ),
    (
        with_cell("measure", "=Plan signed", Repair("automatic-number", 40, "", "• ")),
        (f"{FIRST}.cells.measure: repair 1 (automatic-number) begins after the end of the text",),
    ),
    (
        with_cell("measure", "=Plan  signed", Repair("spaces", 5, "  ", " ")),
        (
            f"{FIRST}.cells.measure: repair 1 (spaces) is not the smallest span of its change",
            f"{FIRST}.measure: it is not what its cell gives: '=Plan  signed'",
        ),
    ),
    (
        with_action(start=(Date("Jul 17", "date", "2017-07"),)),
        (f"{FIRST}.start: 'Jul 17' is of kind date and has the days ('2017-07', None, None)",),
    ),
    (
        with_action(start=(Date("Jul 17", "tbc", "2017-07", "2017-07-01", "2017-07-31"),)),
        (f"{FIRST}.start: 'Jul 17' is of kind tbc and has the days ('2017-07', '2017-07-01', '2017-07-31')",),
    ),
    (
        with_action(start=(Date("Jul 17", "date", "2017-07", "2017-08-01", "2017-07-31"),)),
        (f"{FIRST}.start: 'Jul 17' ends before it begins",),
    ),
    (
        with_action(resources=replace(an_action().resources, kind="text")),
        (f"{FIRST}.resources: kind text, amount 46000",),
    ),
    (
        with_action(resources=replace(an_action().resources, amount=None)),
        (f"{FIRST}.resources: kind amount, amount None",),
    ),
    (with_action(needs_review=True), (f"{FIRST}.needs_review: True, against its findings",)),
    (a_plan(findings=(a_warning(),)), (f"{FIRST}.needs_review: False, against its findings",)),
    (
        with_action(start=(Date("Jul 17", "text", inferred=("year",)),)),
        (f"{FIRST}.start: something was inferred, and no finding says so",),
    ),
    (
        with_action(leads=(Lead("AL", "ada-lowe", ("ada-lowe",), "context"),)),
        (f"{FIRST}.leads: something was inferred, and no finding says so",),
    ),
    (
        a_plan(unplaced=(Unplaced("stray", HERE), Unplaced("lost", (PageBox(9, (0.0, 0.0, 1.0, 1.0)),)))),
        ("unplaced: no finding tells of 'lost'",),
    ),
]


@pytest.mark.parametrize("plan", SOUND.values(), ids=SOUND)
def test_a_sound_plan_has_no_problems(plan: Plan) -> None:
    assert problems(plan) == ()


@pytest.mark.parametrize(("printed", "found"), [("Cafe\u0301s", True), ("Caf\u00e9s", True), ("Caf e", False)])
def test_a_role_is_found_however_its_accents_are_written(printed: str, found: bool) -> None:
    person = replace(a_plan().people[0], role="Head of Cafe\u0301s")
    said = replace(a_plan().paragraphs[0], text=f"Ada Lowe, Head of {printed}")
    plan = a_plan(people=(person,), paragraphs=(*a_plan().paragraphs, said))
    told = () if found else ("people[ada-lowe].role: 'Caf\u00e9s' is printed nowhere",)
    assert tuple(invented(plan)) == told


BEFORE = PageBox(1, (36.0, 20.0, 144.5, 30.0))
BROKEN += [
    (
        with_action(ref="1.2", id="1.2"),
        ("actions[1.2].ref: '1.2', but its cell reads as '1.1', and no finding says why",),
    ),
    (
        with_action(ref=None),
        (f"{FIRST}.id: its ref is None", f"{FIRST}.ref: null, but its cell reads as '1.1', and no finding says why"),
    ),
    (with_action(id="1.2"), ("actions[1.2].id: its ref is '1.1'",)),
    (with_action(id="1.1~x"), ("actions[1.1~x].id: its ref is '1.1'",)),
    (
        with_action(start=(Date("Jul 17", "date", "2018-07", "2018-07-01", "2018-07-31"),)),
        (
            f"{FIRST}.start[0].edtf: '2018-07', but its cell reads as '2017-07'",
            f"{FIRST}.start[0].earliest: '2018-07-01', but its cell reads as '2017-07-01'",
            f"{FIRST}.start[0].latest: '2018-07-31', but its cell reads as '2017-07-31'",
        ),
    ),
    (
        with_action(start=(Date("Jul 17", "text"),)),
        (
            f"{FIRST}.start[0].kind: 'text', but its cell reads as 'date'",
            f"{FIRST}.start[0].edtf: null, but its cell reads as '2017-07'",
            f"{FIRST}.start[0].earliest: null, but its cell reads as '2017-07-01'",
            f"{FIRST}.start[0].latest: null, but its cell reads as '2017-07-31'",
        ),
    ),
    (
        with_action(end=an_action().end[:1]),
        (f"{FIRST}.end: 1 entry, but its cell reads as '4 Sept 17', '30 Nov 17'",),
    ),
    (with_action(end=()), (f"{FIRST}.end: 0 entries, but its cell reads as '4 Sept 17', '30 Nov 17'",)),
    (
        with_action(end=tuple(replace(date, superseded=True) for date in an_action().end[:1]) + an_action().end[1:]),
        (f"{FIRST}.end[0].superseded: True, but its cell reads as False",),
    ),
    (
        with_cell("start", "31 July", start=(YEARLESS,)),
        (f"{FIRST}.start: something was inferred, and no finding says so",),
    ),
    (
        a_plan(
            actions=with_cell("start", "31 July", start=(YEARLESS,)).actions,
            findings=(a_warning(severity="info", field="start", code="another"),),
        ),
        (f"{FIRST}.start: its cell is doubtful (year-inferred), and no finding says so",),
    ),
    (
        with_action(leads=(replace(an_action().leads[0], basis="name"), an_action().leads[1])),
        (f"{FIRST}.leads[0].basis: 'name', but its cell reads as 'initials'",),
    ),
    (
        with_action(leads=(an_action().leads[0], Lead("TBC", "ada-lowe", ("ada-lowe",), "name"))),
        (
            f"{FIRST}.leads[1].person: 'ada-lowe', but its cell reads as null",
            f"{FIRST}.leads[1].candidates: ['ada-lowe'], but its cell reads as []",
            f"{FIRST}.leads[1].basis: 'name', but its cell reads as 'none'",
        ),
    ),
    (
        with_action(resources=replace(an_action().resources, amount=64000)),
        (f"{FIRST}.resources.amount: 64000, but its cell reads as 46000",),
    ),
    (
        with_action(resources=replace(an_action().resources, qualifier="p.a.")),
        (f"{FIRST}.resources.qualifier: 'p.a.', but its cell reads as null",),
    ),
    (with_action(status="complete"), (f"{FIRST}.status: 'complete', but its cells read as 'in_progress'",)),
    (with_action(rag="red"), (f"{FIRST}.rag: 'red', but its cells read as null",)),
    (
        a_plan(actions=(with_status("", "off_track", "red", "[red]"),)),
        (f"{FIRST}.status: its cell is doubtful (status-by-shading), and no finding says so",),
    ),
    (
        a_plan(actions=(with_status("Green", "off_track", "red", "Green"),)),
        (
            f"{FIRST}.status: 'off_track', but its cells read as 'in_progress'",
            f"{FIRST}.rag: 'red', but its cells read as 'green'",
        ),
    ),
    (
        with_cell("measure", "=Plan  signed", Repair("gaps", 5, " ", "")),
        (f"{FIRST}.cells.measure: repair 1 (gaps) names no rule that there is",),
    ),
    (
        with_cell("measure", "=Plan resigned", Repair("spaces", 6, "re", "")),
        (f"{FIRST}.cells.measure: repair 1 (spaces) changes letters or digits, which it may not",),
    ),
    (
        with_cell("measure", "=Plan resigned", Repair("automatic-number", 6, "re", "")),
        (f"{FIRST}.cells.measure: repair 1 (automatic-number) puts '' for 're', which it may not",),
    ),
    (
        with_cell("lead", "BL and TBC", Repair("look_alikes", 0, "B", "A")),
        (f"{FIRST}.cells.lead: repair 1 (look_alikes) changes letters or digits, which it may not",),
    ),
    (
        a_plan(people=(replace(a_plan().people[0], name="Ada Lark"),)),
        ("people[ada-lowe].name: 'Ada Lark' is printed nowhere",),
    ),
    (
        a_plan(people=(replace(a_plan().people[0], initials=("AL", "A-L", "AX")),)),
        (
            "people[ada-lowe].initials: 'A-L' are printed nowhere, nor the name's own",
            "people[ada-lowe].initials: 'AX' are printed nowhere, nor the name's own",
        ),
    ),
    (
        a_plan(plan=replace(a_plan().plan, published="2017-07-15")),
        ("plan.published: '2017-07-15' is printed nowhere",),
    ),
    (
        a_plan(people=(replace(a_plan().people[0], role="Head of Finance"),)),
        ("people[ada-lowe].role: 'Finance' is printed nowhere",),
    ),
    (
        a_plan(plan=Head("Recovery plan", "Marlstone Trust", "4", "2017-07-14")),
        (
            "plan.title: 'Recovery plan' is printed nowhere",
            "plan.organisation: 'Marlstone Trust' is printed nowhere",
        ),
    ),
    (
        a_plan(sections=(replace(a_plan().sections[0], title="Theory", outcomes=("Visits are late",)),)),
        (
            "sections[1].title: 'Theory' is not in its heading: '1. Practice'",
            "sections[1].outcomes: 'Visits are late' is not what is printed: '• Visits are on time'",
        ),
    ),
    (
        a_plan(sections=(replace(a_plan().sections[0], outcomes=()),)),
        ("sections[1].outcomes: 0 of the 1 printed",),
    ),
    (
        a_plan(actions=(an_action(), an_action(id="1.1~2", cells=at(BEFORE)))),
        ("actions[1.1~2]: it is printed before actions[1.1], which stands above it here",),
    ),
]


@pytest.mark.parametrize("plan, found", BROKEN, ids=[found[0] for _, found in BROKEN])
def test_a_contradiction_is_told(plan: Plan, found: tuple[str, ...]) -> None:
    assert problems(plan) == found


def test_a_group_counts_only_in_its_own_section() -> None:
    other = replace(a_plan().sections[0], id="2", groups=(Group("OTHER", "OTHER", HERE),))
    plan = a_plan(sections=(a_plan().sections[0], other), actions=(an_action(group="OTHER"),))
    assert problems(plan) == (f"{FIRST}.group: its section has no group 'OTHER'",)


REPLAYS = [
    (CellRecord("as printed", (), ()), "as printed"),
    (CellRecord("ТВС", (Repair("look-alikes", 0, "ТВС", "TBC"),), ()), "TBC"),
    (CellRecord("a b c", (Repair("x", 1, " ", ""), Repair("x", 2, " ", "")), ()), "abc"),
    (CellRecord("Item", (Repair("marker", 0, "", "• "),), ()), "• Item"),
    (CellRecord("Item", (Repair("marker", 4, "", "."),), ()), "Item."),
]


@pytest.mark.parametrize("record, text", REPLAYS, ids=[text for _, text in REPLAYS])
def test_repairs_replay_in_order(record: CellRecord, text: str) -> None:
    assert replayed(record) == text


@given(st.text("ab \n", max_size=20), st.text("ab \n", max_size=20))
def test_any_change_of_a_text_has_one_smallest_repair_that_replays(before: str, after: str) -> None:
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    repair = Repair("any", start, before[start : len(before) - end], after[start : len(after) - end])
    repairs = (repair,) if before != after else ()
    assert replayed(CellRecord(before, repairs, ())) == after


# --- with the source -------------------------------------------------------------------------------------------------


def a_document(*texts: str, sha256: str = "0" * 64) -> Document:
    """A document of one paragraph and one table that holds the other texts."""
    lines = [Line(0, text, TextCell(1, number)) for number, text in enumerate(texts, 1)]
    table = Table((Row(tuple(Cell((line,)) for line in lines[1:])),), len(texts) - 1)
    characters = sum(len("".join(text.split())) for text in texts)
    return Document(Source("plan.txt", sha256, "text/plain", None), (Paragraph((lines[0],)), table), characters)


def small(**changes: object) -> Plan:
    """A plan of nothing but the paragraph "A plan" and a cell "of two"."""
    here, there = (TextCell(1, 1),), (TextCell(1, 2),)
    blank: dict[str, object] = {"action": "of two", "measure": "", "progress": "", "start": (), "end": (), "leads": ()}
    blank["resources"] = Resources("", "blank")
    blank |= {"id": "row-1", "ref": None, "status": "unknown", "status_basis": "none"}
    action = an_action(**blank, group=None, section=None, cells=(("action", CellRecord("of two", (), there)),))
    parts: dict[str, object] = {"plan": Head("A plan"), "source": Source("plan.txt", "0" * 64, "text/plain", None)}
    parts |= {"people": (), "columns": (), "sections": (), "tables": (), "furniture": (), "findings": ()}
    paragraphs = (replace(a_plan().paragraphs[0], text="A plan", origins=here),)
    return a_plan(**{**parts, "actions": (action,), "paragraphs": paragraphs, **changes})


SOURCES = [
    (a_document("A plan", "of two"), ()),
    (a_document("A  plan", " of  two "), ()),
    (
        a_document("A plan", "of two!"),
        (
            "ledger.characters: 10, but the source holds 11",
            "source: 1 characters are in no place: '!' 1",
            "actions[row-1].cells.action: 'of two', but 'of two!' is printed at line 1, cell 2",
        ),
    ),
    (
        a_document("A pla", "of two"),
        (
            "ledger.characters: 10, but the source holds 9",
            "source: 1 characters of the plan are not in it: 'n' 1",
            "paragraphs[A plan]: 'plan' is not printed at line 1, cell 1, where 'A pla' stands",
        ),
    ),
    (
        a_document("B plan", "of two"),
        (
            "source: 1 characters are in no place: 'B' 1",
            "source: 1 characters of the plan are not in it: 'A' 1",
            "paragraphs[A plan]: 'A' is not printed at line 1, cell 1, where 'B plan' stands",
        ),
    ),
    (
        replace(a_document("A plan", "of two"), source=Source("plan.txt", "0" * 64, "application/pdf", 3)),
        ("source: the file is application/pdf, pages 3, the plan's text/plain, pages None",),
    ),
    (a_document("A plan", sha256="f" * 64), (f"source: the file's sha256 is {'f' * 64}, the plan's {'0' * 64}",)),
]


@pytest.mark.parametrize("document, found", SOURCES)
def test_every_character_of_the_source_is_in_one_place(document: Document, found: tuple[str, ...]) -> None:
    assert source_problems(small(), document) == found


@pytest.fixture(autouse=True)
def same_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """The version that made the plans of these tests, installed or not."""
    monkeypatch.setattr("export.proof.proving.VERSION", "0.1.0")


def test_a_value_that_another_version_reads_otherwise_says_so() -> None:
    plan = with_action(status="complete")
    assert problems(replace(plan, tool=replace(plan.tool, version="0.0.9"))) == (
        f"{FIRST}.status: 'complete', but its cells read as 'in_progress' "
        "(version 0.0.9 made the plan, this is 0.1.0: its rules may have changed)",
    )


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def plan_json(tmp_path: Path) -> Path:
    path = tmp_path / "out" / "plan.pdf" / "plan.json"
    path.parent.mkdir(parents=True)
    path.write_text(to_json(a_plan()), "utf-8")
    return path


def test_a_sound_file_exits_0_and_prints_no_data(plan_json: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(plan_json)]) == 0
    assert capsys.readouterr() == ("", f"{plan_json}: sound\n")


def test_folders_are_searched_for_plans(plan_json: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path), str(plan_json.parent)]) == 0
    assert capsys.readouterr() == ("", f"{plan_json}: sound\n" * 2)


def test_contradictions_are_data_and_exit_1(plan_json: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan_json.write_text(to_json(with_action(impact="Bet\x1bter", needs_review=True)), "utf-8")
    assert main(["check", str(plan_json)]) == 1
    assert capsys.readouterr() == (
        f"{plan_json}: {FIRST}.impact: it is not what its cell gives: ''\n"
        f"{plan_json}: {FIRST}.needs_review: True, against its findings\n",
        f"{plan_json}: 2 problems\n",
    )


def test_what_a_terminal_would_obey_is_escaped(plan_json: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(plan_json.read_text("utf-8"))
    data["actions"][0]["section"] = "\x1b[2J\u202e"
    plan_json.write_text(json.dumps(data), "utf-8")
    assert main(["check", str(plan_json)]) == 1
    printed = capsys.readouterr().out
    assert printed.isprintable() is False  # line ends
    assert "".join(printed.splitlines()).isprintable()


def test_the_schema_is_asked_first(plan_json: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(plan_json.read_text("utf-8"))
    data["actions"][0]["needs_review"] = "no"
    plan_json.write_text(json.dumps(data), "utf-8")
    assert main(["check", str(plan_json)]) == 1
    assert capsys.readouterr() == (
        f"{plan_json}: actions[0].needs_review: 'no' is not of type 'boolean'\n",
        f"{plan_json}: 1 problem\n",
    )


def test_a_finding_of_any_file_exits_1_and_an_unreadable_one_2(
    plan_json: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text(to_json(with_action(needs_review=True)), "utf-8")
    assert main(["check", str(broken), str(plan_json)]) == 1
    missing = tmp_path / "missing.json"
    assert main(["check", str(missing), str(broken), str(plan_json)]) == 2
    assert capsys.readouterr().err.endswith(
        f"actionplan: Cannot read '{missing}': no such file or directory. Check the path and its permissions.\n"
        f"{broken}: 1 problem\n"
        f"{plan_json}: sound\n"
    )


UNREADABLE = [
    (b"", "it is not JSON (Expecting value: line 1 column 1 (char 0)). Extract the plan again from its source"),
    (b"\xff\xfe", "it is not UTF-8 text. Give a plan.json, as actionplan extract writes it"),
]


@pytest.mark.parametrize("content, cause", UNREADABLE)
def test_an_unreadable_file_exits_2(tmp_path: Path, content: bytes, cause: str, capsys) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(content)
    assert main(["check", str(path)]) == 2
    assert capsys.readouterr() == ("", f"actionplan: Cannot read '{path}': {cause}.\n")


def test_a_folder_without_a_plan_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 2
    assert capsys.readouterr() == (
        "",
        f"actionplan: Nothing to check in '{tmp_path}': it holds no plan.json. Run actionplan extract first.\n",
    )


def test_one_source_is_the_source_of_one_plan(plan_json: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(plan_json), str(plan_json), "--source", "plan.pdf"]) == 2
    assert capsys.readouterr() == (
        "",
        "actionplan: Cannot check 2 plans against one source: a source has one plan. Name one plan.json.\n",
    )


def test_the_source_is_read_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "plan.txt"
    source.write_text("A plan\tof two\n", "utf-8")
    path = tmp_path / "plan.json"
    sha256 = hashlib.sha256(source.read_bytes()).hexdigest()
    path.write_text(to_json(small(source=Source("plan.txt", sha256, MEDIA_TYPE, None))), "utf-8")
    assert main(["check", str(path), "--source", str(source)]) == 0
    path.write_text(to_json(small()), "utf-8")
    assert main(["check", str(path), "--source", str(source)]) == 1
    assert capsys.readouterr().out == f"{path}: source: the file's sha256 is {sha256}, the plan's {'0' * 64}\n"
    assert main(["check", str(path), "--source", str(tmp_path / "none.txt")]) == 2


def test_a_ledger_is_no_place_to_hide(plan_json: Path) -> None:
    zero = replace(a_plan(), ledger=Ledger(0, 0, 0, 0))
    assert len(problems(zero)) == 2
