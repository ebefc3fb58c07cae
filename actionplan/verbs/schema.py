"""The words of `actionplan schema`."""

from __future__ import annotations

import argparse
import sys

from actionplan.verbs.words import Verbs


def add(verbs: Verbs) -> None:
    """Say what the verb takes."""
    words = verbs.add_parser(
        "schema",
        help="print the JSON Schema of plan.json, or of a diff",
        description="Print the JSON Schema (2020-12) of plan.json, or of what diff --format json prints; or both as a "
        "page for people, in Markdown.",
    )
    words.add_argument("of", nargs="?", choices=("plan", "diff"), default="plan", help="of what (default: plan)")
    words.add_argument("--markdown", action="store_true", help="every key of both, with its type, meaning and example")
    words.set_defaults(run=run)


def run(said: argparse.Namespace) -> int:
    """Do what was asked for; its modules are imported only now."""
    if said.markdown:
        from export.schema_page import schema_page

        sys.stdout.write(schema_page())
        return 0
    if said.of == "diff":
        from export.diff.as_json import diff_schema_text

        sys.stdout.write(diff_schema_text())
        return 0
    from export.schema import schema_text

    sys.stdout.write(schema_text())
    return 0
