"""What stands outside the action tables: title, version, date, organisation, people, sections and their outcomes.

Each paragraph gets one kind, and with it the place that owns its characters. Which table belongs to which section
follows from the order on the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from extract.model import Row, Table
from normalise.flow import Prose
from normalise.front_matter import date_within, front_matter
from normalise.headings import Heading, body_size_of, heading_of, is_title, looks_like_heading, number_in, outranks
from normalise.model import Head
from normalise.passage import Passage
from normalise.refs import leading_number
from normalise.vocabulary import says

#: Words that open headings of any kind.
_SMALL = frozenset("a an the our your for to of in on at by with and".split())


class Told(Struct, frozen=True):
    """A paragraph and its kind; `section` counts the sections from 0 (None: before the first)."""

    prose: Prose
    kind: str
    section: int | None


class Opening(Struct, frozen=True):
    """A section as its heading and outcomes print it; `heading` is None where only the outcomes are printed."""

    heading: Heading | None
    outcomes: tuple[Prose, ...] = ()


class Placed(Struct, frozen=True):
    """A table, or a banner that stands as a heading between two tables, and the section that it is in."""

    content: Table | Passage
    section: int | None


class Outline(Struct, frozen=True):
    """Everything outside the action tables, and the tables in order with their sections."""

    head: Head
    paragraphs: tuple[Told, ...]
    openings: tuple[Opening, ...]
    placed: tuple[Placed, ...]


class _Draft(Struct):
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


def outline_of(
    items: Sequence[Prose | Table],
    people: Collection[int],
    action_tables: Collection[int],
    is_roster: Callable[[int], bool] = lambda index: False,
) -> Outline:
    """The outline of a flow. `people`, `action_tables`: indices of a person's own lines, of action tables.

    `is_roster`: whether the table at an index, that is no action table, names people: its heading opens no section.
    """
    first_table = min(action_tables, default=len(items))
    body_size = body_size_of(items)
    announcing = frozenset(
        i for i in range(len(items)) if _announces_outcomes(items, i, action_tables, body_size, people)
    )
    sizes = {(item.size, item.bold) for item in items if isinstance(item, Prose) and item.level is None}
    look = _Look(items, frozenset(action_tables), frozenset(people), announcing, body_size, len(sizes) < 2)
    opens = {i: heading for i in range(len(items)) if (heading := _opens_section(look, i))}
    opens = _without_a_rosters(look, opens, is_roster)
    parents = _parents(look, opens)
    below = {i for i, heading in opens.items() if heading.number is None} if parents else set()
    opens |= {index: heading_of(look.prose(index)) for index in parents}
    numbered = any(heading.number for heading in opens.values())
    banners = {i for i, heading in opens.items() if numbered and heading.number is None and i not in parents}
    banners = {i for i in banners if i > first_table} | below
    begin = min((index for index in opens if index not in banners), default=first_table)
    front = [index for index, item in enumerate(items[: min(begin, first_table)]) if isinstance(item, Prose)]
    head, kinds = front_matter([(i, items[i]) for i in front], people, body_size)
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


class _Look(Struct, frozen=True):
    """The flow, and which of its items are action tables, a person's line, a heading above outcomes."""

    items: Sequence[Prose | Table]
    tables: frozenset[int]
    people: frozenset[int]
    announcing: frozenset[int]
    body_size: float | None
    plain: bool

    def prose(self, index: int) -> Prose:
        """The paragraph at an index that is known to be one."""
        item = self.items[index]
        assert isinstance(item, Prose)
        return item


def _without_a_rosters(
    look: _Look, opens: Mapping[int, Heading], is_roster: Callable[[int], bool]
) -> dict[int, Heading]:
    """The headings without the one that only heads a table of people, by its words or as the rows below have their own.

    `Key people` over names; `Members and officers` over names, then a table that opens with `1. Shore`. `Maternity`
    over its staff and then its rows is a section; and so is each of several such headings, whatever stands below.
    """
    bare = [index for index, heading in opens.items() if heading.number is None]
    below = bare[0] + 1 if len(bare) == 1 else len(look.items)
    if below < len(look.items) and below not in look.tables and is_roster(below):
        rows = next(look.items[later] for later in range(below, len(look.items)) if later in look.tables)
        if says(opens[bare[0]].title.rstrip(":"), "headings", "people") or _opens_with_a_section(rows):
            return {index: heading for index, heading in opens.items() if index not in bare}
    return dict(opens)


def _opens_with_a_section(table: Prose | Table) -> bool:
    """Whether a banner right below the header heads a section: by its number, or as each is over refs of another."""
    if not isinstance(table, Table):
        return False
    rows = table.rows[1:]
    if not rows or not _is_banner(rows[0], table.columns):
        return False
    below = [row for above, row in pairwise(rows) if _is_banner(above, table.columns)]
    refs = [leading_number(row.cells[0].text) if row.cells else None for row in below]
    changing = len(refs) > 1 and None not in refs and len(set(refs)) == len(refs)
    return changing or any(number_in(cell.text) is not None for cell in rows[0].cells)


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
                and looks_like_heading(item, look.body_size)
                and outranks(item, look.prose(child))
            ):
                found.add(above)
                break
            above -= 1
    return frozenset(found) if len(found) > 1 else frozenset()


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
    elif draft.listing and (item.listed or not looks_like_heading(item, look.body_size)):
        last = draft.openings[-1]
        draft.openings[-1] = Opening(last.heading, (*last.outcomes, item))
    else:
        draft.listing = False
        draft.tell(item, "heading" if looks_like_heading(item, look.body_size) else "note")


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
    if not isinstance(above, Prose) or not looks_like_heading(above, body_size):
        return False
    if len(item.text) > 60 or index in people:
        return False
    proper = looks_like_heading(item, body_size)
    below = index + 1
    while below < len(items) and below not in people and _is_an_item(items[below], proper, body_size):
        below += 1
    return below > index + 1 and below in tables and number_in(item.text) is None


def _is_an_item(item: Prose | Table, below_heading: bool, body_size: float | None) -> bool:
    """Whether a paragraph is an item of a list: by its bullet; below a heading also as one short sentence."""
    if not isinstance(item, Prose):
        return False
    one_sentence = len(item.text) <= 160 and not re.search(r"[.!?]\s+[A-Z]", item.text)
    short = one_sentence and not looks_like_heading(item, body_size)
    return item.listed or (below_heading and short)


def _opens_section(look: _Look, index: int) -> Heading | None:
    """The heading at `index` as a section's, where an action table follows before the next such heading."""
    item = look.items[index]
    if not isinstance(item, Prose) or item.region != "body" or index in look.people or index in look.announcing:
        return None
    if not (looks_like_heading(item, look.body_size) or _stands_on_a_table(look, index)) or is_title(item.text):
        return None
    for later in range(index + 1, len(look.items)):
        follower = look.items[later]
        if isinstance(follower, Table):
            if later in look.tables:
                return replace(heading_of(item), plain=not looks_like_heading(item, look.body_size))
        elif later in look.people:
            return None
        elif later not in look.announcing and (
            looks_like_heading(follower, look.body_size) or _stands_on_a_table(look, later)
        ):
            return None
    return None


def _stands_on_a_table(look: _Look, index: int) -> bool:
    """Whether a line is a heading where no size shows one: a few words right on a table, as others are.

    So of a dump, and of a sheet where no line is larger than another. One line alone is one where its table goes on
    under banners like it: `Must do` on the header, `Should do` across the sheet further down.
    """

    def so(at: int) -> bool:
        item = look.items[at]
        if not isinstance(item, Prose) or item.level is not None or at in look.people or item.listed:
            return False
        if item.size and not look.plain:
            return False
        words = item.text.split()
        capital = words[0][:1].isupper() and not item.text.endswith((".", ",", ";", ":"))
        return len(words) <= 10 and capital and at + 1 in look.tables and date_within(item.text) is None

    if not so(index):
        return False
    if sum(so(at) for at in range(len(look.items))) > 1:
        return True
    return _has_other_parts(look.items[index + 1], look.prose(index).text)


def _has_other_parts(table: Prose | Table, line: str) -> bool:
    """Whether banners like the line above a table part it so that what stands first in it is headed by that line.

    None stands right below the header; or one stands right on another further down, as the line and the first do.
    """
    if not isinstance(table, Table):
        return False
    rows = table.rows[1:]
    banners = [_is_banner(row, table.columns) for row in rows]
    titles = [" ".join(cell.text for cell in row.cells if cell.text) for row in rows]
    alike = any(banner and is_like(line, title) for banner, title in zip(banners, titles, strict=True))
    return alike and (not banners[0] or any(one and two for one, two in pairwise(banners)))


def is_like(line: str, banner: str) -> bool:
    """Whether two headings are plainly of one rank: the same word opens or ends them, or they count in one style.

    >>> is_like("Must do", "Should do"), is_like("A. Care", "B. Training"), is_like("For the board", "For the wards")
    (True, True, False)
    """
    if all(re.match(r"\(?(?:[A-Z]|[ivx]+|[IVX]+)[.):]\s", text) for text in (line, banner)):
        return True
    words = [[word.casefold().strip(".,:;()–-") for word in text.split()] for text in (line, banner)]
    ends = [(one[at], two[at]) for one, two in [words] for at in (0, -1) if one and two]
    return any(one == two and one and one not in _SMALL for one, two in ends)


def _is_banner(row: Row, columns: int) -> bool:
    """Whether a row is one cell across the table."""
    filled = [cell for cell in row.cells if cell.text]
    return len(filled) == 1 and filled[0].span >= max(3, columns - 1)
