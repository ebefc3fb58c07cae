from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from extract.pdf.grid import Grid, Slot, clustered, ruled_grids
from tests.pdf_pages import across, down, grid_rules


def slots(*boxes):
    return tuple(Slot(*box) for box in boxes)


def test_a_plain_table():
    assert ruled_grids(grid_rules((0, 50, 100), (0, 20, 40))) == [
        Grid((0, 50, 100), (0, 20, 40), slots((0, 0, 1, 1), (1, 0, 2, 1), (0, 1, 1, 2), (1, 1, 2, 2)))
    ]


def test_a_banner_and_a_cell_over_two_rows():
    rules = [
        *(across(y, 0, 100) for y in (0, 20, 80)),
        across(50, 50, 100),
        down(0, 0, 80),
        down(100, 0, 80),
        down(50, 20, 80),
    ]
    expected = slots((0, 0, 2, 1), (0, 1, 1, 3), (1, 1, 2, 2), (1, 2, 2, 3))
    assert ruled_grids(rules) == [Grid((0, 50, 100), (0, 20, 50, 80), expected)]


def test_a_table_open_at_its_sides_ends_where_its_lines_do():
    rules = [*(across(y, 0, 150) for y in (0, 20, 40)), down(50, 0, 40), down(100, 0, 40)]
    (grid,) = ruled_grids(rules)
    assert (grid.xs, len(grid.cells)) == ((0, 50, 100, 150), 6)


def test_a_row_that_the_page_cuts_is_closed_by_the_ends_of_its_uprights():
    rules = [across(0, 0, 100), across(20, 0, 100), *(down(x, 0, 60) for x in (0, 50, 100))]
    (grid,) = ruled_grids(rules)
    assert (grid.ys, len(grid.cells)) == ((0, 20, 60), 4)


def test_a_notch_in_the_outline_is_no_cell():
    rules = [across(0, 50, 100), across(20, 0, 100), across(40, 0, 100), down(0, 20, 40), down(50, 0, 40)]
    (grid,) = ruled_grids([*rules, down(100, 0, 40), across(60, 0, 100), down(0, 40, 60), down(50, 40, 60)])
    assert Slot(0, 0, 1, 1) not in grid.cells
    assert len(grid.cells) == 5


def test_two_tables_under_one_another_are_parted_where_the_columns_become_others():
    first = grid_rules((0, 20, 60, 100), (0, 20, 40))
    second = grid_rules((0, 45, 80, 100), (40, 60, 80))
    assert [(grid.xs, grid.ys) for grid in ruled_grids([*first, *second])] == [
        ((0, 20, 60, 100), (0, 20, 40)),
        ((0, 45, 80, 100), (40, 60, 80)),
    ]


def test_merged_cells_do_not_part_a_table():
    rules = [*grid_rules((0, 20, 60, 80, 100), (0, 20, 40)), *grid_rules((0, 60, 100), (40, 60))]
    (grid,) = ruled_grids(rules)
    assert [slot for slot in grid.cells if slot.row == 2] == list(slots((0, 2, 2, 3), (2, 2, 4, 3)))


def test_a_box_is_no_table_and_a_frame_round_one_gives_way_to_it():
    assert ruled_grids(grid_rules((0, 100), (0, 40))) == []
    inner = grid_rules((30, 60, 90), (30, 50, 70))
    assert ruled_grids([*grid_rules((0, 120), (0, 90)), *inner]) == ruled_grids(inner)


def test_a_table_in_a_cell_of_a_larger_one_is_that_cells_text():
    outer = grid_rules((0, 100, 200, 300), (0, 20, 40, 140))
    assert ruled_grids([*outer, *grid_rules((110, 150, 190), (50, 70))]) == ruled_grids(outer)


def test_lines_within_three_points_are_one_and_further_are_two():
    assert clustered([0.0, 3.0, 6.1], float, 3.0) == [[0.0, 3.0], [6.1]]
    pieces = [across(0, 0, 48), across(0, 51, 100), *grid_rules((0, 50, 100), (20, 40)), down(0, 0, 20)]
    (grid,) = ruled_grids([*pieces, down(50, 0, 20), down(100, 0, 20)])
    assert len(grid.cells) == 4
    broken = [across(0, 0, 46), across(0, 50, 100), down(0, 0, 20), across(20, 0, 100), down(50, 0, 20)]
    assert ruled_grids(broken)[0].xs[0] == 0


STEPS = st.lists(st.integers(8, 90), min_size=1, max_size=5)


@given(STEPS, STEPS, st.floats(0, 0.9))
def test_cells_drawn_each_with_its_own_box_are_the_table_of_full_lines(widths, heights, nudge):
    xs, ys = (
        [sum(widths[:n]) + 10.0 for n in range(len(widths) + 1)],
        [sum(heights[:n]) for n in range(len(heights) + 1)],
    )
    full = ruled_grids(grid_rules(xs, ys))
    boxes = [
        rule
        for left, right in pairwise(xs)
        for top, low in pairwise(ys)
        for rule in grid_rules((left + nudge, right), (top, low))
    ]
    single = ruled_grids(boxes)
    assert [(len(grid.xs), len(grid.ys), grid.cells) for grid in single] == [
        (len(grid.xs), len(grid.ys), grid.cells) for grid in full
    ]
    assert len(full) == (1 if len(widths) * len(heights) > 1 else 0)
