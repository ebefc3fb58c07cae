"""The corrections file: what a reviewer decided by hand, as TOML beside the source (docs/correcting.md has every key).

    [[value]]
    field = "end"
    ref = "1.3"
    printed = "31 Jan 25"
    text = "31 Jan 2026"
    author = "R. Okafor"
    date = 2024-11-25

Whatever the file says that no correction can say is an error that names it and its line, and nothing is written then.
"""

from __future__ import annotations

import difflib
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from actionplan.inputs import CORRECTIONS, OWN_CORRECTIONS, UsageError
from actionplan.layout_file import pins_of
from actionplan.toml_file import Wrong, line_in, line_of, toml_data, toml_text
from normalise.corrections.decided import (
    Corrections,
    LeadCorrection,
    Review,
    RowCorrection,
    Target,
    ValueCorrection,
    fingerprint,
    spaced,
)
from normalise.model import FIELDS
from normalise.pinned import NOTHING_PINNED

_MAX_BYTES = 4_000_000
_MAX_TEXT = 100_000
_EXAMPLE = 'Write a [[value]] table for each cell, such as field = "end", printed = "31 Jan 25", text = "31 Jan 2026"'

_TARGET = ("ref", "printed", "printed_sha256", "action", "action_sha256")
_REVIEW = ("author", "date", "note")
#: The keys of each kind of entry, its own first.
_KEYS = {
    "value": ("field", *_TARGET, "text", "accept", *_REVIEW),
    "lead": (*_TARGET, "lead", "person", *_REVIEW),
    "row": (*_TARGET, "join", "split", "accept", *_REVIEW),
    "plan": ("title", "source"),
    "reviewer": ("author", "date"),
}
_LISTS = ("value", "lead", "row")
_KNOWN = ("plan", "reviewer", *_LISTS, "columns")


def corrections_beside(source: Path) -> tuple[Corrections, ...]:
    """What the corrections files beside a source say: the one for its whole folder, then the one for it alone.

    Nobody named them, so one that is a pipe, on which a read would wait for ever, is refused.
    """
    found = corrections_files(source)
    for path in found:
        if path.exists() and not path.is_file():
            cause, hint = "it is not an ordinary file", "Move it away, or put the corrections file in its place"
            raise UsageError(f"Cannot use the corrections {str(path)!r}", cause, hint)
    return tuple(read_corrections(path) for path in found)


def corrections_files(source: Path) -> tuple[Path, ...]:
    """The corrections files that are beside a source, the more special one last."""
    places = (source.with_name(CORRECTIONS), source.with_name(source.name + OWN_CORRECTIONS))
    # Not path.exists(), which raises where a long name with the ending is longer than a name can be.
    return tuple(path for path in places if os.path.lexists(path))


def read_corrections(path: Path) -> Corrections:
    """The corrections that a file holds. Raises UsageError, which names the file, the line and what to write."""

    def wrong(cause: str, hint: str) -> UsageError:
        return UsageError(f"Cannot use the corrections {str(path)!r}", cause, hint)

    text = toml_text(path, _MAX_BYTES, wrong, "Give the corrections file, not the plan")
    data = toml_data(text, wrong, _EXAMPLE)
    for name in data:
        if name not in _KNOWN:
            hint = _meant(name, _KNOWN) + f"A corrections file holds {', '.join(_KNOWN)}"
            raise wrong(f"{name!r}{line_of(text, name)} is not known to a corrections file", hint)
    plan, reviewer = _table(data, "plan", text, wrong), _table(data, "reviewer", text, wrong)
    lists = {kind: tuple(_entries(data, kind, reviewer, text, wrong)) for kind in _LISTS}
    return Corrections(
        tuple(_value(one) for one in _each_once(lists["value"], "field")),
        tuple(_lead(one) for one in _each_once(lists["lead"], "lead")),
        tuple(_row(one) for one in _each_once(lists["row"])),
        pins_of(data["columns"], text, wrong) if "columns" in data else NOTHING_PINNED,
        plan.line("title") if "title" in plan.data else None,
        path.name.endswith(OWN_CORRECTIONS),
    )


class _Entry(Struct, frozen=True):
    """One table of the file, and what its errors need; `reviewer`: the table with the author and date of all."""

    data: dict[str, Any]
    kind: str
    number: int
    text: str
    wrong: Wrong
    reviewer: _Entry | None = None

    @property
    def name(self) -> str:
        """`the [[value]] in line 4`."""
        head = f"[[{self.kind}]]" if self.kind in _LISTS else f"[{self.kind}]"
        return f"the {head}{line_in(self.text, self.kind, self.number)}"

    def error(self, key: str, problem: str, hint: str) -> UsageError:
        """The error on a key of this table."""
        return self.wrong(f"{key!r}{line_in(self.text, self.kind, self.number, key)} {problem}", hint)

    def of(self, *keys: str) -> str:
        """Which one of these keys there is; an error where none or several are."""
        there = [key for key in keys if key in self.data]
        if len(there) != 1:
            either = " or ".join((", ".join(keys[:-1]), keys[-1]))
            both = f"has {' and '.join(there)}" if there else f"has no {either}"
            raise self.wrong(f"{self.name} {both}", f"Say one of {either}")
        return there[0]

    def string(self, key: str, hint: str = "Write it in quotation marks") -> str:
        """A text, its lines kept."""
        if key not in self.data:
            raise self.wrong(f"{self.name} has no {key}", f"Its keys are {', '.join(_KEYS[self.kind])}")
        said = self.data[key]
        if not isinstance(said, str):
            raise self.error(key, "is no text", hint)
        if len(said) > _MAX_TEXT:
            raise self.error(key, f"has more than {_MAX_TEXT} characters", "Shorten it")
        if any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in said):
            raise self.error(key, "holds a control character", "Write printed characters and line ends alone")
        return "\n".join(line.strip() for line in said.strip().split("\n"))

    def line(self, key: str) -> str:
        """A text of one line that says something."""
        said = spaced(self.string(key))
        if not said:
            raise self.error(key, "is empty", "Write what it says, or leave it out")
        return said

    def sha256(self, key: str) -> str:
        """A fingerprint."""
        said = self.line(key).lower()
        if not re.fullmatch("[0-9a-f]{64}", said):
            hint = f"Give {key.removesuffix('_sha256')}, the text as it is printed, instead"
            raise self.error(key, "is no SHA-256 of 64 hexadecimal digits", hint)
        return said

    def true(self, key: str) -> bool:
        """A key that can only say true."""
        if self.data[key] is not True:
            raise self.error(key, "is not true", f"Write {key} = true, or leave it out")
        return True


def _table(data: dict[str, Any], kind: str, text: str, wrong: Wrong) -> _Entry:
    """A table that stands once, or not at all."""
    found = data.get(kind, {})
    if not isinstance(found, dict):
        raise wrong(f"{kind!r}{line_of(text, kind)} is no table", f"Write [{kind}], then a line for each key")
    entry = _Entry(found, kind, 1, text, wrong)
    _refuse_unknown(entry)
    if kind == "plan" and "source" in found:
        entry.line("source")
    if kind == "reviewer":
        _ = [check(entry) for key, check in (("author", _author), ("date", _day)) if key in found]
    return entry


def _entries(data: dict[str, Any], kind: str, reviewer: _Entry, text: str, wrong: Wrong) -> Iterator[_Entry]:
    """The tables of a list."""
    found = data.get(kind, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        cause = f"{kind!r}{line_of(text, kind)} is no list of tables"
        raise wrong(cause, f"Write [[{kind}]], with two brackets, above each")
    for number, one in enumerate(found, 1):
        entry = _Entry(one, kind, number, text, wrong, reviewer)
        _refuse_unknown(entry)
        yield entry


def _refuse_unknown(entry: _Entry) -> None:
    keys = _KEYS[entry.kind]
    for key in entry.data:
        if key not in keys:
            raise entry.error(key, f"is no key of a {entry.kind}", f"{_meant(key, keys)}Its keys are {', '.join(keys)}")


def _each_once(entries: Iterable[_Entry], *by: str) -> Iterator[_Entry]:
    """The entries; an error where two are of the same text."""
    seen: dict[tuple[object, ...], _Entry] = {}
    for one in entries:
        key = (_target(one), *(one.data.get(name) for name in by))
        if key in seen:
            raise one.wrong(f"{one.name} is of the same text as {seen[key].name}", "Keep one of the two")
        seen[key] = one
        yield one


def _target(entry: _Entry) -> Target:
    """Which cell, or row, is meant."""
    data = entry.data
    by_hand = entry.of("printed", "printed_sha256") == "printed"
    return Target(
        fingerprint(entry.string("printed")) if by_hand else entry.sha256("printed_sha256"),
        entry.line("ref") if "ref" in data else None,
        entry.line("action") if "action" in data else None,
        entry.sha256("action_sha256") if "action_sha256" in data else None,
    )


def _review(entry: _Entry) -> Review:
    """Who decided, when and why; what the entry leaves out, `[reviewer]` says for all."""
    said = [one for one in (entry, entry.reviewer) if one is not None]
    by = {key: next((one for one in said if key in one.data), None) for key in ("author", "date")}
    for key, where in by.items():
        if where is None:
            raise entry.wrong(f"{entry.name} has no {key}", f"Say {key} in it, or once for all in [reviewer]")
    note = entry.line("note") if "note" in entry.data else None
    return Review(_author(by["author"] or entry), _day(by["date"] or entry), note)


def _author(entry: _Entry) -> str:
    return entry.line("author")


def _day(entry: _Entry) -> str:
    """A day: TOML's own date, or the same as a text."""
    said, hint = entry.data["date"], "Write the day, such as date = 2024-11-25"
    if isinstance(said, date) and not isinstance(said, datetime):
        return said.isoformat()
    if isinstance(said, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", said, re.ASCII):
        try:
            return date.fromisoformat(said).isoformat()
        except ValueError:
            pass
    raise entry.error("date", "is no day", hint)


def _value(entry: _Entry) -> ValueCorrection:
    field = entry.line("field")
    _refuse_unknown_field(entry, "field", field)
    if entry.of("text", "accept") == "accept":
        entry.true("accept")
        return ValueCorrection(field, _target(entry), None, _review(entry))
    return ValueCorrection(field, _target(entry), entry.string("text"), _review(entry))


def _lead(entry: _Entry) -> LeadCorrection:
    return LeadCorrection(_target(entry), entry.line("lead"), entry.line("person"), _review(entry))


def _row(entry: _Entry) -> RowCorrection:
    which = entry.of("join", "split", "accept")
    if which == "accept":
        entry.true("accept")
    if which == "join" and entry.data["join"] != "previous":
        hint = 'Write join = "previous": its cells are the rest of the row above'
        raise entry.error("join", 'is not "previous"', hint)
    split = tuple(_split(entry)) if which == "split" else ()
    return RowCorrection(_target(entry), which == "join", split, _review(entry))


def _split(entry: _Entry) -> Iterator[tuple[str, str]]:
    """Each field of which the second row has a part, and the printed text with which that part begins."""
    hint = 'Write split = { action = "…", end = "…" }: the printed text with which the second row begins in each'
    split = entry.data["split"]
    if not isinstance(split, dict) or not split:
        raise entry.error("split", "names no field", hint)
    for field, begins in split.items():
        _refuse_unknown_field(entry, "split", field)
        if not isinstance(begins, str) or not begins.strip():
            raise entry.error("split", f"has no text for {field!r}", hint)
        yield field, spaced(begins)


def _refuse_unknown_field(entry: _Entry, key: str, field: str) -> None:
    if field not in FIELDS and not (field.startswith("extra.") and len(field) > len("extra.")):
        fields = f"{', '.join(FIELDS)}, or extra. and the header as it is printed"
        raise entry.error(key, f"says {field!r}, which is no field", f"{_meant(field, FIELDS)}Fields are {fields}")


def _meant(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name.casefold(), list(known), 1, 0.7)
    return f"Did you mean {near[0]!r}? " if near else ""
