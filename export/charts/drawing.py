"""A Scene as SVG or PNG. matplotlib is imported here alone, on use: it takes half a second to load.

The same scene gives the same bytes. Words stay words: no text of a document is read as a formula (`$…$`), and in an SVG
it can be searched and read aloud. The font, DejaVu Sans, comes with matplotlib, and no setting of the user's is read.
"""

from __future__ import annotations

import io
import re
import warnings
from bisect import bisect_right
from functools import cache
from html import escape
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from export.charts import Format
from export.charts.scene import PAPER, Box, Line, Mark, Scene, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Dots to the inch of a PNG: sharp on paper where it is low; a high one must still be opened by a browser.
_SHARP, _COARSE, _HIGHEST = 160, 60, 32_000
_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "actionplan",
    "text.parse_math": False,
    "text.usetex": False,
    "font.family": ["DejaVu Sans", "sans-serif"],
    "font.sans-serif": ["DejaVu Sans"],
    "path.simplify": False,
}
_MARKS = {"complete": "o", "in_progress": "o", "off_track": "^", "not_started": "o", "unknown": "x", "arrow": ">"}
_DASHES = {"solid": "-", "dashed": (0, (3.5, 2.5)), "dotted": (0, (1, 1.5))}
#: What XML can't hold, and is no control character either.
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")


def drawn(scene: Scene, title: str, words: str, form: Format) -> bytes:
    """The picture; `title` and `words` are for those who hear an SVG instead of seeing it."""
    import matplotlib
    from matplotlib.figure import Figure

    written = io.BytesIO()
    with matplotlib.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a letter that the font lacks is shown as a box in a PNG
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_SETTINGS)
        figure = Figure(figsize=(scene.width, scene.height), facecolor=PAPER)
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, scene.width), ylim=(scene.height, 0))
        axes.set_axis_off()
        for order, thing in enumerate(scene.things):
            _draw(axes, thing, order)
        if form == "png":
            figure.savefig(written, format="png", dpi=dots(scene.height), metadata={"Software": None})
            return written.getvalue()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(written, format="svg", metadata=nothing)
    return _told(written.getvalue().decode("utf-8"), title, words).encode("utf-8")


def dots(height: float) -> int:
    """The dots to the inch of a PNG of this height: fewer where it would be too high to open."""
    return max(_COARSE, min(_SHARP, int(_HIGHEST / height)))


def _told(svg: str, title: str, words: str) -> str:
    """The SVG with its name and its description, as assistive technology reads them."""
    head, start, rest = svg.partition("<svg ")
    attributes, end, body = rest.partition(">")
    told = f'<title id="title">{escape(_sound(title))}</title>\n <desc id="words">{escape(_sound(words))}</desc>'
    return f'{head}{start}role="img" aria-labelledby="title words" {attributes}{end}\n {told}{body}'


def _draw(axes: Axes, thing: Box | Line | Mark | Words, order: int) -> None:
    if isinstance(thing, Box):
        _box(axes, thing, order)
    elif isinstance(thing, Line):
        _line(axes, thing, order)
    elif isinstance(thing, Mark):
        _mark(axes, thing, order)
    else:
        _words(axes, thing, order)


def _box(axes: Axes, box: Box, order: int) -> None:
    from matplotlib.patches import Rectangle

    size = (box.right - box.left, box.bottom - box.top)
    axes.add_patch(
        Rectangle(
            (box.left, box.top),
            *size,
            facecolor=box.fill or "none",
            edgecolor=box.edge or "none",
            linewidth=0.8 if box.edge else 0,
            linestyle=(0, (2, 1.5)) if box.dashed else "-",
            zorder=order,
            clip_on=False,
        )
    )


def _line(axes: Axes, line: Line, order: int) -> None:
    from matplotlib.lines import Line2D

    drawn_line = Line2D(
        (line.x0, line.x1),
        (line.y0, line.y1),
        color=line.colour,
        linewidth=line.width,
        linestyle=_DASHES[line.dashes],  # type: ignore[arg-type]
        zorder=order,
        clip_on=False,
    )
    axes.add_line(drawn_line)


def _mark(axes: Axes, mark: Mark, order: int) -> None:
    from matplotlib.lines import Line2D

    halves = mark.kind == "in_progress"
    hollow = mark.kind == "not_started"
    sign = Line2D(
        (mark.x,),
        (mark.y,),
        marker=_MARKS[mark.kind],
        markersize=6.5,
        fillstyle="left" if halves else "full",
        markerfacecolor=PAPER if hollow else mark.colour,
        markerfacecoloralt=PAPER,
        markeredgecolor=mark.colour,
        markeredgewidth=1.2,
        linestyle="none",
        zorder=order,
        clip_on=False,
    )
    axes.add_line(sign)


def _words(axes: Axes, words: Words, order: int) -> None:
    text = _sound(words.text)
    if words.within is not None:
        text = _cut(text, words.within, words.size, words.bold)
    axes.text(
        words.x,
        words.y,
        text,
        color=words.colour,
        fontsize=words.size,
        fontweight="bold" if words.bold else "normal",
        ha=words.align,
        va="center_baseline",
        parse_math=False,
        zorder=order,
        clip_on=False,
    )


def _sound(text: str) -> str:
    return _NO_CHARACTERS.sub("\ufffd", text)


def _cut(text: str, within: float, size: float, bold: bool) -> str:
    """As much of a text as `within` inches hold, with an ellipsis where it was cut."""
    room = within * 72 / size
    so_far = list(accumulate(_width(character, bold) for character in text))
    if not text or so_far[-1] <= room:
        return text
    kept = bisect_right(so_far, room - _width("…", bold))
    return text[:kept].rstrip() + "…"


@cache
def _width(character: str, bold: bool) -> float:
    """How wide a character is, in ems."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal", size=100)
    texts = (f"|{character}|", "||")
    pair, alone = (text_to_path.get_text_width_height_descent(text, font, False)[0] for text in texts)
    return float(pair - alone) / 100
