"""Folders that last as long as the work in them: a process that is killed leaves one, and the next run clears it away.

The maker holds a lock on its folder, which the system lets go when the process ends, however it ends. So a folder of
that name without a lock is left over from a dead process. Where there are no such locks (Windows, some network disks)
nothing is ever cleared away.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

#: How the names of these folders begin beside what users have.
HIDDEN = ".actionplan-"


@contextlib.contextmanager
def passing_folder(parent: Path, prefix: str = HIDDEN, mode: int = 0o777) -> Iterator[Path]:
    """A new folder in `parent`; gone afterwards, with all that is in it.

    `mode`: its rights, less what the user denies to new files. It may be renamed meanwhile, and then stays. Raises
    OSError.
    """
    path, lock = _claimed(parent, prefix, mode)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def clear_leftovers(parent: Path, prefix: str = HIDDEN) -> None:
    """Remove from `parent` the folders that dead processes of this user left there; never raises."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError), os.scandir(parent) as entries:
        for entry in entries:
            if entry.name.startswith(prefix) and entry.is_dir(follow_symlinks=False):
                _clear(entry)


def _clear(entry: os.DirEntry[str]) -> None:
    with contextlib.suppress(OSError):
        if entry.stat(follow_symlinks=False).st_uid != os.geteuid():
            return
        lock = _locked(Path(entry.path))
        if lock is not None:
            shutil.rmtree(entry.path, ignore_errors=True)
            os.close(lock)


def _claimed(parent: Path, prefix: str, mode: int) -> tuple[Path, int | None]:
    """A new folder and the lock on it; None where there are no locks."""
    while True:
        path = parent / f"{prefix}{os.urandom(6).hex()}"
        path.mkdir(mode)
        lock = _locked(path)
        if lock is None or path.exists():
            return path, lock
        os.close(lock)  # between the two steps another run took it for left over


def _locked(folder: Path) -> int | None:
    """A lock on a folder, or None: another process has it, or there are no locks here."""
    if sys.platform == "win32":
        return None
    import fcntl

    handle = None
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        if handle is not None:
            os.close(handle)
        return None
    return handle
