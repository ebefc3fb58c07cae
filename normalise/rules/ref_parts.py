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


def fix(text: str, evidence: Evidence) -> str:
    """Join the parts of a reference and drop its final dots."""
    text = re.sub(r"(?<=\d) ?\. ?(?=\d)", ".", text)
    text = re.sub(r"(?<=\d) (?=0)|(?<=\d\.\d) (?=\d$)", "", text)
    text = re.sub(r"^(\d{1,2}) (\d{1,2})\.?$", r"\1.\2", text)
    text = re.sub(r"(?<=\d) (?=[a-z]\.?$)", "", text)
    return re.sub(r"(?<=\w) ?\.+$", "", text)
