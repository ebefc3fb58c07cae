"""`actionplan tables`: the tables of any document as they are read, on stdout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from msgspec import Struct

from actionplan.door import Pages
from actionplan.inputs import UsageError
from actionplan.terminal import complain, put_out, say
from export.stitched_tables import Numbered, tables_csv, tables_json
from extract.model import Document, PagesError, Paragraph, ReadError
from normalise.stitched import StitchedTable, stitched


class TableWishes(Struct, frozen=True):
    """What the user asked for."""

    format: Literal["csv", "json"] = "csv"
    table: int | None = None
    exact_csv: bool = False
    pages: Pages | None = None


def list_tables(path: Path, wishes: TableWishes) -> int:
    """Print a document's tables, and say on stderr which they are; 0 printed, 1 unreadable or none, 2 wrong usage."""
    from extract.reading import read

    try:
        document = read(path, wishes.pages)
        tables = _chosen(path, document, wishes.table)
    except (UsageError, PagesError) as error:
        complain(str(error))
        return 2
    except ReadError as error:
        complain(str(error))
        return 1
    for remark in document.remarks:
        say(f"{path}: {remark.severity}: {remark.message}")
    for number, table in tables:
        say(f"{path}: {summary(number, table)}")
    if wishes.format == "json":
        put_out(tables_json(document.source, document.remarks, tables))
    else:
        put_out(tables_csv(tables, wishes.exact_csv))
    return 0


def summary(number: int, table: StitchedTable) -> str:
    """Which table it is, how large, and on which pages."""
    pages = table.pages
    where = f", page {pages[0]}" if len(pages) == 1 else f", pages {pages[0]} to {pages[-1]}" if pages else ""
    joined = sum(len(row.pages) > 1 for row in table.rows)
    cut = f", {joined} joined over a page break" if joined else ""
    rows, columns = len(table.rows), table.columns
    size = f"{rows} row{'s' * (rows != 1)} of {columns} column{'s' * (columns != 1)}"
    return f"table {number}: {size}{where}{cut}"


def _chosen(path: Path, document: Document, wanted: int | None) -> tuple[Numbered, ...]:
    """The tables to print, with their numbers."""
    tables = tuple(enumerate(stitched(document), start=1))
    if not tables:
        paragraphs = sum(isinstance(block, Paragraph) for block in document.blocks)
        cause = f"{paragraphs} paragraph{'s' * (paragraphs != 1)} were read, and nothing in rows and columns"
        hint = "In a text, tabs part the columns; from a picture of a table, make a scan as PDF"
        raise ReadError(f"No table found in {str(path)!r}", cause, hint)
    if wanted is None:
        return tables
    if not 1 <= wanted <= len(tables):
        cause = f"it has {len(tables)} table{'s' * (len(tables) != 1)}"
        raise UsageError(f"Cannot print table {wanted} of {str(path)!r}", cause, "Name one that it has, from 1")
    return tables[wanted - 1 : wanted]
