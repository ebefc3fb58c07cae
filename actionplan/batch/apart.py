"""A document that a command wants something of is read apart: in a worker of its own, within limits, as in a run.

What comes of it goes back to the command, or one error that names the limit. So whatever a document does to the process
that reads it, the command that asked for it lives to say so.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct

from actionplan.batch.deaths import error_of
from actionplan.batch.limits import Limits
from actionplan.batch.pool import Ended, each_in_a_worker
from actionplan.batch.progress import Announcements, Silence
from actionplan.batch.stopping import stoppable
from actionplan.defects import read_error
from actionplan.door import Watch
from extract.limits import cores
from extract.model import ReadError

Value = TypeVar("Value")


class Errand(Struct, Generic[Value], frozen=True):
    """Something to be done apart with what `name` names: `do`, which is told whom to tell how far it is.

    `what`: what could not be done, where it gives no value. Both `do` and its value are pickled on their way; `do` may
    raise anything.
    """

    name: str
    what: str
    do: Callable[[Watch], Value]


def apart(errand: Errand[Value], limits: Limits, quiet: bool = False) -> Value:
    """Do one errand in a worker, and give its value. Raises ReadError, and Stopped where somebody wants no more."""
    each = each_apart([errand], limits, quiet)
    with contextlib.closing(each):
        found = next(each)
    if isinstance(found, ReadError):
        raise found
    return found


def each_apart(
    errands: Sequence[Errand[Value]], limits: Limits, quiet: bool = False
) -> Generator[Value | ReadError, None, None]:
    """Do each errand in a worker of its own, and give each one's value, or why there is none, in their order.

    As many are done at once as there are cores. Close this to stop them all. Raises Stopped, and WriteError where there
    is no room for temporary files. `quiet`: nobody is told that one takes long.
    """
    watcher = Silence() if quiet else Announcements([errand.name for errand in errands])
    held: dict[int, Value | ReadError] = {}
    told = 0
    with stoppable() as stop:
        ends = each_in_a_worker(errands, _done, min(cores(), len(errands)), limits, watcher, stop)
        with contextlib.closing(ends):  # type: ignore[type-var]
            for end in ends:
                held[end.number] = _found(end, errands[end.number].what, limits)
                while told in held:
                    yield held.pop(told)
                    told += 1


def _found(end: Ended[Any], what: str, limits: Limits) -> Any:
    """What a worker gave, or why it gave nothing."""
    return error_of(end.death, what, limits) if end.death else end.value


def _done(errand: Errand[Any], watch: Watch) -> Any:
    """In the worker: the value of an errand, or the error that a person is told."""
    try:
        return errand.do(watch)
    except Exception as error:
        return read_error(errand.what, error)
