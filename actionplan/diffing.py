"""`actionplan diff`: two versions of a plan compared, and what changed printed in the form that was asked for."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from actionplan.batch.apart import Errand, apart, each_apart
from actionplan.batch.limits import USUAL, Limits
from actionplan.door import Watch, load, read
from actionplan.terminal import advise, complain, put_out
from extract.model import ReadError
from normalise.model import Plan

if TYPE_CHECKING:  # fourteen types that only the worker which compares needs
    from compare.model import Diff

FORMATS = ("text", "json", "markdown", "html")
SAME, DIFFERENT, TROUBLE = 0, 1, 2


def diff(old: Path, new: Path, form: str = "text", limits: Limits = USUAL) -> int:
    """Print what changed from the old version to the new one.

    Returns 0 where the document does not differ (what only the tool reads otherwise is no difference), 1 where it
    does, or may, and 2 where a version could not be read within the limits, or the two not compared.
    """
    try:
        plans = read_or_complain((old, new), limits)
        if plans is None:
            return TROUBLE
        what = f"Cannot compare {str(old)!r} with {str(new)!r}"
        errand = Errand(f"{old} and {new}", what, partial(_compared, plans, form, in_colour()))
        text, differs = apart(errand, limits)
    except ReadError as error:
        complain(str(error))
        return TROUBLE
    put_out(text)
    return DIFFERENT if differs else SAME


def _compared(plans: Sequence[Plan], form: str, colour: bool, watch: Watch) -> tuple[str, bool]:
    """What changed, rendered, and whether the document differs."""
    from compare.comparing import compare

    old, new = plans
    found = compare(old, new)
    return rendered(found, form, colour), found.differs


def read_or_complain(paths: Sequence[Path], limits: Limits) -> tuple[Plan, ...] | None:
    """The plan of each version; None where one could not be read, which stderr has been told. Raises WriteError."""
    documents = [path for path in paths if not _is_plan_json(path)]
    if len(documents) > 1:
        from actionplan.batch.loading_ahead import load_ahead

        load_ahead(documents, run=False)
    each = limits.shared(len(paths))
    errands = [Errand(str(path), f"Cannot read {str(path)!r}", partial(plan_at, path, each)) for path in paths]
    plans: list[Plan] = []
    found = each_apart(errands, limits)
    with contextlib.closing(found):
        for path, one in zip(paths, found, strict=True):
            if isinstance(one, ReadError):
                complain_of(path, one)
            else:
                plans.append(one)
    return tuple(plans) if len(plans) == len(paths) else None


def complain_of(path: Path, error: ReadError) -> None:
    """Say on stderr what is wrong with a version, and which one it is."""
    told = str(error)
    complain(told if str(path) in told else f"{path}: {told}")
    advise(error)


def plan_at(path: Path, limits: Limits = USUAL, watch: Watch | None = None) -> Plan:
    """The plan of a `plan.json`, of its folder, or of a source document, which is extracted in memory.

    Raises `extract.model.ReadError` for what can't be read.
    """
    return load(path) if _is_plan_json(path) else read(path, watch=watch, limits=limits.reading)


def _is_plan_json(path: Path) -> bool:
    return path.is_dir() or path.suffix.lower() == ".json"


def in_colour() -> bool:
    """Whether text is to have colour: only on a terminal, and not where NO_COLOR is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def rendered(found: Diff, form: str, colour: bool = False) -> str:
    """A Diff in one of FORMATS; `colour`: of text."""
    if form == "json":
        from export.diff import as_json

        return as_json.render(found)
    if form == "markdown":
        from export.diff import as_markdown

        return as_markdown.render(found)
    if form == "html":
        from export.diff import as_page

        return as_page.render(found)
    from export.diff import as_text

    return as_text.render(found, colour)
