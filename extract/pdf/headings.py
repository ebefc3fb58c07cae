"""Header lines: which line of a page's text heads a table, and where the columns under it part.

The header says how many columns there are; the edge between two lies where the fewest lines of the table print
anything.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from extract.pdf.words import Word

Line = list[Word]
Span = tuple[float, float]

#: Words of a header further apart than this, in em, head different columns.
HEADER_GAP = 0.7
#: So do those further apart than this that were not written one right after the other, as one text with its space.
LESSER_GAP = 0.3
#: A header has at most so many lines, no further apart than this, in em.
MOST_LINES, CLOSE = 6, 0.45
#: A header heads at least so many columns; fewer would make a table of every form and contents page.
FEWEST_COLUMNS = 4
#: A table has at least so many lines under its header.
FEWEST_LINES = 3
#: An edge may be crossed by this part of a table's lines (banners, words that stick out).
CROSSED = 0.2
#: An edge lies this far before the text that follows it, if there is room.
BEFORE_TEXT = 2.0
#: An edge is sought every half point; between headers further apart than any page is wide, at so many places.
MOST_PLACES = 2_500


class Columns(Struct, frozen=True):
    """The edges of a table's columns, and how large its text is: what carries over to the next page."""

    edges: tuple[float, ...]
    size: float


class Header(Struct, frozen=True):
    """The lines of a header (one, or several in bold), and where the words over each column stand: (x0, x1)."""

    lines: tuple[Line, ...]
    spans: tuple[Span, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Its words, line by line."""
        return tuple(word.text.strip() for line in self.lines for word in line)

    @property
    def start(self) -> float:
        """Where its first line begins."""
        return min(word.x0 for word in self.lines[0])


def header_at(lines: Sequence[Line], place: int) -> Header:
    """The header that would begin at a line: that line, and those under it that are set close and as bold as it.

    Where the cells of a header are set in the middle or at the foot, none of its lines may name every column: the one
    that names most settles which words of the others stand over one another.
    """
    block = [lines[place]]
    while place + len(block) < len(lines) and len(block) < MOST_LINES and sets_on(block[-1], lines[place + len(block)]):
        block.append(lines[place + len(block)])
    widest = max(range(len(block)), key=lambda at: len(apart(block[at])))
    spans = list(spans_of(apart(block[widest])))
    order = [*range(widest - 1, -1, -1), *range(widest + 1, len(block))]
    for at in order:
        for span in spans_of(apart(block[at])):
            under = [other for other in spans if overlap(span, other)]
            if len(under) > 1:
                return (
                    Header((lines[place],), spans_of(apart(lines[place])))
                    if at < widest
                    else header_at([*lines[:place], *block[:at]], place)
                )
            spans = [other for other in spans if other not in under]
            spans.append((min([span, *under])[0], max(x1 for _, x1 in [span, *under])))
    return Header(tuple(block), tuple(sorted(spans)))


def sets_on(above: Line, below: Line) -> bool:
    """Whether a line may be the next one of a header: in bold, close under it, of its size."""
    gap = min(word.top for word in below) - max(word.bottom for word in above)
    return (
        all(word.bold for word in above)
        and all(word.bold for word in below)
        and abs(above[0].size - below[0].size) < 0.3
        and gap < CLOSE * below[0].size
    )


def spans_of(parts: Sequence[Line]) -> tuple[Span, ...]:
    """Where each part of a line begins and ends."""
    return tuple((part[0].x0, part[-1].x1) for part in parts)


def overlap(one: Span, two: Span) -> bool:
    """Whether one text stands over another."""
    return min(one[1], two[1]) > max(one[0], two[0])


def header_columns(lines: Sequence[Line], place: int, header: Header) -> Columns | None:
    """The columns that a header heads, if it is one: its parts stand apart, and so does the text under them."""
    if len(header.spans) < FEWEST_COLUMNS:
        return None
    body = lines[place + len(header.lines) : place + 40]
    under = [line for line in body if len(apart(line)) > 1 or len(line) == 1]
    if len(under) < FEWEST_LINES:
        return None
    sizes = sorted(word.size for line in under for word in line)
    inner = []
    for left, right in pairwise(header.spans):
        edge = quietest(left[1], right[0], [*header.lines, *under])
        if edge is None:
            return None
        inner.append(edge)
    span = [word for line in (*header.lines, *under) for word in line]
    first, last = min(word.x0 for word in span) - 1.0, max(word.x1 for word in span) + 1.0
    return Columns((first, *inner, last), sizes[len(sizes) // 2])


def apart(line: Line) -> list[Line]:
    """The parts of a line that stand apart: by a wide gap, or a lesser one where they are not written as one text."""
    found: list[Line] = []
    spaced = any(word.text[-1:].isspace() for word in line)
    for word in sorted(line, key=lambda word: word.x0):
        last = found[-1][-1] if found else None
        least = LESSER_GAP if last and not written_on(last, word, spaced) else HEADER_GAP
        if last and word.x0 - last.x1 <= least * word.size:
            found[-1].append(word)
        else:
            found.append([word])
    return found


def written_on(one: Word, two: Word, spaced: bool) -> bool:
    """Whether a word may have been written right after another; `spaced`: whether the page prints its spaces.

    OCR has no written order, so there it may.
    """
    if one.chars[0].sure is not None:
        return True
    return two.place == one.place + 1 and (one.text[-1:].isspace() or not spaced)


def printed_over(places: Sequence[float], lines: Sequence[Line]) -> list[int]:
    """How many lines print over each place; `places` from right to left."""
    over = [0] * len(places)
    leftwards = [-x for x in places]
    for line in lines:
        spans = ((bisect_right(leftwards, -word.x1), bisect_left(leftwards, -word.x0)) for word in line)
        for at in {at for first, end in spans for at in range(first, end)}:
            over[at] += 1
    return over


def quietest(left: float, right: float, lines: Sequence[Line]) -> float | None:
    """The place between two headers that the fewest lines print over, the one furthest right; None if many do.

    Columns are set flush left more often than not: the edge is a little before the text that follows it.
    """
    count = max(2, min(MOST_PLACES, int(2 * (right - left))))
    places = [right - 0.3 - step * max(right - left - 0.6, 0.0) / count for step in range(count + 1)]
    over = printed_over(places, lines)
    fewest = min(over)
    if fewest > CROSSED * len(lines):
        return None
    first = over.index(fewest)
    last = next((place for place in range(first, len(over)) if over[place] > fewest), len(over)) - 1
    return places[first] - min(BEFORE_TEXT, (places[first] - places[last]) / 2)
