"""Files that are elsewhere: whatever fsspec, imported here alone, reads and writes (`s3://`, `gs://`, `az://` …).

An object store has no folders and no renaming: an object is there, whole, once its upload is over, and an older one
stays until then. Who may read and write is for the environment to say, as each store's own tools have it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from actionplan.inputs import UsageError
from actionplan.place import Url
from export.writing import WriteError
from extract.model import ReadError


def files_below(place: Url) -> Iterator[tuple[Url, list[str], list[str]]]:
    """As os.walk: each folder at and below an address, its folders (which the caller may thin out) and its files."""
    store, path = _opened(place)
    folders = [path.rstrip("/")]
    try:
        while folders:
            folder = folders.pop()
            entries = [entry for entry in store.ls(folder, detail=True) if entry["name"].rstrip("/") != folder]
            names = {kind: sorted(_name(entry) for entry in entries if entry["type"] == kind) for kind in _KINDS}
            below = names["directory"]
            yield place / folder[len(path.rstrip("/")) :].lstrip("/"), below, names["file"]  # may thin out `below`
            folders += [f"{folder}/{name}" for name in reversed(below)]
    except Exception as error:
        raise _unread(place, error) from error


def is_folder(place: Url) -> bool:
    """Whether anything is below an address. Raises ReadError where neither that nor a file is there."""
    store, path = _opened(place)
    try:
        return bool(store.isdir(path)) or not store.exists(path) and _nothing(place)
    except ReadError:
        raise
    except Exception as error:
        raise _unread(place, error) from error


def fetch(place: Url, into: Path, missing_ok: bool = False) -> bool:
    """Copy one file to a path on this machine; whether it was there. Raises ReadError."""
    store, path = _opened(place)
    try:
        store.get_file(path, str(into))
    except FileNotFoundError as error:
        if missing_ok:
            into.unlink(missing_ok=True)
            return False
        raise _unread(place, error) from error
    except Exception as error:
        raise _unread(place, error) from error
    return True


def put(place: Url, content: bytes) -> None:
    """Write one file, whole or not at all. Raises WriteError."""
    store, path = _opened(place)
    try:
        store.pipe_file(path, content)
    except Exception as error:
        raise WriteError(f"Cannot write {str(place)!r}", _cause(error), _HINT) from error


_KINDS = ("directory", "file")
_HINT = "Check the address, and what the environment says of who may use it"


def _opened(place: Url) -> tuple[Any, str]:
    """The store of an address, and the path in it."""
    try:
        import fsspec

        store, path = fsspec.core.url_to_fs(str(place), use_listings_cache=False)
    except ImportError as error:
        scheme = str(place).split(":")[0]
        cause = f"the library that reads {scheme}:// is not installed"
        hint = "Install it with: pip install 'actionplan[s3]'" if scheme.startswith("s3") else f"{error}"
        raise UsageError(f"Cannot read {str(place)!r}", cause, hint) from error
    except ValueError as error:
        raise UsageError(f"Cannot read {str(place)!r}", str(error).lower(), "Check how the address begins") from error
    return store, str(path)


def _nothing(place: Url) -> bool:
    raise ReadError(f"Cannot read {str(place)!r}", "there is nothing at this address", _HINT)


def _name(entry: dict[str, Any]) -> str:
    return str(entry["name"]).rstrip("/").rsplit("/", 1)[-1]


def _unread(place: Url, error: Exception) -> ReadError:
    return error if isinstance(error, ReadError) else ReadError(f"Cannot read {str(place)!r}", _cause(error), _HINT)


def _cause(error: Exception) -> str:
    """What a store's error says, without whatever long text (headers, signatures) it brings along."""
    for kind, words in _CAUSES:
        if isinstance(error, kind):
            return words
    name = type(error).__name__
    return "there is no key for it in the environment" if "Credentials" in name else f"the store failed ({name})"


_CAUSES: tuple[tuple[type[Exception], str], ...] = (
    (FileNotFoundError, "there is nothing at this address"),
    (PermissionError, "the store does not allow it"),
    (ConnectionError, "the store can't be reached"),
    (TimeoutError, "the store did not answer in time"),
)
