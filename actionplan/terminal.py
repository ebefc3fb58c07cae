"""Messages for a person at a terminal: on stderr, one line each, with nothing in them that a terminal would obey."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
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


def advise(error: Exception) -> None:
    """What an error has to show beside its sentence (a file to write, say), line by line on stderr."""
    for note in getattr(error, "__notes__", ()):
        for line in note.split("\n"):
            say(line)


class Bar(Protocol):
    """What shows how far the work is."""

    def at(self, name: str) -> None:
        """The next piece of work begins; `name` says which it is."""


@contextmanager
def progress(names: Sequence[str], quiet: bool) -> Iterator[Bar]:
    """A bar over the pieces of work, on stderr while it lasts; none where stderr is no terminal, or `quiet`."""
    if quiet or not sys.stderr.isatty():
        yield _NoBar()
        return
    from actionplan.bar import RichBar

    with RichBar(len(names)) as bar:
        yield bar


class _NoBar:
    def at(self, name: str) -> None:
        pass
