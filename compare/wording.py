"""Two texts word by word: which words stayed, which went, which came."""

from __future__ import annotations

import re

from rapidfuzz.distance import Indel

from compare.model import Run
from compare.printed import printed_key

#: A word, with the line feeds behind it where it ends a paragraph.
_WORD = re.compile(r"\S+(?:[^\S\n]*\n)*")


def words_between(old: str, new: str) -> tuple[Run, ...]:
    """The runs of words from the old text to the new one, in reading order, what went before what came.

    Words are compared as printed (a look-alike letter or a bullet is no difference); a "same" run has the new text's.
    The reverse of two texts gives the same runs with "old" and "new" exchanged.

    >>> [(run.op, " ".join(run.words)) for run in words_between("Six visits made", "Nine visits made")]
    [('old', 'Six'), ('new', 'Nine'), ('same', 'visits made')]
    """
    before, after = _words(old), _words(new)
    return _merged(_lone_words_out(_runs(before, after)))


def joined(runs: tuple[Run, ...], side: str) -> tuple[str, ...]:
    """All the words of one side, "old" or "new"."""
    return tuple(word for run in runs if run.op in ("same", side) for word in run.words)


def only_edges_differ(runs: tuple[Run, ...]) -> bool:
    """Whether one stretch of words is the same and all that differs stands before or after it."""
    return sum(run.op == "same" for run in runs) == 1


def _words(text: str) -> list[str]:
    """The words of a text; a bullet is none."""
    found = (match.rstrip() + "\n" * match.count("\n") for match in _WORD.findall(text.strip()))
    return [word for word in found if printed_key(word)]


def _runs(before: list[str], after: list[str]) -> list[Run]:
    """An alignment has several shortest forms; the one of the lesser text first is taken, whichever text is old."""
    swapped = after < before
    one, two = (after, before) if swapped else (before, after)
    runs: list[Run] = []
    for code in Indel.opcodes([printed_key(w) for w in one], [printed_key(w) for w in two]):
        gone, come = tuple(one[code.src_start : code.src_end]), tuple(two[code.dest_start : code.dest_end])
        if swapped:
            gone, come = come, gone
        if code.tag == "equal":
            runs.append(Run("same", come))
            continue
        runs += [Run("old", gone)] if gone else []
        runs += [Run("new", come)] if come else []
    return runs


def _lone_words_out(runs: list[Run]) -> list[Run]:
    """A single word that stayed between two changes says nothing: it is shown as gone and come again."""
    found: list[Run] = []
    for at, run in enumerate(runs):
        if run.op == "same" and len(run.words) == 1 and 0 < at < len(runs) - 1 and len(runs) > 4:
            found += [Run("old", run.words), Run("new", run.words)]
        else:
            found.append(run)
    return found


def _merged(runs: list[Run]) -> tuple[Run, ...]:
    """Between two "same" runs, all that went as one run, then all that came."""
    found: list[Run] = []
    gone: list[str] = []
    come: list[str] = []
    for run in [*runs, Run("same", ())]:
        if run.op == "same":
            found += [Run("old", tuple(gone))] if gone else []
            found += [Run("new", tuple(come))] if come else []
            gone, come = [], []
            if run.words and found and found[-1].op == "same":
                found[-1] = Run("same", found[-1].words + run.words)
            elif run.words:
                found.append(run)
        else:
            (gone if run.op == "old" else come).extend(run.words)
    return tuple(found)
