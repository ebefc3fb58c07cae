"""A header printed again that runs on into the rest of a row, and a header that only says more than before."""

from __future__ import annotations

import pytest

from extract.model import Cell, Line, PageBox, Row, Table
from normalise.flow import Flow
from normalise.run_on_headers import with_run_on_headers_apart


def row(page: int, *texts: str) -> Row:
    """A row of cells; ` / ` parts the lines of one."""
    cells = []
    for column, text in enumerate(texts, 1):
        lines = [Line(0, line, PageBox(page, (0, 0, 1, 1))) for line in text.split(" / ") if line]
        cells.append(Cell(tuple(lines), column))
    return Row(tuple(cells), page)


def parted(header: tuple[str, ...], above: tuple[str, ...], again: tuple[str, ...]) -> list[list[str]]:
    one = Table((row(1, *header), row(1, *above)), 3, 1)
    two = Table((row(2, *again), row(2, "1.2", "Mend", "BP")), 3, 2)
    flow = with_run_on_headers_apart(Flow((one, two), ()))
    tables = [item for item in flow.items if isinstance(item, Table)]
    assert tables[0] == one
    return [[cell.text for cell in row.cells] for row in tables[1].rows[:-1]]


HEADER = ("Ref", "Action", "Lead")
APART = [
    (("1.1", "Dredge the", "TW"), ("Ref", "Action / inner basin", "Lead")),
    (("1.1", "Dredge:", "TW"), ("Ref", "Action / • the inner basin", "Lead")),
    (("1.1", "Dredge.", "TW"), ("Ref", "Action / Then sound the channel from the mole to the outer light.", "Lead")),
]


@pytest.mark.parametrize("above, again", APART)
def test_the_rest_of_a_row_is_parted_from_the_header(above: tuple[str, ...], again: tuple[str, ...]) -> None:
    rest = again[1].split(" / ")[1]
    assert parted(HEADER, above, again) == [["Ref", "Action", "Lead"], ["", rest, ""]]


WHOLE = [
    (("1.1", "Dredge.", "TW"), ("Ref", "Action", "Lead")),
    (("1.1", "Dredge.", "TW"), ("Ref", "Action / Taken", "Lead")),
    (("1.1", "Dredge the", "TW,"), ("Ref", "Action", "Lead / )")),
    (("1.1", "Dredge the", "TW"), ("No", "Action / inner basin", "Lead")),
    (("1.1", "Dredge the", "TW"), ("Ref", "Actions / inner basin", "Lead")),
]


@pytest.mark.parametrize("above, again", WHOLE)
def test_other_headers_stay(above: tuple[str, ...], again: tuple[str, ...]) -> None:
    assert parted(HEADER, above, again) == [[text.replace(" / ", "\n") for text in again]]
