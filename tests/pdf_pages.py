"""Pages for the tests of the PDF reader: characters set by hand, and PDFs drawn with reportlab."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

from extract.model import Document, Paragraph, Table
from extract.pdf.content import ASCENT, Char, Rule
from extract.pdf.words import Word, words_of

SHARED = Path(__file__).parents[2] / "shared"
SAMPLES = Path(__file__).parents[1] / "samples"

#: Every PDF with text that is at hand; without the folder of real documents, the samples.
REAL_PDFS = sorted(
    path
    for folder in (SAMPLES, SHARED / "plans", SHARED / "real")
    if folder.is_dir()
    for path in folder.glob("*.pdf")
    if ".scan." not in path.name
)


def chars(text: str, x: float, baseline: float, size: float = 10.0, bold: bool = False) -> tuple[Char, ...]:
    """A text set in letters half an em wide, spaces a quarter."""
    found = []
    for letter in text:
        width = size * (0.25 if letter == " " else 0.5)
        found.append(Char(letter, x, baseline - ASCENT * size, x + width, baseline + 0.2 * size, size, bold, 0))
        x += width
    return tuple(found)


def words(*placed: tuple[str, float, float] | tuple[str, float, float, float]) -> list[Word]:
    """The words of texts set at (text, x, baseline, size)."""
    return words_of(char for one in placed for char in chars(*one))


def across(at: float, start: float, end: float) -> Rule:
    return Rule(False, at, start, end)


def down(at: float, start: float, end: float) -> Rule:
    return Rule(True, at, start, end)


def drawn(path: Path, draw: Callable[..., None], pages: int = 1, **settings: object) -> Path:
    """A PDF of pages of 400 by 300 points; `draw(canvas, page)` draws each, y counted from the top down."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300), bottomup=1, invariant=1, **settings)
    for page in range(1, pages + 1):
        draw(canvas, page)
        canvas.showPage()
    canvas.save()
    path.write_bytes(out.getvalue())
    return path


def print_at(canvas: object, text: str, x: float, top: float, size: float = 10, font: str = "Helvetica") -> None:
    """Set a text with its baseline `top` points below the page's upper edge."""
    canvas.setFont(font, size)  # type: ignore[attr-defined]
    canvas.drawString(x, 300 - top, text)  # type: ignore[attr-defined]


def seen(document: Document) -> list[object]:
    """A document's blocks as plain values: a paragraph's lines, a table's rows of (column, span, depth, lines)."""
    found: list[object] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append([line.marker + line.text for line in block.lines])
        else:
            found.append(rows(block))
    return found


def rows(table: Table) -> list[list[tuple[int, int, int, str]]]:
    return [[(cell.column, cell.span, cell.depth, cell.text) for cell in row.cells] for row in table.rows]


def grid_rules(xs: Sequence[float], ys: Sequence[float]) -> list[Rule]:
    """Full lines through all of a table."""
    return [across(y, xs[0], xs[-1]) for y in ys] + [down(x, ys[0], ys[-1]) for x in xs]
