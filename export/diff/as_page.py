"""A Diff as one HTML page that needs nothing else: no server, no network, no script to be read or printed.

Summary first (what was completed, what slipped and by how many days, what came, went and changed hands), then each row
with its values side by side; what only the tool reads otherwise stands apart. A script, where there is one, filters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal
from urllib.parse import quote

from compare.model import Change, Diff, FieldChange, Row, Run, Version
from export.diff import words as said
from export.diff.parts import Part, only, parts
from export.pages.filling import filled
from export.plain_text import plain
from export.value_words import field_name, places, section_words, short, value_lines, version_words
from extract.model import PageBox
from normalise.model import Origins

#: Pieces of one printed line, each with what became of it: "same", "old" or "new".
Line = list[dict[str, str]]

#: Which rows the summary lists by name, beside those whose end date moved.
_LISTED = ("completed", "reopened", "reassigned")
_LISTED_KINDS = ("added", "removed", "moved")


def render(diff: Diff) -> str:
    """The page."""
    ids = {id(change): f"row-{number}" for number, change in enumerate(diff.changes, start=1)}
    document, tool = said.by_cause(diff, "document"), said.by_cause(diff, "tool")
    sections = _distinct(title for change in document for title in _sections(change))
    leads = _distinct(plain(name) for row in _rows(document) for name in row.leads)
    cards = {id(change): _card(change, ids[id(change)], sections, leads) for change in diff.changes}
    names = {**said.OUTCOME_NAMES, **said.KIND_NAMES, "uncertain": said.NOTE_NAMES["uncertain"]}
    used = {key for change in document for key in _keys(change)}
    beside = parts(diff)
    values: dict[str, object] = {
        "title": said.title_words(diff),
        "versions": [
            (side, {"words": version_words(one), "file": plain(one.file), "sha256": plain(one.sha256)})
            for side, one in (("Before", diff.old), ("Now", diff.new))
        ],
        "rows": said.rows_words(diff),
        "differs": diff.differs,
        "counts": [
            {"key": key, "name": name, "number": f"{count:,}", "filters": key in used}
            for key, name, count in said.summary_rows(diff)
            if count
        ],
        "chart": _chart(document, ids),
        "lists": _lists(diff, ids),
        "document": [cards[id(change)] for change in document],
        "tool": [cards[id(change)] for change in tool],
        "document_parts": _parts(only(beside, "document")),
        "tool_parts": _parts(only(beside, "tool")),
        "kinds": [(key, name) for key, name in names.items() if key in used],
        "sections": sections,
        "leads": leads,
        "documents": {"old": _link(diff.old), "new": _link(diff.new)},
    }
    return filled("diff.html", ["filters.js"], values)


def _link(version: Version) -> str:
    """The address of a version's document where a page of it can be opened: a PDF that lies beside this page."""
    return quote(version.file, safe="") if version.file.lower().endswith(".pdf") else ""


def _page_of(origins: Origins) -> int | None:
    return next((origin.page for origin in origins if isinstance(origin, PageBox)), None)


def _rows(changes: Iterable[Change]) -> list[Row]:
    return [row for change in changes for row in (change.old, change.new) if row]


def _sections(change: Change) -> list[str]:
    """The section of a row as it is now; of one that moved, both."""
    moved = any(field.field == "section" for field in change.fields)
    rows = _rows([change])
    return _distinct(section_words(row.section, row.section_title) for row in (rows if moved else rows[-1:]))


def _distinct(words: Iterable[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word]


def _keys(change: Change) -> tuple[str, ...]:
    """By which of the summary's words the row is found."""
    doubtful = ("uncertain",) if change.uncertain else ()
    return (*dict.fromkeys((change.kind, *change.also)), *said.outcomes(change), *doubtful)


def _card(change: Change, name: str, sections: list[str], leads: list[str]) -> dict[str, object]:
    """One row; sections and leads by their number in the filters, since a name may hold anything."""
    rows = _rows([change])
    names = {plain(lead) for row in rows for lead in row.leads}
    titles = _sections(change)
    above = said.doubts(change)
    badges = zip(_keys(change), (*said.kind_words(change), *(("Uncertain",) * change.uncertain)), strict=True)
    row = said.row_of(change)
    about = [" → ".join(titles), plain(row.group or ""), ", ".join(map(plain, row.leads))]
    return {
        "id": name,
        "kind": change.kind,
        "kinds": " ".join(_keys(change)),
        "section": " ".join(str(number) for number, title in enumerate(sections) if title in titles),
        "leads": " ".join(str(number) for number, lead in enumerate(leads) if lead in names),
        "ref": said.ref_words(change),
        "action": short(row.action, 300),
        "badges": [{"key": key, "name": word} for key, word in badges],
        "about": [part for part in (*about, said.match_words(change), said.change_places(change)) if part],
        "doubts": above,
        "fields": [_field(field, said.side_of(change), above) for field in change.fields],
    }


def _field(field: FieldChange, side: said.Side, above: tuple[str, ...]) -> dict[str, object]:
    """A value before and now; None on the side where the row is not there."""
    words = said.shared_words(field, side)
    old = _marked(words, "old") if words else _lines(field, "old")
    new = _marked(words, "new") if words else _lines(field, "new")
    return {
        "name": field_name(field.field),
        "entire": not words,
        "meanings": () if said.tells_entries(field) else said.meaning(field, side),
        "old": None if side == "new" else old,
        "new": None if side == "old" else new,
        "old_place": places(field.old_origins, boxes=True),
        "new_place": places(field.new_origins, boxes=True),
        "old_page": _page_of(field.old_origins),
        "new_page": _page_of(field.new_origins),
        "doubts": said.field_doubts(field, above),
    }


def _marked(runs: tuple[Run, ...], side: said.Side) -> list[Line]:
    """The words of one version, those marked that the other one lacks."""
    return [[{"op": run.op, "text": " ".join(run.words)} for run in line] for line in said.word_lines(runs, side)]


def _lines(field: FieldChange, side: Literal["old", "new"]) -> list[Line]:
    """A whole value, marked as one that went or came; of a list, the entries that did."""
    value, moved = (field.old, field.went) if side == "old" else (field.new, field.came)
    lines = value_lines(value, field.field)
    if not said.tells_entries(field):
        return [[{"op": side, "text": line}] for line in lines]
    marked = set(value_lines(moved))
    return [[{"op": side if line in marked else "same", "text": line}] for line in lines]


def _chart(changes: Iterable[Change], ids: Mapping[int, str]) -> list[dict[str, object]]:
    """A bar for each end date that certainly moved, the longest slip first; x and width in hundredths."""
    moved = [change for change in changes if {"slipped", "brought_forward"} & set(said.outcomes(change))]
    moved.sort(key=lambda change: -said.slip(change))
    days = [said.slip(change) for change in moved]
    least, most = min([0, *days]), max([0, *days])
    scale = 100 / ((most - least) or 1)
    bars: list[dict[str, object]] = []
    for change, number in zip(moved, days, strict=True):
        field = next(field for field in change.fields if field.field == "end")
        old, new = ("; ".join(value_lines(value)) for value in (field.old, field.new))
        shape = {
            "kind": "slipped" if number > 0 else "brought_forward",
            "x": f"{(min(0, number) - least) * scale:.1f}",
            "width": f"{abs(number) * scale:.1f}",
            "zero": f"{-least * scale:.1f}",
            "days": f"{'+' if number > 0 else '−'}{abs(number):,}",
        }
        bars.append({**_entry(change, ids), **shape, "old": old, "new": new})
    return bars


def _lists(diff: Diff, ids: Mapping[int, str]) -> dict[str, list[dict[str, object]]]:
    """The rows that a reader asks for by name, under a heading each."""
    found = {said.OUTCOME_NAMES[outcome]: said.with_outcome(diff, outcome) for outcome in _LISTED}
    document = said.by_cause(diff, "document")
    for kind in _LISTED_KINDS:
        found[said.KIND_NAMES[kind]] = tuple(change for change in document if change.kind == kind)
    return {heading: [_entry(change, ids) for change in changes] for heading, changes in found.items() if changes}


def _entry(change: Change, ids: Mapping[int, str]) -> dict[str, object]:
    """A row in a list: what it is called, and for one that changed hands from whom to whom."""
    leads = [field for field in change.fields if field.field == "leads"] if change.old and change.new else []
    note = f"({'; '.join(said.meaning(leads[0]))})" if leads and said.meaning(leads[0]) else ""
    action = short(said.row_of(change).action, 140)
    return {"id": ids[id(change)], "ref": said.ref_words(change), "action": action, "note": note}


def _parts(found: Mapping[str, tuple[Part, ...]]) -> dict[str, list[dict[str, object]]]:
    return {heading: [_part(part) for part in entries] for heading, entries in found.items()}


def _part(part: Part) -> dict[str, object]:
    return {
        "kind": part.kind,
        "kind_name": part.kind.capitalize(),
        "name": part.name,
        "own_name": part.is_its_field,
        "old": "; ".join(part.old),
        "new": "; ".join(part.new),
        "doubts": part.doubts,
        "fields": [_field(field, part.side, part.doubts) for field in part.fields],
    }
