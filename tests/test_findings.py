"""Findings: an id that lasts, each said once, and which actions want a person's eye."""

from msgspec.structs import replace
from plan_builder import an_action

from extract.model import TextCell
from normalise.findings import finding, numbered, reviewed
from normalise.model import Finding, Flag

HERE = (TextCell(4, 2),)
FLAG = Flag("date-note", "reading", "warning", "No date.", ("TBC",))
ONE = Finding("", "date-note", "reading", "warning", "1.1", "1.1", "end", "No date.", ("TBC",), HERE)


def test_a_flag_gets_its_place() -> None:
    assert finding(FLAG, "1.1", "1.1", "end", HERE) == ONE


def test_ids_say_code_row_and_field_and_count_from_the_second() -> None:
    of_plan = replace(ONE, action=None, ref=None, field=None)
    gap = replace(ONE, code="missing-ref", action=None, ref="1.2", field="ref")
    again = replace(ONE, message="No date either.")
    assert [one.id for one in numbered((ONE, again, gap, of_plan))] == [
        "date-note:1.1:end",
        "date-note:1.1:end~2",
        "missing-ref:1.2:ref",
        "date-note",
    ]


def test_a_finding_is_said_once() -> None:
    assert numbered((ONE, ONE)) == (replace(ONE, id="date-note:1.1:end"),)


def test_only_doubts_about_the_reading_ask_for_review() -> None:
    actions = tuple(an_action(id=name, ref=name) for name in ("1.1", "1.2", "1.3", "1.4", "1.5"))
    findings = (
        ONE,
        replace(ONE, action="1.2", severity="error"),
        replace(ONE, action="1.3", severity="info"),
        replace(ONE, action="1.4", about="document"),
        replace(ONE, action=None),
    )
    assert [action.needs_review for action in reviewed(actions, findings)] == [True, True, False, False, False]


def test_an_earlier_mark_for_review_does_not_stay() -> None:
    assert reviewed((an_action(needs_review=True),), ()) == (an_action(),)
