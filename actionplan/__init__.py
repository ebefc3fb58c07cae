"""Action plans as data.

`read` a document, `load` a plan.json, `compare` two versions, `to_frame` for pandas, `to_json` for everything else,
`write` the files of every format, `chart` a plan as a picture.
"""

from actionplan.door import Diff, Plan, ReadError, chart, compare, load, read, to_frame, to_json, write

__all__ = ["Diff", "Plan", "ReadError", "chart", "compare", "load", "read", "to_frame", "to_json", "write"]
