"""Pictures of text on the pages of a PDF: a page that is a scan, or half a scan, is read by OCR where it has no text.

Nothing that OCR needs is loaded before a page asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extract.pdf.content import Char, Image, PageContent, Rule
from extract.scan.installed import ocr_installed

if TYPE_CHECKING:  # neither is loaded before a page asks for it
    from extract.pdf.pdfium import Drawing
    from extract.scan.rapid import Engine

#: A picture with no characters on it is read if it covers this part of a page that has characters elsewhere.
LARGE = 0.2
#: A page without characters is read if pictures cover this part of it.
ANY = 0.05


def ocr_versions() -> tuple[tuple[str, str], ...]:
    """Name and version of what takes part in OCR."""
    from extract.scan.rapid import versions

    return versions()


def read_by_ocr(content: PageContent) -> bool:
    """Whether OCR took part in reading a page."""
    return any(char.sure is not None for char in content.chars)


def with_pictures_read(
    contents: Iterable[PageContent], data: bytes, name: str, threads: int | None = None
) -> Iterator[PageContent]:
    """The pages with the characters and rules that OCR finds in their pictures of text, in order.

    `data` and `name`: the PDF's bytes and file name; `threads`: how many pages are read at once (None: one a core),
    while pdfium draws them one at a time, as it must. A page without such pictures stays as it is, as do all without
    the OCR engine.
    """
    first = next(contents := iter(contents), None)
    while first is not None and not is_read(first):
        yield first
        first = next(contents, None)
    if first is not None:
        from extract.scan.at_once import Work, in_order

        rest = chain((first,), contents)
        works = (Work(_work(content, data, name, threads)) if is_read(content) else content for content in rest)
        yield from in_order(works, threads)


def is_read(content: PageContent) -> bool:
    """Whether a page shows pictures of text that OCR can read."""
    return bool(pictures_of_text(content)) and ocr_installed()


def _work(content: PageContent, data: bytes, name: str, threads: int | None) -> Callable[[], PageContent]:
    """The reading of a page's pictures; the page is drawn at once, and by the thread that asks."""
    from extract.pdf.pdfium import drawing
    from extract.scan.rapid import load

    return partial(_with_pictures_read, content, drawing(data, name, content.number), load(threads))


def _with_pictures_read(content: PageContent, drawn: Drawing, engine: Engine) -> PageContent:
    from extract.scan.page import pixels_of, read_picture

    pixels, scale = pixels_of(drawn), drawn.scale
    chars, rules = list(content.chars), list(content.rules)
    for place in pictures_of_text(content):
        x0, top, x1, bottom = (round(edge * scale) for edge in place)
        whole = place == (0.0, 0.0, content.width, content.height)
        part = read_picture(pixels[top:bottom, x0:x1], content.number, scale, engine, whole)
        if whole and (part.width > part.height) != (content.width > content.height):  # it lay on its side
            content = replace(content, width=content.height, height=content.width)
        chars += [moved(char, x0 / scale, top / scale) for char in part.chars]
        rules += [moved_rule(rule, x0 / scale, top / scale) for rule in part.rules]
    return replace(content, chars=tuple(chars), rules=tuple(rules))


def pictures_of_text(content: PageContent) -> list[tuple[float, float, float, float]]:
    """Where a page shows pictures that may be of text: all of it, or large pictures with no characters on them."""
    whole = (0.0, 0.0, content.width, content.height)
    area = content.width * content.height
    pictures = [within(image, content) for image in content.images]
    if not any(char.text.strip() for char in content.chars):
        return [whole] if sum(size_of(box) for box in pictures) >= ANY * area else []
    return [box for box in pictures if size_of(box) >= LARGE * area and not written_on(box, content.chars)]


def within(image: Image, content: PageContent) -> tuple[float, float, float, float]:
    """The part of a picture that lies on the page."""
    return max(0.0, image.x0), max(0.0, image.top), min(content.width, image.x1), min(content.height, image.bottom)


def size_of(box: tuple[float, float, float, float]) -> float:
    """The area of a box; 0 for one that is turned inside out.

    >>> size_of((0, 0, 4, 5)), size_of((9, 0, 4, 5))
    (20, 0)
    """
    return max(0, box[2] - box[0]) * max(0, box[3] - box[1])


def written_on(box: tuple[float, float, float, float], chars: Sequence[Char]) -> bool:
    """Whether characters stand on a picture."""
    x0, top, x1, bottom = box
    return any(
        x0 < (char.x0 + char.x1) / 2 < x1 and top < (char.top + char.bottom) / 2 < bottom
        for char in chars
        if not char.text.isspace()
    )


def moved(char: Char, right: float, down: float) -> Char:
    """A character further right and down."""
    x0, x1 = char.x0 + right, char.x1 + right
    return replace(char, x0=x0, x1=x1, top=char.top + down, bottom=char.bottom + down)


def moved_rule(rule: Rule, right: float, down: float) -> Rule:
    """A rule further right and down."""
    across, along = (right, down) if rule.upright else (down, right)
    return Rule(rule.upright, rule.at + across, rule.start + along, rule.end + along)
