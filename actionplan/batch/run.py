"""One run: every input in a worker of its own, each told of in the order of the inputs, and all reported at the end."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import Any, TypeVar

from msgspec import Struct

from actionplan.batch.deaths import error_of
from actionplan.batch.limits import Limits
from actionplan.batch.outcome import Failure, Outcome
from actionplan.batch.pool import Ended, each_in_a_worker
from actionplan.batch.progress import Bar, progress
from actionplan.batch.report import REPORT, STATUSES, Journal, Record, record_of, report_text, write_report
from actionplan.batch.stopping import Stop, Stopped, stoppable
from actionplan.inputs import Named
from actionplan.terminal import complain, say
from export.passing_folders import clear_leftovers
from export.writing import WriteError

Job = TypeVar("Job")
Input = TypeVar("Input", bound=Named)


class How(Struct, frozen=True):
    """How a run goes: `at_once` so many workers; `reported`: it writes run.json, and can be gone on with."""

    out: PurePath
    at_once: int
    limits: Limits
    quiet: bool = False
    strict: bool = False
    reported: bool = False
    resume: bool = False


#: Does jobs, so many at once, tells a bar of them, looks whether to stop, and gives each one's end as it comes.
Each = Callable[[Iterable[Any], Callable[..., Any], How, Bar, Stop], Iterator[Ended[Outcome]]]


def each_here(
    jobs: Iterable[Job], do: Callable[[Job, Any], Outcome], how: How, bar: Bar, stop: Stop
) -> Iterator[Ended[Outcome]]:
    """Each job in a worker of this machine."""
    return each_in_a_worker(jobs, do, how.at_once, how.limits, bar, stop)


def carry_out(
    inputs: Sequence[Input],
    job_of: Callable[[Input, bool], Job],
    do: Callable[..., Any],
    how: How,
    each: Each = each_here,
) -> int:
    """Do the job of every input, tell of it, report it; the exit code.

    `job_of(input, done)`: what to do for an input; `done`: the stopped run that this one goes on with had written it.
    Whatever stops this leaves no worker, and every folder as it was or as it should be. A run whose folder is elsewhere
    has no journal: what it has written is found unchanged by the next one.
    """
    parents = {one.folder.parent for one in inputs}
    _clear(parents)
    journal = Journal(how.out, how.resume) if how.reported and isinstance(how.out, Path) else None
    run = _Run(inputs, how, journal)
    done_before = journal.before if journal else {}
    jobs = (job_of(one, str(one.source) in done_before) for one in inputs)
    try:
        with stoppable() as stop, progress([str(one.source) for one in inputs], how.quiet) as bar:
            ends = each(jobs, do, how, bar, stop)
            with contextlib.closing(ends):  # type: ignore[type-var]
                for end in ends:
                    bar.ended(end.number, run.end(end))
    except (KeyboardInterrupt, Stopped) as stopped:
        _clear(parents)
        return run.stopped(128 + (stopped.number if isinstance(stopped, Stopped) else signal.SIGINT))
    except WriteError as error:
        complain(str(error))
        return 2
    return run.over()


class _Run:
    """What has come of a run so far."""

    def __init__(self, inputs: Sequence[Named], how: How, journal: Journal | None) -> None:
        self._inputs, self._how, self._journal = inputs, how, journal
        self._begun = time.monotonic()
        self._records: dict[int, Record] = {}
        self._held: dict[int, Outcome] = {}
        self._told = 0
        self._code = 0

    def end(self, end: Ended[Outcome]) -> Outcome:
        """One input is done: note it, and tell of it when all before it are told of."""
        one = self._inputs[end.number]
        outcome = end.value
        if outcome is None:
            assert end.death is not None
            error = error_of(end.death, f"Cannot extract {str(one.source)!r}", self._how.limits, jobs=True)
            outcome = Outcome("failed", failure=Failure.of(error))
            _clear([one.folder.parent])
        self._code = max(self._code, _code(outcome, self._how.strict))
        record = record_of(one, self._how.out, outcome, end.seconds)
        before = self._journal.done_before(one, outcome) if self._journal else None
        self._records[end.number] = before or record
        if self._journal and not before:
            self._journal.note(record)
        self._held[end.number] = outcome if before is None else Outcome(outcome.status)  # told of in its time
        while self._told in self._held:
            self._tell(self._told)
            self._told += 1
        return outcome

    def stopped(self, code: int) -> int:
        """Somebody wants no more: tell of what is done, and how to go on."""
        for number in sorted(self._held):
            self._tell(number)
        if self._journal:
            self._journal.close()
            done = f"{len(self._records):,} of {len(self._inputs):,} plans are done, {self._counted()}"
            complain(f"Interrupted: {done}. What is written is whole; the same command with --resume goes on")
        elif self._how.reported:
            done = f"{len(self._records):,} of {len(self._inputs):,} plans are done, {self._counted()}"
            complain(f"Interrupted: {done}. The same command leaves alone what is written")
        else:
            complain("Interrupted: the plans written so far are whole")
        return code

    def over(self) -> int:
        """Everything is done: report it."""
        if self._how.reported:
            records = (self._records[number] for number in sorted(self._records))
            try:
                write_report(self._how.out, report_text(records, time.monotonic() - self._begun))
            except WriteError as error:
                complain(str(error))
                self._code = max(self._code, 1)
            else:
                if self._journal:
                    self._journal.remove()
                plans = f"{len(self._inputs):,} plan{'s' * (len(self._inputs) != 1)}"
                if not self._how.quiet:
                    say(f"{plans}: {self._counted()} ({self._how.out / REPORT})")
        return self._code

    def _tell(self, number: int) -> None:
        tell(self._held.pop(number), self._how.quiet)

    def _counted(self) -> str:
        statuses = [record["status"] for record in self._records.values()]
        parts = [f"{statuses.count(status):,} {status}" for status in STATUSES if status in statuses]
        return ", ".join(parts) or "none of them written"


def _clear(parents: Iterable[PurePath]) -> None:
    for parent in parents:
        if isinstance(parent, Path):
            clear_leftovers(parent)


def tell(outcome: Outcome, quiet: bool) -> None:
    """Say on stderr how it went with one input."""
    if outcome.failure:
        complain(str(outcome.failure))
    for line in outcome.failure.notes if outcome.failure else () if quiet else outcome.told:
        say(line)


def _code(outcome: Outcome, strict: bool) -> int:
    if outcome.failure and outcome.failure.wrong_usage:
        return 2
    return 0 if outcome.well(strict) else 1
