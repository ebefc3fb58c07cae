"""`make scale`: what a page, a plan, a catalogue and a cluster cost, and what that makes of ten million pages.

Writes docs/scale.md. python -m bench.scale [--plans N] [--rounds N]
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from bench.__main__ import machine
from bench.batching import write_plans
from bench.cataloguing import measure, table
from bench.measuring import ROOT

REPORT = ROOT / "docs" / "scale.md"
#: The plan that is scanned: this many pages of the sample, drawn at so many dots an inch, with no text behind them.
SCANNED_PAGES, DPI = 4, 200
#: How often each document is read in one command: enough that what a command costs once does not count.
COPIES = 8

HEAD = """\
# What it takes at scale

Written by `make scale`, which measured all of this on one machine in one go. What is reckoned from that, and not
measured, is under *What it comes to* and *Where the next bottleneck is*.

Machine: {machine}. Python {python}.

## A page

`actionplan extract --jobs 1` over {copies} copies of one document. *Processor*: the time that the command and all its
workers had on a core, without what a command costs once (an empty run: {once:.1f} s). *Memory*: the most that one
worker held. *Output*: JSON and CSV.

| document | pages | processor, a page | memory | input, a page | output, a page |
| --- | ---: | ---: | ---: | ---: | ---: |
"""

COMES_TO = """
## What it comes to

A plan of 20 pages; *core-hours* are the processor's time a page by the pages. Memory is what the machines must have for
each plan that is read at once. Storage is what goes in and what comes out, with the catalogue where it is named.

| | pages | core-hours | on 64 cores | memory, a core | input | output | catalogue |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
"""

CLUSTER = """
## A cluster against one machine

{plans:,} small plans (variations of the samples' text dumps), read by two jobs of this machine's pool and by two Dask
workers of one thread each on the same machine, scheduler and client beside them. The results are {same}.

| | time | a plan | against the pool |
| --- | ---: | ---: | ---: |
| the pool, `--jobs 2` | {pool:.1f} s | {pool_plan:.0f} ms | 1.00 |
| two Dask workers | {dask:.1f} s | {dask_plan:.0f} ms | {ratio:.2f} |
"""

NEXT = """
## Where the next bottleneck is

{dominant} So the order in which things give way is:

1. **Cores, for scans.** A scanned page costs {times:.0f} times as much as a born-digital one, nearly all of it OCR.
   More machines help in proportion, since plans know nothing of each other; only a faster engine changes the sum.
2. **The scheduler.** One handed out {tasks:,.0f} empty tasks a second here (measured, with two workers on its machine).
   At {dask_plan:.0f} ms a small plan and core it is busy with {most:,.0f} cores; beyond that, several commands over
   several folders are the way, each with a scheduler of its own.
3. **The store.** A plan costs a listing entry, two reads (the source, and an older note) and five writes: at a hundred
   plans a second, seven hundred requests. What a store takes depends on how its names are spread.
4. **The catalogue**, which one process makes: {catalogue:.0f} ms a plan is {catalogue_hours:.1f} hours for a hundred
   thousand plans. Its memory does not grow; its time would have to be shared among processes, by body.
5. **The command** holds an entry a plan for `run.json`, as [benchmarks.md](benchmarks.md) measures: millions of plans
   want a run for each folder.
"""


class Read(Struct, frozen=True):
    """A document measured: seconds of processor time a page, MiB of memory, bytes a page in and out."""

    name: str
    pages: int
    seconds: float
    memory: float
    input: float
    output: float


class Clustered(Struct, frozen=True):
    """Seconds of the pool and of the cluster over the same plans, whether the bytes are the same, tasks a second."""

    plans: int
    pool: float
    cluster: float
    same: bool
    tasks: float


def main() -> int:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale")
    parser.add_argument("--plans", type=int, default=2_000, help="for the cluster (default: 2000)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--catalogue", type=int, nargs="+", default=[500, 2_000], metavar="PLANS")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        # First, while this process is small: on Linux a process counts as its own what its parent held.
        catalogues = measure(home / "catalogue", said.rounds, said.catalogue)
        once = processor_time([sys.executable, "-m", "actionplan", "extract", "--help"])[0]
        reads = [measured(path, pages, home, once) for path, pages in documents(home)]
        clustered = against_the_pool(home / "cluster", said.plans)
    text = HEAD.format(machine=machine(), python=platform.python_version(), copies=COPIES, once=once)
    text += "".join(map(read_row, reads))
    largest = catalogues[-1]
    born, scan = reads[0], reads[-1]
    text += COMES_TO + "".join(projected(reads, largest.size / largest.plans))
    text += cluster_section(clustered)
    text += table(catalogues, said.rounds)
    text += NEXT.format(
        dominant=f"Ten million scanned pages take {scan.seconds * 1e7 / 3600:,.0f} core-hours, as many born-digital "
        f"ones {born.seconds * 1e7 / 3600:,.0f}.",
        times=scan.seconds / born.seconds,
        dask_plan=clustered.cluster * 2 / clustered.plans * 1000,
        tasks=clustered.tasks,
        most=clustered.tasks * clustered.cluster * 2 / clustered.plans,
        catalogue=largest.seconds / largest.plans * 1000,
        catalogue_hours=largest.seconds / largest.plans * 1e5 / 3600,
    )
    REPORT.write_text(text, "utf-8")
    print(text)
    return 0


def documents(home: Path) -> Iterator[tuple[Path, int]]:
    """What is read: the sample as PDF, as Word file and as dump, and pages of it as a scan, with how many pages."""
    import pypdfium2

    pdf = ROOT / "samples" / "recovery-plan-v3.pdf"
    with pypdfium2.PdfDocument(pdf) as document:
        pages = len(document)
        pictures = [document[at].render(scale=DPI / 72).to_pil().convert("RGB") for at in range(SCANNED_PAGES)]
    scan = home / "recovery-plan-v3-scanned.pdf"
    pictures[0].save(scan, save_all=True, append_images=pictures[1:], resolution=DPI)
    yield pdf, pages
    for suffix in (".docx", ".txt"):
        yield pdf.with_suffix(suffix), pages
    yield scan, SCANNED_PAGES


def measured(path: Path, pages: int, home: Path, once: float) -> Read:
    """What a document costs a page, over copies of it in one command."""
    plans, out = home / f"in-{path.name}", home / f"out-{path.name}"
    plans.mkdir()
    copies = 2 if "scanned" in path.name else COPIES
    for at in range(copies):
        shutil.copy(path, plans / f"{at}-{path.name}")
    command = [sys.executable, "-m", "actionplan", "extract", str(plans), "--out", str(out), "--jobs", "1", "--quiet"]
    seconds, memory = processor_time(command)
    size = sum(found.stat().st_size for found in out.rglob("*") if found.is_file())
    read = copies * pages
    return Read(path.name, pages, (seconds - once) / read, memory, path.stat().st_size / pages, size / read)


def processor_time(command: Sequence[str]) -> tuple[float, float]:
    """Seconds of processor time of a command and all that it started, and the most that one of them held (MiB)."""
    program = (
        "import resource, subprocess, sys\n"
        "code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(code, used.ru_utime + used.ru_stime, used.ru_maxrss)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-c", program, *command], capture_output=True, text=True, env=environment, check=True
    )
    code, seconds, memory = ran.stdout.split()
    if int(code):
        raise SystemExit(f"The command failed: {' '.join(command)}\n{ran.stderr}")
    return float(seconds), int(memory) / (1024 * 1024 if sys.platform == "darwin" else 1024)


def against_the_pool(home: Path, plans: int) -> Clustered:
    """The same plans by the pool and by two Dask workers."""
    home.mkdir()
    write_plans(home / "plans", plans)
    command = [sys.executable, "-m", "actionplan", "extract", str(home / "plans"), "--quiet", "--out"]
    with a_cluster(home) as address:
        warm = [*command, str(home / "warm"), "--cluster", address]
        shutil.copytree(home / "plans", home / "few", ignore=lambda _, names: sorted(names)[8:])
        warm[warm.index(str(home / "plans"))] = str(home / "few")
        timed(warm)  # a cluster stands before there is work: its stewards are started once
        cluster = timed([*command, str(home / "by-dask"), "--cluster", address])
        tasks = tasks_a_second(address)
    pool = timed([*command, str(home / "by-pool"), "--jobs", "2"])
    return Clustered(plans, pool, cluster, written(home / "by-pool") == written(home / "by-dask"), tasks)


def tasks_a_second(address: str, number: int = 2_000) -> float:
    """How many tasks that do nothing a scheduler has done in a second."""
    from dask import distributed

    with distributed.Client(address, timeout=60, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        begun = time.perf_counter()
        client.gather(client.map(abs, range(number), pure=False))
        return number / (time.perf_counter() - begun)


@contextmanager
def a_cluster(home: Path) -> Iterator[str]:
    """A scheduler and two workers of one thread each on this machine, as the command line starts them."""
    import socket

    from dask import distributed

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    python = [sys.executable, "-m"]
    scheduler = [
        *python,
        "distributed.cli.dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-dashboard",
    ]
    worker = [*python, "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": home}
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = [subprocess.Popen(words, env=environment, **quiet) for words in (scheduler, worker, worker)]  # type: ignore[call-overload]
    try:
        client = distributed.Client(address, timeout=60, set_as_default=False)  # type: ignore[no-untyped-call]
        client.wait_for_workers(2, timeout=60)
        client.close()  # type: ignore[no-untyped-call]
        yield address
    finally:
        for process in started:
            process.terminate()
            process.wait()


def timed(command: Sequence[str]) -> float:
    """Seconds of a command by the clock on the wall."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    return time.perf_counter() - begun


def written(folder: Path) -> dict[str, bytes]:
    """All files of a run but run.json, which has its times."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "run.json")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def read_row(one: Read) -> str:
    """A line of the table of pages."""
    cells = (one.name, str(one.pages), f"{one.seconds:.2f} s", f"{one.memory:.0f} MiB")
    return f"| {' | '.join((*cells, _size(one.input), _size(one.output)))} |\n"


def projected(reads: Sequence[Read], catalogue: float) -> Iterator[str]:
    """The lines of what it comes to; `catalogue`: its bytes a plan."""
    for name, pages, plans in (("a hundred thousand plans", 2_000_000, 100_000), ("ten million pages", 10_000_000, 0)):
        for kind, one in (("born-digital", reads[0]), ("scanned", reads[-1])):
            hours = one.seconds * pages / 3600
            cells = (
                *(f"{name}, {kind}", f"{pages:,}", f"{hours:,.0f}", f"{hours / 64:,.1f} hours"),
                *(f"{one.memory:.0f} MiB", _size(one.input * pages), _size(one.output * pages)),
                _size(catalogue * (plans or pages / 20)),
            )
            yield f"| {' | '.join(cells)} |\n"


def cluster_section(one: Clustered) -> str:
    """The section on the cluster."""
    return CLUSTER.format(
        plans=one.plans,
        same="the same bytes" if one.same else "NOT the same bytes",
        pool=one.pool,
        pool_plan=one.pool / one.plans * 1000,
        dask=one.cluster,
        dask_plan=one.cluster / one.plans * 1000,
        ratio=one.cluster / one.pool,
    )


def _size(count: float) -> str:
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"


if __name__ == "__main__":
    sys.exit(main())
