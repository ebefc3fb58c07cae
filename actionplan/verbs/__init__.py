"""The verbs of the command, a thin file each: what a verb takes (`add`), and whom it asks to do it (`run`)."""

from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

#: In the order in which the help lists them; each is a module of this package.
VERBS = ("extract", "check", "review", "tables", "diff", "history", "chart", "catalogue", "schema")


def verbs_for(words: Sequence[str]) -> list[ModuleType]:
    """The verb that a command begins with; all of them where it begins with none."""
    return [import_module(f"{__name__}.{verb}") for verb in (words[:1] if words[:1] and words[0] in VERBS else VERBS)]
