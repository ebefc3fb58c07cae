"""Which paragraphs are headings, which rank they have, and what section one opens."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from extract.model import Table
from normalise.dates import read_published
from normalise.flow import Prose
from normalise.vocabulary import says, vocabulary

_NUMBERED = re.compile(r"(?P<number>\d{1,2})(?:[.):]|\s[–-])?\s+(?=\D)(?P<title>\S.*)", re.DOTALL)
LONGEST_HEADING = 200


class Heading(Struct, frozen=True):
    """A heading that opens a section: its number, its title without a bare leading number.

    `plain`: whether nothing but its place, right on a table, shows that it is one.
    """

    number: str | None
    title: str
    prose: Prose
    plain: bool = False


def is_title(text: str) -> bool:
    """Whether a heading is a whole plan's title (`Improvement Plan 2019`) and not a section's (`1. Improvement`)."""
    plan = re.search(r"(?:action|improvement|delivery) plan\b|statement of action", text, re.IGNORECASE)
    return plan is not None and not number_in(text)


def heading_of(item: Prose) -> Heading:
    """The section that a heading opens. Only a bare leading number leaves the title."""
    text = " ".join(item.text.split())
    marker = item.passage.pieces[0].marker.strip() if item.passage.pieces else ""
    if match := _numbered(text):
        return Heading(match["number"], match["title"].strip(), item)
    if re.fullmatch(r"\d{1,2}[.)]?", marker):
        return Heading(marker.rstrip(".)"), text, item)
    return Heading(number_in(text), text, item)


def without_number(title: str) -> str:
    """A title without a bare leading number; `Priority area 1: …` stays.

    >>> without_number("2. Ensuring safety"), without_number("Priority 2: safety")
    ('Ensuring safety', 'Priority 2: safety')
    """
    match = _numbered(title)
    return match["title"].strip() if match else title


def number_in(text: str) -> str | None:
    """The number that a heading gives its section, behind a word of the vocabulary or bare; None where it has none."""
    if match := _numbered(" ".join(text.split())):
        return match["number"]
    words = "|".join(sorted(map(re.escape, vocabulary()["headings"]["section"]), key=len, reverse=True))
    match = re.match(rf"(?:{words})\s+(\d{{1,2}}|[A-Z])\b", text, re.IGNORECASE)
    return match.group(1) if match else None


def _numbered(text: str) -> re.Match[str] | None:
    """A text that opens with a bare number; a day's number (`10 March 2023`) is none."""
    match = _NUMBERED.fullmatch(text)
    return match if match and read_published(text) is None else None


def body_size_of(items: Sequence[Prose | Table]) -> float | None:
    """The size that most characters outside tables are set in; None where the source has none."""
    sizes: dict[float, int] = {}
    for item in items:
        if isinstance(item, Prose) and item.size is not None:
            sizes[item.size] = sizes.get(item.size, 0) + len(item.text)
    return max(sizes, key=lambda size: sizes[size]) if sizes else None


def looks_like_heading(item: Prose, body_size: float | None) -> bool:
    """Whether a paragraph is a heading: by its style, size or weight; in a source without these by its wording.

    Wording: a section's number or word before it, capitals throughout, or a phrase that announces people or outcomes.
    """
    text = item.text
    if item.listed or len(text) > LONGEST_HEADING or not any(map(str.isalpha, text)):
        return False
    if item.level is not None or (item.size and body_size and item.size >= 1.12 * body_size):
        return True
    if text.rstrip().endswith((".", ";", ",")):
        return False
    if item.bold and len(text.split()) <= 14:
        return True
    announced = says(text.rstrip(":"), "headings", "outcomes") or says(text.rstrip(":"), "headings", "people")
    capitals = text.upper() == text and sum(map(str.isalpha, text)) >= 4
    return announced or capitals or (number_in(text) is not None and len(text.split()) <= 25)


def outranks(one: Prose, other: Prose) -> bool:
    """Whether a heading is of a higher rank than another: by its level, its size, or capitals over small letters."""
    if one.level is not None and other.level is not None and one.level != other.level:
        return one.level < other.level
    if one.size and other.size and one.size != other.size:
        return one.size > other.size
    return one.text.isupper() and not other.text.isupper()
