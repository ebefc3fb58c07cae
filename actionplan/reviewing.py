"""`actionplan review`: a plan's review page, made of its plan.json, its source and the corrections beside that."""

from __future__ import annotations

import contextlib
import os
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from actionplan.batch.apart import Errand, each_apart
from actionplan.batch.deaths import Death, error_of
from actionplan.batch.limits import USUAL, Limits
from actionplan.checking import plan_files
from actionplan.corrections_file import corrections_files, read_corrections
from actionplan.door import Watch, load
from actionplan.inputs import CORRECTIONS, OWN_CORRECTIONS, UsageError
from actionplan.terminal import advise, complain, say
from actionplan.unchanged import note_of, source_digest
from export.passing_folders import clear_leftovers
from export.review.page import Figure, OnFile, pages_shown, render
from export.writing import write_folder
from extract.model import ReadError
from normalise.model import Plan

#: The name of the page in a plan's folder.
PAGE = "review.html"


def review_all(
    paths: Sequence[Path],
    source: Path | None = None,
    out: Path | None = None,
    quiet: bool = False,
    as_of: date | None = None,
    limits: Limits = USUAL,
) -> int:
    """Write the page of every plan that the paths name; 0 all written, 1 one not, 2 wrong usage."""
    try:
        plans = list(dict.fromkeys(found for path in paths for found in plan_files(path, "review")))
        _refuse_one_for_many(plans, source, out)
        pages = [out or plan.with_name(PAGE) for plan in plans]
        _clear(pages)
        errands = [
            Errand(str(plan), f"Cannot review {str(plan)!r}", partial(_write, plan, page, source, as_of, limits))
            for plan, page in zip(plans, pages, strict=True)
        ]
        each = each_apart(errands, limits, quiet)
        with contextlib.closing(each):
            written = [_tell(*one, quiet) for one in zip(plans, pages, each, strict=True)]
    except ReadError as error:
        complain(str(error))
        return 2
    return 0 if all(written) else 1


def _tell(plan: Path, page: Path, found: str | ReadError, quiet: bool) -> bool:
    """Say what became of a plan's page; whether it was written."""
    if isinstance(found, ReadError):
        complain(str(found) if str(plan.parent) in str(found) else f"{plan}: {found}")
        advise(found)
        _clear([page])
        return False
    if not quiet:
        say(f"{page}: {found}")
    return True


def _clear(pages: Sequence[Path]) -> None:
    """Remove what processes that were killed as they wrote such a page have left."""
    for home in {page.parent.resolve().parent for page in pages}:
        clear_leftovers(home)


def _write(path: Path, page: Path, named: Path | None, as_of: date | None, limits: Limits, watch: Watch) -> str:
    """Write the page of one plan.json; what is on it."""
    plan = load(path)
    text = page_of(plan, source_file(path, plan, named), as_of, limits, watch).encode("utf-8", "replace")
    if len(text) > limits.output:
        raise error_of(Death("output", size=len(text)), f"Cannot write {str(page)!r}", limits)
    write_folder(page.parent, {page.name: text})
    doubts = sum(finding.severity != "info" for finding in plan.findings)
    actions = f"{len(plan.actions)} action{'s' * (len(plan.actions) != 1)}"
    return f"{actions}, {doubts} finding{'s' * (doubts != 1)} to look at, {len(text) / 1e6:.1f} MB"


def page_of(
    plan: Plan, source: Path, as_of: date | None = None, limits: Limits = USUAL, watch: Watch | None = None
) -> str:
    """The review page of a plan with its source. Raises ReadError for a source, or a corrections file, of no use.

    `as_of`: the day that the pictures mark, and on which they show what is overdue.
    """
    from extract.page_pictures import page_pictures
    from extract.reading import read

    progress = watch.page if watch else None
    pictures = tuple(page_pictures(source, pages_shown(plan), progress, limits.reading))
    document = None if plan.source.pages else read(source, limits=limits.reading)
    return render(plan, pictures, document, corrections_on_file(source, plan), figures_of(plan, as_of))


def figures_of(plan: Plan, as_of: date | None = None) -> tuple[Figure, ...]:
    """The pictures of a plan, with what is overdue where a day is given; none of a plan that no picture can hold."""
    from export.charts import Kind
    from export.charts.charting import chart_of
    from export.charts.drawing import drawn
    from export.charts.scene import MOST

    if not 0 < len(plan.actions) <= MOST:
        return ()
    kinds: tuple[Kind, ...] = ("status", "overdue", "timeline")  # the longest last
    charts = [chart_of(plan, kind, as_of) for kind in kinds if kind != "overdue" or as_of]
    svgs = [drawn(chart.scene, chart.title, chart.words, "svg").decode("utf-8") for chart in charts]
    return tuple(
        Figure(chart.name, chart.words, svg, chart.header, chart.rows) for chart, svg in zip(charts, svgs, strict=True)
    )


def source_file(path: Path, plan: Plan, named: Path | None = None) -> Path:
    """The file that a plan.json was made from, known by its SHA-256; ReadError where it is not found or has changed.

    Looked for where the note in the plan's folder says that it was, then beside the folder and in the working folder.
    """
    folder, wanted = path.parent, plan.source.sha256
    what = f"Cannot review {str(folder)!r}"
    if named is not None:
        if source_digest(named) == wanted:
            return named
        cause = (
            f"its source has another SHA-256 than {str(named)!r}" if named.is_file() else f"{str(named)!r} is no file"
        )
        raise ReadError(what, cause, f"Name the {plan.source.file!r} that it was made from, or extract this one")
    changed = None
    for place in _places(folder, plan):
        digest = source_digest(place)
        if digest == wanted:
            return place
        changed = changed or (place if digest else None)
    if changed:
        cause = f"its source {str(changed)!r} has changed since it was extracted"
        raise ReadError(what, cause, "Extract it again, or name the file that it was made from with --source")
    cause = f"its source {plan.source.file!r} is not where it was"
    raise ReadError(what, cause, "Name it with --source FILE")


def _places(folder: Path, plan: Plan) -> Iterator[Path]:
    """Where the source of a plan may be, the likeliest place first."""
    note = note_of(folder)
    name = Path(plan.source.file).name or "plan"
    if note and note.place:
        yield Path(os.path.normpath(folder / note.place))
        yield folder / note.place  # another file where a folder on the way is a link
    yield from (folder / name, folder.parent / name, Path(name))


def corrections_on_file(source: Path, plan: Plan) -> OnFile:
    """The corrections file beside a source that its page goes on with: its own, else the folder's where it fits.

    Raises UsageError where one of them can't be used: the page would else leave out what it says.
    """
    own = source.with_name(source.name + OWN_CORRECTIONS)
    for path in reversed(corrections_files(source)):
        if path == own or read_corrections(path).fits(plan.plan.title):
            read_corrections(path)
            return OnFile(path.name, _plain(tomllib.loads(path.read_text("utf-8-sig"))))
        return OnFile(own.name)
    return OnFile(CORRECTIONS)


def _plain(value: Any) -> Any:
    """TOML's values as JSON has them: days and times as texts."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value


def _refuse_one_for_many(plans: Sequence[Path], source: Path | None, out: Path | None) -> None:
    for name, given in (("--source", source), ("--out", out)):
        if given is not None and len(plans) > 1:
            cause = f"{name} names one file, and these are {len(plans)} plans"
            raise UsageError("Cannot review them together", cause, f"Name one plan, or leave {name} out")
