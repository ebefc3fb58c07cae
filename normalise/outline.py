"""What stands outside the action tables: title, version, date, organisation, people, sections and their outcomes.

Each paragraph gets one kind, and with it the place that owns its characters. Which table belongs to which section
follows from the order on the page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from extract.model import Table
from normalise.dates import read_published
from normalise.flow import Prose
from normalise.model import Head
from normalise.passage import Passage
from normalise.vocabulary import key, says, vocabulary

_VERSION = re.compile(
    r"[\s,–—(-]*\b(?:version\s*(?P<version>\d+(?:\.\d+)*[a-z]?)|(?P<v>v\.?\s?\d+(?:\.\d+)*[a-z]?)"
    r"|(?P<draft>(?:final\s+)?draft(?:\s+v?\d+(?:\.\d+)*)?)|issue\s*(?P<issue>\d+(?:\.\d+)*))\b\)?\s*$",
    re.IGNORECASE,
)
_BARE_VERSION = re.compile(r"[\s,–—-]+(?P<version>\d{1,2}(?:\.\d{1,2}){1,2})\s*$")
_PLAN_WORDS = re.compile(r"\b(?:plan|statement|improvement|response|programme|strategy)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?P<number>\d{1,2})(?:[.):]|\s[–-])?\s+(?=\D)(?P<title>\S.*)", re.DOTALL)
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that opens a section: its number, its title without a bare leading number."""

    number: str | None
    title: str
    prose: Prose


@dataclass(frozen=True, slots=True)
class Told:
    """A paragraph and its kind; `section` counts the sections from 0 (None: before the first)."""

    prose: Prose
    kind: str
    section: int | None


@dataclass(frozen=True, slots=True)
class Opening:
    """A section as its heading and outcomes print it; `heading` is None where only the outcomes are printed."""

    heading: Heading | None
    outcomes: tuple[Prose, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A table, or a banner that stands as a heading between two tables, and the section that it is in."""

    content: Table | Passage
    section: int | None


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything outside the action tables, and the tables in order with their sections."""

    head: Head
    paragraphs: tuple[Told, ...]
    openings: tuple[Opening, ...]
    placed: tuple[Placed, ...]


@dataclass(slots=True)
class _Draft:
    """The outline while the flow is read."""

    paragraphs: list[Told] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    listing: bool = False
    tabled: bool = False

    @property
    def section(self) -> int | None:
        return len(self.openings) - 1 if self.openings else None

    def tell(self, prose: Prose, kind: str) -> None:
        self.paragraphs.append(Told(prose, kind, self.section))


def outline_of(items: Sequence[Prose | Table], people: Collection[int], action_tables: Collection[int]) -> Outline:
    """The outline of a flow. `people`, `action_tables`: indices of a person's own lines, of action tables."""
    first_table = min(action_tables, default=len(items))
    body_size = _body_size(items)
    announcing = frozenset(
        i for i in range(len(items)) if _announces_outcomes(items, i, action_tables, body_size, people)
    )
    look = _Look(items, frozenset(action_tables), frozenset(people), announcing, body_size)
    opens = {i: heading for i in range(len(items)) if (heading := _opens_section(look, i))}
    parents = _parents(look, opens)
    below = {i for i, heading in opens.items() if heading.number is None} if parents else set()
    opens |= {index: _heading(look.prose(index)) for index in parents}
    numbered = any(heading.number for heading in opens.values())
    banners = {i for i, heading in opens.items() if numbered and heading.number is None and i not in parents}
    banners = {i for i in banners if i > first_table} | below
    begin = min((index for index in opens if index not in banners), default=first_table)
    front = [index for index, item in enumerate(items[: min(begin, first_table)]) if isinstance(item, Prose)]
    head, kinds = _front_matter([(i, items[i]) for i in front], people, body_size)
    draft = _Draft()
    for index, item in enumerate(items):
        if isinstance(item, Table):
            draft.listing, draft.tabled = False, index in action_tables
            draft.placed.append(Placed(item, draft.section))
        elif index in opens and index not in banners:
            draft.openings.append(Opening(opens[index]))
            draft.listing = draft.tabled = False
        elif index in banners:
            draft.placed.append(Placed(item.passage, draft.section))
        elif index in kinds and not (draft.openings and kinds[index] == "intro"):
            draft.tell(item, kinds[index])
        else:
            _within_section(draft, item, index, look)
    return Outline(head, tuple(draft.paragraphs), tuple(draft.openings), tuple(draft.placed))


@dataclass(frozen=True, slots=True)
class _Look:
    """The flow, and which of its items are action tables, a person's line, a heading above outcomes."""

    items: Sequence[Prose | Table]
    tables: frozenset[int]
    people: frozenset[int]
    announcing: frozenset[int]
    body_size: float | None

    def prose(self, index: int) -> Prose:
        """The paragraph at an index that is known to be one."""
        item = self.items[index]
        assert isinstance(item, Prose)
        return item


def _parents(look: _Look, opens: Mapping[int, Heading]) -> frozenset[int]:
    """The headings of a higher rank above headings that stand on a table: sections, where there are two or more.

    `SAFE` over `Regulation 12: safe care` and `Regulation 13: …`, then `WELL LED` over others: the first are the
    sections, the second head groups in them. One such heading over all (`Our plan`) is no section.
    """
    found = set()
    for child, heading in opens.items():
        above = child - 1
        while above >= 0 and isinstance(item := look.items[above], Prose) and above not in opens:
            if (
                heading.number is None
                and _looks_like_heading(item, look.body_size)
                and _outranks(item, look.prose(child))
            ):
                found.add(above)
                break
            above -= 1
    return frozenset(found) if len(found) > 1 else frozenset()


def _outranks(one: Prose, other: Prose) -> bool:
    """Whether a heading is of a higher rank than another: by its level, its size, or capitals over small letters."""
    if one.level is not None and other.level is not None and one.level != other.level:
        return one.level < other.level
    if one.size and other.size and one.size != other.size:
        return one.size > other.size
    return one.text.isupper() and not other.text.isupper()


def _within_section(draft: _Draft, item: Prose, index: int, look: _Look) -> None:
    """A paragraph below a section's heading: the heading of its outcomes, an outcome, a heading or a note."""
    if item.region == "note":
        draft.tell(item, "note")
    elif index in look.people:
        draft.tell(item, "person")
    elif draft.openings and index in look.announcing:
        if draft.tabled:  # outcomes below a section's rows are the next one's, whose heading is not printed
            draft.openings.append(Opening(None))
        draft.listing, draft.tabled = True, False
        draft.tell(item, "heading")
    elif draft.listing and (item.listed or not _looks_like_heading(item, look.body_size)):
        last = draft.openings[-1]
        draft.openings[-1] = Opening(last.heading, (*last.outcomes, item))
    else:
        draft.listing = False
        draft.tell(item, "heading" if _looks_like_heading(item, look.body_size) else "note")


def _announces_outcomes(
    items: Sequence[Prose | Table],
    index: int,
    tables: Collection[int],
    body_size: float | None,
    people: Collection[int],
) -> bool:
    """Whether a paragraph is the heading of a section's outcomes.

    By its words; or, in whatever words, as a short line right below a heading with a list (or, below a heading proper,
    single short sentences), and then an action table, right below it.
    """
    item = items[index]
    if not isinstance(item, Prose) or item.region != "body" or item.listed:
        return False
    if says(item.text.rstrip(":"), "headings", "outcomes"):
        return True
    above = items[index - 1] if index else None
    if not isinstance(above, Prose) or not _looks_like_heading(above, body_size):
        return False
    if len(item.text) > 60 or index in people:
        return False
    proper = _looks_like_heading(item, body_size)
    below = index + 1
    while below < len(items) and below not in people and _is_an_item(items[below], proper, body_size):
        below += 1
    return below > index + 1 and below in tables and _number(item.text) is None


def _is_an_item(item: Prose | Table, below_heading: bool, body_size: float | None) -> bool:
    """Whether a paragraph is an item of a list: by its bullet; below a heading also as one short sentence."""
    if not isinstance(item, Prose):
        return False
    one_sentence = len(item.text) <= 160 and not re.search(r"[.!?]\s+[A-Z]", item.text)
    short = one_sentence and not _looks_like_heading(item, body_size)
    return item.listed or (below_heading and short)


def _opens_section(look: _Look, index: int) -> Heading | None:
    """The heading at `index` as a section's, where an action table follows before the next such heading."""
    item = look.items[index]
    if not isinstance(item, Prose) or item.region != "body" or index in look.people or index in look.announcing:
        return None
    if not (_looks_like_heading(item, look.body_size) or _stands_on_a_table(look, index)) or _is_title(item.text):
        return None
    for later in range(index + 1, len(look.items)):
        follower = look.items[later]
        if isinstance(follower, Table):
            if later in look.tables:
                return _heading(item)
        elif later in look.people:
            return None
        elif later not in look.announcing and (
            _looks_like_heading(follower, look.body_size) or _stands_on_a_table(look, later)
        ):
            return None
    return None


def _stands_on_a_table(look: _Look, index: int) -> bool:
    """Whether a line of a dump, which shows no heading's size, is one: a few words right on a table, as others are."""

    def so(at: int) -> bool:
        item = look.items[at]
        if not isinstance(item, Prose) or item.size or item.level is not None or at in look.people or item.listed:
            return False
        words = item.text.split()
        capital = words[0][:1].isupper() and not item.text.endswith((".", ",", ";", ":"))
        return len(words) <= 10 and capital and at + 1 in look.tables and _date_within(item.text) is None

    return so(index) and sum(so(at) for at in range(len(look.items))) > 1


def _is_title(text: str) -> bool:
    """Whether a heading is a whole plan's title (`Improvement Plan 2019`) and not a section's (`1. Improvement`)."""
    plan = re.search(r"(?:action|improvement|delivery) plan\b|statement of action", text, re.IGNORECASE)
    return plan is not None and not _number(text)


def _heading(item: Prose) -> Heading:
    """The section that a heading opens. Only a bare leading number leaves the title."""
    text = " ".join(item.text.split())
    marker = item.passage.pieces[0].marker.strip() if item.passage.pieces else ""
    if match := _NUMBERED.fullmatch(text):
        return Heading(match["number"], match["title"].strip(), item)
    if re.fullmatch(r"\d{1,2}[.)]?", marker):
        return Heading(marker.rstrip(".)"), text, item)
    return Heading(_number(text), text, item)


def _number(text: str) -> str | None:
    """The number that a heading gives its section, behind a word of the vocabulary or bare; None where it has none."""
    if match := _NUMBERED.fullmatch(" ".join(text.split())):
        return match["number"]
    words = "|".join(sorted(map(re.escape, vocabulary()["headings"]["section"]), key=len, reverse=True))
    match = re.match(rf"(?:{words})\s+(\d{{1,2}}|[A-Z])\b", text, re.IGNORECASE)
    return match.group(1) if match else None


def _body_size(items: Sequence[Prose | Table]) -> float | None:
    """The size that most characters outside tables are set in; None where the source has none."""
    sizes: dict[float, int] = {}
    for item in items:
        if isinstance(item, Prose) and item.size is not None:
            sizes[item.size] = sizes.get(item.size, 0) + len(item.text)
    return max(sizes, key=lambda size: sizes[size]) if sizes else None


def _looks_like_heading(item: Prose, body_size: float | None) -> bool:
    """Whether a paragraph is a heading: by its style, size or weight; in a source without these by its wording.

    Wording: a section's number or word before it, capitals throughout, or a phrase that announces people or outcomes.
    """
    text = item.text
    if item.listed or len(text) > _LONGEST_HEADING or not any(map(str.isalpha, text)):
        return False
    if item.level is not None or (item.size and body_size and item.size >= 1.12 * body_size):
        return True
    if text.rstrip().endswith((".", ";", ",")):
        return False
    if item.bold and len(text.split()) <= 14:
        return True
    announced = says(text.rstrip(":"), "headings", "outcomes") or says(text.rstrip(":"), "headings", "people")
    capitals = text.upper() == text and sum(map(str.isalpha, text)) >= 4
    return announced or capitals or (_number(text) is not None and len(text.split()) <= 25)


def _front_matter(
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
            published = published or _date_within(text)
        elif index in kinds:
            continue
        elif early and len(text) <= 60 and (date := _date_within(text)) is not None:
            kinds[index] = "date"
            published = published or date
            version = version or _without_version(_before_date(text))[1]
        elif early and len(text) <= 40 and version is None and _without_version(text)[1]:
            version, kinds[index] = _without_version(text)[1], "heading"
        elif _looks_like_heading(item, body_size) or (place <= 1 and _named_body(text)):
            kinds[index] = "heading"
            organisation = organisation or _organisation(text, title) if early else organisation
        else:
            kinds[index] = "intro"
    return Head(title, organisation, version, published), kinds


def _title(proses: Sequence[tuple[int, Prose]], people: Collection[int]) -> int | None:
    """Which paragraph is the title: the first of the first five that speaks of a plan, else the first of all."""
    early = [(n, item) for n, (index, item) in enumerate(proses[:5]) if index not in people]
    candidates = [n for n, item in early if len(item.text) <= _LONGEST_HEADING]
    spoken = [n for n in candidates if _PLAN_WORDS.search(proses[n][1].text)]
    return next(iter(spoken or candidates), None)


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


def _date_within(text: str) -> str | None:
    """The date that a short line gives, alone or behind a version or a word like `Published`, if any."""
    parts = [text, *re.split(r"[,|–—:()]|\s-\s", text)]
    before = r"(?i)^(?:published|updated|last updated|date|dated|as at|issued|reviewed)\b[:\s]*"
    parts += [re.sub(before, "", part) for part in parts]
    return next((date for part in parts if (date := read_published(part.strip()))), None)


def _before_date(text: str) -> str:
    return re.split(r"[,|–—()]|\s-\s", text)[0]


def _named_body(text: str) -> bool:
    """Whether a short text names a public body: it holds one of the vocabulary's words, and is no sentence."""
    words = set(re.findall(r"[a-z]+", text.lower()))
    known = words & set(vocabulary()["organisation"]["words"])
    return len(text.split()) <= 10 and bool(known) and not text.endswith(".")


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
