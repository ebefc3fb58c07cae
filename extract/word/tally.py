"""A second, flat count of a part's characters, made apart from the reader: its ledger is held against it."""

from __future__ import annotations

from extract.model import count_characters
from extract.package import Element
from extract.word.markup import ALTERNATE, DELETED, W, offered
from extract.word.runs import Fields, fields_of, printed, shown_in_form
from extract.word.tables import is_deleted


def tally(root: Element) -> int:
    """How many characters that are not white space a part prints: no deleted text, no field instructions."""
    return _tally(root, fields_of(root))


def _tally(element: Element, fields: Fields) -> int:
    total = 0
    for inner in offered(element) if element.tag == ALTERNATE else element:
        gone = inner.tag in DELETED or (inner.tag == W + "tr" and is_deleted(inner))
        if gone:
            for mark in inner.iter(W + "fldChar"):
                fields.meet(mark.get(W + "fldCharType", ""))
            continue
        if inner.tag == W + "fldChar":
            if inner.get(W + "fldCharType") == "begin" and not fields.instructing:
                total += count_characters(shown_in_form(inner))
            fields.meet(inner.get(W + "fldCharType", ""))
        elif (text := printed(inner)) is not None:
            total += 0 if fields.instructing or inner.tag == W + "delText" else count_characters(text)
            continue
        total += _tally(inner, fields)
    return total
