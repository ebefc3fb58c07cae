from functools import partial
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from extract.pdf.content import Fill
from extract.pdf.grid import Slot
from extract.pdf.gutters import Seen, follows, gutter_grids, lines_of
from extract.pdf.headings import printed_over, quietest
from tests.pdf_pages import across, words

STARTS = (10, 50, 160, 220)
HEADER = ("Ref", "What we will do", "Lead", "By when")
ROWS = (
    ("1.1", "Train all staff in", "Dana", "May 2023"),
    ("", "the new practice", "Holt", ""),
    ("1.2", "Report to Board", "Ivo", "June 2023"),
    ("", "and to partners", "", ""),
)
ALL = (0, 1, 2, 3, 4)


def set_lines(lines, top=20.0, step=12.0, starts=STARTS):
    return tuple(
        (text, x, top + number * step)
        for number, line in enumerate(lines)
        for text, x in zip(line, starts, strict=False)
        if text
    )


NOTHING = Seen()


def read(placed, seen=NOTHING, rules=(), fills=()):
    return gutter_grids(words(*placed), rules, fills, seen)


def ahead(lines):
    return lines_of(words(*set_lines(lines)))


def slots(*rows):
    return tuple(Slot(left, row, right, row + 1) for row, edges in enumerate(rows) for left, right in pairwise(edges))


def test_a_header_and_the_text_under_it_make_a_weak_table():
    (grid,), _ = read(set_lines((HEADER, *ROWS)))
    assert [round(x, 1) for x in grid.xs] == [9.0, 47.7, 157.7, 217.7, 263.5]
    assert grid.cells == slots(ALL, ALL, ALL)
    assert (grid.ruled, grid.weak) == (False, True)


def test_rows_begin_where_the_first_column_has_text():
    (grid,), _ = read(set_lines((HEADER, *ROWS)))
    assert [round(y, 1) for y in grid.ys] == [11.0, 23.0, 47.0, 71.0]


def test_level_lines_begin_rows_where_there_are_some():
    rules = [across(25, 10, 260), across(37, 10, 260), across(61, 10, 260)]
    (grid,), _ = read(set_lines((HEADER, *ROWS)), rules=rules)
    assert len(grid.ys) - 1 == 4
    fills = [Fill(10, 25, 260, 37, "#eeeeee"), Fill(10, 61, 260, 71, "#eeeeee")]
    (same,), _ = read(set_lines((HEADER, *ROWS)), fills=fills)
    assert same == grid


def test_a_line_that_reads_across_is_a_banner():
    lines = (HEADER, ROWS[0], ROWS[1], ("Working together with families and carers",), ROWS[2], ROWS[3])
    (grid,), _ = read(set_lines(lines))
    assert grid.cells == slots(ALL, ALL, (0, 4), ALL)


def test_paragraphs_and_forms_are_no_table():
    prose = [("This plan answers the four findings of the inspection.",)] * 6
    form = [("Name", "Dana Holt")] * 6
    assert read(set_lines(prose))[0] == []
    assert read(set_lines(form))[0] == []
    assert read(set_lines((HEADER, *prose)))[0] == []


def test_two_lines_that_do_not_fit_end_a_table():
    after = [("The Board meets each month to look at the plan.",)] * 2
    (grid,), _ = read(set_lines((HEADER, *ROWS, *after)))
    assert grid.cells == slots(ALL, ALL, ALL)


def test_a_header_printed_again_heads_the_same_columns_even_alone():
    _, seen = read(set_lines((HEADER, *ROWS)))
    (grid,), _ = read(set_lines((HEADER,)), seen)
    assert grid.cells == slots(ALL)
    assert read(set_lines((HEADER,)))[0] == []


def test_columns_run_on_over_a_page_without_a_header():
    (first,), seen = read(set_lines((HEADER, *ROWS)))
    (second,), _ = read(set_lines(ROWS), seen)
    assert (second.xs, second.cells) == (first.xs, slots(ALL, ALL))
    assert read(set_lines(ROWS))[0] == []


def test_a_table_that_hardly_begins_is_known_by_the_next_page():
    start = set_lines((HEADER, ROWS[0]), top=260)
    assert read(start)[0] == []
    for after in ((HEADER, *ROWS[2:], *ROWS), (ROWS[1], *ROWS[2:], *ROWS)):
        (grid,), seen = gutter_grids(words(*start), (), (), NOTHING, partial(ahead, after))
        assert (grid.cells, seen.running is not None) == (slots(ALL, ALL), True)
    prose = [("This plan answers the four findings of the inspection.",)] * 6
    assert gutter_grids(words(*start), (), (), NOTHING, partial(ahead, prose))[0] == []


def test_a_header_of_several_lines_set_at_the_foot_names_every_column():
    header = [("What", 50, 8, 10, True), ("By", 220, 8, 10, True), ("Ref", 10, 20, 10, True)]
    header += [("we will do", 50, 20, 10, True), ("Lead", 160, 20, 10, True), ("when", 220, 20, 10, True)]
    (grid,), _ = read([*header, *set_lines(ROWS, top=40)])
    assert (len(grid.xs) - 1, grid.cells) == (4, slots(ALL, ALL, ALL))


def test_headers_close_together_are_told_apart_by_how_they_were_written():
    placed = set_lines((HEADER, *ROWS), starts=(10, 50, 160, 184))
    (grid,), _ = read(placed)
    assert len(grid.xs) - 1 == 4


def test_rows_that_run_on_are_no_header_of_their_own():
    (first,), seen = read(set_lines((HEADER, *ROWS)))
    busy = (("2.1", "Write", "Sue", "July"), ("2.2", "Call", "Al", "May"), ("2.3", "Meet", "Ivo", "June"), ROWS[0])
    (second,), _ = read(set_lines(busy), seen)
    assert (second.xs, len(second.ys) - 1) == (first.xs, 4)


def test_a_banner_may_open_the_page_that_a_table_runs_on_to():
    _, seen = read(set_lines((HEADER, *ROWS)))
    (grid,), _ = read([("Working together with all families", 10, 20, 10, True), *set_lines(ROWS, top=34)], seen)
    assert grid.cells == slots((0, 4), ALL, ALL)


def test_a_heading_in_larger_type_ends_a_table():
    (grid,), _ = read([*set_lines((HEADER, *ROWS)), ("Next", 10, 82, 14), ("part", 10, 96)])
    assert len(grid.ys) - 1 == 3


def test_a_foot_with_the_page_s_number_far_below_is_no_row():
    placed = set_lines((HEADER, *ROWS))
    (grid,), _ = read((*placed, ("Recovery Plan", 10, 200), ("Page 1", 230, 200)))
    assert grid.ys[-1] < 75
    (grid,), _ = read((*placed, ("1.3", 10, 200), ("Publish it", 50, 200), ("Ivo", 160, 200)))
    assert grid.ys[-1] > 200
    (grid,), _ = read((*placed, ("1.3", 10, 80), ("Publish it", 50, 80), ("3 of 12", 220, 80)))
    assert grid.ys[-1] > 80


def test_a_last_row_far_below_is_a_row_if_its_date_or_ref_says_so():
    placed = set_lines((HEADER, *ROWS))
    for first, last, low in (
        ("1.3", "03/2025", True),
        ("Audit", "12/25", True),
        ("Audit", "3/12", True),
        ("1.3", "3 of 12", True),
        ("2.1", "Page 3", True),
        ("1.4", "Page 3", False),  # not the ref after 1.2
        ("v1.3", "Page 3", False),
        ("Audit", "3 of 12", False),
    ):
        (grid,), _ = read((*placed, (first, 10, 200), ("Publish it", 50, 200), (last, 220, 200)))
        assert (grid.ys[-1] > 200) == low, (first, last)


def test_the_ref_after_another():
    assert all(follows(*pair) for pair in (("1.10", "1.9"), ("2.1", "1.4"), ("R5", "R4"), ("4", "3")))
    assert not any(follows(*pair) for pair in (("1.4", "1.4"), ("1.3", "1.4"), ("2024", "4"), ("4", "R3"), ("", "")))


def test_the_edge_between_headers_that_a_damaged_page_puts_miles_apart():
    (line,) = lines_of(words(("Ref", 10, 20)))
    far = 2_000_000.0
    assert quietest(20.0, far, [line]) == far - 0.3 - 2.0
    assert quietest(30.0, 30.4, [line]) == 30.4 - 0.3
    assert quietest(20.0, 20.4, [line]) is None


LINE = st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 60), st.just(20)), min_size=1, max_size=4)
LINES = st.lists(LINE)


@given(LINES, st.lists(st.integers(0, 70).map(lambda at: at / 2), min_size=1, unique=True))
def test_lines_over_a_place_are_counted_once_each(lines, places):
    places = sorted(places, reverse=True)
    made = [words(*line) for line in lines]
    assert printed_over(places, made) == [
        sum(any(word.x0 < place < word.x1 for word in line) for line in made) for place in places
    ]
