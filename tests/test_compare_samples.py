"""Versions 3 and 4 of the sample plan, in every pairing of formats, against all that was changed in their content."""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from actionplan import compare, read
from compare.model import Change, Diff
from normalise.model import Plan
from samples.content import CONTENT, Content, load_v3, load_v4
from samples.truth import truth

SAMPLES = Path(__file__).parents[1] / "samples"
FORMATS = ("pdf", "docx", "txt")
PAIRINGS = [(*both, "txt" in both) for both in product(FORMATS, FORMATS)]

#: Of each row that changed, by its old and its new ref: its kind, and the fields that differ.
Expected = dict[tuple[str | None, str | None], tuple[str, frozenset[str]]]


@cache
def sample(version: str, suffix: str) -> Plan:
    return read(SAMPLES / f"recovery-plan-{version}.{suffix}")


def rows(content: Content) -> dict[str, dict[str, object]]:
    """Ref -> what the row says, and where it stands."""
    readings = {
        action["ref"]: action["gold"]["status"]
        for section in truth(content)["sections"]
        for group in section["groups"]
        for action in group["actions"]
    }
    return {
        row.ref: {**row.cells, "section": section.number, "group": group.title, "status": readings[row.ref]}
        for section in content.sections
        for group in section.groups
        for row in group.rows
    }


@cache
def expected() -> Expected:
    changes = tomllib.loads((CONTENT / "v4.toml").read_text("utf-8"))
    old, new = rows(load_v3()), rows(load_v4())
    refs = {ref: changes["renumber"].get(ref, ref) for ref in old if ref not in changes["remove"]}
    found: Expected = {}
    for ref, now in refs.items():
        fields = frozenset("leads" if key == "lead" else key for key in old[ref] if old[ref][key] != new[now][key])
        if fields:
            moved = fields & {"section", "group"}
            kind = "moved" if moved else "renumbered" if fields == {"ref"} else "changed"
            found[(ref, now)] = (kind, fields)
    found |= {(ref, None): ("removed", frozenset()) for ref in old if ref not in refs}
    return found | {(None, ref): ("added", frozenset()) for ref in new if ref not in refs.values()}


def documents(diff: Diff) -> dict[tuple[str | None, str | None], Change]:
    return {(change.old_ref, change.new_ref): change for change in diff.changes if change.cause == "document"}


def doubtful(change: Change, old: Plan, new: Plan) -> set[str]:
    """Fields of a row that a reading says may be wrong: one that is read wrong, and says so, may look unchanged."""
    return {
        finding.field or ""
        for plan, row in ((old, change.old), (new, change.new))
        for finding in plan.findings
        if row and finding.action == row.id and finding.about == "reading" and finding.severity != "info"
    }


def test_what_is_expected_is_what_the_content_says() -> None:
    kinds = [kind for kind, _ in expected().values()]
    assert (kinds.count("added"), kinds.count("removed"), kinds.count("moved")) == (2, 1, 1)
    assert expected()[("2.13", "3.11")] == ("moved", frozenset({"ref", "section", "group", "end", "progress"}))
    assert expected()[("1.4", "1.5")] == ("renumbered", frozenset({"ref"}))


@pytest.mark.parametrize("old, new, dump", PAIRINGS)
def test_every_change_is_found_and_none_is_invented(old: str, new: str, dump: bool) -> None:
    diff = compare(sample("v3", old), sample("v4", new))
    found = documents(diff)
    for refs, (kind, fields) in expected().items():
        change = found[refs]
        assert (refs, change.kind) == (refs, kind)
        if change.match:
            certain = {field.field for field in change.fields if not field.uncertain}
            missed = (
                fields
                - {field.field for field in change.fields}
                - doubtful(change, sample("v3", old), sample("v4", new))
            )
            assert (refs, certain - fields, missed) == (refs, set(), set())
    invented = [refs for refs, change in found.items() if refs not in expected() and not change.uncertain]
    assert invented == []
    assert [change for change in diff.changes if change.cause == "tool"] == []
    assert dump or diff.summary.uncertain == 0


@pytest.mark.parametrize("old, new, dump", PAIRINGS)
def test_what_stands_around_the_rows(old: str, new: str, dump: bool) -> None:
    diff = compare(sample("v3", old), sample("v4", new))
    assert [(change.kind, (change.new or change.old).name) for change in diff.people] == [  # type: ignore[union-attr]
        ("added", "Joanna Kell"),
        ("removed", "Tomos Vaughan"),
    ]
    assert [change.change.field for change in diff.plan] == ["version", "published", "paragraph"]
    assert diff.columns == ()
    assert all(section.uncertain for section in diff.sections)
    assert dump or diff.sections == ()


@pytest.mark.parametrize("version", ["v3", "v4"])
@pytest.mark.parametrize("old, new, dump", PAIRINGS)
def test_formats_of_one_version_are_equal_but_for_what_is_uncertain(
    version: str, old: str, new: str, dump: bool
) -> None:
    diff = compare(sample(version, old), sample(version, new))
    certain = [field for change in diff.changes for field in change.fields if not field.uncertain]
    certain += [field for change in diff.sections for field in change.fields if not field.uncertain]
    assert (certain, diff.people, diff.columns, diff.plan) == ([], (), (), ())
    assert dump or not diff.differs
