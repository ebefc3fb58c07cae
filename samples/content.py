"""What the sample plans say, and its right reading, from the TOML in content/."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

CONTENT = Path(__file__).parent / "content"

#: The nine columns' fields, in printed order.
FIELDS = ("ref", "action", "start", "end", "lead", "resources", "measure", "impact", "progress")
LISTS = ("action", "start", "end", "measure", "impact", "progress")


class Row(Struct, frozen=True):
    """One action as printed: a field's lines are its paragraphs; `gold` overrides the tables of reading.toml."""

    cells: dict[str, str]
    gold: dict[str, Any]

    @property
    def ref(self) -> str:
        """The ref as printed."""
        return self.cells["ref"]


class Group(Struct, frozen=True):
    """A banner (None where the rows stand under none) and its rows."""

    title: str | None
    between_tables: bool
    rows: tuple[Row, ...]


class Section(Struct, frozen=True):
    """A numbered part of the plan with the outcomes that stand above its table."""

    number: str
    title: str
    outcomes_heading: str
    outcomes: tuple[str, ...]
    groups: tuple[Group, ...]


class Content(Struct, frozen=True):
    """A plan as its council would type it. `columns`: field, header, width in centimetres."""

    title: str
    version: str
    date_text: str
    date: str
    organisation: str
    intro: tuple[tuple[str, tuple[str, ...]], ...]
    people_heading: str
    people: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str, float], ...]
    sections: tuple[Section, ...]

    @property
    def running_head(self) -> str:
        """What stands above every page, and as the title on the first."""
        return f"{self.title} {self.version}"


def _row(data: dict[str, Any]) -> Row:
    cells = {field: str(data.get(field, "")).strip() for field in FIELDS}
    return Row(cells, data.get("gold", {}))


def _group(data: dict[str, Any]) -> Group:
    rows = tuple(_row(row) for row in data["action"])
    return Group(data.get("title"), data.get("between_tables", False), rows)


def _section(data: dict[str, Any]) -> Section:
    groups = tuple(_group(group) for group in data["group"])
    return Section(data["number"], data["title"], data["outcomes_heading"], tuple(data["outcomes"]), groups)


def load_v3() -> Content:
    """Version 3, as it stands in content/v3.toml."""
    data = tomllib.loads((CONTENT / "v3.toml").read_text("utf-8"))
    return Content(
        title=data["title"],
        version=data["version"],
        date_text=data["date_text"],
        date=data["date"],
        organisation=data["organisation"],
        intro=tuple((part["heading"], tuple(part["paragraphs"])) for part in data["intro"]),
        people_heading=data["people_heading"],
        people=tuple((person["name"], person["role"]) for person in data["people"]),
        columns=tuple((field, header, float(width)) for field, header, width in data["columns"]),
        sections=tuple(_section(section) for section in data["section"]),
    )


def load_v4() -> Content:
    """Version 4: the changes of content/v4.toml made to version 3, each change found exactly once."""
    changes = tomllib.loads((CONTENT / "v4.toml").read_text("utf-8"))
    old = load_v3()
    return replace(
        old,
        version=changes["version"],
        date_text=changes["date_text"],
        date=changes["date"],
        intro=_reworded(old.intro, changes["paragraphs"]),
        people=_replaced(old.people, changes["replace_person"]),
        sections=tuple(_changed_section(section, old, changes) for section in old.sections),
    )


def _reworded(
    intro: tuple[tuple[str, tuple[str, ...]], ...], new: dict[str, str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Paragraphs of the first part with other words; `new` is keyed by their place, from 0."""
    (heading, paragraphs), *rest = intro
    return ((heading, tuple(new.get(str(i), text) for i, text in enumerate(paragraphs))), *rest)


def _replaced(people: tuple[tuple[str, str], ...], changes: list[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    by = {change["name"]: (change["by"]["name"], change["by"]["role"]) for change in changes}
    if missing := by.keys() - {name for name, _ in people}:
        raise KeyError(f"v4.toml replaces people whom version 3 does not name: {sorted(missing)}")
    return tuple(by.get(name, (name, role)) for name, role in people)


def _changed_section(section: Section, old: Content, changes: dict[str, Any]) -> Section:
    groups = (replace(group, rows=_changed_rows(group.rows, old, changes)) for group in section.groups)
    return replace(section, groups=tuple(group for group in groups if group.rows))


def _changed_rows(rows: tuple[Row, ...], old: Content, changes: dict[str, Any]) -> tuple[Row, ...]:
    """Rows of one group in version 4: those that stay, then what is put after each of them."""
    moved = {move["ref"]: move["after"] for move in changes["move"]}
    by_ref = {row.ref: row for part in old.sections for group in part.groups for row in group.rows}
    out: list[Row] = []
    for row in rows:
        if row.ref not in changes["remove"] and row.ref not in moved:
            out.append(_changed_row(row, changes))
        out.extend(_changed_row(by_ref[ref], changes) for ref, after in moved.items() if after == row.ref)
        out.extend(_row(added) for added in changes["add"] if added["after"] == row.ref)
    return tuple(out)


def _changed_row(row: Row, changes: dict[str, Any]) -> Row:
    new = {field: text.strip() for field, text in changes["set"].get(row.ref, {}).items()}
    codes = {code: to for person in changes["replace_person"] for code, to in person["initials"].items()}
    lead = "\n".join(codes.get(word, word) for word in row.cells["lead"].split("\n"))
    return replace(row, cells={**row.cells, "lead": lead, **new, "ref": changes["renumber"].get(row.ref, row.ref)})
