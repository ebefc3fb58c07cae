"""`actionplan tables`: what it prints of a list of schools over pages, and what it says."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from ruled_pages import ruled_pdf
from word_files import p, tbl, tc, tr, word_file

from actionplan.command_line import main
from export.stitched_tables import tables_csv, tables_json
from extract.model import Remark, Source
from normalise.stitched import StitchedRow, StitchedTable

SHARED = Path(__file__).parents[2] / "shared"

HEADER = ["School", "Head", "Places", "Note"]
WIDTHS = (160, 160, 80, 200)
PAGES = [
    [
        HEADER,
        ["Ashmere Primary", "Dora Pell", "210", "=Opened 2011"],
        ["Brackley Junior", "Ray Toft", "180", "Two sites"],
        ["Coldwell Infant", "May Hay", "95", "Moves to the old mill once"],
    ],
    [HEADER, ["", "", "", "the roof is mended"], ["Dunmore High", "Ida Rook", "1,150", "-"]],
    [HEADER, ["Elmsett", "Jo Lark", "60", ""]],
]
CSV = (
    "School,Head,Places,Note\r\n"
    "Ashmere Primary,Dora Pell,210,'=Opened 2011\r\n"
    "Brackley Junior,Ray Toft,180,Two sites\r\n"
    "Coldwell Infant,May Hay,95,Moves to the old mill once the roof is mended\r\n"
    'Dunmore High,Ida Rook,"1,150",\'-\r\n'
    "Elmsett,Jo Lark,60,\r\n"
)
SAID = "schools.pdf: table 1: 6 rows of 4 columns, pages 1 to 3, 1 joined over a page break\n"


@pytest.fixture
def schools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with the list as a PDF of three pages."""
    monkeypatch.chdir(tmp_path)
    return ruled_pdf(Path("schools.pdf"), PAGES, WIDTHS, "Schools of Marlstone")


def test_csv(schools: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables", "schools.pdf"]) == 0
    assert capsys.readouterr() == (CSV, SAID)
    assert main(["tables", "schools.pdf", "--format", "csv", "--exact-csv", "--table", "1"]) == 0
    assert capsys.readouterr() == (CSV.replace("'", ""), SAID)


def test_json(schools: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables", "schools.pdf", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {**data["source"], "sha256": ""} == {
        "file": "schools.pdf",
        "sha256": "",
        "media_type": "application/pdf",
        "pages": 3,
    }
    assert data["remarks"] == []
    (table,) = data["tables"]
    assert [table[key] for key in ("table", "pages", "columns", "header")] == [1, [1, 2, 3], 4, 1]
    assert table["rows"][1] == {"pages": [1], "cells": ["Ashmere Primary", "Dora Pell", "210", "=Opened 2011"]}
    assert table["rows"][3] == {
        "pages": [1, 2],
        "cells": ["Coldwell Infant", "May Hay", "95", "Moves to the old mill once the roof is mended"],
    }
    assert [row["pages"] for row in table["rows"]] == [[1], [1], [1], [1, 2], [2], [3]]


def test_some_pages(schools: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables", "schools.pdf", "--pages", "3"]) == 0
    assert capsys.readouterr() == (
        "School,Head,Places,Note\r\nElmsett,Jo Lark,60,\r\n",
        "schools.pdf: table 1: 2 rows of 4 columns, page 3\n",
    )


def test_tables_of_a_word_file_are_parted_by_a_blank_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    wide = '<w:gridSpan w:val="2"/>'
    first = tbl(tr(tc("Key", properties=wide)), tr("G", "On “track”"))
    word_file(Path("key.docx"), first + p("And the other:") + tbl(tr("One cell")))
    assert main(["tables", "key.docx"]) == 0
    assert capsys.readouterr() == (
        "Key,\r\nG,On “track”\r\n\r\nOne cell\r\n",
        "key.docx: table 1: 2 rows of 2 columns\nkey.docx: table 2: 1 row of 1 column\n",
    )
    assert main(["tables", "key.docx", "--table", "2"]) == 0
    assert capsys.readouterr() == ("One cell\r\n", "key.docx: table 2: 1 row of 1 column\n")


def test_what_a_reader_remarks_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("dump.txt").write_bytes(b"Ref\tAction\n1\tCaf\xe9 opens")
    assert main(["tables", "dump.txt", "--format", "json"]) == 0
    told = capsys.readouterr()
    (remark,) = json.loads(told.out)["remarks"]
    assert (remark["code"], remark["severity"]) == ("encoding", "warning")
    assert told.err == f"dump.txt: warning: {remark['message']}\ndump.txt: table 1: 2 rows of 2 columns\n"


ERRORS = [
    (
        ["prose.txt"],
        1,
        "No table found in 'prose.txt': 2 paragraphs were read, and nothing in rows and columns. In a text, "
        "tabs part the columns; from a picture of a table, make a scan as PDF",
    ),
    (
        ["line.txt"],
        1,
        "No table found in 'line.txt': 1 paragraph was read, and nothing in rows and columns. In a text, "
        "tabs part the columns; from a picture of a table, make a scan as PDF",
    ),
    (["gone.pdf"], 1, "Cannot read 'gone.pdf': there is no such file. Check the name and the folder"),
    (
        ["schools.pdf", "--table", "2"],
        2,
        "Cannot print table 2 of 'schools.pdf': it has 1 table. Name one that it has, from 1",
    ),
    (
        ["schools.pdf", "--table", "0"],
        2,
        "Cannot print table 0 of 'schools.pdf': it has 1 table. Name one that it has, from 1",
    ),
    (
        ["schools.pdf", "--pages", "3-4"],
        2,
        "Cannot read pages 3 to 4 of schools.pdf: it has 3 pages. Ask for pages that it has",
    ),
]


@pytest.mark.parametrize("words, code, message", ERRORS)
def test_errors(schools: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int, message: str) -> None:
    Path("prose.txt").write_text("One line.\n\nAnother.\n")
    Path("line.txt").write_text("One line.\n")
    assert main(["tables", *words]) == code
    assert capsys.readouterr() == ("", f"actionplan: {message}.\n")


def test_a_format_that_is_none(schools: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables", "schools.pdf", "--format", "html"]) == 2
    assert "invalid choice: 'html'" in capsys.readouterr().err


def test_rendering_alone() -> None:
    table = StitchedTable((StitchedRow(("",)), StitchedRow(("@a\nb",), (2,))), 1, 1)
    assert tables_csv([(1, table), (2, table)]) == '""\r\n"\'@a\nb"\r\n\r\n""\r\n"\'@a\nb"\r\n'
    assert tables_csv([]) == ""
    source = Source("a.pdf", "0" * 64, "application/pdf", 2)
    remark = Remark("notes-not-read", "warning", "A note.")
    assert json.loads(tables_json(source, [remark], [(3, table)])) == {
        "source": {"file": "a.pdf", "sha256": "0" * 64, "media_type": "application/pdf", "pages": 2},
        "remarks": [{"code": "notes-not-read", "severity": "warning", "message": "A note."}],
        "tables": [
            {
                "table": 3,
                "pages": [2],
                "columns": 1,
                "header": 1,
                "rows": [{"pages": [], "cells": [""]}, {"pages": [2], "cells": ["@a\nb"]}],
            }
        ],
    }


@pytest.mark.skipif(not (SHARED / "real").is_dir(), reason="the real documents are not here")
def test_a_real_list_against_its_published_csv(capsys: pytest.CaptureFixture[str]) -> None:
    """44 contracts over five pages; the published file is of page 1, and writes `Black &White` for `Black & White`."""
    assert main(["tables", str(SHARED / "real" / "contract-awards.pdf"), "--exact-csv"]) == 0
    rows = [[bare(cell) for cell in row] for row in csv.reader(io.StringIO(capsys.readouterr().out))]
    assert [row[0] for row in rows] == ["SerialNo.", *map(str, range(1, 45))]
    text = (SHARED / "real" / "contract-awards.csv").read_text("utf-8")
    published = [[bare(cell) for cell in row] for row in csv.reader(io.StringIO(text))]
    assert rows[: len(published)] == published


def bare(text: str) -> str:
    """The text without white space: the published cells break their lines where the page does."""
    return "".join(text.split())
