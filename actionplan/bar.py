"""The progress bar, drawn by rich: imported only at a terminal."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from export.plain_text import plain


class RichBar:
    """A spinner, how many plans are done, the one at hand, and the time; gone when the work is done."""

    def __init__(self, total: int) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task("", total=total)
        self._begun = 0
        self._name = ""

    def at(self, name: str) -> None:
        """The next plan begins, so those before it are done."""
        self._name = escape(plain(name))
        self._progress.update(self._task, completed=self._begun, description=self._name)
        self._begun += 1

    def page(self, done: int, of: int) -> None:
        """One more page of the plan at hand has been read, of so many."""
        self._progress.update(self._task, description=f"{self._name}, page {done} of {of}")

    def document(self, rows: int, characters: int) -> None:
        """All has been read."""
        self._progress.update(self._task, description=f"{self._name}, {rows:,} rows")

    def __enter__(self) -> RichBar:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._progress.stop()
