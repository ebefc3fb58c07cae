"""What a Word file holds besides text that this program does not read: said, so that nobody misses it in silence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from extract.model import Remark
from extract.package import Element
from extract.word.markup import FALLBACK, W

_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_GRAPHIC = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"

Severity = Literal["info", "warning"]


def unread(root: Element) -> Iterator[Remark]:
    """A remark for each kind of content of the body that is not read. Pictures alone are no cause for doubt."""
    embedded = len(list(root.iter(W + "object")))
    imported = len(list(root.iter(W + "altChunk", W + "subDoc")))
    drawn = sum(_is_drawing(graphic) for graphic in root.iter(_GRAPHIC))
    pictures = sum(not _doubled(picture) for picture in root.iter(_PICTURE, _OLD_PICTURE)) - embedded
    yield from _remark("embedded-object", "warning", embedded, "embedded file (a sheet or document inside this one)")
    yield from _remark("imported-document", "warning", imported, "imported document (Word joins it in when it opens)")
    yield from _remark("drawing", "warning", drawn, "chart or diagram")
    yield from _remark("picture", "info", pictures, "picture")


def _remark(code: str, severity: Severity, count: int, name: str) -> Iterator[Remark]:
    if count > 0:
        message = f"{count} × {name}: what it says is not read"
        yield Remark(code, severity, message)


def _is_drawing(graphic: Element) -> bool:
    return graphic.get("uri", "").rpartition("/")[2] in ("chart", "diagram", "chartex") and not _doubled(graphic)


def _doubled(element: Element) -> bool:
    """Whether this is only the fallback of something already counted."""
    return any(True for _ in element.iterancestors(FALLBACK))
