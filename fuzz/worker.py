"""The process that reads the files: one that it hangs on, or that kills it, is told by whoever started it."""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path

from msgspec.structs import asdict

from fuzz.oracle import verdict

#: What reading one small file may add to the memory of the process, and the most that it may ask for, in bytes.
MOST_ADDED, MOST = 700 * 1024**2, 6 * 1024**3


def main() -> None:
    """Read a path a line from stdin, answer each with a line of JSON on stdout."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what a library prints is none of them
    resource.setrlimit(resource.RLIMIT_AS, (MOST, MOST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin:
        before = _most_held()
        answer = asdict(verdict(Path(line.rstrip("\n"))))
        if _most_held() - before > MOST_ADDED and answer["kind"] != "broken":
            answer = {"kind": "broken", "text": f"it took {(_most_held() - before) >> 20} MiB", "place": "memory"}
        answers.write(json.dumps(answer) + "\n")


def _most_held() -> int:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    main()
