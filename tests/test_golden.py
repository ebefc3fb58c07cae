"""Each sample as expected, whole. A golden file that is missing is written, and the test fails: review it first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from actionplan import read
from export.plan_json import to_data
from normalise.codes import CODES

SAMPLES = Path(__file__).parents[1] / "samples"
PLANS = sorted(SAMPLES.glob("recovery-plan-*.*"))


@pytest.mark.parametrize("path", PLANS, ids=[path.name for path in PLANS])
def test_a_sample_reads_as_expected(path: Path) -> None:
    plan = read(path)
    data = to_data(plan)
    del data["tool"]  # its versions are those of the machine
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    golden = SAMPLES / "expected" / f"{path.name}.json"
    if not golden.exists():
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, "utf-8")
        pytest.fail(f"{golden.name} was missing and is written: review it, then commit it")
    assert data == json.loads(golden.read_text("utf-8"))
    assert {finding.code for finding in plan.findings} <= set(CODES)


def test_every_golden_file_has_its_plan() -> None:
    names = {f"{path.name}.json" for path in PLANS}
    assert {path.name for path in (SAMPLES / "expected").glob("*.json")} == names
