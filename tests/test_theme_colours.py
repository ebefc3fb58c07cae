"""Colours named by their place in a workbook's theme."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color

from extract.model import Table
from extract.theme_colours import palette, theme_colour
from extract.workbook import read_workbook

THEME = b"""<a:theme xmlns:a="x"><a:clrScheme name="x"><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>
<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1><a:accent6><a:srgbClr val="70AD47"/></a:accent6></a:clrScheme>
</a:theme>"""


def test_the_palette_of_a_theme() -> None:
    assert palette(THEME) == ("ffffff", "000000", *[None] * 7, "70ad47")
    assert palette(None) == palette(b"no theme") == (None,) * 10


COLOURS = [
    (9, 0.0, "#70ad47"),
    (9, -0.5, "#385723"),
    (9, 0.4, "#a9d18e"),
    (9, 0.8, None),
    (4, 0.0, None),
    (12, 0.0, None),
]


@pytest.mark.parametrize("place, tint, colour", COLOURS)
def test_a_colour_of_it(place: int, tint: float, colour: str | None) -> None:
    assert theme_colour(THEME, place, tint) == colour


def test_a_cell_that_is_filled_with_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Ref", "RAG"], ["1.1", "x"]):
        book.active.append(row)
    book.active["B2"].fill = PatternFill("solid", fgColor=Color(theme=6))
    book.save(tmp_path / "plan.xlsx")
    (table,) = (block for block in read_workbook(tmp_path / "plan.xlsx").blocks if isinstance(block, Table))
    assert [[cell.fill for cell in row.cells] for row in table.rows] == [[None, None], [None, "#9bbb59"]]


def test_a_theme_that_begins_its_scheme_again_and_again_is_read_once() -> None:
    assert palette(b"<a:clrScheme " * 80_000) == (None,) * 10
