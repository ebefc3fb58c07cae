"""Words that a narrow cell broke in two or more pieces are whole again: `progra mme` is `programme`.

A cell too narrow for a word breaks it wherever the line ends, with no hyphen, and a reader takes the break for a space.
Pieces are joined where the whole is a word (of the lexicon, of this document, or a name of its people) and at least one
piece is none; of several ways to join, the likeliest words win (`in form ation`: `information`, not `in formation`).
Left alone: two words that stand on their own (`over sight`), an acronym and what follows it, a piece that begins with a
capital, all that joins to no word, and so every slip of the body's own (`well recieved`, `there own`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from normalise.evidence import Evidence
from normalise.lexicon import frequency, is_word

FIELDS = None
AFTER = ("broken_names", "ligatures", "look_alikes", "soft_hyphens", "spaces", "stray_bullets")
CHANGES = ("RESOU RCES: progra mme, consid er ed", "RESOURCES: programme, considered")
LEAVES = "Undertake and targeted work force SWs, well recieved"

#: Letters, and what follows an apostrophe; not beside digits or signs of an address or sum, and nothing as short as
#: the `e` of `e-mail` or of `e.g.`
RUN = re.compile(
    r"(?<![\w£$&@%.])(?<!\s-)(?:[^\W\d_]{4,}|[^\W\d_]{1,3}(?![-.:@]?[^\W\d_]))(?:['’][^\W\d_]+)*(?![\w&@])"
)
APOSTROPHE = re.compile(r"(?<=[^\W\d_])(?:’ (?=[st]\b)| (?=’[st]\b))")
HYPHENED = re.compile(r"[^\W\d_]*-$")
MOST_PIECES = 6
LONGEST = 25
#: How much likelier a whole must be than its pieces (powers of ten), and for each gap after the first: `m across` is no
#: `Macross`, and `a wait ing list` no `awaiting list`.
MARGIN, FURTHER = 1.6, 1.0
#: How common a whole must be that can also be read as two words: `over nigh t`, but not `mental heal th`.
COMMON = 3.0
_APART = "a priori, ad hoc, bona fide, de facto, de minimis, en route, et al, in situ, per se, pro forma, pro rata"
#: Phrases whose parts are no English words, and that people write in one piece too.
APART = frozenset((*_APART.split(", "), "vice versa"))

#: A chain is runs of letters, each one space from the next; what is joined to a run by a hyphen is `before` or `after`.
Chain = list[str]


def fix(text: str, evidence: Evidence) -> str:
    """Join what are pieces of one word."""
    if "’" in text:
        text = APOSTROPHE.sub(lambda found: found[0].strip(), text)
    known = _known(evidence.words, evidence.names)
    fixed, end = "", 0
    for start, stop in _chains(text):
        opening = text[max(0, start - LONGEST) : start]
        before = HYPHENED.search(opening) if "-" in opening[-2:] else None  # a search before every chain takes long
        chain = text[start:stop].split(" ")
        fixed += text[end:start] + " ".join(_likeliest(chain, before[0][:-1] if before else "", known))
        end = stop
    return fixed + text[end:]


@lru_cache(maxsize=16)
def _known(words: frozenset[str], names: tuple[str, ...]) -> frozenset[str]:
    """What is a word in this document beside those of the language, casefolded: its own words, and those of names."""
    return words | {part.casefold() for name in names for part in RUN.findall(name)}


def _chains(text: str) -> Iterator[tuple[int, int]]:
    """Where two or more runs of letters stand one space apart."""
    start = stop = -1
    runs = [found.span() for found in RUN.finditer(text)]
    for (a, b), (c, d) in pairwise(runs):
        if text[b:c] != " ":
            continue
        if stop != b:
            if start >= 0:
                yield start, stop
            start = a
        stop = d
    if start >= 0:
        yield start, stop


def _likeliest(chain: Chain, before: str, known: frozenset[str]) -> list[str]:
    """The chain with its broken words joined: the reading whose words are the most common, by dynamic programming."""
    whole = [is_word(piece) for piece in chain]
    if all(whole):
        return chain
    best: list[tuple[float, int]] = [(0.0, 0)]  # for each end: how likely the best reading so far, and its last start
    for end in range(1, len(chain) + 1):
        ways = [(best[end - 1][0] + _likelihood(chain[end - 1], known), end - 1)]
        for start in range(max(0, end - MOST_PIECES), end - 1):
            pieces = chain[start:end]
            if not all(whole[start:end]) and _is_broken_word(pieces, before if start == 0 else "", known):
                cost = MARGIN + FURTHER * (len(pieces) - 2)
                ways.append((best[start][0] + _likelihood("".join(pieces), known) - cost, start))
        best.append(max(ways))
    words: list[str] = []
    end = len(chain)
    while end:
        start = best[end][1]
        words.append("".join(chain[start:end]))
        end = start
    return words[::-1]


def _is_broken_word(pieces: Chain, before: str, known: frozenset[str]) -> bool:
    """Whether pieces of which one at least is no word are a word together."""
    whole = "".join(pieces)
    if not 3 <= len(whole) <= LONGEST or not _fits_in_case(pieces) or " ".join(pieces).casefold() in APART:
        return False
    if len(pieces) == 2 and _stand_apart(*pieces):
        return False
    if whole.casefold() in known:
        return True
    if not (is_word(whole) or (before and is_word(before + whole))):
        return False
    return frequency(whole) >= (5 if len(whole) == 3 else COMMON if _are_two_words(pieces) else 0)


def _are_two_words(pieces: Chain) -> bool:
    """Whether the pieces can be joined to two words as well as to one."""
    return any(is_word("".join(pieces[:at])) and is_word("".join(pieces[at:])) for at in range(1, len(pieces)))


def _stand_apart(first: str, second: str) -> bool:
    """A letter before a more common word (`option b and c`), and `co` before an `o` (`co ordinate`)."""
    lettered = len(first) == 1 and is_word(second) and frequency(second) >= frequency(first + second)
    return lettered or (first.casefold() == "co" and second.startswith("o"))


def _fits_in_case(pieces: Chain) -> bool:
    """Small letters after the first piece; or capitals throughout, if long enough to be no pair of acronyms."""
    first, rest = pieces[0], pieces[1:]
    if all(piece.islower() for piece in rest):
        return len(first) == 1 or first[1:].islower()
    return all(piece.isupper() for piece in pieces) and sum(map(len, pieces)) >= 6


def _likelihood(word: str, known: frozenset[str]) -> float:
    """The logarithm (base 10) of how likely a word is to be met."""
    return max(frequency(word), 3.0 if word.casefold() in known else 0.0) - 9
