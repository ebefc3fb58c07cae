"""The name of a person whom the document introduces is whole, however a narrow cell broke it: `Lowe-Ha rt`.

The roster knows how the name is spelt, so every space inside it that is none of its own goes. A full name is looked for
letter by letter in the same case, and so is a surname in two parts. Other names are broken words like any other.
"""

from __future__ import annotations

import re
from functools import lru_cache

from normalise.evidence import Evidence

FIELDS = None
AFTER = ("look_alikes", "spaces")
CHANGES = ("Ada Lowe-Ha rt", "Ada Lowe-Hart")
LEAVES = "Ada and Low e"


def fix(text: str, evidence: Evidence) -> str:
    """Put the names of the roster in one piece wherever they stand in more."""
    letters = "".join(text.split())  # a name that is no more often in these than in the text is nowhere in pieces
    for name in _names(evidence.names):
        whole = "".join(name.split())
        if whole in letters and letters.count(whole) != text.count(name):
            text = _anywhere(name).sub(name, text)
    return text


@lru_cache(maxsize=16)
def _names(full: tuple[str, ...]) -> tuple[str, ...]:
    """Full names, then the surnames of two parts in them: what is long enough to be found in pieces."""
    whole = [name for name in full if not re.search(r" -|- |\s\s", name) and len(name.replace(" ", "")) >= 6]
    double = [part for name in whole for part in name.split() if "-" in part and len(part) >= 8]
    return tuple(dict.fromkeys((*whole, *double)))


@lru_cache(maxsize=1024)
def _anywhere(name: str) -> re.Pattern[str]:
    words = (" ?".join(map(re.escape, word)) for word in name.split())
    return re.compile(r"(?<![^\W\d_])" + " ".join(words) + r"(?![^\W\d_])")
