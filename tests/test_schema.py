"""The JSON Schema: that it is one, says what every key means, takes plans, and refuses what is none."""

import ast
import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from plan_builder import a_plan

from actionplan.command_line import main
from export.diff.as_json import diff_schema
from export.plan_json import OPTIONAL, to_data
from export.schema import CONSTRAINTS, DIALECT, data_of, plan_schema, schema_text
from export.schema_page import schema_page
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


def test_every_key_is_required_but_those_of_corrections() -> None:
    schema = plan_schema()
    left_out = {
        f"{name}.{key}"
        for name, definition in {**schema["$defs"], "Plan": schema}.items()
        for key in definition["properties"]
        if key not in definition["required"]
    }
    assert left_out == {"Repair.author", "Repair.date", "Repair.note"} == OPTIONAL


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
    assert all(
        about in ("reading", "document", "either") and meaning.endswith(".") for about, meaning in CODES.values()
    )


#: Of each call that says something: where its code stands, and where what it is about (a reader's remark: the reading).
SAYING = {"Flag": (0, 1), "Finding": (1, 2), "Remark": (0, None)}


def said_in(source: str) -> set[tuple[str, str | None]]:
    """(code, about) of each Flag, Remark and Finding that a module makes; None where about is worked out."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
            words: dict[object, ast.expr] = {**dict(enumerate(node.args)), **{k.arg: k.value for k in node.keywords}}
            code_at, about_at = SAYING[node.func.id]
            code = words.get(code_at, words.get("code"))
            about = words.get(about_at, words.get("about"))
            if isinstance(code, ast.Constant):
                stated = about.value if isinstance(about, ast.Constant) else None
                found.add((code.value, "reading" if about_at is None else stated))
    return found


def test_the_finder_of_codes_finds() -> None:
    source = 'x(Flag("a", "document", "info", m)); Remark("b", "info", m); Finding("", code="c", about=d); Flag(e, f)'
    assert said_in(source) == {("a", "document"), ("b", "reading"), ("c", None)}


def test_every_code_that_is_given_is_listed_under_what_it_is_about() -> None:
    sources = [path for package in ("extract", "normalise") for path in (ROOT / package).rglob("*.py")]
    wrong = [
        (path.name, code, about)
        for path in sources
        for code, about in said_in(path.read_text("utf-8"))
        if code not in CODES or (about is not None and CODES[code][0] not in (about, "either"))
    ]
    assert wrong == []


def test_every_value_has_an_example_that_is_one() -> None:
    """An object has none of its own: its keys have theirs. What is missing is to be added to export/examples.toml."""
    examples = data_of("examples.toml")
    for schema in (plan_schema(), diff_schema()):
        for name, definition in {schema["title"]: schema, **schema["$defs"]}.items():
            for key, shape in definition["properties"].items():
                assert ("examples" in shape) != ("$ref" in json.dumps(shape)), f"{name}.{key}"
                for example in shape.get("examples", ()):
                    assert [error.message for error in Draft202012Validator(shape).iter_errors(example)] == []
    keys = described() | {name: set(one["properties"]) for name, one in diff_schema()["$defs"].items()}
    keys["DiffRecord"] = set(diff_schema()["properties"])
    assert [f"{name}.{key}" for name, found in examples.items() for key in found if key not in keys[name]] == []


def test_the_reference_is_current() -> None:
    """docs/schema.md says what the schemas say."""
    page = ROOT / "docs" / "schema.md"
    if not page.exists():
        page.write_text(schema_page(), "utf-8")
        pytest.fail("docs/schema.md was missing and is written: review it, then commit it")
    assert page.read_text("utf-8") == schema_page(), "make reference writes it again"


def test_the_reference_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--markdown"]) == 0
    assert capsys.readouterr() == (schema_page(), "")
