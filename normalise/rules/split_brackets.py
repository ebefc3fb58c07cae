"""A closing bracket stands at its word again: `(rooms )` is `(rooms)`.

A narrow cell leaves a bracket that no longer fits on a line of its own. Only where the opening bracket stands at its
word: `( a note )` was set so. A space before a comma or a semicolon may be the body's own, and stays.
"""

import re

from normalise.evidence import Evidence

FIELDS = None
AFTER = ("spaces",)
CHANGES = ("£900 (rooms ) and £350", "£900 (rooms) and £350")
LEAVES = "( a note ), signed , 1 )"

CLOSING = re.compile(r"(\((?=[^\s()])[^()\n]*[^\s()]) \)")


def fix(text: str, evidence: Evidence) -> str:
    """Close the gap before a bracket whose opening one has none."""
    return CLOSING.sub(r"\1)", text)
