"""The worker: a process that does one job, tells its parent how far it is and how it ended, and is gone.

It has a session of its own, so that it can be ended with whatever it started, and it does not outlive its parent. It
prints nothing: what a library would say in it must not meddle with the command's data and messages.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import re
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import parent_process
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any, NoReturn

from msgspec import Struct

from actionplan.batch.deaths import Death
from actionplan.batch.limits import Limits, hold_memory, let_go_of_memory

#: What engines written in C++ say where memory is refused to them.
_NO_MEMORY = re.compile(
    r"bad_alloc|bad allocation|out of memory|cannot allocate memory|insufficient memory|failed to allocate"
    r"|failed to map segment|cannot map zero-fill pages"  # of a library that is loaded
    r"|can't start new thread",
    re.I,
)

_PR_SET_PDEATHSIG = 1


class Result(Struct, frozen=True):
    """What a job gave."""

    value: Any


class Page(Struct, frozen=True):
    """One more page has been read, of so many."""

    done: int
    of: int


class Read(Struct, frozen=True):
    """All has been read: so many rows, and characters that are not white space."""

    rows: int
    characters: int


class Teller:
    """Tells the parent how far the job is: the `watch` of the job."""

    def __init__(self, parent: Connection) -> None:
        self._parent = parent

    def page(self, done: int, of: int) -> None:
        """One more page has been read, of so many."""
        self._parent.send(Page(done, of))

    def document(self, rows: int, characters: int) -> None:
        """All has been read."""
        self._parent.send(Read(rows, characters))


def work(
    parent: Connection, do: Callable[[Any, Teller], Any], job: Any, limits: Limits, starter: int, temporary: Path
) -> None:
    """The whole life of a worker. `starter`: the parent's number; `temporary`: for such files."""
    try:
        _stand_alone(starter)
        _be_silent()
        os.environ["TMPDIR"] = tempfile.tempdir = str(temporary)
        gc.set_threshold(50_000, 20, 20)  # a plan is many small values that stay: looking less often saves a tenth
        told = _done(do, job, Teller(parent), limits)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    except ToldToEnd:
        _end_by(signal.SIGTERM)
    with contextlib.suppress(OSError):  # the parent is gone, or has given this worker up
        parent.send_bytes(told)
    os._exit(0)  # nothing that the job left behind, a thread say, can keep the process


def _done(do: Callable[[Any, Teller], Any], job: Any, teller: Teller, limits: Limits) -> memoryview:
    """What the job gave, or why it gave nothing, as it is sent: making that takes memory too."""
    try:
        hold_memory(limits.memory)
        told = ForkingPickler.dumps(Result(do(job, teller)))
    except ToldToEnd:
        raise
    except BaseException as error:
        let_go_of_memory()
        word = f"{type(error).__name__}: {error}"[:1000]
        return ForkingPickler.dumps(Death("memory") if out_of_memory(error) else Death("exit", word))
    return told if len(told) <= limits.output else ForkingPickler.dumps(Death("output", size=len(told)))


def out_of_memory(error: BaseException) -> bool:
    """Whether an error says that memory was refused: Python's own, or what a C++ engine's became."""
    return isinstance(error, MemoryError) or bool(_NO_MEMORY.search(str(error)))


class ToldToEnd(BaseException):
    """The parent wants no more: what is half written is taken back on the way out."""


def _stand_alone(starter: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    signal.signal(signal.SIGTERM, _stop)
    if sys.platform == "linux":
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        os.setsid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != starter:  # it ended before this was settled
            _end_by(signal.SIGKILL)
        with contextlib.suppress(OSError):  # where the whole machine runs out of memory, the worker goes first
            Path("/proc/self/oom_score_adj").write_text("500")
    else:
        threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _be_silent() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _end_with_the_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _stop(number: int, frame: object) -> NoReturn:
    raise ToldToEnd


def _end_by(number: int) -> NoReturn:
    """End as the signal would have ended this process."""
    signal.signal(number, signal.SIG_DFL) if number != signal.SIGKILL else None
    os.kill(os.getpid(), number)
    os._exit(1)
