"""The measure of a line of scanned text: its baseline, the size of its type, how heavy it is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: What part of the em capitals, figures and tall letters stand above the baseline in the usual typefaces.
TALL = 0.7
#: Letters that reach that height, and how much of a row they must fill for it to count as theirs.
TALL_LETTERS = frozenset("bdfhkl£&%()[]/?!")
FILLED = 0.1

Dark = NDArray[np.float64]


class Measure(NamedTuple):
    """In pixels: the baseline (from the crop's top, between pixels) and how high the letters stand above it.

    `stroke`: how thick their stems are.
    """

    baseline: float
    height: float
    stroke: float

    def size(self, text: str) -> float | None:
        """The size of the type, in pixels; None where no letter of the text is tall."""
        tall = any(letter.isupper() or letter.isdigit() or letter in TALL_LETTERS for letter in text)
        return self.height / TALL if tall else None


def darkness(lightness: NDArray[np.uint8]) -> Dark:
    """How dark each pixel is, from 0 (paper) to 1 (the darkest ink), paper being what most of the crop is."""
    light = lightness.astype(np.float64)
    paper = float(np.median(light))
    dark = np.clip(paper - 12 - light, 0.0, None)
    most = float(dark.max(initial=0.0))
    return dark / most if most else dark


def measure(dark: Dark) -> Measure | None:
    """The measure of a crop that holds one line; None where it has too little ink to tell."""
    profile = dark.sum(axis=1)
    if len(profile) < 6 or profile.sum() < 3:
        return None
    drops = profile[:-1] - profile[1:]
    middle = int(np.searchsorted(np.cumsum(profile), profile.sum() / 2))
    low = max(1, middle - 1)
    baseline = edge(profile, low + int(drops[low:].argmax()))
    top = float(np.flatnonzero(profile >= FILLED * profile.max())[0])
    if baseline - top < 3:
        return None
    return Measure(baseline, baseline - top, stroke(dark))


def edge(profile: Dark, row: int) -> float:
    """Where between two rows and beyond a profile passes half of its step, counted from the first row's top edge.

    >>> edge(np.array([9.0, 9.0, 6.0, 1.0, 1.0]), 2)
    2.7
    """
    first, last = max(0, row - 1), min(len(profile) - 1, row + 2)
    before, after = profile[first], profile[last]
    half = (before + after) / 2
    for at in range(first, last):
        one, two = profile[at], profile[at + 1]
        if one != two and min(one, two) <= half <= max(one, two):
            return float(at + 0.5 + (one - half) / (one - two))
    return row + 1.0


def stroke(dark: Dark) -> float:
    """How thick the upright strokes are, in pixels: ink for each run of it along a row."""
    inked = dark > 0.4
    runs = int(inked[:, 0].sum()) + int((inked[:, 1:] & ~inked[:, :-1]).sum())
    return float(dark.sum() / runs) if runs else 0.0
