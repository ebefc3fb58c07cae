"""Templates into pages: everything that is put in is escaped, and the page forbids itself to load or run anything else.

The templates, the style and the scripts are files of this package. A page's Content-Security-Policy allows just its own
style and script, by their hash: markup that slipped through from a document would still do nothing.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined


def filled(
    template: str, scripts: Sequence[str], values: Mapping[str, object], styles: Sequence[str] = ("page.css",)
) -> str:
    """The page that a template makes of `values`, with these styles and scripts in it, one after the other."""
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(_text),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    look, program = "".join(map(_text, styles)), "".join(map(_text, scripts))
    inside = {"style": look, "script": program, "style_hash": _hash(look), "script_hash": _hash(program)}
    page = environment.get_template(template).render({**values, **inside})
    return page.encode("utf-8", errors="replace").decode("utf-8")


def _text(name: str) -> str:
    return files("export.pages").joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    """What a Content-Security-Policy calls an inline style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
