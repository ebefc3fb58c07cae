"""Words: characters that stand side by side, in the order in which the page's maker wrote them.

A word stays whole whatever lines it crosses: where a cell's last word sticks out over its edge, all of it is that
cell's. Written order is what parts it from the neighbour's text that it may run into.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from extract.pdf.content import Char

#: Characters of one word stand no further apart than this, in em; a neighbour's text never so near.
TIGHT = 0.1


class Word(Struct, frozen=True, gc=False):
    """Characters of one word, with the white space printed right after it; the box is that of its ink.

    `text`: all of them. `place`: how many words were written before it on the page.
    """

    chars: tuple[Char, ...]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    turn: int
    place: int = 0

    @property
    def middle(self) -> float:
        """Half-way down the word."""
        return (self.top + self.bottom) / 2


def words_of(chars: Iterable[Char]) -> list[Word]:
    """The words of some characters, in written order; white space that follows no word is one by itself."""
    groups: list[list[Char]] = []
    ended = True  # the last group has its white space: only more of that may follow
    before: Char | None = None
    for char in chars:
        blank = char.text.isspace()
        if before is None or (ended and not blank) or not beside(before, char, blank):
            group: list[Char] = []
            groups.append(group)
        group.append(char)
        ended = blank
        before = char
    return [_word(group, place) for place, group in enumerate(groups)]


def beside(before: Char, char: Char, blank: bool) -> bool:
    """Whether a character is printed right after another on its line."""
    size = char.size
    if char.turn or before.turn or size != before.size or abs(char.bottom - before.bottom) > 0.1:
        return False
    return -0.5 * size < char.x0 - before.x1 < (0.5 if blank else TIGHT) * size


def _word(chars: list[Char], place: int) -> Word:
    first, text = chars[0], "".join([char.text for char in chars])
    inked = [char for char in chars if not char.text.isspace()] or chars
    top = min([char.top for char in inked])
    x1, bottom = max([char.x1 for char in inked]), max([char.bottom for char in inked])
    return Word(tuple(chars), text, inked[0].x0, top, x1, bottom, first.size, first.bold, first.turn, place)
