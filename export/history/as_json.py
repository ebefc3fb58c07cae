"""A History as JSON: UTF-8, two-space indent, keys in the order below, a final newline.

schema_version  "1.0"
versions[]      number (from 1), file, sha256, title, version|null, published|null,
                counts {actions, complete, in_progress, off_track, not_started, unknown},
                since {added, removed, moved, completed, reopened, slipped, brought_forward, reassigned, slip_days,
                uncertain}                       since the version before; null for the first
actions[]       refs[] (each that it bore), first, gone|null (numbers of versions), slip_days|null, uncertain,
                versions[] {version, id, ref|null, section|null, section_title|null, group|null, action, leads[],
                status, end[] (as in plan.json), last_day|null, slip_days|null, moved_days|null,
                match {by, score, sure}|null, uncertain[], tool[] (names of fields), origins[]}
"""

from __future__ import annotations

import json

from compare.history import Counts, History, Life, Moment
from export.plan_json import to_data

_COUNTS = ("actions", "complete", "in_progress", "off_track", "not_started", "unknown")
_SINCE = (
    *("added", "removed", "moved", "completed", "reopened"),
    *("slipped", "brought_forward", "reassigned", "slip_days", "uncertain"),
)


def render(history: History) -> str:
    """The text of the JSON."""
    data = {
        "schema_version": history.schema_version,
        "versions": [_version(number, counts) for number, counts in enumerate(history.versions, start=1)],
        "actions": [_life(life) for life in history.lives],
    }
    text = json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def _version(number: int, counts: Counts) -> dict[str, object]:
    since = {name: getattr(counts, name) for name in _SINCE}
    return {
        "number": number,
        **to_data(counts.version),
        "counts": {name: getattr(counts, name) for name in _COUNTS},
        "since": since if number > 1 else None,
    }


def _life(life: Life) -> dict[str, object]:
    return {
        "refs": list(life.refs),
        "first": life.first,
        "gone": life.gone,
        "slip_days": life.slip,
        "uncertain": life.uncertain,
        "versions": [_moment(moment) for moment in life.moments],
    }


def _moment(moment: Moment) -> dict[str, object]:
    """The moment's own fields; days under names that say so."""
    renamed = {"slip": "slip_days", "moved": "moved_days"}
    return {renamed.get(name, name): value for name, value in to_data(moment).items()}
