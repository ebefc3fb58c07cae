"""Numbers: which section a row is in, which refs are missing, which one can be inferred."""

from __future__ import annotations

import pytest
from dumps import HEADER, plan, row, told

from extract.model import TextCell
from normalise.flow import Prose
from normalise.headings import Heading
from normalise.model import Flag
from normalise.outline import Opening
from normalise.passage import Passage, Piece
from normalise.rows.model import Banner, Record
from normalise.rows.numbering import Seat, Seated, missing_refs, seat, with_inferred_refs, with_odd_refs_told

PASSAGE = Passage((Piece(0, "x", TextCell(1, 1)),))


def record(ref: str, section: int | None = None) -> Record:
    return Record(ref, (("action", PASSAGE),), section)


def records(*refs: str) -> tuple[Record, ...]:
    return tuple(record(ref) for ref in refs)


def opening(number: str | None) -> Opening:
    return Opening(Heading(number, "SHORE", Prose(PASSAGE)))


# --- missing refs ----------------------------------------------------------------------------------------------------

MISSING = [
    (("1.1", "1.2"), []),
    (("1.1", "1.3"), ["1.2"]),
    (("2.9", "2.12", "2.15"), ["2.10", "2.11", "2.13", "2.14"]),
    (("2.9", "3.1"), []),
    (("1", "1.1", "1.2", "2", "2.1", "4"), ["3"]),
    (("1.1", "1.3", "1.2"), []),
    (("1.1", "2.2", "2.3"), ["2.1"]),
    (("1.1", "2.1", "3.4"), ["3.1", "3.2", "3.3"]),
    (("2.2", "2.3"), []),
    (("1.2", "2.3", "3.1"), []),
    (("2.1a", "2.1b", "2.2", "3.1"), []),
    (("1.1", "1.2a", "1.2b", "1.3"), []),
    (("4b", "4c", "5a"), ["4a"]),
    (("1.1", "2.17", "2.18"), []),
    (("1.3", "1.1"), []),
    (("1.1", "", "1.3"), ["1.2"]),
    (("4a", "4c"), ["4b"]),
    (("MD1", "SD4", "MD3"), ["MD2"]),
    (("1.1", "1.1", "1.2"), []),
    (("1", "40"), []),
]


@pytest.mark.parametrize("refs, missing", MISSING)
def test_gaps_in_the_numbering(refs: tuple[str, ...], missing: list[str]) -> None:
    assert [ref for ref, _, _ in missing_refs(records(*refs))] == missing


def test_a_gap_says_where_it_is() -> None:
    message = "The numbering goes from 1.1 to 1.3: 1.2 is missing."
    assert missing_refs(records("1.1", "1.3")) == (("1.2", "1.1", Flag("missing-ref", "document", "warning", message)),)


# --- inferred refs ---------------------------------------------------------------------------------------------------

INFERRED = [
    (("1.1", "", "1.3"), ("1.1", "1.2", "1.3")),
    (("1.1", "", "1.4"), ("1.1", "", "1.4")),
    (("1.1", "", "1.2"), ("1.1", "", "1.2")),
    (("1.1", "", "", "1.4"), ("1.1", "", "", "1.4")),
    (("", "1.2"), ("", "1.2")),
    (("1.1", ""), ("1.1", "")),
    (("1.9", "", "2.1"), ("1.9", "", "2.1")),
    (("1.1", "", "1.3", "1.2"), ("1.1", "", "1.3", "1.2")),
    (("1.1", "", "1.3", "", "1.5"), ("1.1", "1.2", "1.3", "1.4", "1.5")),
]


@pytest.mark.parametrize("printed, read", INFERRED)
def test_a_ref_is_inferred_where_one_number_alone_fits(printed: tuple[str, ...], read: tuple[str, ...]) -> None:
    assert tuple(item.ref for item in with_inferred_refs(records(*printed)) if isinstance(item, Record)) == read


def test_an_inferred_ref_is_flagged() -> None:
    message = "No ref is printed; 1.2 is the one number between 1.1 and 1.3."
    flag = Flag("ref-inferred", "reading", "warning", message, ("1.2",))
    assert with_inferred_refs(records("1.1", "", "1.3"))[1] == record("1.2").flagged("ref", flag)


# --- sections --------------------------------------------------------------------------------------------------------


def test_rows_stand_in_the_section_of_their_heading() -> None:
    items = (record("1.1", 0), record("2.1", 1))
    assert seat(items, (opening("1"), opening("2"))) == Seated(
        ((items[0], 0), (items[1], 1)), (Seat("1", 0), Seat("2", 1)), ()
    )


def test_a_row_that_its_number_puts_elsewhere_is_flagged() -> None:
    items = (record("1.1", 0), record("1.2", 0), record("2.9", 0), record("2.1", 1))
    message = "Ref 2.9 stands under section 1; its number says 2."
    moved = items[2].flagged("section", Flag("section-by-ref", "document", "warning", message))
    assert seat(items, (opening("1"), opening("2"))).items == (
        (items[0], 0),
        (items[1], 0),
        (moved, 1),
        (items[3], 1),
    )


def test_refs_that_do_not_follow_the_headings_name_no_section() -> None:
    items = (record("1.1", 0), record("1.2", 1), record("2.1", 1), record("3.1", 2), record("1.4", 2), record("9.9", 2))
    openings = (opening("7"), opening("8"), opening("9"))
    assert [place for _, place in seat(items, openings).items] == [0, 1, 1, 2, 2, 2]


def test_plain_numbers_name_no_section() -> None:
    items = (record("1", 0), record("17", 0), record("2", 1))
    assert [place for _, place in seat(items, (opening("1"), opening("2"))).items] == [0, 0, 1]


def test_a_section_without_a_heading_stands_where_its_rows_do() -> None:
    banner = Banner("LIGHTS", PASSAGE, 0)
    items = (record("1.1", 0), banner, record("2.1", 0), record("3.1", 1))
    message = "A section has no printed heading; its number, 2, is read from the refs."
    assert seat(items, (opening("1"), opening("3"))) == Seated(
        ((items[0], 0), (banner, 1), (items[2], 1), (items[3], 2)),
        (Seat("1", 0), Seat("2", None), Seat("3", 1)),
        (Flag("missing-section-heading", "reading", "warning", message),),
    )


def test_an_opening_without_a_heading_takes_the_number_of_its_first_ref() -> None:
    items = (record("1.1", 0), record("2.1", 1))
    assert seat(items, (opening("1"), Opening(None))).seats == (Seat("1", 0), Seat("2", 1))


def test_a_plan_of_one_run_of_refs_has_no_sections() -> None:
    assert seat(records("1.1", "1.2"), ()).seats == ()
    assert seat(records("1.1", "2.1"), ()).seats == (Seat("1", None), Seat("2", None))


def test_a_banner_above_the_first_heading_stands_in_a_section_without_a_number() -> None:
    banner = Banner("LIGHTS", PASSAGE)
    assert seat((banner, record("5")), ()) == Seated(((banner, 0), (record("5"), 0)), (Seat(None, None),), ())


# --- in a plan -------------------------------------------------------------------------------------------------------

OUTCOMES = ("", "KEY OUTCOMES", "", "- Crews are trained", "- Crews are rested")


@pytest.mark.parametrize("outcomes", [(), OUTCOMES], ids=["without outcomes", "with outcomes"])
def test_a_missing_heading(outcomes: tuple[str, ...]) -> None:
    made = plan("1. SHORE", "", HEADER, row("1.1"), *outcomes, "", HEADER, row("2.1"), row("2.3"), "", "3. SEA", "",
                HEADER, row("3.1"))  # fmt: skip
    listed = ("Crews are trained", "Crews are rested") if outcomes else ()
    assert [(one.id, one.number, one.title, one.outcomes) for one in made.sections] == [
        ("1", "1", "SHORE", ()),
        ("2", "2", None, listed),
        ("3", "3", "SEA", ()),
    ]
    assert [(one.ref, one.section) for one in made.actions] == [("1.1", "1"), ("2.1", "2"), ("2.3", "2"), ("3.1", "3")]
    assert told(made) == [("missing-section-heading", None, "section"), ("missing-ref", "2.2", "ref")]


def test_a_scrap_among_refs_is_told_of() -> None:
    rows = [Record(ref, ()) for ref in ("1.1", "1.2", "1.3", "1.4", "Manag", "1.5")]
    told = [item for item in with_odd_refs_told(rows) if isinstance(item, Record) and item.flags]
    assert [(item.ref, field, flag.code) for item in told for field, flag in item.flags] == [
        ("Manag", "row", "odd-ref")
    ]


def test_refs_of_another_kind_altogether_are_refs() -> None:
    rows = tuple(Record(ref, ()) for ref in ("Alpha", "Beta", "1.1"))
    assert with_odd_refs_told(rows) == rows
