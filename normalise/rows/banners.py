"""Banner rows that a narrow first column clipped, made whole again.

A table reader that cuts a banner at the ref column's edge leaves its head in the first cell and its rest in the second.
At the seam a letter may stand twice (`WORK | KFORCE`), be lost (`QUAL | TY`) or be misread because half of it was cut
away (`PRIOF | RITY`); or the second cell has the whole banner and the first its beginning again (`IMPR | IMPROVEMENT`).
A word list decides; where it cannot, the parts are joined as they stand and a flag says so.
"""

from __future__ import annotations

import string
from collections.abc import Iterator

from msgspec import Struct

from normalise.lexicon import frequency, is_common_word, is_word, words_ending
from normalise.model import Flag
from normalise.rules.look_alikes import latin_key

#: Letters that a clipped or coarse scan takes for one another.
_CONFUSED = ("CSGOQE", "VYU", "IL1TJ", "B8RPF", "MNH", "DO0", "XK", "Z2")
#: Words that open the rest of a banner and end no word: `AUDIT | AND LEARNING`.
_JOINING = frozenset(("and", "of", "for", "the", "&", "in", "to", "with", "or", "on", "from", "by"))
_SEAM = 2
_SEAM_COST = 1.5
#: Two words this common are no pieces of one.
_COMMON = 4.0
_RIVAL = 1.0
#: `CARE | ERS` is CARERS with a letter twice as well as CAREERS: of two words this common no count of letters decides.
_KNOWN = 3.0


class Whole(Struct, frozen=True):
    """A banner made whole. `how`: repeat, join, overlap, clipped, lost, misread, apart; `sure`: one reading fits."""

    title: str
    how: str
    sure: bool
    candidates: tuple[str, ...] = ()


def make_whole(head: str, rest: str) -> Whole:
    """The banner of which a narrow cell shows the `head` and the next cell the `rest`.

    >>> [make_whole(*parts).title for parts in (("IMPR", "IMPROVEMENT"), ("WORK", "KFORCE"), ("QUAL", "TY ASSURANCE"))]
    ['IMPROVEMENT', 'WORKFORCE', 'QUALITY ASSURANCE']
    """
    if not head.strip() or not rest.strip():
        return Whole(" ".join((head or rest).split()), "join", True)
    head, rest = " ".join(_latin(head, rest).split()), " ".join(rest.split())
    if _repeats(head, rest):
        return Whole(rest, "repeat", True)
    *before, last = head.split()
    first, *after = rest.split()
    mark = first[len(first.rstrip(",.:;")) :]
    first = first.removesuffix(mark)
    if first.casefold() in _JOINING and (is_word(last) or last.isupper()) and not is_word(last + first):
        return Whole(f"{head} {rest}", "apart", True)
    found = sorted({(_worth(*seam), *seam[1:]) for seam in _seams(last, first)}, reverse=True)
    if not found:
        if is_word(last) and is_word(first):
            return Whole(f"{head} {rest}", "apart", min(frequency(last), frequency(first)) >= _COMMON)
        found = [(0.0, word, "misread") for word in _misread(last, first)]
    if not found:
        return Whole(" ".join((*before, last + first + mark, *after)), "join", False)
    worth, word, how = found[0]
    rivals = tuple(
        dict.fromkeys(
            other
            for value, other, by in found[1:]
            if other != word
            and (value > worth - _RIVAL or ({by, how} == {"join", "overlap"} and frequency(other) >= _KNOWN))
        )
    )
    sure = not rivals and not (how == "misread" and is_word(last))  # a head that is a word itself need not be misread
    return Whole(" ".join((*before, word + mark, *after)), how, sure, rivals)


def _worth(cost: int, word: str, _: str) -> float:
    """How believable a word is as a banner's: common words more, each letter changed at the seam less (Zipf units)."""
    return frequency(word) - _SEAM_COST * cost


def is_clip_of(head: str, rest: str) -> bool:
    """Whether the two read as one banner beyond doubt: the rest repeats the head, or a seam makes a known word."""
    if not head.strip() or not rest.strip():
        return False
    head, words = " ".join(_latin(head, rest).split()), rest.split()
    return _repeats(head, rest) or next(_seams(head.split()[-1], words[0]), None) is not None


def is_misread_head_of(head: str, rest: str) -> bool:
    """Whether a misread head and a rest make a known word together (`CVCTE | MS & …` is SYSTEMS)."""
    words = rest.split()
    return bool(head.split() and words) and next(iter(_misread(head.split()[-1], words[0])), None) is not None


def describe(whole: Whole, raw: str) -> Flag | None:
    """What to tell of a banner that was not printed in one piece: settled (info), or a guess (warning)."""
    if whole.how in ("repeat", "join", "apart") and whole.sure and raw.replace(" ", "") == whole.title.replace(" ", ""):
        return None
    how = "The banner" if whole.sure else "The banner, by the likeliest reading,"
    message = f"{how} {raw!r} is read as {whole.title!r}."
    return Flag("banner-made-whole", "reading", "info" if whole.sure else "warning", message, whole.candidates)


def _latin(head: str, rest: str) -> str:
    """The head in Latin letters, in the case of the rest (a look-alike's own case says nothing)."""
    if head.isascii():
        return head
    plain = latin_key(head)
    return plain.upper() if rest.split()[0].isupper() else plain.capitalize()


def _repeats(head: str, rest: str) -> bool:
    """Whether the rest opens with the head again; a clipped last letter of four or more may differ."""
    low, whole = head.casefold(), rest.casefold()
    return whole.startswith(low) or (len(low) >= 4 and " " not in low and whole.startswith(low[:-1]))


def _seams(head: str, rest: str) -> Iterator[tuple[int, str, str]]:
    """Known words that head and rest make: (cost, word, how). A letter too many or too few costs 1, joining nothing."""
    for dropped in range(min(_SEAM, len(head) - 1) + 1):
        for doubled in range(min(_SEAM, len(rest) - 1) + 1):
            word = head[: len(head) - dropped] + rest[doubled:]
            same = head[len(head) - doubled :].casefold() == rest[:doubled].casefold() if doubled else True
            if same and (not dropped or not doubled) and is_word(word) and len(word) > 3:
                yield dropped + doubled, word, "clipped" if dropped else "overlap" if doubled else "join"
    for letter in string.ascii_lowercase:
        word = head + (letter.upper() if rest[:1].isupper() else letter) + rest
        if (len(rest) >= 2 or len(head) >= 4) and is_common_word(word):
            yield 1, word, "lost"


def _misread(head: str, rest: str) -> tuple[str, ...]:
    """Words as long as both parts that end in the rest and whose head looks like the printed one, commonest first."""
    size = len(head) + len(rest)
    words = words_ending(rest.casefold(), range(size, size + 1))
    fitting = (word for word in words if all(map(_alike, head.upper(), word.upper())))
    return tuple(word.upper() if head.isupper() else word.capitalize() for word in fitting)


def _alike(one: str, other: str) -> bool:
    return one == other or any(one in group and other in group for group in _CONFUSED)
