"""A sum of money that a narrow cell broke inside its thousands is whole again: `£118,00 0` is `£118,000`.

After a comma a group of thousands has three figures, so one or two of them and a space can only be a break. What could
be a sum and a number (`£12, 500 leaflets`) is left.
"""

import re

from normalise.evidence import Evidence

FIELDS = None
AFTER = ("spaces",)
CHANGES = ("£118,00 0 and £2,4 50.50", "£118,000 and £2,450.50")
LEAVES = "£12, 500 leaflets, £500 2,000 leaflets"

SUM = re.compile(r"(£ ?\d{1,3})((?:,(?:\d{3}|\d \d\d|\d\d \d))+)(?!\d)")


def fix(text: str, evidence: Evidence) -> str:
    """Join the pieces of a group of thousands."""
    return SUM.sub(lambda found: found[1] + found[2].replace(" ", ""), text)
