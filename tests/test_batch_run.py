"""A run over many inputs: told in their order, reported, gone on with after a stop; real commands, real kills."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from actionplan import job
from actionplan.batch.limits import MB, Limits
from actionplan.batch.outcome import Failure, Outcome
from actionplan.batch.progress import LogLines
from actionplan.batch.report import JOURNAL, REPORT, Journal, record_of, report_text, write_report
from actionplan.batch.run import How, carry_out
from actionplan.batch.tally import Tally
from actionplan.command_line import main
from actionplan.inputs import Input, UsageError, inputs_of, is_pattern

ROOT = Path(__file__).parents[1]
PLAN = """\
Harbour plan
Ref\tAction\tBy when\tLead
1.1\tDredge the basin\tJan 19\tTW
1.2\tMend the crane\tFeb 19\tTW
"""
BROKEN = "Nothing that is a plan\n"
linux = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux alone")


def fine(source: str = "a" * 64, plan: str = "b" * 64, told: str = "fine") -> Outcome:
    return Outcome("written", False, (("info", 2), ("warning", 1)), source, plan, (told,))


FAILED = Outcome(
    "failed", source="c" * 64, failure=Failure("Cannot read 'x'", "it is empty", "Check it", ("a", "note"))
)


def inputs(*names: str) -> tuple[Input, ...]:
    return tuple(Input(Path(name), Path("out", name)) for name in names)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def report() -> Any:
    return json.loads(Path("out", REPORT).read_bytes())


def how(**wishes: Any) -> How:
    return How(Path("out"), wishes.pop("at_once", 2), wishes.pop("limits", Limits()), reported=True, **wishes)


# --- in order --------------------------------------------------------------------------------------------------------


@linux
@pytest.mark.parametrize("at_once", [1, 3])
def test_what_is_told_is_in_the_order_of_the_inputs(at_once: int, capsys: pytest.CaptureFixture[str]) -> None:
    pipes = [os.pipe() for _ in range(3)]

    def do(job: int, watch: Any) -> Outcome:
        """Each ends only after the one that comes after it, where they are under way together."""
        if at_once > 1 and job < 2:
            os.read(pipes[job + 1][0], 1)
        os.write(pipes[job][1], b"x")
        return FAILED if job == 1 else fine(told=f"{job} is fine")

    names = {"a": 0, "b": 1, "c": 2}
    assert carry_out(inputs(*names), lambda one, done: names[one.source.name], do, how(at_once=at_once)) == 1
    assert capsys.readouterr().err == (
        "0 is fine\nactionplan: Cannot read 'x': it is empty. Check it.\na\nnote\n2 is fine\n"
        "3 plans: 2 written, 1 failed (out/run.json)\n"
    )
    assert [record["path"] for record in report()["inputs"]] == ["a", "b", "c"]


@linux
def test_the_messages_and_files_are_the_same_however_many_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in").mkdir()
    for number in range(12):
        Path(f"in/{number}.txt").write_text(BROKEN if number % 5 == 3 else PLAN.replace("Harbour", f"Port {number}"))
    runs = []
    for jobs, out in (("1", "out"), ("4", "out4")):
        assert main(["extract", "in", "--out", out, "--jobs", jobs]) == 1
        files = {path.relative_to(out): path.read_bytes() for path in Path(out).rglob("*") if path.is_file()}
        told = json.loads(files.pop(Path(REPORT)))
        for record in (*told["inputs"], told["totals"]):
            del record["seconds"]
        runs.append((files, told, capsys.readouterr().err.replace(f"{out}/", "")))
    assert runs[0] == runs[1]
    assert runs[0][1]["totals"]["failed"] == 2


# --- run.json --------------------------------------------------------------------------------------------------------


def test_run_json_says_how_it_went_with_each(here: Path) -> None:
    Path("out").mkdir()
    one, two = inputs("plans/ä.pdf", "b\udcff.pdf")
    unchanged = Outcome("unchanged", True, (("error", 1),), "d" * 64, None)
    records = [
        record_of(one, Path("out"), fine(), 1.23456),
        record_of(two, Path("out"), FAILED, 0.5),
        record_of(two, Path("out"), unchanged, 0),
    ]
    write_report(Path("out"), report_text(records, 2.0))
    assert b"\xc3\xa4.pdf" in Path("out", REPORT).read_bytes()
    assert b"b\\udcff.pdf" in Path("out", REPORT).read_bytes()
    assert report() == {
        "schema_version": "1.0",
        "tool": {"name": "actionplan", "version": "0.1.0"},
        "inputs": [
            {
                "path": "plans/ä.pdf",
                "folder": "plans/ä.pdf",
                "status": "written",
                "doubtful": False,
                "seconds": 1.235,
                "findings": {"error": 0, "warning": 1, "info": 2},
                "source_sha256": "a" * 64,
                "plan_sha256": "b" * 64,
                "error": None,
            },
            {
                "path": "b\udcff.pdf",
                "folder": "b\udcff.pdf",
                "status": "failed",
                "doubtful": False,
                "seconds": 0.5,
                "findings": None,
                "source_sha256": "c" * 64,
                "plan_sha256": None,
                "error": {"what": "Cannot read 'x'", "cause": "it is empty", "hint": "Check it"},
            },
            {
                "path": "b\udcff.pdf",
                "folder": "b\udcff.pdf",
                "status": "unchanged",
                "doubtful": True,
                "seconds": 0,
                "findings": {"error": 1, "warning": 0, "info": 0},
                "source_sha256": "d" * 64,
                "plan_sha256": None,
                "error": None,
            },
        ],
        "totals": {
            "inputs": 3,
            "written": 1,
            "doubtful": 0,
            "unchanged": 1,
            "failed": 1,
            "seconds": 2.0,
            "findings": {"error": 1, "warning": 1, "info": 2},
        },
    }


@linux
@pytest.mark.parametrize(
    "words, reported",
    [(["a.txt"], False), (["none.txt"], False), (["a.txt", "b.txt"], True), (["."], True), (["a.*"], True)],
)
def test_a_file_that_is_named_alone_leaves_the_report_of_the_whole_as_it_is(words: list[str], reported: bool) -> None:
    Path("a.txt").write_text(PLAN)
    Path("b.txt").write_text(PLAN)
    main(["extract", *words])
    assert Path("out", REPORT).exists() == reported
    assert not Path("out", JOURNAL).exists()


@linux
def test_a_report_that_cannot_be_written_is_told(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    Path("a.txt").write_text(PLAN)
    Path("out", REPORT).mkdir(parents=True)
    assert main(["extract", "a*", "--quiet"]) == 1
    assert capsys.readouterr().err == (
        "actionplan: Cannot write 'out/run.json': is a directory. "
        "Choose another folder with --out, or make room or permission there.\n"
    )
    assert Path("out", JOURNAL).exists()


# --- stopped, and gone on with ---------------------------------------------------------------------------------------


def stopping(number: int, at: int) -> Callable[[int, Any], Outcome]:
    """Does its jobs until one that has the parent stopped by a signal."""

    def do(job: int, watch: Any) -> Outcome:
        if job == at:
            os.kill(os.getppid(), number)
            signal.pause()
        return FAILED if job == 1 else fine()

    return do


NAMES = {name: number for number, name in enumerate("abcd")}


def go(do: Callable[[int, Any], Outcome], **wishes: Any) -> tuple[int, list[bool]]:
    """The exit code of a run, and for each input whether the run before had done it."""
    known = []

    def job_of(one: Input, done: bool) -> int:
        known.append(done)
        return NAMES[one.source.name]

    return carry_out(inputs(*NAMES), job_of, do, how(at_once=1, **wishes)), known


@pytest.fixture
def heard() -> Iterator[None]:
    """Signals that act, though the tests may have been started in the background, where an interrupt is ignored."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    for number in before:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@linux
@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_run_that_is_stopped_says_how_far_it_got(
    heard: None, number: int, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(number)
    assert go(stopping(number, 2)) == (code, [False] * 4)
    assert capsys.readouterr().err == (
        "fine\nactionplan: Cannot read 'x': it is empty. Check it.\na\nnote\n"
        "actionplan: Interrupted: 2 of 4 plans are done, 1 written, 1 failed. What is written is whole; "
        "the same command with --resume goes on.\n"
    )
    assert signal.getsignal(number) == before
    assert [path.name for path in Path("out").iterdir()] == [JOURNAL]


@linux
def test_a_signal_that_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert go(lambda job, watch: os.kill(os.getppid(), signal.SIGHUP) or fine())[0] == 0
    finally:
        signal.signal(signal.SIGHUP, before)


@linux
def test_a_resumed_run_does_again_what_failed_and_what_was_not_done(
    heard: None, capsys: pytest.CaptureFixture[str]
) -> None:
    go(stopping(signal.SIGTERM, 3), quiet=True)
    capsys.readouterr()

    def do(job: int, watch: Any) -> Outcome:
        return Outcome("unchanged", source="a" * 64, plan="b" * 64, told=("unchanged",)) if job % 2 == 0 else fine()

    assert go(do, resume=True) == (0, [True, False, True, False])
    told = report()
    assert [record["status"] for record in told["inputs"]] == ["written"] * 4  # and unchanged since
    assert capsys.readouterr().err == "fine\nfine\n4 plans: 4 written (out/run.json)\n"
    assert not Path("out", JOURNAL).exists()


@linux
def test_what_changed_since_the_stop_is_reported_as_it_is_now(heard: None) -> None:
    go(stopping(signal.SIGTERM, 3), quiet=True)
    go(lambda job, watch: fine(source="e" * 64), resume=True, quiet=True)
    assert {record["source_sha256"] for record in report()["inputs"]} == {"e" * 64}


@linux
def test_without_resume_a_run_begins_anew(heard: None) -> None:
    go(stopping(signal.SIGTERM, 3), quiet=True)
    assert go(lambda job, watch: fine(), quiet=True) == (0, [False] * 4)
    assert go(lambda job, watch: fine(), quiet=True, resume=True) == (0, [False] * 4)  # the last one was not stopped


def test_a_journal_that_was_cut_off_or_is_strange_is_read_as_far_as_it_goes() -> None:
    Path("out").mkdir()
    one, two = inputs("a", "b")
    journal = Journal(Path("out"), resume=False)
    journal.note(record_of(one, Path("out"), fine(), 1))
    journal.note(record_of(two, Path("out"), fine(), 1))
    journal.close()
    whole = Path("out", JOURNAL).read_bytes()
    Path("out", JOURNAL).write_bytes(whole[:-20] + b'\n[]\n{"path": []}\nnull\n\xff\n{"path": "a", "status": 1')
    journal = Journal(Path("out"), resume=True)
    assert set(journal.before) == {"a"}
    journal.note(record_of(two, Path("out"), fine(), 1))
    journal.close()
    assert set(Journal(Path("out"), resume=True).before) == {"a", "b"}


def test_a_later_failure_outdoes_what_was_done() -> None:
    (one,) = inputs("a")
    journal = Journal(Path("out"), resume=False)
    journal.note(record_of(one, Path("out"), fine(), 1))
    journal.note(record_of(one, Path("out"), FAILED, 1))
    journal.close()
    assert Journal(Path("out"), resume=True).before == {}


def test_another_runs_journal_is_left_alone() -> None:
    first = Journal(Path("out"), resume=False)
    second = Journal(Path("out"), resume=False)
    first.remove()
    assert Path("out", JOURNAL).exists()
    second.remove()
    assert not Path("out", JOURNAL).exists()


def test_a_full_disk_ends_the_journal_and_not_the_run() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    journal = Journal(Path("out"), resume=False)
    journal._file = Path("/dev/full").open("wb")  # noqa: SIM115
    (one,) = inputs("a")
    journal.note(record_of(one, Path("out"), fine(), 1))
    journal.note(record_of(one, Path("out"), fine(), 1))
    journal.remove()


# --- the command, killed ---------------------------------------------------------------------------------------------


#: Extracts, and when the third plan is about to be written has what argv names killed.
KILLED = """
import os, signal, sys
from actionplan import job
from actionplan.command_line import main
real = job.write_folder
def write_folder(folder, files):
    if folder.name == "c.txt":
        files = dict(files)
        os.kill(os.getpid() if sys.argv[1] == "worker" else os.getppid(), signal.SIGKILL)
        signal.pause()
    real(folder, files)
job.write_folder = write_folder
sys.exit(main(["extract", "in", "--jobs", "1"]))
"""


def killed(which: str) -> subprocess.CompletedProcess[str]:
    Path("in").mkdir()
    for name in "abcd":
        Path(f"in/{name}.txt").write_text(PLAN)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", KILLED, which]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=60)


def statuses() -> list[str]:
    return [record["status"] for record in report()["inputs"]]


@linux
def test_a_worker_that_is_killed_costs_its_plan_alone() -> None:
    done = killed("worker")
    assert done.returncode == 1
    assert [line for line in done.stderr.splitlines() if line.startswith("actionplan:")] == [
        "actionplan: Cannot extract 'in/c.txt': the process that read it was killed from outside (SIGKILL), as where "
        "memory runs out. Try it again, with fewer --jobs, or with a lower --max-memory."
    ]
    assert [status == "failed" for status in statuses()] == [False, False, True, False]
    assert sorted(path.name for path in Path("out").iterdir()) == ["a.txt", "b.txt", "d.txt", REPORT]


@linux
def test_a_command_that_is_killed_is_gone_on_with() -> None:
    assert killed("parent").returncode == -signal.SIGKILL
    assert sorted(path.name for path in Path("out").iterdir()) == [JOURNAL, "a.txt", "b.txt"]
    times = {path: path.stat().st_mtime_ns for path in Path("out").rglob("*.json")}
    assert main(["extract", "in", "--resume", "--force", "--quiet"]) == 0
    assert {path: path.stat().st_mtime_ns for path in times} == times  # even --force does not do them again
    assert "unchanged" not in statuses()
    assert sorted(path.name for path in Path("out").iterdir()) == ["a.txt", "b.txt", "c.txt", "d.txt", REPORT]


# --- the words -------------------------------------------------------------------------------------------------------


@linux
def test_the_limits_that_are_set_are_those_that_hold(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text(PLAN)
    assert main(["extract", "a.txt", "--max-output", "1", "--timeout", "60.5", "--max-memory", "1000", "--quiet"]) == 0
    assert main(["extract", str(ROOT / "samples/recovery-plan-v3.pdf"), "--max-pages", "8", "--quiet"]) == 1
    assert capsys.readouterr().err.endswith(
        "recovery-plan-v3.pdf: it has 9 pages to read, and the limit is 8. "
        "Read some of them with --pages, or allow more with --max-pages 9.\n"
    )


@linux
def test_an_output_beyond_its_limit_is_not_written(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("a.txt").write_text(PLAN)
    monkeypatch.setattr(job, "files_of", lambda *_: {"plan.json": b"x" * (2 * MB + 1)})
    assert main(["extract", "a.txt", "--max-output", "2", "--quiet"]) == 1
    assert capsys.readouterr().err == (
        "actionplan: Cannot write 'a.txt': its files would have 2,000,001 bytes, and the limit is 2,000,000. "
        "Allow more with --max-output 3, or name fewer --formats.\n"
    )
    assert not Path("out").exists()


@pytest.mark.parametrize(
    "words",
    [["--jobs", "0"], ["--timeout", "0"], ["--timeout", "-1"], ["--timeout", "nan"], ["--max-memory", "1.5"]],
)
def test_no_limit_is_none(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "a.txt", *words]) == 2
    assert f"argument {words[0]}" in capsys.readouterr().err


# --- how far ---------------------------------------------------------------------------------------------------------


def clock(*times: float) -> Callable[[], float]:
    following: Iterator[float] = iter(times)
    return lambda: next(following)


@pytest.mark.parametrize(
    "outcomes, seconds, pace",
    [
        ([], 5, ""),
        ([fine()], 2, "30.0 a minute, 6 seconds left"),
        ([fine(), FAILED], 1, "1 failed, 2.0 a second, 1 second left"),
        ([fine()] * 4, 8, "30.0 a minute"),
    ],
)
def test_the_pace_is_told_as_far_as_it_is_known(outcomes: list[Outcome], seconds: float, pace: str) -> None:
    tally = Tally(4, clock(0, *[seconds] * 9))
    for outcome in outcomes:
        tally.count(outcome)
    assert tally.pace() == pace


def test_a_log_is_told_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    lines = LogLines(["a", "b"], lambda: now[0])
    assert lines.tick() == 30
    lines.ended(0, FAILED)
    now[0] = 29.0
    assert lines.tick() == 1
    now[0] = 30.0
    assert lines.tick() == 30
    assert capsys.readouterr().err == "1 of 2 plans done, 1 failed, 2.0 a minute, 30 seconds left\n"


def test_a_log_is_told_of_one_plan_only_that_it_takes_long(capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    lines = LogLines(["a.pdf"], lambda: now[0])
    lines.page(0, 1, 51)
    now[0] = 100.0
    lines.tick()
    assert capsys.readouterr().err == "a.pdf: reading 51 pages; this takes a while\n"


# --- patterns --------------------------------------------------------------------------------------------------------


@pytest.fixture
def tree(here: Path) -> Path:
    for name in (
        "a.pdf",
        "2019/b.pdf",
        "2019/x/c.pdf",
        "2019/notes.md",
        "2019/s.png",
        ".git/d.pdf",
        "~$a.pdf",
        "p[1].pdf",
    ):
        path = here / "plans" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return here


@pytest.mark.parametrize(
    "pattern, found",
    [
        ("plans/**/*.pdf", ["2019/b.pdf", "2019/x/c.pdf", "a.pdf", "p[1].pdf"]),
        ("plans/*.pdf", ["a.pdf", "p[1].pdf"]),
        ("plans/20*", ["2019/b.pdf", "2019/x/c.pdf"]),
        ("plans/*/*", ["2019/b.pdf", "2019/x/c.pdf"]),
        ("plans/*/*.png", ["2019/s.png"]),
        ("plans/?.pdf", ["a.pdf"]),
        ("plans/[ab].pdf", ["a.pdf"]),
        ("plans/**.pdf", ["a.pdf", "p[1].pdf"]),
        ("plans/**/b**", ["2019/b.pdf"]),
    ],
)
def test_a_pattern_names_what_matches_it(tree: Path, pattern: str, found: list[str]) -> None:
    assert inputs_of([Path(pattern)], Path("out")) == tuple(
        Input(Path("plans", name), Path("out", name)) for name in found
    )


def test_an_absolute_pattern_is_one_too(tree: Path) -> None:
    found = inputs_of([tree / "plans" / "a*"], Path("out"))
    assert found == (Input(tree / "plans" / "a.pdf", Path("out", "a.pdf")),)


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(tree: Path) -> None:
    assert not is_pattern(Path("plans/p[1].pdf"))
    assert inputs_of([Path("plans/p[1].pdf")], Path("out")) == (Input(Path("plans/p[1].pdf"), Path("out/p[1].pdf")),)


def test_a_pattern_that_nothing_matches_is_wrong_usage(tree: Path) -> None:
    with pytest.raises(UsageError) as told:
        inputs_of([Path("plans/*.docx")], Path("out"))
    assert str(told.value) == (
        "Nothing to read in 'plans/*.docx': no file that could be a plan matches it. Name another path"
    )
