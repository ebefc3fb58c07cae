"""datapackage.json: its shape by JSON Schema, its sums, and the CSV files held against what it says of them."""

import csv
import hashlib
import io
import json
import re
from typing import Any

import jsonschema
import pytest
from hostile_plan import hostile_plan
from plan_builder import a_plan

from export.data_package import slug
from export.formats import KNOWN, files_of
from normalise.model import Plan

#: What the standard asks of a package with tables (Data Package and Table Schema), as far as this one uses it.
STANDARD: dict[str, Any] = {
    "type": "object",
    "required": ["name", "resources"],
    "properties": {
        "profile": {"const": "data-package"},
        "name": {"pattern": "^[-a-z0-9._/]+$"},
        "title": {"type": "string"},
        "description": {"type": "string"},
        "sources": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["title"]}},
        "contributors": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["title"],
                "properties": {"role": {"enum": ["author", "publisher", "maintainer", "wrangler", "contributor"]}},
            },
        },
        "resources": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/resource"}},
    },
    "$defs": {
        "resource": {
            "type": "object",
            "required": ["name", "path"],
            "properties": {
                "name": {"pattern": "^[-a-z0-9._/]+$"},
                "path": {"pattern": "^[^/.][^/]*$"},
                "bytes": {"type": "integer"},
                "hash": {"pattern": "^sha256:[0-9a-f]{64}$"},
                "schema": {"$ref": "#/$defs/schema"},
            },
        },
        "schema": {
            "type": "object",
            "required": ["fields"],
            "properties": {
                "fields": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/field"}},
                "primaryKey": {"type": "array", "items": {"type": "string"}},
                "missingValues": {"type": "array", "items": {"type": "string"}},
                "foreignKeys": {"type": "array", "items": {"required": ["fields", "reference"]}},
            },
        },
        "field": {
            "type": "object",
            "required": ["name", "type", "description"],
            "properties": {"type": {"enum": ["string", "number", "boolean"]}},
        },
    },
}


def package(plan: Plan, formats: tuple[str, ...] = KNOWN) -> tuple[dict[str, Any], dict[str, bytes]]:
    files = files_of(plan, formats)
    return json.loads(files.pop("datapackage.json")), files


def wrong_cells(described: dict[str, Any], files: dict[str, bytes]) -> list[tuple[str, str, str]]:
    """(table, column, value) for every cell of the CSV files that is not what the package says of it."""
    tables = {one["name"]: one for one in described["resources"] if one["format"] == "csv"}
    rows = {
        name: list(csv.DictReader(io.StringIO(files[one["path"]].decode(), newline=""))) for name, one in tables.items()
    }
    wrong = []
    for name, one in tables.items():
        for field in one["schema"]["fields"]:
            values = [row[field["name"]] for row in rows[name]]
            wrong += [(name, field["name"], value) for value in values if not fits(value, field, one["schema"])]
            if field.get("constraints", {}).get("unique"):
                wrong += [(name, field["name"], value) for value in values if values.count(value) > 1]
        for key in one["schema"].get("foreignKeys", []):
            ((column,), other, (there,)) = key["fields"], key["reference"]["resource"], key["reference"]["fields"]
            known = {"", *(row[there] for row in rows[other])}
            wrong += [(name, column, row[column]) for row in rows[name] if row[column] not in known]
    return wrong


def fits(value: str, field: dict[str, Any], schema: dict[str, Any]) -> bool:
    constraints = field.get("constraints", {})
    if value in schema["missingValues"]:
        return not constraints.get("required")
    pattern = {"number": r"-?\d+(\.\d+)?", "boolean": "true|false", "string": "(?s:.*)"}[field["type"]]
    return re.fullmatch(pattern, value) is not None and value in constraints.get("enum", [value])


@pytest.mark.parametrize(
    "plan", [a_plan(), hostile_plan(), a_plan(actions=(), findings=())], ids=["one", "hostile", "none"]
)
def test_it_has_the_shape_of_the_standard_and_the_files_are_as_it_says(plan: Plan) -> None:
    described, files = package(plan)
    assert [error.message for error in jsonschema.Draft202012Validator(STANDARD).iter_errors(described)] == []
    assert [one["path"] for one in described["resources"]] == list(files)
    assert {one["path"]: (one["bytes"], one["hash"]) for one in described["resources"]} == {
        name: (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}") for name, content in files.items()
    }
    for one in described["resources"]:
        if one["format"] == "csv":
            header = files[one["path"]].decode().splitlines()[0].split(",")
            assert [field["name"] for field in one["schema"]["fields"]] == header
    assert wrong_cells(described, files) == []


@pytest.mark.parametrize(
    "name, before, after, wrong",
    [
        ("actions.csv", "in_progress", "stalled", ("actions", "status", "stalled")),
        ("actions.csv", ",46000,", ",46k,", ("actions", "resources_amount", "46k")),
        ("actions.csv", ",false", ",no", ("actions", "needs_review", "no")),
        ("people.csv", ",Ada Lowe,", ",,", ("people", "name", "")),
        ("findings.csv", "warning,,", "warning,9.9,", ("findings", "action", "9.9")),
    ],
)
def test_the_check_of_cells_finds_what_is_wrong(
    name: str, before: str, after: str, wrong: tuple[str, str, str]
) -> None:
    described, files = package(a_plan(), ("csv", "datapackage"))
    changed = files[name].decode().replace(before, after).encode()
    assert wrong_cells(described, {**files, name: changed}) == [wrong]


def test_it_names_the_source_and_the_tool() -> None:
    described, _ = package(a_plan(), ("json", "datapackage"))
    del described["resources"]
    assert described == {
        "profile": "data-package",
        "name": "plan.pdf",
        "title": "Improvement plan",
        "description": "The action plan of Fellmoor Council, version 3, published 2017-07-14, read from plan.pdf",
        "sources": [{"title": "plan.pdf", "sha256": "0" * 64, "mediatype": "application/pdf"}],
        "contributors": [{"title": "actionplan 0.1.0", "role": "wrangler"}],
        "tool": {
            **{"name": "actionplan", "version": "0.1.0", "configuration": "e3b0" + "0" * 60},
            "engines": {"pypdfium2": "5.0"},
        },
    }


def test_keys_and_missing_values_are_declared() -> None:
    described, _ = package(a_plan(), ("csv", "datapackage"))
    keys = {
        one["name"]: (one["schema"]["primaryKey"], one["schema"]["missingValues"]) for one in described["resources"]
    }
    assert keys == dict.fromkeys(("actions", "people", "findings"), (["id"], [""]))


@pytest.mark.parametrize(
    "text, name",
    [("Plan V12 (final).PDF", "plan-v12-final-.pdf"), ("../../x", "..-..-x"), ("План", "plan"), ("", "plan")],
)
def test_a_name_is_one_that_the_standard_takes(text: str, name: str) -> None:
    assert slug(text) == name
