"""White space is made plain: one ordinary space between words, none at the ends of a paragraph.

Fixed, tabbed and doubled spaces are how a page was set, not what it says, and zero-width signs and marks of direction
print nothing at all. Curly quotes, dashes and a body's own space before a comma stay as printed.
"""

import re

from normalise.evidence import Evidence

FIELDS = None
AFTER = ()
CHANGES = ("Part\u00a0of  the\u200b plan", "Part of the plan")
LEAVES = "Each file signed , with a date – “in hand”"

UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def fix(text: str, evidence: Evidence) -> str:
    """Leave one space between words, and drop what prints nothing."""
    seen = text if text.isascii() else UNSEEN.sub("", text)
    paragraphs = (" ".join(paragraph.split()) for paragraph in seen.split("\n"))
    return "\n".join(paragraph for paragraph in paragraphs if paragraph)
