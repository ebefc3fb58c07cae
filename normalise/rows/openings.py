"""Banners that open a section: in plans that are one long table, the headings of its parts are rows of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise, takewhile

from msgspec import Struct
from msgspec.structs import replace

from normalise.flow import Prose
from normalise.headings import Heading, number_in, without_number
from normalise.model import Flag
from normalise.outline import Opening, is_like
from normalise.passage import Passage
from normalise.refs import leading_number
from normalise.rows.model import Banner, Item, Record


class Opened(Struct, frozen=True):
    """Items and openings, those of banners last; what is to be said of them; headings that a page prints again."""

    items: tuple[Item, ...]
    openings: tuple[Opening, ...]
    flags: tuple[Flag, ...] = ()
    again: tuple[Passage, ...] = ()


def with_sections_of_banners(items: Sequence[Item], openings: Sequence[Opening]) -> Opened:
    """The items, banners that open a section taken out and made openings of the outline.

    A banner opens one where it prints the number that the refs below it open with (`Priority 2: …` over 2.1), or where
    no ref names a section and the banners count (`Recommendation 1 …`, `Recommendation 2 …`). One that prints no number
    does, and that is told, right above the first ref of another number, where others open sections or no heading is
    printed at all; or right above banners that come again below another (`Should do` over `Maternity`); or beside a
    plain line like it on the table that heads its first rows (`Must do`, `Should do`). A banner below a heading of its
    own number, and any other one without a number, heads a group.
    """
    line = None
    printed = _numbered(items, openings)
    heads = [opening.heading for opening in openings if opening.heading]
    inferred: dict[int, str | None] = {}
    if printed:
        inferred = _at_changes(items, openings, printed)
    elif not heads:
        inferred = _at_each_change(items)
    if not printed and not inferred and not any(heading.number for heading in heads):
        inferred = _over_banners(items)
        if not inferred and (inferred := _beside_a_line(items, openings)):
            line = openings[0].heading
    if not printed and not inferred:
        return Opened(tuple(items), tuple(openings))
    told = [
        replace(item, flags=(*item.flags, _told(item.title, inferred[at], line.title if line else None)))
        if at in inferred and isinstance(item, Banner)
        else item
        for at, item in enumerate(items)
    ]
    return _opened(told, openings, printed | inferred)


def _told(title: str, number: str | None, line: str | None) -> Flag:
    """What to tell of a banner that is read as a section's heading; a doubt where it is not like the line above all."""
    if line is not None and not is_like(line, title):
        why = f"The row {title!r} stands among others like {line!r} above the header; it is read as a section's heading"
        return Flag("section-by-banner", "reading", "warning", f"{why}, and may be a group's.", (title, line))
    why = f"further down as {line!r} does above the header" if line else "over rows that head groups"
    why = "where the refs' first number changes" if number else why
    message = f"The row {title!r} stands {why}; it is read as a section's heading."
    return Flag("section-by-banner", "reading", "info", message)


def _numbered(items: Sequence[Item], openings: Sequence[Opening]) -> dict[int, str]:
    """Index and number of each banner whose printed number is that of a section."""
    printed = {at: number for at, item in enumerate(items) if (number := _printed_number(item, openings))}
    if agreeing := {at: number for at, number in printed.items() if _number_below(items, at) == number}:
        return agreeing
    if any(isinstance(item, Record) and leading_number(item.ref) for item in items):
        return {}
    counting = list(dict.fromkeys(printed.values())) == [str(n) for n in range(1, len(set(printed.values())) + 1)]
    return printed if counting and len(printed) > 1 else {}


def _printed_number(item: Item, openings: Sequence[Opening]) -> str | None:
    """The number that a banner gives, unless the heading above its table has the same."""
    if not isinstance(item, Banner) or (number := number_in(item.title)) is None:
        return None
    heading = openings[item.section].heading if item.section is not None else None
    return None if heading is not None and heading.number == number else number


def _number_below(items: Sequence[Item], at: int) -> str | None:
    """The section number of the first ref below a banner: `A` for A1 where no number is before a dot."""
    below = next((item for item in items[at + 1 :] if isinstance(item, Record) and item.ref), None)
    if below is None or below.section != items[at].section:
        return None
    letter = re.match(r"([A-Z])[.\d]", below.ref)
    return leading_number(below.ref) or (letter[1] if letter else None)


def _runs(items: Sequence[Item]) -> list[tuple[str | None, int]]:
    """The section number of each run of refs that share one, and the index of its first record."""
    records = [(at, leading_number(item.ref)) for at, item in enumerate(items) if isinstance(item, Record)]
    return [(number, next(group)[0]) for number, group in groupby(records, key=lambda pair: pair[1])]


def _at_each_change(items: Sequence[Item]) -> dict[int, str | None]:
    """Index and number of the banners, where one stands right above each run of refs and there is no other."""
    runs = _runs(items)
    heads = {first - 1: number for number, first in runs if number and first and isinstance(items[first - 1], Banner)}
    alone = sum(isinstance(item, Banner) for item in items) == len(heads) == len(runs) == len(set(heads.values()))
    return dict(heads) if alone and len(heads) > 1 else {}


def _at_changes(items: Sequence[Item], openings: Sequence[Opening], printed: dict[int, str]) -> dict[int, str | None]:
    """Index and number of the banners right above a run of refs that no heading or banner of its number is above."""
    found: dict[int, str | None] = {}
    for number, first in _runs(items):
        section = items[first].section
        heading = openings[section].heading if section is not None else None
        above = list(takewhile(lambda at: isinstance(items[at], Banner), range(first - 1, -1, -1)))
        headed = heading is not None and heading.number == number
        if number and above and not headed and not any(at in printed for at in above):
            found[above[-1]] = number
    return found


def _over_banners(items: Sequence[Item]) -> dict[int, str | None]:
    """Index of each banner that stands right on another, whose words come again: groups below a higher rank."""
    titles = Counter(item.title.casefold() for item in items if isinstance(item, Banner))
    found: dict[int, str | None] = {}
    for at, (upper, lower) in enumerate(pairwise(items)):
        if not isinstance(upper, Banner) or not isinstance(lower, Banner) or upper.flags or at - 1 in found:
            continue
        if titles[lower.title.casefold()] > 1 == titles[upper.title.casefold()]:
            found[at] = None
    return found


def _beside_a_line(items: Sequence[Item], openings: Sequence[Opening]) -> dict[int, str | None]:
    """Index of each banner, where the one heading is a plain line on the table, like one of them.

    A sheet's `Must do` stands above the header, its `Should do` across the rows; `Version for the board` over banners
    like `Training` heads none. A heading that is set as one, or that a banner follows before any row, ranks higher.
    """
    head = openings[0].heading if len(openings) == 1 else None
    if head is None or not head.plain:
        return {}
    found = {at: item.title for at, item in enumerate(items) if isinstance(item, Banner)}
    alone = all(two - one > 1 for one, two in pairwise(found))
    alike = any(is_like(head.title, title) for title in found.values())
    return dict.fromkeys(found) if alike and min(found) > 0 and alone else {}


def _opened(items: Sequence[Item], openings: Sequence[Opening], numbers: Mapping[int, str | None]) -> Opened:
    """The banners at these indices as openings, what stands below each in its section."""
    result: list[Item] = []
    whole = list(openings)
    flags: list[Flag] = []
    again: list[Passage] = []
    above: int | None = None
    current: tuple[int, Banner] | None = None
    for at, item in enumerate(items):
        if item.section != above:
            above, current = item.section, None
        if at in numbers and isinstance(item, Banner):
            if current is not None and _says_again(item, current[1]):
                again.append(item.passage)
                continue
            current = len(whole), item
            flags += item.flags
            heading = Heading(numbers[at], without_number(item.title), Prose(item.passage))
            whole.append(Opening(heading))
        elif current is None:
            result.append(item)
        else:
            result.append(_in_section(item, *current))
    return Opened(tuple(result), tuple(whole), tuple(flags), tuple(again))


def _in_section(item: Item, section: int, banner: Banner) -> Item:
    moved = replace(item, section=section)
    for flag in banner.flags if isinstance(moved, Record) else ():
        moved = moved.flagged("section", flag) if flag.severity == "warning" and isinstance(moved, Record) else moved
    return moved


def _says_again(banner: Banner, before: Banner) -> bool:
    """Whether a page prints the heading of the section that goes on again, `(continued)` or as it is."""
    plain = re.sub(r"(?i)\W*\bcont(?:inued|['’]?d)?\b\W*$", "", banner.title)
    return plain.casefold() in (before.title.casefold(), before.title.casefold().rstrip(".: "))
