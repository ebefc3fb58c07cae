"""The Diff as JSON: its keys, its values, and its schema."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace
from plan_builder import a_plan, an_action

from compare.comparing import compare
from compare.model import Diff, FieldChange, SectionChange
from export.diff.as_json import DIFF_CONSTRAINTS, SPARING, diff_data, diff_schema, diff_schema_text, render
from export.schema import DIALECT
from normalise.model import Date, Head, Lead, Person

ROOT = Path(__file__).parents[1]


def two_versions() -> Diff:
    end = (Date("5 Dec 17", "date", "2017-12-05", "2017-12-05", "2017-12-05"),)
    new = an_action(
        ref="1.2", id="1.2", progress="In hand “on time” now", end=end, leads=(Lead("TBC", None, (), "none"),)
    )
    return compare(a_plan(), a_plan(actions=(new,)))


def all_sorts() -> Diff:
    """Everything that can be said of two versions."""
    old, new = a_plan(), a_plan(actions=(), people=(), sections=(), columns=(), paragraphs=(), tables=())
    new = replace(new, plan=Head("Another plan", None, "4", None))
    extra = an_action(id="2", ref="2", action="Close the old filing room", extra=(("Theme", "Safety"),))
    return compare(old, replace(new, actions=(extra,), people=(Person("eve-nash", "Eve Nash"),)))


def test_the_keys_are_the_contracts() -> None:
    data = diff_data(two_versions())
    assert list(data) == [
        *("schema_version", "old", "new", "summary", "changes", "people", "columns", "sections", "plan"),
        *("pairs", "section_pairs"),
    ]
    assert list(data["old"]) == ["file", "sha256", "title", "version", "published"]
    assert list(data["changes"][0]) == [
        *("kind", "also", "old_ref", "new_ref", "match", "cause", "uncertain", "doubts", "fields", "old", "new")
    ]


def test_fields_say_what_they_have_to_say_and_no_more() -> None:
    fields = diff_data(two_versions())["changes"][0]["fields"]
    assert fields["ref"] == {
        "old": "1.1",
        "new": "1.2",
        "uncertain": False,
        "old_origins": fields["ref"]["old_origins"],
    } | {"new_origins": fields["ref"]["new_origins"]}
    assert {key: fields["end"][key] for key in ("days",)} == {"days": 5}
    assert (fields["leads"]["went"], "came" in fields["leads"]) == (["Ada Lowe"], False)
    assert fields["progress"]["words"][0] == {"op": "same", "words": ["In", "hand"]}


def test_the_text_is_json_with_a_final_newline() -> None:
    text = render(two_versions())
    assert json.loads(text) == diff_data(two_versions())
    assert text.endswith("}\n")
    assert "“on time”" in text


def test_the_schema_is_one_of_2020_12() -> None:
    schema = json.loads(diff_schema_text())
    Draft202012Validator.check_schema(schema)
    assert (schema["$schema"], schema["title"], schema["type"]) == (DIALECT, "diff.json", "object")


@pytest.mark.parametrize("diff", [two_versions(), compare(a_plan(), a_plan()), all_sorts()], ids=["two", "none", "all"])
def test_diffs_are_valid(diff: Diff) -> None:
    assert [error.message for error in Draft202012Validator(diff_schema()).iter_errors(diff_data(diff))] == []


WRONG: list[tuple[tuple[Any, ...], Any, str]] = [
    (("changes", 0, "kind"), "gone", "'gone' is not one of"),
    (("changes", 0, "cause"), "council", "'council' is not one of"),
    (
        ("changes", 0, "match", "score"),
        2,
        "{'by': 'text', 'score': 2, 'sure': True} is not valid under any of the given schemas",
    ),
    (("old", "sha256"), "abc", "'abc' does not match"),
    (("summary", "slipped"), -1, "-1 is less than the minimum of 0"),
    (("changes", 0, "fields", "end", "days"), "5", "'5' is not of type 'integer', 'null'"),
]


@pytest.mark.parametrize("path, value, problem", WRONG, ids=[problem for _, _, problem in WRONG])
def test_what_is_no_diff_is_told(path: tuple[Any, ...], value: object, problem: str) -> None:
    data = diff_data(two_versions())
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    (error,) = Draft202012Validator(diff_schema()).iter_errors(data)
    assert error.message.startswith(problem)


def test_every_key_is_described_constraints_are_on_keys_and_what_is_sparing_is_not_required() -> None:
    schema = diff_schema()
    types = {**schema["$defs"], "DiffRecord": schema}
    texts = tomllib.loads((ROOT / "export" / "diff" / "descriptions.toml").read_text("utf-8"))
    own = {name: set(types[name]["properties"]) for name in texts}
    assert {name: set(keys) - {"_"} for name, keys in texts.items()} == own
    keys = {f"{name}.{key}" for name, kind in types.items() for key in kind["properties"]}
    assert {key for key in DIFF_CONSTRAINTS if key.split(".")[0] in texts} <= keys
    assert types["FieldRecord"]["required"] == ["old", "new", "uncertain"]
    assert set(SPARING) | {"old", "new", "uncertain"} == own["FieldRecord"]


def test_a_second_banner_has_a_name_of_its_own() -> None:
    fields = (FieldChange("group", "A", "B"), FieldChange("title", "C", "D"), FieldChange("group", "E", "F"))
    diff = replace(compare(a_plan(), a_plan()), sections=(SectionChange("changed", "1", "1", fields),))
    assert list(diff_data(diff)["sections"][0]["fields"]) == ["group", "title", "group~2"]
