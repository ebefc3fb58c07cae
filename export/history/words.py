"""A History in words: what its renderings for people share."""

from __future__ import annotations

from collections.abc import Sequence

from compare.history import Counts, Life, Moment
from export.plain_text import plain
from export.value_words import field_name, number_words, short, value_lines

#: The counts of a version by status, in the order in which work is done.
STATUS_NAMES = {
    "complete": "Complete",
    "in_progress": "In progress",
    "off_track": "Off track",
    "not_started": "Not started",
    "unknown": "Unknown",
}
#: What the document did since the version before.
STEP_NAMES = {
    "completed": "Completed",
    "reopened": "Reopened",
    "slipped": "Slipped",
    "brought_forward": "Brought forward",
    "slip_days": "Days moved",
    "reassigned": "Reassigned",
    "added": "Added",
    "removed": "Removed",
    "moved": "Moved",
    "uncertain": "Uncertain",
}
#: What can be said of a life as a whole, in the order in which it is said.
FATE_NAMES = {
    "completed": "Completed",
    "slipped": "Slipped",
    "brought_forward": "Brought forward",
    "reassigned": "Reassigned",
    "added": "Added later",
    "removed": "Gone",
    "uncertain": "Uncertain",
}


def refs_words(life: Life) -> str:
    """The refs that an action bore, in order."""
    return " → ".join(map(plain, life.refs)) or "no ref"


def fates(life: Life) -> tuple[str, ...]:
    """Which of FATE_NAMES are true of an action: completed and slipped as it stands at its end."""
    last = life.moments[-1]
    slip = life.slip or 0
    true = {
        "completed": last.status == "complete" and life.moments[0].status != "complete",
        "slipped": slip > 0,
        "brought_forward": slip < 0,
        "reassigned": any(_leads_changed(*two) for two in zip(life.moments, life.moments[1:], strict=False)),
        "added": life.first > 1,
        "removed": life.gone is not None,
        "uncertain": life.uncertain,
    }
    return tuple(fate for fate, holds in true.items() if holds)


def _leads_changed(before: Moment, after: Moment) -> bool:
    return before.leads != after.leads and "leads" not in after.tool


def days_signed(days: int | None) -> str:
    """Days later (+) or earlier (−); "" for none.

    >>> days_signed(91), days_signed(-3), days_signed(0)
    ('+91', '−3', '')
    """
    return f"{'+' if days > 0 else '−'}{abs(days):,}" if days else ""


def end_words(moment: Moment) -> str:
    """The end dates that an action had in a version, as printed and as meant."""
    return "; ".join(value_lines(moment.end))


def leads_words(moment: Moment) -> str:
    """Who was to do it."""
    return "; ".join(plain(" ".join(name.split())) for name in moment.leads)


def status_words(moment: Moment) -> str:
    """How far it was."""
    return moment.status.replace("_", " ")


def remarks(moment: Moment) -> tuple[str, ...]:
    """What a reader must know of a moment: what is doubtful about it, and what only the tool reads otherwise."""
    notes = []
    if moment.match and not moment.match.sure:
        notes.append("Not sure to be the same action: another row could as well be meant.")
    if moment.uncertain:
        notes.append(f"Uncertain: {_fields(moment.uncertain)}.")
    if moment.tool:
        notes.append(f"Read otherwise by the tool, though printed alike: {_fields(moment.tool)}.")
    return tuple(notes)


def _fields(names: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(field_name(name).lower() for name in names))


def version_name(number: int, counts: Counts) -> str:
    """A version as it calls itself, shortly; its number in the history where it does not say."""
    return short(number_words(counts.version), 40) if counts.version.version else f"no. {number}"


def title_of(versions: Sequence[Counts]) -> str:
    """What the plan is called, as its last version has it."""
    last = versions[-1].version
    return plain(" ".join(last.title.split())) or plain(last.file)
