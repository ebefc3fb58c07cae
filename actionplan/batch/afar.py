"""Plans that are read where their bytes are not: from and to a store, or by the workers of a cluster.

A job is the same as on this machine: `job.extract_one`, in a worker process of its own, with its limits. Around
it a task fetches the source (and what an earlier run wrote), and puts what is new. So it is the same wherever it is
done, and done twice, as after the death of a machine, it writes the same bytes again.

A store has no folder to change in one step. Files go up one by one, each whole: the other formats first, then
plan.json, then the note with the SHA-256 of each. So where a plan.json is new, all is there but its note; and where a
file is not as the note says, a run was cut off there, and the next one writes that plan again.
"""

from __future__ import annotations

import contextlib
import queue
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from actionplan.batch.deaths import Death
from actionplan.batch.limits import Limits
from actionplan.batch.outcome import Failure, Outcome
from actionplan.batch.pool import Ended, Watcher, temporary_folder
from actionplan.batch.steward import Stewards
from actionplan.batch.stopping import Stop
from actionplan.inputs import Input
from actionplan.place import Place, Url
from actionplan.storage import fetch, put
from actionplan.unchanged import NOTE, digest_of, note_of, program_digest
from extract.model import ReadError

#: How often whoever waits for tasks looks whether to stop, in seconds.
LOOK = 0.25
#: The most tasks that are handed over and not done, for each that can be done at once.
AHEAD = 8

STEWARDS = Stewards()


class Task(Struct, frozen=True):
    """An input that may be elsewhere. `job(input)`: what to do with it here, by `do`; `program`: of whoever asks."""

    source: Place
    folder: Place
    job: Callable[[Input], Any]
    do: Callable[[Any, Any], Outcome]
    limits: Limits
    program: str
    force: bool = False


#: What is done with a task, where it is done.
Do = Callable[[Task], Ended[Outcome]]


def carry_out_task(task: Task) -> Ended[Outcome]:
    """Fetch, do, put: on whatever machine this runs."""
    if program_digest() != task.program:
        cause = "the machine that should read it has another version of actionplan"
        return _failed(ReadError(f"Cannot extract {str(task.source)!r}", cause, "Install the same one on all of them"))
    try:
        with temporary_folder() as temporary:
            return _staged(task, temporary)
    except ReadError as error:
        return _failed(error)
    except OSError as error:  # the disk here is full, say
        cause = (error.strerror or type(error).__name__).lower()
        return _failed(ReadError(f"Cannot extract {str(task.source)!r}", cause, "Make room where temporary files go"))


def _failed(error: ReadError) -> Ended[Outcome]:
    return Ended(0, Outcome("failed", failure=Failure.of(error)), None, 0.0)


def _staged(task: Task, temporary: Path) -> Ended[Outcome]:
    """The task with its source and its folder on this machine's disks."""
    source = task.source if isinstance(task.source, Path) else _fetched(task.source, temporary / "in")
    folder = task.folder if isinstance(task.folder, Path) else temporary / "out" / task.folder.name
    if isinstance(task.folder, Url) and not task.force:
        _fetch_written(task.folder, folder)
    before = _digests(folder) if isinstance(task.folder, Url) else {}
    ended: Ended[Outcome] = STEWARDS.do(task.job(Input(source, folder)), task.do, task.limits)
    if isinstance(task.folder, Url) and ended.value and ended.value.failure is None:
        _put_written(folder, task.folder, before)
    named = {str(folder): str(task.folder), str(source): str(task.source)}
    return replace(ended, value=_renamed(ended.value, named)) if ended.value else ended


def _fetched(source: Url, into: Path) -> Path:
    into.mkdir()
    fetch(source, into / source.name)
    return into / source.name


def _fetch_written(there: Url, here: Path) -> None:
    """What an earlier run wrote, by its note, so that it is seen to be unchanged or not."""
    here.mkdir(parents=True)
    if fetch(there / NOTE, here / NOTE, missing_ok=True) and (note := note_of(here)):
        for name, _ in note.files:
            if Path(name).name == name:  # a note may say anything
                fetch(there / name, here / name, missing_ok=True)


def _put_written(here: Path, there: Url, before: dict[str, str | None]) -> None:
    """What is new, in the order that lets a reader tell whether it is whole."""
    names = sorted(path.name for path in here.iterdir() if path.is_file())
    last = ("plan.json", NOTE)
    changed = [name for name in names if digest_of(here / name) != before.get(name)]
    for name in sorted(changed, key=lambda name: (last.index(name) + 1 if name in last else 0, name)):
        put(there / name, (here / name).read_bytes())


def _digests(folder: Path) -> dict[str, str | None]:
    return {path.name: digest_of(path) for path in folder.iterdir()} if folder.is_dir() else {}


def _renamed(outcome: Outcome, names: dict[str, str]) -> Outcome:
    """The outcome with each place called as the user called it."""

    def said(text: str) -> str:
        for here, there in names.items():
            text = text.replace(here, there)
        return text

    failure = outcome.failure
    if failure:
        failure = replace(failure, what=said(failure.what), cause=said(failure.cause), hint=said(failure.hint))
        failure = replace(failure, notes=tuple(map(said, failure.notes)))
    return replace(outcome, told=tuple(map(said, outcome.told)), failure=failure)


def each_by(
    executor: Executor, do: Do, tasks: Iterable[Task], at_once: int, watcher: Watcher, stop: Stop
) -> Iterator[Ended[Outcome]]:
    """Do each task by an executor, threads or a cluster, and give each one's end as it comes; close this to stop."""
    done: queue.SimpleQueue[Future[Ended[Outcome]]] = queue.SimpleQueue()
    numbers: dict[Future[Ended[Outcome]], int] = {}
    waiting = enumerate(tasks)
    try:
        while True:
            for number, task in waiting:
                future = executor.submit(do, task)
                numbers[future] = number
                watcher.begun(number)
                future.add_done_callback(done.put)
                if len(numbers) >= at_once * AHEAD:
                    break
            if not numbers:
                return
            future = _next(done, watcher, stop)
            yield _ended(future, numbers.pop(future))
    finally:
        for future in numbers:
            future.cancel()


def _next(done: queue.SimpleQueue[Any], watcher: Watcher, stop: Stop) -> Future[Ended[Outcome]]:
    while True:
        stop.check()
        with contextlib.suppress(queue.Empty):
            found: Future[Ended[Outcome]] = done.get(timeout=min(LOOK, watcher.tick()))
            return found


def _ended(future: Future[Ended[Outcome]], number: int) -> Ended[Outcome]:
    """The end of a task; of one that gave none (its machines died again and again) why."""
    try:
        return replace(future.result(), number=number)
    except CancelledError:
        return Ended(number, None, Death("killed", "it was cancelled"), 0.0)
    except Exception as error:
        return Ended(number, None, Death("killed", type(error).__name__), 0.0)
