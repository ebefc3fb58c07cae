"""A date that a narrow cell broke is whole again where it can mean nothing else: `04/02/201 9`.

A year of three figures, or a month that is only a nought, exists nowhere else than at a break. What could be a date and
a number (`4/2/20 19 children`) is left here; in a column of dates another rule reads it.
"""

import re

from normalise.evidence import Evidence

FIELDS = None
AFTER = ("broken_words",)
CHANGES = ("04/02/201 9, 31/0 3/2018, w/ c 4 September 201 7", "04/02/2019, 31/03/2018, w/c 4 September 2017")
LEAVES = "4/2/20 19 children, Sept 20 17"

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
#: A year of four figures in two pieces, three and one or one and three.
SPLIT_YEAR = r"(?:(19\d|20\d) (\d)|(1|2) (9\d\d|0\d\d))(?!\w)"
AFTER_NUMBERS = re.compile(rf"(?<![\d./])(\d{{1,2}}([./-])\d{{1,2}}\2){SPLIT_YEAR}")
AFTER_MONTH = re.compile(rf"(?i)\b({MONTH}[.,]? )(){SPLIT_YEAR}")
SPLIT_MONTH = re.compile(r"(?<![\d./])(\d{1,2})([./-])([01]) (\d)\2((?:19|20)?\d\d)(?!\w)")
AT_SLASHES = re.compile(r"(?<![\d./])(\d{1,2}) ?/ ?(\d{1,2}) ?/ ?((?:19|20)\d\d)(?!\w)")

#: What is in two pieces: the patterns look at every letter, and most texts have none of these.
GAP = re.compile(r"\d \d")
WEEK = re.compile(r"(?i)\b(w) ?/ ?(c)\b")


def fix(text: str, evidence: Evidence) -> str:
    """Join the pieces of a date that can be nothing else."""
    if GAP.search(text):
        for pattern in (AFTER_NUMBERS, AFTER_MONTH):
            text = pattern.sub(lambda found: found[1] + "".join(part or "" for part in found.groups()[2:]), text)
        text = SPLIT_MONTH.sub(_month, text)
    return WEEK.sub(r"\1/\2", AT_SLASHES.sub(_slashes, text)) if "/" in text else text


def _month(found: re.Match[str]) -> str:
    day, sign, tens, ones, year = found.groups()
    valid = 1 <= int(day) <= 31 and 1 <= int(tens + ones) <= 12
    return f"{day}{sign}{tens}{ones}{sign}{year}" if valid else found[0]


def _slashes(found: re.Match[str]) -> str:
    day, month, year = found.groups()
    valid = 1 <= int(day) <= 31 and 1 <= int(month) <= 12
    return f"{day}/{month}/{year}" if valid else found[0]
