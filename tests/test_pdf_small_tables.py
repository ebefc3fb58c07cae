import pytest

from extract.pdf.gutters import Seen, gutter_grids, lines_of
from extract.pdf.small_tables import small_table, small_tops
from tests.pdf_pages import words

HEADER = ("Name", "Job title", "Initials")
PEOPLE = (("Dana Holt", "Head of Care", "DH"), ("Ivo Lind", "Finance Lead", "IL"), ("Sue Marr", "Chief Nurse", "SM"))
STARTS = (10, 120, 260)


def set_rows(rows, bold=True, starts=STARTS, top=20, step=14):
    """Rows of cells, each on its line, written row by row; the first may be in bold."""
    return [
        (cell, x, top + number * step, 10, bold and number == 0)
        for number, row in enumerate(rows)
        for cell, x in zip(row, starts, strict=False)
        if cell
    ]


def grids(placed, seen=None):
    return gutter_grids(words(*placed), (), (), seen or Seen())


def test_a_bold_header_over_short_cells_is_a_weak_table():
    (grid,), _ = grids(set_rows((HEADER, *PEOPLE)))
    assert [round(x, 1) for x in grid.xs] == [9.0, 118.0, 258.0, 301.0]
    assert (len(grid.ys) - 1, len(grid.cells), grid.weak, grid.ruled) == (4, 12, True, False)


def test_what_stands_under_it_is_no_part_of_it():
    after = [("Actions", 10, 100, 10, True), ("The board meets each month.", 10, 114, 10, False)]
    (grid,), _ = grids([*set_rows((HEADER, *PEOPLE)), *after])
    assert len(grid.ys) - 1 == 4


def test_a_header_may_stand_in_the_middle_of_its_columns():
    header = [("Name", 50, 20, 10, True), ("Job title", 170, 20, 10, True), ("Initials", 280, 20, 10, True)]
    (grid,), _ = grids([*header, *set_rows(PEOPLE, bold=False, top=34)])
    assert len(grid.ys) - 1 == 4


def test_a_cell_that_goes_on_is_in_its_row():
    rows = [*set_rows((HEADER, *PEOPLE[:2])), ("Sue", 10, 62), ("Marr", 10, 76), ("Nurse", 120, 62), ("SM", 260, 62)]
    lines = lines_of(words(*rows, *set_rows((PEOPLE[0],), bold=False, top=90)))
    small, end = small_table(lines, 0)
    assert (end, small_tops(lines[:end], small)) == (6, [0, 1, 2, 3, 5])


@pytest.mark.parametrize(
    ("rows", "bold", "found"),
    [
        ((HEADER, *PEOPLE), True, 1),
        ((HEADER, *PEOPLE[:2]), True, 0),  # two rows are too few
        ((HEADER, *PEOPLE), False, 0),  # without bold, three are
        ((HEADER, *PEOPLE, ("Al Ure", "Estates", "AU")), False, 1),
        ([row[:2] for row in (HEADER, *PEOPLE)], True, 1),
        ([row[:2] for row in (HEADER, *PEOPLE, ("Al Ure", "Estates"))], False, 0),
        ((("1.", "Introduction"), ("1.1", "The plan"), ("1.2", "The board"), ("1.3", "The end")), True, 0),
    ],
)
def test_how_much_is_asked_for(rows, bold, found):
    assert len(grids(set_rows(rows, bold))[0]) == found


def test_text_in_two_columns_is_written_one_after_the_other():
    rows = set_rows([row[:2] for row in (HEADER, *PEOPLE)])
    assert len(grids(rows)[0]) == 1
    assert grids(sorted(rows, key=lambda one: one[1]))[0] == []


def test_it_runs_on_over_the_page():
    _, seen = grids(set_rows((HEADER, *PEOPLE)))
    (grid,), _ = grids(set_rows((("Al Ure", "Estates", "AU"),), bold=False), seen)
    assert (len(grid.ys) - 1, len(grid.xs) - 1) == (1, 3)
    assert grids(set_rows((("Al Ure", "Estates"),), bold=False), seen)[0] == []
