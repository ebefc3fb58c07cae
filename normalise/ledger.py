"""The ledger: every character of the source that is not white space, and the one place that it went to.

It balances by construction, because places hold spans of the source: what no place holds is unplaced, and a character
that two places hold is a mistake in this program, never in the document.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from extract.model import Document, count_characters
from normalise.model import Ledger
from normalise.passage import Passage, Piece, trimmed


class LedgerError(AssertionError):
    """Two places hold the same character: a step has copied where it should have moved."""


def settle(
    document: Document, placed: Iterable[Passage], furniture: Iterable[Passage]
) -> tuple[Ledger, tuple[Passage, ...]]:
    """The ledger of a document, and the lines (or parts of lines) that no place holds."""
    placed_pieces = [piece for passage in placed for piece in passage.pieces]
    furniture_pieces = [piece for passage in furniture for piece in passage.pieces]
    taken = sorted((piece.start, piece.start + len(piece.text)) for piece in (*placed_pieces, *furniture_pieces))
    for (_, end), (start, _) in pairwise(taken):
        if start < end:
            raise LedgerError(f"the characters from {start} on have two places")
    left = tuple(_left_over(document, taken))
    ledger = Ledger(
        document.characters,
        sum(count_characters(piece.text) for piece in placed_pieces),
        sum(count_characters(piece.text) for piece in furniture_pieces),
        sum(count_characters(passage.raw) for passage in left),
    )
    return ledger, left


def _left_over(document: Document, taken: list[tuple[int, int]]) -> Iterable[Passage]:
    """What of each line no span covers, as passages."""
    at = 0
    for line in sorted(document.lines(), key=lambda line: line.start):
        begin = line.start
        while at < len(taken) and taken[at][1] <= begin:
            at += 1
        later = at
        while begin < line.end:
            covered = taken[later] if later < len(taken) and taken[later][0] < line.end else (line.end, line.end)
            text = line.text[begin - line.start : max(covered[0], begin) - line.start]
            if text.strip():
                yield trimmed((Piece(begin, text, line.origin),))
            begin = max(covered[1], begin)
            later += 1
