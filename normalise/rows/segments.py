"""A cell's text as the segments that it might be cut between, and which words tell what it speaks of.

Used where a dump ran rows together: a cut lies between two sentences or list items, never inside one, and the words
that a segment shares with the rest of one row or the other tell whose it is.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct, field

from normalise.model import TEXT_FIELDS
from normalise.rows.model import Record
from normalise.rows.openness import ends_open

_BOUNDARY = re.compile(
    r"""(?P<strong>(?<=[.!?;])["”’)]?\s+(?=[A-Z0-9"“‘(£•])|\s+(?=[•▪\uf0b7]\s))"""
    r"""|(?P<weak>(?<=[\w%)’'])\s+(?=[A-Z][\w’'-]*[.:,]?\s))""",
    re.VERBOSE,
)
#: How a progress cell begins: in the middle of one, another row's progress begins.
OPENER = re.compile(r"(?:Complete[d.:]?|Not (?:yet )?started|In progress|Ongoing|On track|Delayed|Overdue)\b")
#: The cost of a boundary between two capitals: most are inside a name.
_IN_NAME = 5.0
_STOP = frozenset(
    "the a an and or of to in for with by at on from into that which who this these their its our is are was "
    "were be been "
    "will have has had not all any each more than as it them they we need needs new work place".split()
)


class Boundary(Struct, frozen=True):
    """A place where a text might be cut: an offset, and what it costs to believe that a sentence or item ends there."""

    at: int
    cost: float = 0.0


@lru_cache(maxsize=1024)
def boundaries(text: str) -> tuple[Boundary, ...]:
    """Where one sentence or item may end and the next begin, in order.

    A capital after a small letter is a weak one: in a dump a new line leaves nothing else behind, but a name looks the
    same. Inside a run of capitals there is one only where the run itself cannot begin one (`and Social Worker | Newly
    qualified staff`, but never `(6 months) Temporary | Support Officer`).

    >>> text = "drift is reduced. Panels meet monthly Feedback from staff"
    >>> [text[boundary.at:] for boundary in boundaries(text)]
    ['Panels meet monthly Feedback from staff', 'Feedback from staff']
    """
    found: list[Boundary] = []
    name_from: int | None = None
    for match in _BOUNDARY.finditer(text):
        way = Boundary(match.end(), _cost(text, match))
        if way.cost < _IN_NAME:
            name_from = None if ends_open(text[: way.at]) else way.at
        elif name_from is not None and text[name_from : way.at].istitle():
            continue
        found.append(way)
    return tuple(found)


def _cost(text: str, match: re.Match[str]) -> float:
    """0 where a sentence ends, 1 where a capital follows a small word, 5 where it follows another capital (a name)."""
    if match.lastgroup != "weak":
        return 0.0
    before = text[: match.start()].split()[-1].lstrip("(\"“‘'")
    return _IN_NAME if before[:1].isupper() and not text[: match.start()].endswith(")") else 1.0


@lru_cache(maxsize=4096)
def stems(text: str) -> tuple[str, ...]:
    """The words of a text that carry meaning, each cut to what its forms share.

    >>> stems("Trackers developed and the tracker")
    ('track', 'devel', 'track')
    """
    words = re.findall(r"[^\W\d_]{3,}", text.casefold())
    return tuple(word[:5] for word in words if word not in _STOP)


class Topics(Struct, frozen=True):
    """How much each word tells, from how few rows use it."""

    weights: dict[str, float] = field(default_factory=dict)

    def shared(self, words: frozenset[str], row: frozenset[str]) -> float:
        """How much of what the words say a row says too."""
        return math.fsum([self.weights.get(word, 1.0) for word in words & row])  # exact, whatever the set's order


def topics_of(rows: Sequence[frozenset[str]]) -> Topics:
    """The weights of a plan's words: the logarithm of how rare each is among its rows."""
    counts = Counter(word for row in rows for word in row)
    return Topics({word: math.log(1 + len(rows) / count) for word, count in counts.items()})


def said(record: Record) -> frozenset[str]:
    """The words of a record's prose that carry meaning."""
    return frozenset(word for key, passage in record.cells if key in TEXT_FIELDS for word in stems(passage.raw))
