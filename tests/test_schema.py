"""The JSON Schema: that it is one, says what every key means, takes plans, and refuses what is none."""

import ast
import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from plan_builder import a_plan

from export.plan_json import to_data
from export.schema import CONSTRAINTS, DIALECT, plan_schema, schema_text
from export.validation import schema_problems
from normalise.codes import CODES

ROOT = Path(__file__).parents[1]


def test_it_is_a_schema_of_2020_12() -> None:
    schema = json.loads(schema_text())
    Draft202012Validator.check_schema(schema)
    assert (schema["$schema"], schema["title"], schema["type"]) == (DIALECT, "plan.json", "object")


def test_a_plan_is_valid() -> None:
    assert schema_problems(to_data(a_plan())) == ()


def test_a_plan_with_keys_of_a_later_version_is_valid() -> None:
    assert schema_problems({**to_data(a_plan()), "schema_version": "1.4", "novelty": 1}) == ()


def described() -> dict[str, set[str]]:
    schema = plan_schema()
    types = {**schema["$defs"], "Plan": schema}
    return {name: set(definition["properties"]) for name, definition in types.items()}


def test_every_key_is_described_and_nothing_else_is() -> None:
    texts = tomllib.loads((ROOT / "export" / "descriptions.toml").read_text("utf-8"))
    assert {name: set(keys) - {"_"} for name, keys in texts.items()} == described()
    assert all(text.endswith((".", "…")) and text == text.strip() for keys in texts.values() for text in keys.values())


def test_every_constraint_is_on_a_key_that_there_is() -> None:
    keys = {f"{name}.{key}" for name, names in described().items() for key in names}
    assert set(CONSTRAINTS) <= keys


def test_every_key_is_required() -> None:
    schema = plan_schema()
    for definition in (schema, *schema["$defs"].values()):
        assert definition["required"] == list(definition["properties"])


WRONG = [
    (("source", "sha256"), "abc", "source.sha256: 'abc' does not match '^[0-9a-f]{64}$'"),
    (("schema_version",), "2.0", r"schema_version: '2.0' does not match '^1\\.\\d+$'"),
    (("ledger", "placed"), -1, "ledger.placed: -1 is less than the minimum of 0"),
    (("actions", 0, "rag"), "pink", "actions[0].rag: 'pink' is not one of ['blue', 'green', 'amber', 'red', None]"),
    (("actions", 0, "end", 0, "earliest"), "2017", r"actions[0].end[0].earliest: '2017' does not match"),
    (("actions", 0, "resources", "amount"), "46", "actions[0].resources.amount: '46' is not of type 'number', 'null'"),
    (("findings", 0, "code"), "nobody-knows", "findings[0].code: 'nobody-knows' is not valid under any of the given"),
    (("people", 0, "origins", 0, "box"), [1, 2], "people[0].origins[0]: "),
    (("plan", "title"), None, "plan.title: None is not of type 'string'"),
]


@pytest.mark.parametrize("path, value, problem", WRONG, ids=[problem for _, _, problem in WRONG])
def test_what_is_wrong_is_told_with_its_place(path, value, problem) -> None:
    data = to_data(a_plan())
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    found = schema_problems(data)
    assert len(found) == 1
    assert found[0].startswith(problem)


def test_a_missing_key_is_told() -> None:
    data = to_data(a_plan())
    del data["people"]
    assert schema_problems(data) == ("the whole: 'people' is a required property",)


def test_the_codes_are_listed_with_their_meaning() -> None:
    listed = plan_schema()["$defs"]["Finding"]["properties"]["code"]["oneOf"]
    assert [entry["const"] for entry in listed] == sorted(CODES)
    assert all(about in ("reading", "document") and meaning.endswith(".") for about, meaning in CODES.values())


def codes_in(path: Path) -> set[str]:
    """The codes that a module gives to what it finds: Flag("code", …), Remark("code", …), Finding(id, "code", …)."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            at = {"Flag": 0, "Remark": 0, "Finding": 1}.get(name)
            given = [word.value for word in node.keywords if word.arg == "code"]
            if at is not None and len(node.args) > at:
                given.append(node.args[at])
            found |= {code.value for code in given if at is not None and isinstance(code, ast.Constant)}
    return found


def test_every_code_that_is_given_is_listed() -> None:
    sources = [path for package in ("extract", "normalise") for path in (ROOT / package).rglob("*.py")]
    given = {code: path.name for path in sources for code in codes_in(path)}
    assert {code: name for code, name in given.items() if code not in CODES} == {}
