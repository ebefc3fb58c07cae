from itertools import pairwise

from msgspec.structs import replace

from extract.pdf.bands import banded_sections, grid_of, others
from extract.pdf.content import Fill
from extract.pdf.grid import Slot, ruled_grids
from extract.pdf.open_rows import with_open_rows
from extract.pdf.stacks import Mark, bars_of, runs
from tests.pdf_pages import across, grid_rules, words

DARK, PALE = "#223344", "#eef2f6"
EDGES = (10, 40, 140, 200)
HEADER = (("No.", 13, 20), ("Action", 43, 20), ("Lead", 143, 20))


def shaded(top, bottom, colour, edges=EDGES):
    return [Fill(left, top, right, bottom, colour) for left, right in pairwise(edges)]


def line(at, edges=EDGES):
    return [across(at, left, right) for left, right in pairwise(edges)]


def grids(rules, fills, placed):
    held = words(*placed)
    return [grid_of(section) for section in with_open_rows(banded_sections(rules, fills, (), held), held)]


def table(*rows):
    """Slots of rows given as their columns' edges."""
    return tuple(Slot(left, row, right, row + 1) for row, edges in enumerate(rows) for left, right in pairwise(edges))


ALL = (0, 1, 2, 3)


def test_the_pieces_of_level_lines_and_boxes_are_the_columns():
    placed = (*HEADER, ("1", 13, 40), ("Train all staff", 43, 40), ("2", 13, 60), ("Report", 43, 60))
    (grid,) = grids([*line(50), *line(70)], shaded(10, 30, DARK), placed)
    assert (grid.xs, grid.ys, grid.cells) == (EDGES, (10, 30, 50, 70), table(ALL, ALL, ALL))
    assert (grid.ruled, grid.weak) == (False, False)


def test_a_row_of_one_box_is_a_banner_and_so_is_a_line_that_reads_across():
    rules = [*line(50), *line(70), *line(90)]
    fills = [*shaded(10, 30, DARK), Fill(10, 30, 200, 50, PALE)]
    placed = (*HEADER, ("Law", 13, 43), ("1", 13, 60), ("Train", 43, 60), ("Health and wellbeing", 13, 80))
    (grid,) = grids(rules, fills, placed)
    assert grid.cells == table(ALL, (0, 3), ALL, (0, 3))


def test_a_box_of_two_pieces_says_which_columns_its_cells_cover():
    fills = [*shaded(10, 30, DARK), *shaded(30, 50, PALE, (10, 140, 200))]
    (grid,) = grids([], fills, (*HEADER, ("1", 13, 40)))
    assert grid.cells == table(ALL, (0, 2, 3))


def test_a_heading_between_two_tables_is_in_neither():
    rules = [*line(50), *line(120)]
    fills = [*shaded(10, 30, DARK), *shaded(80, 100, DARK)]
    second = tuple((text, x, y + 70) for text, x, y in HEADER)
    placed = (*HEADER, ("1", 13, 40), ("Train", 43, 40), ("2. HEALTH AND CARE", 10, 70), *second, ("2", 13, 110))
    assert [grid.ys for grid in grids(rules, fills, placed)] == [(10, 30, 50), (80, 100, 120)]


def test_a_line_that_leaves_columns_out_ends_the_row_but_for_the_cells_there():
    rules = [*line(50, (40, 140, 200)), *line(70), *line(90)]
    placed = (*HEADER, ("A", 13, 40), ("Train", 43, 40), ("Audit", 43, 60), ("2", 13, 80), ("Report", 43, 80))
    (grid,) = grids(rules, shaded(10, 30, DARK), placed)
    down = (Slot(0, 1, 1, 3), Slot(1, 1, 2, 2), Slot(2, 1, 3, 2), Slot(1, 2, 2, 3), Slot(2, 2, 3, 3))
    assert grid.ys == (10, 30, 50, 70, 90)
    assert grid.cells == (*table(ALL), *down, *(replace(cell, row=3, below=4) for cell in table(ALL)))


def test_a_line_that_leaves_a_middle_column_out_is_one_of_two_pieces():
    rules = [*line(50, (10, 40)), *line(50, (140, 200)), *line(70)]
    (grid,) = grids(rules, shaded(10, 30, DARK), (*HEADER, ("1", 13, 40), ("Train", 143, 40), ("2", 13, 60)))
    assert grid.ys == (10, 30, 70)  # more than half of the table is left out: no row's end
    edges = (10, 80, 100, 200)
    rules = [*line(50, (10, 80)), *line(50, (100, 200)), *line(70, edges)]
    header = (("No.", 13, 20), ("A", 83, 20), ("Lead", 103, 20))
    (grid,) = grids(rules, shaded(10, 30, DARK, edges), (*header, ("1", 13, 40), ("2", 13, 60)))
    assert (grid.ys, Slot(1, 1, 2, 3) in grid.cells, len(grid.cells)) == ((10, 30, 50, 70), True, 8)


def test_an_underlined_word_ends_no_row():
    rules = [across(50, 43, 90), *line(70)]
    (grid,) = grids(rules, shaded(10, 30, DARK), (*HEADER, ("1", 13, 45), ("Train staff", 43, 45)))
    assert grid.ys == (10, 30, 70)


def test_a_heading_over_a_first_column_that_is_wide_enough_for_it_is_in_neither_table():
    edges = (10, 120, 160, 200)
    header = (("Action", 13, 20), ("Lead", 123, 20), ("When", 163, 20))
    rules, fills = [*line(50, edges), *line(120, edges)], [*shaded(10, 30, DARK, edges), *shaded(80, 100, DARK, edges)]
    second = tuple((text, x, y + 70) for text, x, y in header)
    placed = (*header, ("Train", 13, 40), ("2. Health", 13, 70), *second, ("Report", 13, 110))
    assert [grid.ys for grid in grids(rules, fills, placed)] == [(10, 30, 50), (80, 100, 120)]
    banded = (
        *header,
        ("Train", 13, 40),
        ("Report", 13, 70),
        ("Audit", 13, 90),
        ("Dana", 123, 90),
        ("Publish", 13, 110),
    )
    assert [grid.ys for grid in grids(rules, fills, banded)] == [(10, 30, 50, 80, 100, 120)]


ROWS = (("A", 13, 40), ("Train", 43, 40), ("Ada", 143, 40), ("Audit", 43, 60), ("Ben", 143, 60), ("B", 13, 80))
SPANNING = (Slot(0, 1, 1, 3), Slot(1, 1, 2, 2), Slot(2, 1, 3, 2), Slot(1, 2, 2, 3), Slot(2, 2, 3, 3))


def test_a_cell_that_goes_on_beside_rows_that_are_shaded_by_turns_spans_them():
    cell, rest = [Fill(10, 30, 40, 70, PALE)], (40, 140, 200)
    row, below = shaded(30, 50, PALE, rest), shaded(50, 70, PALE, rest)
    for fills in (
        [*cell, *row, *shaded(70, 90, PALE)],  # the first of the two is shaded, with the cell that spans both
        [*below, *shaded(70, 90, PALE)],  # the second is, and leaves the cell out
        [*cell, *row, *below, *shaded(70, 90, PALE)],  # every cell has its box
    ):
        (grid,) = grids([], [*shaded(10, 30, DARK), *fills], (*HEADER, *ROWS))
        assert (grid.ys, grid.cells[:8]) == ((10, 30, 50, 70, 90), (*table(ALL), *SPANNING))


def test_an_unshaded_banner_as_low_as_a_row_stays_in_its_table():
    fills = [*shaded(10, 30, DARK), *shaded(46, 62, PALE), *shaded(78, 94, PALE)]
    rows = (("1", 13, 54), ("Train", 43, 54), ("2", 13, 70), ("Plan", 43, 70), ("3", 13, 86), ("Report", 43, 86))
    (grid,) = grids([], fills, (*HEADER, ("Health and wellbeing", 13, 38), *rows))
    assert grid.cells == table(ALL, (0, 3), ALL, ALL, ALL)
    apart = [*shaded(10, 30, DARK), *shaded(70, 86, PALE), *shaded(102, 118, PALE)]
    lower = tuple((text, x, y + 24) for text, x, y in rows)
    found = grids([], apart, (*HEADER, ("Health and wellbeing", 13, 50), *lower))
    assert [grid.ys[0] for grid in found] == [10, 70]


def levels_of(*band):
    """Where the rows end of the tables on a page with a row, a band between 50 and 110 with some text, and a row."""
    placed = (*HEADER, ("1", 13, 42), ("Train", 43, 42), *band, ("9", 13, 122), ("Report", 43, 122))
    return [grid.ys[1:] for grid in grids([*line(30), *line(50), *line(110), *line(130)], [], placed)]


APART, TOGETHER = [(30, 50), (110, 130)], [(30, 50, 110, 130)]


def test_a_band_with_a_heading_over_a_header_is_no_row():
    header = [(text, x, 104, 10, True) for text, x, _ in HEADER]
    assert levels_of(("Part B", 13, 80, 14), *header) == APART
    assert levels_of(("2", 13, 60), ("Audit", 43, 60), ("Part B", 13, 80, 14), *header) == [(30, 50, 63), (110, 130)]
    assert levels_of(("Part B", 13, 80, 12), *header) == TOGETHER  # hardly larger
    assert levels_of(("Part B", 43, 80, 14), *header) == TOGETHER  # in a cell further right
    assert levels_of(("Part", 13, 80, 14), ("B", 143, 80, 14), *header) == TOGETHER  # in two cells
    assert levels_of(("Part B", 13, 80, 14), header[0]) == TOGETHER  # over one column


def test_a_heading_at_the_table_s_edge_over_rows_without_a_header_is_no_row():
    row = (("2", 13, 104), ("Audit", 43, 104))
    assert levels_of(("Part B", 10.5, 80, 14), *row) == APART
    assert levels_of(("Part B", 13, 80, 14), *row) == TOGETHER
    assert levels_of(("Part B", 10.5, 80, 14), ("2", 10.5, 104), row[1]) == TOGETHER  # as the cells' text is


def test_a_row_with_a_title_a_note_or_a_subscript_of_another_size_is_a_row():
    row = (("2", 13, 76), ("Agree a rota", 43, 76), ("Ada", 143, 76))
    assert levels_of(("Rota", 43, 62, 14), *row, ("with the union", 43, 88)) == TOGETHER
    assert levels_of(("Rota", 13, 62, 14), *row, ("with the union", 43, 88)) == TOGETHER
    assert levels_of(*row, ("with the union", 43, 88), ("Source: page 12", 43, 98, 7)) == TOGETHER
    assert levels_of(*row, ("and measure CO", 43, 88), ("2", 109, 91, 5.5)) == TOGETHER


def test_a_header_whose_last_line_is_smaller_is_its_table_s():
    rules = [*line(10), *line(40), *line(60)]
    header = [(text, x, y, 10, True) for text, x, y in HEADER]
    (grid,) = grids(rules, [], (*header, ("(name)", 143, 32, 7, True), ("1", 13, 52), ("Train", 43, 52)))
    assert (grid.ys, grid.cells) == ((10, 40, 60), table(ALL, ALL))


def test_a_header_without_a_line_above_it_is_the_lower_table_s_and_its_first_banner_no_title():
    edges = (10, 40, 100)
    upper = [*line(30, edges), *line(50, edges)]
    lower = [*line(66), *line(86), *line(106)]
    placed = (("AV", 13, 40), ("Ada", 43, 40), ("Ref", 13, 58), ("Action", 43, 58), ("Lead", 143, 58))
    rows = (("Health and wellbeing", 13, 76), ("1", 13, 96), ("Train", 43, 96), ("Ada", 143, 96))
    one, two = grids([*upper, *lower], [], (*placed, *rows))
    assert (one.ys, len(one.xs)) == ((30, 50), 3)
    assert (two.ys[1:], two.cells) == ((66, 86, 106), table(ALL, (0, 3), ALL))
    alone = grids(lower, [], rows)  # without a header the line over the rows is their title
    assert [grid.ys for grid in alone] == [(86, 106)]


def test_lines_above_and_below_text_are_no_table():
    placed = (("A paragraph of text that runs across", 10, 40),)
    assert grids([across(20, 10, 200), across(60, 10, 200)], [], placed) == []
    assert grids([across(20, 10, 200)], [Fill(10, 25, 200, 60, PALE)], placed) == []


def test_what_stands_in_a_ruled_table_is_left_alone():
    rules = grid_rules(EDGES, (10, 30, 50))
    assert banded_sections(rules, shaded(10, 30, DARK), ruled_grids(rules), ()) == []


OPEN = (("because the court", 43, 44), ("asked for it", 43, 56), ("Dana", 143, 44))


def test_an_open_row_below_and_above_is_found_by_its_columns():
    fills = shaded(10, 30, DARK)
    (below,) = grids([], fills, (*HEADER, *OPEN))
    assert (below.ys[:2], round(below.ys[2], 1), below.cells) == ((10, 30), 59.0, table(ALL, ALL))
    (above,) = grids([*line(64), *line(84)], [], (*OPEN, ("1", 13, 76)))
    assert (round(above.ys[0], 1), above.ys[1:], above.cells) == (35.0, (64, 84), table(ALL, ALL))


def test_a_paragraph_under_a_table_is_no_open_row():
    rules = [*line(30), *line(50)]
    row = (("1", 13, 42), ("Train", 43, 42))
    runs_across = ("Progress is reported to the Board.", 10, 64)
    far = tuple((text, x, y + 40) for text, x, y in OPEN)
    larger = (("because", 43, 64, 12), ("Dana", 143, 64, 12))
    outdented = (("Note", 10, 64), ("why", 40, 64))
    for after in ((runs_across,), far, larger, outdented):
        assert [grid.ys for grid in grids(rules, [], (*row, *after))] == [(30, 50)]


def test_pieces_that_meet_are_one_broken_line():
    assert runs([(20, 50), (0, 20), (53, 90), (94, 99)]) == [(0, 90, (20, 51.5)), (94, 99, ())]
    assert runs([(0, 50), (0, 50)]) == [(0, 50, ())]
    assert bars_of([across(10, 0, 20), across(10.5, 20, 50)]) == [Mark(10.25, 10.25, 0, 50, (20,))]


def test_rows_are_of_different_tables_where_fewer_than_half_their_breaks_agree():
    assert others((20, 50), (30, 60))
    assert not others((20, 50), (21, 60))
    assert not others((), (30, 60))
