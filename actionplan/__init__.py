"""Action plans as data.

`read` a document, `load` a plan.json, `compare` two versions, `to_frame` for pandas, `to_json` for everything else,
`write` the files of every format, `chart` a plan as a picture.
"""

from actionplan.door import chart, compare, load, read, to_frame, to_json, write

__all__ = ["chart", "compare", "load", "read", "to_frame", "to_json", "write"]
