"""A layout that a user pinned: which printed header is which field, whatever the vocabulary says.

The words are compared as `vocabulary.key` compares them, so a pin meets its header through capitals, spaces,
punctuation and look-alikes; a header that no pin says exactly may still be a slip of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct
from rapidfuzz import fuzz

from normalise.model import FIELDS, Flag
from normalise.vocabulary import key

#: What a column can be pinned to: the contract's fields, or `extra` for one that is none of them.
EXTRA = "extra"
PINNABLE = (*FIELDS, EXTRA)

#: How near a header must be to a pin that it does not say exactly, and how long both must be for that to mean anything.
_SLIP, _SHORTEST = 86.0, 5


class Pin(Struct, frozen=True):
    """One printed header, and the field (or `extra`) that its column is."""

    header: str
    field: str


class PinnedColumns(Struct, frozen=True):
    """The pins of one layout. ValueError for what is no field, a header without a letter, and one pinned twice."""

    pins: tuple[Pin, ...] = ()

    def __post_init__(self) -> None:
        seen: dict[str, str] = {}
        for pin in self.pins:
            if pin.field not in PINNABLE:
                raise ValueError(f"{pin.header!r} is pinned to {pin.field!r}, which is no field")
            said = key(pin.header)
            if not said:
                raise ValueError(f"the header {pin.header!r} holds no letter or digit")
            if said in seen:
                raise ValueError(f"{seen[said]!r} and {pin.header!r} are one header")
            seen[said] = pin.header

    def __bool__(self) -> bool:
        return bool(self.pins)

    def among(self, headers: Sequence[str]) -> tuple[Pin | None, ...]:
        """The pin of each header of one row: the one that says it, else the nearest one that no other header says."""
        keys = [key(header) for header in headers]
        exact = {key(pin.header): pin for pin in self.pins}
        left = [pin for said, pin in exact.items() if said not in keys]
        return tuple(exact.get(said) or _nearest(said, left) for said in keys)


#: No layout at all.
NOTHING_PINNED = PinnedColumns()


def nearly(header: str, pin: Pin) -> Flag | None:
    """A flag where a printed header is a slip of the one that was pinned, and not the very same."""
    if key(header) == key(pin.header):
        return None
    message = f"The header {header!r} is read as {pin.header!r}, which the layout pins to {pin.field}."
    return Flag("layout-near", "reading", "info", message, (pin.field,))


def unused(pinned: PinnedColumns, used: Iterable[Pin], headers: Sequence[str]) -> tuple[Flag, ...]:
    """A flag for each pin that met no header; `headers`: the printed ones that no pin speaks of, as candidates."""
    met = set(used)
    return tuple(
        Flag(
            "layout-unused",
            "reading",
            "warning",
            f"The layout pins {pin.header!r} to {pin.field}, and no action table has that header.",
            tuple(headers),
        )
        for pin in pinned.pins
        if pin not in met
    )


def _nearest(said: str, pins: Sequence[Pin]) -> Pin | None:
    """The pin that a header is a slip of; None where there is none, or where two are equally near."""
    scored = [(_likeness(said, key(pin.header)), pin) for pin in pins]
    near = sorted((pair for pair in scored if pair[0] >= _SLIP), key=lambda pair: -pair[0])
    if not near or (len(near) > 1 and near[0][0] == near[1][0]):
        return None
    return near[0][1]


def _likeness(one: str, other: str) -> float:
    """0 to 100; another number is another header (`Year 1 target`, `Year 2 target`), and a short word has no slips."""
    if min(len(one), len(other)) < _SHORTEST or re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return 0.0
    return fuzz.ratio(one, other)
