"""What a reviewer changed, held to the findings that tell of it: nothing by hand is silent, and none is made up."""

from __future__ import annotations

from collections.abc import Iterator

from normalise.corrections.applying import CORRECTION
from normalise.corrections.decided import Review
from normalise.model import KEY_OF_COLUMN, Action, Finding, Plan


def signed(plan: Plan) -> Iterator[str]:
    """Each correction of a cell or a lead has a finding that says who made it and when, and each finding its own."""
    told: dict[tuple[str | None, str | None], list[Finding]] = {}
    for finding in plan.findings:
        if finding.code == "corrected":
            told.setdefault((finding.action, finding.field), []).append(finding)
    for action in plan.actions:
        for column, review in _texts(action):
            field = KEY_OF_COLUMN.get(column, column)
            found = told.get((action.id, _label(field)), ())
            if not any(one.message.endswith(f"Corrected by {review}.") for one in found):
                yield f"actions[{action.id}].cells.{column}: it was corrected by {review}, and no finding says so"
        people = {lead.person for lead in action.leads if lead.basis == "correction"}
        leads = told.get((action.id, "leads"), ())
        known = {one.candidates for one in leads}
        for person in sorted(str(person) for person in people if (person,) not in known):
            yield f"actions[{action.id}].leads: {person} is there by a correction, and no finding says so"
        for one in leads:
            if one.candidates and not people.intersection(one.candidates):
                yield f"findings[{one.id}]: no lead is {one.candidates[0]} by a correction"
    yield from _made_up(plan)


def _made_up(plan: Plan) -> Iterator[str]:
    """Findings of a corrected cell whose cell no correction has changed."""
    cells = {
        (action.id, _label(KEY_OF_COLUMN.get(column, column)))
        for action in plan.actions
        for column, _ in _texts(action)
    }
    for finding in plan.findings:
        of_cell = finding.code == "corrected" and finding.field not in ("row", None) and not finding.candidates
        if of_cell and (finding.action, finding.field) not in cells:
            yield f"findings[{finding.id}]: no correction has changed its cell"


def _texts(action: Action) -> Iterator[tuple[str, Review]]:
    """The columns whose text was corrected, and by whom."""
    for column, record in action.cells:
        for change in record.repairs:
            if change.rule == CORRECTION:
                yield column, Review(change.author or "", change.date or "", change.note)


def _label(field: str) -> str:
    """How a finding names a field."""
    return "extra" if field.startswith("extra.") else field
