"""Text that knows its places: the value that every step before the repairs cuts and joins.

A Passage is pieces of printed lines in order. Cutting and joining passages never copies, drops or doubles a character:
each piece keeps the span of the source that it owns, so where every passage ends up decides the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from extract.model import Line, Origin, PageBox


class Piece(Struct, frozen=True, gc=False):
    """Characters [start, start + len(text)) of the source. `glue` is the white space that parts it from the last."""

    start: int
    text: str
    origin: Origin
    glue: str = ""
    marker: str = ""
    struck: bool = False


class Passage(Struct, frozen=True, gc=False):
    """Pieces in reading order; `raw` is their text."""

    pieces: tuple[Piece, ...] = ()

    @property
    def raw(self) -> str:
        """The text as printed, markers apart."""
        if len(self.pieces) == 1:
            return self.pieces[0].glue + self.pieces[0].text
        return "".join([piece.glue + piece.text for piece in self.pieces])

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def joined(self, other: Passage, glue: str = " ") -> Passage:
        """This passage, then the other; `glue` is dropped where this one already ends in white space."""
        if not self.pieces or not other.pieces:
            return self if self.pieces else other
        first = replace(other.pieces[0], glue=_glue(self.pieces[-1], glue))
        return Passage((*self.pieces, first, *other.pieces[1:]))

    def cut(self, at: int) -> tuple[Passage, Passage]:
        """The passage before and from code point `at` of `raw`; white space at the cut stays with its piece."""
        before: list[Piece] = []
        after: list[Piece] = []
        offset = 0
        for piece in self.pieces:
            begin = offset + len(piece.glue)
            offset = begin + len(piece.text)
            if offset <= at:
                before.append(piece)
            elif begin >= at:
                after.append(piece if after else replace(piece, glue=""))
            else:
                kept, rest = piece.text[: at - begin], piece.text[at - begin :]
                before.append(replace(piece, text=kept))
                after.append(replace(piece, start=piece.start + len(kept), text=rest, glue="", marker=""))
        return trimmed(before), trimmed(after)

    def origins(self) -> tuple[Origin, ...]:
        """Where the passage stands: boxes that follow one another on a page become one, doubles go."""
        found: list[Origin] = []
        for piece in self.pieces:
            last = found[-1] if found else None
            if isinstance(last, PageBox) and isinstance(piece.origin, PageBox) and last.page == piece.origin.page:
                found[-1] = PageBox(last.page, _around(last, piece.origin))
            elif piece.origin not in found:
                found.append(piece.origin)
        return tuple(found)


def passage_of(lines: Iterable[Line]) -> Passage:
    """The lines of one cell or paragraph as a passage; a wrap is a space, a paragraph a line feed."""
    pieces: list[Piece] = []
    for line in lines:
        if line.text.strip() or line.marker:
            glue = _glue(pieces[-1], "\n" if line.joint == "paragraph" else " ") if pieces else ""
            pieces.append(Piece(line.start, line.text, line.origin, glue, line.marker, line.struck))
    return trimmed(pieces)


def _glue(before: Piece, glue: str) -> str:
    """What parts a piece from the one before it: no space where that one ends in white space."""
    return "" if glue == " " and before.text[-1:].isspace() else glue


def trimmed(pieces: Iterable[Piece]) -> Passage:
    """The pieces without white space at either end (it belongs to no place, and no ledger counts it)."""
    kept = [piece for piece in pieces if piece.text.strip() or piece.marker]
    if kept:
        first = kept[0]
        text = first.text.lstrip()
        if first.glue or text != first.text:
            kept[0] = replace(first, start=first.start + len(first.text) - len(text), text=text, glue="")
        if kept[-1].text[-1:].isspace():
            kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return Passage(tuple(kept))


def concatenated(passages: Iterable[Passage], glue: str = " ") -> Passage:
    """All the passages, one after another."""
    whole = Passage()
    for passage in passages:
        whole = whole.joined(passage, glue)
    return whole


def _around(one: PageBox, two: PageBox) -> tuple[float, float, float, float]:
    a, b = one.box, two.box
    return (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
