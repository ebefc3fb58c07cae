"""What became of one input: plain values, which come from another process, or another machine, as they are."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from extract.model import ReadError

#: `doubtful`: written, and a warning or an error says that the reading may be wrong.
Status = Literal["written", "doubtful", "unchanged", "failed"]


class Failure(Struct, frozen=True):
    """What happened, the cause, what to try; `notes`: what an error has to show beside its sentence."""

    what: str
    cause: str
    hint: str
    notes: tuple[str, ...] = ()
    wrong_usage: bool = False

    @classmethod
    def of(cls, error: ReadError, wrong_usage: bool = False) -> Failure:
        """An error as a value."""
        notes = tuple(line for note in getattr(error, "__notes__", ()) for line in note.split("\n"))
        return cls(error.what, error.cause, error.hint, notes, wrong_usage)

    def __str__(self) -> str:
        return f"{self.what}: {self.cause}. {self.hint}"


class Outcome(Struct, frozen=True):
    """How it went with one input, and what to say of it.

    `doubtful` holds for an unchanged plan too. `findings`: how many of each severity. `source`, `plan`: SHA-256 of the
    input and of its plan.json, where they are known. `told`: what a person should know of it, line by line.
    """

    status: Status
    doubtful: bool = False
    findings: tuple[tuple[str, int], ...] = ()
    source: str | None = None
    plan: str | None = None
    told: tuple[str, ...] = ()
    failure: Failure | None = None

    def well(self, strict: bool) -> bool:
        """Whether the plan is there (and, strict, not doubtful)."""
        return self.failure is None and not (strict and self.doubtful)
