"""Action plans as data.

`read` a document, `load` a plan.json, `compare` two versions, `to_frame` for pandas, `to_json` for everything else,
`write` the files of every format, `chart` a plan as a picture.
"""

from typing import TYPE_CHECKING, Any

from actionplan.door import Plan, ReadError, chart, compare, load, read, to_frame, to_json, write

if TYPE_CHECKING:
    from compare.model import Diff

__all__ = ["Diff", "Plan", "ReadError", "chart", "compare", "load", "read", "to_frame", "to_json", "write"]


def __getattr__(name: str) -> Any:
    """`Diff`, imported when it is asked for: only a comparison needs it."""
    if name == "Diff":
        from compare.model import Diff

        return Diff
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
