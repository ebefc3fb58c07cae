"""`datapackage.json`: what the files of a plan are, as a Frictionless Data Package.

Each CSV file is a table whose columns have a type, a meaning, keys and foreign keys; every file has its size and
SHA-256. The source and the tool are named. Nothing in it depends on the clock or on where the files are.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, get_args

from export.frame import RAGS
from export.plan_json import to_data
from export.tables import ACTION_COLUMNS, FINDING_COLUMNS, PERSON_COLUMNS
from normalise.model import About, Plan, Severity, StatusValue

_JOINED = "Several entries are joined with a semicolon and a space"
_DATES = {
    "text": "As printed",
    "edtf": "ISO 8601-2 (EDTF), never more precise than the page",
    "earliest": "The first day that it can mean",
    "latest": "The last day that it can mean",
}
_MEANINGS = {
    "id": "The ref; 2.5~2 for its second use; row-17 where none is printed",
    "ref": "The ref as printed, without a final dot",
    "section": "The id of its section",
    "section_title": "The title of its section",
    "group": "The title of the banner that it stands under",
    "action": "What is to be done",
    **{f"start_{part}": f"When it starts. {meaning}. {_JOINED}" for part, meaning in _DATES.items()},
    **{f"end_{part}": f"By when it is done. {meaning}. {_JOINED}" for part, meaning in _DATES.items()},
    "lead_text": f"Who leads it, as printed. {_JOINED}",
    "lead_names": f"The names of those leads who are known, each in the place of its printed text. {_JOINED}",
    "resources_text": "What it costs, as printed",
    "resources_amount": "What it costs, in pounds, where the cell states one single amount",
    "measure": "How it will be known that it is done",
    "impact": "What changes for people",
    "progress": "How far it is",
    "status": "How it stands",
    "rag": "The colour of the status cell",
    "needs_review": "True where a warning or error about the reading names this action",
}
_PERSON = {
    "id": "The name in lower case with hyphens",
    "name": "The name, without rank",
    "role": "The role as printed, a rank included",
    "initials": f"Initials as printed; where none are, derived from the name. {_JOINED}",
}
_FINDING = {
    "id": "Its id within this plan",
    "code": "What was found; codes are stable",
    "about": "reading: the tool may be wrong. document: the page says something odd",
    "severity": "info: settled. warning: may be wrong. error: missing, or certainly wrong",
    "action": "The id of the action that it is about",
    "ref": "The ref that it is about; for a gap in the numbering, the missing one",
    "field": "The field that it is about, or row for the whole row",
    "message": "One sentence for a person",
    "candidates": f"What it could be instead. {_JOINED}",
    "place": f"Where to look. {_JOINED}",
}
_REQUIRED: dict[str, Any] = {"required": True}
_UNIQUE: dict[str, Any] = {"required": True, "unique": True}

#: What the columns of each table hold: their meaning, and what is true of every value.
_TABLES: dict[str, tuple[tuple[str, ...], dict[str, str], dict[str, dict[str, Any]]]] = {
    "actions": (
        ACTION_COLUMNS,
        _MEANINGS,
        {
            "id": _UNIQUE,
            "status": {"required": True, "enum": list(get_args(StatusValue))},
            "rag": {"enum": list(RAGS)},
            "needs_review": _REQUIRED,
        },
    ),
    "people": (PERSON_COLUMNS, _PERSON, {"id": _UNIQUE, "name": _REQUIRED}),
    "findings": (
        FINDING_COLUMNS,
        _FINDING,
        {
            "id": _UNIQUE,
            "code": _REQUIRED,
            "about": {"required": True, "enum": list(get_args(About))},
            "severity": {"required": True, "enum": list(get_args(Severity))},
            "message": _REQUIRED,
        },
    ),
}
_TYPES = {"resources_amount": "number", "needs_review": "boolean"}
_FOREIGN = {"findings": [{"fields": ["action"], "reference": {"resource": "actions", "fields": ["id"]}}]}
_DIALECT = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}

_MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "sqlite": "application/vnd.sqlite3",
}


def data_package(plan: Plan, files: Mapping[str, bytes]) -> str:
    """The text of the `datapackage.json` that describes `files` (name -> content), in their order."""
    head, source, tool = plan.plan, plan.source, plan.tool
    package: dict[str, Any] = {
        "profile": "data-package",
        "name": slug(source.file),
        "title": head.title,
        "description": _description(plan),
        "sources": [{"title": source.file, "sha256": source.sha256, "mediatype": source.media_type}],
        "contributors": [{"title": f"{tool.name} {tool.version}", "role": "wrangler"}],
        "tool": to_data(tool),
        "resources": [_resource(name, content) for name, content in files.items()],
    }
    return json.dumps({key: value for key, value in package.items() if value}, ensure_ascii=False, indent=2) + "\n"


def slug(text: str) -> str:
    """A name as the standard wants it: lower case, digits, hyphens, dots and underscores.

    >>> slug("Recovery Plan (v3).pdf"), slug("计划")
    ('recovery-plan-v3-.pdf', 'plan')
    """
    return re.sub(r"[^a-z0-9._]+", "-", text.lower()).strip("-") or "plan"


def _description(plan: Plan) -> str:
    head = plan.plan
    parts = [
        f"The action plan of {head.organisation}" if head.organisation else "An action plan",
        f"version {head.version}" if head.version else "",
        f"published {head.published}" if head.published else "",
        f"read from {plan.source.file}",
    ]
    return ", ".join(filter(None, parts))


def _resource(name: str, content: bytes) -> dict[str, Any]:
    path = PurePath(name)
    kind = path.suffix[1:]
    resource: dict[str, Any] = {
        "name": path.stem if kind == "csv" else slug(name),
        "path": name,
        "format": kind,
        "mediatype": _MEDIA_TYPES[kind],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    if kind in ("csv", "json"):
        resource["encoding"] = "utf-8"
    else:
        resource["type"] = "file"  # described, but not for a validator to parse: that would take engines of its own
    if kind == "csv":
        resource |= {"type": "table", "profile": "tabular-data-resource", "dialect": _DIALECT}
        resource["schema"] = _schema(path.stem)
    return resource


def _schema(table: str) -> dict[str, Any]:
    """The columns of one CSV file, what identifies a row, and which rows of others it names."""
    columns, meanings, constraints = _TABLES[table]
    fields = [
        {
            "name": column,
            "type": _TYPES.get(column, "string"),
            "description": meanings[column],
            **({"constraints": constraints[column]} if column in constraints else {}),
        }
        for column in columns
    ]
    schema: dict[str, Any] = {"fields": fields, "primaryKey": ["id"], "missingValues": [""]}
    return {**schema, "foreignKeys": _FOREIGN[table]} if table in _FOREIGN else schema
