"""The lexicon: words of the field are words, and the pieces that a narrow cell leaves of them are not."""

from __future__ import annotations

import pytest

from normalise.lexicon import frequency, is_common_word, is_word, words_ending

WORDS = """
a I an of to in re co the and for who yet per audit rota panel carer carers scope tracker quorum liaison
caseload caseloads minuted timeliness permanency kinship fostering paediatric recognise organisation programme
programmes judgement labour behaviour safeguarding gatekeeping countersigned reallocating workforce multi-agency
co-production children’s children's boards' isn’t can't they've it’s Ofsted NHS SAFEGUARDING Signposting unaccompanied
"""
PIECES = """
e n s tion sion ment ness ing ings mme ble rces ance ence ity ht progra corpor oversi achiev childr responsi consid
ered immediat communi organisat safegu guardi resou improv-ement agement essment ht's ren’s q 2 £ … -
"""


@pytest.mark.parametrize("word", WORDS.split())
def test_a_word_of_the_field_is_a_word(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize("piece", PIECES.split())
def test_a_piece_of_a_word_is_not_a_word(piece: str) -> None:
    assert not is_word(piece)


@pytest.mark.parametrize("nothing", ["o'sw", "''", "rock'n'rol", "", " ", "-", "'", "’s", "a b", "١", "🙂"])
def test_what_is_not_made_of_letters_is_not_a_word(nothing: str) -> None:
    assert not is_word(nothing)


def test_frequencies_are_ordered_and_zero_for_what_is_not_listed() -> None:
    assert frequency("the") > frequency("audit") > frequency("caseloads") > frequency("resou") == 0.0


def test_a_possessive_is_as_common_as_what_it_stands_on() -> None:
    assert frequency("paediatrician’s") == frequency("paediatrician")


def test_words_are_completed_with_the_most_common_first() -> None:
    assert words_ending("kforce", range(5, 12)) == ("workforce", "taskforce")
    assert words_ending("EGUARDING", range(5, 14)) == ("safeguarding",)
    assert words_ending("eguarding", range(5, 12)) == ()


def test_a_rare_word_is_a_word_but_not_a_common_one() -> None:
    words = ("reallocated", "reallocating", "gatekeep", "re-allocated", "progra", "an")
    assert [is_word(word) for word in words] == [True, True, True, True, False, True]
    assert [is_common_word(word) for word in words] == [True, False, True, True, False, True]
