"""A Diff in words: how a row, a change and a doubt are called. What its renderings for people share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from compare.model import Change, Diff, FieldChange, Row, Run
from export.plain_text import plain
from export.value_words import days_words, number_words, places, pounds, sentence
from normalise.model import Date

#: What happened to a row.
KIND_NAMES = {
    "added": "Added",
    "removed": "Removed",
    "moved": "Moved",
    "changed": "Changed",
    "renumbered": "Renumbered",
}

#: What a change of a row means to those who hold a council to its word, in the order of a summary.
OUTCOME_NAMES = {
    "completed": "Completed",
    "reopened": "Reopened",
    "slipped": "Slipped",
    "brought_forward": "Brought forward",
    "reassigned": "Reassigned",
}

#: What the summary counts beside those.
NOTE_NAMES = {"uncertain": "Uncertain", "tool": "Read otherwise by the tool"}

_MATCHED = {"ref-and-text": "ref and text", "text": "text alone", "ref": "ref alone"}

Side = Literal["both", "old", "new"]


def ref_words(change: Change) -> str:
    """The row's ref, or both where it has another one now.

    >>> row = Row("1.1", "1.1", None, None, None, "Visit", (), "unknown")
    >>> ref_words(Change("removed", (), row, None, None, "document", False, ()))
    '1.1'
    """
    refs = [plain(row.ref) if row.ref else "no ref" for row in (change.old, change.new) if row]
    return " → ".join(dict.fromkeys(refs))


def row_of(change: Change) -> Row:
    """The row as it is now; a removed one as it was."""
    row = change.new or change.old
    assert row is not None, "a change is of a row"
    return row


def side_of(change: Change) -> Side:
    """Of which versions a row's values are to be shown: both, or the only one that has it."""
    return "both" if change.old and change.new else "new" if change.new else "old"


def kind_words(change: Change) -> tuple[str, ...]:
    """What happened to the row, the strongest first: its kinds, then what they mean."""
    kinds = dict.fromkeys((change.kind, *change.also))
    return (*(KIND_NAMES[kind] for kind in kinds), *(OUTCOME_NAMES[outcome] for outcome in outcomes(change)))


def outcomes(change: Change) -> tuple[str, ...]:
    """Which of OUTCOME_NAMES the document certainly made of a row that is in both versions."""
    if change.cause != "document" or not (change.old and change.new):
        return ()
    return tuple(
        dict.fromkeys(
            outcome for field in change.fields if not field.uncertain for outcome in (_outcome(field),) if outcome
        )
    )


def _outcome(field: FieldChange) -> str | None:
    if field.field == "status" and field.new == "complete":
        return "completed"
    if field.field == "status" and field.old == "complete":
        return "reopened"
    if field.field == "end" and field.days:
        return "slipped" if field.days > 0 else "brought_forward"
    if field.field == "leads" and (field.came or field.went):
        return "reassigned"
    return None


def with_outcome(diff: Diff, outcome: str) -> tuple[Change, ...]:
    """The rows of which the document certainly made this."""
    return tuple(change for change in diff.changes if outcome in outcomes(change))


def slip(change: Change) -> int:
    """How many days later a row is to end (negative: earlier); 0 where the end date is the same or either is none."""
    return next((field.days for field in change.fields if field.field == "end" and field.days), 0)


def by_cause(diff: Diff, cause: str) -> tuple[Change, ...]:
    """The rows with changes of the document, or of the tool, in the order of the Diff."""
    return tuple(change for change in diff.changes if change.cause == cause)


def match_words(change: Change) -> str:
    """How the two rows were found to be one; "" for a row that is in one version alone.

    >>> from compare.model import Match
    >>> row = Row("1.1", "1.1", None, None, None, "Visit", (), "unknown")
    >>> match_words(Change("changed", (), row, row, Match("text", 0.925), "document", False, ()))
    'matched by text alone, 92 % alike'
    """
    if change.match is None:
        return ""
    words = f"matched by {_MATCHED[change.match.by]}, {int(change.match.score * 100 + 1e-9)} % alike"
    return words if change.match.sure else words + ", not sure"


def doubts(change: Change) -> tuple[str, ...]:
    """Why the change is uncertain, but for what is doubtful of one value alone: that is said there (`field_doubts`)."""
    said = [sentence(doubt) for doubt in change.doubts]
    if change.match and not change.match.sure and not said:
        said.append("Another row could as well be meant.")
    return gathered(said, change.fields)


def field_doubts(field: FieldChange, above: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Why a change of a value is uncertain, but for what has been said `above`; () where it is not."""
    if not field.uncertain:
        return ()
    said = _own_doubts(field)
    return tuple(doubt for doubt in said if doubt not in above) or ("See above.",)


def gathered(sentences: Iterable[str], fields: Iterable[FieldChange]) -> tuple[str, ...]:
    """What is doubtful of the whole, or of more than one of its values."""
    below = Counter(doubt for field in fields if field.uncertain for doubt in _own_doubts(field))
    shared = [doubt for doubt, times in below.items() if times > 1]
    return tuple(doubt for doubt in dict.fromkeys([*sentences, *shared]) if below[doubt] != 1)


def _own_doubts(field: FieldChange) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(sentence, field.doubts))) or ("Its reading is doubtful.",)


def word_lines(runs: Iterable[Run], side: Side) -> tuple[tuple[Run, ...], ...]:
    """The runs of a text's words line by line, of one version or of both at once; a line is never empty.

    Of both at once, a paragraph that ended only in the old text is a `¶` among the words that went.

    >>> runs = (Run("same", ("Seen.\\n", "Six")), Run("old", ("homes\\n",)), Run("new", ("flats",)))
    >>> [[" ".join(run.words) for run in line] for line in word_lines(runs, "both")]
    [['Seen.'], ['Six', 'homes ¶', 'flats']]
    """
    lines: list[list[Run]] = [[]]
    for run in runs:
        if side != "both" and run.op not in ("same", side):
            continue
        words: list[str] = []
        for word in run.words:
            text = plain(word.rstrip("\n"))
            words += [text] if text else []
            if not word.endswith("\n"):
                continue
            if side == "both" and run.op == "old":
                words.append("¶")
                continue
            lines[-1] += [Run(run.op, tuple(words))] if words else []
            lines.append([])
            words = []
        lines[-1] += [Run(run.op, tuple(words))] if words else []
    return tuple(tuple(line) for line in lines if line)


def shared_words(field: FieldChange, side: Side) -> tuple[Run, ...]:
    """The words that stayed, went and came; () where none stayed, or there is one version only: the values say it."""
    return field.words if side == "both" and any(run.op == "same" for run in field.words) else ()


def meaning(field: FieldChange, side: Side = "both") -> tuple[str, ...]:
    """What the change of a value comes to, in words; () where the values say it all, as they do of one version alone.

    >>> meaning(FieldChange("end", (), (), days=91)), meaning(FieldChange("resources", None, None, amount=-500))
    (('slipped by 91 days',), ('down by £500',))
    """
    said: list[str] = []
    if side != "both":
        return ()
    if field.days:
        later, earlier = ("slipped", "brought forward") if field.field == "end" else ("later", "earlier")
        said.append(f"{later if field.days > 0 else earlier} by {days_words(abs(field.days))}")
    if field.field in ("start", "end") and field.days is None and (word := _date_withdrawn_or_given(field)):
        said.append(word)
    if field.precision:
        said.append("more precise" if field.precision == "gained" else "less precise")
    if field.amount:
        said.append(f"{'up' if field.amount > 0 else 'down'} by {pounds(abs(field.amount))}")
    for word, names in (("went", field.went), ("came", field.came)):
        if names and (field.field == "leads" or tells_entries(field)):
            said.append(f"{word}: {'; '.join(plain(name).replace(chr(10), ' ') for name in names)}")
    return tuple(said)


def tells_entries(field: FieldChange) -> bool:
    """Whether it is a list of which some entries stayed, so that those that came and went say more than the whole."""
    if field.field == "leads" or not (field.came or field.went):
        return False
    return bool(field.old) and bool(field.new)


def _date_withdrawn_or_given(field: FieldChange) -> str:
    """Whether there is no date any more (`TBC`, nothing), or one for the first time."""
    had, has = (
        any(isinstance(entry, Date) and entry.latest for entry in value) if isinstance(value, tuple) else False
        for value in (field.old, field.new)
    )
    return "" if had == has else "no date any more" if had else "a date at last"


def change_places(change: Change) -> str:
    """Where the row stands in the old version and in the new one."""
    old = places(change.old.origins) if change.old else ""
    new = places(change.new.origins) if change.new else ""
    return "; ".join(f"{side}: {words}" for side, words in (("old", old), ("new", new)) if words)


def title_words(diff: Diff) -> str:
    """The plan, and which of its versions are compared."""
    title = plain(" ".join((diff.new.title or diff.old.title).split())) or plain(diff.new.file)
    return f"{title}, {number_words(diff.old)} to {number_words(diff.new)}"


def rows_words(diff: Diff) -> str:
    """How many rows each version has."""
    counts = diff.summary
    rows = f"{counts.old_rows:,} row{'s' * (counts.old_rows != 1)} before"
    return f"{rows}, {counts.new_rows:,} now; {counts.unchanged:,} without any change."


def summary_rows(diff: Diff) -> tuple[tuple[str, str, int], ...]:
    """(key, what it is called, how many) of the counts that the summary shows, in its order."""
    names = {**OUTCOME_NAMES, **KIND_NAMES, **NOTE_NAMES}
    return tuple((key, name, getattr(diff.summary, key)) for key, name in names.items())
