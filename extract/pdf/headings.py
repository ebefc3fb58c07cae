"""Header lines: which line of a page's text heads a table, and where the columns under it part.

The header says how many columns there are; the edge between two lies where the fewest lines of the table print
anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.pdf.words import Word

Line = list[Word]

#: Words of a header further apart than this, in em, head different columns.
HEADER_GAP = 0.7
#: A header heads at least so many columns; fewer would make a table of every form and contents page.
FEWEST_COLUMNS = 4
#: A table has at least so many lines under its header.
FEWEST_LINES = 3
#: An edge may be crossed by this part of a table's lines (banners, words that stick out).
CROSSED = 0.2
#: An edge lies this far before the text that follows it, if there is room.
BEFORE_TEXT = 2.0


@dataclass(frozen=True, slots=True)
class Columns:
    """The edges of a table's columns, and how large its text is: what carries over to the next page."""

    edges: tuple[float, ...]
    size: float


def header_columns(lines: Sequence[Line], place: int) -> Columns | None:
    """The columns that a line heads, if it is a header: its parts stand apart, and so does the text under them."""
    parts = apart(lines[place])
    if len(parts) < FEWEST_COLUMNS:
        return None
    under = [line for line in lines[place + 1 : place + 40] if len(apart(line)) > 1 or len(line) == 1]
    if len(under) < FEWEST_LINES:
        return None
    sizes = sorted(word.size for line in under for word in line)
    inner = []
    for left, right in pairwise(parts):
        edge = quietest(left[-1].x1, right[0].x0, [lines[place], *under])
        if edge is None:
            return None
        inner.append(edge)
    span = [word for line in (lines[place], *under) for word in line]
    first, last = min(word.x0 for word in span) - 1.0, max(word.x1 for word in span) + 1.0
    return Columns((first, *inner, last), sizes[len(sizes) // 2])


def apart(line: Line) -> list[Line]:
    """The parts of a line that stand apart."""
    found: list[Line] = []
    for word in sorted(line, key=lambda word: word.x0):
        if found and word.x0 - found[-1][-1].x1 <= HEADER_GAP * word.size:
            found[-1].append(word)
        else:
            found.append([word])
    return found


def quietest(left: float, right: float, lines: Sequence[Line]) -> float | None:
    """The place between two headers that the fewest lines print over, the one furthest right; None if many do.

    Columns are set flush left more often than not: the edge is a little before the text that follows it.
    """
    count = max(2, int(2 * (right - left)))
    places = [right - 0.3 - step * max(right - left - 0.6, 0.0) / count for step in range(count + 1)]
    over = [sum(any(word.x0 < x < word.x1 for word in line) for line in lines) for x in places]
    fewest = min(over)
    if fewest > CROSSED * len(lines):
        return None
    first = over.index(fewest)
    last = next((place for place in range(first, len(over)) if over[place] > fewest), len(over)) - 1
    return places[first] - min(BEFORE_TEXT, (places[first] - places[last]) / 2)
