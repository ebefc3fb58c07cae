"""extract.proof: a reader that loses or doubles a character says so."""

from __future__ import annotations

import pytest

from extract.model import Document, Line, Paragraph, PartParagraph, Remark, Source
from extract.proof import proved

SOURCE = Source("plan.docx", "0" * 64, "text/plain", None)
BLOCKS = (Paragraph((Line(0, "Our plan", PartParagraph("document", 1)),)),)
CASES = [
    (7, ()),
    (9, (Remark("characters-unread", "error", "2 characters of the file were not read"),)),
    (6, (Remark("characters-unread", "error", "1 characters of the file were read more than once"),)),
]


@pytest.mark.parametrize("characters, remarks", CASES)
def test_proved(characters: int, remarks: tuple[Remark, ...]) -> None:
    assert proved(Document(SOURCE, BLOCKS, characters)) == Document(SOURCE, BLOCKS, characters, (), remarks)
