"""The formats: which names are known, what each writes, and what is said where one can't be written."""

from pathlib import Path

import pytest
from plan_builder import a_plan

import actionplan
from export import formats
from export.formats import KNOWN, FormatError, chosen, files_of, names_of

FILES = {
    "json": ["plan.json"],
    "csv": ["actions.csv", "people.csv", "findings.csv"],
    "xlsx": ["plan.xlsx"],
    "parquet": ["actions.parquet", "people.parquet", "findings.parquet"],
    "sqlite": ["plan.sqlite"],
    "datapackage": ["datapackage.json"],
}


@pytest.mark.parametrize("name", FILES)
def test_each_format_writes_the_files_that_it_names(name: str) -> None:
    wanted = chosen([name, "json"])
    assert (
        list(files_of(a_plan(), wanted)) == list(names_of(wanted)) == list(dict.fromkeys(["plan.json", *FILES[name]]))
    )


def test_all_formats_are_these() -> None:
    assert tuple(FILES) == KNOWN


@pytest.mark.parametrize(
    "names, order",
    [
        (["csv", "json"], ("json", "csv")),
        ([" XLSX ", "xlsx"], ("xlsx",)),
        (["datapackage", "csv"], ("csv", "datapackage")),
        (KNOWN[::-1], KNOWN),
    ],
)
def test_formats_are_taken_once_in_one_order(names: list[str], order: tuple[str, ...]) -> None:
    assert chosen(names) == order


LIST = "The formats are json, csv, xlsx, parquet, sqlite, datapackage"


@pytest.mark.parametrize(
    "names, told",
    [
        (["json", "docx"], f"Cannot write the format 'docx': it is not known. {LIST}"),
        ([""], f"Cannot write the format '': it is not known. {LIST}"),
        ([], f"Cannot write nothing: no format is named. {LIST}; the default is json,csv"),
        (
            ["datapackage"],
            f"Cannot write nothing: a data package describes the files beside it. {LIST}; the default is json,csv",
        ),
    ],
)
def test_what_cannot_be_written_is_told_with_the_known_formats(names: list[str], told: str) -> None:
    with pytest.raises(FormatError) as refused:
        chosen(names)
    assert str(refused.value) == told


def test_a_missing_library_is_told_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    assert chosen(["json", "xlsx", "sqlite"]) == ("json", "xlsx", "sqlite")
    with pytest.raises(FormatError) as refused:
        chosen(["json", "parquet"])
    assert str(refused.value) == (
        "Cannot write the format 'parquet': its library pyarrow is not installed. "
        "Install it with: pip install 'actionplan[parquet]'"
    )


def test_write_is_the_door_to_them_all(tmp_path: Path) -> None:
    made = actionplan.write(a_plan(), tmp_path / "new" / "plan", KNOWN)
    assert [path.name for path in made] == [name for names in FILES.values() for name in names]
    assert {path.name: path.read_bytes() for path in made} == files_of(a_plan(), KNOWN)
    assert actionplan.load(tmp_path / "new" / "plan") == a_plan()


def test_write_takes_its_default_and_exact_cells(tmp_path: Path) -> None:
    made = actionplan.write(a_plan(), str(tmp_path), exact_csv=True)
    assert [path.name for path in made] == ["plan.json", "actions.csv", "people.csv", "findings.csv"]
    assert b",=Plan signed," in (tmp_path / "actions.csv").read_bytes()


def test_an_unknown_format_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(FormatError):
        actionplan.write(a_plan(), tmp_path / "new", ["json", "docx"])
    assert list(tmp_path.iterdir()) == []
