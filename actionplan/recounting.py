"""`actionplan history`: all versions of a plan in order, on stdout."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from actionplan.diffing import read_or_complain
from actionplan.terminal import put_out, say
from compare.history import History, history
from compare.ordering import Ordered, oldest_first
from normalise.model import Plan


class HistoryWishes(Struct, frozen=True):
    """What the user asked for."""

    format: Literal["text", "json", "html", "csv"] = "text"
    exact_csv: bool = False
    as_given: bool = False


def recount(paths: Sequence[Path], wishes: HistoryWishes) -> int:
    """Print the history of a plan's versions; 0 printed, 2 where a version can't be read."""
    read = [read_or_complain(path) for path in paths]
    plans = [plan for plan in read if plan is not None]
    if len(plans) < len(paths):
        return 2
    if wishes.as_given:
        ordered = Ordered(tuple(plans), "given")
    else:
        ordered = oldest_first(plans)
        _tell_order(plans, ordered)
    put_out(_rendered(history(ordered.plans), wishes))
    return 0


def _tell_order(given: Sequence[Plan], ordered: Ordered) -> None:
    """Say on stderr what a reader must know of the order: that it is another than was given, or that it is doubtful."""
    if ordered.contradiction:
        say("warning: the dates and the numbers of these versions contradict each other: they are in the order given")
    elif ordered.by == "given" and len(given) > 1:
        say("warning: not every version says its date or its number: they are in the order given")
    elif list(ordered.plans) != list(given):
        what = "date" if ordered.by == "published" else "number"
        names = ", ".join(plan.source.file for plan in ordered.plans)
        say(f"The versions are in the order of each one's {what}: {names}")


def _rendered(told: History, wishes: HistoryWishes) -> str:
    """The history in the format asked for; only that one's module is imported."""
    if wishes.format == "json":
        from export.history import as_json

        return as_json.render(told)
    if wishes.format == "csv":
        from export.history import as_csv

        return as_csv.render(told, wishes.exact_csv)
    if wishes.format == "html":
        from export.history import as_page

        return as_page.render(told)
    from export.history import as_text

    return as_text.render(told)
