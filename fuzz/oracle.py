"""What must hold of any file: it gives a plan that proves itself, or an error that a person can act on."""

from __future__ import annotations

import traceback
from pathlib import Path
from random import Random
from typing import Literal

from msgspec import Struct

from actionplan.door import configuration
from extract.model import ReadError
from extract.reading import read
from fuzz.steps import document_problems, plan_problems, same_problems, tables_problems, text_problems, two_versions
from normalise.plan import NoActionTable, normalise

ROOT = Path(__file__).parents[1]
#: What the name of a file ends in that is no document, but a text for the pure steps.
STEPS = ".steps"
#: An error is read by a person: it is one line, and no longer than this.
LONGEST_ERROR = 1200


class Verdict(Struct, frozen=True):
    """How a file was read. `place`: where a broken one went wrong, the same for all that go wrong there."""

    kind: Literal["plan", "refused", "broken"]
    text: str
    place: str = ""


def verdict(path: Path) -> Verdict:
    """How this program reads a file; whatever is raised that is no ReadError, or does not hold, is `broken`.

    It goes through what `extract`, `tables`, `check --source` and `diff` do with it.
    """
    if path.suffix == STEPS:
        return step_verdict(path)
    try:
        document = read(path)
        wrong = tables_problems(document)
        plan = normalise(document, configuration())
        wrong += plan_problems(plan, document) + same_problems(plan)
    except ReadError as error:
        return _refusal(error)
    except Exception as error:
        return Verdict("broken", f"{type(error).__name__}: {error}", _place(error))
    if wrong:
        return Verdict("broken", wrong[0], f"promise: {wrong[0].partition(':')[2][:40]}")
    return Verdict("plan", f"{len(plan.actions)} actions, {len(plan.findings)} findings")


def step_verdict(path: Path) -> Verdict:
    """What the pure steps make of the text that a file holds, and of the documents that its number gives."""
    text = path.read_bytes().decode("utf-8", "surrogatepass")
    chance = Random(text)
    try:
        wrong = (*text_problems(text), *document_problems(*two_versions(chance)))
    except Exception as error:
        return Verdict("broken", f"{type(error).__name__}: {error}", _place(error))
    return Verdict("broken", wrong[0], f"promise: {wrong[0][:40]}") if wrong else Verdict("plan", "every step holds")


def _refusal(error: ReadError) -> Verdict:
    """A refusal is sound where it says what happened, the cause and what to try, in one line."""
    told = str(error)
    parts = (error.what, error.cause, error.hint)
    if any(not part.strip() for part in parts) or "\n" in told or len(told) > LONGEST_ERROR:
        return Verdict("broken", f"an error that is no clear line: {told[:300]}", f"error: {error.what[:30]}")
    kind = "no action table" if isinstance(error, NoActionTable) else told
    return Verdict("refused", kind)


def _place(error: Exception) -> str:
    """The exception, and the last line of this project that it went through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT) and ".venv" not in frame.filename]
    last = (ours or frames)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name} line {last.lineno}"
