"""What stands before the first section: title, version, date, organisation, and the kind of each paragraph."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from extract.model import Table
from normalise.dates import read_published
from normalise.flow import Prose
from normalise.headings import LONGEST_HEADING, looks_like_heading
from normalise.model import Head
from normalise.vocabulary import key, vocabulary

_VERSION = re.compile(
    r"[\s,–—(-]*\b(?:version\s*(?P<version>\d+(?:\.\d+)*[a-z]?)|(?P<v>v\.?\s?\d+(?:\.\d+)*[a-z]?)"
    r"|(?P<draft>(?:final\s+)?draft(?:\s+v?\d+(?:\.\d+)*)?)|issue\s*(?P<issue>\d+(?:\.\d+)*))\b\)?\s*$",
    re.IGNORECASE,
)
_BARE_VERSION = re.compile(r"[\s,–—-]+(?P<version>\d{1,2}(?:\.\d{1,2}){1,2})\s*$")
_PLAN_WORDS = re.compile(r"\b(?:plan|statement|improvement|response|programme|strategy)\b", re.IGNORECASE)

_BARE_PLAN = re.compile(r"(?:the|our|draft|action|improvement|delivery|plan|\d)+")


def front_matter(
    front: Sequence[tuple[int, Prose | Table]], people: Collection[int], body_size: float | None
) -> tuple[Head, dict[int, str]]:
    """Title, version, date and organisation, and the kind of each paragraph before the first section."""
    proses = [(index, item) for index, item in front if isinstance(item, Prose) and item.region == "body"]
    kinds = dict.fromkeys(people, "person")
    title_at = _title(proses, people)
    title, version = _without_version(proses[title_at][1].text) if title_at is not None else ("", None)
    published = organisation = None
    for place, (index, item) in enumerate(proses):
        text, early = item.text, place <= (title_at or 0) + 6
        if place == title_at:
            kinds[index] = "title"
            published = published or date_within(text)
        elif index in kinds:
            continue
        elif early and len(text) <= 60 and (date := date_within(text)) is not None:
            kinds[index] = "date"
            published = published or date
            version = version or _without_version(_before_date(text))[1]
        elif early and len(text) <= 40 and version is None and _without_version(text)[1]:
            version, kinds[index] = _without_version(text)[1], "heading"
        elif looks_like_heading(item, body_size) or (place <= (title_at or 0) + 1 and _named_body(text)):
            kinds[index] = "heading"
            organisation = organisation or _organisation(text, title) if early else organisation
        else:
            kinds[index] = "intro"
    return Head(title, organisation, version, published), kinds


def _title(proses: Sequence[tuple[int, Prose]], people: Collection[int]) -> int | None:
    """Which paragraph is the title: the first of the first five that speaks of a plan, else the first of all.

    One that says whose or what plan it is goes before one that does not: a sheet is called `Action plan`, its first
    line `Safer Quays Action Plan`.
    """
    early = [(n, item) for n, (index, item) in enumerate(proses[:5]) if index not in people]
    candidates = [n for n, item in early if len(item.text) <= LONGEST_HEADING]
    spoken = [n for n in candidates if _PLAN_WORDS.search(proses[n][1].text)]
    told = [n for n in spoken if not _BARE_PLAN.fullmatch(key(proses[n][1].text)) and proses[n][1].text[-1] != "."]
    return next(iter(told or spoken or candidates), None)


def _without_version(text: str) -> tuple[str, str | None]:
    """A title and the version at its end, without the word Version.

    >>> _without_version("Improvement plan v12"), _without_version("Statement of Action 2.1"), _without_version("Plan")
    (('Improvement plan', 'v12'), ('Statement of Action', '2.1'), ('Plan', None))
    """
    text = " ".join(text.split())
    if match := _VERSION.search(text):
        found = next(value for value in match.groupdict().values() if value)
        return text[: match.start()].strip(), found
    if match := _BARE_VERSION.search(text):
        return text[: match.start()].strip(), match["version"]
    return text, None


def date_within(text: str) -> str | None:
    """The date that a short line gives, alone or behind a version or a word like `Published`, if any."""
    parts = [text, *re.split(r"[,|–—:()]|\s-\s", text)]
    before = r"(?i)^(?:published|updated|last updated|date|dated|as at|issued|reviewed)\b[:\s]*"
    parts += [re.sub(before, "", part) for part in parts]
    return next((date for part in parts if (date := read_published(part.strip()))), None)


def _before_date(text: str) -> str:
    return re.split(r"[,|–—()]|\s-\s", text)[0]


def _named_body(text: str) -> bool:
    """Whether a short text names a public body: it holds one of the vocabulary's words, and is no sentence.

    `Service` is such a word only where it ends a name in capitals (`Hollinshire Youth Justice Service`), not in a
    heading (`How we run the service`).
    """
    words = set(re.findall(r"[a-z]+", text.lower()))
    known = words & set(vocabulary()["organisation"]["words"])
    service = re.fullmatch(r"(?:(?:[A-Z]\S+|and|of|for|&) ){2,}(?:Service|SERVICE)", text)
    return len(text.split()) <= 10 and bool(known or service) and not text.endswith(".")


def _organisation(text: str, title: str) -> str | None:
    """The body that a heading on the first page names; None where it names none.

    A body's name has a word of the vocabulary (`Council`, `Trust`) and is no plan's name; or it is the one or two words
    that stand before the title in a heading that says the title again; or a single name on a line of its own.
    """
    words = text.split()
    ending = [word.lower() for word in title.split()]
    for size in range(len(words) - 1, 0, -1):
        tail = [word.lower() for word in words[-size:]]
        if size >= 2 and tail == ending[:size] and _PLAN_WORDS.search(" ".join(tail)):
            return " ".join(words[:-size])
    if _PLAN_WORDS.search(text):
        return None
    single = len(words) == 1 and text[:1].isupper() and key(text) not in {"contents", "introduction"}
    return text if _named_body(text) or single else None
