"""A row that the page's end cuts has no line beneath it, and its rest none above: both are found by their columns.

Lines next to a table belong to it while none of their words crosses a column's edge, their size is the table's and no
gap parts them from it; and only if two columns are in use, or they run on to the page's edge (between two tables, a
line in one column is the heading of the lower one).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from extract.pdf.bands import Band, Section, column_at, crosses, levels
from extract.pdf.stacks import FLUSH
from extract.pdf.words import Word

#: Lines further apart than this, in type sizes, do not belong together.
APART = 2.2
#: So many lines may stand between an open row and the page's edge: a running head or foot.
FURNITURE_LINES = 3


def with_open_rows(sections: Sequence[Section], words: Sequence[Word]) -> list[Section]:
    """The sections, each with the open row above and below it, if there is one.

    Between two tables a row is the lower one's before it is the upper one's: a header without a line above it.
    """
    ordered = sorted(sections, key=lambda section: section.bands[0].top)
    tops, bottoms = [one.bands[0].top for one in ordered], [one.bands[-1].bottom for one in ordered]
    above = []
    for place, section in enumerate(ordered):
        before = bottoms[place - 1] if place else 0.0
        if (headed := with_header_over_title(section, words, before)) is not None:
            ordered[place], header = headed
            above.append(header)
            continue
        over = levels(between(section, words, before, tops[place]))[::-1]
        above.append(open_lines(section, over, down=False, to_edge=place == 0))
    found = []
    tops = [one.bands[0].top for one in ordered]
    for place, section in enumerate(ordered):
        last = place + 1 == len(ordered)
        ends = float("inf") if last else min([tops[place + 1], *(word.top for word in above[place + 1])])
        under = levels(between(section, words, bottoms[place], ends))
        below = open_lines(section, under, down=True, to_edge=last)
        found.append(extended(section, above[place], below))
    return found


def with_header_over_title(section: Section, words: Sequence[Word], before: float) -> tuple[Section, list[Word]] | None:
    """A section whose title is its first banner, and the header above that; None where no header is there.

    The header of a table with level lines alone may have none above it: `Ref.  Action  Lead`, a line, a banner, a line.
    """
    if section.title is None or not section.title.ruled:
        return None
    whole = replace(section, bands=(section.title, *section.bands), title=None)
    over = levels(between(section, words, before, section.title.top))[::-1]
    header = open_lines(whole, over, down=False, to_edge=False)
    return (whole, header) if header else None


def between(section: Section, words: Sequence[Word], top: float, bottom: float) -> list[Word]:
    """The words at some height that stand between a section's sides, most of each."""
    left, right = section.columns[0] - FLUSH, section.columns[-1] + FLUSH
    return [word for word in words if top <= word.middle < bottom and left <= (word.x0 + word.x1) / 2 <= right]


def open_lines(section: Section, lines: Sequence[list[Word]], down: bool, to_edge: bool) -> list[Word]:
    """The words of the open row on one side of a section; `lines`: the nearest first.

    `to_edge`: whether nothing but text stands between the section and the page's edge.
    """
    sizes = Counter(word.size for band in section.bands[1:] or section.bands for word in band.words)
    if not sizes:
        return []
    size = sizes.most_common(1)[0][0]
    pad = padding(section)
    edge = section.bands[-1].bottom if down else section.bands[0].top
    taken: list[list[Word]] = []
    for line in lines:
        gap = min(word.top for word in line) - edge if down else edge - max(word.bottom for word in line)
        if gap > APART * size or not all(fits(word, section.columns, size, pad) for word in line):
            break
        taken.append(line)
        edge = max(word.bottom for word in line) if down else min(word.top for word in line)
    used = [{column_at(section.columns, word.x0) for word in line} for line in taken]
    runs_on = to_edge and len(lines) - len(taken) <= FURNITURE_LINES
    if any(len(columns) > 1 for columns in used) or (taken and runs_on):
        return [word for line in taken for word in line]
    return []


def padding(section: Section) -> float:
    """How far inside its column the text of a section begins, at the least."""
    return min(
        (
            word.x0 - section.columns[column_at(section.columns, word.x0)]
            for band in section.bands
            for word in band.words
        ),
        default=0.0,
    )


def fits(word: Word, columns: Sequence[float], size: float, pad: float) -> bool:
    """Whether a word may be a cell's: of the table's size, inside its column, and no nearer its edge than others."""
    return (
        abs(word.size - size) < 0.4
        and not crosses(word, columns)
        and word.x0 - columns[column_at(columns, word.x0)] > pad - 1.0
    )


def extended(section: Section, above: Sequence[Word], below: Sequence[Word]) -> Section:
    """The section with a band for the open row above it and one for that below."""
    bands = section.bands
    if above:
        top = min(word.top for word in above) - 1.0
        bands = (Band(top, bands[0].top, None, True, (), tuple(above)), *bands)
    if below:
        bottom = max(word.bottom for word in below) + 1.0
        bands = (*bands, Band(bands[-1].bottom, bottom, None, False, (), tuple(below)))
    return replace(section, bands=bands)
