"""Action plans as data: `read` a document, `load` a plan.json, `compare` two versions, `to_frame`, `to_json`."""

from actionplan.door import compare, load, read, to_frame, to_json

__all__ = ["compare", "load", "read", "to_frame", "to_json"]
