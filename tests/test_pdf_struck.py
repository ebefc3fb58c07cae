import pytest

from extract.pdf import read_pdf
from tests.pdf_pages import drawn, print_at


def read(path, *ruled):
    """(text, struck) of each line of a page that prints two dates, 56.7 points each, and rules (x0, x1, height)."""

    def page(canvas, number):
        print_at(canvas, "31 Dec 2022 31 Mar 2023", 30, 40)
        for x0, x1, top in ruled:
            canvas.line(x0, 300 - top, x1, 300 - top)

    return [(line.text, line.struck, line.joint) for line in read_pdf(drawn(path, page)).lines()]


WHOLE = [("31 Dec 2022 31 Mar 2023", False, "paragraph")]
PARTS = [("31 Dec 2022 ", True, "paragraph"), ("31 Mar 2023", False, "wrap")]


@pytest.mark.parametrize(
    ("ruled", "found"),
    [
        ([(30, 86.7, 37)], PARTS),
        ([(30, 86.7, 41.5)], WHOLE),  # an underline
        ([(30, 86.7, 32.5)], WHOLE),  # over the letters
        ([(34, 86.7, 37)], WHOLE),  # begins inside a word
        ([(10, 390, 37)], WHOLE),  # a table's rule
        ([(30, 60.3, 37), (60.3, 86.7, 37)], PARTS),  # in two pieces
        ([(89.5, 146, 37)], [("31 Dec 2022 ", False, "paragraph"), ("31 Mar 2023", True, "wrap")]),
        ([(30, 146, 37)], [("31 Dec 2022 31 Mar 2023", True, "paragraph")]),
    ],
)
def test_a_rule_through_the_middle_of_whole_words_strikes_them(tmp_path, ruled, found):
    assert read(tmp_path / "a.pdf", *ruled) == found
