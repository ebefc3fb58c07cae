"""Which row is which: by words, by ref, by what else it says; twins told apart; what is unsure says so."""

from __future__ import annotations

from typing import Any

import pytest
from plan_builder import HERE, a_plan, an_action

from compare.assignment import best_pairs
from compare.matching import match_rows
from compare.model import Match, Pair
from normalise.model import Action, Lead, Plan, Section

AGREE = "Agree the programme of visits with every ward and publish it"
TRAIN = "Train all managers in the use of the new record before winter"
AUDIT = "Carry out a monthly audit of twenty case files led by team managers"
CLOSE = "Close the old filing room and move what it holds to the archive"


def row(ref: str | None, action: str, **changes: Any) -> Action:
    values = {"id": ref or f"row-{action[:5]}", "ref": ref, "action": action, "measure": "", "progress": ""}
    values |= {"start": (), "end": (), "leads": (), "cells": (), "group": None, "section": "1"}
    return an_action(**{**values, **changes})


def plan(*rows: Action) -> Plan:
    sections = tuple(Section(n, n, title, (), (), HERE) for n, title in (("1", "Practice"), ("2", "Finance")))
    return a_plan(actions=rows, sections=sections, findings=())


def pairs(old: Plan, new: Plan) -> list[tuple[str, str, str, bool]]:
    return [(pair.old, pair.new, pair.match.by, pair.match.sure) for pair in match_rows(old, new)]


AL = (Lead("AL", "ada-lowe", ("ada-lowe",), "initials"),)

#: What happened, the old rows, the new rows, the pairs (old id, new id, by, sure).
CASES = [
    (
        "nothing",
        [row("1.1", AGREE), row("1.2", TRAIN)],
        [row("1.1", AGREE), row("1.2", TRAIN)],
        [("1.1", "1.1", "ref-and-text", True), ("1.2", "1.2", "ref-and-text", True)],
    ),
    (
        "a row is put in and those after it count on",
        [row("1.1", AGREE), row("1.2", TRAIN)],
        [row("1.1", AUDIT), row("1.2", AGREE), row("1.3", TRAIN)],
        [("1.1", "1.2", "text", True), ("1.2", "1.3", "text", True)],
    ),
    (
        "two rows change refs",
        [row("1.1", AGREE), row("1.2", TRAIN)],
        [row("1.1", TRAIN), row("1.2", AGREE)],
        [("1.2", "1.1", "text", True), ("1.1", "1.2", "text", True)],
    ),
    (
        "the wording is edited",
        [row("1.1", AGREE), row("1.2", TRAIN)],
        [row("1.1", AGREE + " by March"), row("1.2", TRAIN.replace("winter", "the summer"))],
        [("1.1", "1.1", "ref-and-text", True), ("1.2", "1.2", "ref-and-text", True)],
    ),
    (
        "the wording is edited and the ref is another",
        [row("1.1", AGREE), row("1.2", TRAIN)],
        [row("1.1", AUDIT), row("1.2", AGREE + " by March"), row("1.3", TRAIN)],
        [("1.1", "1.2", "text", True), ("1.2", "1.3", "text", True)],
    ),
    (
        "another row has the ref now",
        [row("1.1", AGREE, measure="All wards visited by May"), row("1.2", TRAIN)],
        [row("1.1", CLOSE, measure="Nothing left on any shelf"), row("1.2", TRAIN)],
        [("1.2", "1.2", "ref-and-text", True)],
    ),
    (
        "the action is said anew, ref and measure and leads stay",
        [row("1.1", AGREE, measure="All wards visited by May", impact="Patients are seen sooner", leads=AL)],
        [row("1.1", CLOSE, measure="All wards visited by May", impact="Patients are seen sooner", leads=AL)],
        [("1.1", "1.1", "ref", True)],
    ),
    (
        "the action is said anew, ref and measure stay",
        [row("1.1", AGREE, measure="All wards visited by May")],
        [row("1.1", CLOSE, measure="All wards visited by May")],
        [("1.1", "1.1", "ref", False)],
    ),
    (
        "lead and resources alone are no proof",
        [row("1.1", AGREE, leads=AL)],
        [row("1.1", CLOSE, leads=AL)],
        [],
    ),
    (
        "twins are told apart by their refs",
        [row("1.1", AUDIT), row("1.2", AUDIT)],
        [row("1.2", AUDIT), row("1.1", AUDIT)],
        [("1.2", "1.2", "ref-and-text", True), ("1.1", "1.1", "ref-and-text", True)],
    ),
    (
        "twins are told apart by their sections",
        [row("1.1", AUDIT), row("2.1", AUDIT, section="2")],
        [row("1.7", AUDIT), row("2.8", AUDIT, section="2")],
        [("1.1", "1.7", "text", True), ("2.1", "2.8", "text", True)],
    ),
    (
        "twins are told apart by their order, which is unsure",
        [row("1.1", AUDIT), row("1.2", AUDIT)],
        [row("1.5", AUDIT), row("1.6", AUDIT)],
        [("1.1", "1.5", "text", False), ("1.2", "1.6", "text", False)],
    ),
    (
        "one ref stands twice",
        [row("1.1", AGREE), row("1.1", TRAIN, id="1.1~2")],
        [row("1.1", TRAIN), row("1.1", AGREE, id="1.1~2")],
        [("1.1~2", "1.1", "ref-and-text", True), ("1.1", "1.1~2", "ref-and-text", True)],
    ),
    (
        "no refs at all",
        [row(None, AGREE), row(None, TRAIN)],
        [row(None, TRAIN), row(None, AGREE)],
        [("row-Train", "row-Train", "text", True), ("row-Agree", "row-Agree", "text", True)],
    ),
    (
        "a row that says nothing stands between the same rows",
        [row("1.1", AGREE), row("1.2", ""), row("1.3", TRAIN)],
        [row("1.2", AGREE), row("1.3", ""), row("1.4", TRAIN)],
        [("1.1", "1.2", "text", True), ("1.2", "1.3", "text", True), ("1.3", "1.4", "text", True)],
    ),
    (
        "rows that say nothing keep their refs",
        [row("1.1", ""), row("1.2", "")],
        [row("1.1", ""), row("1.2", "")],
        [("1.1", "1.1", "ref", True), ("1.2", "1.2", "ref", True)],
    ),
    ("an empty plan", [], [row("1.1", AGREE)], []),
]


@pytest.mark.parametrize("name, old, new, expected", CASES, ids=[case[0] for case in CASES])
def test_pairs(name: str, old: list[Action], new: list[Action], expected: list[tuple[str, str, str, bool]]) -> None:
    assert pairs(plan(*old), plan(*new)) == expected
    turned = sorted((new_id, old_id, by, sure) for old_id, new_id, by, sure in expected)
    assert sorted(pairs(plan(*new), plan(*old))) == turned


def test_a_pair_says_how_alike_its_rows_are() -> None:
    (pair,) = match_rows(plan(row("1.1", AGREE)), plan(row("1.4", AGREE)))
    assert pair == Pair("1.1", "1.4", Match("text", 1.0, True))
    (pair,) = match_rows(plan(row("1.1", AGREE)), plan(row("1.1", AGREE + " soon")))
    assert pair == Pair("1.1", "1.1", Match("ref-and-text", 0.96, True))


def test_many_twins_are_paired_by_ref_and_in_order() -> None:
    old = plan(*(row(f"1.{at}", AUDIT) for at in range(60)))
    new = plan(*(row(f"1.{at}", AUDIT) for at in range(2, 62)))
    kept = {pair.old: pair.new for pair in match_rows(old, new)}
    assert {ref: kept[ref] for ref in ("1.2", "1.30", "1.59")} == {"1.2": "1.2", "1.30": "1.30", "1.59": "1.59"}
    assert len(kept) == 60


#: Scores, and the pairs that are best together.
ASSIGNMENTS: list[tuple[dict[tuple[int, int], float], list[tuple[int, int]]]] = [
    ({}, []),
    ({(0, 0): 0.7}, [(0, 0)]),
    ({(0, 0): 0.80, (0, 1): 0.82, (1, 1): 0.78}, [(0, 0), (1, 1)]),
    ({(0, 0): 1.0, (0, 1): 0.62, (1, 0): 0.62}, [(0, 0)]),
    ({(0, 0): 0.9, (0, 1): 0.9, (1, 0): 0.9, (1, 1): 0.9}, [(0, 0), (1, 1)]),
    ({(0, 5): 0.9, (3, 2): 0.8}, [(0, 5), (3, 2)]),
]


@pytest.mark.parametrize("scores, expected", ASSIGNMENTS)
def test_assignments(scores: dict[tuple[int, int], float], expected: list[tuple[int, int]]) -> None:
    assert best_pairs(scores) == expected
    assert best_pairs({(b, a): score for (a, b), score in scores.items()}) == sorted((b, a) for a, b in expected)


def test_a_large_cluster_is_paired_best_first() -> None:
    scores = {(one, two): 0.9 if one == two else 0.7 for one in range(50) for two in range(50)}
    assert best_pairs(scores) == [(at, at) for at in range(50)]
