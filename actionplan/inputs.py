"""Which plans a command's paths name, and the output folder of each."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from glob import has_magic
from pathlib import Path, PurePath
from typing import Protocol

from msgspec import Struct

from actionplan.unchanged import NOTE
from export.formats import FORMATS
from extract.model import ReadError

#: What is read from a folder. A file that is named itself is read whatever it is called.
SUFFIXES = (".pdf", ".docx", ".docm", ".txt", ".tsv", ".xlsx", ".xlsm")
#: The corrections of every plan in a folder, and what is put behind the name of a source for those of it alone.
CORRECTIONS, OWN_CORRECTIONS = "corrections.toml", ".corrections.toml"
#: How the names of files begin that hide, or that Word and Excel make while a document is open.
_PASSED_OVER = (".", "~$")


class Input(Struct, frozen=True):
    """A plan to read, and the folder for what it says."""

    source: Path
    folder: Path


class Named(Protocol):
    """An Input, or one whose source or folder is elsewhere (`actionplan.storage.Url`)."""

    @property
    def source(self) -> PurePath:
        """Where the plan is."""

    @property
    def folder(self) -> PurePath:
        """Where what it says goes."""


class UsageError(ReadError):
    """A command that can't be carried out as it was given."""


def inputs_of(paths: Iterable[Path], out: Path) -> tuple[Input, ...]:
    """Every plan that the paths name, in the order given, a folder's in the order of their names.

    A file goes to `out/<its full name>`, one below a given folder to `out/<its path below that folder>`. A path given
    twice is read once, and a corrections file beside plans is passed over. A pattern's files go to the same places as
    if the folder that it begins with were given. Raises UsageError where two plans would share a folder, where a path
    names none, and where nothing is named but corrections.
    """
    found: dict[Path, Input] = {}
    for path in without_corrections(tuple(paths)):
        for source, place in named_by(path):
            found.setdefault(source.resolve(), Input(source, out / place))
    refuse_shared(found.values())
    return tuple(found.values())


def without_corrections(paths: Sequence[Path]) -> list[Path]:
    """The paths without the corrections files that `plans/*` names too."""
    plans = [path for path in paths if not (path.name == CORRECTIONS or path.name.endswith(OWN_CORRECTIONS))]
    if paths and not plans:
        cause = "it holds corrections, and no plan"
        raise UsageError(f"Nothing to read in {str(paths[0])!r}", cause, "Name the plan that they are for")
    return plans


def is_pattern(path: Path) -> bool:
    """Whether a path is a pattern, as a shell would take it: it has `*`, `?` or `[…]`, and there is no such file."""
    return has_magic(str(path)) and not os.path.lexists(path)


def named_by(path: Path) -> list[tuple[Path, Path]]:
    """The plans that one path names, and the place of each below the output folder."""
    if path.is_dir():
        base, sources = path, _below(path)
    elif is_pattern(path):
        base, sources = _matching(path)
    else:
        return [(path, Path(path.name))]
    if not sources:
        kinds = ", ".join(suffix[1:] for suffix in SUFFIXES)
        cause = f"it holds no {kinds} file" if path.is_dir() else "no file that could be a plan matches it"
        raise UsageError(f"Nothing to read in {str(path)!r}", cause, "Name another path")
    return [(source, source.relative_to(base)) for source in sources]


def _matching(pattern: Path) -> tuple[Path, list[Path]]:
    """The folder that a pattern begins with, and the plans that match it; of a folder that matches, those below it.

    A pattern that says how names end finds whatever ends so; one that leaves it open, what a folder would give. `**`
    within a name (`**.pdf`) is `*`, as a shell has it.
    """
    parts = [part if part == "**" else re.sub(r"\*+", "*", part) for part in pattern.parts]
    fixed = next(at for at, part in enumerate(parts) if has_magic(part))
    base = Path(*parts[:fixed])
    ending = parts[-1].rpartition("*")[2]
    found: dict[Path, None] = {}
    for path in sorted(base.glob(str(Path(*parts[fixed:])))):
        if any(part.startswith(_PASSED_OVER) for part in path.relative_to(base).parts):
            continue
        if path.is_dir():
            found |= dict.fromkeys(_below(path))
        elif (ending or path.name.lower().endswith(SUFFIXES)) and not (path.parent / NOTE).exists():
            found[path] = None
    return base, list(found)


def _below(folder: Path) -> list[Path]:
    """The plans in a folder and the folders in it; links to folders are not followed, since they may go round.

    The workbook that an earlier run wrote of a plan is none.
    """
    found: list[Path] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(parent, name) for name in plans_among(names)]
    return found


def plans_among(names: Sequence[str]) -> list[str]:
    """Which of the files of one folder are plans, in the order of their names."""
    return [
        name
        for name in sorted(names)
        if name.lower().endswith(SUFFIXES) and not name.startswith(_PASSED_OVER) and not _written(name, names)
    ]


def _written(name: str, beside: Sequence[str]) -> bool:
    """Whether a file is the workbook that this program wrote of a plan: its note is beside it."""
    return name in FORMATS["xlsx"].files and NOTE in beside


def refuse_shared(inputs: Iterable[Named]) -> None:
    """Two plans in one folder would overwrite each other (also where only case differs: some disks ignore it)."""
    sharing: defaultdict[str, list[Named]] = defaultdict(list)
    for one in inputs:
        sharing[str(one.folder).casefold()].append(one)
    for several in sharing.values():
        if len(several) > 1:
            names = " and ".join(repr(str(one.source)) for one in several)
            cause = f"they have one name, so both would be written to {str(several[0].folder)!r}"
            raise UsageError(f"Cannot extract {names} together", cause, "Extract them into two --out folders")


def refuse_pages_of_many(inputs: Sequence[Named], pages: tuple[int, int] | None) -> None:
    """Raises UsageError where pages are named for more than one document."""
    if pages and len(inputs) > 1:
        cause = "each has pages of its own"
        raise UsageError(
            f"Cannot extract some pages of {len(inputs)} documents", cause, "Name one document with --pages"
        )


def refuse_unwritable(out: Path) -> None:
    """Say before any work that nothing can be written, as far as can be told without writing."""
    nearest = next(path for path in (out, *out.resolve().parents) if path.exists())
    if not nearest.is_dir():
        raise UsageError(f"Cannot write to {str(out)!r}", f"{str(nearest)!r} is a file", "Choose another --out folder")
    if not os.access(nearest, os.W_OK | os.X_OK):
        cause = f"there is no permission to write in {str(nearest)!r}"
        raise UsageError(f"Cannot write to {str(out)!r}", cause, "Choose another --out folder")
