"""The flow of a document: furniture out, wrapped lines of a dump joined, tables and prose in order."""

from __future__ import annotations

from dumps import HEADER, document, plan, row
from msgspec.structs import replace

from extract.model import Cell, Document, Line, PageBox, Paragraph, Row, Source, Table, count_characters
from normalise.flow import Flow, Prose, flow_of


def paged(*pages: tuple[str, ...]) -> Document:
    """A document of pages of one-line paragraphs."""
    blocks, at = [], 0
    for number, texts in enumerate(pages, start=1):
        for text in texts:
            blocks.append(Paragraph((Line(at, text, PageBox(number, (0.0, 0.0, 9.0, 9.0))),), page=number))
            at += len(text)
    whole = "".join(text for page in pages for text in page)
    return Document(Source("q.pdf", "0" * 64, "application/pdf", len(pages)), tuple(blocks), count_characters(whole))


def prose(flow: Flow) -> list[str]:
    return [item.text for item in flow.items if isinstance(item, Prose)]


def furniture(flow: Flow) -> list[tuple[str, str]]:
    return [(one.kind, one.passage.raw) for one in flow.furniture]


# --- pages -----------------------------------------------------------------------------------------------------------


def test_what_every_page_repeats_at_its_edges_is_furniture() -> None:
    flow = flow_of(paged(*((f"Quays Plan v{n}", f"Chapter {word}", "Some text", f"Page {n} of 3")
                           for n, word in enumerate(("one", "two", "three"), 1))))  # fmt: skip
    assert prose(flow) == ["Chapter one", "Some text", "Chapter two", "Some text", "Chapter three", "Some text"]
    assert furniture(flow) == [
        (kind, text)
        for n in (1, 2, 3)
        for kind, text in (("head", f"Quays Plan v{n}"), ("page-number", f"Page {n} of 3"))
    ]


def test_the_title_of_the_first_page_stays_where_it_says_its_head_again() -> None:
    flow = flow_of(paged(("Quays Plan", "Quays Plan", "One"), ("Quays Plan", "Two")))
    assert prose(flow) == ["Quays Plan", "One", "Two"]
    assert furniture(flow) == [("head", "Quays Plan"), ("head", "Quays Plan")]


def test_a_foot_that_says_the_title_is_no_head() -> None:
    """A page with a table and a foot has no head, however few lines it has."""
    first = paged(("Quays Plan", "Marlstone Harbour Trust", "Ten actions", "Quays Plan"), ("x", "Quays Plan"))
    *ahead, body, foot = first.blocks
    assert isinstance(body, Paragraph)
    table = Table((Row((Cell(body.lines),), 2),), 1, 2)
    flow = flow_of(replace(first, blocks=(*ahead, table, foot)))
    assert prose(flow) == ["Quays Plan", "Marlstone Harbour Trust", "Ten actions"]
    assert furniture(flow) == [("foot", "Quays Plan")] * 2


def test_what_one_page_says_alone_stays() -> None:
    flow = flow_of(paged(("Quays Plan", "One"), ("Sea Plan", "Two")))
    assert (prose(flow), furniture(flow)) == (["Quays Plan", "One", "Sea Plan", "Two"], [])


# --- dumps -----------------------------------------------------------------------------------------------------------

PAGES = (
    "Quays Plan",
    "",
    HEADER,
    row("1.1"),
    "",
    "Quays Plan",
    "Page 2",
    row("1.2"),
    "",
    "Quays Plan",
    "Page 3",
    row("1.3"),
)


def test_the_first_of_the_lines_that_a_dump_repeats_is_its_title() -> None:
    flow = flow_of(document(*PAGES))
    assert prose(flow) == ["Quays Plan"]
    assert furniture(flow) == [
        ("head", "Quays Plan"), ("page-number", "Page 2"), ("head", "Quays Plan"), ("page-number", "Page 3"),
    ]  # fmt: skip


def test_below_a_table_the_first_is_furniture_too() -> None:
    lines = ("A title", "", HEADER, row("1.1"), "", "Foot", "", row("1.2"), "", "Foot", "", row("1.3"), "", "Foot")
    assert prose(flow_of(document(*lines))) == ["A title"]
    assert furniture(flow_of(document(*lines))) == [("head", "Foot")] * 3


def test_a_line_that_comes_twice_and_headings_of_outcomes_stay() -> None:
    lines = ("Twice", "", HEADER, "", "Twice", *("", "Key outcomes", "", HEADER) * 3)
    assert prose(flow_of(document(*lines))) == ["Twice", "Twice", *["Key outcomes"] * 3]


WIDE = "The harbour was inspected in June by the national inspectorate, which found good crews and poor"


def test_wrapped_lines_of_a_dump_are_one_paragraph() -> None:
    assert prose(flow_of(document(WIDE, "lights, and wrote to the board."))) == [
        f"{WIDE} lights, and wrote to the board."
    ]
    assert prose(flow_of(document(WIDE, "Lights are the first thing."))) == [f"{WIDE} Lights are the first thing."]


def test_lines_that_begin_anew_are_not_joined() -> None:
    for lines in (
        (WIDE, "", "lights"),
        (WIDE, "- lights are the first thing"),
        ("Short line", "lights"),
        ("One", "Two"),
    ):
        assert prose(flow_of(document(*lines))) == [line for line in lines if line]


def test_a_row_cut_by_furniture_is_one_again() -> None:
    rest = " | | | | | | the board | | "
    foot = ("", "Foot", "Page 2 of 9", "")
    made = plan(HEADER, row("1.1", measure="Signed by"), *foot, rest, row("1.2"), *foot, row("1.3"), *foot)
    assert [one.measure for one in made.actions] == ["Signed by the board", *["Depth survey signed off"] * 2]
    assert [(one.text, one.kind) for one in made.furniture] == [("Foot", "head"), ("Page 2 of 9", "page-number")] * 3


def test_bullets_are_known_and_taken_off() -> None:
    items = [item for item in flow_of(document("• Quays are safe", "", "Quays")).items if isinstance(item, Prose)]
    assert [(item.listed, item.bare) for item in items] == [(True, "Quays are safe"), (False, "Quays")]


def test_the_foot_of_a_page_in_the_last_row_of_a_weak_table_is_furniture() -> None:
    """`Quays Plan | Page 1` under a table without rules, where page 2 ends in the lines `Quays Plan` and `Page 2`."""
    whole = paged(("1.1", "Dredge", "Quays Plan", "Page 1"), ("Text", "Quays Plan", "Page 2"))
    cells = [Cell(block.lines, 1 + at % 2) for at, block in enumerate(whole.blocks[:4]) if isinstance(block, Paragraph)]
    rows = Row(tuple(cells[:2]), 1), Row(tuple(cells[2:]), 1)
    for weak in (True, False):
        flow = flow_of(replace(whole, blocks=(Table(rows, 2, 1, weak), *whole.blocks[4:])))
        (table,) = (item for item in flow.items if isinstance(item, Table))
        assert table.rows == (rows[:1] if weak else rows)
        found = [("foot", "Quays Plan"), ("page-number", "Page 1"), ("foot", "Quays Plan")] if weak else []
        assert furniture(flow) == [*found, ("page-number", "Page 2")]
