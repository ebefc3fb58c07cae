"""wordfreq's list as it is kept here: loaded no further than it is asked for, and the same as wordfreq gives it."""

from __future__ import annotations

import sys
from subprocess import run

from msgspec import msgpack

from normalise.lexicon import frequency
from normalise.word_list import WordList


def lists_of(code: str) -> list[str]:
    """What a program has done by its end: imported wordfreq, loaded the list, unpacked its rare words."""
    ask = """
print(*["wordfreq"] * ("wordfreq" in sys.modules), *["list"] * word_list.listed.cache_info().currsize)
print(*["rare"] * bool(word_list.listed.cache_info().currsize and "rare" in vars(word_list.listed())))
"""
    code = f"import sys; from normalise import lexicon, word_list; {code}\n{ask}"
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
