"""How much of a document is read at most, where the user can say so; what no document needs is fixed in each reader."""

from __future__ import annotations

from msgspec import Struct

from extract.model import ReadError


class ReadLimits(Struct, frozen=True):
    """`pages` to read (None: as many as the reader of the format allows), `pixels` of one picture file's page."""

    pages: int | None = None
    #: A2 at 400 dots an inch.
    pixels: int = 64_000_000

    def check_pages(self, name: str, wanted: int, usual: int) -> None:
        """Raises ReadError for more pages than are read; `usual`: the reader's own limit."""
        most = usual if self.pages is None else self.pages
        if wanted > most:
            cause = f"it has {wanted:,} pages to read, and the limit is {most:,}"
            hint = f"Read some of them with --pages, or allow more with --max-pages {wanted}"
            raise ReadError(f"Cannot read {name}", cause, hint)


USUAL = ReadLimits()
