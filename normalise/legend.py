"""What a plan's own key says that its colours mean: `Green: complete`, or a table of colours and words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from normalise.model import Flag, StatusValue
from normalise.status import Rag, StatusReading, read_status

#: Colour and meaning, of each colour that is explained.
Legend = tuple[tuple[Rag, StatusValue], ...]

_COLOUR = r"(?P<rag>\b(?:blue|green|amber|red|[BGAR])\b)"
_SAYS = r"\)?\s*(?:[:=–—-]|\bis\b|\bmeans\b|\()\s*(?:(?:the )?action (?:is|has been) )?"
_ENTRY = re.compile(rf"{_COLOUR}{_SAYS}(?P<words>[^.;,:=()\n]{{3,60}})", re.IGNORECASE)
_NAMES: dict[str, Rag] = {"b": "blue", "g": "green", "a": "amber", "r": "red"}


def legend_of(texts: Iterable[str], tables: Iterable[Sequence[Sequence[str]]]) -> Legend:
    """The meaning of each colour that a text or a table outside the action tables explains; others are left out.

    At least two colours must be explained: `Red: not started, Green: complete`. One that is explained in two ways is
    left out, and so are words that say nothing of a status (`Red: significant risk`).

    >>> legend_of(["RAG: Red – not started, Amber – under way, Green – done."], [])
    (('red', 'not_started'), ('amber', 'in_progress'), ('green', 'complete'))
    >>> legend_of(["Amber – under way"], []), legend_of([], [[["Green", "Complete"], ["Red", "Overdue"]]])
    ((), (('green', 'complete'), ('red', 'off_track')))
    """
    found: dict[Rag, set[StatusValue]] = {}
    pairs = [(match["rag"], match["words"]) for text in texts for match in _entries(text)]
    for rows in tables:
        filled = [[cell for cell in row if cell.strip()] for row in rows]
        pairs += [(row[0].strip(), row[1]) for row in filled if len(row) > 1]
    for name, words in pairs:
        short = name.casefold()
        rag = _NAMES.get(short[:1]) if short in (*_NAMES, *_NAMES.values()) else None
        status = read_status(words, "").status
        if rag is not None and status != "unknown":
            found.setdefault(rag, set()).add(status)
    told = tuple((rag, next(iter(said))) for rag, said in found.items() if len(said) == 1)
    return told if len(found) > 1 else ()


def told_otherwise(reading: StatusReading, legend: Legend) -> tuple[Flag, ...]:
    """A warning where a status is a colour's and the plan's own key gives that colour another meaning.

    The contract of the format says what a colour is; a reader of the plan goes by its key. Words in the cell decide.
    """
    meant = dict(legend).get(reading.rag) if reading.rag else None
    by_colour = len((reading.status_text or "").strip("[] ").split()) <= 1
    if meant is None or meant == reading.status or not by_colour or reading.basis != "cell":
        return ()
    message = f"The plan's own key says that {reading.rag} is {meant}; the format reads it as {reading.status}."
    return (Flag("status-by-key", "reading", "warning", message, (reading.status, meant)),)


def _entries(text: str) -> Iterable[re.Match[str]]:
    """The entries of a key; a single letter counts as a colour only as a capital."""
    return (match for match in _ENTRY.finditer(text) if len(match["rag"]) > 1 or match["rag"].isupper())
