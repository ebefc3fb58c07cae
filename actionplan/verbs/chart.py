"""The words of `actionplan chart`."""

from __future__ import annotations

import argparse

from actionplan.verbs.words import Verbs, add_limits, day, limits_of, named


def add(verbs: Verbs) -> None:
    """Say what the verb takes."""
    words = verbs.add_parser(
        "chart",
        help="draw a plan: its timeline, its status by section, what is overdue",
        description="Draw a PLAN: a plan.json, the folder that holds it, or a source document. The clock is never "
        "read: what is overdue depends on the day that --as-of names. Exit 0: drawn; 2: not, or wrong usage.",
    )
    words.add_argument("plan", metavar="PLAN", type=named, help="the plan")
    words.add_argument(
        "--kind", choices=("timeline", "status", "overdue"), default="timeline", help="what (default: timeline)"
    )
    words.add_argument("--as-of", metavar="DATE", type=day, help="the day to mark, or to judge by, such as 2025-01-31")
    words.add_argument(
        "--format", choices=("svg", "png"), help="how (default: what the name of FILE ends with; on stdout svg)"
    )
    words.add_argument("-o", "--output", metavar="FILE", type=named, help="write it here, and not to stdout")
    add_limits(words)
    words.set_defaults(run=run)


def run(said: argparse.Namespace) -> int:
    """Do what was asked for; its modules are imported only now."""
    from actionplan.charting import draw

    return draw(said.plan, said.kind, said.as_of, said.format, said.output, limits_of(said))
