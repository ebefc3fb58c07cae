"""How much of a document is read at most, and by how many threads; what no document needs is fixed in each reader."""

from __future__ import annotations

import os

from msgspec import Struct
from msgspec.structs import replace

from extract.model import ReadError


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class ReadLimits(Struct, frozen=True):
    """`pages` to read (None: as many as the reader of the format allows), `pixels` of one picture file's page.

    `threads`: how many read pictures of text at once (None: one a core); what is read is the same with any number.
    """

    pages: int | None = None
    #: A2 at 400 dots an inch.
    pixels: int = 64_000_000
    threads: int | None = None

    def shared(self, by: int) -> ReadLimits:
        """The same for each of so many documents that are read at once: the cores are shared out."""
        return replace(self, threads=max(1, cores() // by))

    def check_pages(self, name: str, wanted: int, usual: int) -> None:
        """Raises ReadError for more pages than are read; `usual`: the reader's own limit."""
        most = usual if self.pages is None else self.pages
        if wanted > most:
            cause = f"it has {wanted:,} pages to read, and the limit is {most:,}"
            hint = f"Read some of them with --pages, or allow more with --max-pages {wanted}"
            raise ReadError(f"Cannot read {name}", cause, hint)


USUAL = ReadLimits()
