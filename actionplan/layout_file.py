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
from pathlib import Path

from actionplan.inputs import UsageError
from actionplan.toml_file import Wrong, line_in, line_of, toml_data, toml_text
from normalise.pinned import PINNABLE, Pin, PinnedColumns
from normalise.vocabulary import key

_MAX_BYTES = 1_000_000
#: What a wrong layout is answered with.
EXAMPLE = 'Write a [columns] table with a line a header, such as "What needs to happen" = "action"'


def read_layout(path: Path) -> PinnedColumns:
    """The pins that a layout file holds. Raises UsageError, which names the file, the place and what to write."""

    def wrong(cause: str, hint: str) -> UsageError:
        return UsageError(f"Cannot use the layout {str(path)!r}", cause, hint)

    text = toml_text(path, _MAX_BYTES, wrong, "Give the layout file, not the plan")
    data = toml_data(text, wrong, EXAMPLE)
    for name in data:
        if name != "columns":
            cause = f"{name!r}{line_of(text, name)} is not known to a layout"
            raise wrong(cause, "A layout holds [columns] alone")
    return pins_of(data.get("columns"), text, wrong)


def pins_of(columns: object, text: str, wrong: Wrong) -> PinnedColumns:
    """The pins of the `[columns]` of a file whose whole text is `text`, in the order of their headers."""
    if not isinstance(columns, dict) or not columns:
        raise wrong("it pins no column", EXAMPLE)
    seen: dict[str, str] = {}
    for header, field in columns.items():
        if problem := _problem(header, field, seen):
            where = line_in(text, "columns", 1, header)
            raise wrong(f"{header!r}{where} {problem[0]}", problem[1])
        seen[key(header)] = header
    return PinnedColumns(tuple(Pin(header, field) for header, field in sorted(columns.items())))


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
