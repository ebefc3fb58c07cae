"""What is on a picture, as plain values: boxes, lines, marks and words, in inches from its top left corner.

The layouts of the charts make a Scene; `drawing` turns one into SVG or PNG. So a test can say what stands where.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from export.history.words import STATUS_NAMES
from normalise.model import StatusValue

#: The colours of the pages (`export/pages/page.css`), which print and project well.
INK, SOFT, RULE, FAINT, PAPER = "#1b1f24", "#545c66", "#c9cfd6", "#eef0f3", "#ffffff"
LATE, TODAY = "#c2410c", "#8a1c12"
#: A status has a colour and, since not everybody sees those and not every printer has them, a mark of its own shape.
COLOURS: dict[StatusValue, str] = {
    "complete": "#18794a",
    "in_progress": "#3b8bd4",
    "off_track": LATE,
    "not_started": "#7b8591",
    "unknown": "#8d72b8",
}
WIDTH = 12.5
MARGIN = 0.3
#: How high a row is, with its words.
ROW = 0.235
#: How many actions a picture can hold and still be opened: that of 2,000 is as high as 40 sheets of paper.
MOST = 2_000


class Box(Struct, frozen=True):
    """A rectangle; `dashed`: its edge is."""

    left: float
    top: float
    right: float
    bottom: float
    fill: str | None
    edge: str | None = None
    dashed: bool = False


class Line(Struct, frozen=True):
    """A straight line; `width` in points."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: str = RULE
    width: float = 0.8
    dashes: Literal["solid", "dashed", "dotted"] = "solid"


class Mark(Struct, frozen=True):
    """The sign of a status, by its middle; or the head of an arrow to the right."""

    x: float
    y: float
    kind: StatusValue | Literal["arrow"]
    colour: str


class Words(Struct, frozen=True):
    """One line of text, by its middle height; cut with an ellipsis where it is wider than `within`."""

    x: float
    y: float
    text: str
    colour: str = INK
    size: float = 8.5
    bold: bool = False
    align: Literal["left", "center", "right"] = "left"
    within: float | None = None


Thing = Box | Line | Mark | Words


class Scene(Struct, frozen=True):
    """A picture of this size, its things from the back to the front."""

    width: float
    height: float
    things: tuple[Thing, ...]


def titles(title: str, second: str) -> tuple[Words, Words]:
    """The title of a picture, and what stands under it."""
    room = WIDTH - 2 * MARGIN
    return (
        Words(MARGIN, 0.38, title, size=14, bold=True, within=room),
        Words(MARGIN, 0.66, second, SOFT, 9.5, within=room),
    )


def status_legend(statuses: Iterable[StatusValue], y: float, x: float = MARGIN) -> list[Thing]:
    """The signs of these statuses with their names, side by side."""
    things: list[Thing] = []
    for status in statuses:
        things += [Mark(x + 0.07, y, status, COLOURS[status]), Words(x + 0.2, y, STATUS_NAMES[status], SOFT)]
        x += 1.15
    return things


def pale(colour: str) -> str:
    """The colour on white, a third of it."""
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{255 - (255 - part) // 3:02x}" for part in parts)
