"""The values of an action in words for its reviewer: what is printed, what it was read as, and what was done to it.

Everything is text with nothing hidden in it (`plain`); the template escapes it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date as day_of
from functools import cache

from msgspec import Struct

from export.plain_text import plain
from export.proof.replaying import replayed
from export.value_words import pounds
from normalise.model import Action, CellRecord, Date, Lead, Person, Repair, Resources
from normalise.repairs import load_rules

#: How a lead's person was found.
BASIS_WORDS = {
    "initials": "by initials",
    "name": "by name",
    "role": "by role",
    "context": "by initials and the words of the row",
    "correction": "by correction",
    "none": "nobody in the list of people",
}
#: What a date cell says where it is no date.
_KIND_WORDS = {
    "range": "two printed ends",
    "ongoing": "ongoing",
    "tbc": "to be confirmed",
    "immediate": "immediate",
    "complete": "complete",
    "text": "a note, no date",
}
_INFERRED_WORDS = {"year": "year inferred"}
_MONEY_WORDS = {"tbc": "to be confirmed", "none": "none", "text": "words, no amount", "blank": ""}
#: What is recorded beside the rules.
_OTHER_RULES = {
    "automatic-number": "A Word list's number or bullet, which the page shows and the file counts, is put in.",
    "struck-through": "Words that are struck through on the page are left out.",
    "correction": "A reviewer's correction.",
}
#: How much text is shown on either side of a repair, in characters.
_AROUND = 18


class Entry(Struct, frozen=True):
    """One value: its text, line by line, and what it was read as: (what it is, words)."""

    lines: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    doubtful: bool = False


class Mended(Struct, frozen=True):
    """One repair in its surroundings; `says`: what its rule does; `script`: whose letters gave way, if not Latin."""

    rule: str
    says: str
    left: str
    before: str
    after: str
    right: str
    script: str = ""


def entries(action: Action, field: str, people: Mapping[str, Person]) -> tuple[Entry, ...]:
    """What a field of an action says, value by value; () where nothing is printed. `field`: a key of its cells."""
    match field:
        case "start":
            return tuple(map(_date, action.start))
        case "end":
            return tuple(map(_date, action.end))
        case "lead":
            return tuple(_lead(lead, people) for lead in action.leads)
        case "resources":
            return _resources(action.resources)
        case "status":
            return _text(action.status_text)
        case "ref":
            return _text(action.ref)
        case "action" | "measure" | "impact" | "progress":
            return _text(getattr(action, field))
    return _text(dict(action.extra).get(field.removeprefix("extra.")))


def text_of(record: CellRecord) -> str:
    """The text of a cell as repaired; as printed where its repairs do not fit."""
    try:
        return replayed(record).strip()
    except ValueError:
        return record.raw.strip()


def lines_of(text: str) -> tuple[str, ...]:
    """A text line by line."""
    return tuple(plain(line.replace("\t", " ")) for line in re.split(r"\r\n|[\r\n]", text))


def repairs_of(record: CellRecord) -> Iterator[Mended]:
    """Each repair of a cell, in the text as it then stood."""
    text = record.raw
    for repair in record.repairs:
        end = repair.at + len(repair.before)
        left, right = text[max(0, repair.at - _AROUND) : repair.at], text[end : end + _AROUND]
        yield Mended(
            repair.rule,
            rule_words(repair.rule) + _by(repair),
            ("…" if repair.at > _AROUND else "") + shown(left),
            shown(repair.before, spaces=True),
            shown(repair.after, spaces=True),
            shown(right) + ("…" if end + _AROUND < len(text) else ""),
            _script(repair.before),
        )
        text = text[: repair.at] + repair.after + text[end:]


def _by(repair: Repair) -> str:
    """Who made a correction, when and why; "" for what a rule did."""
    who = ", ".join(plain(part) for part in (repair.author, repair.date) if part)
    note = f": {plain(repair.note)}" if repair.note else ""
    return f" By {who}{note}" if who else ""


def _script(text: str) -> str:
    """Whose letters a text has beside Latin ones, which may look the same; "" where it has none."""
    names = (unicodedata.name(letter, "").partition(" ")[0].capitalize() for letter in text if letter.isalpha())
    return " and ".join(sorted({name for name in names if name in ("Cyrillic", "Greek", "Armenian", "Cherokee")}))


def shown(text: str, spaces: bool = False) -> str:
    r"""A piece of text on one line: a line's end as ↵, and white space that was put in or out as ␣.

    >>> shown("£9,50 0\n"), shown(" ", spaces=True)
    ('£9,50 0↵', '␣')
    """
    text = re.sub(r"\r\n|[\r\n]", "↵", text).replace("\t", "⇥")
    return plain(text.replace(" ", "␣") if spaces and not text.strip() else text)


def rule_words(rule: str) -> str:
    """What a rule does, in one sentence; "" for one that is not known."""
    return _says().get(rule, "")


@cache
def _says() -> dict[str, str]:
    return {**{rule.name: rule.says.replace("`", "") for rule in load_rules()}, **_OTHER_RULES}


def day_words(iso: str | None) -> str:
    """A day in words.

    >>> day_words("2025-01-31"), day_words("2025-13"), day_words(None)
    ('31 January 2025', '2025-13', '')
    """
    try:
        day = day_of.fromisoformat(iso or "")
    except ValueError:
        return plain(iso or "")
    return f"{day.day} {day:%B} {day.year}"


def days_words(earliest: str | None, latest: str | None) -> str:
    """From the first to the last day that a date can mean, with what both share said once.

    >>> days_words("2024-09-01", "2024-09-30"), days_words("2018-12-01", "2019-02-28")
    ('1 to 30 September 2024', '1 December 2018 to 28 February 2019')
    """
    first, last = day_words(earliest), day_words(latest)
    if not first or not last or first == last:
        return first or last
    parts, others = first.split(" "), last.split(" ")
    alike = [one == other for one, other in zip(parts[1:], others[1:], strict=False)]
    shared = 2 if alike == [True, True] else 1 if alike == [False, True] else 0
    return " ".join(parts[: len(parts) - shared]) + f" to {last}"


def _date(date: Date) -> Entry:
    kind = [] if date.kind == "date" else [("Kind", _KIND_WORDS.get(date.kind, plain(date.kind)))]
    facts = [
        ("Label", plain(date.label or "")),
        *kind,
        ("EDTF", plain(date.edtf or "")),
        ("Days", days_words(date.earliest, date.latest)),
        *(("Inferred", _INFERRED_WORDS.get(part, plain(part))) for part in date.inferred),
        ("Superseded", "superseded" if date.superseded else ""),
    ]
    return Entry(lines_of(date.text), _said(facts))


def _lead(lead: Lead, people: Mapping[str, Person]) -> Entry:
    if lead.person:
        person = people.get(lead.person)
        facts = [
            ("Person", plain(person.name if person else lead.person)),
            ("Role", plain((person.role or "") if person else "")),
            ("Basis", BASIS_WORDS.get(lead.basis, plain(lead.basis))),
        ]
        return Entry(lines_of(lead.text), _said(facts))
    names = [plain(people[one].name if one in people else one) for one in lead.candidates]
    found = "could be " + " or ".join(names) if names else BASIS_WORDS["none"]
    return Entry(lines_of(lead.text), _said([("Person", found)]), doubtful=bool(names))


def _resources(resources: Resources) -> tuple[Entry, ...]:
    if not resources.text and resources.amount is None:
        return ()
    amount = "" if resources.amount is None else pounds(resources.amount)
    if resources.currency and resources.currency != "GBP":
        amount += f" {plain(resources.currency)}"
    facts = [("Amount", amount or _MONEY_WORDS.get(resources.kind, plain(resources.kind)))]
    return (Entry(lines_of(resources.text), _said([*facts, ("Qualifier", plain(resources.qualifier or ""))])),)


def _text(text: str | None) -> tuple[Entry, ...]:
    return (Entry(lines_of(text)),) if text else ()


def _said(facts: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, " ".join(words.split())) for name, words in facts if words)
