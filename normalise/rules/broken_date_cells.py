"""In a column of dates, a date broken anywhere is whole again where just one date fits: `31/03/20 18`, `Jul 1 7`.

A cell of dates holds no other numbers, so two figures apart after a month are its year. `Sept 20 17` is left: it may be
September 2017, or the 20th of September 2017.
"""

import re

from normalise.evidence import Evidence
from normalise.rules.broken_dates import MONTH

FIELDS = frozenset(("start", "end"))
AFTER = ("broken_dates", "split_ordinals")
CHANGES = ("31/03/20 18 Jul 1 7", "31/03/2018 Jul 17")
LEAVES = "Sept 20 17, phase 2 1/9/17"

_MONTHS = """
jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october
nov november dec december
"""
MONTHS = frozenset(_MONTHS.split())
NUMBERS = re.compile(r"(?<![\d./])(\d{1,2}) ?([./]) ?(\d{1,2}) ?\2 ?((?:19|20) ?\d ?\d|\d ?\d)(?![\w./])")
#: A year first, broken at or within a part: `2022-06- 30`. Never with a space on both sides of a dash, as in a range.
YEAR_FIRST = re.compile(r"(?<![\w./-])((?:19|20) ?\d ?\d)-( ?[01] ?\d)-( ?[0-3] ?\d)(?![\w./-])")
LONG_YEAR = re.compile(rf"(?i)(?<![\w./])(\d{{1,2}}(?:st|nd|rd|th)? {MONTH}) (19|20) (\d) ?(\d)(?!\w)")
#: `Autumn Term 20 18`, `Q2 201 9/20`: no day stands before these.
PERIOD = re.compile(
    r"(?i)\b((?:term|spring|summer|autumn|winter|year|fy|q[1-4]) )(19|20)(?: ?(\d) (\d)| (\d) ?(\d))(?!\w)"
)
#: `06/1 6`, `FY 16/1 7`, `2019/2 0`, with nothing behind.
HALF_YEAR = re.compile(r"(?im)((?:\bfy ?\d\d|\b(?:19|20)\d\d|(?<![\w./])(?:0?[1-9]|1[0-2]))/)(\d) (\d)$")
SHORT_YEAR = re.compile(rf"(?i)\b({MONTH}['’]?[ -]['’]?)(\d) (\d)(?![\w/.]| \d)")
FIRST_DAY = re.compile(rf"(?im)^([0-3]) (\d(?:st|nd|rd|th)? {MONTH}\b|\d([./])\d{{1,2}}\3\d\d)")
#: Words that a date cell holds instead of a date, broken over a line (OCR keeps the line) or by a space.
WORDS = frozenset("immediate immediately complete completed continuous".split())
BROKEN_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[ \n]([a-z]+)(?![^\W\d_])")
LETTERS = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?: [^\W\d_]+)+")


def fix(text: str, evidence: Evidence) -> str:
    """Join the pieces of a date in a cell that holds nothing but dates."""
    text = LETTERS.sub(_month, text)
    text = BROKEN_WORD.sub(_word, text)
    text = NUMBERS.sub(_numbers, text)
    text = YEAR_FIRST.sub(_year_first, text)
    text = LONG_YEAR.sub(r"\1 \2\3\4", text)
    text = PERIOD.sub(lambda found: "".join(part or "" for part in found.groups()), text)
    text = HALF_YEAR.sub(r"\1\2\3", text)
    text = SHORT_YEAR.sub(r"\1\2\3", text)
    return FIRST_DAY.sub(_first_day, text)


def _month(found: re.Match[str]) -> str:
    """Two neighbouring pieces that together name a month are joined: `Se pt`, `Jun e`."""
    words = found[0].split(" ")
    at = 0
    while at + 1 < len(words):
        whole = words[at] + words[at + 1]
        if whole.casefold() in MONTHS and words[at + 1].islower():
            words[at : at + 2] = [whole]
        at += 1
    return " ".join(words)


def _word(found: re.Match[str]) -> str:
    whole = found[1] + found[2]
    return whole if whole.casefold() in WORDS else found[0]


def _year_first(found: re.Match[str]) -> str:
    year, month, day = (part.replace(" ", "") for part in found.groups())
    valid = 1 <= int(month) <= 12 and 1 <= int(day) <= 31
    return f"{year}-{month}-{day}" if valid else found[0]


def _numbers(found: re.Match[str]) -> str:
    day, sign, month, year = (part.replace(" ", "") for part in found.groups())
    valid = 1 <= int(day) <= 31 and 1 <= int(month) <= 12
    return f"{day}{sign}{month}{sign}{year}" if valid else found[0]


def _first_day(found: re.Match[str]) -> str:
    day = int(found[1] + found[2][0])
    return found[1] + found[2] if 10 <= day <= 31 else found[0]
