"""Small documents for tests: text dumps of a fictional body's plan, and grids as a PDF or Word reader gives them."""

from __future__ import annotations

from export.proof.proving import problems, source_problems
from extract.model import (
    Block,
    Cell,
    Document,
    Line,
    Origin,
    PageBox,
    Paragraph,
    Row,
    Source,
    Table,
    TableCell,
    count_characters,
)
from extract.text_dump import blocks_of
from normalise.model import Action, Plan
from normalise.plan import normalise

#: The nine columns in words of their own.
HEADER = "No | What we will do | Start | By when | Lead | Budget | How we will know | Difference made | Progress"

TITLE = (
    "Marlstone Harbour Trust",
    "",
    "Safer Quays Improvement Plan",
    "",
    "KEY PEOPLE",
    "",
    "- Tess Waring, Director of Harbours",
    "- Owen Lisle, Head of Engineering",
    "",
)


#: What a row says where a test does not say otherwise.
ROW = {
    "action": "Dredge the inner basin",
    "start": "Jan 19",
    "end": "30 Mar 19",
    "lead": "TW",
    "resources": "£4k",
    "measure": "Depth survey signed off",
    "impact": "Ships berth safely at low water",
    "progress": "Tender is out",
}


def row(ref: str, **cells: str) -> str:
    """A row of nine cells."""
    return " | ".join((ref, *{**ROW, **cells}.values()))


def cells(ref: str, **changes: str) -> dict[str, str]:
    """What the cells of such a row say, those that are empty left out."""
    return {key: text for key, text in {"ref": ref, **ROW, **changes}.items() if text}


def document(*lines: str) -> Document:
    """A dump as its reader gives it; ` | ` stands for the tab between two cells, a bar at an end for an empty cell."""
    text = "\n".join("\t".join(cell.strip() for cell in line.split("|")) for line in lines) + "\n"
    source = Source("quays.txt", "0" * 64, "text/tab-separated-values", None)
    return Document(source, tuple(blocks_of(text)), count_characters(text))


def plan(*lines: str) -> Plan:
    """The plan that a dump prints below a title; what the contract guarantees holds for it, or this fails."""
    return sound(document(*TITLE, *lines))


def sound(source: Document) -> Plan:
    """The plan of a document, proved against itself and the document."""
    made = normalise(source, "0" * 64)
    wrong = (*problems(made), *source_problems(made, source))
    assert wrong == (), wrong
    return made


def texts(action: Action) -> dict[str, str]:
    """What the cells of an action say as printed, empty ones left out."""
    return {key: cell.raw for key, cell in action.cells if cell.raw}


def said(plan: Plan) -> list[dict[str, str]]:
    """The cells of every action."""
    return [texts(action) for action in plan.actions]


def told(plan: Plan, severity: str = "warning") -> list[tuple[str, str | None, str | None]]:
    """(code, ref, field) of each finding of a severity."""
    return [(one.code, one.ref, one.field) for one in plan.findings if one.severity == severity]


class Grid:
    """A source with a grid, built row by row: every text gets the next characters of the source."""

    def __init__(self, word: bool = False) -> None:
        self.at, self.tables, self.word, self.blocks = 0, 0, word, list[Block]()

    def say(self, text: str, page: int | None = None, level: int | None = None) -> None:
        """A paragraph."""
        origin = PageBox(page, (0.0, 0.0, 9.0, 9.0)) if page else TableCell(0, 1, 1)
        self.blocks.append(Paragraph((self._line(text, origin),), page=page, level=level))

    def table(self, *rows: str, page: int | None = 1, columns: int | None = None) -> Table:
        """A table: cells parted by `|`; `text >3` is a cell over three columns, `text v2` one over two rows."""
        self.tables += 1
        page = None if self.word else page
        made = tuple(self._row(at, row, page) for at, row in enumerate(rows, start=1))
        width = columns or max(sum(cell.span for cell in row.cells) for row in made)
        table = Table(made, width, page)
        self.blocks.append(table)
        return table

    def document(self) -> Document:
        """What was built."""
        kind = "application/msword" if self.word else "application/pdf"
        whole = Document(Source("quays", "0" * 64, kind, None), tuple(self.blocks), 0)
        characters = count_characters("".join(line.text for line in whole.lines()))
        return Document(whole.source, whole.blocks, characters)

    def plan(self) -> Plan:
        """The plan that it prints."""
        return sound(self.document())

    def _row(self, at: int, row: str, page: int | None) -> Row:
        cells: list[Cell] = []
        column = 1
        for number, part in enumerate(row.split("|"), start=1):
            text, span, depth = part.strip(), 1, 1
            if " >" in text:
                text, _, wide = text.rpartition(" >")
                span = int(wide)
            if " v" in text and text.rpartition(" v")[2].isdigit():
                text, _, deep = text.rpartition(" v")
                depth = int(deep)
            origin: Origin = TableCell(self.tables, at, number)
            if page is not None:
                origin = PageBox(page, (float(column), float(at), float(column + span), float(at + 1)))
            lines = (self._line(text, origin),) if text else ()
            cells.append(Cell(lines, column, span, depth))
            column += span
        return Row(tuple(cells), page)

    def _line(self, text: str, origin: Origin) -> Line:
        self.at += len(text) + 1
        return Line(self.at - len(text) - 1, text, origin)
