"""The spots of a review page: each text of a plan with a number, and where on the printed page it stands.

A spot is what a click leads to, from the value to its boxes and back. Spots of texts that own their characters
(`placed`, `furniture`, `unplaced`) can be clicked on the page; a `pointer` (a person, a finding) only points at places
of others.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from extract.model import Origin, PageBox, PartParagraph, TableCell, TextCell
from normalise.model import Origins

Kind = Literal["placed", "furniture", "unplaced", "pointer"]
#: The order in which the page's data counts them.
KINDS: tuple[Kind, ...] = ("placed", "furniture", "unplaced", "pointer")


class Spots(Struct):
    """Numbers spots as a page is made. A spot's number is its place in the order of `add`."""

    made: list[tuple[Kind, Origins]] = field(default_factory=list)
    _owners: dict[Origins, int] = field(default_factory=dict)

    def add(self, kind: Kind, origins: Origins) -> int:
        """A new spot's number."""
        self.made.append((kind, origins))
        number = len(self.made) - 1
        if kind != "pointer" and origins:
            self._owners.setdefault(origins, number)
        return number

    def pointing(self, origins: Origins) -> int:
        """The number of the spot that owns just these places; a new pointer where none does."""
        owner = self._owners.get(origins)
        return self.add("pointer", origins) if owner is None else owner

    def data(self) -> list[list[object]]:
        """Each spot for the page's script: its kind's number, then its places (`at`)."""
        return [[KINDS.index(kind), *map(at, origins)] for kind, origins in self.made]


def at(origin: Origin) -> str | list[float]:
    """A place for the page's script: a page and its box as numbers, any other place as a key.

    >>> at(PageBox(2, (36.0, 90.0, 144.5, 102.1))), at(TextCell(40, 5)), at(TableCell(1, 4, 2))
    ([2, 36.0, 90.0, 144.5, 102.1], 'line-40-5', 'cell-1-4-2')
    """
    match origin:
        case PageBox(page, box):
            return [page, *(round(edge, 1) for edge in box)]
        case TextCell(line, cell):
            return f"line-{line}-{cell}"
        case TableCell(table, row, cell):
            return f"cell-{table}-{row}-{cell}"
        case PartParagraph(part, paragraph):
            return f"part-{part}-{paragraph}"
