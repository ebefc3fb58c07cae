"""The words of `actionplan review`."""

from __future__ import annotations

import argparse

from actionplan.verbs.words import Verbs, add_limits, day, limits_of, named


def add(verbs: Verbs) -> None:
    """Say what the verb takes."""
    words = verbs.add_parser(
        "review",
        help="write a page on which a person trusts or corrects an extraction",
        description="Write review.html into a plan's folder: the printed page beside what was read from it, findings "
        "first. It works from disk, without a server or a network. What is corrected on it is downloaded as "
        "corrections.toml, which the next extract applies. Exit 0: every page was written; 1: one could not be; 2: "
        "wrong usage.",
    )
    words.add_argument("plan", metavar="PLAN", nargs="+", type=named, help="a plan's folder or plan.json, or many")
    words.add_argument("--source", metavar="FILE", type=named, help="the plan's source, if it is not found by itself")
    words.add_argument("--out", metavar="FILE", type=named, help="where to write the page (default: the plan's folder)")
    words.add_argument("--as-of", metavar="DATE", type=day, help="a day for the pictures: what is overdue on it")
    words.add_argument("--quiet", action="store_true", help="say nothing but errors")
    add_limits(words)
    words.set_defaults(run=run)


def run(said: argparse.Namespace) -> int:
    """Do what was asked for; its modules are imported only now."""
    from actionplan.reviewing import review_all

    return review_all(said.plan, said.source, said.out, said.quiet, said.as_of, limits_of(said))
