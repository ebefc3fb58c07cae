"""Corrections where commands and the Python door read a source: which files count, and what a wrong one does."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import actionplan
from actionplan.command_line import main
from actionplan.corrections_file import read_corrections
from actionplan.door import configuration, settings_of
from actionplan.inputs import UsageError
from extract.model import ReadError

SAMPLES = Path(__file__).parents[1] / "samples"
ENTRY = """\
[[value]]
field = "resources"
ref = "1.4"
printed = "£38k"
text = "{text}"
author = "R. Okafor"
date = 2024-11-25
"""


@pytest.fixture
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a plan in the folder `plans`."""
    (tmp_path / "plans").mkdir()
    shutil.copy(SAMPLES / "recovery-plan-v3.txt", tmp_path / "plans" / "plan.txt")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "plans"


def correct(path: Path, text: str) -> Path:
    path.write_text(ENTRY.format(text=text), "utf-8")
    return path


def amount(path: str | Path = "out/plan.txt", **words: object) -> float | None:
    read = actionplan.read if str(path).endswith(".txt") and "out" not in str(path) else actionplan.load
    return next(one.resources.amount for one in read(path, **words).actions if one.id == "1.4")  # type: ignore[operator]


def test_which_corrections_count(plans: Path) -> None:
    source = plans / "plan.txt"
    assert amount(source) == 38000
    other = correct(plans.parent / "mine.toml", "£1k")
    correct(plans / "corrections.toml", "£39k")
    assert [amount(source), amount(source, corrections=False), amount(source, corrections=other)] == [
        39000,
        38000,
        1000,
    ]
    own = correct(plans / "plan.txt.corrections.toml", "£40k")
    assert amount(source) == 40000
    assert amount(source, corrections=(read_corrections(own), read_corrections(other))) == 1000
    for words, found in ([], 40000), (["--no-corrections"], 38000), (["--corrections", "mine.toml"], 1000):
        assert main(["extract", "plans", "--quiet", *words]) == 0
        assert amount() == found


def test_only_one_of_the_options_can_be_given(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "plans", "--no-corrections", "--corrections", "mine.toml"]) == 2
    assert "not allowed with argument" in capsys.readouterr().err


WRONG = (
    "actionplan: Cannot use the corrections '{path}': 'field' in line 2 says 'resource', which is no field. Did you "
    "mean 'resources'? Fields are ref, action, start, end, lead, resources, measure, impact, progress, status, or "
    "extra. and the header as it is printed.\n"
)


def test_with_a_wrong_file_nothing_is_written(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (plans / "more").mkdir()
    shutil.copy(plans / "plan.txt", plans / "more" / "plan.txt")
    path = correct(plans / "more" / "corrections.toml", "£1k")
    path.write_text(path.read_text("utf-8").replace("resources", "resource"), "utf-8")
    assert main(["extract", "plans"]) == 2
    assert capsys.readouterr() == ("", WRONG.format(path="plans/more/corrections.toml"))
    assert not Path("out").exists()
    assert main(["extract", "plans/plan.txt", "--corrections", str(path.relative_to(plans.parent))]) == 2
    assert capsys.readouterr().err == WRONG.format(path="plans/more/corrections.toml")
    assert main(["diff", "plans/plan.txt", "plans/more/plan.txt"]) == 2
    assert capsys.readouterr().out == ""
    with pytest.raises(UsageError):
        actionplan.read(plans / "more" / "plan.txt")
    with pytest.raises(ReadError, match="no such file"):
        actionplan.read(plans / "plan.txt", corrections="gone.toml")


def test_a_corrections_file_is_no_plan(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    correct(plans / "corrections.toml", "£39k")
    correct(plans / "plan.txt.corrections.toml", "£40k")
    assert main(["extract", *map(str, sorted(plans.iterdir())), "--quiet"]) == 0
    assert [path.name for path in Path("out").iterdir() if path.is_dir()] == ["plan.txt"]
    capsys.readouterr()
    assert main(["extract", "plans/corrections.toml"]) == 2
    assert capsys.readouterr().err == (
        "actionplan: Nothing to read in 'plans/corrections.toml': it holds corrections, and no plan. "
        "Name the plan that they are for.\n"
    )


def test_what_is_corrected_otherwise_is_extracted_again(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def extracted() -> bool:
        capsys.readouterr()
        assert main(["extract", "plans"]) == 0
        return "unchanged" not in capsys.readouterr().err

    assert (extracted(), extracted()) == (True, False)
    file = correct(plans / "corrections.toml", "£39k")
    assert (extracted(), extracted(), amount()) == (True, False, 39000)
    first = Path("out/plan.txt/plan.json").read_bytes()
    correct(file, "£40k")
    assert (extracted(), extracted(), amount()) == (True, False, 40000)
    correct(file, "£39k")
    assert extracted()
    assert Path("out/plan.txt/plan.json").read_bytes() == first
    file.write_text("# nothing yet\n", "utf-8")
    assert (extracted(), amount()) == (True, 38000)
    file.unlink()
    assert not extracted()


def test_corrections_are_part_of_the_configuration(plans: Path) -> None:
    one, two = (read_corrections(correct(plans / f"{name}.toml", f"£{name}k")) for name in ("1", "2"))
    several = [configuration(settings_of(corrections=found)) for found in ((), (one,), (two,), (one, two))]
    assert len(set(several)) == 4
    assert actionplan.read(plans / "plan.txt").tool.configuration == several[0]
    assert actionplan.read(plans / "plan.txt", corrections=plans / "2.toml").tool.configuration == several[2]


def test_a_diff_of_documents_applies_them_and_says_that_the_document_is_the_same(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(plans / "plan.txt", plans / "again.txt")
    correct(plans / "again.txt.corrections.toml", "£39k")
    assert main(["diff", "plans/plan.txt", "plans/again.txt"]) == 0
    told = capsys.readouterr().out
    assert "£38k" in told
    assert "£39k" in told
    assert main(["history", "plans/plan.txt", "plans/again.txt", "--format", "json"]) == 0


def test_the_finding_says_where_two_corrected_files_disagree(plans: Path) -> None:
    correct(plans / "corrections.toml", "£39k")
    own = correct(plans / "plan.txt.corrections.toml", "£40k")
    own.write_text(own.read_text("utf-8").replace('ref = "1.4"\n', ""), "utf-8")
    plan = actionplan.read(plans / "plan.txt")
    told = [(f.code, f.severity) for f in plan.findings if f.action == "1.4"]
    assert told == [("correction-lapsed", "info"), ("corrected", "info")]
    assert amount(plans / "plan.txt") == 40000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_beside_a_plan_is_not_waited_for(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(plans / "corrections.toml")
    assert main(["extract", "plans"]) == 2
    assert capsys.readouterr().err == (
        "actionplan: Cannot use the corrections 'plans/corrections.toml': it is not an ordinary file. "
        "Move it away, or put the corrections file in its place.\n"
    )
    assert not (plans.parent / "out").exists()
