"""One start or end cell as its entries: which words label which date, and which dates a later one revises."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from normalise.dates.fallback import read_elsewhere
from normalise.dates.forms import MONTH, VERB_MAY
from normalise.dates.scan import CHANGED_FROM, ENUMERATOR, Token, scan
from normalise.dates.spans import Reading
from normalise.model import Flag

#: Words that stand before the date they speak of, wherever the cell puts its other labels.
_LEADING = re.compile(
    r"^(?:revised|amended|extended|now|new|updated|moved|slipped|rescheduled|original(?:ly)?|was|previously|first|then|by"
    r"|from|before|until|starting|ending|review|complete[d]?)\b|\b(?:by|from|before|until|to|on|in|at|of|for|due|starts?"
    r"|ends?|begins?|is|now|revised|target|review|reviewed)$|:\s*$",
    re.IGNORECASE,
)
_REVISES = re.compile(
    r"\b(?:revised|amended|extended|extension|updated|moved\s+to|slipped\s+to|re-?scheduled|re-?profiled|deferred"
    r"|now|new\s+(?:date|deadline|target)|put\s+back)\b(?!\s+from\b)",
    re.IGNORECASE,
)
_REVISED_AWAY = re.compile(
    rf"\b(?:original(?:ly)?|was|previously|previous|formerly)\b|{CHANGED_FROM.pattern}",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[;|•]|,(?=\s|$)|(?<!\S)/|/(?!\S)|(?<!\S)[-–—](?!\S)|(?<=[^\W\d]{2})\.(?=\s)")
_EDGES = " \t\r\f\v\n\u00a0:;,|/•·-–—.()[]&*~"
_DATE_LIKE = re.compile(
    rf"(?<![^\W_]){MONTH}|\d{{3,}}|\d/\d|\d\.\d+\.\d|\d(?:st|nd|rd|th)\b|(?<!mon)th(?:\s+day)?\s+of\b|\b(?:autumn|winter|spring|summer|quarter|term|easter|christmas|q\d)\b",
    re.IGNORECASE,
)
_PLAIN_NOTE = re.compile(
    r"\W*(?:n\s?/\s?a|none|nil|not\s+applicable|daily|weekly|fortnightly|monthly|quarterly|termly"
    r"|(?:bi-?)?annual(?:ly)?|six[- ]monthly|yearly)?\W*",
    re.IGNORECASE,
)
_CUT_DAY = re.compile(
    rf"(?<!\w)\d{{1,2}}(?:st|nd|rd|th)?$|\bend(?:\s+of)?(?:\s+the)?$|\bw/c$|[-–—/]$|(?<!\w){MONTH}$", re.IGNORECASE
)
_LAST_MONTH = re.compile(rf"(?<![^\W_]){MONTH}\s*$", re.IGNORECASE)
_FIRST_MONTH = re.compile(MONTH, re.IGNORECASE)
#: A number right before a date, and no list's number: 31,August 2017.
_LOOSE_NUMBER = re.compile(r"(?<![\w.])\d{1,2}[\s,]*$")
_ONLY_YEAR = re.compile(r"['’]?(?:\d\d|(?:19|20)\d\d)")
_NOTE_WORDS = 8
_ONLY_TERM = re.compile(r"term\b", re.IGNORECASE)
_LAST_SEASON = re.compile(r"\b(?:spring|summer|autumn)$", re.IGNORECASE)
_LONGEST = 2000  # characters: a longer cell is no date cell


class _Gap(Struct, frozen=True):
    """The words between two tokens: those of the one before, notes that stand alone, those of the next."""

    before: str = ""
    notes: tuple[str, ...] = ()
    after: str = ""


@lru_cache(maxsize=1024)
def read_cell(text: str) -> tuple[Reading, ...]:
    """The entries of a cell in printed order. Every word of the cell is in the text or the label of one of them."""
    text = _join_cut_lines(text.strip())
    if len(text) > _LONGEST:
        return (Reading(text, "text", flags=(_unread(text[:40] + "…"),)),)
    tokens = _keep_single_words(text, _with_glosses(text, scan(text)))
    if not tokens:
        return (_note(text),) if text else ()
    edges = (0, *(edge for token in tokens for edge in (token.start, token.end)), len(text))
    raw = tuple(text[edges[at] : edges[at + 1]] for at in range(0, len(edges), 2))
    follow = _labels_follow(raw)
    gaps = (_first_gap(raw[0]), *(_middle_gap(gap, follow) for gap in raw[1:-1]), _last_gap(raw[-1]))
    entries: list[Reading] = [_note(note) for note in gaps[0].notes]
    for at, token in enumerate(tokens):
        entries.append(_labelled(token.reading, gaps[at].after, gaps[at + 1].before))
        entries.extend(_note(note) for note in gaps[at + 1].notes)
    return _superseded(tuple(entries))


def _join_cut_lines(text: str) -> str:
    """A date cut at a line's end is one again: a year or "Term 2019" on a line, a day or "end of" without its month."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    joined = lines[:1]
    for before, line in pairwise(lines):
        year = _ONLY_YEAR.fullmatch(line) and _LAST_MONTH.search(joined[-1])
        term = _ONLY_TERM.match(line) and _LAST_SEASON.search(joined[-1])
        cut = _CUT_DAY.search(joined[-1])
        month = cut and not _LAST_MONTH.search(joined[-1]) and _FIRST_MONTH.match(line)
        numbered = ENUMERATOR.search(before)
        if (
            year
            or term
            or (month and not (numbered and numbered.end() == len(before)) and not _ends_in_date(joined[-1]))
        ):
            joined[-1] += " " + line
        else:
            joined.append(line)
    return "\n".join(joined)


def _ends_in_date(line: str) -> bool:
    tokens = scan(line)
    return bool(tokens) and tokens[-1].end == len(line)


def _with_glosses(text: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """A quarter or term and, in brackets behind it, its own months are one date: `Q3 2022/23 (Oct-Dec)`.

    Other months in brackets (`Q3 2022/23 (Jan)`) are a date of their own.
    """
    if len(tokens) < 2 or "(" not in text:
        return tokens
    found = list(tokens[:1])
    for token in tokens[1:]:
        whole, gap = found[-1], text[found[-1].end : token.start]
        if gap.strip() == "(" and text[token.end :].lstrip()[:1] == ")" and _same_months(whole.reading, token.reading):
            end = text.index(")", token.end) + 1
            found[-1] = replace(whole, end=end, reading=replace(whole.reading, text=text[whole.start : end]))
        else:
            found.append(token)
    return tuple(found)


def _same_months(one: Reading, two: Reading) -> bool:
    """Whether a run of months is said again month by month, in the same years or without: Q4 2022/23 is (Jan-Mar)."""
    whole, first, last = one.first, two.first, two.last
    if not (whole and first and last and whole.year and whole.month and whole.months > 1):
        return False
    if whole.day or first.day or last.day:
        return False
    ends = ((whole.first(), first), (whole.last(), last))
    return all(
        span.month
        and (span.month - day.month) % 12 == 0
        and (span.year is None or span.year + (span.month - 1) // 12 == day.year)
        for day, span in ends
    )


def _keep_single_words(text: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens without the words (complete, TBC, ongoing) that only speak of a date beside them."""
    dates = [token for token in tokens if token.reading.first is not None]
    return tuple(
        token
        for token in tokens
        if token.reading.kind in ("date", "range", "text") or not _is_label(text, token, tokens, len(dates))
    )


def _is_label(text: str, token: Token, tokens: tuple[Token, ...], dates: int) -> bool:
    begin = text.rfind("\n", 0, token.start) + 1
    stop = text.find("\n", token.end)
    before, after = text[begin : token.start], text[token.end : stop if stop >= 0 else len(text)]
    alone = not before.strip(_EDGES) and not after.strip(_EDGES)
    at = tokens.index(token)
    beside = (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2])
    neighbours = [
        each
        for each in beside
        if each.reading.first is not None and not re.search(r"[;|]|\s/\s|,\s", _between(text, token, each))
    ]
    if token.reading.kind == "complete":
        if alone:
            return dates == 1 == len(tokens) - 1
        labelled = before.rstrip().endswith(":") or ENUMERATOR.fullmatch(before.strip(_EDGES))
        return not (labelled and not after.strip(_EDGES))
    if token.reading.kind == "tbc":
        return any(not _between(text, token, each).strip(" -–—()[]:.") for each in neighbours)
    words = len((before + after).split())
    return words > _NOTE_WORDS and bool(before.strip(_EDGES)) and not dates


def _between(text: str, one: Token, two: Token) -> str:
    return text[one.end : two.start] if one.end <= two.start else text[two.end : one.start]


def _labels_follow(gaps: tuple[str, ...]) -> bool:
    """Whether the cell prints its labels behind the dates: decided by its first and last words."""
    head, tail = clean(_first_gap(gaps[0]).after), clean(_last_gap(gaps[-1]).before)
    middle = [clean(gap) for gap in gaps[1:-1] if clean(gap)]
    if not head and not tail and middle:
        return all(ENUMERATOR.match(clean(gap)) and gap.rstrip().endswith(("\n", ";", ",")) for gap in gaps[1:-1])
    if head and tail:
        return any(_kin(tail, each) for each in middle) and not any(_kin(head, each) for each in middle)
    return bool(tail)


def _kin(one: str, two: str) -> bool:
    """Phase 1 and Phase 2: the same word first."""
    return one.split()[0].lower() == two.split()[0].lower()


def _first_gap(gap: str) -> _Gap:
    *notes, last = gap.split("\n")
    if not last.strip() and notes and _label_like(notes[-1]):
        last = notes.pop()
    return _Gap(notes=_cleaned(notes), after=last)


def _last_gap(gap: str) -> _Gap:
    first, *notes = gap.split("\n")
    if not clean(first) and notes and _label_like(notes[0]):
        first = notes.pop(0)
    return _Gap(before=first, notes=_cleaned(notes))


def _middle_gap(gap: str, follow: bool) -> _Gap:
    """Whose words these are: a line's own date's first, then by a separator, a bracket, a word, the cell's habit."""
    first, *lines = gap.split("\n")
    if not lines:
        return _Gap(*_split_line(first, follow))
    *notes, last = lines
    if notes and not clean(last) and _label_like(notes[-1]) and (not follow or clean(first)):
        last = notes.pop()
    elif notes and not clean(first) and follow and _label_like(notes[0]) and not _LEADING.search(notes[0].strip()):
        first = notes.pop(0)
    return _Gap(first, _cleaned(notes), last)


def _split_line(gap: str, follow: bool) -> tuple[str, tuple[str, ...], str]:
    bracket = re.match(r"\s*[(\[][^()\[\]]*[)\]]", gap)
    if bracket:
        return gap[: bracket.end()], (), gap[bracket.end() :]
    for separator in _SEPARATOR.finditer(gap):
        if separator.group() in "-–—" and not clean(gap[separator.end() :]) and not follow:
            continue  # `Phase 2 - May 22`: the dash parts a label from its own date
        if clean(gap[: separator.start()]) or not clean(gap[separator.end() :]):
            return gap[: separator.start()], (), gap[separator.end() :]
    leads = bool(_SEPARATOR.match(gap.strip()) or _LEADING.search(clean(gap, ":")))
    return ("", (), gap) if leads or not follow else (gap, (), "")


def _label_like(line: str) -> bool:
    """Few words, or words that end in a colon."""
    return line.rstrip().endswith(":") or 0 < len(line.split()) <= 4 or bool(_LEADING.search(line.strip()))


def _cleaned(notes: list[str]) -> tuple[str, ...]:
    return tuple(note.strip() for note in notes if clean(note))


def clean(words: str, keep: str = "") -> str:
    """The words without the punctuation around them; a bracket that opens and closes inside stays."""
    edges = "".join(set(_EDGES) - set(keep))
    kept = words.strip(edges)
    if kept.count("(") > kept.count(")"):
        kept += ")"
    elif kept.count(")") > kept.count("("):
        kept = "(" + kept
    return " ".join(kept.split()) if any(character.isalnum() for character in kept) else ""


def _labelled(reading: Reading, lead: str, trail: str) -> Reading:
    words = [each for each in (clean(lead), reading.label or "", clean(trail)) if each]
    label = " ".join(words) or None
    if label is None or reading.first is None:
        return replace(reading, label=label)
    rest = VERB_MAY.sub("", ENUMERATOR.sub("", label))
    if _DATE_LIKE.search(rest) or _LOOSE_NUMBER.search(ENUMERATOR.sub("", lead)):
        return replace(reading, label=label, flags=(*reading.flags, _unread(label)))
    return replace(reading, label=label)


def _unread(words: str) -> Flag:
    message = f"'{words}' looks like part of a date but could not be read as one."
    return Flag("date-unread", "reading", "warning", message)


def _note(text: str) -> Reading:
    """Words that are no date by the strict grammar: dateparser may know them (a doubt), else they are kept as text."""
    if _PLAIN_NOTE.fullmatch(text):
        return Reading(text, "text")
    if not _DATE_LIKE.search(VERB_MAY.sub("", text)):
        message = f"'{text}' is no date; it is kept as text."
        return Reading(text, "text", flags=(Flag("date-note", "reading", "info", message),))
    return read_elsewhere(text) or Reading(text, "text", flags=(_unread(text),))


def _superseded(entries: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Marks each date that a later one, by its label, revises; and one whose own label says that it is the old one."""
    done = list(entries)
    for at, entry in enumerate(entries):
        label = entry.label or ""
        if entry.first is not None and _REVISED_AWAY.search(label) and len(entries) > 1:
            done[at] = replace(entry, superseded=True)
        elif _REVISES.search(label):
            earlier = [each for each in range(at) if done[each].first is not None and not done[each].superseded]
            same = [each for each in earlier if _same_number(label, done[each].label or "")]
            if len(earlier) > 1 and not same:
                message = f"'{label} {entry.text}' revises one of several dates; the one before it is taken."
                names = tuple(done[each].text for each in earlier)
                flag = Flag("date-ambiguous", "reading", "warning", message, names)
                done[at] = replace(done[at], flags=(*done[at].flags, flag))
            for each in (same or earlier)[-1:]:
                done[each] = replace(done[each], superseded=True)
    return tuple(done)


def _same_number(one: str, two: str) -> bool:
    first, second = ENUMERATOR.search(one), ENUMERATOR.search(two)
    return bool(first and second and first[0].lower() == second[0].lower())
