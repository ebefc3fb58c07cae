"""The schemas of plan.json and of a diff as a page for people: each key with its type, its meaning and an example."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from export.diff.as_json import diff_schema
from export.schema import plan_schema

Shape = Mapping[str, Any]

_HEAD = """\
# Every key of plan.json, and of a diff

Written by `make reference` from the schemas that `actionplan schema` and `actionplan schema diff` print; a test fails
where it is no longer current. What a plan does not print is `""`, `[]` or `null`, never a missing key, unless the table
says so. Readers ignore keys and values that they do not know: a new one is a minor version. How to use them:
[plan-json.md](plan-json.md), [comparing.md](comparing.md).
"""
_DIFF = "`actionplan diff OLD NEW --format json` prints it. Types that are not here are those of `plan.json`.\n"
_LONGEST = 72


def schema_page() -> str:
    """The page, in Markdown."""
    plan, diff = plan_schema(), diff_schema()
    ours = _types(plan, "plan.json", ())
    theirs = _types(diff, "The diff", plan["$defs"])
    return (
        "\n".join([_HEAD, *ours, "## Codes of findings\n", _codes(plan), "## A diff\n", _DIFF, *theirs]).rstrip() + "\n"
    )


def _types(schema: Shape, title: str, known: Collection[str]) -> Iterator[str]:
    """A heading and a table for each type that is not known yet, the whole first."""
    for name, definition in {title: schema, **schema["$defs"]}.items():
        if name not in known:
            may = set(definition["properties"]) - set(definition["required"])
            rows = [_row(key, shape, key in may) for key, shape in definition["properties"].items()]
            table = "\n".join(["| key | type | meaning | example |", "| --- | --- | --- | --- |", *rows])
            yield f"### {name}\n\n{definition['description']}\n\n{table}\n"


def _row(key: str, shape: Shape, may_be_missing: bool) -> str:
    example = _example(shape["examples"][0]) if "examples" in shape else ""
    kind = type_words(shape) + ", or missing" * may_be_missing
    return f"| `{key}` | {kind} | {_prose(shape['description'])} | {example} |".replace("  |", " |")


def type_words(shape: Shape) -> str:
    """The type of a key in words.

    >>> type_words({"type": ["string", "null"]}), type_words({"type": "array", "items": {"$ref": "#/$defs/Date"}})
    ('string or null', 'list of [Date](#date)')
    >>> type_words({"enum": ["red", "blue", None]})
    '`"red"`, `"blue"` or `null`'
    """
    if "$ref" in shape:
        name = shape["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in shape:
        return _either([f"`{json.dumps(value)}`" for value in shape["enum"]])
    if "anyOf" in shape:
        return _either([type_words(one) for one in shape["anyOf"]])
    if "oneOf" in shape:
        return "one of the [codes](#codes-of-findings)"
    kind = shape["type"]
    if kind == "array":
        exact = f"{shape['minItems']} of " if "minItems" in shape else ""
        return f"list of {exact}{type_words(shape['items'])}"
    if kind == "object":
        return f"object of {type_words(shape['additionalProperties'])}"
    return _either(kind) if isinstance(kind, list) else str(kind)


def _either(words: list[str]) -> str:
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _codes(schema: Shape) -> str:
    listed = schema["$defs"]["Finding"]["properties"]["code"]["oneOf"]
    rows = [f"| `{one['const']}` | {_prose(one['description'])} |" for one in listed]
    return "\n".join(["| code | meaning |", "| --- | --- |", *rows, ""])


def _example(value: object) -> str:
    """A value as JSON on one line, cut where it is long."""
    text = _escaped(json.dumps(value, ensure_ascii=False))
    return f"`{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}`"


def _prose(text: str) -> str:
    """A text that is no markup either."""
    return _escaped(text).replace("<", "&lt;")


def _escaped(text: str) -> str:
    """A text that does not end its cell."""
    return text.replace("|", "\\|")
