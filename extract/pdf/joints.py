"""How a line follows the one before it: as a wrap of the same paragraph, or as a paragraph of its own.

The page gives three signs that are true of any maker: a gap larger than the usual one between its lines, a bullet or
list number at the line's start, and room left at the end of the line above: whoever breaks lines fills each one, so a
word that would have fitted there was put on a line of its own by the author.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from extract.model import Joint
from extract.pdf.lines import WORD_GAP, Strip

#: A gap is a paragraph's if it is larger than the usual one by this part of the type size (half a point of 9).
LARGER = 0.055
#: A space between words, and what a word must have to spare to have fitted for certain, in type sizes.
SPACE = 0.3
SPARE = 0.5
#: The usual distance between baselines where a page has no two lines of one text, in type sizes.
LEADING = 1.45

#: A bullet (Word's private-use ones included): always a list item's.
_BULLET = re.compile(r"\s*[•◦‣▪▫●○■□✓✔➢➤\ue000-\uf8ff]\s+\S")
#: What may begin an item or just a line: a dash, a number, a letter. Only with its like in the same text is it an item.
_DASH = re.compile(r"\s*([-–—*o])\s+\S")
_NUMBER = re.compile(r"\s*(\(?)([0-9]{1,2}|[a-z]|[ivx]{1,4})([.)])\s+\S")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def openings(strips: Sequence[Strip]) -> list[bool]:
    """Which lines of one text begin an item of a list.

    A bullet does. A dash does if another line begins with one, a number if another line begins with its neighbour: the
    line "27. Text reminders begin" may only be the end of "down from 27."
    """
    dashes = [match[1] if (match := _DASH.match(strip.text)) else "" for strip in strips]
    places = [numbered(strip.text) for strip in strips]
    found = []
    for strip, dash, own in zip(strips, dashes, places, strict=True):
        in_run = any(
            style == other and abs(place - near) == 1 for style, place in own for many in places for other, near in many
        )
        bullet = bool(strip.marker) or bool(_BULLET.match(strip.text))
        found.append(bullet or in_run or (dash != "" and dashes.count(dash) > 1))
    return found


def numbered(text: str) -> tuple[tuple[str, int], ...]:
    """How a line may be numbered: the style of its number and which it is; `v.` is a letter and a Roman number.

    >>> numbered("(b) Train the leads"), numbered("v. Report"), numbered("Report")
    ((('(a)', 2),), (('a.', 22), ('i.', 5)), ())
    """
    match = _NUMBER.match(text)
    if not match:
        return ()
    before, sign, after = match.groups()
    if sign.isdigit():
        return ((f"{before}1{after}", int(sign)),)
    found = [(f"{before}a{after}", ord(sign) - ord("a") + 1)] if len(sign) == 1 else []
    if sign in _ROMAN:
        found.append((f"{before}i{after}", _ROMAN.index(sign) + 1))
    return tuple(found)


class Pitches:
    """The usual distance between the lines of one text, by type size, learnt from a page's own lines."""

    def __init__(self, texts: Iterable[Sequence[Strip]]) -> None:
        steps: dict[float, list[float]] = {}
        for text in texts:
            for above, below in pairwise(text):
                if above.size == below.size and not above.turn and not below.turn:
                    steps.setdefault(above.size, []).append(below.bottom - above.bottom)
        self._usual = {size: usual_step(found, size) for size, found in steps.items()}

    def usual(self, size: float) -> float:
        """The usual distance between baselines of text of a size."""
        return self._usual.get(size, LEADING * size)


def usual_step(steps: Sequence[float], size: float) -> float:
    """The smallest distance that is common: gaps between paragraphs are larger, and seldom the most frequent.

    >>> usual_step([10.3, 10.4, 10.4, 11.3, 11.4, 22.0], 9.0)
    10.4
    """
    counts = Counter(round(step, 1) for step in steps if 0.85 * size < step < 2 * size)
    near = {step: sum(n for other, n in counts.items() if abs(other - step) < 0.26) for step in counts}
    enough = max(2, 0.2 * sum(counts.values()))
    common = [step for step in sorted(near) if near[step] >= enough]
    if not common:
        return LEADING * size
    first = [step for step in common if step - common[0] < 0.26]
    return max(first, key=lambda step: (counts[step], step))


class Room(Struct, frozen=True):
    """How far to the right, and how wide, the lines of a column are seen to go: they could go as far on every line."""

    reach: float
    width: float


NO_ROOM = Room(0.0, 0.0)


def room_of(strips: Iterable[Strip]) -> Room:
    """The room that the lines of one column (or of the text beside tables) prove to be there."""
    level = [strip for strip in strips if not strip.turn]
    return Room(
        max((strip.x1 for strip in level), default=0.0), max((strip.x1 - strip.x0 for strip in level), default=0.0)
    )


def joints(strips: Sequence[Strip], pitches: Pitches, room: Room = NO_ROOM) -> list[Joint]:
    """How each line of a cell follows the one before it; the first is always a paragraph."""
    opening = openings(strips)
    found: list[Joint] = ["paragraph"]
    for place, (above, below) in enumerate(pairwise(strips), 1):
        found.append("paragraph" if opening[place] or parts(above, below, pitches, room) else "wrap")
    return found if strips else []


def parts(above: Strip, below: Strip, pitches: Pitches, room: Room = NO_ROOM) -> bool:
    """Whether the lower of two lines, which begins no list item, is a paragraph of its own all the same."""
    if above.turn != below.turn:
        return True
    if below.turn:
        return False
    size = max(above.size, below.size)
    if below.bottom - above.bottom > pitches.usual(size) + LARGER * size + 0.05:
        return True
    return would_have_fitted(above, below, room)


def would_have_fitted(above: Strip, below: Strip, room: Room) -> bool:
    """Whether the first word of a line had room on the line above; one that begins small reads on all the same."""
    word = below.text.split(maxsplit=1)[0]
    if word[:1].islower():
        return False
    more = first_word_width(below) + (SPACE + SPARE) * below.size
    return above.x1 + more <= room.reach and above.x1 - above.x0 + more <= room.width


def first_word_width(strip: Strip) -> float:
    """How wide the first word of a line is; a no-break space is part of it."""
    start: float | None = None
    reach = strip.x0
    for char in strip.chars:
        if start is not None and char.text in " \t":
            break
        if char.text not in " \t":
            if start is not None and char.x0 - reach > WORD_GAP * char.size:
                break
            start = char.x0 if start is None else start
            reach = max(reach, char.x1)
    return reach - (strip.x0 if start is None else start)
