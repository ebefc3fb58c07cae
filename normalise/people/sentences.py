"""Running text before spaCy sees it: passages that one sentence runs through, and whether they can name people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalise.model import Origins
from normalise.people.names import has_head, is_name

Passages = Sequence[tuple[str, Origins]]

_PAIR = re.compile(r"\b[A-Z][\w'’-]+(?: (?:[a-z]{2,3} )?[A-Z][\w'’-]*\.?){1,3}")
_BRACKETED = re.compile(r"\(\W*[A-Z][\w'’.-]{0,8}\W*\)")


def may_name_people(text: str) -> bool:
    """Whether a text could say who somebody is: words that can be a name, and initials in brackets or a post beside.

    Cheap and generous; it only saves the loading of spaCy.
    """
    if not (_BRACKETED.search(text) or has_head(text)):
        return False
    for run in _PAIR.finditer(text):
        tokens = run.group().split()
        names = [tokens[at : at + count] for count in (2, 3, 4) for at in range(len(tokens) - count + 1)]
        around = text[max(0, run.start() - 60) : run.end() + 60]
        if any(is_name(name) for name in names) and (_BRACKETED.search(around) or has_head(around)):
            return True
    return False


def sentences_whole(passages: Passages, used: frozenset[int]) -> list[list[int]]:
    """Runs of passages: one that ends inside a sentence belongs with the next (a text dump has a line a passage)."""
    runs: list[list[int]] = []
    open_end = False
    for at, (text, _) in enumerate(passages):
        if at in used or not text.strip():
            open_end = False
            continue
        if open_end and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
        open_end = len(text.split()) > 6 and not re.search(r"[.!?:]\W*$", text)
    return runs
