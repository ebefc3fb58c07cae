"""Printed rows on their columns: short, long and shifted rows of a dump, rows of a grid, fused and spaced refs."""

from __future__ import annotations

import pytest
from dumps import HEADER, ROW, Grid, cells, plan, row, said, texts, told

from extract.model import Cell, Document, Line, Row, Source, Table, TableCell
from normalise.model import Action
from normalise.plan import normalise

EMPTY = " |" * 7


def test_rows_stand_under_their_headers() -> None:
    made = plan(HEADER, row("1.1"), row("1.2", action="Mend the crane", progress=""))
    assert said(made) == [cells("1.1"), cells("1.2", action="Mend the crane", progress="")]
    assert [column.field for column in made.columns] == [
        "ref", "action", "start", "end", "lead", "resources", "measure", "impact", "progress",
    ]  # fmt: skip
    assert told(made) == []


def test_a_first_column_cut_in_two_gives_refs_of_two_parts() -> None:
    made = plan(f"N | {HEADER}", f"1 | {row('13')}", f"1 | {row('14.', action='Mend the crane')}")
    assert [(one.ref, texts(one)["ref"], one.action) for one in made.actions] == [
        ("1.13", "1 13", "Dredge the inner basin"),
        ("1.14", "1 14.", "Mend the crane"),
    ]
    assert told(made) == []


def test_empty_cells_at_the_end_mean_nothing() -> None:
    made = plan(f"{HEADER} | | | |", f"{row('1.1')} | | | |", f"{row('1.2')} | | | |")
    assert said(made) == [cells("1.1"), cells("1.2")]
    assert told(made) == []


def test_empty_cells_at_the_end_of_a_header_take_nothing_from_a_row() -> None:
    made = plan(f"{HEADER} | | | |", row("1.1"), " | and the quay | | | | | | | ", row("1.2"))
    assert [one.action for one in made.actions] == [ROW["action"] + " and the quay", ROW["action"]]
    assert told(made) == []


def test_words_beyond_the_last_header_are_kept_with_it_and_flagged() -> None:
    made = plan(HEADER, f"{row('1.1')} | Award in May", row("1.2"))
    assert said(made) == [cells("1.1", progress="Tender is out Award in May"), cells("1.2")]
    assert told(made) == [("row-too-long", "1.1", "progress")]


# --- rows that have lost cells ---------------------------------------------------------------------------------------

OPEN = {"measure": "Depth survey signed by", "impact": "Ships berth safely and", "progress": "Tender is out; award"}


def test_a_fragment_that_lost_columns_goes_on_with_the_cells_that_wait_for_it() -> None:
    made = plan(HEADER, row("1.1", **OPEN), " | | the harbour board | crews wait less | is due in May", row("1.2"))
    whole = {
        "measure": "Depth survey signed by the harbour board",
        "impact": "Ships berth safely and crews wait less",
        "progress": "Tender is out; award is due in May",
    }
    assert said(made) == [cells("1.1", **whole), cells("1.2")]
    assert told(made) == []
    assert told(made, "info") == [("row-too-short", "1.1", key) for key in ("measure", "impact", "progress")]


def test_where_its_words_do_not_show_it_the_reading_is_a_warning() -> None:
    made = plan(HEADER, row("1.1"), " | | Board minutes | Crews wait less | Award in May", row("1.2"))
    assert said(made)[0] == cells(
        "1.1",
        measure="Depth survey signed off Board minutes",
        impact="Ships berth safely at low water Crews wait less",
        progress="Tender is out Award in May",
    )
    assert told(made) == [("row-too-short", "1.1", key) for key in ("measure", "impact", "progress")]


def test_a_row_with_a_ref_that_ends_early_stands_by_position() -> None:
    made = plan(HEADER, "1.1 | Dredge the inner basin | Jan 19", row("1.2"))
    assert said(made)[0] == {"ref": "1.1", "action": "Dredge the inner basin", "start": "Jan 19"}
    assert told(made) == []


def test_rows_that_end_early_without_a_ref_column_stand_by_what_their_cells_hold() -> None:
    made = plan(
        "Action | Deadline | Lead | Progress",
        "Dredge the basin | Jan 19 | TW | Tender is out",
        "Mend the crane | Feb 19 | OL",
        "Paint the rails | Mar 19",
    )
    assert said(made) == [
        {"action": "Dredge the basin", "end": "Jan 19", "lead": "TW", "progress": "Tender is out"},
        {"action": "Mend the crane", "end": "Feb 19", "lead": "OL"},
        {"action": "Paint the rails", "end": "Mar 19"},
    ]
    assert told(made) == []


@pytest.mark.parametrize("banner", ["DRED | DREDGING AND DEPTH", "DRED | DREDGING AND DEPTH | | | | |"])
def test_a_banner_row_that_lost_its_empty_cells_is_a_banner(banner: str) -> None:
    made = plan(HEADER, row("1.1"), banner, row("1.2"))
    assert said(made) == [cells("1.1"), cells("1.2")]
    assert [one.group for one in made.actions] == [None, "DREDGING AND DEPTH"]


# --- rows that say little --------------------------------------------------------------------------------------------


def test_a_row_with_nothing_but_its_ref_is_an_action() -> None:
    assert said(plan(HEADER, row("1.1"), f"1.2 | {EMPTY}", row("1.3"))) == [cells("1.1"), {"ref": "1.2"}, cells("1.3")]


def test_a_row_of_tbc_is_an_action() -> None:
    tbc = dict.fromkeys(cells("1.2"), "TBC") | {"ref": "1.2"}
    made = plan(HEADER, row("1.1"), " | ".join(tbc.values()), row("1.3"))
    assert said(made) == [cells("1.1"), tbc, cells("1.3")]


def test_whole_number_rows_above_dotted_ones_are_actions_of_their_section() -> None:
    made = plan(HEADER, f"1 | Depth {EMPTY}", row("1.1"), row("1.2"), f"2 | Cranes {EMPTY}", row("2.1"))
    assert [(one.id, one.section) for one in made.actions] == [
        ("1", "1"), ("1.1", "1"), ("1.2", "1"), ("2", "2"), ("2.1", "2"),
    ]  # fmt: skip


# --- refs with a word before them, banners fused with a row ----------------------------------------------------------


@pytest.mark.parametrize("word", ["MD", "Rec", "R", "Action"])
def test_a_word_before_every_number_is_part_of_the_ref(word: str) -> None:
    made = plan(HEADER, row(f"{word} 1"), row(f"{word} 2"), row(f"{word} 4"))
    assert [one.ref for one in made.actions] == [f"{word} 1", f"{word} 2", f"{word} 4"]
    assert told(made) == [("missing-ref", f"{word} 3", "ref")]


def test_a_word_before_one_number_is_a_banner_that_ran_into_the_row() -> None:
    made = plan(HEADER, row("1.1"), row("MAIN 1.2", action="TENANCE OF CRANES Mend the big crane"), row("1.3"))
    assert said(made) == [cells("1.1"), cells("1.2", action="Mend the big crane"), cells("1.3")]
    assert [one.group for one in made.actions] == [None, "MAINTENANCE OF CRANES", "MAINTENANCE OF CRANES"]
    assert [(group.title, group.raw) for section in made.sections for group in section.groups] == [
        ("MAINTENANCE OF CRANES", "MAIN TENANCE OF CRANES")
    ]
    assert (told(made), told(made, "info")) == ([], [("banner-fused", "1.2", "action")])


def test_where_a_fused_banner_ends_is_flagged_if_it_cannot_be_seen() -> None:
    made = plan(HEADER, row("1.1"), row("Main 1.2", action="tenance of cranes Mend the big crane"))
    assert said(made)[1] == cells("1.2", action="tenance of cranes Mend the big crane")
    assert told(made) == [("banner-fused", "1.2", "action")]


# --- grids -----------------------------------------------------------------------------------------------------------


def gridded(*rows: str, word: bool = False) -> tuple[Action, ...]:
    grid = Grid(word)
    grid.table("Ref | Action | By when | Lead | Progress", *rows)
    return grid.plan().actions


@pytest.mark.parametrize("word", [False, True])
def test_a_cell_over_most_columns_alone_is_a_banner(word: bool) -> None:
    rows = ("Depth >5", "1 | Dredge | Jan 19 | TW | Out", "Cranes >3 | | ", "2 | Mend | Jan 19 | TW | Out")
    assert [(one.ref, one.group) for one in gridded(*rows, word=word)] == [("1", "Depth"), ("2", "Cranes")]


def test_a_cell_over_less_than_half_of_the_columns_is_no_banner() -> None:
    actions = gridded("1 | Dredge | Jan 19 | TW | Out", " | New work >2 | | ")
    assert [(one.ref, one.action, one.group) for one in actions] == [("1", "Dredge", None), (None, "New work", None)]


def test_rows_under_a_merged_ref_are_one_action() -> None:
    grid = Grid(word=True)
    table = grid.table(
        "Ref | Action | By when | Lead | Progress",
        "1 v2 | Dredge | Jan 19 | TW | Out",
        "2 | Mend | Feb 19 | OL | Booked",
    )
    under = Row(tuple(table.rows[2].cells[1:]))  # its first column is covered from above
    grid.blocks[-1] = Table((*table.rows[:2], under), table.columns)
    made = normalise(grid.document(), "0" * 64)
    assert said(made) == [
        {"ref": "1", "action": "Dredge\nMend", "end": "Jan 19\nFeb 19", "lead": "TW\nOL", "progress": "Out\nBooked"}
    ]


def test_a_row_of_white_space_is_no_row() -> None:
    texts_ = ("Ref", "Action", "By when", "Lead", "Progress"), ("   ",) * 5, ("1", "Dredge", "Jan 19", "TW", "Out")
    rows = tuple(
        Row(tuple(Cell((Line(99 * at + 9 * n, text, TableCell(1, at + 1, n)),), n) for n, text in enumerate(line, 1)))
        for at, line in enumerate(texts_)
    )
    made = normalise(Document(Source("q", "0" * 64, "x", None), (Table(rows, 5),), 44), "0" * 64)
    assert said(made) == [{"ref": "1", "action": "Dredge", "end": "Jan 19", "lead": "TW", "progress": "Out"}]
