"""`actionplan tables`: the tables of any document as they are read, on stdout."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Literal

from msgspec import Struct

from actionplan.batch.apart import Errand, apart
from actionplan.batch.limits import USUAL, Limits
from actionplan.door import Pages, Watch
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
    limits: Limits = USUAL


def list_tables(path: Path, wishes: TableWishes) -> int:
    """Print a document's tables, and say on stderr which they are; 0 printed, 1 unreadable or none, 2 wrong usage."""
    errand = Errand(str(path), f"Cannot read {str(path)!r}", partial(_listed, path, wishes))
    try:
        text, told = apart(errand, wishes.limits)
    except (UsageError, PagesError) as error:
        complain(str(error))
        return 2
    except ReadError as error:
        complain(str(error))
        return 1
    for line in told:
        say(f"{path}: {line}")
    put_out(text)
    return 0


def _listed(path: Path, wishes: TableWishes, watch: Watch) -> tuple[str, tuple[str, ...]]:
    """A document's tables as they are printed, and what is said of them line by line."""
    from extract.reading import read

    document = read(path, wishes.pages, watch.page, wishes.limits.reading)
    tables = _chosen(path, document, wishes.table)
    remarks = [f"{remark.severity}: {remark.message}" for remark in document.remarks]
    told = (*remarks, *(summary(number, table) for number, table in tables))
    if wishes.format == "json":
        return tables_json(document.source, document.remarks, tables), told
    return tables_csv(tables, wishes.exact_csv), told


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
        read = "1 paragraph was" if paragraphs == 1 else f"{paragraphs} paragraphs were"
        cause = f"{read} read, and nothing in rows and columns"
        hint = "In a text, tabs part the columns; from a picture of a table, make a scan as PDF"
        raise ReadError(f"No table found in {str(path)!r}", cause, hint)
    if wanted is None:
        return tables
    if not 1 <= wanted <= len(tables):
        cause = f"it has {len(tables)} table{'s' * (len(tables) != 1)}"
        raise UsageError(f"Cannot print table {wanted} of {str(path)!r}", cause, "Name one that it has, from 1")
    return tables[wanted - 1 : wanted]
