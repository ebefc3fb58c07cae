"""The page on corrections: its example runs as printed, on the next version too, and it has every key and code."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest

import actionplan
from actionplan.command_line import main
from actionplan.corrections_file import _KEYS, read_corrections
from normalise.codes import CODES
from normalise.model import FIELDS

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "correcting.md").read_text("utf-8")


def fenced(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the page says to make."""
    (tmp_path / "plans").mkdir()
    for name in ("recovery-plan-v3.txt", "recovery-plan-v4.txt"):
        shutil.copy(ROOT / "samples" / name, tmp_path / "plans")
    (tmp_path / "plans" / "corrections.toml").write_text(fenced("toml")[0], "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "plans"


def test_the_example_runs_as_it_is_printed(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command, _, said = fenced("console")[1].partition("\n")
    assert main(command.removeprefix("$ actionplan ").split()) == 0
    assert capsys.readouterr().err == said
    data = json.loads(Path("out/recovery-plan-v3.txt/plan.json").read_text("utf-8"))
    actions = {action["id"]: action for action in data["actions"]}
    assert json.dumps(actions["2.5"]["cells"]["progress"], indent=2) + "\n" == fenced("json")[0]
    assert actions["2.5"]["progress"] == "Rota agreed with staff and unions"
    assert [(lead["person"], lead["basis"]) for lead in actions["3.9"]["leads"]] == [("priya-lakhani", "correction")]
    settled = next(one for one in data["findings"] if one["code"] == "ambiguous-lead" and one["action"] == "3.9")
    assert settled["message"].endswith(re.search(r"“?\"… (and nothing.*?)\"", " ".join(PAGE.split()))[1])
    assert settled["severity"] == "info"
    assert main(["check", "out/recovery-plan-v3.txt", "--source", "plans/recovery-plan-v3.txt"]) == 0


def test_in_the_next_version_what_is_printed_alike_is_corrected_and_the_rest_lapses(plans: Path) -> None:
    plan = actionplan.read(plans / "recovery-plan-v4.txt")
    by_hand = [(f.code, f.action, f.field) for f in plan.findings if f.code in CODES and "correct" in f.code]
    by_hand += [(f.code, f.action, f.field) for f in plan.findings if f.code == "accepted"]
    printed = [tuple(line.split()) for line in fenced("text")[0].splitlines()]
    assert sorted(map(str, by_hand)) == sorted(map(str, printed))
    assert main(["extract", "plans/recovery-plan-v4.txt", "--quiet"]) == 0
    assert main(["check", "out/recovery-plan-v4.txt", "--source", "plans/recovery-plan-v4.txt"]) == 0

    as_read = actionplan.read(plans / "recovery-plan-v4.txt", corrections=False)
    same = {one.id: one for one in as_read.actions}
    changed = {one.id for one in plan.actions if one.leads != same[one.id].leads}
    assert changed == {"3.10", "4.4"}
    doubts = {f.id for f in as_read.findings if f.severity == "warning"}
    assert doubts - {f.id for f in plan.findings if f.severity == "warning"} == {
        *("end-before-start:1.11:end", "ambiguous-lead:3.10:leads", "ambiguous-lead:4.4:leads")
    }


def test_the_doubt_is_back_where_its_correction_lapses(plans: Path) -> None:
    source, file = plans / "recovery-plan-v3.txt", plans / "corrections.toml"
    text = source.read_text("utf-8")
    source.write_text(text.replace("Both officers start on 7 Oct.", "Both officers start on 14 Oct."), "utf-8")
    plan = actionplan.read(source, corrections=file)
    found = {f.code: (f.severity, f.about) for f in plan.findings if (f.action, f.field) == ("2.4", "progress")}
    assert found == {"tail-suspected": ("warning", "reading"), "correction-lapsed": ("warning", "reading")}


def test_the_row_of_the_page_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "corrections.toml").write_text(fenced("toml")[1], "utf-8")
    (row,) = read_corrections(tmp_path / "corrections.toml").rows
    assert row.split == (("action", "Light the slipway"), ("end", "30 Apr 25"))
    assert set(tomllib.loads(fenced("toml")[1])["row"][0]) <= set(_KEYS["row"])


def test_every_key_and_every_code_is_on_the_page() -> None:
    cells = [re.findall(r"`([\w-]+)`", row.split("|")[1]) for row in re.findall(r"^\| `.*$", PAGE, re.MULTILINE)]
    named = {name for names in cells for name in names}
    assert {key for keys in _KEYS.values() for key in keys} <= named
    assert {code for code in CODES if "correct" in code or code == "accepted"} <= named
    assert all(f"`{field}`" in PAGE for field in FIELDS)
