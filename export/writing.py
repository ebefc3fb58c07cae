"""Folders written whole or not at all: a failure leaves what was there before, and nothing half-written.

The files are first written in full to a temporary folder beside the target, which is where a full disk shows itself.
Only then do they take their places, each by a rename in one step; if one can't, those before it are put back. A
process that is killed can leave that temporary folder (its name begins with `.actionplan-`, and the next run clears it
away), and files of both runs, each whole.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from export.passing_folders import passing_folder
from extract.model import ReadError


class WriteError(ReadError):
    """An output that cannot be written."""


def write_folder(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write `files` (name -> bytes, or text as UTF-8 without any change of line ends) into `folder`, made if need be.

    Files of other names in the folder are left alone. Raises WriteError, with everything as it was before.
    """
    folder = folder.resolve()
    made = _missing(folder.parent)
    done = False
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with passing_folder(folder.parent) as part:
            for name, content in files.items():
                _write(part / name, bytes_of(content))
            if folder.exists():
                _replace(folder, part, tuple(files))
            else:
                part.rename(folder)
        done = True
    except OSError as error:
        raise write_error(folder, error) from error
    finally:
        if not done:
            _remove_empty(made)


def write_file(path: Path, content: str | bytes) -> None:
    """Write one file, whole or not at all, into a folder that is there. Raises WriteError."""
    try:
        with passing_folder(path.parent) as part:
            _write(part / path.name, bytes_of(content))
            (part / path.name).replace(path)
    except OSError as error:
        raise write_error(path, error) from error


def replace_folder(folder: Path, fill: Callable[[Path], None], ours: Iterable[str]) -> None:
    """Let `fill` write a whole new folder beside `folder`, which then takes its place.

    `ours`: the names in it that are ours to replace; whatever else is in the old folder is moved to the new one. Raises
    WriteError, with the old folder in its place. A process that is killed leaves the old folder in its place too, or,
    in the moment of the change, both of them whole in the temporary folder.
    """
    folder = folder.resolve()
    made = _missing(folder.parent)
    done = False
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with passing_folder(folder.parent) as part:
            old, new = part / "old", part / "new"
            new.mkdir()
            fill(new)
            for path in sorted(new.rglob("*")):
                if path.is_file():
                    _sync(path)
            _change_places(folder, old, new, ours)
        done = True
    except OSError as error:
        raise write_error(folder, error) from error
    finally:
        if not done:
            _remove_empty(made)


def write_error(path: Path, error: OSError) -> WriteError:
    """What an operating system's error means for a person who wanted to write to `path`."""
    cause = error.strerror or type(error).__name__
    hint = "Choose another folder with --out, or make room or permission there"
    return WriteError(f"Cannot write {str(path)!r}", cause[:1].lower() + cause[1:], hint)


def bytes_of(content: str | bytes) -> bytes:
    """What is written for a content. Of a text, what UTF-8 can't hold (half of a surrogate pair) becomes "?"."""
    return content if isinstance(content, bytes) else content.encode("utf-8", errors="replace")


def _write(path: Path, content: bytes) -> None:
    """A new file, on the disk when this returns."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    """A file that was written is on the disk when this returns."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _replace(folder: Path, part: Path, names: tuple[str, ...]) -> None:
    """Let the files of `part` take their places in `folder`; put everything back if one of them can't.

    Each takes its place in one step, so that even a process that is killed leaves every file whole, the old or the new.
    """
    old = part / "old"
    old.mkdir()
    saved: list[str] = []
    try:
        for name in names:
            target = folder / name
            if target.is_dir() and not target.is_symlink():
                raise IsADirectoryError(None, f"{name} is a folder there")
            if target.exists() or target.is_symlink():
                _keep(target, old / name)
                saved.append(name)
        for name in names:
            (part / name).replace(folder / name)
    except BaseException:
        for name in names:
            if name in saved:
                (old / name).replace(folder / name)
            elif not (part / name).exists():
                (folder / name).unlink()
        raise


def _change_places(folder: Path, old: Path, new: Path, ours: Iterable[str]) -> None:
    """Let `new` take the place of `folder`, which becomes `old`; all is put back if something can't be moved."""
    there = folder.exists()
    others = sorted(path.name for path in folder.iterdir() if path.name not in ours) if there else []
    moved: list[str] = []
    try:
        if there:
            folder.rename(old)
        new.rename(folder)
        for name in others:
            (old / name).rename(folder / name)
            moved.append(name)
    except BaseException:
        for name in moved:
            (folder / name).rename(old / name)
        if not new.exists():
            folder.rename(new)
        if old.exists():
            old.rename(folder)
        raise


def _keep(path: Path, beside: Path) -> None:
    """The same file under a second name, or a copy where the disk has no second names."""
    try:
        os.link(path, beside, follow_symlinks=False)
    except OSError:
        shutil.copy2(path, beside, follow_symlinks=False)


def _missing(folder: Path) -> tuple[Path, ...]:
    """The folders that must be made for `folder` to be there, innermost first."""
    return tuple(parent for parent in (folder, *folder.parents) if not parent.exists())


def _remove_empty(folders: tuple[Path, ...]) -> None:
    with contextlib.suppress(OSError):
        for folder in folders:
            folder.rmdir()
