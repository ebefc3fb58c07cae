"""A list item begins with `• ` on a line of its own, whichever sign the page used, and a bullet of nothing goes.

Bullets come out of PDFs as private signs of a symbol font, and out of tables with the whole list run into one line. A
bullet that stands alone on its line belongs to the line below it. Dashes and `o` are bullets only where two or more
lines begin with the same one: a single dash is a dash, and ticks and arrows inside a line may mean something.
"""

import re

from normalise.evidence import Evidence

FIELDS = None
AFTER = ("spaces",)
CHANGES = ("Agree: \uf0b7 scope \uf0b7costs \uf0b7", "Agree:\n• scope\n• costs")
LEAVES = "Phase 1 - complete ✓"

SIGNS = re.compile("[•●▪■◦‣∙⁃◆❖➢➤►▶\uf0b7\uf0a7\uf0d8\uf076\uf0d2\uf02d]")
OPENING = re.compile("(?m)^[·\ue000-\uf8ff](?= ?\\w)")
RUN = re.compile(r"•[\s•]+")
ITEM = re.compile(r"(?:^|(?<!\s)\s+|(?<=[:;.,)]))•\s*(?=[^\s•])")
EMPTY = re.compile(r"(?:^|\s)•\s*$")
LINE = re.compile(r"([-–*·o]) (?=\w)")


def fix(text: str, evidence: Evidence) -> str:
    """Begin each item on a line of its own with `• `."""
    if not text.isascii():
        text = OPENING.sub("•", SIGNS.sub("•", text))
    if "•" in text:
        text = EMPTY.sub("", ITEM.sub("\n• ", RUN.sub("• ", text)))
    return "\n".join(_items(text.strip("\n").split("\n")))


def _items(lines: list[str]) -> list[str]:
    """Lines of a list that uses dashes or `o` for its bullets begin with `• ` too."""
    marks = [found[1] if (found := LINE.match(line)) else "" for line in lines]
    return [f"•{line[1:]}" if mark and marks.count(mark) > 1 else line for mark, line in zip(marks, lines, strict=True)]
