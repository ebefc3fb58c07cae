"""The words of `actionplan check`."""

from __future__ import annotations

import argparse

from actionplan.verbs.words import Verbs, add_limits, limits_of, named, page_range


def add(verbs: Verbs) -> None:
    """Say what the verb takes."""
    words = verbs.add_parser(
        "check",
        help="prove a plan.json: its schema, its sums and its repairs",
        description="Print what a plan.json contradicts, one line each. Exit 0: nothing; 1: something; 2: unreadable.",
    )
    words.add_argument("plan", metavar="PLAN", nargs="+", type=named, help="a plan.json, or a folder that holds some")
    words.add_argument("--source", metavar="FILE", type=named, help="the plan's source: compare hash and characters")
    words.add_argument("--pages", metavar="A-B", type=page_range, help="the pages of the source that the plan is of")
    add_limits(words)
    words.set_defaults(run=run)


def run(said: argparse.Namespace) -> int:
    """Do what was asked for; its modules are imported only now."""
    from actionplan.checking import check_all

    return check_all(said.plan, said.source, said.pages, limits_of(said))
