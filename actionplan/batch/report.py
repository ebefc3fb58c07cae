"""`run.json`, which says how a run over several inputs went, and the journal that `--resume` goes on from.

The journal is a line of JSON for each input that is done, in the order in which they ended. It is there only while a
run is under way, or after one that was stopped.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any, BinaryIO

from actionplan.batch.outcome import Outcome
from actionplan.inputs import Named
from export.writing import write_file
from normalise.program import VERSION

REPORT = "run.json"
JOURNAL = ".actionplan-run.jsonl"
SCHEMA_VERSION = "1.0"
STATUSES = ("written", "doubtful", "unchanged", "failed")
SEVERITIES = ("error", "warning", "info")

#: What run.json says of one input: docs/batch.md has the keys.
Record = dict[str, Any]


def record_of(one: Named, out: PurePath, outcome: Outcome, seconds: float) -> Record:
    """What run.json says of an input; `out`: the folder that its own is named from."""
    failure = outcome.failure
    return {
        "path": str(one.source),
        "folder": one.folder.relative_to(out).as_posix(),
        "status": outcome.status,
        "doubtful": outcome.doubtful,
        "seconds": round(seconds, 3),
        "findings": _counted(dict(outcome.findings)) if failure is None else None,
        "source_sha256": outcome.source,
        "plan_sha256": outcome.plan,
        "error": {"what": failure.what, "cause": failure.cause, "hint": failure.hint} if failure else None,
    }


def report_text(records: Iterable[Record], seconds: float) -> Iterator[str]:
    """run.json, piece by piece; `records` in the order of the inputs, `seconds` of the whole run."""
    tool = {"name": "actionplan", "version": VERSION}
    statuses: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    yield f'{{\n  "schema_version": "{SCHEMA_VERSION}",\n  "tool": {_json(tool)},\n'
    yield '  "inputs": ['
    between = "\n    "
    for record in records:
        statuses[record["status"]] += 1
        findings.update(record["findings"] or {})
        yield between + _json(record)
        between = ",\n    "
    counted = {status: statuses[status] for status in STATUSES}
    totals = {"inputs": statuses.total(), **counted, "seconds": round(seconds, 3), "findings": _counted(findings)}
    yield f'\n  ],\n  "totals": {_json(totals)}\n}}\n'


def write_report(out: PurePath, text: Iterable[str]) -> None:
    """Write run.json, whole or not at all. Raises export.writing.WriteError."""
    content = "".join(text).encode("utf-8", "backslashreplace")
    if isinstance(out, Path):
        write_file(out / REPORT, content)
        return
    from actionplan.place import Url
    from actionplan.storage import put

    put(Url(out) / REPORT, content)


class Journal:
    """The journal of one run. What can't be written to it, on a full disk say, is left out: a run goes on without."""

    def __init__(self, out: Path, resume: bool) -> None:
        self._path = out / JOURNAL
        self.before = _read(self._path) if resume else {}
        self._file: BinaryIO | None = None
        with contextlib.suppress(OSError):
            out.mkdir(parents=True, exist_ok=True)
            if not resume:
                self._path.unlink(missing_ok=True)
            self._file = self._path.open("ab")

    def note(self, record: Record) -> None:
        """One more input is done."""
        if self._file:
            try:
                self._file.write(b"\n" + json.dumps(record).encode())  # a line that was cut off ends here
                self._file.flush()
            except OSError:
                self.close()

    def done_before(self, one: Named, outcome: Outcome) -> Record | None:
        """What the stopped run noted of an input that it wrote and that has been found unchanged since."""
        record = self.before.get(str(one.source))
        same = record and (record["source_sha256"], record["plan_sha256"]) == (outcome.source, outcome.plan)
        return record if same and outcome.status == "unchanged" else None

    def close(self) -> None:
        """Leave it for a later run to go on from."""
        with contextlib.suppress(OSError):
            if self._file:
                self._file.close()
        self._file = None

    def remove(self) -> None:
        """The run is over: nobody has to go on from here. Another run's journal in its place is left alone."""
        with contextlib.suppress(OSError):
            if self._file and os.fstat(self._file.fileno()).st_ino == self._path.stat().st_ino:
                self._path.unlink()
        self.close()


def _read(path: Path) -> dict[str, Record]:
    """The last record of each input that was written; lines that are cut off or strange are passed over."""
    found: dict[str, Record] = {}
    with contextlib.suppress(OSError), path.open("rb") as lines:
        for line in lines:
            with contextlib.suppress(ValueError, KeyError, TypeError, RecursionError):
                record = json.loads(line)
                if set(record) == _KEYS and record["status"] in ("written", "doubtful", "unchanged"):
                    found[record["path"]] = record
                else:
                    found.pop(record["path"], None)
    return found


_KEYS = frozenset("path folder status doubtful seconds findings source_sha256 plan_sha256 error".split())


def _counted(findings: Mapping[str, int]) -> dict[str, int]:
    return {severity: findings.get(severity, 0) for severity in SEVERITIES}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
