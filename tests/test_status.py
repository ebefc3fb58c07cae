"""Status and RAG: the cell where it is filled, else how the progress text opens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.model import Flag
from normalise.status import StatusReading, read_status

CASES = json.loads((Path(__file__).parent / "cases" / "status.json").read_text(encoding="utf-8"))
WORDS = ("Green", "red", "Complete", "not", "started", "on track", "overdue", "[", "-", "R", "by", "\n", "50%")


def spoken(flags: tuple[Flag, ...]) -> list[str]:
    tails = (": " + "; ".join(flag.candidates) if flag.candidates else "" for flag in flags)
    return [f"{flag.severity} {flag.code}{tail}" for flag, tail in zip(flags, tails, strict=True)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['label']}: {case['cell']!r} {case['progress']!r}")
def test_a_row(case: dict) -> None:
    got = read_status(case["cell"], case["progress"], case["fill"])
    assert (got.status, got.basis, got.rag, got.status_text) == (
        case["status"],
        case["basis"],
        case["rag"],
        case["status_text"],
    )
    assert spoken(got.flags) == case["flags"]


def test_a_whole_reading() -> None:
    flag = Flag("status-by-shading", "reading", "info", "The status is shown by the cell's red shading alone.")
    assert read_status("", "Complete", "#ff0000") == StatusReading("off_track", "cell", "red", "[red]", (flag,))


text = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join))


@given(st.one_of(st.none(), text), text, st.one_of(st.none(), st.just("#00b050"), st.text(max_size=8)))
def test_the_column_decides_what_is_told(cell: str | None, progress: str, fill: str | None) -> None:
    got = read_status(cell, progress, fill)
    assert (got.status_text is None) == (cell is None)
    if cell is None:
        assert (got.basis == "none") == (got.status == "unknown")
        assert got.rag is None
    elif any(character.isalnum() for character in cell):
        assert (got.basis, got.status_text) == ("cell", cell)
        assert got.status != "unknown" or spoken(got.flags) == ["warning status-unknown"]
