"""Stitched tables: what goes on over a page is one, what is cut is joined where that is clear, nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from dumps import Grid, document
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from extract.model import Cell, Document, Line, PageBox, Row, Source, Table
from normalise.repeated import says_again
from normalise.stitched import StitchedRow, StitchedTable, stitched

HEAD = "School | Head | Places"
SCHOOLS = ("Ashmere | D Pell | 210", "Brackley | R Toft | 180", "Coldwell | M Hay | 95")


def tables(*pages: Sequence[str] | str, word: bool = False) -> tuple[StitchedTable, ...]:
    """Each page one table of these rows; a bare string is a paragraph on the page before."""
    grid, page = Grid(word), 0
    for content in pages:
        if isinstance(content, str):
            grid.say(content, page=None if word else page or 1)
        else:
            page += 1
            grid.table(*content, page=page, columns=None)
    return stitched(grid.document())


def shape(table: StitchedTable) -> tuple[int, list[tuple[str, tuple[int, ...]]]]:
    """How many rows are its header; each row, its cells parted by a bar, with its pages."""
    return table.header, [(" | ".join(row.cells), row.pages) for row in table.rows]


def one_table(*pages: Sequence[str] | str) -> tuple[int, list[tuple[str, tuple[int, ...]]]]:
    (table,) = tables(*pages)
    return shape(table)


def test_a_repeated_header_is_left_out() -> None:
    assert one_table((HEAD, *SCHOOLS[:2]), (HEAD.upper(), SCHOOLS[2])) == (
        1,
        [(HEAD, (1,)), (SCHOOLS[0], (1,)), (SCHOOLS[1], (1,)), (SCHOOLS[2], (2,))],
    )


def test_page_numbers_between_are_no_matter() -> None:
    assert len(tables((HEAD, SCHOOLS[0]), "Page 1 of 2", (HEAD, SCHOOLS[1]), "Page 2 of 2")) == 1


def test_a_table_goes_on_without_its_header() -> None:
    assert one_table((HEAD, SCHOOLS[0]), SCHOOLS[1:]) == (
        0,
        [(HEAD, (1,)), (SCHOOLS[0], (1,)), (SCHOOLS[1], (2,)), (SCHOOLS[2], (2,))],
    )


def test_a_title_above_the_header_is_not_repeated() -> None:
    assert one_table(("Schools of the county >3", HEAD, SCHOOLS[0]), (HEAD, SCHOOLS[1])) == (
        2,
        [("Schools of the county |  | ", (1,)), (HEAD, (1,)), (SCHOOLS[0], (1,)), (SCHOOLS[1], (2,))],
    )


def test_a_header_of_two_rows() -> None:
    upper, lower = "School | Roll >2", "Name | Boys | Girls"
    assert one_table((upper, lower, "Ashmere | 10 | 12"), (upper, lower, "Brackley | 9 | 8")) == (
        2,
        [
            ("School | Roll | ", (1,)),
            (lower, (1,)),
            ("Ashmere | 10 | 12", (1,)),
            ("Brackley | 9 | 8", (2,)),
        ],
    )


def test_a_row_that_says_the_same_as_the_first_row_of_the_page_before_stays() -> None:
    same = "Ashmere | D Pell | 210"
    assert [row.cells[0] for row in tables((HEAD, same), (HEAD, same))[0].rows] == ["School", "Ashmere", "Ashmere"]


APART: list[tuple[str, tuple[Sequence[str] | str, ...]]] = [
    ("words between", ((HEAD, SCHOOLS[0]), "Schools of the next county", (HEAD, SCHOOLS[1]))),
    ("another number of columns", ((HEAD, SCHOOLS[0]), ("School | Head", "Brackley | R Toft"))),
    ("a frame of one column", (("Summary",), ("Summary",))),
]


@pytest.mark.parametrize("pages", [case[1] for case in APART], ids=[case[0] for case in APART])
def test_tables_that_stay_apart(pages: tuple[Sequence[str] | str, ...]) -> None:
    assert len(tables(*pages)) == 2


def test_tables_of_one_page_and_of_a_word_file_stay_apart() -> None:
    grid = Grid()
    for row in SCHOOLS[:2]:
        grid.table(HEAD, row, page=1)
    assert len(stitched(grid.document())) == 2
    assert len(tables((HEAD, SCHOOLS[0]), (HEAD, SCHOOLS[1]), word=True)) == 2


def test_columns_in_other_places_are_another_table() -> None:
    def placed(page: int, *lefts: float) -> Table:
        lines = [
            Line(10 * page + at, "-ab"[page], PageBox(page, (left, 9.0, left + 20, 19.0)))
            for at, left in enumerate(lefts)
        ]
        return Table((Row(tuple(Cell((line,), at) for at, line in enumerate(lines, 1)), page),), len(lefts), page)

    def count(*lefts: float) -> int:
        source = Source("a.pdf", "0" * 64, "application/pdf", 2)
        return len(stitched(Document(source, (placed(1, 30, 130, 230), placed(2, *lefts)), 6)))

    assert (count(30, 130, 230), count(45, 111, 230), count(30, 110, 230), count(30, 151, 230)) == (1, 1, 2, 2)


CONTRACTS = ("No | Work | Firm | Sum", "1 | Paint the rails | Pell & Co | 900", "2 | Light the slip | Toft Ltd | 400")
CUT: list[tuple[str, str, str, str | None]] = [
    (
        "both cells go on",
        "3 | Count the | Hay and | 150",
        " | bollards | Sons |",
        "3 | Count the bollards | Hay and Sons | 150",
    ),
    (
        "a sentence of its own",
        "3 | Count them. | Hay | 150",
        " | Then report. | |",
        "3 | Count them.\nThen report. | Hay | 150",
    ),
    ("its first column is filled", "3 | Count the | Hay | 150", "bollards | too | |", None),
    ("nothing stands above it", "3 | Count the | | 150", " | bollards | Sons |", None),
    ("a sum under figures", "3 | Count them | Hay | 150", " | | | 1,450", None),
    ("a sum with its word", "3 | Count them | Hay | 150", " | Total | | £1,450.00", None),
    ("a text under a figure", "3 | Count them | Hay | 150", " | | | GBP", "3 | Count them | Hay | 150 GBP"),
    ("an empty row", "3 | Count them | Hay | 150", " | | |", None),
]


@pytest.mark.parametrize("last, first, joined", [case[1:] for case in CUT], ids=[case[0] for case in CUT])
@pytest.mark.parametrize("again", [True, False], ids=["header again", "no header"])
def test_a_row_cut_by_the_page_break(last: str, first: str, joined: str | None, again: bool) -> None:
    def cells(row: str) -> tuple[str, ...]:
        return tuple(cell.strip(" ") for cell in row.split("|"))

    (table,) = tables((*CONTRACTS, last), (*CONTRACTS[: int(again)], first, "4 | Ring the bell | Hay | 20"))
    expected = (
        [StitchedRow(cells(joined), (1, 2))]
        if joined
        else [StitchedRow(cells(last), (1,)), StitchedRow(cells(first), (2,))]
    )
    assert list(table.rows[3:-1]) == expected


def test_a_row_over_three_pages() -> None:
    pages = (
        (*CONTRACTS, "3 | Count the | Hay | 5"),
        (CONTRACTS[0], " | bollards on the | |"),
        (CONTRACTS[0], " | quay | |"),
    )
    assert one_table(*pages)[1][-1] == ("3 | Count the bollards on the quay | Hay | 5", (1, 2, 3))


def test_a_column_that_other_rows_leave_empty_proves_nothing() -> None:
    (table,) = tables(
        ("Region | School | Head", "North | Ashmere | Pell", " | Brackley | Toft", "South | Coldwell | Hay"),
        ("Region | School | Head", " | Dunmore | Rook", " | Elmsett | Lark"),
    )
    assert [row.cells[1] for row in table.rows[1:]] == ["Ashmere", "Brackley", "Coldwell", "Dunmore", "Elmsett"]


def test_cells_that_span_leave_the_others_empty() -> None:
    (table,) = tables(("North >2 | 3", "Ashmere v2 | a | b", " | c | d"))
    assert [row.cells for row in table.rows] == [("North", "", "3"), ("Ashmere", "a", "b"), ("", "c", "d")]


def test_the_tables_of_a_dump() -> None:
    split = document("No | Work", "1 | Paint", "", "NO | work", "2 | Light", "", "3 | Count")
    assert [shape(table) for table in stitched(split)] == [
        (1, [("No | Work", ()), ("1 | Paint", ()), ("2 | Light", ())]),
        (0, [("3 | Count", ())]),
    ]


WORDS = st.text("abc ", max_size=6).map(str.strip)
ROWS = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=12)


@given(ROWS, st.sets(st.integers(1, 11)))
def test_a_table_cut_between_rows_is_whole_again(body: list[tuple[str, str]], cuts: set[int]) -> None:
    """The first column numbers the rows, so that no row can be the rest of another."""
    rows = [f"{at} | {' | '.join(cells)}" for at, cells in enumerate(body, start=1)]
    ends = [*sorted(cut for cut in cuts if cut < len(rows)), len(rows)]
    pages = [("No | Work | Firm", *rows[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
    (table,) = tables(*pages)
    assert [row.cells for row in table.rows] == [("No", "Work", "Firm"), *((str(n), *c) for n, c in enumerate(body, 1))]


@given(st.lists(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=5), min_size=1, max_size=4))
def test_every_word_is_kept(pages: list[list[tuple[str, str, str]]]) -> None:
    """Whatever is joined or not: the words that stand under the headers stand in the stitched tables, in order."""
    made = tables(*(("No | Work | Firm", *(" | ".join(row) for row in rows)) for rows in pages))
    kept = sorted(word for table in made for row in table.rows for cell in row.cells for word in cell.split())
    printed = sorted(word for rows in pages for row in rows for cell in row for word in cell.split())
    assert kept == sorted([*printed, "No", "Work", "Firm"])


OCR: list[tuple[str, str, float | None, bool]] = [
    ("a slip of OCR", "School name | Head teacher | P1aces".replace("1", "l"), 0.9, True),
    ("two letters", "Schoo1 narne | Head teacher | Places".replace("1", "l"), 0.9, True),
    ("the same difference in print", "School narne | Head teacher | Places", None, False),
    ("another header", "School type | Head office | Grades", 0.9, False),
    ("another column empty", "School name | Head teacher |", 0.9, False),
]


@pytest.mark.parametrize("row, confidence, again", [case[1:] for case in OCR], ids=[case[0] for case in OCR])
def test_a_header_that_ocr_misread_is_the_header_again(row: str, confidence: float | None, again: bool) -> None:
    def read(text: str) -> Row:
        (made,) = Grid().table(text).rows
        cells = [replace(c, lines=tuple(replace(line, confidence=confidence) for line in c.lines)) for c in made.cells]
        return replace(made, cells=tuple(cells))

    assert says_again(read(row), read("School name | Head teacher | Places")) == again


def test_another_year_is_no_slip() -> None:
    def read(text: str) -> Row:
        origin = PageBox(1, (0.0, 0.0, 9.0, 9.0))
        return Row((Cell((Line(0, text, origin, confidence=0.5),)),))

    assert says_again(read("Places in the year 2018"), read("Places in the year 2019")) is False
    assert says_again(read("Placcs in the year 2019"), read("Places in the year 2019")) is True
