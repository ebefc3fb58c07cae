"""`python -m fuzz.wild FOLDER`: read every document below a folder, and say of each how it went.

For the test files of other projects, which are broken, locked and odd in ways that nobody would think of. Nothing is
written. Exit 0: each gave a plan that proves itself, or a clear error; 1: one did not.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from actionplan.terminal import plain, say
from fuzz.reader import Reader

ENDINGS = frozenset(
    ".pdf .docx .docm .doc .xlsx .xlsm .xls .xlsb .pptx .odt .ods .rtf .png .jpg .jpeg .tif .tiff".split()
)


def main(words: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    parser = argparse.ArgumentParser(prog="python -m fuzz.wild", description=str(__doc__).split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--endings", nargs="+", default=sorted(ENDINGS), help="such as .pdf .docx (default: all known)")
    parser.add_argument("--seconds", type=float, default=300.0, help="the most that one file may take (default: 300)")
    asked = parser.parse_args(words)
    counts: Counter[str] = Counter()
    reader, seen = Reader(asked.seconds), set()
    for path in sorted(path for path in asked.folder.rglob("*") if path.suffix.lower() in asked.endings):
        if not path.is_file() or (digest := sha256(path.read_bytes()).digest()) in seen:
            continue
        seen.add(digest)
        found = reader.verdict(path)
        counts[found.kind] += 1
        told = (found.kind, str(path.relative_to(asked.folder)), found.place, found.text)
        sys.stdout.write("\t".join(map(plain, told)) + "\n")
        sys.stdout.flush()
    reader.stop()
    say(f"{counts.total()} files: " + ", ".join(f"{counts[how]} {how}" for how in ("plan", "refused", "broken")))
    return 1 if counts["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
