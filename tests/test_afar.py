"""Plans that are elsewhere: what is fetched and put, in which order, and what a run that was cut off leaves."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from actionplan import extracting_afar
from actionplan.batch import afar, steward
from actionplan.batch.deaths import Death
from actionplan.batch.limits import USUAL, Limits
from actionplan.batch.pool import Ended
from actionplan.batch.steward import Stewards
from actionplan.command_line import main
from actionplan.inputs import UsageError
from actionplan.place import Url, place_of
from export.formats import FORMATS
from export.writing import WriteError

fsspec = pytest.importorskip("fsspec", reason="the extra actionplan[cluster] is not installed")

TEXT = "Improvement plan\nRef\tAction\tEnd date\tLead\tProgress\n{ref}\tAgree the plan\t31 Jan 25\tHM\tOn track\n"


class Here:
    """Does the jobs in this process, where no steward is what is tested."""

    def do(self, job: Any, do: Any, limits: Limits) -> Ended[Any]:
        return Ended(0, do(job, None), None, 0.0)

    def give_up(self) -> None:
        pass

    def end(self) -> None:
        pass


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """A store in this process's memory, with two plans below s/plans, where jobs are done in this process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(afar, "STEWARDS", Here())
    monkeypatch.setattr(extracting_afar, "STEWARDS", Here())
    found = fsspec.filesystem("memory")
    for name, ref in (("a b.txt", "1.1"), ("sub/c.txt", "2.1")):
        found.pipe_file(f"/s/plans/{name}", TEXT.format(ref=ref).encode())
    found.pipe_file("/s/plans/notes.md", b"no plan")
    found.pipe_file("/s/plans/.hidden/d.txt", b"hidden")
    yield found
    found.rm("/s", recursive=True)


def files(store: Any, below: str) -> dict[str, bytes]:
    return {name.removeprefix(below).lstrip("/"): store.cat_file(name) for name in sorted(store.find(below))}


def extract(*words: str) -> int:
    return main(["extract", "memory://s/plans", "--out", "memory://s/out", *words])


WRITTEN = (".actionplan.json", "actions.csv", "findings.csv", "people.csv", "plan.json")


def test_a_folder_elsewhere_is_read_and_written_as_one_here(store: Any, capsys: pytest.CaptureFixture[str]) -> None:
    store.get("/s/plans", "plans", recursive=True)
    assert main(["extract", "plans", "--out", "out", "--quiet"]) == 0
    assert extract() == 0
    said = capsys.readouterr().err
    assert "memory://s/plans/a b.txt: 1 action" in said
    assert "  written: memory://s/out/a b.txt/\n" in said
    assert said.endswith("2 plans: 2 written (memory://s/out/run.json)\n")
    here = {
        path.relative_to("out").as_posix(): path.read_bytes()
        for path in sorted(Path("out").rglob("*.*"))
        if path.is_file()
    }
    there = files(store, "/s/out")
    report = json.loads(there.pop("run.json"))
    here.pop("run.json")
    assert there == here
    assert sorted(there) == [f"{folder}/{name}" for folder in ("a b.txt", "sub/c.txt") for name in WRITTEN]
    assert [(one["path"], one["folder"], one["status"]) for one in report["inputs"]] == [
        ("memory://s/plans/a b.txt", "a b.txt", "written"),
        ("memory://s/plans/sub/c.txt", "sub/c.txt", "written"),
    ]


def test_what_is_unchanged_is_left_alone_and_not_put_again(store: Any, capsys: pytest.CaptureFixture[str]) -> None:
    extract("--quiet")
    made = {name: store.info(name)["created"] for name in store.find("/s/out") if "run.json" not in name}
    assert extract() == 0
    assert capsys.readouterr().err.splitlines()[-1] == "2 plans: 2 unchanged (memory://s/out/run.json)"
    assert {name: store.info(name)["created"] for name in made} == made


def test_the_note_goes_up_last_and_plan_json_before_it(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    put = afar.put
    monkeypatch.setattr(afar, "put", lambda place, content: (order.append(place.name), put(place, content))[1])
    assert main(["extract", "memory://s/plans/a b.txt", "--out", "memory://s/out", "--quiet"]) == 0
    assert order == ["actions.csv", "findings.csv", "people.csv", "plan.json", ".actionplan.json"]


@pytest.mark.parametrize("cut", range(4))
def test_a_run_that_is_cut_off_anywhere_is_made_whole_by_the_next(
    store: Any, monkeypatch: pytest.MonkeyPatch, cut: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """A new plan.json is never there before its other files; the next run ends with what a whole one gives."""
    one = ("extract", "memory://s/plans/a b.txt", "--out", "memory://s/out", "--quiet")
    main([*one])
    whole = files(store, "/s/out/a b.txt")
    store.pipe_file("/s/plans/a b.txt", TEXT.format(ref="9.9").encode())
    left = [cut]
    put = afar.put

    def failing(place: Url, content: bytes) -> None:
        if not left[0]:
            raise WriteError(f"Cannot write {str(place)!r}", "the store can't be reached", "Check the address")
        left[0] -= 1
        put(place, content)

    monkeypatch.setattr(afar, "put", failing)
    assert main([*one]) == 1
    assert "the store can't be reached" in capsys.readouterr().err
    between = files(store, "/s/out/a b.txt")
    assert between[".actionplan.json"] == whole[".actionplan.json"]
    assert (between["plan.json"] == whole["plan.json"]) is (cut < 3)
    monkeypatch.setattr(afar, "put", put)
    assert main([*one]) == 0
    healed = files(store, "/s/out/a b.txt")
    store.rm("/s/out", recursive=True)
    main([*one])
    assert healed == files(store, "/s/out/a b.txt")


CORRECTION = """\
[[value]]
field = "end"
ref = "1.1"
printed = "31 Jan 25"
text = "28 Feb 25"
author = "Ines Calder"
date = 2025-03-01
"""


def test_corrections_elsewhere_count_as_those_here(store: Any, capsys: pytest.CaptureFixture[str]) -> None:
    store.pipe_file("/s/plans/a b.txt.corrections.toml", CORRECTION.encode())
    store.get("/s/plans", "plans", recursive=True)
    assert main(["extract", "plans", "--out", "out", "--quiet"]) == 0
    assert extract("--quiet") == 0
    there = files(store, "/s/out")
    assert there["a b.txt/plan.json"] == Path("out/a b.txt/plan.json").read_bytes()
    assert b"2025-02-28" in there["a b.txt/plan.json"]
    assert main(["extract", "memory://s/plans/a b.txt", "--out", "memory://s/one", "--quiet"]) == 0
    assert files(store, "/s/one")["a b.txt/plan.json"] == there["a b.txt/plan.json"]
    assert extract("--quiet", "--no-corrections", "--force") == 0
    assert b"2025-02-28" not in store.cat_file("/s/out/a b.txt/plan.json")
    store.pipe_file("/s/plans/a b.txt.corrections.toml", b"[[value]")
    capsys.readouterr()
    assert extract("--quiet") == 2
    assert "Cannot use the corrections 'memory://s/plans/a b.txt.corrections.toml'" in capsys.readouterr().err


def test_a_note_that_names_other_files_is_not_followed(store: Any) -> None:
    extract("--quiet")
    note = json.loads(store.cat_file("/s/out/a b.txt/.actionplan.json"))
    note["files"]["../../../../etc/passwd"] = "0" * 64
    store.pipe_file("/s/out/a b.txt/.actionplan.json", json.dumps(note).encode())
    assert extract("--quiet") == 0


def test_from_here_to_there_and_back(store: Any) -> None:
    store.get("/s/plans", "plans", recursive=True)
    assert main(["extract", "plans", "--out", "memory://s/there", "--quiet"]) == 0
    assert main(["extract", "memory://s/plans", "--out", "here", "--quiet"]) == 0
    there = files(store, "/s/there")
    assert there["a b.txt/plan.json"] == Path("here/a b.txt/plan.json").read_bytes()
    note = json.loads(Path("here/a b.txt/.actionplan.json").read_text("utf-8"))
    assert note["place"] == "memory://s/plans/a b.txt"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["memory://s/none"], 1, "Cannot read 'memory://s/none': there is nothing at this address."),
        (["memory://s/plans/.hidden"], 2, "Nothing to read in 'memory://s/plans/.hidden': nothing"),
        (["nowhere://x/y"], 2, "Cannot read 'nowhere://x/y': protocol not known: nowhere."),
        (["ftp://ada:secret@host/plans"], 2, "Cannot use the ftp:// address: it holds a name, a password"),
        (["https://host/plan.pdf?X-Amz-Signature=secret"], 2, "Cannot use the https:// address: it holds a name"),
        (["memory://s/plans", "--pages", "1-2"], 2, "Cannot extract some pages of 2 documents"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_address_is_told_without_its_secrets(
    words: list[str], code: int, told: str, store: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    store.pipe_file("/s/plans/.hidden/e.md", b"")
    store.rm("/s/plans/.hidden/d.txt")
    assert main(["extract", *words, "--out", "memory://s/out"]) == code
    said = capsys.readouterr().err
    assert said.startswith(f"actionplan: {told}")
    assert "secret" not in said


def test_places() -> None:
    assert place_of("s3://bucket/a/b.pdf") == Url("s3://bucket/a/b.pdf")
    assert str(Url("s3://bucket") / "a b" / "c#d.pdf") == "s3://bucket/a b/c#d.pdf"
    assert str(Url("S3://bucket/x").parent) == "S3://bucket"
    assert (place_of("file:///srv/plans"), place_of("plans/a:b.pdf")) == (Path("/srv/plans"), Path("plans/a:b.pdf"))
    assert place_of("file://localhost/srv/plans") == Path("/srv/plans")
    with pytest.raises(UsageError):
        place_of("s3://key:secret@bucket/x")


@pytest.mark.parametrize("address", ["hdfs:///user/plans", "s3://"])
def test_an_address_without_a_store_is_not_taken_for_another_one(address: str) -> None:
    with pytest.raises(UsageError, match=r"it names no store: .*Name the bucket or host"):
        place_of(address)


def test_a_machine_with_another_version_reads_nothing(
    store: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(extracting_afar, "program_digest", lambda: "another")
    assert extract("--quiet") == 1
    assert capsys.readouterr().err.splitlines()[0] == (
        "actionplan: Cannot extract 'memory://s/plans/a b.txt': the machine that should read it has another version of "
        "actionplan. Install the same one on all of them."
    )
    assert list(files(store, "/s/out")) == ["run.json"]


def test_a_task_whose_machines_die_is_a_failure_of_its_own(
    store: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Cluster(ThreadPoolExecutor):
        def submit(self, do: Any, task: Any) -> Any:  # type: ignore[override]
            if task.source.name != "c.txt":
                return super().submit(do, task)
            lost: Future[Any] = Future()
            lost.set_exception(RuntimeError("KilledWorker"))
            return lost

    monkeypatch.setattr(extracting_afar, "ThreadPoolExecutor", Cluster)
    assert extract("--quiet") == 1
    assert "Cannot extract 'memory://s/plans/sub/c.txt': the process that read it was killed" in capsys.readouterr().err
    assert "a b.txt/plan.json" in files(store, "/s/out")


def test_the_formats_end_with_what_must_go_last() -> None:
    assert FORMATS["json"].files == ("plan.json",)


# Stewards, for real. What they do must be found by a new Python: these functions are, by PYTHONPATH.


def double(job: int, watch: object) -> int:
    print("what a job prints goes nowhere near the answers")
    return 2 * job


def hang(job: int, watch: object) -> None:
    signal.pause()


def die(job: int, watch: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_the_steward(job: int, watch: object) -> None:
    os.kill(os.getppid(), signal.SIGKILL)
    signal.pause()


@pytest.fixture
def stewards(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stewards]:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    found = Stewards()
    yield found
    found.end()


def test_a_steward_does_job_after_job_within_limits(stewards: Stewards) -> None:
    assert stewards.do(21, double, USUAL).value == 42
    assert stewards.do(1, hang, Limits(seconds=0.2)).death == Death("time")
    assert stewards.do(1, die, USUAL).death == Death("killed", "SIGKILL")
    assert stewards.do(4, double, USUAL).value == 8
    ended = stewards.do(1, kill_the_steward, USUAL)
    assert (ended.value, ended.death) == (None, Death("killed", "exit code -9"))
    assert stewards.do(5, double, USUAL).value == 10


def test_a_steward_ends_with_whoever_started_it_in_the_midst_of_a_job(
    stewards: Stewards, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = steward._started
    monkeypatch.setattr(steward, "_started", lambda: (started.append(start()), started[-1])[1])
    assert stewards.do(1, double, USUAL).value == 2
    (process,) = started
    steward.pickle.dump((1, hang, USUAL), process.stdin)  # type: ignore[arg-type]
    process.stdin.flush()  # type: ignore[union-attr]
    process.stdin.close()  # type: ignore[union-attr]
    begun = time.monotonic()
    assert process.wait(timeout=30) == 0
    assert time.monotonic() - begun < 30


def test_stewards_give_up_the_job_at_hand_and_take_no_other_until_they_have_ended(stewards: Stewards) -> None:
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(stewards.do, 1, double, USUAL).result().value == 2  # its steward is there and loaded
        hanging = thread.submit(stewards.do, 1, hang, USUAL)
        stewards.give_up()
        assert hanging.result(timeout=30).death is not None
        assert stewards.do(1, double, USUAL).death == Death("killed", "the run was stopped")
    stewards.end()
    assert stewards.do(3, double, USUAL).value == 6


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="this system has no groups of processes")
def test_an_interrupt_at_the_terminal_is_not_for_stewards(stewards: Stewards, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = steward._started
    monkeypatch.setattr(steward, "_started", lambda: (started.append(start()), started[-1])[1])
    assert stewards.do(1, double, USUAL).value == 2
    assert os.getpgid(started[0].pid) != os.getpgid(0)
