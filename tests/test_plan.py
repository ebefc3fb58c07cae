"""A document becomes a plan: what the contract guarantees holds for any dump, and for the real plan at hand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from dumps import HEADER, TITLE, Grid, cells, document, plan, row, said, sound, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from export.plan_json import to_json
from export.proof.proving import problems, source_problems
from extract.model import Document, ReadError
from extract.reading import read
from extract.text_dump import read_text
from normalise.model import Action, Plan
from normalise.plan import NoActionTable, normalise
from normalise.repairs import replay

ROOT = Path(__file__).parents[1]
PLANS = ROOT.parent / "shared" / "plans"

# --- the whole of a small plan ---------------------------------------------------------------------------------------


def test_a_dump_from_a_file_is_a_whole_plan(tmp_path: Path) -> None:
    path = tmp_path / "quays.txt"
    lines = (*TITLE, "1. SHORE", "", "KEY OUTCOMES", "", "- Quays are safe", "", HEADER, row("1.1", resources="ТВС"))
    path.write_text("\n".join(line.replace(" | ", "\t") for line in lines), "utf-8")
    made = normalise(read_text(path), "0" * 64)
    assert (made.plan.title, made.plan.organisation) == ("Safer Quays Improvement Plan", "Marlstone Harbour Trust")
    assert [(one.id, one.name) for one in made.people] == [("tess-waring", "Tess Waring"), ("owen-lisle", "Owen Lisle")]
    assert [(one.id, one.title, one.outcomes) for one in made.sections] == [("1", "SHORE", ("Quays are safe",))]
    (action,) = made.actions
    assert (action.ref, action.section, action.resources.text, action.resources.kind) == ("1.1", "1", "TBC", "tbc")
    assert [(lead.person, lead.basis) for lead in action.leads] == [("tess-waring", "initials")]
    assert [block.kind for block in made.paragraphs] == ["heading", "title", "heading", "person", "person", "heading"]
    assert made.findings == ()


def test_ids_of_actions() -> None:
    refless = row("", action="Mend the crane")
    made = plan(HEADER, row("1.1"), refless, refless, row("1.1", action="Paint"), row("1.4"), row("1.1"))
    assert [(one.id, one.ref) for one in made.actions] == [
        ("1.1", "1.1"),
        ("row-2", None),
        ("row-3", None),
        ("1.1~2", "1.1"),
        ("1.4", "1.4"),
        ("1.1~3", "1.1"),
    ]
    assert [(one.action, one.ref) for one in made.findings if one.code == "duplicate-ref"] == [
        ("1.1~2", "1.1"),
        ("1.1~3", "1.1"),
    ]


# --- tables that are no action tables --------------------------------------------------------------------------------

OTHERS = {
    "a sign-off after a heading": ("SIGN OFF", "", "Name | Role | Date", "Ivo Penn | Chair | 3 May 2019"),
    "a sign-off at once": ("Name | Role | Date", "Ivo Penn | Chair | 3 May 2019"),
    "a glossary": ("GLOSSARY", "", "Term | Meaning | Where", "VTS | Vessel traffic service | Tower"),
    "a key": ("KEY", "", "Blue | Done", "Green | On track"),
}


@pytest.mark.parametrize("lines", OTHERS.values(), ids=OTHERS)
def test_a_table_after_the_actions_is_a_table_of_its_own(lines: tuple[str, ...]) -> None:
    made = plan(HEADER, row("1.1"), row("1.2"), "", *lines)
    assert said(made) == [cells("1.1"), cells("1.2")]
    assert [table.rows for table in made.tables] == [tuple(tuple(line.split(" | ")) for line in lines[-2:])]


@pytest.mark.parametrize("word", [False, True])
def test_so_it_is_in_a_grid(word: bool) -> None:
    for other in (("Name | Role | Date", "Ivo Penn | Chair | 3 May 2019"), ("A | B | C | D | E", "a | b | c | d | e")):
        grid = Grid(word)
        grid.table("Ref | Action | By when | Lead | Progress", "1 | Dredge | Jan 19 | TW | Out", page=1)
        grid.say("Sign off", None if word else 2)
        grid.table(*other, page=2)
        made = grid.plan()
        assert [one.ref for one in made.actions] == ["1"]
        assert [table.rows for table in made.tables] == [tuple(tuple(line.split(" | ")) for line in other)]


def test_rows_above_a_header_that_is_printed_again_are_rows() -> None:
    made = plan(
        HEADER, row("1.1", measure="Signed by"), "", " | | | | | | the board | | ", row("1.2"), HEADER, row("1.3")
    )
    assert said(made) == [cells("1.1", measure="Signed by the board"), cells("1.2"), cells("1.3")]
    assert made.tables == ()


def test_a_document_without_an_action_table_says_what_it_holds() -> None:
    with pytest.raises(NoActionTable) as caught:
        normalise(document(*TITLE, "Name | Role", "Ivo Penn | Chair"), "0" * 64)
    assert isinstance(caught.value, ReadError)
    assert caught.value.what == "No action table found"
    assert caught.value.cause == (
        "no table has headers that name an action and a lead, a date or the progress; 1 table and 5 paragraphs were "
        "read; the first tables open with: Name | Role"
    )
    with pytest.raises(NoActionTable, match="0 tables and 0 paragraphs were read"):
        normalise(document(""), "0" * 64)


# --- laws ------------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    "survey Moorings the and of Chains • agreed. Complete Jan 19 TBC £4k TW OL 31 March ТВС progra mme LIGHTS 2".split()
)
CELL = st.lists(WORDS, max_size=9).map(" ".join)
REF = st.sampled_from(("", "1.1", "1.2", "1.3", "1.5", "2.1", "2", "MD 1", "LIGH", "LIGH 1.4", "1.4", "сомі", "Rec 2"))


@st.composite
def dumps(draw: st.DrawFn) -> tuple[str, ...]:
    """A title, then tables of rows that may have lost or gained cells, banners and prose between them."""
    lines: list[str] = list(TITLE)
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            lines += [draw(st.sampled_from(("1. SHORE", "2. SEA", "LIGHTS", "KEY OUTCOMES", "- Quays are safe"))), ""]
        if draw(st.integers(0, 3)):
            lines.append(HEADER)
        for _ in range(draw(st.integers(0, 4))):
            width = draw(st.sampled_from((9, 9, 9, 9, 2, 5, 8, 10)))
            lines.append(" | ".join((draw(REF), *(draw(CELL) for _ in range(width - 1)))))
        lines.append("")
    return tuple(lines)


def normalised(lines: tuple[str, ...]) -> Plan | None:
    try:
        return sound(document(*lines))
    except NoActionTable:
        return None


LAW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@LAW
@given(lines=dumps())
def test_nothing_is_lost_doubled_or_unproved(lines: tuple[str, ...]) -> None:
    made = normalised(lines)
    if made is not None:
        ledger = made.ledger
        assert (made.unplaced, ledger.unplaced) == ((), 0)
        assert ledger.placed + ledger.furniture == ledger.characters == document(*lines).characters


@LAW
@given(lines=dumps())
def test_repairs_replayed_give_the_text(lines: tuple[str, ...]) -> None:
    made = normalised(lines)
    for action in made.actions if made else ():
        assert [replay(record.raw, record.repairs) for key, record in action.cells if key in TEXTS] == [
            getattr(action, key) for key, _ in action.cells if key in TEXTS
        ]


TEXTS = ("action", "measure", "impact", "progress")


@settings(LAW, max_examples=25)
@given(lines=dumps())
def test_a_document_is_read_the_same_way_twice(lines: tuple[str, ...]) -> None:
    one, two = normalised(lines), normalised(lines)
    assert one == two
    if one is not None and two is not None:
        assert to_json(one) == to_json(two)


def test_no_hash_seed_changes_a_byte() -> None:
    code = (
        "import hashlib, sys; from pathlib import Path; from extract.reading import read;"
        "from normalise.plan import normalise; from export.plan_json import to_json;"
        "print(hashlib.sha256(to_json(normalise(read(Path(sys.argv[1])), '0' * 64)).encode()).hexdigest())"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", code, "samples/recovery-plan-v3.txt"],
            cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(sums) == 1


# --- the real plan ---------------------------------------------------------------------------------------------------

REFS = [
    *(f"1.{n}" for n in range(1, 15)),
    *(f"2.{n}" for n in range(1, 20) if n not in (10, 11)),
    *(f"3.{n}" for n in range(1, 13)),
    *(f"4.{n}" for n in range(1, 8)),
]
FIELDS = ("action", "measure", "impact", "progress", "start", "end", "leads", "resources", "status", "group", "section")
BOTH = pytest.mark.parametrize("name", ["croydon-v12.txt", "croydon-v12.pdf"])


@cache
def real(name: str) -> tuple[Plan, Document]:
    if not (PLANS / name).exists():
        pytest.skip(f"{name} is not at hand")
    source = read(PLANS / name)
    return normalise(source, "0" * 64), source


def flagged(plan: Plan) -> set[tuple[str | None, str | None]]:
    """(ref, field) of each doubt about the reading; a doubt about the row is one about each of its fields."""
    doubts = [f for f in plan.findings if f.about == "reading" and f.severity != "info"]
    whole = {(f.ref, field) for f in doubts if f.field == "row" for field in FIELDS}
    return whole | {(f.ref, f.field) for f in doubts}


def solid(action: Action, field: str) -> str:
    """A field of an action as one text without white space or bullets, dates and leads by what they mean."""
    value = getattr(action, field)
    if field in ("start", "end"):
        value = " ".join(f"{date.kind} {date.edtf} {date.label}" for date in value)
    elif field == "leads":
        value = " ".join(str(lead.person or lead.text) for lead in value)
    elif field == "resources":
        value = f"{value.kind} {value.text}"
    return re.sub(r"[\s•]", "", str(value))


@BOTH
def test_the_real_plan_is_whole(name: str) -> None:
    made, source = real(name)
    assert [one.ref for one in made.actions] == REFS
    outcomes = [5, 0, 5, 2] if name.endswith("txt") else [0, 0, 0, 0]  # the PDF prints none
    assert [(one.id, one.number) for one in made.sections] == [(number, number) for number in "1234"]
    assert [len(one.outcomes) for one in made.sections] == outcomes
    assert [one.section for one in made.actions] == [ref[0] for ref in REFS]
    assert len(made.people) == 8
    assert made.unplaced == ()
    assert (*problems(made), *source_problems(made, source)) == ()
    assert [f.ref for f in made.findings if f.code == "missing-ref"] == ["2.10", "2.11"]


def test_both_sources_of_the_real_plan_name_the_same_groups() -> None:
    (text, _), (pdf, _) = real("croydon-v12.txt"), real("croydon-v12.pdf")
    assert [(one.ref, one.group) for one in text.actions] == [(one.ref, one.group) for one in pdf.actions]


def differing() -> Iterator[tuple[str | None, str]]:
    (text, _), (pdf, _) = real("croydon-v12.txt"), real("croydon-v12.pdf")
    for one, other in zip(text.actions, pdf.actions, strict=True):
        yield from ((one.ref, field) for field in FIELDS if solid(one, field) != solid(other, field))


def test_where_both_sources_differ_the_text_is_flagged() -> None:
    assert [place for place in differing() if place not in flagged(real("croydon-v12.txt")[0])] == []


def test_few_fields_of_the_real_plan_are_flagged_without_need() -> None:
    text, pdf = (real(name)[0] for name in ("croydon-v12.txt", "croydon-v12.pdf"))
    fields = {(ref, field) for ref in REFS for field in FIELDS}
    assert len((flagged(text) & fields) - set(differing())) <= 30
    assert len(flagged(pdf) & fields) <= 11


def test_the_real_plan_as_text_misses_the_heading_of_section_2() -> None:
    made, _ = real("croydon-v12.txt")
    assert [one.title is None for one in made.sections] == [False, True, False, False]
    assert [f.severity for f in made.findings if f.code == "missing-section-heading"] == ["warning"]


def test_a_plan_without_rows_says_so() -> None:
    assert told(plan(HEADER), "error") == [("no-rows", None, None)]
    assert told(plan(HEADER, row("1.1", action="Dredge the harbour")), "error") == []
