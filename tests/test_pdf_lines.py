from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from extract.pdf.content import ASKEW, Char, Fill
from extract.pdf.lines import PART_GAP, dots_of, strips_of, with_bullets
from extract.pdf.words import words_of
from tests.pdf_pages import chars


def texts(*placed, part_gap=None):
    return [strip.text for strip in strips_of([char for one in placed for char in chars(*one)], part_gap)]


def test_lines_stand_top_to_bottom_and_left_to_right():
    assert texts(("below", 0, 40), ("right", 60, 20), ("left ", 0, 20)) == ["left right", "below"]


def test_a_gap_is_a_space_from_a_fifth_of_the_em():
    assert texts(("RESO", 0, 20), ("URCES", 21.9, 20)) == ["RESOURCES"]
    assert texts(("RESO", 0, 20), ("URCES", 22.0, 20)) == ["RESO URCES"]


def test_printed_spaces_are_kept_and_not_doubled():
    assert texts(("by the end ", 0, 20), ("of", 60, 20)) == ["by the end of"]
    assert texts(("Within ", 0, 20), ("budget", 0, 31)) == ["Within ", "budget"]


def test_a_tab_prints_as_a_space():
    assert texts(("Box\tAN", 0, 20)) == ["Box AN"]


def test_lines_of_white_space_alone_are_left_out():
    assert texts(("  ", 0, 20), ("text", 0, 40)) == ["text"]


def test_a_raised_letter_is_in_its_line_and_the_next_line_is_not():
    assert texts(("1", 0, 20), ("st", 5, 16.5, 6), ("May", 20, 20), ("below", 0, 30.5)) == ["1st May", "below"]


def test_level_texts_far_apart_are_parted_outside_tables_only():
    placed = (("Page 1", 0, 20), ("Version 3", 52.5, 20))
    assert texts(*placed) == ["Page 1 Version 3"]
    assert texts(*placed, part_gap=PART_GAP) == ["Page 1 Version 3"]
    assert texts(placed[0], ("Version 3", 52.6, 20), part_gap=PART_GAP) == ["Page 1", "Version 3"]


def turn_clockwise(char: Char) -> Char:
    """Turned a quarter about the origin, and moved back onto the page."""
    return Char(char.text, 200 - char.bottom, char.x0, 200 - char.top, char.x1, char.size, char.bold, 90)


def test_turned_text_is_read_as_if_it_stood_upright():
    text = (*chars("Lead", 10, 20), *chars("officer", 10, 32))
    strips = strips_of([turn_clockwise(char) for char in text])
    assert [(strip.text, strip.turn, strip.box) for strip in strips] == [
        ("Lead", 90, (178.0, 10.0, 188.0, 30.0)),
        ("officer", 90, (166.0, 10.0, 176.0, 45.0)),
    ]


def test_text_that_is_askew_keeps_the_engines_order():
    (strip,) = strips_of([replace(char, turn=ASKEW) for char in chars("DRAFT", 10, 20)])
    assert strip.text == "DRAFT"


def test_fake_bold_gives_each_of_its_characters_a_place():
    assert texts(("Plan", 0, 20), ("Plan", 0.3, 20)) == ["PPllaann"]


def test_a_dot_drawn_just_left_of_a_line_is_its_bullet():
    strips = strips_of([*chars("Train staff", 30, 20), *chars("Report", 30, 40)])
    near, far, big = (
        Fill(20, 14, 23, 17, "#000000", True),
        Fill(2, 34, 5, 37, "#000000", True),
        Fill(20, 30, 29, 39, ""),
    )
    marked = with_bullets(strips, dots_of([near, far, big]))
    assert [strip.marker for strip in marked] == ["• ", ""]


SPOTS = st.builds(
    Char,
    st.sampled_from([*"abc ﬁ•\t\u00a0\u200b"]),
    st.floats(-50, 400),
    st.floats(-50, 400),
    st.floats(-50, 400),
    st.floats(-50, 400),
    st.sampled_from([6.0, 10.0]),
    st.booleans(),
    st.sampled_from([0, 90, 180, 270, ASKEW]),
)


@given(st.lists(SPOTS, max_size=40))
def test_every_character_is_in_exactly_one_line_and_one_word(spots):
    held = Counter(letter for strip in strips_of(spots, PART_GAP) for letter in strip.text if not letter.isspace())
    assert held == Counter(letter for spot in spots for letter in spot.text if not letter.isspace())
    assert [char for word in words_of(spots) for char in word.chars] == spots
