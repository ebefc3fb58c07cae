"""The Diff: what changed between two versions of a plan, and how sure that is. Pure data; renderings are in export/.

Everything a rendering needs is here, so that none has to look at the plans again: the rows as a person would name them,
every changed value in the plan's own types, the words that came and went, and the places where both are printed.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from normalise.model import Date, Lead, Origins, Person, Resources, StatusValue

DIFF_SCHEMA_VERSION = "1.0"

#: What can happen to a row, the strongest first. `renumbered`: its ref, and nothing else.
Kind = Literal["added", "removed", "moved", "changed", "renumbered"]
#: How the two rows of a pair were found to be one.
By = Literal["ref-and-text", "text", "ref"]
#: The printed text differs (document), or it is the same and what was read from it differs (tool).
Cause = Literal["document", "tool"]
#: What can happen to a person, a section or a column.
PartKind = Literal["added", "removed", "changed"]
Precision = Literal["gained", "lost"]

#: A value of a plan: a text, dates, leads, resources, a list of texts; None where there is none.
Value = str | tuple[Date, ...] | tuple[Lead, ...] | tuple[str, ...] | Resources | None


class Version(Struct, frozen=True):
    """One of the two plans."""

    file: str
    sha256: str
    title: str
    version: str | None = None
    published: str | None = None


class Run(Struct, frozen=True):
    """Words in a row that are in both texts, or in one alone. The "same" and "old" runs together are the old text's
    words, the "same" and "new" runs the new one's (bullets left out). The last word of a paragraph ends in "\\n"."""

    op: Literal["same", "old", "new"]
    words: tuple[str, ...]


class FieldChange(Struct, frozen=True):
    """One value that differs.

    `field`: a key of an action (ref, section, group, action, measure, impact, progress, start, end, leads, resources,
    status, rag, status_text), `extra.<header>`, or for a section or the plan, a key of theirs. `old` and `new` are the
    plan's own values; of a section, its id. `doubts`: why the change is `uncertain`, a sentence each.

    Only where they say something: `days` (dates: how many days later the last day of all is; negative: brought
    forward), `precision` (dates), `amount` (resources: pounds up or down), `came` and `went` (leads: names, or as
    printed; lists: entries), `words` (texts).
    """

    field: str
    old: Value
    new: Value
    uncertain: bool = False
    doubts: tuple[str, ...] = ()
    days: int | None = None
    precision: Precision | None = None
    amount: int | float | None = None
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    words: tuple[Run, ...] = ()
    old_origins: Origins = ()
    new_origins: Origins = ()


class Row(Struct, frozen=True):
    """A row of one version, as a person would name it. `leads`: names, or as printed where nobody is named."""

    id: str
    ref: str | None
    section: str | None
    section_title: str | None
    group: str | None
    action: str
    leads: tuple[str, ...]
    status: StatusValue
    origins: Origins = ()


class Match(Struct, frozen=True):
    """How two rows were found to be one. `score`: 0 to 1, how alike; `sure`: no other row could as well be meant."""

    by: By
    score: float
    sure: bool = True


class Pair(Struct, frozen=True):
    """Two rows that are one, by their ids."""

    old: str
    new: str
    match: Match


class Change(Struct, frozen=True):
    """What happened to one row, of one cause.

    `kind` is the strongest, `also` the others; `old` is None for an added row, `new` and `match` for a removed one
    (an added one has no match either). `fields`: every value that differs; for an added or removed row, every value
    that it has. `uncertain`: the change, or a part of it, rests on a doubtful reading or on an unsure match; each
    field says so for itself.
    """

    kind: Kind
    also: tuple[Kind, ...]
    old: Row | None
    new: Row | None
    match: Match | None
    cause: Cause
    uncertain: bool
    fields: tuple[FieldChange, ...]
    doubts: tuple[str, ...] = ()

    @property
    def old_ref(self) -> str | None:
        """The ref in the old version."""
        return self.old.ref if self.old else None

    @property
    def new_ref(self) -> str | None:
        """The ref in the new version."""
        return self.new.ref if self.new else None


class PersonChange(Struct, frozen=True):
    """Somebody who joined, left, or has another name, role or initials."""

    kind: PartKind
    old: Person | None
    new: Person | None
    cause: Cause = "document"
    uncertain: bool = False
    doubts: tuple[str, ...] = ()


class ColumnChange(Struct, frozen=True):
    """A header that is worded otherwise; None where the column is not there. `sections`: new ids, if not of all."""

    field: str | None
    old: str | None
    new: str | None
    sections: tuple[str, ...] = ()
    cause: Cause = "document"
    uncertain: bool = False
    doubts: tuple[str, ...] = ()


class SectionPair(Struct, frozen=True):
    """Two sections that are one, by their ids."""

    old: str
    new: str


class SectionChange(Struct, frozen=True):
    """A section that came, went, or differs. `old`, `new`: its ids.

    Fields: number, title, outcomes (`came`, `went`), groups (banners that `came`, `went`), and one `group` for each
    banner that is worded otherwise.
    """

    kind: PartKind
    old: str | None
    new: str | None
    fields: tuple[FieldChange, ...]
    cause: Cause = "document"
    uncertain: bool = False
    doubts: tuple[str, ...] = ()


class PlanChange(Struct, frozen=True):
    """Something of the plan as a whole: title, organisation, version, published, intro, note, heading, table."""

    kind: PartKind
    change: FieldChange
    cause: Cause = "document"


class Summary(Struct, frozen=True):
    """Counts. Of rows: those of each version, and those without any change; the rest count what the document changed.

    A row counts once under its kind; `completed` … `reassigned` count what is certain, whatever the kind of the row.
    `uncertain`: records with something uncertain in them; `tool`: records of values that the tool read otherwise.
    """

    old_rows: int
    new_rows: int
    unchanged: int
    added: int
    removed: int
    moved: int
    changed: int
    renumbered: int
    completed: int
    reopened: int
    slipped: int
    brought_forward: int
    reassigned: int
    people: int
    columns: int
    sections: int
    plan: int
    uncertain: int
    tool: int


class Diff(Struct, frozen=True):
    """What changed between two versions. `changes` are in the order of the new plan, a removed row where it stood.

    What the tool reads otherwise (cause "tool") comes after all that the document changed. `pairs`: every pair of rows,
    unchanged ones too, in the order of the new plan; `section_pairs` likewise.
    """

    old: Version
    new: Version
    summary: Summary
    changes: tuple[Change, ...]
    people: tuple[PersonChange, ...]
    columns: tuple[ColumnChange, ...]
    sections: tuple[SectionChange, ...]
    plan: tuple[PlanChange, ...]
    pairs: tuple[Pair, ...]
    section_pairs: tuple[SectionPair, ...] = ()
    schema_version: str = DIFF_SCHEMA_VERSION

    @property
    def differs(self) -> bool:
        """Whether the document differs, certainly or perhaps; what the tool alone reads otherwise does not count."""
        causes: set[Cause] = {change.cause for change in self.changes}
        for parts in (self.people, self.columns, self.sections, self.plan):
            causes |= {part.cause for part in parts}
        return "document" in causes
