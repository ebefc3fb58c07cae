"""The `actionplan` command: its words, and which function does what they say."""

from __future__ import annotations

import argparse
import gc
import os
import re
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from actionplan.terminal import complain

USAGE = 2
INTERRUPTED = 128 + signal.SIGINT
PIPE_CLOSED = 128 + 13  # SIGPIPE, by number: not every system names it


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 something is wrong with an input, 2 wrong usage."""
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115  a shell's `>&-` leaves none
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stop:  # argparse has said why, or printed the help
        return int(stop.code or 0)
    try:
        code = _run(arguments)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        complain("Interrupted: the plans written so far are whole")
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has gone
        _let_go_of_stdout()
        return PIPE_CLOSED
    except OSError as error:
        if error.filename is not None:  # a file's error, and no full disk behind stdout
            raise
        _let_go_of_stdout()
        cause = (error.strerror or type(error).__name__).lower()
        complain(f"Cannot write the output: {cause}. Make room, or send it elsewhere")
        return USAGE


def _let_go_of_stdout() -> None:
    """The interpreter must not complain about what it can't write as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: argparse.Namespace) -> int:
    """The verb's own module is imported only when it is asked for."""
    if arguments.verb == "extract":
        gc.set_threshold(50_000, 20, 20)  # a plan is many small values that stay: looking less often saves a tenth
        from actionplan.extracting import Wishes, extract_all

        said = arguments
        formats = tuple(said.formats.split(","))
        wishes = Wishes(
            *(said.out, said.strict, said.exact_csv, said.quiet, said.layout, said.pages, formats, said.force)
        )
        return extract_all(arguments.path, wishes)
    if arguments.verb == "check":
        from actionplan.checking import check_all

        return check_all(arguments.plan, arguments.source, arguments.pages)
    if arguments.verb == "tables":
        from actionplan.listing import TableWishes, list_tables

        said = arguments
        return list_tables(said.file, TableWishes(said.format, said.table, said.exact_csv, said.pages))
    if arguments.verb == "diff":
        from actionplan.diffing import diff

        return diff(arguments.old, arguments.new, arguments.format)
    if arguments.verb == "history":
        from actionplan.recounting import HistoryWishes, recount

        said = arguments
        return recount(said.plan, HistoryWishes(said.format, said.exact_csv, said.as_given))
    if arguments.of == "diff":
        from export.diff_json import diff_schema_text

        sys.stdout.write(diff_schema_text())
        return 0
    from export.schema import schema_text

    sys.stdout.write(schema_text())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="actionplan",
        description="Turn inspection action plans (PDF, Word, OCR text) into clean JSON and CSV, with proof.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    extract = verbs.add_parser(
        "extract",
        help="read plans and write a folder of JSON and CSV for each",
        description="Write DIR/<path below the given folder>/<full file name>/ with plan.json, actions.csv, people.csv "
        "and findings.csv, or what --formats names, for each plan. A plan whose source, settings and program are "
        "unchanged, and whose files are as they were written, is not extracted again. Exit 0: every plan was written; "
        "1: one could not be read; 2: wrong usage.",
    )
    extract.add_argument("path", metavar="PATH", nargs="+", type=Path, help="a plan, or a folder of plans")
    extract.add_argument("--out", metavar="DIR", type=Path, default=Path("out"), help="where to write (default: out)")
    extract.add_argument(
        "--formats",
        metavar="LIST",
        default="json,csv",
        help="what to write, with commas between: json, csv, xlsx, parquet, sqlite, datapackage (default: json,csv)",
    )
    extract.add_argument("--force", action="store_true", help="extract again what is unchanged")
    extract.add_argument("--strict", action="store_true", help="also exit 1 where a reading is doubtful")
    extract.add_argument("--exact-csv", action="store_true", help="leave CSV cells as they are, formulas included")
    extract.add_argument("--layout", metavar="FILE", type=Path, help="a TOML file: which printed header is which field")
    extract.add_argument("--pages", metavar="A-B", type=page_range, help="only these pages of one PDF, such as 3-7")
    extract.add_argument("--quiet", action="store_true", help="say nothing but errors")

    check = verbs.add_parser(
        "check",
        help="prove a plan.json: its schema, its sums and its repairs",
        description="Print what a plan.json contradicts, one line each. Exit 0: nothing; 1: something; 2: unreadable.",
    )
    check.add_argument("plan", metavar="PLAN", nargs="+", type=Path, help="a plan.json, or a folder that holds some")
    check.add_argument("--source", metavar="FILE", type=Path, help="the plan's source: compare its hash and characters")
    check.add_argument("--pages", metavar="A-B", type=page_range, help="the pages of the source that the plan is of")

    tables = verbs.add_parser(
        "tables",
        help="print the tables of any document as they are read, before any meaning",
        description="Print every table of a document on stdout, those that go on over a page as one: what to look at "
        "where a layout fails. In CSV a blank line parts two tables. Exit 0: printed; 1: unreadable, or no table; 2: "
        "wrong usage.",
    )
    tables.add_argument("file", metavar="FILE", type=Path, help="a PDF, Word file, workbook or text")
    tables.add_argument(
        "--format", choices=("csv", "json"), default="csv", help="json has the pages too (default: csv)"
    )
    tables.add_argument("--table", metavar="N", type=int, help="only the Nth table, counted from 1")
    tables.add_argument("--pages", metavar="A-B", type=page_range, help="only these pages of a PDF, such as 3-7")
    tables.add_argument("--exact-csv", action="store_true", help="leave CSV cells as they are, formulas included")

    diff = verbs.add_parser(
        "diff",
        help="say what changed between two versions of a plan",
        description="Print what changed from OLD to NEW: each a plan.json, the folder that holds it, or a source "
        "document. Exit 0: no differences in the document; 1: differences; 2: one could not be read, or wrong usage.",
    )
    diff.add_argument("old", metavar="OLD", type=Path, help="the earlier version")
    diff.add_argument("new", metavar="NEW", type=Path, help="the later version")
    diff.add_argument(
        "--format", choices=("text", "json", "markdown", "html"), default="text", help="how to print (default: text)"
    )

    history = verbs.add_parser(
        "history",
        help="tell what became of every action over all versions of a plan",
        description="Print the versions of a plan in order, the oldest first: their numbers, and the life of each "
        "action. A PLAN is a plan.json, its folder, or a source document. Exit 0: printed; 2: one could not be read, "
        "or wrong usage.",
    )
    history.add_argument("plan", metavar="PLAN", nargs="+", type=Path, help="a version of the plan")
    history.add_argument(
        "--format", choices=("text", "json", "html", "csv"), default="text", help="how to print it (default: text)"
    )
    history.add_argument("--as-given", action="store_true", help="keep the order given, whatever the versions' dates")
    history.add_argument("--exact-csv", action="store_true", help="leave CSV cells as they are, formulas included")

    schema = verbs.add_parser(
        "schema",
        help="print the JSON Schema of plan.json, or of a diff",
        description="Print the JSON Schema (2020-12) of plan.json, or of what diff --format json prints.",
    )
    schema.add_argument("of", nargs="?", choices=("plan", "diff"), default="plan", help="of what (default: plan)")
    return parser


def page_range(text: str) -> tuple[int, int]:
    """The first and the last page that `3-7`, or `3`, says; argparse tells the user what is wrong with another text."""
    match = re.fullmatch(r"([0-9]{1,6})(?:-([0-9]{1,6}))?", text.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last:
        raise argparse.ArgumentTypeError(f"{text!r} is no range of pages. Write the first and the last, such as 3-7")
    return first, last


class _Version(argparse.Action):
    """Prints the version; looking it up takes time that other commands need not spend."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            known = version("actionplan")
        except PackageNotFoundError:
            known = "(not installed)"
        print(f"actionplan {known}")
        parser.exit()
