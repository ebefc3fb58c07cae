"""What the charts of a plan show, as data: days, spans, counts, and what is overdue with its doubt."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from plan_builder import a_plan, an_action

from export.charts.charting import ChartError, chart_of
from export.charts.days import Days, days_of, ends_of
from export.charts.overdue import overdue_of
from export.charts.scale import Scale, scale_over
from export.charts.standing import Standing, standings_of
from export.charts.timeline import Bar, bar_of, by_section, parts_of
from normalise.model import Date, Finding, Lead, Plan, Section


def days(first: str, last: str | None = None) -> Days:
    return Days(date.fromisoformat(first), date.fromisoformat(last or first))


def a_day(day: str, text: str = "", **more: object) -> Date:
    return Date(text or day, "date", day, day, day, **more)  # type: ignore[arg-type]


JULY = Date("Jul 17", "date", "2017-07", "2017-07-01", "2017-07-31")
AUTUMN = Date("Q3 17/18", "date", "2017-10/2017-12", "2017-10-01", "2017-12-31")
RANGE = Date("Sept to 4 Dec 17", "range", "2017-09/2017-12-04", "2017-09-01", "2017-12-04")
TBC, ONGOING, SOON = Date("TBC", "tbc"), Date("Ongoing", "ongoing"), Date("Immediate", "immediate")
REVISED = (a_day("2017-11-30", "30 Nov 17", superseded=True), a_day("2018-01-31", "31 Jan 18", label="Revised"))


def bar(start: tuple[Date, ...], end: tuple[Date, ...]) -> Bar:
    return bar_of(an_action(start=start, end=end))


IN_JULY, IN_AUTUMN = days("2017-07-01", "2017-07-31"), days("2017-10-01", "2017-12-31")
IN_SEPTEMBER, FOURTH = days("2017-09-01", "2017-09-30"), days("2017-12-04")
BARS = [
    # A month is a month wide, a quarter a quarter, a day a day.
    ((JULY,), (AUTUMN,), IN_JULY, IN_AUTUMN, "dated", "Jul 17 – Q3 17/18"),
    ((JULY,), (a_day("2017-12-04"),), IN_JULY, FOURTH, "dated", "Jul 17 – 2017-12-04"),
    # What is not printed has no place.
    ((JULY,), (ONGOING,), IN_JULY, None, "ongoing", "Jul 17 – Ongoing"),
    ((JULY,), (TBC,), IN_JULY, None, "unknown", "Jul 17 – TBC"),
    ((JULY,), (), IN_JULY, None, "unknown", "Jul 17 – (blank)"),
    ((SOON,), (AUTUMN,), None, IN_AUTUMN, "dated", "Immediate – Q3 17/18"),
    ((TBC,), (TBC,), None, None, "unknown", "TBC – TBC"),
    ((), (), None, None, "unknown", "no dates"),
    # Two printed ends in the one cell that is filled are the start and the end; beside a start they are the end.
    ((), (RANGE,), IN_SEPTEMBER, FOURTH, "dated", "(blank) – Sept to 4 Dec 17"),
    ((RANGE,), (), IN_SEPTEMBER, FOURTH, "dated", "Sept to 4 Dec 17 – (blank)"),
    ((JULY,), (RANGE,), IN_JULY, days("2017-09-01", "2017-12-04"), "dated", "Jul 17 – Sept to 4 Dec 17"),
    # What a plan.json of another program may hold is no day.
    ((replace(JULY, earliest="2017-99-99"),), (), None, None, "unknown", "Jul 17 – (blank)"),
]


@pytest.mark.parametrize("start, end, starts, ends, ending, printed", BARS, ids=[case[-1] for case in BARS])
def test_a_bar_is_what_is_printed(start, end, starts, ends, ending, printed) -> None:
    made = bar(start, end)
    assert (made.start, made.end, made.ending, made.printed) == (starts, ends, ending, printed)
    assert (made.others, made.superseded, made.contradicts) == ((), (), False)


def test_a_revised_date_is_apart_and_the_later_one_counts() -> None:
    made = bar((JULY,), REVISED)
    assert (made.end, made.superseded, made.others) == (days("2018-01-31"), (days("2017-11-30"),), ())
    assert made.printed == "Jul 17 – 31 Jan 18 (Revised)"


def test_further_dates_of_a_cell_are_kept() -> None:
    made = bar((JULY, AUTUMN), (a_day("2018-01-31", label="phase 2"), a_day("2017-12-01", label="phase 1")))
    assert (made.start, made.end) == (days("2017-07-01", "2017-07-31"), days("2018-01-31"))
    assert made.others == (days("2017-10-01", "2017-12-31"), days("2017-12-01"))


def test_a_date_before_it_goes_on_is_kept() -> None:
    made = bar((JULY,), (a_day("2017-12-01", label="first report"), ONGOING))
    assert (made.ending, made.end, made.others) == ("ongoing", None, (days("2017-12-01"),))


@pytest.mark.parametrize(
    "end, sure, contradicts",
    [
        ((a_day("2017-09-01"),), days("2017-07-31", "2017-09-01"), False),
        ((a_day("2017-07-31"),), days("2017-07-31"), False),
        ((a_day("2017-07-30"),), None, False),
        ((a_day("2017-07-01"),), None, False),
        ((a_day("2017-06-30"),), None, True),
    ],
)
def test_when_it_surely_goes_on(end: tuple[Date, ...], sure: Days | None, contradicts: bool) -> None:
    made = bar((JULY,), end)
    assert (made.sure, made.contradicts) == (sure, contradicts)


def test_labels_have_nothing_hidden_in_them() -> None:
    made = bar_of(an_action(ref="1.1\x1b[2J", action="a\nb \u202e c " + "x" * 20_000))
    assert (made.ref, made.words[:11], len(made.words) <= 160) == ("1.1\\x1b[2J", "a b \\u202e ", True)


def sections(*titles: str | None) -> tuple[Section, ...]:
    return tuple(Section(str(n), str(n), title, (), (), (), "") for n, title in enumerate(titles, start=1))


def a_plan_of(*given: tuple[str | None, str], **changes: object) -> Plan:
    """A plan of actions, each in this section and of this status."""
    actions = tuple(an_action(id=str(n), section=one, status=status) for n, (one, status) in enumerate(given))
    return a_plan(actions=actions, sections=sections("Practice", None), **changes)


def test_sections_are_in_the_order_of_the_plan() -> None:
    plan = a_plan_of(("2", "complete"), ("1", "unknown"), (None, "complete"), ("2", "off_track"), ("7", "unknown"))
    found = [(title, [action.id for action in actions]) for title, actions in by_section(plan)]
    assert found == [("2", ["0", "3"]), ("1 Practice", ["1"]), ("No section", ["2"]), ("7", ["4"])]


def test_a_plan_without_sections_has_no_title_for_them() -> None:
    assert [part.title for part in parts_of(a_plan_of((None, "complete"), (None, "complete")))] == [""]


def test_standings_count_each_status() -> None:
    plan = a_plan_of(("1", "complete"), ("1", "off_track"), ("2", "complete"), ("1", "complete"), ("2", "shelved"))
    assert standings_of(plan) == (Standing("1 Practice", (2, 0, 1, 0, 0)), Standing("2", (1, 0, 0, 0, 1)))


@given(st.lists(st.tuples(st.sampled_from(["1", "2", None]), st.sampled_from(["complete", "unknown", "new"]))))
def test_no_action_is_left_out_of_the_counts(given_actions: list[tuple[str | None, str]]) -> None:
    plan = a_plan_of(*given_actions)
    assert sum(one.all for one in standings_of(plan)) == len(given_actions)
    assert sum(len(part.bars) for part in parts_of(plan)) == len(given_actions)


def late_on(day: str, end: tuple[Date, ...], status: str = "in_progress", findings: tuple[Finding, ...] = ()):
    """What is said of a plan's one action: is it overdue ("surely", "perhaps", "no", "unjudged"), by what, why not."""
    found = overdue_of(a_plan(actions=(an_action(end=end, status=status),), findings=findings), date.fromisoformat(day))
    for name in ("surely", "perhaps"):
        for late in getattr(found, name):
            return name, late.least, late.most, late.by, late.due, late.doubts
    return "unjudged" if found.unjudged else "no", found.open


IMPRECISE, LATER = "the date is not precise enough to tell", "a later date of it is still to come"
PHASES = (a_day("2017-09-04", label="phase 1"), a_day("2017-11-30", label="phase 2"))
OCTOBER = Date("Oct 17", "date", "2017-10", "2017-10-01", "2017-10-31")

OVERDUE = [
    ("2017-09-04", (a_day("2017-09-04"),), ("no", 1)),
    ("2017-09-05", (a_day("2017-09-04"),), ("surely", 1, 1, "1 day", "2017-09-04", ())),
    ("2017-10-01", (OCTOBER,), ("no", 1)),
    ("2017-10-02", (OCTOBER,), ("perhaps", 0, 1, "0 to 1 day", "Oct 17", (IMPRECISE,))),
    ("2017-10-31", (OCTOBER,), ("perhaps", 0, 30, "0 to 30 days", "Oct 17", (IMPRECISE,))),
    ("2017-11-01", (OCTOBER,), ("surely", 1, 31, "1 to 31 days", "Oct 17", ())),
    ("2017-10-04", PHASES, ("perhaps", 30, 30, "30 days", "2017-09-04 (phase 1)", (LATER,))),
    ("2017-12-01", PHASES, ("surely", 1, 1, "1 day", "2017-11-30 (phase 2)", ())),
    ("2017-12-25", REVISED, ("no", 1)),
    ("2018-02-01", REVISED, ("surely", 1, 1, "1 day", "31 Jan 18 (Revised)", ())),
    ("2018-02-01", (ONGOING,), ("unjudged", 1)),
    ("2018-02-01", (), ("unjudged", 1)),
    ("2018-02-01", (a_day("2017-09-04", label="Complete"),), ("no", 0)),
    ("2018-02-01", (Date("Complete", "complete"),), ("no", 0)),
]


@pytest.mark.parametrize("day, end, said", OVERDUE)
def test_what_is_overdue_and_what_may_be(day: str, end: tuple[Date, ...], said: tuple[object, ...]) -> None:
    assert late_on(day, end) == said


@pytest.mark.parametrize("end", [case[1] for case in OVERDUE])
def test_what_is_complete_is_never_overdue(end: tuple[Date, ...]) -> None:
    assert late_on("2030-01-01", end, "complete") == ("no", 0)


def doubt(field: str, **changes: object) -> Finding:
    found = Finding("f1", "date-doubtful", "reading", "warning", "1.1", "1.1", field, "…", (), ())
    return replace(found, **changes)  # type: ignore[arg-type]


DOUBTS = [
    ("unknown", (), ("its status is not known",)),
    ("off_track", (doubt("end"),), ("the reading of its end date is doubtful",)),
    ("off_track", (doubt("progress"), doubt("status")), ("the reading of its status is doubtful",)),
    ("off_track", (doubt("start"), doubt("end", severity="info"), doubt("end", about="document")), ()),
    ("off_track", (doubt("end", action="1.2"),), ()),
]


@pytest.mark.parametrize("status, findings, doubts", DOUBTS)
def test_a_doubtful_reading_leaves_a_doubt(status: str, findings: tuple[Finding, ...], doubts: tuple[str, ...]) -> None:
    said = late_on("2018-01-01", (a_day("2017-12-01"),), status, findings)
    assert (said[0], said[-1]) == ("perhaps" if doubts else "surely", doubts)


def test_the_latest_is_first_and_ties_are_in_the_order_of_the_plan() -> None:
    ends = {"a": "2017-09-04", "b": "2017-08-01", "c": "2017-09-04"}
    actions = tuple(an_action(id=key, end=(a_day(day),)) for key, day in ends.items())
    found = overdue_of(a_plan(actions=actions), date(2018, 1, 1))
    assert [late.id for late in found.surely] == ["b", "a", "c"]


DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


@given(DAYS, DAYS)
def test_a_scale_holds_its_days_and_counts_on(one: date, two: date) -> None:
    scale = scale_over([Days(min(one, two), max(one, two))], 1.0, 5.0)
    assert scale is not None
    assert 1.0 <= scale.start_of(min(one, two)) < scale.end_of(max(one, two)) <= 5.0
    places = [tick.x for tick in scale.ticks()]
    assert places == sorted(set(places))
    assert len(places) <= 11
    assert all(1.0 <= place <= 5.0 for place in places)


def test_a_month_is_as_wide_as_its_days() -> None:
    scale = scale_over([days("2017-07-01", "2017-08-31")], 0.0, 62.0)
    assert scale == Scale(date(2017, 7, 1).toordinal(), date(2017, 8, 31).toordinal(), 0.0, 62.0)
    assert scale.end_of(date(2017, 7, 31)) - scale.start_of(date(2017, 7, 1)) == 31
    assert scale.end_of(date(2017, 8, 4)) - scale.start_of(date(2017, 8, 4)) == 1


TICKS = [
    (3, ["Jul 2017", "Aug", "Sep"]),
    (20, ["Jul 2017", "Oct", "Jan 2018", "Apr", "Jul", "Oct", "Jan 2019"]),
    (48, ["Jul 2017", "Jan 2018", "Jul", "Jan 2019", "Jul", "Jan 2020", "Jul", "Jan 2021"]),
    (96, ["2018", "2019", "2020", "2021", "2022", "2023", "2024", "2025"]),
]


@pytest.mark.parametrize("months, names", TICKS)
def test_marks_are_at_even_beginnings(months: int, names: list[str]) -> None:
    first = date(2017, 7, 1)
    scale = scale_over([Days(first, first + timedelta(days=months * 30))], 0, 1)
    assert scale is not None
    assert [tick.name for tick in scale.ticks()] == names


def test_no_days_no_scale() -> None:
    assert scale_over([], 0, 1) is None


def test_days_of_and_ends_of() -> None:
    assert (days_of(JULY), days_of(TBC), ends_of(JULY)) == (days("2017-07-01", "2017-07-31"), None, None)
    assert ends_of(replace(RANGE, edtf="2017-09/2017-13")) == (days("2017-09-01"), days("2017-12-04"))
    assert days_of(replace(JULY, latest="2017-06-01")) is None


def test_a_chart_says_what_it_shows() -> None:
    chart = chart_of(a_plan(), "timeline")
    assert (chart.title, chart.words) == (
        "Timeline: Improvement plan",
        "Timeline of Improvement plan: version 3, 1 action, dates from 2017-07-01 to 2017-11-30. "
        "Each action from its start to its end, section by section.",
    )
    assert chart.header == ("Section", "Ref", "Action", "Status", "Starts", "Ends", "As printed")
    dates = ("2017-07-01 to 2017-07-31", "2017-11-30", "Jul 17 – 4 Sept 17 (phase 1); 30 Nov 17 (phase 2)")
    assert chart.rows == (("1 Practice", "1.1", "Agree the programme", "In progress", *dates),)


def test_status_and_overdue_say_what_they_show() -> None:
    status = chart_of(a_plan(), "status")
    assert status.words == "Status by section of Improvement plan: version 3, 1 action, 1 in progress."
    assert status.rows == (("1 Practice", "0", "1", "0", "0", "0", "1"),)
    overdue = chart_of(
        a_plan(actions=(an_action(leads=(Lead("AL", None, (), "none"),)),)), "overdue", date(2017, 12, 10)
    )
    assert overdue.words == (
        "Overdue actions of Improvement plan: version 3, as of 2017-12-10: 1 overdue, of 1 action not complete."
    )
    assert overdue.rows == (("1.1", "Agree the programme", "AL", "In progress", "30 Nov 17 (phase 2)", "10 days", ""),)


def test_nothing_is_judged_without_a_day() -> None:
    with pytest.raises(ChartError) as told:
        chart_of(a_plan(), "overdue")
    assert str(told.value) == (
        "Cannot say what is overdue: no day is given, and the clock is never read. "
        "Name the day, such as --as-of 2025-01-31"
    )


def test_a_plan_too_long_for_a_picture_is_refused() -> None:
    plan = a_plan(actions=(an_action(),) * 2001)
    with pytest.raises(ChartError) as told:
        chart_of(plan, "timeline")
    assert str(told.value) == (
        "Cannot draw 'Improvement plan': it has 2,001 actions, and the limit is 2,000. "
        "Draw the plan of a part, or read its actions.csv"
    )
