"""Messages for a person at a terminal: on stderr, one line each, with nothing in them that a terminal would obey."""

from __future__ import annotations

import io
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

#: Categories of characters that are shown as escapes: controls, invisible formats (text direction), halves of pairs.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def plain(text: str) -> str:
    r"""The text with control characters as escapes: a document must not drive the reader's terminal.

    >>> print(plain("Plan\x1b[2J"))
    Plan\x1b[2J
    """
    return "".join(
        _escaped(character) if unicodedata.category(character) in _HIDDEN else character for character in text
    )


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


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
