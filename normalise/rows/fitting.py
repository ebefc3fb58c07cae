"""How well a cut through a run-together cell fits: each part should speak of its own row, and be whole."""

from __future__ import annotations

from normalise.flow import BULLET
from normalise.rows.openness import ends_open, starts_inside
from normalise.rows.segments import OPENER, Boundary, Topics, stems

#: Words that a part shares with the row it would belong to count for it, and for the other row against it, each by its
#: rarity; the rest are costs and gains in the same unit.
_SHARED = 0.6
_OPEN = 4.0
_PHRASE = 3.0
#: What it costs to leave a row without a cell that the other rows have.
EMPTY = 5.0


def begins_anew(key: str, rest: str, phrases: str) -> float:
    """How much the words after a cut sound like a cell's first: a progress word, or words that another cell has."""
    first = " ".join(rest.split()[:3])
    said = bool(first) and rest[:1].isupper() and len(first.split()) == 3 and first in phrases
    return (_PHRASE if said else 0.0) + (_PHRASE if key == "progress" and OPENER.match(rest) else 0.0)


def fit(way: Boundary, text: str, before: str, theirs: frozenset[str], ours: frozenset[str], topics: Topics) -> float:
    """How well a cut fits: each part should speak of its own row, end as texts end and begin as they begin.

    `theirs` and `ours`: the words of the row before and of this one, those of both left out.
    """
    head, rest = text[: way.at], text[way.at :]
    first, second = frozenset(stems(head)), frozenset(stems(rest))
    told = topics.shared(first, theirs) - topics.shared(first, ours)
    told += topics.shared(second, ours) - topics.shared(second, theirs)
    score = told * _SHARED - way.cost
    if way.at == 0 and ends_open(before):
        score -= _OPEN
    if head and ends_open(head):
        score -= _OPEN
    if rest and (starts_inside(rest) or (head and BULLET.match(rest))):
        score -= _OPEN
    return score
