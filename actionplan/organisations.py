"""What a user knows of the bodies in a catalogue and their plans do not say: nation, region, type, or any other column.

A CSV file with a header row: `organisation`, the name as plans print it, and whatever else is to be asked for. A plan
says the name of its body and nothing of the country that it is in, so nothing here is ever guessed.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from msgspec import Struct

from actionplan.inputs import UsageError
from export.catalogue.rows import TABLES, organisation_id
from export.catalogue.views import OVERDUE_COLUMNS

#: The columns that the catalogue's `organisations` has, whatever a user's file has.
ALWAYS = ("nation", "region", "type")
#: Those that have a meaning in the catalogue already.
_OURS = frozenset({"name", "documents", "place", *OVERDUE_COLUMNS, *TABLES["actions"], *TABLES["documents"]})


class Organisations(Struct, frozen=True):
    """What the file says: its columns but the first, and for each body (by id) a value or None for each of them."""

    columns: tuple[str, ...] = ALWAYS
    known: tuple[tuple[str, tuple[str | None, ...]], ...] = ()


def read_organisations(path: Path) -> Organisations:
    """The file's rows. Raises UsageError for what is no such file, naming the line."""
    what = f"Cannot use the organisations in {str(path)!r}"
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise UsageError(what, (error.strerror or type(error).__name__).lower(), "Check the path") from error
    except UnicodeDecodeError as error:
        raise UsageError(what, "it is not UTF-8 text", "Save it as CSV in UTF-8") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(map(str.strip, row))]
    except csv.Error as error:
        raise UsageError(what, f"line {reader.line_num}: {error}", "Save it as CSV with commas") from error
    header = [_column(name) for name in rows[0][1]] if rows else []
    if "organisation" not in header:
        hint = f"Its first row names the columns: organisation, {', '.join(ALWAYS)}, or others"
        raise UsageError(what, "it has no column organisation", hint)
    for name in header:
        if header.count(name) > 1 or name in _OURS or not name:
            why = (
                "is there twice" if header.count(name) > 1 else "has no name" if not name else "is the catalogue's own"
            )
            cause = f"its column {name!r} {why}"
            raise UsageError(what, cause, "Rename it")
    return _read(what, header, rows[1:])


def _read(what: str, header: list[str], rows: list[tuple[int, list[str]]]) -> Organisations:
    columns = (*ALWAYS, *(name for name in header if name not in (*ALWAYS, "organisation")))
    known: dict[str, tuple[str | None, ...]] = {}
    for line, row in rows:
        if len(row) != len(header):
            cause = f"line {line} has {len(row)} values, and the first row names {len(header)} columns"
            raise UsageError(what, cause, "Put quotation marks around a value that holds a comma")
        said = dict(zip(header, row, strict=True))
        body = organisation_id(said["organisation"])
        if body is None:
            raise UsageError(what, f"line {line} names no organisation", "Name it, or take the line out")
        values = tuple(said.get(name) or None for name in columns)
        if known.setdefault(body, values) != values:
            cause = f"line {line} says otherwise of {said['organisation']!r} than a line before it"
            raise UsageError(what, cause, "Keep one of the two")
    return Organisations(columns, tuple(sorted(known.items())))


def _column(name: str) -> str:
    """A header as the name of a column: `Local authority type` is local_authority_type."""
    return re.sub(r"\W+", "_", name.strip().casefold()).strip("_")
