"""`actionplan catalogue`: thousands of extracted plans as one dataset to ask questions of."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from msgspec import Struct

from actionplan.inputs import UsageError
from actionplan.organisations import Organisations, read_organisations
from actionplan.terminal import complain, say
from export.catalogue.files import Gathered, Unordered, write_organisations
from export.catalogue.rows import TABLES, Catalogued
from export.catalogue.views import DATABASE, SQL, write_views
from export.plan_json import NotAPlan, from_data, json_text
from export.writing import WriteError, replace_folder
from extract.model import ReadError
from normalise.program import VERSION

#: The note that says what a folder's catalogue is of: by it a catalogue's folder is known.
NOTE = "catalogue.json"
#: What is in a catalogue's folder.
CONTENTS = (*TABLES, "organisations", DATABASE, SQL, NOTE)
#: The libraries that only a catalogue needs, which come with the extra `actionplan[catalogue]`.
LIBRARIES = ("pyarrow", "duckdb")
#: The largest plan.json that is read. Those of the longest plans that bodies publish have some megabytes.
MAX_BYTES = 256 * 1024 * 1024
#: The parts of a plan.json that no table of a catalogue holds: passed over, since they are most of it.
_NOT_NEEDED = ("columns", "paragraphs", "tables", "furniture", "unplaced")
_AGAIN = "Extract the plan again from its source"


class CatalogueWishes(Struct, frozen=True):
    """What the user asked for."""

    into: Path = Path("catalogue")
    organisations: Path | None = None
    quiet: bool = False


def catalogue(paths: Sequence[Path], wishes: CatalogueWishes) -> int:
    """Write the catalogue of all plans below the paths; 0 all are in it, 1 one could not be read, 2 wrong usage."""
    try:
        _refuse_without_libraries()
        _refuse_foreign(wishes.into)
        known = read_organisations(wishes.organisations) if wishes.organisations else Organisations()
        found = [one for path in paths for one in _folders(path)]
    except UsageError as error:
        complain(str(error))
        return 2
    with closing(Gathered()) as gathered:
        good = _gather(found, gathered, wishes.quiet)
        if not gathered.counts()["documents"]:
            complain("No plan could be read: nothing is written, and a catalogue that is there stays as it was")
            return 1
        try:
            unordered = _write(gathered, known, wishes.into)
        except WriteError as error:
            complain(str(error))
            return 1
        if not wishes.quiet:
            _tell(gathered, known, unordered, wishes)
    return 0 if good else 1


class _Folder(Struct, frozen=True):
    """A folder that holds a plan.json, and how the catalogue calls it: its path from the one given on."""

    path: Path
    name: str


def _folders(given: Path) -> Iterator[_Folder]:
    """The folders below a path that hold a plan.json, each in the order of their names, itself included."""
    if given.name == "plan.json" and given.is_file():
        yield _Folder(given.parent, given.parent.resolve().name)
        return
    if not given.is_dir():
        raise UsageError(f"Cannot catalogue {str(given)!r}", "it is no folder", "Name what actionplan extract wrote")
    found = False
    for parent, folders, names in os.walk(given):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if "plan.json" in names:
            found = True
            path = Path(parent)
            yield _Folder(path, path.relative_to(given).as_posix() if path != given else given.resolve().name)
    if not found:
        cause = "it holds no plan.json"
        raise UsageError(f"Nothing to catalogue in {str(given)!r}", cause, "Run actionplan extract first")


def _gather(found: Sequence[_Folder], gathered: Gathered, quiet: bool) -> bool:
    """Take in every plan, and say which can't be read; whether all could."""
    good = True
    for one in _watched(found, quiet):
        try:
            same = _taken_in(one, gathered)
        except ReadError as error:
            complain(str(error))
            good = False
            continue
        if same is not None and same != one.name and not quiet:
            say(f"{one.name}: the same plan.json as that of {same}, so it counts once")
    return good


def _taken_in(one: _Folder, gathered: Gathered) -> str | None:
    """As `Gathered.add`; NotAPlan too for a number that is larger than any column holds, which no plan's is."""
    plan = _read(one)
    try:
        return gathered.add(plan)
    except (ValueError, OverflowError) as error:
        cause = f"it holds what no column can ({error})"
        raise NotAPlan(f"Cannot read {str(one.path / 'plan.json')!r}", cause, _AGAIN) from error


def _watched(found: Sequence[_Folder], quiet: bool) -> Iterable[_Folder]:
    """The same, with a bar where somebody sits at a terminal."""
    if quiet or not sys.stderr.isatty():
        return found
    from actionplan.batch.bar import with_bar

    return with_bar(found)


def _read(one: _Folder) -> Catalogued:
    """The plan in a folder, without what the catalogue has no place for. Raises NotAPlan."""
    path = one.path / "plan.json"
    what, hint = f"Cannot read {str(path)!r}", _AGAIN
    try:
        if (size := path.stat().st_size) > MAX_BYTES:
            raise NotAPlan(what, f"it has {size:,} bytes, and the limit is {MAX_BYTES:,}", hint)
        content = path.read_bytes()
        data: Any = json.loads(content.decode("utf-8"))
    except OSError as error:
        cause = (error.strerror or type(error).__name__).lower()
        raise NotAPlan(what, cause, "Check the path and its permissions") from error
    except UnicodeDecodeError as error:
        raise NotAPlan(what, "it is not UTF-8 text", hint) from error
    except (ValueError, RecursionError) as error:
        raise NotAPlan(what, f"it is not JSON ({error})", hint) from error
    return Catalogued(from_data(_lean(data), str(path)), hashlib.sha256(content).hexdigest(), one.name)


def _lean(data: Any) -> Any:
    """The data of a plan.json without the parts that take the longest to read and are not needed."""
    if not isinstance(data, dict):
        return data
    data.update((name, []) for name in _NOT_NEEDED if isinstance(data.get(name), list))
    actions = data.get("actions")
    for action in actions if isinstance(actions, list) else ():
        if isinstance(action, dict) and isinstance(action.get("cells"), dict):
            action["cells"] = {}
    return data


def _write(gathered: Gathered, known: Organisations, into: Path) -> list[Unordered]:
    """Write the whole catalogue and let it take the place of the one before."""
    libraries = {name: version(name) for name in LIBRARIES}
    made_with = {"actionplan": VERSION, **libraries}
    catalogue_id = gathered.id([json.dumps(made_with), json.dumps([known.columns, known.known])])
    unordered: list[Unordered] = []
    told = dict(known.known)
    nothing = (None,) * len(known.columns)

    def fill(folder: Path) -> None:
        unordered.extend(gathered.write(folder, catalogue_id))
        rows = [
            {"organisation": body, "name": name, "documents": documents}
            | dict(zip(known.columns, told.get(body, nothing), strict=True))
            for body, name, documents in gathered.organisations()
        ]
        write_organisations(folder, catalogue_id, rows, known.columns)
        write_views(folder, catalogue_id)
        about = (
            "What this folder is: a catalogue that actionplan wrote; it replaces all of it but files of other names."
        )
        note = {"about": about, "catalogue": catalogue_id, "made_with": made_with, **gathered.counts()}
        (folder / NOTE).write_text(json_text(note), "utf-8")

    replace_folder(into, fill, CONTENTS)
    return unordered


def _tell(gathered: Gathered, known: Organisations, unordered: Iterable[Unordered], wishes: CatalogueWishes) -> None:
    """What a person must know of a catalogue."""
    for one in unordered:
        why = "the dates and numbers of its versions contradict each other" if one.contradiction else ""
        why = why or "not every version says its date or its number"
        say(f"warning: {one.plan}: {why}, so the last by its path counts as the latest: {', '.join(one.paths)}")
    if wishes.organisations:
        bodies = dict(known.known)
        missing = [name for body, name, _ in gathered.organisations() if body not in bodies]
        if missing:
            many = f"{len(missing):,} organisations are" if len(missing) > 1 else "1 organisation is"
            say(f"{many} not in {wishes.organisations}: {', '.join(missing)}")
    counts = ", ".join(f"{number:,} {name if number != 1 else name[:-1]}" for name, number in gathered.counts().items())
    say(f"{counts}: {wishes.into}{os.sep}")


def _refuse_without_libraries() -> None:
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if missing:
        cause = f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not installed"
        raise UsageError("Cannot write a catalogue", cause, "Install it with: pip install 'actionplan[catalogue]'")


def _refuse_foreign(into: Path) -> None:
    """A folder that holds anything, and no catalogue, is not ours to replace."""
    what, hint = f"Cannot write a catalogue to {str(into)!r}", "Name another folder with --into"
    if into.exists() and not into.is_dir():
        raise UsageError(what, "it is a file", hint)
    if into.resolve() == Path.cwd():
        raise UsageError(what, "it is the folder that the command is in, and a catalogue replaces its own", hint)
    if into.is_dir() and not (into / NOTE).is_file() and any(into.iterdir()):
        raise UsageError(what, "the folder holds other files and no catalogue", hint)
