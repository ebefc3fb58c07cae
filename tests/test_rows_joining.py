"""Rows continued on the next page, joined cell by cell; rows that only look like it, left alone."""

from __future__ import annotations

import pytest
from dumps import HEADER, Grid, cells, plan, row, said, told

REST = " | | | | | | the harbour board | and tide | "
CUT = {"measure": "Survey signed by", "impact": "Ships berth safely at any state of wind"}
WHOLE = {
    "measure": "Survey signed by the harbour board",
    "impact": "Ships berth safely at any state of wind and tide",
}

BREAKS = {
    "a page with a header": ("", HEADER),
    "a page with a header in another spelling": (
        "",
        "No. | What we will  do | Start | By when | Le ad | Budget | How we will kn ow | Difference made | Progress",
    ),
    "a page without": ("",),
    "no sign of a page": (),
}


@pytest.mark.parametrize("between", BREAKS.values(), ids=BREAKS)
def test_a_row_without_a_ref_goes_on_with_the_row_above(between: tuple[str, ...]) -> None:
    made = plan(HEADER, row("1.1", **CUT), *between, REST, row("1.2"))
    assert said(made) == [cells("1.1", **WHOLE), cells("1.2")]
    assert told(made) == []


def test_every_cell_goes_on_over_two_pages() -> None:
    made = plan(HEADER, row("1.1", end="31 March", **CUT), "", HEADER, " | | | 19 | | | the harbour | | ", "",
                " | | | | | | board | and tide | ", row("1.2"))  # fmt: skip
    assert said(made) == [cells("1.1", end="31 March 19", **WHOLE), cells("1.2")]
    assert [date.edtf for date in made.actions[0].end] == ["2019-03-31"]


def test_items_of_a_list_stay_lines() -> None:
    made = plan(HEADER, row("1.1", action="Survey: • moorings"), "", " | • chains | | | | | | | ", row("1.2"))
    assert said(made)[0]["action"] == "Survey: • moorings\n• chains"


def test_a_ref_printed_again_at_the_top_of_a_page_is_one_action() -> None:
    made = plan(HEADER, row("1.1", **CUT), "", HEADER, f"1.1{REST}", row("1.2"))
    assert [one.ref for one in made.actions] == ["1.1", "1.2"]
    assert said(made)[0] == cells("1.1 1.1", **WHOLE)
    assert (told(made), told(made, "info")) == ([], [("row-continued", "1.1", "row")])


def test_a_ref_printed_again_with_a_lead_of_its_own_is_another_row() -> None:
    made = plan(HEADER, row("1.1"), "", HEADER, row("1.1", action="Mend the crane"), row("1.2"))
    assert [one.id for one in made.actions] == ["1.1", "1.1~2", "1.2"]
    assert told(made) == [("duplicate-ref", "1.1", "ref")]


def test_a_fragment_below_a_banner_that_ends_the_page_belongs_above_it() -> None:
    made = plan(HEADER, row("1.1", **CUT), f"LIGHTS | LIGHTS AND BUOYS {' |' * 7}", "", REST, row("1.2"))
    assert said(made) == [cells("1.1", **WHOLE), cells("1.2")]
    assert [one.group for one in made.actions] == [None, "LIGHTS AND BUOYS"]


# --- rows without a ref that stand alone -----------------------------------------------------------------------------

ALONE = [
    ("30 Mar 19", "TW"),
    ("Ongoing", "TW"),
    ("TBC", "TW"),
]


@pytest.mark.parametrize("end, lead", ALONE)
def test_a_row_that_begins_afresh_with_a_lead_and_a_date_is_an_action(end: str, lead: str) -> None:
    made = plan(HEADER, row("1.1"), row("", action="Mend the crane", end=end, lead=lead), row("1.2"))
    assert [(one.id, one.action) for one in made.actions] == [
        ("1.1", "Dredge the inner basin"),
        ("row-2", "Mend the crane"),
        ("1.2", "Dredge the inner basin"),
    ]


FRAGMENTS = [
    {"action": "and mend the crane", "lead": "TW", "end": "30 Mar 19"},
    {"action": "Mend the crane", "lead": "", "end": "30 Mar 19"},
    {"action": "Mend the crane", "lead": "OL", "end": "", "start": ""},
    {"action": "", "lead": "OL", "end": "31 May 19"},
]


@pytest.mark.parametrize("changes", FRAGMENTS)
def test_a_row_that_lacks_one_of_them_goes_on(changes: dict[str, str]) -> None:
    made = plan(HEADER, row("1.1"), row("", **changes), row("1.2"))
    assert [one.ref for one in made.actions] == ["1.1", "1.2"]


NO_REFS = HEADER.removeprefix("No | ")


def without_ref(**changes: str) -> str:
    return row("", **changes).removeprefix(" | ")


def test_without_a_ref_column_every_row_that_begins_afresh_is_an_action() -> None:
    made = plan(
        NO_REFS,
        without_ref(),
        without_ref(action="Mend the crane", end="TBC"),
        without_ref(action="Paint the rails", end="Ongoing", lead=""),
        without_ref(action="Light the quay", start="", end="", lead=""),
        "and the ferry steps | | | | | | | by night",
    )
    assert said(made) == [
        cells(""),
        cells("", action="Mend the crane", end="TBC"),
        cells("", action="Paint the rails", end="Ongoing", lead=""),
        cells("", action="Light the quay and the ferry steps", start="", end="", lead="",
              progress="Tender is out by night"),
    ]  # fmt: skip
    assert [(one.id, one.ref) for one in made.actions] == [(f"row-{n}", None) for n in (1, 2, 3, 4)]


def test_without_a_ref_column_a_cut_action_goes_on() -> None:
    made = plan(NO_REFS, without_ref(action="Dredge the basin and"), "the fairway | | | | | | | ", without_ref())
    assert said(made) == [cells("", action="Dredge the basin and the fairway"), cells("")]


# --- grids -----------------------------------------------------------------------------------------------------------


def test_on_a_page_of_its_own_a_row_without_a_ref_goes_on() -> None:
    grid = Grid()
    grid.table(HEADER, row("1.1", **CUT), page=1)
    grid.table(REST, row("1.2"), page=2)
    assert said(grid.plan()) == [cells("1.1", **WHOLE), cells("1.2")]


def test_inside_a_page_a_row_without_a_ref_is_a_row() -> None:
    grid = Grid()
    grid.table(HEADER, row("1.1", **CUT), REST, row("1.2"), page=1)
    assert [one.id for one in grid.plan().actions] == ["1.1", "row-2", "1.2"]


def test_a_row_without_a_ref_of_a_word_file_is_a_row() -> None:
    grid = Grid(word=True)
    grid.table(HEADER, row("1.1", **CUT), REST, row("1.2"))
    assert [one.id for one in grid.plan().actions] == ["1.1", "row-2", "1.2"]
