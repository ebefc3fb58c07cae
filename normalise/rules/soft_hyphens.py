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

_SOFT = "[\u00ad\ufffe\u0002]"
WITHIN = re.compile(rf"\w*{_SOFT}+(?: (?=[^\W\d_]))?(?:\w|(?<={_SOFT}) (?=[^\W\d_])|{_SOFT})*")
#: No word is longer; what is may be a hostile text.
LONGEST = 40


def fix(text: str, evidence: Evidence) -> str:
    """Drop soft hyphens, or make hyphens of them."""
    if (text.isascii() and "\x02" not in text) or not re.search(_SOFT, text):
        return text
    return WITHIN.sub(lambda found: _mended(re.split(rf"{_SOFT}+ ?", found[0]), evidence), text)


def _mended(parts: list[str], evidence: Evidence) -> str:
    mended, last = [parts[0]], parts[0]
    for part in parts[1:]:
        hyphen = "-" if _are_two(last, part, evidence) else ""
        last = part if hyphen else (last + part)[-LONGEST:]
        mended += [hyphen, part]
    return "".join(mended)


def _are_two(left: str, right: str, evidence: Evidence) -> bool:
    """Whether a hyphen joins these: two numbers, or two words that are no word together."""
    if left[-1:].isdigit() and right[:1].isdigit():
        return True
    whole = left + right
    return is_word(left) and is_word(right) and not is_word(whole) and whole.casefold() not in evidence.words
