"""How time and memory grow with pages and rows: the samples over and over, 1, 10 and 100 times."""

from __future__ import annotations

import math
import sys
import tempfile
import time
from pathlib import Path
from statistics import linear_regression

from actionplan.batch.loading_ahead import load_ahead
from actionplan.inputs import inputs_of
from actionplan.job import Job, Wishes, extract_one
from bench.measuring import ROOT, forked_answer, one_run
from normalise.pinned import NOTHING_PINNED

PAGES, TIMES = 13, (1, 10, 100)
PDF, TEXT = ROOT / "samples" / "recovery-plan-v3.pdf", ROOT / "samples" / "recovery-plan-v3.txt"

TABLE = """
## Growth

A sample's pages over and over as one PDF, and a dump over and over as one text. Seconds are in process; the exponent is
that of the power of the size that fits them (1: twice the size takes twice the time). *Memory*: the most that the
command's largest process held, its start included.

| size | pages | time | a page | memory | dump, lines | time | a line | memory |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
"""

FITTED = """
The exponent is {pages:.2f} for pages and {rows:.2f} for rows. Memory grows by {memory:.0f} KB a page from {first} pages
to {last:,}.
"""


def growing_table(times: tuple[int, ...] = TIMES) -> str:
    """The section of the report."""
    lines: list[str] = []
    found: dict[str, list[tuple[float, float, float]]] = {"pages": [], "rows": []}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for number in times:
            pdf, text = pages_over(home / f"{number}.pdf", PAGES * number), text_over(home / f"{number}.txt", number)
            cells = [str(number)]
            for kind, path, size in (("pages", pdf, PAGES * number), ("rows", text, lines_of(text))):
                memory, seconds = held_by(path, home / "out"), seconds_of(path, home / "out")
                found[kind].append((size, seconds, memory))
                a_piece = f"{seconds / size * 1000:.2f} ms"
                cells += [f"{size:,}", f"{seconds:.2f} s", a_piece, f"{memory:.0f} MiB"]
            lines.append(f"| {' | '.join(cells)} |\n")
    (first, _, least), *_, (last, _, most) = found["pages"]
    return TABLE + "".join(lines) + FITTED.format(
        pages=exponent([(size, seconds) for size, seconds, _ in found["pages"]]),
        rows=exponent([(size, seconds) for size, seconds, _ in found["rows"]]),
        memory=(most - least) * 1024 * 1.024 / (last - first),
        first=int(first),
        last=int(last),
    )  # fmt: skip


def seconds_of(path: Path, out: Path) -> float:
    """Seconds in process, everything being loaded."""
    job = Job(inputs_of([path], out)[0], Wishes(out, force=True), NOTHING_PINNED)

    def loaded_before() -> float:
        load_ahead([PDF, TEXT])
        begun = time.perf_counter()
        extract_one(job)
        return time.perf_counter() - begun

    return forked_answer(loaded_before)


def held_by(path: Path, out: Path) -> float:
    """MiB of the largest process of the whole command."""
    return one_run(("-m", "actionplan", "extract", "--force", "--quiet", str(path), "--out", str(out)))[1]


def exponent(points: list[tuple[float, float]]) -> float:
    """The power of the size that the seconds grow with: the slope of their logarithms, by least squares."""
    sizes, seconds = zip(*((math.log(size), math.log(spent)) for size, spent in points), strict=True)
    return linear_regression(sizes, seconds).slope


def pages_over(path: Path, number: int) -> Path:
    """A PDF of so many pages: the sample's, over and over."""
    import pypdfium2

    sample, whole = pypdfium2.PdfDocument(PDF), pypdfium2.PdfDocument.new()
    for begin in range(0, number, len(sample)):
        whole.import_pages(sample, list(range(min(len(sample), number - begin))))
    whole.save(path)
    return path


def text_over(path: Path, number: int) -> Path:
    """A dump that holds the sample so many times."""
    path.write_text(TEXT.read_text("utf-8") * number, "utf-8")
    return path


def lines_of(path: Path) -> int:
    """How many lines a text has."""
    return len(path.read_bytes().splitlines())


if __name__ == "__main__":
    print(growing_table(tuple(map(int, sys.argv[1:])) or TIMES))
