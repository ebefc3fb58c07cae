"""Letters that the printer set as one sign are letters again: `ﬁ` is `fi`.

A search for `finance` must find it, and a word that was broken at a ligature can only be known whole without it.
Accents and other letters of one sign (`æ`, `œ`) are spelling, and stay.
"""

from normalise.evidence import Evidence

FIELDS = None
AFTER = ()
CHANGES = ("ﬁnal oﬃce", "final office")
LEAVES = "café, Cæsar"

LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


def fix(text: str, evidence: Evidence) -> str:
    """Spell ligatures out."""
    return text if text.isascii() else text.translate(LIGATURES)
