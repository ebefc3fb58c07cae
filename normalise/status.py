"""How far an action is: from its status or RAG cell where that is filled, else from how its progress text opens."""

from __future__ import annotations

import colorsys
import re
import unicodedata
from typing import Literal

from msgspec import Struct

from normalise.model import Flag, StatusValue

Rag = Literal["blue", "green", "amber", "red"]

#: Known words, as casefolded text; a longer one is tried before a shorter one.
_COLOURS: dict[str, tuple[Rag, StatusValue]] = {
    "blue": ("blue", "complete"),
    "green": ("green", "in_progress"),
    "amber": ("amber", "in_progress"),
    "red": ("red", "off_track"),
}
_LETTERS: dict[str, Rag] = {"b": "blue", "g": "green", "a": "amber", "r": "red"}
#: Lights and squares that are a colour by themselves.
_LIGHTS: dict[int, Rag] = {
    **dict.fromkeys(map(ord, "🔴🟥"), "red"),
    **dict.fromkeys(map(ord, "🟠🟡🟧🟨"), "amber"),
    **dict.fromkeys(map(ord, "🟢🟩"), "green"),
    **dict.fromkeys(map(ord, "🔵🟦"), "blue"),
}
_PHRASES: dict[str, StatusValue] = {
    **dict.fromkeys(
        ("complete", "completed", "closed", "done", "finished", "achieved", "implemented", "delivered"), "complete"
    ),
    **dict.fromkeys(
        (
            "on track",
            "on target",
            "on schedule",
            "in progress",
            "in hand",
            "ongoing",
            "on-going",
            "underway",
            "under way",
            "started",
            "progressing",
            "nearly complete",
            "almost complete",
            "partly complete",
            "partially complete",
            "part complete",
            "substantially complete",
        ),
        "in_progress",
    ),
    **dict.fromkeys(
        (
            "delayed",
            "overdue",
            "off track",
            "off-track",
            "off target",
            "not on track",
            "not on target",
            "behind schedule",
            "behind target",
            "behind",
            "late",
            "missed",
            "slipped",
        ),
        "off_track",
    ),
    **dict.fromkeys(("not started", "not yet started", "yet to start", "not begun", "not yet begun"), "not_started"),
}
_WORD = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(re.escape(each) for each in sorted((*_PHRASES, *_COLOURS), key=len, reverse=True))
    + r")(?![\w-])"
)
_NEGATED = re.compile(r"\b(?:not|never|isn't|incomplete|partially|partly|nearly|almost|to be|yet to be|un|non)\W*$")
_NAMED = re.compile(r"^\W*(?:b?rag(?:\s+(?:rating|status))?|status)\s*[:=–—-]\s*")
_OPENS_COMPLETE = re.compile(r"\W*completed?(?![\w-])(?P<rest>.{0,40})", re.DOTALL)
_LISTED_COMPLETE = re.compile(r"\W*\d{1,2}[.):]\s*completed?(?![\w-])")
_OPENS_IDLE = re.compile(
    r"\W*(?:not[\s-]+(?:yet[\s-]+)?(?:begun|commenced|progressed)|(?:yet\s+)?to\s+(?:be\s+)?(?:start|begin|commence)(?:ed)?"
    r"|no\s+progress|work\s+(?:has\s+)?(?:not|yet\s+to))(?![\w-])"
)
_OPENS_NOT_STARTED = re.compile(r"\W*not[\s-]+(?:yet[\s-]+)?started(?![\w-])")
#: Right behind it, in the same sentence: a deadline, a share, a part of several.
_PARTLY = re.compile(
    r"[^\w.;]*(?:by\b|\d+\s*%|\d+\s+(?:out\s+)?of\b|(?P<some>[1-9]\d*)\s*/\s*(?P<all>[1-9]\d*)(?![\d/]))"
)
#: A tick, a cross, an arrow, a light: a rating, though no word says which. Bullets and dashes are none.
_SIGN = re.compile(r"[√×→←↑↓↔⇧⇨⇩↗↘▲▼►◄△▽◆◇■□●○★☆☑☒✓✔✕✖✗✘➔➜⚪⚫⬤]")
_SAYS_NOTHING = re.compile(r"\W*(?:tb[cad]|n\s?/\s?a|none|no\s+(?:update|change))\W*")
_FEW_WORDS = 5
#: A fill with less light than the first is black; one with more than the second is pale, as the bands of a table are.
_BLACK, _PALE = 0.2, 0.8
_LOOK_ALIKES = str.maketrans("АВЕКМНОРСТХасеорхуѕіΑΒΕΗΙΚΜΝΟΡΤο", "ABEKMHOPCTXaceopxysiABEHIKMNOPTo")


class StatusReading(Struct, frozen=True):
    """The status of one row, what it was read from, and the cell's own words (None: no such column)."""

    status: StatusValue
    basis: Literal["cell", "progress", "none"]
    rag: Rag | None
    status_text: str | None
    flags: tuple[Flag, ...] = ()


def read_status(cell: str | None, progress: str, fill: str | None = None) -> StatusReading:
    """The status of a row. `cell`: the status or RAG cell's text, None without such a column; `fill`: its `#rrggbb`.

    >>> read_status("Green - on track", "Not started")
    StatusReading(status='in_progress', basis='cell', rag='green', status_text='Green - on track', flags=())
    >>> read_status(None, "Nearly complete").status
    'in_progress'
    """
    shade = _shade(fill) if cell is not None else None
    if cell is not None and any(character.isalnum() or ord(character) in _LIGHTS for character in cell):
        return _from_cell(cell, shade)
    if shade is not None:
        message = f"The status is shown by the cell's {shade} shading alone."
        flag = Flag("status-by-shading", "reading", "info", message)
        return StatusReading(_COLOURS[shade][1], "cell", shade, (cell or "").strip() or f"[{shade}]", (flag,))
    if cell is not None and (sign := _SIGN.search(cell)):
        message = f"The status is the sign '{sign[0]}' alone, and the plan does not say what it means here."
        flag = Flag("status-unknown", "reading", "warning", message)
        return StatusReading("unknown", "cell", None, cell.strip(), (flag,))
    if cell is not None and _stands_out(fill):
        message = "The status cell is empty, and its shading is no colour of a rating that is known."
        flag = Flag("status-unknown", "reading", "warning", message)
        return StatusReading("unknown", "cell", None, cell.strip(), (flag,))
    status, flags = _from_progress(progress)
    basis: Literal["progress", "none"] = "none" if status == "unknown" else "progress"
    return StatusReading(status, basis, None, None if cell is None else cell.strip(), flags)


def _from_cell(cell: str, shade: Rag | None) -> StatusReading:
    """The opening word decides; what else the cell or its shading says must agree, or there is a warning."""
    statuses, colours = _known(cell)
    if not statuses:
        message = f"'{cell}' is no status that is known."
        return StatusReading("unknown", "cell", shade, cell, (Flag("status-unknown", "reading", "warning", message),))
    rag = colours[0] if colours else shade
    flags: tuple[Flag, ...] = ()
    if len(set(statuses)) > 1 or len({*colours, *((shade,) if shade and colours else ())}) > 1:
        names = tuple(dict.fromkeys((*statuses, *colours, *((shade,) if shade else ()))))
        message = f"'{cell}' says more than one thing of its status; {statuses[0]} is taken."
        flags = (Flag("status-ambiguous", "reading", "warning", message, names),)
    elif shade is not None and not colours:
        message = f"The {shade} rating is shown by the cell's shading alone."
        flags = (Flag("status-by-shading", "reading", "info", message),)
    return StatusReading(statuses[0], "cell", rag, cell, flags)


def _known(cell: str) -> tuple[list[StatusValue], list[Rag]]:
    """Every status and colour that the cell names, in printed order; of a long text only how it opens, and colours.

    A light beside a word (`🔴 Not started`) is the rating, and the word the status.
    """
    lights = [_LIGHTS[ord(sign)] for sign in cell if ord(sign) in _LIGHTS]
    statuses, colours = _named(cell.translate(dict.fromkeys(_LIGHTS, " ")))
    return statuses or [_COLOURS[light][1] for light in lights], [*colours, *lights]


def _named(cell: str) -> tuple[list[StatusValue], list[Rag]]:
    """What the words of a cell say."""
    key = _NAMED.sub("", _key(cell))
    letters = re.fullmatch(r"\W*([brag])\W*", key)
    if letters:
        rag = _LETTERS[letters[1]]
        return [_COLOURS[rag][1]], [rag]
    statuses: list[StatusValue] = []
    colours: list[Rag] = []
    for word in _WORD.finditer(key):
        opens = not any(character.isalnum() for character in key[: word.start()])
        if word[0] in _COLOURS:
            colours.append(_COLOURS[word[0]][0])
            statuses.append(_COLOURS[word[0]][1])
        elif (opens or len(key.split()) <= _FEW_WORDS) and not _NEGATED.search(key[: word.start()]):
            statuses.append(_PHRASES[word[0]])
    return statuses, colours


def _from_progress(progress: str) -> tuple[StatusValue, tuple[Flag, ...]]:
    """Opens with Complete(d): complete; Not (yet) started: not started; nothing: unknown; else in progress."""
    key = _key(progress)
    if not any(character.isalnum() for character in key):
        return "unknown", ()
    complete = _OPENS_COMPLETE.match(key)
    if complete:
        return "complete", _doubt(progress, "complete") if _says_partly(complete["rest"]) else ()
    if _OPENS_NOT_STARTED.match(key):
        return "not_started", ()
    if _SAYS_NOTHING.fullmatch(key):
        message = f"'{progress.strip()}' tells no progress; as the cell is not empty it is taken as in progress."
        return "in_progress", (Flag("status-ambiguous", "reading", "info", message),)
    doubtful = _LISTED_COMPLETE.match(key) or _OPENS_IDLE.match(key)
    return "in_progress", _doubt(progress, "in progress") if doubtful else ()


def _says_partly(rest: str) -> bool:
    """Whether `Complete` goes on as 80 % or 22/30; 26/10 is more than the whole, and so a day."""
    found = _PARTLY.match(rest)
    return found is not None and (found["some"] is None or int(found["some"]) <= int(found["all"]))


def _doubt(progress: str, taken: str) -> tuple[Flag, ...]:
    words = " ".join(progress.split()[:6])
    return (Flag("status-ambiguous", "reading", "warning", f"'{words}' is taken as {taken}; it may not be."),)


def _key(text: str) -> str:
    """For comparison only: one case, compatibility forms and look-alike letters as their Latin twins."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("’", "'")
    return " ".join(plain.translate(_LOOK_ALIKES).casefold().split())


def _shade(fill: str | None) -> Rag | None:
    """The RAG colour of a fill; None for white, grey and the pale blue that tables are banded with."""
    colour = _colour(fill)
    if colour is None:
        return None
    degrees, saturation, value = colour
    if saturation < 0.15 or value < 0.2:
        return None
    if 180 <= degrees <= 265:
        return "blue" if saturation >= 0.5 else None
    if degrees < 20 or degrees >= 335:
        return "red"
    return "amber" if degrees < 66 else "green" if 70 <= degrees < 180 else None


def _stands_out(fill: str | None) -> bool:
    """Whether a fill that is no RAG colour says something all the same: a middle grey, a violet. Rows are banded paler.

    Black is a cell struck out, or a theme's colour that was not understood.
    """
    colour = _colour(fill)
    if colour is None or _shade(fill) is not None:
        return False
    degrees, saturation, value = colour
    return _BLACK < value < _PALE or (value >= _PALE and saturation >= 0.5 and not 180 <= degrees <= 265)


def _colour(fill: str | None) -> tuple[float, float, float] | None:
    """The hue (0 to 360), saturation and value (0 to 1) of `#rrggbb`; None for anything else."""
    if fill is None or not re.fullmatch(r"#[0-9a-fA-F]{6}", fill):
        return None
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    return hue * 360, saturation, value
