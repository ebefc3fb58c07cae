"""What a plan's cells say, read again: refs, dates, leads, money and status against the text of their own cells.

The values are made by pure functions of the cells' repaired texts and of what stands in the plan itself (its people,
its date, its headers), so they can be made again from the plan alone. What shading a status cell has is not in the
plan: a colour that no word of the cell gives is believed where the findings tell of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from normalise.actions import Known, Values, read_values
from normalise.corrections.applying import CORRECTION, meaning
from normalise.evidence import Evidence
from normalise.model import Action, CellRecord, Finding, Flag, Lead, Plan
from normalise.refs import tidy_ref
from normalise.repairs import repair
from normalise.status import StatusReading

#: A value and the sentence on it: (`actions[1.1].start`, `the value is …`).
Told = tuple[str, str]

#: Rules that record what the page shows beside the source's characters: they come before every repair.
MARKS = ("automatic-number", "struck-through")
#: One shade of each colour that a status cell may have, none first, and last a shade that is no rating.
_FILLS = (None, "#0000ff", "#00ff00", "#ffbf00", "#ff0000", "#808080")
#: How often a ref may be printed again where its row goes on, page after page.
_PAGES = 20

FindingKey = tuple[str, str, str, tuple[str, ...]]


def reread(plan: Plan, texts: Sequence[Mapping[str, str]]) -> Iterator[Told]:
    """Every value of an action that its own cells do not give, and every doubt of theirs that no finding tells.

    `texts`: for each action, in order, its cells' repaired texts, by field.
    """
    headers = tuple(dict.fromkeys(column.header for column in plan.columns if column.field == "resources")) or ("",)
    noted: dict[tuple[str | None, str | None], set[FindingKey]] = {}
    for finding in plan.findings:
        noted.setdefault((finding.action, finding.field), set()).add(_key(finding))
    for action, own in zip(plan.actions, texts, strict=True):
        yield from _ref(action, plan.findings)
        known = Known(plan.people, plan.plan.published, action.group)
        yield from _values(action, _likeliest(action, own, known, headers, noted), noted)


def _likeliest(
    action: Action,
    texts: Mapping[str, str],
    known: Known,
    headers: tuple[str, ...],
    noted: Mapping[tuple[str | None, str | None], set[FindingKey]],
) -> Values:
    """The reading of the cells that says what the action says, under one of the plan's headers and of the shades.

    Which header of several stands over a row, and how its status cell is shaded, the plan does not say. Where no
    reading says the same, it is the first.
    """
    plain = read_values(texts, replace(known, resources_header=headers[0]))
    money = (read_values(texts, replace(known, resources_header=header)) for header in headers[1:])
    of_money = next((each for each in (plain, *money) if each.resources == action.resources), plain)
    shaded = (read_values(texts, known, fill) for fill in _FILLS[1:] if "status" in texts)
    said = _status(action)
    of_status = plain
    if said != replace(plain.status, flags=()):
        of_status = next((each for each in shaded if replace(each.status, flags=()) == said), plain)
    flags = [pair for pair in plain.flags if pair[0] not in ("resources", "status")]
    flags += [pair for pair in of_money.flags if pair[0] == "resources"]
    flags += [pair for pair in of_status.flags if pair[0] == "status"]
    return replace(plain, resources=of_money.resources, status=of_status.status, flags=tuple(flags))


def _status(action: Action) -> StatusReading:
    return StatusReading(action.status, action.status_basis, action.rag, action.status_text)


def _values(
    action: Action, read: Values, noted: Mapping[tuple[str | None, str | None], set[FindingKey]]
) -> Iterator[Told]:
    """The values that differ from what was read again, then the doubts of the reading that no finding tells."""
    at = f"actions[{action.id}]"
    for field in ("start", "end", "leads"):
        yield from _entries(f"{at}.{field}", getattr(action, field), getattr(read, field))
    yield from _entry(f"{at}.resources", f"{at}.resources", action.resources, read.resources)
    for part in StatusReading.__struct_fields__:
        said, again = getattr(_status(action), part), getattr(read.status, part)
        if part != "flags" and said != again:
            name = {"basis": "status_basis"}.get(part, part)
            yield f"{at}.status", f"{at}.{name}: {_shown(said)}, but its cells read as {_shown(again)}"
    for field, flag in read.flags:
        keys = {_key(flag), _key(replace(flag, severity="info"))} if _is_settled(action, field, noted) else {_key(flag)}
        if not keys & noted.get((action.id, field), set()):
            yield f"{at}.{field}", f"{at}.{field}: its cell is doubtful ({flag.code}), and no finding says so"


def _is_settled(action: Action, field: str, noted: Mapping[tuple[str | None, str | None], set[FindingKey]]) -> bool:
    """Whether a finding says that a reviewer accepted a field as it was read, or a lead that one corrected it."""
    fields = (field, "progress") if field == "status" and action.status_basis == "progress" else (field,)
    accepted = any(key[0] == "accepted" for name in fields for key in noted.get((action.id, name), ()))
    return accepted or (field == "leads" and any(lead.basis == "correction" for lead in action.leads))


def _as_corrected(said: Any, again: Any) -> Any:
    """What was read again, with the person whom a reviewer knows: the name stands in no cell."""
    if not (isinstance(said, Lead) and isinstance(again, Lead) and said.basis == "correction" and said.person):
        return again
    return meaning(again, said.person)


def _entries(place: str, said: tuple[Any, ...], again: tuple[Any, ...]) -> Iterator[Told]:
    """Two lists of dates or leads, entry by entry."""
    if len(said) != len(again):
        texts = ", ".join(repr(entry.text) for entry in again) or "nothing"
        entries = "entry" if len(said) == 1 else "entries"
        yield place, f"{place}: {len(said)} {entries}, but its cell reads as {texts}"
        return
    for number, (one, other) in enumerate(zip(said, again, strict=True)):
        yield from _entry(place, f"{place}[{number}]", one, _as_corrected(one, other))


def _entry(place: str, path: str, said: Any, again: Any) -> Iterator[Told]:
    """Two values of one type, part by part: `actions[1.1].end[0].edtf: '2017-09-04', but …`."""
    for part in said.__struct_fields__:
        one, other = getattr(said, part), getattr(again, part)
        if one != other:
            yield place, f"{path}.{part}: {_shown(one)}, but its cell reads as {_shown(other)}"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(repr, value)) + "]"
    return "null" if value is None else repr(value)


def _ref(action: Action, findings: tuple[Finding, ...]) -> Iterator[Told]:
    """A ref is what its cell prints, unless a finding about the reading says that it was inferred or parted."""
    place = f"actions[{action.id}].ref"
    record = dict(action.cells).get("ref")
    printed = refs_printed(record) if record else ("",)
    if (action.ref or "") in printed or tidy_ref(action.ref or "") in printed:
        return
    told = any(
        finding.action == action.id and finding.field == "ref" and action.ref in finding.candidates
        for finding in findings
        if finding.about == "reading"
    )
    if not told:
        yield place, f"{place}: {_shown(action.ref)}, but its cell reads as {printed[0]!r}, and no finding says why"


def refs_printed(record: CellRecord) -> tuple[str, ...]:
    """What a ref cell may say: its text as a ref, or the one that it prints again on each page that its row goes on."""
    text, by_hand = record.raw, bool(record.repairs) and record.repairs[-1].rule == CORRECTION
    for change in record.repairs:
        if change.rule not in MARKS and not by_hand:
            break
        text = text[: change.at] + change.after + text[change.at + len(change.before) :]
    if by_hand:
        return (tidy_ref(text),)
    words = text.split()
    times = [count for count in range(2, _PAGES) if len(words) % count == 0]
    whole = _read_ref(text)
    parts = [_parts(words, count) for count in times if words]
    return (whole, *(refs[0] for refs in parts if len(set(refs)) == 1))


def _parts(words: list[str], count: int) -> list[str]:
    """The refs of so many equal parts of a cell's words."""
    size = len(words) // count
    return [_read_ref(" ".join(words[at : at + size])) for at in range(0, len(words), size)]


def _read_ref(text: str) -> str:
    return tidy_ref(repair(text.strip(), Evidence(), "ref")[0])


def _key(one: Finding | Flag) -> FindingKey:
    return one.code, one.about, one.severity, one.candidates
