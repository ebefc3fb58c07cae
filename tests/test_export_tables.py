"""The CSV files: their columns, how several values share a cell, and what no spreadsheet may run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_builder import HERE, a_plan, an_action

from export.tables import actions_csv, findings_csv, joined, neutral, people_csv, place
from extract.model import PageBox, PartParagraph, TableCell, TextCell
from normalise.model import Date, Finding, Lead, Person, Resources

HEADER = (
    "id,ref,section,section_title,group,action,start_text,start_edtf,start_earliest,start_latest,end_text,end_edtf,"
    "end_earliest,end_latest,lead_text,lead_names,resources_text,resources_amount,measure,impact,progress,status,rag,"
    "needs_review"
)


def test_an_action_is_one_row() -> None:
    assert actions_csv(a_plan()) == (
        HEADER + "\r\n"
        "1.1,1.1,1,Practice,IMPROVING PRACTICE,Agree the programme,Jul 17,2017-07,2017-07-01,2017-07-31,"
        "4 Sept 17; 30 Nov 17,2017-09-04; 2017-11-30,2017-09-04; 2017-11-30,2017-09-04; 2017-11-30,"
        "AL; TBC,Ada Lowe; ,£46k,46000,'=Plan signed,,In hand — “on time”,in_progress,,false\r\n"
    )


def test_a_plan_without_actions_is_a_header() -> None:
    assert actions_csv(a_plan(actions=(), findings=())) == HEADER + "\r\n"


def test_an_empty_row_has_empty_cells() -> None:
    action = an_action(
        **{"ref": None, "section": None, "group": None, "action": "", "measure": "", "progress": "", "start": ()},
        **{"id": "row-1", "end": (), "leads": (), "resources": Resources("", "blank"), "status": "unknown"},
        needs_review=True,
    )
    assert actions_csv(a_plan(actions=(action,))).splitlines()[1] == "row-1,,,,,,,,,,,,,,,,,,,,,unknown,,true"


def test_exact_cells_are_left_as_they_are() -> None:
    assert ",=Plan signed," in actions_csv(a_plan(), exact=True)


def test_text_with_commas_quotes_and_lines_comes_back() -> None:
    action = an_action(action='Say "yes",\nthen\r\nact')
    rows = csv.DictReader(io.StringIO(actions_csv(a_plan(actions=(action,))), newline=""))
    assert next(rows)["action"] == 'Say "yes",\nthen\r\nact'


@pytest.mark.parametrize(
    "values, text",
    [
        ((), ""),
        (("a",), "a"),
        (("a", "b"), "a; b"),
        ((None, "b"), "; b"),
        (("a", None), "a; "),
        ((None, None), ""),
    ],
)
def test_entries_keep_their_places(values, text) -> None:
    assert joined(values) == text


def test_a_date_without_edtf_keeps_its_place_among_the_others() -> None:
    dates = (Date("TBC", "tbc"), Date("Mar 18", "date", "2018-03", "2018-03-01", "2018-03-31"))
    rows = actions_csv(a_plan(actions=(an_action(end=dates, leads=(Lead("TBC", None, (), "none"),)),)))
    assert ",TBC; Mar 18,; 2018-03,; 2018-03-01,; 2018-03-31,TBC,,£46k," in rows


RUN = ["=1+1", "+44", "-", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x"]
NOT_RUN = ["", "1=1", "a-b", "'=1", "£46k", "• =1", "–", "x@example.org"]


@pytest.mark.parametrize("text", RUN)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert neutral(text) == "'" + text


@pytest.mark.parametrize("text", NOT_RUN)
def test_other_text_is_left_alone(text: str) -> None:
    assert neutral(text) == text


@given(st.text())
def test_no_cell_can_begin_a_formula(text: str) -> None:
    assert neutral(neutral(text)) == neutral(text)
    assert neutral(text)[:1] not in [*"=+-@\t\r\n＝＋－＠"]


def test_people_are_one_row_each() -> None:
    people = (Person("ada-lowe", "Ada Lowe", "Head, Practice", ("AL", "ALo"), HERE), Person("jo-ash", "Jo Ash"))
    assert people_csv(a_plan(people=people)) == (
        'id,name,role,initials\r\nada-lowe,Ada Lowe,"Head, Practice",AL; ALo\r\njo-ash,Jo Ash,,\r\n'
    )


def test_findings_are_one_row_each_and_say_where() -> None:
    origins = (*HERE, PageBox(1, (0.0, 0.0, 1.0, 1.0)), PageBox(2, (0.0, 0.0, 1.0, 1.0)))
    finding = Finding("f1", "missing-ref", "document", "warning", None, "1.2", "row", "No 1.2.", ("a", "b"), origins)
    assert findings_csv(a_plan(findings=(finding,))) == (
        "id,code,about,severity,action,ref,field,message,candidates,place\r\n"
        "f1,missing-ref,document,warning,,1.2,row,No 1.2.,a; b,page 1; page 2\r\n"
    )


@pytest.mark.parametrize(
    "origin, words",
    [
        (PageBox(3, (0.0, 0.0, 1.0, 1.0)), "page 3"),
        (TextCell(12, 4), "line 12"),
        (TableCell(1, 4, 2), "table 1, row 4"),
        (PartParagraph("header1", 2), "header1, paragraph 2"),
    ],
)
def test_a_place_is_said_in_words(origin, words) -> None:
    assert place(origin) == words
