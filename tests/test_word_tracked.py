"""extract.word, what is printed and what is not: tracked changes, hidden text, prompts and comments, each remarked."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_files import document, p, r, shape, tbl, tc, tr

from extract.model import Line, Origin, Paragraph, PartParagraph, Remark, TableCell


def ins(*runs: str) -> str:
    return f'<w:ins w:author="Ada">{"".join(runs)}</w:ins>'


def gone(text: str) -> str:
    return f'<w:del w:author="Ada"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


HERE = PartParagraph("document", 1)
CELL = TableCell(1, 1, 1)
END_GONE = "<w:rPr><w:del/></w:rPr>"


def deletion(text: str, origin: Origin = HERE) -> Remark:
    return Remark("tracked-deletion", "warning", f"A tracked change takes out “{text}”: it is left out", origin)


def insertion(text: str, start: int, end: int, origin: Origin = HERE) -> Remark:
    message = f"A tracked change puts in “{text}”: it is read as part of the text"
    return Remark("tracked-insertion", "info", message, origin, (start, end))


CASES: list[tuple[str, str, list[object], list[Remark]]] = [
    ("deleted", p("by ", gone("May"), "June"), ["by June"], [deletion("May")]),
    ("inserted", p("by ", ins(r("June"))), ["by June"], [insertion("June", 3, 7)]),
    (
        "replaced, in several pieces",
        p(gone("May "), gone("2017"), ins(r("June ")), ins(r("2018")), "."),
        ["June 2018."],
        [deletion("May 2017"), insertion("June 2018", 0, 9)],
    ),
    ("inserted, then deleted", p("A", ins(gone("B"))), ["A"], [deletion("B")]),
    (
        "moved",
        p(f"<w:moveFrom>{r('Act')}</w:moveFrom>", "B") + p(f"<w:moveTo>{r('Act')}</w:moveTo>"),
        ["B", "Act"],
        [deletion("Act"), insertion("Act", 1, 4, PartParagraph("document", 2))],
    ),
    ("a change of blanks alone is none", p("A", gone(" "), ins(r(" ")), "B"), ["A B"], []),
    (
        "a deletion outside any tracked change",
        p(r("by "), '<w:r><w:delText xml:space="preserve">May </w:delText></w:r>', r("June")),
        ["by June"],
        [deletion("May")],
    ),
    ("all of a paragraph", p(gone("A")) + p("B"), ["B"], [deletion("A")]),
    ("the end of a paragraph", p("A ", properties=END_GONE) + p("B"), ["A B"], []),
    ("the end of the last paragraph", p("A", properties=END_GONE), ["A"], []),
    ("an old format is no text", p(r("A", "<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>")), ["A"], []),
    (
        "the end of a paragraph in a cell",
        tbl(tr(tc(p("A ", gone("x"), properties=END_GONE), p("B")), "c")),
        [[["A B", "c"]]],
        [deletion("x", CELL)],
    ),
    (
        "over the paragraphs of a cell",
        tbl(tr(tc(p("A"), p(gone("B")), p(gone("C")), p("D")), "e")),
        [[["A\nD", "e"]]],
        [deletion("B C", CELL)],
    ),
    (
        "a row put in",
        tbl(tr(tc(p(ins(r("A")))), tc(p(ins(r("B")))), properties="<w:ins/>")),
        [[["A", "B"]]],
        [
            Remark(
                "tracked-insertion",
                "info",
                "A tracked change puts in this row: it is read as part of the table",
                CELL,
                (0, 2),
            )
        ],
    ),
    (
        "a row taken out",
        tbl(tr("A", "B"), tr(tc(p(gone("C"))), "D", properties="<w:del/>"), tr("E", "F")),
        [[["A", "B"], ["E", "F"]]],
        [deletion("C D", TableCell(1, 2, 1))],
    ),
    ("a table taken out", tbl(tr("A", "B", properties="<w:del/>")) + p("C"), ["C"], [deletion("A B", CELL)]),
    (
        "a prompt",
        p(f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Choose an item.')}</w:sdtContent></w:sdt>"),
        ["Choose an item."],
        [Remark("form-prompt", "info", "A form field still shows its prompt, “Choose an item.”", HERE, (0, 15))],
    ),
    (
        "a comment",
        p("Act", '<w:r><w:commentReference w:id="1"/></w:r>'),
        ["Act"],
        [Remark("comment", "info", "A comment stands beside this text; it is read as a note", HERE)],
    ),
]


@pytest.mark.parametrize("body, blocks, remarks", [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_tracked(tmp_path: Path, body: str, blocks: list[object], remarks: list[Remark]) -> None:
    read_back = document(tmp_path, body)
    assert [shape(block) for block in read_back.blocks] == blocks
    assert list(read_back.remarks) == remarks


def hidden_remark(text: str, start: int, origin: Origin) -> Remark:
    message = f"Hidden text, which is not printed, stands here: “{text}”; it is kept as a note"
    return Remark("hidden-text", "info", message, origin, (start, start + len(text)))


def test_hidden_text_is_a_note(tmp_path: Path) -> None:
    hidden = "<w:vanish/>"
    read_back = document(tmp_path, p("by ", r("May", hidden), r(" 2017", hidden), "June", r("(draft)", hidden)))
    assert read_back.blocks == (
        Paragraph((Line(0, "by June", HERE),)),
        Paragraph((Line(7, "May 2017", HERE),), "note"),
        Paragraph((Line(15, "(draft)", HERE),), "note"),
    )
    assert list(read_back.remarks) == [hidden_remark("May 2017", 7, HERE), hidden_remark("(draft)", 15, HERE)]


def test_hidden_rows_are_notes_after_their_table(tmp_path: Path) -> None:
    read_back = document(tmp_path, tbl(tr("A", "B"), tr("C", "", properties="<w:hidden/>")) + p("End"))
    assert [shape(block) for block in read_back.blocks] == [[["A", "B"], ["", ""]], "C", "End"]
    assert list(read_back.remarks) == [hidden_remark("C", 2, TableCell(1, 2, 1))]


def test_hidden_by_a_style_and_shown_again(tmp_path: Path) -> None:
    styles = '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = p(r("A", '<w:rStyle w:val="Secret"/>'), r("B", '<w:rStyle w:val="Secret"/><w:vanish w:val="0"/>'))
    assert [shape(block) for block in document(tmp_path, body, styles=styles).blocks] == ["B", "A"]


def test_a_long_deletion_is_quoted_in_part(tmp_path: Path) -> None:
    (remark,) = document(tmp_path, p("A", gone("x" * 201))).remarks
    assert remark == deletion("x" * 200 + "…")
