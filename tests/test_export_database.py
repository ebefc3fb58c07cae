"""The SQLite file: opened as Datasette opens it, keys that hold, texts that are exact."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hostile_plan import HOSTILE, hostile_plan
from plan_builder import a_plan, an_action

from export.database import database_bytes
from export.tables import ACTION_COLUMNS
from normalise.model import Date, Lead, Plan


@pytest.fixture
def of(tmp_path: Path) -> Iterator[object]:
    """A plan's database, opened read-only and immutable."""
    with_them: list[sqlite3.Connection] = []

    def connect(plan: Plan) -> sqlite3.Connection:
        path = tmp_path / f"{len(with_them)}.sqlite"
        path.write_bytes(database_bytes(plan))
        with_them.append(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True))
        return with_them[-1]

    yield connect
    for one in with_them:
        one.close()


COUNTS = {
    **{"plan": 1, "engines": 1, "sections": 1, "outcomes": 1, "section_groups": 1, "people": 1, "actions": 1},
    **{"dates": 3, "leads": 2, "lead_candidates": 1, "extras": 1, "cells": 8, "repairs": 1, "findings": 1},
}


def test_every_part_of_a_plan_has_a_table(of) -> None:
    database = of(a_plan(actions=(an_action(extra=(("Ward", "North"),)),)))
    names = [
        name
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not name.startswith("actions_search")
    ]
    counts = {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}
    assert counts == COUNTS


def test_the_flat_view_has_the_columns_of_the_csv_file(of) -> None:
    cursor = of(a_plan()).execute("SELECT * FROM actions_flat")
    assert tuple(column for column, *_ in cursor.description) == ACTION_COLUMNS
    assert cursor.fetchall() == [
        (
            *("1.1", "1.1", "1", "Practice", "IMPROVING PRACTICE", "Agree the programme"),
            *("Jul 17", "2017-07", "2017-07-01", "2017-07-31"),
            *("4 Sept 17; 30 Nov 17", "2017-09-04; 2017-11-30", "2017-09-04", "2017-11-30"),
            *("AL; TBC", "Ada Lowe; ", "£46k", 46000.0, "=Plan signed", "", "In hand — “on time”"),
            *("in_progress", None, 0),
        )
    ]


def test_a_revised_date_is_listed_but_does_not_count(of) -> None:
    dates = (Date("Jul 17", "date", "2017-07", "2017-07-01", "2017-07-31", superseded=True), Date("TBC", "tbc"))
    view = of(a_plan(actions=(an_action(end=dates, leads=(Lead("TBC", None, (), "none"),)),)))
    asked = "SELECT end_text, end_edtf, end_earliest, end_latest, lead_names FROM actions_flat"
    assert view.execute(asked).fetchall() == [("Jul 17; TBC", "2017-07; ", None, None, None)]


@pytest.mark.parametrize("plan", [a_plan(), a_plan(actions=(), findings=(), people=()), hostile_plan()])
def test_keys_hold(of, plan: Plan) -> None:
    database = of(plan)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_what_refers_to_another_table_says_so(of) -> None:
    database = of(a_plan())
    links = {
        (table, link[3], link[2]) for table in COUNTS for link in database.execute(f"PRAGMA foreign_key_list({table})")
    }
    assert links == {
        *(("outcomes", "section", "sections"), ("section_groups", "section", "sections")),
        *(("actions", "section", "sections"), ("dates", "action", "actions"), ("leads", "action", "actions")),
        *(("leads", "person", "people"), ("lead_candidates", "person", "people")),
        *(("lead_candidates", "action", "leads"), ("lead_candidates", "position", "leads")),
        *(("extras", "action", "actions"), ("cells", "action", "actions"), ("findings", "action", "actions")),
        *(("repairs", "action", "cells"), ("repairs", "field", "cells")),
    }


def test_hostile_texts_are_exact(of) -> None:
    rows = of(hostile_plan()).execute("SELECT action FROM actions ORDER BY position LIMIT 12").fetchall()
    assert [text for (text,) in rows] == list(HOSTILE)


def test_half_of_a_surrogate_pair_is_a_question_mark(of) -> None:
    assert of(a_plan(actions=(an_action(action="a\ud83db"),))).execute("SELECT action FROM actions").fetchone() == (
        "a?b",
    )


def test_words_are_found(of) -> None:
    database = of(hostile_plan())
    found = "SELECT id FROM actions WHERE rowid IN (SELECT rowid FROM actions_search WHERE actions_search MATCH ?)"
    assert len(database.execute(found, ["hyperlink"]).fetchall()) == 25
    # How Datasette looks for the index of a table.
    (made,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'actions_search'").fetchone()
    assert 'content="actions"' in made


def test_the_search_still_fits_after_a_vacuum(tmp_path: Path) -> None:
    path = tmp_path / "plan.sqlite"
    path.write_bytes(database_bytes(hostile_plan()))
    with closing(sqlite3.connect(path)) as database:
        database.execute("VACUUM")
        database.execute("INSERT INTO actions_search(actions_search, rank) VALUES ('integrity-check', 1)")
        assert database.execute("SELECT rowid = position FROM actions GROUP BY 1").fetchall() == [(1,)]


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert database_bytes(a_plan()) == database_bytes(a_plan())
