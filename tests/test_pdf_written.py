from msgspec.structs import replace

from extract.pdf.bands import levels
from extract.pdf.words import words_of
from extract.pdf.written import written_openings
from tests.pdf_pages import chars, words

EDGES = (0.0, 40.0, 150.0, 250.0)
#: Two rows under a header, no gap between them; the first column's text goes on beside the second's.
CELLS = (
    [("Need", 5, 20), ("Action", 45, 20), ("Lead", 155, 20)],
    [("Safe", 5, 32), ("care", 5, 44), ("Train all", 45, 32), ("staff", 45, 44), ("Dana", 155, 32)],
    [("Good", 5, 56), ("food", 5, 68), ("Taste", 45, 56), ("it", 45, 68), ("Ivo", 155, 56), ("Lind", 155, 68)],
)


def openings(placed):
    return written_openings(levels(words(*placed)), EDGES)


def test_a_row_begins_where_text_was_written_after_a_column_further_right():
    assert openings([cell for row in CELLS for cell in row]) == [True, True, False, True, False]


def test_a_banner_is_a_row_and_so_is_the_one_under_it():
    banner = [("Care", 5, 56, 10, True), ("Good", 5, 68), ("Taste", 45, 68), ("Ivo", 155, 68)]
    assert openings([*CELLS[0], *CELLS[1], *banner]) == [True, True, False, True, True]


def test_pages_written_by_lines_or_by_columns_tell_nothing():
    placed = [cell for row in CELLS for cell in row]
    assert openings(sorted(placed, key=lambda one: (one[2], one[1]))) is None
    assert openings(sorted(placed, key=lambda one: (one[1], one[2]))) is None


def test_ocr_has_no_written_order():
    read = [replace(char, sure=0.9) for row in CELLS for cell in row for char in chars(*cell)]
    assert written_openings(levels(words_of(read)), EDGES) is None


def test_a_word_on_the_wrong_side_of_an_edge_opens_no_row():
    strayed = [
        replace(word, x0=39.0) if word.text == "staff" else word for word in words(*CELLS[0], *CELLS[1], *CELLS[2])
    ]
    assert written_openings(levels(strayed), EDGES) == [True, True, False, True, False]
