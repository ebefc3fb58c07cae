"""One input extracted: the job, and doing it: read where that is needed, its folder written whole or not at all."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from actionplan.batch.limits import MB, USUAL, Limits
from actionplan.batch.outcome import Failure, Outcome, Status
from actionplan.defects import defect, read_error
from actionplan.door import Pages, Watch, configuration, load, read, settings_of
from actionplan.inputs import Input
from actionplan.place import Place
from actionplan.unchanged import NOTE, Note, basis_of, digests_of, note_of, note_text, place_of, source_digest
from export.formats import DEFAULT, KNOWN, files_of, names_of
from export.proof.proving import problems
from export.writing import bytes_of, write_folder
from extract.model import PagesError, ReadError
from normalise.corrections.decided import Corrections
from normalise.model import Plan
from normalise.pinned import PinnedColumns


class Wishes(Struct, frozen=True):
    """What the user asked for."""

    out: Place
    strict: bool = False
    exact_csv: bool = False
    quiet: bool = False
    layout: Path | None = None
    pages: Pages | None = None
    formats: tuple[str, ...] = DEFAULT
    force: bool = False
    jobs: int | None = None
    resume: bool = False
    limits: Limits = USUAL
    corrections: Path | Literal[False] | None = None
    cluster: str | None = None


class Job(Struct, frozen=True):
    """One input, and all that its result depends on beside what it holds.

    `place`: where its source is, from its folder on, where both are elsewhere and the job is done on copies.
    """

    input: Input
    wishes: Wishes
    pinned: PinnedColumns
    corrections: tuple[Corrections, ...] = ()
    place: str | None = None


def doubtful(plan: Plan) -> bool:
    """Whether a warning or error says that the reading may be wrong."""
    return any(f.about == "reading" and f.severity in ("warning", "error") for f in plan.findings)


def summary(plan: Plan, one: Input) -> list[str]:
    """What a person should know of a plan at once: how much was read, repaired and found, and where it is."""
    repairs = Counter(repair.rule for action in plan.actions for _, cell in action.cells for repair in cell.repairs)
    severities: Counter[str] = Counter(finding.severity for finding in plan.findings)
    parts = [
        _many(len(plan.actions), "action"),
        _many(len(plan.sections), "section"),
        _many(len(plan.people), "person", "people"),
        f"{sum(action.needs_review for action in plan.actions)} to review",
    ]
    return [
        f"{one.source}: {', '.join(parts)}",
        f"  repairs: {_counts(repairs, sorted(repairs))}",
        f"  findings: {_counts(severities, ('error', 'warning', 'info'))}",
        f"  written: {one.folder}{os.sep}",
    ]


def extract_one(job: Job, watch: Watch | None = None) -> Outcome:
    """Read and write one plan, telling `watch` how far it is. It says nothing and raises nothing but MemoryError.

    The same job gives the same files and the same outcome in whatever process, or on whatever machine, it is done.
    """
    one = job.input
    source = source_digest(one.source)
    try:
        return _extract(job, source, watch)
    except PagesError as error:
        failure = Failure.of(error, wrong_usage=True)
    except Exception as error:  # one plan must not keep the others from being written
        failure = Failure.of(read_error(f"Cannot extract {str(one.source)!r}", error))
        if str(one.source) not in str(failure):
            failure = replace(failure, what=f"{one.source}: {failure.what}")
    return Outcome("failed", source=source, failure=failure)


def _extract(job: Job, source: str | None, watch: Watch | None) -> Outcome:
    one, wishes = job.input, job.wishes
    basis = basis_of(configuration(settings_of(job.pinned, wishes.pages, job.corrections)))
    same = None if wishes.force else _same_reading(one, basis, source)
    if same and same.exact_csv == wishes.exact_csv and same.holds(one.folder, names_of(wishes.formats)):
        return _outcome("unchanged", same, [f"{one.source}: unchanged, so not extracted again (--force does)"])
    kept = same and same.holds(one.folder, ["plan.json"])
    how = (job.pinned, wishes.pages, watch, job.corrections)
    plan = load(one.folder) if kept else read(one.source, *how, limits=wishes.limits.reading)
    if contradictions := problems(plan):
        cause = f"its plan.json fails {_many(len(contradictions), 'check')}, so it is not written; the first: "
        raise defect(f"Cannot vouch for {str(one.source)!r}", cause + contradictions[0])
    note, left = _write(job, plan, basis, same)
    return _outcome("doubtful" if note.doubtful else "written", note, [*summary(plan, one), *left])


def _outcome(status: Status, note: Note, told: Sequence[str]) -> Outcome:
    return Outcome(status, note.doubtful, note.findings, note.source, dict(note.files).get("plan.json"), tuple(told))


def _same_reading(one: Input, basis: str, source: str | None) -> Note | None:
    """The note of an earlier run that would have read the plan as this one would; None where there is none."""
    note = note_of(one.folder)
    return note if note and note.basis == basis and note.source == source else None


def _write(job: Job, plan: Plan, basis: str, same: Note | None) -> tuple[Note, list[str]]:
    """Write the files and the note of what they were made from; the note, and what to say of older files there."""
    one, wishes = job.input, job.wishes
    files = files_of(plan, wishes.formats, wishes.exact_csv)
    _refuse_large(one, sum(map(len, files.values())), wishes.limits.output)
    older = [name for name in names_of(KNOWN) if name not in files and (one.folder / name).exists()]
    kept = [name for name in older if same and same.exact_csv == wishes.exact_csv and same.holds(one.folder, [name])]
    noted = (*digests_of(files), *((name, digest) for name, digest in (same.files if same else ()) if name in kept))
    severities = tuple(sorted(Counter(finding.severity for finding in plan.findings).items()))
    place = place_of(one.source, one.folder) if job.place is None else job.place
    note = Note(plan.source.sha256, basis, wishes.exact_csv, doubtful(plan), severities, noted, place)
    write_folder(one.folder, {**files, NOTE: bytes_of(note_text(note))})
    stale = [name for name in older if name not in kept]
    left = [f"  not written again: {', '.join(stale)} (of an earlier run; --formats names what is)"] if stale else []
    return note, left


def _refuse_large(one: Input, size: int, most: int) -> None:
    if size > most:
        cause = f"its files would have {size:,} bytes, and the limit is {most:,}"
        hint = f"Allow more with --max-output {-(-size // MB)}, or name fewer --formats"
        raise ReadError(f"Cannot write {str(one.source)!r}", cause, hint)


def _many(number: int, one: str, more: str | None = None) -> str:
    return f"{number} {one if number == 1 else more or one + 's'}"


def _counts(counts: Mapping[str, int], order: Iterable[str]) -> str:
    return ", ".join(f"{name} {counts[name]}" for name in order if counts[name]) or "none"
