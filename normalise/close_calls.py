"""What OCR was in two minds about, settled by known words. A close call: a word as read, and what else it may be.

Only what the engine itself saw as possible is ever put for what it read, and only where one of the two is a known word
(English, a name or initials of the roster, `TBC`, a month …) and the other is none. Figures are never settled: nothing
says which number is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalise.evidence import Evidence
from normalise.lexicon import is_word

#: What cells say that is no English word of the list.
OF_CELLS = frozenset("TBC TBA TBD N/A FTE RAG BRAG KPI LA CCG NHS Q1 Q2 Q3 Q4 FY w/c p.a. Nil".split())
_MONTHS = "January February March April May June July August September October November December"
MONTHS = frozenset((*_MONTHS.split(), *(month[:3] for month in _MONTHS.split()), "Sept"))
_EDGES = re.compile(r"\A\W+|\W+\Z")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\Z")


def settled(text: str, evidence: Evidence) -> str:
    """The text with each close call in it settled that known words settle."""
    for read, other in evidence.close_calls:
        if read in text and "".join(other.split()) != "".join(read.split()):
            text = "".join(_settled(text, read, other, evidence))
    return text


def confirms(read: str, other: str, evidence: Evidence) -> bool:
    """Whether known words say which of the two a word is, the one that was read or the other."""
    mine, theirs = _EDGES.sub("", read), _EDGES.sub("", other)
    return is_known(mine, evidence) != is_known(theirs, evidence)


def is_known(word: str, evidence: Evidence) -> bool:
    """Whether a word, without the signs around it, is one that the plan or the language knows.

    >>> [is_known(word, Evidence()) for word in ("N/A", "March", "Attendance", "Áttendance", "2016", "JN")]
    [True, True, True, False, False, False]
    """
    if word in OF_CELLS or word in MONTHS or word in evidence.initials or word in names_of(evidence):
        return True
    if len(word) > 1 and word.isupper():
        return False  # initials and short forms: letters in capitals are hardly ever the word that they spell
    return _LETTERS.match(word) is not None and is_word(word)


def names_of(evidence: Evidence) -> frozenset[str]:
    """The names of the roster, word by word."""
    return frozenset(part for name in evidence.names for part in name.split())


def _settled(text: str, read: str, other: str, evidence: Evidence) -> Iterator[str]:
    """The pieces of the text, what was read replaced where it stands as a word and the other is what is meant."""
    at = 0
    for found in re.finditer(rf"(?<!\w){re.escape(read)}(?!\w)", text):
        yield text[at : found.start()]
        after = text[found.end() :]
        yield other if _is_other(read, other, text[: found.start()], after, evidence) else read
        at = found.end()
    yield text[at:]


def _is_other(read: str, other: str, before: str, after: str, evidence: Evidence) -> bool:
    mine, theirs = _EDGES.sub("", read), _EDGES.sub("", other)
    if len(mine) < 2 or len(theirs) < 2 or not is_known(theirs, evidence):
        return False
    if not is_known(mine, evidence):
        return True
    # `lan Lowe`: a name begins with a capital, and a word that opens a text does too.
    if mine[:1] == "l" and theirs[:1] == "I" and mine[1:] == theirs[1:]:
        return not re.search(r"\w", before) or re.match(r"\s+[A-Z][a-z]", after) is not None
    return False
