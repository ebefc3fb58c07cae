import pytest

from extract.pdf.joints import NO_ROOM, Pitches, Room, joints, openings, room_of, usual_step
from extract.pdf.lines import strips_of
from tests.pdf_pages import chars

WRAP, PARAGRAPH = "wrap", "paragraph"


def strips(*lines):
    """Lines of (text, baseline), flush left."""
    return [strip for text, baseline in lines for strip in strips_of(chars(text, 0, baseline))]


def told(*lines, room=NO_ROOM):
    usual = Pitches([strips(("a", 0), ("b", 11), ("c", 22), ("d", 33))])
    return joints(strips(*lines), usual, room)


def test_a_gap_a_little_larger_than_usual_begins_a_paragraph():
    assert told(("Terms agreed", 0), ("by all", 11.5), ("Next", 23.2)) == [PARAGRAPH, WRAP, PARAGRAPH]


def test_a_text_of_no_lines_has_no_joints():
    assert told() == []


def test_the_usual_step_is_the_smallest_that_is_common():
    assert usual_step([11.0, 11.1, 12.2, 12.2, 12.2, 24.0], 10.0) == 11.1
    assert usual_step([13.0], 10.0) == 14.5
    assert usual_step([], 10.0) == 14.5


BULLETS = ["• Train", "▪ Train", "\uf0b7 Train"]


@pytest.mark.parametrize("line", BULLETS)
def test_a_bullet_begins_an_item(line):
    assert told(("We will", 0), (line, 11)) == [PARAGRAPH, PARAGRAPH]


RUNS = [("1. Train", "2. Report"), ("(a) Train", "(b) Report"), ("iv. Train", "v. Report"), ("– Train", "– Report")]


@pytest.mark.parametrize("first,second", RUNS)
def test_a_number_or_a_dash_begins_an_item_only_beside_its_like(first, second):
    assert told(("We will", 0), (first, 11), (second, 22)) == [PARAGRAPH, PARAGRAPH, PARAGRAPH]
    assert told(("down from", 0), (first, 11)) == [PARAGRAPH, WRAP]


def test_numbers_that_are_no_neighbours_are_no_list():
    assert openings(strips(("27. Text", 0), ("2. Report", 11))) == [False, False]


def test_a_word_that_would_have_fitted_above_was_put_on_its_own_line():
    # "Ann Lee" is 32.5 wide; "Joe" needs 15, a space 3 and 5 to spare.
    assert told(("Ann Lee", 0), ("Joe Day", 11), room=Room(55.5, 55.5)) == [PARAGRAPH, PARAGRAPH]
    assert told(("Ann Lee", 0), ("Joe Day", 11), room=Room(55.4, 55.5)) == [PARAGRAPH, WRAP]
    assert told(("Ann Lee", 0), ("Joe Day", 11), room=Room(55.5, 55.4)) == [PARAGRAPH, WRAP]


def test_a_line_that_begins_small_reads_on_all_the_same():
    assert told(("Ann Lee", 0), ("and all", 11), room=Room(90.0, 90.0)) == [PARAGRAPH, WRAP]


def test_the_room_is_that_of_the_widest_line_and_the_furthest():
    assert room_of([*strips(("wider line", 0)), *strips_of(chars("end", 60, 20))]) == Room(75.0, 47.5)
    assert room_of([]) == Room(0.0, 0.0)
