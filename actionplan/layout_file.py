"""The layout file: a small TOML file that says which printed header is which field.

    [columns]
    "What needs to happen" = "action"
    "Officer" = "lead"
    "Ward" = "extra"

A header stands once, as it is printed (capitals, spaces and punctuation do not matter). A field is one of the
contract's, or `extra` for a column that is none of them. Whatever else the file says is an error that names it and its
line.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path

from actionplan.inputs import UsageError
from normalise.pinned import PINNABLE, Pin, PinnedColumns
from normalise.vocabulary import key

_MAX_BYTES = 1_000_000
_EXAMPLE = 'Write a [columns] table with a line a header, such as "What needs to happen" = "action"'


def read_layout(path: Path) -> PinnedColumns:
    """The pins that a layout file holds. Raises UsageError, which names the file, the place and what to write."""
    text = _text(path)
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _wrong(path, f"it is no TOML ({str(error)[:1].lower() + str(error)[1:]})", _EXAMPLE) from error
    for name in data:
        if name != "columns":
            raise _wrong(
                path, f"{name!r}{_line(text, name)} is not known to a layout", "A layout holds [columns] alone"
            )
    columns = data.get("columns")
    if not isinstance(columns, dict) or not columns:
        raise _wrong(path, "it pins no column", _EXAMPLE)
    seen: dict[str, str] = {}
    for header, field in columns.items():
        if problem := _problem(header, field, seen):
            raise _wrong(path, f"{header!r}{_line(text, header)} {problem[0]}", problem[1])
        seen[key(header)] = header
    return PinnedColumns(tuple(Pin(header, field) for header, field in sorted(columns.items())))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
        if len(data) > _MAX_BYTES:
            raise _wrong(path, f"it has more than {_MAX_BYTES} bytes", "Give the layout file, not the plan")
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        cause = (error.strerror or type(error).__name__).lower()
        raise _wrong(path, cause, "Check the path and its permissions") from error
    except UnicodeDecodeError as error:
        raise _wrong(path, "it is not UTF-8 text", "Save it as UTF-8") from error


def _problem(header: str, field: object, seen: dict[str, str]) -> tuple[str, str] | None:
    """What is wrong with a pin and what to write instead; None where nothing is."""
    fields = f"Fields are {', '.join(PINNABLE)}"
    if not key(header):
        return "holds no letter or digit", "Write the header as it is printed"
    if not isinstance(field, str):
        return "is pinned to what is no text", f"{fields}, each in quotation marks"
    if field not in PINNABLE:
        near = difflib.get_close_matches(field.casefold(), PINNABLE, 1, 0.7)
        return f"is pinned to {field!r}, which is no field", f"Did you mean {near[0]!r}? {fields}" if near else fields
    if key(header) in seen:
        return f"is the same header as {seen[key(header)]!r}", "Pin each header once"
    return None


def _line(text: str, name: str) -> str:
    """` in line 4`: the first line that begins with a name; nothing where it is written in another way."""
    begins = re.compile(rf"""\s*\[*\s*["']?{re.escape(name)}["']?\s*[=\]]""")
    return next((f" in line {at}" for at, line in enumerate(text.split("\n"), 1) if begins.match(line)), "")


def _wrong(path: Path, cause: str, hint: str) -> UsageError:
    return UsageError(f"Cannot use the layout {str(path)!r}", cause, hint)
