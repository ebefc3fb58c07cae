"""Names: what is one, what stands before it, which initials and ids it gives."""

import doctest

import pytest

from normalise.people import matching, names, words
from normalise.people.names import called, derived_initials, is_initials, may_give, rank_meanings, slug


@pytest.mark.parametrize("module", [names, words, matching])
def test_the_examples_in_the_docstrings_run(module):
    results = doctest.testmod(module)
    assert results.attempted > 0
    assert results.failed == 0


@pytest.mark.parametrize(
    "name, initials",
    [
        ("Ada Lowe", ("AL",)),
        ("Odile Marsden-Pryce", ("OM-P", "OMP")),
        ("Jean-Luc Ferrant", ("J-LF", "JLF")),
        ("Mary van der Berg", ("MB",)),
        ("Ada", ()),
    ],
)
def test_initials_are_derived_with_a_hyphen_and_without(name, initials):
    assert derived_initials(name) == initials


@pytest.mark.parametrize(
    "text, whether",
    [
        ("BP", True),
        ("JH-B", True),
        ("JN", True),
        ("RSa", True),
        ("J.N.", True),
        ("B", False),
        ("Ada", False),
        ("bp", False),
    ],
)
def test_initials_are_short_capitals(text, whether):
    assert is_initials(text) is whether


@pytest.mark.parametrize(
    "text, meanings",
    [
        ("D/Supt", ("detective superintendent",)),
        ("DSupt", ("detective superintendent",)),
        ("Det. Ch. Insp.", ("detective chief inspector",)),
        ("T/Supt", ("superintendent",)),
        ("A/DCI", ("detective chief inspector",)),
        ("Temporary Assistant Chief Constable", ("assistant chief constable",)),
        ("GM", ("group manager",)),
        ("Sqn Ldr", ("squadron leader",)),
        ("Ada", ()),
        ("supt", ()),
    ],
)
def test_a_rank_in_short_is_read_in_full(text, meanings):
    assert rank_meanings(text) == meanings


@pytest.mark.parametrize(
    "text", ["Quality Assurance", "Youth Justice", "North West", "Tannery Street Team", "ada lowe", "Ada", ""]
)
def test_bodies_places_and_single_words_are_no_names(text):
    assert called(text) is None


@pytest.mark.parametrize(
    "name, expected",
    [("Ada Lowe", "ada-lowe"), ("Zoë O’Brien-Hart", "zoe-obrien-hart"), ("?", "person")],
)
def test_an_id_is_the_slug_of_the_name(name, expected):
    assert slug(name) == expected


def test_initials_are_a_persons_where_their_letters_stand_in_the_name_in_order():
    assert [may_give("Maeve O'Shaughnessy", mark) for mark in ("MOS", "MO", "OM", "ICB", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]
