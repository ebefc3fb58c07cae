"""Banners that open a section: plans that are one long table, with the headings of their parts as rows of it."""

from __future__ import annotations

import pytest
from dumps import HEADER, Grid, document, row, sound

from normalise.model import Plan


def read(*lines: str) -> Plan:
    return sound(document("Safer Quays Improvement Plan", "", HEADER, *lines))


def banner(text: str) -> str:
    return text + " | " * 8


def sections(plan: Plan) -> list[tuple[str | None, str | None, list[str]]]:
    return [(one.number, one.title, [group.title for group in one.groups]) for one in plan.sections]


def places(plan: Plan) -> list[tuple[str | None, str | None, str | None]]:
    return [(action.ref, action.section, action.group) for action in plan.actions]


def told(plan: Plan) -> list[str]:
    return [found.code for found in plan.findings if found.field == "section" or found.code == "section-by-banner"]


def test_a_banner_with_the_number_of_the_refs_below_it_opens_a_section() -> None:
    plan = read(
        banner("Priority 1: Shore"),
        row("1.1"),
        banner("Priority 2: Sea"),
        banner("Buoys"),
        row("2.1"),
        banner("Lights"),
        row("2.2"),
    )
    assert sections(plan) == [("1", "Priority 1: Shore", []), ("2", "Priority 2: Sea", ["Buoys", "Lights"])]
    assert places(plan) == [("1.1", "1", None), ("2.1", "2", "Buoys"), ("2.2", "2", "Lights")]
    assert told(plan) == []


def test_a_bare_number_leaves_the_title() -> None:
    plan = read(banner("1. Shore"), row("1.1"), banner("2. Sea"), row("2.1"))
    assert sections(plan) == [("1", "Shore", []), ("2", "Sea", [])]


@pytest.mark.parametrize("again", ["Priority 1: Shore", "Priority 1: Shore (continued)", "PRIORITY 1: SHORE cont'd"])
def test_a_heading_that_a_page_prints_again_opens_no_second_section(again: str) -> None:
    plan = read(
        banner("Priority 1: Shore"), row("1.1"), banner(again), row("1.2"), banner("Priority 2: Sea"), row("2.1")
    )
    assert [one.title for one in plan.sections] == ["Priority 1: Shore", "Priority 2: Sea"]
    assert [(one.kind, one.text) for one in plan.furniture] == [("header", again)]


def test_banners_that_count_open_sections_where_no_ref_names_one() -> None:
    plan = read(banner("Recommendation 1: Shore"), row("MD1"), banner("Recommendation 2: Sea"), row("MD2"))
    assert places(plan) == [("MD1", "1", None), ("MD2", "2", None)]


def test_letters_count_too() -> None:
    plan = read(banner("Area A: Shore"), row("A1"), banner("Area B: Sea"), row("B1"))
    assert places(plan) == [("A1", "A", None), ("B1", "B", None)]


def test_a_banner_that_has_another_number_than_the_refs_below_it_heads_a_group() -> None:
    plan = read(banner("Standard 12: Shore"), row("1.1"), banner("Standard 18: Sea"), row("1.2"))
    assert [action.group for action in plan.actions] == ["Standard 12: Shore", "Standard 18: Sea"]


def test_banners_without_a_number_head_groups_below_a_printed_heading() -> None:
    lines = ("Safer Quays Improvement Plan", "", "1. SHORE", "", HEADER, banner("Buoys"), row("1.1"), "", "2. SEA", "")
    plan = sound(document(*lines, HEADER, banner("Lights"), row("2.1")))
    assert places(plan) == [("1.1", "1", "Buoys"), ("2.1", "2", "Lights")]


def test_one_banner_above_each_new_number_is_a_heading_where_none_is_printed_and_that_is_told() -> None:
    plan = read(banner("Shore"), row("1.1"), row("1.2"), banner("Sea"), row("2.1"))
    assert sections(plan) == [("1", "Shore", []), ("2", "Sea", [])]
    assert told(plan) == ["section-by-banner"] * 2


def test_banners_elsewhere_than_above_each_new_number_head_groups() -> None:
    plan = read(banner("Shore"), row("1.1"), banner("Quay"), row("1.2"), banner("Sea"), row("2.1"))
    assert [action.group for action in plan.actions] == ["Shore", "Quay", "Sea"]


def test_a_heading_without_a_number_between_numbered_ones_opens_its_section_too() -> None:
    plan = read(banner("Priority 1: Shore"), row("1.1"), banner("What else we will do"), row("2.1"))
    assert sections(plan) == [("1", "Priority 1: Shore", []), ("2", "What else we will do", [])]
    assert told(plan) == ["section-by-banner"]


def test_a_banner_over_banners_that_come_again_below_another_is_a_heading() -> None:
    rows = (banner("Must do"), banner("Buoys"), row("MD1"), banner("Lights"), row("MD2"), banner("Should do"))
    plan = read(*rows, banner("Buoys"), row("SD1"), banner("Lights"), row("SD2"))
    assert sections(plan) == [(None, "Must do", ["Buoys", "Lights"]), (None, "Should do", ["Buoys", "Lights"])]
    assert told(plan) == ["section-by-banner"] * 2


def sheet(*rows: str, level: int | None = None, line: str = "Must do") -> Plan:
    """A plan whose one table stands right under a line; its banners span all nine columns."""
    grid = Grid()
    grid.say("Safer Quays Improvement Plan")
    grid.say(line, level=level)
    grid.table(HEADER, *rows)
    return grid.plan()


def test_a_plain_line_on_a_table_and_banners_further_down_are_of_one_rank() -> None:
    """A workbook prints the first heading above the header and the others across the rows."""
    plan = sheet(row("R1"), "Should do >9", row("R2"))
    assert sections(plan) == [(None, "Must do", []), (None, "Should do", [])]
    assert places(plan) == [("R1", "s1", None), ("R2", "s2", None)]
    assert told(plan) == ["section-by-banner"]


def test_a_heading_set_as_one_is_above_the_banners_below_it() -> None:
    plan = sheet(row("R1"), "Should do >9", row("R2"), level=2)
    assert sections(plan) == [(None, "Must do", ["Should do"])]
    assert places(plan) == [("R1", "s1", None), ("R2", "s1", "Should do")]


def test_a_plain_line_over_a_table_without_banners_heads_nothing() -> None:
    assert [one.title for one in sheet(row("R1"), row("R2")).sections] == []
    banner_first = sheet("Ward >9", row("R1"), "Theatre >9", row("R2"))
    assert [one.title for one in banner_first.sections] == [None]


def test_a_plain_line_unlike_the_banners_heads_no_rows() -> None:
    plan = sheet(row("R1"), "Lights >9", row("R2"), "Pilots >9", row("R3"), line="Version for the harbour board")
    assert sections(plan) == [(None, None, ["Lights", "Pilots"])]
    assert places(plan) == [("R1", "s1", None), ("R2", "s1", "Lights"), ("R3", "s1", "Pilots")]
    assert [one.text for one in plan.paragraphs if one.kind == "heading"] == ["Version for the harbour board"]
    opened_alike = sheet(row("R1"), "For the pilots >9", row("R2"), line="For the harbour board")
    assert sections(opened_alike) == [(None, None, ["For the pilots"])]


@pytest.mark.parametrize("line, banner", [("A. Shore", "B. Sea"), ("Safety ashore", "Safety at sea")])
def test_a_plain_line_that_counts_or_opens_as_the_banners_do_is_of_their_rank(line: str, banner: str) -> None:
    plan = sheet(row("R1"), f"{banner} >9", row("R2"), line=line)
    assert sections(plan) == [(None, line, []), (None, banner, [])]
    assert [one.severity for one in plan.findings if one.code == "section-by-banner"] == ["info"]


def test_a_banner_unlike_the_line_and_the_banners_that_are_like_it_is_doubted() -> None:
    plan = sheet(row("R1"), "Should do >9", row("R2"), "Pilots >9", row("R3"))
    assert places(plan) == [("R1", "s1", None), ("R2", "s2", None), ("R3", "s3", None)]
    told = [one for one in plan.findings if one.code == "section-by-banner"]
    assert {(one.ref, one.candidates) for one in told if one.severity == "warning"} == {
        (None, ("Pilots", "Must do")),
        ("R3", ("Pilots", "Must do")),
    }
    assert [one.needs_review for one in plan.actions] == [False, False, True]
