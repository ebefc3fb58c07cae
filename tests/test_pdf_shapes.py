import pytest

from extract.pdf.content import Fill, Rule
from extract.pdf.shapes import Subpath, shapes

GREY = "#888888"


def box(x0, top, x1, bottom, fill=GREY, stroked=False, curved=False):
    return Subpath(((x0, top), (x1, top), (x1, bottom), (x0, bottom)), True, curved, fill, stroked)


CASES = [
    ("a stroked line", [Subpath(((0, 5), (40, 5)), False, False, None, True)], [Rule(False, 5.0, 0, 40)], []),
    ("a line that leans is none", [Subpath(((0, 5), (40, 9)), False, False, None, True)], [], []),
    (
        "a stroked box is four rules",
        [box(0, 0, 40, 20, None, True)],
        [Rule(False, 0.0, 0, 40), Rule(True, 40.0, 0, 20), Rule(False, 20.0, 0, 40), Rule(True, 0.0, 0, 20)],
        [],
    ),
    ("a thin box is a rule", [box(0, 10, 40, 10.5)], [Rule(False, 10.25, 0, 40)], []),
    ("a thick rule", [box(0, 10, 40, 14)], [Rule(False, 12.0, 0, 40)], []),
    ("a box just too thick for one", [box(0, 10, 40, 14.1)], [], [Fill(0, 10, 40, 14.1, GREY)]),
    ("a short thick piece is a box", [box(0, 10, 11, 14)], [], [Fill(0, 10, 11, 14, GREY)]),
    ("a dot of a dotted rule", [box(0, 10, 1, 11)], [Rule(False, 10.5, 0, 1), Rule(True, 0.5, 10, 11)], []),
    ("a round bullet", [box(0, 10, 1.2, 11.2, curved=True)], [], [Fill(0, 10, 1.2, 11.2, GREY, True)]),
    (
        "the ring between two boxes is a frame",
        [box(0, 0, 40, 20), box(1, 1, 39, 19)],
        [Rule(False, 0.5, 0, 40), Rule(False, 19.5, 0, 40), Rule(True, 0.5, 0, 20), Rule(True, 39.5, 0, 20)],
        [],
    ),
    (
        "a box in a box of another colour is shading",
        [box(0, 0, 40, 20), box(1, 1, 39, 19, "#ffffff")],
        [],
        [Fill(0, 0, 40, 20, GREY), Fill(1, 1, 39, 19, "#ffffff")],
    ),
    ("nothing painted", [Subpath(((0, 5), (40, 5)), False, False, None, False)], [], []),
]


@pytest.mark.parametrize("paths,rules,fills", [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_shapes(paths, rules, fills):
    assert shapes(paths) == (tuple(rules), tuple(fills))
