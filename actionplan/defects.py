"""What nobody foresaw: an error of this program's own, told as one, so that nobody looks for it in their file."""

from __future__ import annotations

import traceback
from pathlib import Path

from extract.model import ReadError


def defect(what: str, cause: Exception | str) -> ReadError:
    """The error that says so. `what` could not be done; `cause`: an error that was raised, or words."""
    if isinstance(cause, Exception):
        last = traceback.extract_tb(cause.__traceback__)[-1]
        cause = f"{type(cause).__name__} in {Path(last.filename).name} line {last.lineno}: {cause}"
    return ReadError(what, cause, "This is a defect of actionplan, not of your file: please report this message")
