"""The words of `actionplan catalogue`."""

from __future__ import annotations

import argparse
from pathlib import Path

from actionplan.verbs.words import Verbs, named


def add(verbs: Verbs) -> None:
    """Say what the verb takes."""
    words = verbs.add_parser(
        "catalogue",
        help="make one dataset of thousands of extracted plans, to ask questions of",
        description="Write a folder of Parquet files (documents, actions, dates, leads, findings, in a folder for each "
        "organisation) and a DuckDB file of views over them, from every plan.json in the OUT folders. Exit 0: every "
        "plan is in it; 1: one could not be read; 2: wrong usage.",
    )
    words.add_argument("out", metavar="OUT", nargs="+", type=named, help="a folder that actionplan extract wrote")
    words.add_argument(
        "--into", metavar="DIR", type=named, default=Path("catalogue"), help="where to write (default: catalogue)"
    )
    words.add_argument(
        "--organisations",
        metavar="FILE.csv",
        type=named,
        help="what the plans don't say of their bodies: columns organisation, nation, region, type, or others",
    )
    words.add_argument("--quiet", action="store_true", help="say nothing but errors")
    words.set_defaults(run=run)


def run(said: argparse.Namespace) -> int:
    """Do what was asked for; its modules are imported only now."""
    from actionplan.cataloguing import CatalogueWishes, catalogue

    return catalogue(said.out, CatalogueWishes(said.into, said.organisations, said.quiet))
