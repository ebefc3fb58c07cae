"""Start and end cells: the strict grammar, labels, revised dates, missing years."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from normalise.dates import looks_like_date, read_dates, read_published, read_row_dates
from normalise.dates.fallback import read_elsewhere
from normalise.dates.forms import DAY_FORMS, OPENING, STRETCH_FORMS
from normalise.model import Date, Flag

HERE = Path(__file__).parent
CASES = json.loads((HERE / "cases" / "dates.json").read_text(encoding="utf-8"))
ROWS = json.loads((HERE / "cases" / "row_dates.json").read_text(encoding="utf-8"))
PLANS = sorted((HERE.parents[1] / "shared" / "bench" / "plans").glob("*.json"))
EDTF = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?")
PIECES = (
    "Sept",
    "17",
    "31",
    "Aug",
    "2018",
    "/",
    "-",
    "–",
    " ",
    "\n",
    "phase",
    "1",
    "by",
    "Revised:",
    "TBC",
    "ongoing",
    "Complete",
    "end of",
    "March",
    "w/c",
    "Q2",
    "2018/19",
    "FY",
    "(",
    ")",
    ",",
    ";",
    "and",
    "to",
    "04/02/2019",
    "09/12",
    "Spring",
    "Term",
    "29 Feb",
    "May",
    "£5",
    ".",
    "Mon",
    "30.09.",
    "between",
    "or",
)
cells = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.text(max_size=40),
)
plan_dates = st.sampled_from([None, "2017-08", "2016-02-29", "2019", "2018-09/2018-12", "9999", "2019-02-31", "x"])


def spoken(flags: tuple[Flag, ...]) -> list[str]:
    tails = (": " + "; ".join(flag.candidates) if flag.candidates else "" for flag in flags)
    return [f"{flag.severity} {flag.code}{tail}" for flag, tail in zip(flags, tails, strict=True)]


def briefly(dates: tuple[Date, ...]) -> list[str]:
    return [(each.edtf or each.kind) + (" inferred" if each.inferred == ("year",) else "") for each in dates]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['label']}: {case['text']!r}")
def test_a_cell_by_itself(case: dict) -> None:
    dates, flags = read_dates(case["text"])
    expect = [Date(**{**entry, "inferred": tuple(entry.get("inferred", ()))}) for entry in case["expect"]]
    assert list(dates) == expect
    assert spoken(flags) == case.get("flags", [])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['start']!r} {row['end']!r} {row['published']}")
def test_a_row(row: dict) -> None:
    got = read_row_dates(row["start"], row["end"], row["published"])
    assert [briefly(got.start), briefly(got.end)] == row["expect"]
    assert [spoken(got.start_flags), spoken(got.end_flags)] == row["flags"]


def test_a_year_is_inferred_in_a_sentence() -> None:
    assert read_row_dates("Jul 17", "5 Sept", "2017-08").end_flags == (
        Flag(
            "year-inferred",
            "reading",
            "info",
            "'5 Sept' prints no year: 2017, the first that puts it on or after the row's start.",
        ),
    )


def test_an_end_before_its_start_is_about_the_document() -> None:
    assert read_row_dates("Aug 17", "31 July 17", None).end_flags == (
        Flag("end-before-start", "document", "warning", "The end '31 July 17' comes before the start of its row."),
    )


@pytest.mark.parametrize(
    "line, edtf",
    [
        ("August 2017", "2017-08"),
        ("3 February 2016", "2016-02-03"),
        ("Version 3, March 2019", "2019-03"),
        ("Version 2 March 2019", None),
        ("Plan v12 August 2017", "2017-08"),
        ("Date: 03/02/2016", "2016-02-03"),
        ("Published Autumn 2018", "2018-09/2018-11"),
        ("2019", "2019"),
        ("Children's plan 2019", None),
        ("between 20th June and 13th July 2017", None),
        ("5 March", None),
        ("2018/19", None),
        ("2018-2020", None),
        ("Ongoing", None),
        ("", None),
    ],
)
def test_a_plans_own_date(line: str, edtf: str | None) -> None:
    assert read_published(line) == edtf


@pytest.mark.parametrize(
    "text, is_date",
    [
        ("Jul 17", True),
        ("by end of March 2019", True),
        ("Ongoing", True),
        ("Immediate", True),
        ("31 March", True),
        ("4 Sept 17 phase 1 30 Nov 17 phase 2", True),
        ("TBC", False),
        ("N/A", False),
        ("", False),
        ("£46k", False),
        ("AL", False),
        ("Complete. Agreed by the Board on 5 March 2019", False),
        ("Recruitment of two posts", False),
    ],
)
def test_what_looks_like_a_date_column(text: str, is_date: bool) -> None:
    assert looks_like_date(text) is is_date


@pytest.mark.parametrize("text", ["5 days ago", "tomorrow", "in 3 weeks", "noon 12", "31 March", "5", "1" * 80])
def test_dateparser_gets_no_help_from_the_clock(text: str) -> None:
    assert read_elsewhere(text) is None


def test_dateparser_is_not_loaded_for_known_forms() -> None:
    code = (
        "import sys; from normalise.dates import read_row_dates;"
        "read_row_dates('18 Sept 17', 'by end of March 2019', '2017-08'); print('dateparser' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=HERE.parent, capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_a_cell_longer_than_any_date_cell_is_text() -> None:
    long = "31 March 2018 " * 200
    assert read_dates(long)[0] == (Date(long.strip(), "text"),)


@given(cells, cells, plan_dates)
@settings(deadline=None)
def test_no_word_is_lost_and_every_date_is_sound(start: str, end: str, published: str | None) -> None:
    row = read_row_dates(start, end, published)
    for text, dates in ((start, row.start), (end, row.end)):
        kept = "".join((each.label or "") + each.text for each in dates)
        assert Counter(re.findall(r"\w", text)) == Counter(re.findall(r"\w", kept))
        for each in dates:
            assert (each.kind in ("date", "range")) == (each.edtf is not None)
            if each.edtf and each.earliest and each.latest:
                assert EDTF.fullmatch(each.edtf)
                assert date.fromisoformat(each.earliest) <= date.fromisoformat(each.latest)


@given(
    st.dates(min_value=date(1970, 1, 1), max_value=date(2069, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%d/%m/%y", "%d.%m.%y", "%d %B %Y", "%d %b %y", "%Y-%m-%d", "%A %d %B %Y"]),
)
@settings(deadline=None)
def test_a_day_is_read_back_from_each_form(day: date, form: str) -> None:
    iso = day.isoformat()
    assert read_dates(day.strftime(form)) == ((Date(day.strftime(form), "date", iso, iso, iso),), ())


@given(
    st.dates(min_value=date(2000, 1, 1), max_value=date(2030, 12, 31)),
    st.dates(min_value=date(2000, 1, 1), max_value=date(2030, 12, 31)),
)
@settings(deadline=None)
def test_a_missing_year_keeps_the_rows_order(start: date, end: date) -> None:
    printed = end.strftime("%d %B")
    by_start = read_row_dates(start.isoformat(), printed, None).end[0]
    by_end = read_row_dates(printed, start.isoformat(), None).start[0]
    assert by_start.earliest is not None
    assert by_end.earliest is not None
    assert by_end.earliest <= start.isoformat() <= by_start.earliest
    if printed != "29 February":
        assert (date.fromisoformat(by_start.earliest) - start).days <= 365
        assert (start - date.fromisoformat(by_end.earliest)).days <= 365


@pytest.mark.skipif(not PLANS, reason="the plans with a known reading are not beside this copy")
@pytest.mark.parametrize("glue", ["\n", " "])
def test_every_date_of_the_plans_with_a_known_reading(glue: str) -> None:
    wrong = []
    for path in PLANS:
        plan = json.loads(path.read_text(encoding="utf-8"))
        actions = [action for section in plan["sections"] for group in section["groups"] for action in group["actions"]]
        for action in actions:
            row = read_row_dates(glue.join(action["start"]), glue.join(action["end"]), plan["date"])
            for field, dates in (("start", row.start), ("end", row.end)):
                got = [each.edtf or each.kind for each in dates if each.kind != "text"]
                if got != [each for each in action["gold"][field] if each]:
                    wrong.append((action["ref"], field, got))
    assert wrong == []


@pytest.mark.parametrize("form", [form for form, _ in (*DAY_FORMS, *STRETCH_FORMS)], ids=lambda form: form.pattern[:40])
@given(data=st.data())
@settings(max_examples=20, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_every_form_opens_as_it_is_said_to(form: re.Pattern[str], data: st.DataObject) -> None:
    """A word that no form opens with is passed over without trying them."""
    found = form.search(data.draw(st.from_regex(form)))
    assert found is not None
    assert OPENING.match(found.string, found.start())
