"""What an engine sees on one PDF page: characters, straight rules, filled boxes and images.

This is the one interface between the engines (`pdfium`, `plumber`) and the reading of lines and tables, so that who
reads the characters can change. All lengths are points of the upright page (its /Rotate applied, cropped to its crop
box), measured from the top left corner.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from msgspec import Struct

#: The part of the em that stands above the baseline in a character's box. Fonts state their own ascent, and many state
#: nonsense; a box made of the baseline and the size is the same whichever engine reads the page.
ASCENT = 0.8

MAX_PAGES = 3_000
MAX_CHARACTERS = 300_000  # a page
MAX_OBJECTS = 300_000  # a page

#: A turn that is no multiple of a quarter (a watermark across the page).
ASKEW = -1


class Char(Struct, frozen=True, gc=False):
    """One printed character (or a ligature's several), as the engine gives it.

    `turn`: how far the text is turned clockwise on the upright page: 0, 90, 180, 270 or ASKEW. `sure`: how sure OCR is
    of it, from 0 to 1 (None for a character of the file), and `other` what it may be instead. A plan has tens of
    thousands, which are in no circle, so that the collector of garbage need not look at them.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    turn: int
    sure: float | None = None
    other: str = ""


class Rule(Struct, frozen=True):
    """A straight horizontal or vertical line: `at` its height (or distance from the left), from `start` to `end`."""

    upright: bool
    at: float
    start: float
    end: float


class Fill(Struct, frozen=True):
    """A filled box and its colour (`#rrggbb`); `round`: it has curves, as a drawn bullet has."""

    x0: float
    top: float
    x1: float
    bottom: float
    colour: str
    round: bool = False


class Image(Struct, frozen=True):
    """The box of a picture."""

    x0: float
    top: float
    x1: float
    bottom: float


class PageContent(Struct, frozen=True):
    """One page. Characters stand in the engine's order; generated ones (spaces it supposes) are not among them.

    `unread`: how many notes or form fields with text of their own lie over the page (their text is not in `chars`).
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...] = ()
    fills: tuple[Fill, ...] = ()
    images: tuple[Image, ...] = ()
    unread: int = 0


class Engine(Protocol):
    """What an engine module offers: its name and version, and the pages of a PDF, one by one, each released after."""

    NAME: str

    def version(self) -> str:
        """The engine's version."""

    def count(self, data: bytes, name: str) -> int:
        """How many pages a PDF has."""

    def pages(self, data: bytes, name: str, wanted: tuple[int, int] | None = None) -> Iterator[PageContent]:
        """Each page's content in turn."""


def is_bold(font: str) -> bool:
    """Whether a font's name says that it is a bold one (`ABCDEF+Arial-BoldMT`)."""
    name = font.rpartition("+")[2].casefold()
    return any(word in name for word in ("bold", "black", "heavy"))
