"""The words of `actionplan tables`."""

from __future__ import annotations

import argparse

from actionplan.verbs.words import Verbs, add_limits, limits_of, named, page_range


def add(verbs: Verbs) -> None:
    """Say what the verb takes."""
    words = verbs.add_parser(
        "tables",
        help="print the tables of any document as they are read, before any meaning",
        description="Print every table of a document on stdout, those that go on over a page as one: what to look at "
        "where a layout fails. In CSV a blank line parts two tables. Exit 0: printed; 1: unreadable, or no table; 2: "
        "wrong usage.",
    )
    words.add_argument("file", metavar="FILE", type=named, help="a PDF, Word file, workbook or text")
    words.add_argument("--format", choices=("csv", "json"), default="csv", help="json has the pages too (default: csv)")
    words.add_argument("--table", metavar="N", type=int, help="only the Nth table, counted from 1")
    words.add_argument("--pages", metavar="A-B", type=page_range, help="only these pages of a PDF, such as 3-7")
    words.add_argument("--exact-csv", action="store_true", help="leave CSV cells as they are, formulas included")
    add_limits(words)
    words.set_defaults(run=run)


def run(said: argparse.Namespace) -> int:
    """Do what was asked for; its modules are imported only now."""
    from actionplan.listing import TableWishes, list_tables

    wishes = TableWishes(said.format, said.table, said.exact_csv, said.pages, limits_of(said))
    return list_tables(said.file, wishes)
