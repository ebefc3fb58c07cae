"""A plan of 300 actions whose cells hold what breaks exports: formulas, markup, controls, text of other directions."""

from __future__ import annotations

from plan_builder import HERE, a_plan, an_action

from normalise.model import Finding, Plan

FORMULA = '=HYPERLINK("http://example.org","open")'
MARKUP = "<img src=x onerror=alert(1)>&amp;<script>"
RIGHT_TO_LEFT = "\u202eלאמש\u200f then left"
LONG = "Visits. " * 2500
LONGER = "é" * 40_000 + "😀" * 20
CONTROLS = "a\x01b\x0cc\rd\te\nf _x0041_ \ufffe"
HOSTILE = (
    FORMULA,
    MARKUP,
    RIGHT_TO_LEFT,
    LONG,
    LONGER,
    CONTROLS,
    "+44",
    "-1",
    "@SUM(A1)",
    "'quoted",
    "1.10",
    "2024-01-01",
)

ACTIONS = tuple(
    an_action(
        id=f"1.{number}",
        ref=f"1.{number}",
        action=HOSTILE[number % len(HOSTILE)],
        extra=(("=Ward", HOSTILE[(number + 1) % 3]),),
    )
    for number in range(300)
)
FINDINGS = tuple(
    Finding(f"f{number}", "missing-ref", "document", "warning", f"1.{number}", None, "end", FORMULA, (MARKUP,), HERE)
    for number in range(0, 300, 3)
)


def hostile_plan() -> Plan:
    """The plan; every action has the text HOSTILE[number % len(HOSTILE)]."""
    return a_plan(actions=ACTIONS, findings=FINDINGS)
