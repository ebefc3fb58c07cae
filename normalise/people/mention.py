"""One place in which the document says who somebody is, and the Roster that all of them make."""

from __future__ import annotations

from msgspec import Struct

from normalise.model import Flag, Origins, Person


class Mention(Struct, frozen=True):
    """A name with the role and the initials printed beside it, and where. `own_line`: the line is about nobody else."""

    name: str
    role: str | None = None
    initials: tuple[str, ...] = ()
    origins: Origins = ()
    own_line: bool = False


class Roster(Struct, frozen=True):
    """The people whom a document gives a role or initials, in the order in which it first names them.

    `used`: indices of the passages that are somebody's own line. `flags`: what is odd about the roster itself.
    """

    people: tuple[Person, ...] = ()
    used: tuple[int, ...] = ()
    flags: tuple[Flag, ...] = ()
