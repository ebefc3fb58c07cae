"""`plan.sqlite`: a plan as a relational database, for SQL and for Datasette.

Tables: plan, engines, sections, outcomes, section_groups, people, actions, dates, leads, lead_candidates, extras,
cells, repairs, findings. `actions_flat` is a view with the columns of `actions.csv`, `actions_search` a full-text index
where SQLite has one. Keys and foreign keys are declared and hold. Texts are exact: no cell is neutralised. `origins`
are JSON as in `plan.json`. The same plan and version of SQLite give the same bytes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing

from export.plain_text import encodable
from export.plan_json import field_names, to_data
from export.tables import ACTION_COLUMNS, joined, place
from extract.model import Origin
from normalise.model import Action, Plan, Repair, Section

Value = str | int | float | bool | None

_TABLES = """
CREATE TABLE plan (
    title TEXT NOT NULL, organisation TEXT, version TEXT, published TEXT,
    file TEXT NOT NULL, sha256 TEXT NOT NULL PRIMARY KEY, media_type TEXT NOT NULL, pages INTEGER,
    tool TEXT NOT NULL, tool_version TEXT NOT NULL, configuration TEXT NOT NULL, schema_version TEXT NOT NULL,
    characters INTEGER NOT NULL, placed INTEGER NOT NULL, furniture INTEGER NOT NULL, unplaced INTEGER NOT NULL
);
CREATE TABLE engines (name TEXT PRIMARY KEY, version TEXT NOT NULL);
CREATE TABLE sections (id TEXT PRIMARY KEY, name TEXT NOT NULL, number TEXT, title TEXT, position INTEGER NOT NULL);
CREATE TABLE outcomes (
    section TEXT NOT NULL REFERENCES sections(id), position INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (section, position)
);
CREATE TABLE section_groups (
    section TEXT NOT NULL REFERENCES sections(id), position INTEGER NOT NULL, title TEXT NOT NULL, raw TEXT NOT NULL,
    PRIMARY KEY (section, position)
);
CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT, initials TEXT NOT NULL);
CREATE TABLE actions (
    id TEXT PRIMARY KEY, position INTEGER NOT NULL, ref TEXT, section TEXT REFERENCES sections(id), group_title TEXT,
    action TEXT NOT NULL, measure TEXT NOT NULL, impact TEXT NOT NULL, progress TEXT NOT NULL,
    resources_text TEXT NOT NULL, resources_kind TEXT NOT NULL, resources_amount REAL, currency TEXT, qualifier TEXT,
    status TEXT NOT NULL, status_basis TEXT NOT NULL, rag TEXT, status_text TEXT,
    needs_review INTEGER NOT NULL CHECK (needs_review IN (0, 1))
);
CREATE TABLE dates (
    action TEXT NOT NULL REFERENCES actions(id), field TEXT NOT NULL CHECK (field IN ('start', 'end')),
    position INTEGER NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL, edtf TEXT, earliest TEXT, latest TEXT,
    label TEXT, inferred TEXT NOT NULL, superseded INTEGER NOT NULL CHECK (superseded IN (0, 1)),
    PRIMARY KEY (action, field, position)
);
CREATE TABLE leads (
    action TEXT NOT NULL REFERENCES actions(id), position INTEGER NOT NULL, text TEXT NOT NULL,
    person TEXT REFERENCES people(id), basis TEXT NOT NULL,
    PRIMARY KEY (action, position)
);
CREATE TABLE lead_candidates (
    action TEXT NOT NULL, position INTEGER NOT NULL, person TEXT NOT NULL REFERENCES people(id),
    PRIMARY KEY (action, position, person), FOREIGN KEY (action, position) REFERENCES leads(action, position)
);
CREATE TABLE extras (
    action TEXT NOT NULL REFERENCES actions(id), header TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (action, header)
);
CREATE TABLE cells (
    action TEXT NOT NULL REFERENCES actions(id), field TEXT NOT NULL, raw TEXT NOT NULL, place TEXT NOT NULL,
    origins TEXT NOT NULL, PRIMARY KEY (action, field)
);
CREATE TABLE repairs (
    action TEXT NOT NULL, field TEXT NOT NULL, position INTEGER NOT NULL, rule TEXT NOT NULL, "at" INTEGER NOT NULL,
    "before" TEXT NOT NULL, "after" TEXT NOT NULL, author TEXT, date TEXT, note TEXT,
    PRIMARY KEY (action, field, position), FOREIGN KEY (action, field) REFERENCES cells(action, field)
);
CREATE TABLE findings (
    id TEXT PRIMARY KEY, code TEXT NOT NULL, about TEXT NOT NULL, severity TEXT NOT NULL,
    action TEXT REFERENCES actions(id), ref TEXT, field TEXT, message TEXT NOT NULL, candidates TEXT NOT NULL,
    place TEXT NOT NULL, origins TEXT NOT NULL
);
CREATE INDEX actions_section ON actions(section);
CREATE INDEX leads_person ON leads(person);
CREATE INDEX lead_candidates_person ON lead_candidates(person);
CREATE INDEX findings_action ON findings(action);
"""

_SEARCHED = ("action", "measure", "impact", "progress")
_SEARCH = f"""
CREATE VIRTUAL TABLE actions_search USING fts5({", ".join(_SEARCHED)}, content="actions", tokenize='unicode61');
INSERT INTO actions_search(actions_search) VALUES ('rebuild');
"""


def database_bytes(plan: Plan) -> bytes:
    """The database as the bytes of its file, which needs no server and no other file beside it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(_TABLES + _flat_view())
        for table, rows in _contents(plan).items():
            _insert(connection, table, rows)
        if _has_search(connection):
            connection.executescript(_SEARCH)
        connection.execute("VACUUM")
        return connection.serialize()


def _name(section: Section) -> str:
    """What a section is called where it is referred to: Datasette shows a column of this name instead of the id."""
    return " ".join(" ".join(part for part in (section.number or section.id, section.title) if part).split())


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Sequence[Value]]) -> None:
    for row in rows:
        values = [encodable(value) if isinstance(value, str) else value for value in row]
        connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)


def _has_search(connection: sqlite3.Connection) -> bool:
    return ("ENABLE_FTS5",) in connection.execute("PRAGMA compile_options").fetchall()


def _contents(plan: Plan) -> dict[str, Iterable[Sequence[Value]]]:
    """The rows of each table, in an order in which whatever a row refers to is there before it."""
    sections, actions = plan.sections, plan.actions
    head, source, tool, ledger = plan.plan, plan.source, plan.tool, plan.ledger
    return {
        "plan": [
            (
                *(head.title, head.organisation, head.version, head.published),
                *(source.file, source.sha256, source.media_type, source.pages),
                *(tool.name, tool.version, tool.configuration, plan.schema_version),
                *(ledger.characters, ledger.placed, ledger.furniture, ledger.unplaced),
            )
        ],
        "engines": tool.engines,
        "sections": ((one.id, _name(one), one.number, one.title, at) for at, one in enumerate(sections, 1)),
        "outcomes": ((one.id, at, text) for one in sections for at, text in enumerate(one.outcomes, 1)),
        "section_groups": (
            (one.id, at, group.title, group.raw) for one in sections for at, group in enumerate(one.groups, 1)
        ),
        "people": ((one.id, one.name, one.role, joined(one.initials)) for one in plan.people),
        "actions": (_action(one, at) for at, one in enumerate(actions, 1)),
        "dates": (row for one in actions for row in _dates(one)),
        "leads": (
            (one.id, at, lead.text, lead.person, lead.basis) for one in actions for at, lead in enumerate(one.leads, 1)
        ),
        "lead_candidates": (
            (one.id, at, person)
            for one in actions
            for at, lead in enumerate(one.leads, 1)
            for person in dict.fromkeys(lead.candidates)
        ),
        "extras": ((one.id, header, text) for one in actions for header, text in one.extra),
        "cells": ((one.id, field, cell.raw, *_where(cell.origins)) for one in actions for field, cell in one.cells),
        "repairs": (
            (one.id, field, at, *(getattr(repair, name) for name in field_names(Repair)))
            for one in actions
            for field, cell in one.cells
            for at, repair in enumerate(cell.repairs, 1)
        ),
        "findings": (
            (
                *(one.id, one.code, one.about, one.severity, one.action, one.ref, one.field, one.message),
                *(joined(one.candidates), *_where(one.origins)),
            )
            for one in plan.findings
        ),
    }


def _action(action: Action, position: int) -> tuple[Value, ...]:
    cost = action.resources
    return (
        *(action.id, position, action.ref, action.section, action.group),
        *(action.action, action.measure, action.impact, action.progress),
        *(cost.text, cost.kind, cost.amount, cost.currency, cost.qualifier),
        *(action.status, action.status_basis, action.rag, action.status_text, action.needs_review),
    )


def _dates(action: Action) -> Iterator[tuple[Value, ...]]:
    for field, dates in (("start", action.start), ("end", action.end)):
        for at, date in enumerate(dates, 1):
            yield (
                *(action.id, field, at, date.text, date.kind, date.edtf, date.earliest, date.latest, date.label),
                *(joined(date.inferred), date.superseded),
            )


def _where(origins: tuple[Origin, ...]) -> tuple[str, str]:
    """Where something stands, in words and as JSON."""
    exact = json.dumps(to_data(origins), ensure_ascii=False, separators=(",", ":"))
    return joined(dict.fromkeys(map(place, origins))), exact


def _flat_view() -> str:
    """The view `actions_flat`; earliest and latest leave revised dates out, and are NULL where there are none."""
    columns = {
        "section_title": "sections.title",
        "group": "actions.group_title",
        "lead_text": _list("text", "leads"),
        "lead_names": _list("people.name", "leads LEFT JOIN people ON people.id = leads.person"),
    }
    for field in ("start", "end"):
        dates = f"dates WHERE dates.field = '{field}'"
        columns[f"{field}_text"] = _list("text", dates)
        columns[f"{field}_edtf"] = _list("edtf", dates)
        current = f"FROM {dates} AND dates.action = actions.id AND NOT dates.superseded"
        columns[f"{field}_earliest"] = f"(SELECT min(earliest) {current})"
        columns[f"{field}_latest"] = f"(SELECT max(latest) {current})"
    chosen = ", ".join(f'{columns.get(name, f"actions.{name}")} AS "{name}"' for name in ACTION_COLUMNS)
    joins = "actions LEFT JOIN sections ON sections.id = actions.section"
    return f"CREATE VIEW actions_flat AS SELECT {chosen} FROM {joins} ORDER BY actions.position;\n"


def _list(value: str, source: str) -> str:
    """The values of an action in their order with "; " between them, as SQL; NULL where none has a value."""
    table = source.split()[0]
    linked = f"{'AND' if ' WHERE ' in source else 'WHERE'} {table}.action = actions.id ORDER BY {table}.position"
    chosen = f"SELECT {value} AS value FROM {source} {linked}"
    return f"(SELECT CASE WHEN count(value) THEN group_concat(coalesce(value, ''), '; ') END FROM ({chosen}))"
