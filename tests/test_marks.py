"""Marks: automatic numbers put in, struck-through words left out, both on record."""

import pytest

from extract.model import TextCell
from normalise.marks import shown, with_marks
from normalise.model import Repair
from normalise.passage import Passage, Piece
from normalise.repairs import replay

HERE = TextCell(1, 1)


def piece(text: str, glue: str = "", marker: str = "", struck: bool = False) -> Piece:
    return Piece(0, text, HERE, glue, marker, struck)


NUMBER, STRUCK = "automatic-number", "struck-through"

CASES = [
    ((), "", ()),
    ((piece("Plain"),), "Plain", ()),
    ((piece("Pay it", marker="1. "),), "1. Pay it", (Repair(NUMBER, 0, "", "1. "),)),
    ((piece("Pay it", marker="1."),), "1. Pay it", (Repair(NUMBER, 0, "", "1. "),)),
    ((piece("", marker="2.4"),), "2.4", (Repair(NUMBER, 0, "", "2.4"),)),
    (
        (piece("Pay", marker="• "), piece("Ask", "\n", "• ")),
        "• Pay\n• Ask",
        (Repair(NUMBER, 0, "", "• "), Repair(NUMBER, 6, "", "• ")),
    ),
    ((piece("June ", struck=True), piece("July")), "July", (Repair(STRUCK, 0, "June ", ""),)),
    ((piece("By"), piece("June", " ", struck=True), piece("July", " ")), "By  July", (Repair(STRUCK, 3, "June", ""),)),
    ((piece("Old", marker="1. ", struck=True),), "1. ", (Repair(NUMBER, 0, "", "1. "), Repair(STRUCK, 3, "Old", ""))),
]


@pytest.mark.parametrize("pieces, text, repairs", CASES)
def test_what_a_page_shows(pieces: tuple[Piece, ...], text: str, repairs: tuple[Repair, ...]) -> None:
    passage = Passage(pieces)
    assert with_marks(passage) == (text, repairs)
    assert replay(passage.raw, repairs) == text
    assert shown(passage) == text.strip()
