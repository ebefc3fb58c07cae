"""wordfreq's large English list: how common each of its 321 000 entries is, as Zipf values.

A run needs it once, and it is the largest thing that a short run loads, so it is taken out of its file no further than
it is asked for.
"""

from __future__ import annotations

import math
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from importlib.util import find_spec
from itertools import repeat
from pathlib import Path
from threading import Thread

from msgspec import Raw, Struct, msgpack

#: What is rarer completes no word, and is around none.
LEAST_COMMON = 2.0
_FILE = "large_en.msgpack.gz"
_GZIP = 31  # how zlib calls that format


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
    listed().lay_out()


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
def listed() -> WordList:
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
