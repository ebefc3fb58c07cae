"""What SECURITY.md promises: each promise names its tests, and those that stand nowhere else are here."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from dumps import HEADER, TITLE, plan, row
from pdf_pages import drawn, print_at
from word_files import OFFICE, p, tbl, tr, word_file

from actionplan.command_line import main
from compare.comparing import compare
from export.diff.as_page import render
from export.plain_text import plain
from extract import reading
from extract.model import Document, ReadError
from extract.scan import pictures
from fuzz.pdfs import stream
from fuzz.pictures import png
from normalise.repairs import replay

ROOT = Path(__file__).parents[1]
SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")
DUMP = "\n".join(line.replace(" | ", "\t") for line in (*TITLE, HEADER, row("1.1"), row("1.2"))) + "\n"

#: While a test watches: what the process did that reaches beyond reading its input.
_seen: list[str] = []
_watching = False


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and (event.startswith(("socket.", "subprocess.", "os.exec", "os.system", "os.posix_spawn", "urllib"))):
        _seen.append(event)
    if _watching and event == "open" and "canary" in str(arguments[0]):
        _seen.append(f"open {arguments[0]}")


sys.addaudithook(_hook)


@pytest.fixture
def watched() -> Iterator[list[str]]:
    """What is opened under the name canary, and every socket and process, while a test runs."""
    global _watching
    _seen.clear()
    _watching = True
    yield _seen
    _watching = False


def texts(document: Document) -> str:
    return " ".join(line.text for line in document.lines())


# --- the promises and their tests ------------------------------------------------------------------------------------


def test_each_promise_names_tests_that_exist() -> None:
    promised = SECURITY.partition("## What is promised")[2].partition("\n## ")[0]
    promises = re.findall(r"^- \*\*.*?(?=^- |\Z)", promised, re.DOTALL | re.MULTILINE)
    assert len(promises) >= 12
    for promise in promises:
        named = re.findall(r"`(tests/test_\w+\.py)::(test_\w+)`", promise)
        assert named, promise
        for path, name in named:
            assert f"def {name}(" in (ROOT / path).read_text("utf-8"), f"{path}::{name}"


def test_the_watcher_sees(watched: list[str], tmp_path: Path) -> None:
    (tmp_path / "canary.txt").write_text("x")
    socket.socket().close()
    subprocess.run([sys.executable, "--version"], check=True, capture_output=True)
    assert {"socket.__new__", "subprocess.Popen", f"open {tmp_path / 'canary.txt'}"} <= set(watched)


# --- nothing is followed ---------------------------------------------------------------------------------------------


def test_a_word_file_reaches_nothing_outside_itself(tmp_path: Path, watched: list[str]) -> None:
    """External relations, altChunks, linked pictures, and parts that stand outside by their path."""
    outside = tmp_path / "canary.xml"
    path = word_file(
        tmp_path / "plan.docx",
        p("Recovery plan")
        + '<w:altChunk r:id="rId7"/>'
        + p('<w:r><w:drawing><a:blip r:link="rId8"/></w:drawing></w:r>')
        + tbl(tr("Ref", "Action", "Lead"), tr("1.1", "Act", "AL"))
        + '<w:sectPr><w:headerReference r:id="rId9"/><w:footerReference r:id="rId10"/></w:sectPr>',
    )
    with zipfile.ZipFile(path, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the second part of a name is the one that is read
        outer = f'Type="{OFFICE}header" TargetMode="External"'
        archive.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId7" Type="{OFFICE}aFChunk" Target="http://127.0.0.1:9/x" TargetMode="External"/>'
            f'<Relationship Id="rId8" Type="{OFFICE}image" Target="file://{outside}" TargetMode="External"/>'
            f'<Relationship Id="rId9" {outer} Target="file://{outside}"/>'
            f'<Relationship Id="rId10" Type="{OFFICE}footer" Target="../../../../../..{outside}"/></Relationships>',
        )
    watched.clear()
    assert texts(reading.read(path)) == "Recovery plan Ref Action Lead 1.1 Act AL"
    assert watched == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32", "utf-7", "cp037"])
@pytest.mark.parametrize("part", ["word/document.xml", "xl/workbook.xml"])
def test_an_entity_is_never_read(part: str, encoding: str, tmp_path: Path, watched: list[str]) -> None:
    """In whatever encoding it is hidden."""
    path, outside = tmp_path / "plan.docx", tmp_path / "canary.txt"
    outside.write_text("secret")
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a SYSTEM "file://{outside}">]><x>&a;</x>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, text.encode(encoding))
    watched.clear()
    with pytest.raises(ReadError):
        reading.read(path)
    assert watched == []


def test_a_workbook_reaches_nothing_outside_itself(tmp_path: Path, watched: list[str]) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Ref", "Action", '=HYPERLINK("http://127.0.0.1:9/","x")', "='[http://127.0.0.1:9/x.xlsx]A'!A1"])
    book.active["A1"].hyperlink = "http://127.0.0.1:9/"
    book.save(tmp_path / "plan.xlsx")
    watched.clear()
    assert texts(reading.read(tmp_path / "plan.xlsx")) == "Sheet Ref Action"
    assert watched == []


def test_a_pdf_runs_and_opens_nothing(tmp_path: Path, watched: list[str]) -> None:
    """Scripts, launches, links to send data to, and embedded files: none is run, opened or read."""
    path, outside = tmp_path / "plan.pdf", tmp_path / "canary.sh"
    outside.write_text("#!/bin/sh\ntouch ran\n")
    drawn(path, lambda canvas, page: print_at(canvas, "Recovery plan", 40, 60))
    actions = (
        f"<</S/Launch/F({outside})/Next<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/'\\))/Next"
        "<</S/SubmitForm/F(http://127.0.0.1:9/)>>>>>>"
    )
    names = "/Names<</EmbeddedFiles<</Names[(a) 90 0 R]>>/JavaScript<</Names[(a)<</S/JavaScript/JS(1)>>]>>>>"
    filespec = f"90 0 obj<</Type/Filespec/F({outside})/EF<</F 91 0 R>>>>endobj\n91 0 obj".encode()
    data = path.read_bytes().replace(b"/Type /Catalog", f"/Type /Catalog /OpenAction {actions} {names}".encode())
    assert data != path.read_bytes()
    path.write_bytes(data.replace(b"xref", filespec + stream(b"hidden words") + b"endobj\nxref", 1))
    watched.clear()
    assert texts(reading.read(path)) == "Recovery plan"
    assert (watched, sorted(one.name for one in tmp_path.iterdir())) == ([], ["canary.sh", "plan.pdf"])


# --- limits ----------------------------------------------------------------------------------------------------------


def test_a_picture_that_says_it_is_huge_is_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "plan.png"
    path.write_bytes(png(9000, 9000, 8, 2, b""))
    with pytest.raises(ReadError) as caught:
        pictures.count(path)
    assert caught.value.cause == "the picture is too large (9000 by 9000 pixels; the limit is 64,000,000 pixels)"


# --- names -----------------------------------------------------------------------------------------------------------

NAMES = (
    b"a\nb.txt",
    b"\x1b[31mred.txt",
    b"CON.txt",
    b"-rf.txt",
    b"bad\xff\xfe.txt",
    "\u202etxt.nalp.txt".encode(),
    b"$(touch ran);`touch ran`.txt",
    b"<b>&.txt",
    b"n" * 251 + b".txt",
    b"..txt.txt",
    "zero\u200bwidth.txt".encode(),
)


def test_a_name_is_only_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each plan has its folder below --out under its own name, whatever is in it; a terminal sees escapes."""
    folder = tmp_path / "in"
    folder.mkdir()
    written = []
    for name in NAMES:
        try:
            Path(os.fsdecode(bytes(folder) + b"/" + name)).write_text(DUMP, "utf-8")
            written.append(os.fsdecode(name))
        except OSError:  # a disk that takes no such name
            continue
    (folder / "dead.txt").symlink_to("nowhere.txt")
    (folder / "round").symlink_to(folder, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    assert main(["extract", "in", "--jobs", "1"]) == 1
    said = capfd.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]
    made = sorted(one.name for one in (tmp_path / "out").iterdir() if one.is_dir())
    assert made == sorted(name for name in written if not name.startswith("."))
    for name in made:
        read = json.loads((tmp_path / "out" / name / "plan.json").read_text("utf-8"))
        assert len(read["actions"]) == 2
    assert "dead.txt': there is no such file" in said
    assert all(plain(line) == line for line in said.splitlines())
    assert not any(line.startswith("b.txt") for line in said.splitlines())


@pytest.mark.parametrize("word", ["", "x" * 5000])
def test_a_word_that_can_be_no_path_is_wrong_usage(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty one is not the folder that the command is in."""
    assert main(["extract", word]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == "actionplan extract: error: argument PATH: " + (
        f"{'x' * 40!r}… is longer than a path can be"
        if word
        else "a path is empty. Name a file or a folder ('.' for this one)"
    )


# --- letters ---------------------------------------------------------------------------------------------------------


def test_hidden_and_turned_letters_stay_as_printed_and_deceive_nobody() -> None:
    """The cell keeps them, its text is without them, and the repairs say so; a page never obeys one."""
    hidden = "Pay\u202e000,01£\u202c now\u200b"
    old, new = plan(HEADER, row("1.1", action="Pay later")), plan(HEADER, row("1.1", action=hidden))
    record = dict(new.actions[0].cells)["action"]
    assert (record.raw, new.actions[0].action) == (hidden, "Pay000,01£ now")
    assert replay(record.raw, record.repairs) == "Pay000,01£ now"
    assert {one for one in render(compare(old, new)) if one in hidden and not one.isprintable()} == set()


def test_headers_in_look_alike_letters_are_read_and_said_as_printed() -> None:
    cyrillic = "Nо | Whаt we will dо | Stаrt | By whеn | Lеаd | Budget | How we will know | Difference made | Progress"
    made = plan(cyrillic, row("1.1"), row("1.2"))
    assert [action.ref for action in made.actions] == ["1.1", "1.2"]
    assert [column.field for column in made.columns][:5] == ["ref", "action", "start", "end", "lead"]
    assert made.columns[1].header == "Whаt we will dо"
