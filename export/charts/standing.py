"""How the actions of each section stand: what "status by section" shows."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from export.charts.timeline import by_section
from normalise.model import Plan, StatusValue

#: In the order in which work is done, as the reports have it; what they are called is in `export/history/words.py`.
STATUSES: tuple[StatusValue, ...] = ("complete", "in_progress", "off_track", "not_started", "unknown")


class Standing(Struct, frozen=True):
    """A section, and how many of its actions have each of STATUSES, in that order."""

    title: str
    counts: tuple[int, ...]

    @property
    def all(self) -> int:
        """How many actions it has."""
        return sum(self.counts)


def standings_of(plan: Plan) -> tuple[Standing, ...]:
    """Section by section, in the order of the plan."""
    found = []
    for title, actions in by_section(plan):
        counts = Counter(known(action.status) for action in actions)
        found.append(Standing(title, tuple(counts[status] for status in STATUSES)))
    return tuple(found)


def known(status: str) -> StatusValue:
    """A status that this version has a place for: one that a later version added is unknown here."""
    return next((each for each in STATUSES if each == status), "unknown")
