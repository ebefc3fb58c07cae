"""Where something is: a path on this machine's disks, or an address elsewhere, such as `s3://bucket/plans`."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from actionplan.inputs import UsageError

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")


class Url(PurePosixPath):
    """An address, with the parts and the ways of a path."""

    def __str__(self) -> str:
        return re.sub(r"^([A-Za-z][A-Za-z0-9+.-]+):/", r"\1://", super().__str__())


Place: TypeAlias = Path | Url


def place_of(text: str) -> Place:
    """What a word of the command line means: a path (`file://` too), or an address.

    Raises UsageError for an address that names no store, and for one with a password, a key or a signature in it: who
    may read and write is for the environment to say, so that none can end up in a message or an output.
    """
    found = _SCHEME.match(text)
    if not found:
        return Path(text)
    scheme, rest = found[1].lower(), text[found.end() :]
    if "@" in rest.split("/")[0] or "?" in rest:
        cause = "it holds a name, a password or a signature, which would end up in messages and outputs"
        hint = "Leave it out, and set it in the environment as the store's own tools take it"
        raise UsageError(f"Cannot use the {scheme}:// address", cause, hint)
    if scheme == "file":
        return Path(rest.removeprefix("localhost") if rest.startswith("localhost/") else rest)
    if rest.startswith("/") or not rest:
        cause = "it names no store: nothing stands between its second and its third slash"
        raise UsageError(f"Cannot use the {scheme}:// address", cause, f"Name the bucket or host: {scheme}://NAME/…")
    return Url(f"{scheme}://{rest}")
