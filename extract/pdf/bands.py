"""Tables without upright lines: level lines and filled boxes give the rows, their ends and edges the columns.

A browser prints such tables: each cell draws its own piece of the line beneath the row, and its own box where the row
is shaded, so the columns stand on the page although no line parts them. Steps: level lines become bars and boxes
stripes; those of one width are a stack; its levels part it into bands; a stack is cut where a heading stands between
two tables; what is left is a table whose bands are its rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from extract.pdf.content import Fill, Rule
from extract.pdf.grid import MOST_EDGES, SNAP, Grid, Slot, clustered, inside
from extract.pdf.stacks import FLUSH, Mark, bars_of, columns_of, stacks, stripes_of
from extract.pdf.words import Word

#: A box lower than this is no row of text.
LOWEST = 6.0
#: A word crosses a column's edge if it stands out this far on both sides of it.
CROSSES = 1.5
#: Type larger than a table's by this factor is a heading's.
LARGER = 1.25
#: Text that begins within this of a table's left edge is in no cell: those have their text a little further in.
AT_EDGE = 1.0
#: A banner row has no more room above and below its text than this, in type sizes.
SNUG = 1.3
#: Unshaded text between two lines is a banner if it has no more lines than this.
BANNER_LINES = 2


class Band(Struct, frozen=True):
    """The space between two levels of a stack. `stripe`: the box that fills it; `ruled`: a line runs beneath it.

    `breaks`: where the stripe, or else the line beneath, is parted; `gaps`: where the line beneath is not drawn.
    """

    top: float
    bottom: float
    stripe: Mark | None
    ruled: bool
    breaks: tuple[float, ...]
    words: tuple[Word, ...]
    gaps: tuple[tuple[float, float], ...] = ()


class Section(Struct, frozen=True):
    """Bands that are one table, and the lines of its columns, the two ends included.

    `title`: a band right above that reads across the columns; a title over the table, unless a header stands above it.
    """

    bands: tuple[Band, ...]
    columns: tuple[float, ...]
    title: Band | None = None


def banded_sections(
    rules: Iterable[Rule], fills: Iterable[Fill], taken: Sequence[Grid], words: Sequence[Word]
) -> list[Section]:
    """The tables that level lines and boxes draw, but for those inside a grid that is ruled already."""
    boxes = [grid.box for grid in taken]
    bars = [
        rule
        for rule in rules
        if not rule.upright and not any(inside((rule.start, rule.at, rule.end, rule.at), box) for box in boxes)
    ]
    stripes = [
        fill
        for fill in fills
        if not fill.round
        and fill.bottom - fill.top >= LOWEST
        and not any(inside((fill.x0, fill.top, fill.x1, fill.bottom), box) for box in boxes)
    ]
    found: list[Section] = []
    marks = [*bars_of(bars), *stripes_of(stripes)]
    for stack in stacks(marks if len(marks) <= MOST_EDGES else ()):
        found.extend(sections(bands_of(stack, words), stack[0].x0, stack[0].x1))
    return found


def bands_of(stack: Sequence[Mark], words: Sequence[Word]) -> list[Band]:
    """The spaces between the levels of a stack, top to bottom, each with its words."""
    edges = sorted([mark.top for mark in stack] + [mark.bottom for mark in stack])
    levels = [sum(level) / len(level) for level in clustered(edges, lambda edge: edge, SNAP)]
    x0, x1 = stack[0].x0, stack[0].x1
    whole = [mark for mark in stack if mark.x1 - mark.x0 > x1 - x0 - 2 * FLUSH]
    found = []
    for top, bottom in pairwise(levels):
        if bottom - top < LOWEST:
            continue
        over = [mark for mark in whole if mark.colour and mark.top <= top + SNAP and mark.bottom >= bottom - SNAP]
        stripe = min(over, key=lambda mark: mark.bottom - mark.top, default=None)
        under = [mark for mark in whole if not mark.colour and abs(mark.bottom - bottom) <= SNAP]
        held = tuple(word for word in words if top <= word.middle < bottom and x0 <= (word.x0 + word.x1) / 2 <= x1)
        parted = stripe if stripe and stripe.breaks else under[0] if under else None
        gaps = under[0].gaps if len(under) == 1 else ()
        found.append(Band(top, bottom, stripe, bool(under), parted.breaks if parted else (), held, gaps))
    narrow = [mark for mark in stack if mark.x1 - mark.x0 <= x1 - x0 - 2 * FLUSH]
    return with_cells_going_on(found, narrow) if any(mark.gaps and mark.colour for mark in stack) else found


def with_cells_going_on(bands: Sequence[Band], boxes: Sequence[Mark]) -> list[Band]:
    """The bands, with gaps beneath them where a box reaches into the next one, or that one's shading leaves cells out.

    `boxes`: those of single cells. Shading that leaves out a cell that begins in its own row has that cell's own box.
    """
    found = []
    for band, below in pairwise([*bands, None]):
        assert band is not None
        gaps = [(box.x0, box.x1) for box in boxes if box.top <= band.top + SNAP and box.bottom > band.bottom + SNAP]
        left_out = below.stripe.gaps if below and below.stripe else ()
        gaps += [
            gap
            for gap in left_out
            if not any(
                box.x0 < gap[1] - SNAP and box.x1 > gap[0] + SNAP and box.top >= band.bottom - SNAP for box in boxes
            )
        ]
        found.append(replace(band, gaps=(*band.gaps, *gaps)) if gaps else band)
    return found


def sections(bands: Sequence[Band], x0: float, x1: float) -> list[Section]:
    """A stack's bands as tables: cut at headings between them, and where the columns become others."""
    found: list[Section] = []
    held: list[Band] = []
    breaks: list[float] = []

    def close() -> None:
        nonlocal held, breaks
        columns, title = columns_of(x0, breaks, x1), None
        while held and is_title(held[0], columns):
            title, held = held[0], held[1:]
        if held and len(columns) > 2:
            found.append(Section(tuple(held), columns, title))
        held, breaks = [], []

    for place, band in enumerate(bands):
        following = bands[place + 1] if place + 1 < len(bands) else None
        if held and others(breaks, band.breaks):
            close()
        lines = columns_of(x0, [*breaks, *band.breaks, *(following.breaks if following else ())], x1)
        between = stands_between(band, lines, held) and not is_snug_banner(band, following, held)
        between = between or heads_the_next(band, following, held)
        if between or (held and band.top - held[-1].bottom > LOWEST):
            close()
        if not between:
            held.append(band)
            breaks.extend(band.breaks)
    close()
    return found


def others(one: Sequence[float], two: Sequence[float]) -> bool:
    """Whether two rows' breaks are those of different tables: fewer than half of the fewer are the same."""
    if not one or not two:
        return False
    lines = columns_of(-1e9, one, 1e9)[1:-1]
    alike = sum(any(abs(line - other) <= SNAP for line in lines) for other in two)
    return 2 * alike < min(len(lines), len(two))


def stands_between(band: Band, columns: Sequence[float], held: Sequence[Band]) -> bool:
    """Whether a band is the space between two tables: nothing shades it, and it is empty or reads across columns.

    Where a line runs beneath it, a line or two of text may be a banner row. Or it holds a heading, and below that the
    header of the next table: only headers have a line beneath them there. `held`: the table's bands above it.
    """
    if band.stripe:
        return False
    if not band.words:
        return not band.ruled
    if holds_heading(band, columns, held):
        return True
    if not any(crosses(word, columns) for word in band.words):
        return False
    return not band.ruled or len(levels(band.words)) > BANNER_LINES


def holds_heading(band: Band, columns: Sequence[float], held: Sequence[Band]) -> bool:
    """Whether a line of a band is a heading over the next table: larger than the text below it and in the table above.

    What stands below it is the table's header, in bold and in most columns: `Part B` over `**No.  Action  Lead**`. Or
    it begins at the table's very edge, where no cell's text does. A row whose cells open with a title in larger type,
    or end in a note or a subscript in smaller type, holds none, and neither does a header with `(month)` below it.
    """
    lines = levels([word for word in band.words if word.text.strip()])
    if len({word.size for line in lines for word in line}) < 2:
        return False
    above = [word for row in held for word in row.words if word.text.strip()]
    sizes = Counter(word.size for word in above)
    below: list[Word] = []
    for line in reversed(lines):
        (first, *_), *apart = phrases(line)
        alone = below and not apart and column_at(columns, first.x0) == 0
        if alone and all(word.size > LARGER * sizes.most_common(1)[0][0] for word in line):
            edge = columns[0] + AT_EDGE
            starts = {column_at(columns, word.x0) for word in below}
            header = all(word.bold for word in below) and 2 * len(starts) >= len(columns)
            return header or (first.x0 < edge and all(word.x0 >= edge for word in (*above, *below)))
        below += line
        sizes.update(word.size for word in line)
    return False


def is_snug_banner(band: Band, following: Band | None, held: Sequence[Band]) -> bool:
    """Whether a band that reads across between shaded rows is a banner row of their table: it is as low as a row.

    A heading between two tables stands further off, is larger, or has the header below it again.
    """
    if band.ruled or not (band.words and held and held[0].words and following and following.stripe):
        return False
    size = Counter(word.size for row in held for word in row.words).most_common(1)[0][0]
    lines = len(levels(band.words))
    low = lines <= BANNER_LINES and band.bottom - band.top < (SNUG + 1.5 * lines) * size
    same = [word.text.strip() for word in held[0].words] == [word.text.strip() for word in following.words]
    return low and not same and all(word.size < size + 0.6 for word in band.words)


def heads_the_next(band: Band, following: Band | None, held: Sequence[Band]) -> bool:
    """Whether a band between shaded ones is the next table's heading, though no word of it crosses a column's edge.

    Nothing shades it, no line runs beneath it, and the shaded band below says again what the table began with, its
    header: a short heading over a wide first column. An unshaded row of a table banded row by row is none.
    """
    if band.stripe or band.ruled or not (band.words and held and held[0].stripe and following and following.stripe):
        return False
    return [word.text.strip() for word in held[0].words] == [word.text.strip() for word in following.words]


def is_title(band: Band, columns: Sequence[float]) -> bool:
    """Whether a table's first band is a title over it: unshaded text that reads across the columns."""
    return not band.stripe and any(crosses(word, columns) for word in band.words)


def crosses(word: Word, columns: Sequence[float]) -> bool:
    """Whether a word stands out on both sides of a column's edge."""
    return any(word.x0 < line - CROSSES and word.x1 > line + CROSSES for line in columns[1:-1])


def levels(words: Sequence[Word]) -> list[list[Word]]:
    """Words in groups that are level with one another, top to bottom."""
    return clustered(sorted(words, key=lambda word: word.bottom), lambda word: word.bottom, 2.0)


def grid_of(section: Section) -> Grid:
    """The section's rows and columns; a row that is one box, or reads across the columns, is one cell.

    A box of several pieces says itself which columns each of its cells covers.
    """
    bands, columns = section.bands, section.columns
    several = any(band.stripe and band.stripe.breaks for band in bands)
    cells: list[Slot] = []
    for row, band in enumerate(bands):
        if band.stripe and band.stripe.breaks:
            near = [
                place
                for place, line in enumerate(columns)
                if any(abs(line - one) <= SNAP for one in (columns[0], *band.stripe.breaks, columns[-1]))
            ]
        elif is_banner(band, columns, several):
            near = [0, len(columns) - 1]
        else:
            near = list(range(len(columns)))
        cells.extend(Slot(left, row, right, row + 1) for left, right in pairwise(near))
    if any(band.gaps for band in bands):
        cells = reaching_down(cells, bands, columns)
    ys = (*(band.top for band in bands), bands[-1].bottom)
    return Grid(columns, ys, tuple(cells), ruled=False)


def reaching_down(cells: Sequence[Slot], bands: Sequence[Band], columns: Sequence[float]) -> list[Slot]:
    """The cells, those over a gap in the line beneath them joined to the one below."""

    def open_below(cell: Slot) -> bool:
        left, right = columns[cell.column], columns[cell.right]
        return any(left >= start - SNAP and right <= end + SNAP for start, end in bands[cell.below - 1].gaps)

    found: list[Slot] = []
    latest: dict[tuple[int, int], int] = {}
    for cell in cells:
        above = latest.get((cell.column, cell.right))
        if above is not None and found[above].below == cell.row and open_below(found[above]):
            found[above] = replace(found[above], below=cell.below)
        else:
            latest[cell.column, cell.right] = len(found)
            found.append(cell)
    return found


def is_banner(band: Band, columns: Sequence[float], several: bool) -> bool:
    """Whether a row is one cell right across: all its text begins in one column, and reads across or fills one box.

    `several`: whether other rows of the table are shaded cell by cell.
    """
    starts = {column_at(columns, phrase[0].x0) for phrase in phrases(band.words)}
    if len(starts) != 1:
        return False
    return (
        any(crosses(word, columns) for word in band.words)
        or (several and bool(band.stripe))
        or (any(column_at(columns, word.x0) != column_at(columns, band.words[0].x0) for word in band.words))
    )


def phrases(words: Sequence[Word]) -> list[list[Word]]:
    """Words that read on from one another on a line, at most a space apart."""
    found: list[list[Word]] = []
    for level in levels(words):
        for word in sorted(level, key=lambda word: word.x0):
            if found and found[-1][-1] in level and word.x0 - found[-1][-1].x1 < 0.45 * word.size:
                found[-1].append(word)
            else:
                found.append([word])
    return found


def column_at(columns: Sequence[float], x: float) -> int:
    """Which column a place is in (from 0)."""
    return sum(x >= line for line in columns[1:-1])
