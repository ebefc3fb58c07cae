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
    solid = text.replace(" ", "")  # initials that are not in this are nowhere in pieces
    for initials, spelt in _patterns(evidence.initials):
        if initials in solid:
            text = spelt.sub(initials, text)
    return text


@lru_cache(maxsize=16)
def _patterns(known: frozenset[str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The initials of several letters, the longest first, each with how they look in pieces."""
    several = [form for form in sorted(known, key=lambda form: (-len(form), form)) if len(form) > 1 and " " not in form]
    spelt = [" ?".join(map(re.escape, form)) for form in several]
    patterns = [re.compile(rf"(?<![\w&-])(?<![A-Z] ){letters}(?![\w-])(?! [A-Z]\b)") for letters in spelt]
    return tuple(zip(several, patterns, strict=True))


def _code(line: str) -> str:
    whole = line.replace(" ", "")
    return whole if whole.upper() in CODES else line
