"""Corrections by hand: where each one goes, what it changes and settles, and when it lapses."""

from __future__ import annotations

from functools import cache

import pytest
from dumps import HEADER, TITLE, Grid, document, row
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from compare.comparing import compare
from export.plan_json import to_json
from export.proof.proving import problems, source_problems
from extract.model import Document
from normalise.corrections.decided import (
    Correction,
    Corrections,
    LeadCorrection,
    Review,
    RowCorrection,
    Target,
    ValueCorrection,
    fingerprint,
)
from normalise.model import FIELDS, Action, Date, Finding, Plan, Repair
from normalise.pinned import Pin, PinnedColumns
from normalise.plan import normalise
from normalise.repairs import replay

OKAFOR = Review("R. Okafor", "2024-11-25", "Rang the office.")
BY = "R. Okafor on 2024-11-25 (Rang the office)"
PEOPLE = (*TITLE[:-1], "- Tom Wells, Head of Dredging", "")
ROWS = (
    row("1.1", end="31 Jan 25", lead="TW", progress="Tender is out"),
    row("1.2", action="Paint the rails", end="31 Jan 25", lead="OL and TW", progress="No paint in stock"),
    row("1.3", action="Light the slip", end="TBC", lead="OL", resources="£1.234.5"),
)


@cache
def dump(*rows: str) -> Document:
    return document(*PEOPLE, HEADER, *rows)


def target(text: str, ref: str | None = None, **more: str) -> Target:
    return Target(fingerprint(text), ref, **more)


def value(field: str, printed: str, text: str | None, ref: str | None = None, **more: str) -> ValueCorrection:
    return ValueCorrection(field, target(printed, ref, **more), text, OKAFOR)


def lead(printed: str, entry: str, person: str, ref: str | None = None) -> LeadCorrection:
    return LeadCorrection(target(printed, ref), entry, person, OKAFOR)


@cache
def plain(source: Document) -> Plan:
    return normalise(source, "0" * 64)


def corrected(*by_hand: Correction, rows: tuple[str, ...] = ROWS, source: Document | None = None) -> Plan:
    """The plan of a dump with corrections; what the contract guarantees holds for it, or this fails."""
    source = source or dump(*rows)
    if not by_hand:
        return plain(source)
    file = Corrections(
        tuple(one for one in by_hand if isinstance(one, ValueCorrection)),
        tuple(one for one in by_hand if isinstance(one, LeadCorrection)),
        tuple(one for one in by_hand if isinstance(one, RowCorrection)),
    )
    made = normalise(source, "0" * 64, corrections=(file,))
    wrong = (*problems(made), *source_problems(made, source))
    assert wrong == (), wrong
    assert made.ledger == plain(source).ledger
    return made


def action(plan: Plan, ident: str) -> Action:
    return next(one for one in plan.actions if one.id == ident)


def news(plan: Plan, before: Plan | None = None) -> list[tuple[str, str, str | None, str | None]]:
    """(code, severity, action or ref, field) of each finding that the plan without corrections does not have."""
    old = (before or corrected()).findings
    return [(f.code, f.severity, f.action or f.ref, f.field) for f in plan.findings if f not in old]


def finding(plan: Plan, code: str) -> Finding:
    (found,) = [one for one in plan.findings if one.code == code]
    return found


# --- cells -----------------------------------------------------------------------------------------------------------


def test_a_corrected_text_is_what_the_value_is_read_from() -> None:
    plan = corrected(value("end", "31 Jan 25", "31 Jan 2026", "1.2"))
    cell = dict(action(plan, "1.2").cells)["end"]
    repair = Repair("correction", 7, "25", "2026", "R. Okafor", "2024-11-25", "Rang the office.")
    assert (cell.raw, cell.repairs) == ("31 Jan 25", (replace(repair, at=8, before="5", after="026"),))
    assert action(plan, "1.2").end == (Date("31 Jan 2026", "date", "2026-01-31", "2026-01-31", "2026-01-31"),)
    assert action(plan, "1.1").end == action(corrected(), "1.1").end
    assert news(plan) == [("corrected", "info", "1.2", "end")]
    assert finding(plan, "corrected").message == f"Read as '31 Jan 2026'. Corrected by {BY}."


def test_the_correction_comes_after_the_repairs() -> None:
    rows = (row("1.1", action="Dredge the  inner ba- sin"),)
    plan = corrected(value("action", "Dredge the inner ba- sin", "Dredge the outer basin"), rows=rows)
    cell = dict(action(plan, "1.1").cells)["action"]
    assert [repair.rule for repair in cell.repairs][-1] == "correction"
    assert len(cell.repairs) > 1
    assert replay(cell.raw, cell.repairs) == action(plan, "1.1").action == "Dredge the outer basin"


TEXTS = [
    ("resources", "£1.234.5", "£5k", lambda one: one.resources.amount, 5000),
    ("resources", "£1.234.5", "", lambda one: one.resources.kind, "blank"),
    ("progress", "Tender is out", "Completed", lambda one: one.status, "complete"),
    ("lead", "OL", "Tess Waring", lambda one: [lead.person for lead in one.leads], ["tess-waring"]),
    ("measure", "Depth survey signed off", "• One\n• Two", lambda one: one.measure, "• One\n• Two"),
]


@pytest.mark.parametrize("field, printed, text, read, said", TEXTS)
def test_any_cell_can_be_corrected(field: str, printed: str, text: str, read, said) -> None:
    ref = "1.1" if field in ("progress", "measure") else "1.3"
    plan = corrected(value(field, printed, text, ref))
    assert read(action(plan, ref)) == said
    key = "leads" if field == "lead" else field
    assert ("corrected", "info", ref, key) in news(plan)


def test_a_cell_that_prints_nothing_is_corrected_where_the_row_is_named() -> None:
    rows = (row("1.1", end=""), row("1.2", end=""))
    plan = corrected(value("end", "", "May 2026", "1.2"), rows=rows)
    assert [[date.edtf for date in one.end] for one in plan.actions] == [[], ["2026-05"]]
    lone = corrected(value("end", "", "May 2026", "9.9"), rows=rows[:1])
    assert action(lone, "1.1").end == ()
    assert finding(lone, "correction-lapsed").message == (
        f"The correction of the end cell to 'May 2026' by {BY} lapses: an empty end cell does not say which row "
        "is meant."
    )


def test_a_corrected_ref_is_the_rows_own() -> None:
    plan = corrected(value("ref", "1.3", "1.4", "1.3"), value("end", "TBC", "May 2026", "1.3"))
    assert [one.ref for one in plan.actions] == ["1.1", "1.2", "1.4"]
    assert action(plan, "1.4").end[0].edtf == "2026-05"
    assert news(plan) == [
        ("missing-ref", "warning", "1.3", "ref"),
        ("amount-unread", "warning", "1.4", "resources"),
        ("corrected", "info", "1.4", "ref"),
        ("corrected", "info", "1.4", "end"),
    ]


# --- accepted --------------------------------------------------------------------------------------------------------


def test_what_is_accepted_is_no_doubt_any_more() -> None:
    before = corrected()
    assert [(f.code, f.severity) for f in before.findings if f.action == "1.3"] == [("amount-unread", "warning")]
    assert action(before, "1.3").needs_review
    plan = corrected(value("resources", "£1.234.5", None, "1.3"))
    assert news(plan) == [("amount-unread", "info", "1.3", "resources"), ("accepted", "info", "1.3", "resources")]
    doubt = next(f for f in before.findings if f.code == "amount-unread")
    assert finding(plan, "amount-unread").message == f"{doubt.message} Accepted by {BY}."
    assert not action(plan, "1.3").needs_review
    assert [replace(one, needs_review=True) for one in plan.actions] == [
        replace(one, needs_review=True) for one in before.actions
    ]


def test_the_text_that_was_read_anyway_is_accepted() -> None:
    plan = corrected(value("resources", "£1.234.5", "£1.234.5", "1.3"))
    assert plan.actions == corrected(value("resources", "£1.234.5", None, "1.3")).actions
    assert finding(plan, "amount-unread").severity == "info"


def test_a_corrected_text_is_doubted_like_any_other() -> None:
    plan = corrected(value("resources", "£1.234.5", "£1.234.6", "1.3"))
    assert finding(plan, "amount-unread").severity == "warning"


# --- leads -----------------------------------------------------------------------------------------------------------


def test_a_lead_is_whom_the_reviewer_names() -> None:
    before = corrected()
    assert [(one.person, one.basis) for one in action(before, "1.2").leads] == [
        ("owen-lisle", "initials"),
        (None, "none"),
    ]
    plan = corrected(lead("OL and TW", "TW", "tom  wells", "1.2"))
    found = action(plan, "1.2").leads[1]
    assert (found.person, found.candidates, found.basis) == ("tom-wells", ("tess-waring", "tom-wells"), "correction")
    assert action(plan, "1.2").leads[0] == action(before, "1.2").leads[0]
    assert news(plan) == [("ambiguous-lead", "info", "1.2", "leads"), ("corrected", "info", "1.2", "leads")]
    assert finding(plan, "corrected").message == f"TW is Tom Wells. Corrected by {BY}."
    assert (action(before, "1.2").needs_review, action(plan, "1.2").needs_review) == (True, False)


def test_a_lead_that_nobody_fits_is_whom_the_reviewer_names() -> None:
    rows = (row("1.1", lead="QZ"),)
    plan = corrected(lead("QZ", "QZ", "owen-lisle"), rows=rows)
    assert [(one.text, one.person, one.candidates) for one in plan.actions[0].leads] == [
        ("QZ", "owen-lisle", ("owen-lisle",))
    ]
    assert finding(plan, "unknown-initials").severity == "info"


WRONG_LEADS = [
    (lead("OL and TW", "TW", "Nobody Known", "1.2"), "nobody whom the plan lists has that name", ()),
    (lead("OL and TW", "AB", "Owen Lisle", "1.2"), "the cell reads as 'OL', 'TW'", ("OL", "TW")),
]


@pytest.mark.parametrize("one, reason, candidates", WRONG_LEADS)
def test_nobody_is_invented(one: LeadCorrection, reason: str, candidates: tuple[str, ...]) -> None:
    plan = corrected(one)
    assert plan.actions == corrected().actions
    lapsed = finding(plan, "correction-lapsed")
    said = f"The correction of the lead {one.lead!r} to {one.person!r} by {BY} lapses: {reason}."
    assert (lapsed.message, lapsed.candidates, lapsed.action, lapsed.field) == (said, candidates, "1.2", "leads")


# --- rows ------------------------------------------------------------------------------------------------------------


def row_target(plan: Plan, ident: str, hint: str | None = None) -> Target:
    return Target(fingerprint(*(cell.raw for _, cell in action(plan, ident).cells)), hint or ident)


def join(plan: Plan, ident: str) -> RowCorrection:
    return RowCorrection(row_target(plan, ident), True, (), OKAFOR)


def grid(*rows: str) -> Document:
    """A source whose reader keeps its rows apart."""
    source = Grid(word=True)
    for line in PEOPLE:
        if line:
            source.say(line)
    source.table(HEADER, *rows)
    return source.document()


def raws(plan: Plan, ident: str) -> dict[str, str]:
    return {key: cell.raw for key, cell in action(plan, ident).cells if cell.raw}


def test_a_row_is_the_rest_of_the_one_above() -> None:
    before = corrected()
    plan = corrected(join(before, "1.2"))
    assert [one.id for one in plan.actions] == ["1.1", "1.3"]
    one, two = raws(before, "1.1"), raws(before, "1.2")
    assert raws(plan, "1.1") == {key: f"{text} {two[key]}" for key, text in one.items()}
    assert action(plan, "1.1").ref == "1.1"
    assert ("corrected", "info", "1.1", "row") in news(plan)
    assert f"The row below it, read as 1.2, is the rest of this row. Corrected by {BY}." in [
        f.message for f in plan.findings
    ]


def test_rows_that_belong_together_are_all_joined() -> None:
    before = corrected()
    plan = corrected(join(before, "1.3"), join(before, "1.2"))
    assert [one.id for one in plan.actions] == ["1.1"]
    assert raws(plan, "1.1")["action"] == "Dredge the inner basin Paint the rails Light the slip"


def test_there_is_no_row_above_the_first() -> None:
    plan = corrected(join(corrected(), "1.1"))
    assert plan.actions == tuple(replace(one, needs_review=True) if one.id == "1.1" else one for one in plan.actions)
    assert (
        finding(plan, "correction-lapsed").message == f"The joining of a row by {BY} lapses: there is no row above it."
    )


NOT_SAID = ("start", "end", "lead", "resources", "measure", "impact", "progress")
SPLIT = (("action", "Paint the rails"), ("end", "30  Apr 26"))


def test_a_row_that_holds_two_is_parted() -> None:
    two = row("1.1", action="Dredge the basin Paint the rails", end="1 May 25 30 Apr 26")
    source = grid(two, ROWS[2])
    before = corrected(source=source)
    one = RowCorrection(row_target(before, "1.1"), False, SPLIT, OKAFOR)
    plan = corrected(one, source=source)
    assert [each.id for each in plan.actions] == ["1.1", "1.2", "1.3"]
    assert raws(plan, "1.2") == {"action": "Paint the rails", "end": "30 Apr 26"}
    assert (raws(plan, "1.1")["action"], raws(plan, "1.1")["end"]) == ("Dredge the basin", "1 May 25")
    assert action(plan, "1.1").leads == action(before, "1.1").leads
    assert [(f.action, f.field) for f in plan.findings if f.code == "corrected"] == [("1.1", "row"), ("1.2", "row")]
    assert ("ref-inferred", "warning", "1.2", "ref") in news(plan, before)
    by_hand = replace(one, target=target(" ".join(raws(before, "1.1").values()), "1.1"))
    assert corrected(by_hand, source=source) == plan


def test_a_ref_can_be_parted_too() -> None:
    rows = (row("1.1 1.2", action="Dredge the basin Paint the rails"), ROWS[2])
    before = corrected(rows=rows)
    (first, *_) = before.actions
    one = RowCorrection(row_target(before, first.id), False, (("ref", "1.2"), ("action", "Paint")), OKAFOR)
    plan = corrected(one, rows=rows)
    assert [(each.ref, each.action) for each in plan.actions[:2]] == [
        ("1.1", "Dredge the basin"),
        ("1.2", "Paint the rails"),
    ]


WRONG_SPLITS = [
    ((("action", "Sweep"),), "'Sweep' is not printed in its action cell"),
    ((("action", "the"), ("end", "Jan")), "'the' is 2 times printed in its action cell"),
]


@pytest.mark.parametrize("split, reason", WRONG_SPLITS)
def test_where_a_row_cannot_be_parted_it_stays_whole(split: tuple[tuple[str, str], ...], reason: str) -> None:
    rows = (row("1.1", action="Dredge the basin and the quay"),)
    before = corrected(rows=rows)
    plan = corrected(RowCorrection(row_target(before, "1.1"), False, split, OKAFOR), rows=rows)
    assert finding(plan, "correction-lapsed").message == f"The parting of a row by {BY} lapses: {reason}."
    assert raws(plan, "1.1") == raws(before, "1.1")


def test_a_row_that_the_reader_parted_is_made_one_again_and_corrected() -> None:
    rows = (
        row("1.1"),
        row("1.2", action="Paint the rails", end="31 Jan 25", lead="OL", progress="No paint"),
        row("1.3", action="Light the slip", lead="TW"),
    )
    before = corrected(rows=rows)
    joined = corrected(join(before, "1.2"), rows=rows)
    fixed = value("end", raws(joined, "1.1")["end"], "30 Mar 19", "1.1")
    plan = corrected(join(before, "1.2"), fixed, rows=rows)
    assert [date.edtf for date in action(plan, "1.1").end] == ["2019-03-30"]
    parted_again = RowCorrection(row_target(joined, "1.1"), False, (("action", "Paint the rails"),), OKAFOR)
    twice = corrected(join(before, "1.2"), parted_again, rows=rows)
    assert [one.action for one in twice.actions] == ["Dredge the inner basin", "Paint the rails", "Light the slip"]


def test_a_row_is_accepted_as_a_whole() -> None:
    rows = (*ROWS, row("1.4"), row("1.5"), row("notes", action="Sweep the quay", lead="OL"))
    before = corrected(rows=rows)
    assert ("odd-ref", "notes", "row") in [(f.code, f.action, f.field) for f in before.findings]
    plan = corrected(RowCorrection(row_target(before, "notes"), False, (), OKAFOR), rows=rows)
    assert news(plan, before) == [("odd-ref", "info", "notes", "row"), ("accepted", "info", "notes", "row")]
    assert (action(before, "notes").needs_review, action(plan, "notes").needs_review) == (True, False)


# --- where a correction goes -----------------------------------------------------------------------------------------


def test_where_the_ref_prints_another_text_the_one_that_prints_it_is_meant() -> None:
    plan = corrected(value("end", "TBC", "May 2026", "1.2"))
    assert action(plan, "1.3").end[0].edtf == "2026-05"
    assert news(plan) == [("correction-moved", "info", "1.3", "end"), ("corrected", "info", "1.3", "end")]
    assert finding(plan, "correction-moved").message == (
        f"The correction of the end cell to 'May 2026' by {BY} was made for 1.2; 1.3 alone prints that text now."
    )


def test_without_a_ref_the_only_one_that_prints_it_is_meant() -> None:
    plan = corrected(value("end", "TBC", "May 2026"))
    assert (action(plan, "1.3").end[0].edtf, news(plan)) == ("2026-05", [("corrected", "info", "1.3", "end")])


LAPSING = [
    (
        value("end", "31 Jan 25", "May 2026", "1.3"),
        "1.3",
        ("1.1", "1.2"),
        "the text that it is of is printed in 1.1, 1.2, and nothing says which is meant",
    ),
    (
        value("end", "31 Jan 26", "May 2026", "1.1"),
        "1.1",
        (),
        "no end cell prints the text that it is of; 1.1 prints '31 Jan 25' there",
    ),
    (value("end", "31 Jan 26", "May 2026", "7.7"), None, (), "no end cell prints the text that it is of"),
    (value("extra.Ward", "North", "South", "1.1"), "1.1", (), "no extra.Ward cell prints the text that it is of"),
    (value("end", "31 Jan 25", "May 2026", "1.1", action="Paint"), "1.1", (), None),
    (
        value("end", "31 Jan 25", "May 2026", "1.1", action_sha256="0" * 64),
        "1.1",
        (),
        "no end cell prints the text that it is of; 1.1 prints '31 Jan 25' there",
    ),
]


@pytest.mark.parametrize("one, where, candidates, reason", LAPSING)
def test_a_correction_lapses_where_its_text_is_printed_no_more(
    one: ValueCorrection, where: str | None, candidates: tuple[str, ...], reason: str | None
) -> None:
    plan = corrected(one)
    if reason is None:  # the row whose action it is prints the text
        assert news(plan) == [("correction-moved", "info", "1.2", "end"), ("corrected", "info", "1.2", "end")]
        return
    lapsed = finding(plan, "correction-lapsed")
    said = f"The correction of the {one.field} cell to {one.text!r} by {BY} lapses: {reason}."
    assert (lapsed.message, lapsed.candidates, lapsed.action, lapsed.severity) == (said, candidates, where, "warning")
    assert lapsed.ref == one.target.ref
    assert [replace(each, needs_review=False) for each in plan.actions] == [
        replace(each, needs_review=False) for each in corrected().actions
    ]


def test_what_is_printed_right_needs_no_correction() -> None:
    plan = corrected(value("end", "31 Jan 2S", "31  Jan 25", "1.1"))
    assert news(plan) == [("correction-lapsed", "info", "1.1", "end")]
    assert finding(plan, "correction-lapsed").message == (
        f"The correction of the end cell to '31  Jan 25' by {BY} is not needed: 1.1 prints that text."
    )
    assert plan.actions == corrected().actions


def test_of_two_for_one_cell_the_first_counts_and_the_other_is_told() -> None:
    plan = corrected(value("end", "TBC", "May 2026", "1.3"), value("end", "TBC", "June 2026"))
    assert action(plan, "1.3").end[0].edtf == "2026-05"
    assert news(plan) == [("correction-lapsed", "info", "1.3", "end"), ("corrected", "info", "1.3", "end")]
    again = corrected(value("end", "TBC", "May 2026", "1.3"), value("end", "TBC", "May 2026"))
    assert news(again) == [("corrected", "info", "1.3", "end")]


# --- files -----------------------------------------------------------------------------------------------------------


def test_corrections_for_another_plan_are_passed_over() -> None:
    source = dump(*ROWS)
    file = Corrections((value("end", "TBC", "May 2026"),), title="Warmer Homes Plan")
    for own, severity in ((False, "info"), (True, "warning")):
        plan = normalise(source, "0" * 64, corrections=(replace(file, own=own),))
        assert plan.actions == corrected().actions
        told = finding(plan, "corrections-for-another-plan")
        assert (told.severity, told.message) == (
            severity,
            "Corrections for 'Warmer Homes Plan' are passed over: this plan's title is 'Safer Quays Improvement Plan'.",
        )
    fitting = normalise(source, "0" * 64, corrections=(replace(file, title="SAFER QUAYS"),))
    assert action(fitting, "1.3").end[0].edtf == "2026-05"


def test_the_columns_of_corrections_for_another_plan_are_passed_over_too() -> None:
    source = dump(*ROWS)
    pins = PinnedColumns((Pin("Difference made", "extra"),))
    for title, extra in (("Safer Quays", 1), ("Warmer Homes Plan", 0)):
        plan = normalise(source, "0" * 64, corrections=(Corrections(columns=pins, title=title),))
        assert len(plan.actions[0].extra) == extra
    layout = PinnedColumns((Pin("Difference made", "measure"),))
    plan = normalise(source, "0" * 64, layout, (Corrections(columns=pins),))
    assert [column.field for column in plan.columns if column.header == "Difference made"] == ["measure"]


# --- comparing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "one",
    [
        value("end", "31 Jan 25", "31 Jan 2026", "1.2"),
        value("progress", "Tender is out", "Completed", "1.1"),
        value("resources", "£1.234.5", "£5k", "1.3"),
        lead("OL and TW", "TW", "Tom Wells", "1.2"),
    ],
)
def test_what_differs_by_a_correction_alone_is_no_difference_of_the_document(one: Correction) -> None:
    for old, new in ((corrected(), corrected(one)), (corrected(one), corrected())):
        found = compare(old, new)
        assert not found.differs
        assert {change.cause for change in found.changes} == {"tool"}


def test_rows_joined_or_parted_by_hand_are_no_difference_of_the_document() -> None:
    source = grid(row("1.1", action="Dredge the basin Paint the rails", end="1 May 25 30 Apr 26"), ROWS[2])
    whole = corrected(source=source)
    parted = corrected(RowCorrection(row_target(whole, "1.1"), False, SPLIT, OKAFOR), source=source)
    joined = corrected(join(corrected(), "1.2"))
    for old, new in ((whole, parted), (parted, whole), (corrected(), joined), (joined, corrected())):
        found = compare(old, new)
        assert {(change.cause, change.uncertain) for change in found.changes} == {("tool", False)}
        assert not found.differs


def test_a_row_that_the_document_parts_is_its_difference() -> None:
    whole = corrected(source=grid(row("1.1", action="Dredge the basin Paint the rails"), ROWS[2]))
    two = row("1.2", action="Paint the rails", **dict.fromkeys(NOT_SAID, ""))
    parted = corrected(source=grid(row("1.1", action="Dredge the basin"), two, ROWS[2]))
    assert {change.cause for change in compare(whole, parted).changes} == {"document"}


# --- laws ------------------------------------------------------------------------------------------------------------

printed = st.sampled_from(["31 Jan 25", "TBC", "OL", "OL and TW", "TW", "£1.234.5", "", "1.2", "Paint the rails", "zz"])
texts = st.none() | printed | st.text("ab £5•\n.", max_size=8).map(str.strip)
refs = st.none() | st.sampled_from(["1.1", "1.2", "1.3", "row-2", "9.9"])
reviews = st.builds(Review, st.just("R. O"), st.just("2024-11-25"), st.none() | st.just("Why."))
targets = st.builds(target, printed, refs)
RAWS = [tuple(cell.raw for _, cell in one.cells) for one in corrected().actions]
row_targets = st.builds(Target, st.sampled_from(RAWS).map(lambda raw: fingerprint(*raw)), refs)
splits = st.dictionaries(
    st.sampled_from(["action", "end", "lead", "ref", "progress"]),
    st.sampled_from(["Paint", "rails", "the", "Jan", "TW", "1.2", "is out", "zz"]),
    max_size=3,
)
any_corrections = st.lists(
    st.one_of(
        st.builds(ValueCorrection, st.sampled_from([*FIELDS, "extra.Ward"]), targets, texts, reviews),
        st.builds(
            LeadCorrection, targets, st.sampled_from(["OL", "TW", "QZ"]), st.sampled_from(["Tom Wells", "X"]), reviews
        ),
        st.builds(RowCorrection, row_targets, st.booleans(), splits.map(lambda one: tuple(one.items())), reviews),
    ),
    max_size=6,
    unique_by=lambda one: (type(one), one.target),
)


@settings(max_examples=50, deadline=None)
@given(any_corrections)
def test_with_any_corrections_the_ledger_balances_and_repairs_replay(by_hand: list[Correction]) -> None:
    plan = corrected(*by_hand)  # which proves the plan, and that no character has moved out of it
    assert to_json(plan) == to_json(corrected(*by_hand))
    for one in plan.actions:
        for _, cell in one.cells:
            replay(cell.raw, cell.repairs)


def of_nothing(one: Correction) -> Correction:
    return replace(one, target=replace(one.target, printed="0" * 64))


@settings(max_examples=25, deadline=None)
@given(any_corrections)
def test_corrections_that_fit_nothing_change_nothing_but_findings(by_hand: list[Correction]) -> None:
    before, plan = corrected(), corrected(*map(of_nothing, by_hand))
    assert replace(plan, findings=(), actions=()) == replace(before, findings=(), actions=())
    assert [replace(one, needs_review=False) for one in plan.actions] == [
        replace(one, needs_review=False) for one in before.actions
    ]
    lapsed = [one for one in plan.findings if one not in before.findings]
    assert {one.code for one in lapsed} == {"correction-lapsed" for _ in by_hand}
