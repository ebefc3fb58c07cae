"""A closing bracket stands at its word again: `(training )` is `(training)`.

A narrow cell leaves a bracket that no longer fits on a line of its own. Only where the opening bracket stands at its
word: `( a note )` was set so. A space before a comma or a semicolon may be the body's own, and stays.
"""

import re

from normalise.evidence import Evidence

FIELDS = None
AFTER = ("spaces",)
CHANGES = ("£4,200 (training ) and £1,100", "£4,200 (training) and £1,100")
LEAVES = "( a note ), populated , 1 )"

CLOSING = re.compile(r"(\((?=[^\s()])[^()\n]*[^\s()]) \)")


def fix(text: str, evidence: Evidence) -> str:
    """Close the gap before a bracket whose opening one has none."""
    return CLOSING.sub(r"\1)", text)
