"""The lexicon: words of the field are words, and the pieces that a narrow cell leaves of them are not."""

from __future__ import annotations

import sys
from subprocess import run

import pytest
from msgspec import msgpack

from normalise.lexicon import WordList, frequency, is_common_word, is_word, words_ending

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


def lists_of(code: str) -> list[str]:
    """What a program has done by its end: imported wordfreq, loaded the list, unpacked its rare words."""
    ask = """
print(*["wordfreq"] * ("wordfreq" in sys.modules), *["list"] * lexicon._listed.cache_info().currsize)
print(*["rare"] * bool(lexicon._listed.cache_info().currsize and "rare" in vars(lexicon._listed())))
"""
    code = f"import sys; from normalise import lexicon; {code}\n{ask}"
    return run([sys.executable, "-c", code], capture_output=True, check=True).stdout.decode().split()


def test_the_list_is_not_loaded_before_a_word_is_asked_for_nor_its_rare_words_before_one_is() -> None:
    assert lists_of("") == []
    assert lists_of("lexicon.is_word('audit')") == ["list"]
    assert lists_of("lexicon.is_word('reallocating')") == ["list", "rare"]


def test_the_list_is_as_wordfreq_gives_it() -> None:
    from wordfreq import iter_wordlist, zipf_frequency

    words = [word for word in iter_wordlist("en", "large") if word.isascii() and word.isalpha()][::499]
    assert len(words) > 300
    assert [round(frequency(word), 2) for word in words] == [zipf_frequency(word, "en", "large") for word in words]


def test_a_word_is_around_a_piece_from_a_level_on() -> None:
    listed = WordList({}, (), b"\nthen\nthey\nathe's\nlathe\n", (-3.0, -2.5), (11, 24))
    assert [listed.is_around("the", level) for level in (2.5, 3.0, 3.1)] == [True, True, False]
    assert [listed.is_around("lath", level) for level in (2.5, 3.0)] == [True, False]
    assert not listed.is_around("ath", 2.0)  # what has an apostrophe is no word to be part of
    assert [*listed.ending("e")] == ["lathe"]


def test_words_of_other_letters_are_found_too() -> None:
    listed = WordList({}, (), "\ncafé\ncafés\n".encode(), (-3.0,), (14,))
    assert [*listed.ending("é")] == ["café"]
    assert (listed.is_around("café", 3.0), listed.is_around("fé", 3.0), listed.is_around("és", 3.0)) == (
        True,
        True,
        True,
    )
    assert not listed.is_around("\ud800", 3.0)


def test_a_rare_word_is_as_common_as_the_level_that_it_stands_in() -> None:
    packed = [(1.9, ["abbey", "crème"]), (1.8, []), (1.7, ["zoo"])]
    listed = WordList({"the": 7.0}, tuple((level, msgpack.encode(words)) for level, words in packed), b"\n", (), ())
    asked = ("the", "abbey", "crème", "zoo", "aardvark", "cart", "zulu", "")
    for _ in range(2):
        assert [listed.zipf(word) for word in asked] == [7.0, 1.9, 1.9, 1.7, 0.0, 0.0, 0.0, 0.0]
        assert [listed.common(word) for word in asked] == [7.0, *[0.0] * 7]
        listed.lay_out()  # then they are among the others
    assert (len(listed.words), listed.rare) == (4, [])
