"""A PDF as a Document: whole files, drawn here, and the laws that hold for any."""

import hashlib
from itertools import accumulate
from pathlib import Path

import pytest
from msgspec.structs import replace

from extract.limits import ReadLimits
from extract.model import Line, PageBox, Paragraph, ReadError, Remark, Table, count_characters
from extract.pdf import pdfium, read_pdf
from extract.pdf.content import Char, PageContent
from tests.pdf_pages import REAL_PDFS, drawn, print_at, seen


class Pages:
    """An engine that gives the pages it was made with."""

    NAME = "by hand"

    def __init__(self, *contents):
        self.contents = contents

    def version(self):
        return "1"

    def count(self, data, name):
        return len(self.contents)

    def pages(self, data, name, wanted=None):
        first, last = wanted or (1, len(self.contents))
        yield from self.contents[first - 1 : last]


def plan(canvas, page):
    """A heading, and a ruled table of a banner and two rows, the last cut by the page's end."""
    print_at(canvas, f"{page}. Care", 20, 30, 14, "Helvetica-Bold")
    canvas.setFillColorRGB(0.8, 0.9, 1)
    canvas.rect(20, 230, 300, 20, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    for top in (50, 70, 90, 130):
        canvas.line(20, 300 - top, 320, 300 - top)
    for x in (20, 320):
        canvas.line(x, 250, x, 170)
    for x in (60, 200):
        canvas.line(x, 230, x, 170)
    print_at(canvas, "Working together", 24, 64)
    for text, x, top in (
        ("1.1", 24, 84),
        ("Train", 64, 84),
        ("Dana", 204, 84),
        ("1.2", 24, 104),
        ("Report to ", 64, 104),
        ("the Board", 64, 116),
    ):
        print_at(canvas, text, x, top)


TABLE = [
    [(1, 3, 1, "Working together")],
    [(1, 1, 1, "1.1"), (2, 1, 1, "Train"), (3, 1, 1, "Dana")],
    [(1, 1, 1, "1.2"), (2, 1, 1, "Report to the Board"), (3, 1, 1, "")],
]


def test_a_ruled_plan(tmp_path):
    path = drawn(tmp_path / "plan.pdf", plan, pages=2)
    document = read_pdf(path)
    assert seen(document) == [["1. Care"], TABLE, ["2. Care"], TABLE]
    assert document.source.file == "plan.pdf"
    assert document.source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (document.source.media_type, document.source.pages) == ("application/pdf", 2)
    assert document.engines == (("pdfium", pdfium.version()),)
    assert document.remarks == ()
    assert document.characters == 2 * 52


def test_more_pages_than_the_limit_are_an_error(tmp_path):
    path = drawn(tmp_path / "plan.pdf", plan, pages=3)
    assert read_pdf(path, limits=ReadLimits(pages=3)).source.pages == 3
    assert read_pdf(path, (2, 3), limits=ReadLimits(pages=2)).source.pages == 3
    for pages, wanted in ((None, 3), ((1, 3), 3)):
        with pytest.raises(ReadError) as told:
            read_pdf(path, pages, limits=ReadLimits(pages=2))
        assert str(told.value) == (
            f"Cannot read plan.pdf: it has {wanted} pages to read, and the limit is 2. "
            "Read some of them with --pages, or allow more with --max-pages 3"
        )


def test_what_a_paragraph_and_a_cell_say_of_themselves(tmp_path):
    heading, table, *_ = read_pdf(drawn(tmp_path / "plan.pdf", plan)).blocks
    assert isinstance(heading, Paragraph)
    assert isinstance(table, Table)
    assert (heading.page, heading.size, heading.bold, heading.region) == (1, 14.0, True, "body")
    assert [row.cells[0].fill for row in table.rows] == ["#cce6ff", None, None]
    assert (table.page, table.columns, table.weak, [row.page for row in table.rows]) == (1, 3, False, [1, 1, 1])
    first, second = table.rows[2].cells[1].lines
    assert (first.text, first.joint, second.text, second.joint) == ("Report to ", "paragraph", "the Board", "wrap")
    assert second.start == first.start + len("Report to ")
    assert first.origin == PageBox(1, (64.0, 96.0, 105.1, 106.0))


@pytest.mark.parametrize("shaded, cells", [(True, ["Action", "and the rest"]), (False, ["Action\nand the rest"])])
def test_shading_parts_a_header_from_the_rest_of_a_cut_row(tmp_path, shaded, cells):
    def draw(canvas, page):
        if shaded:
            canvas.setFillColorRGB(0.8, 0.8, 0.9)
            canvas.rect(20, 270, 300, 20, stroke=0, fill=1)
            canvas.setFillColorRGB(0, 0, 0)
        canvas.grid([20, 100, 220, 320], [290, 250, 230])
        for x, top, text in (
            (24, 16, "Ref"), (104, 16, "Action"), (224, 16, "Lead"), (104, 36, "and the rest"),
            (24, 62, "1.2"), (104, 62, "Dredge"), (224, 62, "TW"),
        ):  # fmt: skip
            canvas.drawString(x, 300 - top - 6, text)

    (table,) = read_pdf(drawn(tmp_path / "cut.pdf", draw)).blocks
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert [row[1] for row in texts[:-1]] == cells
    assert texts[-1] == ["1.2", "Dredge", "TW"]


def test_pages_can_be_chosen(tmp_path):
    path = drawn(tmp_path / "plan.pdf", plan, pages=4)
    document = read_pdf(path, (2, 3))
    assert [block.page for block in document.blocks] == [2, 2, 3, 3]
    assert document.source.pages == 4


@pytest.mark.parametrize("turn,x,y", [(0, 20, 270), (90, 30, 20), (180, 380, 30), (270, 270, 380)])
def test_a_turned_page_is_read_upright(tmp_path, turn, x, y):
    def draw(canvas, page):
        canvas.setPageRotation(turn)
        canvas.translate(x, y)
        canvas.rotate(turn)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(0, 0, "Upright")

    (block,) = read_pdf(drawn(tmp_path / "turned.pdf", draw)).blocks
    assert isinstance(block, Paragraph)
    assert block.lines == (Line(0, "Upright", PageBox(1, (20.0, 22.0, 52.2, 32.0))),)


def test_turned_askew_and_off_page_text_has_a_place_too(tmp_path):
    def draw(canvas, page):
        print_at(canvas, "Level", 20, 30)
        print_at(canvas, "Beyond", 500, 30)
        for angle, text in ((90, "Upwards"), (30, "DRAFT")):
            canvas.saveState()
            canvas.translate(200, 100)
            canvas.rotate(angle)
            canvas.drawString(0, 0, text)
            canvas.restoreState()

    document = read_pdf(drawn(tmp_path / "turned.pdf", draw))
    assert seen(document) == [["Level"], ["Beyond"], ["Upwards"], ["DRAFT"]]


def test_invisible_text_has_a_place(tmp_path):
    def draw(canvas, page):
        text = canvas.beginText(20, 200)
        text.setTextRenderMode(3)
        text.textLine("behind the picture")
        canvas.drawText(text)

    assert seen(read_pdf(drawn(tmp_path / "hidden.pdf", draw))) == [["behind the picture"]]


def test_names_on_lines_of_their_own_are_paragraphs_and_a_wrapped_sentence_is_one(tmp_path):
    def draw(canvas, page):
        lines = ("This plan sets out what the partners will do in the next two years to", "put right what was found.")
        for number, text in enumerate((*lines, "Dana Holt, Chair", "Ivo Marsh, Clerk")):
            print_at(canvas, text, 20, 30 + 12 * number)

    assert seen(read_pdf(drawn(tmp_path / "names.pdf", draw))) == [
        ["This plan sets out what the partners will do in the next two years to", "put right what was found."],
        ["Dana Holt, Chair"],
        ["Ivo Marsh, Clerk"],
    ]


def test_a_drawn_bullet_is_a_marker(tmp_path):
    def draw(canvas, page):
        for number, text in enumerate(("Fewer waits", "More visits")):
            print_at(canvas, text, 40, 30 + 12 * number)
            canvas.circle(30, 300 - 27 - 12 * number, 1.5, stroke=0, fill=1)

    document = read_pdf(drawn(tmp_path / "bullets.pdf", draw))
    assert seen(document) == [["• Fewer waits"], ["• More visits"]]
    assert document.characters == 20


def picture(canvas, page):
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    if page == 1:
        canvas.drawImage(ImageReader(Image.new("RGB", (10, 10), "white")), 0, 0, 400, 300)
    else:
        print_at(canvas, "Text", 20, 30)


def failure(path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        read_pdf(path)
    return str(caught.value)


def test_a_page_that_is_a_picture_is_told(tmp_path):
    document = read_pdf(drawn(tmp_path / "mixed.pdf", picture, pages=2))
    message = "Page 1 holds a picture in which OCR found no text"
    whole = PageBox(1, (0.0, 0.0, 400.0, 300.0))
    assert document.remarks == (Remark("page-without-text", "info", message, whole),)


def test_a_page_that_is_a_picture_is_an_error_without_ocr(tmp_path, monkeypatch):
    monkeypatch.setattr("extract.scan.installed.NEEDED", ("no_such_engine",))
    document = read_pdf(drawn(tmp_path / "mixed.pdf", picture, pages=2))
    message = "Page 1 holds a picture, and no OCR engine is installed: it was not read"
    whole = PageBox(1, (0.0, 0.0, 400.0, 300.0))
    assert document.remarks == (Remark("page-without-text", "error", message, whole),)


def test_a_scan_without_text_is_an_error(tmp_path):
    assert failure(drawn(tmp_path / "scan.pdf", picture)) == (
        "Cannot read scan.pdf: its pages hold pictures, and OCR found no text in them. Open it in a viewer"
    )


def test_a_scan_is_an_error_without_ocr(tmp_path, monkeypatch):
    monkeypatch.setattr("extract.scan.installed.NEEDED", ("no_such_engine",))
    assert failure(drawn(tmp_path / "scan.pdf", picture)) == (
        "Cannot read scan.pdf: it is a scan, and the OCR engine is not installed. "
        "Run `pip install rapidocr onnxruntime`"
    )


def test_an_empty_page_is_an_error(tmp_path):
    path = drawn(tmp_path / "blank.pdf", lambda canvas, page: None)
    assert failure(path) == "Cannot read blank.pdf: its pages hold no characters. Open it in a viewer"


def test_an_encrypted_file_is_an_error(tmp_path):
    path = drawn(tmp_path / "locked.pdf", plan, encrypt="secret")
    assert failure(path) == (
        "Cannot read locked.pdf: it is encrypted and needs a password. Save a copy without the password and read that"
    )


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4\n", b"not a pdf at all"])
def test_a_damaged_file_is_an_error(tmp_path, content):
    path = tmp_path / "bad.pdf"
    path.write_bytes(content)
    assert failure(path) == (
        "Cannot read bad.pdf: it is not a PDF, or is damaged or cut short. Open it in a viewer and export it again"
    )


def test_a_missing_file_is_an_error(tmp_path):
    assert failure(tmp_path / "none.pdf") == "Cannot read none.pdf: No such file or directory. Check the path"


def test_notes_over_a_page_are_told(tmp_path):
    path = tmp_path / "page.pdf"
    path.write_bytes(b"")
    page = PageContent(1, 400.0, 300.0, (Char("x", 0, 0, 5, 10, 10, False, 0),), unread=2)
    document = read_pdf(path, engine=Pages(page))
    message = "Page 1 has 2 notes or form fields; their text was not read"
    whole = PageBox(1, (0.0, 0.0, 400.0, 300.0))
    assert document.remarks == (Remark("notes-not-read", "warning", message, whole),)
    assert document.engines == (("by hand", "1"),)


def lost(lines: list[Line], characters: int) -> int:
    return characters - sum(count_characters(line.text) for line in lines)


@pytest.mark.parametrize("path", REAL_PDFS, ids=lambda path: path.name)
def test_every_character_has_one_place(path):
    document = read_pdf(path)
    lines = list(document.lines())
    assert lost(lines, document.characters) == 0
    assert [line.start for line in lines] == [0, *accumulate(len(line.text) for line in lines)][:-1]


@pytest.mark.parametrize("path", REAL_PDFS, ids=lambda path: path.name)
def test_every_character_has_one_place_without_any_rules(path):
    class Bare(Pages):
        def pages(self, data, name, wanted=None):
            for page in pdfium.pages(data, name, wanted):
                yield replace(page, rules=(), fills=())

        def count(self, data, name):
            return pdfium.count(data, name)

    document = read_pdf(path, engine=Bare())
    assert lost(list(document.lines()), document.characters) == 0
    assert all(block.weak for block in document.blocks if isinstance(block, Table))
