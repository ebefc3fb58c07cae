"""Passages: cutting and joining move characters, they never copy, drop or double one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model import Joint, Line, PageBox, TextCell
from normalise.passage import Passage, Piece, concatenated, passage_of, trimmed

HERE = TextCell(1, 1)
THERE = TextCell(2, 1)


def line(start: int, text: str, joint: Joint = "paragraph", marker: str = "", struck: bool = False) -> Line:
    return Line(start, text, HERE, joint, marker, struck)


def owned(*passages: Passage) -> list[tuple[int, str]]:
    """Each character that is not white space with its place in the source, in order."""
    return sorted(
        (piece.start + at, character)
        for passage in passages
        for piece in passage.pieces
        for at, character in enumerate(piece.text)
        if not character.isspace()
    )


# --- lines become a passage ------------------------------------------------------------------------------------------

LINES = [
    ((), Passage()),
    ((line(3, "   "),), Passage()),
    ((line(0, "  Agree it "),), Passage((Piece(2, "Agree it", HERE),))),
    (
        (line(0, "Agree the"), line(9, "plan", "wrap")),
        Passage((Piece(0, "Agree the", HERE), Piece(9, "plan", HERE, " "))),
    ),
    (
        (line(0, "Agree the "), line(10, "plan", "wrap")),
        Passage((Piece(0, "Agree the ", HERE), Piece(10, "plan", HERE))),
    ),
    ((line(0, "Agreed"), line(6, "Paid")), Passage((Piece(0, "Agreed", HERE), Piece(6, "Paid", HERE, "\n")))),
    ((line(0, "agreed"), line(6, "(yes)", "wrap")), Passage((Piece(0, "agreed", HERE), Piece(6, "(yes)", HERE, " ")))),
    ((line(0, "", marker="1.2 "),), Passage((Piece(0, "", HERE, "", "1.2 "),))),
    ((line(0, "gone", struck=True),), Passage((Piece(0, "gone", HERE, struck=True),))),
]


@pytest.mark.parametrize("lines, passage", LINES)
def test_lines_become_a_passage(lines: tuple[Line, ...], passage: Passage) -> None:
    assert passage_of(lines) == passage


# --- cutting and joining ---------------------------------------------------------------------------------------------

WHOLE = Passage((Piece(0, "Part of ", HERE), Piece(8, "L&D", HERE), Piece(20, "Paid", THERE, "\n", "• ")))

CUTS = [
    (0, "", "Part of L&D\nPaid"),
    (1, "P", "art of L&D\nPaid"),
    (7, "Part of", "L&D\nPaid"),
    (8, "Part of", "L&D\nPaid"),
    (9, "Part of L", "&D\nPaid"),
    (11, "Part of L&D", "Paid"),
    (12, "Part of L&D", "Paid"),
    (13, "Part of L&D\nP", "aid"),
    (16, "Part of L&D\nPaid", ""),
    (99, "Part of L&D\nPaid", ""),
]


@pytest.mark.parametrize("at, before, after", CUTS)
def test_a_cut_parts_the_text(at: int, before: str, after: str) -> None:
    one, two = WHOLE.cut(at)
    assert (one.raw, two.raw) == (before, after)


def test_a_marker_stays_with_the_first_part_of_its_line() -> None:
    one, two = Passage((Piece(5, "Paid late", HERE, "", "• "),)).cut(5)
    assert (one, two) == (Passage((Piece(5, "Paid", HERE, "", "• "),)), Passage((Piece(10, "late", HERE),)))


def test_joining_nothing_changes_nothing() -> None:
    assert (WHOLE.joined(Passage()), Passage().joined(WHOLE), Passage().joined(Passage())) == (WHOLE, WHOLE, Passage())


def test_a_join_puts_one_space_or_a_line_feed_between() -> None:
    one, two, open_ended = (Passage((Piece(at, text, HERE),)) for at, text in ((0, "one"), (5, "two"), (9, "and ")))
    assert (one.joined(two).raw, one.joined(two, "\n").raw, open_ended.joined(two).raw) == (
        "one two",
        "one\ntwo",
        "and two",
    )
    assert concatenated((one, Passage(), two)).raw == "one two"


def test_trimming_moves_the_start() -> None:
    pieces = (Piece(0, "  ", HERE), Piece(4, " a ", HERE, " "), Piece(9, "b ", HERE, " "), Piece(12, " ", HERE))
    assert trimmed(pieces) == Passage((Piece(5, "a ", HERE), Piece(9, "b", HERE, " ")))


def test_origins_are_named_once_and_boxes_of_a_page_are_one() -> None:
    def at(page: int, *box: float) -> Piece:
        return Piece(0, "x", PageBox(page, (box[0], box[1], box[2], box[3])))

    assert Passage((Piece(0, "a", HERE), Piece(1, "b", THERE), Piece(2, "c", HERE))).origins() == (HERE, THERE)
    assert Passage((at(1, 10, 10, 20, 20), at(1, 5, 30, 15, 40), at(2, 1, 1, 2, 2))).origins() == (
        PageBox(1, (5, 10, 20, 40)),
        PageBox(2, (1, 1, 2, 2)),
    )


# --- laws ------------------------------------------------------------------------------------------------------------

TEXTS = st.text("ab.)( \n•é", max_size=12)


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    """A passage of up to five lines that follow one another in a source, with gaps."""
    lines, at = [], draw(st.integers(0, 9))
    for text in draw(st.lists(TEXTS, max_size=5)):
        joint: Joint = draw(st.sampled_from(("paragraph", "wrap")))
        lines.append(Line(at, text, TextCell(1, at + 1), joint, draw(st.sampled_from(("", "1. ")))))
        at += len(text) + draw(st.integers(0, 2))
    return passage_of(lines)


@given(passages(), st.integers(0, 70))
def test_a_cut_keeps_every_character_and_its_place(passage: Passage, at: int) -> None:
    one, two = passage.cut(at)
    assert owned(one, two) == owned(passage)
    assert "".join((one.raw + two.raw).split()) == "".join(passage.raw.split())
    assert len(one.raw) <= at


@given(passages(), st.integers(0, 70))
def test_what_is_cut_and_joined_says_the_same_words(passage: Passage, at: int) -> None:
    one, two = passage.cut(at)
    assert owned(one.joined(two)) == owned(passage)
    assert [p.marker for p in one.joined(two).pieces if p.marker] == [p.marker for p in passage.pieces if p.marker]


@given(passages(), passages())
def test_a_join_keeps_both_texts(one: Passage, two: Passage) -> None:
    assert "".join(one.joined(two, "\n").raw.split()) == "".join((one.raw + two.raw).split())
    assert owned(one.joined(two)) == sorted(owned(one) + owned(two))


@given(passages())
def test_a_passage_is_trimmed(passage: Passage) -> None:
    assert trimmed(passage.pieces) == passage
    assert concatenated((passage,)) == passage
