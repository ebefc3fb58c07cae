"""Where the dates of a cell stand: its text as tokens, with the words between them left for the labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from normalise.dates.forms import MONTH, SPACE, doubt, read_form
from normalise.dates.spans import Reading, latest_before, soonest
from normalise.model import DateKind, Flag


class Token(Struct, frozen=True):
    """What a stretch [start, end) of the cell's text means."""

    start: int
    end: int
    reading: Reading


_WORDS: tuple[tuple[DateKind, re.Pattern[str]], ...] = (
    ("ongoing", re.compile(r"(?:on[- ]?going|continuous(?:ly)?|continuing)\b", re.IGNORECASE)),
    (
        "tbc",
        re.compile(
            r"(?:tb[cad]\b|t\.b\.[cad]\b\.?|to\s+be\s+(?:confirmed|agreed|determined|advised|decided"
            r"|arranged|set|announced)\b)",
            re.IGNORECASE,
        ),
    ),
    (
        "immediate",
        re.compile(
            r"(?:(?:with\s+)?immediate\s+effect|immediate(?:ly)?|asap|a\.s\.a\.p\b\.?"
            r"|as\s+soon\s+as\s+possible)\b",
            re.IGNORECASE,
        ),
    ),
    ("complete", re.compile(r"(?:completed?|done|closed)\b", re.IGNORECASE)),
)

#: A numbered thing: its number is no day of the month.
ENUMERATOR = re.compile(
    r"(?:phase|stage|part|step|tranche|wave|cohort|milestone|item|action|task|objective|recommendation|ref|option|group"
    rf"|version|draft|issue|v){SPACE}*\.?{SPACE}*(?:\d{{1,2}}(?:\.\d+)*[a-z]?|[ivx]+|[a-e]|one|two|three|four|five)\b",
    re.IGNORECASE,
)
_WEEK = re.compile(
    rf"(?:(?P<begins>w\s?/\s?[cb]|wc\b|week\s+(?:commencing|beginning|starting|of))|w\s?/\s?e\b|week\s+ending)"
    rf"[:.]?{SPACE}*",
    re.IGNORECASE,
)
_THEN_MONTH = re.compile(rf"{SPACE}+{MONTH}", re.IGNORECASE)
_YEAR_ALONE = re.compile(r"\d{4}")
#: What may stand before a year that is a date by itself; after any other word it may be part of something unknown.
_BEFORE_YEAR = re.compile(
    r"(?:.*\n|.*[;:(,–—-]|(?:.*\b)?(?:by|from|in|during|throughout|until|till|before|after|since|early|mid|late|of|to|and"
    r"|or|through|revised|completed?|reviewe?d?|ongoing|year|now))?[^\S\n]*/?[^\S\n]*",
    re.IGNORECASE | re.DOTALL,
)
_MONTH_FIRST = re.compile(r"(?P<month>\d{1,2})([-/.])(?P<day>\d{1,2})\2(?P<year>\d{4}|\d\d)")
_UNIT = re.compile(r"\w+", re.UNICODE)
_LAST_TWO = re.compile(r"(?<!\d)\d\d$")
_RANGE = re.compile(rf"{SPACE}*(?:-|–|—|to|until|till|through|up{SPACE}to){SPACE}*", re.IGNORECASE)
_LIST = re.compile(rf"{SPACE}*(?:and|&|,|/|or|and/or){SPACE}*", re.IGNORECASE)
#: Before two dates of which the second takes the first one's place: slipped from 31/5/21 to 30/6/21.
CHANGED_FROM = re.compile(
    r"\b(?:revised|amended|updated|changed|altered|extended|moved|slipped|re-?scheduled|re-?profiled|re-?timed"
    r"|deferred|delayed|postponed|(?:put|pushed|moved|set)\s+back|(?:brought|moved|put)\s+forward|rolled\s+(?:over|on))"
    r"(?:\s+(?:again|further|by\s+\w+\s+\w+|date|deadline|target|timescale|completion|end|due))*\s+from\b",
    re.IGNORECASE,
)
_CHANGED_FROM_HERE = re.compile(rf"{CHANGED_FROM.pattern}\W*$", re.IGNORECASE)
_LONGEST_CHANGE = 80
_SLASH = re.compile(rf"{SPACE}*(?:/|or){SPACE}*", re.IGNORECASE)
_BETWEEN = re.compile(rf"\bbetween{SPACE}*$", re.IGNORECASE)
_AND = re.compile(rf"{SPACE}*(?:and|&){SPACE}*", re.IGNORECASE)


def scan(text: str) -> tuple[Token, ...]:
    """The dates and date words of a text in printed order, ranges joined."""
    return _with_pairs(text, _marked(text, tuple(_tokens(text))))


def _tokens(text: str) -> Iterator[Token]:
    """Left to right, the longest form first; what is no form is stepped over by whole words."""
    at, last = 0, 0
    while at < len(text):
        numbered = ENUMERATOR.match(text, at) if _starts_word(text, at, last) else None
        token = None
        if numbered:
            at = numbered.end()
            month = _THEN_MONTH.match(text, at)
            if month and numbered[0][-1].isdigit():
                token = _doubted(text, _token_at(text, month.end() - len(month[0].lstrip()), last), numbered[0])
        elif _starts_word(text, at, last):
            token = _token_at(text, at, last)
        if token is not None:
            yield token
            at = last = token.end
        elif not numbered:
            word = _UNIT.match(text, at)
            at = word.end() if word else at + 1


def _marked(text: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """18 Aug 17 Sept 17: the full date is taken first, and said; it could be 18 Aug and 17 Sept 17."""
    done = list(tokens)
    for at, (one, two) in enumerate(pairwise(tokens)):
        first, second = one.reading.first, two.reading.first
        year = _LAST_TWO.search(one.reading.text)
        if not (first and second and first.day and year and int(year[0]) <= 31) or text[one.end : two.start].strip(" "):
            continue
        if text[two.start].isalpha() and second.month and not second.day and second.months == 1 and not second.ending:
            whole = text[one.start : two.end]
            message = f"'{whole}' is read as '{one.reading.text}' and '{two.reading.text}'."
            flag = Flag("date-ambiguous", "reading", "info", message, (f"{year[0]} {two.reading.text}",))
            done[at] = replace(one, reading=replace(one.reading, flags=(*one.reading.flags, flag)))
    return tuple(done)


def _starts_word(text: str, at: int, last: int) -> bool:
    """Whether something may begin here: not inside a word, a number or an amount."""
    if not (text[at].isalnum() or text[at] in "'’‘"):
        return False
    before = text[max(last, at - 3) : at]  # all that may be asked of it; a long text is not copied at each letter
    if before[-1:].isalnum() or before[-1:] in ("£", "$", "€"):
        return False
    return not (text[at].isdigit() and re.search(r"\d[/.,]$", before))


def _token_at(text: str, at: int, last: int) -> Token | None:
    for kind, pattern in _WORDS:
        word = pattern.match(text, at)
        if word:
            return Token(at, word.end(), Reading(word[0], kind))
    week = _WEEK.match(text, at)
    if week:
        found = read_form(text, week.end()) if week.end() < len(text) else None
        if found and found[1] and found[1].first and found[1].first.day:
            return _week(text, at, week, found[0], found[1])
        return None
    found = read_form(text, at)
    if found is None:
        return None
    end, reading = found
    printed = text[at:end]
    if reading and _YEAR_ALONE.fullmatch(printed) and not _BEFORE_YEAR.fullmatch(text[max(last, at - 60) : at]):
        return None
    return Token(at, end, replace(reading, text=printed) if reading else _impossible(printed))


def _week(text: str, at: int, week: re.Match[str], end: int, reading: Reading) -> Token:
    """w/c 7 March 2016: the day, and that week's other days."""
    assert reading.first is not None
    first = replace(reading.first, week=6 if week["begins"] else -6)
    label = week[0].strip().rstrip(":.")
    return Token(at, end, replace(reading, text=text[week.end() : end], label=label, first=first, other=None))


def _impossible(printed: str) -> Reading:
    message = f"'{printed}' is printed like a date but names no day; it is kept as text."
    swapped = _MONTH_FIRST.fullmatch(printed)
    candidates: tuple[str, ...] = ()
    if swapped and int(swapped["day"]) > 12:
        again = read_form(f"{swapped['day']}/{swapped['month']}/{swapped['year']}", 0)
        candidates = (again[1].edtf(),) if again and again[1] else ()
    return Reading(printed, "text", flags=(Flag("date-impossible", "reading", "warning", message, candidates),))


def _doubted(text: str, token: Token | None, words: str) -> Token | None:
    """Phase 1 Nov 17: the number can be the phase's or the day's."""
    if token is None or token.reading.first is None or token.reading.first.day:
        return token
    if re.search(r"[^\W\d_]\d", words):
        return token  # v12 August 2017: written together, it is the version's
    kind = re.escape(re.split(r"[\W\d]", words, maxsplit=1)[0])
    if len(set(re.findall(rf"\b{kind}\W*(\w+)", text, re.IGNORECASE))) > 1:
        return token  # numbered one after another: Phase 1 … Phase 2
    flag = doubt(
        f"'{words} {token.reading.text}': the number is read as part of '{words}', not as a day.",
        token.reading.text,
        f"{words.split()[-1]} {token.reading.text}",
    )
    return replace(token, reading=replace(token.reading, flags=(*token.reading.flags, flag)))


def _with_pairs(text: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Two printed ends become one range; in a list ("Sept and Oct 17") the last year serves those before it."""
    done: list[Token] = []
    for token in reversed(tokens):
        after = done[0] if done else None
        if after is not None and _both_dates(token, after):
            gap = text[token.end : after.start]
            between = _BETWEEN.search(text[max(0, token.start - 20) : token.start])
            ranged = _RANGE.fullmatch(gap) or (between and _AND.fullmatch(gap))
            if ranged and (gap.strip().isalpha() or len(done) == 1) and _is_changed(text[: token.start]):
                token, done[0] = _one_for_the_other(token, after)
                done.insert(0, token)
                continue
            shared = _SLASH.fullmatch(gap) and _bare_stretch(token.reading)
            joined = _range(text, token, after) if ranged or shared else None
            if joined is not None:
                done[0] = joined
                continue
            if ranged:
                after = done[0] = _backwards(after)
            if _LIST.fullmatch(gap) or ranged:
                token = _sharing_year(token, after)
        done.insert(0, token)
    return tuple(done)


def _both_dates(one: Token, two: Token) -> bool:
    return one.reading.kind == two.reading.kind == "date"


def _bare_stretch(reading: Reading) -> bool:
    """A month, season or quarter without its year: `Sept` in `Sept/Oct 17`."""
    return reading.yearless and reading.first is not None and not reading.first.day and not reading.first.ending


def _is_changed(before: str) -> bool:
    return _CHANGED_FROM_HERE.search(before[-_LONGEST_CHANGE:]) is not None


def _one_for_the_other(token: Token, after: Token) -> tuple[Token, Token]:
    """Slipped from 31 May 21 to 30 June: two dates, the second in the first one's place; a year printed once serves."""
    first, second = token.reading.first, after.reading.first
    if first is not None and second is not None and first.year is not None and second.year is None:
        placed = soonest(second, first.first())
        message = f"'{after.reading.text}' prints no year: {placed.year}, the first that puts it after the old date."
        flags = (*after.reading.flags, Flag("year-inferred", "reading", "info", message))
        return token, replace(after, reading=replace(after.reading, first=placed, inferred=True, flags=flags))
    return _sharing_year(token, after), after


def _sharing_year(token: Token, after: Token) -> Token:
    """31 Aug and 30 Sept 17: the year printed once; the year before where the order asks for it (and then inferred)."""
    first, second = token.reading.first, after.reading.first
    if first is None or second is None or first.year is not None or second.year is None:
        return token
    placed = latest_before(first, second.last())
    if placed.year == second.year:
        sure = tuple(flag for flag in token.reading.flags if flag.code != "date-ambiguous")
        return replace(token, reading=replace(token.reading, first=placed, flags=sure))
    message = f"'{token.reading.text}' prints no year: {placed.year}, the last that puts it before what follows it."
    flag = Flag("year-inferred", "reading", "info", message)
    flags = (*token.reading.flags, flag)
    return replace(token, reading=replace(token.reading, first=placed, inferred=True, flags=flags))


def _range(text: str, one: Token, two: Token) -> Token | None:
    """One entry with two printed ends, or None where they do not come one after the other."""
    reading = _sharing_year(one, two).reading
    first, last = reading.first, two.reading.first
    assert first is not None
    assert last is not None
    flags = (*reading.flags, *two.reading.flags)
    if first.year is not None and last.year is None:
        last = soonest(last, first.first())
        message = f"'{two.reading.text}' prints no year: {last.year}, the first that puts it after the range's start."
        reading = replace(reading, inferred=True)
        flags = (*flags, Flag("year-inferred", "reading", "info", message))
    if first.year is not None and last.first() < first.first():
        return None
    begin = one.end - len(reading.text)
    whole = replace(reading, text=text[begin : two.end], kind="range", last=last, other=None, flags=flags)
    return Token(one.start, two.end, whole)


def _backwards(token: Token) -> Token:
    flag = doubt(f"'{token.reading.text}' is printed as the end of a range but comes before its beginning.")
    return replace(token, reading=replace(token.reading, flags=(*token.reading.flags, flag)))
