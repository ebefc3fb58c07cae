"""`actionplan extract` where plans, or what they say, are elsewhere, or the workers of a cluster do it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from actionplan.batch.afar import STEWARDS, Do, Task, carry_out_task, each_by
from actionplan.batch.outcome import Outcome
from actionplan.batch.pool import Ended, temporary_folder
from actionplan.batch.progress import Bar
from actionplan.batch.run import How, carry_out
from actionplan.batch.stopping import Stop
from actionplan.corrections_file import read_corrections
from actionplan.door import WhichCorrections, corrections_for
from actionplan.inputs import Input, UsageError, refuse_pages_of_many, refuse_unwritable
from actionplan.inputs_afar import FarInput, far_inputs
from actionplan.job import Job, Wishes, extract_one
from actionplan.layout_file import read_layout
from actionplan.place import Place, Url
from actionplan.storage import fetch
from actionplan.terminal import complain
from actionplan.unchanged import program_digest
from export.formats import FormatError, chosen
from extract.limits import cores
from extract.model import ReadError
from normalise.corrections.decided import Corrections
from normalise.pinned import NOTHING_PINNED, PinnedColumns


class JobOf(Struct, frozen=True):
    """The job of an input, once it is on the disks of whoever does it."""

    wishes: Wishes
    pinned: PinnedColumns
    corrections: tuple[Corrections, ...]
    place: str | None

    def __call__(self, one: Input) -> Job:
        """What to do with it."""
        return Job(one, self.wishes, self.pinned, self.corrections, self.place)


def extract_afar(places: Sequence[Place], wishes: Wishes) -> int:
    """As `extract_all`: 0 all written, 1 one not (or, strict, doubtful), 2 wrong usage."""
    try:
        wishes = replace(wishes, formats=chosen(wishes.formats))
        if not isinstance(wishes.out, Url):
            refuse_unwritable(wishes.out)
            wishes = replace(wishes, out=wishes.out.absolute())
        inputs = far_inputs(places, wishes.out)
        refuse_pages_of_many(inputs, wishes.pages)
        pinned = read_layout(wishes.layout) if wishes.layout else NOTHING_PINNED
        by_hand = _by_hand(inputs, wishes.corrections)
        with _executor(wishes, len(inputs)) as (executor, at_once):
            return _carry_out(inputs, wishes, pinned, by_hand, executor, at_once)
    except (UsageError, FormatError) as error:
        complain(str(error))
        return 2
    except ReadError as error:  # a store that does not answer
        complain(str(error))
        return 1


def _carry_out(
    inputs: Sequence[FarInput],
    wishes: Wishes,
    pinned: PinnedColumns,
    by_hand: Mapping[FarInput, tuple[Corrections, ...]],
    executor: Executor,
    at_once: int,
) -> int:
    program = program_digest()
    by = cores() if wishes.cluster else at_once  # a cluster has as many threads as cores, and each plan has one
    wishes = replace(wishes, limits=wishes.limits.shared(by))

    def task_of(one: FarInput, done_before: bool) -> Task:
        wished = replace(wishes, force=False) if done_before else wishes
        job_of = JobOf(wished, pinned, by_hand[one], _place(one))
        return Task(one.source, one.folder, job_of, extract_one, wishes.limits, program, wished.force)

    def each(tasks: Iterable[Task], do: Do, how: How, bar: Bar, stop: Stop) -> Iterator[Ended[Outcome]]:
        return each_by(executor, do, tasks, how.at_once, bar, stop)

    how = How(wishes.out, at_once, wishes.limits, wishes.quiet, wishes.strict, True, wishes.resume)
    return carry_out(inputs, task_of, carry_out_task, how, each)


def _by_hand(inputs: Sequence[FarInput], which: WhichCorrections) -> dict[FarInput, tuple[Corrections, ...]]:
    """What reviewers decided on each plan; files that are elsewhere are fetched, each once."""
    known: dict[Url, Corrections] = {}
    found = {}
    with temporary_folder() as folder:
        for one in inputs:
            if which is not None or isinstance(one.source, Path):
                found[one] = corrections_for(Path(one.source), which)
                continue
            for place in one.corrections:
                if place not in known:
                    fetch(place, folder / place.name)
                    known[place] = _read(folder / place.name, place)
            found[one] = tuple(known[place] for place in one.corrections)
    return found


def _read(copy: Path, place: Url) -> Corrections:
    try:
        return read_corrections(copy)
    except UsageError as error:
        raise UsageError(error.what.replace(str(copy), str(place)), error.cause, error.hint) from error


def _place(one: FarInput) -> str | None:
    """Where the source is, from the folder on; its address where they are not in one store."""
    source, folder = one.source, one.folder
    if isinstance(source, Path) and isinstance(folder, Path):
        return None  # both can be asked there
    if isinstance(source, Url) and isinstance(folder, Url) and source.parts[:2] == folder.parts[:2]:
        return posixpath.relpath("/".join(source.parts), "/".join(folder.parts))
    return str(source)


@contextmanager
def _executor(wishes: Wishes, most: int) -> Iterator[tuple[Executor, int]]:
    """Who does the tasks, and how many at once: a cluster, or threads of this process, each with a steward."""
    if wishes.cluster:
        from actionplan.batch.cluster import connected

        with connected(wishes.cluster) as both:
            yield both
        return
    at_once = min(wishes.jobs or cores(), most)
    threads = ThreadPoolExecutor(at_once)
    try:
        yield threads, at_once
    finally:
        STEWARDS.give_up()  # where the run was stopped: whatever is at hand must not be waited for
        threads.shutdown(cancel_futures=True)
        STEWARDS.end()
