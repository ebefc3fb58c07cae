"""The ledger: every character in one place, what has none is left over, what has two is a mistake."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model import Document, Line, Paragraph, Source, TextCell, count_characters
from normalise.ledger import LedgerError, settle
from normalise.model import Ledger
from normalise.passage import Passage, Piece, passage_of, trimmed

SOURCE = Source("plan.txt", "0" * 64, "text/plain", None)


def document(*texts: str) -> Document:
    """A document of one-line paragraphs, each on a line of the source."""
    lines, at = [], 0
    for number, text in enumerate(texts, start=1):
        lines.append(Line(at, text, TextCell(number, 1)))
        at += len(text) + 1
    return Document(SOURCE, tuple(Paragraph((line,)) for line in lines), count_characters("".join(texts)))


def whole(document: Document, number: int) -> Passage:
    return passage_of(tuple(document.lines())[number : number + 1])


PLAN = document("A title", "Do it now", "Page 1")


def test_everything_in_a_place_leaves_nothing() -> None:
    assert settle(PLAN, (whole(PLAN, 0), whole(PLAN, 1)), (whole(PLAN, 2),)) == (Ledger(18, 13, 5, 0), ())


def test_what_has_no_place_is_left_over() -> None:
    left = (Passage((Piece(8, "Do it now", TextCell(2, 1)),)),)
    assert settle(PLAN, (whole(PLAN, 0),), (whole(PLAN, 2),)) == (Ledger(18, 6, 5, 7), left)


def test_a_part_of_a_line_may_be_left_over() -> None:
    before, rest = whole(PLAN, 1).cut(3)
    middle, after = rest.cut(2)
    taken = (whole(PLAN, 0), whole(PLAN, 2))
    assert settle(PLAN, (*taken, middle), ()) == (
        Ledger(18, 13, 0, 5),
        (Passage((Piece(8, "Do", TextCell(2, 1)),)), Passage((Piece(14, "now", TextCell(2, 1)),))),
    )
    assert settle(PLAN, (*taken, before, after), ()) == (
        Ledger(18, 16, 0, 2),
        (Passage((Piece(11, "it", TextCell(2, 1)),)),),
    )


def test_a_character_in_two_places_is_a_mistake() -> None:
    with pytest.raises(LedgerError, match=r"^the characters from 8 on have two places$"):
        settle(PLAN, (whole(PLAN, 1),), (whole(PLAN, 1),))


def test_neighbours_that_touch_are_no_mistake_and_those_that_share_one_are() -> None:
    def piece(start: int, end: int) -> Passage:
        return Passage((Piece(start, "Do it now"[start - 8 : end - 8], TextCell(2, 1)),))

    assert settle(PLAN, (piece(8, 12), piece(12, 17)), ())[0] == Ledger(18, 7, 0, 11)
    with pytest.raises(LedgerError):
        settle(PLAN, (piece(8, 13), piece(12, 17)), ())


def test_an_automatic_number_alone_owns_nothing() -> None:
    one = document("Do it")
    marker = Passage((Piece(0, "", TextCell(1, 1), "", "1. "),))
    assert settle(one, (marker, whole(one, 0)), ()) == (Ledger(4, 4, 0, 0), ())


TEXT = st.text("ab \t", min_size=0, max_size=8)


@given(st.lists(TEXT, max_size=6), st.lists(st.integers(0, 60), max_size=6), st.data())
def test_any_partition_settles(texts: list[str], cuts: list[int], data: st.DataObject) -> None:
    plan = document(*texts)
    parts = [passage_of((line,)) for line in plan.lines()]
    for cut in cuts:
        parts = [half for part in parts for half in part.cut(cut)]
    places = [data.draw(st.sampled_from(("placed", "furniture", "nowhere"))) for _ in parts]
    chosen = {name: [p for p, where in zip(parts, places, strict=True) if where == name] for name in set(places)}
    ledger, left = settle(plan, chosen.get("placed", ()), chosen.get("furniture", ()))
    counts = [sum(count_characters(p.raw) for p in chosen.get(name, ())) for name in ("placed", "furniture", "nowhere")]
    assert ledger == Ledger(plan.characters, *counts)
    assert sum(counts) == plan.characters
    assert all(passage == trimmed(passage.pieces) for passage in left)
