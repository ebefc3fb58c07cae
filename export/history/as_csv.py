"""A History as CSV: one row for each action in each version, as `export.tables` writes its files.

`action_number` is the same for all rows of one action, whatever its ref; `slip_days` counts from the first end date.
"""

from __future__ import annotations

import csv
import io

from compare.history import Counts, History, Moment
from export.tables import joined, neutral

COLUMNS = (
    *("action_number", "version_number", "version", "published", "file"),
    *("id", "ref", "section", "section_title", "group", "action", "lead_names", "status"),
    *("end_text", "end_edtf", "last_day", "moved_days", "slip_days"),
    *("matched_by", "match_score", "match_sure", "uncertain", "tool", "gone_after"),
)


def render(history: History, exact: bool = False) -> str:
    """The text of the CSV; `exact`: with formulas as they are, not neutralised."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, life in enumerate(history.lives, start=1):
        for moment in life.moments:
            gone = life.gone is not None and moment is life.moments[-1]
            row = (str(number), *_row(moment, history.versions[moment.version - 1]), "true" if gone else "false")
            writer.writerow([text if exact or _is_number(text) else neutral(text) for text in row])
    return written.getvalue()


def _row(moment: Moment, counts: Counts) -> tuple[str, ...]:
    version, match = counts.version, moment.match
    return (
        *(str(moment.version), version.version or "", version.published or "", version.file),
        *(moment.id, moment.ref or "", moment.section or "", moment.section_title or "", moment.group or ""),
        *(moment.action, joined(moment.leads), moment.status),
        *(joined(date.text for date in moment.end), joined(date.edtf for date in moment.end)),
        *(moment.last_day or "", _number(moment.moved), _number(moment.slip)),
        *((match.by, f"{match.score:g}", "true" if match.sure else "false") if match else ("", "", "")),
        *(joined(moment.uncertain), joined(moment.tool)),
    )


def _number(days: int | None) -> str:
    return "" if days is None else str(days)


def _is_number(text: str) -> bool:
    """Whether a cell is a whole number, which no spreadsheet runs, even a negative one."""
    return text.removeprefix("-").isdecimal() and text.isascii()
