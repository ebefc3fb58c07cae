"""The Document: what is printed in a source, and where. Nothing here is repaired or interpreted.

A reader turns one file into a Document. A Document is blocks in reading order; a block is a Paragraph or a Table; a
table is rows of cells; a cell is its printed lines. Each Line owns a half-open span of the source's characters, and no
two lines share one: that is what lets the ledger of a plan balance by construction.

All of it is values that hold values, never themselves: so none of it is for the collector of garbage to look at, which
saves a long document memory and time (`gc=False`).

Counting (pages, lines, tables, rows, cells, paragraphs) starts at 1. Boxes are (x0, top, x1, bottom) in points of the
upright page (pixels for an image), rounded to 0.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import force_setattr

Box = tuple[float, float, float, float]


class PageBox(Struct, frozen=True, gc=False):
    """A place on a page: PDF and scan."""

    page: int
    box: Box


class TextCell(Struct, frozen=True, gc=False):
    """A place in a text file: the line, and the tab-separated cell of it."""

    line: int
    cell: int


class TableCell(Struct, frozen=True, gc=False):
    """A place in a table of a Word file or workbook; `table` counts tables in reading order, nested ones included."""

    table: int
    row: int
    cell: int


class PartParagraph(Struct, frozen=True, gc=False):
    """A paragraph of a Word part: `part` is document, header1, footer2, footnotes, endnotes, comments …"""

    part: str
    paragraph: int


Origin = PageBox | TextCell | TableCell | PartParagraph

Joint = Literal["paragraph", "wrap"]
Region = Literal["body", "head", "foot", "note"]


class Line(Struct, frozen=True, gc=False):
    """One printed line: the characters [start, start + len(text)) of the source, as read.

    `joint` says how it follows the line before it in its cell or paragraph: a "paragraph" of its own, or a "wrap" of
    the same one. White space is kept inside the text (a space at the end of a wrapped line proves that no word was
    broken there). `marker` is what the page shows but the source does not hold as characters (a Word list's automatic
    number or bullet, with its trailing space): it is not counted, and using it is a recorded repair.
    """

    start: int
    text: str
    origin: Origin
    joint: Joint = "paragraph"
    marker: str = ""
    struck: bool = False
    confidence: float | None = None

    @property
    def end(self) -> int:
        """Where the line's characters end in the source."""
        return self.start + len(self.text)


class Paragraph(Struct, frozen=True, gc=False):
    """Lines that stand outside tables. `level`: a Word heading's outline level (1 …; 0 for a title). `size`: points."""

    lines: tuple[Line, ...]
    region: Region = "body"
    page: int | None = None
    level: int | None = None
    size: float | None = None
    bold: bool = False

    @property
    def text(self) -> str:
        """The lines as one text."""
        return join_lines(self.lines)


class Cell(Struct, frozen=True, gc=False):
    """A cell: its lines, the first grid column it covers (from 1), how many columns and rows, its fill (`#rrggbb`).

    `text`: the lines as one text, which many steps ask for.
    """

    lines: tuple[Line, ...] = ()
    column: int = 1
    span: int = 1
    depth: int = 1
    fill: str | None = None
    text: str = ""

    def __post_init__(self) -> None:
        force_setattr(self, "text", join_lines(self.lines))


class Row(Struct, frozen=True, gc=False):
    """A row as printed: a row cut by a page break is two rows. `header`: the source itself marks it as a header."""

    cells: tuple[Cell, ...]
    page: int | None = None
    header: bool = False


class Table(Struct, frozen=True, gc=False):
    """Rows over one grid. One printed table over three pages is three tables. `columns`: how many the grid has.

    `weak`: the reader had no vertical rules to go by (or other evidence of its own that columns may be misread).
    """

    rows: tuple[Row, ...]
    columns: int
    page: int | None = None
    weak: bool = False


Block = Paragraph | Table


class Remark(Struct, frozen=True, gc=False):
    """What a reader met that a person must know of (a tracked deletion, say). Becomes a finding about the reading.

    `span` is in the characters of the source, where the remark is about some that were read.
    """

    code: str
    severity: Literal["info", "warning", "error"]
    message: str
    origin: Origin | None = None
    span: tuple[int, int] | None = None
    candidates: tuple[str, ...] = ()


class Source(Struct, frozen=True, gc=False):
    """The file itself: base name, SHA-256 of its bytes (hex), media type, number of pages where it has pages."""

    file: str
    sha256: str
    media_type: str
    pages: int | None


class Document(Struct, frozen=True, gc=False):
    """One source as read. `characters`: how many it holds that are not white space, counted by the reader's engine.

    `engines`: (name, version) of each third-party engine that took part. `close_calls`: words that OCR was not quite
    certain of, each as it was read and what else it may be.
    """

    source: Source
    blocks: tuple[Block, ...]
    characters: int
    engines: tuple[tuple[str, str], ...] = ()
    remarks: tuple[Remark, ...] = ()
    close_calls: tuple[tuple[str, str], ...] = ()

    def lines(self) -> Iterator[Line]:
        """Every line of every block, in reading order."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield from block.lines
            else:
                for row in block.rows:
                    for cell in row.cells:
                        yield from cell.lines


class ReadError(Exception):
    """A source that cannot be read. `what` happened, the `cause`, what to `hint` at: each one plain sentence part."""

    def __init__(self, what: str, cause: str, hint: str) -> None:
        super().__init__(f"{what}: {cause}. {hint}")
        self.what, self.cause, self.hint = what, cause, hint

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str, str], dict[str, object]]:
        """From one process to another it goes whole, its notes included."""
        return type(self), (self.what, self.cause, self.hint), self.__dict__


class PagesError(ReadError):
    """Pages that were asked for and that the source does not have."""


def join_lines(lines: tuple[Line, ...]) -> str:
    """The lines as one text: a wrap is a space (none after white space), a paragraph a line feed; ends trimmed.

    >>> here = TextCell(1, 1)
    >>> join_lines((Line(0, "Part of ", here), Line(8, "L&D", here, "wrap"), Line(11, "Paid", here)))
    'Part of L&D\\nPaid'
    """
    text = ""
    for line in lines:
        if text and line.joint == "paragraph":
            text = text.rstrip() + "\n"
        elif text and not text[-1].isspace() and not line.text[:1].isspace():
            text += " "
        text += line.text
    return text.strip()


def count_characters(text: str) -> int:
    """How many characters of a text are not white space: the unit of the ledger."""
    return sum(map(len, text.split()))
