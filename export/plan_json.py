"""`plan.json`, written and read: the exact form of a plan, from which everything else can be made again.

`from_json(to_json(plan)) == plan` for every plan whose boxes are rounded to 0.1. The order of keys is the order of the
types' fields, which is the contract's. The same plan gives the same bytes.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from extract.model import Origin, PageBox, ReadError
from normalise.model import SCHEMA_VERSION, Plan

#: Fields that are pairs in memory and objects in JSON, since their keys are data.
OBJECTS = frozenset({"engines", "extra", "cells", "fields"})
#: Keys that are there only where they say something: those of a correction by hand.
OPTIONAL = frozenset({"Repair.author", "Repair.date", "Repair.note"})

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class NotAPlan(ReadError):
    """Text that is no `plan.json` which this version can read."""


def to_json(plan: Plan) -> str:
    """The plan as the text of its `plan.json`: two-space indent, non-ASCII letters kept, a final newline."""
    return to_bytes(plan).decode()


def to_bytes(plan: Plan) -> bytes:
    """The same as the bytes of the file."""
    whole = BytesIO()
    whole.writelines(_pieces(plan))
    return whole.getvalue()


def _pieces(plan: Plan) -> Iterator[bytes]:
    """The file piece by piece: the data of all the actions at once take as much memory as the file."""
    opening = b"{"
    for name in field_names(Plan):
        part = getattr(plan, name)
        yield opening + b"\n  " + msgspec.json.encode(name) + b": "
        if isinstance(part, tuple) and part:
            yield b"["
            for number, one in enumerate(part):
                yield (b",\n    " if number else b"\n    ") + _indented(one, b"    ")
            yield b"\n  ]"
        else:
            yield _indented(part, b"  ")
        opening = b","
    yield b"\n}\n"


def _indented(part: Any, indent: bytes) -> bytes:
    """A part as JSON whose lines after the first are indented; line feeds inside texts are escaped, so are no lines."""
    return json_bytes(to_data(part)).rstrip(b"\n").replace(b"\n", b"\n" + indent)


def json_text(data: Any) -> str:
    """Data as JSON, laid out as every file of ours is."""
    return json_bytes(data).decode()


def json_bytes(data: Any) -> bytes:
    """The same as bytes; half a pair of surrogates, which no UTF-8 can hold, is written as its escape."""
    try:
        return msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n"
    except UnicodeEncodeError:
        text = json.dumps(data, ensure_ascii=False, indent=2)
        return (_LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n").encode()


def to_data(value: Any) -> Any:
    """A plan, or a part of one, as dicts, lists and plain values in the contract's order."""
    if value is None or isinstance(value, str):  # most are
        return value
    if isinstance(value, tuple):
        return [to_data(part) for part in value]
    if isinstance(value, PageBox):
        return {"page": value.page, "box": [round(edge, 1) + 0.0 for edge in value.box]}
    if isinstance(value, Struct):
        data: dict[str, Any] = {}
        for name, pairs, optional in _how_written(type(value)):
            part = getattr(value, name)
            if part is not None or not optional:
                data[name] = {key: to_data(entry) for key, entry in part} if pairs else to_data(part)
        return data
    return _finite(value) if isinstance(value, float) else value


def _finite(number: float) -> int | float:
    if not math.isfinite(number):
        raise ValueError(f"{number} is no number that JSON can hold")
    return int(number) if number.is_integer() else number


def from_json(text: str, name: str = "plan.json") -> Plan:
    """The plan that a `plan.json` holds. Keys that this version does not know are ignored.

    `name` is what errors call the file. Raises NotAPlan, saying which key is wrong, where the text is not JSON, is of
    another major `schema_version`, lacks a key or holds a value of another type.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAPlan(f"Cannot read {name!r}", f"it is not JSON ({error})", _EXTRACT_AGAIN) from error
    return from_data(data, name)


def from_data(data: object, name: str = "plan.json") -> Plan:
    """The plan that decoded JSON holds; errors as for `from_json`."""
    version = data.get("schema_version") if isinstance(data, dict) else None
    if not isinstance(version, str):
        raise NotAPlan(f"Cannot read {name!r}", "it is no plan.json: it has no schema_version", _EXTRACT_AGAIN)
    if version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        cause = f"its schema_version is {version}, and this version of actionplan reads {SCHEMA_VERSION}"
        raise NotAPlan(f"Cannot read {name!r}", cause, _EXTRACT_AGAIN)
    try:
        plan: Plan = _read(Plan, data, "")
    except _Mismatch as error:
        raise NotAPlan(f"Cannot read {name!r}", str(error), _EXTRACT_AGAIN) from error
    return plan


_EXTRACT_AGAIN = "Extract the plan again from its source"


class _Mismatch(ValueError):
    """A value that is not of the type the contract gives it; the message names its place."""


def _read(kind: Any, data: object, place: str) -> Any:
    """`data` as a value of type `kind`; `place` is the path to it, for the error."""
    if kind == Origin:
        return _origin(data, place)
    if get_origin(kind) in (Union, UnionType):
        return _one_of(get_args(kind), data, place)
    if get_origin(kind) is tuple:
        return _sequence(get_args(kind), data, place)
    if get_origin(kind) is Literal:
        kind = str  # a value added in a minor version must not stop a reader
    if is_record(kind):
        return _record(kind, data, place)
    return _plain(kind, data, place)


def _record(kind: Any, data: object, place: str) -> Any:
    if not isinstance(data, dict):
        raise _Mismatch(f"{place or 'the whole'} should be an object")
    values = {}
    for name, part in field_types(kind).items():
        where = f"{place}.{name}".lstrip(".")
        if name not in data:
            if _has_default(kind, name):
                continue
            raise _Mismatch(f"{where} is missing")
        values[name] = _pairs(part, data[name], where) if name in OBJECTS else _read(part, data[name], where)
    return kind(**values)


def _pairs(kind: Any, data: object, place: str) -> tuple[tuple[str, Any], ...]:
    if not isinstance(data, dict):
        raise _Mismatch(f"{place} should be an object")
    part = get_args(get_args(kind)[0])[1]
    return tuple((key, _read(part, value, f"{place}.{key}")) for key, value in data.items())


def _sequence(parts: tuple[Any, ...], data: object, place: str) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise _Mismatch(f"{place} should be a list")
    if parts[-1] is Ellipsis:
        return tuple(_read(parts[0], value, f"{place}[{index}]") for index, value in enumerate(data))
    if len(parts) != len(data):
        raise _Mismatch(f"{place} should have {len(parts)} values")
    return tuple(_read(part, value, place) for part, value in zip(parts, data, strict=True))


def _one_of(kinds: tuple[Any, ...], data: object, place: str) -> Any:
    if data is None and NoneType in kinds:
        return None
    real = [kind for kind in kinds if kind is not NoneType]
    if set(real) == {int, float}:
        return data if type(data) is int else _plain(float, data, place)
    return _read(real[0], data, place)


def _origin(data: object, place: str) -> Origin:
    for kind in get_args(Origin):
        if isinstance(data, dict) and set(field_names(kind)) <= set(data):
            found: Origin = _record(kind, data, place)
            return found
    raise _Mismatch(f"{place} should be an origin ({{page, box}}, {{line, cell}}, … )")


def _plain(kind: Any, data: object, place: str) -> Any:
    if kind is float and type(data) is int:
        return float(data)
    if type(data) is not kind:
        names = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}
        raise _Mismatch(f"{place} should be {names[kind]}")
    return data


def is_record(kind: Any) -> bool:
    """Whether a type is one of ours with named fields, which JSON holds as an object."""
    return isinstance(kind, type) and issubclass(kind, Struct)


@cache
def field_names(kind: Any) -> tuple[str, ...]:
    """The keys of a type in the contract's order (`schema_version`, declared last for its default, comes first)."""
    return tuple(sorted(kind.__struct_fields__, key="schema_version".__ne__))


@cache
def _how_written(kind: Any) -> tuple[tuple[str, bool, bool], ...]:
    """Each key of a type, whether it is written as an object of pairs, and whether only where it says something."""
    return tuple((name, name in OBJECTS, f"{kind.__name__}.{name}" in OPTIONAL) for name in field_names(kind))


@cache
def field_types(kind: Any) -> dict[str, Any]:
    """The type of each key of a type, in the contract's order."""
    hints = get_type_hints(kind)
    return {name: hints[name] for name in field_names(kind)}


@cache
def _has_default(kind: type, name: str) -> bool:
    declared = next(field for field in fields(kind) if field.name == name)
    return not declared.required
