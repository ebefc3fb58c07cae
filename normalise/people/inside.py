"""Who of the roster is named somewhere inside an entry that means somebody else, or nobody."""

from __future__ import annotations

import re

from normalise.model import Person
from normalise.people.words import bare, folded, words

_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
#: Right after a short word of posts and services, these leave it standing for somebody: `MD on behalf of AL`.
_THEN = frozenset(["and", "as", "for", "from", "on", "or", "then", "to", "until"])
_BEFORE = frozenset(["for", "in", "of"])


def named_inside(entry: str, people: tuple[Person, ...]) -> tuple[Person, ...]:
    """Those whose initials stand in an entry as a word, or whose full name does, in roster order.

    Initials that are also a known short word (`HR team`, `AD Culture`, `Head of IT`) do not count where they belong to
    the words beside them.
    """
    known = frozenset(form for person in people for form in person.initials)
    tokens = [token[0] for token in _TOKEN.finditer(entry) if not _is_short_word(entry, token)]
    marks = {part for token in tokens for part in ((token,) if token in known else re.split(r"[-.]", token))}
    spoken = _spoken(entry)
    return tuple(person for person in people if marks.intersection(person.initials) or _spoken(person.name) in spoken)


def _spoken(text: str) -> str:
    """The folded words of a text, each with a space on either side."""
    return f" {' '.join(_WORD.findall(folded(text)))} "


def _is_short_word(entry: str, token: re.Match[str]) -> bool:
    known = words()
    plain = bare(token[0])
    if token[0] not in known.acronyms and plain not in known.abbreviations and plain not in known.rank_abbreviations:
        return False
    after = re.match(r"\s+([^\W\d_]+)", entry[token.end() :])
    before = re.search(r"(\w+)\s+$", entry[: token.start()])
    goes_on = after is not None and folded(after[1]) not in _THEN
    return goes_on or (before is not None and folded(before[1]) in _BEFORE)
