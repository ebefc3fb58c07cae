"""The page on which a person trusts or corrects an extraction: the printed page beside what was read from it.

One HTML file that needs nothing else. `render` is given the plan, the pictures of its pages (or the document as read,
where it has no pages), and the corrections that are on file. A finding leads to its value, a value to its boxes on the
page, a box back to the value.
"""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from export.history_words import STATUS_NAMES
from export.pages.filling import filled
from export.places import places as all_places
from export.plain_text import encodable, plain
from export.review_sheets import laid_out
from export.review_spots import Spots
from export.review_values import entries, lines_of, repairs_of, text_of
from export.value_words import field_name, places, section_words, short
from extract.model import Document, PageBox
from extract.page_pictures import MEDIA_TYPE, PagePicture
from normalise.codes import CODES
from normalise.corrections import fingerprint
from normalise.model import Action, CellRecord, Finding, Person, Plan, Section

#: The severities of findings, the gravest first.
SEVERITIES = {"error": "Error", "warning": "Warning", "info": "Info"}
ABOUT = {"reading": "our reading", "document": "the document"}
_BASIS = {"cell": "from the status cell", "progress": "from the progress text", "none": "no status or progress printed"}
#: A value of more characters than this gets a window of its own, with a scroll bar.
_LONG = 1_500


@dataclass(frozen=True, slots=True)
class OnFile:
    """The corrections that there are: the file's name (where they are to be kept), and what it says, as JSON can."""

    name: str = "corrections.toml"
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of the plan: its name, what it shows (for those who can't see it), its SVG, and the same as rows."""

    title: str
    words: str
    svg: str
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def render(
    plan: Plan,
    pages: Sequence[PagePicture] = (),
    document: Document | None = None,
    on_file: OnFile = OnFile(),
    figures: Sequence[Figure] = (),
) -> str:
    """The page. `pages`: pictures of the source's pages; `document`: the source as read, where it has none."""
    made = _Making(plan)
    values: dict[str, object] = {
        "title": plain(plan.plan.title) or "(no title)",
        "about": _about(plan),
        "sha256": plain(plan.source.sha256),
        "tool": plain(f"{plan.tool.name} {plan.tool.version}"),
        "counts": made.counts(),
        "sections": list(made.sections()),
        "rest": list(made.rest()),
        "people": list(made.people()),
        "findings": made.findings(),
        "ledger": _ledger(plan),
        "pages": [_sheet(page) for page in pages],
        "blocks": [(type(block).__name__, block) for block in laid_out(document)] if document else [],
        "figures": [_figure(figure) for figure in figures],
        "corrections_file": plain(on_file.name),
        "source_file": plain(plan.source.file),
        "severities": SEVERITIES,
    }
    values["data"] = script_json(_data(plan, made, pages, on_file))
    scripts = ("review.js", "review_corrections.js")
    return filled("review.html", scripts, values, styles=("page.css", "review.css"))


def pages_shown(plan: Plan) -> tuple[int, int]:
    """The first and the last page of which a plan tells anything; (1, 0) where its source has no pages."""
    origins = [*(one for place in all_places(plan) for one in place.origins)]
    origins += [one for finding in plan.findings for one in finding.origins]
    numbers = [one.page for one in origins if isinstance(one, PageBox)]
    return (min(numbers), max(numbers)) if numbers else (1, 0)


def script_json(data: object) -> str:
    r"""Data as JSON that nothing in a script element can end: ASCII, with `<`, `>` and `&` as escapes.

    >>> script_json("</script>é")
    '"\\u003c/script\\u003e\\u00e9"'
    """
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _data(plan: Plan, made: _Making, pages: Sequence[PagePicture], on_file: OnFile) -> dict[str, object]:
    """What the page's scripts work with: texts exactly as they are, for corrections, and the places of the spots."""
    return {
        "source": plan.source.sha256,
        "file": encodable(plan.source.file),
        "title": encodable(plan.plan.title),
        "spots": made.spots.data(),
        "pages": [[page.number, round(page.width, 1), round(page.height, 1)] for page in pages],
        "actions": [_correctable(action) for action in plan.actions],
        "people": [[encodable(one.id), _person_words(one)] for one in plan.people],
        "corrections": _filed(on_file),
    }


def _filed(on_file: OnFile) -> dict[str, object]:
    """The corrections on file, each with the hash of the print that it is for; their heads as they are."""
    entries_there = [
        {"kind": kind, "entry": entry, "sha": entry.get("printed_sha256") or fingerprint(entry.get("printed", ""))}
        for kind in ("value", "lead", "row")
        for entry in on_file.data.get(kind, ())
    ]
    head = {name: on_file.data.get(name, {}) for name in ("plan", "reviewer", "columns")}
    return {"name": encodable(on_file.name), "head": head, "entries": entries_there}


def _correctable(action: Action) -> dict[str, object]:
    """An action as a corrections file names it, by hashes of what is printed: `row` of all cells, `says` of its action.

    Each cell: the hash of its print, its text, and the print itself.
    """
    says = dict(action.cells).get("action")
    cells = {
        name: [fingerprint(record.raw), encodable(text_of(record)), encodable(record.raw)]
        for name, record in action.cells
    }
    return {
        "id": encodable(action.id),
        "row": fingerprint(*(record.raw for _, record in action.cells)),
        "says": fingerprint(says.raw) if says and says.raw.strip() else "",
        "cells": cells,
        "leads": [[encodable(lead.text), lead.person] for lead in action.leads],
    }


class _Making:
    """A page while it is made: the spots so far, and which finding is told where."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.spots = Spots()
        self._people = {person.id: person for person in plan.people}
        self._told: defaultdict[tuple[str | None, str | None], list[dict[str, Any]]] = defaultdict(list)
        self._actions = {action.id: action for action in plan.actions}
        self._cells: dict[tuple[str, str], int] = {}
        self._listed = [self._finding(number, one) for number, one in enumerate(plan.findings, start=1)]

    def findings(self) -> list[dict[str, Any]]:
        """The findings as listed: errors first, then warnings, then what is settled; each in the plan's order."""
        order = list(SEVERITIES)
        for one in self._listed:
            one["spot"], one["value"] = self._pointed(one)
        return sorted(self._listed, key=lambda one: order.index(one["severity"]))

    def counts(self) -> list[tuple[int, str]]:
        """The numbers that a reviewer wants first."""
        plan = self.plan
        review = sum(action.needs_review for action in plan.actions)
        repairs = sum(len(record.repairs) for action in plan.actions for _, record in action.cells)
        named = [(len(plan.actions), "action"), (review, "to review"), (repairs, "repair")]
        return [(number, name if name == "to review" or number == 1 else name + "s") for number, name in named]

    def sections(self) -> Iterator[dict[str, Any]]:
        """The sections in printed order with their actions; first the actions that are in none."""
        held: defaultdict[str | None, list[tuple[int, Action]]] = defaultdict(list)
        known = {section.id for section in self.plan.sections}
        for number, action in enumerate(self.plan.actions):
            held[action.section if action.section in known else None].append((number, action))
        if held[None]:
            yield {"title": "Actions in no section", "spot": None, "outcomes": [], "parts": self._parts(held[None], {})}
        for section in self.plan.sections:
            yield self._section(section, held[section.id])

    def _section(self, section: Section, actions: Sequence[tuple[int, Action]]) -> dict[str, Any]:
        spot = self.spots.add("placed", section.origins)
        banners = {group.title: self.spots.add("placed", group.origins) for group in section.groups}
        parts = self._parts(actions, banners)
        used = {part["banner"] for part in parts}
        return {
            "title": section_words(section.number, section.title) or f"Section {plain(section.id)}",
            "spot": spot if section.origins else None,
            "outcomes": [" ".join(lines_of(one)) for one in section.outcomes],
            "parts": [
                *parts,
                *({"banner": plain(t), "spot": s, "actions": []} for t, s in banners.items() if plain(t) not in used),
            ],
        }

    def _parts(self, actions: Sequence[tuple[int, Action]], banners: Mapping[str, int]) -> list[dict[str, Any]]:
        """Actions under their banners, as printed."""
        parts: list[dict[str, Any]] = []
        last: object = self  # no group is this
        for number, action in actions:
            if action.group != last:
                last = action.group
                title = plain(action.group or "")
                parts.append({"banner": title, "spot": banners.get(action.group or ""), "actions": []})
            parts[-1]["actions"].append(self._action(number, action))
        return parts

    def _action(self, number: int, action: Action) -> dict[str, Any]:
        fields = [self._field(action, name, record) for name, record in action.cells]
        whole = [one for (who, name), told in self._told.items() if who == action.id and not name for one in told]
        return {
            "number": number,
            "ref": plain(action.ref or ""),
            "name": plain(action.ref or action.id),
            "short": short(action.action, 90),
            "status": action.status,
            "status_words": STATUS_NAMES.get(action.status, plain(action.status)),
            "basis": _BASIS.get(action.status_basis, plain(action.status_basis)),
            "rag": plain(action.rag or ""),
            "needs_review": action.needs_review,
            "doubts": whole,
            "fields": fields,
        }

    def _field(self, action: Action, name: str, record: CellRecord) -> dict[str, Any]:
        spot = self.spots.add("placed", record.origins)
        self._cells[action.id, name] = spot
        found = entries(action, name, self._people)
        repairs = list(repairs_of(record))
        return {
            "key": name,
            "name": field_name(name),
            "spot": spot,
            "places": len(record.origins),
            "entries": found,
            "long": sum(len(line) for one in found for line in one.lines) > _LONG,
            "repairs": repairs,
            "printed": lines_of(record.raw) if repairs or not found and record.raw.strip() else (),
            "doubts": self._told[action.id, name],
        }

    def _finding(self, number: int, finding: Finding) -> dict[str, Any]:
        action = self._actions.get(finding.action or "")
        cell = _cell_of(action, finding) if action else None
        severity = finding.severity if finding.severity in SEVERITIES else "warning"
        ref = finding.ref or finding.action or ""
        told = {
            "number": number,
            "code": plain(finding.code),
            "meaning": CODES.get(finding.code, ("", ""))[1],
            "about": finding.about,
            "about_words": ABOUT.get(finding.about, plain(finding.about)),
            "severity": severity,
            "severity_words": SEVERITIES[severity],
            "ref": plain(ref),
            "field": finding.field or "",
            "field_words": _field_words(finding.field),
            "message": plain(finding.message),
            "candidates": [self._candidate(finding, one) for one in finding.candidates],
            "place": places(finding.origins),
            "action": next((n for n, one in enumerate(self.plan.actions) if one is action), None) if action else None,
            "cell": cell,
            "origins": finding.origins,
            "held_by": finding.action,
        }
        self._told[finding.action if action else None, cell].append(told)
        return told

    def _candidate(self, finding: Finding, text: str) -> str:
        """What else a value may be; a person by name."""
        known = self._people.get(text) if finding.field == "leads" else None
        return _person_words(known) if known else plain(text)

    def _pointed(self, told: Mapping[str, Any]) -> tuple[int | None, int | None]:
        """What a finding shows on the page, and the value that it is about."""
        value = self._cells.get((told["held_by"], told["cell"])) if told["cell"] else None
        origins = told["origins"]
        if not origins:
            return value, value
        if value is not None and self.spots.made[value][1] == origins:
            return value, value
        return self.spots.pointing(origins), value

    def rest(self) -> Iterator[dict[str, Any]]:
        """What stands outside the actions, by what it is: what found no place comes first."""
        plan, spots = self.plan, self.spots
        yield _listed("Unplaced", "unplaced", ((one.text, spots.add("unplaced", one.origins)) for one in plan.unplaced))
        named = ((one.text, spots.add("placed", one.origins), one.kind) for one in plan.paragraphs)
        yield _listed("Paragraphs", "paragraphs", named)
        headers = (
            (one.header, spots.add("placed", one.origins), field_name(one.field) if one.field else "extra")
            for one in plan.columns
        )
        yield _listed("Column headers", "columns", headers)
        tables = (
            ("\n".join(" | ".join(row) for row in one.rows), spots.add("placed", one.origins)) for one in plan.tables
        )
        yield _listed("Other tables", "tables", tables)
        furniture = ((one.text, spots.add("furniture", one.origins), one.kind) for one in plan.furniture)
        yield _listed("Furniture", "furniture", furniture)

    def people(self) -> Iterator[dict[str, Any]]:
        """Whom the document names."""
        for person in self.plan.people:
            spot = self.spots.pointing(person.origins) if person.origins else None
            initials = ", ".join(map(plain, person.initials))
            yield {"name": plain(person.name), "role": plain(person.role or ""), "initials": initials, "spot": spot}


def _field_words(field: str | None) -> str:
    """What a finding is about in words; "" for the plan as a whole."""
    return "Whole row" if field == "row" else field_name(field) if field else ""


def _cell_of(action: Action, finding: Finding) -> str | None:
    """The key of the cell that a finding is about; None where it is about the row as a whole."""
    cells = dict(action.cells)
    name = "lead" if finding.field == "leads" else finding.field
    if name == "extra":
        extras = [key for key, record in action.cells if key.startswith("extra.") and record.origins == finding.origins]
        return extras[0] if len(extras) == 1 else None
    if name == "status" and name not in cells:
        name = "progress"
    return name if name in cells else None


def _listed(title: str, kind: str, items: Iterable[tuple[Any, ...]]) -> dict[str, Any]:
    rows = [
        {"lines": lines_of(text), "short": short(text, 60), "spot": spot, "kind": plain("".join(what))}
        for text, spot, *what in items
    ]
    return {"title": title, "kind": kind, "rows": rows}


def _about(plan: Plan) -> list[str]:
    head = plan.plan
    version = head.version or ""
    named = f"version {version}" if version[:1].isdigit() else version
    parts = [head.organisation, named, head.published, plan.source.file]
    return [plain(part) for part in parts if part]


def _ledger(plan: Plan) -> list[dict[str, Any]]:
    ledger = plan.ledger
    return [
        {"key": "placed", "name": "Placed", "number": f"{ledger.placed:,}", "shown": False},
        {"key": "furniture", "name": "Furniture", "number": f"{ledger.furniture:,}", "shown": False},
        {"key": "unplaced", "name": "Unplaced", "number": f"{ledger.unplaced:,}", "shown": True},
    ]


def _sheet(page: PagePicture) -> dict[str, object]:
    data = base64.b64encode(page.data).decode()
    return {
        "number": page.number,
        "width": f"{page.width:.1f}",
        "height": f"{page.height:.1f}",
        "source": f"data:{MEDIA_TYPE};base64,{data}",
    }


def _figure(figure: Figure) -> dict[str, object]:
    data = base64.b64encode(figure.svg.encode("utf-8", "replace")).decode()
    return {
        "title": plain(figure.title),
        "words": plain(figure.words),
        "source": f"data:image/svg+xml;base64,{data}",
        "header": figure.header,
        "rows": [[plain(cell) for cell in row] for row in figure.rows],
    }


def _person_words(person: Person) -> str:
    return plain(person.name) + (f", {plain(person.role)}" if person.role else "")
