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

import math
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from importlib.util import find_spec
from itertools import repeat
from pathlib import Path
from threading import Thread

from msgspec import Raw, Struct, msgpack

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
#: What is rarer completes no word, and is around none.
LEAST_COMMON = 2.0
_FILE = "large_en.msgpack.gz"
_GZIP = 31  # how zlib calls that format


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
    return _is_word(_plain(word), _listed().common)


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
    zipf = _listed().words
    found = [word for word in _listed().ending(_plain(tail)) if len(word) in lengths and _is_word(word, _zipf)]
    return tuple(sorted(found, key=lambda word: (-zipf[word], word)))


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'")


def _stem(word: str) -> str:
    """The word without its possessive: `children's`, `boards'`."""
    return word.removesuffix("'s").removesuffix("'")


@lru_cache(maxsize=65536)
def _zipf(word: str) -> float:
    return _listed().zipf(word)


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
    return len(word) > 4 and zipf >= LEAST_LISTED and not _listed().is_around(word, zipf + MUCH_MORE)


class WordList(Struct, dict=True):
    """wordfreq's list. `words`: the Zipf value of each entry from 2.0 on; `packed`: the others, as in the file.

    Those are two in three, and few of them are ever asked for: they stay packed until one is, and then each level's
    words, in order, are searched by halving. `lines` holds the common entries in UTF-8, each on a line, the most common
    first; before `ends[n]` stand all that are as common as `-levels[n]` or more. So whether a word is part of a
    commoner one is one search of the head of a text.
    """

    words: dict[str, float]
    packed: Sequence[tuple[float, Raw | bytes]]
    lines: bytes
    levels: Sequence[float]
    ends: Sequence[int]

    @cached_property
    def rare(self) -> list[tuple[float, list[str]]]:
        """Each level below 2.0 with its words in order."""
        return [(level, msgpack.decode(words, type=list[str])) for level, words in self.packed]

    def zipf(self, word: str) -> float:
        """How common an entry is; 0.0 where there is none."""
        return self.words.get(word) or self._rare(word)

    def common(self, word: str) -> float:
        """The same, where rare entries are none."""
        value = self.words.get(word, 0.0)
        return value if value >= LEAST_COMMON else 0.0

    def _rare(self, word: str) -> float:
        for level, words in self.rare:
            at = bisect_left(words, word)
            if at < len(words) and words[at] == word:
                return level
        return 0.0

    def lay_out(self) -> None:
        """Put the rare entries among the others: it takes a while, and then each is found at once."""
        for level, words in self.rare:
            self.words.update(zip(words, repeat(level)))
        self.rare = []

    def is_around(self, piece: str, least: float) -> bool:
        """Whether a word that is at least so common begins or ends with this piece."""
        levels = bisect_right(self.levels, -least)
        end = self.ends[levels - 1] if levels else 0
        return any(self._words_with(f"\n{piece}", end)) or any(self._words_with(f"{piece}\n", end))

    def ending(self, tail: str) -> Iterator[str]:
        """The common words of four or more letters that end so."""
        return (word for word in self._words_with(f"{tail}\n", len(self.lines)) if len(word) > 3)

    def _words_with(self, letters: str, end: int) -> Iterator[str]:
        """The words before `end` in whose line, its two ends included, the letters stand; `2nd` is none."""
        sought = letters.encode("utf-8", "surrogatepass")
        at = self.lines.find(sought, 0, end)
        while at >= 0:
            start, stop = self.lines.rfind(b"\n", 0, at + 1) + 1, self.lines.index(b"\n", at + 1)
            word = self.lines[start:stop].decode()
            if word.isalpha():
                yield word
            at = self.lines.find(sought, stop, end)


def lay_out() -> None:
    """Have every word at hand, for a process that many are made of to read a plan each."""
    _listed().lay_out()


def unpack_ahead() -> None:
    """Begin to unpack the list's file: that needs none of Python's time, so it is done while a document is read."""
    _unpacking()


@lru_cache(maxsize=1)
def _unpacking() -> tuple[Thread, list[bytes]]:
    unpacked: list[bytes] = []
    thread = Thread(target=lambda: unpacked.append(_unpacked()), daemon=True)
    thread.start()
    return thread, unpacked


def _unpacked() -> bytes:
    spec = find_spec("wordfreq")
    assert spec
    assert spec.origin
    return zlib.decompress(Path(spec.origin).with_name("data").joinpath(_FILE).read_bytes(), _GZIP)


@lru_cache(maxsize=1)
def _listed() -> WordList:
    """The list, from wordfreq's own file: its functions would first import a third of a second's worth of others.

    The file (its format is "cB", version 1) is a head and then a list of words for each hundredth of Zipf's scale down
    from 9; a list's words are in alphabetical order.
    """
    thread, unpacked = _unpacking()
    thread.join()
    packed = unpacked.pop() if unpacked else _unpacked()  # what kept the thread from it is raised here
    head, *lists = msgpack.decode(packed, type=list[Raw])
    if (kind := msgpack.decode(head)) != {"format": "cB", "version": 1}:
        raise ValueError(f"wordfreq's list is in a format that is not known: {kind}")
    common, rare = dict[str, float](), list[tuple[float, Raw]]()
    lines, levels, ends = [b""], list[float](), list[int]()
    end = 1
    for place, listed in enumerate(lists):
        level = math.log10(10 ** (-place / 100)) + 9
        if level < LEAST_COMMON:
            rare.append((level, listed))
        elif words := msgpack.decode(listed, type=list[str]):
            common.update(zip(words, repeat(level)))
            lines.append("\n".join(words).encode())
            end += len(lines[-1]) + 1
            levels.append(-level)
            ends.append(end)
    return WordList(common, rare, b"\n".join([*lines, b""]), levels, ends)
