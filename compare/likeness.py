"""How alike two rows are, by what they say."""

from __future__ import annotations

import re

from msgspec import Struct
from rapidfuzz import fuzz

from compare.printed import printed_key, title_key
from normalise.model import Action, Plan
from normalise.rules.look_alikes import latin_key

_WORD = re.compile(r"\w+")


class Traits(Struct, frozen=True):
    """What a row is known by. `place`: 0 (first row of its plan) to 1 (last); texts are folded to bare words."""

    at: int
    place: float
    ref: str | None
    section: str
    group: str
    key: str
    action: str
    measure: str
    impact: str
    resources: str
    leads: frozenset[str]
    dates: frozenset[str]
    words: tuple[str, ...]


def traits_of(plan: Plan) -> tuple[Traits, ...]:
    """The traits of every row of a plan, in its order."""
    titles = {section.id: title_key(section.title) or section.id for section in plan.sections}
    last = max(len(plan.actions) - 1, 1)
    return tuple(_traits(row, at, at / last, titles) for at, row in enumerate(plan.actions))


def folded(text: str) -> str:
    """The words of a text and nothing else.

    >>> folded("• Sign the plan – soon.")
    'sign the plan soon'
    """
    return " ".join(_WORD.findall(latin_key(text)))


def wording(one: Traits, two: Traits) -> float:
    """How alike what is to be done is worded, 0 to 1; a row that says nothing is like none."""
    if not one.action or not two.action:
        return 0.0
    if one.key == two.key:
        return 1.0
    alike = max(fuzz.ratio(one.action, two.action), 0.97 * fuzz.token_sort_ratio(one.action, two.action))
    return min(alike / 100, 0.99)


def company(one: Traits, two: Traits) -> tuple[float, int]:
    """How alike the rest of two rows is, 0 to 1, and how many things speak for or against: measure, impact, leads …"""
    found = [
        fuzz.ratio(a, b) / 100
        for a, b in ((one.measure, two.measure), (one.impact, two.impact), (one.resources, two.resources))
        if a and b
    ]
    for these, those in ((one.leads, two.leads), (one.dates, two.dates)):
        if these and those:
            found.append(len(these & those) / max(len(these), len(those)))
    return (sum(found) / len(found) if found else 0.0, len(found))


def saying(one: Traits, two: Traits) -> float:
    """How alike the measures, or the impacts, of two rows are, whichever is more; a word or two say nothing."""
    pairs = ((one.measure, two.measure), (one.impact, two.impact))
    return max((fuzz.ratio(a, b) / 100 for a, b in pairs if min(len(a.split()), len(b.split())) >= 3), default=0.0)


def _traits(row: Action, at: int, place: float, titles: dict[str, str]) -> Traits:
    action, measure, impact = folded(row.action), folded(row.measure), folded(row.impact)
    words = (action or f"{measure} {impact} {folded(row.progress)}").split()
    return Traits(
        at,
        place,
        row.ref,
        titles.get(row.section or "", ""),
        title_key(row.group),
        printed_key(row.action),
        action,
        measure,
        impact,
        folded(row.resources.text),
        frozenset(lead.person or folded(lead.text) for lead in row.leads),
        frozenset(date.edtf or date.kind for date in row.start + row.end),
        tuple(words + measure.split()),
    )
