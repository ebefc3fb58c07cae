"""The pool: each job in a worker process of its own, which this process watches while it does nothing else.

On Linux a worker is forked, which takes milliseconds, from a parent that has no threads and has loaded no engine; what
the parent has loaded the worker has too. Elsewhere a new Python is started for each.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct

from actionplan.batch.deaths import Death
from actionplan.batch.limits import Limits
from actionplan.batch.stopping import Stop
from actionplan.batch.worker import Page, Read, Result, work
from export.passing_folders import clear_leftovers, passing_folder
from export.writing import WriteError

Job = TypeVar("Job")
Value = TypeVar("Value")

START = "fork" if sys.platform == "linux" else "spawn"
#: How long a worker that is told to stop may take to take back what it has half written.
GRACE = 0.5
#: How long a worker's end may go unseen where something that it started holds its pipes.
LOOK_AGAIN = 5.0
#: How the name of a run's folder for temporary files begins.
TEMPORARY = "actionplan-run-"


class Watcher(Protocol):
    """Who is told how far the jobs are, each by its number."""

    def begun(self, number: int) -> None:
        """A job has begun."""

    def page(self, number: int, done: int, of: int) -> None:
        """One more page of it has been read."""

    def document(self, number: int, rows: int, characters: int) -> None:
        """All of it has been read."""

    def tick(self) -> float:
        """Time has passed; in how many seconds to be told again."""


class Ended(Struct, Generic[Value], frozen=True):
    """A job's end: its number (from 0), what it gave or why it gave nothing, and how long it took."""

    number: int
    value: Value | None
    death: Death | None
    seconds: float


class _Worker(Struct):
    number: int
    process: BaseProcess
    messages: Connection
    temporary: Path
    begun: float
    pages: int = 0
    told: Result | Death | None = None

    def ended(self, now: float) -> Ended[Any]:
        """Its end; to be asked once it is stopped."""
        value = self.told.value if isinstance(self.told, Result) else None
        death = None if isinstance(self.told, Result) else self.told or _death(self.process.exitcode)
        return Ended(self.number, value, death, now - self.begun)


def each_in_a_worker(
    jobs: Iterable[Job],
    do: Callable[[Job, Any], Value],
    at_once: int,
    limits: Limits,
    watcher: Watcher,
    stop: Stop | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Ended[Value]]:
    """Do each job, so many at once, and give each one's end as it comes; close this to stop them all.

    `do(job, watch)` is done in the worker; job and value are pickled on their way. It must not count on anything that
    is not in the job. No worker is left when this ends, however it ends. Raises Stopped when `stop` says so.
    """
    stop = stop or Stop()
    with temporary_folder() as temporary, contextlib.ExitStack() as stack:
        running: list[_Worker] = []
        stack.callback(_stop, running)
        waiting = enumerate(jobs)
        held = next(waiting, None)
        while held or running:
            while held and len(running) < at_once:
                number, job = held
                sys.stdout.flush()  # a fork does it first, and where that fails it is no failure to fork
                try:
                    running.append(_started(number, job, do, limits, temporary, clock()))
                    watcher.begun(number)
                except OSError as error:  # the system gives no more processes now
                    if running:
                        break
                    yield Ended(number, None, Death("start", (error.strerror or str(error)).lower()), 0.0)
                held = next(waiting, None)
            _wait(running, limits, watcher.tick(), clock(), stop)
            stop.check()
            for worker in tuple(running):
                if _over(worker, limits, watcher, clock()):
                    late = isinstance(worker.told, Death) and worker.told.cause == "time"
                    _stop([worker], GRACE if late else 0.0)
                    running.remove(worker)
                    yield worker.ended(clock())


def _started(number: int, job: Any, do: Any, limits: Limits, temporary: Path, now: float) -> _Worker:
    context: Any = get_context(START)
    here, there = context.Pipe(duplex=False)
    folder = temporary / str(number)
    folder.mkdir(exist_ok=True)  # where it could not be started before
    process = context.Process(target=work, args=(there, do, job, limits, os.getpid(), folder))
    try:
        process.start()
    except OSError:
        here.close()
        raise
    finally:
        there.close()  # so that the worker's is the only one, and its end is the end of the messages
    return _Worker(number, process, here, folder, now)


def _wait(running: list[_Worker], limits: Limits, tick: float, now: float, stop: Stop) -> None:
    """Until a worker says something or ends, the first one's time is up, the watcher wants to be told, or all stops."""
    if running:
        first = min(worker.begun + limits.time(worker.pages) for worker in running)
        things: list[Any] = [thing for worker in running for thing in (worker.messages, worker.process.sentinel)]
        things += [stop.handle] if stop.handle is not None else []
        wait(things, max(0.0, min(first - now, tick, LOOK_AGAIN)))


def _over(worker: _Worker, limits: Limits, watcher: Watcher, now: float) -> bool:
    """Hear what a worker has to say; whether it is over, by its own word, by its end or by its time."""
    over = worker.process.exitcode is not None  # asked first: what it said before its end is still there to hear
    try:
        while worker.told is None and worker.messages.poll():
            match worker.messages.recv():
                case Page(done, of):
                    worker.pages = of
                    watcher.page(worker.number, done, of)
                case Read(rows, characters):
                    watcher.document(worker.number, rows, characters)
                case Result() | Death() as told:
                    worker.told = told
    except Exception:  # cut off, or no message of ours: how it ended says more
        over = True
    if worker.told is None and not over and now - worker.begun >= limits.time(worker.pages):
        worker.told = Death("time", pages=worker.pages)
    return over or worker.told is not None


def _stop(workers: list[_Worker], grace: float = GRACE) -> None:
    """End workers and all that they started: asked first, where there is time for it, then made to."""
    if grace:
        for worker in workers:
            _signal(worker, signal.SIGTERM)
        until = time.monotonic() + grace
        asked = [worker.process.sentinel for worker in workers]
        while asked and (left := until - time.monotonic()) > 0:
            asked = [one for one in asked if one not in wait(asked, left)]
    for worker in workers:
        _signal(worker, signal.SIGKILL)
        worker.process.join()
        worker.messages.close()
        shutil.rmtree(worker.temporary, ignore_errors=True)


def _signal(worker: _Worker, number: int) -> None:
    """To the worker and all that it started; to itself alone where it has no group of its own (yet)."""
    pid = worker.process.pid
    if pid is None:
        return
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(pid, number)
            return
    if worker.process.exitcode is None:
        worker.process.terminate() if number == signal.SIGTERM else worker.process.kill()


def _death(code: int | None) -> Death:
    if code is not None and code < 0:
        name = signal.Signals(-code).name if -code in signal.valid_signals() else f"signal {-code}"
        return Death("killed" if -code in (signal.SIGKILL, signal.SIGTERM) else "crash", name)
    return Death("exit", f"exit code {code}")


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder for temporary files, gone afterwards; those of dead runs are cleared away. Raises WriteError."""
    with contextlib.ExitStack() as stack:
        try:
            home = Path(tempfile.gettempdir())
            clear_leftovers(home, TEMPORARY)
            folder = stack.enter_context(passing_folder(home, TEMPORARY, 0o700))
        except OSError as error:
            cause = (error.strerror or str(error)).lower()
            hint = "Make room, or name a folder that has some in the variable TMPDIR"
            raise WriteError("Cannot make a folder for temporary files", cause, hint) from error
        yield folder
