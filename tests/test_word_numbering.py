"""extract.word, automatic numbers and bullets: what Word prints before a paragraph and keeps nowhere as characters."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_files import document, p, shapes, tbl, tc, tr

from extract.model import Line, Paragraph, Table, TableCell
from extract.word.numbering import formatted


def level(at: int, text: str, style: str = "decimal", start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(at: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{at}">{"".join(levels)}</w:abstractNum>'


def num(at: int, of: int, *overrides: str) -> str:
    return f'<w:num w:numId="{at}"><w:abstractNumId w:val="{of}"/>{"".join(overrides)}</w:num>'


def restart(at: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def item(text: str, of: int, at: int = 0) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{of}"/></w:numPr>')


OUTLINE = abstract(0, level(0, "%1."), level(1, "%1.%2"), level(2, "(%3)", "lowerLetter"))
LISTS: list[tuple[str, str, str, list[object]]] = [
    (
        "an outline",
        OUTLINE + num(1, 0),
        item("A", 1) + item("B", 1, 1) + item("C", 1, 1) + item("D", 1, 2) + item("E", 1) + item("F", 1, 1),
        ["1. A", "1.1 B", "1.2 C", "(a) D", "2. E", "2.1 F"],
    ),
    ("a start", abstract(0, level(0, "%1", start=7)) + num(1, 0), item("A", 1) + item("B", 1), ["7 A", "8 B"]),
    (
        "two instances share a count",
        OUTLINE + num(1, 0) + num(2, 0),
        item("A", 1) + item("B", 2) + item("C", 1),
        ["1. A", "2. B", "3. C"],
    ),
    (
        "an instance that starts anew does so once",
        OUTLINE + num(1, 0) + num(2, 0, restart(0, 5)),
        item("A", 1) + item("B", 2) + item("C", 2),
        ["1. A", "5. B", "6. C"],
    ),
    (
        "a level of the instance's own",
        OUTLINE + num(1, 0, f'<w:lvlOverride w:ilvl="0">{level(0, "Action %1:", start=3)}</w:lvlOverride>'),
        item("A", 1) + item("B", 1),
        ["Action 3: A", "Action 4: B"],
    ),
    ("a level whose parent has not begun", OUTLINE + num(1, 0), item("A", 1, 1) + item("B", 1), ["1.1 A", "1. B"]),
    (
        "a level that never restarts",
        abstract(0, level(0, "%1"), level(1, "%2", more='<w:lvlRestart w:val="0"/>')) + num(1, 0),
        item("A", 1) + item("B", 1, 1) + item("C", 1) + item("D", 1, 1),
        ["1 A", "1 B", "2 C", "2 D"],
    ),
    (
        "a level that only the first restarts",
        abstract(0, level(0, "%1"), level(1, "%2"), level(2, "%3", more='<w:lvlRestart w:val="1"/>')) + num(1, 0),
        item("A", 1)
        + item("B", 1, 1)
        + item("C", 1, 2)
        + item("D", 1, 1)
        + item("E", 1, 2)
        + item("F", 1)
        + item("G", 1, 2),
        ["1 A", "1 B", "1 C", "2 D", "2 E", "2 F", "1 G"],
    ),
    (
        "legal numbers are plain figures",
        abstract(0, level(0, "%1", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>")) + num(1, 0),
        item("A", 1) + item("B", 1, 1),
        ["I A", "1.1 B"],
    ),
    (
        "no space after the number",
        abstract(0, level(0, "%1.", more='<w:suff w:val="nothing"/>')) + num(1, 0),
        item("A", 1),
        ["1.A"],
    ),
    ("bullets, whatever they look like", abstract(0, level(0, "\uf0a7", "bullet")) + num(1, 0), item("A", 1), ["• A"]),
    (
        "no bullet",
        abstract(0, level(0, "", "bullet"), level(1, "", "none")) + num(1, 0),
        item("A", 1) + item("B", 1, 1),
        ["A", "B"],
    ),
    ("taken away", OUTLINE + num(1, 0), item("A", 0) + item("B", 9) + item("C", 1, 9), ["A", "B", "C"]),
    (
        "digits that only newer programs are offered",
        abstract(
            0,
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice><w:numFmt w:val="custom" '
            'w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
            '</mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>',
        )
        + num(1, 0),
        item("A", 1),
        ["001 A"],
    ),
    (
        "a deleted end does not count",
        OUTLINE + num(1, 0),
        p("A ", properties='<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>') + item("B", 1),
        ["1. A B"],
    ),
]


@pytest.mark.parametrize("lists, body, blocks", [case[1:] for case in LISTS], ids=[case[0] for case in LISTS])
def test_lists(tmp_path: Path, lists: str, body: str, blocks: list[object]) -> None:
    assert shapes(tmp_path, body, numbering=lists) == blocks


STYLES = """
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Heading2"/></w:style>
<w:style w:type="paragraph" w:styleId="Third">
<w:pPr><w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="numbering" w:styleId="Outline"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
"""
BOUND = abstract(
    0,
    level(0, "%1", more='<w:pStyle w:val="Heading1"/>'),
    level(1, "%1.%2", more='<w:pStyle w:val="Heading2"/>'),
    level(2, "%1.%2.%3"),
)


def test_lists_of_styles(tmp_path: Path) -> None:
    names = ["Heading1", "Heading2", "Child", "Third", "Heading1"]
    body = "".join(p(name, properties=f'<w:pStyle w:val="{name}"/>') for name in names)
    assert shapes(tmp_path, body, styles=STYLES, numbering=BOUND + num(1, 0)) == [
        "1 Heading1",
        "1.1 Heading2",
        "1.2 Child",
        "1.2.1 Third",
        "2 Heading1",
    ]


def test_a_style_may_be_overruled(tmp_path: Path) -> None:
    off = p("A", properties='<w:pStyle w:val="Heading1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    deeper = p("B", properties='<w:pStyle w:val="Heading1"/><w:numPr><w:ilvl w:val="2"/></w:numPr>')
    assert shapes(tmp_path, off + deeper, styles=STYLES, numbering=BOUND + num(1, 0)) == ["A", "1.1.1 B"]


def test_a_list_that_points_to_a_list_style(tmp_path: Path) -> None:
    link = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="Outline"/></w:abstractNum>'
    lists = link + OUTLINE + num(1, 5) + num(2, 0)
    assert shapes(tmp_path, item("A", 1) + item("B", 1), styles=STYLES, numbering=lists) == ["1. A", "2. B"]


def test_refs_that_are_automatic_numbers(tmp_path: Path) -> None:
    lists = (
        abstract(0, level(0, "%1"), level(1, "%1.%2")) + num(1, 0) + abstract(1, level(0, "o", "bullet")) + num(2, 1)
    )
    rows = [tr(tc(item("", 1, 1)), tc(item("", 2), item("Act", 2))) for _ in range(2)]
    (table,) = document(tmp_path, tbl(*rows), numbering=lists).blocks
    assert isinstance(table, Table)
    lines = [[line for cell in row.cells for line in cell.lines] for row in table.rows]
    assert lines == [
        [Line(0, "", TableCell(1, 1, 1), marker="1.1"), Line(0, "Act", TableCell(1, 1, 2), marker="• ")],
        [Line(3, "", TableCell(1, 2, 1), marker="1.2"), Line(3, "Act", TableCell(1, 2, 2), marker="• ")],
    ]


def test_a_line_break_in_an_item_has_no_marker_of_its_own(tmp_path: Path) -> None:
    body = p("A", "<w:r><w:br/></w:r>", "B", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    (block,) = document(tmp_path, body, numbering=OUTLINE + num(1, 0)).blocks
    assert isinstance(block, Paragraph)
    assert [(line.marker, line.text) for line in block.lines] == [("1. ", "A"), ("", "B")]


FORMATS = [
    ("decimal", 12, "12"),
    ("lowerLetter", 26, "z"),
    ("lowerLetter", 27, "aa"),
    ("upperLetter", 53, "AAA"),
    ("lowerLetter", 0, "0"),
    ("lowerRoman", 1994, "mcmxciv"),
    ("upperRoman", 4, "IV"),
    ("upperRoman", 4000, "4000"),
    ("decimalZero", 9, "09"),
    ("decimalZero", 10, "10"),
    ("ordinal", 1, "1st"),
    ("ordinal", 11, "11th"),
    ("ordinal", 22, "22nd"),
    ("ordinal", 103, "103rd"),
    ("numberInDash", 3, "- 3 -"),
    ("none", 3, ""),
    ("hindiCounting", 3, "3"),
]


@pytest.mark.parametrize("style, count, text", FORMATS)
def test_formats(style: str, count: int, text: str) -> None:
    assert formatted(count, style) == text
