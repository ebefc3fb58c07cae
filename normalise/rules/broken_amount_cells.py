"""In a column of money, a sum broken at a comma or before its `k` or `m` is whole again: `£12, 500` is `£12,500`.

Only what is then a sum written in thousands is joined, and not where a word follows that the second number could be
counting (`£5, 300 hours`).
"""

import re

from normalise.evidence import Evidence

FIELDS = frozenset(("resources",))
AFTER = ("broken_amounts",)
CHANGES = ("£12, 500 p.a., £1 2,500, £49 7k, £46 k", "£12,500 p.a., £12,500, £497k, £46k")
LEAVES = "£5, 300 hours, £500 2,000 leaflets"

BROKEN = re.compile(r"£\d(?:(?: |, ?| ,)?\d)*(?:\.\d ?\d)?(?!\d)")
GROUPED = re.compile(r"£\d{1,3}(?:,\d{3})+(?:\.\d\d)?")
COUNTED = re.compile(r" (?!(?:p\.?a|per|for|from|over|in|a|each|and|to|of|recurrent|one|approx|funded|plus|is)\b)[a-z]")
#: `£49 7k`: a sum in thousands without a pound sign of its own is the rest of the one before.
BEFORE_UNIT = re.compile(r"(?i)(?<![\w.,])£(\d{1,2}) (\d{1,2})(k|m|bn)(?!\w)")
UNIT = re.compile(r"(?i)(£\d[\d,]*(?:\.\d+)?) (k|m|bn)(?!\w)")


def fix(text: str, evidence: Evidence) -> str:
    """Join the pieces of a sum where the whole is one sum in thousands, or a number and its `k`, `m` or `bn`."""
    return UNIT.sub(r"\1\2", BEFORE_UNIT.sub(r"£\1\2\3", BROKEN.sub(_whole, text)))


def _whole(found: re.Match[str]) -> str:
    whole = found[0].replace(" ", "")
    counted = ", " in found[0] and COUNTED.match(found.string, found.end())
    return whole if GROUPED.fullmatch(whole) and not counted else found[0]
