"""A reader's own proof that it lost nothing: its lines against a count made apart from them."""

from __future__ import annotations

from msgspec.structs import replace

from extract.model import Document, Remark, count_characters


def missing(document: Document) -> int:
    """How many characters fewer its lines hold than were counted apart; below 0, if they hold more."""
    return document.characters - sum(count_characters(line.text) for line in document.lines())


def proved(document: Document) -> Document:
    """The document, with an error among its remarks where its lines hold more or less than was counted apart."""
    lost = missing(document)
    if not lost:
        return document
    message = f"{abs(lost)} characters of the file were {'not read' if lost > 0 else 'read more than once'}"
    return replace(document, remarks=(*document.remarks, Remark("characters-unread", "error", message)))
