"""What changed beside the rows, in words: people, headers, sections, the plan as a whole."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from compare.model import ColumnChange, Diff, FieldChange, PersonChange, PlanChange, SectionChange
from export.diff.words import Side, gathered
from export.plain_text import plain
from export.value_words import field_name, sentence, value_lines
from normalise.model import Person


class Part(Struct, frozen=True):
    """A change that is not a row's: of a person, a header, a section or the plan. `kind`: added, removed or changed.

    `name` says what it is; `fields` what differs, () where `old` and `new` (lines of text) say it all.
    """

    kind: str
    name: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    fields: tuple[FieldChange, ...]
    cause: str
    doubts: tuple[str, ...]
    uncertain: bool

    @property
    def side(self) -> Side:
        """Of which versions its values are to be shown."""
        return "new" if self.kind == "added" else "old" if self.kind == "removed" else "both"

    @property
    def is_its_field(self) -> bool:
        """Whether its one field says what it is, so that a heading for it would say that twice."""
        return [field_name(field.field) for field in self.fields] == [self.name]


def parts(diff: Diff) -> dict[str, tuple[Part, ...]]:
    """What changed beside the rows, under a heading each; headings with nothing under them are left out."""
    found = {
        "People": tuple(map(_person_part, diff.people)),
        "Column headers": tuple(map(_column_part, diff.columns)),
        "Sections": tuple(map(_section_part, diff.sections)),
        "The plan as a whole": tuple(map(_plan_part, diff.plan)),
    }
    return {heading: entries for heading, entries in found.items() if entries}


def only(found: dict[str, tuple[Part, ...]], cause: str) -> dict[str, tuple[Part, ...]]:
    """Those of the parts that have this cause."""
    kept = {heading: tuple(part for part in entries if part.cause == cause) for heading, entries in found.items()}
    return {heading: entries for heading, entries in kept.items() if entries}


def _part_doubts(uncertain: bool, said: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(sentence, said))) or ("Its reading is doubtful.",) if uncertain else ()


def _person_part(change: PersonChange) -> Part:
    person = change.new or change.old
    name = plain(person.name) if person else ""
    old, new = _person_lines(change.old), _person_lines(change.new)
    said = _part_doubts(change.uncertain, change.doubts)
    return Part(change.kind, name, old, new, (), change.cause, said, change.uncertain)


def _person_lines(person: Person | None) -> tuple[str, ...]:
    if person is None:
        return ()
    words = plain(person.name) + (f", {plain(person.role)}" if person.role else "")
    return (words + (f" ({', '.join(map(plain, person.initials))})" if person.initials else ""),)


def _column_part(change: ColumnChange) -> Part:
    kind = "added" if change.old is None else "removed" if change.new is None else "changed"
    name = field_name(change.field) if change.field else "Column"
    said = _part_doubts(change.uncertain, change.doubts)
    return Part(kind, name, value_lines(change.old), value_lines(change.new), (), change.cause, said, change.uncertain)


def _section_part(change: SectionChange) -> Part:
    ids = dict.fromkeys(plain(one) for one in (change.old, change.new) if one)
    said = gathered(_part_doubts(change.uncertain, change.doubts), change.fields)
    name = f"Section {' → '.join(ids)}"
    return Part(change.kind, name, (), (), change.fields, change.cause, said, change.uncertain)


def _plan_part(change: PlanChange) -> Part:
    name, uncertain = field_name(change.change.field), change.change.uncertain
    return Part(change.kind, name, (), (), (change.change,), change.cause, (), uncertain)
