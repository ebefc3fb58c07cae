"""The pool: what a worker that misbehaves costs, and that none is left behind. Real processes, real signals."""

import ctypes
import faulthandler
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

from actionplan.batch import pool, worker
from actionplan.batch.deaths import Death, error_of
from actionplan.batch.limits import MB, USUAL, Limits
from actionplan.batch.pool import Ended, each_in_a_worker
from actionplan.batch.worker import out_of_memory
from export.writing import WriteError

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and orphans are held by Linux")


class Log:
    """A watcher that keeps what it is told."""

    def __init__(self) -> None:
        self.heard: list[tuple[Any, ...]] = []

    def begun(self, number: int) -> None:
        self.heard.append(("begun", number))

    def page(self, number: int, done: int, of: int) -> None:
        self.heard.append(("page", number, done, of))

    def document(self, number: int, rows: int, characters: int) -> None:
        self.heard.append(("document", number, rows, characters))

    def tick(self) -> float:
        return 60.0


def ends(jobs: list[Any], do: Callable[[Any, Any], Any], at_once: int = 2, limits: Limits = USUAL) -> list[Ended]:
    found = list(each_in_a_worker(jobs, do, at_once, limits, Log()))
    return sorted(found, key=lambda end: end.number)


def given(found: list[Ended]) -> list[Any]:
    return [end.value if end.death is None else end.death for end in found]


def double(job: int, watch: Any) -> tuple[int, int]:
    return job * 2, os.getpid()


def test_each_job_has_a_process_of_its_own_and_gives_its_value() -> None:
    values = given(ends([1, 2, 3], double))
    assert [value[0] for value in values] == [2, 4, 6]
    assert len({os.getpid(), *(value[1] for value in values)}) == 4


def test_the_watcher_is_told_in_order() -> None:
    def told(job: int, watch: Any) -> None:
        watch.page(1, 2)
        watch.page(2, 2)
        watch.document(10, 500)

    log = Log()
    list(each_in_a_worker([0], told, 1, Limits(), log))
    assert log.heard == [("begun", 0), ("page", 0, 1, 2), ("page", 0, 2, 2), ("document", 0, 10, 500)]


def hang(job: Any, watch: Any) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        signal.pause()


def segfault(job: Any, watch: Any) -> None:
    faulthandler.disable()
    ctypes.string_at(0)


def explode(job: Any, watch: Any) -> int:
    return len(b"x" * (400 * MB))


def recurse(job: Any, watch: Any) -> Any:
    raise RecursionError("too deep")


MISBEHAVIOUR: list[tuple[Callable[[Any, Any], Any], Death]] = [
    (hang, Death("time")),
    (segfault, Death("crash", "SIGSEGV")),
    (explode, Death("memory")),
    (lambda job, watch: os.kill(os.getpid(), signal.SIGKILL), Death("killed", "SIGKILL")),
    (lambda job, watch: os._exit(3), Death("exit", "exit code 3")),
    (lambda job, watch: sys.exit(4), Death("exit", "SystemExit: 4")),
    (lambda job, watch: os.abort(), Death("crash", "SIGABRT")),
    (recurse, Death("exit", "RecursionError: too deep")),
]


@pytest.mark.parametrize("do, death", MISBEHAVIOUR, ids=[death.word or death.cause for _, death in MISBEHAVIOUR])
def test_a_job_that_misbehaves_costs_itself_alone(do: Callable[[Any, Any], Any], death: Death) -> None:
    def one_is_bad(job: int, watch: Any) -> Any:
        return do(job, watch) if job == 1 else job

    limits = Limits(seconds=0.3 if death.cause == "time" else 60, memory=300 * MB)
    assert given(ends([0, 1, 2, 3], one_is_bad, limits=limits)) == [0, death, 2, 3]


def test_memory_below_the_limit_is_given() -> None:
    assert given(ends([0], explode, limits=USUAL)) == [400 * MB]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux alone")
@pytest.mark.parametrize(("wanted", "gave"), [(80 * MB, 80 * MB), (130 * MB, Death("memory"))])
def test_what_the_parent_holds_is_not_the_document_s(wanted: int, gave: object) -> None:
    others = b"x" * (200 * MB)
    got = given(ends([wanted], lambda job, watch: len(b"x" * job), limits=Limits(memory=100 * MB)))
    assert (len(others), got) == (200 * MB, [gave])


def test_a_core_dump_is_never_left() -> None:
    import resource

    assert given(ends([0], lambda job, watch: resource.getrlimit(resource.RLIMIT_CORE)[0])) == [0]


def test_each_page_gives_more_time_unless_a_time_is_given() -> None:
    assert [Limits().time(pages) for pages in (0, 1, 100, 10_000)] == [600, 630, 3600, 7200]
    assert [Limits(seconds=5).time(pages) for pages in (0, 100)] == [5, 5]


def test_a_worker_that_is_told_to_stop_takes_back_what_is_half_written(tmp_path: Path) -> None:
    def half(job: Any, watch: Any) -> None:
        (tmp_path / "half").touch()
        try:
            signal.pause()
        finally:
            (tmp_path / "half").rename(tmp_path / "taken back")

    assert given(ends([0], half, limits=Limits(seconds=0.3))) == [Death("time")]
    assert [path.name for path in tmp_path.iterdir()] == ["taken back"]


def test_a_worker_that_is_told_to_end_as_it_begins_says_nothing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    real = worker._stand_alone

    def ended_at_once(starter: int) -> None:
        real(starter)
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(worker, "_stand_alone", ended_at_once)
    assert given(ends([0], double)) == [Death("killed", "SIGTERM")]
    assert capfd.readouterr() == ("", "")


def test_a_worker_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    def chatty(job: int, watch: Any) -> int:
        return os.write(1, b"from a library") + os.write(2, b"and more")

    assert given(ends([0], chatty)) == [22]
    assert capfd.readouterr() == ("", "")


def holding(read: int, write: int, then: Callable[[], Any], job: Any, watch: Any) -> None:
    """Start a process that never ends; both hold `write`, which tells when they are gone."""
    if os.fork() == 0:
        signal.pause()
    os.write(write, b"x")
    then()


@pytest.mark.parametrize("then", [signal.pause, lambda: None, lambda: os._exit(1)], ids=["hangs", "ends", "dies"])
def test_what_a_worker_started_goes_with_it(then: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "LOOK_AGAIN", 0.05)
    read, write = os.pipe()
    ends([0], partial(holding, read, write, then), limits=Limits(seconds=0.5))
    os.close(write)
    assert os.read(read, 10) == b"x"
    assert os.read(read, 10) == b""  # returns when the last one that holds the other end is gone
    os.close(read)


def test_closing_early_stops_all(tmp_path: Path) -> None:
    read, write = os.pipe()

    def first_ends(job: int, watch: Any) -> int:
        if job:
            os.write(write, b"x")
            signal.pause()
        else:
            os.read(read, 1)  # the other one is under way
        return job

    with closing(each_in_a_worker([0, 1, 2], first_ends, 2, Limits(), Log())) as running:  # type: ignore[type-var]
        assert next(running).number == 0
    os.close(write)
    assert os.read(read, 10) in (b"", b"x")
    assert os.read(read, 10) == b""
    os.close(read)


#: Runs a pool whose two workers write a byte to a pipe and never end.
POOL = """
import os, signal, sys
sys.path.insert(0, "tests")
from actionplan.batch.limits import Limits
from actionplan.batch.pool import each_in_a_worker
from test_batch_pool import Log
def never(job, watch):
    os.write(int(sys.argv[1]), b"x")
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        signal.pause()
list(each_in_a_worker([0, 1], never, 2, Limits(), Log()))
"""


def test_no_worker_outlives_a_parent_that_is_killed(tmp_path: Path) -> None:
    read, write = os.pipe()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", POOL, str(write)]
    parent = subprocess.Popen(command, env=environment, pass_fds=[write], cwd=ROOT)
    os.close(write)
    assert [os.read(read, 1), os.read(read, 1)] == [b"x", b"x"]
    parent.kill()
    assert parent.wait() == -signal.SIGKILL
    assert os.read(read, 1) == b""
    os.close(read)
    (left,) = tmp_path.iterdir()  # is cleared away by the next run, once the last worker has let go of it
    import fcntl

    lock = os.open(left, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    os.close(lock)
    tempfile.tempdir = str(tmp_path)
    try:
        ends([1], double)
    finally:
        tempfile.tempdir = None
    assert list(tmp_path.iterdir()) == []


def test_a_worker_has_a_folder_for_its_temporary_files() -> None:
    def litter(job: int, watch: Any) -> tuple[str, int]:
        handle, path = tempfile.mkstemp()
        os.close(handle)
        return path, Path(path).parent.parent.stat().st_mode & 0o777

    (path, mode), (other, _) = given(ends([0, 1], litter))
    assert Path(path).parent != Path(other).parent
    assert not Path(path).parent.parent.exists()
    assert mode == 0o700


def test_no_room_for_temporary_files_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "gettempdir", none)
    with pytest.raises(WriteError) as told:
        ends([0], double)
    assert str(told.value) == (
        "Cannot make a folder for temporary files: no usable temporary directory found. "
        "Make room, or name a folder that has some in the variable TMPDIR"
    )


def test_no_process_to_be_had_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(pool, "_started", none)
    assert given(ends([0, 1], double)) == [Death("start", "resource temporarily unavailable")] * 2


def test_a_job_that_gets_no_process_gets_one_when_another_job_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    start, asked = BaseProcess.start, []

    def scarce(process: BaseProcess) -> None:
        asked.append(process)
        if len(asked) == 2:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        start(process)

    monkeypatch.setattr(BaseProcess, "start", scarce)
    assert [value[0] for value in given(ends([1, 2, 3], double))] == [2, 4, 6]
    assert len(asked) == 4


def test_a_spawned_worker_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "START", "spawn")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), str(ROOT / "tests")]))
    (value,) = given(ends([4], double))
    assert value[0] == 8
    assert value[1] != os.getpid()


@pytest.mark.parametrize(
    "error, out",
    [
        (MemoryError(), True),
        (RuntimeError("std::bad_alloc"), True),
        (RuntimeError("[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : bad allocation"), True),
        (ValueError("OpenCV: (-4:Insufficient memory) Failed to allocate 1000 bytes"), True),
        (OSError(12, "Cannot allocate memory"), True),
        (ImportError("numpy/_core.so: failed to map segment from shared object"), True),
        (ImportError("cv2/cv2.abi3.so: cannot map zero-fill pages"), True),
        (RuntimeError("can't start new thread"), True),
        (ValueError("a bad allocator"), False),
        (ValueError("memory"), False),
        (KeyError("row"), False),
    ],
)
def test_memory_that_was_refused_is_told_by_any_engine(error: BaseException, out: bool) -> None:
    assert out_of_memory(error) == out


#: Each of them as it is told where --jobs says how many there are at once.
WHY = [
    (Death("time"), "it took more than 7.5 seconds. Give it longer with --timeout 30, or split it"),
    (Death("memory"), "it needs more than 4,000 MB of memory. Allow more with --max-memory 8000, or split it"),
    (Death("killed", "SIGKILL"), "the process that read it was killed from outside (SIGKILL), as where memory runs "
     "out. Try it again, with fewer --jobs, or with a lower --max-memory"),
    (Death("crash", "SIGSEGV"), "the process that read it crashed (SIGSEGV). It may be damaged (open it in a viewer "
     "and save it again), or need more memory than --max-memory 4000 allows"),
    (Death("exit", "exit code 3"), "the process that read it ended (exit code 3). It may need more memory than "
     "--max-memory 4000 allows; else please report this message"),
    (Death("output", size=500_000_001), "it gives 500,000,001 bytes to write, and the limit is 500,000,000. Allow more "
     "with --max-output 501, or split it"),
    (Death("start", "no room"), "no process could be started for it (no room). Try it again, with fewer --jobs"),
]  # fmt: skip


@pytest.mark.parametrize("death, why", WHY, ids=[death.cause for death, _ in WHY])
def test_an_error_names_the_limit_and_what_to_try(death: Death, why: str) -> None:
    limits = Limits(seconds=7.5)
    assert str(error_of(death, "Cannot extract 'a.pdf'", limits, jobs=True)) == f"Cannot extract 'a.pdf': {why}"
    alone = why.replace(", with fewer --jobs", "")
    assert str(error_of(death, "Cannot read 'a.pdf'", limits)) == f"Cannot read 'a.pdf': {alone}"
