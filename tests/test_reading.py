"""extract.reading: what a file is comes from its bytes; whatever cannot be read is refused in one clear sentence."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from extract import package, source_file
from extract.model import Line, Paragraph, ReadError, Table, TextCell
from extract.reading import format_of, read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/>'
    "</Relationships>"
)


def zipped(path: Path, **parts: str | bytes) -> Path:
    """A zip at `path`; a double underscore in a keyword stands for a slash, a single one for a dot."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return path


def saved(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def failure(path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        format_of(path)
    return str(caught.value)


def test_the_suffix_is_not_believed(tmp_path: Path) -> None:
    assert format_of(saved(tmp_path / "a.docx", b"%PDF-1.7\n")) == "pdf"
    assert format_of(saved(tmp_path / "b.txt", b"\n\n junk before %PDF-1.4")) == "pdf"
    assert format_of(saved(tmp_path / "c.pdf", b"Ref\tAction\n1.1\tAct")) == "text"
    assert format_of(saved(tmp_path / "d.doc", "Ref\tAction".encode("utf-16"))) == "text"
    assert format_of(saved(tmp_path / "p.doc", b"\x89PNG\r\n\x1a\n\0\0")) == "picture"
    assert format_of(saved(tmp_path / "q", b"\xff\xd8\xff\xe0")) == "picture"
    assert format_of(saved(tmp_path / "r.jpg", b"II*\0\0")) == "picture"
    assert format_of(zipped(tmp_path / "e.zip", word__document_xml="<x/>")) == "word"
    assert format_of(zipped(tmp_path / "f.docx", xl__workbook_xml="<x/>")) == "workbook"
    moved = tmp_path / "g.docx"
    with zipfile.ZipFile(moved, "w") as archive:
        archive.writestr("_rels/.rels", RELATIONS.format("/word/document2.xml"))
        archive.writestr("word/document2.xml", "<x/>")
    assert format_of(moved) == "word"


SAVE = "Save it as PDF or Word (.docx)"
PICTURE = "Save it as PNG, JPEG, TIFF or PDF, which is then read as a scan"
UNPACK = "Unpack it and read the files in it"
REFUSED: list[tuple[bytes, str, str]] = [
    (OLE + "WordDocument".encode("utf-16-le"), "an old Word document (.doc)", "Open it in Word and save it as .docx"),
    (OLE + "Workbook".encode("utf-16-le"), "an old Excel workbook (.xls)", "Open it in Excel and save it as .xlsx"),
    (
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "a Word file or workbook locked with a password",
        "Unlock it and save it without a password",
    ),
    (OLE, "a file of an old Office program", SAVE),
    (b"{\\rtf1\\ansi", "a rich text file (RTF)", "Open it in Word and save it as .docx"),
    (b"\x1f\x8b\x08", "an archive", UNPACK),
    (b"\xef\xbb\xbf\n<!DOCTYPE html><p>", "a web page (HTML)", "Print it to PDF from a browser"),
    (b"<HTML>", "a web page (HTML)", "Print it to PDF from a browser"),
    (b"<?xml version='1.0'?><office/>", "an XML file", SAVE),
    (b"MIME-Version: 1.0\r\n", "a saved web page or mail (MIME)", SAVE),
    (b"\0\1\2\3\4\5\6\7", "in no format that this program knows", SAVE),
]


@pytest.mark.parametrize("content, what, hint", REFUSED, ids=[case[1] for case in REFUSED])
def test_other_formats_are_named(tmp_path: Path, content: bytes, what: str, hint: str) -> None:
    path = saved(tmp_path / "plan.docx", content)
    assert failure(path) == f"Cannot read {str(path)!r}: it is {what}. {hint}"


ZIPS = [
    ({"ppt__presentation_xml": ""}, "a PowerPoint presentation", SAVE),
    ({"xl__workbook_bin": ""}, "a binary Excel workbook (.xlsb)", SAVE),
    ({"mimetype": "application/vnd.oasis.opendocument.text"}, "an OpenDocument text (.odt)", SAVE),
    ({"mimetype": "application/epub+zip\n"}, "an EPUB book", SAVE),
    ({"plan_pdf": b"%PDF-"}, "a zip archive that holds no Word document", UNPACK),
]


@pytest.mark.parametrize("parts, what, hint", ZIPS, ids=[case[1] for case in ZIPS])
def test_other_zips_are_named(tmp_path: Path, parts: dict[str, str | bytes], what: str, hint: str) -> None:
    path = zipped(tmp_path / "plan.docx", **parts)
    assert failure(path) == f"Cannot read {str(path)!r}: it is {what}. {hint}"


def test_missing_folder_empty(tmp_path: Path) -> None:
    gone, empty = tmp_path / "gone.pdf", saved(tmp_path / "empty.pdf", b"")
    assert failure(gone) == f"Cannot read {str(gone)!r}: there is no such file. Check the name and the folder"
    assert failure(tmp_path) == (
        f"Cannot read {str(tmp_path)!r}: it is a folder. "
        "Name the files in it, or give the folder to `actionplan extract`"
    )
    assert failure(empty) == (
        f"Cannot read {str(empty)!r}: the file is empty. Fetch or save it again: a download may have been cut off"
    )


def test_odd_files(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert failure(pipe) == f"Cannot read {str(pipe)!r}: it is not an ordinary file. Copy it to a file on disk"
    assert "there is no such file" in failure(Path("plan\0.pdf"))
    assert "the system refused it (file name too long)" in failure(tmp_path / ("x" * 300))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="an administrator may read everything")
def test_permissions(tmp_path: Path) -> None:
    path = saved(tmp_path / "plan.txt", b"text")
    path.chmod(0)
    assert failure(path) == (
        f"Cannot read {str(path)!r}: the system refused it (permission denied). Check the file's permissions and name"
    )


def test_a_refusal_by_the_system_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = saved(tmp_path / "plan.txt", b"text")
    monkeypatch.setattr(Path, "open", refuse)
    assert failure(path) == (
        f"Cannot read {str(path)!r}: the system refused it (permission denied). Check the file's permissions and name"
    )


def test_size_limit(tmp_path: Path) -> None:
    path = saved(tmp_path / "plan.txt", b"text")
    assert source_file.checked(path, limit=4) == path
    with pytest.raises(ReadError) as caught:
        source_file.checked(path, limit=3)
    assert str(caught.value) == (
        f"Cannot read {str(path)!r}: it has 4 bytes, and the limit is 3. "
        "Save the plan alone, without pictures, or split it"
    )


@pytest.mark.parametrize(("columns", "refused"), [(1_000, False), (1_001, True)])
def test_a_table_that_is_too_wide_is_no_plan(tmp_path: Path, columns: int, refused: bool) -> None:
    path = saved(tmp_path / "plan.txt", b"Ref\tAction" + b"\t" * (columns - 3) + b"\tx\n1\tAct\n")
    if not refused:
        assert [block.columns for block in read(path).blocks if isinstance(block, Table)] == [columns]
        return
    with pytest.raises(ReadError) as caught:
        read(path)
    assert str(caught.value) == (
        f"Cannot read {str(path)!r}: a table in it has 1,001 columns, and the limit is 1,000. "
        "Clear what stands far to the right of the plan"
    )


GENUINE = "If the file is genuine, save the plan alone, without pictures"
REPAIR = "Fetch it again; if that does not help, open it in Word or Excel, let it repair the file, and save it anew"


def test_zip_bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped(tmp_path / "bomb.docx", word__document_xml=bytes(9 * 1024 * 1024))
    assert failure(bomb) == (
        f"Cannot read {str(bomb)!r}: its part 'word/document.xml' unpacks to over 300 times its size. {GENUINE}"
    )
    plain = zipped(tmp_path / "plain.docx", word__document_xml="<x/>", b="b")
    monkeypatch.setattr(package, "MAX_ENTRIES", 1)
    assert failure(plain) == f"Cannot read {str(plain)!r}: it holds 2 entries, and the limit is 1. {GENUINE}"
    monkeypatch.setattr(package, "MAX_ENTRIES", 2)
    assert format_of(plain) == "word"
    monkeypatch.setattr(package, "MAX_UNPACKED_BYTES", 4)
    assert failure(plain) == f"Cannot read {str(plain)!r}: it unpacks to 5 bytes, and the limit is 4. {GENUINE}"


def test_broken_zips(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "whole.docx", word__document_xml="<x/>" * 99).read_bytes()
    cut = saved(tmp_path / "cut.docx", whole[:60])
    assert failure(cut) == (
        f"Cannot read {str(cut)!r}: the file is damaged: its zip directory cannot be read "
        f"(File is not a zip file). {REPAIR}"
    )
    flipped = bytearray(whole)
    flipped[50] ^= 0xFF
    with package.opened(saved(tmp_path / "flipped.docx", bytes(flipped))) as opened, pytest.raises(ReadError) as caught:
        opened.read("word/document.xml")
    assert "the file is damaged: its part 'word/document.xml' cannot be unpacked" in str(caught.value)


HOSTILE = [
    (
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        "its part 'x.xml' declares entities or a DTD, which Office never writes",
    ),
    (
        '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'.encode("utf-16"),
        "its part 'x.xml' declares entities or a DTD, which Office never writes",
    ),
    ("<x><y></x>", "its part 'x.xml' is not well-formed XML"),
    ("", "its part 'x.xml' is not well-formed XML"),
    ("<x>" * 300 + "</x>" * 300, "its part 'x.xml' is not well-formed XML"),
]


@pytest.mark.parametrize("content, cause", HOSTILE)
def test_hostile_xml_is_refused(tmp_path: Path, content: str | bytes, cause: str) -> None:
    with package.opened(zipped(tmp_path / "x.docx", x_xml=content)) as opened, pytest.raises(ReadError) as caught:
        opened.xml("x.xml")
    assert caught.value.cause.startswith(f"the file is damaged: {cause}")


def test_a_part_is_unpacked_up_to_its_limit(tmp_path: Path) -> None:
    with package.opened(zipped(tmp_path / "x.docx", x_xml="four")) as opened:
        assert opened.read("x.xml", limit=4) == b"four"
        with pytest.raises(ReadError) as caught:
            opened.read("x.xml", limit=3)
        with pytest.raises(ReadError) as missing:
            opened.read("y.xml")
    assert caught.value.cause == "its part 'x.xml' unpacks to more than 3 bytes"
    assert missing.value.cause == "the file is damaged: its part 'y.xml' is missing"


def test_read(tmp_path: Path) -> None:
    path = saved(tmp_path / "plan.pdf", b"Our plan")
    assert read(path).blocks == (Paragraph((Line(0, "Our plan", TextCell(1, 1)),)),)
    with pytest.raises(ReadError) as caught:
        read(path, pages=(1, 2))
    assert str(caught.value) == (
        f"Cannot read some pages of {str(path)!r}: a Word file, workbook or text has no fixed pages. "
        "Leave the pages out, or save it as PDF first"
    )
