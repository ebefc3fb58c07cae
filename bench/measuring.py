"""How long something takes, and how much memory a command needs."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

from msgspec import Struct

ROOT = Path(__file__).parents[1]


class Measured(Struct, frozen=True):
    """Seconds of each run; `memory`: the most of it that a process held, in MiB, where one was started."""

    seconds: tuple[float, ...]
    memory: float | None = None

    @property
    def fastest(self) -> float:
        """The run that the rest of the machine disturbed least: noise only ever adds."""
        return min(self.seconds)


def in_process(rounds: int, *jobs: Callable[[], object]) -> tuple[Measured, ...]:
    """Each job in turn, `rounds` times over, so that a slow moment of the machine meets all of them.

    A first round that is not counted pays for what is imported and kept.
    """
    seconds: list[list[float]] = [[] for _ in jobs]
    for number in range(rounds + 1):
        for job, spent in zip(jobs, seconds, strict=True):
            gc.collect()
            begun = time.perf_counter()
            job()
            if number:
                spent.append(time.perf_counter() - begun)
    return tuple(Measured(tuple(spent)) for spent in seconds)


def forked(rounds: int, *jobs: Callable[[], object]) -> tuple[Measured, ...]:
    """Each job in turn, `rounds` times over, each run in a copy of this process: none profits from what another kept.

    What all of them need is to be imported, and used once on something else, before.
    """
    seconds: list[list[float]] = [[] for _ in jobs]
    for _ in range(rounds):
        for job, spent in zip(jobs, seconds, strict=True):
            spent.append(forked_answer(partial(seconds_of, job)))
    return tuple(Measured(tuple(spent)) for spent in seconds)


def seconds_of(job: Callable[[], object]) -> float:
    """How long a job takes."""
    begun = time.perf_counter()
    job()
    return time.perf_counter() - begun


def forked_answer(job: Callable[[], float]) -> float:
    """What a job gives in a copy of this process."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        _answer(job, theirs)
    os.close(theirs)
    with os.fdopen(ours) as told:
        answer = told.read()
    os.waitpid(child, 0)
    if not answer:
        raise SystemExit("A run failed: what it said stands above")
    return float(answer)


def _answer(job: Callable[[], float], where: int) -> NoReturn:
    """Do a job, write what it gives, and end this process, come what may."""
    try:
        os.write(where, str(job()).encode())
    except BaseException:
        traceback.print_exc()
    os._exit(0)


def cold(rounds: int, *commands: Sequence[str]) -> tuple[Measured, ...]:
    """Each command as a process of its own, in turn, `rounds` times over after one that is not counted.

    Call this before anything large is imported here: on Linux a process counts as its own what its parent held.
    """
    runs: list[list[tuple[float, float]]] = [[] for _ in commands]
    for number in range(rounds + 1):
        for command, spent in zip(commands, runs, strict=True):
            run = one_run(command)
            if number:
                spent.append(run)
    return tuple(Measured(tuple(s for s, _ in spent), max(m for _, m in spent)) for spent in runs)


def one_run(command: Sequence[str]) -> tuple[float, float]:
    """Seconds and peak memory (MiB) of one run of a Python program; its arguments are what follows `python`."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has its byte code
    begun = time.perf_counter()
    started = subprocess.Popen([sys.executable, *command], env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(started.pid, 0)
    spent = time.perf_counter() - begun
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode != 0:
        raise SystemExit(f"The command failed: python {' '.join(command)}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes there, KiB on Linux
    return spent, usage.ru_maxrss / unit
