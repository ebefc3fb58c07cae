"""The Plan: what a document means. Field for field the contract's `plan.json`, in its key order.

Everything is a frozen value; sequences are tuples. Objects whose keys are data (`extra`, `cells`) are tuples of pairs
here and objects in JSON. An id is text; `None` is JSON's null.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from extract.model import Origin, Source

SCHEMA_VERSION = "1.1"

#: The contract's names for columns, in the order in which cells are reported.
FIELDS = ("ref", "action", "start", "end", "lead", "resources", "measure", "impact", "progress", "status")
#: The key of an action that holds what stands under a column.
KEY_OF_COLUMN = {"lead": "leads"}
TEXT_FIELDS = ("action", "measure", "impact", "progress")

DateKind = Literal["date", "range", "ongoing", "tbc", "immediate", "complete", "text"]
Basis = Literal["initials", "name", "role", "context", "correction", "none"]
About = Literal["reading", "document"]
Severity = Literal["info", "warning", "error"]
StatusValue = Literal["complete", "in_progress", "off_track", "not_started", "unknown"]

Origins = tuple[Origin, ...]


class Head(Struct, frozen=True, gc=False):
    """Title (without the version), organisation, version (without the word Version), published (EDTF)."""

    title: str
    organisation: str | None = None
    version: str | None = None
    published: str | None = None


class Tool(Struct, frozen=True, gc=False):
    """What made the plan: the configuration is a SHA-256 of settings, layout and corrections."""

    name: str
    version: str
    configuration: str
    engines: tuple[tuple[str, str], ...]


class Person(Struct, frozen=True, gc=False, cache_hash=True):
    """Somebody to whom the document gives a role or initials. `initials` as printed, else derived from the name."""

    id: str
    name: str
    role: str | None = None
    initials: tuple[str, ...] = ()
    origins: Origins = ()


class Column(Struct, frozen=True, gc=False):
    """A printed header, once a section."""

    field: str | None
    header: str
    section: str | None
    origins: Origins


class Group(Struct, frozen=True, gc=False):
    """A banner row: `raw` as printed, `title` made whole."""

    title: str
    raw: str
    origins: Origins


class Section(Struct, frozen=True, gc=False):
    """A numbered part of the plan. `raw`, `outcomes_raw`: the printed heading and list, number and bullets kept."""

    id: str
    number: str | None
    title: str | None
    outcomes: tuple[str, ...]
    groups: tuple[Group, ...]
    origins: Origins
    raw: str = ""
    outcomes_raw: tuple[str, ...] = ()


class Date(Struct, frozen=True, gc=False):
    """One printed date. `edtf`, `earliest`, `latest` (ISO days) only where `kind` is "date" or "range"."""

    text: str
    kind: DateKind
    edtf: str | None = None
    earliest: str | None = None
    latest: str | None = None
    label: str | None = None
    inferred: tuple[str, ...] = ()
    superseded: bool = False


class Lead(Struct, frozen=True, gc=False):
    """One person (or group) as printed; `person` and `candidates` are ids in `people`."""

    text: str
    person: str | None
    candidates: tuple[str, ...]
    basis: Basis


class Resources(Struct, frozen=True, gc=False):
    """`amount` in pounds, set exactly where `kind` is "amount"."""

    text: str
    kind: Literal["amount", "tbc", "none", "text", "blank"]
    amount: int | float | None = None
    currency: str | None = None
    qualifier: str | None = None


class Repair(Struct, frozen=True, gc=False):
    """One change: at code point `at` of the text as it then stood, `before` gave way to `after` (smallest span).

    `author`, `date` (ISO day), `note`: who made a correction by hand, when and why; None for every other rule.
    """

    rule: str
    at: int
    before: str
    after: str
    author: str | None = None
    date: str | None = None
    note: str | None = None


class CellRecord(Struct, frozen=True, gc=False):
    """A cell as printed, what was done to it, and where it stands."""

    raw: str
    repairs: tuple[Repair, ...]
    origins: Origins


class Action(Struct, frozen=True, gc=False):
    """One row of the plan."""

    id: str
    ref: str | None
    section: str | None
    group: str | None
    action: str
    measure: str
    impact: str
    progress: str
    start: tuple[Date, ...]
    end: tuple[Date, ...]
    leads: tuple[Lead, ...]
    resources: Resources
    status: StatusValue
    status_basis: Literal["cell", "progress", "none"]
    rag: Literal["blue", "green", "amber", "red"] | None
    status_text: str | None
    extra: tuple[tuple[str, str], ...]
    cells: tuple[tuple[str, CellRecord], ...]
    needs_review: bool = False


class Finding(Struct, frozen=True, gc=False):
    """Something a person should know. About the `reading`: we may be wrong; about the `document`: the page is odd."""

    id: str
    code: str
    about: About
    severity: Severity
    action: str | None
    ref: str | None
    field: str | None
    message: str
    candidates: tuple[str, ...] = ()
    origins: Origins = ()


class Flag(Struct, frozen=True, gc=False):
    """A finding before it knows its row: what a pure step on one cell's text has to say."""

    code: str
    about: About
    severity: Severity
    message: str
    candidates: tuple[str, ...] = ()


class TextBlock(Struct, frozen=True, gc=False):
    """Text outside the action tables. Paragraph kinds: title, date, intro, person, heading, note, outcomes heading."""

    text: str
    kind: str
    section: str | None
    origins: Origins


class OtherTable(Struct, frozen=True, gc=False):
    """A table that is no action table: key, glossary, sign-off."""

    rows: tuple[tuple[str, ...], ...]
    origins: Origins


class Furniture(Struct, frozen=True, gc=False):
    """Running heads and feet, page numbers, repeated headers. Kinds: head, foot, page-number, header."""

    text: str
    kind: str
    origins: Origins


class Unplaced(Struct, frozen=True, gc=False):
    """What could be given no place; each is also a finding."""

    text: str
    origins: Origins


class Ledger(Struct, frozen=True, gc=False):
    """Characters that are not white space: those of the source, and where each went. placed + furniture + unplaced."""

    characters: int
    placed: int
    furniture: int
    unplaced: int


class Plan(Struct, frozen=True, gc=False):
    """The whole plan."""

    plan: Head
    source: Source
    tool: Tool
    people: tuple[Person, ...]
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    actions: tuple[Action, ...]
    findings: tuple[Finding, ...]
    paragraphs: tuple[TextBlock, ...]
    tables: tuple[OtherTable, ...]
    furniture: tuple[Furniture, ...]
    unplaced: tuple[Unplaced, ...]
    ledger: Ledger
    schema_version: str = SCHEMA_VERSION
