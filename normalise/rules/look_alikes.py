"""Cyrillic and Greek letters that look Latin are Latin in a Latin document: `ТВС` is `TBC`.

OCR with several languages loaded reads small capitals and short codes in the wrong script. Lower-case Cyrillic letters
that look like small capitals (`в к м н т`) were capitals on the page, so a word of those is put in capitals: `твс` is
`TBC`. A word with a letter that has no Latin look-alike really is of its script and stays, and with it every other
word of its cell that is wholly in that script; single Greek letters stay, and in a document that is itself Cyrillic or
Greek nothing is changed.
"""

import re
import unicodedata

from normalise.evidence import Evidence
from normalise.lexicon import is_word

FIELDS = None
AFTER = ("spaces",)
CHANGES = ("ТВС / КРІ", "TBC / KPI")
LEAVES = "Леся Шевченко, α"

_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТУҮХԚԜаеѕіјоруүхсԛԝһԁӏ", "ABESIJKMHOPCTYYXQWaesijopyyxcqwhdl", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲν", "ABEZHIKMNOPTYXocv", strict=True))
#: Lower-case letters that look like small capitals.
_SMALL_CAPITALS = dict(zip("вкмнт", "BKMHT", strict=True))
LIKE_LATIN = _CYRILLIC | _GREEK | _SMALL_CAPITALS
_TABLE = str.maketrans({**LIKE_LATIN})
WORD = re.compile(r"[^\W\d_]+")
CODES = frozenset(("TBC", "TBA", "TBD", "KPI", "RAG"))


def latin_key(text: str) -> str:
    """The text for comparing: look-alikes as the Latin letters they look like, without regard to case.

    >>> latin_key("КРІ") == latin_key("KPI") == "kpi"
    True
    """
    return text.lower() if text.isascii() else text.translate(_TABLE).casefold()


def fix(text: str, evidence: Evidence) -> str:
    """Put Latin letters for those that only look Latin."""
    if evidence.script != "LATIN" or text.isascii():
        return text
    words = [word for word in WORD.findall(text) if not word.isascii()]
    if not words:
        return text
    foreign = any(not _script(word) <= {"LATIN"} and not _looks_latin(word) for word in words)
    return WORD.sub(lambda found: _latin(found[0], foreign, evidence), text)


def _latin(word: str, foreign: bool, evidence: Evidence) -> str:
    scripts = _script(word)
    whole = "LATIN" not in scripts
    if scripts == {"LATIN"} or not _looks_latin(word) or (whole and foreign):
        return word
    if scripts == {"GREEK"} and len(word) == 1 and word.islower():
        return word
    capitals = "".join(LIKE_LATIN.get(letter, letter) for letter in word).upper()
    if capitals in CODES or (capitals in evidence.initials and not is_word(capitals)):
        return capitals
    small = any(letter in _SMALL_CAPITALS for letter in word)
    if small and whole and word.islower():
        return capitals
    if small and whole:
        return word
    in_lower = any(letter.islower() and letter not in _SMALL_CAPITALS for letter in word)
    return "".join(_letter(letter, in_lower) for letter in word)


def _letter(letter: str, in_lower: bool) -> str:
    latin = LIKE_LATIN.get(letter, letter)
    return latin.lower() if in_lower and letter in _SMALL_CAPITALS else latin


def _looks_latin(word: str) -> bool:
    return all(letter in LIKE_LATIN or _script(letter) == {"LATIN"} for letter in word)


def _script(word: str) -> set[str]:
    return {unicodedata.name(letter, "UNKNOWN").partition(" ")[0] for letter in word}
