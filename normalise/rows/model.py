"""What the row steps hand to one another: records (rows of the plan) and banners, in reading order."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from normalise.corrections.decided import Correction
from normalise.model import Flag
from normalise.passage import Passage

#: A flag and the field that it is about ("row" for the whole row).
FieldFlag = tuple[str, Flag]


class Record(Struct, frozen=True):
    """One row of the plan, or a fragment of one (`ref` is "" until it is known whose).

    `cells`: column key -> passage, in printed order, empty ones left out. `section` counts the outline's sections from
    0. `opens_page`: it is the first row after a page break, a header or a blank line. `fill`: shading of its status
    cell. `sticks`: the source itself says that it goes on with the row above (a ref cell merged over both). `headers`:
    column key -> printed header of its table. `corrections`: what a reviewer said of the row and its cells.
    """

    ref: str
    cells: tuple[tuple[str, Passage], ...]
    section: int | None = None
    opens_page: bool = False
    flags: tuple[FieldFlag, ...] = ()
    fill: str | None = None
    sticks: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    corrections: tuple[Correction, ...] = ()

    def get(self, key: str) -> Passage:
        """The passage under a column key, empty where there is none."""
        for name, passage in self.cells:
            if name == key:
                return passage
        return Passage()

    def text(self, key: str) -> str:
        """What is printed under a column key, "" where nothing is."""
        return self.get(key).raw

    def put(self, key: str, passage: Passage) -> Record:
        """The record with another passage under a key; an empty one takes the cell away."""
        if key not in dict(self.cells):
            return replace(self, cells=(*self.cells, (key, passage))) if passage else self
        cells = ((name, passage if name == key else old) for name, old in self.cells)
        return replace(self, cells=tuple((name, one) for name, one in cells if one))

    @property
    def printed_keys(self) -> tuple[str, ...]:
        """The columns of the record's table, in printed order, each once."""
        return tuple(dict.fromkeys(key for key, _ in self.headers))

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns of the record's table in printed order, then whatever else it holds."""
        return tuple(dict.fromkeys((*self.printed_keys, *(key for key, _ in self.cells))))

    def flagged(self, field: str, flag: Flag) -> Record:
        """The record with one more flag on a field."""
        return replace(self, flags=(*self.flags, (field, flag)))


class Banner(Struct, frozen=True):
    """A row that heads a group of actions, made whole; `passage` is what is printed."""

    title: str
    passage: Passage
    section: int | None = None
    flags: tuple[Flag, ...] = ()


Item = Record | Banner
