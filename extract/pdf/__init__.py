"""PDF -> Document: the characters and rules that an engine gives, as paragraphs, tables, cells and lines."""

from __future__ import annotations

import hashlib
from pathlib import Path

from extract.model import Block, Document, PageBox, PagesError, ReadError, Remark, Source
from extract.pdf.content import Engine, PageContent
from extract.pdf.page import Reader

MEDIA_TYPE = "application/pdf"
MAX_BYTES = 500_000_000


def read_pdf(path: Path, pages: tuple[int, int] | None = None, engine: Engine | None = None) -> Document:
    """What a PDF prints, page by page, and where.

    `pages`: only from this page to that one (from 1, both included). `engine`: who reads the characters (default:
    pdfium). Raises ReadError for a file that is damaged, encrypted, empty, too large, or a picture without text.
    """
    if engine is None:
        from extract.pdf import pdfium

        engine = pdfium
    data = _bytes(path)
    total = engine.count(data, path.name)
    if pages and not 1 <= pages[0] <= pages[1] <= total:
        cause = f"it has {total} page{'s' * (total != 1)}"
        raise PagesError(f"Cannot read pages {pages[0]} to {pages[1]} of {path.name}", cause, "Ask for pages that it has")
    reader = Reader()
    blocks: list[Block] = []
    remarks: list[Remark] = []
    for content in engine.pages(data, path.name, pages):
        before = reader.characters
        blocks.extend(reader.blocks(content))
        remarks.extend(_remarks(content, reader.characters - before))
    if not reader.characters:
        raise ReadError(
            f"Cannot read {path.name}",
            "its pages hold pictures and no characters: it is a scan, and no OCR engine is installed"
            if remarks
            else "its pages hold no characters",
            "Install the OCR extra, or ask for the document that was scanned" if remarks else "Open it in a viewer",
        )
    source = Source(path.name, hashlib.sha256(data).hexdigest(), MEDIA_TYPE, total)
    return Document(source, tuple(blocks), reader.characters, ((engine.NAME, engine.version()),), tuple(remarks))


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ReadError(f"Cannot read {path.name}", f"it has {size} bytes, more than {MAX_BYTES}", "Split it")
        return path.read_bytes()
    except OSError as error:
        raise ReadError(f"Cannot read {path.name}", error.strerror or str(error), "Check the path") from error


def _remarks(content: PageContent, characters: int) -> list[Remark]:
    whole = PageBox(content.number, (0.0, 0.0, round(content.width, 1), round(content.height, 1)))
    found = []
    if content.images and not characters:
        message = f"Page {content.number} holds a picture and no characters: what it shows was not read"
        found.append(Remark("page-without-text", "error", message, whole))
    if content.unread:
        message = f"Page {content.number} has {content.unread} notes or form fields; their text was not read"
        found.append(Remark("notes-not-read", "warning", message, whole))
    return found
