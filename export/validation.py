"""Whether decoded JSON has the shape of a `plan.json`: its JSON Schema, asked through the jsonschema library."""

from __future__ import annotations

from export.schema import plan_schema


def schema_problems(data: object) -> tuple[str, ...]:
    """What the schema has against `data`, one sentence a place; () where it is a plan.json."""
    from jsonschema import Draft202012Validator

    errors = sorted(Draft202012Validator(plan_schema()).iter_errors(data), key=lambda error: list(map(str, error.path)))
    return tuple(f"{_path(error.absolute_path) or 'the whole'}: {_short(error.message)}" for error in errors)


def _path(steps: object) -> str:
    path = ""
    for step in steps:  # type: ignore[attr-defined]
        path += f"[{step}]" if isinstance(step, int) else f".{step}"
    return path.lstrip(".")


def _short(message: str, limit: int = 200) -> str:
    """The message without the whole of a long value."""
    return message if len(message) <= limit else message[: limit // 2] + " … " + message[-limit // 2 :]
