"""Two versions of a plan compared: what the document changed, what is uncertain, and what only the tool reads anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from compare.doubts import reading_of
from compare.matching import matched, pairs_of
from compare.model import Change, Diff, FieldChange, Summary, Version
from compare.parts import layout_of, section_changes, section_pairs
from compare.regrouped import regrouped
from compare.rows import Versions, row_changes
from compare.surroundings import column_changes, people_changes, plan_changes
from normalise.model import Plan


def compare(old: Plan, new: Plan) -> Diff:
    """What changed from the old version to the new one. Never raises, whatever the plans hold.

    Rows are matched by what they are (see `compare.matching`). What is printed decides: the same print read otherwise
    is the tool's doing and listed apart. What rests on a doubtful reading is `uncertain`.
    """
    matches = matched(old, new)
    layout = layout_of(old, new, list(matches))
    readings = reading_of(old), reading_of(new)
    again = regrouped(matches.keys(), old.actions, new.actions)
    changes = row_changes(matches, Versions(*readings, layout, again))
    people, columns = people_changes(*readings), column_changes(*readings, layout.sections)
    sections, around = section_changes(*readings, layout), plan_changes(*readings)
    doubtful = [change.uncertain for part in (changes, people, columns, sections) for change in part]
    doubtful += [change.change.uncertain for change in around]
    causes = Counter(change.cause for part in (changes, people, columns, sections, around) for change in part)
    counts = {
        name: sum(change.cause == "document" for change in part)
        for name, part in (("people", people), ("columns", columns), ("sections", sections), ("plan", around))
    }
    summary = Summary(
        old_rows=len(old.actions),
        new_rows=len(new.actions),
        unchanged=len(matches) - len({change.new.id for change in changes if change.new and change.match}),
        **_row_counts(changes),
        **counts,
        uncertain=sum(doubtful),
        tool=causes["tool"],
    )
    pairs = pairs_of(old, new, matches)
    sides = version_of(old), version_of(new)
    return Diff(*sides, summary, changes, people, columns, sections, around, pairs, section_pairs(new, layout))


def version_of(plan: Plan) -> Version:
    """Which file a plan is of, and what it says of itself."""
    head = plan.plan
    return Version(plan.source.file, plan.source.sha256, head.title, head.version, head.published)


def _row_counts(changes: Sequence[Change]) -> dict[str, int]:
    """How many rows of each kind, and how many were completed, slipped … where that is certain."""
    ours = [change for change in changes if change.cause == "document"]
    kinds = Counter(change.kind for change in ours)
    counts = {kind: kinds[kind] for kind in ("added", "removed", "moved", "changed", "renumbered")}
    certain = [
        {field.field: field for field in change.fields if not field.uncertain} for change in ours if change.match
    ]
    return counts | {
        "completed": sum(_status(fields)[1] == "complete" for fields in certain),
        "reopened": sum(_status(fields)[0] == "complete" for fields in certain),
        "slipped": sum(_days(fields) > 0 for fields in certain),
        "brought_forward": sum(_days(fields) < 0 for fields in certain),
        "reassigned": sum(
            bool(fields["leads"].came or fields["leads"].went) for fields in certain if "leads" in fields
        ),
    }


def _status(fields: dict[str, FieldChange]) -> tuple[object, object]:
    change = fields.get("status")
    return (change.old, change.new) if change else (None, None)


def _days(fields: dict[str, FieldChange]) -> int:
    change = fields.get("end")
    return (change.days or 0) if change else 0
