"""extract.word: what a Word file prints, cell by cell, from its XML; each character in one place and counted apart."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from word_files import codes, document, p, r, shape, shapes, tbl, tc, tr, word_file

from extract.model import (
    Cell,
    Line,
    Paragraph,
    PartParagraph,
    ReadError,
    Row,
    Source,
    Table,
    TableCell,
)
from extract.reading import read


def test_a_whole_document(tmp_path: Path) -> None:
    cells = tr("Ref", "Action", properties="<w:tblHeader/>") + tr("1.1", tc("Act", "now"))
    read_back = document(tmp_path, p("Our plan") + tbl(cells, columns=2))
    assert read_back.source == Source("plan.docx", read_back.source.sha256, MEDIA_TYPE, None)
    assert [name for name, _ in read_back.engines] == ["lxml"]
    assert (read_back.characters, read_back.remarks) == (25, ())
    at = [TableCell(1, row, cell) for row in (1, 2) for cell in (1, 2)]
    lines = [Line(8, "Ref", at[0]), Line(11, "Action", at[1]), Line(17, "1.1", at[2]), Line(20, "Act", at[3])]
    assert read_back.blocks == (
        Paragraph((Line(0, "Our plan", PartParagraph("document", 1)),)),
        Table(
            (
                Row((Cell((lines[0],), 1), Cell((lines[1],), 2)), header=True),
                Row((Cell((lines[2],), 1), Cell((lines[3], Line(23, "now", at[3])), 2))),
            ),
            columns=2,
        ),
    )


MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>{}'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
TEXTS: list[tuple[str, str, list[object]]] = [
    ("runs join", p("Jul", " 17"), ["Jul 17"]),
    ("blank paragraphs go", p() + p("  ") + p("A"), ["A"]),
    ("a tab is white space", p("A", "<w:r><w:tab/></w:r>", "B"), ["A\tB"]),
    ("a line break ends a line", p("SRO", "<w:r><w:br/></w:r>", "(Lead)"), ["SRO\n(Lead)"]),
    ("a page break alone is no line", p('<w:r><w:br w:type="page"/></w:r>', "A"), ["A"]),
    ("hyphens", p("co", "<w:r><w:noBreakHyphen/></w:r>", "op", "<w:r><w:softHyphen/></w:r>", "ted"), ["co-opted"]),
    ("white space at the ends needs leave", p("A", "<w:r><w:t> B\n</w:t></w:r>", "C"), ["ABC"]),
    ("a picture font's tick", p('<w:r><w:sym w:font="Wingdings" w:char="00FC"/></w:r>'), ["\uf0fc"]),
    ("a private symbol", p('<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>'), ["\uf0b7"]),
    ("a symbol of a letter font", p('<w:r><w:sym w:font="Arial" w:char="20AC"/></w:r>'), ["€"]),
    ("a symbol that is none", p("A", '<w:r><w:sym w:font="Arial" w:char="D800"/><w:sym w:char="x"/></w:r>'), ["A"]),
    ("a link", p("See ", f'<w:hyperlink r:id="x">{r("the plan")}</w:hyperlink>'), ["See the plan"]),
    ("a smart tag", p(f'<w:smartTag w:element="x">{r("Leeds")}</w:smartTag>'), ["Leeds"]),
    ("a formula", p("<m:oMath><m:r><m:t>x²</m:t></m:r></m:oMath>"), ["x²"]),
    ("a field's result", p("Page ", FIELD.format("", r("3"))), ["Page 3"]),
    ("text in an instruction", p(FIELD.format(r("no"), r("yes")) + r("!")), ["yes!"]),
    ("a field in an instruction", p(FIELD.format(FIELD.format("", r("no")), r("yes"))), ["yes"]),
    (
        "a field over paragraphs",
        p(FIELD.partition("{}")[0]) + p(r("no"), FIELD.partition("{}")[2].format(r("A"))),
        ["A"],
    ),
    ("fields that do not match hold nothing back", p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "A"), ["A"]),
    ("a simple field", p(f'<w:fldSimple w:instr=" PAGE ">{r("4")}</w:fldSimple>'), ["4"]),
    (
        "an old drop-down field",
        p(
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Red"/>'
            '<w:listEntry w:val="Amber"/></w:ddList></w:ffData></w:fldChar></w:r>'
            '<w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
        ["Amber"],
    ),
    (
        "an old tick box",
        p(
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData>'
            '</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
            " Done",
        ),
        ["☒ Done"],
    ),
    ("a content control in a line", p("By ", f"<w:sdt><w:sdtContent>{r('May')}</w:sdtContent></w:sdt>"), ["By May"]),
    ("a content control of blocks", f"<w:sdt><w:sdtContent>{p('A')}{p('B')}</w:sdtContent></w:sdt>", ["A", "B"]),
    ("custom XML", f"<w:customXml>{p('A')}</w:customXml>", ["A"]),
    ("footnote marks are no characters", p("Act", '<w:r><w:footnoteReference w:id="2"/></w:r>'), ["Act"]),
    (
        "a text box once, after its paragraph",
        p(
            "<w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>"
            + p("In the box")
            + "</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
            + p("In the box")
            + "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            "Before",
        ),
        ["Before", "In the box"],
    ),
    (
        "an old text box",
        p(f"<w:r><w:pict><v:textbox><w:txbxContent>{p('Box')}</w:txbxContent></v:textbox></w:pict></w:r>"),
        ["Box"],
    ),
    (
        "a fallback where nothing else is offered",
        p(f"<mc:AlternateContent><mc:Fallback>{r('A')}</mc:Fallback></mc:AlternateContent>"),
        ["A"],
    ),
]


@pytest.mark.parametrize("body, blocks", [case[1:] for case in TEXTS], ids=[case[0] for case in TEXTS])
def test_text(tmp_path: Path, body: str, blocks: list[object]) -> None:
    assert shapes(tmp_path, body) == blocks


STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/>
<w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Area"><w:name w:val="Priority area"/><w:basedOn w:val="Mid"/></w:style>
<w:style w:type="paragraph" w:styleId="Mid"><w:name w:val="Mid"/><w:basedOn w:val="Area"/>
<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Plain"><w:basedOn w:val="Titre1"/>
<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="character" w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>
"""
LEVELS = [
    ('<w:pStyle w:val="Titre1"/>', (1, True, 16.0)),
    ('<w:pStyle w:val="Area"/>', (3, False, 11.0)),
    ('<w:pStyle w:val="Plain"/>', (None, True, 16.0)),
    ('<w:pStyle w:val="Title"/>', (0, False, 11.0)),
    ('<w:pStyle w:val="Titre1"/><w:outlineLvl w:val="1"/>', (2, True, 16.0)),
    ('<w:outlineLvl w:val="0"/>', (1, False, 11.0)),
    ('<w:pStyle w:val="Nobody"/>', (None, False, 11.0)),
    ("", (None, False, 11.0)),
]


@pytest.mark.parametrize("properties, expected", LEVELS)
def test_levels_and_looks(tmp_path: Path, properties: str, expected: tuple[int | None, bool, float]) -> None:
    (block,) = document(tmp_path, p("Text", properties=properties), styles=STYLES).blocks
    assert isinstance(block, Paragraph)
    assert (block.level, block.bold, block.size) == expected


def test_bold_is_of_the_whole_paragraph(tmp_path: Path) -> None:
    bold = p(r("All ", "<w:b/>"), r(" "), r("bold", "<w:b/>"))
    half = p(r("Half ", "<w:b/>"), "bold")
    off = p(r("Not bold", '<w:b w:val="0"/>'), properties='<w:pStyle w:val="Titre1"/>')
    blocks = document(tmp_path, bold + half + off, styles=STYLES).blocks
    assert [block.bold for block in blocks if isinstance(block, Paragraph)] == [True, False, False]


def test_struck_text_has_lines_of_its_own(tmp_path: Path) -> None:
    runs = [r("31 March "), r("2018", "<w:strike/>"), r(" "), r("2019", '<w:rStyle w:val="Gone"/>'), r(" June 2019")]
    (block,) = document(tmp_path, p(*runs), styles=STYLES).blocks
    assert isinstance(block, Paragraph)
    origin = PartParagraph("document", 1)
    assert block.lines == (
        Line(0, "31 March ", origin),
        Line(9, "2018 2019", origin, "wrap", struck=True),
        Line(18, " June 2019", origin, "wrap"),
    )


def test_margins_and_notes(tmp_path: Path) -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
        '<w:headerReference w:type="first" r:id="header2"/>'
        '<w:footerReference w:type="default" r:id="footer1"/></w:sectPr>'
    )
    again = p("One", properties='<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>')
    separator = f'<w:footnote w:type="separator" w:id="0">{p()}</w:footnote>'
    read_back = document(
        tmp_path,
        again + p("Two") + section,
        header1=tbl(tr("Draft", "2017")),
        header2=p("First"),
        footer1=p("Page ", FIELD.format("", r("1"))),
        footnotes=separator + f'<w:footnote w:id="1">{p("A note")}</w:footnote>',
        endnotes=f'<w:endnote w:id="1">{p("An end")}</w:endnote>',
        comments=f'<w:comment w:id="7" w:author="Ada">{p("Check")}{p("this")}</w:comment>',
    )
    found = [
        (block.region, block.text, block.lines[0].origin) for block in read_back.blocks if isinstance(block, Paragraph)
    ]
    assert found == [
        ("head", "Draft", PartParagraph("header1", 1)),
        ("head", "2017", PartParagraph("header1", 2)),
        ("head", "First", PartParagraph("header2", 1)),
        ("body", "One", PartParagraph("document", 1)),
        ("body", "Two", PartParagraph("document", 2)),
        ("note", "A note", PartParagraph("footnotes", 2)),
        ("note", "An end", PartParagraph("endnotes", 1)),
        ("note", "Check", PartParagraph("comments", 1)),
        ("note", "this", PartParagraph("comments", 2)),
        ("foot", "Page 1", PartParagraph("footer1", 1)),
    ]


def test_what_is_not_read_is_said(tmp_path: Path) -> None:
    graphic = '<w:r><w:drawing><a:graphic><a:graphicData uri="{}">{}</a:graphicData></a:graphic></w:drawing></w:r>'
    chart = graphic.format("http://schemas.openxmlformats.org/drawingml/2006/chart", "")
    picture = graphic.format("http://schemas.openxmlformats.org/drawingml/2006/picture", "<pic:pic/>")
    sheet = "<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject/></w:object></w:r>"
    assert codes(document(tmp_path, p(chart, picture, picture, sheet) + '<w:altChunk r:id="x"/>')) == [
        ("embedded-object", "1 × embedded file (a sheet or document inside this one): what it says is not read"),
        ("imported-document", "1 × imported document (Word joins it in when it opens): what it says is not read"),
        ("drawing", "1 × chart or diagram: what it says is not read"),
        ("picture", "2 × picture: what it says is not read"),
    ]


def test_a_strict_file_and_a_moved_body(tmp_path: Path) -> None:
    path = word_file(tmp_path / "plan.docx", p("Act"))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts["word/other.xml"] = parts.pop("word/document.xml").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    parts["_rels/.rels"] = parts["_rels/.rels"].replace("word/document.xml", "/word/other.xml")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert [shape(block) for block in read(path).blocks] == ["Act"]


def test_a_file_without_a_body(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    word_file(path, "")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(ReadError) as caught:
        read(path)
    assert caught.value.cause == "the file is damaged: its part 'word/document.xml' has no body"
