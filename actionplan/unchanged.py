"""Whether a plan needs extracting at all: what an output folder was made from, noted in a small file of it.

The note says, as SHA-256 each: the source; the basis, which is whatever else could give another result (the settings,
this program's own files, the Python and the libraries installed); and each file written. A folder whose source and
basis are the same and whose files are all as they were written is unchanged. Anything else, an unreadable note
included, is not. Nothing depends on the dates of files: a copy or a restored backup is judged by what it holds.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from extract.model import ReadError
from extract.source_file import source_of

#: The name of the note in a plan's folder.
NOTE = ".actionplan.json"
#: Where this program's own files are: the packages that an extraction goes through.
_ROOMS = ("extract", "normalise", "compare", "export", "actionplan")


class Note(Struct, frozen=True):
    """What a folder was made from, how (`exact_csv`), with what result, and its files: name, SHA-256.

    The result: whether it is `doubtful`, and how many `findings` of each severity it has. `place`: where the source
    was, as seen from the folder; a help for finding it, and no proof.
    """

    source: str
    basis: str
    exact_csv: bool
    doubtful: bool
    findings: tuple[tuple[str, int], ...]
    files: tuple[tuple[str, str], ...]
    place: str = ""

    def holds(self, folder: Path, names: Iterable[str]) -> bool:
        """Whether these files are all in the folder, each as it was written."""
        noted = dict(self.files)
        return all(name in noted and digest_of(folder / name) == noted[name] for name in names)


def note_of(folder: Path) -> Note | None:
    """The note in a folder; None where there is none that can be understood."""
    try:
        data = json.loads((folder / NOTE).read_bytes())
        files = tuple((str(name), str(digest)) for name, digest in data["files"].items())
        findings = tuple((str(severity), int(number)) for severity, number in data["findings"].items())
        found = Note(data["source"], data["basis"], data["exact_csv"], data["doubtful"], findings, files)
        found = replace(found, place=str(data.get("place", "")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    sound = isinstance(found.exact_csv, bool) and isinstance(found.doubtful, bool)
    return found if sound else None


def note_text(note: Note) -> str:
    """The note as the text of its file."""
    data = {
        "about": "What these files were made from; actionplan extract reads it to see what is unchanged.",
        "source": note.source,
        "place": note.place,
        "basis": note.basis,
        "exact_csv": note.exact_csv,
        "doubtful": note.doubtful,
        "findings": dict(note.findings),
        "files": dict(note.files),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def place_of(source: Path, folder: Path) -> str:
    """Where a source is as seen from the folder of its plan: both can be moved together. Whole where no way leads."""
    try:
        return Path(os.path.relpath(source, folder)).as_posix()
    except ValueError:  # another drive
        return source.absolute().as_posix()


def basis_of(configuration: str) -> str:
    """SHA-256 of all but the source that a result can depend on; `configuration`: that of the settings."""
    parts = {
        "configuration": configuration,
        "program": program_digest(),
        "python": [sys.implementation.name, platform.python_version(), sys.platform, platform.machine()],
        "libraries": _libraries(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def source_digest(path: Path) -> str | None:
    """SHA-256 of a source; None where it can't be read, which reading it will say better."""
    try:
        return source_of(path, "").sha256 if path.is_file() else None
    except ReadError:
        return None


def digests_of(files: Mapping[str, bytes]) -> tuple[tuple[str, str], ...]:
    """SHA-256 of each content, by name."""
    return tuple((name, hashlib.sha256(content).hexdigest()) for name, content in files.items())


def digest_of(path: Path) -> str | None:
    """SHA-256 of a file that was written; None where it is not there, or no file."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


@cache
def program_digest() -> str:
    """SHA-256 over this program's own files: its version alone would not tell one working copy from the next."""
    home = Path(__file__).parents[1]
    whole = hashlib.sha256()
    for name in sorted(name for room in _ROOMS for name in _files(home / room, len(str(home)) + 1)):
        with open(f"{home}/{name}", "rb", 0) as file:  # noqa: PTH123  a Path for each would double the time
            content = file.read()
        whole.update(f"{name} {len(content)}\n".encode() + content)
    return whole.hexdigest()


def _files(folder: Path, above: int) -> Iterator[str]:
    """A folder's files, each as its path after `above` letters: made as Paths they take as long as their hashes."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (f"{place[above:]}/{name}".replace(os.sep, "/") for name in names)


@cache
def _libraries() -> list[str]:
    """The libraries that are installed, with their versions, as their records are called.

    Copies that a library puts on the path as it is loaded (setuptools does) are part of that library, not counted
    beside it: else what has been loaded so far would decide.
    """
    homes = {Path(place or ".").resolve(): set[str]() for place in sys.path}
    for home, names in homes.items():
        with contextlib.suppress(OSError):  # a place on the path need not be there, nor be a folder
            names.update(name for name in os.listdir(home) if name.endswith(".dist-info"))  # noqa: PTH208  as above
    holding = {home for home, names in homes.items() if names}
    return sorted({name for home in holding if holding.isdisjoint(home.parents) for name in homes[home]})
