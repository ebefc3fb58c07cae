"""Tables with lines between their columns and none between their rows."""

from extract.pdf.grid import Slot, ruled_grids
from extract.pdf.tall_rows import with_tall_row_parted
from tests.pdf_pages import across, down, grid_rules, words

XS = (10, 40, 140, 200)
HEADER = (("No.", 13, 22), ("Action", 43, 22), ("Lead", 143, 22))


def upright(*ys):
    """The rules of a table: its outline, its columns, and a line at each inner height."""
    return [across(at, XS[0], XS[-1]) for at in ys] + [down(at, ys[0], ys[-1]) for at in XS]


def row(number, at, *lines):
    return (
        (number, 13, at),
        *((text, 43, at + 12 * n) for n, text in enumerate(lines)),
        ("Ada", 143, at),
        ("Lowe", 143, at + 12),
    )


def parted(rules, *placed):
    (grid,) = ruled_grids(rules)
    found = with_tall_row_parted(grid, words(*HEADER, *placed))
    return found, found is grid


def test_a_tall_row_that_was_written_as_rows_is_parted():
    placed = (*row("1", 42, "Train all", "staff"), *row("2", 72, "Report", "twice"), *row("3", 100, "Audit"))
    grid, _ = parted(upright(10, 30, 110), *placed)
    assert (grid.ys[:2], [round(at) for at in grid.ys[2:]], grid.weak) == ((10, 30), [60, 89, 110], True)
    assert grid.cells == tuple(Slot(left, at, left + 1, at + 1) for at in range(4) for left in range(3))


def test_one_row_stays_whole_however_its_paragraphs_stand_apart():
    action = (("Train all staff", 43, 42), ("and", 43, 54), ("Report to the Board", 43, 84))
    one = (("1", 13, 42), *action, ("Ada", 143, 42), ("Lowe", 143, 54), ("Ben", 143, 84))
    assert parted(upright(10, 30, 110), *one)[1]


def test_a_row_written_line_by_line_stays_whole_where_its_paragraphs_open_in_few_columns():
    xs = (10, 40, 140, 200, 260, 320)
    rules = [across(at, 10, 320) for at in (10, 30, 110)] + [down(at, 10, 110) for at in xs]
    first = (("1", 13, 42), ("Train all", 43, 42), ("Records", 143, 42), ("May", 203, 42), ("Ada", 263, 42))
    first += (("staff", 43, 54), ("kept", 143, 54), ("June", 203, 66), ("Ben", 263, 66))
    second = (("Agree it", 43, 78), ("Rota", 143, 78), ("with them", 43, 90))
    assert parted(rules, *first, *second)[1]
    cells, others = (sorted(row, key=lambda one: one[1]) for row in (first, second))  # written cell by cell
    assert len(parted(rules, *cells, ("2", 13, 78), *others)[0].ys) == 4


def test_a_row_may_open_without_text_in_the_first_column_if_it_has_some_in_most():
    rows = (*row("1", 42, "Train all", "staff"), *row("2", 66, "Report", "twice"), ("Audit", 43, 90), ("it", 43, 102))
    assert parted(upright(10, 30, 110), *rows)[1]
    assert len(parted(upright(10, 30, 110), *rows, ("Ben", 143, 90))[0].ys) == 5


def test_ruled_rows_and_low_ones_and_two_columns_are_left_alone():
    placed = (*row("1", 42, "Train all", "staff"), *row("2", 72, "Report", "twice"), *row("3", 100, "Audit"))
    assert parted(grid_rules(XS, (10, 30, 50, 110)), *placed)[1]
    low = (*row("1", 36, "Train", "all"), *row("2", 54, "Report"))
    assert parted(upright(10, 30, 69), *low)[1]
    rules = [across(at, 10, 200) for at in (10, 30, 110)] + [down(at, 10, 110) for at in (10, 40, 200)]
    assert parted(rules, *placed)[1]


def test_sentences_across_the_columns_are_one_cell():
    text = tuple((f"This table is read with care by all of us, line {n}", 13, 30 + 12 * n) for n in range(1, 6))
    assert parted(upright(10, 30, 110), *text)[1]
