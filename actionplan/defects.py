"""What an error means for a person: what nobody foresaw is told as a defect of this program, not of their file."""

from __future__ import annotations

import traceback
from pathlib import Path

from actionplan.batch.worker import out_of_memory
from extract.model import ReadError


def read_error(what: str, error: Exception) -> ReadError:
    """Any error as one that says what happened, the cause and what to try; `what` could not be done.

    Raises MemoryError where it says that memory was refused.
    """
    behind = error.__cause__ if isinstance(error, ReadError) else error  # its own words may be the document's
    if behind and out_of_memory(behind):
        raise MemoryError from error
    if isinstance(error, ReadError):
        return error
    if isinstance(error, RecursionError):
        hint = "Open it in the program that it is of and save it again; if that does not help, please report this"
        return ReadError(what, "it is nested too deeply", hint)
    return defect(what, error)


def defect(what: str, cause: Exception | str) -> ReadError:
    """The error that says so. `what` could not be done; `cause`: an error that was raised, or words."""
    if isinstance(cause, Exception):
        last = traceback.extract_tb(cause.__traceback__)[-1]
        cause = f"{type(cause).__name__} in {Path(last.filename).name} line {last.lineno}: {cause}"
    return ReadError(what, cause, "This is a defect of actionplan, not of your file: please report this message")
