"""Names that a plan gives as printed, sought among its own texts: people, titles, the body, sections and outcomes.

Compared without case, white space, signs and look-alikes, since those are what repairs may change.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rapidfuzz import fuzz

from export.proof.places import places
from normalise.dates import read_dates
from normalise.model import Plan
from normalise.people.names import derived_initials
from normalise.rules.look_alikes import latin_key

#: OCR may have been in two minds about a letter of a name, and known words have settled it: so near is the same.
_OCR_SLIP = 80.0
_OCR = "rapidocr"


def invented(plan: Plan) -> Iterator[str]:
    """Guarantee 3: each name that occurs nowhere in the plan's own places (cells of actions are none of them)."""
    own = [place.text for place in places(plan) if not place.name.startswith(("actions[", "columns["))]
    text = folded("\n".join(own))
    scanned = is_scan(plan)
    for path, name in _names(plan):
        if not names(text, name, scanned):
            yield f"{path}: {name!r} is printed nowhere"
    published = plan.plan.published
    if published and all(published != date for date in _dates(own)):
        yield f"plan.published: {published!r} is printed nowhere"
    yield from _initials(plan, latin_key("\n".join(own)))
    for person in plan.people:
        role = unicodedata.normalize("NFKC", person.role or "")  # an accent may be a character of its own
        missing = [word for word in re.findall(r"[^\W_]+", role) if folded(word) not in text]
        if missing and not scanned:
            yield f"people[{person.id}].role: {missing[0]!r} is printed nowhere"
    yield from _headings(plan)


def is_scan(plan: Plan) -> bool:
    """Whether OCR has read the plan or a page of it."""
    return any(_OCR in name for name, _ in plan.tool.engines)


def names(text: str, name: str, scanned: bool) -> bool:
    """Whether a folded text holds a name; in a scan, one that OCR may have misread."""
    wanted = folded(name)
    return wanted in text or (scanned and fuzz.partial_ratio(wanted, text) >= _OCR_SLIP)


def _dates(texts: list[str]) -> Iterator[str | None]:
    """Every date that the short texts give, whole or in a part of them; the plan's own mostly stands in the first."""
    parts = (part for text in texts if len(text) <= 300 for part in (text, *re.split(r"[,|–—:()]|\s-\s", text)))
    return (date.edtf for part in parts if any(map(str.isdigit, part)) for date in read_dates(part.strip())[0])


def _initials(plan: Plan, text: str) -> Iterator[str]:
    """Initials are printed as a word of their own, or those that the name gives."""
    for person in plan.people:
        for initials in person.initials:
            spelt = r"\s*".join(map(re.escape, "".join(latin_key(initials).split())))
            derived = initials in derived_initials(person.name)
            if not derived and not re.search(rf"(?<!\w){spelt}(?!\w)", text) and not is_scan(plan):
                yield f"people[{person.id}].initials: {initials!r} are printed nowhere, nor the name's own"


def _names(plan: Plan) -> Iterator[tuple[str, str]]:
    yield "plan.title", plan.plan.title
    yield "plan.organisation", plan.plan.organisation or ""
    yield "plan.version", plan.plan.version or ""
    yield from ((f"people[{person.id}].name", person.name) for person in plan.people)


def _headings(plan: Plan) -> Iterator[str]:
    """A section's title and outcomes are its own printed words."""
    for section in plan.sections:
        if folded(section.title or "") not in folded(section.raw):
            yield f"sections[{section.id}].title: {section.title!r} is not in its heading: {section.raw!r}"
        raws = section.outcomes_raw
        if len(section.outcomes) != len(raws):
            yield f"sections[{section.id}].outcomes: {len(section.outcomes)} of the {len(raws)} printed"
            continue
        for outcome, raw in zip(section.outcomes, raws, strict=True):
            if not folded(raw).endswith(folded(outcome)):
                yield f"sections[{section.id}].outcomes: {outcome!r} is not what is printed: {raw!r}"


def folded(text: str) -> str:
    """Letters and digits alone, in one case, look-alikes as Latin."""
    return re.sub(r"[\W_]", "", latin_key(unicodedata.normalize("NFKC", text)))
