"""A reference is one piece without a final dot: `2. 5` is `2.5`, and `1 14` is `1.14`.

A narrow first column breaks a reference, and a table reader may cut it in two where the dot was. A reference with
letters or brackets (`Rec 3`, `1 (a)`) is as printed.
"""

import re

from normalise.evidence import Evidence

FIELDS = frozenset(("ref",))
AFTER = ("spaces", "look_alikes")
CHANGES = ("2. 5 a.", "2.5a")
LEAVES = "Rec 3"

DOT = re.compile(r"(?<=\d) ?\. ?(?=\d)")
LAST_DIGIT = re.compile(r"(?<=\d) (?=0)|(?<=\d\.\d) (?=\d$)")
NO_DOT = re.compile(r"^(\d{1,2}) (\d{1,2})\.?$")
LETTER = re.compile(r"(?<=\d) (?=[a-z]\.?$)")
END = re.compile(r"(?<=\w) ?\.+$")


def fix(text: str, evidence: Evidence) -> str:
    """Join the parts of a reference and drop its final dots."""
    text = DOT.sub(".", text)
    text = LAST_DIGIT.sub("", text)
    text = NO_DOT.sub(r"\1.\2", text)
    text = LETTER.sub("", text)
    return END.sub("", text)
