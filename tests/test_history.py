"""The history of a plan: lives followed over versions, slips that count, and its renderings."""

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from msgspec.structs import replace
from plan_builder import HERE, a_plan, an_action
from renderings import kept

from compare.history import Counts, Life, history
from compare.ordering import oldest_first
from export.history import as_csv as history_csv
from export.history import as_json as history_json
from export.history import as_page as history_page
from export.history import as_text as history_text
from extract.model import Source
from normalise.model import Action, CellRecord, Date, Head, Lead, Person, Plan, Resources

ADA = Person("ada-lowe", "Ada Lowe", "Head of Practice", ("AL",), HERE)
JO = Person("jo-kell", "Jo Kell", "Head of Homes", ("JK",), HERE)
LEADS = {"AL": Lead("AL", "ada-lowe", ("ada-lowe",), "initials"), "JK": Lead("JK", "jo-kell", ("jo-kell",), "initials")}
WORDS = {
    "visit": "Visit every home in the borough before the winter",
    "rota": "Agree a rota for the duty desk with the three teams",
    "flat": "Open a flat for people who leave hospital",
    "news": "Write a newsletter that families will want to read",
}


def dated(text: str) -> tuple[Date, ...]:
    """An end date from an ISO day; TBC and nothing as they are."""
    if not text:
        return ()
    if text == "TBC":
        return (Date("TBC", "tbc"),)
    return (Date(text, "date", text, text, text),)


def action(ref: str, key: str, end: str = "2018-03-31", progress: str = "In hand", lead: str = "AL") -> Action:
    """An action whose cells print just what its values say."""
    texts = {"ref": ref, "action": WORDS.get(key, key), "end": end, "lead": lead, "progress": progress}
    done = progress.startswith("Complete")
    return an_action(
        id=ref,
        ref=ref,
        group=None,
        action=texts["action"],
        measure="",
        progress=progress,
        start=(),
        end=dated(end),
        leads=(LEADS[lead],),
        resources=Resources("", "blank"),
        status="complete" if done else "in_progress",
        cells=tuple((field, CellRecord(text, (), HERE)) for field, text in texts.items() if text),
    )


def version(number: int, *actions: Action, published: str | None = None) -> Plan:
    head = Head("Improvement plan", "Fellmoor Council", str(number), published)
    source = Source(f"plan-v{number}.pdf", str(number) * 64, "application/pdf", 1)
    return a_plan(plan=head, source=source, people=(ADA, JO), actions=actions, findings=())


PLANS = (
    version(1, action("1.1", "visit"), action("1.2", "rota"), action("1.3", "news"), published="2017-07-14"),
    version(
        2,
        action("1.1", "visit", end="TBC"),
        action("1.2", "flat"),
        action("1.3", "rota", end="2018-06-30", lead="JK"),
        action("1.4", "news"),
        published="2018-01-10",
    ),
    version(
        3,
        action("1.1", "visit", end="2018-09-30"),
        action("1.2", "flat", end="2018-03-01"),
        action("1.3", "rota", end="2018-06-30", progress="Complete. All teams agreed", lead="JK"),
        published="2018-08-01",
    ),
)


def life_of(key: str, plans: tuple[Plan, ...] = PLANS) -> Life:
    (found,) = [life for life in history(plans).lives if life.moments[0].action == WORDS[key]]
    return found


@pytest.mark.parametrize(
    "key, first, refs, slips, gone, slip",
    [
        ("visit", 1, ("1.1",), [0, None, 183], None, 183),
        ("rota", 1, ("1.2", "1.3"), [0, 91, 91], None, 91),
        ("news", 1, ("1.3", "1.4"), [0, 0], 3, 0),
        ("flat", 2, ("1.2",), [0, -30], None, -30),
    ],
)
def test_a_life_is_followed_whatever_its_ref(key, first, refs, slips, gone, slip) -> None:
    life = life_of(key)
    assert (life.first, life.refs, [moment.slip for moment in life.moments]) == (first, refs, slips)
    assert (life.gone, life.slip) == (gone, slip)


def test_a_moment_says_all_that_an_auditor_asks() -> None:
    now = life_of("rota").moments[1]
    assert (now.version, now.id, now.ref, now.section, now.section_title) == (2, "1.3", "1.3", "1", "Practice")
    assert (now.leads, now.status, now.end, now.last_day) == (
        ("Jo Kell",), "in_progress", dated("2018-06-30"), "2018-06-30",
    )  # fmt: skip
    assert (now.slip, now.moved, now.uncertain, now.tool, now.origins) == (91, 91, (), (), HERE)
    assert now.match is not None
    assert (now.match.by, now.match.sure) == ("text", True)


def test_each_version_is_counted() -> None:
    counted = history(PLANS).versions
    assert [one.version.version for one in counted] == ["1", "2", "3"]
    assert [replace(one, version=counted[0].version) for one in counted] == [
        Counts(counted[0].version, 3, 0, 3, 0, 0, 0),
        Counts(counted[0].version, 4, 0, 4, 0, 0, 0, added=1, slipped=1, reassigned=1, slip_days=91),
        Counts(
            counted[0].version, 3, 1, 2, 0, 0, 0, removed=1, completed=1, slipped=1, brought_forward=1, slip_days=153
        ),
    ]  # fmt: skip


def test_what_only_the_tool_reads_otherwise_is_no_slip() -> None:
    misread = action("1.1", "visit")
    misread = replace(misread, end=dated("2018-05-31"))  # printed as before
    told = history((version(1, action("1.1", "visit")), version(2, misread)))
    (life,) = told.lives
    assert [(moment.slip, moment.moved, moment.tool) for moment in life.moments] == [(0, 0, ()), (0, 0, ("end",))]
    assert (told.versions[1].slipped, told.versions[1].slip_days) == (0, 0)


def test_one_version_is_a_history_and_none_is_not() -> None:
    assert [life.moments[0].ref for life in history(PLANS[:1]).lives] == ["1.1", "1.2", "1.3"]
    with pytest.raises(ValueError, match="at least"):
        history(())


@given(st.lists(st.lists(st.sampled_from(["visit", "rota", "flat", "news"]), unique=True, max_size=4), max_size=4))
@settings(max_examples=40, deadline=None)
def test_every_row_of_every_version_is_in_just_one_life(contents) -> None:
    plans = tuple(
        version(number, *(action(f"1.{place}", key) for place, key in enumerate(keys, start=1)))
        for number, keys in enumerate([["visit"], *contents], start=1)
    )
    told = history(plans)
    seen = sorted((moment.version, moment.id) for life in told.lives for moment in life.moments)
    assert seen == sorted((number, row.id) for number, plan in enumerate(plans, start=1) for row in plan.actions)
    for life in told.lives:
        numbers = [moment.version for moment in life.moments]
        assert numbers == list(range(numbers[0], numbers[-1] + 1))


@pytest.mark.parametrize(
    "heads, order, by, contradiction",
    [
        ([("2", "2018"), ("1", "2017-07")], [1, 0], "published", False),
        ([("2", "2017"), ("1", "2017-01")], [1, 0], "published", False),
        ([("10", None), ("9", None)], [1, 0], "version", False),
        ([("v1.10", None), ("v1.9 draft", None)], [1, 0], "version", False),
        ([(None, "2018"), (None, "2017")], [1, 0], "published", False),
        ([("2", "2018"), (None, None)], [0, 1], "given", False),
        ([("2", "2017"), ("1", "2018")], [0, 1], "given", True),
        ([("final", "soon"), ("draft", "2017")], [0, 1], "given", False),
        ([("1", "2017"), ("1", "2017")], [0, 1], "published", False),
        ([], [], "published", False),
    ],
)
def test_versions_are_put_in_order_by_what_they_say(heads, order, by, contradiction) -> None:
    plans = [replace(version(1), plan=Head("Plan", None, number, day)) for number, day in heads]
    found = oldest_first(plans)
    assert [next(place for place, plan in enumerate(plans) if plan is one) for one in found.plans] == order
    assert (found.by, found.contradiction) == (by, contradiction)


def test_the_whole_text() -> None:
    text = history_text.render(history(PLANS))
    assert text == kept("history.txt", text)


def test_the_whole_json() -> None:
    text = history_json.render(history(PLANS))
    assert text == kept("history.json", text)


def test_the_whole_csv() -> None:
    text = history_csv.render(history(PLANS))
    assert text == kept("history.csv", text)


def test_csv_is_neutral_unless_exact() -> None:
    told = history((version(1, action("1.1", "=1+1")), version(2, action("1.1", "=1+1", end="2018-03-30"))))
    neutral = list(csv.DictReader(io.StringIO(history_csv.render(told), newline="")))
    exact = list(csv.DictReader(io.StringIO(history_csv.render(told, exact=True), newline="")))
    assert [(row["action"], row["moved_days"]) for row in neutral] == [("'=1+1", "0"), ("'=1+1", "-1")]
    assert [row["action"] for row in exact] == ["=1+1", "=1+1"]


EVIL = "<script>pwned=1</script><img src=x onerror=pwned=1>\u202e\x1b[2J\ud800"


def hostile():
    evil = replace(action("1.1", EVIL), group=EVIL)
    people = (replace(ADA, name=EVIL), JO)
    head = Head(EVIL, EVIL, EVIL, EVIL)
    plan = replace(version(1, evil), plan=head, people=people, source=Source(EVIL, EVIL, EVIL, None))
    return history((plan, plan))


def test_what_a_document_says_is_text_in_every_format() -> None:
    told = hostile()
    text = history_text.render(told)
    assert ("\x1b" in text, "\u202e" in text, "\\x1b[2J\\ud800" in text) == (False, False, True)
    page = history_page.render(told)
    found = html.fromstring(page)
    assert [len(found.findall(f".//{tag}")) for tag in ("script", "style", "img")] == [1, 1, 0]
    assert ("\x1b" in page, "\u202e" in page) == (False, False)
    assert json.loads(history_json.render(told))["versions"][0]["title"] == EVIL
    assert history_json.render(told).encode("utf-8")


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_page_has_the_numbers_the_timeline_and_the_lives() -> None:
    found = html.fromstring(history_page.render(history(PLANS)))
    assert words(found.get_element_by_id("columns-words")) == (
        "version 2: 0 completed, 1 slipped; version 3: 1 completed, 1 slipped"
    )
    numbers = [[words(cell) for cell in row] for row in found.xpath("//table[@class='numbers']/tbody/tr")]
    assert numbers == [
        ["Actions", "3", "4", "3"],
        ["Complete", "0", "0", "1"],
        ["In progress", "3", "4", "2"],
        ["Completed", "", "0", "1"],
        ["Slipped", "", "1", "1"],
        ["Brought forward", "", "0", "1"],
        ["Days moved", "", "91", "153"],
        ["Reassigned", "", "1", "0"],
        ["Added", "", "1", "0"],
        ["Removed", "", "0", "1"],
    ]
    lines = found.xpath("//table[@class='lines']/tbody/tr")
    assert [
        (words(row[0]), row.find(".//svg").get("aria-label"), words(row[2]), row.xpath(".//circle/@class"))
        for row in lines
    ] == [
        (
            f"1.1 {WORDS['visit']}",
            "End dates: version 1 2018-03-31; version 3 2018-09-30",
            "+183",
            ["", " last slipped"],
        ),
        (
            f"1.2 → 1.3 {WORDS['rota']}",
            "End dates: version 1 2018-03-31; version 2 2018-06-30; version 3 2018-06-30; completed",
            "+91",
            ["", "", " last completed"],
        ),
        (
            f"1.2 {WORDS['flat']}",
            "End dates: version 2 2018-03-31; version 3 2018-03-01",
            "−30",
            ["", " last brought_forward"],
        ),
    ]  # fmt: skip
    assert [
        (words(one.find("h3")), one.get("data-kinds"), len(one.xpath(".//tbody/tr"))) for one in found.iter("article")
    ] == [
        (f"1.1 {WORDS['visit']}", "slipped", 3),
        (f"1.2 → 1.3 {WORDS['rota']}", "completed slipped reassigned", 3),
        (f"1.3 → 1.4 {WORDS['news']}", "removed", 3),
        (f"1.2 {WORDS['flat']}", "brought_forward added", 2),
    ]  # fmt: skip


def test_a_history_without_dates_has_a_page() -> None:
    plan = version(1, action("1.1", "visit", end=""))
    found = html.fromstring(history_page.render(history((plan, plan))))
    assert (found.find_class("lines"), len(found.findall(".//article"))) == ([], 1)
    assert "1.1" in history_page.render(history((plan,)))
    assert history_page.render(history((version(1),)))


def test_the_same_history_gives_the_same_bytes() -> None:
    assert history_page.render(history(PLANS)) == history_page.render(history(PLANS))
