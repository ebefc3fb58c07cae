"""Which plans a command's places name where some are elsewhere, and the output folder of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from actionplan.inputs import (
    CORRECTIONS,
    OWN_CORRECTIONS,
    UsageError,
    named_by,
    plans_among,
    refuse_shared,
    without_corrections,
)
from actionplan.place import Place, Url
from actionplan.storage import files_below, is_folder


class FarInput(Struct, frozen=True):
    """A plan to read, and the folder for what it says; either may be elsewhere. `corrections`: its files elsewhere."""

    source: Place
    folder: Place
    corrections: tuple[Url, ...] = ()


def far_inputs(places: Sequence[Place], out: Place) -> tuple[FarInput, ...]:
    """As `inputs_of`, for places that may be elsewhere; paths on this machine's disks are made absolute.

    Raises ReadError where a store does not answer, and UsageError.
    """
    found: dict[str, FarInput] = {}
    given = [place for place in places if isinstance(place, Path)]
    kept = without_corrections(given) if len(given) == len(places) else given
    for place in places:
        if isinstance(place, Path) and place not in kept:
            continue
        for source, below, corrections in _named(place):
            found.setdefault(str(source), FarInput(source, _absolute(out) / below, corrections))
    refuse_shared(found.values())
    return tuple(found.values())


def _named(place: Place) -> list[tuple[Place, str, tuple[Url, ...]]]:
    if isinstance(place, Path):
        return [(_absolute(source), str(below), ()) for source, below in named_by(place)]
    if not is_folder(place):
        _, _, beside = next(files_below(Url(place.parent)))
        return [(place, place.name, _corrections(place, beside))]
    found: list[tuple[Place, str, tuple[Url, ...]]] = []
    for folder, folders, names in files_below(place):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in plans_among(names):
            source = folder / name
            found.append((source, str(source.relative_to(place)), _corrections(source, names)))
    if not found:
        cause = "nothing below it could be a plan"
        raise UsageError(f"Nothing to read in {str(place)!r}", cause, "Name another address")
    return found


def _corrections(source: Url, beside: Sequence[str]) -> tuple[Url, ...]:
    """The corrections files that are beside a source, the more special one last."""
    names = (CORRECTIONS, source.name + OWN_CORRECTIONS)
    return tuple(Url(source.with_name(name)) for name in names if name in beside)


def _absolute(place: Place) -> Place:
    return place if isinstance(place, Url) else place.absolute()
