"""Which letters make an English word: the one question that joining broken words needs answered.

The word list is wordfreq's large English one (321 000 entries), American and British spelling alike. A list drawn from
what people write holds fragments too (`tion`, `ment`, `communi`), so being listed is not enough. Frequencies below are
Zipf values: the base-10 logarithm of how often a word is met in a thousand million.

A word is accepted by its length. Up to two letters: only if it is in a short list, since almost every pair of letters
is listed. Three and four letters: from 4.0 and 3.4, without the endings and beginnings that are printed often on their
own (`ing` 3.95, `con` 4.28). Longer: from 3.4, 3.0, 2.6 and 2.5 for five, six, seven and eight letters; and below
that, down to 1.0, unless it is the beginning or end of a word at least 1.5 more common: `communi` (2.1) is what is left
of `community` (5.3), while `caseloads` (2.1) and `timeliness` (2.7) are part of nothing. Tried on the 2 401 different
words of four or more letters in three printed plans and one inspection report, this knows 2 371 (the rest are names and
acronyms); of the 8 897 pieces that those words can break into it takes 1 255 for words, and but for some eighty of them
(`matic`, `celeb`) they are: `safe`, `guard`.

A document's own words (names, systems, local terms) are not here: they are in its Evidence.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from normalise.word_list import listed

_TWO_LETTERS = (
    "ad am an as at be by co do eg ex go he hi id ie if in is it me mr my no of oh ok on or pm re so to up us"
)
TWO_LETTERS = frozenset((*_TWO_LETTERS.split(), "vs", "we"))
_FRAGMENTS = """
com con dis est gov ing int ion ive pro rev tho thy til ugh
carr chan comm cons ding fran ions ling manu ming nate ness ping pres ting
"""
#: Common in print, but in a plan far more likely a piece of a broken word than a word.
FRAGMENTS = frozenset(_FRAGMENTS.split())
#: Words of the field that the list lacks, or holds as too rare for their length.
OF_THE_FIELD = frozenset(("gatekeep", "gatekept", "quorate", "rota", "rotas"))
LEAST = {3: 4.0, 4: 3.4, 5: 3.4, 6: 3.0, 7: 2.6}
LEAST_LONG = 2.5
LEAST_LISTED = 1.0
#: `isn't`, `they've`; a possessive goes by what it stands on instead.
LEAST_CONTRACTED = 3.0
MUCH_MORE = 1.5


@lru_cache(maxsize=65536)
def is_word(word: str) -> bool:
    """Whether this is an English word on its own, rather than a piece of one.

    Case does not matter. A hyphenated word is one if all its parts are; a possessive if what it stands on is.

    >>> [is_word(word) for word in ("Safeguarding", "multi-agency", "children’s", "programme")]
    [True, True, True, True]
    >>> [is_word(piece) for piece in ("progra", "mme", "tion", "ing", "communi", "e", "")]
    [False, False, False, False, False, False, False]
    """
    return _is_word(_plain(word), _zipf)


def is_common_word(word: str) -> bool:
    """The same without the words rarer than 2.0: for a letter or more that is not printed, they are no guess.

    >>> [is_common_word(word) for word in ("reallocated", "reallocating")], is_word("reallocating")
    ([True, False], True)
    """
    return _is_word(_plain(word), listed().common)


@lru_cache(maxsize=65536)
def frequency(word: str) -> float:
    """How common a word is, as a Zipf value (`the` 7.7, `audit` 4.0, `caseloads` 2.1); 0.0 where it is not listed."""
    plain = _plain(word)
    return max(_zipf(plain) or _zipf(_stem(plain)), 3.0 if plain in OF_THE_FIELD else 0.0)


def words_ending(tail: str, lengths: range) -> tuple[str, ...]:
    """Words that end in `tail` and whose length is in `lengths`, the most common first.

    >>> words_ending("guarding", range(8, 14))
    ('guarding', 'safeguarding')
    """
    if not tail:
        return ()
    zipf = listed().words
    found = [word for word in listed().ending(_plain(tail)) if len(word) in lengths and _is_word(word, _zipf)]
    return tuple(sorted(found, key=lambda word: (-zipf[word], word)))


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'")


def _stem(word: str) -> str:
    """The word without its possessive: `children's`, `boards'`."""
    return word.removesuffix("'s").removesuffix("'")


@lru_cache(maxsize=65536)
def _zipf(word: str) -> float:
    return listed().zipf(word)


def _is_word(word: str, zipf_of: Callable[[str], float]) -> bool:
    if "-" in word:
        return all(_is_word(part, zipf_of) for part in word.split("-"))
    if "'" in word:
        stem = _stem(word)
        owned = stem != word and "'" not in stem and len(stem) > 1 and _is_word(stem, zipf_of)
        return owned or (stem == word and zipf_of(word) >= LEAST_CONTRACTED)
    if not word.isalpha() or word in FRAGMENTS:
        return False
    if word in OF_THE_FIELD:
        return True
    if len(word) <= 2:
        return word in {"a", "i"} or word in TWO_LETTERS
    zipf = zipf_of(word)
    if zipf >= LEAST.get(len(word), LEAST_LONG):
        return True
    return len(word) > 4 and zipf >= LEAST_LISTED and not listed().is_around(word, zipf + MUCH_MORE)
