"""What one input may cost: time, memory and output, held here; pages and pixels, held where they are read.

Memory is what a process asks for as its own (RLIMIT_DATA): the libraries that it maps cost nothing, so that a limit
means the same for a text dump and for a scan, whose engine maps gigabytes that it never touches.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from extract.limits import USUAL as USUAL_READING
from extract.limits import ReadLimits

MB = 1_000_000

#: Where no time is given: so many seconds, and so many more for each page once they are counted, up to a most.
SECONDS, SECONDS_A_PAGE, MOST_SECONDS = 600.0, 30.0, 7200.0


class Limits(Struct, frozen=True):
    """What one input may cost. `seconds`: by the clock on the wall; `memory`, `output` (all that is written): bytes."""

    seconds: float | None = None
    memory: int = 4_000 * MB
    output: int = 500 * MB
    reading: ReadLimits = USUAL_READING

    def time(self, pages: int) -> float:
        """How many seconds a document of so many pages may take (0: they are not counted yet)."""
        if self.seconds is not None:
            return self.seconds
        return min(MOST_SECONDS, SECONDS + SECONDS_A_PAGE * pages)

    def shared(self, by: int) -> Limits:
        """The same for each of so many inputs at once, with its share of the cores; the rest is each one's own."""
        return replace(self, reading=self.reading.shared(by))


USUAL = Limits()


def hold_memory(most: int) -> None:
    """From now on this process gets no more memory than `most` bytes (on Linux; elsewhere no limit holds).

    What it was forked with, other documents' plans perhaps, is not counted. It leaves no core dump either: that would
    write the document's content where nobody looks for it.
    """
    if sys.platform != "linux":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most += _held_already()
    resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _held_already() -> int:
    """How many bytes of its own this process has, as the limit counts them; 0 where the system does not tell."""
    try:
        told = Path("/proc/self/status").read_text("ascii", "replace")
    except OSError:
        return 0
    found = re.search(r"^VmData:\s*(\d+) kB", told, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def let_go_of_memory() -> None:
    """What is left to do after the limit was met needs a little memory itself."""
    if sys.platform == "linux":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))
