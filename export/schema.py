"""The JSON Schema (2020-12) of `plan.json`, made from the plan's own types, so that the two can't come apart.

What a key means is data (`descriptions.toml`, `examples.toml`); what the types can't say of it is CONSTRAINTS. Objects
may hold more keys than the schema names: a minor version adds some, and readers ignore those that they do not know.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from importlib import resources
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from msgspec import Struct

from export.plan_json import OBJECTS, OPTIONAL, field_types, is_record
from extract.model import Box
from normalise.codes import CODES
from normalise.model import Plan

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_SHA256 = {"pattern": "^[0-9a-f]{64}$"}
_DAY = {"pattern": r"^\d{4}-\d{2}-\d{2}$"}
_COUNT = {"minimum": 0}
_FROM_ONE = {"minimum": 1}
_SUBJECTS = {
    "reading": "About the reading.",
    "document": "About the document.",
    "either": "About the reading or the document.",
}

#: What a key's values look like, beyond their type.
CONSTRAINTS: dict[str, dict[str, Any]] = {
    "Plan.schema_version": {"pattern": r"^1\.\d+$"},
    "Source.sha256": _SHA256,
    "Source.pages": _FROM_ONE,
    "Tool.configuration": _SHA256,
    "Date.earliest": _DAY,
    "Date.latest": _DAY,
    "Repair.at": _COUNT,
    "Repair.date": _DAY,
    "Ledger.characters": _COUNT,
    "Ledger.placed": _COUNT,
    "Ledger.furniture": _COUNT,
    "Ledger.unplaced": _COUNT,
    "PageBox.page": _FROM_ONE,
    "TextCell.line": _FROM_ONE,
    "TextCell.cell": _FROM_ONE,
    "TableCell.table": _FROM_ONE,
    "TableCell.row": _FROM_ONE,
    "TableCell.cell": _FROM_ONE,
    "PartParagraph.paragraph": _FROM_ONE,
    "Finding.code": {
        "oneOf": [
            {"const": code, "description": f"{_SUBJECTS[about]} {meaning}"}
            for code, (about, meaning) in sorted(CODES.items())
        ]
    },
}

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}


class Sayings(Struct, frozen=True):
    """What the types can't say of their keys: `texts`, `examples`, `constraints` of some, and which are `optional`."""

    texts: Mapping[str, Mapping[str, str]]
    constraints: Mapping[str, dict[str, Any]]
    examples: Mapping[str, Mapping[str, Any]]
    optional: frozenset[str] = frozenset()


def data_of(file: str) -> dict[str, dict[str, Any]]:
    """Type -> key -> what it means, or an example of it, from a file of this package."""
    return tomllib.loads(resources.files("export").joinpath(file).read_text("utf-8"))


def plan_schema() -> dict[str, Any]:
    """The schema as data; `$defs` holds one entry a type, in the order in which the plan first names it."""
    sayings = Sayings(data_of("descriptions.toml"), CONSTRAINTS, data_of("examples.toml"), OPTIONAL)
    return schema_of(Plan, "plan.json", sayings)


def schema_of(kind: Any, title: str, sayings: Sayings) -> dict[str, Any]:
    """The schema of the JSON that `to_data` makes of a type."""
    definitions: dict[str, Any] = {}
    _define(kind, sayings, definitions)
    whole = definitions.pop(kind.__name__)
    return {"$schema": DIALECT, "title": title, **whole, "$defs": definitions}


def schema_text() -> str:
    """The schema as `actionplan schema` prints it."""
    return json.dumps(plan_schema(), ensure_ascii=False, indent=2) + "\n"


def _define(kind: Any, sayings: Sayings, definitions: dict[str, Any]) -> None:
    """Add the definition of a record, and of every type that it names, to `definitions`."""
    name = kind.__name__
    if name in definitions:
        return
    definitions[name] = {}  # holds its place in the order
    properties = {}
    for key, part in field_types(kind).items():
        shape = _object_of(part) if key in OBJECTS else _shape(part)
        text = sayings.texts[name][key]
        example = sayings.examples.get(name, {}).get(key)
        shown = {} if example is None else {"examples": [example]}
        properties[key] = {"description": text, **shape, **sayings.constraints.get(f"{name}.{key}", {}), **shown}
        for named in _named(part):
            _define(named, sayings, definitions)
    definitions[name] = {
        "description": sayings.texts[name]["_"],
        "type": "object",
        "required": [key for key in properties if f"{name}.{key}" not in sayings.optional],
        "properties": properties,
    }


def _shape(kind: Any) -> dict[str, Any]:
    """The schema of one type: plain, enum, list, reference, or one of these or null."""
    if is_record(kind):
        return {"$ref": f"#/$defs/{kind.__name__}"}
    if kind == Box:
        return {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _shape(get_args(kind)[0])}
    if get_origin(kind) is Literal:
        return {"enum": list(get_args(kind))}
    if get_origin(kind) in (Union, UnionType):
        return _either([part for part in get_args(kind) if part is not NoneType], NoneType in get_args(kind))
    return {"type": _PLAIN[kind]}


def _either(kinds: list[Any], nullable: bool) -> dict[str, Any]:
    if set(kinds) == {int, float}:
        return {"type": ["number", "null"] if nullable else "number"}
    shapes = [_shape(kind) for kind in kinds]
    if nullable and len(shapes) == 1 and "enum" in shapes[0]:
        return {"enum": [*shapes[0]["enum"], None]}
    if nullable and len(shapes) == 1 and "type" in shapes[0]:
        return {**shapes[0], "type": [shapes[0]["type"], "null"]}
    return {"anyOf": [*shapes, {"type": "null"}] if nullable else shapes}


def _object_of(pairs: Any) -> dict[str, Any]:
    """The schema of an object whose keys are data, kept in memory as pairs."""
    return {"type": "object", "additionalProperties": _shape(get_args(get_args(pairs)[0])[1])}


def _named(kind: Any) -> list[Any]:
    """The records that a type names, in order."""
    if is_record(kind):
        return [kind]
    return [named for part in get_args(kind) for named in _named(part)]
