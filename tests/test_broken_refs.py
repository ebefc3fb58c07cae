"""Refs that a page break cut in two, and parts that only look so."""

from __future__ import annotations

import pytest
from dumps import HEADER, plan, row, told

#: The upper part of a row, and the lower one as it opens the next page.
UPPER = "Widen the | Jan 19 | 30 Mar 19 | TW | £4k | Depth | Ships berth | Tender"
LOWER = "channel by May | | | | | survey | safely at low | is out"

BROKEN = [
    ("AFI 2.1a", "AFI", "2.1b", "AFI 2.2", "AFI 2.1b", []),
    ("Rec 1", "Rec.", "2", "Rec 3", "Rec 2", []),
    ("2.10", "2.1", "1", "2.12", "2.11", [("ref-joined", "2.11", "ref")]),
    ("2.3", "2.", "4", "2.5", "2.4", [("ref-joined", "2.4", "ref")]),
]


@pytest.mark.parametrize("again", [(HEADER,), ()])
@pytest.mark.parametrize("before, upper, lower, after, ref, doubts", BROKEN)
def test_a_ref_cut_by_a_page_break_is_one(
    before: str, upper: str, lower: str, after: str, ref: str, doubts: list[tuple[str, str, str]], again: tuple[str]
) -> None:
    made = plan(HEADER, row(before), f"{upper} | {UPPER}", "", *again, f"{lower} | {LOWER}", row(after))
    assert [one.ref for one in made.actions] == [before, ref, after]
    assert (made.actions[1].action, made.actions[1].measure) == ("Widen the channel by May", "Depth survey")
    assert [found for found in told(made) if found[0] == "ref-joined"] == doubts
    assert [found.candidates for found in made.findings if found.code == "ref-joined"] == [(ref,)]


WHOLE = [
    ("2.1", "2.2", "2.3", "2.4"),
    ("1.4", "2", "2.1", "2.2"),
    ("9", "10", "11", "12"),
    ("1.1", "1.2", "2", "2.1"),
]


@pytest.mark.parametrize("refs", WHOLE)
def test_refs_that_count_are_as_they_are(refs: tuple[str, ...]) -> None:
    one, two, three, four = refs
    made = plan(HEADER, row(one), f"{two} | {UPPER}", "", HEADER, f"{three} | {LOWER}", row(four))
    assert [action.ref for action in made.actions] == list(refs)
