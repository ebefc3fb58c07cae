"""pdfium and pdfplumber see the same pages: the same words in the same cells, parted in the same way."""

import unicodedata

import pytest

from extract.model import Document, Paragraph, ReadError
from extract.pdf import pdfium, plumber, read_pdf
from tests.pdf_pages import REAL_PDFS, drawn, print_at


def words(text: str) -> list[str]:
    return unicodedata.normalize("NFKC", text).split()


def view(document: Document) -> list[object]:
    found: list[object] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append((block.page, round(block.size or 0), block.bold, [words(line.text) for line in block.lines]))
        else:
            cells = [
                [(cell.column, cell.span, cell.depth, [(line.joint, *words(line.text)) for line in cell.lines])
                 for cell in row.cells]
                for row in block.rows
            ]  # fmt: skip
            found.append((block.page, block.columns, block.weak, cells))
    return found


@pytest.mark.parametrize("path", REAL_PDFS, ids=lambda path: path.name)
def test_both_engines_give_the_same_document(path):
    assert view(read_pdf(path)) == view(read_pdf(path, engine=plumber))


def marks(engine, path):
    (page,) = engine.pages(path.read_bytes(), path.name)
    rules = sorted((rule.upright, round(rule.at), round(rule.start), round(rule.end)) for rule in page.rules)
    fills = [(round(fill.x0), round(fill.top), round(fill.x1), round(fill.bottom), fill.colour) for fill in page.fills]
    return rules, fills, len(page.images), "".join(char.text for char in page.chars)


def drawing(canvas, page):
    canvas.line(20, 280, 120, 280)
    canvas.rect(20, 200, 100, 50, stroke=1, fill=0)
    canvas.setFillColorRGB(1, 0, 0)
    canvas.rect(20, 100, 100, 50, stroke=0, fill=1)
    canvas.rect(20, 90, 100, 0.5, stroke=0, fill=1)
    canvas.saveState()
    canvas.translate(200, 100)
    canvas.scale(2, 2)
    canvas.line(0, 0, 40, 0)
    canvas.restoreState()
    print_at(canvas, "All in one", 20, 280)


def test_both_engines_see_the_same_rules_boxes_and_characters(tmp_path):
    path = drawn(tmp_path / "drawing.pdf", drawing)
    rules = [
        (False, 20, 20, 120),
        (False, 50, 20, 120),
        (False, 100, 20, 120),
        (False, 200, 200, 280),
        (False, 210, 20, 120),
        (True, 20, 50, 100),
        (True, 120, 50, 100),
    ]
    expected = (rules, [(20, 150, 120, 200, "#ff0000")], 0, "All in one")
    assert marks(pdfium, path) == expected
    assert marks(plumber, path) == expected


@pytest.mark.parametrize("engine", [pdfium, plumber], ids=["pdfium", "plumber"])
def test_both_engines_tell_a_locked_file_from_a_damaged_one(tmp_path, engine):
    locked = drawn(tmp_path / "locked.pdf", drawing, encrypt="secret").read_bytes()
    with pytest.raises(ReadError, match="needs a password"):
        engine.count(locked, "locked.pdf")
    with pytest.raises(ReadError, match="damaged or cut short"):
        engine.count(b"%PDF-1.4\n", "bad.pdf")
