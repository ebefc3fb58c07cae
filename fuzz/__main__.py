"""`python -m fuzz`: make files for so many minutes, read each in a process of its own, keep those that break it.

A file that breaks something is written to tests/cases/hostile/, whose files the tests read on every run: the smallest
one for each place in the program that goes wrong. Exit 0: nothing broke; 1: something did.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from fuzz.kinds import KINDS, made
from fuzz.oracle import ROOT, Verdict
from fuzz.reader import Reader

CASES = ROOT / "tests" / "cases" / "hostile"
#: The most seconds that a file made here may take: all are small, but the machine may have other work.
LONGEST = 120.0


def main(words: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description="Make broken files and read them")
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (default: 10)")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS), help="which kinds (default: all)")
    parser.add_argument("--first", type=int, default=int(time.time()), help="the number of the first file of each kind")
    parser.add_argument("--cases", type=Path, default=CASES, help="where files that break something are kept")
    asked = parser.parse_args(words)
    end = time.monotonic() + asked.minutes * 60
    counts: Counter[tuple[str, str]] = Counter()
    smallest: dict[str, int] = {}
    number, reader = asked.first, Reader(LONGEST)
    print(f"files from number {number} on; what breaks is kept in {asked.cases}", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end:
            for kind in asked.kinds:
                data = made(kind, number)
                path = Path(folder, f"case{KINDS[kind][0]}")
                path.write_bytes(data)
                found = reader.verdict(path)
                counts[kind, found.kind] += 1
                if found.kind == "broken" and len(data) < smallest.get(found.place, sys.maxsize):
                    smallest[found.place] = len(data)
                    _keep(asked.cases, kind, data, found, number)
            number += 1
    reader.stop()
    for kind in asked.kinds:
        print(kind, ", ".join(f"{counts[kind, how]} {how}" for how in ("plan", "refused", "broken")), sep=": ")
    return 1 if smallest else 0


def _keep(folder: Path, kind: str, data: bytes, found: Verdict, number: int) -> None:
    """Write a file that broke something, named for where; it takes the place of a larger one of the same place."""
    folder.mkdir(parents=True, exist_ok=True)
    place = "-".join("".join(one if one.isalnum() else " " for one in found.place).split()).lower()
    name = f"{kind}-{place[:60]}-{sha256(found.place.encode()).hexdigest()[:6]}{KINDS[kind][0]}"
    (folder / name).write_bytes(data)
    print(f"{kind} {number} ({len(data)} bytes): {found.place}: {found.text[:300]!r}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
