"""camelot, asked with our columns: it agrees where they are right, and names the words where they are not."""

import subprocess
import sys

import pytest
from msgspec.structs import replace

from extract.model import Cell, Line, PageBox, Remark, Row, Table
from extract.pdf import pdfium, read_pdf
from extract.pdf.page import Reader
from extract.pdf.second_reader import Weak, disagreements, second_reading
from tests.pdf_pages import drawn, print_at

ROWS = (
    ("Ref", "What we will do", "Lead", "By when"),
    ("1.1", "Train all staff", "Dana Holt", "May 2023"),
    ("1.2", "Report to Board", "Ivo Lind", "June 2023"),
    ("1.3", "Write to parents", "Sue Marr", "July 2023"),
)


def plan(canvas, page):
    """A table that nothing but its text shows."""
    for number, row in enumerate(ROWS):
        for text, x in zip(row, (20, 70, 190, 290), strict=True):
            print_at(canvas, text, x, 40 + 16 * number, font="Helvetica-Bold" if number == 0 else "Helvetica")


@pytest.fixture
def weak(tmp_path):
    path = drawn(tmp_path / "weak.pdf", plan)
    reader = Reader()
    for content in pdfium.pages(path.read_bytes(), path.name):
        reader.blocks(content)
    return path, reader.weak


def test_both_agree_on_a_table_whose_text_keeps_apart(weak):
    path, tables = weak
    assert [table.table.columns for table in tables] == [4]
    assert second_reading(path, tables) == []
    assert [name for name, _ in read_pdf(path).engines] == ["pdfium", "camelot"]


def test_an_edge_through_words_is_a_disagreement_that_names_them(weak):
    path, (table,) = weak
    first, ref, what, _, last = table.edges
    found = second_reading(path, [replace(table, edges=(first, ref, what, 306.0, last))])
    assert [(remark.code, remark.severity, remark.candidates) for remark in found] == [
        ("columns-disagree", "warning", ("column 4", "column 3"))
    ] * 4
    assert found[1].message == ("'May' is read as column 4 of 4; a second reader has it, or part of it, in column 3")
    line = next(
        line for row in table.table.rows for cell in row.cells for line in cell.lines if line.text == "May 2023"
    )
    assert (found[1].span, found[1].origin) == ((line.start, line.start + 3), line.origin)


def test_a_ruled_table_is_asked_about_by_nobody(tmp_path):
    def ruled(canvas, page):
        plan(canvas, page)
        canvas.grid([15, 65, 185, 285, 380], [300 - y for y in (26, 44, 60, 76, 94)])

    assert [name for name, _ in read_pdf(drawn(tmp_path / "ruled.pdf", ruled)).engines] == ["pdfium"]


def test_a_file_that_camelot_cannot_read_has_no_second_reading(tmp_path, weak):
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.4 and no more")
    assert second_reading(path, weak[1]) == []


def test_what_it_hardly_read_it_says_nothing_of():
    line = Line(0, "Train all staff", PageBox(1, (70.0, 30.0, 140.0, 42.0)))
    table = Weak(Table((Row((Cell((line,), 2),)),), 2, 1, True), (0, 60, 200), (0, 20, 200, 50), 300)
    assert disagreements(table, [(20, 50, ("", "Tr"))]) == []
    assert disagreements(table, [(20, 50, ("Train", "allstaff"))]) == [
        Remark(
            "columns-disagree", "warning",
            "'Train' is read as column 2 of 2; a second reader has it, or part of it, in column 1",
            line.origin, (0, 5), ("column 2", "column 1"),
        )
    ]  # fmt: skip


def test_nobody_loads_it_who_does_not_need_it():
    code = "import sys, extract.pdf, extract.pdf.second_reader; sys.exit('camelot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
