"""`actionplan check --source`: whatever is altered in a plan.json of a sample is found, wherever it is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from export.plan_json import NotAPlan, from_data, to_data
from export.proof.against_source import source_problems
from export.proof.proving import problems
from extract.model import Document
from extract.reading import read
from normalise.corrections.decided import (
    Corrections,
    LeadCorrection,
    Review,
    RowCorrection,
    Target,
    ValueCorrection,
    fingerprint,
)
from normalise.plan import normalise

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("recovery-plan-v3.*"))
#: A sample that somebody has corrected by hand.
BY_HAND = ".txt, corrected"
KINDS = [*(path.suffix for path in SAMPLES), BY_HAND]
#: What neither the plan nor its source can prove: names and kinds that the rules gave, and the wording of findings.
UNPROVED = (
    *("schema_version", "tool", "findings", "source.file", "columns.*.field", "sections.*.number"),
    *("paragraphs.*.kind", "furniture.*.kind"),
)


@cache
def document(kind: str) -> Document:
    return read(next(path for path in SAMPLES if path.suffix == kind.partition(",")[0]))


@cache
def plan_data(kind: str) -> Any:
    corrections = (corrections_of(document(kind)),) if kind == BY_HAND else ()
    return to_data(normalise(document(kind), hashlib.sha256(b"{}").hexdigest(), corrections=corrections))


def corrections_of(source: Document) -> Corrections:
    """A text, a ref, two leads and a row put right, and a doubtful cell accepted."""
    by = Review("R. Okafor", "2024-11-25", "Rang the office")
    plan = normalise(source, "0" * 64)
    raws = {(action.id, field): cell.raw for action in plan.actions for field, cell in action.cells}
    row = tuple(raw for (ident, _), raw in raws.items() if ident == "2.6")

    def of(ident: str, field: str) -> Target:
        return Target(fingerprint(raws[ident, field]), ident)

    return Corrections(
        (
            ValueCorrection("end", of("1.3", "end"), "31 Jan 2026", by),
            ValueCorrection("action", of("4.6", "action"), "Lines for the press", by),
            ValueCorrection("ref", of("2.7", "ref"), "2.8", by),
            ValueCorrection("progress", of("2.4", "progress"), None, by),
            ValueCorrection("lead", of("1.1", "lead"), "Colin Freer", by),
        ),
        (
            LeadCorrection(of("3.9", "lead"), "PL", "Priya Lakhani", by),
            LeadCorrection(of("4.5", "lead"), "PL", "Priya Lakhani", by),
        ),
        (RowCorrection(Target(fingerprint(*row), "2.6"), True, (), by),),
    )


def copied(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: copied(value) for key, value in data.items()}
    return [copied(value) for value in data] if isinstance(data, list) else data


def found(kind: str, data: Any) -> tuple[str, ...]:
    try:
        plan = from_data(data)
    except NotAPlan as error:
        return (str(error),)
    return (*problems(plan), *source_problems(plan, document(kind)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_is_sound(kind: str) -> None:
    assert found(kind, plan_data(kind)) == ()


# --- one value at a time ---------------------------------------------------------------------------------------------

Path_ = tuple[str | int, ...]


def leaves(data: Any, path: Path_ = ()) -> list[Path_]:
    if isinstance(data, dict):
        return [leaf for key, value in data.items() for leaf in leaves(value, (*path, key))]
    if isinstance(data, list):
        return [leaf for at, value in enumerate(data) for leaf in leaves(value, (*path, at))]
    return [path]


@cache
def provable(kind: str) -> dict[str, list[Path_]]:
    """The places of all values that can be proved, by their path without numbers."""
    grouped: dict[str, list[Path_]] = {}
    for path in leaves(plan_data(kind)):
        name = ".".join("*" if isinstance(step, int) else step for step in path)
        if not any(name == free or name.startswith(free + ".") for free in UNPROVED):
            grouped.setdefault(name, []).append(path)
    return grouped


def altered(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return (value or "zz") + "q"


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_altered_value_is_found(kind: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(provable(kind))))
    path = data.draw(st.sampled_from(provable(kind)[name]))
    plan = copied(plan_data(kind))
    holder = plan
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = altered(holder[path[-1]])
    assert found(kind, plan) != ()


# --- what a reader might do ------------------------------------------------------------------------------------------


def swap_two_cells(plan: Any) -> None:
    one, two = (plan["actions"][at]["cells"]["action"] for at in (0, 1))
    one["raw"], two["raw"] = two["raw"], one["raw"]


def swap_whole_values(plan: Any) -> None:
    """Texts, raws and repairs: all but the origins."""
    one, two = plan["actions"][0], plan["actions"][1]
    one["action"], two["action"] = two["action"], one["action"]
    for part in ("raw", "repairs"):
        a, b = one["cells"]["action"], two["cells"]["action"]
        a[part], b[part] = b[part], a[part]


def swap_letters(plan: Any) -> None:
    """The same characters in another order: only the place itself can tell."""
    cell = plan["actions"][0]["cells"]["measure"]
    first, *rest = cell["raw"].split(" ")
    cell["raw"] = " ".join((first[::-1], *rest))
    plan["actions"][0]["measure"] = plan["actions"][0]["measure"].replace(first, first[::-1], 1)


def swap_actions(plan: Any) -> None:
    plan["actions"][0], plan["actions"][1] = plan["actions"][1], plan["actions"][0]


def add_an_origin(plan: Any) -> None:
    cells = plan["actions"][0]["cells"]
    cells["action"]["origins"] += cells["measure"]["origins"]


def lose_the_origins(plan: Any) -> None:
    plan["actions"][0]["cells"]["action"]["origins"] = []


def move_a_paragraph(plan: Any) -> None:
    plan["paragraphs"][0]["origins"] = plan["paragraphs"][1]["origins"]


def widen_a_persons_place(plan: Any) -> None:
    origin = plan["people"][0]["origins"][0]
    if "box" in origin:
        origin["box"][2] += 1
    else:
        origin["line" if "line" in origin else "paragraph"] += 1


def lose_an_action(plan: Any) -> None:
    lost = plan["actions"].pop(0)
    plan["findings"] = [finding for finding in plan["findings"] if finding["action"] != lost["id"]]


def hide_the_doubts(plan: Any) -> None:
    plan["findings"] = [finding for finding in plan["findings"] if finding["about"] == "document"]
    for action in plan["actions"]:
        action["needs_review"] = False


TAMPERS = [
    *(swap_two_cells, swap_whole_values, swap_letters, swap_actions, add_an_origin, lose_the_origins),
    *(move_a_paragraph, widen_a_persons_place, lose_an_action, hide_the_doubts),
]


def of(plan: Any, ident: str) -> Any:
    return next(action for action in plan["actions"] if action["id"] == ident)


def undo_a_correction(plan: Any) -> None:
    of(plan, "1.3")["cells"]["end"]["repairs"] = []


def make_a_correction(plan: Any) -> None:
    repair = {"rule": "correction", "at": 0, "before": "", "after": "About ", "author": "R", "date": "2024-11-25"}
    of(plan, "1.4")["cells"]["action"]["repairs"].append(repair)
    of(plan, "1.4")["action"] = "About " + of(plan, "1.4")["action"]


def correct_in_silence(plan: Any) -> None:
    plan["findings"] = [finding for finding in plan["findings"] if finding["code"] != "corrected"]


def correct_anonymously(plan: Any) -> None:
    del of(plan, "1.3")["cells"]["end"]["repairs"][-1]["author"]


def correct_before_the_repairs(plan: Any) -> None:
    cell = of(plan, "1.3")["cells"]["end"]
    cell["repairs"] = [*cell["repairs"], {"rule": "spaces", "at": 0, "before": "3", "after": ""}]
    of(plan, "1.3")["end"][0]["text"] = "1 Jan 2026"


def break_a_corrected_ref(plan: Any) -> None:
    of(plan, "2.8")["cells"]["ref"]["repairs"][-1]["before"] += "q"


def sign_a_repair(plan: Any) -> None:
    repairs = [one for action in plan["actions"] for cell in action["cells"].values() for one in cell["repairs"]]
    next(one for one in repairs if one["rule"] == "look_alikes")["author"] = "R. Okafor"


def name_another_lead(plan: Any) -> None:
    lead = of(plan, "3.9")["leads"][0]
    lead["person"] = next(one for one in lead["candidates"] if one != lead["person"])


def name_a_lead_by_hand(plan: Any) -> None:
    of(plan, "3.8")["leads"][0].update(person="paul-lockyer", basis="correction")


def accept_in_silence(plan: Any) -> None:
    plan["findings"] = [finding for finding in plan["findings"] if finding["code"] != "accepted"]
    for finding in plan["findings"]:
        if (finding["code"], finding["action"]) == ("ambiguous-lead", "4.5"):
            finding["severity"] = "info"
    of(plan, "4.5")["leads"][0].update(person=None, basis="none")


def claim_a_correction(plan: Any) -> None:
    made_up = {"id": "corrected:1.2:end", "code": "corrected", "about": "reading", "severity": "info", "ref": "1.2"}
    made_up |= {"action": "1.2", "field": "end", "message": "Corrected by R on 2024-11-25.", "candidates": []}
    plan["findings"].append({**made_up, "origins": []})


CORRECTION_TAMPERS = [
    *(undo_a_correction, make_a_correction, correct_in_silence, correct_anonymously, correct_before_the_repairs),
    *(
        break_a_corrected_ref,
        sign_a_repair,
        name_another_lead,
        name_a_lead_by_hand,
        accept_in_silence,
        claim_a_correction,
    ),
]


@pytest.mark.parametrize("tamper", CORRECTION_TAMPERS, ids=lambda tamper: tamper.__name__)
def test_tampering_with_corrections_is_found(tamper: Callable[[Any], None]) -> None:
    plan = copied(plan_data(BY_HAND))
    tamper(plan)
    assert found(BY_HAND, plan) != ()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tamper", TAMPERS, ids=lambda tamper: tamper.__name__)
def test_tampering_is_found(kind: str, tamper: Callable[[Any], None]) -> None:
    plan = copied(plan_data(kind))
    tamper(plan)
    assert found(kind, plan) != ()


def test_what_is_said_of_an_origin_that_is_off() -> None:
    plan = copied(plan_data(".txt"))
    cell = plan["actions"][0]["cells"]["action"]
    (origin,) = cell["origins"][:1]
    line, printed = origin["line"], cell["raw"]
    origin["line"] = 9999
    problem = "actions[1.1].cells.action: nothing is printed at line 9999, cell 2"
    assert found(".txt", plan)[0] == problem
    assert cell["raw"] == printed
    origin["line"] = line + 1
    first = found(".txt", plan)[0]
    assert first.startswith("actions[1.1].cells.action: ")
    assert f" at line {line + 1}, cell 2" in first
