"""The data behind the review page, and its HTML, without a browser: what is shown, escaped, given to its scripts."""

import base64
import hashlib
import json

import pytest
from lxml import html
from msgspec.structs import replace
from plan_builder import a_plan, an_action
from review_plans import HOSTILE_TEXTS, blank_pages, evil_page, long_plan, sample, sample_page

from export.review.page import Figure, OnFile, pages_shown, render, script_json
from export.review.sheets import LaidCell, LaidParagraph, LaidRow, LaidTable, Piece, laid_out
from export.review.spots import Spots
from export.review.values import Entry, Mended, entries, repairs_of, shown
from extract.model import Cell, Document, Line, PageBox, Paragraph, Row, Source, Table, TableCell, TextCell
from normalise.corrections.decided import fingerprint
from normalise.model import CellRecord, Date, Finding, Lead, Person, Repair, Resources

ADA = {"ada-lowe": Person("ada-lowe", "Ada Lowe", "Head of Practice", ("AL",))}
WORD = "recovery-plan-v3.docx"


def page(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def data_of(text: str) -> dict:
    return json.loads(page(text).get_element_by_id("data").text)


def test_a_date_says_what_it_was_read_as() -> None:
    action = an_action(
        start=(Date("Sept 24", "date", "2024-09", "2024-09-01", "2024-09-30"),),
        end=(
            Date("20 Dec", "date", "2024-12-20", "2024-12-20", "2024-12-20", "Revised", ("year",), True),
            Date("Ongoing\u202e", "ongoing"),
        ),
    )
    assert entries(action, "start", {}) == (
        Entry(("Sept 24",), (("EDTF", "2024-09"), ("Days", "1 to 30 September 2024"))),
    )
    assert entries(action, "end", {}) == (
        Entry(
            ("20 Dec",),
            (
                ("Label", "Revised"),
                ("EDTF", "2024-12-20"),
                ("Days", "20 December 2024"),
                ("Inferred", "year inferred"),
                ("Superseded", "superseded"),
            ),
        ),
        Entry(("Ongoing\\u202e",), (("Kind", "ongoing"),)),
    )


@pytest.mark.parametrize(
    "lead, facts, doubtful",
    [
        (
            Lead("AL", "ada-lowe", ("ada-lowe",), "initials"),
            (("Person", "Ada Lowe"), ("Role", "Head of Practice"), ("Basis", "by initials")),
            False,
        ),
        (Lead("A", None, ("ada-lowe", "x"), "none"), (("Person", "could be Ada Lowe or x"),), True),
        (Lead("TBC", None, (), "none"), (("Person", "nobody in the list of people"),), False),
    ],
)
def test_a_lead_says_who_it_is_or_could_be(lead: Lead, facts: tuple[tuple[str, str], ...], doubtful: bool) -> None:
    assert entries(an_action(leads=(lead,)), "lead", ADA) == (Entry((lead.text,), facts, doubtful),)


def test_money_says_its_amount() -> None:
    action = an_action(resources=Resources("£46k p.a.", "amount", 46000, "GBP", "p.a."))
    assert entries(action, "resources", {}) == (Entry(("£46k p.a.",), (("Amount", "£46,000"), ("Qualifier", "p.a."))),)
    assert entries(an_action(resources=Resources("", "blank")), "resources", {}) == ()


def test_a_text_keeps_its_lines_and_an_extra_column_its_header() -> None:
    action = an_action(action="One\n• two\u0007", extra=(("Ward", "North"),))
    assert entries(action, "action", {}) == (Entry(("One", "• two\\x07")),)
    assert entries(action, "extra.Ward", {}) == (Entry(("North",)),)
    assert entries(action, "impact", {}) == ()


def test_repairs_are_shown_in_the_text_as_it_then_stood() -> None:
    repairs = (Repair("broken_amounts", 5, " ", ""), Repair("look_alikes", 0, "£", "$"), Repair("new", 6, "", "!"))
    found = list(repairs_of(CellRecord("£9,50 0", repairs, ())))
    assert [(one.left, one.before, one.after, one.right) for one in found] == [
        ("£9,50", "␣", "", "0"),
        ("", "£", "$", "9,500"),
        ("$9,500", "", "!", ""),
    ]
    assert found[0].says.startswith("A sum of money that a narrow cell broke inside its thousands is whole again")
    assert [one.script for one in repairs_of(CellRecord("НМ", (Repair("look_alikes", 0, "НМ", "HM"),), ()))] == [
        "Cyrillic"
    ]
    by_hand = Repair("correction", 0, "a", "b", "R. Okafor", "2024-11-25", "Rang them.")
    (told,) = repairs_of(CellRecord("a", (by_hand,), ()))
    assert told.says == "A reviewer's correction. By R. Okafor, 2024-11-25: Rang them."
    assert found[2] == Mended("new", "", "$9,500", "", "!", "")
    assert shown("a\r\nb\tc") == "a↵b⇥c"


def test_a_long_text_around_a_repair_is_cut() -> None:
    (found,) = repairs_of(CellRecord("x" * 30 + "1" + "y" * 30, (Repair("r", 30, "1", "l"),), ()))
    assert (found.left, found.right) == ("…" + "x" * 18, "y" * 18 + "…")


def test_a_pointer_is_the_spot_that_owns_its_places() -> None:
    here, there = (PageBox(1, (1.0, 2.0, 3.0, 4.04)),), (TextCell(3, 1), TextCell(4, 1))
    spots = Spots()
    assert [spots.add("placed", here), spots.pointing(here), spots.pointing(there), spots.pointing(there)] == [
        *(0, 0, 1, 2),
    ]
    assert spots.data() == [[0, [1, 1.0, 2.0, 3.0, 4.0]], [3, "line-3-1", "line-4-1"], [3, "line-3-1", "line-4-1"]]


def test_a_table_is_laid_out_on_its_grid() -> None:
    def cell(start: int, text: str, row: int, column: int, **more: int) -> Cell:
        return Cell((Line(start, text, TableCell(1, row, column)),), column, **more)

    table = Table(
        (
            Row((cell(0, "A", 1, 1, depth=2), cell(1, "B", 1, 2, span=2)), header=True),
            Row((cell(2, "C", 2, 3),)),
            Row((cell(3, "D", 3, 2),)),
        ),
        3,
    )
    source = Source("plan.docx", "0" * 64, "x", None)
    (found,) = laid_out(Document(source, (table,), 4))
    assert isinstance(found, LaidTable)

    def laid(row: int, column: int, text: str, across: int = 1, down: int = 1) -> LaidCell:
        return LaidCell((Piece(f"cell-1-{row}-{column}", text),), across, down, f"Cell {column}")

    assert found.rows == (
        LaidRow((laid(1, 1, "A", down=2), laid(1, 2, "B", across=2)), header=True),
        LaidRow((LaidCell(()), laid(2, 3, "C"))),
        LaidRow((LaidCell(()), laid(3, 2, "D"))),
    )


def test_a_paragraph_of_a_dump_has_its_line_and_a_list_its_marker() -> None:
    lines = (Line(0, "Visit\u200f ", TextCell(7, 1), marker="1. "), Line(6, "gone", TextCell(7, 1), struck=True))
    document = Document(Source("a.txt", "0" * 64, "x", None), (Paragraph(lines, "foot"), Paragraph(lines, level=1)), 9)
    pieces = (Piece("line-7-1", "Visit\\u200f", "1. "), Piece("line-7-1", "gone", "", True))
    assert list(laid_out(document)) == [LaidParagraph(pieces, "foot", 7), LaidParagraph(pieces, "heading", 7)]


def test_the_pages_that_are_shown_are_those_that_the_plan_tells_of() -> None:
    assert pages_shown(sample("recovery-plan-v3.pdf")) == (1, 9)
    assert pages_shown(sample(WORD)) == (1, 0)
    far = Finding("f", "page-without-text", "reading", "info", None, None, None, "…", (), (PageBox(4, (0, 0, 9, 9)),))
    assert pages_shown(a_plan(findings=(far,))) == (1, 4)


def test_data_cannot_end_its_script() -> None:
    text = "</script><!--<script>\u2028&\ud83d"
    assert json.loads(script_json([text])) == [text]
    assert not {"<", ">", "&", "\u2028"} & set(script_json([text]))


def test_the_page_runs_its_own_scripts_and_loads_no_picture_but_its_own() -> None:
    found = page(sample_page(WORD))
    (policy,) = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,), program = found.xpath("//style"), found.xpath("//script[not(@type)]")[0]

    def hashed(element: html.HtmlElement) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()}'"

    assert policy == (
        f"default-src 'none'; img-src data:; style-src {hashed(style)}; script-src {hashed(program)}; "
        "base-uri 'none'; form-action 'none'"
    )
    assert found.xpath("//@style | //@onclick | //@onerror") == []


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert render(long_plan(), blank_pages(2)) == render(long_plan(), blank_pages(2))


def test_findings_are_listed_gravest_first_with_what_they_show() -> None:
    found = page(sample_page("recovery-plan-v3.pdf"))
    listed = [
        (one.get("data-severity"), one.get("data-code"), words(one.find_class("at")[0]))
        for one in found.iter("li")
        if one.get("data-code")
    ]
    assert listed[:5] == [
        ("warning", "missing-ref", "2.8 Ref"),
        ("warning", "missing-ref", "2.10 Ref"),
        ("warning", "end-before-start", "1.10 End date"),
        ("warning", "ambiguous-lead", "3.9 Lead"),
        ("warning", "ambiguous-lead", "4.5 Lead"),
    ]
    assert {severity for severity, *_ in listed[5:]} == {"info"}
    (end,) = found.xpath("//li[@data-code='end-before-start']")
    (row,) = found.xpath("//div[@data-name='1.10 End date']")
    assert (end.get("data-shows"), end.get("data-value"), end.get("data-cell")) == (*[row.get("data-spot")] * 2, "end")
    assert [words(one) for one in row.find_class("message")] == []
    assert "comes before the start of its row" in words(row.find_class("doubt")[0])
    (missing, _) = found.xpath("//li[@data-code='missing-ref']")
    assert (missing.get("data-shows"), missing.get("data-of")) == (None, None)


def test_every_place_of_the_plan_is_a_spot() -> None:
    plan = sample("recovery-plan-v3.pdf")
    data = data_of(sample_page("recovery-plan-v3.pdf"))
    boxes = {tuple(place) for kind, *places in data["spots"] for place in places if kind < 2}
    wanted = {(one.page, *one.box) for action in plan.actions for _, cell in action.cells for one in cell.origins}
    wanted |= {
        (one.page, *one.box) for item in (*plan.furniture, *plan.paragraphs, *plan.columns) for one in item.origins
    }
    wanted |= {
        (one.page, *one.box) for section in plan.sections for part in (section, *section.groups) for one in part.origins
    }
    assert wanted - boxes == set()
    assert [number for number, *_ in data["pages"]] == list(range(1, 10))


def test_cells_and_rows_are_named_by_the_hashes_that_corrections_go_by() -> None:
    plan, data = sample(WORD), data_of(sample_page(WORD))
    for action, given in zip(plan.actions, data["actions"], strict=True):
        cells = dict(action.cells)
        assert given["row"] == fingerprint(*(cell.raw for cell in cells.values()))
        assert given["says"] == fingerprint(cells["action"].raw)
        assert {name: sha for name, (sha, _, _) in given["cells"].items()} == {
            name: fingerprint(cell.raw) for name, cell in cells.items()
        }
    assert data["actions"][2]["cells"]["end"][1:] == ["31 Jan 25", "31 Jan 25"]
    assert data["source"] == plan.source.sha256


def test_corrections_on_file_come_with_the_hash_of_their_print() -> None:
    filed = {"value": [{"field": "end", "printed": " Oct\t24 "}], "lead": [{"printed_sha256": "ab"}]}
    found = data_of(render(a_plan(), on_file=OnFile("x.corrections.toml", filed)))["corrections"]
    assert found["name"] == "x.corrections.toml"
    assert [(one["kind"], one["sha"]) for one in found["entries"]] == [("value", fingerprint("Oct 24")), ("lead", "ab")]
    assert found["head"] == {"plan": {}, "reviewer": {}, "columns": {}}


def test_what_a_document_says_is_text() -> None:
    text = evil_page()
    found = page(text)
    assert [len(found.findall(f".//{tag}")) for tag in ("script", "style", "title")] == [2, 1, 1]
    assert [image.get("src")[:22] for image in found.iter("img")] == ["data:image/webp;base64"]
    assert not {"\u202e", "\u200f", "\x00", "\x01", "\x0c"} & set(text)
    shown_texts = [words(row.find_class("entry")[0]) for row in found.xpath("//div[@data-key='action']")]
    assert shown_texts[0] == HOSTILE_TEXTS[0]
    assert len(shown_texts[5]) == len(" ".join(HOSTILE_TEXTS[5].split()))


def test_a_picture_of_the_plan_is_an_image_of_its_own_with_a_table() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><style>rect { fill: red }</style></svg>'
    figure = Figure("By <status>", "3 complete", svg, ("Section", "Complete"), (("<b>1\u202e", "3"),))
    found = page(render(a_plan(), figures=[figure]))
    (shown,) = found.get_element_by_id("pictures").iter("figure")
    assert (words(shown.find("figcaption")), shown.find(".//img").get("alt")) == ("By <status>", "3 complete")
    assert base64.b64decode(shown.find(".//img").get("src").partition(",")[2]).decode() == svg
    assert [[words(cell) for cell in row] for row in shown.iter("tr")] == [
        ["Section", "Complete"],
        ["<b>1\\u202e", "3"],
    ]


def test_no_pictures_no_button_for_them() -> None:
    assert 'id="open-pictures"' not in render(a_plan())
    assert 'id="open-pictures"' in render(a_plan(), figures=[Figure("a", "b", "<svg/>")])


def test_a_plan_without_findings_says_so() -> None:
    found = page(render(replace(a_plan(), findings=())))
    assert words(found.get_element_by_id("findings").find_class("none")[0]) == (
        "There is no finding: nothing was in doubt."
    )


def test_the_ledger_is_told_and_what_has_no_place_stands_first() -> None:
    found = page(evil_page())
    assert [one.get("id") for one in found.xpath("//details[@class='kind']")][:2] == [
        "kind-unplaced",
        "kind-paragraphs",
    ]
    rows = [words(row) for row in found.find_class("sums")[0].iter("tr")]
    assert [row.rstrip("0123456789,") for row in rows] == ["Placed", "Furniture", "Unplaced"]
