"""PDF -> Document: the characters and rules that an engine gives, as paragraphs, tables, cells and lines."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from extract.limits import USUAL, ReadLimits
from extract.model import Block, Document, PageBox, PagesError, ReadError, Remark, Source
from extract.pdf.content import MAX_PAGES, Engine, PageContent
from extract.pdf.page import Reader
from extract.pdf.second_reader import second_reader_version, second_reading
from extract.scan.installed import not_installed, ocr_installed

#: Told after each page: how many are done, and of how many.
Progress = Callable[[int, int], None]

MEDIA_TYPE = "application/pdf"
MAX_BYTES = 500_000_000


def read_pdf(
    path: Path,
    pages: tuple[int, int] | None = None,
    engine: Engine | None = None,
    progress: Progress | None = None,
    limits: ReadLimits = USUAL,
) -> Document:
    """What a PDF prints, page by page, and where; what its pictures of pages say is read by OCR.

    `pages`: only from this page to that one (from 1, both included). `engine`: who reads the characters (default:
    pdfium). `progress` is told after each page how many are done, and of how many. Raises ReadError for a file that is
    damaged, encrypted, empty, too large, beyond the `limits`, or shows no text.
    """
    from extract.scan.in_pdf import ocr_versions, read_by_ocr, with_pictures_read  # it stands on this package

    if engine is None:
        from extract.pdf import pdfium

        engine = pdfium
    data = _bytes(path)
    total = engine.count(data, path.name)
    if pages and not 1 <= pages[0] <= pages[1] <= total:
        cause = f"it has {total} page{'s' * (total != 1)}"
        what = f"Cannot read pages {pages[0]} to {pages[1]} of {path.name}"
        raise PagesError(what, cause, "Ask for pages that it has")
    first, last = pages or (1, total)
    limits.check_pages(path.name, last - first + 1, MAX_PAGES)
    reader = Reader()
    blocks: list[Block] = []
    remarks: list[Remark] = []
    engines = [(engine.NAME, engine.version())]
    contents = with_pictures_read(engine.pages(data, path.name, pages), data, path.name, limits.threads)
    for content, after in _with_next(contents):
        before = reader.characters
        blocks.extend(reader.blocks(content, after))
        remarks.extend(_remarks(content, reader.characters - before))
        if read_by_ocr(content):
            engines[1:] = ocr_versions()
        if progress:
            progress(content.number - first + 1, last - first + 1)
    if not reader.characters:
        raise _nothing_read(path.name, pictured=bool(remarks))
    remarks.extend(reader.remarks)
    if reader.weak:
        remarks.extend(second_reading(path, reader.weak))
        engines.append(second_reader_version())
    source = Source(path.name, hashlib.sha256(data).hexdigest(), MEDIA_TYPE, total)
    calls = tuple(sorted(reader.close_calls))
    return Document(source, tuple(blocks), reader.characters, tuple(engines), tuple(remarks), calls)


def _nothing_read(name: str, pictured: bool) -> ReadError:
    what = f"Cannot read {name}"
    if not pictured:
        return ReadError(what, "its pages hold no characters", "Open it in a viewer")
    if not ocr_installed():
        return not_installed(name)
    return ReadError(what, "its pages hold pictures, and OCR found no text in them", "Open it in a viewer")


def _with_next(pages: Iterable[PageContent]) -> Iterator[tuple[PageContent, PageContent | None]]:
    """Each page with the one after it: what a table that begins at a page's end is known by."""
    held: PageContent | None = None
    for content in pages:
        if held is not None:
            yield held, content
        held = content
    if held is not None:
        yield held, None


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
        if ocr_installed():
            message = f"Page {content.number} holds a picture in which OCR found no text"
            found.append(Remark("page-without-text", "info", message, whole))
        else:
            message = f"Page {content.number} holds a picture, and no OCR engine is installed: it was not read"
            found.append(Remark("page-without-text", "error", message, whole))
    if content.unread:
        message = f"Page {content.number} has {content.unread} notes or form fields; their text was not read"
        found.append(Remark("notes-not-read", "warning", message, whole))
    return found
