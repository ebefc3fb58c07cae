"""Documents made for the purpose: tables and paragraphs as a reader may give them, with nasty texts in every place."""

from __future__ import annotations

from random import Random

from extract.model import (
    Block,
    Cell,
    Document,
    Joint,
    Line,
    Origin,
    PageBox,
    Paragraph,
    PartParagraph,
    Region,
    Row,
    Source,
    Table,
    TableCell,
    TextCell,
    count_characters,
)
from fuzz.texts import rows, text

_REGIONS: tuple[Region, ...] = ("body", "body", "body", "head", "foot", "note")
_FILLS = (None, None, None, "#ff0000", "#00b050", "#ffffff", "#zzz")


class _Maker:
    """Gives each line its own characters of the source, and a place of the kind that the document has."""

    def __init__(self, chance: Random) -> None:
        self.chance, self.at, self.line = chance, 0, 0
        self.kind = chance.choice(("text", "page", "table"))
        self.pages, self.y = 1, 0.0

    def lines(self, cell: str, place: Origin) -> tuple[Line, ...]:
        """The lines of a cell: those of its text that are not blank, joined in any way."""
        found = []
        for part in cell.split("\n"):
            if part.strip():
                joint: Joint = self.chance.choice(("paragraph", "wrap"))
                marker = self.chance.choice(("",) * 9 + ("• ", "1. ", "a) "))
                struck, sure = self.chance.random() < 0.05, self.chance.choice((None, None, None, 0.4, 1.0))
                found.append(Line(self.at, part, place, joint, marker, struck, sure))
                self.at += len(part)
        return tuple(found)

    def place(self, table: int, row: int, cell: int) -> Origin:
        """Where a cell stands, by what the document counts."""
        if self.kind == "text":
            return TextCell(self.line, cell)
        if self.kind == "table":
            return TableCell(table, row, cell) if table else PartParagraph("document", self.line)
        return PageBox(self.pages, (20.0 * cell, self.y, 20.0 * cell + 18, self.y + 15))

    def next_line(self) -> None:
        """The next row or paragraph stands lower."""
        self.line, self.y = self.line + 1, self.y + 20

    def next_page(self) -> None:
        """What follows stands on a new page."""
        self.pages, self.y = self.pages + 1, 0.0

    def page(self) -> int | None:
        """The page now; None in a document without pages."""
        return self.pages if self.kind == "page" else None

    def paragraph(self) -> Paragraph:
        """A paragraph of any region, level and size."""
        self.next_line()
        level = self.chance.choice((None, None, None, 0, 1, 9))
        size = self.chance.choice((None, 9.0, 14.0, 0.0))
        held = self.lines(text(self.chance), self.place(0, 1, 1))
        return Paragraph(held, self.chance.choice(_REGIONS), self.page(), level, size, self.chance.random() < 0.2)

    def table(self, number: int) -> Table:
        """A table with merged cells, cells left out, and rows that say that they are headers."""
        made: list[Row] = []
        for at, row in enumerate(rows(self.chance), start=1):
            self.next_line()
            cells, column = [], 1
            for cell_at, cell in enumerate(row, start=1):
                span = 1 if self.kind == "text" else self.chance.choice((1,) * 15 + (2, 3, 40))
                fill = self.chance.choice(_FILLS)
                cells.append(Cell(self.lines(cell, self.place(number, at, cell_at)), column, span, 1, fill))
                column += span + (0 if self.kind == "text" else self.chance.choice((0,) * 15 + (1, 5)))
            made.append(Row(tuple(cells), self.page(), self.chance.random() < 0.1))
        width = max((cell.column + cell.span - 1 for row in made for cell in row.cells), default=1)
        return Table(tuple(made), width, self.page(), self.chance.random() < 0.2)


def document(chance: Random) -> Document:
    """A document of up to a dozen blocks, over pages where it has them."""
    maker, blocks = _Maker(chance), list[Block]()
    for number in range(1, chance.randint(2, 12)):
        blocks.append(maker.paragraph() if chance.random() < 0.4 else maker.table(number))
        if chance.random() < 0.3:
            maker.next_page()
    characters = sum(count_characters(line.text) for block in blocks for line in _lines_of(block))
    pages = maker.pages if maker.kind == "page" else None
    calls = ((text(chance), text(chance)),) if chance.random() < 0.2 else ()
    source = Source("made.pdf", "0" * 64, "application/pdf", pages)
    return Document(source, tuple(blocks), characters, (), (), calls)


def _lines_of(block: Block) -> tuple[Line, ...]:
    if isinstance(block, Paragraph):
        return block.lines
    return tuple(line for row in block.rows for cell in row.cells for line in cell.lines)
