"""Refs: what is one, which section it names, what follows it and what is missing between two."""

import pytest

from normalise.refs import between, follows, is_ref, leading_number, steps, tidy_ref

REFS = [
    "1",
    "17",
    "999",
    "1.14",
    "1.1.2",
    "1.1.2.3",
    "1a",
    "4.2b",
    "4.2(b)",
    "MD1",
    "SD14",
    "R 3",
    "A-12",
    "A/12",
    "QS1.2",
]
MORE = ["1.", "1.14)", "4.2(b).", " 2.3 "]
NOT_REFS = [
    "",
    " ",
    "Action",
    "1000",
    "1.1.1.1.1",
    "Jul 17",
    "1 14",
    "£46k",
    "1ab",
    "ABCDE1",
    "1,2",
    "31 March 2018",
    "-",
    "TBC",
]


@pytest.mark.parametrize("text", REFS + MORE)
def test_a_ref_is_known(text: str) -> None:
    assert is_ref(text)


@pytest.mark.parametrize("text", NOT_REFS)
def test_other_words_are_no_ref(text: str) -> None:
    assert not is_ref(text)


def test_a_cell_of_more_than_twelve_characters_is_no_ref() -> None:
    assert (is_ref("ABCD 111.222"), is_ref("ABCD 111.2223")) == (True, False)


TIDY = [
    ("2.3", "2.3"),
    ("2.3.", "2.3"),
    (" 17) ", "17"),
    ("1a)", "1a"),
    ("4.2(b)", "4.2(b)"),
    ("4.2(b).", "4.2(b)"),
    ("4.2(b))", "4.2(b)"),
    ("MD 1", "MD 1"),
    ("", ""),
]


@pytest.mark.parametrize("text, tidy", TIDY)
def test_a_final_dot_or_bracket_goes(text: str, tidy: str) -> None:
    assert tidy_ref(text) == tidy


STEPS = [
    ("2.10", ("2.", "10")),
    ("4b", ("4", "b")),
    ("MD1", ("MD", "1")),
    ("17", ("", "17")),
    ("4.2(b)", ("4.2(b)", "")),
    ("iv", ("", "iv")),
    ("2.xii", ("2.", "xii")),
    ("3ii", ("3", "ii")),
    ("iiii", ("iii", "i")),
    ("Aii", ("Ai", "i")),
    ("", ("", "")),
]


@pytest.mark.parametrize("ref, parts", STEPS)
def test_a_ref_counts_by_its_last_part(ref: str, parts: tuple[str, str]) -> None:
    assert steps(ref) == parts


BETWEEN = [
    ("2.9", "2.10", ()),
    ("2.9", "2.11", ("2.10",)),
    ("2.9", "2.12", ("2.10", "2.11")),
    ("2.9", "2.9", ()),
    ("2.9", "2.8", ()),
    ("2.9", "3.1", ()),
    ("3", "3.1", ()),
    ("3", "5", ("4",)),
    ("4b", "4d", ("4c",)),
    ("4b", "4", ()),
    ("MD8", "MD10", ("MD9",)),
    ("MD8", "SD10", ()),
    ("07", "09", ("08",)),
    ("1.09", "1.11", ("1.10",)),
    ("99", "101", ("100",)),
    ("", "2", ()),
    ("1", "21", tuple(str(n) for n in range(2, 21))),
    ("1", "22", ()),
    ("i", "ii", ()),
    ("ii", "iii", ()),
    ("iii", "iv", ()),
    ("viii", "ix", ()),
    ("i", "iv", ("ii", "iii")),
    ("2.ix", "2.xii", ("2.x", "2.xi")),
    ("v", "viii", ("vi", "vii")),
    ("xx", "ii", ()),
    ("a", "c", ("b",)),
    ("h", "i", ()),
    ("h", "j", ("i",)),
    ("i", "k", ("j",)),
    ("i", "v", ("ii", "iii", "iv")),
    ("v", "x", ("w",)),
    ("b", "ii", ()),
    ("2", "ii", ()),
]


@pytest.mark.parametrize("before, after, missing", BETWEEN)
def test_what_is_missing_between_two(before: str, after: str, missing: tuple[str, ...]) -> None:
    assert between(before, after) == missing


FOLLOWS = [
    ("2.9", "2.10", True),
    ("2.9", "2.11", False),
    ("2.9", "2.9", False),
    ("2.9", "3.1", False),
    ("4a", "4b", True),
    ("iii", "iv", True),
    ("i", "ii", True),
    ("i", "j", True),
    ("ii", "iv", False),
    ("", "1", False),
]


@pytest.mark.parametrize("before, after, next_one", FOLLOWS)
def test_the_very_next_ref(before: str, after: str, next_one: bool) -> None:
    assert follows(before, after) is next_one


LEADING = [
    ("2.10", "2"),
    ("12.1", "12"),
    ("4b", "4"),
    ("2.1.3", "2"),
    ("4iii", "4"),
    ("17", None),
    ("MD1", None),
    ("MD1a", None),
    ("QS1.2", "1"),
    ("AFI 2.1b", "2"),
    ("", None),
]


@pytest.mark.parametrize("ref, number", LEADING)
def test_the_section_that_a_ref_names(ref: str, number: str | None) -> None:
    assert leading_number(ref) == number
