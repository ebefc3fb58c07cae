"""White text on a dark area (the header of a table, as a rule) made dark text on paper, within a drawn outline.

Ink is what is darker than its surroundings: in such an area that would be everything but the text.
"""

from __future__ import annotations

import numpy as np

from extract.scan.opencv import Pixels, closed, grey, opened, outlines

#: An area is dark if it is darker than this (of 255), and its text is lighter than the other.
DARK, LIGHT = 115, 175
#: It is at least so wide and high, in em of nine points, and strokes of its text are thinner than the last.
WIDE, HIGH, STROKE = 2.0, 1.0, 0.4
#: It fills its outline but for this part, and this part of it at least and at most is text.
RAGGED, FEWEST, MOST = 0.15, 0.005, 0.5
#: A line on a ground darker than this is not made clearer: neither are its specks.
CLEAN = 80.0
#: How thick its outline is drawn, and how far from its edges its text stands, in em.
OUTLINE, EDGE = 0.06, 0.15


def with_dark_areas_light(page: Pixels, em: float) -> Pixels:
    """The page with each dark area that holds light text turned light, lines that are darker still kept.

    `em`: pixels of nine points. A dark area without text (a rating's colour, a picture) is left as it is.
    """
    lightness = grey(page)
    found = [box for box in dark_areas(lightness, em) if _holds_text(lightness, box, round(EDGE * em))]
    if not found:
        return page
    light = page.copy()
    thick = max(1, round(OUTLINE * em))
    for x0, top, x1, bottom in found:
        area = lightness[top:bottom, x0:x1].astype(np.float64)
        ground = float(np.median(area))
        lighter, darker = (area - ground) * 255 / (255 - ground), (ground - area) * 255 / max(ground, CLEAN)
        turned = np.clip(255 - np.maximum(lighter, darker), 0, 255).astype(np.uint8)
        turned[:thick], turned[-thick:], turned[:, :thick], turned[:, -thick:] = 0, 0, 0, 0
        light[top:bottom, x0:x1] = turned[:, :, None]
    return light


def dark_areas(lightness: Pixels, em: float) -> list[tuple[int, int, int, int]]:
    """(x0, top, x1, bottom) of each level area that is dark but for thin strokes."""
    dark = np.where(lightness < DARK, 255, 0).astype(np.uint8)
    if not dark.any():
        return []
    stroke = max(3, round(STROKE * em))
    whole = opened(closed(dark, stroke, stroke), max(3, round(WIDE * em)), max(3, round(HIGH * em)))
    return [
        (x0, top, x1, bottom)
        for x0, top, x1, bottom in outlines(whole)
        if float((whole[top:bottom, x0:x1] > 0).mean()) >= 1 - RAGGED
    ]


def _holds_text(lightness: Pixels, box: tuple[int, int, int, int], edge: int) -> bool:
    """Whether an area holds light strokes; at its edges, `edge` pixels wide, paper may show."""
    x0, top, x1, bottom = box
    inside = lightness[top + edge : bottom - edge, x0 + edge : x1 - edge]
    return bool(inside.size) and FEWEST < float((inside > LIGHT).mean()) < MOST
