"""People in tables of their own: columns headed Name, Role, Initials, or rows that read like a roster's lines."""

from __future__ import annotations

import re

from msgspec.structs import replace

from extract.model import Origin
from normalise.people.lines import Line, mention_of, read_line
from normalise.people.mention import Mention
from normalise.people.names import called, is_initials
from normalise.people.words import folded, words

Rows = tuple[tuple[str, ...], ...]


def people_in_table(rows: Rows, origins: tuple[Origin, ...]) -> list[Mention]:
    """Whom a table names with a role or initials; [] for a table that is no roster (a key, a glossary, a sign-off)."""
    for at, row in enumerate(rows[:3]):
        columns = _columns(row)
        if "name" in columns and len(columns) > 1:
            found = [_from_row(cells, columns) for cells in rows[at + 1 :]]
            return [replace(mention, origins=origins) for mention in found if mention is not None]
    return [replace(mention, origins=origins) for mention in _by_content(rows)]


def _columns(row: tuple[str, ...]) -> dict[str, int]:
    """Which column is headed how: field -> index; a header with two meanings goes to the one still missing."""
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        plain = folded(re.sub(r"\(.*?\)", "", cell)).strip(" .:*")
        for field, known in words().table_headers.items():
            if field not in found and plain in known:
                found[field] = index
                break
    return found


def _from_row(cells: tuple[str, ...], columns: dict[str, int]) -> Mention | None:
    """One row under a header; a name cell may hold the rank, or the role after a comma."""
    texts = {field: " ".join(cells[at].split()) for field, at in columns.items() if at < len(cells)}
    name, role, initials = (texts.get(field, "") for field in ("name", "role", "initials"))
    person = called(name)
    if person is None:
        line = read_line(", ".join(text for text in (name, role) if text))
        if line is None:
            return None
        mention = mention_of(line)
        return replace(mention, initials=(initials,)) if is_initials(initials) else mention
    if not role and not initials:
        return None
    full = ", ".join(text for text in (person.prefix, role) if text) or None
    return Mention(person.name, full, (initials,) if is_initials(initials) else ())


def _by_content(rows: Rows) -> list[Mention]:
    """A table without a header that helps: believed where most of its rows are lines about one person."""
    filled = [[" ".join(cell.split()) for cell in row if cell.strip()] for row in rows]
    filled = [row for row in filled if row]
    lines: list[Line] = [line for row in filled if len(row) > 1 and (line := read_line("\t".join(row))) is not None]
    if len(lines) < 2 or 2 * len(lines) < len(filled) or 2 * sum(line.strong for line in lines) < len(lines):
        return []
    return [mention_of(line) for line in lines]
