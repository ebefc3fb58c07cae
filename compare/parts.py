"""Which section and which group of the old plan is which of the new one, and what became of them."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import fuzz

from compare.assignment import Edge
from compare.doubts import Reading
from compare.model import Cause, FieldChange, PartKind, SectionChange, SectionPair
from compare.printed import title_key
from compare.values import difference
from normalise.model import Plan, Section

#: A place of a row: its section's id and its group's key.
Place = tuple[str | None, str]

#: Titles this alike (of 100) are one title that was edited.
_EDITED = 75


class Layout(Struct, frozen=True):
    """`sections`: old id -> new id. `renamed`: old place -> new place of a banner that is worded otherwise."""

    sections: dict[str, str]
    renamed: dict[Place, Place]

    def carried(self, section: str | None, group: str | None) -> Place:
        """Where in the new plan the rows of a place of the old one stand, if they did not move."""
        place = (section, title_key(group))
        if place in self.renamed:
            return self.renamed[place]
        # A section that is gone is no place of the new plan: a NUL is in no id.
        return (None if section is None else self.sections.get(section, f"\0{section}"), place[1])


def layout_of(old: Plan, new: Plan, pairs: list[Edge]) -> Layout:
    """The sections and groups that are one, by what they are called and by the rows that they share."""
    shared = Counter(
        (one.section, two.section)
        for one, two in ((old.actions[a], new.actions[b]) for a, b in pairs)
        if one.section is not None and two.section is not None
    )
    sections = _sections(old.sections, new.sections, shared)
    return Layout(sections, _renamed(old, new, pairs, sections))


def section_changes(old: Reading, new: Reading, layout: Layout) -> tuple[SectionChange, ...]:
    """A record for each section that came, went or differs, in the order of the new plan, what went last.

    What one reading lacks and its page prints all the same is a record of its own, of the tool.
    """
    before = {section.id: section for section in old.plan.sections}
    origin = {after: one for one, after in layout.sections.items()}
    found = []
    for section in new.plan.sections:
        if section.id not in origin:
            found.append(_whole("added", section, old, new))
            continue
        fields = _fields(before[origin[section.id]], section, old, new, layout)
        causes: tuple[Cause, ...] = ("document", "tool")
        for cause in causes:
            ours = tuple(change for change, made_by in fields if made_by == cause)
            doubts = tuple(dict.fromkeys(doubt for change in ours for doubt in change.doubts))
            if ours:
                ids = origin[section.id], section.id
                found.append(SectionChange("changed", *ids, ours, cause, bool(doubts), doubts))
    gone = [section for section in old.plan.sections if section.id not in layout.sections]
    return (*found, *(_whole("removed", section, new, old) for section in gone))


def section_pairs(new: Plan, layout: Layout) -> tuple[SectionPair, ...]:
    """The pairs of sections, in the order of the new plan."""
    origin = {after: one for one, after in layout.sections.items()}
    return tuple(SectionPair(origin[s.id], s.id) for s in new.sections if s.id in origin)


def _sections(olds: tuple[Section, ...], news: tuple[Section, ...], shared: Counter[tuple[str, str]]) -> dict[str, str]:
    """One to one, the best first: the same title, then rows in common, then the number, then a title alike."""
    scores = {}
    for at, one in enumerate(olds):
        for to, two in enumerate(news):
            score = _section_score(one, two, shared[(one.id, two.id)])
            if score:
                scores[(one.id, two.id)] = (-score, abs(at - to), min(at, to), max(at, to))
    found: dict[str, str] = {}
    for before, after in sorted(scores, key=lambda ids: scores[ids]):
        if before not in found and after not in found.values():
            found[before] = after
    return found


def _section_score(one: Section, two: Section, shared: int) -> float:
    """0: not one section. A title that is nowhere printed says nothing."""
    titles = title_key(one.title), title_key(two.title)
    score = min(shared, 400) / 100
    if all(titles):
        alike = fuzz.ratio(*titles)
        score += 6 if titles[0] == titles[1] else alike / 50 if alike >= _EDITED else 0
    if one.number is not None and one.number == two.number:
        score += 1.5
    elif not any(titles) and one.number is None and two.number is None:
        score += 1
    return score


def _renamed(old: Plan, new: Plan, pairs: list[Edge], sections: dict[str, str]) -> dict[Place, Place]:
    """Banners of one section that are nowhere in the other plan, and most of whose rows are under one that is new."""
    before = {(s.id, title_key(g.title)) for s in old.sections for g in s.groups}
    after = {(s.id, title_key(g.title)) for s in new.sections for g in s.groups}
    gone = {place for place in before if (sections.get(place[0]), place[1]) not in after}
    come = after - {(sections.get(section), key) for section, key in before}
    rows: Counter[tuple[Place, Place]] = Counter()
    sizes: Counter[tuple[int, Place]] = Counter()
    for a, b in pairs:
        one, two = ((row.section, title_key(row.group)) for row in (old.actions[a], new.actions[b]))
        sizes.update(((0, one), (1, two)))
        if one in gone and two in come and sections.get(one[0] or "") == two[0]:
            rows[(one, two)] += 1
    return {
        one: two for (one, two), count in rows.items() if 2 * count > sizes[(0, one)] and 2 * count > sizes[(1, two)]
    }


def _fields(one: Section, two: Section, old: Reading, new: Reading, layout: Layout) -> list[tuple[FieldChange, Cause]]:
    changes = [
        difference("number", one.number, two.number, {}, {}),
        difference("title", one.title, two.title, {}, {}),
        difference("outcomes", one.outcomes, two.outcomes, {}, {}),
        *_groups(one, two, layout),
    ]
    found: list[tuple[FieldChange, Cause]] = []
    for change in changes:
        if change and _read_otherwise(change, old, new):
            found.append((change, "tool"))
        elif change:
            found.append((_with_doubts(change, one, two, old, new), "document"))
    return found


def _groups(one: Section, two: Section, layout: Layout) -> list[FieldChange | None]:
    """Banners that came or went, and one change for each that is worded otherwise."""
    renamed = {old: new for old, new in layout.renamed.items() if old[0] == one.id}
    before, after = [group.title for group in one.groups], [group.title for group in two.groups]
    worded = [
        FieldChange("group", title, other)
        for title in before
        for other in after
        if renamed.get((one.id, title_key(title))) == (two.id, title_key(other))
    ]
    kept_old = tuple(t for t in before if (one.id, title_key(t)) not in renamed)
    kept_new = tuple(t for t in after if (two.id, title_key(t)) not in renamed.values())
    change = difference("groups", kept_old, kept_new, {}, {})
    if change and not change.came and not change.went:
        change = None  # the same banners in another order
    return [*worded, change]


def _read_otherwise(change: FieldChange, old: Reading, new: Reading) -> bool:
    """Whether one reading lacks what its page prints all the same, as a note or without a place."""
    sides = ((change.old, change.went, new), (change.new, change.came, old))
    if change.field in ("outcomes", "groups"):
        return all(reading.prints_outside(text) for _, texts, reading in sides for text in texts)
    if change.field == "number" and (change.old is None or change.new is None):
        return True
    given = [(value, reading) for value, _, reading in sides if isinstance(value, str)]
    return change.field == "title" and all(reading.prints_heading(value) for value, reading in given)


def _with_doubts(change: FieldChange, one: Section, two: Section, old: Reading, new: Reading) -> FieldChange:
    """A text dump or a scan may lack a title, an outcome or a banner, and may have clipped what it has."""
    doubts = []
    lost = (old.rough and _lacks(change.old, change.new)) or (new.rough and _lacks(change.new, change.old))
    if lost:
        doubts.append("What stands outside the rows may be missing from a text dump or a scan.")
    elif (old.rough or new.rough) and change.field in ("group", "groups", "title"):
        doubts.append("Banners and titles are often clipped in a text dump or a scan.")
    for reading, section in ((old, one), (new, two)):
        doubts += [
            finding.message
            for finding in reading.plan.findings
            if finding.about == "reading"
            and finding.severity != "info"
            and finding.action is None
            and finding.code == "missing-section-heading"
            and change.field in ("title", "number")
            and section.title is None
        ]
    return replace(change, uncertain=bool(doubts), doubts=tuple(doubts)) if doubts else change


def _lacks(value: object, other: object) -> bool:
    """Whether a side has nothing, or fewer entries than the other."""
    if isinstance(value, tuple) and isinstance(other, tuple):
        return len(value) < len(other)
    return value is None and other is not None


def _whole(kind: PartKind, section: Section, other: Reading, own: Reading) -> SectionChange:
    """A section that only one plan has; where the other prints its title all the same, only the reading differs."""
    added = kind == "added"
    values = (
        ("number", section.number),
        ("title", section.title),
        ("outcomes", section.outcomes),
        ("groups", tuple(group.title for group in section.groups)),
    )
    fields = tuple(
        FieldChange(field, None if added else value, value if added else None) for field, value in values if value
    )
    cause: Cause = "tool" if section.title and other.prints_heading(section.title) else "document"
    doubts = ("A section's heading may be missing from a text dump or a scan.",) if other.rough or own.rough else ()
    ids = (None, section.id) if added else (section.id, None)
    return SectionChange(kind, ids[0], ids[1], fields, cause, bool(doubts), doubts)
