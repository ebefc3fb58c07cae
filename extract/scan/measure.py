"""The measure of a line of scanned text: its baseline, the size of its type, how heavy it is."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: What part of the em capitals, figures and tall letters stand above the baseline in the usual typefaces.
TALL = 0.75
LOW_LETTERS = frozenset("acegmnopqrsuvwxyz.,;:-–—_ ")
#: A row belongs to a line if it holds this part of the ink of the line's fullest row.
FILLED = 0.03
#: Characters that stand on the baseline; the others hang below it or float above.
STANDING = frozenset("ABCDEFGHIKLMNOPRSTUVWXYZabcdefhiklmnorstuvwxz0123456789&%£.!?")
#: How far to either side of its middle a character is looked at, in parts of the line's height, and how much ink (in
#: pixels) a row must hold there to count.
BESIDE, INKED = 0.22, 1.0

Dark = NDArray[np.float64]


class Measure(NamedTuple):
    """In pixels: the baseline (from the crop's top, between pixels), the size of the type (None where no letter that is
    tall tells it), and how thick the stems of its letters are.
    """

    baseline: float
    size: float | None
    stroke: float


def darkness(lightness: NDArray[np.uint8]) -> Dark:
    """How dark each pixel is, from 0 (paper) to 1 (the darkest ink), paper being what most of the crop is."""
    light = lightness.astype(np.float64)
    paper = float(np.median(light))
    dark = np.clip(paper - 12 - light, 0.0, None)
    most = float(dark.max(initial=0.0))
    return dark / most if most else dark


def measure(dark: Dark, placed: Sequence[tuple[str, float]]) -> Measure | None:
    """The measure of a crop that holds one line; None where it has too little ink to tell.

    `placed`: each character with its middle, as a part of the crop's width.
    """
    profile = dark.sum(axis=1)
    if len(profile) < 6 or profile.sum() < 3:
        return None
    reach = max(1, round(BESIDE * 0.6 * len(profile)))
    feet = [
        foot(dark[:, max(0, at - reach) : at + reach + 1].sum(axis=1))
        for at in (round(middle * dark.shape[1]) for sign, middle in placed if sign in STANDING)
    ]
    known = [at for at in feet if at is not None]
    baseline = median(known) if known else steepest(profile)
    tall = any(sign not in LOW_LETTERS for sign, _ in placed)
    size = (baseline - head(profile, baseline)) / TALL
    return Measure(baseline, size if tall and size > 3 else None, stroke(dark))


def foot(profile: Dark) -> float | None:
    """Where the ink of some columns ends below, between rows; None where there is none.

    >>> foot(np.array([0.0, 4.0, 3.0, 2.0, 0.0]))
    4.0
    """
    rows = np.flatnonzero(profile >= INKED)
    if not len(rows):
        return None
    last = int(rows[-1])
    beyond = float(profile[last + 1]) if last + 1 < len(profile) else 0.0
    return last + 0.5 + (float(profile[last]) - INKED) / (float(profile[last]) - beyond)


def head(profile: Dark, baseline: float) -> int:
    """Above which row the ink that stands on the baseline begins: what hangs down from the line above is left out.

    >>> head(np.array([3.0, 0.0, 4.0, 3.0, 2.0, 0.0]), 5.0)
    2
    """
    least = max(INKED, FILLED * float(profile.max()))
    row = min(len(profile) - 1, max(0, round(baseline) - 2))
    while row > 0 and profile[row - 1] >= least:
        row -= 1
    return row


def steepest(profile: Dark) -> float:
    """Where the ink of a line falls off most steeply in its lower half."""
    drops = profile[:-1] - profile[1:]
    low = max(0, int(np.searchsorted(np.cumsum(profile), profile.sum() / 2)) - 2)
    return float(low + int(drops[low:].argmax()) + 1)


def stroke(dark: Dark) -> float:
    """How thick the upright strokes are, in pixels: ink for each run of it along a row."""
    inked = dark > 0.4
    runs = int(inked[:, 0].sum()) + int((inked[:, 1:] & ~inked[:, :-1]).sum())
    return float(dark.sum() / runs) if runs else 0.0
