"""`actionplan check`: what a plan.json proves by itself, and with its source."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from actionplan.batch.apart import Errand, each_apart
from actionplan.batch.limits import USUAL, Limits
from actionplan.door import Pages, Watch, plan_text
from actionplan.terminal import complain, plain, say
from export.plan_json import NotAPlan, from_data
from export.proof.proving import problems, source_problems
from export.validation import schema_problems
from export.writing import WriteError
from extract.model import ReadError


def check_all(paths: Sequence[Path], source: Path | None, pages: Pages | None = None, limits: Limits = USUAL) -> int:
    """Check every plan.json that the paths name; 0 all sound, 1 a contradiction (on stdout), 2 one unreadable."""
    try:
        plans = [found for path in paths for found in plan_files(path)]
    except ReadError as error:
        complain(str(error))
        return 2
    if source is not None and len(plans) != 1:
        complain(f"Cannot check {len(plans)} plans against one source: a source has one plan. Name one plan.json")
        return 2
    if len(plans) > 1:
        schema_problems({})  # loads what this needs, once for all the workers that are forked
    errands = [
        Errand(str(path), f"Cannot check {str(path)!r}", partial(contradictions, path, source, pages, limits))
        for path in plans
    ]
    try:
        each = each_apart(errands, limits)
        with contextlib.closing(each):
            return max([_tell(path, found) for path, found in zip(plans, each, strict=True)])
    except WriteError as error:
        complain(str(error))
        return 2


def _tell(path: Path, found: tuple[str, ...] | ReadError) -> int:
    """Print what is wrong with a plan.json; the exit code for it."""
    if isinstance(found, ReadError):
        complain(str(found))
        return 2
    for problem in found:
        sys.stdout.write(plain(f"{path}: {problem}") + "\n")
    say(f"{path}: {len(found)} problem{'s' if len(found) > 1 else ''}" if found else f"{path}: sound")
    return 1 if found else 0


def contradictions(
    path: Path,
    source: Path | None = None,
    pages: Pages | None = None,
    limits: Limits = USUAL,
    watch: Watch | None = None,
) -> tuple[str, ...]:
    """What is wrong with a plan.json, one sentence each; `pages`: those of the source that it is of, where not all.

    ReadError where the plan, or its source, can't be read.
    """
    try:
        data = json.loads(plan_text(path))
    except (ValueError, RecursionError) as error:
        hint = "Extract the plan again from its source"
        raise NotAPlan(f"Cannot read {str(path)!r}", f"it is not JSON ({error})", hint) from error
    if wrong := schema_problems(data):
        return wrong
    plan = from_data(data, str(path))
    found = problems(plan)
    if source is not None:
        from extract.reading import read

        document = read(source, pages, watch.page if watch else None, limits.reading)
        found += source_problems(plan, document)
    return found


def plan_files(path: Path, verb: str = "check") -> list[Path]:
    """The plan.json that a path is, or those in the folder that it is. Raises NotAPlan for a folder without any."""
    if not path.is_dir():
        return [path]
    found = sorted(one for one in path.rglob("plan.json") if not _is_of_a_killed_run(one.relative_to(path)))
    if not found:
        raise NotAPlan(f"Nothing to {verb} in {str(path)!r}", "it holds no plan.json", "Run actionplan extract first")
    return found


def _is_of_a_killed_run(path: Path) -> bool:
    """Whether a file is in the temporary folder that a process which was killed has left."""
    return any(parent.name.startswith(".actionplan-") for parent in path.parents)
