"""The colours that a workbook names by their place in its theme: accent 6, a quarter darker."""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache

#: The order in which a cell's style counts a theme's colours.
_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
_SCHEME, _SCHEME_END = re.compile(r"<(?:\w+:)?clrScheme\b"), re.compile(r"</(?:\w+:)?clrScheme>")
_COLOUR = r"<(?:\w+:)?{name}>\s*<[^>]*?\b(?:lastClr|val)=\"([0-9A-Fa-f]{{6}})\""
_LONGEST_THEME = 1_000_000
#: A colour that is made lighter by more is a tint that tables are banded with, and no rating.
_LIGHTEST = 0.5


@lru_cache(maxsize=8)
def palette(theme: bytes | None) -> tuple[str | None, ...]:
    """A theme's colours as `rrggbb` in the order that cell styles count them; None for one that it does not give."""
    text = (theme or b"")[:_LONGEST_THEME].decode("utf-8", "replace")
    begin = _SCHEME.search(text)
    end = _SCHEME_END.search(text, begin.end()) if begin else None
    scheme = text[begin.end() : end.start()] if begin and end else ""
    found = [re.search(_COLOUR.format(name=name), scheme) for name in _ORDER]
    return tuple(match.group(1).lower() if match else None for match in found)


def theme_colour(theme: bytes | None, place: int, tint: float) -> str | None:
    """The colour `#rrggbb` at a place of a theme, lighter (tint to 1) or darker (to -1); None for pale ones."""
    colours = palette(theme)
    plain = colours[place] if 0 <= place < len(colours) else None
    if plain is None or not -1.0 <= tint <= _LIGHTEST:
        return None
    red, green, blue = (int(plain[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light + (1 - light) * tint
    return "#" + "".join(f"{round(255 * part):02x}" for part in colorsys.hls_to_rgb(hue, light, saturation))
