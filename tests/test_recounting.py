"""`actionplan history`: its order, its formats, its exit codes, and every word that it says."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace
from test_history import PLANS, action, version

from actionplan.command_line import main
from compare.history import history
from export.history import as_csv as history_csv
from export.history import as_json as history_json
from export.history import as_page as history_page
from export.history import as_text as history_text
from export.plan_json import to_json
from normalise.model import Head, Plan

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with the three versions as files and the second as a folder too."""
    monkeypatch.chdir(tmp_path)
    for number, plan in enumerate(PLANS, start=1):
        put(tmp_path / f"v{number}.json", plan)
    put(tmp_path / "out" / "plan-v2.pdf" / "plan.json", PLANS[1])
    return tmp_path


def put(path: Path, plan: Plan) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(to_json(plan), "utf-8")


@pytest.mark.parametrize(
    "words, rendered",
    [
        ([], history_text.render),
        (["--format", "text"], history_text.render),
        (["--format", "json"], history_json.render),
        (["--format", "csv"], history_csv.render),
        (["--format", "csv", "--exact-csv"], lambda told: history_csv.render(told, exact=True)),
        (["--format", "html"], history_page.render),
    ],
)
def test_every_format_is_put_out_as_it_is(folder: Path, capfd: Captured, words: list[str], rendered) -> None:
    assert main(["history", "v1.json", "out/plan-v2.pdf", "v3.json", *words]) == 0
    assert capfd.readouterr() == (rendered(history(PLANS)), "")


def test_versions_are_put_in_order_and_that_is_said(folder: Path, capsys: Captured) -> None:
    assert main(["history", "v3.json", "v1.json", "v2.json", "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert [one["file"] for one in json.loads(out)["versions"]] == ["plan-v1.pdf", "plan-v2.pdf", "plan-v3.pdf"]
    assert err == "The versions are in the order of each one's date: plan-v1.pdf, plan-v2.pdf, plan-v3.pdf\n"


def test_versions_stay_as_given_if_that_is_asked_for(folder: Path, capsys: Captured) -> None:
    assert main(["history", "v3.json", "v1.json", "--as-given", "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert [one["file"] for one in json.loads(out)["versions"]] == ["plan-v3.pdf", "plan-v1.pdf"]
    assert err == ""


@pytest.mark.parametrize(
    "heads, told",
    [
        (
            [("2", "2017"), ("1", "2018")],
            "warning: the dates and the numbers of these versions contradict each other: they are in the order given\n",
        ),
        (
            [(None, None), ("1", "2018")],
            "warning: not every version says its date or its number: they are in the order given\n",
        ),
        ([("2", None), ("1", None)], "The versions are in the order of each one's number: plan-v1.pdf, plan-v0.pdf\n"),
        ([(None, None)], ""),
    ],
)
def test_a_doubtful_order_is_a_warning(folder: Path, capsys: Captured, heads, told: str) -> None:
    names = []
    for place, (number, day) in enumerate(heads):
        plan = version(place, action("1.1", "visit"))
        put(folder / f"h{place}.json", replace(plan, plan=Head("Plan", None, number, day)))
        names.append(f"h{place}.json")
    assert main(["history", *names]) == 0
    assert capsys.readouterr().err == told


def test_a_version_that_cannot_be_read_stops_it_and_all_such_are_told(folder: Path, capsys: Captured) -> None:
    (folder / "broken.json").write_text("{", "utf-8")
    assert main(["history", "v1.json", "gone.pdf", "broken.json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    gone, broken = err.splitlines()
    assert gone == "actionplan: Cannot read 'gone.pdf': there is no such file. Check the name and the folder."
    assert broken.startswith("actionplan: Cannot read 'broken.json': it is not JSON (")


def test_no_version_is_wrong_usage(capsys: Captured) -> None:
    assert main(["history"]) == 2
    assert "the following arguments are required: PLAN" in capsys.readouterr().err
