"""What a page shows beside a source's characters: automatic numbers and bullets put in, struck-through words left out.

Both are recorded as repairs, before any rule runs, so that `raw` holds the source's own characters and nothing else.
"""

from __future__ import annotations

from normalise.model import Repair
from normalise.passage import Passage


def with_marks(passage: Passage) -> tuple[str, tuple[Repair, ...]]:
    """The text that a page shows for a passage, and how it comes from `raw`: `at` is an offset as the text then stands.

    A Word list's number or bullet is put in (rule automatic-number), struck-through words go (rule struck-through).
    """
    text, repairs = "", []
    for piece in passage.pieces:
        text += piece.glue
        if piece.marker:
            marker = piece.marker if piece.marker[-1].isspace() or not piece.text else piece.marker + " "
            repairs.append(Repair("automatic-number", len(text), "", marker))
            text += marker
        if piece.struck and piece.text:
            repairs.append(Repair("struck-through", len(text), piece.text, ""))
        else:
            text += piece.text
    return text, tuple(repairs)


def shown(passage: Passage) -> str:
    """The text alone."""
    return with_marks(passage)[0].strip()
