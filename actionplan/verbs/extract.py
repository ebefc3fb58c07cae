"""The words of `actionplan extract`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from actionplan.verbs.words import Verbs, add_limits, anywhere, limits_of, named, number, page_range


def add(verbs: Verbs) -> None:
    """Say what the verb takes."""
    words = verbs.add_parser(
        "extract",
        help="read plans and write a folder of JSON and CSV for each",
        description="Write DIR/<path below the given folder>/<full file name>/ with plan.json, actions.csv, people.csv "
        "and findings.csv, or what --formats names, for each plan. A plan whose source, settings and program are "
        "unchanged, and whose files are as they were written, is not extracted again. Exit 0: every plan was written; "
        "1: one could not be read; 2: wrong usage.",
    )
    words.add_argument(
        "path",
        metavar="PATH",
        nargs="+",
        type=anywhere,
        help="a plan, a folder of plans, a pattern ('plans/**/*.pdf'), or an address (s3://bucket/plans)",
    )
    words.add_argument(
        "--out", metavar="DIR", type=anywhere, default="out", help="where to write, an address too (default: out)"
    )
    words.add_argument(
        "--formats",
        metavar="LIST",
        default="json,csv",
        help="what to write, with commas between: json, csv, xlsx, parquet, sqlite, datapackage (default: json,csv)",
    )
    words.add_argument("--force", action="store_true", help="extract again what is unchanged")
    words.add_argument("--strict", action="store_true", help="also exit 1 where a reading is doubtful")
    words.add_argument("--exact-csv", action="store_true", help="leave CSV cells as they are, formulas included")
    words.add_argument("--layout", metavar="FILE", type=named, help="a TOML file: which printed header is which field")
    by_hand = words.add_mutually_exclusive_group()
    by_hand.add_argument(
        "--corrections",
        metavar="FILE",
        type=named,
        help="what was corrected by hand (default: the file beside it)",
    )
    by_hand.add_argument("--no-corrections", action="store_true", help="read every plan without corrections")
    words.add_argument("--pages", metavar="A-B", type=page_range, help="only these pages of one PDF, such as 3-7")
    words.add_argument("--quiet", action="store_true", help="say nothing but errors")
    many = words.add_argument_group("many plans", "docs/batch.md")
    many.add_argument("--jobs", metavar="N", type=number, help="how many to read at once (default: one a processor)")
    many.add_argument("--resume", action="store_true", help="go on with a run that was stopped")
    many.add_argument("--cluster", metavar="ADDRESS", help="let a Dask cluster do it, such as tcp://10.0.0.1:8786")
    add_limits(words)
    words.set_defaults(run=run)


def run(said: argparse.Namespace) -> int:
    """Do what was asked for; its modules are imported only now."""
    from actionplan.extracting import extract_all
    from actionplan.inputs import UsageError
    from actionplan.job import Wishes
    from actionplan.place import place_of
    from actionplan.terminal import complain

    try:
        paths, out = [place_of(text) for text in said.path], place_of(said.out)
    except UsageError as error:
        complain(str(error))
        return 2
    formats = tuple(said.formats.split(","))
    wishes = Wishes(*(out, said.strict, said.exact_csv, said.quiet, said.layout, said.pages, formats, said.force))
    by_hand: Path | Literal[False] | None = False if said.no_corrections else said.corrections
    wishes = replace(wishes, corrections=by_hand, jobs=said.jobs, resume=said.resume, cluster=said.cluster)
    return extract_all(paths, replace(wishes, limits=limits_of(said)))
