"""Messages for a person at a terminal: on stderr, one line each, with nothing in them that a terminal would obey."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from export.plain_text import plain as plain


def say(text: str) -> None:
    """One line on stderr."""
    print(plain(text), file=sys.stderr)


def complain(text: str) -> None:
    """One error, on one line of stderr."""
    say(f"actionplan: {text.rstrip('.')}.")


def put_out(text: str) -> None:
    """Data on stdout: UTF-8 wherever it goes, its line ends as they are."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="")
    sys.stdout.write(text)


def put_out_bytes(content: bytes) -> None:
    """Data on stdout that is no text, or a text that must stay as it is."""
    sys.stdout.flush()
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        sys.stdout.write(content.decode("utf-8", errors="replace"))
    else:
        binary.write(content)


def advise(error: Exception) -> None:
    """What an error has to show beside its sentence (a file to write, say), line by line on stderr."""
    for note in getattr(error, "__notes__", ()):
        for line in note.split("\n"):
            say(line)


class Bar(Protocol):
    """What shows how far the work is."""

    def at(self, name: str) -> None:
        """The next piece of work begins; `name` says which it is."""

    def page(self, done: int, of: int) -> None:
        """One more page of it has been read, of so many."""

    def document(self, rows: int, characters: int) -> None:
        """All of it has been read."""


@contextmanager
def progress(names: Sequence[str], quiet: bool) -> Iterator[Bar]:
    """A bar over the pieces of work, on stderr while it lasts; none where stderr is no terminal, or `quiet`."""
    if quiet or not sys.stderr.isatty():
        yield _NoBar()
        return
    from actionplan.bar import RichBar

    with RichBar(len(names)) as bar:
        yield bar


#: From so much on, work is announced where no bar shows it.
LONG_PAGES, LONG_ROWS, LONG_SECONDS = 50, 2_000, 10.0


class Announcement:
    """Tells a log, which has no bar, once for each plan that it will take long, and why.

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


def announcement(name: str, quiet: bool) -> Announcement | None:
    """Who tells of long work on a plan; None where a bar does, or nobody wants to know."""
    return None if quiet or sys.stderr.isatty() else Announcement(name)


class _NoBar:
    def at(self, name: str) -> None:
        pass

    def page(self, done: int, of: int) -> None:
        pass

    def document(self, rows: int, characters: int) -> None:
        pass
