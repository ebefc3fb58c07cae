"""A short code or set of initials that a narrow cell broke is whole again: `TB C` is `TBC`, `AL- H` is `AL-H`.

Only where the whole line is the code, or where the roster knows the initials; in running text capitals one after
another may be anything, and are left.
"""

from __future__ import annotations

import re

from normalise.evidence import Evidence

FIELDS = frozenset(("start", "end", "lead", "resources", "status"))
AFTER = ("broken_words", "hyphens_at_wraps")
CHANGES = ("TB C", "TBC")
LEAVES = "TBC by AB C"

CODES = frozenset(("TBC", "TBA", "TBD", "N/A", "NIL", "NONE"))


def fix(text: str, evidence: Evidence) -> str:
    """Join a line that spells a code, and initials that the roster knows."""
    lines = (_code(line) for line in text.split("\n"))
    text = "\n".join(lines)
    for initials in sorted(evidence.initials, key=lambda form: (-len(form), form)):
        if len(initials) > 1 and " " not in initials:
            spelt = " ?".join(map(re.escape, initials))
            text = re.sub(rf"(?<![\w&-])(?<![A-Z] ){spelt}(?![\w-])(?! [A-Z]\b)", initials, text)
    return text


def _code(line: str) -> str:
    whole = line.replace(" ", "")
    return whole if whole.upper() in CODES else line
