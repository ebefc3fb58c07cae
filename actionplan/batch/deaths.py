"""Why a worker gave no result, and what that means for a person: the limit that was met, and what to try."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from actionplan.batch.limits import MB, Limits
from extract.model import ReadError

#: It took too long, asked for too much memory, gave more than is let out, was killed from outside, crashed by a signal,
#: ended on its own, or could not be started.
Cause = Literal["time", "memory", "output", "killed", "crash", "exit", "start"]


class Death(Struct, frozen=True):
    """Why there is no result. `word`: the signal's name, or the error; `pages` counted; `size` of too large a one."""

    cause: Cause
    word: str = ""
    pages: int = 0
    size: int = 0


def error_of(death: Death, what: str, limits: Limits, jobs: bool = False) -> ReadError:
    """What to say where a worker gave no result. `what` could not be done; `jobs`: --jobs says how many there are."""
    return ReadError(what, *_why(death, limits, ", with fewer --jobs" if jobs else ""))


def _why(death: Death, limits: Limits, fewer: str) -> tuple[str, str]:
    more = f"more memory than --max-memory {limits.memory // MB} allows"
    match death.cause:
        case "time":
            seconds = limits.time(death.pages)
            cause = f"it took more than {seconds:,.15g} seconds"
            return cause, f"Give it longer with --timeout {4 * seconds:.0f}, or split it"
        case "memory":
            most = limits.memory // MB
            return f"it needs more than {most:,} MB of memory", f"Allow more with --max-memory {2 * most}, or split it"
        case "output":
            cause = f"it gives {death.size:,} bytes to write, and the limit is {limits.output:,}"
            return cause, f"Allow more with --max-output {-(-death.size // MB)}, or split it"
        case "killed":
            cause = f"the process that read it was killed from outside ({death.word}), as where memory runs out"
            return cause, f"Try it again{fewer}, or with a lower --max-memory"
        case "crash":
            cause = f"the process that read it crashed ({death.word})"
            return cause, f"It may be damaged (open it in a viewer and save it again), or need {more}"
        case "start":
            return f"no process could be started for it ({death.word})", f"Try it again{fewer}"
    return f"the process that read it ended ({death.word})", f"It may need {more}; else please report this message"
