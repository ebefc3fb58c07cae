"""Rows that a dump ran together: tails put back, swallowed rows taken apart, what is only suspected flagged."""

from __future__ import annotations

import pytest
from dumps import HEADER, Grid, cells, plan, row, said, told

from normalise.model import Plan

MOORINGS = {
    "action": "Survey every mooring and replace the chains that",
    "measure": "Chains replaced",
    "impact": "No boat breaks",
}
WATCH = {"action": "are worn Train the night watch", "impact": "loose in a storm Boats are watched at night"}


def test_tails_at_the_front_of_the_next_page_are_put_back() -> None:
    made = plan(HEADER, row("1.1", **MOORINGS), "", row("1.2", **WATCH))
    assert said(made) == [
        cells(
            "1.1",
            action="Survey every mooring and replace the chains that are worn",
            measure="Chains replaced",
            impact="No boat breaks loose in a storm",
        ),
        cells("1.2", action="Train the night watch", impact="Boats are watched at night"),
    ]
    moved = {(f.code, f.ref, f.field) for f in made.findings if f.code == "tail-moved"}
    assert moved == {("tail-moved", ref, field) for ref in ("1.1", "1.2") for field in ("action", "impact")}


def test_a_whole_row_above_takes_nothing() -> None:
    made = plan(HEADER, row("1.1", action="Survey every mooring."), "", row("1.2", action="Train the night watch"))
    assert said(made) == [cells("1.1", action="Survey every mooring."), cells("1.2", action="Train the night watch")]
    assert told(made) == []


def test_nothing_is_taken_over_a_section() -> None:
    made = plan("1. SHORE", "", HEADER, row("1.1", **MOORINGS), "", "2. SEA", "", HEADER, row("2.1", **WATCH))
    assert said(made) == [cells("1.1", **MOORINGS), cells("2.1", **WATCH)]


LIGHTS = f"LIGH | LIGHTS {' |' * 7}"


def test_over_a_banner_only_what_is_plain_in_two_cells_is_taken_and_told() -> None:
    made = plan("1. SHORE", "", HEADER, row("1.1", **MOORINGS), "", LIGHTS, row("1.2", **WATCH))
    assert [(one["action"], one["impact"]) for one in said(made)] == [
        ("Survey every mooring and replace the chains that are worn", "No boat breaks loose in a storm"),
        ("Train the night watch", "Boats are watched at night"),
    ]
    moved = [("tail-moved", ref, field) for ref in ("1.1", "1.2") for field in ("action", "impact")]
    assert sorted(each for each in told(made) + told(made, "info") if each[0] == "tail-moved") == moved
    once = {**WATCH, "impact": "Boats are watched at night"}
    made = plan("1. SHORE", "", HEADER, row("1.1", action=MOORINGS["action"]), "", LIGHTS, row("1.2", **once))
    assert said(made)[1]["action"] == "Train the night watch"  # words wait
    whole = {"action": "Survey every mooring.", "measure": "Chains replaced.", "impact": "No boat breaks."}
    made = plan("1. SHORE", "", HEADER, row("1.1", **whole), "", LIGHTS, row("1.2", progress="Ready. Complete"))
    assert said(made)[1]["progress"] == "Ready. Complete"  # a progress that begins twice is not plain enough


def over_a_banner(above: dict[str, str], below: dict[str, str]) -> Plan:
    """A row, a banner and a row."""
    return plan("1. SHORE", "", HEADER, row("1.1", **above), LIGHTS, row("1.2", **below))


@pytest.mark.parametrize(
    "above, below",
    [
        (  # lists of the row's own
            {"action": "Agree a rota for the pilots", "measure": "Rota in use on the quay"},
            {"action": "• Train the watch • Mend the crane", "measure": "• Watch trained • Crane in use"},
        ),
        (  # the plan opens its cells with small letters
            {"action": "agree a rota for the pilots", "measure": "rota in use on the quay"},
            {"action": "train the watch", "measure": "watch trained"},
        ),
        (  # one cell, and no word waits
            {"action": "Agree a rota for the pilots"},
            {"action": "e-learning for the watch"},
        ),
    ],
)
def test_nothing_is_taken_over_a_banner_that_is_not_plain(above: dict[str, str], below: dict[str, str]) -> None:
    made = over_a_banner(above, below)
    assert said(made) == [cells("1.1", **above), cells("1.2", **below)]
    assert told(made) == []


def test_no_cell_is_emptied_over_a_banner() -> None:
    """The words above wait, but those below are all that their row says: both are told, neither is moved."""
    above, below = {"action": "Survey the moorings, buoys and"}, {"action": "e-learning for the watch"}
    made = over_a_banner(above, below)
    assert said(made) == [cells("1.1", **above), cells("1.2", **below)]
    assert {("tail-suspected", ref, "action") for ref in ("1.1", "1.2")} <= set(told(made))


def test_a_list_goes_on_over_a_banner_only_where_words_wait_in_another_cell() -> None:
    above = {"action": "Train every watch: • a first talk", "impact": "No boat breaks loose in the"}
    below = {"action": "• a card for each pilot Mend the old crane", "impact": "first storm Loads are safe"}
    made = over_a_banner(above, below)
    assert said(made)[0]["action"] == "Train every watch: • a first talk • a card for each pilot"
    assert said(made)[1]["action"] == "Mend the old crane"
    whole = over_a_banner({**above, "impact": "No boat breaks loose."}, below)
    assert said(whole)[1]["action"] == below["action"]
    own = over_a_banner(above, {**below, "action": "• Mend the crane • Paint the rails"})
    assert said(own)[1]["action"] == "• Mend the crane • Paint the rails"
    assert ("tail-suspected", "1.2", "action") in told(own)


def test_a_date_cut_by_the_page_break_is_put_back() -> None:
    above, below = {**MOORINGS, "end": "Autumn Term"}, {**WATCH, "end": "2019 31 May 20"}
    made = plan(HEADER, row("1.1", **above), "", row("1.2", **below))
    assert [texts["end"] for texts in said(made)] == ["Autumn Term 2019", "31 May 20"]
    assert [(f.code, f.ref) for f in made.findings if f.field == "end"] == [
        ("tail-moved", "1.1"),
        ("tail-moved", "1.2"),
    ]


@pytest.mark.parametrize(
    "above, below, read",
    [
        ("Autumn Term", "2019 31 May 20", ["Autumn Term 2019", "31 May 20"]),
        ("31 May", "2019 30 June 19", ["31 May 2019", "30 June 19"]),
        ("31 May 19", "2020 31 May 20", ["31 May 19", "2020 31 May 20"]),
        ("Autumn Term", "2019", ["Autumn Term", "2019"]),
        ("Autumn Term", "31 May 20", ["Autumn Term", "31 May 20"]),
        ("Ongoing", "2019 31 May 20", ["Ongoing", "2019 31 May 20"]),
    ],
)
def test_a_year_cut_off_alone_is_put_back(above: str, below: str, read: list[str]) -> None:
    first, second = (
        row("1.1", action="Survey every mooring.", end=above),
        row("1.2", action="Train the watch.", end=below),
    )
    made = plan(HEADER, first, second)
    assert [texts["end"] for texts in said(made)] == read
    moved = [(f.ref, f.severity) for f in made.findings if f.code == "tail-moved"]
    assert moved == ([] if read == [above, below] else [("1.1", "warning"), ("1.2", "warning")])


def test_a_grid_keeps_its_rows_apart_itself() -> None:
    grid = Grid()
    grid.table(HEADER, row("1.1", **MOORINGS), page=1)
    grid.table(row("1.2", **WATCH), page=2)
    made = grid.plan()
    assert said(made) == [cells("1.1", **MOORINGS), cells("1.2", **WATCH)]


# --- swallowed rows --------------------------------------------------------------------------------------------------

BOTH = {
    "action": "Train the night watch in first aid. Buy a second pilot boat for the winter.",
    "measure": "All watch members hold a first aid certificate. Pilot boat delivered.",
    "impact": "Injured sailors get first aid at once. Pilots reach ships in heavy weather by boat.",
    "progress": "First aid course booked. Pilot boat yards visited.",
}
FIRST = {
    "action": "Train the night watch in first aid.",
    "measure": "All watch members hold a first aid certificate.",
    "impact": "Injured sailors get first aid at once.",
    "progress": "First aid course booked.",
}
SECOND = {
    "action": "Buy a second pilot boat for the winter.",
    "measure": "Pilot boat delivered.",
    "impact": "Pilots reach ships in heavy weather by boat.",
    "progress": "Pilot boat yards visited.",
}


def run_together(end: str, after: str = "1.4", **changes: str) -> Plan:
    return plan(HEADER, row("1.1"), row("1.2", end=end, **{**BOTH, **changes}), row(after, action="Paint the rails"))


def test_a_swallowed_row_is_taken_apart() -> None:
    made = run_together("30 Mar 19 31 May 19", lead="TW OL", resources="£4k N/A")
    assert said(made) == [
        cells("1.1"),
        cells("1.2", **FIRST, end="30 Mar 19", lead="TW", resources="£4k"),
        cells("", **SECOND, end="31 May 19", lead="OL", resources="N/A", start=""),
        cells("1.4", action="Paint the rails"),
    ]
    assert [(one.id, one.ref) for one in made.actions] == [(ref, ref) for ref in ("1.1", "1.2", "1.3", "1.4")]
    assert [f for f in made.findings if f.code == "missing-ref"] == []


def test_every_cell_of_both_is_flagged_and_the_dates_are_settled() -> None:
    made = run_together("30 Mar 19 31 May 19")
    keys = {"action", "start", "leads", "resources", "measure", "impact", "progress"}
    assert {(ref, field) for code, ref, field in told(made) if code == "row-parted"} == {
        *(("1.2", key) for key in keys),
        *(("1.3", key) for key in keys | {"ref", "status"}),
    }
    assert told(made, "info") == [("row-parted", "1.2", "end"), ("row-parted", "1.3", "end")]


def test_what_the_evidence_does_not_support_stays_together() -> None:
    one_date = run_together("30 Mar 19")
    no_gap = run_together("30 Mar 19 31 May 19", after="1.3")
    wide_gap = run_together("30 Mar 19 31 May 19", after="1.5")
    labelled = run_together("30 Mar 19 phase 1 31 May 19 phase 2")
    for made in (one_date, no_gap, wide_gap, labelled):
        assert said(made)[1]["action"] == BOTH["action"]
        assert len(made.actions) == 3


@pytest.mark.parametrize(
    "upper, lower, again, codes",
    [
        ("Sound the bay in plain", "English. Mend the crane.", (HEADER,), ["tail-suspected"] * 2),
        ("Sound the bay in plain", "Mend the crane.", (HEADER,), []),
        ("Sound the bay.", "English. Mend the crane.", (HEADER,), []),
        ("Sound the bay in plain", "English. Mend the crane.", (), []),
    ],
)
def test_a_cell_without_the_stop_of_its_column_over_a_page_is_told(
    upper: str, lower: str, again: tuple[str, ...], codes: list[str]
) -> None:
    others = [row(f"1.{n}", action="Dredge the basin.") for n in range(1, 7)]
    made = plan(HEADER, *others, row("1.7", action=upper), *again, row("1.8", action=lower))
    assert [code for code, _, field in told(made) if field == "action"] == codes
