"""A word with a hyphen that was wrapped at the hyphen is one word again: `post- inspection` is `post-inspection`.

The hyphen stays where the document prints the word with it, or where two words meet; it goes where it only parted the
syllables of one word (`inspec- tion`). Left alone: a hyphen that waits for its second half (`pre- and post-birth`), a
dash with a space before it, and a dash typed like a hyphen before a word that no compound goes on with (`agreed- the
board`) or before a capital, unless a name, initials or the document itself has it so.
"""

from __future__ import annotations

import re
from functools import lru_cache

from normalise.evidence import Evidence
from normalise.lexicon import frequency, is_word

FIELDS = None
AFTER = ("broken_words",)
CHANGES = ("post- inspection by wi- fi, inspec- tion", "post-inspection by wi-fi, inspection")
LEAVES = "pre- and post-inspection - agreed- the board"

WRAPPED = re.compile(r"(?<![^\W\d_])(?<!['’-])((?:[^\W\d_]|['’-])*[^\W\d_])- ([^\W\d_]+(?:[-'’][^\W\d_]+)*)")
_WAITING = "and or to but nor through versus vs"
_NEW_CLAUSE = """
a an the this that these those it its we they he she there is are was were be been has have had will would should may
must can no not now see also with for of from at as if when while which who awaiting
"""
NOT_AFTER = frozenset((_WAITING + _NEW_CLAUSE).split())
#: Beginnings that keep a hyphen before a word (`re- offend`, though `reoffend` is one), and before a capital.
BEGINNINGS = frozenset(
    ("anti", "co", "cross", "ex", "inter", "mid", "multi", "non", "post", "pre", "pro", "re", "self", "semi", "sub")
)

#: No typesetter parts a word shorter than this: `wi- fi` and `e- mail` are printed with their hyphen.
SYLLABLES = 7
#: A word this common is the likelier reading of two pieces of which just one is a word (`sup- port`, not `nap- time`).
COMMON = 3.5


def fix(text: str, evidence: Evidence) -> str:
    """Close the gap after a hyphen that stood at the end of a line, or drop the hyphen with it."""
    if "- " not in text:
        return text
    names = _names(evidence.names, evidence.initials)
    return WRAPPED.sub(lambda found: _joined(found[1], found[2], evidence.words, names), text)


@lru_cache(maxsize=16)
def _names(full: tuple[str, ...], initials: frozenset[str]) -> frozenset[str]:
    return initials.union(*(name.split() for name in full))


def _joined(left: str, right: str, words: frozenset[str], names: frozenset[str]) -> str:
    compound, whole = f"{left}-{right}", left + right
    if right.casefold() in NOT_AFTER and compound.casefold() not in words:
        return f"{left}- {right}"
    if compound in names or compound.casefold() in words:
        return compound
    first = left.rpartition("-")[2]
    if right[0].isupper():
        return compound if first.casefold() in BEGINNINGS else f"{left}- {right}"
    if whole.casefold() in words and not (first.casefold() in BEGINNINGS and is_word(right)):
        return whole
    syllables = len(left) > 1 and len(whole) >= SYLLABLES and is_word(whole) and not (is_word(left) and is_word(right))
    if syllables and not (first.casefold() == "co" and right[0] == "o"):
        return whole if not is_word(right) or frequency(whole) >= COMMON else compound
    return compound
