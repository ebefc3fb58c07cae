"""`actionplan check`: a sound plan is sound, and each way in which a plan can contradict itself is told."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_builder import CELLS, HERE, a_plan, an_action

from actionplan.command_line import main
from export.plan_json import to_json
from export.proof import problems, replayed, source_problems
from extract.model import Cell, Document, Line, PageBox, Paragraph, Row, Source, Table, TextCell
from normalise.model import (
    CellRecord,
    Column,
    Date,
    Finding,
    Group,
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


def relabelled(plan: Plan, **changes: int) -> Plan:
    return replace(plan, ledger=replace(plan.ledger, **changes))


SOUND = {
    "as built": a_plan(),
    "no actions": a_plan(actions=(), findings=()),
    "a row in doubt": a_plan(actions=(an_action(needs_review=True),), findings=(a_warning(),)),
    "an oddity of the document is no reason to review": a_plan(findings=(a_warning(about="document"),)),
    "what is settled is no reason to review": a_plan(findings=(a_warning(severity="info"),)),
    "an inferred year with its finding": a_plan(
        actions=(an_action(start=(Date("Jul 17", "text", inferred=("year",)),)),),
        findings=(a_warning(severity="info", field="start"),),
    ),
    "an inferred year with a finding on the row": a_plan(
        actions=(an_action(start=(Date("Jul 17", "text", inferred=("year",)),)),),
        findings=(a_warning(severity="info", field="row"),),
    ),
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
            "ledger.placed: 5, but its places hold 183 characters",
            "ledger.characters: 188, but placed, furniture and unplaced make 10",
        ),
    ),
    (
        relabelled(a_plan(), furniture=6, placed=182),
        (
            "ledger.placed: 182, but its places hold 183 characters",
            "ledger.furniture: 6, but its places hold 5 characters",
        ),
    ),
    (
        relabelled(a_plan(), characters=189),
        ("ledger.characters: 189, but placed, furniture and unplaced make 188",),
    ),
    (
        a_plan(people=(*a_plan().people, Person("ada-lowe", "Ada Lowe"))),
        ("people: the id 'ada-lowe' is used 2 times",),
    ),
    (a_plan(actions=(an_action(), an_action(id="1.2"), an_action())), ("actions: the id '1.1' is used 2 times",)),
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
    (with_cell("lead", "AL"), (f"{FIRST}.lead: 'TBC' is not in its cell: 'AL'",)),
    (
        with_cell("measure", "=Plan signed", Repair("bullets", 0, "•", "")),
        (f"{FIRST}.cells.measure: repair 1 (bullets) finds '=', not '•'",),
    ),
    (
        with_cell("measure", "=Plan signed", Repair("marker", 40, "", "• ")),
        (f"{FIRST}.cells.measure: repair 1 (marker) begins after the end of the text",),
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
    blank: dict[str, object] = {"action": "of two", "measure": "", "progress": "", "start": (), "end": (), "leads": ()}
    blank["resources"] = Resources("", "blank")
    action = an_action(**blank, group=None, section=None, cells=(("action", CellRecord("of two", (), HERE)),))
    parts = {"people": (), "columns": (), "sections": (), "tables": (), "furniture": (), "findings": ()}
    paragraphs = (replace(a_plan().paragraphs[0], text="A plan"),)
    return a_plan(**{**parts, "actions": (action,), "paragraphs": paragraphs, **changes})


SOURCES = [
    (a_document("A plan", "of two"), ()),
    (a_document("A  plan", " of\ttwo "), ()),
    (
        a_document("A plan", "of two!"),
        ("ledger.characters: 10, but the source holds 11", "source: 1 characters are in no place: '!' 1"),
    ),
    (
        a_document("A pla", "of two"),
        ("ledger.characters: 10, but the source holds 9", "source: 1 characters of the plan are not in it: 'n' 1"),
    ),
    (
        a_document("B plan", "of two"),
        (
            "source: 1 characters are in no place: 'B' 1",
            "source: 1 characters of the plan are not in it: 'A' 1",
        ),
    ),
    (a_document("A plan", sha256="f" * 64), (f"source: the file's sha256 is {'f' * 64}, the plan's {'0' * 64}",)),
]


@pytest.mark.parametrize("document, found", SOURCES)
def test_every_character_of_the_source_is_in_one_place(document: Document, found: tuple[str, ...]) -> None:
    assert source_problems(small(), document) == found


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
    path.write_text(to_json(small(source=Source("plan.txt", sha256, "text/plain", None))), "utf-8")
    assert main(["check", str(path), "--source", str(source)]) == 0
    path.write_text(to_json(small()), "utf-8")
    assert main(["check", str(path), "--source", str(source)]) == 1
    assert capsys.readouterr().out == f"{path}: source: the file's sha256 is {sha256}, the plan's {'0' * 64}\n"
    assert main(["check", str(path), "--source", str(tmp_path / "none.txt")]) == 2


def test_a_ledger_is_no_place_to_hide(plan_json: Path) -> None:
    zero = replace(a_plan(), ledger=Ledger(0, 0, 0, 0))
    assert len(problems(zero)) == 2
