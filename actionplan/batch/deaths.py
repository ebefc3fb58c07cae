"""Why a worker gave no result, and what that means for a person: the limit that was met, and what to try."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from actionplan.batch.limits import MB, Limits
from actionplan.batch.outcome import Failure

#: It took too long, asked for too much memory, was killed from outside, crashed by a signal, ended on its own, or could
#: not be started.
Cause = Literal["time", "memory", "killed", "crash", "exit", "start"]


class Death(Struct, frozen=True):
    """Why there is no result, and a word on it: the signal's name, the error, the pages that were counted."""

    cause: Cause
    word: str = ""
    pages: int = 0


def failure_of(death: Death, name: str, limits: Limits) -> Failure:
    """What to say of an input whose worker gave no result."""
    cause, hint = _why(death, limits)
    return Failure(f"Cannot extract {name!r}", cause, hint)


def _why(death: Death, limits: Limits) -> tuple[str, str]:
    match death.cause:
        case "time":
            seconds = limits.time(death.pages)
            cause = f"it took more than {seconds:,.15g} seconds"
            return cause, f"Give it longer with --timeout {4 * seconds:.0f}, or split it"
        case "memory":
            most = limits.memory // MB
            return f"it needs more than {most:,} MB of memory", f"Allow more with --max-memory {2 * most}, or split it"
        case "killed":
            cause = f"the process that read it was killed from outside ({death.word}), as where memory runs out"
            return cause, "Try it again, with fewer --jobs, or a lower --max-memory"
        case "crash":
            cause = f"the process that read it crashed ({death.word})"
            hint = "It may be damaged (open it in a viewer and save it again), or need more memory than --max-memory"
            return cause, f"{hint} {limits.memory // MB} allows"
        case "start":
            return f"no process could be started for it ({death.word})", "Try it again, with fewer --jobs"
    return f"the process that read it ended ({death.word})", "If it is a plan, please report this message"
