"""The words of `actionplan diff`."""

from __future__ import annotations

import argparse

from actionplan.verbs.words import Verbs, add_limits, limits_of, named


def add(verbs: Verbs) -> None:
    """Say what the verb takes."""
    words = verbs.add_parser(
        "diff",
        help="say what changed between two versions of a plan",
        description="Print what changed from OLD to NEW: each a plan.json, the folder that holds it, or a source "
        "document. Exit 0: no differences in the document; 1: differences; 2: one could not be read, or wrong usage.",
    )
    words.add_argument("old", metavar="OLD", type=named, help="the earlier version")
    words.add_argument("new", metavar="NEW", type=named, help="the later version")
    words.add_argument(
        "--format", choices=("text", "json", "markdown", "html"), default="text", help="how to print (default: text)"
    )
    add_limits(words)
    words.set_defaults(run=run)


def run(said: argparse.Namespace) -> int:
    """Do what was asked for; its modules are imported only now."""
    from actionplan.diffing import diff

    return diff(said.old, said.new, said.format, limits_of(said))
