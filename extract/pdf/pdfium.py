"""The default engine: pdfium's characters and paths, a tenth of the time that pdfminer takes.

The calls are pdfium's own C interface (`pypdfium2.raw`): its Python helpers make an object for each character, and a
plan has tens of thousands. pdfium is not thread-safe: one process reads one PDF at a time.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import repeat
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as c
from msgspec import Struct, field

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
from extract.pdf.shapes import Point, Subpath, shapes

NAME = "pdfium"

#: Scans are drawn with their own dots an inch if these lie between the first two, else with the third; a page is taken
#: to be no longer than A3 (in points).
FINENESS, USUAL_FINENESS, LONGEST_PAGE = (150.0, 250.0), 200.0, 1191.0

_Place = Callable[[float, float], Point]
_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1, 0, 0, 1, 0, 0)
_DEEPEST_FORM = 15
_HYPHENS = {0x02, 0xFFFE}  # what pdfium makes of a hyphen at a line's end
_SPACES = {0x0A, 0x0D, 0x20}  # what pdfium adds of its own between words and lines
_NOTES = {c.FPDF_ANNOT_FREETEXT, c.FPDF_ANNOT_TEXT, c.FPDF_ANNOT_WIDGET}


def _by_address(function: Any, gives: Any, *takes: Any) -> Any:
    """A C function that takes and gives plain addresses: a typed pointer would be made anew at each call."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    assert address
    return ctypes.PYFUNCTYPE(gives, *takes)(address)


#: What is asked for every character.
_OWNER_OF = _by_address(c.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_CODE_OF = _by_address(c.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_BOX_OF = _by_address(c.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_IS_ADDED = _by_address(c.FPDFText_IsGenerated, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
_BOX_BYTES = ctypes.sizeof(c.FS_RECTF)


def version() -> str:
    """The version of the pdfium library itself."""
    return str(pypdfium2.PDFIUM_INFO.version)


def count(data: bytes, name: str) -> int:
    """How many pages a PDF has; raises ReadError as `pages` does."""
    with _opened(data, name) as document:
        return len(document)


def pages(data: bytes, name: str, wanted: tuple[int, int] | None = None) -> Iterator[PageContent]:
    """Each page's content in turn; the page is closed before the next is read. Raises ReadError.

    `wanted`: the first and the last page to read, counted from 1. `name` is the file's, for the messages.
    """
    with _opened(data, name) as document:
        first, last = wanted or (1, len(document))
        for number in range(first, min(last, len(document)) + 1):
            try:
                page = document[number - 1]
            except pypdfium2.PdfiumError as error:
                raise ReadError(
                    f"Cannot read page {number} of {name}", "the page is damaged", "Export the PDF again"
                ) from error
            try:
                yield _content(page, number, name)
            finally:
                page.close()


class Drawing(NamedTuple):
    """A page as a picture: three bytes a pixel (blue, green, red), `stride` bytes a row, `scale` pixels a point."""

    width: int
    height: int
    stride: int
    pixels: bytes
    scale: float


def drawing(data: bytes, name: str, number: int, fineness: float | None = None) -> Drawing:
    """A page drawn as a picture. Raises ReadError.

    `fineness`: its dots an inch; without it the picture is as fine as the scan that fills the page, between 150 and 250
    dots an inch, else of 200. A page larger than A3 is drawn as if it were A3.
    """
    with _opened(data, name) as document:
        page = document[number - 1]
        try:
            scale = (_fineness(page) if fineness is None else _within_a3(fineness, page)) / 72
            bitmap = page.render(scale=scale, may_draw_forms=False, force_bitmap_format=c.FPDFBitmap_BGR)
            return Drawing(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer), scale)
        finally:
            page.close()


def _fineness(page: pypdfium2.PdfPage) -> float:
    """How many dots an inch a page is drawn with. A page that states more than A3 has small dots made large."""
    longest = float(max(page.get_size()))
    own = [
        max(image.get_px_size()) / longest * 72
        for image in page.get_objects(filter=[c.FPDF_PAGEOBJ_IMAGE], max_depth=1)
        if max(_extent(image)) >= 0.9 * longest
    ]
    dots = own[0] if len(own) == 1 and FINENESS[0] <= own[0] <= FINENESS[1] else USUAL_FINENESS
    # A hair less than the scan's own: pdfium would round a last broken pixel up and stretch the whole page.
    return dots * min(1.0, LONGEST_PAGE / longest) * (1 - 1e-6)


def _within_a3(fineness: float, page: pypdfium2.PdfPage) -> float:
    return fineness * min(1.0, LONGEST_PAGE / float(max(page.get_size())))


def _extent(image: pypdfium2.PdfObject) -> tuple[float, float]:
    left, bottom, right, top = image.get_bounds()
    return right - left, top - bottom


def _opened(data: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (c.FPDF_ERR_PASSWORD, c.FPDF_ERR_SECURITY):
            cause, hint = "it is encrypted and needs a password", "Save a copy without the password and read that"
        else:
            cause, hint = "it is not a PDF, or is damaged or cut short", "Open it in a viewer and export it again"
        raise ReadError(f"Cannot read {name}", cause, hint) from error
    if len(document) == 0:
        document.close()
        raise ReadError(f"Cannot read {name}", "it has no pages", "Check that it is the right file")
    return document


def _content(page: pypdfium2.PdfPage, number: int, name: str) -> PageContent:
    width, height, place, turn = _frame(page)
    paths = _Paths(place, name, number)
    paths.walk(page.raw, c.FPDFPage_CountObjects, c.FPDFPage_GetObject, _IDENTITY, 0)
    rules, fills = shapes(paths.subpaths)
    known: dict[int, _Style] = {}
    chars = _chars(page, number, name, place, turn, known)
    chars.extend(blank for owner, blank in paths.blanks if owner not in known)
    return PageContent(number, width, height, tuple(chars), rules, fills, tuple(paths.images), _notes(page))


def _frame(page: pypdfium2.PdfPage) -> tuple[float, float, _Place, int]:
    """The upright page's width and height, how a point of the file falls on it, and its clockwise turn."""
    left, bottom, right, top = page.get_bbox()
    width, height, turn = right - left, top - bottom, page.get_rotation()
    if turn == 90:
        return height, width, lambda x, y: (y - bottom, x - left), turn
    if turn == 180:
        return width, height, lambda x, y: (right - x, y - bottom), turn
    if turn == 270:
        return height, width, lambda x, y: (top - y, right - x), turn
    return width, height, lambda x, y: (x - left, top - y), turn


class _Style(NamedTuple):
    """What all characters of one text object share; `bottom`: of the em box, for text that stands upright."""

    size: float
    bold: bool
    turn: int
    top: float
    bottom: float


def _chars(
    page: pypdfium2.PdfPage, number: int, name: str, place: _Place, page_turn: int, known: dict[int, _Style]
) -> list[Char]:
    text = c.FPDFText_LoadPage(page.raw)
    if not text:
        return []
    try:
        there = c.FPDFText_CountChars(text)
        if there > MAX_CHARACTERS:
            cause = f"page {number} has {there} characters, more than {MAX_CHARACTERS}"
            raise ReadError(f"Cannot read {name}", cause, "Check that it is the right file")
        return _read_chars(text, there, place, page_turn, known)
    finally:
        c.FPDFText_ClosePage(text)


def _read_chars(text: Any, there: int, place: _Place, page_turn: int, known: dict[int, _Style]) -> list[Char]:
    """The characters in pdfium's order. This loop runs for every character of a plan: it is kept flat."""
    found: list[Char] = []
    scratch = _Scratch()
    shift = place(0.0, 0.0)[0]
    page = ctypes.addressof(text.contents)
    edges = (ctypes.c_float * (4 * there))()
    start = ctypes.addressof(edges)
    for index in range(there):
        _BOX_OF(page, index, start + _BOX_BYTES * index)
    owners = map(_OWNER_OF, repeat(page), range(there))
    codes = map(_CODE_OF, repeat(page), range(there))
    boxes = zip(*[iter(edges[:])] * 4, strict=True)
    last = None
    for index, (owner, code, (left, upper, right, lower)) in enumerate(zip(owners, codes, boxes, strict=True)):
        if (not owner or code in _SPACES) and _IS_ADDED(page, index) == 1:
            continue
        if not owner or owner != last:
            key = owner or -index
            if key not in known:
                known[key] = _style(text, index, place, page_turn, scratch)
            size, bold, turn, em_top, em_bottom = known[key]
            last = owner
        if not turn and not page_turn:
            xa, xb, top, bottom = left + shift, right + shift, em_top, em_bottom
        else:
            (xa, ya), (xb, yb) = place(left, upper), place(right, lower)
            top, bottom = (em_top, em_bottom) if not turn else (ya, yb) if ya <= yb else (yb, ya)
        x0, x1 = (xa, xb) if xa <= xb else (xb, xa)
        found.append(Char(_letter(code), x0, top, x1, bottom, size, bold, turn))
    return found


@lru_cache(maxsize=1024)
def _letter(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


class _Scratch:
    """Where pdfium puts its answers about a text object; `bold`: which fonts are, by name."""

    def __init__(self) -> None:
        self.matrix, self.x, self.y = c.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        self.name, self.flags = ctypes.create_string_buffer(128), ctypes.c_int()
        self.bold: dict[bytes, bool] = {}


def _style(text: Any, index: int, place: _Place, page_turn: int, scratch: _Scratch) -> _Style:
    matrix = scratch.matrix if c.FPDFText_GetMatrix(text, index, scratch.matrix) else c.FS_MATRIX()
    known_origin = c.FPDFText_GetCharOrigin(text, index, scratch.x, scratch.y)
    x, y = (scratch.x.value, scratch.y.value) if known_origin else (0.0, 0.0)
    size = c.FPDFText_GetFontSize(text, index) * height_of(matrix)
    if size < 0.1:
        size = abs(c.FPDFText_GetFontSize(text, index)) or 1.0
    angle = page_turn - math.degrees(math.atan2(matrix.b, matrix.a))
    quarter = round(angle / 90)
    turn = quarter % 4 * 90 if abs(angle - quarter * 90) < 5 else ASKEW
    name = scratch.name.value if c.FPDFText_GetFontInfo(text, index, scratch.name, 128, scratch.flags) else b""
    if name not in scratch.bold:
        scratch.bold[name] = is_bold(name.decode("utf-8", "replace"))
    baseline = place(x, y)[1]
    return _Style(round(size, 2), scratch.bold[name], turn, baseline - ASCENT * size, baseline + (1 - ASCENT) * size)


def height_of(matrix: Any) -> float:
    """How much a text matrix enlarges upwards of the line: a slant (made italics) enlarges nothing."""
    along = math.hypot(matrix.a, matrix.b)
    return abs(matrix.a * matrix.d - matrix.b * matrix.c) / along if along else math.hypot(matrix.c, matrix.d)


def _notes(page: pypdfium2.PdfPage) -> int:
    """How many notes and form fields lie over the page: their text is no part of it."""
    found = 0
    for index in range(min(c.FPDFPage_GetAnnotCount(page.raw), 1_000)):
        note = c.FPDFPage_GetAnnot(page.raw, index)
        if note:
            found += c.FPDFAnnot_GetSubtype(note) in _NOTES
            c.FPDFPage_CloseAnnot(note)
    return found


class _Paths(Struct):
    """Collects the paths, pictures and blanks of a page, those inside forms included.

    A blank is a piece of text without width: a space that its writer set by itself, as Word does. pdfium leaves those
    out of a page's characters, yet a space at the end of a line proves that no word was broken there.
    """

    place: _Place
    name: str
    number: int
    subpaths: list[Subpath] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    blanks: list[tuple[int, Char]] = field(default_factory=list)
    seen: int = 0

    def walk(self, holder: Any, count_in: Any, get_from: Any, outer: _Matrix, depth: int) -> None:
        for index in range(max(count_in(holder), 0)):
            self.seen += 1
            if self.seen > MAX_OBJECTS:
                cause = f"page {self.number} draws more than {MAX_OBJECTS} objects"
                raise ReadError(f"Cannot read {self.name}", cause, "Check that it is the right file")
            item = get_from(holder, index)
            kind = c.FPDFPageObj_GetType(item)
            if kind == c.FPDF_PAGEOBJ_PATH:
                self.path(item, outer)
            elif kind == c.FPDF_PAGEOBJ_TEXT:
                self.blank(item, outer)
            elif kind == c.FPDF_PAGEOBJ_IMAGE:
                self.images.append(self.image(item, outer))
            elif kind == c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
                inner = _times(_matrix(item), outer)
                self.walk(item, c.FPDFFormObj_CountObjects, c.FPDFFormObj_GetObject, inner, depth + 1)

    def blank(self, item: Any, outer: _Matrix) -> None:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        c.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        if right.value - left.value > 0.01 or top.value - bottom.value > 0.01:
            return
        size = ctypes.c_float()
        c.FPDFTextObj_GetFontSize(item, size)
        _, _, cc, d, e, f = _times(_matrix(item), outer)
        em = round(size.value * math.hypot(cc, d), 2)
        x, baseline = self.place(e, f)
        char = Char(" ", x, baseline - ASCENT * em, x, baseline + (1 - ASCENT) * em, em, False, 0)
        self.blanks.append((ctypes.addressof(item.contents), char))

    def image(self, item: Any, outer: _Matrix) -> Image:
        matrix = _times(_matrix(item), outer)
        corners = [self.place(*_apply(matrix, x, y)) for x in (0, 1) for y in (0, 1)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Image(min(xs), min(ys), max(xs), max(ys))

    def path(self, item: Any, outer: _Matrix) -> None:
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        c.FPDFPath_GetDrawMode(item, mode, stroke)
        fill = _colour(item) if mode.value != c.FPDF_FILLMODE_NONE else None
        if fill is None and not stroke.value:
            return
        matrix = _times(_matrix(item), outer)
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[Point] = []
        closed = curved = False
        total = c.FPDFPath_CountSegments(item)
        self.seen += max(total, 0)
        for index in range(min(total, MAX_OBJECTS)):
            segment = c.FPDFPath_GetPathSegment(item, index)
            kind = c.FPDFPathSegment_GetType(segment)
            if kind == c.FPDF_SEGMENT_MOVETO and points:
                self.subpaths.append(Subpath(tuple(points), closed, curved, fill, bool(stroke.value)))
                points, closed, curved = [], False, False
            c.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(self.place(*_apply(matrix, x.value, y.value)))
            curved |= kind == c.FPDF_SEGMENT_BEZIERTO
            closed |= bool(c.FPDFPathSegment_GetClose(segment))
        if points:
            self.subpaths.append(Subpath(tuple(points), closed, curved, fill, bool(stroke.value)))


def _colour(item: Any) -> str | None:
    """The colour a path is filled with; None where it is see-through."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not c.FPDFPageObj_GetFillColor(item, red, green, blue, alpha) or not alpha.value:
        return None
    return f"#{red.value:02x}{green.value:02x}{blue.value:02x}"


def _matrix(item: Any) -> _Matrix:
    raw = c.FS_MATRIX()
    if not c.FPDFPageObj_GetMatrix(item, raw):
        return _IDENTITY
    return (raw.a, raw.b, raw.c, raw.d, raw.e, raw.f)


def _times(one: _Matrix, two: _Matrix) -> _Matrix:
    """First the one matrix, then the other."""
    a, b, cc, d, e, f = one
    g, h, i, j, k, m = two
    return (a * g + b * i, a * h + b * j, cc * g + d * i, cc * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _apply(matrix: _Matrix, x: float, y: float) -> Point:
    a, b, cc, d, e, f = matrix
    return (a * x + cc * y + e, b * x + d * y + f)
