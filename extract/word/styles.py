"""What a style says of a paragraph or run: each property from the nearest place that gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from extract.package import Element
from extract.word.markup import W, child, number, switch, value, whole

#: A style of the level 0 stands above every heading.
TITLE_LEVEL = 0


class Look(Struct, frozen=True):
    """How a run is printed, as far as it matters: `size` in points."""

    bold: bool = False
    struck: bool = False
    hidden: bool = False
    size: float | None = None


PLAIN = Look()


class Styles(Struct):
    """The styles of a file by id. `default` is the paragraph style of a paragraph that names none."""

    by_id: dict[str, Element] = field(default_factory=dict)
    default: str = ""
    defaults: Element | None = None
    _looks: dict[tuple[str, str], Look] = field(default_factory=dict)

    def chain(self, style: str | None) -> Iterator[Element]:
        """The style and all that it is based on, nearest first (a circle ends)."""
        seen = set()
        while style and style not in seen and style in self.by_id:
            seen.add(style)
            yield self.by_id[style]
            style = value(self.by_id[style], "basedOn")

    def of(self, paragraph: Element | None) -> str:
        """The id of the style of a paragraph, given its properties."""
        return value(paragraph, "pStyle") or self.default

    def level(self, properties: Element | None) -> int | None:
        """The heading level (1 …; 0 for the Title style) of a paragraph with these properties; None for body text."""
        outline = number(properties, "outlineLvl")
        for style in self.chain(self.of(properties)):
            if outline is not None:
                break
            name = (value(style, "name") or style.get(W + "styleId", "")).lower()
            if name == "title":
                return TITLE_LEVEL
            outline = number(child(style, "pPr"), "outlineLvl")
            named = re.fullmatch(r"heading ?([1-9])", name)
            if outline is None and named:
                outline = int(named[1]) - 1
        return outline + 1 if outline is not None and 0 <= outline < 9 else None

    def numbering(self, properties: Element | None) -> tuple[int | None, int | None, str | None]:
        """(list, its level, the style that names the list) of a paragraph: each None where nothing gives it."""
        direct = child(properties, "numPr")
        ours, level = number(direct, "numId"), number(direct, "ilvl")
        if ours is not None:
            return ours, level or 0, None
        for style in self.chain(self.of(properties)):
            inherited = child(child(style, "pPr"), "numPr")
            found = number(inherited, "numId")
            if found is not None:
                return found, number(inherited, "ilvl") if level is None else level, style.get(W + "styleId")
        return None, None, None

    def look(self, run: Element | None, paragraph_style: str) -> Look:
        """How a run looks, given its properties and the style of its paragraph."""
        inherited = self._inherited(value(run, "rStyle") or "", paragraph_style)
        if run is None:
            return inherited
        return _over(run, inherited)

    def _inherited(self, run_style: str, paragraph_style: str) -> Look:
        key = run_style, paragraph_style
        if key not in self._looks:
            look = _over(self.defaults, PLAIN)
            for style in (*reversed([*self.chain(paragraph_style)]), *reversed([*self.chain(run_style)])):
                look = _over(child(style, "rPr"), look)
            self._looks[key] = look
        return self._looks[key]


def styles_of(root: Element | None) -> Styles:
    """The styles that `word/styles.xml` defines; none at all where the file has no such part."""
    if root is None:
        return Styles()
    found = {style.get(W + "styleId", ""): style for style in root.iterchildren(W + "style")}
    defaults = [
        name for name, style in found.items() if style.get(W + "default") and style.get(W + "type") == "paragraph"
    ]
    run_defaults = child(child(child(root, "docDefaults"), "rPrDefault"), "rPr")
    return Styles(found, defaults[0] if defaults else "", run_defaults)


def _over(properties: Element | None, below: Look) -> Look:
    """The look below, with what these run properties say laid over it."""
    if properties is None or len(properties) == 0:
        return below
    strikes = [switch(properties, "strike"), switch(properties, "dstrike")]
    given = [strike for strike in strikes if strike is not None]
    bold, hidden = switch(properties, "b"), switch(properties, "vanish")
    half_points = whole(value(properties, "sz"))
    return Look(
        bold=below.bold if bold is None else bold,
        struck=any(given) if given else below.struck,
        hidden=below.hidden if hidden is None else hidden,
        size=below.size if half_points is None else half_points / 2,
    )
