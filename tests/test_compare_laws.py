"""Laws of comparing: nothing changed is nothing said, the reverse agrees, old plus diff is new, no row is lost."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from plan_builder import HERE, a_plan, an_action

from compare.applying import apply, project
from compare.comparing import compare
from compare.model import Change, Diff, FieldChange
from compare.printed import title_key
from normalise.model import Action, Date, Group, Lead, Person, Plan, Resources, Section

WORDS = "agree the board plan train new staff visit every home report cases monthly audit letter".split()
TEXTS = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)
REFS = st.sampled_from([None, "1", "1.1", "1.2", "1.3", "2.1", "2.2", "4b"])
DATES = st.sampled_from(
    [
        (),
        (Date("TBC", "tbc"),),
        (Date("Jul 17", "date", "2017-07", "2017-07-01", "2017-07-31"),),
        (Date("4 Sept 17", "date", "2017-09-04", "2017-09-04", "2017-09-04", "phase 1"),),
        (Date("when ready", "text"),),
    ]
)
PEOPLE = (
    Person("ada-lowe", "Ada Lowe", "Head of Practice", ("AL",), HERE),
    Person("ben-hart", "Ben Hart", "Head of Finance", ("BH",), HERE),
    Person("cy-orme", "Cy Orme", None, ("CO",), HERE),
)
LEADS = st.sampled_from(
    [
        (),
        (Lead("AL", "ada-lowe", ("ada-lowe",), "initials"),),
        (Lead("BH", "ben-hart", ("ben-hart",), "initials"), Lead("TBC", None, (), "none")),
    ]
)
RESOURCES = st.sampled_from([Resources("", "blank"), Resources("£5k", "amount", 5000, "GBP"), Resources("TBC", "tbc")])
GROUPS = st.sampled_from([None, "PRACTICE", "FINANCE", "Staff"])


@st.composite
def rows(draw: st.DrawFn) -> list[Action]:
    """Rows with ids of their own; refs are missing, doubled and out of order."""
    found = []
    for number in range(draw(st.integers(0, 7))):
        values = {"action": TEXTS, "measure": TEXTS, "progress": TEXTS, "ref": REFS, "group": GROUPS, "start": DATES}
        values |= {"end": DATES, "leads": LEADS, "resources": RESOURCES, "section": st.sampled_from([None, "1", "2"])}
        values |= {"status": st.sampled_from(["complete", "in_progress", "unknown"])}
        values |= {"extra": st.sampled_from([(), (("Notes", "one"),), (("Notes", "two"), ("Theme", "x"))])}
        found.append(
            an_action(id=f"row-{number}", cells=(), impact="", **{key: draw(value) for key, value in values.items()})
        )
    return found


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    titles = draw(st.lists(st.sampled_from(["Practice", "Finance", "People"]), min_size=2, max_size=2, unique=True))
    groups = tuple(Group(title, title, HERE) for title in ("PRACTICE", "FINANCE"))
    sections = tuple(
        Section(number, number, title, draw(st.sampled_from([(), ("Safe",)])), groups, HERE, title)
        for number, title in zip("12", titles, strict=True)
    )
    people = tuple(draw(st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True)))
    return a_plan(actions=tuple(draw(rows())), sections=sections, people=people, findings=())


@st.composite
def versions(draw: st.DrawFn) -> tuple[Plan, Plan]:
    """A plan, and what became of it: rows dropped, put elsewhere, said otherwise; or another plan altogether."""
    old = draw(plans())
    if draw(st.booleans()):
        return old, draw(plans())
    others = draw(rows())
    kept = draw(st.permutations([row for row in old.actions if draw(st.booleans())]))
    edited = [replace(row, progress=draw(TEXTS), ref=draw(REFS)) if draw(st.booleans()) else row for row in kept]
    new = [replace(row, id=f"new-{at}") for at, row in enumerate([*edited, *others])]
    return old, replace(old, actions=tuple(new))


@settings(max_examples=60, deadline=None)
@given(plans())
def test_a_plan_against_itself_is_empty(plan: Plan) -> None:
    diff = compare(plan, plan)
    assert (diff.changes, diff.people, diff.columns, diff.sections, diff.plan) == ((), (), (), (), ())
    assert not diff.differs
    assert (diff.summary.unchanged, len(diff.pairs)) == (len(plan.actions), len(plan.actions))


@settings(max_examples=80, deadline=None)
@given(versions())
def test_old_plus_diff_is_new(both: tuple[Plan, Plan]) -> None:
    old, new = both
    assert apply(old, compare(old, new)) == project(new)


@settings(max_examples=80, deadline=None)
@given(versions())
def test_no_row_is_lost_or_doubled(both: tuple[Plan, Plan]) -> None:
    """Every row is in exactly one pair, or has exactly one record of its own."""
    old, new = both
    diff = compare(old, new)
    alone = [change for change in diff.changes if change.match is None]
    olds = [pair.old for pair in diff.pairs] + [change.old.id for change in alone if change.old]
    news = [pair.new for pair in diff.pairs] + [change.new.id for change in alone if change.new]
    assert (Counter(olds), Counter(news)) == (
        Counter(row.id for row in old.actions),
        Counter(row.id for row in new.actions),
    )
    recorded = Counter(
        (change.old and change.old.id, change.new and change.new.id, change.cause) for change in diff.changes
    )
    assert set(recorded.values()) <= {1}


@settings(max_examples=80, deadline=None)
@given(versions())
def test_a_diff_and_its_reverse_agree(both: tuple[Plan, Plan]) -> None:
    old, new = both
    there, back = compare(old, new), compare(new, old)
    assert {(pair.new, pair.old, pair.match) for pair in there.pairs} == {
        (pair.old, pair.new, pair.match) for pair in back.pairs
    }
    assert Counter(map(backwards, there.changes)) == Counter(map(forwards, back.changes))
    assert parts(there, -1) == parts(back, 1)


TURNED = {"added": "removed", "removed": "added"}


def forwards(change: Change) -> object:
    ids = (change.old and change.old.id, change.new and change.new.id)
    said = (change.kind, change.also, change.match, change.cause, change.uncertain, frozenset(change.doubts))
    return (*said, ids, frozenset(field_said(field, 1) for field in change.fields))


def backwards(change: Change) -> object:
    ids = (change.new and change.new.id, change.old and change.old.id)
    kinds = TURNED.get(change.kind, change.kind), change.also
    said = (*kinds, change.match, change.cause, change.uncertain, frozenset(change.doubts))
    return (*said, ids, frozenset(field_said(field, -1) for field in change.fields))


def field_said(field: FieldChange, way: int) -> object:
    values, lists = (field.old, field.new), (frozenset(field.came), frozenset(field.went))
    precision = {"gained": "lost", "lost": "gained"}.get(field.precision or "") if way < 0 else field.precision
    name = title_key(field.field)
    numbers = (None if field.days is None else way * field.days, None if field.amount is None else way * field.amount)
    words = tuple(
        (turned(run.op, way), "".join(run.words).casefold()) for run in sorted(field.words, key=lambda run: run.op)
    )
    return (name, values[::way], lists[::way], numbers, precision, field.uncertain, frozenset(words))


def turned(op: str, way: int) -> str:
    return {"old": "new", "new": "old"}.get(op, op) if way < 0 else op


def parts(diff: Diff, way: int) -> object:
    """People, sections and the like, in the words of the other direction where `way` is -1."""
    kinds = TURNED if way < 0 else {}
    people = {(kinds.get(c.kind, c.kind), *(c.old, c.new)[::way], c.cause, c.uncertain) for c in diff.people}
    sections = {
        (kinds.get(c.kind, c.kind), *(c.old, c.new)[::way], c.cause, frozenset(field_said(f, way) for f in c.fields))
        for c in diff.sections
    }
    columns = {(c.field, *(c.old, c.new)[::way]) for c in diff.columns}
    plan = {(kinds.get(c.kind, c.kind), field_said(c.change, way), c.cause) for c in diff.plan}
    return people, sections, columns, plan


def test_empty_plans() -> None:
    empty = a_plan(actions=(), sections=(), columns=(), people=(), paragraphs=(), tables=())
    assert compare(empty, empty).changes == ()
    full = a_plan()
    assert [(change.kind, change.new_ref) for change in compare(empty, full).changes] == [("added", "1.1")]
    assert [(change.kind, change.old_ref) for change in compare(full, empty).changes] == [("removed", "1.1")]
    assert apply(empty, compare(empty, full)) == project(full)
    assert apply(full, compare(full, empty)) == project(empty)
