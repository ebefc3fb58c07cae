"""The progress bar, drawn by rich: imported only at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, track

from actionplan.batch.outcome import Outcome
from actionplan.batch.tally import Tally
from export.plain_text import plain

Thing = TypeVar("Thing")

#: How often the bar is drawn again, in seconds. It has no thread of its own for it: workers are forked beside it.
EVERY = 0.1


def with_bar(things: Sequence[Thing]) -> Iterator[Thing]:
    """Each of the things, with a bar on stderr until the last is done."""
    yield from track(things, "", console=Console(stderr=True), transient=True)


class RichBar:
    """A spinner, how many plans are done, the pace, the plan at hand, and the time; gone when the work is done."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._tally = Tally(len(names))
        self._progress = Progress(
            SpinnerColumn(),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
            console=Console(stderr=True),
            transient=True,
            auto_refresh=False,
        )
        self._task = self._progress.add_task("", total=len(names))
        self._at_hand: dict[int, str] = {}

    def begun(self, number: int) -> None:
        """An input begins."""
        self._at_hand[number] = escape(plain(self._names[number]))
        self._show()

    def page(self, number: int, done: int, of: int) -> None:
        """One more page of it has been read, of so many."""
        self._tell(number, f"page {done} of {of}")

    def document(self, number: int, rows: int, characters: int) -> None:
        """All of it has been read."""
        self._tell(number, f"{rows:,} rows")

    def ended(self, number: int, outcome: Outcome) -> None:
        """It is done."""
        self._at_hand.pop(number, None)
        self._tally.count(outcome)
        self._progress.update(self._task, completed=self._tally.done)
        self._show()

    def tick(self) -> float:
        """Draw it again."""
        self._show()
        self._progress.refresh()
        return EVERY

    def _tell(self, number: int, what: str) -> None:
        self._at_hand[number] = f"{escape(plain(self._names[number]))}, {what}"
        self._show()

    def _show(self) -> None:
        """The pace, where there are several, and the plan that has been at hand longest."""
        parts = [self._tally.pace() if self._tally.total > 1 else "", next(iter(self._at_hand.values()), "")]
        self._progress.update(self._task, description=" · ".join(part for part in parts if part))

    def __enter__(self) -> RichBar:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._progress.stop()
