"""`actionplan history`: all versions of a plan in order, on stdout."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Literal

from msgspec import Struct

from actionplan.batch.apart import Errand, apart
from actionplan.batch.limits import USUAL, Limits
from actionplan.diffing import read_or_complain
from actionplan.door import Watch
from actionplan.terminal import complain, put_out, say
from compare.history import History, history
from compare.ordering import Ordered, oldest_first
from extract.model import ReadError
from normalise.model import Plan


class HistoryWishes(Struct, frozen=True):
    """What the user asked for."""

    format: Literal["text", "json", "html", "csv"] = "text"
    exact_csv: bool = False
    as_given: bool = False
    limits: Limits = USUAL


def recount(paths: Sequence[Path], wishes: HistoryWishes) -> int:
    """Print the history of a plan's versions; 0 printed, 2 where a version can't be read or its life not told."""
    try:
        plans = read_or_complain(paths, wishes.limits)
        if plans is None:
            return 2
        errand = Errand("the versions", "Cannot tell the history of the versions", partial(_told, plans, wishes))
        text, of_order = apart(errand, wishes.limits)
    except ReadError as error:
        complain(str(error))
        return 2
    if of_order:
        say(of_order)
    put_out(text)
    return 0


def _told(plans: Sequence[Plan], wishes: HistoryWishes, watch: Watch) -> tuple[str, str]:
    """The history, rendered, and what a reader must know of its order."""
    ordered = Ordered(tuple(plans), "given") if wishes.as_given else oldest_first(plans)
    return _rendered(history(ordered.plans), wishes), "" if wishes.as_given else _of_order(plans, ordered)


def _of_order(given: Sequence[Plan], ordered: Ordered) -> str:
    """What a reader must know of the order: that it is another than was given, or that it is doubtful; else nothing."""
    if ordered.contradiction:
        return "warning: the dates and the numbers of these versions contradict each other: they are in the order given"
    if ordered.by == "given" and len(given) > 1:
        return "warning: not every version says its date or its number: they are in the order given"
    if list(ordered.plans) != list(given):
        what = "date" if ordered.by == "published" else "number"
        names = ", ".join(plan.source.file for plan in ordered.plans)
        return f"The versions are in the order of each one's {what}: {names}"
    return ""


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
