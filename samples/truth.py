"""The right reading of a sample plan, made from its content and reading.toml alone, never from the code it judges."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from samples.content import CONTENT, FIELDS, LISTS, Content, Group, Row

Reading = dict[str, dict[str, Any]]


def truth(content: Content) -> dict[str, Any]:
    """The plan cell by cell with the right reading of each row beside it (`gold`), ready for JSON.

    Dates are EDTF, or the kind where a cell holds no date; leads are full names; amounts are pounds.
    """
    reading: Reading = tomllib.loads((CONTENT / "reading.toml").read_text("utf-8"))
    return {
        "id": f"recovery-plan-{content.version}",
        "organisation": content.organisation,
        "title": content.title,
        "version": content.version,
        "date_text": content.date_text,
        "date": content.date,
        "intro": [text for _, paragraphs in content.intro for text in paragraphs],
        "people_heading": content.people_heading,
        "people": [{"name": name, "role": role, "initials": initials(name)} for name, role in content.people],
        "people_printed": True,
        "columns": [[field, header] for field, header, _ in content.columns],
        "widths_cm": [width for _, _, width in content.columns],
        "sections": [
            {
                "number": section.number,
                "title": section.title,
                "outcomes_heading": section.outcomes_heading,
                "outcomes": list(section.outcomes),
                "groups": [
                    {"title": group.title, "actions": [_action(row, group, reading) for row in group.rows]}
                    for group in section.groups
                ],
            }
            for section in content.sections
        ],
    }


def initials(name: str) -> str:
    """`Rosalind Tate-Byrne` is `RT-B`."""
    return "".join("-".join(part[0] for part in word.split("-")) for word in name.split())


def _action(row: Row, group: Group, reading: Reading) -> dict[str, Any]:
    cells = {field: _paragraphs(text) if field in LISTS else text for field, text in row.cells.items()}
    cells["lead"] = " ".join(row.cells["lead"].split("\n"))
    gold = {
        "start": [reading["dates"][text] for text in cells["start"]],
        "end": [reading["dates"][text] for text in cells["end"]],
        "leads": _leads(row, group, reading),
        "leads_ambiguous": False,
        "amount": reading["amounts"].get(row.cells["resources"]),
        "status": _status(row.cells["progress"]),
    }
    return {**{field: cells[field] for field in FIELDS}, "gold": {**gold, **row.gold}}


def _paragraphs(text: str) -> list[str]:
    return text.split("\n") if text else []


def _leads(row: Row, group: Group, reading: Reading) -> list[str]:
    """Full names, each once, in printed order; nobody where the cell says TBC or the row's own gold decides."""
    if "leads" in row.gold or row.cells["lead"] == "TBC":
        return []
    codes = [code for code in re.split(r"\n| and ", row.cells["lead"]) if code]
    names = [reading["leads"].get(code) or reading["shared"][group.title or ""] for code in codes]
    return list(dict.fromkeys(names))


def _status(progress: str) -> str:
    if not progress:
        return "unknown"
    if progress.startswith("Complete"):
        return "complete"
    return "not_started" if progress.startswith(("Not started", "Not yet started")) else "in_progress"
