"""The ending of an ordinal number stands at its number again: `31 st` is `31st`.

The page raises the ending (8ᵗʰ), and the reader takes it for a word of its own. Only the ending that belongs to the
number is joined (`1 nd` is no ordinal), and only in small letters: `4 St Johns Road` is an address.
"""

import re

from normalise.evidence import Evidence

FIELDS = None
AFTER = ("broken_words",)
CHANGES = ("8 th September, 31s t Oct", "8th September, 31st Oct")
LEAVES = "4 St Johns Road, the 1 nd"

ORDINAL = re.compile(r"(?<![\w.,/£])(\d{1,3}) ?(s ?t|n ?d|r ?d|t ?h)(?!\w)")


def fix(text: str, evidence: Evidence) -> str:
    """Join a number and the ending that belongs to it."""
    return ORDINAL.sub(_joined, text)


def _joined(found: re.Match[str]) -> str:
    number, ending = int(found[1]), found[2].replace(" ", "")
    teens = 10 < number % 100 < 20
    right = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{found[1]}{ending}" if ending == right else found[0]
