"""Banners made whole: what a narrow first column clipped, doubled, lost or misread."""

from __future__ import annotations

import pytest
from dumps import HEADER, plan, row, told

from normalise.model import Flag
from normalise.rows.banners import Whole, describe, is_clip_of, is_misread_head_of, make_whole

# head, rest, title, how, sure
WHOLES = [
    ("", "LIGHTS AND BUOYS", "LIGHTS AND BUOYS", "join", True),
    ("LIGHTS", "", "LIGHTS", "join", True),
    ("DRED", "DREDGING PLAN", "DREDGING PLAN", "repeat", True),
    ("DREI", "DREDGING PLAN", "DREDGING PLAN", "repeat", True),
    ("DRE", "DGING", "DREDGING", "join", True),
    ("Qual", "ity of service", "Quality of service", "join", True),
    ("NIGHT WAT", "CH ROTA", "NIGHT WATCH ROTA", "join", True),
    ("HARB", "BOUR LIGHTS", "HARBOUR LIGHTS", "overlap", True),
    ("CARE", "ERS", "CAREERS", "join", False),
    ("FINA", "CIAL CONTROL", "FINANCIAL CONTROL", "lost", True),
    ("SAFE", "Y AND TRAINING", "SAFETY AND TRAINING", "lost", False),
    ("QUAV", "SIDE LIGHTING", "QUAYSIDE LIGHTING", "misread", True),
    ("AUDIT", "AND LEARNING", "AUDIT AND LEARNING", "apart", True),
    ("CREW", "ROTAS", "CREW ROTAS", "apart", False),
    ("ZQX", "VWK", "ZQXVWK", "join", False),
    ("РАТ", "ROLS AND WATCHES", "PATROLS AND WATCHES", "join", True),
    ("рат", "ROLS", "PATROLS", "join", True),
]


@pytest.mark.parametrize("head, rest, title, how, sure", WHOLES)
def test_a_banner_is_made_whole(head: str, rest: str, title: str, how: str, sure: bool) -> None:
    whole = make_whole(head, rest)
    assert (whole.title, whole.how, whole.sure) == (title, how, sure)


CLIPS = [
    ("DRED", "DREDGING", True),
    ("DRE", "DGING", True),
    ("HARB", "BOUR", True),
    ("MD", "Deliver the plan", False),
    ("CREW", "Families", False),
    ("", "DREDGING", False),
    ("DRE", "", False),
]


@pytest.mark.parametrize("head, rest, clip", CLIPS)
def test_two_parts_of_one_banner_are_known(head: str, rest: str, clip: bool) -> None:
    assert is_clip_of(head, rest) is clip


def test_a_misread_head_is_known_by_its_word() -> None:
    assert is_misread_head_of("QUAV", "SIDE LIGHTING")
    assert not is_misread_head_of("QUAX", "TABLE")
    assert not is_misread_head_of("", "SIDE")


def test_a_banner_printed_in_one_piece_has_nothing_to_tell() -> None:
    assert describe(make_whole("", "LIGHTS"), "LIGHTS") is None
    assert describe(make_whole("DRE", "DGING"), "DRE DGING") is None


def test_what_is_told_says_whether_it_is_settled() -> None:
    settled = "The banner 'FINA CIAL CONTROL' is read as 'FINANCIAL CONTROL'."
    assert describe(Whole("FINANCIAL CONTROL", "lost", True), "FINA CIAL CONTROL") == Flag(
        "banner-made-whole", "reading", "info", settled
    )
    guessed = "The banner, by the likeliest reading, 'SAFE Y' is read as 'SAFETY'."
    assert describe(Whole("SAFETY", "lost", False, ("SAFELY",)), "SAFE Y") == Flag(
        "banner-made-whole", "reading", "warning", guessed, ("SAFELY",)
    )


# --- in a plan -------------------------------------------------------------------------------------------------------

EMPTY = " |" * 7

#: The rows between 1.1 and 1.2: the group of 1.2, what is printed of it, and how the action of 1.1 ends.
PLACES = {
    "whole, in the second cell": ((f" | LIGHTS AND BUOYS {EMPTY}",), "LIGHTS AND BUOYS", "LIGHTS AND BUOYS", ""),
    "whole, in the first": ((f"LIGHTS | {EMPTY}",), "LIGHTS", "LIGHTS", ""),
    "over both": ((f"MAIN | TENANCE & REPAIR {EMPTY}",), "MAINTENANCE & REPAIR", "MAIN TENANCE & REPAIR", ""),
    "its head beside the end of a row": (
        (f"MAIN | Crews {EMPTY}", f" | TENANCE & REPAIR {EMPTY}"),
        "MAINTENANCE & REPAIR",
        "MAIN TENANCE & REPAIR",
        " Crews",
    ),
    "a misread head beside the end of a row": (
        (f"QUAV | Crews {EMPTY}", f" | SIDE LIGHTING {EMPTY}"),
        "QUAYSIDE LIGHTING",
        "QUAV SIDE LIGHTING",
        " Crews",
    ),
    "with empty cells at the end": (
        (f"LIGH | LIGHTS AND BUOYS {EMPTY} | | | |",),
        "LIGHTS AND BUOYS",
        "LIGH LIGHTS AND BUOYS",
        "",
    ),
}


@pytest.mark.parametrize("rows, title, raw, rest", PLACES.values(), ids=PLACES)
def test_a_banner_between_rows(rows: tuple[str, ...], title: str, raw: str, rest: str) -> None:
    action = "Hold a drill for" if rest else "Hold a drill"
    made = plan("1. SHORE", "", HEADER, row("1.1", action=action), *rows, row("1.2"), row("1.3"))
    assert [(one.ref, one.action, one.group) for one in made.actions] == [
        ("1.1", f"{action}{rest}", None),
        ("1.2", "Dredge the inner basin", title),
        ("1.3", "Dredge the inner basin", title),
    ]
    assert [(group.title, group.raw) for group in made.sections[0].groups] == [(title, raw)]


def test_capitals_that_the_action_above_waits_for_are_its_own() -> None:
    made = plan(HEADER, row("1.1", action="Hold a drill for"), f" | LIGHTS AND BUOYS {EMPTY}", row("1.2"))
    assert [(one.action, one.group) for one in made.actions] == [
        ("Hold a drill for LIGHTS AND BUOYS", None),
        ("Dredge the inner basin", None),
    ]


@pytest.mark.parametrize("after", [("", HEADER), ("",)])
def test_a_banner_between_two_tables(after: tuple[str, ...]) -> None:
    made = plan("1. SHORE", "", HEADER, row("1.1"), "", "LIGHTS AND BUOYS", *after, row("1.2"), "", "2. SEA", "",
                HEADER, row("2.1"))  # fmt: skip
    assert [(one.ref, one.section, one.group) for one in made.actions] == [
        ("1.1", "1", None),
        ("1.2", "1", "LIGHTS AND BUOYS"),
        ("2.1", "2", None),
    ]
    assert [[group.title for group in section.groups] for section in made.sections] == [["LIGHTS AND BUOYS"], []]


def test_a_new_section_ends_the_group_and_a_misnumbered_row_does_not() -> None:
    made = plan("1. SHORE", "", HEADER, row("1.1"), f"LIGH | LIGHTS {EMPTY}", row("1.2"), row("2.9"), row("1.3"),
                "", "2. SEA", "", HEADER, row("2.1"), row("2.2"))  # fmt: skip
    assert [(one.ref, one.section, one.group) for one in made.actions] == [
        ("1.1", "1", None),
        ("1.2", "1", "LIGHTS"),
        ("2.9", "2", None),
        ("1.3", "1", "LIGHTS"),
        ("2.1", "2", None),
        ("2.2", "2", None),
    ]


def test_a_banner_in_a_plan_without_sections_stands_in_one_without_a_number() -> None:
    made = plan(HEADER, row("1"), f" | LIGHTS AND BUOYS {EMPTY}", row("2"))
    assert [(section.id, section.number, section.title) for section in made.sections] == [("s1", None, None)]
    assert [(one.section, one.group) for one in made.actions] == [("s1", None), ("s1", "LIGHTS AND BUOYS")]
    assert told(made) == []


def test_a_guessed_banner_is_flagged_on_every_row_below_it() -> None:
    made = plan(HEADER, row("1"), f"ZQX | VWK {EMPTY}", row("2"), row("3"))
    assert told(made) == [
        ("banner-made-whole", None, "group"),
        ("banner-made-whole", "2", "group"),
        ("banner-made-whole", "3", "group"),
    ]
