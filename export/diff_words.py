"""A Diff in words: how a row, a value, a change and a doubt are called. What its renderings for people share.

Everything here is text as printed, with nothing hidden in it (`plain`); each rendering escapes it for its own format.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from compare.model import (
    Change,
    ColumnChange,
    Diff,
    FieldChange,
    PersonChange,
    PlanChange,
    Row,
    Run,
    SectionChange,
    Value,
    Version,
)
from export.plain_text import plain
from export.tables import place
from normalise.model import Date, Lead, Origins, Person, Resources

#: What the fields of rows, sections and plans are called.
FIELD_NAMES = {
    "ref": "Ref",
    "section": "Section",
    "group": "Group",
    "action": "Action",
    "measure": "Measure",
    "impact": "Impact",
    "progress": "Progress",
    "start": "Start date",
    "end": "End date",
    "lead": "Lead",
    "leads": "Lead",
    "resources": "Resources",
    "status": "Status",
    "rag": "RAG",
    "status_text": "Status as printed",
    "number": "Number",
    "title": "Title",
    "outcomes": "Outcomes",
    "groups": "Groups",
    "organisation": "Organisation",
    "version": "Version",
    "published": "Published",
    "intro": "Introduction",
}
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


@dataclass(frozen=True, slots=True)
class Part:
    """A change that is not a row's: of a person, a header, a section or the plan. `kind`: added, removed or changed.

    `name` says what it is; `fields` what differs, () where `old` and `new` (lines of text) say it all.
    """

    kind: str
    name: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    fields: tuple[FieldChange, ...]
    cause: str
    doubts: tuple[str, ...]
    uncertain: bool

    @property
    def side(self) -> Side:
        """Of which versions its values are to be shown."""
        return "new" if self.kind == "added" else "old" if self.kind == "removed" else "both"

    @property
    def is_its_field(self) -> bool:
        """Whether its one field says what it is, so that a heading for it would say that twice."""
        return [field_name(field.field) for field in self.fields] == [self.name]


def field_name(field: str) -> str:
    """What a field is called; an extra column by its printed header.

    >>> field_name("end"), field_name("extra.Cost code"), field_name("note")
    ('End date', 'Cost code', 'Note')
    """
    if field.startswith("extra."):
        return plain(field.removeprefix("extra."))
    return FIELD_NAMES.get(field) or plain(field).replace("_", " ").capitalize()


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
    """Why the change as a whole is uncertain; what is doubtful of one value is said there, and only there."""
    said = [_sentence(doubt) for doubt in change.doubts]
    if change.match and not change.match.sure and not said:
        said.append("Another row could as well be meant.")
    return _not_below(said, change.fields)


def _not_below(sentences: Iterable[str], fields: Iterable[FieldChange]) -> tuple[str, ...]:
    below = {doubt for field in fields for doubt in field_doubts(field)}
    return tuple(sentence for sentence in dict.fromkeys(sentences) if sentence not in below)


def field_doubts(field: FieldChange) -> tuple[str, ...]:
    """Why a change of a value is uncertain; () where it is not."""
    if not field.uncertain:
        return ()
    return tuple(dict.fromkeys(map(_sentence, field.doubts))) or ("Its reading is doubtful.",)


def _sentence(text: str) -> str:
    text = plain(" ".join(text.split()))
    return text if text.endswith((".", "?", "!")) else text + "."


def value_lines(value: Value, field: str = "") -> tuple[str, ...]:
    """A value as lines of text; () where there is none.

    >>> value_lines((Date("Jul 17", "date", "2017-07", "2017-07-01", "2017-07-31", "phase 1"),))
    ('phase 1: Jul 17 (2017-07)',)
    >>> value_lines("in_progress", "status"), value_lines("")
    (('in progress',), ())
    """
    match value:
        case None | "":
            return ()
        case str():
            text = value.replace("_", " ") if field in ("status", "rag") else value
            return tuple(plain(line.replace("\t", " ")) for line in text.split("\n"))
        case Resources():
            return (_resources(value),) if value.text or value.amount is not None else ()
    return tuple(_entry(entry) for entry in value)


def _entry(entry: Date | Lead | str) -> str:
    if isinstance(entry, Date):
        return _date(entry)
    return plain((entry.text if isinstance(entry, Lead) else entry).replace("\n", " "))


def _date(date: Date) -> str:
    words = plain((date.text or date.kind).replace("\n", " "))
    if date.label:
        words = f"{plain(date.label)}: {words}"
    if date.edtf and date.edtf != date.text:
        words += f" ({date.edtf})"
    return words + " (superseded)" if date.superseded else words


def _resources(value: Resources) -> str:
    text = plain(value.text.replace("\n", " "))
    if value.amount is None:
        return text
    said = pounds(value.amount)
    return text if said == text else f"{text} ({said})".strip()


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


def pounds(amount: int | float) -> str:
    """An amount of money.

    >>> pounds(46000), pounds(12.5), pounds(-300)
    ('£46,000', '£12.50', '−£300')
    """
    sign = "−" if amount < 0 else ""
    number = f"{abs(amount):,.2f}"
    return f"{sign}£{number.removesuffix('.00')}"


def days_words(days: int) -> str:
    """A number of days.

    >>> days_words(1), days_words(1204)
    ('1 day', '1,204 days')
    """
    return f"{days:,} day{'s' * (abs(days) != 1)}"


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


def places(origins: Origins, boxes: bool = False) -> str:
    """Where something stands, in words; with `boxes`, where on the page too (x0, top, x1, bottom in points).

    >>> from extract.model import PageBox
    >>> places((PageBox(3, (36.0, 90.0, 144.5, 102.1)),), boxes=True)
    'page 3 (36, 90, 144.5, 102.1)'
    """
    said = []
    for origin in origins:
        box = getattr(origin, "box", None) if boxes else None
        said.append(place(origin) + (f" ({', '.join(f'{edge:g}' for edge in box)})" if box else ""))
    return plain("; ".join(dict.fromkeys(said)))


def change_places(change: Change) -> str:
    """Where the row stands in the old version and in the new one."""
    old = places(change.old.origins) if change.old else ""
    new = places(change.new.origins) if change.new else ""
    return "; ".join(f"{side}: {words}" for side, words in (("old", old), ("new", new)) if words)


def section_words(section: str | None, title: str | None) -> str:
    """A section: its number or id, and its title; "" for none.

    >>> section_words("1", "Practice"), section_words(None, None)
    ('1 Practice', '')
    """
    return plain(" ".join(" ".join(part for part in (section, title) if part).split()))


def short(text: str, limit: int) -> str:
    """A text on one line, cut where it would drown the rest.

    >>> short("Visit every\\nhome", 99), short("Visit every home", 14), short("Lifts", 4)
    ('Visit every home', 'Visit every …', 'Li …')
    """
    words = plain(" ".join(text.split()))
    if len(words) <= limit:
        return words
    cut = words[: limit - 1].rpartition(" ")[0] or words[: limit - 2]
    return cut.rstrip() + " …"


def version_words(version: Version) -> str:
    """One of the plans, with its version and its date where it says them."""
    parts = [plain(version.title).replace("\n", " ") or "(no title)"]
    if version.version:
        parts.append(number_words(version))
    if version.published:
        parts.append(f"published {plain(version.published)}")
    return ", ".join(parts)


def number_words(version: Version) -> str:
    """Which version it is; the name of its file where it does not say.

    >>> number_words(Version("a.pdf", "", "Plan", "3")), number_words(Version("a.pdf", "", "Plan", "v3"))
    ('version 3', 'v3')
    """
    if not version.version:
        return plain(version.file)
    number = plain(version.version)
    return f"version {number}" if number[:1].isdigit() else number


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


def parts(diff: Diff) -> dict[str, tuple[Part, ...]]:
    """What changed beside the rows, under a heading each; headings with nothing under them are left out."""
    found = {
        "People": tuple(map(_person_part, diff.people)),
        "Column headers": tuple(map(_column_part, diff.columns)),
        "Sections": tuple(map(_section_part, diff.sections)),
        "The plan as a whole": tuple(map(_plan_part, diff.plan)),
    }
    return {heading: entries for heading, entries in found.items() if entries}


def only(found: dict[str, tuple[Part, ...]], cause: str) -> dict[str, tuple[Part, ...]]:
    """Those of the parts that have this cause."""
    kept = {heading: tuple(part for part in entries if part.cause == cause) for heading, entries in found.items()}
    return {heading: entries for heading, entries in kept.items() if entries}


def _part_doubts(uncertain: bool, said: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_sentence, said))) or ("Its reading is doubtful.",) if uncertain else ()


def _person_part(change: PersonChange) -> Part:
    person = change.new or change.old
    name = plain(person.name) if person else ""
    old, new = _person_lines(change.old), _person_lines(change.new)
    said = _part_doubts(change.uncertain, change.doubts)
    return Part(change.kind, name, old, new, (), change.cause, said, change.uncertain)


def _person_lines(person: Person | None) -> tuple[str, ...]:
    if person is None:
        return ()
    words = plain(person.name) + (f", {plain(person.role)}" if person.role else "")
    return (words + (f" ({', '.join(map(plain, person.initials))})" if person.initials else ""),)


def _column_part(change: ColumnChange) -> Part:
    kind = "added" if change.old is None else "removed" if change.new is None else "changed"
    name = field_name(change.field) if change.field else "Column"
    said = _part_doubts(change.uncertain, change.doubts)
    return Part(kind, name, value_lines(change.old), value_lines(change.new), (), change.cause, said, change.uncertain)


def _section_part(change: SectionChange) -> Part:
    ids = dict.fromkeys(plain(one) for one in (change.old, change.new) if one)
    said = _not_below(_part_doubts(change.uncertain, change.doubts), change.fields)
    name = f"Section {' → '.join(ids)}"
    return Part(change.kind, name, (), (), change.fields, change.cause, said, change.uncertain)


def _plan_part(change: PlanChange) -> Part:
    name, uncertain = field_name(change.change.field), change.change.uncertain
    return Part(change.kind, name, (), (), (change.change,), change.cause, (), uncertain)
