"""A small TOML file of a user's, read with errors that name the line.

The parser keeps no lines, so they are looked for again once something is wrong: a line counts where what stands above
it is TOML by itself, so that no line within a text or a list is taken for one that begins an entry.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from actionplan.inputs import UsageError

#: What makes an error of a cause and a hint.
Wrong = Callable[[str, str], UsageError]
#: So many lines within texts are taken for none, until no line is told at all.
_TRIES = 100


def toml_text(path: Path, limit: int, wrong: Wrong, too_long: str) -> str:
    """The text of a file, at most `limit` bytes long; `too_long`: what to try where it has more."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise wrong(f"it has more than {limit} bytes", too_long)
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        cause = (error.strerror or type(error).__name__).lower()
        raise wrong(cause, "Check the path and its permissions") from error
    except UnicodeDecodeError as error:
        raise wrong("it is not UTF-8 text", "Save it as UTF-8") from error


def toml_data(text: str, wrong: Wrong, example: str) -> dict[str, Any]:
    """What a text says; the error for what is no TOML says where, and shows an example."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise wrong(f"it is no TOML ({str(error)[:1].lower() + str(error)[1:]})", example) from error


def line_of(text: str, name: str) -> str:
    """` in line 4`: where a key or a table of this name first begins; "" where it is written in another way."""
    return _told(next(_begins(text, name), None))


def line_in(text: str, table: str, number: int = 1, name: str | None = None) -> str:
    """` in line 4`: where a table begins (of a list of tables, the one of this number), or a key in it."""
    heads = _matching(text, re.compile(rf"""\s*\[+\s*["']?{re.escape(table)}["']?\s*\]"""), 0)
    head = next((at for count, at in enumerate(heads, 1) if count == number), None)
    if head is None or name is None:
        return _told(head)
    within = (at for at in _begins(text, name, head + 1) if not _heads_between(text, head + 1, at + 1))
    return _told(next(within, head))


def _told(line: int | None) -> str:
    return "" if line is None else f" in line {line + 1}"


def _heads_between(text: str, begin: int, end: int) -> bool:
    """Whether another table begins in these lines, the first of which begins a key."""
    return any(at < end for at in _matching(text, re.compile(r"\s*\["), begin))


def _begins(text: str, name: str, begin: int = 0) -> Iterator[int]:
    """The lines (from 0) that begin with a key, or with the head of a table, of this name."""
    return _matching(text, re.compile(rf"""\s*\[*\s*["']?{re.escape(name)}["']?\s*[=\]]"""), begin)


def _matching(text: str, pattern: re.Pattern[str], begin: int) -> Iterator[int]:
    """The lines from one on that a pattern begins and that are within no text or list."""
    lines, whole, tries = text.split("\n"), begin, 0
    for at in range(begin, len(lines)):
        if pattern.match(lines[at]):
            if _is_whole("\n".join(lines[whole:at])):
                whole = at
                yield at
            elif (tries := tries + 1) > _TRIES:
                return


def _is_whole(text: str) -> bool:
    try:
        tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return False
    return True
