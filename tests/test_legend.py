"""The plan's own key of colours, and the warning where it says otherwise than the format."""

from __future__ import annotations

import pytest
from dumps import HEADER, document, row, sound, told

from normalise.legend import legend_of, told_otherwise
from normalise.status import read_status

KEYS = [
    ("Blue: done, and the Board has seen it. Green: on track. Red: overdue or late.",
     (("blue", "complete"), ("green", "in_progress"), ("red", "off_track"))),
    ("R = not started; A = in progress; G = complete",
     (("red", "not_started"), ("amber", "in_progress"), ("green", "complete"))),
    ("Green (complete), Red (not started)", (("green", "complete"), ("red", "not_started"))),
    ("Green: complete. Red: overdue. Green: on track.", (("red", "off_track"),)),
    ("Green: complete.", ()),
    ("Red: significant risk. Amber: some risk. Green: complete.", ()),
    ("A – complete list is on the website, and a – closed one too.", ()),
    ("The Green Paper is complete: red tape is overdue for a cut.", ()),
]  # fmt: skip


@pytest.mark.parametrize("text, legend", KEYS)
def test_what_a_text_says_of_the_colours(text: str, legend: object) -> None:
    assert legend_of([text], []) == legend


def test_what_a_table_says_of_them() -> None:
    rows = [["Rating", "Meaning"], ["Blue", "Closed"], ["", "Green", "Complete"], ["Initials", "AL"]]
    assert legend_of([], [rows]) == (("blue", "complete"), ("green", "complete"))


LEGEND = (("green", "complete"), ("red", "off_track"))
TOLD = [
    ("Green", ["in_progress", "complete"]),
    ("G", ["in_progress", "complete"]),
    ("Red", None),
    ("Amber", None),
    ("Green - on track", None),
    ("Complete", None),
    ("", None),
]


@pytest.mark.parametrize("cell, candidates", TOLD)
def test_a_colour_that_the_key_reads_otherwise_is_told(cell: str, candidates: list[str] | None) -> None:
    flags = told_otherwise(read_status(cell, "All well"), LEGEND)
    assert [list(flag.candidates) for flag in flags] == ([candidates] if candidates else [])


def test_each_row_of_such_a_colour_is_flagged() -> None:
    header = HEADER.replace("Lead |", "RAG |")
    lines = ("Quays Plan", "", "Green: complete. Amber: in progress.", "", header)
    made = sound(document(*lines, row("1.1", lead="Green"), row("1.2", lead="Amber")))
    assert [(one.status, one.rag) for one in made.actions] == [("in_progress", "green"), ("in_progress", "amber")]
    assert told(made) == [("status-by-key", "1.1", "status")]
