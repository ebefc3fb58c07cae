"""What reviewers decided by hand: plain values, each keyed by a field and a hash of the text as printed.

A correction is for the text that its author saw. Where that text is printed no longer the correction lapses; the ref,
and the words of the row's action, only say which of several cells that print the same is meant. `placing.py` finds
the cells and rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from normalise.model import Flag
from normalise.pinned import NOTHING_PINNED, Pin, PinnedColumns
from normalise.vocabulary import key

#: So much of a text is shown in a message.
_SHOWN = 80


class Review(Struct, frozen=True):
    """Who decided, when (ISO day), and why."""

    author: str
    date: str
    note: str | None = None

    def __str__(self) -> str:
        """`R. Okafor on 2024-11-25 (Rang the service)`."""
        return f"{self.author} on {self.date}" + (f" ({self.note.rstrip('.')})" if self.note else "")


class Target(Struct, frozen=True):
    """Which printed cell or row is meant.

    `printed`: the fingerprint of what is printed. `ref`: a hint, the id of the action. `action`: the words with which
    the row's action begins, `action_sha256`: the fingerprint of all of them; a row whose action says something else is
    not meant.
    """

    printed: str
    ref: str | None = None
    action: str | None = None
    action_sha256: str | None = None

    @property
    def evidence(self) -> bool:
        """Whether more than the cell's own text says which row is meant."""
        return bool(self.action or self.action_sha256)

    def is_beside(self, action: str) -> bool:
        """Whether a row whose action is printed like this can be meant."""
        text = spaced(action)
        return (not self.action or text.startswith(spaced(self.action))) and (
            not self.action_sha256 or fingerprint(text) == self.action_sha256
        )


class ValueCorrection(Struct, frozen=True):
    """One cell: the text that it should have, or (`text` None) that it is right as it was read.

    `field`: a key of the action's cells (`end`, `lead`, `extra.Ward` …).
    """

    field: str
    target: Target
    text: str | None
    review: Review


class LeadCorrection(Struct, frozen=True):
    """Who an entry of a lead cell is: `lead` as read, `person` a name or an id of the plan's people."""

    target: Target
    lead: str
    person: str
    review: Review


class RowCorrection(Struct, frozen=True):
    """A row that is the rest of the one above (`join`), that holds two (`split`), or that is right as it was read.

    `split`: for each field that the second row has a part of, the printed text with which that part begins.
    """

    target: Target
    join: bool
    split: tuple[tuple[str, str], ...]
    review: Review


Correction = ValueCorrection | LeadCorrection | RowCorrection


class Corrections(Struct, frozen=True):
    """What one file says. `title`: the plan that it is for; `own`: the file is named for one source alone."""

    values: tuple[ValueCorrection, ...] = ()
    leads: tuple[LeadCorrection, ...] = ()
    rows: tuple[RowCorrection, ...] = ()
    columns: PinnedColumns = NOTHING_PINNED
    title: str | None = None
    own: bool = False

    def __bool__(self) -> bool:
        return bool(self.values or self.leads or self.rows or self.columns)

    def fits(self, title: str) -> bool:
        """Whether these are for a plan of this title; one may be the beginning of the other.

        >>> [Corrections(title="Recovery Plan").fits(title) for title in ("RECOVERY  PLAN – 2024", "", "Safer Quays")]
        [True, True, False]
        """
        mine, other = key(self.title or ""), key(title)
        return mine.startswith(other) or other.startswith(mine)


def combined(several: Sequence[Corrections]) -> Corrections:
    """The corrections of several files as one, those of the last file first: of two for one text, the first counts."""
    last_first = several[::-1]
    values = {(one.field, one.target): one for each in several for one in each.values}
    leads = {(one.lead, one.target): one for each in several for one in each.leads}
    rows = {one.target: one for each in several for one in each.rows}
    return Corrections(
        tuple(one for each in last_first for one in each.values if values[one.field, one.target] is one),
        tuple(one for each in last_first for one in each.leads if leads[one.lead, one.target] is one),
        tuple(one for each in last_first for one in each.rows if rows[one.target] is one),
        with_all_pins(each.columns for each in last_first),
    )


def with_all_pins(several: Iterable[PinnedColumns]) -> PinnedColumns:
    """All pins as one layout: of two for one header, the first counts."""
    pins: dict[str, Pin] = {}
    for pin in (pin for each in several for pin in each.pins):
        pins.setdefault(key(pin.header), pin)
    return PinnedColumns(tuple(pins.values()))


def settled(flag: Flag, how: Literal["Accepted", "Corrected"], review: Review) -> Flag:
    """A flag that somebody who looked at the page has settled: no doubt any more, but still told."""
    if flag.severity == "info":
        return flag
    return replace(flag, severity="info", message=f"{flag.message} {how} by {review}.")


def fingerprint(*texts: str) -> str:
    """SHA-256 (hex) of a cell as printed, or of a row: its cells in order, a line each.

    White space does not count for more than parting words: a wrap is a space, and what ends a text is none.

    >>> fingerprint("31  Jan\\n25 ") == fingerprint("31 Jan 25") != fingerprint("31", "Jan 25")
    True
    """
    return hashlib.sha256("\n".join(map(spaced, texts)).encode("utf-8", "surrogatepass")).hexdigest()


def shown(text: str) -> str:
    """A text as a message shows it: in quotation marks, a long one cut."""
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")


def spaced(text: str) -> str:
    """The text with every run of white space as one space, its ends trimmed."""
    return " ".join(text.split())
