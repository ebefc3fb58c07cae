"""Names that a plan gives as printed, sought among its own texts: people, titles, the body, sections and outcomes.

Compared without case, white space, signs and look-alikes, since those are what repairs may change.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rapidfuzz import fuzz

from export.places import places
from normalise.model import Plan
from normalise.rules.look_alikes import latin_key

#: OCR may have been in two minds about a letter of a name, and known words have settled it: so near is the same.
_OCR_SLIP = 80.0
_OCR = "rapidocr"


def invented(plan: Plan) -> Iterator[str]:
    """Guarantee 3: each name that occurs nowhere in the plan's own places (cells of actions are none of them)."""
    own = [place.text for place in places(plan) if not place.name.startswith(("actions[", "columns["))]
    text = _folded("\n".join(own))
    scanned = any(_OCR in name for name, _ in plan.tool.engines)
    for path, name in _names(plan):
        wanted = _folded(name)
        if wanted not in text and not (scanned and fuzz.partial_ratio(wanted, text) >= _OCR_SLIP):
            yield f"{path}: {name!r} is printed nowhere"
    for person in plan.people:
        missing = [word for word in re.findall(r"[^\W_]+", person.role or "") if _folded(word) not in text]
        if missing and not scanned:
            yield f"people[{person.id}].role: {missing[0]!r} is printed nowhere"
    yield from _headings(plan)


def _names(plan: Plan) -> Iterator[tuple[str, str]]:
    yield "plan.title", plan.plan.title
    yield "plan.organisation", plan.plan.organisation or ""
    yield "plan.version", plan.plan.version or ""
    yield from ((f"people[{person.id}].name", person.name) for person in plan.people)


def _headings(plan: Plan) -> Iterator[str]:
    """A section's title and outcomes are its own printed words."""
    for section in plan.sections:
        if _folded(section.title or "") not in _folded(section.raw):
            yield f"sections[{section.id}].title: {section.title!r} is not in its heading: {section.raw!r}"
        raws = section.outcomes_raw
        if len(section.outcomes) != len(raws):
            yield f"sections[{section.id}].outcomes: {len(section.outcomes)} of the {len(raws)} printed"
            continue
        for outcome, raw in zip(section.outcomes, raws, strict=True):
            if not _folded(raw).endswith(_folded(outcome)):
                yield f"sections[{section.id}].outcomes: {outcome!r} is not what is printed: {raw!r}"


def _folded(text: str) -> str:
    """Letters and digits alone, in one case, look-alikes as Latin."""
    return re.sub(r"[\W_]", "", latin_key(unicodedata.normalize("NFKC", text)))
