"""Automatic numbers and bullets: what Word prints before a paragraph and keeps nowhere as characters.

A list (`w:num`) is an instance of an abstract list, whose levels say how they count. Instances of one abstract list
share its counters, unless they restart them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct, field
from msgspec.structs import replace

from extract.package import Element
from extract.word.markup import MC, W, child, number, offered, switch, value, whole
from extract.word.styles import Styles

BULLET = "• "
_DEPTH = 9
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


class Level(Struct, frozen=True):
    """How one level of a list counts. `after`: a list level (from 1) that restarts it; None = any above, 0 = none."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = " "
    legal: bool = False
    after: int | None = None
    style: str | None = None


class ListInstance(Struct, frozen=True):
    """One `w:num`: the abstract list it shares counters with, its levels, and those at which it starts anew."""

    abstract: int
    levels: tuple[Level, ...]
    restarts: frozenset[int] = frozenset()


class Numbering(Struct):
    """The lists of a file, and how far each has counted. `marker` must be asked once a paragraph, in reading order."""

    lists: dict[int, ListInstance] = field(default_factory=dict)
    counters: dict[int, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[int, int]] = field(default_factory=set)

    def marker(self, list_id: int | None, level: int | None, style: str | None = None) -> str:
        """The number or bullet that the next paragraph of this list carries, with the space that follows it.

        `style` is the paragraph style that names the list: where `level` is None, the level bound to that style.
        """
        found = self.lists.get(list_id or 0)
        if found is None:
            return ""
        bound = [at for at, one in enumerate(found.levels) if style is not None and one.style == style]
        depth = bound[0] if bound and not level else level or 0
        if not 0 <= depth < len(found.levels):
            return ""
        self._count(list_id or 0, found, depth)
        return _printed(found.levels, depth, self.counters[found.abstract])

    def _count(self, list_id: int, found: ListInstance, depth: int) -> None:
        counts = self.counters.setdefault(found.abstract, {})
        if depth in found.restarts and (list_id, depth) not in self.begun:
            counts.pop(depth, None)
        self.begun.add((list_id, depth))
        counts[depth] = counts[depth] + 1 if depth in counts else found.levels[depth].start
        for deeper in [at for at in counts if at > depth]:
            after = found.levels[deeper].after
            if after is None or depth < after:
                del counts[deeper]


def numbering_of(root: Element | None, styles: Styles) -> Numbering:
    """The lists that `word/numbering.xml` defines; none where the file has no such part."""
    if root is None:
        return Numbering()
    abstracts = {_id(one, "abstractNumId"): one for one in root.iterchildren(W + "abstractNum")}
    instances = {_id(one, "numId"): one for one in root.iterchildren(W + "num")}
    lists = {}
    for list_id, instance in instances.items():
        abstract = number(instance, "abstractNumId")
        defined = abstracts.get(_linked(abstract, abstracts, instances, styles) or 0)
        if list_id and abstract is not None and defined is not None:
            lists[list_id] = _instance(abstract, defined, instance)
    return Numbering(lists)


def formatted(count: int, style: str) -> str:
    """A count in one of Word's number formats; a format that is not known is counted in plain figures.

    >>> [formatted(4, style) for style in ("decimal", "lowerLetter", "upperRoman", "decimalZero", "ordinal")]
    ['4', 'd', 'IV', '04', '4th']
    """
    return _FORMATS.get(style, str)(count)


def _linked(
    abstract: int | None, abstracts: dict[int, Element], instances: dict[int, Element], styles: Styles
) -> int | None:
    """The abstract list that holds the levels: one may only point to a list style, which names another."""
    style = value(abstracts.get(-1 if abstract is None else abstract), "numStyleLink")
    if not style or style not in styles.by_id:
        return abstract
    linked = number(child(child(styles.by_id[style], "pPr"), "numPr"), "numId")
    return number(instances.get(linked or 0), "abstractNumId")


def _instance(abstract: int, defined: Element, instance: Element) -> ListInstance:
    levels = {_id(one, "ilvl"): _level(one) for one in defined.iterchildren(W + "lvl")}
    restarts = set()
    for override in instance.iterchildren(W + "lvlOverride"):
        depth = _id(override, "ilvl")
        if (own := child(override, "lvl")) is not None:
            levels[depth] = _level(own)
        if (start := number(override, "startOverride")) is not None:
            levels[depth] = replace(levels.get(depth, Level()), start=start)
            restarts.add(depth)
    return ListInstance(abstract, tuple(levels.get(depth, Level()) for depth in range(_DEPTH)), frozenset(restarts))


def _level(element: Element) -> Level:
    suffix = value(element, "suff") or "tab"
    start = number(element, "start")
    return Level(
        start=0 if start is None else start,
        format=_format(element),
        text=value(element, "lvlText") or "",
        suffix="" if suffix == "nothing" else " ",
        legal=bool(switch(element, "isLgl")),
        after=number(element, "lvlRestart"),
        style=value(element, "pStyle"),
    )


def _format(element: Element) -> str:
    """The number format; one that is only offered to newer programs ("001, 002, …") says how many digits it has."""
    alternate = element.find(MC + "AlternateContent")
    found = (
        next((one for one in offered(alternate) if one.tag == W + "numFmt"), None) if alternate is not None else None
    )
    if found is None:
        found = child(element, "numFmt")
    if found is None:
        return "decimal"
    zeros = re.match(r"0+1\b", found.get(W + "format", ""))
    return f"zeros{len(zeros[0])}" if zeros else str(found.get(W + "val", "decimal"))


def _printed(levels: tuple[Level, ...], depth: int, counts: dict[int, int]) -> str:
    level = levels[depth]
    if level.format == "bullet":
        return BULLET if level.text else ""

    def figure(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        count = counts.get(at, levels[at].start)
        return formatted(count, "decimal" if level.legal else levels[at].format)

    text = re.sub(r"%([1-9])", figure, level.text)
    return text + level.suffix if text.strip() else ""


def _id(element: Element, name: str) -> int:
    found = whole(element.get(W + name))
    return -1 if found is None else found


def _letters(count: int) -> str:
    """a … z, then aa … zz, as Word counts: the same letter again."""
    return chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 20) if count > 0 else str(count)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    text = ""
    for size, figure in _ROMAN:
        text += figure * (count // size)
        count %= size
    return text


def _ordinal(count: int) -> str:
    ending = "th" if 10 < count % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


_FORMATS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperRoman": _roman,
    "ordinal": _ordinal,
    "decimalZero": lambda count: f"{count:02}",
    "zeros2": lambda count: f"{count:02}",
    "zeros3": lambda count: f"{count:03}",
    "zeros4": lambda count: f"{count:04}",
    "zeros5": lambda count: f"{count:05}",
    "numberInDash": lambda count: f"- {count} -",
    "decimalEnclosedParen": lambda count: f"({count})",
    "decimalEnclosedFullstop": lambda count: f"{count}.",
    "none": lambda _: "",
}
