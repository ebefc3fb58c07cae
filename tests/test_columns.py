"""Columns: which printed header is which field, by its words and by what stands under it."""

from __future__ import annotations

import pytest
from dumps import Grid, plan, told

from extract.model import Table
from normalise.columns import find_header, repeats
from normalise.repeated import rows_by_header


def table(*rows: str) -> Table:
    return Grid().table(*rows)


def keys(*rows: str) -> tuple[str, ...] | None:
    header = find_header(table(*rows))
    return header.layout.keys if header else None


NINE = ("ref", "action", "start", "end", "lead", "resources", "measure", "impact", "progress")

HEADERS = [
    ("REF | ACTION | START DATE | END DATE | SRO (Lead) | RESOURCES | MEASURE | IMPACT | PROGRESS", NINE),
    ("REF | ACTION | START DATE | END DATE | SRO (Lea d) | RESOU RCES | MEAS URE | IMPA CT | PROGRE SS", NINE),
    ("Ref. | Action | Start Date | End Date | SRO (Lead) | Resources | КРІ | Impact | Progress", NINE),
    ("# | Task | From | To | Who | Budget | Evidence | Outcome | Position at last review", NINE),
    ("No. | What we will do | By when | Responsible | BRAG", ("ref", "action", "end", "lead", "status")),
    (
        "No | What we are going to do | Who is leading on this | Starting | Finished by | Where we are now (Nov 23) "
        "| What will be different for children, young people and families",
        ("ref", "action", "lead", "start", "end", "progress", "impact"),
    ),
    (
        "Rec. no. | Area for improvement that the inspectorate found this year | Action planned | Owner | Timescale",
        ("ref", "extra.Area for improvement that the inspectorate found this year", "action", "lead", "end"),
    ),
    (
        "Action no. | Recommendation / Task | Deadline | Accountable officer | KPI | Difference made | Status",
        ("ref", "action", "end", "lead", "measure", "impact", "status"),
    ),
]


HEADERS += [
    (
        "Ref | Action | Performance indicator lead | Starting point | Completion status | Evidence of progress",
        ("ref", "action", "lead", "extra.Starting point", "status", "measure"),
    ),
    (
        "Ref | Action | Metric owner | Target date for completion | Progress as at June",
        (*NINE[:2], "lead", "end", "progress"),
    ),
    (
        "Ref | Action | Lead officer | By when | Lead officer's comments on progress since the last review",
        ("ref", "action", "lead", "end", "progress"),
    ),
]


@pytest.mark.parametrize("header, fields", HEADERS)
def test_headers_are_known_by_their_words(header: str, fields: tuple[str, ...]) -> None:
    assert keys(header) == fields


@pytest.mark.parametrize(
    "header",
    ["Name | Role | Date", "Term | Meaning", "Action | Lead", "Date | Attended | Apologies | Lead", "Ref | Action"],
)
def test_other_tables_have_no_header(header: str) -> None:
    assert keys(header, "a | b | c | d") is None


def test_a_header_of_two_rows_is_one() -> None:
    rows = (
        "Ref | Action | Timescale >2 | Lead | Progress",
        " | | From | To | | ",
        "1 | Dredge | Jan 19 | Feb 19 | TW | Out",
    )
    header = find_header(table(*rows))
    assert header is not None
    assert (header.at, header.rows) == (0, 2)
    assert header.layout.keys == ("ref", "action", "start", "end", "lead", "progress")


def test_a_header_below_a_title_is_found() -> None:
    header = find_header(table("Safer quays >4", "Ref | Action | By when | Lead", "1 | Dredge | Jan 19 | TW"))
    assert header is not None
    assert header.at == 1


PROSE = "Survey every mooring in the basin and mend it"


def test_what_stands_under_an_unknown_header_says_what_it_is() -> None:
    rows = tuple(f"{n} | {PROSE} | JUL 1{n} | TW | Out" for n in (1, 2, 3))
    made = plan("Ref | Action | Zebra | Lead | Progress", *rows)
    assert [date.edtf for one in made.actions for date in one.end] == ["2011-07", "2012-07", "2013-07"]
    assert told(made) == [("column-by-content", row, "end") for row in (None, "1", "2", "3")]


def test_too_little_content_leaves_it_extra() -> None:
    made = plan("Ref | Action | Zebra | Lead | Progress", f"1 | {PROSE} | Jul 11 | TW | Out")
    assert made.actions[0].extra == (("Zebra", "Jul 11"),)
    assert told(made, "info") == [("column-unknown", None, None)]


def test_of_two_headers_for_one_field_the_nearer_takes_it() -> None:
    made = plan("Ref | Action | Deadline | Date | Lead | Progress", f"1 | {PROSE} | Jul 11 | Aug 11 | TW | Out")
    assert [column.field for column in made.columns] == ["ref", "action", "end", None, "lead", "progress"]
    assert made.actions[0].extra == (("Date", "Aug 11"),)
    assert told(made, "info") == [("column-second", None, None)]


def test_a_column_of_sentences_is_no_ref() -> None:
    rows = tuple(f"{PROSE} {n} | Jul 1{n} | TW | Out" for n in (1, 2, 3))
    made = plan("Recommendation | Deadline | Lead | Progress", *rows)
    assert [(one.ref, one.action) for one in made.actions] == [(None, f"{PROSE} {n}") for n in (1, 2, 3)]
    assert told(made) == [("column-by-content", row, "action") for row in (None, None, None, None)]


def test_empty_cells_after_a_header_make_no_other_header_of_it() -> None:
    """`Position` over short words is a status by itself; sentences under it elsewhere say that it is progress."""
    header = "Ref | Action | Deadline | Lead | Position at July"
    first = (
        header,
        f"1 | {PROSE} | Jul 11 | TW | {PROSE}",
        f"2 | {PROSE} | Jul 11 | TW | {PROSE}",
        f"9 | {PROSE} | Jul 11 | TW | {PROSE}",
    )
    words = ("Complete", "Not started", "On track")
    second = (f"{header} | | ", *(f"{n} | {PROSE} | Jul 11 | TW | {word}" for n, word in enumerate(words, 3)))
    tables = (table(*first), table(*second))
    again = rows_by_header(tables)
    found = [find_header(one, again=again) for one in tables]
    assert [one.layout.keys[:5] for one in found if one] == [("ref", "action", "end", "lead", "progress")] * 2
    alone = find_header(tables[1])
    assert alone is not None
    assert alone.layout.keys[4] == "status"


def test_extra_columns_of_one_name_are_counted() -> None:
    made = plan("Ref | Action | Deadline | Lead | Zebra | Zebra", f"1 | {PROSE} | Jul 11 | TW | black | white")
    assert made.actions[0].extra == (("Zebra", "black"), ("Zebra (2)", "white"))


AGAIN = [
    ("Ref | Action | By when | Lead", True),
    ("REF | ACT ION | By wh en | Lea d", True),
    ("Ref | Action | | ", True),
    ("Ref | | | ", False),
    ("1 | Action | Lead | TW", False),
    ("TBC | TBC | TBC | TBC", False),
    (" | | | ", False),
]


@pytest.mark.parametrize("row, again", AGAIN)
def test_a_header_printed_again(row: str, again: bool) -> None:
    found = table("Ref | Action | By when | Lead", "1 | Dredge | Jan 19 | TW", row)
    header = find_header(found)
    assert header is not None
    assert repeats(found.rows[2], header.layout) is again


@pytest.mark.parametrize(
    ("cells", "field"),
    [(("Green", "Red"), "status"), (("Ten of ten files", "Two complaints"), "measure"), (("Green", "Ten"), "measure")],
)
def test_a_rating_in_brackets_is_believed_where_the_column_holds_ratings(cells: tuple[str, ...], field: str) -> None:
    rows = (f"{at} | Dredge the harbour | {cell} | AL" for at, cell in enumerate(cells, start=1))
    assert keys("Ref | Action | Success indicator (RAG) | Lead", *rows) == ("ref", "action", field, "lead")
