"""`actionplan extract`: which plans are to be read, by whom, and how many at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from actionplan.batch.run import How, carry_out
from actionplan.door import corrections_for
from actionplan.inputs import Input, UsageError, inputs_of, is_pattern, refuse_pages_of_many, refuse_unwritable
from actionplan.job import Job, Wishes, extract_one
from actionplan.layout_file import read_layout
from actionplan.place import Place
from actionplan.terminal import complain
from export.formats import FormatError, chosen
from extract.limits import cores
from normalise.pinned import NOTHING_PINNED


def extract_all(paths: Sequence[Place], wishes: Wishes) -> int:
    """Extract every plan that the paths name; 0 all written, 1 one not (or, strict, doubtful), 2 wrong usage."""
    here = [path for path in paths if isinstance(path, Path)]
    if wishes.cluster or len(here) < len(paths) or not isinstance(wishes.out, Path):
        from actionplan.extracting_afar import extract_afar

        return extract_afar(paths, wishes)
    return _extract_here(here, wishes, wishes.out)


def _extract_here(paths: Sequence[Path], wishes: Wishes, out: Path) -> int:
    """The same where everything is on this machine's disks."""
    try:
        wishes = replace(wishes, formats=chosen(wishes.formats))
        refuse_unwritable(out)
        inputs = inputs_of(paths, out)
        refuse_pages_of_many(inputs, wishes.pages)
        pinned = read_layout(wishes.layout) if wishes.layout else NOTHING_PINNED
        by_hand = {one: corrections_for(one.source, wishes.corrections) for one in inputs}
    except (UsageError, FormatError) as error:
        complain(str(error))
        return 2

    at_once = min(wishes.jobs or cores(), len(inputs))
    each = replace(wishes, limits=wishes.limits.shared(at_once))

    def job_of(one: Input, done_before: bool) -> Job:
        return Job(one, replace(each, force=False) if done_before else each, pinned, by_hand[one])

    reported = len(paths) > 1 or paths[0].is_dir() or is_pattern(paths[0])
    how = How(out, at_once, wishes.limits, wishes.quiet, wishes.strict, reported, wishes.resume)
    if len(inputs) > 1:
        from actionplan.batch.loading_ahead import load_ahead

        load_ahead(one.source for one in inputs)
    return carry_out(inputs, job_of, extract_one, how)
