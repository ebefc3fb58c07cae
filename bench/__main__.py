"""`make bench`: `actionplan extract` against bare pdfplumber, many plans, `compare` by size; writes docs/benchmarks.md.

python -m bench [--rounds N] [FILE …]      PDFs and text dumps; by default those in samples/
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from msgspec import Struct

from bench.measuring import ROOT, Measured, cold, forked

REPORT = ROOT / "docs" / "benchmarks.md"
ENGINES = ("pdfplumber", "pdfminer.six", "pypdfium2", "spacy", "wordfreq")

#: What bare pdfplumber does, with no more around it than it needs.
BARE = """\
import sys, pdfplumber
with pdfplumber.open(sys.argv[1]) as document:
    tables = [page.extract_tables() for page in document.pages]
"""

HEAD = """\
# Benchmarks

Written by `make bench`: the whole of `actionplan extract` (read, repair, resolve, check, write four files) on a plan,
against pdfplumber's bare `extract_tables` and camelot's `lattice` over the pages of the same file, which give cells and
nothing else. They run in turn in one session. Seconds are the fastest of {rounds} runs (camelot: of one): what else the
machine does can only add to them. *In process*: everything is imported and has read another plan, the file is not open,
and no run knows what an earlier one has kept. *Cold*: a new process each time, its start and its imports included,
after one that is not counted. *Memory*: the most that the cold process held. A ratio says how many times as long the
other takes.

Machine: {machine}. Python {python}. {engines}.
"""

PDF_TABLE = """
| PDF | pages | in process | bare pdfplumber | ratio | camelot | ratio | memory | pdfplumber's |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
"""

TEXT_TABLE = """
| text dump | lines | in process | memory |
| --- | ---: | ---: | ---: |
"""

COLD_TABLE = """
| the command, cold | time | `import pandas` | part of it | bare pdfplumber |
| --- | ---: | ---: | ---: | ---: |
"""


class Result(Struct, frozen=True):
    """One file measured; `bare` and `bare_cold` for a PDF."""

    path: Path
    ours_cold: Measured
    bare_cold: Measured | None
    pandas_cold: Measured
    ours: Measured
    bare: Measured | None = None
    camelot: Measured | None = None


def main() -> int:
    """Measure every file, cold runs first, and write the report."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--plans", type=int, default=2_000, help="how many are read in one batch")
    wishes = parser.parse_args()
    files = wishes.files or sorted([*(ROOT / "samples").glob("*.pdf"), *(ROOT / "samples").glob("*.txt")])
    if not files:
        parser.error("there are no samples; name a file, or run make samples first")
    with tempfile.TemporaryDirectory() as out:
        started = [cold_runs(path, Path(out), wishes.rounds) for path in files]
        from bench.batching import batching_table

        batch = batching_table(wishes.plans)
        results = [
            Result(path, *both, *warm_runs(path, Path(out), wishes.rounds))
            for path, both in zip(files, started, strict=True)
        ]
    from bench.comparing import comparing_table  # late: a process started from here would count what is imported

    text = report(results, wishes.rounds) + apart("bench.scanning") + apart("bench.growing") + batch
    text += comparing_table(wishes.rounds)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(text, "utf-8")
    print(text)
    return 0


def apart(module: str) -> str:
    """A section that a module of its own measures, in a process that holds nothing else."""
    return subprocess.run([sys.executable, "-m", module], cwd=ROOT, check=True, capture_output=True, text=True).stdout


def cold_runs(path: Path, out: Path, rounds: int) -> tuple[Measured, Measured | None, Measured]:
    """The command in a process of its own; for a PDF, pdfplumber too; and a process that imports pandas."""
    command = ("-m", "actionplan", "extract", "--force", "--quiet", str(path), "--out", str(out))
    pandas = ("-c", "import pandas")
    if not is_pdf(path):
        ours, theirs = cold(rounds, command, pandas)
        return ours, None, theirs
    ours, bare, theirs = cold(rounds, command, ("-c", BARE, str(path)), pandas)
    return ours, bare, theirs


def warm_runs(path: Path, out: Path, rounds: int) -> tuple[Measured, ...]:
    """The same once everything is imported and used: ours, and for a PDF pdfplumber's and camelot's."""
    from actionplan.batch.loading_ahead import load_ahead
    from actionplan.inputs import inputs_of
    from actionplan.job import Job, Wishes, extract_one
    from normalise.pinned import NOTHING_PINNED

    load_ahead([path])
    job = Job(inputs_of([path], out)[0], Wishes(out, force=True), NOTHING_PINNED)
    if not is_pdf(path):
        return forked(rounds, lambda: extract_one(job))
    import camelot
    import pdfplumber

    def bare() -> object:
        with pdfplumber.open(path) as document:
            return [page.extract_tables() for page in document.pages]

    def lattice() -> object:
        return camelot.read_pdf(str(path), pages="all", flavor="lattice")  # type: ignore[attr-defined]

    both = forked(rounds, lambda: extract_one(job), bare)
    return *both, *forked(1, lattice)


def report(results: list[Result], rounds: int) -> str:
    """The results as Markdown, with the machine and the versions that they hold for."""
    engines = ", ".join(f"{name} {version(name)}" for name in ENGINES)
    text = HEAD.format(rounds=rounds, machine=machine(), python=platform.python_version(), engines=engines)
    pdfs = [pdf_row(result) for result in results if result.bare and result.bare_cold]
    texts = [text_row(result) for result in results if not result.bare]
    text += PDF_TABLE + "".join(pdfs) if pdfs else ""
    text += TEXT_TABLE + "".join(texts) if texts else ""
    return text + COLD_TABLE + "".join(cold_row(result) for result in results)


def pdf_row(result: Result) -> str:
    """One line of the table of PDFs."""
    assert result.bare is not None
    assert result.bare_cold is not None
    assert result.camelot is not None
    import pypdfium2

    pages = len(pypdfium2.PdfDocument(result.path))
    cells = (
        *(result.path.name, str(pages), _seconds(result.ours), _seconds(result.bare), _ratio(result.bare, result.ours)),
        *(_seconds(result.camelot), _ratio(result.camelot, result.ours)),
        *(_memory(result.ours_cold), _memory(result.bare_cold)),
    )
    return f"| {' | '.join(cells)} |\n"


def text_row(result: Result) -> str:
    """One line of the table of text dumps."""
    lines = str(len(result.path.read_bytes().splitlines()))
    cells = (result.path.name, lines, _seconds(result.ours), _memory(result.ours_cold))
    return f"| {' | '.join(cells)} |\n"


def cold_row(result: Result) -> str:
    """One line of the table of whole commands; the part is that of what a process takes that imports pandas."""
    ours, pandas = result.ours_cold, result.pandas_cold
    bare = _seconds(result.bare_cold) if result.bare_cold else ""
    cells = (result.path.name, _seconds(ours), _seconds(pandas), _ratio(ours, pandas), bare)
    return f"| {' | '.join(cells)} |\n"


def is_pdf(path: Path) -> bool:
    """Whether the file opens as PDFs do."""
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1024)


def machine() -> str:
    """Processor, cores and system, without the machine's name."""
    model = platform.processor() or platform.machine()
    cpus = Path("/proc/cpuinfo")
    if cpus.exists():
        named = [
            line.partition(":")[2].strip() for line in cpus.read_text().splitlines() if line.startswith("model name")
        ]
        model = named[0] if named else model
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"


def _seconds(measured: Measured) -> str:
    return f"{measured.fastest:.2f} s"


def _ratio(one: Measured, other: Measured) -> str:
    return f"{one.fastest / other.fastest:.2f}"


def _memory(measured: Measured) -> str:
    return f"{measured.memory:.0f} MiB"


if __name__ == "__main__":
    sys.exit(main())
