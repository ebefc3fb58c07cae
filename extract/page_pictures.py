"""The pages of a PDF or picture file as small pictures: what a person looks at beside what was read.

A picture's place names are those of its origins: `width` and `height` are in the unit of the boxes (points of a PDF's
page, pixels of a picture file), whatever the picture's own fineness.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from extract.limits import USUAL, ReadLimits
from extract.reading import Progress, format_of
from extract.source_file import bytes_of

#: Dots an inch: print of six points is still legible, twice enlarged too.
FINENESS = 144.0
MEDIA_TYPE = "image/webp"


class PagePicture(Struct, frozen=True):
    """A page, counted from 1: its size in the unit of its boxes, and the picture of it (MEDIA_TYPE)."""

    number: int
    width: float
    height: float
    data: bytes


def page_pictures(
    path: Path, pages: tuple[int, int], progress: Progress | None = None, limits: ReadLimits = USUAL
) -> Iterator[PagePicture]:
    """The pages from the one to the other (from 1, both included) of a PDF or picture file; none of any other file.

    `progress` is told of each page that is done. Raises ReadError for a file that can't be read or is beyond the
    `limits`, and PagesError for pages of a picture file that are not there.
    """
    found = format_of(path)
    if found not in ("pdf", "picture"):
        return
    for page, last in (_of_pdf if found == "pdf" else _of_picture)(path, pages, limits):
        yield page
        if progress:
            progress(page.number - pages[0] + 1, last - pages[0] + 1)


def _of_pdf(path: Path, pages: tuple[int, int], limits: ReadLimits) -> Iterator[tuple[PagePicture, int]]:
    """Each page, and the number of the last one."""
    from extract.pdf import MAX_BYTES
    from extract.pdf.content import MAX_PAGES
    from extract.pdf.pdfium import count, drawing
    from extract.scan.page import pixels_of
    from extract.scan.pictures import webp

    data = bytes_of(path, MAX_BYTES)
    numbers = range(pages[0], min(pages[1], count(data, path.name)) + 1)
    limits.check_pages(path.name, len(numbers), MAX_PAGES)
    for number in numbers:
        drawn = drawing(data, path.name, number, FINENESS)
        size = (drawn.width / drawn.scale, drawn.height / drawn.scale)
        yield PagePicture(number, *size, webp(pixels_of(drawn))), numbers[-1]


def _of_picture(path: Path, pages: tuple[int, int], limits: ReadLimits) -> Iterator[tuple[PagePicture, int]]:
    """The same."""
    from extract.scan.pictures import pictures, webp

    for number, picture in pictures(path, pages, limits):
        height, width = picture.pixels.shape[:2]
        enlarged = picture.own_scale / picture.scale
        coarser = min(1.0, FINENESS / 72 / picture.scale)
        yield PagePicture(number, width * enlarged, height * enlarged, webp(picture.pixels, coarser)), pages[1]
