"""A word that OCR was in two minds about is the known one of the two: `lan Lowe` is `Ian Lowe`.

OCR says what else a letter may be where it is unsure. Where what it read is no word that the plan or the language
knows, and what it may be is one (a person's initials, `TBC`, a month, an English word), that is what the page prints.
Figures are left alone, and so is a word whose other reading the engine did not see.
"""

from normalise.close_calls import settled
from normalise.evidence import Evidence

FIELDS = None
AFTER = ()
CHANGES = ("Áttendance is up", "Attendance is up")
LEAVES = "Áttendence is up"


def fix(text: str, evidence: Evidence) -> str:
    """Put the known word for the one that OCR was unsure of."""
    return settled(text, evidence)
