"""A soft hyphen goes where it only parted a word at a line's end, and is a hyphen where it joins two words.

Some fonts hold every hyphen as a soft one (U+00AD), and one reader gives U+FFFE for the hyphen at the end of a line. So
the words beside it decide: `inspec|tion` is a word without it, `post|inspection` two words with it, and between digits
it is a dash. The ordinary hyphen is another rule's.
"""

import re

from normalise.evidence import Evidence
from normalise.lexicon import is_word

FIELDS = None
AFTER = ("ligatures", "spaces")
CHANGES = ("inspec\u00ad tion post\u00adinspection", "inspection post-inspection")
LEAVES = "post-inspection"

BESIDE = re.compile(r"(\w*)[\u00ad\ufffe\u0002]+(?: (?=[^\W\d_]))?(\w*)")


def fix(text: str, evidence: Evidence) -> str:
    """Drop soft hyphens, or make hyphens of them."""
    while (fixed := BESIDE.sub(lambda found: _without(found[1], found[2], evidence), text)) != text:
        text = fixed
    return text


def _without(left: str, right: str, evidence: Evidence) -> str:
    whole = left + right
    if left[-1:].isdigit() and right[:1].isdigit():
        return f"{left}-{right}"
    if is_word(left) and is_word(right) and not is_word(whole) and whole.casefold() not in evidence.words:
        return f"{left}-{right}"
    return whole
