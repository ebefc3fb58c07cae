"""Whether a cell's text was cut off: it waits for more, or it begins in the middle of something."""

from __future__ import annotations

import re

#: Words that no sentence of a plan ends with: after one of them more must come.
_NEVER_LAST = frozenset(
    "a an the and or of to in for with by at on from into that which who whose this these their its our your is "
    "are was "
    "were be been being as than including between through across against within without per via our has have had will "
    "not no any each every both more most other such so also where when while whilst if but".split()
)
_ENDS = (".", "!", "?", ";", ":")


def ends_open(text: str) -> bool:
    """Whether a text waits for more: its last word never ends a sentence, or a dash, comma, `&` or `/` does.

    >>> [ends_open(text) for text in ("to be added to the", "staff &", "Feedback from staff", "agreed.")]
    [True, True, False, False]
    """
    text = text.rstrip()
    if not text:
        return False
    if text[-1] in ",-–—&/(":
        return True
    return text.split()[-1].casefold().strip("\"'‘“") in _NEVER_LAST


def starts_inside(text: str) -> bool:
    """Whether a text begins in the middle of something: a small letter, a bracket, a mark that never comes first.

    >>> [starts_inside(text) for text in ("children and families Reducing", "(61% then)", "Feedback", "a) a panel")]
    [True, True, False, False]
    """
    text = text.lstrip()
    return bool(re.match(r"[a-z](?!\w*[A-Z])|[(),;.:–—&]", text)) and not re.match(r"\(?[a-z0-9ivx]{1,3}[.)]\s", text)


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return text.rstrip().rstrip("\"'”’)").endswith(_ENDS)


def is_open(before: str, after: str) -> bool:
    """Whether `after` can be how `before` goes on: one waits, or the other begins inside what has not ended.

    A semicolon or colon ends nothing where a small letter follows.
    """
    ended = before.rstrip().rstrip("\"'”’)").endswith((".", "!", "?"))
    return ends_open(before) or (bool(before.strip()) and not ended and starts_inside(after))
