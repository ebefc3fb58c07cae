"""Tables that nothing but their text shows: a header line whose words stand apart, and columns that keep to them.

The header says how many columns there are; the edge between two lies where the fewest lines of the table print
anything. Rows begin where the first column has text, or at level lines and boxes where there are some. Such a table is
always `weak`: somebody should ask a second reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.pdf.bands import Mark, bars_of, column_at, crosses, levels, stripes_of
from extract.pdf.content import Fill, Rule
from extract.pdf.grid import SNAP, Grid, Slot, clustered
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
#: Lines that do not fit the columns, one after another, that end a table.
ENDING_LINES = 2
#: A gap of so many type sizes between two lines ends a table, unless the next line begins a row.
LONGEST_GAP = 4.0


@dataclass(frozen=True, slots=True)
class Columns:
    """The edges of a table's columns, and how large its text is: what carries over to the next page."""

    edges: tuple[float, ...]
    size: float


@dataclass(frozen=True, slots=True)
class Seen:
    """What the pages before have shown: headers, each with its columns, and the columns that run on from the last."""

    headers: tuple[tuple[tuple[str, ...], float, Columns], ...] = ()
    running: Columns | None = None

    def columns(self, line: Line) -> Columns | None:
        """The columns of a header that is printed again in the same place."""
        texts, start = header_texts(line), min(word.x0 for word in line)
        return next((found for known, x0, found in self.headers if known == texts and abs(x0 - start) < SNAP), None)

    def with_header(self, line: Line, columns: Columns) -> Seen:
        """This, and one more header."""
        return replace(self, headers=(*self.headers, (header_texts(line), min(word.x0 for word in line), columns)))


def header_texts(line: Line) -> tuple[str, ...]:
    """The words of a line, white space left out."""
    return tuple(word.text.strip() for word in line if word.text.strip())


def gutter_grids(
    words: Sequence[Word], rules: Iterable[Rule], fills: Iterable[Fill], seen: Seen
) -> tuple[list[Grid], Seen]:
    """The tables among words that stand in no other table; and what is now known of the pages so far."""
    lines = levels([word for word in words if word.text.strip()])
    marks = [
        *bars_of([rule for rule in rules if not rule.upright]),
        *stripes_of([fill for fill in fills if not fill.round]),
    ]
    grids: list[Grid] = []
    place, running = 0, None
    while place < len(lines):
        known = seen.columns(lines[place])
        headed = None if known else header_columns(lines, place)
        columns = known or headed
        if columns is None and seen.running and not grids and fits_columns(lines[place], seen.running):
            columns = seen.running
        end = table_end(lines, place, columns) if columns else place
        under = lines[place + 1 if headed else place : end]
        if columns is None or not (known or (len(under) >= FEWEST_LINES and uses_columns(under, columns))):
            place += 1
            continue
        if headed:
            seen = seen.with_header(lines[place], headed)
        grids.append(grid_of_lines(lines[place:end], columns, marks))
        running = columns if len(lines) - end <= ENDING_LINES else None
        place = end
    return grids, replace(seen, running=running)


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


def table_end(lines: Sequence[Line], start: int, columns: Columns) -> int:
    """The first line after the table that starts at a line: a new header, a wide gap, or two lines that do not fit."""
    end, misfits = start + 1, 0
    for place in range(start + 1, len(lines)):
        line = lines[place]
        gap = min(word.top for word in line) - max(word.bottom for word in lines[place - 1])
        far = gap > LONGEST_GAP * columns.size and column_at(columns.edges, min(word.x0 for word in line)) > 0
        if far or same_text(line, lines[start]):
            break
        misfits = 0 if fits_columns(line, columns) else misfits + 1
        if misfits == ENDING_LINES:
            break
        if not misfits:
            end = place + 1
    return end + 1 if ends_in_banner(lines, end, columns) else end


def ends_in_banner(lines: Sequence[Line], end: int, columns: Columns) -> bool:
    """Whether the page's last line is a banner whose rows stand on the next page: close under the table, no larger."""
    if end != len(lines) - 1:
        return False
    gap = min(word.top for word in lines[end]) - max(word.bottom for word in lines[end - 1])
    return gap < 2 * columns.size and all(word.size <= columns.size + 0.6 for word in lines[end])


def same_text(one: Line, two: Line) -> bool:
    """Whether two lines print the same: a header printed again."""
    return [word.text.strip() for word in one] == [word.text.strip() for word in two]


def fits_columns(line: Line, columns: Columns) -> bool:
    """Whether a line keeps to the columns, in type no larger than the table's."""
    edges = columns.edges
    within = all(
        not crosses(word, edges) and word.size <= columns.size + 0.6 and edges[0] - SNAP <= word.x0 <= edges[-1] + SNAP
        for word in line
    )
    return within and not any(
        reads_on(one, two) and column_at(edges, one.x0) != column_at(edges, two.x0)
        for one, two in pairwise(sorted(line, key=lambda word: word.x0))
    )


def reads_on(one: Word, two: Word) -> bool:
    """Whether a word was written right after another, after a printed space and no more than that."""
    return two.place == one.place + 1 and one.text[-1:].isspace() and two.x0 - one.x1 < 0.4 * one.size


def uses_columns(lines: Sequence[Line], columns: Columns) -> bool:
    """Whether the lines under a header are a table's: most columns hold text, and several at a time."""
    used = [{column_at(columns.edges, word.x0) for word in line} for line in lines]
    several = sum(len(places) > 1 for places in used)
    everywhere = set().union(*used)
    return len(everywhere) > 0.6 * (len(columns.edges) - 1) and several >= FEWEST_LINES


def grid_of_lines(lines: Sequence[Line], columns: Columns, marks: Sequence[Mark]) -> Grid:
    """The table's rows and cells; a line that reads across the columns is a banner."""
    tops = row_tops(lines, columns, marks)
    ys = [min(word.top for word in lines[0]) - 1.0]
    ys += [(max(word.bottom for word in lines[top - 1]) + min(word.top for word in lines[top])) / 2 for top in tops[1:]]
    ys.append(max(word.bottom for word in lines[-1]) + 1.0)
    cells: list[Slot] = []
    width = len(columns.edges) - 1
    for row, (top, low) in enumerate(pairwise([*tops, len(lines)])):
        across = low == top + 1 and not fits_columns(lines[top], columns)
        near = [0, width] if across else list(range(width + 1))
        cells.extend(Slot(left, row, right, row + 1) for left, right in pairwise(near))
    return Grid(columns.edges, tuple(ys), tuple(cells), ruled=False, weak=True)


def row_tops(lines: Sequence[Line], columns: Columns, marks: Sequence[Mark]) -> list[int]:
    """Which lines begin a row: those right under a level line or a box's edge; without such, those that open one."""
    levels_drawn = drawn_levels(lines, columns, marks)
    tops = [0]
    for place in range(1, len(lines)):
        above, below = lines[place - 1], lines[place]
        if len(levels_drawn) > 1:
            low, high = min(word.middle for word in above), max(word.middle for word in below)
            opens = any(low < level < high for level in levels_drawn)
        else:
            opens = opens_row(above, below, columns, place <= header_lines(lines, columns))
        if opens or not fits_columns(below, columns) or not fits_columns(above, columns):
            tops.append(place)
    return tops


def drawn_levels(lines: Sequence[Line], columns: Columns, marks: Sequence[Mark]) -> list[float]:
    """Heights of level lines and boxes' edges that run over most of the table's width."""
    top, bottom = lines[0][0].top, lines[-1][0].bottom
    width = columns.edges[-1] - columns.edges[0]
    edges = [
        edge
        for mark in marks
        if min(mark.x1, columns.edges[-1]) - max(mark.x0, columns.edges[0]) > 0.6 * width
        for edge in (mark.top, mark.bottom)
        if top < edge < bottom
    ]
    return [sum(near) / len(near) for near in clustered(edges, lambda edge: edge, SNAP)]


def header_lines(lines: Sequence[Line], columns: Columns) -> int:
    """How many lines the header takes: those as bold as its first, the first column empty after it."""
    count = 1
    bold = all(word.bold for word in lines[0])
    for line in lines[1:]:
        if not bold or not all(word.bold for word in line) or 0 in {column_at(columns.edges, word.x0) for word in line}:
            break
        count += 1
    return count


def opens_row(above: Line, below: Line, columns: Columns, header: bool) -> bool:
    """Whether a line begins a row: the first column has text there, and had none above or stands off from it."""
    first = [word for word in below if column_at(columns.edges, word.x0) == 0]
    if not first:
        return header and not all(word.bold for word in below) and all(word.bold for word in above)
    over = [word for word in above if column_at(columns.edges, word.x0) == 0]
    gap = min(word.top for word in below) - max(word.bottom for word in above)
    several = len({column_at(columns.edges, word.x0) for word in below}) > 1
    return not over or gap > 0.5 * columns.size or (several and len(first[0].text.strip()) <= 6)
