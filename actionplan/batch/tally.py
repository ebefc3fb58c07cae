"""How many inputs of a run are done and how it went, how fast, and how long the rest may take."""

from __future__ import annotations

import time
from collections.abc import Callable

from actionplan.batch.outcome import Outcome


class Tally:
    """How many inputs are done and how it went, how fast, and how long the rest may take."""

    def __init__(self, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.total, self.done, self.failed = total, 0, 0
        self._clock, self._begun = clock, clock()

    def count(self, outcome: Outcome) -> None:
        """One more is done."""
        self.done += 1
        self.failed += outcome.status == "failed"

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return self._clock() - self._begun

    def pace(self) -> str:
        """`3 failed, 4.2 a second, 6 minutes left`: whatever of it is known."""
        parts = [f"{self.failed:,} failed"] if self.failed else []
        if self.done and self.seconds > 0:
            rate = self.done / self.seconds
            parts.append(f"{rate:.1f} a second" if rate >= 1 else f"{rate * 60:.1f} a minute")
            if self.done < self.total:
                parts.append(f"{duration((self.total - self.done) / rate)} left")
        return ", ".join(parts)


def duration(seconds: float) -> str:
    """A time as a person says it.

    >>> duration(0.4), duration(1), duration(59.6), duration(155), duration(5500), duration(9100)
    ('1 second', '1 second', '1 minute', '3 minutes', '2 hours', '3 hours')
    """
    unit, size = ("second", 1) if seconds < 59.5 else ("minute", 60) if seconds < 3570 else ("hour", 3600)
    number = max(1, round(seconds / size))
    return f"{number:,} {unit}{'s' * (number != 1)}"
