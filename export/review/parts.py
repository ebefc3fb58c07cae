"""The parts of a review page: findings, sections with their actions, people and other text, each with its spot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from export.history.words import STATUS_NAMES
from export.plain_text import plain
from export.review.spots import Spots
from export.review.values import entries, lines_of, repairs_of
from export.value_words import field_name, places, section_words, short
from normalise.codes import CODES
from normalise.model import Action, CellRecord, Finding, Person, Plan, Section

#: The severities of findings, the gravest first.
SEVERITIES = {"error": "Error", "warning": "Warning", "info": "Info"}
ABOUT = {"reading": "our reading", "document": "the document"}
_BASIS = {"cell": "from the status cell", "progress": "from the progress text", "none": "no status or progress printed"}
#: A value of more characters than this gets a window of its own, with a scroll bar.
_LONG = 1_500


class Parts:
    """The parts of one plan's page; `spots` are numbered as they are made, and a finding is told beside its value."""

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
        return person_words(known) if known else plain(text)

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


def person_words(person: Person) -> str:
    """A person with the role that the document gives."""
    return plain(person.name) + (f", {plain(person.role)}" if person.role else "")
