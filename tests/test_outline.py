"""The outline: title, version, date, body, sections and their outcomes, and the kind of every paragraph."""

from __future__ import annotations

import pytest
from dumps import HEADER, Grid, document, row, sound

from normalise.model import Head, Plan


def read(*lines: str) -> Plan:
    blocks = (line for text in (*lines, HEADER) for line in (text, ""))
    return sound(document(*blocks, row("1.1"), row("1.2")))


HEADS = [
    (
        ("Safer Quays Improvement Plan v3", "March 2019", "MARLSTONE HARBOUR TRUST"),
        Head("Safer Quays Improvement Plan", "MARLSTONE HARBOUR TRUST", "v3", "2019-03"),
    ),
    (
        ("Marlstone Harbour Trust", "Safer Quays Improvement Plan", "Version 2.1, 4 March 2019"),
        Head("Safer Quays Improvement Plan", "Marlstone Harbour Trust", "2.1", "2019-03-04"),
    ),
    (
        ("ACTION PLAN", "Safer Quays Improvement Plan", "March 2019"),
        Head("Safer Quays Improvement Plan", None, None, "2019-03"),
    ),
    (
        ("Action plan", "This improvement plan is ours.", "March 2019"),
        Head("Action plan", None, None, "2019-03"),
    ),
    (("Safer Quays Improvement Plan",), Head("Safer Quays Improvement Plan")),
    (
        ("Safer Quays Improvement Plan", "Upper Marlstone Youth Justice Service", "4 March 2019"),
        Head("Safer Quays Improvement Plan", "Upper Marlstone Youth Justice Service", None, "2019-03-04"),
    ),
    (
        ("Safer Quays Improvement Plan", "March 2019", "UPPER MARLSTONE SERVICE", "OWNERS"),
        Head("Safer Quays Improvement Plan", "UPPER MARLSTONE SERVICE", None, "2019-03"),
    ),
    (("QUAYS", "Safer Quays Action Plan – Draft 0.4"), Head("Safer Quays Action Plan", "QUAYS", "Draft 0.4")),
]


@pytest.mark.parametrize("lines, head", HEADS)
def test_the_first_page(lines: tuple[str, ...], head: Head) -> None:
    assert read(*lines, "1. SHORE").plan == head


SECTIONS = [
    ("1. SHORE", "1", "1", "SHORE"),
    ("2 Shore and quays", "2", "2", "Shore and quays"),
    ("3) Shore", "3", "3", "Shore"),
    ("Priority area 1: Shore", "1", "1", "Priority area 1: Shore"),
    ("SHORE AND QUAYS", "s1", None, "SHORE AND QUAYS"),
]


def test_a_line_that_is_a_date_opens_no_section() -> None:
    lines = ("Safer Quays Improvement Plan", "", "4 March 2019", "", HEADER, row("A"), row("B"))
    assert [(one.number, one.title) for one in sound(document(*lines)).sections] == []


@pytest.mark.parametrize("line, ident, number, title", SECTIONS)
def test_a_heading_opens_a_section(line: str, ident: str, number: str | None, title: str) -> None:
    made = sound(document("Safer Quays Improvement Plan", "", line, "", HEADER, row("A"), row("B")))
    assert [(one.id, one.number, one.title, one.raw) for one in made.sections] == [(ident, number, title, line)]
    assert [one.section for one in made.actions] == [ident, ident]


def test_outcomes_belong_to_their_section() -> None:
    made = read("Safer Quays Improvement Plan", "1. SHORE", "KEY OUTCOMES", "- Quays are safe", "- Lights burn")
    (section,) = made.sections
    assert (section.outcomes, section.outcomes_raw) == (
        ("Quays are safe", "Lights burn"),
        ("- Quays are safe", "- Lights burn"),
    )
    assert [(block.text, block.kind, block.section) for block in made.paragraphs] == [
        ("Safer Quays Improvement Plan", "title", None),
        ("KEY OUTCOMES", "heading", "1"),
    ]


def test_outcomes_under_a_heading_of_other_words_are_outcomes() -> None:
    made = read("Safer Quays Improvement Plan", "1. SHORE", "By next summer", "- Quays are safe", "- Lights burn")
    assert made.sections[0].outcomes == ("Quays are safe", "Lights burn")


def test_what_is_said_below_a_section_is_a_note() -> None:
    made = sound(
        document("Safer Quays Improvement Plan", "", "1. SHORE", "", HEADER, row("1.1"), "", "All dates are ours.")
    )
    assert [(block.text, block.kind, block.section) for block in made.paragraphs][1:] == [
        ("All dates are ours.", "note", "1")
    ]


def test_headings_by_style() -> None:
    grid = Grid(word=True)
    grid.say("Safer Quays Improvement Plan", level=1)
    grid.say("Shore and quays", level=2)
    grid.table(HEADER, row("1"))
    grid.say("Out at sea", level=2)
    grid.table(HEADER, row("2"))
    made = grid.plan()
    assert [(one.id, one.title) for one in made.sections] == [("s1", "Shore and quays"), ("s2", "Out at sea")]
    assert [one.section for one in made.actions] == ["s1", "s2"]


def test_the_heading_of_a_table_of_people_opens_no_section() -> None:
    grid = Grid(word=True)
    grid.say("Safer Quays Improvement Plan", level=1)
    grid.say("Members and officers", level=2)
    grid.table("Name | Role | Initials", "Tam Wharf | Harbour Master | TW", "Ida Quay | Head of Pilots | IQ")
    grid.table(HEADER, "1. Shore >9", row("1.1"), "2. Sea >9", row("2.1"))
    made = grid.plan()
    assert [(one.id, one.title) for one in made.sections] == [("1", "Shore"), ("2", "Sea")]
    assert ("heading", "Members and officers") in [(one.kind, one.text) for one in made.paragraphs]


PEOPLE = ("Name | Role | Initials", "Tam Wharf | Harbour Master | TW", "Ida Quay | Head of Pilots | IQ")


def over_people(*parts: tuple[str, tuple[str, ...]]) -> Plan:
    """A plan of headings, each over a table of people and then its rows."""
    grid = Grid(word=True)
    grid.say("Safer Quays Improvement Plan", level=1)
    for heading, rows in parts:
        grid.say(heading, level=2)
        grid.table(*PEOPLE)
        grid.table(HEADER, *rows)
    return grid.plan()


def test_headings_over_their_people_and_then_their_rows_open_sections() -> None:
    made = over_people(("Pilots", (row("P1"), row("P2"))), ("Moorings", (row("M1"),)))
    assert [(one.id, one.title) for one in made.sections] == [("s1", "Pilots"), ("s2", "Moorings")]
    assert [(one.id, one.section) for one in made.actions] == [("P1", "s1"), ("P2", "s1"), ("M1", "s2")]
    each = ("1. Shore >9", row("1.1"))
    assert {"Pilots", "Moorings"} <= {one.title for one in over_people(("Pilots", each), ("Moorings", each)).sections}


@pytest.mark.parametrize(
    "heading, rows, sections",
    [
        ("Pilots", (row("P1"), row("P2")), ["Pilots"]),
        ("Pilots", ("Shore >9", row("P1"), "Sea >9", row("P2")), ["Pilots"]),  # the banners head groups
        ("Pilots", (row("P1"), "Sea >9", row("P2")), ["Pilots"]),  # no banner heads the first row
        ("Members and officers", ("Shore >9", row("1.1"), "Sea >9", row("2.1")), ["Shore", "Sea"]),
        ("Members and officers", ("1. Shore >9", row("A"), "2. Sea >9", row("B")), ["Shore", "Sea"]),
        ("Key people", (row("A"), row("B")), []),
    ],
)
def test_a_heading_over_people_is_kept_unless_the_rows_have_their_own(
    heading: str, rows: tuple[str, ...], sections: list[str]
) -> None:
    made = over_people((heading, rows))
    assert [one.title for one in made.sections] == sections
    told = [one.text for one in made.paragraphs if one.kind == "heading"]
    assert told == ([] if heading in sections else [heading])


def test_the_heading_over_a_key_and_the_action_table_opens_a_section() -> None:
    grid = Grid(word=True)
    grid.say("Safer Quays Improvement Plan", level=1)
    grid.say("Shore", level=2)
    grid.table("Colour | Meaning", "Green | On track", "Red | Late")
    grid.table(HEADER, row("1"), row("2"))
    assert [(one.id, one.title) for one in grid.plan().sections] == [("s1", "Shore")]
