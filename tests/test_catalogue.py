"""`actionplan catalogue`: what is in it, what it says, how it is replaced, and what its views answer."""

import csv
import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from plan_builder import HERE, a_plan, an_action

from actionplan import cataloguing
from actionplan.command_line import main
from actionplan.door import load
from actionplan.organisations import ALWAYS
from export import writing
from export.catalogue.rows import organisation_id
from export.catalogue.views import views_sql
from export.charts.overdue import overdue_of
from export.plan_json import to_json
from normalise.model import Date, Finding, Head, Lead, Plan

duckdb = pytest.importorskip("duckdb", reason="the extra actionplan[catalogue] is not installed")
parquet = pytest.importorskip("pyarrow.parquet", reason="the extra actionplan[catalogue] is not installed")

FELLMOOR = a_plan()
NO_COLUMN = (
    "it has no column organisation. Its first row names the columns: organisation, nation, region, type, or others"
)


def put(folder: Path, plan: Plan) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plan.json").write_text(to_json(plan), "utf-8")


def named(organisation: str | None, title: str = "Improvement plan", **changes: object) -> Plan:
    head = Head(title, organisation, **{"version": "3", "published": "2017-07-14", **changes})  # type: ignore[arg-type]
    return a_plan(plan=head)


def ask(question: str, folder: Path = Path("catalogue"), **values: object) -> list[tuple[object, ...]]:
    with duckdb.connect(folder / "catalogue.duckdb", read_only=True) as database:
        database.execute(f"SET file_search_path = '{folder.resolve()}'")
        rows: list[tuple[object, ...]] = database.execute(question, values).fetchall()
        return rows


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but DuckDB's own, in which DuckDB writes an id that is another each time."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".duckdb"
    }


@pytest.fixture(autouse=True)
def _stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_every_table_has_the_plans_with_their_places_and_types(capsys: pytest.CaptureFixture[str]) -> None:
    put(Path("out/a/plan.pdf"), FELLMOOR)
    put(Path("out/b/plan.pdf"), named(None))
    assert main(["catalogue", "out"]) == 0
    assert capsys.readouterr() == ("", "1 organisation, 2 plans, 2 documents, 2 actions: catalogue/\n")

    ((nobodys,),) = ask("SELECT document FROM documents WHERE organisation IS NULL")
    assert ask(
        "SELECT organisation, plan, version, path, actions, place, versions, latest FROM documents ORDER BY path"
    ) == [
        ("fellmoor-council", "fellmoor-council/improvement-plan", "3", "a/plan.pdf", 1, 1, 1, True),
        (None, f"?/{nobodys}", "3", "b/plan.pdf", 1, 1, 1, True),
    ]
    of_fellmoor = "WHERE organisation = 'fellmoor-council' ORDER BY position"
    assert ask(
        f"SELECT action_id, field, position, text, edtf, earliest, latest, awaited FROM dates {of_fellmoor}, field"
    ) == [
        ("1.1", "end", 1, "4 Sept 17", "2017-09-04", date(2017, 9, 4), date(2017, 9, 4), 2),
        ("1.1", "start", 1, "Jul 17", "2017-07", date(2017, 7, 1), date(2017, 7, 31), None),
        ("1.1", "end", 2, "30 Nov 17", "2017-11-30", date(2017, 11, 30), date(2017, 11, 30), 1),
    ]
    assert ask(f"SELECT position, text, person, name, candidates, basis FROM leads {of_fellmoor}") == [
        (1, "AL", "ada-lowe", "Ada Lowe", ["ada-lowe"], "initials"),
        (2, "TBC", None, None, [], "none"),
    ]
    assert ask("SELECT id, ref, action, end_latest, resources_amount, needs_review FROM actions LIMIT 1") == [
        ("1.1", "1.1", "Agree the programme", date(2017, 11, 30), 46000.0, False)
    ]
    assert ask("SELECT code, ref, place, candidates FROM findings LIMIT 1") == [("missing-ref", "1.2", "page 1", [])]
    assert ask("FROM organisations") == [("fellmoor-council", "Fellmoor Council", 1, None, None, None)]
    types = dict(ask("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'dates'"))
    assert (types["earliest"], types["position"], types["superseded"]) == ("DATE", "BIGINT", "BOOLEAN")


def test_pyarrow_reads_the_dataset_with_its_partitions() -> None:
    put(Path("out/a"), FELLMOOR)
    put(Path("out/b"), named(None))
    main(["catalogue", "out", "--quiet"])
    table = parquet.read_table("catalogue/actions")
    assert table.column("organisation").to_pylist() == [None, "fellmoor-council"]
    assert str(table.schema.field("end_latest").type) == "date32[day]"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Fellmoor Council", "fellmoor-council"),
        ("FELLMOOR  COUNCIL.", "fellmoor-council"),
        ("../../etc/passwd", "etc-passwd"),
        ("a=b/c\\d:e*?\x00\n", "a-b-c-d-e"),
        ("Cyngor Sir Gâr", "cyngor-sir-gar"),
        ("…", None),
        ("", None),
        (None, None),
    ],
)
def test_an_organisation_is_safe_as_the_name_of_a_folder(name: str | None, expected: str | None) -> None:
    assert organisation_id(name) == expected


def test_names_in_other_letters_and_long_ones_keep_apart() -> None:
    names = ("Городской совет", "Городской суд", "x" * 400, "x" * 401)
    ids = [organisation_id(name) for name in names]
    assert len(set(ids)) == 4
    assert all(one and one.isascii() and len(one) < 140 for one in ids)


def test_hostile_names_stay_in_the_folder() -> None:
    for number, name in enumerate(
        ("../../up", "__HIVE_DEFAULT_PARTITION__", "'; DROP VIEW actions; --", "\ud83d", "NUL")
    ):
        put(Path(f"out/{number}"), named(name))
    assert main(["catalogue", "out", "--quiet"]) == 0
    assert sorted(path.name for path in Path().iterdir()) == ["catalogue", "out"]
    assert ask("SELECT organisation, count(*) FROM actions GROUP BY ALL ORDER BY ALL") == [
        *(("drop-view-actions", 1), ("hive-default-partition", 1), ("nul", 1), ("up", 1), (None, 1))
    ]


def test_the_same_plans_give_the_same_bytes_in_whatever_order() -> None:
    for number in range(4):
        put(Path(f"out/{number}"), named("Fellmoor Council", f"Plan {number % 2}", version=str(number)))
    main(["catalogue", "out", "--into", "one", "--quiet"])
    main(["catalogue", "out/3", "out/1", "out/0", "out/2", "--into", "two", "--quiet"])
    main(["catalogue", "out/0", "out/1", "out/2", "out/3", "--into", "three", "--quiet"])
    assert contents(Path("two")) == contents(Path("three"))
    main(["catalogue", "out", "--into", "again", "--quiet"])
    assert contents(Path("one")) == contents(Path("again"))


def test_a_run_with_more_plans_gives_the_whole_and_leaves_nothing_of_the_old() -> None:
    put(Path("out/a"), FELLMOOR)
    main(["catalogue", "out", "--quiet"])
    Path("catalogue/notes.txt").write_text("mine", "utf-8")
    put(Path("out/b"), named("Harrowmere Council"))
    main(["catalogue", "out", "--quiet"])
    main(["catalogue", "out", "--into", "fresh", "--quiet"])
    assert contents(Path("catalogue")) == contents(Path("fresh")) | {"notes.txt": b"mine"}
    assert sorted(path.name for path in Path().iterdir()) == ["catalogue", "fresh", "out"]


def test_what_cannot_be_read_is_told_and_passed_over(capsys: pytest.CaptureFixture[str]) -> None:
    put(Path("out/good"), FELLMOOR)
    broken = {
        "cut": b'{"schema_version": "1.0"',
        "list": b"[]",
        "latin": b"\xe9",
        "other": b'{"schema_version": "9.0"}',
    }
    for name, content in broken.items():
        Path("out", name).mkdir()
        Path("out", name, "plan.json").write_bytes(content)
    huge = json.loads(to_json(FELLMOOR))
    huge["source"]["pages"] = 10**30
    put(Path("out/huge"), FELLMOOR)
    Path("out/huge/plan.json").write_text(json.dumps(huge), "utf-8")
    Path("out/deep").mkdir()
    Path("out/deep/plan.json").write_text("[" * 100_000, "utf-8")
    assert main(["catalogue", "out"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert [line.split(":")[1].strip() for line in said[:-1]] == [
        f"Cannot read 'out/{name}/plan.json'" for name in ("cut", "deep", "huge", "latin", "list", "other")
    ]
    assert said[-1] == "1 organisation, 1 plan, 1 document, 1 action: catalogue/"


def test_a_catalogue_of_nothing_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    put(Path("out/a"), FELLMOOR)
    main(["catalogue", "out", "--quiet"])
    before = contents(Path("catalogue"))
    Path("out/a/plan.json").write_text("{}", "utf-8")
    assert main(["catalogue", "out", "--quiet"]) == 1
    assert contents(Path("catalogue")) == before
    assert capsys.readouterr().err.splitlines()[-1] == (
        "actionplan: No plan could be read: nothing is written, and a catalogue that is there stays as it was."
    )


def test_a_plan_that_is_there_twice_counts_once(capsys: pytest.CaptureFixture[str]) -> None:
    put(Path("out/a"), FELLMOOR)
    put(Path("out/b"), FELLMOOR)
    assert main(["catalogue", "out", "out/a"]) == 0
    assert capsys.readouterr().err == (
        "b: the same plan.json as that of a, so it counts once\n"
        "1 organisation, 1 plan, 1 document, 1 action: catalogue/\n"
    )


def test_a_full_disk_leaves_the_old_catalogue(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(Path("out/a"), FELLMOOR)
    main(["catalogue", "out", "--quiet"])
    before = contents(Path("catalogue"))
    put(Path("out/b"), named("Harrowmere Council"))

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_sync", full)
    assert main(["catalogue", "out", "--quiet"]) == 1
    assert "no space left on device" in capsys.readouterr().err
    assert contents(Path("catalogue")) == before
    assert sorted(path.name for path in Path().iterdir()) == ["catalogue", "out"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere"], "Cannot catalogue 'nowhere': it is no folder. Name what actionplan extract wrote."),
        (["empty"], "Nothing to catalogue in 'empty': it holds no plan.json. Run actionplan extract first."),
        (
            ["out", "--into", "mine"],
            "Cannot write a catalogue to 'mine': the folder holds other files and no catalogue. "
            "Name another folder with --into.",
        ),
        (
            ["out", "--into", "."],
            "Cannot write a catalogue to '.': it is the folder that the command is in, and a catalogue replaces its "
            "own. Name another folder with --into.",
        ),
        (
            ["out", "--organisations", "no.csv"],
            "Cannot use the organisations in 'no.csv': no such file or directory. Check the path.",
        ),
    ],
)
def test_wrong_usage_is_told(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    put(Path("out/a"), FELLMOOR)
    Path("empty").mkdir()
    Path("mine").mkdir()
    Path("mine/letter.txt").write_text("mine", "utf-8")
    assert main(["catalogue", *words]) == 2
    assert capsys.readouterr() == ("", f"actionplan: {told}\n")
    assert not Path("catalogue").exists()


def test_without_its_libraries_it_says_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cataloguing, "find_spec", lambda name: None)
    assert main(["catalogue", "out"]) == 2
    assert capsys.readouterr().err == (
        "actionplan: Cannot write a catalogue: pyarrow and duckdb are not installed. "
        "Install it with: pip install 'actionplan[catalogue]'.\n"
    )


def test_what_the_user_knows_of_the_bodies_is_joined_in(capsys: pytest.CaptureFixture[str]) -> None:
    put(Path("out/a"), FELLMOOR)
    put(Path("out/b"), named("Harrowmere Trust"))
    header = ["Organisation", "Nation", "Local authority type"]
    rows = [header, ["FELLMOOR COUNCIL", "England", ""], [], ["Elsewhere", "Wales", "unitary"]]
    with Path("bodies.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    assert main(["catalogue", "out", "--organisations", "bodies.csv"]) == 0
    assert capsys.readouterr().err == (
        "1 organisation is not in bodies.csv: Harrowmere Trust\n"
        "2 organisations, 2 plans, 2 documents, 2 actions: catalogue/\n"
    )
    assert ask("SELECT organisation, nation, region, local_authority_type FROM organisations") == [
        ("fellmoor-council", "England", None, None),
        ("harrowmere-trust", None, None, None),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", NO_COLUMN),
        ("body,nation\n", NO_COLUMN),
        ("organisation,nation,Nation\n", "its column 'nation' is there twice. Rename it"),
        ("organisation,status\n", "its column 'status' is the catalogue's own. Rename it"),
        (
            "organisation,nation\nFellmoor Council\n",
            "line 2 has 1 values, and the first row names 2 columns. "
            "Put quotation marks around a value that holds a comma",
        ),
        ("organisation,nation\n\n-,England\n", "line 3 names no organisation. Name it, or take the line out"),
        (
            "organisation,nation\nA,England\nA,Wales\n",
            "line 3 says otherwise of 'A' than a line before it. Keep one of the two",
        ),
        ('organisation,nation\n"A,England\n', "line 2: unexpected end of data. Save it as CSV with commas"),
    ],
)
def test_a_wrong_file_of_organisations_is_told(text: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    put(Path("out/a"), FELLMOOR)
    Path("bodies.csv").write_text(text, "utf-8")
    assert main(["catalogue", "out", "--organisations", "bodies.csv"]) == 2
    assert capsys.readouterr().err == f"actionplan: Cannot use the organisations in 'bodies.csv': {told}.\n"


def test_no_column_of_the_user_can_be_taken_for_one_of_the_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    put(Path("out/a"), FELLMOOR)
    assert main(["catalogue", "out", "--quiet"]) == 0
    columns = [str(row[0]) for row in ask("DESCRIBE SELECT * FROM overdue(DATE '2025-02-01')")]
    ours = [name for name in columns if name not in ("organisation", *ALWAYS)]
    assert len(columns) == len(set(columns))
    assert "days_late" in ours
    for name in ours:
        Path("bodies.csv").write_text(f"organisation,{name}\nFellmoor Council,1\n", "utf-8")
        assert main(["catalogue", "out", "--organisations", "bodies.csv"]) == 2, name
        assert f"its column '{name}' is the catalogue's own" in capsys.readouterr().err


def test_versions_are_in_order_and_one_is_the_latest() -> None:
    for name, version, published in (("z", "1", "2017-01"), ("y", "2", "2017-06-01"), ("x", "10", "2018")):
        put(Path("out", name), named("Fellmoor Council", version=version, published=published))
    fewer = replace(named("FELLMOOR COUNCIL", "Improvement Plan", version="10", published="2018"), actions=())
    put(Path("out/a-part-of-x"), fewer)
    main(["catalogue", "out", "--quiet"])
    assert ask("SELECT path, place, versions, latest, ordered_by FROM documents ORDER BY place") == [
        ("z", 1, 4, False, "published"),
        ("y", 2, 4, False, "published"),
        ("a-part-of-x", 3, 4, False, "published"),
        ("x", 4, 4, True, "published"),
    ]
    assert ask("SELECT path FROM latest_documents") == [("x",)]
    assert ask("SELECT count(*), any_value(version) FROM latest_actions") == [(1, "10")]
    in_force = [
        ask("SELECT path FROM in_force($day)", day=day)
        for day in ("2016-12-31", "2017-01-01", "2017-12-31", "2018-01-01")
    ]
    assert in_force == [[], [("z",)], [("y",)], [("x",)]]


def test_versions_without_an_order_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("b", "a"):
        put(
            Path("out", name),
            replace(
                named("Fellmoor Council", version=None, published=None), source=replace(FELLMOOR.source, file=name)
            ),
        )
    main(["catalogue", "out"])
    assert capsys.readouterr().err.splitlines()[0] == (
        "warning: fellmoor-council/improvement-plan: not every version says its date or its number, so the last by its "
        "path counts as the latest: a, b"
    )
    assert ask("SELECT path FROM in_force(DATE '2017-01-01')") == [("b",)]


def test_the_views_hold_where_the_folder_goes_and_never_read_another_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    put(Path("out/a"), FELLMOOR)
    main(["catalogue", "out", "--into", "one", "--quiet"])
    put(Path("out/b"), named("Harrowmere Trust"))
    main(["catalogue", "out", "--into", "two", "--quiet"])
    shutil.move("one", "moved, and elsewhere")
    monkeypatch.chdir("moved, and elsewhere")
    with duckdb.connect("catalogue.duckdb", read_only=True) as database:
        assert database.execute("SELECT count(*) FROM actions").fetchall() == [(1,)]
    with duckdb.connect("../two/catalogue.duckdb", read_only=True) as database, pytest.raises(duckdb.IOException):
        database.execute("SELECT count(*) FROM actions")
    with duckdb.connect() as database:
        database.execute(Path("views.sql").read_text("utf-8"))
        assert database.execute("SELECT count(*) FROM overdue(DATE '2018-01-01')").fetchall() == [(1,)]


def test_memory_holds_one_plan_or_one_row_group_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Row groups are written as they fill, whatever the number of plans of a body."""
    from export.columnar import Writer

    monkeypatch.setattr(Writer, "ROWS", 4)
    for number in range(10):
        put(Path(f"out/{number}"), named("Fellmoor Council", version=str(number)))
    main(["catalogue", "out", "--quiet"])
    (path,) = Path("catalogue/actions").rglob("*.parquet")
    file = parquet.ParquetFile(path)
    assert [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)] == [4, 4, 2]


DOUBT = Finding("f2", "no-date", "reading", "warning", "1.5", "1.5", "end", "Doubtful.", (), HERE)
SUPERSEDED = Date("1 Jan 17", "date", "2017-01-01", "2017-01-01", "2017-01-01", superseded=True)
MONTH = Date("Oct 17", "date", "2017-10", "2017-10-01", "2017-10-31")
COMPLETE = Date("Complete Sep 17", "date", "2017-09", "2017-09-01", "2017-09-30", "Complete")
VARIED = a_plan(
    actions=(
        an_action(),
        an_action(id="1.2", status="complete"),
        an_action(id="1.3", end=(SUPERSEDED, MONTH)),
        an_action(id="1.4", end=(COMPLETE,)),
        an_action(id="1.5", end=(MONTH,), leads=(Lead("AL", None, ("ada-lowe", "al-lee"), "none"),)),
        an_action(id="1.6", end=(MONTH,), status="unknown"),
        an_action(id="1.7", end=()),
        an_action(id="1.8", end=(Date("Ongoing", "ongoing"),)),
        an_action(id="1.9", end=(MONTH, MONTH, COMPLETE)),
        an_action(id="1.10", end=(Date("0000", "date", "0000", "0000-01-01", "0000-12-31"),)),
        an_action(id="1.11", end=(Date("2017", "range", "2017", "2017-01-01", "2017-12-31"), MONTH)),
    ),
    findings=(DOUBT,),
)


def test_what_is_overdue_is_what_the_chart_says_on_every_day() -> None:
    put(Path("out/a"), VARIED)
    main(["catalogue", "out", "--quiet"])
    plan = load("out/a")
    with duckdb.connect("catalogue/catalogue.duckdb", read_only=True) as database:
        database.execute(f"SET file_search_path = '{Path('catalogue').resolve()}'")
        for week in range(0, 40):
            day = date(2017, 7, 14) + timedelta(days=5 * week)
            found = database.execute(
                "SELECT id, days_late, days_late_at_most, doubts FROM overdue($day) ORDER BY position", {"day": day}
            ).fetchall()
            told = overdue_of(plan, day)
            late = {one.id: (one.id, one.least, one.most, list(one.doubts)) for one in (*told.surely, *told.perhaps)}
            assert found == [late[action.id] for action in plan.actions if action.id in late], day
    assert len(late) == 6


def test_the_folder_below_a_given_one_may_be_a_plan_itself() -> None:
    put(Path("out/a.pdf"), FELLMOOR)
    put(Path("out/.actionplan-123/a.pdf"), named("Nobody"))
    main(["catalogue", "out/a.pdf/plan.json", "--into", "one", "--quiet"])
    main(["catalogue", "out/a.pdf", "--into", "two", "--quiet"])
    main(["catalogue", "out", "--into", "three", "--quiet"])
    assert contents(Path("one")) == contents(Path("two")) == contents(Path("three"))
    assert views_sql("x").count("CREATE") == 10
    assert [path.name for path in Path("one/actions").iterdir()] == ["organisation=fellmoor-council"]
