"""The measure of accuracy, and what the samples must reach."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from actionplan import read
from bench.accuracy import Difference, line, samples, score, words
from normalise.model import Finding, Plan

PAIRS = list(samples())
TRUTH, WORD = next(pair for pair in PAIRS if pair[1].name == "recovery-plan-v3.docx")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read(WORD)


@pytest.mark.parametrize("truth, path", PAIRS, ids=[path.name for _, path in PAIRS])
def test_nothing_wrong_without_a_finding(truth: Path, path: Path) -> None:
    result = score(json.loads(truth.read_text("utf-8")), read(path))
    dump = path.suffix == ".txt"
    assert result.silent == 0
    assert result.right >= (0.98 if dump else 0.995)
    assert result.alarms <= (0.06 if dump else 0.02) * result.fields
    assert result.rows[0] == result.rows[1]
    assert result.people == (9, 9)


def test_a_wrong_field_is_silent_until_a_finding_names_it(plan: Plan) -> None:
    truth = json.loads(TRUTH.read_text("utf-8"))
    before = score(truth, plan)
    slip = replace(plan.actions[0], measure="Something else")
    wrong = replace(plan, actions=(slip, *plan.actions[1:]))
    told = Finding("x", "tail-moved", "reading", "warning", slip.id, slip.ref, "measure", "…")
    after, flagged = score(truth, wrong), score(truth, replace(wrong, findings=(*wrong.findings, told)))
    assert (before.silent, after.silent, flagged.silent) == (0, 1, 0)
    assert after.differences[0] == Difference(
        "1.1", "measure", words(truth["sections"][0]["groups"][0]["actions"][0]["measure"]), "Something else", False
    )


def test_a_missing_row_counts_all_its_fields(plan: Plan) -> None:
    truth = json.loads(TRUTH.read_text("utf-8"))
    result = score(truth, replace(plan, actions=plan.actions[1:]))
    assert (result.rows, result.silent) == ((36, 37), 12)


def test_a_finding_on_a_right_field_is_an_alarm(plan: Plan) -> None:
    truth = json.loads(TRUTH.read_text("utf-8"))
    told = Finding("x", "tail-moved", "reading", "warning", "1.1", "1.1", "measure", "…")
    assert score(truth, replace(plan, findings=(*plan.findings, told))).alarms == score(truth, plan).alarms + 1


def test_a_line_of_the_report(plan: Plan) -> None:
    result = score(json.loads(TRUTH.read_text("utf-8")), plan)
    assert line("a.docx", replace(result, differences=())).startswith("| a.docx | 444 | 100.0% | 0 | 0 | ")
