"""A small plan of a fictional council, built by hand, for the tests of whatever takes a Plan."""

from __future__ import annotations

from typing import Any

from extract.model import PageBox, Source, count_characters
from normalise.model import (
    Action,
    CellRecord,
    Column,
    Date,
    Finding,
    Furniture,
    Group,
    Head,
    Lead,
    Ledger,
    OtherTable,
    Person,
    Plan,
    Repair,
    Resources,
    Section,
    TextBlock,
    Tool,
)

HERE = (PageBox(1, (36.0, 90.0, 144.5, 102.1)),)

CELLS = {
    "ref": CellRecord("1.1", (), HERE),
    "action": CellRecord("Agree the progra mme", (Repair("broken_words", 16, " ", ""),), HERE),
    "start": CellRecord("Jul 17", (), HERE),
    "end": CellRecord("4 Sept 17 phase 1 30 Nov 17 phase 2", (), HERE),
    "lead": CellRecord("AL and TBC", (), HERE),
    "resources": CellRecord("£46k", (), HERE),
    "measure": CellRecord("=Plan signed", (), HERE),
    "progress": CellRecord("In hand — “on time”", (), HERE),
}


def an_action(**changes: Any) -> Action:
    """One action with two end dates, two leads and an amount."""
    values: dict[str, Any] = {
        "id": "1.1",
        "ref": "1.1",
        "section": "1",
        "group": "IMPROVING PRACTICE",
        "action": "Agree the programme",
        "measure": "=Plan signed",
        "impact": "",
        "progress": "In hand — “on time”",
        "start": (Date("Jul 17", "date", "2017-07", "2017-07-01", "2017-07-31"),),
        "end": (
            Date("4 Sept 17", "date", "2017-09-04", "2017-09-04", "2017-09-04", "phase 1"),
            Date("30 Nov 17", "date", "2017-11-30", "2017-11-30", "2017-11-30", "phase 2"),
        ),
        "leads": (Lead("AL", "ada-lowe", ("ada-lowe",), "initials"), Lead("TBC", None, (), "none")),
        "resources": Resources("£46k", "amount", 46000, "GBP"),
        "status": "in_progress",
        "status_basis": "progress",
        "rag": None,
        "status_text": None,
        "extra": (),
        "cells": tuple(CELLS.items()),
        "needs_review": False,
    }
    return Action(**{**values, **changes})


def a_plan(**changes: Any) -> Plan:
    """A plan of one action, balanced: its ledger is the sum of its places."""
    values: dict[str, Any] = {
        "plan": Head("Improvement plan", "Fellmoor Council", "3", "2017-07-14"),
        "source": Source("plan.pdf", "0" * 64, "application/pdf", 1),
        "tool": Tool("actionplan", "0.1.0", "e3b0" + "0" * 60, (("pypdfium2", "5.0"),)),
        "people": (Person("ada-lowe", "Ada Lowe", "Head of Practice", ("AL",), HERE),),
        "columns": (Column("action", "Action", "1", HERE), Column("lead", "SRO (Lead)", "1", HERE)),
        "sections": (
            Section(
                "1",
                "1",
                "Practice",
                ("Visits are on time",),
                (Group("IMPROVING PRACTICE", "IMPR | OVING PRACTICE", HERE),),
                HERE,
                "1. Practice",
                ("• Visits are on time",),
            ),
        ),
        "actions": (an_action(),),
        "findings": (
            Finding("f1", "missing-ref", "document", "warning", None, "1.2", "row", "There is no row 1.2.", (), HERE),
        ),
        "paragraphs": (TextBlock("Fellmoor Council: Improvement plan, version 3, 14 July 2017", "title", None, HERE),),
        "tables": (OtherTable((("AL", "Ada Lowe", "Head of Practice"),), HERE),),
        "furniture": (Furniture("Page 1", "page-number", HERE),),
        "unplaced": (),
        "ledger": Ledger(0, 0, 0, 0),
    }
    plan = Plan(**{**values, **changes})
    if "ledger" in changes:
        return plan
    return Plan(**{**values, **changes, "ledger": balanced(plan)})


def balanced(plan: Plan) -> Ledger:
    """The ledger that the places of a plan add up to."""
    texts = [record.raw for action in plan.actions for _, record in action.cells]
    for section in plan.sections:
        texts += [section.raw, *section.outcomes_raw, *(group.raw for group in section.groups)]
    texts += [column.header for column in plan.columns] + [block.text for block in plan.paragraphs]
    texts += [cell for table in plan.tables for row in table.rows for cell in row]
    placed = sum(map(count_characters, texts))
    furniture = sum(count_characters(item.text) for item in plan.furniture)
    unplaced = sum(count_characters(item.text) for item in plan.unplaced)
    return Ledger(placed + furniture + unplaced, placed, furniture, unplaced)
