"""Characters as printed lines: what stands on one baseline, left to right, with the spaces that are printed.

A space that the page holds is kept where it stands, at a line's end too: it proves that no word was broken there. A
gap that holds none but is as wide as one is read as a space.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from extract.model import Box
from extract.pdf.content import ASKEW, Char, Fill

#: White space that prints as a space.
_CONTROLS = "\t\n\r\x0b\x0c"
#: A gap wider than this part of the em is a space between words. (Spaces are about 0.25 em; a justified or tightened
#: line goes down to 0.2, letters spaced out for show seldom over 0.15.)
WORD_GAP = 0.19
#: Two characters stand on one line if the smaller one's height overlaps the other's by this part.
SAME_LINE = 0.5
#: A drawn bullet is smaller than this and stands nearer to its line than that (in em); in points it is smaller than:
BULLET_SIZE, BULLET_GAP, LARGEST_BULLET = 0.6, 2.0, 8.0
#: A gap wider than this many em parts two texts that only happen to be level (outside tables).
PART_GAP = 2.5


class Strip(Struct, frozen=True, gc=False):
    """A printed line: its characters in reading order, its text (gaps read as spaces), its box, size and weight.

    `marker`: "• " where a bullet is drawn before it. `turn` as in Char.
    """

    chars: tuple[Char, ...]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    turn: int = 0
    marker: str = ""

    @property
    def box(self) -> Box:
        """Its outline, rounded as places are reported."""
        return (round(self.x0, 1), round(self.top, 1), round(self.x1, 1), round(self.bottom, 1))

    @property
    def middle(self) -> float:
        """Half-way down the line."""
        return (self.top + self.bottom) / 2

    @property
    def confidence(self) -> float | None:
        """How sure OCR is of its least certain character; None where no OCR took part."""
        sure = [char.sure for char in self.chars if char.sure is not None]
        return round(min(sure), 3) if sure else None


def strips_of(chars: Iterable[Char], part_gap: float | None = None) -> list[Strip]:
    """The printed lines of some characters, top to bottom, those that are turned last.

    `part_gap`: also part a line at gaps wider than so many em. Lines of white space alone are left out; every other
    character is in exactly one line.
    """
    level: list[Char] = []
    turned: list[Char] = []
    for char in chars:
        (turned if char.turn else level).append(char)
    found: list[Strip] = []
    for band in level_bands(level):
        found.extend(strip_of(part) for part in parted(sorted(band, key=attrgetter("x0")), part_gap))
    found.extend(turned_strips(turned))
    return [strip for strip in found if strip.text.strip()]


def with_bullets(strips: Iterable[Strip], dots: Sequence[Fill]) -> list[Strip]:
    """The lines, each with the marker "• " where a small dot is drawn just left of it, as browsers do."""
    found = []
    for strip in strips:
        drawn = any(
            0 < strip.x0 - dot.x1 < BULLET_GAP * strip.size
            and strip.top < (dot.top + dot.bottom) / 2 < strip.bottom
            and dot.x1 - dot.x0 < BULLET_SIZE * strip.size
            for dot in dots
        )
        found.append(replace(strip, marker="• ") if drawn and not strip.turn else strip)
    return found


def dots_of(fills: Iterable[Fill]) -> list[Fill]:
    """The filled boxes that may be bullets: about as wide as high, and small."""
    return [
        fill
        for fill in fills
        if 1.0 < fill.x1 - fill.x0 < LARGEST_BULLET and 0.8 < (fill.bottom - fill.top) / (fill.x1 - fill.x0) < 1.25
    ]


def level_bands(chars: Sequence[Char]) -> list[list[Char]]:
    """The characters of each line, lines top to bottom; what stands higher or lower by a bit (m², 1st) is in its line.

    The measure is the line's largest character: a small one never decides where a line is.
    """
    by_height: dict[tuple[float, float], list[Char]] = {}
    for (bottom, size), run in groupby(chars, key=attrgetter("bottom", "size")):
        by_height.setdefault((round(bottom, 1), size), []).extend(run)
    bands: list[tuple[float, float, list[Char]]] = []
    for (_, size), group in sorted(by_height.items(), key=lambda item: (-item[0][1], item[0][0])):
        top, bottom = group[0].top, group[0].bottom
        best, share = None, SAME_LINE * size
        for band in bands:
            overlap = min(bottom, band[1]) - max(top, band[0])
            if overlap >= share:
                best, share = band, overlap
        if best is None:
            bands.append((top, bottom, list(group)))
        else:
            best[2].extend(group)
    bands.sort(key=lambda band: band[0] + band[1])
    return [band[2] for band in bands]


def parted(chars: list[Char], part_gap: float | None) -> list[list[Char]]:
    """A line's characters parted at wide gaps (a running foot's left and right ends); white space bridges no gap."""
    if part_gap is None or not chars:
        return [chars]
    parts: list[list[Char]] = [[]]
    reach: float | None = None
    for char in chars:
        blank = char.text.isspace()
        if not blank and reach is not None and char.x0 - reach > part_gap * char.size:
            parts.append([])
        parts[-1].append(char)
        if not blank:
            reach = max(char.x1, reach or char.x1)
    return parts


def strip_of(chars: Sequence[Char]) -> Strip:
    """One line of characters that are in reading order already."""
    text: list[str] = []
    reach = chars[0].x0
    blank = True
    for char in chars:
        letter = char.text
        white = letter.isspace()
        if not white and not blank and char.x0 - reach > WORD_GAP * char.size:
            text.append(" ")
        text.append(" " if white and letter in _CONTROLS else letter)
        blank = white
        if char.x1 > reach:
            reach = char.x1
    return _strip(chars, "".join(text), 0)


def _strip(chars: Sequence[Char], text: str, turn: int) -> Strip:
    inked = [char for char in chars if not char.text.isspace()] or list(chars)
    x0, top = min([char.x0 for char in inked]), min([char.top for char in inked])
    x1, bottom = max([char.x1 for char in inked]), max([char.bottom for char in inked])
    bold = 2 * sum([char.bold for char in inked]) > len(inked)
    return Strip(tuple(chars), text, x0, top, x1, bottom, max([char.size for char in inked]), bold, turn)


def turned_strips(chars: Sequence[Char]) -> list[Strip]:
    """The lines of text that is turned: read as if it stood upright, each turn by itself.

    Text that is askew keeps the engine's order and is one line.
    """
    found = []
    for turn in sorted({char.turn for char in chars}):
        group = [char for char in chars if char.turn == turn]
        if turn == ASKEW:
            found.append(_strip(group, "".join(char.text for char in group), turn))
            continue
        for band in level_bands([_righted(char) for char in group]):
            line = strip_of(sorted(band, key=attrgetter("x0")))
            x0, top, x1, bottom = turned((line.x0, line.top, line.x1, line.bottom), turn)
            found.append(replace(line, x0=x0, top=top, x1=x1, bottom=bottom, turn=turn))
    return found


def _righted(char: Char) -> Char:
    """A turned character as it would stand upright."""
    return Char(char.text, *turned((char.x0, char.top, char.x1, char.bottom), 360 - char.turn), char.size, char.bold, 0)


def turned(box: Box, turn: int) -> Box:
    """A box turned clockwise about the origin by 90, 180 or 270 degrees.

    >>> turned((1, 2, 3, 5), 90)
    (-5, 1, -2, 3)
    """
    x0, top, x1, bottom = box
    if turn == 90:
        return (-bottom, x0, -top, x1)
    if turn == 270:
        return (top, -x1, bottom, -x0)
    return (-x1, -bottom, -x0, -top)
