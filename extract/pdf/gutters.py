"""Tables that nothing but their text shows: a header line whose words stand apart, and columns that keep to them.

Pages bear one another out: a header that is printed again heads the same columns, columns run on over a page's end,
and a table that hardly begins on one page is known by the next. Rows begin where the first column has text, or at level
lines and boxes where there are some. Such a table is always `weak`: somebody should ask a second reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from extract.pdf.bands import LARGER, column_at, crosses, levels
from extract.pdf.content import Fill, Rule
from extract.pdf.grid import SNAP, Grid, Slot, clustered
from extract.pdf.headings import FEWEST_COLUMNS, FEWEST_LINES, Columns, Header, Line, apart, header_at, header_columns
from extract.pdf.small_tables import Small, small_columns, small_end, small_table, small_tops
from extract.pdf.stacks import Mark, bars_of, stripes_of
from extract.pdf.words import Word
from extract.pdf.written import written_openings

#: Lines that do not fit the columns, one after another, that end a table.
ENDING_LINES = 2
#: A gap of so many type sizes between two lines ends a table, unless the next line begins a row.
LONGEST_GAP = 4.0
#: A table that hardly begins on a page has at most so many lines there.
MOST_BEGUN = 12
#: What a page's foot says of its number, alone or at an end of the line; `12/25` may be a date, and says nothing.
PAGE_NUMBER = re.compile(r"(?:.*\s)?(?:page\s*\d{1,4}|\d{1,4}\s*of\s*\d{1,4})", re.IGNORECASE)
NUMBER = re.compile(r"\d{1,9}")
#: A banner at a page's top begins within this of where the cells under it do.
FLUSH = 1.5


class Seen(Struct, frozen=True):
    """What the pages before have shown: headers, each with its columns, and the columns that run on from the last."""

    headers: tuple[tuple[Header, Columns], ...] = ()
    running: Columns | None = None
    small: Small | None = None

    def columns(self, header: Header) -> Columns | None:
        """The columns of a header that is printed again in the same place."""
        return next((columns for known, columns in self.headers if is_again(header, known)), None)

    def with_header(self, header: Header, columns: Columns) -> Seen:
        """This, and one more header."""
        return replace(self, headers=(*self.headers, (header, columns)))


def is_again(header: Header, known: Header) -> bool:
    """Whether a header is printed again, in the same place."""
    return header.texts == known.texts and abs(header.start - known.start) < SNAP


def no_more() -> list[Line]:
    """No page follows."""
    return []


def gutter_grids(
    words: Sequence[Word],
    rules: Iterable[Rule],
    fills: Iterable[Fill],
    seen: Seen,
    following: Callable[[], list[Line]] = no_more,
) -> tuple[list[Grid], Seen]:
    """The tables among words that stand in no other table; and what is now known of the pages so far.

    `following`: the lines of the next page, asked for only where a table may begin at this page's end.
    """
    lines = lines_of(words)
    marks = [
        *bars_of([rule for rule in rules if not rule.upright]),
        *stripes_of([fill for fill in fills if not fill.round]),
    ]
    grids: list[Grid] = []
    place, before, seen = 0, seen, replace(seen, running=None, small=None)
    while place < len(lines):
        known = replace(seen, running=before.running, small=before.small) if not grids else seen
        found = (
            known_table(lines, place, known)
            or running_table(lines, place, known)
            or headed_table(lines, place, following)
            or unheaded_small(lines, place, known.small)
        )
        if found is None:
            place += 1
            continue
        held = lines[place : found.end]
        tops = small_tops(held, found.small) if found.small else row_tops(held, found.columns, marks)
        grids.append(grid_of_lines(held, found.columns, tops))
        if found.new:
            seen = seen.with_header(found.new, found.columns)
        if len(lines) - found.end <= ENDING_LINES:
            seen = replace(seen, running=None if found.small else found.columns, small=found.small)
        place = found.end
    return grids, seen


class Found(Struct, frozen=True):
    """A table among the lines of a page: its columns, the first line after it, and its header if that is a new one.

    `small`: what it is made of if it is a small table.
    """

    columns: Columns
    end: int
    new: Header | None = None
    small: Small | None = None


def known_table(lines: Sequence[Line], place: int, seen: Seen) -> Found | None:
    """The table that a line heads whose header is known from before."""
    columns = seen.columns(header_at(lines, place))
    return Found(columns, table_end(lines, place, columns, seen)) if columns else None


def running_table(lines: Sequence[Line], place: int, seen: Seen) -> Found | None:
    """The rest of the last page's table, if the lines keep to its columns; its first may be a banner."""
    columns = seen.running
    if columns is None:
        return None
    opens = place + 1 if is_banner_over(lines, place, columns) else place
    if not fits_columns(lines[opens], columns) or all(word.bold for word in lines[opens]):
        return None
    end = table_end(lines, opens, columns, seen)
    return Found(columns, end) if is_table(lines[opens:end], columns) else None


def is_banner_over(lines: Sequence[Line], place: int, columns: Columns) -> bool:
    """Whether a line is a banner over rows whose columns are known: in bold, set as their cells are, close to them."""
    if place + 1 >= len(lines) or not all(word.bold for word in lines[place]):
        return False
    gap = min(word.top for word in lines[place + 1]) - max(word.bottom for word in lines[place])
    first = min(lines[place], key=lambda word: word.x0)
    inset = abs(first.x0 - columns.edges[0] - 1.0) < FLUSH
    return inset and abs(first.size - columns.size) < 0.3 and gap < 1.5 * columns.size


def headed_table(lines: Sequence[Line], place: int, following: Callable[[], list[Line]]) -> Found | None:
    """The table that a line heads, as the lines under it show, or the next page."""
    header = header_at(lines, place)
    if columns := header_columns(lines, place, header):
        end = table_end(lines, place, columns)
        if is_table(lines[place + len(header.lines) : end], columns):
            return Found(columns, end, header)
    if columns := begun_columns(lines, place, header, following):
        return Found(columns, table_end(lines, place, columns), header)
    if small := small_table(lines, place):
        return Found(small_columns(lines[place + 1 : small[1]], small[0]), small[1], small=small[0])
    return None


def begun_columns(
    lines: Sequence[Line], place: int, header: Header, following: Callable[[], list[Line]]
) -> Columns | None:
    """The columns of a table that hardly begins before the page ends, by what the next page shows of them.

    There its header is printed again, or its lines run on.
    """
    if len(lines) - place > MOST_BEGUN or len(header.spans) < FEWEST_COLUMNS:
        return None
    after = following()
    again = next((at for at in range(len(after)) if is_again(header_at(after, at), header)), None)
    together = [*lines[place:], *after] if again is None else after[again:]
    columns = header_columns(together, 0, header)
    if columns is None or len(lines) - table_end(lines, place, columns) > ENDING_LINES:
        return None
    end = table_end(together, 0, columns)
    return columns if is_table(together[len(header.lines) : end], columns) else None


def unheaded_small(lines: Sequence[Line], place: int, small: Small | None) -> Found | None:
    """The rest of the last page's small table, if the lines keep to its columns."""
    if small is None or len(apart(lines[place])) < len(small.header):
        return None
    end = small_end(lines, place, small)
    return Found(small_columns(lines[place:end], small), end, small=small) if end > place else None


def is_table(lines: Sequence[Line], columns: Columns) -> bool:
    """Whether the lines under a header are enough for a table, and use its columns."""
    return len(lines) >= FEWEST_LINES and uses_columns(lines, columns)


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Words in lines, top to bottom, white space left out."""
    return levels([word for word in words if word.text.strip()])


def table_end(lines: Sequence[Line], start: int, columns: Columns, seen: Seen | None = None) -> int:
    """The first line after the table that starts at a line: where a header, a heading or a wide gap follows, or two
    lines that do not fit. `seen`: headers that are known.
    """
    end, misfits = start + 1, 0
    for place in range(start + 1, len(lines)):
        line = lines[place]
        gap = min(word.top for word in line) - max(word.bottom for word in lines[place - 1])
        far = gap > LONGEST_GAP * columns.size and (
            column_at(columns.edges, min(word.x0 for word in line)) > 0
            or (place + 1 == len(lines) and is_foot(line, lines[start:place], columns))
        )
        heading = all(word.size > LARGER * columns.size for word in line)
        if far or heading or same_text(line, lines[start]) or (seen and seen.columns(header_at(lines, place))):
            break
        misfits = 0 if fits_columns(line, columns) else misfits + 1
        if misfits == ENDING_LINES:
            break
        if not misfits:
            end = place + 1
    return end + 1 if ends_in_banner(lines, end, columns) else end


def is_foot(line: Line, above: Sequence[Line], columns: Columns) -> bool:
    """Whether a page's last line has its number at one end: `Action Plan   Page 1`, `3 of 12`.

    It may as well be the last row of the table `above`, and is if it says no more than `12/25`, which may be a date, or
    begins with the ref after the last one: `1.4   Hold an event   3 of 12` under `1.3`.
    """
    parts = [" ".join(word.text.strip() for word in part) for part in apart(line)]
    firsts = (min(over, key=lambda word: word.x0) for over in reversed(above))
    refs = (word.text.strip() for word in firsts if column_at(columns.edges, word.x0) == 0)
    last = next((ref for ref in refs if NUMBER.search(ref)), "")
    return not follows(parts[0], last) and any(PAGE_NUMBER.fullmatch(part) for part in (parts[0], parts[-1]))


def follows(ref: str, last: str) -> bool:
    """Whether a ref is the one after another: the first number in which they differ is the next (`2.1` after `1.4`)."""
    if NUMBER.sub("0", ref) != NUMBER.sub("0", last):
        return False
    numbers = zip(NUMBER.findall(ref), NUMBER.findall(last), strict=True)
    return next((int(one) == int(two) + 1 for one, two in numbers if int(one) != int(two)), False)


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


def grid_of_lines(lines: Sequence[Line], columns: Columns, tops: Sequence[int]) -> Grid:
    """The table's rows and cells; `tops`: the lines that begin a row; one that reads across the columns is a banner."""
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
    bold = [all(word.bold for word in line) for line in lines]
    under = len(header_at(lines, 0).lines)  # where the header's lines end, if it is one in bold
    if len(levels_drawn) > 1:
        opening = [is_under(*pair, levels_drawn) for pair in pairwise(lines)]
    elif written := written_openings(lines, columns.edges):
        opening = written[1:]
    else:
        header = header_lines(lines, columns)
        opening = [
            place >= under and opens_row(*pair, columns, place <= header)
            for place, pair in enumerate(pairwise(lines), 1)
        ]
    fit = [fits_columns(line, columns) for line in lines]
    tops = [0]
    for place, opens in enumerate(opening, 1):
        ends_header = place == under and bold[0] and not bold[place]
        if opens or ends_header or not (fit[place - 1] and fit[place]):
            tops.append(place)
    return tops


def is_under(above: Line, below: Line, levels_drawn: Sequence[float]) -> bool:
    """Whether a level line is drawn between two lines."""
    low, high = min(word.middle for word in above), max(word.middle for word in below)
    return any(low < level < high for level in levels_drawn)


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
