"""The pages for programmers: every function and format is in their tables, and the SQL runs."""

import inspect
import re
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import actionplan
from export.database import database_bytes
from export.formats import FORMATS, KNOWN, PACKAGE

ROOT = Path(__file__).parents[1]


def fenced(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / "docs" / page).read_text("utf-8"), re.DOTALL)


def first_cells(page: str) -> list[list[str]]:
    """The names in code in the first two cells of each row of the page's table."""
    rows = re.findall(r"^\| `.*$", (ROOT / "docs" / page).read_text("utf-8"), re.MULTILINE)
    return [re.findall(r"`([\w.]+)", " ".join(row.split("|")[1:3])) for row in rows]


def test_the_door_is_on_its_page() -> None:
    listed = {name for names in first_cells("python.md") for name in names if name in actionplan.__all__}
    assert listed == set(actionplan.__all__)
    assert [name for name in actionplan.__all__ if not getattr(actionplan, name).__doc__] == []


def test_functions_are_typed_and_written_as_they_are_called() -> None:
    """Each with its parameters and their defaults; `watch` and `limits` are for the command."""
    text = (ROOT / "docs" / "python.md").read_text("utf-8")
    shown = dict(re.findall(r"^\| `(\w+)\((.*?)\)`", text, re.MULTILINE))
    found = {}
    for name in actionplan.__all__:
        if inspect.isfunction(function := getattr(actionplan, name)):
            signature = inspect.signature(function)
            parts = [one for one in signature.parameters.values() if one.name not in ("watch", "limits")]
            assert inspect.Signature.empty not in (signature.return_annotation, *(one.annotation for one in parts))
            defaults = ["" if one.default is one.empty else f"={one.default!r}" for one in parts]
            found[name] = ", ".join(one.name + more for one, more in zip(parts, defaults, strict=True))
    assert {name: words.replace('"', "'") for name, words in shown.items()} == found


def test_every_format_is_on_its_page_with_its_files() -> None:
    known = [[name, *FORMATS[name].files] if name in FORMATS else [PACKAGE, "datapackage.json"] for name in KNOWN]
    assert first_cells("exports.md") == known


def test_the_query_runs(tmp_path: Path) -> None:
    (query,) = fenced("exports.md", "sql")
    path = tmp_path / "plan.sqlite"
    plan = actionplan.read(ROOT / "samples" / "recovery-plan-v3.docx")
    path.write_bytes(database_bytes(plan))
    names = {person.id: person.name for person in plan.people}
    due = Counter(
        names[person]
        for action in plan.actions
        if any("2024-10-01" <= (date.latest or "") <= "2024-12-31" for date in action.end if not date.superseded)
        for person in {lead.person for lead in action.leads if lead.person}
    )
    assert due.total() > 10
    with closing(sqlite3.connect(path)) as database:
        assert database.execute(query).fetchall() == sorted(due.items(), key=lambda one: (-one[1], one[0]))
