"""Who leads an action: each entry of the lead cell with the person it means, or with all who could be meant."""

from __future__ import annotations

from normalise.model import Basis, Flag, Lead, Person
from normalise.people.context import settle
from normalise.people.inside import named_inside
from normalise.people.matching import Match, stripped
from normalise.people.names import called, has_head, is_initials
from normalise.people.splitting import entries
from normalise.people.words import bare, folded, words

Reading = tuple[Lead, tuple[Flag, ...]]

_LONGEST_ENTRY = 80
_LONGEST_CELL = 240
_LONGEST_LIST = 1500
_BASES: dict[str, Basis] = {
    "initials": "initials",
    "name": "name",
    "close name": "name",
    "role": "role",
    "part": "role",
    "close role": "role",
}


def read_entries(text: str, people: tuple[Person, ...], context: str = "") -> tuple[Reading, ...]:
    """The leads that a (repaired) lead cell prints, in order, each with what is doubtful about it.

    `people`: the roster. `context`: the row's other texts and the banner that it stands under, which alone may settle
    who of several is meant (basis `context`, an info flag naming the word). Where they don't, `person` is None, the
    candidates are all who fit, and there is a warning. Ids stand for people in leads and flags alike.
    """
    if len(text) > _LONGEST_LIST:
        message = f"{len(text.strip())} characters are more than a list of leads has; nobody is read from them."
        flag = Flag("doubtful-lead", "reading", "warning", message)
        return ((Lead(" ".join(text.split()), None, (), "none"), (flag,)),)
    return tuple(_read(entry, found, people, context) for entry, found in entries(text, people))


def looks_like_lead(text: str, people: tuple[Person, ...]) -> bool:
    """Whether a cell's text could be a lead cell's: every entry is somebody, and one of them the page shows to be so.

    `TBC` and groups may stand beside people but prove nothing by themselves.
    """
    found = entries(text, people) if len(text) < _LONGEST_CELL else []
    if any(len(entry) > _LONGEST_ENTRY for entry, _ in found):
        return False
    kinds = [_look(entry, match) for entry, match in found]
    return "other" not in kinds and "lead" in kinds


def _look(entry: str, found: Match) -> str:
    core, _ = stripped(entry)
    if found.people:
        return "lead"
    if found.kind == "nobody" or found.kind == "group":
        return "open"
    if _unknown_initials(core) or (len(core.split()) <= 6 and (called(core) is not None or _is_post(core))):
        return "lead"
    return "other"


def _is_post(core: str) -> bool:
    """A role name stands in a cell by itself, with a capital and without a sentence around it."""
    return core[:1].isupper() and has_head(core) and not words().sentence & set(folded(core).split())


def _read(entry: str, found: Match, people: tuple[Person, ...], context: str) -> Reading:
    """One entry: whom it means, and whom else of the roster it names."""
    inside = named_inside(entry, people)
    if not found.people and inside:
        return _somebody_inside(entry, inside)
    lead, flags = _meant(entry, found, people, context)
    others = tuple(person for person in inside if person not in found.people)
    return (lead, (*flags, _also(entry, lead, others))) if lead.person and others else (lead, flags)


def _meant(entry: str, found: Match, people: tuple[Person, ...], context: str) -> Reading:
    """The rule of the contract for none, one or several who fit."""
    ids = tuple(person.id for person in found.people)
    if not ids:
        return Lead(entry, None, (), "none"), _nobody(entry, found, people)
    if len(ids) == 1:
        return _one(entry, found)
    settled = settle(found.people, context, stripped(entry)[0])
    if settled:
        message = f"{entry} fits {_names(found.people)}; the row's “{settled.word}” is of {settled.person.name}'s role."
        flag = Flag("lead-by-context", "reading", "info", message, ids)
        return Lead(entry, settled.person.id, ids, "context"), (flag,)
    message = f"{entry} fits {_names(found.people)}, and nothing in the row says which."
    return Lead(entry, None, ids, "none"), (Flag("ambiguous-lead", "reading", "warning", message, ids),)


def _one(entry: str, found: Match) -> Reading:
    """The only one who fits: certain by name, initials or whole role; a part or a slip is said to be one."""
    person = found.people[0]
    lead = Lead(entry, person.id, (person.id,), _BASES[found.kind])
    if found.kind.startswith("close"):
        message = f"{entry} is read as {person.name}, {person.role}: nearly, not quite, as the list of people has it."
        return lead, (Flag("close-lead", "reading", "warning", message, lead.candidates),)
    if not found.sure:
        message = f"{entry} fits {person.name}, {person.role}, and could mean somebody else."
        doubt = Lead(entry, None, lead.candidates, "none")
        return doubt, (Flag("doubtful-lead", "reading", "warning", message, lead.candidates),)
    if found.kind == "part":
        message = f"{entry} is a part of one person's role: {person.name}, {person.role}."
        return lead, (Flag("part-of-role", "reading", "info", message, lead.candidates),)
    return lead, ()


def _somebody_inside(entry: str, inside: tuple[Person, ...]) -> Reading:
    """No entry that names somebody is passed off as nobody's: `BO on behalf of AL`, `Board (chaired by AL)`."""
    ids = tuple(person.id for person in inside)
    message = f"{entry} is read as nobody by itself, but names {', '.join(person.name for person in inside)}."
    return Lead(entry, None, ids, "none"), (Flag("doubtful-lead", "reading", "warning", message, ids),)


def _also(entry: str, lead: Lead, others: tuple[Person, ...]) -> Flag:
    """What to say of an entry that means one person and names others in its own words: `AL (BO from Jan)`."""
    message = f"{entry} is read as one lead; it names {', '.join(person.name for person in others)} too."
    ids = (*lead.candidates, *(person.id for person in others))
    return Flag("doubtful-lead", "reading", "warning", message, ids)


def _nobody(entry: str, found: Match, people: tuple[Person, ...]) -> tuple[Flag, ...]:
    """Initials that nobody has are a finding; so is a name that no list gives. TBC, groups and other roles are none."""
    core, _ = stripped(entry)
    if found.kind != "unknown":
        return ()
    if _unknown_initials(core):
        return (Flag("unknown-initials", "document", "warning", f"Nobody the document names has the initials {core}."),)
    if people and called(core) is not None:
        return (Flag("unknown-name", "document", "info", f"{core} leads an action; no list of people has the name."),)
    return ()


def _unknown_initials(core: str) -> bool:
    return is_initials(core) and bare(core) not in words().no_initials and core not in words().acronyms


def _names(people: tuple[Person, ...]) -> str:
    described = [f"{person.name} ({person.role})" if person.role else person.name for person in people]
    return f"{', '.join(described[:-1])} and {described[-1]}"
