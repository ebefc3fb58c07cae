"""A Diff of two versions of a fictional plan, built by hand, for the tests of its renderings: one of every kind."""

from __future__ import annotations

from typing import Any

from compare.model import (
    Change,
    ColumnChange,
    Diff,
    FieldChange,
    Match,
    Pair,
    PersonChange,
    PlanChange,
    Row,
    Run,
    SectionChange,
    Summary,
    Version,
)
from extract.model import PageBox
from normalise.model import Date, Lead, Person, Resources

OLD_PLACE = (PageBox(3, (36.0, 90.0, 144.5, 102.1)),)
NEW_PLACE = (PageBox(4, (36.0, 200.0, 144.5, 212.1)), PageBox(5, (36.0, 36.0, 144.5, 48.0)))
SURE = Match("ref-and-text", 1.0)


def day(text: str, edtf: str, **changes: Any) -> Date:
    return Date(text, "date", edtf, edtf, edtf, **changes)


def a_row(ref: str | None, action: str, **changes: Any) -> Row:
    values: dict[str, Any] = {
        "id": ref or "row-9",
        "ref": ref,
        "section": "1",
        "section_title": "Practice",
        "group": None,
        "action": action,
        "leads": ("Ada Lowe",),
        "status": "in_progress",
        "origins": NEW_PLACE,
    }
    return Row(**{**values, **changes})


def a_change(kind: Any, old: Row | None, new: Row | None, *fields: FieldChange, **changes: Any) -> Change:
    values: dict[str, Any] = {
        "also": (),
        "match": SURE if old and new else None,
        "cause": "document",
        "uncertain": any(field.uncertain for field in fields),
    }
    return Change(kind=kind, old=old, new=new, fields=fields, **{**values, **changes})


PROGRESS = FieldChange(
    "progress",
    "In hand on time.\nFirst visits made",
    "In hand, nearly on time.\nFirst visits made",
    words=(
        Run("same", ("In",)),
        Run("old", ("hand",)),
        Run("new", ("hand,", "nearly")),
        Run("same", ("on", "time.\n", "First", "visits", "made")),
    ),
    old_origins=OLD_PLACE,
    new_origins=NEW_PLACE,
)
SLIPPED = FieldChange(
    "end",
    (day("31 Mar 18", "2018-03-31"),),
    (day("30 Jun 18", "2018-06-30", label="Revised"),),
    days=91,
    old_origins=OLD_PLACE,
    new_origins=NEW_PLACE,
)
COMPLETED = FieldChange("status", "in_progress", "complete", old_origins=OLD_PLACE, new_origins=NEW_PLACE)
REASSIGNED = FieldChange(
    "leads",
    (Lead("AL", "ada-lowe", ("ada-lowe",), "initials"),),
    (Lead("JK", "jo-kell", ("jo-kell",), "initials"), Lead("TBC", None, (), "none")),
    came=("Jo Kell", "TBC"),
    went=("Ada Lowe",),
)
MONEY = FieldChange(
    "resources",
    Resources("£46k", "amount", 46000, "GBP"),
    Resources("£50,500", "amount", 50500, "GBP"),
    amount=4500,
)

VISITS = a_row("1.1", "Visit every home")
CHANGES: tuple[Change, ...] = (
    a_change("changed", VISITS, VISITS, SLIPPED, PROGRESS),
    a_change(
        "changed",
        a_row("1.2", "Agree the rota"),
        a_row("1.2", "Agree the rota", status="complete"),
        COMPLETED,
        FieldChange(
            "end", (day("Jun 18", "2018-06"),), (day("1 June 18", "2018-06-01"),), days=-29, precision="gained"
        ),
    ),
    a_change(
        "added",
        None,
        a_row("1.3", "Open a flat", section="2", section_title="Homes", leads=("Jo Kell",)),
        FieldChange("action", None, "Open a flat"),
        FieldChange("end", None, (day("Q1 2018/19", "2018-04/2018-06"),)),
    ),
    a_change(
        "removed",
        a_row("1.9", "Write the <newsletter>", leads=()),
        None,
        FieldChange("action", "Write the <newsletter>", None),
        FieldChange("measure", "=Ten issues", None),
    ),
    a_change(
        "moved",
        a_row("1.4", "Train the trainers"),
        a_row("2.1", "Train the trainers", section="2", section_title="Homes", leads=("Jo Kell",)),
        FieldChange("ref", "1.4", "2.1"),
        FieldChange("section", "1", "2"),
        REASSIGNED,
        MONEY,
        also=("renumbered", "changed"),
        match=Match("text", 0.93),
    ),
    a_change(
        "renumbered",
        a_row("1.5", "Publish the results"),
        a_row("1.4", "Publish the results"),
        FieldChange("ref", "1.5", "1.4"),
        match=Match("text", 1.0, sure=False),
        uncertain=True,
        doubts=("Another row has the same words",),
    ),
    a_change(
        "changed",
        a_row("2.2", "Count the waits"),
        a_row("2.2", "Count the waits"),
        FieldChange(
            "end",
            (Date("4 Nov", "date", "2017-11-04", "2017-11-04", "2017-11-04", inferred=("year",)),),
            (day("4 Dec 17", "2017-12-04"),),
            uncertain=True,
            doubts=("The year of 4 Nov is inferred",),
            days=30,
        ),
    ),
    a_change(
        "changed",
        a_row("2.3", "Keep the list"),
        a_row("2.3", "Keep the list"),
        FieldChange("start", (), (day("Jul 17", "2017-07"),)),
        cause="tool",
    ),
)

SUMMARY = Summary(
    old_rows=8,
    new_rows=8,
    unchanged=1,
    added=1,
    removed=1,
    moved=1,
    changed=3,
    renumbered=1,
    completed=1,
    reopened=0,
    slipped=1,
    brought_forward=1,
    reassigned=1,
    people=2,
    columns=1,
    sections=1,
    plan=1,
    uncertain=2,
    tool=1,
)


def a_diff(**changes: Any) -> Diff:
    """The Diff of versions 3 and 4 of the Improvement plan."""
    values: dict[str, Any] = {
        "old": Version("plan-v3.pdf", "a" * 64, "Improvement plan", "3", "2017-07-14"),
        "new": Version("plan-v4.pdf", "b" * 64, "Improvement plan", "4", None),
        "summary": SUMMARY,
        "changes": CHANGES,
        "people": (
            PersonChange("removed", Person("ada-lowe", "Ada Lowe", "Head of Practice", ("AL",), OLD_PLACE), None),
            PersonChange(
                "changed",
                Person("jo-kell", "Jo Kell", None, ("JK",), OLD_PLACE),
                Person("jo-kell", "Jo Kell", "Head of Practice", ("JK",), NEW_PLACE),
            ),
        ),
        "columns": (ColumnChange("lead", "SRO (Lead)", "Lead Officer"),),
        "sections": (
            SectionChange("changed", "2", "2", (FieldChange("outcomes", ("Safe",), ("Safe", "Warm"), came=("Warm",)),)),
        ),
        "plan": (PlanChange("changed", FieldChange("version", "3", "4")),),
        "pairs": (Pair("1.1", "1.1", SURE),),
    }
    return Diff(**{**values, **changes})


NO_CHANGE = Summary(1, 1, 1, *(0,) * 16)


def no_diff() -> Diff:
    """A plan against itself."""
    return a_diff(summary=NO_CHANGE, changes=(), people=(), columns=(), sections=(), plan=())
