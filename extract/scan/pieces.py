"""Where to read: boxes that the engine detects, cut at rules and wide gaps, and the ink that it left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.pdf.content import Rule
from extract.scan.opencv import Pixels, grown, outlines

#: A gap wider than this, in em, parts two pieces: no space between words is as wide.
PART_GAP = 1.3
#: White left beside the ink of a piece, in em.
MARGIN = 0.15
#: Ink that no box covers is read too if it is at least as high as a hyphen is wide, in em.
SPECK = 0.28
#: Ink higher than this, in em, is no line of text.
HIGHEST = 3.0
#: Two pieces stand on one line if they share this part of the lower one's height, and cover the same text if they share
#: more than this of a line's length, in em.
LEVEL, OVER = 0.6, 0.25


class Piece(NamedTuple):
    """A box in pixels that holds one line of one cell."""

    x0: int
    top: int
    x1: int
    bottom: int

    @property
    def height(self) -> int:
        """How high it is."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """How wide it is."""
        return self.x1 - self.x0


def pieces_of(boxes: Iterable[Piece], rules: Sequence[Rule], ink: Pixels, em: float) -> list[Piece]:
    """The detected boxes as pieces. `ink` is that of the page without its rules (255), `em` pixels of nine points."""
    parts = [part for box in boxes for part in cut_at_rules(box, rules, em)]
    return [piece for part in united(parts, em) for piece in parted(part, ink, em)]


def united(pieces: Iterable[Piece], em: float) -> list[Piece]:
    """Pieces that lie over one another on one line as one: the engine sees some text twice.

    >>> united([Piece(0, 0, 12, 20), Piece(40, 0, 90, 20), Piece(1, 1, 38, 20)], 20.0)
    [Piece(x0=0, top=0, x1=38, bottom=20), Piece(x0=40, top=0, x1=90, bottom=20)]
    """
    found: list[Piece] = []
    for piece in pieces:
        for other in [other for other in found if same_place(piece, other, em)]:
            found.remove(other)
            piece = Piece(
                min(piece.x0, other.x0), min(piece.top, other.top),
                max(piece.x1, other.x1), max(piece.bottom, other.bottom),
            )  # fmt: skip
        found.append(piece)
    return sorted(found, key=lambda piece: (piece.top, piece.x0))


def same_place(one: Piece, two: Piece, em: float) -> bool:
    """Whether two pieces cover some of the same text."""
    level = min(one.bottom, two.bottom) - max(one.top, two.top) > LEVEL * min(one.height, two.height)
    return level and min(one.x1, two.x1) - max(one.x0, two.x0) > OVER * em


def cut_at_rules(box: Piece, rules: Sequence[Rule], em: float) -> list[Piece]:
    """A box cut where rules cross it: no line of text does.

    >>> cut_at_rules(Piece(10, 20, 90, 40), [Rule(True, 50.0, 0, 100), Rule(False, 23.0, 0, 100)], 20.0)
    [Piece(x0=10, top=23, x1=50, bottom=40), Piece(x0=50, top=23, x1=90, bottom=40)]
    """
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    level = [rule.at for rule in rules if not rule.upright and rule.start < x < rule.end]
    upright = [rule.at for rule in rules if rule.upright and rule.start < y < rule.end]
    ys = [at for at in level if box.top < at < box.bottom]
    xs = [at for at in upright if box.x0 < at < box.x1]
    return [
        Piece(round(x0), round(top), round(x1), round(bottom))
        for top, bottom in pairwise([box.top, *sorted(ys), box.bottom])
        if bottom - top > 0.5 * em
        for x0, x1 in pairwise([box.x0, *sorted(xs), box.x1])
        if x1 - x0 > 0.1 * em
    ]


def parted(box: Piece, ink: Pixels, em: float) -> list[Piece]:
    """A box parted at wide gaps, each part as wide as its ink; none where there is no ink."""
    columns = np.flatnonzero((ink[box.top : box.bottom, box.x0 : box.x1] > 0).sum(axis=0) > 0)
    if not len(columns):
        return []
    breaks = np.flatnonzero(np.diff(columns) > PART_GAP * em)
    starts = [int(columns[0]), *(int(columns[at + 1]) for at in breaks)]
    ends = [*(int(columns[at]) for at in breaks), int(columns[-1])]
    margin = round(MARGIN * em)
    return [
        Piece(max(0, box.x0 + start - margin), box.top, min(ink.shape[1], box.x0 + end + 1 + margin), box.bottom)
        for start, end in zip(starts, ends, strict=True)
    ]


def left_out(ink: Pixels, pieces: Sequence[Piece], em: float) -> list[Piece]:
    """Boxes around the ink that no piece covers, letters side by side as one; specks and pictures are left out."""
    rest = ink.copy()
    for piece in pieces:
        rest[piece.top : piece.bottom, piece.x0 : piece.x1] = 0
    found = []
    beside = max(3, round(0.5 * em) | 1)
    margin = round(0.25 * em)
    for x0, top, x1, bottom in outlines(grown(rest, beside, 1)):
        columns = np.flatnonzero((rest[top:bottom, x0:x1] > 0).any(axis=0))
        first, last = x0 + int(columns[0]), x0 + int(columns[-1]) + 1
        if max(bottom - top, last - first) >= SPECK * em and 2 <= bottom - top < HIGHEST * em:
            box = Piece(first - margin, top - margin, last + margin, bottom + margin)
            found.append(within(box, ink.shape[1], ink.shape[0]))
    return found


def within(box: Piece, width: int, height: int) -> Piece:
    """The part of a box that lies on the page."""
    return Piece(max(0, box.x0), max(0, box.top), min(width, box.x1), min(height, box.bottom))


def ink_ends(piece: Piece, ink: NDArray[np.uint8]) -> tuple[int, int]:
    """Where the ink of a piece begins and ends, from the left."""
    columns = np.flatnonzero(ink[piece.top : piece.bottom, piece.x0 : piece.x1].any(axis=0))
    if not len(columns):
        return piece.x0, piece.x1
    return piece.x0 + int(columns[0]), piece.x0 + int(columns[-1]) + 1
