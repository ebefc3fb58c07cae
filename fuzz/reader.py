"""Reads files in another process, so that one that kills it or never ends costs itself alone."""

from __future__ import annotations

import json
import select
import subprocess
import sys
from pathlib import Path

from fuzz.oracle import ROOT, Verdict

#: A process reads so many files before the next one takes over: what a library leaks is not what is looked for.
PER_PROCESS = 2000
#: Seconds more for the first file, which waits for the process to begin.
_START = 30.0


class Reader:
    """Reads files in a process, started again where one kills it or takes more than `longest` seconds."""

    def __init__(self, longest: float) -> None:
        self._longest = longest
        self._process: subprocess.Popen[str] | None = None
        self._read = 0

    def verdict(self, path: Path) -> Verdict:
        """How the file is read."""
        if self._process is None or self._read >= PER_PROCESS:
            self.stop()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "fuzz.worker"], cwd=ROOT, text=True, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            self._read = 0
        process, self._read = self._process, self._read + 1
        assert process.stdin
        assert process.stdout
        process.stdin.write(f"{path}\n")
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], self._longest + (_START if self._read == 1 else 0))
        line = process.stdout.readline() if ready else ""
        if line:
            return Verdict(**json.loads(line))
        if not ready:
            self.stop()
            return Verdict("broken", f"it takes more than {self._longest:.0f} seconds", "time")
        code = process.wait()
        self.stop()
        return Verdict("broken", f"it ends the process ({code})", f"process {code}")

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = None
