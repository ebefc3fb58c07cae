"""What became of each row: one record a row of what the document changed, and one of what the tool reads otherwise."""

from __future__ import annotations

from bisect import bisect_right

from msgspec import Struct
from msgspec.structs import replace

from compare.assignment import Edge
from compare.causes import cause_of, cell_of, printed_text
from compare.doubts import Reading, share_in
from compare.model import Cause, Change, FieldChange, Kind, Match, Row, Value
from compare.parts import Layout, Place
from compare.printed import printed_key, title_key
from compare.regrouped import Regrouped
from compare.values import ROW_FIELDS, difference, meaning, name_of, value_of
from compare.wording import only_edges_differ, words_between
from normalise.codes import BORDERS
from normalise.model import Action, Origins, Resources

#: A change of a field, and who made it.
Found = tuple[FieldChange, Cause]
#: So much of a row's wording elsewhere in the other version (0 to 1) is the row itself, read otherwise.
_MOST, _HALF = 0.8, 0.5

_UNSURE = "Which row of the other version this is, is a guess."
_NEXT_DOOR = "Words at the edge of this cell may belong to the row before or after it."
_BANNER = "A text dump or a scan may have lost the banner or the heading above this row."
_ELSEWHERE = "The other version may hold these words in another row."
_SHADED = "A text dump does not show how a cell is shaded."


class Versions(Struct, frozen=True):
    """Both plans as read, how their parts correspond, and which rows are printed alike and read as more, or fewer."""

    old: Reading
    new: Reading
    layout: Layout
    regrouped: Regrouped


def row_changes(pairs: dict[Edge, Match], versions: Versions) -> tuple[Change, ...]:
    """The records, in the order of the new plan, a removed row where it stood; those of the tool come last."""
    origin = {new: old for old, new in pairs}
    kept = {old for old, _ in pairs}
    gone = [at for at in range(len(versions.old.plan.actions)) if at not in kept]
    found: list[Change] = []
    for new, row in enumerate(versions.new.plan.actions):
        if new not in origin:
            found.append(_alone("added", row, versions.new, versions.old, new in versions.regrouped[2]))
            continue
        found += _paired((origin[new], new), pairs[(origin[new], new)], versions)
    places = _places(found, pairs, versions)
    for at in reversed(gone):
        row, again = versions.old.plan.actions[at], at in versions.regrouped[1]
        found.insert(places[at], _alone("removed", row, versions.old, versions.new, again))
    return tuple(sorted(found, key=lambda change: change.cause == "tool"))


def _places(found: list[Change], pairs: dict[Edge, Match], versions: Versions) -> list[int]:
    """For each row of the old plan, where in the list it goes: behind the row before it that stayed."""
    index = {row.id: at for at, row in enumerate(versions.new.plan.actions)}
    rows = [index[change.new.id] for change in found if change.new]
    after: dict[int, int] = dict(pairs.keys())
    place, places = 0, []
    for at in range(len(versions.old.plan.actions)):
        if at in after:
            place = bisect_right(rows, after[at])
        places.append(place)
    return places


def row_of(action: Action, reading: Reading) -> Row:
    """A row as a person would name it."""
    leads = tuple(dict.fromkeys(name_of(lead, reading.names) for lead in action.leads))
    origins = next((record.origins for _, record in action.cells if record.origins), ())
    title = reading.titles.get(action.section or "")
    return Row(action.id, action.ref, action.section, title, action.group, action.action, leads, action.status, origins)


def _paired(edge: Edge, match: Match, versions: Versions) -> list[Change]:
    """At most two records of a pair: what the document changed, and what the tool reads otherwise."""
    one, two = versions.old.plan.actions[edge[0]], versions.new.plan.actions[edge[1]]
    found = [entry for field in _fields_of(one, two) if (entry := _field_change(field, edge, versions))]
    records = []
    for cause in ("document", "tool"):
        fields = tuple(change for change, made_by in found if made_by == cause)
        if fields:
            records.append(_record(fields, one, two, match, cause, versions))
    return records


def _record(
    fields: tuple[FieldChange, ...], one: Action, two: Action, match: Match, cause: Cause, versions: Versions
) -> Change:
    """The strongest kind first; a move that is uncertain comes after a change that is certain."""
    if not match.sure and cause == "document":
        fields = tuple(_doubted(change, (_UNSURE,)) for change in fields)
    certain = _kinds([change.field for change in fields if not change.uncertain])
    kinds = list(dict.fromkeys([*certain, *_kinds([change.field for change in fields])]))
    kinds.sort(key=lambda kind: kind == "renumbered")  # a sort keeps the order of the others
    doubts = tuple(dict.fromkeys(doubt for change in fields for doubt in change.doubts))
    sides = row_of(one, versions.old), row_of(two, versions.new)
    return Change(kinds[0], tuple(kinds[1:]), *sides, match, cause, bool(doubts), fields, doubts)


def _kinds(fields: list[str]) -> list[Kind]:
    """The kinds that changed fields make, the strongest first.

    >>> _kinds(["ref"]), _kinds(["ref", "progress"]), _kinds(["ref", "section"])
    (['renumbered'], ['changed', 'renumbered'], ['moved', 'renumbered'])
    """
    kinds: list[Kind] = []
    if "section" in fields or "group" in fields:
        kinds.append("moved")
    if not {"ref", "section", "group"}.issuperset(fields):
        kinds.append("changed")
    return [*kinds, "renumbered"] if "ref" in fields else kinds


def _fields_of(one: Action, two: Action) -> list[str]:
    """The fields to compare: the contract's, then the extra columns of either row, each header once."""
    extra: dict[str, str] = {}
    for header, text in (*one.extra, *two.extra):
        if title_key(header) and text:
            extra[title_key(header)] = header
    return [*ROW_FIELDS, *(f"extra.{header}" for header in extra.values())]


def _field_change(field: str, edge: Edge, versions: Versions) -> Found | None:
    """What became of one field of a pair, who made the change, and what is doubtful about it."""
    one, two = versions.old.plan.actions[edge[0]], versions.new.plan.actions[edge[1]]
    if field in ("section", "group"):
        return _move(field, one, two, versions)
    values = value_of(one, field), value_of(two, field)
    change = difference(field, *values, versions.old.names, versions.new.names)
    if change is None:
        return None
    change = replace(change, old_origins=_origins(one, field), new_origins=_origins(two, field))
    again = edge in versions.regrouped[0]
    cause = "tool" if again else cause_of(change, one, two, versions.old, versions.new)
    if cause == "tool":
        return change, cause
    doubts = (*versions.old.doubts(one, field), *versions.new.doubts(two, field), *_rough(change, edge, versions))
    return (_doubted(change, doubts) if doubts else change), cause


def _move(field: str, one: Action, two: Action, versions: Versions) -> Found | None:
    """Another section, or another group: not where its section is only numbered, or its banner only worded, anew."""
    old, new = versions.old, versions.new
    section, group = versions.layout.carried(one.section, one.group)
    here: Place = (two.section, title_key(two.group))
    if (section == here[0]) if field == "section" else (group == here[1]):
        return None
    values = (one.section, two.section) if field == "section" else (one.group, two.group)
    change = FieldChange(field, *values)
    titles = (old.titles.get(one.section or ""), new.titles.get(two.section or ""))
    names = titles if field == "section" else values
    if names[0] and names[1] and title_key(names[0]) == title_key(names[1]):
        return change, "tool"
    if any(
        name and title_key(name) not in other.headings[field] and other.prints_heading(name)
        for name, other in ((names[0], new), (names[1], old))
    ):
        return change, "tool"  # the heading is printed in both, and one reading did not take it for one
    doubts = [*old.doubts(one, field), *new.doubts(two, field)]
    for name, side, other in ((names[0], old, new), (names[1], new, old)):
        if (side.rough or other.rough) and title_key(name) not in other.headings[field]:
            doubts.append(_BANNER)
    return (_doubted(change, tuple(doubts)) if doubts else change), "document"


def _origins(row: Action, field: str) -> Origins:
    record = cell_of(row, field)
    if record is None and field == "status":
        record = cell_of(row, "progress")
    return record.origins if record else ()


def _rough(change: FieldChange, edge: Edge, versions: Versions) -> list[str]:
    """What a text dump or a scan makes doubtful, though no finding says so."""
    old, new = versions.old, versions.new
    one, two = old.plan.actions[edge[0]], new.plan.actions[edge[1]]
    sides = [(reading, row, at) for reading, row, at in ((old, one, edge[0]), (new, two, edge[1])) if reading.rough]
    if not sides:
        return []
    if change.field in ("rag", "status", "status_text") and any(
        reading.says(row, frozenset({"status-by-shading"})) for reading, row in ((old, one), (new, two))
    ):
        return [_SHADED]
    words = change.words or words_between(printed_text(one, change.field), printed_text(two, change.field))
    if change.field != "ref" and only_edges_differ(words):
        pieces = [piece for run in words if run.op != "same" if (piece := printed_key(" ".join(run.words)))]
        cut = bool(change.words) and any(
            reading.says(row, BORDERS) or at in reading.beside_breaks for reading, row, at in sides
        )
        if cut or _said_next_door(pieces, change.field, edge, versions):
            return [_NEXT_DOOR]
    return []


def _said_next_door(pieces: list[str], field: str, edge: Edge, versions: Versions) -> bool:
    """Whether a neighbour of the row, in either version, has words that came or went."""
    texts = [
        printed_key(printed_text(reading.plan.actions[near], field))
        for reading, at in zip((versions.old, versions.new), edge, strict=True)
        for near in (at - 1, at + 1)
        if 0 <= near < len(reading.plan.actions)
    ]
    return any(piece in text for piece in pieces for text in texts)


def _alone(kind: Kind, row: Action, own: Reading, other: Reading, regrouped: bool) -> Change:
    """A row that only one version has, with every value that it has; the tool's doing, where the other prints it.

    `regrouped`: the other version has its words in the row beside it.
    """
    added = kind == "added"
    fields = []
    for field in _fields_of(row, row):
        value = value_of(row, field)
        if meaning(value, field) is not None:
            old, new = (_nothing(value), value) if added else (value, _nothing(value))
            if change := difference(field, old, new, own.names, own.names):
                origins = _origins(row, field)
                fields.append(replace(change, new_origins=origins) if added else replace(change, old_origins=origins))
    doubts = [] if regrouped else list(own.doubts(row, "row"))
    if not regrouped and (own.rough or other.rough) and share_in(row.action, other.row_phrases) >= _MOST:
        doubts.append(_ELSEWHERE)
    whole = len(printed_key(row.action)) >= 20 and other.prints_outside(row.action)
    again = regrouped or whole
    cause: Cause = "tool" if again or share_in(row.action, other.outside_phrases) >= _HALF else "document"
    fields = [_doubted(change, tuple(doubts)) if doubts else change for change in fields]
    before, after = (None, row_of(row, own)) if added else (row_of(row, own), None)
    return Change(kind, (), before, after, None, cause, bool(doubts), tuple(fields), tuple(doubts))


def _nothing(value: Value) -> Value:
    """The empty value of the same type."""
    if isinstance(value, Resources):
        return Resources("", "blank")
    return () if isinstance(value, tuple) else "" if isinstance(value, str) else None


def _doubted(change: FieldChange, doubts: tuple[str, ...]) -> FieldChange:
    return replace(change, uncertain=True, doubts=tuple(dict.fromkeys((*change.doubts, *doubts))))
