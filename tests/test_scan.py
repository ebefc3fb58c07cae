"""extract.scan: pictures of pages, put straight, their rules, their text and what OCR is unsure of."""

from __future__ import annotations

import io
import socket
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extract.limits import USUAL, ReadLimits
from extract.model import Document, Line, PageBox, PagesError, Paragraph, ReadError, Table, count_characters
from extract.pdf.content import Char, PageContent, Rule
from extract.pdf.content import Image as Picture
from extract.pdf.doubts import close_calls, doubts
from extract.pdf.lines import strip_of
from extract.reading import read
from extract.scan.dark import with_dark_areas_light
from extract.scan.in_pdf import pictures_of_text
from extract.scan.opencv import ink, turned
from extract.scan.page import certainties, settled
from extract.scan.rapid import Glyph, glyphs_of
from extract.scan.ruling import ruling_of, ruling_on
from extract.scan.straighten import lean

ROWS = (("Ref", "Action", "Lead"), ("1.1", "Agree the rota with schools", "AL"), ("1.2", "Write to every parent", "BM"))
XS, YS = (100, 220, 800, 1000), (200, 260, 320, 380)


def page(turn: float = 0.0, size: tuple[int, int] = (1200, 700), header: str | None = None) -> Image.Image:
    """A page at 144 dots an inch: a heading and a ruled table of three rows; `header`: the dark colour of its first."""
    image = Image.new("RGB", size, (247, 247, 247))
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(24)
    draw.text((100, 100), "Plan of the Marlow Trust", "black", font)
    if header:
        draw.rectangle((XS[0], YS[0], XS[-1], YS[1]), header)
    for y in YS:
        draw.line((XS[0], y, XS[-1], y), "black", 2)
    for x in XS:
        draw.line((x, YS[0], x, YS[-1]), "black", 2)
    for y, row in zip(YS, ROWS, strict=False):
        for x, text in zip(XS, row, strict=False):
            draw.text((x + 10, y + 14), text, "white" if header and y == YS[0] else "black", font)
    return image.rotate(turn, fillcolor=(247, 247, 247), resample=Image.Resampling.BICUBIC)


def saved(path: Path, image: Image.Image, **options: object) -> Path:
    image.save(path, **{"dpi": (144, 144), **options})
    return path


def texts(document: Document) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in block.rows]
        for block in document.blocks
        if isinstance(block, Table)
    ]


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return read(saved(tmp_path_factory.mktemp("scan") / "plan.png", page(turn=0.8)))


def test_a_turned_page_is_read_as_its_table(scan: Document) -> None:
    assert texts(scan) == [[list(row) for row in ROWS]]
    assert [b.text for b in scan.blocks if isinstance(b, Paragraph)] == ["Plan of the Marlow Trust"]


def test_white_text_on_a_dark_header_is_read(tmp_path: Path) -> None:
    assert texts(read(saved(tmp_path / "plan.png", page(turn=0.8, header="#1f3864")))) == [[list(row) for row in ROWS]]


def test_a_dark_area_is_made_light_where_it_holds_light_text() -> None:
    plain = np.asarray(page(), np.uint8)
    assert with_dark_areas_light(plain, 18.0) is plain
    dark = np.asarray(page(header="#1f3864"), np.uint8)
    light = with_dark_areas_light(dark, 18.0)
    assert (light[YS[1] + 3 :] == dark[YS[1] + 3 :]).all()
    inside = light[YS[0] + 4 : YS[1] - 4, XS[1] + 4 : XS[2] - 4]
    assert (int(np.median(inside)), int(inside.min())) == (255, 0)
    rated = dark.copy()
    rated[YS[0] : YS[1], XS[0] : XS[-1]] = (60, 20, 20)  # a colour without text, as a rating is shown
    assert with_dark_areas_light(rated, 18.0) is rated


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270])
def test_a_page_on_its_side_or_upside_down_is_read_upright(tmp_path: Path, turn: Image.Transpose) -> None:
    document = read(saved(tmp_path / "plan.png", page().transpose(turn)))
    assert texts(document) == [[list(row) for row in ROWS]]
    heading = next(document.lines()).origin
    assert isinstance(heading, PageBox)
    assert 80 < heading.box[0] < 120
    assert 80 < heading.box[1] < heading.box[3] < 140


def test_every_character_of_the_engine_has_one_line(scan: Document) -> None:
    lines = list(scan.lines())
    assert sum(count_characters(line.text) for line in lines) == scan.characters
    assert all(one.end <= two.start for one, two in pairwise(lines))


def test_lines_have_a_confidence_and_boxes_in_pixels(scan: Document) -> None:
    lines = list(scan.lines())
    assert all(line.confidence is not None and 0.0 < line.confidence <= 1.0 for line in lines)
    heading = lines[0].origin
    assert isinstance(heading, PageBox)
    assert heading.page == 1
    assert 80 < heading.box[0] < 120
    assert 80 < heading.box[1] < heading.box[3] < 140


def test_the_engines_are_named(scan: Document) -> None:
    assert [name for name, _ in scan.engines] == ["rapidocr", "onnxruntime", "opencv"]
    assert (scan.source.media_type, scan.source.pages) == ("image/png", 1)


def test_a_tiff_has_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    blank = Image.new("RGB", (1200, 700), "white")
    path = saved(tmp_path / "plan.tif", blank, save_all=True, append_images=[page()])
    done: list[tuple[int, int]] = []
    document = read(path, progress=lambda *pages: done.append(pages))
    assert texts(document) == [[list(row) for row in ROWS]]
    assert {line.origin.page for line in document.lines() if isinstance(line.origin, PageBox)} == {2}
    assert done == [(1, 2), (2, 2)]
    with pytest.raises(PagesError, match=r"Cannot read pages 3 to 3 of plan\.tif: it has 2 pages\. Ask for pages"):
        read(path, pages=(3, 3))


def failure(path: Path, limits: ReadLimits = USUAL) -> str:
    with pytest.raises(ReadError) as caught:
        read(path, limits=limits)
    return str(caught.value)


def test_a_damaged_picture_is_an_error(tmp_path: Path) -> None:
    stream = io.BytesIO()
    page().save(stream, "PNG")
    path = tmp_path / "cut.png"
    path.write_bytes(stream.getvalue()[:2000])
    assert failure(path) == "Cannot read cut.png: the picture is damaged or cut off. Scan it, or fetch it, again"


def test_a_picture_beyond_the_limit_is_an_error(tmp_path: Path) -> None:
    path = saved(tmp_path / "large.png", Image.new("1", (1000, 501)))
    assert failure(path, ReadLimits(pixels=500_999)) == (
        "Cannot read large.png: the picture is too large (1000 by 501 pixels; the limit is 500,999 pixels). "
        "Scan it at 200 or 300 dots an inch, or allow more with --max-pixels"
    )
    assert failure(path, ReadLimits(pixels=501_000)).startswith("Cannot read large.png: OCR found no text")


def test_more_pages_than_the_limit_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "three.tiff"
    blank = Image.new("1", (100, 100), 1)
    blank.save(path, save_all=True, append_images=[blank] * 2)
    assert failure(path, ReadLimits(pages=2)) == (
        "Cannot read three.tiff: it has 3 pages to read, and the limit is 2. "
        "Read some of them with --pages, or allow more with --max-pages 3"
    )
    assert failure(path, ReadLimits(pages=3)).startswith("Cannot read three.tiff: OCR found no text")


def test_without_the_engine_a_picture_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.scan.installed.NEEDED", ("no_such_engine",))
    assert failure(saved(tmp_path / "plan.png", page())) == (
        "Cannot read plan.png: it is a scan, and the OCR engine is not installed. "
        "Run `pip install rapidocr onnxruntime`"
    )


@pytest.mark.parametrize("angle", [-3.1, -0.48, 0.0, 0.26, 2.0])
def test_the_lean_of_a_page_is_found(angle: float) -> None:
    lightness = np.asarray(page(turn=-angle).convert("L"), np.uint8)
    assert lean(ink(lightness, 41)) == pytest.approx(angle, abs=0.05)


def test_an_empty_page_leans_nowhere() -> None:
    assert lean(np.zeros((50, 50), np.uint8)) == 0.0


def test_turning_keeps_the_size() -> None:
    assert turned(np.full((30, 50, 3), 9, np.uint8), 2.0).shape == (30, 50, 3)


def test_rules_are_found_and_letters_are_not() -> None:
    lightness = np.asarray(page().convert("L"), np.uint8)
    rules = ruling_of(ink(lightness, 37), 18.0).rules
    assert sorted(round(rule.at) for rule in rules if rule.upright) == pytest.approx(XS, abs=1)
    assert sorted(round(rule.at) for rule in rules if not rule.upright) == pytest.approx(YS, abs=1)


def with_lines(dark: int, faint: int) -> np.ndarray:
    """The page's lightness with lines a pixel thin, those across the page faint for a quarter of their length."""
    lightness = np.asarray(page().convert("L"), np.uint8).copy()
    for at in YS:
        lightness[at : at + 2, XS[0] : XS[-1]] = 247
    for at in XS:
        lightness[YS[0] : YS[-1] + 2, at : at + 2] = 247
        lightness[YS[0] : YS[-1] + 1, at] = dark
    for at in YS:
        lightness[at, XS[0] : XS[-1] + 1] = dark
        for x in range(XS[0] + 100, XS[-1], 140):
            lightness[at, x : x + 40] = faint
    return lightness


def test_hairlines_are_whole_where_the_ink_has_pieces_of_them() -> None:
    lightness = with_lines(dark=120, faint=214)
    assert len(ruling_of(ink(lightness, 37), 18.0).rules) == 15
    rules = ruling_on(lightness, ink(lightness, 37), 18.0).rules
    assert sorted(round(rule.at) for rule in rules if rule.upright) == pytest.approx(XS, abs=1)
    assert sorted(round(rule.at) for rule in rules if not rule.upright) == pytest.approx(YS, abs=1)


@pytest.mark.parametrize(("dark", "faint"), [(120, 120), (120, 224), (247, 247)], ids=["whole", "apart", "none"])
def test_where_hairlines_join_nothing_the_ink_alone_tells(dark: int, faint: int) -> None:
    lightness = with_lines(dark, faint)
    plain = ruling_of(ink(lightness, 37), 18.0)
    assert (dark == 247) == (plain.rules == ())
    assert ruling_on(lightness, ink(lightness, 37), 18.0).rules == plain.rules


ALPHABET = ["", "a", "b", "l", "I", " ", "-", "–"]


def places(*rows: dict[str, float]) -> np.ndarray:
    scores = np.zeros((len(rows), len(ALPHABET)), np.float32)
    for at, row in enumerate(rows):
        for sign, score in row.items():
            scores[at, ALPHABET.index(sign)] = score
        scores[at, 0] = 1 - scores[at].sum()
    return scores


def test_what_was_nearly_read_is_kept() -> None:
    glyphs = glyphs_of(places({"a": 0.9}, {" ": 0.4}, {"l": 0.75, "I": 0.25}), ALPHABET, 1.0, {})
    assert [(one.text, round(one.sure, 2), one.other) for one in glyphs][1:] == [("l", 0.75, "I")]
    assert (round(glyphs[1].missed, 2), glyphs[1].omitted) == (0.4, " ")


def test_two_dashes_are_no_doubt() -> None:
    (glyph,) = glyphs_of(places({"-": 0.55, "–": 0.44}), ALPHABET, 1.0, {6: [6, 7], 7: [6, 7]})
    assert (glyph.text, round(glyph.sure, 2)) == ("-", 0.99)


def test_the_doubt_of_a_space_falls_on_the_next_character() -> None:
    glyphs = [Glyph("a", 0.1, 1.0, "", 0.0, ""), Glyph(" ", 0.5, 0.6, "b", 0.0, ""), Glyph("b", 0.9, 1.0, "", 0.3, "l")]
    assert [sure for sure, _ in certainties(glyphs)] == [1.0, 0.6, 0.6]


def test_sizes_that_are_near_are_one() -> None:
    assert settled([(9.1, 90), (9.6, 4), (None, 2), (14.0, 30), (13.2, 9)]) == [9.0, 9.0, 9.0, 14.0, 14.0]
    assert settled([(None, 3)]) == [9.0]


def chars(*parts: tuple[str, float, str]) -> list[Char]:
    found: list[Char] = []
    for text, sure, other in parts:
        at = float(5 * len(found))
        found.append(Char(text, at, 0.0, at + 5, 10.0, 9.0, False, 0, sure, other))
    return found


def test_an_unsure_word_is_remarked_with_its_place() -> None:
    strip = strip_of(chars(("O", 1.0, "0"), ("k", 1.0, "h"), (" ", 1.0, ""), ("N", 0.69, "M"), ("C", 0.8, "G")))
    line = Line(100, strip.text, PageBox(1, strip.box), confidence=strip.confidence)
    (remark,) = doubts(strip, line)
    assert (remark.code, remark.severity, remark.span) == ("ocr-unsure", "warning", (103, 105))
    assert remark.message == "OCR is unsure of 'NC' (confidence 0.69); it may be 'MC'"
    assert remark.candidates == ("NC", "MC")
    assert list(close_calls(strip)) == [("NC", "MC")]


def test_a_word_at_the_limit_is_not_remarked() -> None:
    strip = strip_of(chars(("N", 0.7, "M"), ("C", 0.97, "G")))
    assert list(doubts(strip, Line(0, strip.text, PageBox(1, strip.box)))) == []
    assert list(close_calls(strip)) == [("NC", "MC")]


def content(images: tuple[Picture, ...], *at: tuple[float, float]) -> PageContent:
    letters = tuple(Char("a", x, y, x + 5, y + 9, 9.0, False, 0) for x, y in at)
    return PageContent(1, 200.0, 100.0, letters, (Rule(False, 5.0, 0.0, 9.0),), (), images)


def test_which_pictures_are_of_text() -> None:
    half, small = Picture(-5.0, 50.0, 200.0, 120.0), Picture(0.0, 0.0, 30.0, 30.0)
    assert pictures_of_text(content((half,))) == [(0.0, 0.0, 200.0, 100.0)]
    assert pictures_of_text(content((half, small), (40.0, 10.0))) == [(0.0, 50.0, 200.0, 100.0)]
    assert pictures_of_text(content((half,), (40.0, 60.0))) == []
    assert pictures_of_text(content((small,), (40.0, 60.0))) == []
    assert pictures_of_text(content(())) == []


def test_half_a_page_that_is_a_scan_is_read(tmp_path: Path) -> None:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "half.pdf"), pagesize=(600, 600))
    canvas.drawString(50, 560, "Typed words")
    canvas.drawImage(ImageReader(page()), 0, 50, 600, 350)
    canvas.save()
    document = read(tmp_path / "half.pdf")
    assert texts(document) == [[list(row) for row in ROWS]]
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["Typed words", "Plan of the Marlow Trust"]
    assert [name for name, _ in document.engines] == ["pdfium", "rapidocr", "onnxruntime", "opencv"]
    assert document.characters == sum(count_characters(line.text) for line in document.lines())
