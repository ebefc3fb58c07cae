"""What many plans need alike is loaded once, before workers are forked: they have it from the start.

Only what is safe to fork: modules without threads. An engine (OCR, arrays) is loaded in the worker that needs it.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from actionplan.batch.pool import START, temporary_folder
from actionplan.door import read
from export.writing import WriteError
from normalise.model import Plan
from normalise.word_list import lay_out

#: The reader of each kind of file, by what its name usually ends in.
READERS = {".pdf": "extract.pdf.pdfium", ".docx": "extract.word", ".xlsx": "extract.workbook"}
#: A plan that brings every step to load what it needs: a wrapped word, dates, a lead, money.
PLAN = """\
Improvement plan
Lead: Ada Lowe (AL), Head of Practice
Ref\tAction\tStart date\tEnd date\tLead\tResources\tProgress
1.1\tAgree the stand ards for every team\tSept 24\t31 Jan 25\tAL\t£9,50 0\tComplete
1.2\tShare what was learnt\tSpring\tend of March\tАL\tTBC\tOn track
"""


def load_ahead(sources: Iterable[Path], run: bool = True) -> None:
    """Load what the workers will need for these sources; nothing where a worker starts from nothing anyway.

    `run`: they may be many, and what they read they also prove and write.
    """
    if START != "fork":
        return
    for suffix in {source.suffix.lower() for source in sources} & set(READERS):
        import_module(READERS[suffix])
    with contextlib.suppress(OSError, WriteError), temporary_folder() as folder:  # without it, it only takes longer
        path = folder / "plan.txt"
        path.write_text(PLAN, "utf-8")
        plan = read(path)
        if run:
            _load_for_run(plan)
    gc.collect()
    gc.freeze()  # what is never looked at is never copied


def _load_for_run(plan: Plan) -> None:
    from actionplan.unchanged import basis_of
    from export.formats import files_of
    from export.proof.proving import problems

    basis_of("")
    problems(plan)
    files_of(plan)
    lay_out()
