"""One door for every format: a file is read by what it holds, never by what its name ends in."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from extract.limits import USUAL, ReadLimits
from extract.model import Document, PagesError, ReadError, Table
from extract.source_file import bytes_of, checked, head_of
from extract.text_dump import looks_like_text

Format = Literal["pdf", "word", "workbook", "text", "picture"]
#: Told after each page that is read: how many are done, and of how many.
Progress = Callable[[int, int], None]

#: A table of more columns is no plan: a stray cell far to the right, or a file made to explode.
MAX_COLUMNS = 1_000
_HEAD_BYTES = 8192
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = "Save it as PDF or Word (.docx)"
_UNPACK = "Unpack it and read the files in it"

#: What a part of a zip says about it: the first name that is there decides.
_ZIP_READ: tuple[tuple[str, Format], ...] = (("word/document.xml", "word"), ("xl/workbook.xml", "workbook"))
_ZIP_REFUSED = (
    ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("Index/Document.iwa", "an Apple Pages, Numbers or Keynote document"),
    ("Index.zip", "an Apple Pages, Numbers or Keynote document"),
)
_ZIP_MIMETYPES = (
    (b"application/vnd.oasis.opendocument.text", "an OpenDocument text (.odt)"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"application/epub+zip", "an EPUB book"),
)

#: Streams of the old Office container, told by their names in its directory.
_OLE_STREAMS = (
    ("EncryptedPackage", "a Word file or workbook locked with a password", "Unlock it and save it without a password"),
    ("WordDocument", "an old Word document (.doc)", "Open it in Word and save it as .docx"),
    ("Workbook", "an old Excel workbook (.xls)", "Open it in Excel and save it as .xlsx"),
    ("PowerPoint Document", "an old PowerPoint presentation (.ppt)", _SAVE),
    ("__properties_version1.0", "an Outlook message (.msg)", "Save its attachment and read that"),
)

_PICTURE = "Save it as PNG, JPEG, TIFF or PDF, which is then read as a scan"
_READ_PICTURES = rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|II\*\0|MM\0\*"  # PNG, JPEG, TIFF
_MAGIC = (
    (rb"GIF8", "a GIF picture", _PICTURE),
    (rb"BM.{4}\0\0\0\0", "a BMP picture", _PICTURE),
    (rb"RIFF.{4}WEBP", "a WebP picture", _PICTURE),
    (rb".{4}ftyp(?:heic|heix|mif1|avif)", "a HEIC or AVIF picture", _PICTURE),
    (rb"\{\\rtf", "a rich text file (RTF)", "Open it in Word and save it as .docx"),
    (rb"%!PS", "a PostScript file", "Save it as PDF"),
    (rb"\x1f\x8b|BZh|\xfd7zXZ|7z\xbc\xaf\x27\x1c|Rar!|\x28\xb5\x2f\xfd", "an archive", _UNPACK),
)
_MARKUP = (
    (rb"<!doctype html|<html|<head|<body|<table|<div|<p[ >]", "a web page (HTML)", "Print it to PDF from a browser"),
    (rb"mime-version:|received:|return-path:", "a saved web page or mail (MIME)", _SAVE),
    (rb"<\?xml|<[a-z:]+ xmlns", "an XML file", _SAVE),
)


def read(
    path: Path,
    pages: tuple[int, int] | None = None,
    progress: Progress | None = None,
    limits: ReadLimits = USUAL,
) -> Document:
    """Read any supported file into a Document: a PDF, a picture, a Word file, a workbook or a tab-separated text.

    `pages` limits a PDF or picture to the pages from the one to the other (from 1, both included); `progress` is told
    of each of its pages that is done; `limits`: how many of them, and how large, are read at most. Raises ReadError,
    which says what is wrong and what to try; its kind is PagesError where the file has no such pages.
    """
    found = format_of(path)
    if found == "pdf":
        from extract.pdf import read_pdf

        return read_pdf(path, pages, progress=progress, limits=limits)
    if found == "picture":
        from extract.scan import read_picture_file

        return read_picture_file(path, pages, progress, limits)
    if pages is not None:
        cause = "a Word file, workbook or text has no fixed pages"
        raise PagesError(
            f"Cannot read some pages of {str(path)!r}", cause, "Leave the pages out, or save it as PDF first"
        )
    if found == "word":
        from extract.word import read_word as read_whole
    elif found == "workbook":
        from extract.workbook import read_workbook as read_whole
    else:
        from extract.text_dump import read_text as read_whole
    return _of_some_width(read_whole(path), path)


def _of_some_width(document: Document, path: Path) -> Document:
    """The document, if its tables are as wide as people make them; of a page's lines (a chart's) that says nothing."""
    widest = max((block.columns for block in document.blocks if isinstance(block, Table)), default=0)
    if widest > MAX_COLUMNS:
        cause = f"a table in it has {widest:,} columns, and the limit is {MAX_COLUMNS:,}"
        raise ReadError(f"Cannot read {str(path)!r}", cause, "Clear what stands far to the right of the plan")
    return document


def format_of(path: Path) -> Format:
    """Which of the formats the file is in; ReadError for any other, naming it where it is known."""
    head = head_of(checked(path), _HEAD_BYTES)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK"):
        return _format_of_zip(path)
    if head.startswith(_OLE):
        raise _ole(path)
    if re.match(_READ_PICTURES, head, re.DOTALL):
        return "picture"
    for pattern, name, hint in _MAGIC:
        if re.match(pattern, head, re.DOTALL):
            raise _wrong(path, name, hint)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for pattern, name, hint in _MARKUP:
        if re.match(pattern, text, re.IGNORECASE):
            raise _wrong(path, name, hint)
    if not looks_like_text(head):
        raise _wrong(path, "in no format that this program knows", _SAVE)
    return "text"


def _format_of_zip(path: Path) -> Format:
    from extract.package import opened

    with opened(path) as package:
        names = package.names
        for part, found in _ZIP_READ:
            if part in names:
                return found
        for part, name in _ZIP_REFUSED:
            if part in names:
                raise _wrong(path, name, _SAVE)
        main = [relation.target for relation in package.relations("").values() if relation.kind == "officeDocument"]
        if any(target.startswith("word/") for target in main):
            return "word"
        mimetype = package.read("mimetype", 100_000) if "mimetype" in names else b""
    for prefix, name in _ZIP_MIMETYPES:
        if mimetype.strip().startswith(prefix):
            raise _wrong(path, name, _SAVE)
    raise _wrong(path, "a zip archive that holds no Word document", _UNPACK)


def _ole(path: Path) -> ReadError:
    data = bytes_of(path)
    for stream, name, hint in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return _wrong(path, name, hint)
    return _wrong(path, "a file of an old Office program", _SAVE)


def _wrong(path: Path, name: str, hint: str) -> ReadError:
    return ReadError(f"Cannot read {str(path)!r}", f"it is {name}", hint)
