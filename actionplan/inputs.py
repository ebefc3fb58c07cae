"""Which plans a command's paths name, and the output folder of each."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from actionplan.unchanged import NOTE
from export.formats import FORMATS
from extract.model import ReadError

#: What is read from a folder. A file that is named itself is read whatever it is called.
SUFFIXES = (".pdf", ".docx", ".docm", ".txt", ".tsv", ".xlsx", ".xlsm")
#: The corrections of every plan in a folder, and what is put behind the name of a source for those of it alone.
CORRECTIONS, OWN_CORRECTIONS = "corrections.toml", ".corrections.toml"
#: How the names of files begin that hide, or that Word and Excel make while a document is open.
_PASSED_OVER = (".", "~$")


@dataclass(frozen=True, slots=True)
class Input:
    """A plan to read, and the folder for what it says."""

    source: Path
    folder: Path


class UsageError(ReadError):
    """A command that can't be carried out as it was given."""


def inputs_of(paths: Iterable[Path], out: Path) -> tuple[Input, ...]:
    """Every plan that the paths name, in the order given, a folder's in the order of their names.

    A file goes to `out/<its full name>`, one below a given folder to `out/<its path below that folder>`. A path given
    twice is read once. Raises UsageError where two plans would share a folder, or a folder holds no plan.
    """
    found: dict[Path, Input] = {}
    for path in paths:
        if path.is_dir():
            sources = _below(path)
            if not sources:
                kinds = ", ".join(suffix[1:] for suffix in SUFFIXES)
                raise UsageError(f"Nothing to read in {str(path)!r}", f"it holds no {kinds} file", "Name another path")
            places = [(source, out / source.relative_to(path)) for source in sources]
        else:
            places = [(path, out / path.name)]
        for source, folder in places:
            found.setdefault(source.resolve(), Input(source, folder))
    _refuse_shared(found.values())
    return tuple(found.values())


def _below(folder: Path) -> list[Path]:
    """The plans in a folder and the folders in it; links to folders are not followed, since they may go round.

    The workbook that an earlier run wrote of a plan is none.
    """
    found: list[Path] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [
            Path(parent, name)
            for name in sorted(names)
            if name.lower().endswith(SUFFIXES) and not name.startswith(_PASSED_OVER) and not _written(name, names)
        ]
    return found


def _written(name: str, beside: Sequence[str]) -> bool:
    """Whether a file is the workbook that this program wrote of a plan: its note is beside it."""
    return name in FORMATS["xlsx"].files and NOTE in beside


def _refuse_shared(inputs: Iterable[Input]) -> None:
    """Two plans in one folder would overwrite each other (also where only case differs: some disks ignore it)."""
    sharing: defaultdict[str, list[Input]] = defaultdict(list)
    for one in inputs:
        sharing[str(one.folder).casefold()].append(one)
    for several in sharing.values():
        if len(several) > 1:
            names = " and ".join(repr(str(one.source)) for one in several)
            cause = f"they have one name, so both would be written to {str(several[0].folder)!r}"
            raise UsageError(f"Cannot extract {names} together", cause, "Extract them into two --out folders")
