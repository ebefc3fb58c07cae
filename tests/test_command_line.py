"""The command: its exit codes, what it writes where, and every word that it says."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from plan_builder import HERE, a_plan, an_action

import actionplan
from actionplan import door, job
from actionplan.batch.bar import RichBar
from actionplan.batch.progress import Announcement
from actionplan.command_line import main
from actionplan.inputs import Input, UsageError, inputs_of
from actionplan.terminal import plain
from export.plan_json import to_json
from export.schema import schema_text
from extract.model import ReadError
from normalise.model import Finding, Plan

ROOT = Path(__file__).parents[1]
WRITTEN = [".actionplan.json", "actions.csv", "findings.csv", "people.csv", "plan.json"]
DEFECT = "This is a defect of actionplan, not of your file: please report this message.\n"


def doubtful_plan() -> Plan:
    doubt = Finding("f2", "missing-ref", "reading", "warning", "1.1", "1.1", "leads", "Doubtful.", (), HERE)
    return a_plan(actions=(an_action(needs_review=True),), findings=(doubt,))


@pytest.fixture
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, where every file is read as the plan that its first word names."""

    def read(path: Path, *_: object, **__: object) -> Plan:
        if not path.exists():
            raise ReadError(f"Cannot read {str(path)!r}", "there is no such file", "Check the path")
        match path.read_text("utf-8"):
            case "good":
                return a_plan()
            case "doubtful":
                return doubtful_plan()
            case "wrong":
                return replace(a_plan(), people=())
            case "crash":
                raise KeyError("row\x1b[2J")
            case "report":
                raise ReadError("No action table found", "1 table was read", "Check that this is the plan")
            case "stop":
                os.kill(os.getppid(), signal.SIGINT)
                signal.pause()
        raise ReadError(f"Cannot read {str(path)!r}", "it is empty", "Check the file")

    monkeypatch.setattr(job, "read", read)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(folder: Path, **files: str) -> None:
    """Files from words: put(tmp, a__b_txt="good") writes a/b.txt."""
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")


def written(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


SUMMARY = (
    "{source}: 1 action, 1 section, 1 person, 0 to review\n"
    "  repairs: broken_words 1\n"
    "  findings: warning 1\n"
    "  written: {folder}/\n"
)


def test_extract_writes_a_folder_a_plan_and_says_so(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(plans, plan_pdf="good")
    assert main(["extract", "plan.pdf", "--out", "here"]) == 0
    assert capsys.readouterr() == ("", SUMMARY.format(source="plan.pdf", folder="here/plan.pdf"))
    assert written(plans / "here") == [f"plan.pdf/{name}" for name in WRITTEN]
    assert (plans / "here/plan.pdf/plan.json").read_text("utf-8") == to_json(a_plan())
    assert b",'=Plan signed," in (plans / "here/plan.pdf/actions.csv").read_bytes()


def test_a_second_run_gives_the_same_bytes(plans: Path) -> None:
    put(plans, plan_pdf="good")
    runs = []
    for _ in range(2):
        assert main(["extract", "plan.pdf", "--quiet"]) == 0
        runs.append({name: (plans / "out/plan.pdf" / name).read_bytes() for name in WRITTEN})
    assert runs[0] == runs[1]


def test_exact_csv_leaves_cells_as_they_are(plans: Path) -> None:
    put(plans, plan_pdf="good")
    assert main(["extract", "plan.pdf", "--exact-csv"]) == 0
    assert b",=Plan signed," in (plans / "out/plan.pdf/actions.csv").read_bytes()


def test_a_folder_is_read_with_the_folders_in_it(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(plans, in__b__v1_pdf="good", in__a_docx="good", in__c_TXT="good", in__notes_md="?", in__git__x_txt="?")
    (plans / "in" / "git").rename(plans / "in" / ".git")
    (plans / "in" / "~$a.docx").write_text("?")
    (plans / "in" / ".hidden.pdf").write_text("?")
    assert main(["extract", "in", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
    assert sorted({str(Path(path).parent) for path in written(plans / "out")}) == [".", "a.docx", "b/v1.pdf", "c.TXT"]


def test_what_cannot_be_read_is_told_and_the_others_are_written(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(plans, a_pdf="", b_pdf="good", c_pdf="crash", d_pdf="report")
    assert main(["extract", "a.pdf", "gone.pdf", "d.pdf", "c.pdf", "b.pdf"]) == 1
    told = capsys.readouterr().err
    line = told.splitlines()[3].split(" line ")[1].split(":")[0]
    assert told == (
        "actionplan: Cannot read 'a.pdf': it is empty. Check the file.\n"
        "actionplan: Cannot read 'gone.pdf': there is no such file. Check the path.\n"
        "actionplan: d.pdf: No action table found: 1 table was read. Check that this is the plan.\n"
        f"actionplan: Cannot extract 'c.pdf': KeyError in test_command_line.py line {line}: 'row\\x1b[2J'. "
        + DEFECT
        + SUMMARY.format(source="b.pdf", folder="out/b.pdf")
        + "5 plans: 1 written, 4 failed (out/run.json)\n"
    )
    assert written(plans / "out") == [*(f"b.pdf/{name}" for name in WRITTEN), "run.json"]


def test_an_unread_plan_leaves_no_folder_and_an_old_one_as_it_was(plans: Path) -> None:
    put(plans, plan_pdf="")
    assert main(["extract", "plan.pdf"]) == 1
    assert not (plans / "out").exists()
    put(plans, out__plan_pdf__plan_json="old")
    (plans / "out/plan.pdf/plan.json").rename(plans / "out/plan.pdf/old")
    assert main(["extract", "plan.pdf"]) == 1
    assert written(plans / "out") == ["plan.pdf/old"]


def test_a_plan_that_contradicts_itself_is_not_written(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(plans, plan_pdf="wrong", out__plan_pdf__notes_txt="old", other_pdf="good")
    assert main(["extract", "plan.pdf", "other.pdf", "--quiet"]) == 1
    assert capsys.readouterr().err == (
        "actionplan: Cannot vouch for 'plan.pdf': its plan.json fails 1 check, so it is not written; the first: "
        f"actions[1.1].leads: there is no person 'ada-lowe'. {DEFECT}"
    )
    assert written(plans / "out") == [*(f"other.pdf/{name}" for name in WRITTEN), "plan.pdf/notes.txt", "run.json"]


def test_the_old_output_stays_where_the_new_contradicts_itself(plans: Path) -> None:
    put(plans, plan_pdf="good")
    assert main(["extract", "plan.pdf", "--quiet"]) == 0
    before = {name: (plans / "out/plan.pdf" / name).read_bytes() for name in WRITTEN}
    put(plans, plan_pdf="wrong")
    assert main(["extract", "plan.pdf", "--quiet"]) == 1
    assert {name: (plans / "out/plan.pdf" / name).read_bytes() for name in written(plans / "out/plan.pdf")} == before


@pytest.mark.parametrize("content, code", [("good", 0), ("doubtful", 1)])
def test_strict_exits_1_where_a_reading_is_doubtful(plans: Path, content: str, code: int) -> None:
    put(plans, plan_pdf=content)
    assert main(["extract", "plan.pdf", "--quiet"]) == 0
    assert main(["extract", "plan.pdf", "--quiet", "--strict"]) == code
    assert written(plans / "out") == [f"plan.pdf/{name}" for name in WRITTEN]


@pytest.mark.parametrize("about", ["reading", "document"])
@pytest.mark.parametrize("severity", ["info", "warning", "error"])
@pytest.mark.parametrize("action", ["1.1", None])
def test_strict_minds_warnings_and_errors_about_the_reading_alone(about, severity, action) -> None:
    finding = Finding("f2", "missing-ref", about, severity, action, action, "leads", "Doubtful.", (), HERE)
    strict = about == "reading" and severity != "info"
    assert job.doubtful(a_plan(findings=(finding,))) == strict


@pytest.fixture
def interruptible() -> Iterator[None]:
    """An interrupt acts, though the tests may have been started in the background, where it is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_is_told_and_keeps_what_was_written(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(plans, a_pdf="good", b_pdf="stop")
    assert main(["extract", "--quiet", "--jobs", "1", "a.pdf", "b.pdf"]) == 130
    assert capsys.readouterr() == (
        "",
        "actionplan: Interrupted: 1 of 2 plans are done, 1 written. What is written is whole; "
        "the same command with --resume goes on.\n",
    )
    assert written(plans / "out") == [".actionplan-run.jsonl", *(f"a.pdf/{name}" for name in WRITTEN)]


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_of_one_plan_is_told(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(plans, a_pdf="stop")
    assert main(["extract", "a.pdf"]) == 130
    assert capsys.readouterr() == ("", "actionplan: Interrupted: the plans written so far are whole.\n")
    assert not (plans / "out").exists()


USAGE = [
    (["extract", "a/x.pdf", "b/x.pdf"], "Cannot extract 'a/x.pdf' and 'b/x.pdf' together: they have one name, so both "
     "would be written to 'out/x.pdf'. Extract them into two --out folders."),
    (["extract", "a", "b"], "Cannot extract 'a/x.pdf' and 'b/x.pdf' together: they have one name, so both would be "
     "written to 'out/x.pdf'. Extract them into two --out folders."),
    (["extract", "empty"], "Nothing to read in 'empty': it holds no pdf, docx, docm, txt, tsv, xlsx, xlsm file. "
     "Name another path."),
    (["extract", "a/x.pdf", "--out", "a/x.pdf"], "Cannot write to 'a/x.pdf': 'a/x.pdf' is a file. Choose another --out "
     "folder."),
    (["extract", "a/x.pdf", "--out", "a/x.pdf/out"], "Cannot write to 'a/x.pdf/out': '{here}/a/x.pdf' is a file. "
     "Choose another --out folder."),
]  # fmt: skip


@pytest.mark.parametrize("words, told", USAGE)
def test_wrong_usage_exits_2_before_anything_is_read(
    plans: Path, words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    put(plans, a__x_pdf="good", b__x_pdf="good")
    (plans / "empty").mkdir()
    assert main(words) == 2
    assert capsys.readouterr() == ("", f"actionplan: {told.replace('{here}', str(plans))}\n")
    assert not (plans / "out").exists()


def test_an_output_folder_without_permission_is_wrong_usage(
    plans: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(plans, a_pdf="good")
    (plans / "shut").mkdir(mode=0o500)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "shut")  # an administrator may do anything
    assert main(["extract", "a.pdf", "--out", "shut/out"]) == 2
    assert capsys.readouterr().err == (
        f"actionplan: Cannot write to 'shut/out': there is no permission to write in '{plans}/shut'. "
        "Choose another --out folder.\n"
    )


def test_an_output_that_fails_is_told_and_the_others_are_written(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(plans, a_pdf="good", b_pdf="good", out__a_pdf="in the way")
    assert main(["extract", "a.pdf", "b.pdf", "--quiet"]) == 1
    assert capsys.readouterr().err == (
        f"actionplan: Cannot write '{plans}/out/a.pdf': not a directory. "
        "Choose another folder with --out, or make room or permission there.\n"
    )
    assert written(plans / "out") == ["a.pdf", *(f"b.pdf/{name}" for name in WRITTEN), "run.json"]


@pytest.mark.parametrize("words", [[], ["extract"], ["check"], ["read", "x"], ["extract", "x", "--fast"]])
def test_words_that_it_does_not_know_are_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    printed, told = capsys.readouterr()
    assert printed == ""
    assert told.startswith("usage: actionplan")


def test_help_names_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    printed = capsys.readouterr().out
    assert [verb for verb in ("extract", "check", "schema") if f"\n    {verb} " not in printed] == []


def test_schema_prints_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert capsys.readouterr() == (schema_text(), "")


def test_inputs_given_twice_are_read_once(plans: Path) -> None:
    put(plans, in__a_pdf="good")
    once = (Input(Path("in/a.pdf"), Path("out/a.pdf")),)
    assert inputs_of([Path("in/a.pdf"), Path("in"), Path("in/../in")], Path("out")) == once


def test_names_that_differ_only_in_case_would_share_a_folder_on_some_disks(plans: Path) -> None:
    put(plans, a__x_pdf="good", b__X_PDF="good")
    with pytest.raises(UsageError):
        inputs_of([Path("a"), Path("b")], Path("out"))


@pytest.mark.parametrize(
    "text, shown",
    [
        ("Plan – “£46k” • ТВС", "Plan – “£46k” • ТВС"),
        ("\x1b[31m\x07\x9b\x7f", "\\x1b[31m\\x07\\x9b\\x7f"),
        ("a\nb\tc\r", "a\\x0ab\\x09c\\x0d"),
        ("\u202etxt.exe\u2066\u2028", "\\u202etxt.exe\\u2066\\u2028"),
        ("\ud83d", "\\ud83d"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_as_an_escape(text: str, shown: str) -> None:
    assert plain(text) == shown


# --- the Python door -------------------------------------------------------------------------------------------------


def test_load_reads_a_file_or_its_folder(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(actionplan.to_json(a_plan()), "utf-8")
    assert actionplan.load(tmp_path) == a_plan()
    assert actionplan.load(str(tmp_path / "plan.json")) == a_plan()


def test_read_raises_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(ReadError):
        actionplan.read(tmp_path / "none.pdf")


# --- in a process of its own -----------------------------------------------------------------------------------------


def run(*words: str, cwd: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    command = [sys.executable, *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=cwd, timeout=60, check=False)


SLOW = ("pandas", "numpy", "spacy", "pdfplumber", "pdfminer", "pypdfium2", "dateparser", "wordfreq", "rich", "lxml")


@pytest.mark.parametrize("words", ["['schema']", "['--help']", "['extract', 'none.pdf']", "['check', 'none.json']"])
def test_nothing_slow_is_imported_before_it_is_needed(words: str, tmp_path: Path) -> None:
    program = (
        f"import sys; from actionplan.command_line import main; main({words}); "
        f"print([name for name in {SLOW} if name in sys.modules], file=sys.stderr)"
    )
    assert run("-c", program, cwd=tmp_path).stderr.splitlines()[-1] == "[]"


def test_a_reader_who_leaves_is_no_error() -> None:
    readable, writable = os.pipe()
    os.close(readable)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "actionplan", "schema"],
            **{"stdout": writable, "stderr": subprocess.PIPE, "cwd": ROOT, "timeout": 60, "check": False},
        )
    finally:
        os.close(writable)
    assert (done.returncode, done.stderr) == (141, b"")


def test_the_module_is_the_command() -> None:
    done = run("-m", "actionplan", "schema")
    assert (done.returncode, done.stderr, json.loads(done.stdout)["title"]) == (0, "", "plan.json")


SAMPLES = sorted(
    path for path in (ROOT / "samples").iterdir() if path.suffix in (".pdf", ".docx", ".txt") and "-v3" in path.name
)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_sample_gives_the_same_bytes_whatever_the_hashing_and_stands_against_its_source(
    sample: Path, tmp_path: Path
) -> None:
    contents = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        done = run("-m", "actionplan", "extract", str(sample), "--out", str(out), "--quiet", PYTHONHASHSEED=seed)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        contents.append({name: (out / sample.name / name).read_bytes() for name in WRITTEN})
    assert contents[0] == contents[1]
    plan_json = tmp_path / "1" / sample.name / "plan.json"
    done = run("-m", "actionplan", "check", str(plan_json), "--source", str(sample))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"{plan_json}: sound\n")


def test_there_is_a_sample_of_each_kind() -> None:
    assert [path.suffix for path in SAMPLES] == [".docx", ".pdf", ".txt"]


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
@pytest.mark.parametrize("words", [["schema"], ["schema", "diff"], ["tables", "samples/recovery-plan-v3.txt"]])
def test_a_full_disk_behind_stdout_is_one_line(words: list[str]) -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "actionplan", *words],
            **{"stdout": full, "stderr": subprocess.PIPE, "cwd": ROOT, "timeout": 60, "check": False, "text": True},
        )
    last = done.stderr.splitlines()[-1]
    assert done.returncode == 2
    assert last == ("actionplan: Cannot write the output: no space left on device. Make room, or send it elsewhere.")
    assert [word for word in ("Traceback", "Exception") if word in done.stderr] == []


@pytest.mark.skipif(os.name != "posix", reason="a shell that closes stdout")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_are_no_error(closed: str) -> None:
    command = f'exec "{sys.executable}" -m actionplan schema {closed}'
    done = subprocess.run(["sh", "-c", command], capture_output=True, cwd=ROOT, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


# --- long work -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pages, rows, seconds, told",
    [
        (0, 2_000, 0, []),
        (0, 2_001, 0, ["plan.pdf: 2,001 rows to go through; this takes a while"]),
        (50, 10, 0, []),
        (51, 10, 0, ["plan.pdf: reading 51 pages; this takes a while"]),
        (51, 3_000, 0, ["plan.pdf: reading 51 pages; this takes a while"]),
        (5, 10, 2, []),
        (6, 10, 2, ["plan.pdf: reading 6 pages; this takes a while"]),
        (1, 10, 11, ["plan.pdf: reading 1 page; this takes a while"]),
    ],
)
def test_long_work_is_announced_once(
    pages: int, rows: int, seconds: int, told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    times = iter(range(0, 1_000 * max(seconds, 1), seconds or 1)) if seconds else iter([0] * 100)
    watch = Announcement("plan.pdf", clock=lambda: next(times))
    for done in range(1, pages + 1):
        watch.page(done, pages)
    watch.document(rows, 10)
    assert capsys.readouterr().err.splitlines() == told


ROWS = [f"1.{number}\tDredge the basin\tJan 19\tTW" for number in range(1, 5)]
DUMP = "\n".join(("Harbour plan", "Ref\tAction\tBy when\tLead", *ROWS)) + "\n"


@pytest.mark.parametrize(
    "limit, most, cause",
    [
        ("MAX_ROWS", 5, None),
        ("MAX_ROWS", 4, "it has 5 rows, and the limit is 4"),
        ("MAX_CHARACTERS", 126, None),
        ("MAX_CHARACTERS", 125, "it has 126 characters, and the limit is 125"),
    ],
)
def test_what_is_too_long_for_a_plan_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, cause: str | None
) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(DUMP, "utf-8")
    monkeypatch.setattr(door, limit, most)
    if cause is None:
        assert len(actionplan.read(path).actions) == 4
        return
    with pytest.raises(ReadError) as failed:
        actionplan.read(path)
    assert str(failed.value) == f"Cannot read '{path}' as a plan: {cause}. Give the plan alone, or split it"


# --- the bar ---------------------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("words, drawn", [([], True), (["--quiet"], False)])
def test_a_terminal_gets_a_bar_unless_quiet(
    plans: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], drawn: bool
) -> None:
    put(plans, a_pdf="good", b_pdf="good")
    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main(["extract", "a.pdf", "b.pdf", *words]) == 0
    assert ("0/2" in terminal.getvalue()) == drawn


def test_the_bar_says_which_page_is_read() -> None:
    bar, said = RichBar(["a[b].pdf"]), []
    for step, values in ((bar.begun, (0,)), (bar.page, (0, 3, 10)), (bar.document, (0, 1200, 5))):
        step(*values)
        said.append(bar._progress.tasks[0].description)
    assert said == ["a\\[b].pdf", "a\\[b].pdf, page 3 of 10", "a\\[b].pdf, 1,200 rows"]
