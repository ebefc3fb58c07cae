"""The workbook, opened with libraries other than the one that wrote it: values, looks, and nothing run or lost."""

import io
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hostile_plan import CONTROLS, FORMULA, HOSTILE, LONGER, MARKUP, hostile_plan
from hypothesis import given
from hypothesis import strategies as st
from plan_builder import HERE, a_plan, an_action
from python_calamine import CalamineWorkbook

from export.workbook import CELL_LIMIT, Heading, height, pieces, shown, units, workbook_bytes
from normalise.model import Date, Finding, Plan

HEADER = [
    *("Id", "Ref", "Section", "Section title", "Group", "Action"),
    *("Start as printed", "Start earliest", "Start latest", "End as printed", "End earliest", "End latest"),
    *("Lead as printed", "Lead names", "Resources", "Amount in pounds"),
    *("Measure", "Impact", "Progress", "Status", "RAG", "To review"),
]


def values(plan: Plan, sheet: str = "Actions") -> list[list[Any]]:
    """The rows of a sheet, as calamine reads them."""
    return CalamineWorkbook.from_filelike(io.BytesIO(workbook_bytes(plan))).get_sheet_by_name(sheet).to_python()


def opened(plan: Plan) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(plan)))


@pytest.fixture(scope="module")
def hostile() -> Any:
    return opened(hostile_plan())


def test_an_action_is_a_row_with_dates_and_amounts_of_their_kind() -> None:
    assert values(a_plan()) == [
        HEADER,
        [
            *("1.1", "1.1", "1", "Practice", "IMPROVING PRACTICE", "Agree the programme"),
            *("Jul 17", date(2017, 7, 1), date(2017, 7, 31)),
            *("4 Sept 17; 30 Nov 17", date(2017, 9, 4), date(2017, 11, 30)),
            *("AL; TBC", "Ada Lowe; ", "£46k", 46000.0, "=Plan signed", "", "In hand — “on time”"),
            *("in_progress", "", "no"),
        ],
    ]


def test_people_findings_and_what_it_was_made_from_have_sheets() -> None:
    assert values(a_plan(), "People") == [
        ["Id", "Name", "Role", "Initials"],
        ["ada-lowe", "Ada Lowe", "Head of Practice", "AL"],
    ]
    assert values(a_plan(), "Findings") == [
        ["Id", "Severity", "About", "Code", "Action", "Ref", "Field", "Message", "Candidates", "Place"],
        ["f1", "warning", "document", "missing-ref", "", "1.2", "row", "There is no row 1.2.", "", "page 1"],
    ]
    about = dict(values(a_plan(), "About")[1:])
    told = ("Title", "Source", "SHA-256 of the source", "Made by", "Engines", "Pages")
    assert [about[name] for name in told] == [
        *("Improvement plan", "plan.pdf", "0" * 64, "actionplan 0.1.0", "pypdfium2 5.0", 1.0)
    ]


def test_a_plan_without_actions_is_a_header() -> None:
    plan = a_plan(actions=(), findings=(), people=())
    assert [values(plan), len(values(plan, "People")), len(values(plan, "Findings"))] == [[HEADER], 1, 1]


@pytest.mark.parametrize(
    "days, cells",
    [
        (("1900-03-01", "9999-12-31"), [date(1900, 3, 1), date(9999, 12, 31)]),
        (("1900-02-28", "1900-03-01"), ["1900-02-28", date(1900, 3, 1)]),
        (("1066-10-14", "1066-10-14"), ["1066-10-14", "1066-10-14"]),
        (("0000-01-01", "0000-12-31"), ["0000-01-01", "0000-12-31"]),
    ],
)
def test_a_day_that_no_workbook_has_is_text(days: tuple[str, str], cells: list[object]) -> None:
    action = an_action(start=(Date("then", "date", days[0][:4], *days),))
    assert values(a_plan(actions=(action,)))[1][7:9] == cells


def test_headers_stay_in_sight_and_filter() -> None:
    book = opened(a_plan())
    looks = {sheet.title: (sheet.freeze_panes, sheet.auto_filter.ref) for sheet in book.worksheets}
    assert looks == {
        "Actions": ("C2", "A1:V2"),
        "People": ("A2", "A1:D2"),
        "Findings": ("A2", "A1:J2"),
        "About": ("A2", "A1:B21"),
    }
    assert book["Actions"]["F2"].alignment.wrap_text


def a_finding(number: int, severity: str, field: str | None, action: str | None = "1.1") -> Finding:
    return Finding(f"f{number}", "missing-ref", "reading", severity, action, None, field, f"No. {number}.", (), HERE)


def test_a_cell_has_the_colour_of_its_worst_finding_and_a_note_of_all() -> None:
    findings = (
        *(a_finding(1, "info", "end"), a_finding(2, "error", "end"), a_finding(3, "info", "leads")),
        *(a_finding(4, "warning", "row"), a_finding(5, "warning", None), a_finding(6, "info", "extra.Ward")),
        *(a_finding(7, "error", "impact"), a_finding(8, "error", "end", None), a_finding(9, "error", "end", "9.9")),
    )
    sheet = opened(a_plan(actions=(an_action(extra=(("Ward", "North"),)),), findings=findings))["Actions"]
    marked = {
        cell.coordinate: (cell.fill.fgColor.rgb[2:], cell.comment.text if cell.comment else None)
        for cell in sheet[2]
        if cell.fill.fill_type
    }
    assert marked == {
        "A2": ("FFE699", "warning: No. 4.\nwarning: No. 5."),
        "J2": ("F8CBAD", "info: No. 1.\nerror: No. 2."),
        "M2": ("DDEBF7", "info: No. 3."),
        "R2": ("F8CBAD", "error: No. 7."),
        "W2": ("DDEBF7", "info: No. 6."),
    }


def test_findings_have_the_colour_of_their_severity() -> None:
    findings = (a_finding(1, "info", "end"), a_finding(2, "warning", "end"), a_finding(3, "error", "end"))
    sheet = opened(a_plan(findings=findings))["Findings"]
    assert [cell.fill.fgColor.rgb[2:] for cell in sheet["B"][1:]] == ["DDEBF7", "FFE699", "F8CBAD"]


def test_a_long_note_says_where_the_whole_is() -> None:
    finding = Finding("f1", "missing-ref", "reading", "info", "1.1", None, "end", "m" * 40_000, (), HERE)
    sheet = opened(a_plan(findings=(finding,)))["Actions"]
    assert sheet["J2"].comment.text == "info: " + "m" * 1994 + " … (whole on the sheet Findings)"


def test_no_cell_is_a_formula(hostile: Any) -> None:
    kinds = {cell.data_type for sheet in hostile.worksheets for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n", "d"}
    assert [sheet.title for sheet in hostile.worksheets if sheet._hyperlinks] == []


def test_what_looks_like_a_formula_stays_text_when_edited(hostile: Any) -> None:
    column = {cell.value: cell.quotePrefix for cell in hostile["Actions"]["F"][1:13]}
    assert {text for text, quoted in column.items() if quoted} == {FORMULA, "+44", "-1", "@SUM(A1)"}


def test_hostile_texts_come_back() -> None:
    rows = values(hostile_plan())
    assert len(rows) == 301
    expected = list(HOSTILE)
    expected[HOSTILE.index(CONTROLS)] = "a\\x01b\\x0cc\\x0dd\te\nf _x0041_ \\ufffe"
    expected[HOSTILE.index(LONGER)] = "é" * 32_728 + " … [cut: whole on the sheet Long texts]"
    assert [row[5] for row in rows[1:13]] == expected
    assert [rows[0][22], rows[1][22], rows[1][17]] == ["=Ward", MARKUP, ""]


def test_a_text_that_exceeds_a_cell_is_whole_on_a_sheet_of_its_own() -> None:
    rows = values(hostile_plan(), "Long texts")[1:]
    assert len(rows) == 50
    assert [row[:4] for row in rows[:3]] == [
        ["Actions", 6.0, "Action", 1.0],
        ["Actions", 6.0, "Action", 2.0],
        ["Actions", 18.0, "Action", 1.0],
    ]
    assert rows[0][4] + rows[1][4] == LONGER


@pytest.mark.parametrize(
    "text, whole",
    [("x" * CELL_LIMIT, True), ("x" * (CELL_LIMIT + 1), False), ("😀" * 16_383, True), ("😀" * 16_384, False)],
)
def test_a_cell_holds_as_much_as_excel_takes(text: str, whole: bool) -> None:
    plan = a_plan(actions=(an_action(action=text),))
    cell = values(plan)[1][5]
    assert (cell == text, units(cell) <= CELL_LIMIT, "Long texts" in opened(plan).sheetnames) == (
        whole,
        True,
        not whole,
    )


@given(st.text(max_size=40), st.integers(2, 9))
def test_the_pieces_of_a_text_are_the_text_and_fit(text: str, limit: int) -> None:
    found = list(pieces(text, limit))
    assert "".join(found) == text
    assert [piece for piece in found if not 0 < units(piece) <= limit] == []


@pytest.mark.parametrize(
    "text, told",
    [("tab\tline\nend", "tab\tline\nend"), ("\x00\x1f\r", "\\x00\\x1f\\x0d"), ("\ud83d\uffff", "\\ud83d\\uffff")],
)
def test_what_xml_cannot_hold_is_shown(text: str, told: str) -> None:
    assert shown(text) == told
    assert values(a_plan(actions=(an_action(action=text),)))[1][5] == told


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert workbook_bytes(a_plan()) == workbook_bytes(a_plan())


SOFFICE = shutil.which("soffice")
#: The filter with its options: comma, quotation mark, UTF-8 (a machine without a locale would write another).
CSV_IN_UTF8 = "csv:Text - txt - csv (StarCalc):44,34,76"
CALC = SOFFICE and (Path(SOFFICE).resolve().parent / "libsclo.so").exists()


@pytest.mark.skipif(not CALC, reason="LibreOffice Calc is not installed")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(workbook_bytes(hostile_plan()))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [SOFFICE, "--headless", home, "--convert-to", CSV_IN_UTF8, "--outdir", str(tmp_path), "plan.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    text = (tmp_path / "plan.csv").read_text("utf-8")
    assert text.splitlines()[0].split(",")[:3] == HEADER[:3]
    assert [part for part in (MARKUP, "HYPERLINK", "1 Jul 2017") if part not in text] == []


@pytest.mark.parametrize(
    "text, points", [("Recruit", 15), ("x" * 55, 15), ("x" * 56, 30), ("a\n\nb", 45), ("x" * 20_000, 409), (None, 15)]
)
def test_a_row_is_as_high_as_its_texts(text: str | None, points: int) -> None:
    """Not every program finds the height of a row by itself; a column is 55 characters wide."""
    assert height([text], [Heading("Action", 55)]) == points
