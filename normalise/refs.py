"""Refs: what one looks like, which section it belongs to, which one follows it, and which are missing between two."""

from __future__ import annotations

import re

#: i to xx, as a list under a number may count.
ROMAN = (
    *("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"),
    *("xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"),
)
_LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")
_STEPS = re.compile(rf"(.*?)(\d+|(?<![A-Za-z])(?:{'|'.join(sorted(ROMAN, key=len, reverse=True))})|[a-z])")
#: `1`, `17`, `1.14`, `2.1.3`, `1a`, `4.2b`, `MD1`, `CoC 1.1`, `A-12`, each with or without a final dot or bracket;
#: `JUL 17` is a date.
REF = re.compile(
    r"(?!(?i:JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC)\b)"
    r"(?:[A-Z][A-Za-z]{0,3}[ .\-/]?)?\d{1,3}(?:\.\d{1,3}){0,3}(?:[a-z]|\([a-z]\))?[.)]?",
    re.ASCII,
)


def is_ref(text: str) -> bool:
    """Whether a whole cell is a ref: at most twelve characters, a number in it, nothing else beside.

    >>> [is_ref(text) for text in ("1.14", "2a", "MD1", "17.", "WORK", "Jul 17", "")]
    [True, True, True, True, False, False, False]
    """
    return len(text) <= 12 and REF.fullmatch(text.strip()) is not None


def tidy_ref(text: str) -> str:
    """The ref without a final dot or bracket; a bracket that the ref itself opens stays.

    >>> tidy_ref("2.3."), tidy_ref("17 )"), tidy_ref("4.2(b).")
    ('2.3', '17', '4.2(b)')
    """
    tidy = re.sub(r"[\s.)]+$", "", text.strip())
    return tidy + ")" if "(" in tidy else tidy


def steps(ref: str) -> tuple[str, str]:
    """What stands before the part that counts on, and that part ("" where nothing counts).

    >>> steps("2.10"), steps("4b"), steps("MD1"), steps("17"), steps("2.iv")
    (('2.', '10'), ('4', 'b'), ('MD', '1'), ('', '17'), ('2.', 'iv'))
    """
    match = _STEPS.fullmatch(ref.strip())
    return (match.group(1), match.group(2)) if match else (ref, "")


def between(before: str, after: str) -> tuple[str, ...]:
    """The refs that the numbering lacks between two that follow one another; none where they do not count on.

    `i`, `v` and `x` are letters or numerals, as the other ref is; where both are, whichever leaves fewer out.

    >>> between("2.9", "2.12"), between("4b", "4d"), between("07", "09"), between("2.9", "3.1"), between("3", "3.1")
    (('2.10', '2.11'), ('4c',), ('08',), (), ())
    >>> between("ii", "iv"), between("ii", "iii"), between("h", "j")
    (('iii',), (), ('i',))
    """
    (head, one), (other, two) = steps(before), steps(after)
    counts = [(first, last, names) for first, last, names in _counts(one, two) if first < last <= first + 20]
    if head != other or not counts:
        return ()
    first, last, names = min(counts, key=lambda count: count[1] - count[0])
    width = len(one) if one.startswith("0") else 0
    return tuple(head + (names[n] if names else str(n).zfill(width)) for n in range(first + 1, last))


def before_first(first: str) -> tuple[str, ...]:
    """The refs that a count lacks before its first one, where these are no more than five.

    >>> before_first("3.3"), before_first("4c"), before_first("MD2"), before_first("3.1"), before_first("3.17")
    (('3.1', '3.2'), ('4a', '4b'), ('MD1',), (), ())
    """
    head, one = steps(first)
    names = next((names for names in (_LETTERS, ROMAN) if one in names), ())
    at = names.index(one) if names else int(one or 1) - 1
    lacking = names[:at] if names else tuple(str(n).zfill(len(one) if one[0] == "0" else 0) for n in range(1, at + 1))
    return tuple(head + one for one in lacking) if at <= 5 else ()


def follows(before: str, after: str) -> bool:
    """Whether `after` is the very next ref, in the same count.

    >>> follows("2.9", "2.10"), follows("2.9", "2.11"), follows("4a", "4b")
    (True, False, True)
    """
    (head, one), (other, two) = steps(before), steps(after)
    return head == other and any(last == first + 1 for first, last, _ in _counts(one, two))


def leading_number(ref: str) -> str | None:
    """The section number that a ref of more than one part opens with: 2.10 -> "2", 4b -> "4"; None for 17 or MD1.

    A word before a dotted number is passed over: R2.1 -> "2".

    >>> [leading_number(ref) for ref in ("2.10", "4b", "R2.1", "AFI 3.1b", "17", "MD1", "MD1a")]
    ['2', '4', '2', '3', None, None, None]
    """
    match = re.match(r"(?:[A-Za-z]{1,4}[ .\-/]?)?(\d+)\.\d|(\d+)(?:[a-z]$|[ivx]+$)", ref)
    return match.group(1) or match.group(2) if match else None


def _counts(one: str, two: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Each count that both parts are of: their numbers in it, and how it names its numbers (none: as digits)."""
    if one.isdigit() and two.isdigit():
        return [(int(one), int(two), ())]
    return [(names.index(one), names.index(two), names) for names in (_LETTERS, ROMAN) if one in names and two in names]
