"""OpenCV's part: a page turned by a small angle, ink told from paper, and marks found by their shape."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


def grey(page: Pixels) -> Pixels:
    """The page's lightness, from three colours (blue, green, red)."""
    return np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8)


def turned(page: Pixels, degrees: float) -> Pixels:
    """The page turned anticlockwise about its middle, same size; white comes in at the corners."""
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, 1.0)
    white = (255, 255, 255)
    result = cv2.warpAffine(
        page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=white
    )
    return np.asarray(result, np.uint8)


def ink(lightness: Pixels, around: int) -> Pixels:
    """255 where a pixel is darker than its surroundings of `around` pixels (odd), 0 on paper and even shading."""
    smooth = cv2.GaussianBlur(lightness, (3, 3), 0)
    found = cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, 20)
    return np.asarray(found, np.uint8)


def thin(lightness: Pixels, width: int, height: int, least: int) -> Pixels:
    """255 where a pixel is darker by `least` than what lies around it within a box of this size, 0 elsewhere.

    A mark that the box does not fit into is thin: a hairline beside text too, whatever that does to the average.
    """
    smooth = cv2.GaussianBlur(lightness, (3, 3), 0)
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (width, height))
    found = cv2.morphologyEx(smooth, cv2.MORPH_BLACKHAT, kernel)
    return np.asarray(np.where(found >= least, 255, 0), np.uint8)


def opened(marks: Pixels, width: int, height: int) -> Pixels:
    """What of the marks a box of this size fits into."""
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (width, height))
    return np.asarray(cv2.morphologyEx(marks, cv2.MORPH_OPEN, kernel), np.uint8)


def closed(marks: Pixels, width: int, height: int) -> Pixels:
    """The marks with the gaps between them that a box of this size does not fit into."""
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (width, height))
    return np.asarray(cv2.morphologyEx(marks, cv2.MORPH_CLOSE, kernel), np.uint8)


def grown(marks: Pixels, width: int, height: int) -> Pixels:
    """The marks, each pixel as a box of this size."""
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (width, height))
    return np.asarray(cv2.dilate(marks, kernel), np.uint8)


def outlines(marks: Pixels) -> list[tuple[int, int, int, int]]:
    """(x0, top, x1, bottom) of each mark that hangs together."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(marks, connectivity=8)
    return [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[1:]]


def version() -> str:
    """OpenCV's version."""
    return str(cv2.__version__)
