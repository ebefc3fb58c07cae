"""The reference engine: pdfplumber's characters and paths, which pdfium's must agree with.

Slow (pdfminer reads the page in Python), so nothing but tests and a doubtful reading asks it.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect

from extract.model import ReadError
from extract.pdf.content import (
    ASCENT,
    ASKEW,
    MAX_CHARACTERS,
    MAX_OBJECTS,
    Char,
    Image,
    PageContent,
    is_bold,
)
from extract.pdf.shapes import Subpath, shapes

NAME = "pdfplumber"

#: Codes that WinAnsiEncoding leaves unused stand for a bullet (ISO 32000-1, annex D.2, note 3); pdfminer leaves them.
_UNUSED = {f"(cid:{code})" for code in (127, 129, 141, 143, 144, 157)}


def version() -> str:
    """The version of pdfplumber."""
    return str(pdfplumber.__version__)


def count(data: bytes, name: str) -> int:
    """How many pages a PDF has; raises ReadError as `pages` does."""
    with _opened(data, name) as document:
        return len(document.pages)


def pages(data: bytes, name: str, wanted: tuple[int, int] | None = None) -> Iterator[PageContent]:
    """Each page's content in turn, as `pdfium.pages` gives it. Raises ReadError."""
    with _opened(data, name) as document:
        first, last = wanted or (1, len(document.pages))
        for page in document.pages[first - 1 : last]:
            try:
                yield _content(page, name)
            finally:
                page.close()


def _opened(data: bytes, name: str) -> Any:
    try:
        document = pdfplumber.open(io.BytesIO(data))
        there = len(document.pages)
    except Exception as error:  # pdfminer lets any error of a damaged file through
        if (
            isinstance(error, PDFPasswordIncorrect)
            or isinstance(error.__cause__, PDFPasswordIncorrect)
            or (error.args and isinstance(error.args[0], PDFPasswordIncorrect))
        ):
            cause, hint = "it is encrypted and needs a password", "Save a copy without the password and read that"
        else:
            cause, hint = "it is not a PDF, or is damaged or cut short", "Open it in a viewer and export it again"
        raise ReadError(f"Cannot read {name}", cause, hint) from error
    if there == 0:
        document.close()
        raise ReadError(f"Cannot read {name}", "it has no pages", "Check that it is the right file")
    return document


def _content(page: Any, name: str) -> PageContent:
    chars, drawn = page.chars, [*page.rects, *page.lines, *page.curves]
    if len(chars) > MAX_CHARACTERS or len(drawn) > MAX_OBJECTS:
        cause = f"page {page.page_number} holds more than {min(MAX_CHARACTERS, MAX_OBJECTS)} objects"
        raise ReadError(f"Cannot read {name}", cause, "Check that it is the right file")
    left, top = page.bbox[0], page.bbox[1]
    rules, fills = shapes(_subpath(item, left, top) for item in drawn)
    images = tuple(
        Image(item["x0"] - left, item["top"] - top, item["x1"] - left, item["bottom"] - top) for item in page.images
    )
    read = tuple(_char(item, left, top) for item in chars)
    return PageContent(page.page_number, float(page.width), float(page.height), read, rules, fills, images)


def _char(item: dict[str, Any], left: float, top: float) -> Char:
    a, b, _, _, _, f = item["matrix"]
    angle = -math.degrees(math.atan2(b, a))
    quarter = round(angle / 90)
    turn = quarter % 4 * 90 if abs(angle - quarter * 90) < 5 else ASKEW
    upper, lower, size = item["top"] - top, item["bottom"] - top, item["size"]
    if turn == 0:
        # The matrix counts from the bottom: top + y1 is the height that its counting is turned round at.
        baseline = item["top"] + item["y1"] - f - top
        upper, lower = baseline - ASCENT * size, baseline + (1 - ASCENT) * size
    return Char(
        _text(item["text"]), item["x0"] - left, upper, item["x1"] - left, lower, round(size, 2),
        is_bold(item["fontname"]), turn,
    )  # fmt: skip


def _text(text: str) -> str:
    if text in _UNUSED:
        return "•"
    return "\ufffd" if text.startswith("(cid:") or text == "\x00" else text


def _subpath(item: dict[str, Any], left: float, top: float) -> Subpath:
    points = tuple((float(x) - left, float(y) - top) for x, y in item["pts"])
    curved = any(step[0] in ("c", "v", "y") for step in item.get("path") or ())
    closed = (
        item["object_type"] == "rect"
        or (len(points) > 2 and points[0] == points[-1])
        or any(step[0] == "h" for step in item.get("path") or ())
    )
    fill = _colour(item.get("non_stroking_color")) if item["fill"] else None
    return Subpath(points, closed, curved, fill, bool(item["stroke"]))


def _colour(values: Any) -> str:
    """A device colour as `#rrggbb`; a pattern counts as black."""
    numbers = values if isinstance(values, tuple | list) else (values,)
    if not numbers or not all(isinstance(value, int | float) for value in numbers):
        return "#000000"
    if len(numbers) == 4:
        cyan, magenta, yellow, black = numbers
        numbers = tuple((1 - value) * (1 - black) for value in (cyan, magenta, yellow))
    red, green, blue = numbers if len(numbers) == 3 else (numbers[0],) * 3
    return "#" + "".join(f"{round(min(max(value, 0), 1) * 255):02x}" for value in (red, green, blue))
