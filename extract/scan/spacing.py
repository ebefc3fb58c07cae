"""Spaces that OCR is in two minds about, settled by the gap that is there in the ink."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from extract.scan.opencv import Pixels
from extract.scan.pieces import Piece
from extract.scan.rapid import Glyph

#: OCR is in two minds about a space that it read, or passed over, with a probability between these.
LEAST, MOST = 0.08, 0.9
#: A gap at least this wide, in em, holds a space; the figure 1 has white beside it already.
SPACE, SPACE_BY_ONE = 0.24, 0.32
#: A gap narrower than this holds none.
NO_SPACE = 0.14


def with_spaces_settled(glyphs: Sequence[Glyph], ink: Pixels, piece: Piece, em: float) -> tuple[Glyph, ...]:
    """The characters of a line, with a space where OCR half saw one and the gap is wide enough for it.

    A space that OCR half believed in and that the gap confirms is certain, and so is the lack of one where there is no
    gap; every other doubt stays. `ink`: the page's; `em`: the size of the type, in pixels.
    """
    found: list[Glyph] = list(glyphs[:1])
    for before, glyph in pairwise(glyphs):
        if not glyph.text.isspace() and not before.text.isspace() and glyph.omitted == " " and glyph.missed > LEAST:
            gap = gap_between(before, glyph, ink, piece) / em
            if gap >= widest_without(before, glyph):
                middle = (before.middle + glyph.middle) / 2
                found.append(Glyph(" ", middle, 1.0, "", 0.0, ""))
                glyph = glyph._replace(missed=0.0, omitted="")
            elif gap < NO_SPACE:
                glyph = glyph._replace(missed=0.0, omitted="")
        found.append(glyph)
    return tuple(confirmed(found, ink, piece, em))


def confirmed(glyphs: Sequence[Glyph], ink: Pixels, piece: Piece, em: float) -> list[Glyph]:
    """The characters with spaces that the gap in the ink confirms made certain."""
    found = list(glyphs)
    for at in range(1, len(found) - 1):
        before, glyph, after = found[at - 1 : at + 2]
        if glyph.text == " " and glyph.sure < MOST and gap_between(before, after, ink, piece) / em >= SPACE:
            found[at] = glyph._replace(sure=1.0, missed=0.0)
    return found


def widest_without(before: Glyph, after: Glyph) -> float:
    """The gap from which on there is a space between two characters, in em."""
    return SPACE_BY_ONE if "1" in (before.text, after.text) else SPACE


def gap_between(before: Glyph, after: Glyph, ink: Pixels, piece: Piece) -> int:
    """The widest white between the middles of two characters, in pixels."""
    first, last = (piece.x0 + round(glyph.middle * piece.width) for glyph in (before, after))
    part = ink[piece.top : piece.bottom, first : last + 1]
    edges = [-1, *np.flatnonzero(part.any(axis=0)).tolist(), part.shape[1]]
    return int(max(right - left - 1 for left, right in pairwise(edges)))
