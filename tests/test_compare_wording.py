"""What counts as printed alike, and the words between two texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.printed import as_printed, printed_alike, printed_key, title_key
from compare.wording import joined, only_edges_differ, words_between
from normalise.model import CellRecord, Repair

ALIKE = [
    ("Sign the plan", "Sign  the\nplan"),
    ("• Sign\n• Send", "Sign Send"),
    ("- Sign the plan", "Sign the plan"),
    ("ТВС", "TBC"),
    ("the board’s view", "the board's view"),
    ("2018–19", "2018-19"),
    ("multi- agency", "multi-agency"),
    ("proce- dure", "procedure"),
    ("RESOU RCES", "RESOURCES"),
    ("", " \n"),
]
UNLIKE = [
    ("Sign the plan", "Sign the plans"),
    ("Sign the plan", "sign the plan"),
    ("Sign the plan.", "Sign the plan"),
    ("multi-agency", "multiagency"),
    ("4 Sept", "14 Sept"),
    ("", "x"),
]


@pytest.mark.parametrize("one, two", ALIKE)
def test_printed_alike(one: str, two: str) -> None:
    assert printed_alike(one, two)
    assert printed_alike(two, one)


@pytest.mark.parametrize("one, two", UNLIKE)
def test_not_printed_alike(one: str, two: str) -> None:
    assert not printed_alike(one, two)
    assert not printed_alike(two, one)


def test_titles_are_compared_without_case() -> None:
    assert title_key("SRO (Lea d):") == title_key("sro (lead)")
    assert title_key(None) == ""


def test_a_cell_as_printed_has_its_number_and_not_its_struck_words() -> None:
    repairs = (
        Repair("automatic-number", 0, "", "1. "),
        Repair("struck-through", 3, "Old ", ""),
        Repair("broken-words", 3, "pl an", "plan"),
    )
    assert as_printed(CellRecord("Old pl an", repairs, ())) == "1. pl an"


#: Old text, new text, the runs.
RUNS = [
    ("Six visits made", "Nine visits made", [("old", "Six"), ("new", "Nine"), ("same", "visits made")]),
    ("", "Not started", [("new", "Not started")]),
    ("Not started", "", [("old", "Not started")]),
    ("Under way", "Under way", [("same", "Under way")]),
    ("• Sign\n• Send", "Sign Post", [("same", "Sign"), ("old", "Send"), ("new", "Post")]),
    (
        "We met the board in May to plan",
        "They saw the staff of June for work",
        [("old", "We met the board in May to plan"), ("new", "They saw the staff of June for work")],
    ),
    (
        "Done.\nMore to do",
        "Done.\nMuch to do",
        [("same", "Done.\n"), ("old", "More"), ("new", "Much"), ("same", "to do")],
    ),
]


@pytest.mark.parametrize("old, new, runs", RUNS)
def test_words_between(old: str, new: str, runs: list[tuple[str, str]]) -> None:
    assert [(run.op, " ".join(run.words)) for run in words_between(old, new)] == runs


WORDS = st.lists(st.sampled_from(["a", "b", "c.", "•", "d\n", "e"]), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_each_side_of_the_runs_is_its_text_and_the_reverse_agrees(old: str, new: str) -> None:
    runs = words_between(old, new)
    assert printed_key(" ".join(joined(runs, "old"))) == printed_key(old)
    assert printed_key(" ".join(joined(runs, "new"))) == printed_key(new)
    back = {"same": "same", "old": "new", "new": "old"}
    turned = sorted((back[run.op], printed_key("".join(run.words))) for run in words_between(new, old))
    assert turned == sorted((run.op, printed_key("".join(run.words))) for run in runs)


EDGES = [
    ("Two sessions held", "Two sessions held in May", True),
    ("of last year. Two sessions held", "Two sessions held in May", True),
    ("Two sessions held", "Three sessions held", True),
    ("Two long sessions held", "Two sessions held", False),
    ("All is new", "Nothing stays", False),
]


@pytest.mark.parametrize("old, new, expected", EDGES)
def test_only_edges_differ(old: str, new: str, expected: bool) -> None:
    assert only_edges_differ(words_between(old, new)) is expected
