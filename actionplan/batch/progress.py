"""How far a run is: a bar at a terminal, a plain line now and then in a log, nothing where nobody wants to know."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from actionplan.batch.outcome import Outcome
from actionplan.batch.tally import Tally
from actionplan.terminal import say

#: How often a log is told how far a run is, in seconds.
LOG_EVERY = 30.0
#: From so much on, the work on a plan is announced where no bar shows it.
LONG_PAGES, LONG_ROWS, LONG_SECONDS = 50, 2_000, 10.0


class Bar(Protocol):
    """What shows how far the work is; each input by its number, from 0."""

    def begun(self, number: int) -> None:
        """An input begins."""

    def page(self, number: int, done: int, of: int) -> None:
        """One more page of it has been read, of so many."""

    def document(self, number: int, rows: int, characters: int) -> None:
        """All of it has been read."""

    def ended(self, number: int, outcome: Outcome) -> None:
        """It is done, for good or ill."""

    def tick(self) -> float:
        """Time has passed; in how many seconds to be told again."""


class LogLines:
    """A line now and then for a log, which has no bar; of a single plan only that it will take long, and why."""

    def __init__(self, names: Sequence[str], clock: Callable[[], float] = time.monotonic) -> None:
        self._tally = Tally(len(names), clock)
        self._clock, self._last = clock, clock()
        self._only = Announcement(names[0], clock) if len(names) == 1 else None

    def begun(self, number: int) -> None:
        """An input begins."""

    def page(self, number: int, done: int, of: int) -> None:
        """One more page of it has been read."""
        if self._only:
            self._only.page(done, of)

    def document(self, number: int, rows: int, characters: int) -> None:
        """All of it has been read."""
        if self._only:
            self._only.document(rows, characters)

    def ended(self, number: int, outcome: Outcome) -> None:
        """One more is done."""
        self._tally.count(outcome)

    def tick(self) -> float:
        """A line, if it is time for one."""
        left = self._last + LOG_EVERY - self._clock()
        if left > 0 or self._only:
            return max(left, 1.0)
        self._last = self._clock()
        pace = self._tally.pace()
        say(f"{self._tally.done:,} of {self._tally.total:,} plans done{pace and ', ' + pace}")
        return LOG_EVERY


class Announcement:
    """Tells a log once that a plan will take long, and why.

    Pages that take long each (OCR does) are told by the time that the first ones took.
    """

    def __init__(self, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._name, self._clock, self._told = name, clock, False
        self._begun = clock()

    def page(self, done: int, of: int) -> None:
        """One more page has been read, of so many."""
        if of > LONG_PAGES or (self._clock() - self._begun) * of > LONG_SECONDS * done:
            self._tell(f"reading {of} page{'s' * (of != 1)}")

    def document(self, rows: int, characters: int) -> None:
        """All has been read; the rest depends on how many rows there are."""
        if rows > LONG_ROWS:
            self._tell(f"{rows:,} rows to go through")

    def _tell(self, what: str) -> None:
        if not self._told:
            say(f"{self._name}: {what}; this takes a while")
        self._told = True


class Silence:
    """Says nothing."""

    def begun(self, number: int) -> None:
        """An input begins."""

    def page(self, number: int, done: int, of: int) -> None:
        """One more page of it has been read."""

    def document(self, number: int, rows: int, characters: int) -> None:
        """All of it has been read."""

    def ended(self, number: int, outcome: Outcome) -> None:
        """It is done."""

    def tick(self) -> float:
        """Time has passed."""
        return 3600.0


class Announcements(Silence):
    """Tells of each input once that it will take long, and why."""

    def __init__(self, names: Sequence[str], clock: Callable[[], float] = time.monotonic) -> None:
        self._names, self._clock = names, clock
        self._each: dict[int, Announcement] = {}

    def begun(self, number: int) -> None:
        """An input begins."""
        self._each[number] = Announcement(self._names[number], self._clock)

    def page(self, number: int, done: int, of: int) -> None:
        """One more page of it has been read, of so many."""
        self._each[number].page(done, of)

    def document(self, number: int, rows: int, characters: int) -> None:
        """All of it has been read."""
        self._each[number].document(rows, characters)


@contextmanager
def progress(names: Sequence[str], quiet: bool) -> Iterator[Bar]:
    """Whoever shows how far the work on these inputs is, on stderr while it lasts."""
    if quiet:
        yield Silence()
    elif not sys.stderr.isatty():
        yield LogLines(names)
    else:
        from actionplan.batch.bar import RichBar

        with RichBar(names) as bar:
            yield bar
