"""How fast many plans are read: one at a time and two at once, what a worker adds, and what the parent holds."""

from __future__ import annotations

import resource
import sys
import tempfile
import tracemalloc
from pathlib import Path
from typing import Any

from msgspec import Struct

from actionplan.batch.limits import USUAL
from actionplan.batch.loading_ahead import load_ahead
from actionplan.batch.outcome import Outcome
from actionplan.batch.pool import each_in_a_worker
from actionplan.batch.progress import Silence
from actionplan.batch.run import How, carry_out
from actionplan.inputs import Input, inputs_of
from actionplan.job import Job, Wishes, extract_one
from bench.measuring import ROOT, one_run
from normalise.pinned import NOTHING_PINNED

#: How many plans; and how many of them are also read in this process, to see what a worker adds.
PLANS, IN_PROCESS = 2_000, 100

TABLE = """
## Many plans

{plans:,} small variations of the samples' text dumps in one command: `actionplan extract FOLDER --jobs N`.

| jobs | time | a plan | speed | memory of the largest process |
| ---: | ---: | ---: | ---: | ---: |
"""

WORKER = """
A worker of its own adds {added:.0f} ms of processor time to a plan: {in_worker:.0f} ms in a worker against
{in_process:.0f} ms in one process, over {number} of them. An empty job takes {empty:.0f} ms. The process that starts
them holds {held:.1f} KB a plan.
"""


class Costs(Struct, frozen=True):
    """Seconds of processor time a plan."""

    in_process: float
    in_worker: float
    empty: float


def batching_table(plans: int = PLANS) -> str:
    """The section of the report."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        write_plans(home / "plans", plans)
        lines, first = [], 0.0
        for jobs in (1, 2):
            out = home / f"out{jobs}"
            command = ("-m", "actionplan", "extract", str(home / "plans"), "--out", str(out), "--jobs", str(jobs))
            seconds, memory = one_run((*command, "--quiet"))
            first = first or seconds
            cells = (str(jobs), f"{seconds:.1f} s", f"{seconds / plans * 1000:.0f} ms", f"{first / seconds:.2f}")
            lines.append(f"| {' | '.join(cells)} | {memory:.0f} MiB |\n")
        costs = costs_of(home, min(plans, IN_PROCESS))
        held = held_a_plan(home)
    said = WORKER.format(
        number=min(plans, IN_PROCESS),
        held=held / 1000,
        added=(costs.in_worker - costs.in_process) * 1000,
        in_worker=costs.in_worker * 1000,
        in_process=costs.in_process * 1000,
        empty=costs.empty * 1000,
    )
    return TABLE.format(plans=plans) + "".join(lines) + said


def write_plans(folder: Path, number: int) -> None:
    """So many text dumps, each a sample with a line of its own."""
    folder.mkdir()
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "samples").glob("*.txt"))]
    for at in range(number):
        (folder / f"plan-{at:05}.txt").write_text(f"{texts[at % len(texts)]}\nCopy {at}\n", "utf-8")


def costs_of(home: Path, number: int) -> Costs:
    """What a plan costs in one process and in a worker, everything that both need being loaded."""
    wishes = Wishes(home / "costs", force=True)
    inputs = inputs_of([home / "plans"], home / "costs")[:number]
    jobs = [Job(one, wishes, NOTHING_PINNED) for one in inputs]
    load_ahead(one.source for one in inputs)
    begun = _processor_time()
    for job in jobs:
        extract_one(job)
    in_process = _processor_time() - begun
    return Costs(in_process / number, _in_workers(jobs, extract_one) / number, _in_workers(jobs, _nothing) / number)


def held_a_plan(home: Path) -> float:
    """How many bytes the process that starts the workers has come to hold for each plan when it is over."""
    tracemalloc.start()
    inputs = inputs_of([home / "plans"], home / "held")
    how = How(home / "held", 2, USUAL, quiet=True, reported=True)
    carry_out(inputs, lambda one, done: one, _noted, how)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / len(inputs)


def _noted(one: Input, watch: object) -> Outcome:
    return Outcome(
        "written", False, (("info", 20), ("warning", 34)), "a" * 64, "b" * 64, (f"{one.source}: 37 actions",)
    )


def _in_workers(jobs: list[Job], do: Any) -> float:
    begun = _processor_time()
    for end in each_in_a_worker(jobs, do, 1, USUAL, Silence()):
        if end.death:
            raise SystemExit(f"A worker failed: {end.death}")
    return _processor_time() - begun


def _nothing(job: Job, watch: object) -> None:
    pass


def _processor_time() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    print(batching_table(int(sys.argv[1]) if len(sys.argv) > 1 else PLANS))
