"""Messages for a person at a terminal: on stderr, one line each, with nothing in them that a terminal would obey."""

from __future__ import annotations

import io
import sys

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
