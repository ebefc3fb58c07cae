"""Scan -> Document: pictures of pages, put straight and read by OCR, then the same road as a PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from extract.limits import USUAL, ReadLimits
from extract.model import Block, Cell, Document, Line, Origin, PageBox, Paragraph, ReadError, Remark
from extract.pdf.content import PageContent
from extract.scan.installed import not_installed, ocr_installed
from extract.source_file import source_of


def read_picture_file(
    path: Path,
    pages: tuple[int, int] | None = None,
    progress: Callable[[int, int], None] | None = None,
    limits: ReadLimits = USUAL,
) -> Document:
    """What a PNG, JPEG or TIFF file shows, page by page; boxes are in the file's own pixels of the upright page.

    `pages`: only from this page to that one (from 1, both included). `progress` is told after each page how many are
    done, and of how many. Raises ReadError for a file that is damaged, beyond the `limits`, or shows no text, and where
    the OCR engine is not installed.
    """
    if not ocr_installed():
        raise not_installed(path.name)
    from extract.pdf.page import Reader
    from extract.scan.at_once import Work, in_order
    from extract.scan.page import read_picture
    from extract.scan.pictures import Picture, count, media_type, pictures
    from extract.scan.rapid import load, versions

    total = count(path, limits)
    source = source_of(path, media_type(path, limits), total)
    first, last = pages or (1, total)
    reader = Reader()
    blocks: list[Block] = []
    scales: dict[int, float] = {}
    engine = load(limits.threads)

    def work(number: int, picture: Picture) -> PageContent | Work[PageContent]:
        scales[number] = picture.own_scale
        return Work(lambda: read_picture(picture.pixels, number, picture.scale, engine))

    works = (work(number, picture) for number, picture in pictures(path, pages, limits))
    for content in in_order(works, limits.threads):
        blocks.extend(reader.blocks(content))
        if progress:
            progress(content.number - first + 1, last - first + 1)
    if not reader.characters:
        raise ReadError(f"Cannot read {path.name}", "OCR found no text in it", "Open it in a viewer, or scan it again")
    blocks = [in_pixels(block, scales) for block in blocks]
    remarks = tuple(_remark(remark, scales) for remark in reader.remarks)
    calls = tuple(sorted(reader.close_calls))
    return Document(source, tuple(blocks), reader.characters, versions(), remarks, calls)


def in_pixels(block: Block, scales: dict[int, float]) -> Block:
    """A block with its boxes in pixels of each page; `scales`: how many make a point."""
    if isinstance(block, Paragraph):
        return replace(block, lines=_lines(block.lines, scales))
    rows = tuple(replace(row, cells=tuple(_cell(cell, scales) for cell in row.cells)) for row in block.rows)
    return replace(block, rows=rows)


def _cell(cell: Cell, scales: dict[int, float]) -> Cell:
    return replace(cell, lines=_lines(cell.lines, scales))


def _lines(lines: tuple[Line, ...], scales: dict[int, float]) -> tuple[Line, ...]:
    return tuple(replace(line, origin=_place(line.origin, scales)) for line in lines)


def _place(origin: Origin, scales: dict[int, float]) -> Origin:
    if not isinstance(origin, PageBox):
        return origin
    x0, top, x1, bottom = (round(edge * scales[origin.page], 1) for edge in origin.box)
    return PageBox(origin.page, (x0, top, x1, bottom))


def _remark(remark: Remark, scales: dict[int, float]) -> Remark:
    return replace(remark, origin=_place(remark.origin, scales)) if remark.origin else remark
