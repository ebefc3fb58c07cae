"""What must hold of any file: it gives a plan that proves itself, or an error that a person can act on."""

from __future__ import annotations

import json
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from actionplan.door import configuration
from export.formats import KNOWN, chosen, files_of
from export.plan_json import from_json, to_json
from export.proof import problems, source_problems
from export.validation import schema_problems
from extract.model import Document, ReadError
from extract.reading import read
from normalise.model import Plan
from normalise.plan import NoActionTable, normalise

ROOT = Path(__file__).parents[1]
#: An error is read by a person: it is one line, and no longer than this.
LONGEST_ERROR = 1200


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a file was read. `place`: where a broken one went wrong, the same for all that go wrong there."""

    kind: Literal["plan", "refused", "broken"]
    text: str
    place: str = ""


def verdict(path: Path) -> Verdict:
    """How this program reads a file; whatever is raised that is no ReadError, or does not hold, is `broken`."""
    try:
        document = read(path)
        plan = normalise(document, configuration())
        wrong = broken_promises(document, plan)
    except ReadError as error:
        return _refusal(error)
    except Exception as error:
        return Verdict("broken", f"{type(error).__name__}: {error}", _place(error))
    if wrong:
        return Verdict("broken", wrong[0], f"promise: {wrong[0].partition(':')[2][:40]}")
    return Verdict("plan", f"{len(plan.actions)} actions, {len(plan.findings)} findings")


def broken_promises(document: Document, plan: Plan) -> tuple[str, ...]:
    """What does not hold of a plan that was read: its proofs, its source's, the schema, the way through each format."""
    found = [*problems(plan), *source_problems(plan, document)]
    text = to_json(plan)
    found += schema_problems(json.loads(text))
    if from_json(text) != plan:
        found.append("plan.json: it is read back as another plan")
    files_of(plan, chosen(KNOWN))
    return tuple(found)


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
