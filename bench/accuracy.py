"""`make accuracy`: how much of a plan is read right, field by field, where that is known; writes docs/accuracy.md.

python -m bench.accuracy [-v] [TRUTH PLAN]      a truth file and a plan (a source or plan.json); by default the samples

A field is right, wrong but flagged (a warning or error about the reading names its row and field), or wrong and silent:
the number that has to be 0. A false alarm is such a finding on a right field. Texts are compared word by word, without
case of quotation marks, bullets and the spaces around hyphens.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from actionplan import load, read
from normalise.model import TEXT_FIELDS, Action, Plan

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "accuracy.md"
_PLAIN = str.maketrans("‘’“”–—", "''\"\"--")

HEAD = """\
# Accuracy

Written by `make accuracy`: each sample plan as read, against its right reading in `samples/truth`. *Right*: fields that
are as they should be. *Flagged*: wrong, and a finding says that they may be. *Silent*: wrong without one. *Alarms*:
right, though a finding doubts them. *Rows*: found, of those that the plan has.

| plan | fields | right | flagged | silent | alarms | rows | people | outcomes |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
"""


class Difference(Struct, frozen=True):
    """One field that is not as it should be."""

    ref: str
    field: str
    wanted: object
    got: object
    flagged: bool


class Score(Struct, frozen=True):
    """A plan measured. Pairs are (found, wanted)."""

    fields: int
    differences: tuple[Difference, ...]
    alarms: int
    rows: tuple[int, int]
    people: tuple[int, int]
    outcomes: tuple[int, int]

    @property
    def silent(self) -> int:
        """How many fields are wrong without a finding."""
        return sum(not difference.flagged for difference in self.differences)

    @property
    def right(self) -> float:
        """The share of fields that are right."""
        return 1 - len(self.differences) / max(1, self.fields)


def score(truth: Mapping[str, Any], plan: Plan) -> Score:
    """A plan against its truth (samples/truth/*.json); a row that is not found counts all its fields as silent."""
    actions = {action.ref: action for action in reversed(plan.actions)}
    doubts = _doubts(plan)
    fields = alarms = rows = 0
    differences: list[Difference] = []
    for section, group, row in _rows(truth):
        action = actions.get(row["ref"])
        rows += action is not None
        for field, wanted in _wanted(truth, section, group, row).items():
            fields += 1
            got = None if action is None else _got(plan, action, field)
            flagged = bool(doubts.get(row["ref"], set()) & {"row", "resources" if field == "amount" else field})
            ambiguous = field == "leads" and row["gold"].get("leads_ambiguous")
            if action is None or got != wanted or (ambiguous and not flagged):
                differences.append(Difference(row["ref"], field, wanted, got, flagged and action is not None))
            elif flagged and not ambiguous:
                alarms += 1
    total = sum(1 for _ in _rows(truth))
    return Score(fields, tuple(differences), alarms, (rows, total), _people(truth, plan), _outcomes(truth, plan))


def _rows(truth: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str | None, Mapping[str, Any]]]:
    for section in truth["sections"]:
        for group in section["groups"]:
            for row in group["actions"]:
                yield section, group["title"], row


def _wanted(
    truth: Mapping[str, Any], section: Mapping[str, Any], group: str | None, row: Mapping[str, Any]
) -> dict[str, object]:
    """What each field of a row should be, in the form that `_got` gives."""
    columns, gold = {field for field, _ in truth["columns"]}, row["gold"]
    wanted: dict[str, object] = {field: words(row.get(field)) for field in TEXT_FIELDS if field in columns}
    wanted |= {field: [date for date in gold[field] if date] for field in ("start", "end") if field in columns}
    if "lead" in columns:
        wanted["leads"] = list(dict.fromkeys(map(solid, gold["leads"])))
    if "resources" in columns:
        wanted |= {"resources": words(row.get("resources")), "amount": gold.get("amount")}
    return {**wanted, "status": gold["status"], "group": solid(group), "section": section["number"]}


def _got(plan: Plan, action: Action, field: str) -> object:
    if field in TEXT_FIELDS:
        return words(getattr(action, field))
    if field in ("start", "end"):
        return [date.edtf or date.kind for date in getattr(action, field) if date.edtf or date.kind != "text"]
    if field == "leads":
        names = {person.id: person.name for person in plan.people}
        return list(dict.fromkeys(solid(names[lead.person]) for lead in action.leads if lead.person))
    if field == "section":
        return next((section.number for section in plan.sections if section.id == action.section), None)
    found: dict[str, object] = {
        "resources": words(action.resources.text),
        "amount": action.resources.amount,
        "status": action.status,
        "group": solid(action.group),
    }
    return found[field]


def _doubts(plan: Plan) -> dict[str | None, set[str | None]]:
    """ref -> the fields that a warning or error about the reading names."""
    doubts: dict[str | None, set[str | None]] = {}
    for finding in plan.findings:
        if finding.about == "reading" and finding.severity != "info":
            doubts.setdefault(finding.ref, set()).add(finding.field)
    return doubts


def _people(truth: Mapping[str, Any], plan: Plan) -> tuple[int, int]:
    wanted = {(solid(person["name"]), solid(person["role"])) for person in truth["people"]}
    return len(wanted & {(solid(person.name), solid(person.role)) for person in plan.people}), len(wanted)


def _outcomes(truth: Mapping[str, Any], plan: Plan) -> tuple[int, int]:
    wanted = [solid(outcome) for section in truth["sections"] for outcome in section["outcomes"] or []]
    found = {solid(outcome) for section in plan.sections for outcome in section.outcomes}
    return sum(outcome in found for outcome in wanted), len(wanted)


def words(text: str | Iterable[str] | None) -> str:
    """A text with its words' spaces, but without bullets and the spaces around hyphens and slashes."""
    joined = text if isinstance(text, str) else " ".join(text or ())
    plain = unicodedata.normalize("NFKC", joined).translate(_PLAIN)
    return re.sub(r"\s*([-/])\s*", r"\1", " ".join(plain.replace("•", " ").split()))


def solid(text: str | None) -> str:
    """A name without case and white space."""
    return re.sub(r"[\s-]+", "", words(text)).casefold()


def line(name: str, result: Score) -> str:
    """A score as a row of the report."""
    pairs = " | ".join(f"{found}/{wanted}" for found, wanted in (result.rows, result.people, result.outcomes))
    flagged = len(result.differences) - result.silent
    return (
        f"| {name} | {result.fields} | {result.right:.1%} | {flagged} | {result.silent} | {result.alarms} | {pairs} |"
    )


def main(argv: list[str] | None = None) -> int:
    """Measure one plan, or the samples; exit 1 where a wrong value has no finding."""
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy", description="How much of a plan is read right.")
    parser.add_argument("files", nargs="*", type=Path, metavar="TRUTH PLAN")
    parser.add_argument("-v", "--verbose", action="store_true", help="each difference too")
    options = parser.parse_args(argv)
    if len(options.files) not in (0, 2):
        parser.error("give a truth file and a plan, or nothing")
    pairs = [tuple(options.files)] if options.files else list(samples())
    lines, silent = [], 0
    for truth, path in pairs:
        plan = load(path) if path.name == "plan.json" else read(path)
        result = score(json.loads(truth.read_text("utf-8")), plan)
        silent += result.silent
        lines.append(line(path.name, result))
        print(lines[-1])
        for difference in result.differences if options.verbose else ():
            print("   ", difference)
    if not options.files:
        REPORT.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    return 1 if silent else 0


def samples() -> Iterator[tuple[Path, Path]]:
    """(truth, plan) of each sample, in the order of their names."""
    folder = ROOT / "samples"
    for path in sorted(folder.glob("recovery-plan-*.*")):
        yield folder / "truth" / f"{path.name.split('.')[0]}.json", path


if __name__ == "__main__":
    sys.exit(main())
