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

    def do(self, job: Any, do: Callable[[Any, Any], Any], limits: Limits) -> Ended[Any]:
        """Do one job, in a worker of a steward that is free, and wait for it."""
        with self._one() as steward:
            assert steward.stdin is not None
            assert steward.stdout is not None
            try:
                pickle.dump((job, do, limits), steward.stdin)
                steward.stdin.flush()
                ended: Ended[Any] = pickle.load(steward.stdout)
            except (OSError, EOFError, pickle.UnpicklingError):
                return Ended(0, None, Death("killed", f"exit code {_end(steward)}"), 0.0)
            return ended

    @contextlib.contextmanager
    def _one(self) -> Iterator[subprocess.Popen[bytes]]:
        try:
            steward = self._free.get_nowait()
        except queue.Empty:
            steward = _started()
        try:
            yield steward
        except BaseException:
            _end(steward)
            raise
        if steward.poll() is None:
            self._free.put(steward)

    def end(self) -> None:
        """Let all of them go that have nothing to do."""
        with contextlib.suppress(queue.Empty):
            while True:
                _end(self._free.get_nowait())


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
    return subprocess.Popen([sys.executable, "-c", _PROGRAM], stdin=pipe, stdout=pipe, env=environment)


def _end(steward: subprocess.Popen[bytes]) -> int:
    for stream in (steward.stdin, steward.stdout):
        with contextlib.suppress(OSError):
            if stream:
                stream.close()
    return steward.wait()
