"""The words of `actionplan history`."""

from __future__ import annotations

import argparse

from actionplan.verbs.words import Verbs, add_limits, limits_of, named


def add(verbs: Verbs) -> None:
    """Say what the verb takes."""
    words = verbs.add_parser(
        "history",
        help="tell what became of every action over all versions of a plan",
        description="Print the versions of a plan in order, the oldest first: their numbers, and the life of each "
        "action. A PLAN is a plan.json, its folder, or a source document. Exit 0: printed; 2: one could not be read, "
        "or wrong usage.",
    )
    words.add_argument("plan", metavar="PLAN", nargs="+", type=named, help="a version of the plan")
    words.add_argument(
        "--format", choices=("text", "json", "html", "csv"), default="text", help="how to print it (default: text)"
    )
    words.add_argument("--as-given", action="store_true", help="keep the order given, whatever the versions' dates")
    words.add_argument("--exact-csv", action="store_true", help="leave CSV cells as they are, formulas included")
    add_limits(words)
    words.set_defaults(run=run)


def run(said: argparse.Namespace) -> int:
    """Do what was asked for; its modules are imported only now."""
    from actionplan.recounting import HistoryWishes, recount

    return recount(said.plan, HistoryWishes(said.format, said.exact_csv, said.as_given, limits_of(said)))
