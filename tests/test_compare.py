"""What changed: kinds, fields by meaning, who made the change, and what is uncertain."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from plan_builder import HERE, a_plan, an_action

from compare.comparing import compare, version_of
from compare.model import Change, ColumnChange, Diff, FieldChange, PersonChange, Version
from extract.model import Source, TextCell
from normalise.model import (
    Action,
    CellRecord,
    Column,
    Date,
    Finding,
    Group,
    Head,
    Lead,
    OtherTable,
    Person,
    Plan,
    Resources,
    Section,
    TextBlock,
)

TEXT = "text/tab-separated-values"
ADA = Person("ada-lowe", "Ada Lowe", "Head of Practice", ("AL",), HERE)
BEN = Person("ben-hart", "Ben Hart", "Head of Finance", ("BH",), HERE)
PRACTICE = Section("1", "1", "Practice", (), (Group("VISITS", "VISITS", HERE), Group("STAFF", "STAFF", HERE)), HERE)
FINANCE = Section("2", "2", "Finance", (), (), HERE)


def day(text: str, edtf: str, first: str | None = None, last: str | None = None, **more: Any) -> Date:
    return Date(text, "date", edtf, first or edtf, last or edtf, **more)


def lead(text: str, person: str | None) -> Lead:
    return Lead(text, person, (person,) if person else (), "initials" if person else "none")


BASE: dict[str, Any] = {
    "action": "Agree the programme of visits with every ward",
    "measure": "Programme signed by all wards",
    "progress": "In hand",
    "start": (),
    "end": (day("30 Nov 17", "2017-11-30"),),
    "leads": (lead("AL", "ada-lowe"),),
    "resources": Resources("£46k", "amount", 46000, "GBP"),
    "group": "VISITS",
}
RAWS = {"end": "end", "lead": "leads", "resources": "resources"}


def a_row(**changes: Any) -> Action:
    """A row whose cells print what its values say, unless `cells` says what they print."""
    cells = changes.pop("cells", {})
    row = an_action(**{**BASE, **changes})
    raws: dict[str, str] = {name: getattr(row, name) for name in ("action", "measure", "impact", "progress")}
    raws["end"] = "\n".join(date.text for date in row.end)
    raws["lead"] = "\n".join(one.text for one in row.leads)
    raws["resources"] = row.resources.text
    raws["ref"] = row.ref or ""
    raws |= {f"extra.{header}": text for header, text in row.extra}
    raws |= {"status": row.status_text} if row.status_text else {}
    records = {**{name: CellRecord(raw, (), HERE) for name, raw in raws.items()}, **cells}
    return replace(row, cells=tuple(records.items()))


def plan(*rows: Action, **changes: Any) -> Plan:
    values = {"actions": rows, "people": (ADA, BEN), "sections": (PRACTICE, FINANCE), "findings": ()}
    return a_plan(**{**values, **changes})


def dump(one: Plan) -> Plan:
    return replace(one, source=Source("plan.txt", "1" * 64, TEXT, None))


def only(diff: Diff) -> Change:
    (change,) = diff.changes
    return change


def change_of(**changes: Any) -> Change:
    return only(compare(plan(a_row()), plan(a_row(**changes))))


def short(field: FieldChange) -> tuple[Any, ...]:
    return field.field, field.days, field.precision, field.amount, field.came, field.went, field.uncertain


#: What is changed in the row; the kind, the other kinds; of each field what it is and what it means.
CHANGES = [
    ({"progress": "Done"}, "changed", (), [("progress", None, None, None, (), (), False)]),
    ({"id": "1.2", "ref": "1.2"}, "renumbered", (), [("ref", None, None, None, (), (), False)]),
    ({"group": "STAFF"}, "moved", (), [("group", None, None, None, (), (), False)]),
    (
        {"section": "2", "group": None, "ref": "2.1", "id": "2.1", "progress": "Done"},
        "moved",
        ("changed", "renumbered"),
        [
            ("ref", None, None, None, (), (), False),
            ("section", None, None, None, (), (), False),
            ("group", None, None, None, (), (), False),
            ("progress", None, None, None, (), (), False),
        ],
    ),
    (
        {"end": (day("14 Jan 18", "2018-01-14"),)},
        "changed",
        (),
        [("end", 45, None, None, (), (), False)],
    ),
    (
        {"end": (day("1 Nov 17", "2017-11-01"),)},
        "changed",
        (),
        [("end", -29, None, None, (), (), False)],
    ),
    (
        {"end": (day("Nov 17", "2017-11", "2017-11-01", "2017-11-30"),)},
        "changed",
        (),
        [("end", 0, "lost", None, (), (), False)],
    ),
    (
        {"end": (day("30 Nov 17", "2017-11-30", superseded=True), day("Revised: 5 Dec 17", "2017-12-05"))},
        "changed",
        (),
        [("end", 5, None, None, (), (), False)],
    ),
    ({"end": (Date("TBC", "tbc"),)}, "changed", (), [("end", None, None, None, (), (), False)]),
    (
        {"leads": (lead("BH", "ben-hart"),)},
        "changed",
        (),
        [("leads", None, None, None, ("Ben Hart",), ("Ada Lowe",), False)],
    ),
    (
        {"leads": (lead("AL", "ada-lowe"), lead("TBC", None))},
        "changed",
        (),
        [("leads", None, None, None, ("TBC",), (), False)],
    ),
    (
        {"resources": Resources("£40.5k", "amount", 40500, "GBP")},
        "changed",
        (),
        [("resources", None, None, -5500, (), (), False)],
    ),
    ({"resources": Resources("", "blank")}, "changed", (), [("resources", None, None, None, (), (), False)]),
    (
        {"progress": "Complete. Signed", "status": "complete"},
        "changed",
        (),
        [("progress", None, None, None, (), (), False), ("status", None, None, None, (), (), False)],
    ),
    (
        {"extra": (("Theme", "Safety"),)},
        "changed",
        (),
        [("extra.Theme", None, None, None, (), (), False)],
    ),
]


@pytest.mark.parametrize("changes, kind, also, fields", CHANGES, ids=[str(list(case[0])) for case in CHANGES])
def test_a_row_that_changed(changes: dict[str, Any], kind: str, also: tuple[str, ...], fields: list[Any]) -> None:
    change = change_of(**changes)
    assert (change.kind, change.also, change.cause, change.uncertain) == (kind, also, "document", False)
    assert [short(field) for field in change.fields] == fields


SAME_MEANING = [
    {"end": (day("30/11/2017", "2017-11-30"),)},
    {"progress": "•  In hand"},
    {"group": "Visits"},
    {"extra": (("", ""),)},
]


@pytest.mark.parametrize("changes", SAME_MEANING, ids=str)
def test_what_means_the_same_is_no_change(changes: dict[str, Any]) -> None:
    diff = compare(plan(a_row()), plan(a_row(**changes)))
    assert (diff.changes, diff.differs) == ((), False)


def test_a_changed_field_has_both_values_its_words_and_its_places() -> None:
    elsewhere = (TextCell(4, 2),)
    change = change_of(progress="In hand since May", cells={"progress": CellRecord("In hand since May", (), elsewhere)})
    (field,) = change.fields
    assert (field.old, field.new) == ("In hand", "In hand since May")
    assert [(run.op, run.words) for run in field.words] == [("same", ("In", "hand")), ("new", ("since", "May"))]
    assert (field.old_origins, field.new_origins) == (HERE, elsewhere)


def test_rows_that_came_and_went_have_all_their_values() -> None:
    other = a_row(id="1.2", ref="1.2", action="Close the old filing room", end=(), measure="", leads=())
    diff = compare(plan(a_row()), plan(other))
    assert [(c.kind, c.old_ref, c.new_ref, c.match) for c in diff.changes] == [
        ("removed", "1.1", None, None),
        ("added", None, "1.2", None),
    ]
    assert [(field.field, field.old, field.new) for field in diff.changes[1].fields] == [
        ("ref", "", "1.2"),
        ("section", "", "1"),
        ("group", "", "VISITS"),
        ("action", "", "Close the old filing room"),
        ("resources", Resources("", "blank"), Resources("£46k", "amount", 46000, "GBP")),
        ("progress", "", "In hand"),
        ("status", "", "in_progress"),
    ]


def test_what_is_no_day_has_no_days() -> None:
    (field,) = change_of(end=(Date("soon", "date", "soon", "soon", "soon"),)).fields
    assert (field.field, field.days, field.precision) == ("end", None, None)


def test_ids_that_stand_twice_do_no_harm() -> None:
    twice = plan(a_row(), a_row(action="Train all managers before winter"))
    assert compare(twice, twice).changes == ()
    assert [change.kind for change in compare(twice, plan(a_row())).changes] == ["removed"]


# Who made the change


def test_the_same_print_read_otherwise_is_the_tools_doing() -> None:
    raw = {"end": CellRecord("30 Nov 17", (), HERE)}
    diff = compare(plan(a_row(cells=raw)), plan(a_row(end=(day("30 Nov 17", "2018-11-30"),), cells=raw)))
    assert [(c.kind, c.cause, [f.field for f in c.fields]) for c in diff.changes] == [("changed", "tool", ["end"])]
    assert (diff.differs, diff.summary.tool, diff.summary.slipped, diff.summary.unchanged) == (False, 1, 0, 0)


def test_what_the_document_and_what_the_tool_changed_are_two_records() -> None:
    raw = {"end": CellRecord("30 Nov 17", (), HERE)}
    new = a_row(end=(day("30 Nov 17", "2018-11-30"),), progress="Done", cells=raw)
    diff = compare(plan(a_row(cells=raw)), plan(new))
    assert [(c.cause, [f.field for f in c.fields]) for c in diff.changes] == [
        ("document", ["progress"]),
        ("tool", ["end"]),
    ]


def test_words_that_are_read_as_another_column_are_the_tools_doing() -> None:
    old = a_row(extra=(("Theme", "Safety first"),))
    new = a_row(impact="Safety first")
    diff = compare(plan(old), plan(new))
    assert {change.cause for change in diff.changes} == {"tool"}


def test_a_year_that_follows_another_date_is_the_documents_doing() -> None:
    guessed = {"inferred": ("year",)}
    old = a_row(start=(day("Oct 17", "2017-10"),), end=(day("4 Nov", "2017-11-04", **guessed),))
    new = a_row(start=(day("Oct 18", "2018-10"),), end=(day("4 Nov", "2018-11-04", **guessed),))
    cells = {"start": CellRecord("Oct 17", (), HERE)}, {"start": CellRecord("Oct 18", (), HERE)}
    old, new = (replace(row, cells=(*row.cells, *more.items())) for row, more in zip((old, new), cells, strict=True))
    change = only(compare(plan(old), plan(new)))
    assert (change.cause, [field.field for field in change.fields]) == ("document", ["start", "end"])


def test_initials_of_somebody_else_follow_the_list_of_people() -> None:
    eve = Person("eve-nash", "Eve Nash", "Head of Practice", ("AL",), HERE)
    new = plan(a_row(leads=(lead("AL", "eve-nash"),)), people=(eve, BEN))
    change = only(compare(plan(a_row()), new))
    assert (change.cause, short(change.fields[0])[4:6]) == ("document", (("Eve Nash",), ("Ada Lowe",)))


def test_a_name_that_is_no_longer_listed_is_the_same_lead() -> None:
    old, new = a_row(leads=(lead("Ada Lowe", "ada-lowe"),)), a_row(leads=(lead("Ada Lowe", None),))
    assert compare(plan(old), plan(new, people=(BEN,))).changes == ()


# What is uncertain


def doubt(
    field: str | None, severity: Any = "warning", about: Any = "reading", code: str = "date-ambiguous"
) -> Finding:
    return Finding("f", code, about, severity, "1.1", "1.1", field, "It may be otherwise.", (), HERE)


DOUBTS = [
    (doubt("end"), True),
    (doubt("row"), True),
    (doubt(None), True),
    (doubt("end", "error"), True),
    (doubt("end", "info"), False),
    (doubt("start"), False),
    (doubt("end", about="document"), False),
]


@pytest.mark.parametrize("finding, uncertain", DOUBTS)
def test_a_change_is_uncertain_where_a_reading_is_doubtful(finding: Finding, uncertain: bool) -> None:
    old, new = plan(a_row()), plan(a_row(end=(day("5 Dec 17", "2017-12-05"),)))
    for one, two in ((replace(old, findings=(finding,)), new), (old, replace(new, findings=(finding,)))):
        diff = compare(one, two)
        change = only(diff)
        assert (change.uncertain, change.fields[0].uncertain, diff.differs) == (uncertain, uncertain, True)
        assert change.doubts == (("It may be otherwise.",) if uncertain else ())
        assert (diff.summary.uncertain, diff.summary.slipped) == ((1, 0) if uncertain else (0, 1))


def test_a_certain_change_comes_before_an_uncertain_move() -> None:
    new = plan(a_row(group="STAFF", progress="Done"), findings=(doubt("group"),))
    change = only(compare(plan(a_row()), new))
    assert (change.kind, change.also, change.uncertain) == ("changed", ("moved",), True)


def test_a_status_that_is_read_from_the_progress_shares_its_doubts() -> None:
    new = plan(a_row(progress="Complete", status="complete"), findings=(doubt("progress"),))
    change = only(compare(plan(a_row()), new))
    assert [(field.field, field.uncertain) for field in change.fields] == [("progress", True), ("status", True)]


def test_an_unsure_match_makes_its_changes_uncertain() -> None:
    said = {"measure": "", "end": ()}
    twins = [a_row(id=f"1.{at}", ref=f"1.{at}", progress=text, **said) for at, text in ((1, "a"), (2, "b"))]
    others = [a_row(id=f"1.{at}", ref=f"1.{at}", progress=text, **said) for at, text in ((7, "a"), (8, "b"))]
    diff = compare(plan(*twins), plan(*others))
    assert {(change.match and change.match.sure, change.uncertain) for change in diff.changes} == {(False, True)}


def in_lines(row: Action, first: int) -> Action:
    """The row as one of a dump, on a line of its own."""
    cells = tuple((name, replace(cell, origins=(TextCell(first, 1),))) for name, cell in row.cells)
    return replace(row, cells=cells)


def test_a_dump_may_have_put_the_edge_of_a_cell_next_door() -> None:
    """The words are said by the row after it, or a page ends beside it; else they are the document's."""
    one, two = (
        a_row(measure="Signed by all wards"),
        a_row(id="1.2", ref="1.2", action="Train managers", measure="Held in May"),
    )
    whole = plan(one, two)
    moved = a_row(measure="Signed by all wards Held in May")
    more = a_row(measure="Signed by all wards Twice")
    for new, line, uncertain in ((moved, 2, True), (more, 2, False), (more, 9, True)):
        rough = dump(plan(in_lines(new, 1), in_lines(two, line)))
        assert [(c.kind, c.uncertain) for c in compare(whole, rough).changes] == [("changed", uncertain)]


def test_a_dump_may_have_lost_what_stands_outside_the_rows() -> None:
    lost = dump(plan(a_row(), sections=(replace(PRACTICE, title=None), FINANCE)))
    (section,) = compare(plan(a_row()), lost).sections
    assert (section.kind, section.uncertain, section.fields[0].new) == ("changed", True, None)
    (section,) = compare(plan(a_row()), replace(lost, source=plan().source)).sections
    assert (section.kind, section.uncertain) == ("changed", False)


def test_a_row_that_the_other_reading_has_outside_its_rows_is_the_tools_doing() -> None:
    note = TextBlock(str(BASE["action"]), "note", None, HERE)
    diff = compare(plan(a_row()), plan(paragraphs=(*plan().paragraphs, note)))
    assert [(change.kind, change.cause) for change in diff.changes] == [("removed", "tool")]
    assert not diff.differs


# Around the rows


def test_people() -> None:
    eve = Person("eve-nash", "Eve Nash", "Head of Audit", ("EN",), HERE)
    new_ada = replace(ADA, role="Director of Practice")
    diff = compare(plan(a_row()), plan(a_row(), people=(new_ada, eve)))
    assert diff.people == (
        PersonChange("changed", ADA, new_ada),
        PersonChange("added", None, eve),
        PersonChange("removed", BEN, None),
    )
    assert diff.summary.people == 3


def test_a_person_whom_both_versions_print_is_the_tools_doing() -> None:
    named = TextBlock("Ben Hart, Head of Finance", "person", None, HERE)
    old, new = plan(a_row(), paragraphs=(named,)), plan(a_row(), people=(ADA,), paragraphs=(named,))
    diff = compare(old, new)
    assert ([(person.kind, person.cause) for person in diff.people], diff.differs) == ([("removed", "tool")], False)


def columns(**headers: str) -> tuple[Column, ...]:
    return tuple(Column(field, header, section, HERE) for field, header in headers.items() for section in ("1", "2"))


def test_columns() -> None:
    old = plan(a_row(), columns=columns(action="Action", lead="SRO (Lead)", measure="Measure"))
    new = plan(a_row(), columns=columns(action="ACTION", lead="S RO (Lea d)", measure="How we will know", status="RAG"))
    assert compare(old, new).columns == (
        ColumnChange("measure", "Measure", "How we will know"),
        ColumnChange("status", None, "RAG"),
    )


def test_a_header_of_one_section() -> None:
    old = plan(a_row(), columns=columns(measure="Measure"))
    new = plan(a_row(), columns=(Column("measure", "Measure", "1", HERE), Column("measure", "KPI", "2", HERE)))
    assert compare(old, new).columns == (ColumnChange("measure", "Measure", "KPI", ("2",)),)


def test_a_header_that_a_dump_clipped_is_uncertain() -> None:
    old = plan(a_row(), columns=columns(measure="Measure"))
    (clipped,) = compare(old, dump(plan(a_row(), columns=columns(measure="Measu")))).columns
    (renamed,) = compare(old, dump(plan(a_row(), columns=columns(measure="How we will know")))).columns
    assert (clipped.uncertain, renamed.uncertain) == (True, False)


def test_sections() -> None:
    retitled = replace(PRACTICE, title="Better practice", outcomes=("Safe",))
    people = Section("3", "3", "People", (), (), HERE)
    diff = compare(plan(a_row()), plan(a_row(), sections=(retitled, people)))
    assert [(s.kind, s.old, s.new, [f.field for f in s.fields]) for s in diff.sections] == [
        ("changed", "1", "1", ["title", "outcomes"]),
        ("added", None, "3", ["number", "title"]),
        ("removed", "2", None, ["number", "title"]),
    ]
    assert diff.changes == ()


def test_a_section_that_is_numbered_anew_moves_no_row() -> None:
    first = Section("1", "1", "People", (), (), HERE)
    new = plan(a_row(id="2.1", ref="2.1", section="2"), sections=(first, replace(PRACTICE, id="2", number="2")))
    diff = compare(plan(a_row(), sections=(PRACTICE,)), new)
    assert [(c.kind, [f.field for f in c.fields]) for c in diff.changes] == [("renumbered", ["ref"])]
    assert [(s.kind, s.old, s.new) for s in diff.sections] == [("added", None, "1"), ("changed", "1", "2")]


def test_a_banner_that_is_worded_anew_moves_no_row() -> None:
    retitled = replace(PRACTICE, groups=(Group("HOME VISITS", "HOME VISITS", HERE), PRACTICE.groups[1]))
    diff = compare(plan(a_row()), plan(a_row(group="HOME VISITS"), sections=(retitled, FINANCE)))
    assert diff.changes == ()
    assert [(f.field, f.old, f.new) for s in diff.sections for f in s.fields] == [("group", "VISITS", "HOME VISITS")]


def test_the_plan_as_a_whole() -> None:
    intro = TextBlock("This plan follows the inspection of May.", "intro", None, HERE)
    later = TextBlock("This plan follows the inspection of May and the visit of June.", "intro", None, HERE)
    key = OtherTable((("Blue", "Complete"),), HERE)
    old = plan(a_row(), plan=Head("Plan", "Council", "3", "2017"), paragraphs=(intro,), tables=())
    new = plan(a_row(), plan=Head("Plan", "Council", "4", "2017-09"), paragraphs=(later,), tables=(key,))
    assert [(c.kind, c.change.field, c.change.old, c.change.new) for c in compare(old, new).plan] == [
        ("changed", "version", "3", "4"),
        ("changed", "published", "2017", "2017-09"),
        ("changed", "paragraph", intro.text, later.text),
        ("added", "table", None, "Blue | Complete"),
    ]


def test_a_table_with_dashes_at_its_lines_is_no_change() -> None:
    key = OtherTable((("Blue \u2014\nas agreed", "- \u2014"), ("x | y", "Complete")), HERE)
    other = replace(key, rows=(("Blue \u2014\nas asked", "- \u2014"), ("x | y", "Complete")))
    old = plan(a_row(), tables=(key,))
    assert compare(old, old).plan == ()
    assert [(c.kind, c.change.field) for c in compare(old, plan(a_row(), tables=(other,))).plan] == [
        ("changed", "table")
    ]


def test_a_paragraph_that_is_only_cut_elsewhere_is_no_change() -> None:
    parts = (
        TextBlock("This plan follows", "intro", None, HERE),
        TextBlock("the inspection of May.", "note", None, HERE),
    )
    whole = (TextBlock("This plan follows the inspection of May.", "intro", None, HERE),)
    assert compare(plan(a_row(), paragraphs=whole), plan(a_row(), paragraphs=parts)).plan == ()


def test_the_versions_and_the_summary() -> None:
    old = plan(a_row(), a_row(id="1.2", ref="1.2", action="Train all managers before winter"))
    new = plan(
        a_row(
            progress="Complete",
            status="complete",
            end=(day("5 Dec 17", "2017-12-05"),),
            leads=(lead("BH", "ben-hart"),),
        ),
        a_row(id="1.2", ref="1.2", action="Train all managers before winter"),
        a_row(id="1.3", ref="1.3", action="Carry out an audit of case files each month"),
    )
    diff = compare(old, new)
    assert diff.old == version_of(old) == Version("plan.pdf", "0" * 64, "Improvement plan", "3", "2017-07-14")
    said = {name: getattr(diff.summary, name) for name in diff.summary.__slots__}
    assert {name: count for name, count in said.items() if count} == {
        "old_rows": 2,
        "new_rows": 3,
        "unchanged": 1,
        "added": 1,
        "changed": 1,
        "completed": 1,
        "slipped": 1,
        "reassigned": 1,
    }
    assert [(pair.old, pair.new) for pair in diff.pairs] == [("1.1", "1.1"), ("1.2", "1.2")]
