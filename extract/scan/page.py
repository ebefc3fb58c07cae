"""A picture of a page as what an engine sees on a PDF page: characters, rules and fills, in points.

Steps: the page is put straight; rules are found and painted over; the OCR engine finds where text stands; its boxes are
cut at the rules and read; each line's baseline and size are measured; its characters are placed along it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from extract.pdf.content import ASCENT, Char, PageContent, Rule
from extract.pdf.pdfium import Drawing
from extract.scan.dark import with_dark_areas_light
from extract.scan.measure import Measure, darkness, measure
from extract.scan.opencv import Pixels, grey, grown, ink, turned
from extract.scan.pieces import Piece, ink_ends, left_out, pieces_of
from extract.scan.rapid import Engine, Glyph
from extract.scan.ruling import Ruling, ruling_on, without
from extract.scan.spacing import with_spaces_settled
from extract.scan.straighten import lean

#: A page is taken to be no longer than this (A3, in points): what states more was given a wrong resolution.
LONGEST_PAGE = 1191.0
#: The type size that lengths on the page are reckoned in, in points.
BODY = 9.0
#: A picture lower or narrower than this (pixels), or so many times as long as it is wide, is a line or a dot, no page.
SMALLEST, LONGEST_SHAPE = 8, 100
#: Ink is told from paper in a window of so many em.
WINDOW = 2.0
#: Sizes of lines that differ by less than this part are one: they come from measuring.
NEAR_SIZE = 0.12
#: A line of no more characters than this is level with a longer one that is this near, in parts of its height.
FEW, LEVEL = 10, 0.06
#: A line lies or stands where it is so many times as long as it is thick; so many lines tell which way up a page is.
SIDEWAYS, SAMPLE = 2.0, 4
#: Upright print is read more surely than this, on the whole.
UNSURE = 0.85
#: A line is bold if its strokes are thicker than the usual by this part.
BOLDER = 1.3


class Read(Struct, frozen=True):
    """One line as read: its piece of the page, the characters, its measure."""

    piece: Piece
    glyphs: tuple[Glyph, ...]
    measure: Measure | None

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(glyph.text for glyph in self.glyphs)


class Straight(Struct, frozen=True):
    """A page put straight: its picture without rules, the rules, the ink beside them. `em`: pixels of nine points."""

    clean: Pixels
    ruling: Ruling
    ink: Pixels
    em: float


def read_picture(picture: Pixels, number: int, scale: float, engine: Engine, whole: bool = True) -> PageContent:
    """What a picture of a page (three colours: blue, green, red) shows. `scale`: its pixels in a point.

    A page that was scanned on its side or upside down is read upright; a picture on a page (`whole` is false) is taken
    as it stands. Places are those of the upright page.
    """
    height, width = picture.shape[:2]
    if min(height, width) < SMALLEST or max(height, width) > LONGEST_SHAPE * min(height, width):
        return PageContent(number, width / scale, height / scale, ())
    em = em_of(picture, scale)
    page = straightened(picture, em)
    boxes = boxes_of(engine, page)
    quarters = quarters_to_upright(engine, page, boxes) if whole else 0
    if quarters:
        picture = np.ascontiguousarray(np.rot90(picture, quarters))
        page = straightened(picture, em)
        boxes = boxes_of(engine, page)
    height, width = picture.shape[:2]
    pieces = pieces_of(boxes, page.ruling.rules, page.ink, page.em)
    pieces += left_out(page.ink, pieces, page.em)
    reads = levelled(lines_of(engine, page, pieces))
    if whole and not quarters and is_upside_down(engine, page, reads):
        return read_picture(np.ascontiguousarray(np.rot90(picture, 2)), number, scale, engine, whole=False)
    chars = tuple(char for read in sized(reads, page.ink, scale) for char in read)
    rules = tuple(Rule(r.upright, r.at / scale, r.start / scale, r.end / scale) for r in page.ruling.rules)
    return PageContent(number, width / scale, height / scale, chars, rules)


def pixels_of(drawn: Drawing) -> Pixels:
    """The pixels of a drawn page."""
    rows = np.frombuffer(drawn.pixels, np.uint8).reshape(drawn.height, drawn.stride)
    return np.ascontiguousarray(rows[:, : 3 * drawn.width].reshape(drawn.height, drawn.width, 3))


def em_of(picture: Pixels, scale: float) -> float:
    """How many pixels nine points are."""
    longest = max(picture.shape[:2])
    return float(BODY * longest / min(longest / scale, LONGEST_PAGE))


def straightened(picture: Pixels, em: float) -> Straight:
    """The page put straight, its dark areas made light, and its rules found and painted over."""
    window = max(3, round(WINDOW * em) | 1)
    angle = lean(ink(grey(picture), window))
    page = with_dark_areas_light(turned(picture, angle) if angle else picture, em)
    lightness = grey(page)
    marks = ink(lightness, window)
    ruling = ruling_on(lightness, marks, em)
    marks[grown(ruling.marks, 3, 3) > 0] = 0
    return Straight(without(page, ruling.marks), ruling, marks, em)


def boxes_of(engine: Engine, page: Straight) -> list[Piece]:
    """Where the engine sees text."""
    height, width = page.ink.shape
    found = []
    for quad in engine.boxes(page.clean):
        x0, top = np.floor(quad.min(axis=0)).astype(int)
        x1, bottom = np.ceil(quad.max(axis=0)).astype(int)
        found.append(Piece(max(0, int(x0)), max(0, int(top)), min(width, int(x1)), min(height, int(bottom))))
    return found


def quarters_to_upright(engine: Engine, page: Straight, boxes: Sequence[Piece]) -> int:
    """How many quarters of a turn to the left put a page upright that lies on its side; 0 for one that does not.

    Lines stand only on a page that lies on its side; which way round it is, its longest ones tell, read both ways.
    """
    tall = sum(piece.width * piece.height for piece in boxes if piece.height > SIDEWAYS * piece.width)
    wide = sum(piece.width * piece.height for piece in boxes if piece.width > SIDEWAYS * piece.height)
    if tall <= 2 * wide:
        return 0
    lines = sorted(boxes, key=lambda piece: piece.height)[-SAMPLE:]
    return max((1, 3), key=lambda quarters: sureness(engine, page, lines, quarters))


def is_upside_down(engine: Engine, page: Straight, reads: Sequence[Read]) -> bool:
    """Whether a page that reads badly reads well the other way up."""
    sure = [glyph.sure for read in reads for glyph in read.glyphs]
    if not sure or sum(sure) / len(sure) >= UNSURE:
        return False
    lines = sorted((read.piece for read in reads), key=lambda piece: piece.width)[-SAMPLE:]
    return sureness(engine, page, lines, 2) > max(UNSURE, sureness(engine, page, lines, 0))


def sureness(engine: Engine, page: Straight, lines: Sequence[Piece], quarters: int) -> float:
    """How surely lines are read after so many quarters of a turn to the left: the mean of their characters."""
    crops = [page.clean[line.top : line.bottom, line.x0 : line.x1] for line in lines]
    upright = [np.ascontiguousarray(np.rot90(crop, quarters)) for crop in crops]
    sure = [glyph.sure for glyphs in engine.read(upright) for glyph in glyphs]
    return sum(sure) / len(sure) if sure else 0.0


def lines_of(engine: Engine, page: Straight, pieces: Sequence[Piece]) -> list[Read]:
    """Each piece read and measured; those that say nothing are left out."""
    crops = [page.clean[piece.top : piece.bottom, piece.x0 : piece.x1] for piece in pieces]
    found = []
    for piece, crop, glyphs in zip(pieces, crops, engine.read(crops), strict=True):
        text = "".join(glyph.text for glyph in glyphs)
        if text.strip():
            x0, x1 = ink_ends(piece, page.ink)
            inked = piece._replace(x0=x0, x1=x1)
            told = measure(darkness(grey(crop)), [(glyph.text, glyph.middle) for glyph in glyphs])
            found.append(Read(inked, placed(glyphs, piece, inked), told))
    return found


def levelled(reads: Sequence[Read]) -> list[Read]:
    """The lines, those of a few characters on the baseline of a longer line beside them: it is the better measured."""
    long = [(r.piece.top + r.measure.baseline) for r in reads if r.measure and len(r.glyphs) > FEW]
    found = []
    for read in reads:
        if read.measure and len(read.glyphs) <= FEW and long:
            own = read.piece.top + read.measure.baseline
            near = min(long, key=lambda at: abs(at - own))
            if abs(near - own) <= LEVEL * read.piece.height:
                read = replace(read, measure=read.measure._replace(baseline=near - read.piece.top))
        found.append(read)
    return found


def placed(glyphs: Sequence[Glyph], crop: Piece, inked: Piece) -> tuple[Glyph, ...]:
    """The glyphs with their middles reckoned along the ink and no longer along the crop."""
    width = max(1, inked.width)
    return tuple(
        glyph._replace(middle=min(1.0, max(0.0, (crop.x0 + glyph.middle * crop.width - inked.x0) / width)))
        for glyph in glyphs
    )


def sized(reads: Sequence[Read], marks: Pixels, scale: float) -> list[list[Char]]:
    """The characters of each line, in points; spaces, sizes and weights are settled. `marks`: the page's ink."""
    sizes = settled([(own_size(read, scale), len(read.text)) for read in reads])
    reads = [
        replace(read, glyphs=with_spaces_settled(read.glyphs, marks, read.piece, size * scale))
        for read, size in zip(reads, sizes, strict=True)
    ]
    strokes = [one.measure.stroke / size for one, size in zip(reads, sizes, strict=True) if one.measure]
    heavy = BOLDER * median(strokes) if strokes else 0.0
    found = []
    for read, size in zip(reads, sizes, strict=True):
        baseline, bold = 0.75 * read.piece.height, False
        if read.measure:
            baseline, bold = read.measure.baseline, read.measure.stroke / size > heavy
        found.append(chars_of(read, (read.piece.top + baseline) / scale, size, bold, scale))
    return found


def own_size(read: Read, scale: float) -> float | None:
    """The size of a line's type as measured, in points; None where it tells none."""
    return read.measure.size / scale if read.measure and read.measure.size else None


def settled(measured: Sequence[tuple[float | None, int]]) -> list[float]:
    """The size of each line, to half a point: sizes that are near one another are one, that of the most characters.

    `measured`: each line's own size, None where it tells none, and how many characters it has.

    >>> settled([(8.9, 40), (9.2, 3), (14.3, 20), (None, 2), (13.8, 9)])
    [9.0, 9.0, 14.5, 9.0, 14.5]
    """
    counts: Counter[float] = Counter()
    for size, count in measured:
        if size is not None:
            counts[round(2 * size) / 2] += count
    known: list[float] = []
    for size, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if not any(abs(size - other) <= NEAR_SIZE * other for other in known):
            known.append(size)
    usual = known[0] if known else BODY
    return [usual if size is None else min(known, key=lambda other: abs(size - other)) for size, _ in measured]


def chars_of(read: Read, baseline: float, size: float, bold: bool, scale: float) -> list[Char]:
    """The characters of a line, side by side from the ink's left end to its right one."""
    x0, width = read.piece.x0, read.piece.width
    glyphs = read.glyphs
    edges = [0.0, *((one.middle + two.middle) / 2 for one, two in pairwise(glyphs)), 1.0]
    top, bottom = baseline - ASCENT * size, baseline + (1 - ASCENT) * size
    return [
        Char(
            glyph.text, (x0 + start * width) / scale, top, (x0 + end * width) / scale, bottom, size, bold, 0,
            round(sure, 4), other,
        )
        for glyph, (start, end), (sure, other) in zip(glyphs, pairwise(edges), certainties(glyphs), strict=True)
    ]  # fmt: skip


def certainties(glyphs: Sequence[Glyph]) -> list[tuple[float, str]]:
    """How sure each character is, and what it may be instead; the doubt of a space falls on the character after it."""
    found = []
    space = 1.0
    for glyph in glyphs:
        choices = [(glyph.sure, glyph.other), (1 - glyph.missed, glyph.omitted + glyph.text), (space, glyph.text)]
        found.append(min(choices, key=lambda choice: choice[0]))
        space = glyph.sure if glyph.text.isspace() else 1.0
    return found
