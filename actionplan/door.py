"""The Python door: what the commands do, as functions that return values. Nothing slow is imported until it is used."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, Protocol

from msgspec import to_builtins

from export.charts import Format, Kind
from export.formats import DEFAULT, chosen, files_of
from export.frame import to_frame as to_frame
from export.plan_json import NotAPlan, from_json
from export.plan_json import to_json as to_json
from export.writing import write_folder
from extract.limits import USUAL, ReadLimits
from extract.model import ReadError as ReadError
from extract.model import Table
from normalise.corrections.decided import Corrections
from normalise.model import Plan as Plan
from normalise.pinned import NOTHING_PINNED, PinnedColumns

if TYPE_CHECKING:  # fourteen types that only a comparison needs
    from compare.model import Diff

#: What of a document is read: its pages from the one to the other (from 1, both included), or all.
Pages = tuple[int, int]
#: Which corrections count: those of a file, those beside the source (None), none (False), or these.
WhichCorrections = str | PathLike[str] | tuple[Corrections, ...] | Literal[False] | None


#: The longest documents that are read as a plan. The longest plans that bodies publish have some hundreds of rows.
MAX_ROWS = 20_000
MAX_CHARACTERS = 10_000_000


class Watch(Protocol):
    """Who is told how much work a document is."""

    def page(self, done: int, of: int) -> None:
        """One more page has been read."""

    def document(self, rows: int, characters: int) -> None:
        """All has been read: so many rows of tables, and characters that are not white space."""


def read(
    path: str | PathLike[str],
    layout: PinnedColumns | str | PathLike[str] | None = None,
    pages: Pages | None = None,
    watch: Watch | None = None,
    corrections: WhichCorrections = None,
    *,
    limits: ReadLimits = USUAL,
) -> Plan:
    """The plan that a PDF, a Word file, a workbook or a text dump holds.

    `layout`: which printed header is which field, or the TOML file that says so. `pages`: only these, of a PDF.
    `corrections`: the file with what reviewers decided by hand (or several, the most special last); None: those beside
    the source, False: none. `limits`: how many pages, and how large, are read at most. Raises
    `extract.model.ReadError` (what happened, its cause, what to try) for a file that can't be read, that holds no
    action table or more than MAX_ROWS rows or MAX_CHARACTERS characters, and for a layout or corrections that say what
    they can't.
    """
    pinned = layout if isinstance(layout, PinnedColumns) else _layout(layout)
    by_hand = corrections_for(Path(path), corrections)
    from extract.reading import read as read_document
    from normalise.word_list import unpack_ahead

    unpack_ahead()
    document = read_document(Path(path), pages, watch.page if watch else None, limits)
    rows = sum(len(block.rows) for block in document.blocks if isinstance(block, Table))
    if rows > MAX_ROWS or document.characters > MAX_CHARACTERS:
        raise _too_long(str(path), rows, document.characters)
    if watch:
        watch.document(rows, document.characters)
    from normalise.plan import normalise  # only now: a file that can't be read need not wait for it

    return normalise(document, configuration(settings_of(pinned, pages, by_hand)), pinned, by_hand)


def corrections_for(source: Path, corrections: WhichCorrections = None) -> tuple[Corrections, ...]:
    """What reviewers decided by hand of a source, the most special last; see `read`."""
    if corrections is False:
        return ()
    if isinstance(corrections, tuple):
        return corrections
    from actionplan.corrections_file import corrections_beside, read_corrections

    found = corrections_beside(source) if corrections is None else (read_corrections(Path(corrections)),)
    return tuple(one for one in found if one)


def _too_long(name: str, rows: int, characters: int) -> ReadError:
    found = f"{rows:,} rows" if rows > MAX_ROWS else f"{characters:,} characters"
    limit = f"{MAX_ROWS:,}" if rows > MAX_ROWS else f"{MAX_CHARACTERS:,}"
    cause = f"it has {found}, and the limit is {limit}"
    return ReadError(f"Cannot read {name!r} as a plan", cause, "Give the plan alone, or split it")


def load(path: str | PathLike[str]) -> Plan:
    """The plan that a `plan.json`, or the folder that holds it, says. Raises `export.plan_json.NotAPlan`."""
    path = Path(path)
    return from_json(plan_text(path / "plan.json" if path.is_dir() else path), str(path))


def compare(old: Plan, new: Plan) -> Diff:
    """What changed from the old version of a plan to the new one; never raises."""
    from compare.comparing import compare as compared

    return compared(old, new)


def write(
    plan: Plan, folder: str | PathLike[str], formats: Iterable[str] = DEFAULT, exact_csv: bool = False
) -> tuple[Path, ...]:
    """Write a plan into a folder, made if need be, in these formats; the paths of the files.

    `formats`: of `export.formats.KNOWN` (json, csv, xlsx, parquet, sqlite, datapackage). Either every file is written
    or none, and files of other names are left alone. `exact_csv`: leave CSV cells that a spreadsheet would run as they
    are. Raises `export.formats.FormatError` for a format that is not known or whose library is not installed, and
    `export.writing.WriteError` where the folder can't be written.
    """
    files = files_of(plan, chosen(formats), exact_csv)
    write_folder(Path(folder), files)
    return tuple(Path(folder, name) for name in files)


def chart(plan: Plan, kind: Kind = "timeline", as_of: date | str | None = None, format: Format = "svg") -> bytes:
    """A picture of a plan, as the bytes of an SVG or a PNG.

    `kind`: "timeline" (each action from its start to its end, as exactly as the page says), "status" (how many actions
    of each section are complete, in progress …), "overdue" (which are, by how many days, and which may be). `as_of`:
    the day that the timeline marks and that "overdue" needs, a date or its ISO text; the clock is never read. Raises
    `export.charts.charting.ChartError` for "overdue" without a day and for a plan of more than 2,000 actions, and
    ValueError for a text that is no day.
    """
    from export.charts.charting import chart_of
    from export.charts.drawing import drawn

    made = chart_of(plan, kind, date.fromisoformat(as_of) if isinstance(as_of, str) else as_of)
    return drawn(made.scene, made.title, made.words, format)


def plan_text(path: Path) -> str:
    """The text of a `plan.json`; NotAPlan where the file can't be opened or is not UTF-8."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        cause = (error.strerror or type(error).__name__).lower()
        raise NotAPlan(f"Cannot read {str(path)!r}", cause, "Check the path and its permissions") from error
    except UnicodeDecodeError as error:
        hint = "Give a plan.json, as actionplan extract writes it"
        raise NotAPlan(f"Cannot read {str(path)!r}", "it is not UTF-8 text", hint) from error


def settings_of(
    pinned: PinnedColumns = NOTHING_PINNED, pages: Pages | None = None, corrections: tuple[Corrections, ...] = ()
) -> dict[str, object]:
    """What a user set, under the names of the options; what is left at its default is not in it."""
    settings: dict[str, object] = {}
    if pinned:
        settings["layout"] = {pin.header: pin.field for pin in pinned.pins}
    if pages:
        settings["pages"] = list(pages)
    if corrections:
        settings["corrections"] = to_builtins(corrections)
    return settings


def _layout(path: str | PathLike[str] | None) -> PinnedColumns:
    if path is None:
        return NOTHING_PINNED
    from actionplan.layout_file import read_layout

    return read_layout(Path(path))


def configuration(settings: Mapping[str, object] = MappingProxyType({})) -> str:
    """SHA-256 of the settings as canonical JSON: sorted keys, no white space."""
    canonical = json.dumps(dict(settings), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
