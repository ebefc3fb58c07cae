"""The second reader: camelot, asked which column each word is in, where a table's own evidence is weak.

It is given the table's outline and the edges of its columns, and not left to guess them: it parts the page's text by
its own rules, character by character, so that a word that it does not find whole in our column is one whose place is
in doubt. Loading it takes longer than reading a plan; nothing asks for it but a weak table.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from msgspec import Struct

from extract.model import Box, Line, PageBox, Remark, Table

NAME = "camelot"

#: A table that camelot reads less than this part of was not read by it: a page of another origin, say, or odd fonts.
READ = 0.8


class Weak(Struct, frozen=True):
    """A weak table as we read it, with the edges of its columns, its outline, and how high its page is."""

    table: Table
    edges: tuple[float, ...]
    box: Box
    height: float

    @property
    def page(self) -> int:
        """The page it stands on."""
        return self.table.page or 1

    def words(self) -> Iterator[Printed]:
        """Its words, those of cells over several columns left out: the second reader does not know of these."""
        for row in self.table.rows:
            for cell in row.cells:
                for line in cell.lines if cell.span == 1 else ():
                    yield from (Printed(m[0], line, m.start(), cell.column - 1) for m in re.finditer(r"\S+", line.text))


class Printed(Struct, frozen=True):
    """One word: its text, the line that holds it, where it begins there, and its column (from 0)."""

    text: str
    line: Line
    start: int
    column: int

    @property
    def middle(self) -> float:
        """Half-way down its line."""
        return (self.line.origin.box[1] + self.line.origin.box[3]) / 2 if isinstance(self.line.origin, PageBox) else 0.0


#: What camelot holds in one row of a table: how high it reaches, from where down to where, and each column's text.
Band = tuple[float, float, tuple[str, ...]]


def second_reader_version() -> tuple[str, str]:
    """The second reader's name and version."""
    from importlib.metadata import version  # a fifth of what a PDF's reader takes to load, and seldom needed

    return NAME, version("camelot-py")


def second_reading(path: Path, tables: Sequence[Weak]) -> list[Remark]:
    """Where the second reader has words of weak tables in other columns. One that cannot read the file says nothing."""
    found: list[Remark] = []
    for table, bands in zip(tables, bands_of(path, tables), strict=True):
        found.extend(disagreements(table, bands))
    return found


def bands_of(path: Path, tables: Sequence[Weak]) -> list[list[Band]]:
    """Each table as camelot reads it with our columns."""
    by_page: dict[int, list[int]] = defaultdict(list)
    for place, table in enumerate(tables):
        by_page[table.page].append(place)
    found: list[list[Band]] = [[] for _ in tables]
    wanted = {
        page: {
            "table_areas": [area_of(tables[place]) for place in places],
            "columns": [",".join(f"{edge:.2f}" for edge in tables[place].edges[1:-1]) for place in places],
        }
        for page, places in by_page.items()
    }
    for page, order, read in _read(path, wanted):
        place = by_page[page][order]
        found[place] = _bands(read, tables[place].height)
    return found


def area_of(table: Weak) -> str:
    """A table's outline as camelot wants it: left, top, right, bottom, counted from the foot of the page."""
    x0, top, x1, bottom = table.box
    return f"{x0:.2f},{table.height - top:.2f},{x1:.2f},{table.height - bottom:.2f}"


def _read(path: Path, wanted: dict[int, dict[str, list[str]]]) -> Iterator[tuple[int, int, Any]]:
    """Each of camelot's tables, with its page and which of the page's it is."""
    from camelot.io import read_pdf

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pages = ",".join(map(str, wanted))
        try:
            tables = read_pdf(
                str(path), pages=pages, flavor="stream", split_text=True, suppress_stdout=True, per_page=wanted
            )
        except Exception:  # it lets any error of an odd file through; then there is no second reading
            return
    for page, group in groupby(tables, key=lambda table: table.page):
        held = list(group)
        if len(held) == len(wanted[int(page)]["columns"]):
            yield from ((int(page), order, table) for order, table in enumerate(held))


def _bands(table: Any, height: float) -> list[Band]:
    return [
        (height - top, height - bottom, tuple("".join(cell.text.split()) for cell in cells))
        for (top, bottom), cells in zip(table.rows, table.cells, strict=True)
    ]


def disagreements(table: Weak, bands: Sequence[Band]) -> list[Remark]:
    """A remark for each run of words that the second reader does not hold in the column where we have them."""
    held = Counter("".join(text for _, _, columns in bands for text in columns))
    words = list(table.words())
    ours = Counter("".join(word.text for word in words))
    if (held & ours).total() < READ * ours.total():
        return []
    doubtful = [(word, elsewhere(word, bands)) for word in words]
    found = []
    for (line, column), group in groupby(
        ((word, other) for word, other in doubtful if other is not None), key=lambda item: (item[0].line, item[1])
    ):
        found.append(_remark(line, [word for word, _ in group], column, len(table.edges) - 1))
    return found


def elsewhere(word: Printed, bands: Sequence[Band]) -> int | None:
    """The column where the second reader has a word, or its larger part; None where it agrees, or has it nowhere."""
    level = [columns for top, bottom, columns in bands if top <= word.middle <= bottom]
    if not level or any(word.text in columns[word.column] for columns in level if word.column < len(columns)):
        return None
    for columns in level:
        for near in (word.column - 1, word.column + 1):
            if 0 <= near < len(columns) and shares(word.text, columns[near], before=near < word.column):
                return near
    return None


def shares(word: str, text: str, before: bool) -> bool:
    """Whether a text holds a word, or ends with its beginning (or begins with its end, where it does not stand before).

    >>> shares("Operational", "LeadOperat", before=True), shares("Board", "ardApril", before=False)
    (True, True)
    """
    if word in text:
        return True
    least = max(1, len(word) // 3)
    if before:
        return any(text.endswith(word[:count]) for count in range(least, len(word)))
    return any(text.startswith(word[-count:]) for count in range(least, len(word)))


def _remark(line: Line, words: Sequence[Printed], column: int, width: int) -> Remark:
    start, end = words[0].start, words[-1].start + len(words[-1].text)
    text = line.text[start:end]
    ours = words[0].column + 1
    message = (
        f"{text!r} is read as column {ours} of {width}; a second reader has it, or part of it, in column {column + 1}"
    )
    candidates = (f"column {ours}", f"column {column + 1}")
    return Remark(
        "columns-disagree", "warning", message, line.origin, (line.start + start, line.start + end), candidates
    )
