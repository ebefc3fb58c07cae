"""extract.text_dump: every line at its place, every character counted once, encodings told apart."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model import (
    Block,
    Cell,
    Line,
    Paragraph,
    ReadError,
    Remark,
    Row,
    Source,
    Table,
    TextCell,
    count_characters,
)
from extract.text_dump import blocks_of, decoded, looks_like_text, read_text

SHARED = Path(__file__).parents[2] / "shared"


def paragraph(start: int, text: str, line: int, cell: int = 1) -> Paragraph:
    return Paragraph((Line(start, text, TextCell(line, cell)),))


def row(start: int, line: int, *texts: str, first: int = 1) -> Row:
    cells = []
    for column, text in enumerate(texts, start=1):
        origin = TextCell(line, first + column - 1)
        cells.append(Cell((Line(start, text, origin),) if text.strip() else (), column))
        start += len(text) + 1
    return Row(tuple(cells))


LAYOUTS: list[tuple[str, str, list[Block]]] = [
    ("nothing", "", []),
    ("blank lines", "\n  \n", []),
    ("paragraphs, one a line", "One\n two ", [paragraph(0, "One", 1), paragraph(4, " two ", 2)]),
    ("CRLF", "A\r\n\r\nB\tC\r\n", [paragraph(0, "A", 1), Table((row(5, 3, "B", "C"),), 2)]),
    ("CR alone", "A\rB", [paragraph(0, "A", 1), paragraph(2, "B", 2)]),
    ("a CR among LF is no line end", "A\rB\nC", [paragraph(0, "A\rB", 1), paragraph(4, "C", 2)]),
    (
        "the widest row sets the columns",
        "a\tb\nc\t\td\t\n",
        [Table((row(0, 1, "a", "b"), row(4, 2, "c", "", "d", "")), 4)],
    ),
    ("a blank line ends a table", "a\tb\n\nc\td", [Table((row(0, 1, "a", "b"),), 2), Table((row(5, 3, "c", "d"),), 2)]),
    (
        "a line without a tab ends a table",
        "a\tb\nnote\nc\td",
        [Table((row(0, 1, "a", "b"),), 2), paragraph(4, "note", 2), Table((row(9, 3, "c", "d"),), 2)],
    ),
    ("a form feed ends a table", "a\tb\n\fc\td", [Table((row(0, 1, "a", "b"),), 2), Table((row(5, 2, "c", "d"),), 2)]),
    ("a form feed after text", "a\tb\fEnd", [Table((row(0, 1, "a", "b"),), 2), paragraph(4, "End", 1, cell=3)]),
    (
        "form feeds within a line",
        "\f \fa\tb\f\fc\td",
        [Table((row(3, 1, "a", "b"),), 2), Table((row(8, 1, "c", "d", first=3),), 2)],
    ),
    ("a row of blanks stays a row", "\t\t", [Table((row(0, 1, "", "", ""),), 3)]),
]


@pytest.mark.parametrize("text, blocks", [case[1:] for case in LAYOUTS], ids=[case[0] for case in LAYOUTS])
def test_blocks(text: str, blocks: list[Block]) -> None:
    assert list(blocks_of(text)) == blocks


@given(st.text(alphabet="ab£\t\n\r\f \x0b\u2028é"))
def test_each_character_is_in_exactly_one_line(text: str) -> None:
    lines = []
    for block in blocks_of(text):
        cells = [cell for row in block.rows for cell in row.cells] if isinstance(block, Table) else [block]
        lines += [line for cell in cells for line in cell.lines]
    assert [text[line.start : line.end] for line in lines] == [line.text for line in lines]
    assert all(before.end <= after.start for before, after in itertools.pairwise(lines))
    assert sum(count_characters(line.text) for line in lines) == count_characters(text)


PRICE = "Café £5\tТВС"
ENCODINGS = [
    ("UTF-8", PRICE.encode()),
    ("UTF-8 with a mark", PRICE.encode("utf-8-sig")),
    ("UTF-16 with a mark", PRICE.encode("utf-16")),
    ("UTF-16, big end first", b"\xfe\xff" + PRICE.encode("utf-16-be")),
    ("UTF-16 without a mark", PRICE.encode("utf-16-le")),
    ("UTF-16 without a mark, big end first", PRICE.encode("utf-16-be")),
    ("UTF-32 with a mark", PRICE.encode("utf-32")),
]


@pytest.mark.parametrize("data", [case[1] for case in ENCODINGS], ids=[case[0] for case in ENCODINGS])
def test_encodings_that_are_sure(data: bytes) -> None:
    assert decoded(data, "plan.txt") == (PRICE, ())


def test_windows_1252_is_said() -> None:
    message = "The file is not UTF-8; it was read as Windows-1252 (Western European): check its accents and signs"
    assert decoded("£5 – Café".encode("cp1252"), "plan.txt") == ("£5 – Café", (Remark("encoding", "warning", message),))


def test_damaged_utf_8_keeps_the_rest() -> None:
    data = "£5 – Café\n1.1\tTerm\xad ".encode().replace("\xad".encode(), b"\xff")
    message = "Bytes on line 2 are not UTF-8; each stands as U+FFFD"
    assert decoded(data, "plan.txt") == (
        "£5 – Café\n1.1\tTerm\ufffd ",
        (Remark("encoding", "warning", message, TextCell(2, 2), (18, 19)),),
    )


HINT = "Save the plan as PDF or Word, or the dump as UTF-8 text"
NOT_TEXT = [
    (b"plan\0\x01 text and more of it", "it holds a zero byte (NUL) on line 1"),
    (b"Our plan\n1.1\tPay\n1.2\tPa\0y\n", "it holds a zero byte (NUL) on line 3"),
    (b"Our plan\r1.1\tP\0ay\r1.2\tPa\0y\r", "it holds 2 zero bytes (NUL), the first on line 2"),
    (bytes(range(1, 32)) * 3, "it is mostly control characters"),
    (b"\xff\xfea", "its bytes are not utf-16-le text"),
    (b"\x81\x8d\x8f\x90 \x9d", "its bytes are not Windows-1252 text"),
]


@pytest.mark.parametrize("data, cause", NOT_TEXT)
def test_not_text(data: bytes, cause: str) -> None:
    with pytest.raises(ReadError) as caught:
        decoded(data, "plan.txt")
    assert str(caught.value) == f"Cannot read 'plan.txt' as text: {cause}. {HINT}"


def test_control_characters_that_are_few_are_kept() -> None:
    text = "x" * 99 + "\x07"
    assert decoded(text.encode(), "plan.txt") == (text, ())
    with pytest.raises(ReadError):
        decoded(text[1:].encode(), "plan.txt")


def test_text_is_told_by_its_first_bytes() -> None:
    heads = (b"Ref\tAction", b"\x00\x01\x02\x03", "ТВС".encode(), b"cut \xe2\x81", "ТВС".encode("utf-16")[:-1])
    assert [looks_like_text(data) for data in heads] == [True, False, True, True, True]


def test_read_text(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes("Our plan\n1.1\tPay £5".encode("utf-8-sig"))
    document = read_text(path)
    digest = "5a0efc00aa9c2498807f0b7371954955706c01a7991572ce9290e0a9ad60561f"
    assert document.source == Source("plan.txt", digest, "text/tab-separated-values", None)
    assert (document.characters, document.engines, document.remarks) == (15, (), ())
    assert document.blocks == (paragraph(0, "Our plan", 1), Table((row(9, 2, "1.1", "Pay £5"),), 2))


@pytest.mark.skipif(not SHARED.exists(), reason="the shared plans are not here")
def test_shared_dumps_are_whole() -> None:
    paths = sorted((SHARED / "plans").glob("*.txt"))
    assert len(paths) > 2
    for path in paths:
        document = read_text(path)
        text = path.read_text("utf-8-sig")
        assert document.remarks == ()
        assert sum(count_characters(line.text) for line in document.lines()) == document.characters
        assert document.characters == len("".join(text.split()))
