"""An unchanged plan is not extracted again; whatever changed, is missing or was touched, is."""

from collections import UserList
from pathlib import Path

import pytest
from msgspec.structs import replace
from plan_builder import HERE, a_plan, an_action

import actionplan
from actionplan import job, unchanged
from actionplan.command_line import main
from actionplan.unchanged import NOTE, Note, basis_of, note_of, note_text
from export.formats import KNOWN, files_of
from extract.source_file import source_of
from normalise.model import Finding, Plan

UNCHANGED = "plan.txt: unchanged, so not extracted again (--force does)\n"


class Readings(UserList[str]):
    """What was read, in whatever process."""

    def __init__(self, log: Path) -> None:
        self.log = log
        log.touch()

    @property
    def data(self) -> list[str]:
        return self.log.read_text("utf-8").split()


@pytest.fixture
def readings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Readings:
    """What was read, in the folder of a plan.txt that says whether it is doubtful; it is read as a plan of its own."""
    read = Readings(tmp_path / "readings.log")

    def reading(path: Path, *_: object, **__: object) -> Plan:
        with read.log.open("a") as log:
            log.write(f"{path.name}\n")
        return plan_of(path)

    monkeypatch.setattr(job, "read", reading)
    monkeypatch.setattr(job, "problems", lambda plan: () if plan.people else ("people: there is nobody",))
    monkeypatch.chdir(tmp_path)
    Path("plan.txt").write_text("good", "utf-8")
    return read


def plan_of(path: Path) -> Plan:
    plan = replace(a_plan(), source=source_of(path, "text/plain"))
    if path.read_text("utf-8") == "doubtful":
        doubt = Finding("f2", "missing-ref", "reading", "warning", "1.1", "1.1", "leads", "Doubtful.", (), HERE)
        return replace(plan, actions=(an_action(needs_review=True),), findings=(doubt,))
    return replace(plan, people=()) if path.read_text("utf-8") == "wrong" else plan


def extract(*words: str) -> int:
    return main(["extract", "plan.txt", *words])


def folder() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path("out/plan.txt").iterdir())}


def test_the_second_run_reads_and_writes_nothing(readings: Readings, capsys: pytest.CaptureFixture[str]) -> None:
    assert extract() == 0
    before, times = folder(), {path: path.stat().st_mtime_ns for path in Path("out/plan.txt").iterdir()}
    capsys.readouterr()
    assert extract() == 0
    assert capsys.readouterr() == ("", UNCHANGED)
    assert (readings, folder()) == (["plan.txt"], before)
    assert {path: path.stat().st_mtime_ns for path in Path("out/plan.txt").iterdir()} == times


def test_quiet_says_nothing_of_it(readings: Readings, capsys: pytest.CaptureFixture[str]) -> None:
    assert [extract("--quiet"), extract("--quiet")] == [0, 0]
    assert (capsys.readouterr(), readings) == (("", ""), ["plan.txt"])


def test_force_reads_it_again(readings: Readings) -> None:
    assert [extract(), extract("--force"), extract()] == [0, 0, 0]
    assert readings == ["plan.txt"] * 2


def change_the_source() -> None:
    Path("plan.txt").write_text("good\n", "utf-8")


def change_the_plan() -> None:
    path = Path("out/plan.txt/plan.json")
    path.write_text(path.read_text("utf-8").replace("Agree the", "Agree a"), "utf-8")


def cut_the_note() -> None:
    path = Path("out/plan.txt", NOTE)
    path.write_bytes(path.read_bytes()[:-10])


@pytest.mark.parametrize(
    "change",
    [
        *(change_the_source, change_the_plan, cut_the_note),
        lambda: Path("out/plan.txt/plan.json").unlink(),
        lambda: Path("out/plan.txt", NOTE).unlink(),
        lambda: Path("out/plan.txt", NOTE).write_text("[]"),
    ],
    ids=["source", "plan.json", "note cut", "plan.json gone", "note gone", "note of another shape"],
)
def test_whatever_changed_is_read_again_and_made_whole(readings: Readings, change) -> None:
    assert extract() == 0
    change()
    assert extract("--quiet") == 0
    assert readings == ["plan.txt"] * 2
    assert folder()["plan.json"] == files_of(plan_of(Path("plan.txt")))["plan.json"]
    assert [extract("--quiet"), readings] == [0, ["plan.txt"] * 2]


def test_other_settings_or_another_program_read_it_again(readings: Readings, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("layout.toml").write_text('[columns]\n"Officer" = "lead"\n')
    assert [extract(), extract("--layout", "layout.toml"), extract("--layout", "layout.toml")] == [0, 0, 0]
    assert len(readings) == 2
    monkeypatch.setattr(unchanged, "program_digest", lambda: "another")
    assert [extract("--layout", "layout.toml"), len(readings)] == [0, 3]
    monkeypatch.setattr(unchanged, "_libraries", lambda: ["pdfplumber-99.dist-info"])
    assert [extract("--layout", "layout.toml"), len(readings)] == [0, 4]


@pytest.mark.parametrize("name", ["actions.csv", "people.csv"])
def test_a_file_that_is_gone_or_touched_is_made_again_without_reading(readings: Readings, name: str) -> None:
    assert extract() == 0
    before = folder()
    Path("out/plan.txt", name).write_text("edited")
    assert extract("--quiet") == 0
    assert (readings, folder()) == (["plan.txt"], before)
    Path("out/plan.txt", name).unlink()
    assert extract("--quiet") == 0
    assert (readings, folder()) == (["plan.txt"], before)


def test_another_format_is_made_without_reading_and_as_if_read(readings: Readings) -> None:
    wanted = ",".join(KNOWN)
    assert [extract(), extract("--formats", wanted), extract("--formats", wanted), extract()] == [0, 0, 0, 0]
    assert readings == ["plan.txt"]
    made = folder()
    del made[NOTE]
    assert made == files_of(plan_of(Path("plan.txt")), KNOWN)


def test_exact_cells_are_another_wish(readings: Readings) -> None:
    assert [extract(), extract("--exact-csv")] == [0, 0]
    assert b",=Plan signed," in folder()["actions.csv"]
    assert [extract(), readings] == [0, ["plan.txt"]]
    assert b",'=Plan signed," in folder()["actions.csv"]


@pytest.mark.parametrize("content, code", [("good", 0), ("doubtful", 1)])
def test_strict_holds_for_what_is_unchanged(readings: Readings, content: str, code: int) -> None:
    Path("plan.txt").write_text(content, "utf-8")
    assert [extract(), extract(), extract("--strict"), extract("--strict", "--force")] == [0, 0, code, code]
    assert len(readings) == 2


def test_a_plan_that_contradicts_itself_is_read_each_time(readings: Readings) -> None:
    assert extract("--quiet") == 0
    before = folder()
    Path("plan.txt").write_text("wrong", "utf-8")
    assert [extract("--quiet"), extract("--quiet")] == [1, 1]
    assert (len(readings), folder()) == (3, before)
    Path("plan.txt").write_text("good", "utf-8")
    assert [extract("--quiet"), len(readings)] == [0, 3]  # what is there is still what this source gives


def test_a_source_that_is_gone_is_told_though_its_folder_is_there(
    readings: Readings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert extract("--quiet") == 0
    before = folder()
    monkeypatch.setattr(job, "read", actionplan.read)
    Path("plan.txt").unlink()
    assert extract("--quiet") == 1
    assert capsys.readouterr().err.startswith("actionplan: Cannot read 'plan.txt': there is no such file.")
    assert folder() == before


def test_files_of_an_earlier_reading_are_told(readings: Readings, capsys: pytest.CaptureFixture[str]) -> None:
    assert extract("--formats", "json,xlsx,sqlite", "--quiet") == 0
    assert extract() == 0
    assert "not written again" not in capsys.readouterr().err  # they are of this reading
    change_the_source()
    assert extract() == 0
    assert capsys.readouterr().err.splitlines()[-1] == (
        "  not written again: plan.xlsx, plan.sqlite (of an earlier run; --formats names what is)"
    )
    assert extract("--formats", "json,csv,xlsx,sqlite", "--quiet") == 0
    assert folder()["plan.xlsx"] == files_of(plan_of(Path("plan.txt")), ["xlsx"])["plan.xlsx"]


def test_a_workbook_that_was_written_is_no_plan_to_read(readings: Readings) -> None:
    assert main(["extract", ".", "--formats", "json,xlsx", "--quiet"]) == 0
    Path("plan.xlsx").write_text("good")
    assert main(["extract", ".", "--formats", "json,xlsx", "--quiet"]) == 0
    assert readings == ["plan.txt", "plan.xlsx"]


LIST = "The formats are json, csv, xlsx, parquet, sqlite, datapackage"


@pytest.mark.parametrize(
    "words, told",
    [
        (["--formats", "json,docx"], f"Cannot write the format 'docx': it is not known. {LIST}."),
        (
            ["--formats", "datapackage"],
            f"Cannot write nothing: a data package describes the files beside it. {LIST}; the default is json,csv.",
        ),
    ],
)
def test_a_wrong_format_is_wrong_usage(
    readings: Readings, words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert extract(*words) == 2
    assert capsys.readouterr() == ("", f"actionplan: {told}\n")
    assert (readings, Path("out").exists()) == ([], False)


def test_a_note_comes_back(tmp_path: Path) -> None:
    note = Note("a" * 64, basis_of("b"), False, True, (("info", 2),), (("plan.json", "c" * 64),))
    assert note_of(tmp_path) is None
    (tmp_path / NOTE).write_text(note_text(note), "utf-8")
    assert note_of(tmp_path) == note
    (tmp_path / NOTE).write_text(note_text(note).replace("true", '"no"'), "utf-8")
    assert note_of(tmp_path) is None


def test_the_basis_depends_on_the_configuration_alone_while_the_program_is_the_same() -> None:
    assert basis_of("a") == basis_of("a")
    assert basis_of("a") != basis_of("b")


def test_what_a_library_puts_on_the_path_as_it_is_loaded_is_no_library_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site" / "one-1.0.dist-info").mkdir(parents=True)
    (tmp_path / "site" / "one" / "_vendor" / "other-2.0.dist-info").mkdir(parents=True)
    (tmp_path / "more" / "two-3.0.dist-info").mkdir(parents=True)
    places = [tmp_path, tmp_path / "site", tmp_path / "more", tmp_path / "site" / "one" / "_vendor"]
    monkeypatch.setattr("sys.path", [str(place) for place in places])
    assert unchanged._libraries.__wrapped__() == ["one-1.0.dist-info", "two-3.0.dist-info"]
