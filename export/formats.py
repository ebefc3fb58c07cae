"""What can be written of a plan: each format with its files, by the names that `--formats` takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec

from msgspec import Struct

from export.plan_json import to_bytes
from export.tables import actions_csv, findings_csv, people_csv
from export.writing import bytes_of
from extract.model import ReadError
from normalise.model import Plan

#: The contents of files by name.
Files = dict[str, bytes]


class FormatError(ReadError):
    """A format that is not known, or that this installation can't write."""


class Format(Struct, frozen=True):
    """A format: the files that it is, what makes them, and the library that must be there for it (and its extra)."""

    files: tuple[str, ...]
    make: Callable[[Plan, bool], Files]
    library: str | None = None


def _json(plan: Plan, exact_csv: bool) -> Files:
    return {"plan.json": to_bytes(plan)}


def _csv(plan: Plan, exact_csv: bool) -> Files:
    made = {"actions.csv": actions_csv, "people.csv": people_csv, "findings.csv": findings_csv}
    return {name: bytes_of(make(plan, exact_csv)) for name, make in made.items()}


def _xlsx(plan: Plan, exact_csv: bool) -> Files:
    from export.workbook import workbook_bytes

    return {"plan.xlsx": workbook_bytes(plan)}


def _parquet(plan: Plan, exact_csv: bool) -> Files:
    from export.parquet_files import parquet_files

    return parquet_files(plan)


def _sqlite(plan: Plan, exact_csv: bool) -> Files:
    from export.database import database_bytes

    return {"plan.sqlite": database_bytes(plan)}


FORMATS = {
    "json": Format(("plan.json",), _json),
    "csv": Format(("actions.csv", "people.csv", "findings.csv"), _csv),
    "xlsx": Format(("plan.xlsx",), _xlsx),
    "parquet": Format(("actions.parquet", "people.parquet", "findings.parquet"), _parquet, "pyarrow"),
    "sqlite": Format(("plan.sqlite",), _sqlite),
}
#: The format that describes the files of the others, so it is made last.
PACKAGE = "datapackage"
KNOWN = (*FORMATS, PACKAGE)
DEFAULT = ("json", "csv")


def chosen(names: Iterable[str]) -> tuple[str, ...]:
    """The formats of these names, each once, in the order of KNOWN.

    Raises FormatError for a name that is not known, for a format whose library is not installed, for none at all, and
    for a data package of nothing.
    """
    wanted = [name.strip().lower() for name in names]
    known = f"The formats are {', '.join(KNOWN)}"
    for name in wanted:
        if name not in KNOWN:
            raise FormatError(f"Cannot write the format {name!r}", "it is not known", known)
    if not set(wanted) - {PACKAGE}:
        cause = "a data package describes the files beside it" if wanted else "no format is named"
        raise FormatError("Cannot write nothing", cause, f"{known}; the default is {','.join(DEFAULT)}")
    for name in wanted:
        library = FORMATS[name].library if name in FORMATS else None
        if library and find_spec(library) is None:
            hint = f"Install it with: pip install 'actionplan[{name}]'"
            raise FormatError(f"Cannot write the format {name!r}", f"its library {library} is not installed", hint)
    return tuple(name for name in KNOWN if name in wanted)


def names_of(formats: Sequence[str]) -> tuple[str, ...]:
    """The names of the files that these formats are."""
    names = [name for one in formats if one in FORMATS for name in FORMATS[one].files]
    return (*names, "datapackage.json") if PACKAGE in formats else tuple(names)


def files_of(plan: Plan, formats: Sequence[str] = DEFAULT, exact_csv: bool = False) -> Files:
    """What is written for a plan in these formats (from `chosen`): name -> content."""
    files: Files = {}
    for one in formats:
        if one in FORMATS:
            files |= FORMATS[one].make(plan, exact_csv)
    if PACKAGE in formats:
        from export.data_package import data_package

        files["datapackage.json"] = bytes_of(data_package(plan, files))
    return files
