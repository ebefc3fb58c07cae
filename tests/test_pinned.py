"""Pinned columns: which header a pin is for, what it overrides, and what is said of one that meets no header."""

import re
from pathlib import Path

import pytest
from dumps import TITLE, document, said, told
from hypothesis import given
from hypothesis import strategies as st
from word_files import document as word_document
from word_files import p, tbl, tc, tr

from export.proof.proving import problems, source_problems
from extract.model import Document
from normalise.model import Flag, Plan
from normalise.pinned import EXTRA, Pin, PinnedColumns, nearly, unused
from normalise.plan import NoActionTable, normalise

#: The header of a body that has words of its own for everything.
HEADER = "Nr | What has to happen | Who minds it | Done before | Where it stands"
ROWS = (
    "1 | Paint the quay rails before the winter season opens | TW | Jun 19 | Tender is out to three firms in the town",
    "2 | Light the slipway at night from dusk until the last tide | OL | Jul 19 |",
    "3 | Count the bollards along the east wall each spring | OL | Aug 19 | Counted twice and written up in the log",
)


def pinned(**fields: str) -> PinnedColumns:
    """Pins from words: the underscores of a keyword are the header's spaces."""
    return PinnedColumns(tuple(Pin(header.replace("_", " "), field) for header, field in fields.items()))


def plan(pins: PinnedColumns, source: Document) -> Plan:
    made = normalise(source, "0" * 64, pins)
    wrong = (*problems(made), *source_problems(made, source))
    assert wrong == (), wrong
    return made


def columns(made: Plan) -> list[tuple[str | None, str]]:
    return [(column.field, column.header) for column in made.columns]


PINS = pinned(What_has_to_happen="action", Who_minds_it="lead")
AMONG: list[tuple[str, list[str], list[str | None]]] = [
    ("as printed", ["Nr", "What has to happen"], [None, "action"]),
    ("capitals, spaces, signs", ["WHAT HAS  TO HAPPEN?", "who-minds-it"], ["action", "lead"]),
    ("look-alikes", ["What h\u0430s to happen"], ["action"]),
    ("a slip", ["What has to hapen", "Who minds lt"], ["action", "lead"]),
    ("too far", ["What happened", "Who"], [None, None]),
    ("the exact one first", ["What has to hapen", "What has to happen"], [None, "action"]),
    ("no headers", [], []),
]


@pytest.mark.parametrize("headers, fields", [case[1:] for case in AMONG], ids=[case[0] for case in AMONG])
def test_a_pin_meets_its_header(headers: list[str], fields: list[str | None]) -> None:
    assert [pin and pin.field for pin in PINS.among(headers)] == fields


def test_another_number_is_another_header() -> None:
    years = pinned(Year_1_target="measure", Year_2_target="impact")
    assert [pin and pin.field for pin in years.among(["Year 3 target", "Year 2 target"])] == [None, "impact"]


def test_a_slip_of_two_pins_alike_is_of_neither() -> None:
    assert pinned(Leader_a="lead", Leader_b="action").among(["Leader c"]) == (None,)


@given(st.lists(st.text("abc", min_size=1, max_size=8), unique=True, max_size=5), st.permutations(range(5)))
def test_the_order_of_pins_does_not_matter(headers: list[str], order: list[int]) -> None:
    pins = [Pin(header, "action") for header in ("abcabc", "abcabca", "bcbcbc", "ccccc", "abc")]
    assert PinnedColumns(tuple(pins)).among(headers) == PinnedColumns(tuple(pins[at] for at in order)).among(headers)


WRONG: list[tuple[tuple[Pin, ...], str]] = [
    ((Pin("Who", "leads"),), "'Who' is pinned to 'leads', which is no field"),
    ((Pin("–", "lead"),), "the header '–' holds no letter or digit"),
    ((Pin("SRO (Lead)", "lead"), Pin("SRO Lead", "action")), "'SRO (Lead)' and 'SRO Lead' are one header"),
]


@pytest.mark.parametrize("pins, message", WRONG)
def test_pins_that_cannot_be(pins: tuple[Pin, ...], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        PinnedColumns(pins)


def test_what_is_said_of_pins() -> None:
    lead = Pin("Who minds it", "lead")
    assert nearly("WHO minds it:", lead) is None
    assert nearly("Who minds lt", lead) == Flag(
        "layout-near",
        "reading",
        "info",
        "The header 'Who minds lt' is read as 'Who minds it', which the layout pins to lead.",
        ("lead",),
    )
    assert unused(PINS, [lead], ("Nr",)) == (
        Flag(
            "layout-unused",
            "reading",
            "warning",
            "The layout pins 'What has to happen' to action, and no action table has that header.",
            ("Nr",),
        ),
    )
    assert unused(PINS, PINS.pins, ("Nr",)) == ()


def test_a_table_under_unknown_words_is_read_by_its_pins() -> None:
    source = document(*TITLE, HEADER, *ROWS)
    with pytest.raises(NoActionTable):
        normalise(source, "0" * 64)
    pins = pinned(
        Nr="ref", What_has_to_happen="action", Who_minds_it="lead", Done_before="end", Where_it_stands="progress"
    )
    made = plan(pins, source)
    assert columns(made) == [
        ("ref", "Nr"),
        ("action", "What has to happen"),
        ("lead", "Who minds it"),
        ("end", "Done before"),
        ("progress", "Where it stands"),
    ]
    assert said(made)[1] == {
        "ref": "2",
        "action": "Light the slipway at night from dusk until the last tide",
        "lead": "OL",
        "end": "Jul 19",
    }
    assert told(made) == []


def test_one_pin_is_enough_and_the_rest_is_judged_and_said() -> None:
    made = plan(pinned(What_has_to_happen="action", Cost="resources"), document(*TITLE, HEADER, *ROWS))
    assert columns(made) == [
        ("ref", "Nr"),
        ("action", "What has to happen"),
        ("lead", "Who minds it"),
        ("end", "Done before"),
        (None, "Where it stands"),
    ]
    assert [(one.code, one.candidates) for one in made.findings if "layout" in one.code] == [
        ("layout-unused", ("Nr", "Who minds it", "Done before", "Where it stands"))
    ]


def test_a_pin_overrides_the_vocabulary_and_the_content() -> None:
    header = "Ref | Action | Lead | Deadline | Progress"
    rows = [f"1.{n} | Sweep the {what} quay every week | TW | 1 May 2019 | Begun" for n, what in enumerate("abc", 1)]
    source = document(*TITLE, header, *rows)
    assert [field for field, _ in columns(plan(PinnedColumns(), source))[1:4]] == ["action", "lead", "end"]
    pins = pinned(Action="measure", Lead=EXTRA, Deadline="progress", Progress="action")
    made = plan(pins, source)
    assert [field for field, _ in columns(made)] == ["ref", "measure", None, "progress", "action"]
    assert made.actions[0].extra == (("Lead", "TW"),)
    assert [one.code for one in made.findings] == []


def test_two_headers_pinned_to_one_field() -> None:
    header = "Ref | Action | Job | Lead | Deadline"
    made = plan(
        pinned(Action="action", Job="action"),
        document(
            *TITLE, header, "1.1 | Sweep the quay | Sweeping | TW | May 19", "1.2 | Paint it | Paint | OL | Jun 19"
        ),
    )
    assert [field for field, _ in columns(made)] == ["ref", "action", None, "lead", "end"]
    assert [one.code for one in made.findings] == ["column-second"]


DOWN, MORE, TWO = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
TWO_ROWS: list[tuple[PinnedColumns, tuple[str, ...]]] = [
    (PinnedColumns(), ("Ref", "Action", "Lead", "Timescale", "From", "To", "Progress")),
    (
        pinned(What_has_to_happen="action", First_day="start", Last_day="end", Who_minds_it="lead", State="progress"),
        ("Ref", "What has to happen", "Who minds it", "Days", "First day", "Last day", "State"),
    ),
]


@pytest.mark.parametrize("pins, names", TWO_ROWS, ids=["known words", "pinned words"])
def test_a_header_of_two_rows(tmp_path: Path, pins: PinnedColumns, names: tuple[str, ...]) -> None:
    ref, action, lead, over, first, last, progress = names
    source = word_document(
        tmp_path,
        p("Safer Quays Improvement Plan")
        + tbl(
            tr(
                *(tc(name, properties=DOWN) for name in (ref, action, lead)),
                tc(over, properties=TWO),
                tc(progress, properties=DOWN),
            ),
            tr(*[tc(properties=MORE)] * 3, first, last, tc(properties=MORE)),
            *(
                tr(
                    f"1.{n}",
                    f"Sweep quay {n} each week and log it",
                    "TW",
                    "May 19",
                    "Jun 19",
                    f"Begun by {n} crews, one a night",
                )
                for n in (1, 2)
            ),
        ),
    )
    made = plan(pins, source)
    assert columns(made) == [
        ("ref", ref),
        ("action", action),
        ("lead", lead),
        ("start", f"{over} {first}"),
        ("end", last),
        ("progress", progress),
    ]
    assert said(made)[0] == {
        "ref": "1.1",
        "action": "Sweep quay 1 each week and log it",
        "lead": "TW",
        "start": "May 19",
        "end": "Jun 19",
        "progress": "Begun by 1 crews, one a night",
    }
    assert len(made.actions) == 2


def test_a_lone_cell_that_says_the_words_is_no_header() -> None:
    source = document(*TITLE, "What has to happen |", HEADER, *ROWS)
    made = plan(PINS, source)
    assert [field for field, _ in columns(made)][:3] == ["ref", "action", "lead"]
    assert len(made.actions) == 3
