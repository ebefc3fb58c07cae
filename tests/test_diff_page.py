"""A Diff as a page: what it holds, and that nothing a document says can be more than text. In a browser: see
test_pages_in_browser."""

import base64
import hashlib
import re
from importlib.resources import files

import pytest
from diff_builder import CHANGES, SURE, VISITS, a_change, a_diff, a_row, day, no_diff
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from msgspec.structs import replace

from compare.model import FieldChange, Run
from export.diff.as_page import render

EVIL = "<script>pwned=1</script><img src=x onerror=pwned=1>\u202e\"'`{{7*7}}</style></title>\x00"


def page(text: str) -> html.HtmlElement:
    return html.fromstring(text)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def hostile_diff():
    row = replace(VISITS, action=EVIL, ref=EVIL, section=EVIL, section_title=EVIL, group=EVIL, leads=(EVIL,))
    fields = (
        FieldChange("progress", EVIL, EVIL, words=(Run("old", (EVIL,)), Run("new", (EVIL,)))),
        FieldChange("extra." + EVIL, EVIL, (EVIL,), came=(EVIL,), went=(EVIL,), uncertain=True, doubts=(EVIL,)),
        FieldChange("end", (day(EVIL, EVIL, label=EVIL),), (day(EVIL, EVIL),), days=4),
    )
    changes = (
        a_change("changed", row, row, *fields, doubts=(EVIL,)),
        a_change("changed", row, row, *fields, cause="tool"),
        *CHANGES,
    )
    diff = a_diff(changes=changes)
    hostile = replace(diff.new, title=EVIL, file=EVIL, version=EVIL, published=EVIL, sha256=EVIL)
    person = replace(diff.people[1], new=replace(diff.people[1].new, name=EVIL, role=EVIL), doubts=(EVIL,))
    column = replace(diff.columns[0], old=EVIL, new=EVIL, field=EVIL)
    return replace(diff, old=hostile, new=hostile, people=(person,), columns=(column,))


def test_the_whole_page_is_one_file_that_refers_to_nothing_else() -> None:
    found = page(render(hostile_diff()))
    referring = [
        (element.tag, name, value)
        for element in found.iter("*")
        for name, value in element.attrib.items()
        if name in ("href", "src", "action", "data", "poster", "background", "xlink:href", "style") or name[:2] == "on"
    ]
    assert {(tag, name) for tag, name, _ in referring} == {("a", "href")}
    assert [value for _, _, value in referring if not re.fullmatch(r"#[a-z]+(-\d+)?", value)] == []
    targets = {value[1:] for _, _, value in referring}
    assert targets - {element.get("id") for element in found.iter("*")} == set()
    style = files("export.pages").joinpath("page.css").read_text("utf-8")
    assert re.findall(r"url\(|@import|@font-face", style) == []


def test_what_a_document_says_is_text() -> None:
    text = render(hostile_diff())
    found = page(text)
    assert [len(found.findall(f".//{tag}")) for tag in ("script", "style", "img", "title")] == [1, 1, 0, 1]
    assert "{{7*7}}" in text
    assert "\u202e" not in text
    assert "\x00" not in text
    assert "\\u202e" in text


def test_the_page_runs_its_own_script_and_style_alone() -> None:
    found = page(render(a_diff()))
    (policy,) = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")

    def hashed(tag: str) -> str:
        digest = hashlib.sha256(found.find(f".//{tag}").text.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"

    assert policy == (
        f"default-src 'none'; style-src {hashed('style')}; script-src {hashed('script')}; "
        "base-uri 'none'; form-action 'none'"
    )


def test_the_same_diff_gives_the_same_bytes() -> None:
    assert render(a_diff()) == render(a_diff())


def test_the_summary_counts_what_happened() -> None:
    found = page(render(a_diff()))
    assert [words(entry) for entry in found.xpath("//ul[@class='counts']/li")] == [
        *("1 Completed", "1 Slipped", "1 Brought forward", "1 Reassigned", "1 Added", "1 Removed", "1 Moved"),
        *("3 Changed", "1 Renumbered", "2 Uncertain", "1 Read otherwise by the tool"),
    ]
    assert found.xpath("//ul[@class='counts']//a/@href") == ["#changes"] * 10 + ["#tool"]


def test_the_chart_has_a_bar_for_each_end_date_that_certainly_moved() -> None:
    found = page(render(a_diff()))
    rows = [[words(cell) for cell in row] for row in found.xpath("//table[@class='chart']/tbody/tr")]
    assert rows == [
        ["1.1 Visit every home", "31 Mar 18 (2018-03-31)", "Revised: 30 Jun 18 (2018-06-30)", "", "+91"],
        ["1.2 Agree the rota", "Jun 18 (2018-06)", "1 June 18 (2018-06-01)", "", "−29"],
    ]
    bars = found.xpath("//table[@class='chart']//rect")
    assert [(bar.get("class"), bar.get("x"), bar.get("width")) for bar in bars] == [
        ("slipped", "24.2", "75.8"),
        ("brought_forward", "0.0", "24.2"),
    ]


def test_the_summary_names_the_rows_and_links_to_them() -> None:
    found = page(render(a_diff()))
    lists = {
        words(section.find("h3")): [(words(link), link.get("href")) for link in section.findall(".//a")]
        for section in found.xpath("//div[@class='lists']/section")
    }
    assert lists == {
        "Completed": [("1.2 Agree the rota", "#row-2")],
        "Reassigned": [("1.4 → 2.1 Train the trainers", "#row-5")],
        "Added": [("1.3 Open a flat", "#row-3")],
        "Removed": [("1.9 Write the <newsletter>", "#row-4")],
        "Moved": [("1.4 → 2.1 Train the trainers", "#row-5")],
    }


def card(found: html.HtmlElement, number: int) -> html.HtmlElement:
    return found.get_element_by_id(f"row-{number}")


def test_a_row_shows_its_values_side_by_side() -> None:
    first = card(page(render(a_diff())), 1)
    assert words(first.find("h3")) == "1.1 Visit every home"
    assert [words(badge) for badge in first.xpath(".//span[contains(@class, 'badge')]")] == ["Changed", "Slipped"]
    assert [words(part) for part in first.xpath("./p[@class='about']/span")] == [
        *("1 Practice", "Ada Lowe", "matched by ref and text, 100 % alike"),
        "old: page 4; page 5; new: page 4; page 5",
    ]
    old_place = "page 3 (36, 90, 144.5, 102.1)"
    new_place = "page 4 (36, 200, 144.5, 212.1); page 5 (36, 36, 144.5, 48)"
    assert [[[words(p) for p in cell.findall(".//p")] for cell in row[1:]] for row in first.xpath(".//tbody/tr")] == [
        [["31 Mar 18 (2018-03-31)", old_place], ["Revised: 30 Jun 18 (2018-06-30)", new_place]],
        [
            ["In hand on time.", "First visits made", old_place],
            ["In hand, nearly on time.", "First visits made", new_place],
        ],
    ]
    assert [words(row[0]) for row in first.xpath(".//tbody/tr")] == ["End dateslipped by 91 days", "Progress"]
    progress = first.xpath(".//tbody/tr")[1]
    assert [words(word) for word in progress.findall(".//del")] == ["hand"]
    assert [words(word) for word in progress.findall(".//ins")] == ["hand, nearly"]


def test_a_row_that_came_has_nothing_before() -> None:
    third = card(page(render(a_diff())), 3)
    assert [[words(cell[-1]) for cell in row[1:]] for row in third.xpath(".//tbody/tr")] == [
        ["—", "Open a flat"],
        ["—", "Q1 2018/19 (2018-04/2018-06)"],
    ]


def test_what_is_uncertain_is_marked_and_says_why() -> None:
    found = page(render(a_diff()))
    doubts = [(one.get("id"), words(doubt)) for one in found.iter("article") for doubt in one.find_class("doubt")]
    assert doubts == [
        ("row-6", "Uncertain: Another row has the same words."),
        ("row-7", "Uncertain: The year of 4 Nov is inferred."),
    ]
    marked = [
        name
        for name in found.xpath("//article/@id")
        if card(found, int(name[4:])).xpath(".//*[contains(@class, 'badge uncertain')]")
    ]
    assert marked == ["row-6", "row-7"]


def test_what_only_the_tool_reads_otherwise_stands_apart() -> None:
    found = page(render(a_diff()))
    (tool,) = found.xpath("//section[@aria-labelledby='tool']")
    (document,) = found.xpath("//section[@aria-labelledby='changes']")
    assert [one.get("id") for one in tool.iter("article")] == ["row-8"]
    assert [one.get("id") for one in document.iter("article")] == [f"row-{number}" for number in range(1, 8)]


def test_people_headers_sections_and_the_plan_are_listed() -> None:
    found = page(render(a_diff()))
    listed = {words(part[0]): words(part.find("ul")) for part in found.xpath("//section[@class='others']")}
    assert listed == {
        "People": (
            "Removed Ada Lowe: Ada Lowe, Head of Practice (AL) "
            "Changed Jo Kell: Jo Kell (JK) → Jo Kell, Head of Practice (JK)"
        ),
        "Column headers": "Changed Lead: SRO (Lead) → Lead Officer",
        "Sections": "Changed Section 2 What changed in Section 2 WhatBeforeNow Outcomes BeforeSafe NowSafe Warm",
        "The plan as a whole": "What changed in Version WhatBeforeNow Version Before3 Now4",
    }


def test_a_page_without_any_difference_says_so() -> None:
    found = page(render(no_diff()))
    assert words(found.get_element_by_id("main")) == (
        "Summary 1 row before, 1 now; 1 without any change. No differences in the document."
    )


def test_filters_offer_what_there_is() -> None:
    found = page(render(a_diff()))
    offered = {select.get("name"): [words(option) for option in select] for select in found.iter("select")}
    assert offered == {
        "kind": [
            *("Everything", "Completed", "Slipped", "Brought forward", "Reassigned"),
            *("Added", "Removed", "Moved", "Changed", "Renumbered", "Uncertain"),
        ],
        "section": ["All sections", "1 Practice", "2 Homes"],
        "lead": ["All leads", "Ada Lowe", "Jo Kell"],
    }


def test_a_very_long_cell_is_there_as_a_whole() -> None:
    long = "word " * 4000
    row = a_row("1.1", long)
    field = FieldChange("progress", long, long + "end", words=(Run("same", tuple(long.split())), Run("new", ("end",))))
    first = card(page(render(a_diff(changes=(a_change("changed", row, row, field, match=SURE),)))), 1)
    assert len(words(first.find("h3"))) < 310
    assert words(first.xpath(".//td[@class='now']/p")[0]) == long + "end"


@settings(max_examples=40, deadline=None)
@given(st.text())
def test_any_text_makes_a_page(text: str) -> None:
    row = a_row(text, text, leads=(text,), section_title=text)
    change = a_change("changed", row, row, FieldChange("measure", text, text, words=(Run("old", (text,)),)))
    made = render(a_diff(changes=(change,)))
    assert made.encode("utf-8")
    assert len(page(made).findall(".//article")) == 1


def ratio(one: str, two: str) -> float:
    """The contrast of two colours, as WCAG 2 defines it."""
    lights = []
    for colour in (one, two):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    "ink, behind",
    [
        *(
            (ink, behind)
            for ink in ("ink", "soft", "link", "old", "new", "late", "early")
            for behind in ("paper", "card")
        ),
        *(("old", "old-back"), ("new", "new-back"), ("doubt", "doubt-back"), ("done", "paper")),
    ],
)
def test_colours_can_be_told_apart(theme: int, ink: str, behind: str) -> None:
    style = files("export.pages").joinpath("page.css").read_text("utf-8")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", style.split(":root")[1 + theme]))
    assert ratio(colours[ink], colours[behind]) >= 4.5


def test_a_place_in_a_pdf_opens_its_page() -> None:
    diff = a_diff()
    made = replace(diff, old=replace(diff.old, file="plan v1.pdf"), new=replace(diff.new, file="plan.docx"))
    links = [link.get("href") for link in page(render(made)).xpath("//p[@class='place']/a")]
    assert set(links) == {"plan%20v1.pdf#page=3"}
