"""Action plans as data: `read` a document, `load` a plan.json, `to_frame` for pandas, `to_json` for everything else."""

from actionplan.door import load, read, to_frame, to_json

__all__ = ["load", "read", "to_frame", "to_json"]
