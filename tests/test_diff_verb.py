"""`actionplan diff`: what it takes, what it prints where, and how it exits."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace
from plan_builder import CELLS, HERE, a_plan, an_action

import actionplan
from actionplan import diffing
from actionplan.command_line import main
from compare.comparing import compare
from export.diff.as_json import diff_schema_text, render
from export.plan_json import to_json
from extract.model import ReadError
from normalise.model import CellRecord, Date, Plan

OLD = a_plan()
DONE = {**CELLS, "progress": CellRecord("Done", (), HERE)}
NEW = a_plan(actions=(an_action(progress="Done", cells=tuple(DONE.items())),))
#: The same print, another reading.
REREAD = a_plan(actions=(an_action(start=(Date("Jul 17", "date", "2018-07", "2018-07-01", "2018-07-31"),)),))


@pytest.fixture
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with plans as JSON, in folders and as documents."""
    for name, plan in (("old", OLD), ("new", NEW), ("reread", REREAD)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "plan.json").write_text(to_json(plan), "utf-8")
        (tmp_path / f"{name}.pdf").write_text(name, "utf-8")

    def read(path: Path, **_: object) -> Plan:
        if path.name == "scan.pdf":
            raise ReadError("No action table found", "1 table was read", "Check that this is the plan")
        if path.name == "crash.pdf":
            raise KeyError("row")
        if not path.exists():
            raise ReadError(f"Cannot read {str(path)!r}", "there is no such file", "Check the path")
        return {"old": OLD, "new": NEW}[path.read_text("utf-8")]

    monkeypatch.setattr(diffing, "read", read)
    monkeypatch.chdir(tmp_path)
    return tmp_path


EXITS = [
    ("old", "old", 0),
    ("old/plan.json", "old.pdf", 0),
    ("old", "new", 1),
    ("old.pdf", "new/plan.json", 1),
    ("new.pdf", "old.pdf", 1),
    ("old", "reread", 0),
    ("old", "none", 2),
    ("scan.pdf", "new", 2),
]


@pytest.mark.parametrize("form", diffing.FORMATS)
@pytest.mark.parametrize("old, new, code", EXITS)
def test_exit_codes(plans: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, code: int, form: str) -> None:
    assert main(["diff", old, new, "--format", form]) == code
    printed = capsys.readouterr()
    assert (printed.out == "", printed.err == "") == (code == 2, code != 2)


def test_json_is_the_diff(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["diff", "old", "new.pdf", "--format", "json"])
    printed = capsys.readouterr().out
    assert printed == render(compare(OLD, NEW))
    assert [change["kind"] for change in json.loads(printed)["changes"]] == ["changed"]


def test_text_is_the_default_and_has_no_colour_where_nobody_looks(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["diff", "old", "new"])
    default = capsys.readouterr().out
    main(["diff", "old", "new", "--format", "text"])
    assert capsys.readouterr().out == default
    assert "\x1b" not in default


@pytest.mark.parametrize("no_colour, coloured", [("", True), ("1", False)])
def test_colour_on_a_terminal(monkeypatch: pytest.MonkeyPatch, no_colour: str, coloured: bool) -> None:
    monkeypatch.setenv("NO_COLOR", no_colour)
    monkeypatch.setattr(diffing.sys.stdout, "isatty", lambda: True)
    assert diffing.in_colour() is coloured
    assert ("\x1b" in diffing.rendered(compare(OLD, NEW), "text", coloured)) is coloured


ERRORS = [
    ("none.pdf", "actionplan: Cannot read 'none.pdf': there is no such file. Check the path.\n"),
    (
        "none.json",
        "actionplan: Cannot read 'none.json': no such file or directory. Check the path and its permissions.\n",
    ),
    ("scan.pdf", "actionplan: scan.pdf: No action table found: 1 table was read. Check that this is the plan.\n"),
]


@pytest.mark.parametrize("name, message", ERRORS)
def test_errors_say_which_file(plans: Path, capsys: pytest.CaptureFixture[str], name: str, message: str) -> None:
    assert main(["diff", "old", name]) == 2
    assert capsys.readouterr() == ("", message)


def test_a_defect_is_told_as_one(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "crash.pdf", "old"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("actionplan: Cannot read 'crash.pdf': KeyError in test_diff_verb.py line ")
    assert told.endswith("This is a defect of actionplan, not of your file: please report this message.\n")


@pytest.mark.parametrize(
    "words", [["diff"], ["diff", "a"], ["diff", "a", "b", "c"], ["diff", "a", "b", "--format", "pdf"]]
)
def test_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr().out == ""


def test_the_door() -> None:
    assert actionplan.compare(OLD, NEW) == compare(OLD, NEW)
    assert actionplan.compare(OLD, replace(OLD, findings=())).changes == ()


def test_schema_of_a_diff(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "diff"]) == 0
    assert capsys.readouterr() == (diff_schema_text(), "")
