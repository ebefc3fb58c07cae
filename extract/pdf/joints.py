"""How a line follows the one before it: as a wrap of the same paragraph, or as a paragraph of its own.

The page gives two signs that are true of any maker: a gap larger than the usual one between its lines, and a bullet or
list number at the line's start. Nothing is guessed from the words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.model import Joint
from extract.pdf.lines import Strip

#: A gap is a paragraph's if it is larger than the usual one by this part of the type size (half a point of 9).
LARGER = 0.055
#: The usual distance between baselines where a page has no two lines of one text, in type sizes.
LEADING = 1.45

#: A bullet (Word's private-use ones included), or a list's number or letter with what follows it.
_BULLET = re.compile(r"\s*(?:[•◦‣▪▫●○■□–—✓✔➢➤*\ue000-\uf8ff]|-|o)\s+\S")
_NUMBER = re.compile(r"\s*(?:\(?[0-9]{1,2}[.)]|\(?[a-z][.)]|\(?[ivx]{1,4}[.)])\s+\S")


def opens_item(strip: Strip) -> bool:
    """Whether a line begins with a bullet or a list's number."""
    return bool(strip.marker) or bool(_BULLET.match(strip.text)) or bool(_NUMBER.match(strip.text))


class Pitches:
    """The usual distance between the lines of one text, by type size, learnt from a page's own lines."""

    def __init__(self, texts: Iterable[Sequence[Strip]]) -> None:
        steps: dict[float, list[float]] = {}
        for text in texts:
            for above, below in pairwise(text):
                if above.size == below.size and not above.turn and not below.turn:
                    steps.setdefault(above.size, []).append(below.bottom - above.bottom)
        self._usual = {size: usual_step(found, size) for size, found in steps.items()}

    def usual(self, size: float) -> float:
        """The usual distance between baselines of text of a size."""
        return self._usual.get(size, LEADING * size)


def usual_step(steps: Sequence[float], size: float) -> float:
    """The smallest distance that is common: gaps between paragraphs are larger, and seldom the most frequent.

    >>> usual_step([10.3, 10.4, 10.4, 11.3, 11.4, 22.0], 9.0)
    10.4
    """
    counts = Counter(round(step, 1) for step in steps if 0.85 * size < step < 2 * size)
    near = {step: sum(n for other, n in counts.items() if abs(other - step) < 0.26) for step in counts}
    enough = max(2, 0.2 * sum(counts.values()))
    common = [step for step in sorted(near) if near[step] >= enough]
    if not common:
        return LEADING * size
    first = [step for step in common if step - common[0] < 0.26]
    return max(first, key=lambda step: (counts[step], step))


def joints(strips: Sequence[Strip], pitches: Pitches) -> list[Joint]:
    """How each line of a cell follows the one before it; the first is always a paragraph."""
    found: list[Joint] = ["paragraph"]
    for above, below in pairwise(strips):
        found.append("paragraph" if parts(above, below, pitches) else "wrap")
    return found if strips else []


def parts(above: Strip, below: Strip, pitches: Pitches) -> bool:
    """Whether the lower of two lines is a paragraph of its own."""
    if opens_item(below) or above.turn != below.turn:
        return True
    if below.turn:
        return False
    size = max(above.size, below.size)
    return below.bottom - above.bottom > pitches.usual(size) + LARGER * size + 0.05
