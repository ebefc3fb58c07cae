"""How far a scanned page is turned: the angle at which its ink falls into the sharpest lines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extract.scan.opencv import Pixels

#: Pages are looked at for a turn up to this many degrees either way; a sheet fed askew leans less.
FARTHEST = 5.0
#: Steps of the search, in degrees: each round looks around the best angle of the round before.
STEPS = (0.5, 0.1, 0.02)
#: A turn smaller than this moves no line by a pixel.
LEAST = 0.02
#: So many points of ink tell the angle as well as all of them.
POINTS = 60_000


def lean(ink: Pixels) -> float:
    """The page's turn in degrees, clockwise; 0.0 for an empty page."""
    ys, xs = np.nonzero(ink)
    if not len(xs):
        return 0.0
    step = max(1, len(xs) // POINTS)
    x, y = xs[::step].astype(np.float64), ys[::step].astype(np.float64)
    best, reach = 0.0, FARTHEST
    for step_size in STEPS:
        angles = np.arange(best - reach, best + reach + step_size / 2, step_size)
        best = float(max(angles, key=lambda angle: sharpness(x, y, float(angle))))
        reach = step_size
    return round(best, 2) if abs(best) >= LEAST else 0.0


def sharpness(x: NDArray[np.float64], y: NDArray[np.float64], angle: float) -> float:
    """How much of the ink stands in few lines, once it is turned back by an angle, both level and upright lines."""
    slope = np.tan(np.radians(angle))
    return sum(float((_histogram(places) ** 2).sum()) for places in (y - slope * x, x + slope * y))


def _histogram(places: NDArray[np.float64]) -> NDArray[np.int64]:
    whole = np.floor(places - places.min()).astype(np.int64)
    return np.bincount(whole)
