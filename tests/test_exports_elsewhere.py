"""The exports as other programs see them: the database in Datasette, the data package in frictionless.

Each is asked in this process, about a plan of 300 actions whose texts are hostile. frictionless brings a library under
a licence that this project does not ship or lock, so that test skips until somebody installs it by hand.
"""

from __future__ import annotations

import asyncio
import html
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hostile_plan import FORMULA, HOSTILE, MARKUP, RIGHT_TO_LEFT, hostile_plan
from msgspec.structs import replace

import actionplan
from normalise.model import Section

FORMATS = ("json", "csv", "xlsx", "sqlite", "datapackage")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile plan in files; its section has no title, as pages sometimes have it."""
    plan = hostile_plan()
    bare = replace(plan.sections[0], title=None)
    place = tmp_path_factory.mktemp("plan")
    actionplan.write(replace(plan, sections=(bare, Section("2", "2", "Practice", (), (), (), ""))), place, FORMATS)
    return place


class Site:
    """Datasette over one database, without a server."""

    def __init__(self, path: Path) -> None:
        app = pytest.importorskip("datasette.app", reason="Datasette is not installed: make test does")
        self._site = app.Datasette([str(path)])

    def text(self, path: str) -> str:
        """A page, which must be there."""
        answer = asyncio.run(self._site.client.get(path))
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def data(self, path: str) -> Any:
        return json.loads(self.text(path))


@pytest.fixture(scope="module")
def site(folder: Path) -> Site:
    return Site(folder / "plan.sqlite")


def test_datasette_shows_every_table_and_hides_those_of_the_search(site: Site) -> None:
    tables = site.data("/plan.json")["tables"]
    shown = {table["name"]: table["count"] for table in tables if not table["hidden"]}
    assert (shown["actions"], shown["findings"], shown["sections"], shown["plan"]) == (300, 100, 2, 1)
    assert [name for name in shown if "search" in name] == []
    assert {table["name"]: table["fts_table"] for table in tables}["actions"] == "actions_search"


def test_datasette_searches_the_texts_of_the_actions(site: Site) -> None:
    found = site.data("/plan/actions.json?_search=HYPERLINK&_shape=array")
    assert {row["action"] for row in found} == {FORMULA}
    assert len(found) == 300 / len(HOSTILE)


def test_datasette_counts_by_section_under_its_name(site: Site) -> None:
    facets = site.data("/plan/actions.json?_facet=section&_facet=status&_size=0")["facet_results"]
    counted = {name: [(one["label"], one["count"]) for one in facet["results"]] for name, facet in facets.items()}
    assert counted == {"section": [("1", 300)], "status": [("in_progress", 300)]}


def test_datasette_links_what_refers_to_another_table(site: Site) -> None:
    leads = site.text("/plan/leads")
    assert '<a href="/plan/people/ada-lowe">Ada Lowe</a>' in leads
    assert '<a href="/plan/actions/1~2E1">' in leads
    assert '<a href="/plan/sections/1">1</a>' in site.text("/plan/actions")
    assert "3 rows</a> from action in dates" in " ".join(site.text("/plan/actions/1~2E1").split())


def test_datasette_shows_hostile_texts_as_text(site: Site) -> None:
    page = site.text("/plan/actions?_size=30&_sort=position")
    assert "<img src=x" not in page
    assert html.escape(MARKUP) in page
    assert RIGHT_TO_LEFT in page


def test_datasette_gives_the_flat_rows_in_the_order_of_the_plan(site: Site) -> None:
    rows = site.data("/plan/actions_flat.json?_shape=array&_size=12")
    assert [row["id"] for row in rows] == [f"1.{number}" for number in range(12)]
    assert [row["action"] for row in rows] == list(HOSTILE)
    assert rows[0]["end_latest"] == "2017-11-30"


def test_sqlite_itself_finds_the_file_sound(folder: Path) -> None:
    with sqlite3.connect(folder / "plan.sqlite") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_frictionless_finds_the_package_valid(folder: Path) -> None:
    frictionless = pytest.importorskip(
        "frictionless", reason="to run this test: .venv/bin/python -m pip install frictionless"
    )
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.flatten(["type", "message"]) == []
    assert {task.name: task.stats.get("rows") for task in report.tasks if task.name in ("actions", "findings")} == {
        "actions": 300,
        "findings": 100,
    }
