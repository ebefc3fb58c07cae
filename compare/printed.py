"""Whether two texts are printed alike: compared without white space, hyphens at wraps, bullets and look-alikes.

These are what differs between a PDF, a Word file and a text dump of the same words; all else (case, full stops, a
letter) is the document's own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from normalise.model import CellRecord
from normalise.rules.look_alikes import LIKE_LATIN

#: Rules that say what a page shows where the source's characters do not: with them, `raw` is the printed text.
_SHOWN_BY = ("automatic-number", "struck-through")

_SIGNS = dict(zip("‘’‚‛′“”„‟″‐‑‒–—−⁃ ­", "'''''\"\"\"\"\"-------" + " -", strict=True))
_TABLE = str.maketrans({**LIKE_LATIN, **_SIGNS})
_SIGN = "[•▪●○◦‣∙·\uf0b7\uf0a7]"
_BULLET = re.compile(rf"(?:^|(?<=\s)){_SIGN}(?=\s|$)|^{_SIGN}|(?:^|(?<=\s))[o*-](?=\s)", re.MULTILINE)
_WRAPPED = re.compile(r"\w-\s+\w")


@lru_cache(maxsize=50_000)
def printed_key(text: str) -> str:
    """What two texts printed alike have in common.

    >>> printed_key("• Sign the plan") == printed_key("Sign the\\nplan") != printed_key("Sign the plans")
    True
    >>> printed_key("ТВС") == printed_key("T BC")
    True
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_TABLE)
    return "".join(_BULLET.sub("", plain).split())


def printed_alike(one: str, two: str) -> bool:
    """Whether two texts are the same words; a hyphen where a line ends may be the line's or the word's.

    >>> printed_alike("multi- agency", "multiagency"), printed_alike("multi-agency", "multiagency")
    (True, False)
    """
    if one == two:
        return True
    first, second = printed_key(one), printed_key(two)
    if first == second:
        return True
    if not (_WRAPPED.search(one) or _WRAPPED.search(two)):
        return False
    return first.replace("-", "") == second.replace("-", "")


def title_key(text: str | None) -> str:
    """A header, banner or title for comparing: without case too, since capitals are often a matter of style."""
    return printed_key(text or "").casefold().rstrip(".:")


def as_printed(record: CellRecord) -> str:
    """The text that the page shows for a cell: its raw characters, automatic numbers put in, struck words left out."""
    text = record.raw
    for repair in record.repairs:
        if repair.rule not in _SHOWN_BY:
            break
        text = text[: repair.at] + repair.after + text[repair.at + len(repair.before) :]
    return text
