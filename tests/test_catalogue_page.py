"""The page on catalogues: its queries run as printed on the samples, and give what the plans say."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from plan_builder import a_plan, an_action

import actionplan
from actionplan.command_line import main
from export.charts.overdue import Late, overdue_of
from normalise.model import Head, Plan

duckdb = pytest.importorskip("duckdb", reason="the extra actionplan[catalogue] is not installed")
pytest.importorskip("pyarrow", reason="the extra actionplan[catalogue] is not installed")

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "catalogue.md").read_text("utf-8")
DAY = date(2025, 2, 1)


def fenced(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples' two versions, from their Word files, as a catalogue."""
    folder = tmp_path_factory.mktemp("page")
    for version in ("v3", "v4"):
        plan = actionplan.read(ROOT / "samples" / f"recovery-plan-{version}.docx")
        actionplan.write(plan, folder / "out" / version, ["json"])
    catalogue(folder)
    return folder


def catalogue(folder: Path) -> None:
    """The catalogue of what is in `out`, with the bodies that the page lists."""
    (csv,) = fenced("csv")
    (folder / "bodies.csv").write_text(csv, "utf-8")
    words = ["--into", str(folder / "catalogue"), "--organisations", str(folder / "bodies.csv"), "--quiet"]
    assert main(["catalogue", str(folder / "out"), *words]) == 0


@pytest.fixture(scope="module")
def plans(place: Path) -> tuple[Plan, Plan]:
    return actionplan.load(place / "out" / "v3"), actionplan.load(place / "out" / "v4")


def ask(place: Path, number: int) -> list[tuple[Any, ...]]:
    with duckdb.connect(place / "catalogue" / "catalogue.duckdb", read_only=True) as database:
        database.execute(f"SET file_search_path = '{place / 'catalogue'}'")
        rows: list[tuple[Any, ...]] = database.execute(fenced("sql")[number]).fetchall()
        return rows


def late_of(plan: Plan) -> list[Late]:
    told = overdue_of(plan, DAY)
    return [*told.surely, *told.perhaps]


def test_overdue_on_court_work(tmp_path: Path) -> None:
    """Of two bodies with the same plan the one that the file of bodies says is in England."""
    court = an_action(id="1.4", ref="1.4", action="Statements reach the Court on time")
    near = an_action(id="1.5", ref="1.5", action="Courtesy visits to each ward")
    for body in ("Harrowmere Borough Council", "Otherwick Council"):
        plan = a_plan(plan=Head("Plan", body, "1", "2017"), actions=(court, near))
        actionplan.write(plan, tmp_path / "out" / body, ["json"])
    catalogue(tmp_path)
    dated = ("Ada Lowe; ", "30 Nov 17", (DAY - date(2017, 11, 30)).days, [])
    assert ask(tmp_path, 0) == [("Harrowmere Borough Council", "Plan", "1.4", court.action, *dated)]


def test_overdue_by_region(place: Path, plans: tuple[Plan, Plan]) -> None:
    late = late_of(plans[1])
    surely = sum(not one.doubts for one in late)
    assert ask(place, 1) == [("Northern Marches", len(late), surely, max(one.least for one in late))]
    assert len(late) > surely > 5


def test_who_has_the_most_to_do(place: Path, plans: tuple[Plan, Plan]) -> None:
    names = {person.id: person.name for person in plans[1].people}
    found: dict[str, set[str]] = {}
    for action in plans[1].actions:
        if any("2025-02-01" <= (entry.latest or "") <= "2025-04-30" for entry in action.end if not entry.superseded):
            for lead in action.leads:
                if lead.person:
                    found.setdefault(names[lead.person], set()).add(action.id)
    expected = sorted(((-len(ids), name) for name, ids in found.items()))
    assert ask(place, 2) == [("harrowmere-borough-council", name, -count) for count, name in expected]
    assert len(expected) > 3


def test_dates_put_back(place: Path, plans: tuple[Plan, Plan]) -> None:
    rows = ask(place, 3)
    old, new = ({action.id: action for action in plan.actions} for plan in plans)
    assert len(rows) > 3
    assert all(old[row[1]].end != new[row[1]].end for row in rows)


def test_doubtful_readings(place: Path, plans: tuple[Plan, Plan]) -> None:
    doubts = [one.code for plan in plans for one in plan.findings if one.about == "reading" and one.severity != "info"]
    assert [(code, many) for code, many, _ in ask(place, 4)] == sorted(
        ((code, doubts.count(code)) for code in set(doubts)), key=lambda one: (-one[1], one[0])
    )


def test_the_python_runs_with_the_day_as_a_parameter(
    place: Path, plans: tuple[Plan, Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    (example,) = fenced("python")
    names: dict[str, Any] = {}
    exec(example, names)
    assert {ref for ref, _ in names["rows"]} == {one.ref for one in late_of(plans[1])}


def test_every_view_and_file_is_on_the_page(place: Path) -> None:
    sql = (place / "catalogue" / "views.sql").read_text("utf-8")
    views = PAGE[PAGE.index("## Views") :]
    made = re.findall(r"CREATE (?:VIEW|MACRO) (\w+)", sql)
    assert [name for name in made if not re.search(rf"`{name}[`(]", views)] == []
    assert len(fenced("sql")) == 5
    written = {path.name for path in (place / "catalogue").iterdir()}
    assert [name for name in written if f"`{name}" not in PAGE] == []
    assert json.loads((place / "catalogue" / "catalogue.json").read_text("utf-8"))["documents"] == 2
