"""The page on which a person trusts or corrects an extraction: the printed page beside what was read from it.

One HTML file that needs nothing else. `render` is given the plan, the pictures of its pages (or the document as read,
where it has no pages), and the corrections that are on file. A finding leads to its value, a value to its boxes on the
page, a box back to the value.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from export.pages.filling import filled
from export.plain_text import encodable, plain
from export.proof.places import places as all_places
from export.review.parts import Parts, person_words
from export.review.sheets import laid_out
from export.review.values import text_of
from extract.model import Document, PageBox
from extract.page_pictures import MEDIA_TYPE, PagePicture
from normalise.corrections.decided import fingerprint
from normalise.model import Action, Plan

#: The scripts of the page, each of which may use those before it.
SCRIPTS = ("places", "findings", "search", "shown", "keys", "toml", "corrections", "forms")


class OnFile(Struct, frozen=True):
    """The corrections that there are: the file's name (where they are to be kept), and what it says, as JSON can."""

    name: str = "corrections.toml"
    data: Mapping[str, Any] = field(default_factory=dict)


NOTHING_ON_FILE = OnFile()


class Figure(Struct, frozen=True):
    """A picture of the plan: its name, what it shows (for those who can't see it), its SVG, and the same as rows."""

    title: str
    words: str
    svg: str
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def render(
    plan: Plan,
    pages: Sequence[PagePicture] = (),
    document: Document | None = None,
    on_file: OnFile = NOTHING_ON_FILE,
    figures: Sequence[Figure] = (),
) -> str:
    """The page. `pages`: pictures of the source's pages; `document`: the source as read, where it has none."""
    made = Parts(plan)
    values: dict[str, object] = {
        "title": plain(plan.plan.title) or "(no title)",
        "about": _about(plan),
        "sha256": plain(plan.source.sha256),
        "tool": plain(f"{plan.tool.name} {plan.tool.version}"),
        "counts": made.counts(),
        "sections": list(made.sections()),
        "rest": list(made.rest()),
        "people": list(made.people()),
        "findings": made.findings(),
        "ledger": _ledger(plan),
        "pages": [_sheet(page) for page in pages],
        "blocks": [(type(block).__name__, block) for block in laid_out(document)] if document else [],
        "figures": [_figure(figure) for figure in figures],
        "corrections_file": plain(on_file.name),
        "source_file": plain(plan.source.file),
    }
    values["data"] = script_json(_data(plan, made, pages, on_file))
    scripts = [f"review_{name}.js" for name in SCRIPTS]
    return filled("review.html", scripts, values, styles=("page.css", "review.css"))


def pages_shown(plan: Plan) -> tuple[int, int]:
    """The first and the last page of which a plan tells anything; (1, 0) where its source has no pages."""
    origins = [*(one for place in all_places(plan) for one in place.origins)]
    origins += [one for finding in plan.findings for one in finding.origins]
    numbers = [one.page for one in origins if isinstance(one, PageBox)]
    return (min(numbers), max(numbers)) if numbers else (1, 0)


def script_json(data: object) -> str:
    r"""Data as JSON that nothing in a script element can end: ASCII, with `<`, `>` and `&` as escapes.

    >>> script_json("</script>é")
    '"\\u003c/script\\u003e\\u00e9"'
    """
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _data(plan: Plan, made: Parts, pages: Sequence[PagePicture], on_file: OnFile) -> dict[str, object]:
    """What the page's scripts work with: texts exactly as they are, for corrections, and the places of the spots."""
    return {
        "source": plan.source.sha256,
        "file": encodable(plan.source.file),
        "title": encodable(plan.plan.title),
        "spots": made.spots.data(),
        "pages": [[page.number, round(page.width, 1), round(page.height, 1)] for page in pages],
        "actions": [_correctable(action) for action in plan.actions],
        "people": [[encodable(one.id), person_words(one)] for one in plan.people],
        "corrections": _filed(on_file),
    }


def _filed(on_file: OnFile) -> dict[str, object]:
    """The corrections on file, each with the hash of the print that it is for; their heads as they are."""
    entries_there = [
        {"kind": kind, "entry": entry, "sha": entry.get("printed_sha256") or fingerprint(entry.get("printed", ""))}
        for kind in ("value", "lead", "row")
        for entry in on_file.data.get(kind, ())
    ]
    head = {name: on_file.data.get(name, {}) for name in ("plan", "reviewer", "columns")}
    return {"name": encodable(on_file.name), "head": head, "entries": entries_there}


def _correctable(action: Action) -> dict[str, object]:
    """An action as a corrections file names it, by hashes of what is printed: `row` of all cells, `says` of its action.

    Each cell: the hash of its print, its text, and the print itself.
    """
    says = dict(action.cells).get("action")
    cells = {
        name: [fingerprint(record.raw), encodable(text_of(record)), encodable(record.raw)]
        for name, record in action.cells
    }
    return {
        "id": encodable(action.id),
        "row": fingerprint(*(record.raw for _, record in action.cells)),
        "says": fingerprint(says.raw) if says and says.raw.strip() else "",
        "cells": cells,
        "leads": [[encodable(lead.text), lead.person] for lead in action.leads],
    }


def _about(plan: Plan) -> list[str]:
    head = plan.plan
    version = head.version or ""
    named = f"version {version}" if version[:1].isdigit() else version
    parts = [head.organisation, named, head.published, plan.source.file]
    return [plain(part) for part in parts if part]


def _ledger(plan: Plan) -> list[dict[str, Any]]:
    ledger = plan.ledger
    return [
        {"key": "placed", "name": "Placed", "number": f"{ledger.placed:,}", "shown": False},
        {"key": "furniture", "name": "Furniture", "number": f"{ledger.furniture:,}", "shown": False},
        {"key": "unplaced", "name": "Unplaced", "number": f"{ledger.unplaced:,}", "shown": True},
    ]


def _sheet(page: PagePicture) -> dict[str, object]:
    data = base64.b64encode(page.data).decode()
    return {
        "number": page.number,
        "width": f"{page.width:.1f}",
        "height": f"{page.height:.1f}",
        "source": f"data:{MEDIA_TYPE};base64,{data}",
    }


def _figure(figure: Figure) -> dict[str, object]:
    data = base64.b64encode(figure.svg.encode("utf-8", "replace")).decode()
    return {
        "title": plain(figure.title),
        "words": plain(figure.words),
        "source": f"data:image/svg+xml;base64,{data}",
        "header": figure.header,
        "rows": [[plain(cell) for cell in row] for row in figure.rows],
    }
