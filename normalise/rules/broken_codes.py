"""A short code or set of initials that a narrow cell broke is whole again: `TB C` is `TBC`, `AL- H` is `AL-H`.

Only where the whole line is the code, or where the roster knows the initials; in running text capitals one after
another may be anything, and are left.
"""

from __future__ import annotations

import re
from functools import lru_cache

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
    solid = text.replace(" ", "")  # initials that are no more often in this than in the text are nowhere in pieces
    for initials in _several(evidence.initials):
        if initials in solid and solid.count(initials) != text.count(initials):
            text = _in_pieces(initials).sub(initials, text)
    return text


@lru_cache(maxsize=16)
def _several(known: frozenset[str]) -> tuple[str, ...]:
    """The initials of several letters, the longest first."""
    longest_first = sorted(known, key=lambda form: (-len(form), form))
    return tuple(form for form in longest_first if len(form) > 1 and " " not in form)


@lru_cache(maxsize=1024)
def _in_pieces(initials: str) -> re.Pattern[str]:
    letters = " ?".join(map(re.escape, initials))
    return re.compile(rf"(?<![\w&-])(?<![A-Z] ){letters}(?![\w-])(?! [A-Z]\b)")


def _code(line: str) -> str:
    whole = line.replace(" ", "")
    return whole if whole.upper() in CODES else line
