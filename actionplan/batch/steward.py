"""A steward: a process without threads that runs the pool for one that has some, one job at a time.

Workers are forked, and a process with threads (one that talks to a store or a cluster) must not fork. So it starts a
steward, which is a new Python that has loaded what plans need, and hands it jobs: each is done in a worker of its own,
within its limits, as in any other run. A steward ends when whoever started it does, in the midst of a job too.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import select
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from actionplan.batch.deaths import Death
from actionplan.batch.limits import Limits
from actionplan.batch.pool import Ended, each_in_a_worker
from actionplan.batch.progress import Silence
from actionplan.batch.stopping import Stop, Stopped

_PROGRAM = "from actionplan.batch.steward import serve; serve()"


class Stewards:
    """The stewards of this process: as many as jobs are done at once, each started when it is first needed."""

    def __init__(self) -> None:
        self._free: queue.LifoQueue[subprocess.Popen[bytes]] = queue.LifoQueue()
        self._all: set[subprocess.Popen[bytes]] = set()
        self._wanted = True
        self._starting = threading.Lock()

    def do(self, job: Any, do: Callable[[Any, Any], Any], limits: Limits) -> Ended[Any]:
        """Do one job, in a worker of a steward that is free, and wait for it."""
        with self._one() as steward:
            if steward is None:
                return Ended(0, None, Death("killed", "the run was stopped"), 0.0)
            assert steward.stdin is not None
            assert steward.stdout is not None
            try:
                pickle.dump((job, do, limits), steward.stdin)
                steward.stdin.flush()
                ended: Ended[Any] = pickle.load(steward.stdout)
            except (OSError, EOFError, ValueError, pickle.UnpicklingError):  # it is dead, or is to give up
                return Ended(0, None, Death("killed", f"exit code {_end(steward)}"), 0.0)
            return ended

    @contextlib.contextmanager
    def _one(self) -> Iterator[subprocess.Popen[bytes] | None]:
        """A steward that is free; None where no job is wanted any more."""
        with self._starting:
            steward = self._found() if self._wanted else None
        try:
            yield steward
        except BaseException:
            if steward:
                _end(steward)
            raise
        if steward and steward.poll() is None:
            self._free.put(steward)
        elif steward:
            self._all.discard(steward)

    def _found(self) -> subprocess.Popen[bytes]:
        try:
            return self._free.get_nowait()
        except queue.Empty:
            steward = _started()
            self._all.add(steward)
            return steward

    def give_up(self) -> None:
        """No job is wanted any more, those at hand included: each ends soon, with a death."""
        with self._starting:
            self._wanted = False
            for steward in tuple(self._all):
                _let_go(steward.stdin)

    def end(self) -> None:
        """Let all of them go, once nobody waits for a job; later jobs get new ones."""
        self.give_up()
        while self._all:
            _end(self._all.pop())
        self._free, self._wanted = queue.LifoQueue(), True


def serve() -> None:
    """The life of a steward: a job on stdin, its end on stdout, until stdin is closed."""
    from actionplan.batch.loading_ahead import READERS, load_ahead

    jobs, ends = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # what a library reads or prints must not meddle with the jobs
    os.dup2(2, 1)
    load_ahead(Path(f"plan{suffix}") for suffix in READERS)
    while (job := _next(jobs)) is not None:
        thing, do, limits = job
        try:
            (ended,) = each_in_a_worker([thing], do, 1, limits, Silence(), _Alone(jobs))
        except Stopped:
            return
        pickle.dump(ended, ends)
        ends.flush()


def _next(jobs: IO[bytes]) -> Any:
    try:
        return pickle.load(jobs)
    except EOFError:
        return None


class _Alone(Stop):
    """Ends the job at hand when nobody is left who wants it: there is more on stdin only when it is closed."""

    def __init__(self, jobs: IO[bytes]) -> None:
        super().__init__()
        self.handle = self._jobs = jobs.fileno()

    def check(self) -> None:
        """Raises Stopped where stdin has been closed."""
        if select.select([self._jobs], [], [], 0)[0]:
            raise Stopped(0)


def _started() -> subprocess.Popen[bytes]:
    home = str(Path(__file__).parents[2])
    paths = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": paths}
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", _PROGRAM]
    # In a group of its own: Ctrl-C is for whoever started it to hear.
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment, start_new_session=True)


def _end(steward: subprocess.Popen[bytes]) -> int:
    _let_go(steward.stdin)
    _let_go(steward.stdout)
    return steward.wait()


def _let_go(stream: IO[bytes] | None) -> None:
    with contextlib.suppress(OSError):
        if stream:
            stream.close()
