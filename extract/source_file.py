"""The file behind a Document: found, within limits, hashed. What is wrong with it is said in one clear sentence."""

from __future__ import annotations

import hashlib
from pathlib import Path

from extract.model import ReadError, Source

#: The largest file that is opened, in bytes: above every scanned plan met so far, below what fills a small machine.
MAX_FILE_BYTES = 512 * 1024 * 1024


def checked(path: Path, limit: int = MAX_FILE_BYTES) -> Path:
    """The path, if it names a file that can be opened and is neither empty nor larger than `limit` bytes.

    Raises ReadError for one that is missing, a folder, no ordinary file, empty, too large or not readable.
    """
    what = _cannot_read(path)
    try:
        if path.is_dir():
            raise ReadError(what, "it is a folder", "Name the files in it, or give the folder to `actionplan extract`")
        if not path.exists():
            raise ReadError(what, "there is no such file", "Check the name and the folder")
        if not path.is_file():
            raise ReadError(what, "it is not an ordinary file", "Copy it to a file on disk")
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        raise _refused(path, error) from error
    if size == 0:
        raise ReadError(what, "the file is empty", "Fetch or save it again: a download may have been cut off")
    if size > limit:
        cause = f"it has {size:,} bytes, and the limit is {limit:,}"
        raise ReadError(what, cause, "Save the plan alone, without pictures, or split it")
    return path


def head_of(path: Path, count: int) -> bytes:
    """The first `count` bytes of the file."""
    try:
        with path.open("rb") as stream:
            return stream.read(count)
    except OSError as error:
        raise _refused(path, error) from error


def bytes_of(path: Path, limit: int = MAX_FILE_BYTES) -> bytes:
    """All bytes of the file, checked first."""
    try:
        return checked(path, limit).read_bytes()
    except OSError as error:
        raise _refused(path, error) from error


def source_of(path: Path, media_type: str, pages: int | None = None) -> Source:
    """The Source of a file: its base name, the SHA-256 of its bytes, and what the reader knows of it."""
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise _refused(path, error) from error
    return Source(path.name, digest, media_type, pages)


def _cannot_read(path: Path) -> str:
    return f"Cannot read {str(path)!r}"


def _refused(path: Path, error: Exception) -> ReadError:
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    return ReadError(_cannot_read(path), f"the system refused it ({reason})", "Check the file's permissions and name")
