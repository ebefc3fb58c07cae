"""`actionplan diff`: two versions of a plan compared, and what changed printed in the form that was asked for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from actionplan.defects import defect
from actionplan.door import load, read
from actionplan.terminal import advise, complain, put_out
from compare.comparing import compare
from compare.model import Diff
from extract.model import ReadError
from normalise.model import Plan

FORMATS = ("text", "json", "markdown", "html")
SAME, DIFFERENT, TROUBLE = 0, 1, 2


def diff(old: Path, new: Path, form: str = "text") -> int:
    """Print what changed from the old version to the new one.

    Returns 0 where the document does not differ (what only the tool reads otherwise is no difference), 1 where it
    does, or may, and 2 where a version could not be read.
    """
    before, after = read_or_complain(old), read_or_complain(new)
    if before is None or after is None:
        return TROUBLE
    found = compare(before, after)
    put_out(rendered(found, form))
    return DIFFERENT if found.differs else SAME


def read_or_complain(path: Path) -> Plan | None:
    """The plan of one version; None where it could not be read, which stderr has been told."""
    try:
        return plan_at(path)
    except ReadError as error:
        told = str(error)
        complain(told if str(path) in told else f"{path}: {told}")
        advise(error)
    except Exception as error:
        complain(str(defect(f"Cannot read {str(path)!r}", error)))
    return None


def plan_at(path: Path) -> Plan:
    """The plan of a `plan.json`, of its folder, or of a source document, which is extracted in memory.

    Raises `extract.model.ReadError` for what can't be read.
    """
    return load(path) if path.is_dir() or path.suffix.lower() == ".json" else read(path)


def rendered(found: Diff, form: str) -> str:
    """A Diff in one of FORMATS; text has colour only on a terminal, and not where NO_COLOR is set."""
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

    return as_text.render(found, colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
