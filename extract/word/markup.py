"""WordprocessingML: the names of its elements, and how to look through the wrappers that hold no text of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.package import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

ALTERNATE, CHOICE, FALLBACK = MC + "AlternateContent", MC + "Choice", MC + "Fallback"
MATH_TEXT = M + "t"

#: What a tracked deletion wraps; moved text is read where it moved to.
DELETED = frozenset({W + "del", W + "moveFrom"})
INSERTED = frozenset({W + "ins", W + "moveTo"})

_OFF = frozenset({"0", "false", "off", "none"})


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name, or None (also for no element)."""
    return None if element is None else element.find(W + name)


def value(element: Element | None, name: str) -> str | None:
    """The `w:val` of a child, or None where there is no such child."""
    found = child(element, name)
    return None if found is None else found.get(W + "val")


def number(element: Element | None, name: str) -> int | None:
    """The `w:val` of a child as a whole number, or None."""
    return whole(value(element, name))


def whole(text: str | None) -> int | None:
    """A whole number of at most nine digits, or None: a file may hold anything there."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text or "") and text else None


def switch(element: Element | None, name: str) -> bool | None:
    """Whether a property is on, off, or None where it is not given."""
    found = child(element, name)
    return None if found is None else found.get(W + "val", "true").lower() not in _OFF


def offered(alternate: Element) -> Iterator[Element]:
    """The one branch of an `mc:AlternateContent` that is read: what Word offers first, else its fallback."""
    branch = alternate.find(CHOICE)
    if branch is None:
        branch = alternate.find(FALLBACK)
    if branch is not None:
        yield from branch


def through(element: Element, wanted: frozenset[str]) -> Iterator[Element]:
    """The nearest descendants of the wanted kinds in order, through content controls and every other wrapper."""
    for inner in element:
        if inner.tag in wanted:
            yield inner
        elif inner.tag == ALTERNATE:
            for branch in offered(inner):
                yield from [branch] if branch.tag in wanted else through(branch, wanted)
        elif inner.tag not in DELETED:
            yield from through(inner, wanted)
