"""extract.word, tables: merges, nesting, headers and fills; the shared plans cell by cell."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from word_files import document, p, shapes, tbl, tc, tr

from extract.model import Remark, Table, TableCell
from extract.reading import read

SHARED = Path(__file__).parents[2] / "shared"

SPAN2, DOWN, MORE = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
TABLES: list[tuple[str, str, list[object]]] = [
    (
        "a banner",
        tbl(tr(tc("All", properties=SPAN2)), tr("a", "b")),
        [[[(1, 2, 1, "All")], [(1, 1, 1, "a"), (2, 1, 1, "b")]]],
    ),
    (
        "merged down",
        tbl(
            tr(tc("A", properties=DOWN), "b"), tr(tc(properties=MORE), "c"), tr(tc(properties=MORE), "d"), tr("E", "f")
        ),
        [[[(1, 1, 3, "A"), (2, 1, 1, "b")], [(2, 1, 1, "c")], [(2, 1, 1, "d")], [(1, 1, 1, "E"), (2, 1, 1, "f")]]],
    ),
    (
        "text that a merge covers is kept",
        tbl(tr(tc("A", properties=DOWN), "b"), tr(tc("more", properties=MORE), "c")),
        [[[(1, 1, 2, "A\nmore"), (2, 1, 1, "b")], [(2, 1, 1, "c")]]],
    ),
    ("a merge without a beginning is a cell", tbl(tr(tc("A", properties=MORE), "b")), [[["A", "b"]]]),
    (
        "merged across in the old way",
        tbl(tr(tc("A", properties='<w:hMerge w:val="restart"/>'), tc("B", properties='<w:hMerge w:val="continue"/>'))),
        [[[(1, 2, 1, "A\nB")]]],
    ),
    (
        "a row that starts later",
        tbl(tr("a", "b"), tr("c", properties='<w:gridBefore w:val="1"/>')),
        [[["a", "b"], ["c"]]],
    ),
    (
        "content controls round a row and a cell",
        tbl(
            "<w:sdt><w:sdtContent>"
            + tr("a", f"<w:sdt><w:sdtContent>{tc('b')}</w:sdtContent></w:sdt>")
            + "</w:sdtContent></w:sdt>"
        ),
        [[["a", "b"]]],
    ),
    (
        "a list in a cell is its text",
        tbl(tr("a", tc("Steps:", tbl(tr("one"), tr("two"))))),
        [[["a", "Steps:\none\ntwo"]]],
    ),
    (
        "a table in a cell follows",
        tbl(tr("a", tc("See:", tbl(tr("c", "d"), tr("e", "f"))))) + p("End"),
        [[["a", "See:"]], [["c", "d"], ["e", "f"]], "End"],
    ),
    (
        "a frame is looked through",
        tbl(tr(tc("Title", tbl(tr("c", "d"), tr("e", "f")), "End"))),
        ["Title", [["c", "d"], ["e", "f"]], "End"],
    ),
    (
        "a text box in a cell follows the table",
        tbl(
            tr(
                tc(
                    p(
                        "a",
                        f"<w:r><w:pict><v:textbox><w:txbxContent>{p('Box')}</w:txbxContent></v:textbox></w:pict></w:r>",
                    )
                ),
                "b",
            )
        ),
        [[["a", "b"]], "Box"],
    ),
]


@pytest.mark.parametrize("body, blocks", [case[1:] for case in TABLES], ids=[case[0] for case in TABLES])
def test_tables(tmp_path: Path, body: str, blocks: list[object]) -> None:
    assert shapes(tmp_path, body) == blocks


def test_columns_headers_and_fills(tmp_path: Path) -> None:
    header = "<w:tblHeader/>"
    red, solid = '<w:shd w:val="clear" w:fill="FF0000"/>', '<w:shd w:val="solid" w:color="00b050" w:fill="auto"/>'
    auto = '<w:shd w:val="clear" w:color="auto" w:fill="auto"/>'
    rows = [
        tr("Ref", "RAG", properties=header),
        tr("", "", properties='<w:tblHeader w:val="1"/>'),
        tr("1", tc(properties=red), properties='<w:tblHeader w:val="false"/>'),
        tr("2", tc(properties=solid), properties=header),
        tr("3", tc(properties=auto)),
    ]
    (table,) = document(tmp_path, tbl(*rows, columns=3)).blocks
    assert isinstance(table, Table)
    assert (table.columns, [row.header for row in table.rows]) == (3, [True, True, False, False, False])
    assert [row.cells[1].fill for row in table.rows] == [None, None, "#ff0000", "#00b050", None]
    assert [cell.column for cell in table.rows[1].cells] == [1, 2]


def test_nested_tables_are_counted_and_told(tmp_path: Path) -> None:
    inner = tbl(tr("c", "d"), tr("e", "f"))
    read_back = document(tmp_path, tbl(tr("a", tc("See:", inner))) + tbl(tr("g", "h")))
    origins = [block.rows[0].cells[0].lines[0].origin for block in read_back.blocks if isinstance(block, Table)]
    assert origins == [TableCell(1, 1, 1), TableCell(2, 1, 1), TableCell(3, 1, 1)]
    message = "A table stands inside this cell; it is read as a table of its own after this one"
    assert read_back.remarks == (Remark("nested-table", "warning", message, TableCell(1, 1, 2)),)


def test_deep_nesting_is_read_or_refused(tmp_path: Path) -> None:
    body = p("deep")
    for _ in range(60):
        body = tbl(tr(tc(body), "x"))
    assert document(tmp_path, body).characters == 64


def gold_cells(path: Path) -> list[list[str]]:
    """Every action of a shared plan as its cells in the printed columns' order, white space squeezed."""
    plan = json.loads(path.read_text("utf-8"))
    fields = [column["field"] if isinstance(column, dict) else column[0] for column in plan["columns"]]
    rows = []
    for section in plan["sections"]:
        for group in section["groups"]:
            rows += [[group["title"]]] if group["title"] else []
            rows += [
                [squeezed(action.get(_GOLD.get(field, field), "")) for field in fields] for action in group["actions"]
            ]
    return rows


_GOLD = {"status": "status_cell", "rag": "status_cell"}


def squeezed(text: str | list[str]) -> str:
    return re.sub(r"\s+", " ", text if isinstance(text, str) else " ".join(text)).strip()


@pytest.mark.skipif(not SHARED.exists(), reason="the shared plans are not here")
@pytest.mark.parametrize("name", ["eastvale-send-2019", "thornley-ya-2016"])
def test_shared_plans_cell_by_cell(name: str) -> None:
    read_back = read(SHARED / "plans" / f"{name}.docx")
    tables = [block for block in read_back.blocks if isinstance(block, Table)]
    rows = [[squeezed(cell.text) for cell in row.cells] for table in tables for row in table.rows if not row.header]
    assert rows == gold_cells(SHARED / "bench" / "plans" / f"{name}.json")
    assert read_back.remarks == ()
