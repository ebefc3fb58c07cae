"""What became of all that stands around the rows: people, headers, the title and date, the introduction, tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from msgspec.structs import replace
from rapidfuzz import fuzz

from compare.doubts import Reading, runs_of_words, share_in
from compare.likeness import folded
from compare.model import Cause, ColumnChange, FieldChange, PartKind, PersonChange, PlanChange
from compare.printed import printed_alike, printed_key, title_key
from compare.values import difference
from compare.wording import words_between
from normalise.model import Column, Person, Plan

_MISSING = "What stands outside the rows may be missing from a text dump or a scan."
_CLIPPED = "Headers are often clipped in a text dump or a scan."
#: Kinds of paragraphs that are compared as text: titles, dates, people and headings of sections have their own place.
_PROSE = ("intro", "note")
#: From here on two paragraphs are one that was edited (of 100).
_EDITED = 50
_HEADERS_ALIKE = 60
#: More pairs of texts than this are not all looked at.
_MANY = 10_000
#: So much of a text in the rows of the other version (0 to 1) is the text.
_THERE = 0.5


def people_changes(old: Reading, new: Reading) -> tuple[PersonChange, ...]:
    """Who joined, in the order of the new plan, who has another role or initials, and then who left."""
    before = {person.id: person for person in old.plan.people}
    after = {person.id: person for person in new.plan.people}
    pairs = {who: who for who in before if who in after} | _renamed(before, after)
    origin = {now: then for then, now in pairs.items()}
    found = []
    for who, person in after.items():
        if who not in origin:
            found.append(_person("added", None, person, old, new))
        elif _said_of(before[origin[who]]) != _said_of(person):
            found.append(_person("changed", before[origin[who]], person, old, new))
    return (*found, *(_person("removed", one, None, old, new) for who, one in before.items() if who not in pairs))


def _renamed(before: dict[str, Person], after: dict[str, Person]) -> dict[str, str]:
    """Ids of people with nearly the same name (a letter, a middle name), and one role: one to one."""
    found: dict[str, str] = {}
    for one in before.values():
        for two in after.values():
            if one.id in after or two.id in before or one.id in found or two.id in found.values():
                continue
            alike = max(fuzz.ratio(one.name, two.name), fuzz.token_set_ratio(one.name, two.name) - 5)
            if alike >= 85 and title_key(one.role) == title_key(two.role):
                found[one.id] = two.id
    return found


def _said_of(person: Person) -> tuple[str, str, frozenset[str]]:
    return printed_key(person.name), printed_key(person.role or ""), frozenset(map(printed_key, person.initials))


def _person(kind: PartKind, one: Person | None, two: Person | None, old: Reading, new: Reading) -> PersonChange:
    """The tool's doing, where both print the name and role alike; doubtful, where a dump names nobody at all."""
    cause: Cause = "document"
    doubts: list[str] = []
    if one and two:
        alike = [new.prints_outside(part) and old.prints_outside(other) for part, other in _parts(one, two)]
        cause = "tool" if all(alike) and alike else "document"
    else:
        person, other = (one, new) if one else (two, old)
        if person and other.prints_outside(person.name) and other.prints_outside(person.role or person.name):
            cause = "tool"
        elif other.rough and (not other.plan.people or other.prints_outside(person.name if person else "")):
            doubts.append(_MISSING)
    if cause == "document" and (old.rough or new.rough) and one and two:
        doubts.append(_MISSING)
    return PersonChange(kind, one, two, cause, bool(doubts), tuple(doubts))


def _parts(one: Person, two: Person) -> list[tuple[str, str]]:
    """What differs between two people, (of the one, of the other), to be looked for in the other's document."""
    pairs = [(one.name, two.name), (one.role or "", two.role or "")]
    return [(a, b) for a, b in pairs if not printed_alike(a, b)]


def column_changes(old: Reading, new: Reading, sections: Mapping[str, str]) -> tuple[ColumnChange, ...]:
    """Headers that are worded otherwise, or that only one version has; `sections`: old id -> new id.

    First the headers of the whole plan; where those agree, what single sections print (not in a text dump or a scan,
    where one is often clipped).
    """
    before, after = _headers(old.plan), _headers(new.plan)
    found = []
    for field in (*after, *(field for field in before if field not in after)):
        olds: dict[str, list[str]] = before.get(field, {})
        news: dict[str, list[str]] = after.get(field, {})
        if not olds.keys() & news.keys():
            found.append(_column(field, _most(olds), _most(news), (), old, new))
        elif not (old.rough or new.rough) and (len(olds) > 1 or len(news) > 1):
            found += [
                _column(field, *words, ids, old, new) for words, ids in _here_and_there(field, old, new, sections)
            ]
    return tuple(_paired_extras(found))


def _column(
    field: str, one: str | None, two: str | None, sections: tuple[str, ...], old: Reading, new: Reading
) -> ColumnChange:
    """One header's record; in a rough reading it may be missing, or clipped where the words are nearly the same."""
    doubts: tuple[str, ...] = ()
    if old.rough or new.rough:
        alike = fuzz.partial_ratio(title_key(one), title_key(two)) if one and two else 0.0
        doubts = (_MISSING,) if not (one and two) else (_CLIPPED,) if alike >= _HEADERS_ALIKE else ()
    name = None if field.startswith("extra:") else field
    return ColumnChange(name, one, two, sections, "document", bool(doubts), doubts)


def _here_and_there(
    field: str, old: Reading, new: Reading, sections: Mapping[str, str]
) -> list[tuple[tuple[str, str], tuple[str, ...]]]:
    """The headers of a field that differ in single sections: (old, new) and the new ids of those sections."""
    before, after = _by_section(field, old.plan, sections), _by_section(field, new.plan)
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for section in after:
        olds, news = before.get(section, {}), after[section]
        gone = [header for key, header in olds.items() if key not in news]
        come = [header for key, header in news.items() if key not in olds]
        if olds and (gone or come):
            found[(gone or [*olds.values()])[0], (come or [*news.values()])[0]].append(section)
    return [(words, tuple(ids)) for words, ids in found.items()]


def _by_section(field: str, plan: Plan, ids: Mapping[str, str] | None = None) -> dict[str, dict[str, str]]:
    """The headers of a field by their keys in each section, which may have several tables; `ids`: other ids of them."""
    found: dict[str, dict[str, str]] = {}
    for column in plan.columns:
        section = ids.get(column.section or "") if ids is not None else column.section
        if section and _field_of(column) == field:
            found.setdefault(section, {})[title_key(column.header)] = column.header
    return found


def _field_of(column: Column) -> str:
    return column.field or f"extra:{title_key(column.header)}"


def _headers(plan: Plan) -> dict[str, dict[str, list[str]]]:
    """Of each field (`extra:<header>` where the contract has none), its headers by their keys, in all sections."""
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for column in plan.columns:
        if key := title_key(column.header):
            found[_field_of(column)][key].append(column.header)
    return {field: dict(headers) for field, headers in found.items()}


def _most(headers: dict[str, list[str]]) -> str | None:
    """The header that most sections print, the shortest form of it."""
    if not headers:
        return None
    most = max(headers, key=lambda key: len(headers[key]))
    return min(headers[most], key=len)


def _paired_extras(found: list[ColumnChange]) -> list[ColumnChange]:
    """A column without a name in the contract that went, and the only one that came: one column, renamed, if alike."""
    came = [change for change in found if change.field is None and change.old is None]
    went = [change for change in found if change.field is None and change.new is None]
    if len(came) == len(went) == 1 and fuzz.ratio(title_key(came[0].new), title_key(went[0].old)) >= _HEADERS_ALIKE:
        renamed = replace(came[0], old=went[0].old)
        return [renamed if change is came[0] else change for change in found if change is not went[0]]
    return found


def plan_changes(old: Reading, new: Reading) -> tuple[PlanChange, ...]:
    """What the documents say of themselves, then their prose, then their other tables."""
    found = []
    for field in ("title", "organisation", "version", "published"):
        one, two = getattr(old.plan.plan, field), getattr(new.plan.plan, field)
        if change := difference(field, one, two, {}, {}):
            doubtful = (old.rough and one is None) or (new.rough and two is None)
            change = replace(change, uncertain=doubtful, doubts=(_MISSING,) if doubtful else ())
            kind: PartKind = "added" if one is None else "removed" if two is None else "changed"
            found.append(PlanChange(kind, change, _head_cause(field, one, two, old, new)))
    prose = _prose(old.plan), _prose(new.plan)
    tables = _tables(old.plan), _tables(new.plan)
    found += [*_texts("paragraph", *prose, old, new), *_texts("table", *tables, old, new)]
    return tuple(_in_a_row(change, old, new) for change in found)


def _in_a_row(change: PlanChange, old: Reading, new: Reading) -> PlanChange:
    """A text that came or went, and that the other version has in a row, is the tool's doing."""
    said = change.change
    if said.field not in ("paragraph", "table") or change.kind == "changed":
        return change
    text, other = (said.new, old) if change.kind == "added" else (said.old, new)
    there = isinstance(text, str) and share_in(text, other.row_phrases) >= _THERE
    return replace(change, cause="tool") if there else change


def _head_cause(field: str, one: str | None, two: str | None, old: Reading, new: Reading) -> Cause:
    """The tool's doing, where both documents print both values; of a version or a date, the same title and date."""
    if field in ("version", "published"):
        lines = [
            [printed_key(block.text) for block in reading.plan.paragraphs if block.kind in ("title", "date")]
            for reading in (old, new)
        ]
        return "tool" if lines[0] and lines[0] == lines[1] else "document"
    given = [(text, reading) for text, reading in ((one, new), (two, old)) if text]
    return "tool" if all(reading.prints_outside(text) for text, reading in given) else "document"


def _prose(plan: Plan) -> list[str]:
    return [block.text for block in plan.paragraphs if block.kind in _PROSE]


def _tables(plan: Plan) -> list[str]:
    return ["\n".join(" | ".join(cells) for cells in table.rows) for table in plan.tables]


def _texts(field: str, olds: Sequence[str], news: Sequence[str], old: Reading, new: Reading) -> list[PlanChange]:
    """Texts that came, went or were edited; one that the other version prints elsewhere outside its rows is neither."""
    both = set(olds) & set(news)
    came = [text for text in news if text not in both and not _stands(text, old)]
    went = [text for text in olds if text not in both and not _stands(text, new)]
    edited = _edited(went, came)
    found = []
    for at, text in enumerate(came):
        one = went[edited[at]] if at in edited else None
        found.append(_text_change(field, one, text, old.rough and one is None))
    kept = set(edited.values())
    lost = [text for at, text in enumerate(went) if at not in kept]
    return [*found, *(_text_change(field, text, None, new.rough) for text in lost)]


def _stands(text: str, reading: Reading) -> bool:
    """Whether every line of a text, or cell of a table, stands outside the rows of a plan."""
    parts = [part for line in text.split("\n") for part in line.split(" | ") if printed_key(part)]
    return all(printed_key(part) in reading.outside for part in parts)


def _edited(went: list[str], came: list[str]) -> dict[int, int]:
    """Texts that are one: the place of each among those that came -> its place among those that went."""
    scores = {
        (a, b): score
        for a, b in _worth_a_look(went, came)
        if (score := fuzz.token_sort_ratio(folded(went[a]), folded(came[b]))) >= _EDITED
    }
    found: dict[int, int] = {}
    taken: set[int] = set()
    for a, b in sorted(scores, key=lambda pair: (-scores[pair], abs(pair[0] - pair[1]), min(pair), max(pair))):
        if a not in taken and b not in found:
            found[b] = a
            taken.add(a)
    return found


def _worth_a_look(went: list[str], came: list[str]) -> Iterable[tuple[int, int]]:
    """Every pair of texts; where there are very many, those that have four words in a row in common."""
    if len(went) * len(came) <= _MANY:
        return product(range(len(went)), range(len(came)))
    index: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for b, text in enumerate(came):
        for run in runs_of_words(text):
            index[run].add(b)
    runs = ((a, run) for a, text in enumerate(went) for run in runs_of_words(text))
    return sorted({(a, b) for a, run in runs if len(index.get(run, ())) <= 10 for b in index.get(run, ())})


def _text_change(field: str, one: str | None, two: str | None, doubtful: bool) -> PlanChange:
    kind: PartKind = "added" if one is None else "removed" if two is None else "changed"
    doubts = (_MISSING,) if doubtful else ()
    return PlanChange(kind, FieldChange(field, one, two, doubtful, doubts, words=words_between(one or "", two or "")))
