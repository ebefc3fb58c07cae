"""extract.workbook: sheets as tables, every cell as it is displayed, whatever is hidden remarked."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from extract.model import (
    Cell,
    Document,
    Line,
    Paragraph,
    PartParagraph,
    ReadError,
    Remark,
    Row,
    Table,
    TableCell,
    count_characters,
)
from extract.reading import read

openpyxl = pytest.importorskip("openpyxl")


def filled(rows: list[list[object]]) -> Any:
    book = openpyxl.Workbook()
    book.active.title = "Plan"
    for row in rows:
        book.active.append(row)
    return book


def document(tmp_path: Path, book: Any) -> Document:
    path = tmp_path / "plan.xlsx"
    book.save(path)
    read_back = read(path)
    assert sum(count_characters(line.text) for line in read_back.lines()) == read_back.characters
    return read_back


def shape(block: Paragraph | Table) -> object:
    if isinstance(block, Paragraph):
        return block.region, block.text
    return [[cell.text for cell in row.cells] for row in block.rows]


def test_a_whole_workbook(tmp_path: Path) -> None:
    book = filled([["Our plan"], [], ["Ref", "Action"], [1.1, "Act\nnow"], [], [None, "End"]])
    book.active["A1"].font = openpyxl.styles.Font(bold=True, size=14)
    read_back = document(tmp_path, book)
    at = {(row, cell): TableCell(1, row, cell) for row in range(1, 7) for cell in (1, 2)}
    assert read_back.blocks == (
        Paragraph((Line(0, "Plan", PartParagraph("workbook", 1)),), "head"),
        Paragraph((Line(4, "Our plan", at[1, 1]),), size=14.0, bold=True),
        Table(
            (
                Row((Cell((Line(12, "Ref", at[3, 1]),), 1), Cell((Line(15, "Action", at[3, 2]),), 2))),
                Row(
                    (
                        Cell((Line(21, "1.1", at[4, 1]),), 1),
                        Cell((Line(24, "Act", at[4, 2]), Line(27, "now", at[4, 2])), 2),
                    )
                ),
                Row((Cell((), 1), Cell((Line(30, "End", at[6, 2]),), 2))),
            ),
            columns=2,
        ),
    )
    assert (read_back.characters, read_back.remarks) == (32, ())
    assert [name for name, _ in read_back.engines] == ["openpyxl"]
    assert read_back.source.media_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_values_are_read_as_displayed(tmp_path: Path) -> None:
    book = filled([["a", "b", "c", "d"], [datetime(2017, 7, 1), datetime(2017, 10, 31), 46000, "_x000D_\nA"]])
    for column, number_format in zip("ABC", ["mmm-yy", "dd/mm/yyyy", "£#,##0"], strict=True):
        book.active[f"{column}2"].number_format = number_format
    table = document(tmp_path, book).blocks[-1]
    assert shape(table) == [["a", "b", "c", "d"], ["Jul-17", "31/10/2017", "£46,000", "A"]]


def test_merges_fills_and_offsets(tmp_path: Path) -> None:
    book = filled([[None, "x", "y", "z"], [None, "A", "b", "c"], [], [None, None, "d", "e"], [None, "f", "g", None]])
    book.active.merge_cells("B2:B4")
    book.active.merge_cells("C5:D5")
    book.active["D2"].fill = openpyxl.styles.PatternFill("solid", fgColor="FF00B050")
    book.active["D4"].fill = openpyxl.styles.PatternFill("solid", fgColor=openpyxl.styles.colors.Color(indexed=2))
    book.active["D5"].fill = openpyxl.styles.PatternFill("gray125")
    book.active["C2"].fill = openpyxl.styles.GradientFill(stop=("FF0000", "00B050"))
    table = document(tmp_path, book).blocks[-1]
    assert isinstance(table, Table)
    assert [
        [(cell.column, cell.span, cell.depth, cell.text, cell.fill) for cell in row.cells] for row in table.rows
    ] == [
        [(1, 1, 1, "x", None), (2, 1, 1, "y", None), (3, 1, 1, "z", None)],
        [(1, 1, 2, "A", None), (2, 1, 1, "b", None), (3, 1, 1, "c", "#00b050")],
        [(2, 1, 1, "d", None), (3, 1, 1, "e", "#ff0000")],
        [(1, 1, 1, "f", None), (2, 2, 1, "g", None)],
    ]


PARTS: list[tuple[str, list[list[object]], list[object]]] = [
    ("a sheet of one column", [["Our plan"], ["August 2017"]], [("body", "Our plan"), ("body", "August 2017")]),
    (
        "a banner inside",
        [["Ref", "Act"], ["Homes"], ["1", "a"], [], ["Health"], ["2", "b"]],
        [[["Ref", "Act"], ["Homes", ""], ["1", "a"], ["Health", ""], ["2", "b"]]],
    ),
    (
        "headings over repeated headers",
        [
            ["Plan"],
            ["1. Homes"],
            ["Ref", "Act"],
            ["1", "a"],
            [],
            ["2. Health"],
            [],
            ["Outcomes"],
            ["Ref ", "Act"],
            ["2", "b"],
        ],
        [
            ("body", "Plan"),
            ("body", "1. Homes"),
            [["Ref", "Act"], ["1", "a"]],
            ("body", "2. Health"),
            ("body", "Outcomes"),
            [["Ref", "Act"], ["2", "b"]],
        ],
    ),
    (
        "a note below a blank row",
        [["Ref", "Act"], ["1", "a"], [None, "more"], [], ["Note"], ["Ends"]],
        [[["Ref", "Act"], ["1", "a"], ["", "more"]], ("body", "Note"), ("body", "Ends")],
    ),
    (
        "a note right below",
        [["Ref", "Act"], ["1", "a"], ["Note"]],
        [[["Ref", "Act"], ["1", "a"], ["Note", ""]]],
    ),
]


@pytest.mark.parametrize("rows, blocks", [case[1:] for case in PARTS], ids=[case[0] for case in PARTS])
def test_parts(tmp_path: Path, rows: list[list[object]], blocks: list[object]) -> None:
    assert [shape(block) for block in document(tmp_path, filled(rows)).blocks[1:]] == blocks


def test_several_sheets_have_headings(tmp_path: Path) -> None:
    book = filled([["a", "b"]])
    book.create_sheet("Blank")
    book.create_sheet("Key").append(["c", "d"])
    read_back = document(tmp_path, book)
    assert [shape(block) for block in read_back.blocks] == [
        ("body", "Plan"),
        [["a", "b"]],
        ("body", "Key"),
        [["c", "d"]],
    ]
    assert [block.level for block in read_back.blocks if isinstance(block, Paragraph)] == [1, 1]
    assert [line.origin for line in read_back.lines()][3:5] == [PartParagraph("workbook", 3), TableCell(3, 1, 1)]


def test_what_is_hidden_is_read_and_remarked(tmp_path: Path) -> None:
    book = filled([["a", "b"], ["c", "d"], ["e", "f"]])
    book.active.row_dimensions[2].hidden = True
    book.active.row_dimensions[9].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("Old").append(["g", "h"])
    book["Old"].sheet_state = "hidden"
    read_back = document(tmp_path, book)
    assert [shape(block) for block in read_back.blocks][1::2] == [[["a", "b"], ["c", "d"], ["e", "f"]], [["g", "h"]]]
    assert read_back.remarks == (
        Remark("hidden-row", "warning", "Row 2 of sheet 'Plan' is hidden; it is read all the same", TableCell(1, 2, 1)),
        Remark(
            "hidden-column",
            "warning",
            "Column 2 of sheet 'Plan' is hidden; it is read all the same",
            TableCell(1, 1, 2),
        ),
        Remark(
            "hidden-sheet", "info", "The sheet 'Old' is hidden; it is read all the same", PartParagraph("workbook", 2)
        ),
    )


def test_formulas_that_nobody_computed(tmp_path: Path) -> None:
    read_back = document(tmp_path, filled([["a", "b"], ["c", "=A1&B1"]]))
    message = "This cell is computed, and the file holds no result: open it in Excel, save it, and read it again"
    assert read_back.remarks == (Remark("formula-without-value", "error", message, TableCell(1, 2, 2)),)


def test_formulas_with_results(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    filled([["a", "b"], ["=1+1", '=IF(A1="","x","")']]).save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = re.sub(rb"<f>1\+1</f><v *(/>|></v>)", b"<f>1+1</f><v>2</v>", sheet)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    read_back = read(path)
    assert shape(read_back.blocks[-1]) == [["a", "b"], ["2", ""]]  # type: ignore[arg-type]
    assert read_back.remarks == ()


def test_struck_text(tmp_path: Path) -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    book = filled([["a", "b"]])
    book.active["A1"] = CellRichText(["by ", TextBlock(InlineFont(strike=True), "May "), "June"])
    book.active["B1"].font = openpyxl.styles.Font(strike=True)
    assert [(line.text, line.joint, line.struck) for line in document(tmp_path, book).lines()][1:] == [
        ("by ", "paragraph", False),
        ("May ", "wrap", True),
        ("June", "wrap", False),
        ("b", "paragraph", True),
    ]


def test_margins_comments_and_header_rows(tmp_path: Path) -> None:
    book = filled([["Ref", "Action"], ["1", "Act"]])
    sheet = book.active
    sheet.oddHeader.center.text = "Draft 2"
    sheet.oddFooter.right.text = "Page &P"
    sheet["B2"].comment = openpyxl.comments.Comment("Who says?", "Ada")
    sheet.add_table(openpyxl.worksheet.table.Table(displayName="T", ref="A1:B2"))
    read_back = document(tmp_path, book)
    assert [shape(block) for block in read_back.blocks] == [
        ("head", "Plan"),
        ("head", "Draft 2"),
        [["Ref", "Action"], ["1", "Act"]],
        ("note", "Who says?"),
        ("foot", "Page"),
    ]
    table = read_back.blocks[2]
    assert isinstance(table, Table)
    assert [row.header for row in table.rows] == [True, False]
    message = "A comment stands beside this cell; it is read as a note"
    assert read_back.remarks == (Remark("comment", "info", message, TableCell(1, 2, 2)),)


def test_a_stray_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    book = filled([["a", "b"]])
    book.active["XFD1048576"].font = openpyxl.styles.Font(bold=True)
    assert shape(document(tmp_path, book).blocks[-1]) == [["a", "b"]]  # type: ignore[arg-type]


def test_hostile_and_broken_workbooks(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    filled([["a", "b"]]).save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for content, cause in (
        (
            b"<!DOCTYPE x><workbook/>",
            "its part 'xl/workbook.xml' declares entities or a DTD, which Office never writes",
        ),
        (b"<workbook", "the workbook cannot be opened"),
    ):
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in parts.items():
                archive.writestr(name, content if name == "xl/workbook.xml" else data)
        with pytest.raises(ReadError) as caught:
            read(path)
        assert caught.value.cause.startswith(f"the file is damaged: {cause}")
