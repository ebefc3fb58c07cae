"""Workbooks (.xlsx): each sheet's filled range as a table, every cell as it is displayed.

Rows that hold one text only and stand above the table (a title, an introduction) or below it are paragraphs; where the
table's first row is printed again, another table begins. Blank rows and the blank columns round a table are left out. A
sheet's name is a heading where several sheets hold something,
else furniture. Hidden sheets, rows and columns are read, and remarked.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from importlib.metadata import version
from itertools import dropwhile, pairwise, takewhile
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from extract.model import (
    Block,
    Cell,
    Document,
    Joint,
    Line,
    Origin,
    Paragraph,
    PartParagraph,
    Region,
    Remark,
    Row,
    Table,
    TableCell,
    count_characters,
)
from extract.number_format import displayed
from extract.package import Package, damaged, opened
from extract.proof import proved
from extract.source_file import source_of
from extract.theme_colours import theme_colour

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: A plan of ten thousand full rows is a third of this.
MAX_SHEET_BYTES = 24 * 1024 * 1024

_DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_CODES = re.compile(r"&(?:\[[^\]]*\]|[A-Z])")

Library = Any  # openpyxl ships no types
Place = tuple[int, int]
Runs = tuple[tuple[str, bool], ...]


class Sheet(Struct, frozen=True):
    """The filled part of a sheet: the runs (text, struck) of each cell by (row, column), and how its cells merge."""

    at: int
    texts: dict[Place, Runs]
    rows: tuple[int, ...]
    columns: range
    merges: dict[Place, tuple[int, int]]
    covered: frozenset[Place]
    headers: frozenset[int]


class _Reading(Struct):
    """A workbook while it is read: the offset of the next line, the characters met, what to remark."""

    offset: int = 0
    characters: int = 0
    remarks: list[Remark] = field(default_factory=list)

    def lines(self, runs: Runs, origin: Origin) -> tuple[Line, ...]:
        """The lines of a cell: a line feed begins a new one, and struck text has lines of its own that run on."""
        found: list[Line] = []
        joint: Joint = "paragraph"
        for text, struck in runs:
            for index, part in enumerate(text.split("\n")):
                joint = "paragraph" if index else joint
                if part.strip():
                    found.append(Line(self.offset, part, origin, joint, struck=struck))
                    self.offset += len(part)
                    joint = "wrap"
        return tuple(found)

    def paragraph(
        self, text: str, origin: Origin, region: Region = "body", level: int | None = None
    ) -> Iterator[Block]:
        """A paragraph of this text, if it has any."""
        self.characters += count_characters(text)
        lines = self.lines(((text, False),), origin)
        if lines:
            yield Paragraph(lines, region, level=level)


def read_workbook(path: Path) -> Document:
    """Read a workbook (.xlsx, .xlsm); raises ReadError where it is damaged, locked or beyond the limits."""
    with opened(path) as package:
        computed = _checked(package)
        drawn = any(b"<a:t>" in package.read(name) for name in package.names if name.startswith("xl/drawings/"))
    book = _loaded(path, values=True)
    reading = _Reading()
    if drawn:
        message = "Text boxes or shapes stand on a sheet: what they say is not read"
        reading.remarks.append(Remark("drawing", "warning", message))
    if computed:
        reading.remarks += _uncomputed(book, _loaded(path, values=False))
    blocks = tuple(_blocks(book, reading))
    engines = (("openpyxl", version("openpyxl")),)
    return proved(Document(source_of(path, MEDIA_TYPE), blocks, reading.characters, engines, tuple(reading.remarks)))


def _checked(package: Package) -> bool:
    """Whether any cell is computed; refuses what the library would trust: entities, and sheets of any size."""
    computed = False
    for name in package.names:
        if name.endswith((".xml", ".rels")):
            data = package.read(name, MAX_SHEET_BYTES)
            if any(doctype in data for doctype in _DOCTYPES):
                raise damaged(package.name, f"its part {name!r} declares entities or a DTD, which Office never writes")
            computed = computed or (
                name.startswith("xl/worksheets/") and re.search(rb"<(?:\w+:)?f[ >]", data) is not None
            )
    return computed


def _loaded(path: Path, values: bool) -> Library:
    """The workbook with its stored values, or with its formulas."""
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(path, data_only=values, rich_text=values, keep_links=False)
    except Exception as error:  # the library names no error of its own: whatever it meets in a broken part comes out
        raise damaged(str(path), f"the workbook cannot be opened ({error})") from error


def _blocks(book: Library, reading: _Reading) -> Iterator[Block]:
    filled = [
        (library, found) for at, library in enumerate(book.worksheets, 1) if (found := sheet_of(library, at)).rows
    ]
    for library, sheet in filled:
        reading.characters += sum(count_characters(text) for runs in sheet.texts.values() for text, _ in runs)
        level = 1 if len(filled) > 1 else None
        name = PartParagraph("workbook", sheet.at)
        yield from reading.paragraph(library.title, name, "head" if level is None else "body", level)
        yield from _margin(library.oddHeader, reading, f"sheet{sheet.at}", "head")
        yield from _body(library, sheet, reading)
        yield from _comments(library, sheet, reading)
        yield from _margin(library.oddFooter, reading, f"sheet{sheet.at}", "foot")
        reading.remarks += _hidden(library, sheet, name)


def sheet_of(library: Library, at: int) -> Sheet:
    """What is filled of a sheet, and which of its merged cells cover what is."""
    cells = library._cells.values()  # the public iterators walk every blank cell up to the last one formatted
    every = {(cell.row, cell.column): _runs(cell) for cell in cells}
    texts = {place: runs for place, runs in every.items() if any(text.strip() for text, _ in runs)}
    rows = tuple(sorted({row for row, _ in texts}))
    columns = sorted({column for _, column in texts})
    merged = [one for one in library.merged_cells.ranges if (one.min_row, one.min_col) in texts]
    last = max([*columns, *(min(one.max_col, columns[0] + 1000) for one in merged)], default=0)
    merges, covered = {}, set()
    for one in merged:
        within = [row for row in rows if one.min_row <= row <= one.max_row]
        across = range(one.min_col, min(one.max_col, last) + 1)
        merges[one.min_row, one.min_col] = (len(within), len(across))
        covered |= {(row, column) for row in within for column in across} - {(one.min_row, one.min_col)}
    refs = (table.ref for table in library.tables.values() if _headed(table))
    headers = frozenset(int(first[0]) for ref in refs if (first := re.search(r"\d+", ref)))
    return Sheet(
        at, texts, rows, range(columns[0], last + 1) if columns else range(0), merges, frozenset(covered), headers
    )


def _headed(table: Library) -> bool:
    return table.headerRowCount is None or bool(table.headerRowCount)


def _style(cell: Library, part: str) -> Library:
    """A part of a cell's style (`font`, `fill`, `number_format`); the plain one where the workbook lacks the named."""
    try:
        return getattr(cell, part)
    except IndexError:
        from openpyxl.styles import Font, PatternFill

        return {"font": Font(), "fill": PatternFill(), "number_format": "General"}[part]


def _runs(cell: Library) -> Runs:
    """The text of a cell as displayed, in runs that are struck or not."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    if cell.value is None:
        return ()
    struck = bool(_style(cell, "font").strike)
    if not isinstance(cell.value, CellRichText):
        return ((_clean(displayed(cell.value, _style(cell, "number_format"))), struck),)
    return tuple(
        (_clean(run.text), bool(run.font.strike)) if isinstance(run, TextBlock) else (_clean(run), struck)
        for run in cell.value
    )


def _clean(text: str) -> str:
    """Text without the carriage returns that some programs leave before a line feed."""
    return text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")


def parts_of(sheet: Sheet) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """(rows of one text each, the table rows under them), again and again down the sheet.

    A table begins with the sheet's first row of several texts, and wherever that row is printed again; rows of one text
    right above it belong to it.
    """
    singles = {row for row in sheet.rows if sum((row, column) in sheet.texts for column in sheet.columns) == 1}
    header = next((_printed(sheet, row) for row in sheet.rows if row not in singles), ())
    begins = [at for at, row in enumerate(sheet.rows) if row not in singles and _printed(sheet, row) == header]
    cuts = [at - len([*takewhile(singles.__contains__, reversed(sheet.rows[:at]))]) for at in begins]
    for begin, end in pairwise([0, *cuts[1:], len(sheet.rows)]):
        rows = sheet.rows[begin:end]
        top = tuple(takewhile(singles.__contains__, rows))
        under = rows[len(top) :]
        notes = _notes_below(sheet, under, singles) if end == len(sheet.rows) else ()
        yield top, under[: len(under) - len(notes)]
        if notes:
            yield notes, ()


def _notes_below(sheet: Sheet, rows: tuple[int, ...], singles: set[int]) -> tuple[int, ...]:
    """The rows at the end that hold a text in the first column alone, from the first one under a blank row on."""
    notes = {row for row in singles if (row, sheet.columns[0]) in sheet.texts}
    below = tuple(takewhile(notes.__contains__, reversed(rows)))[::-1]
    filled = set(rows)
    return tuple(dropwhile(lambda row: row - 1 in filled, below))


def _printed(sheet: Sheet, row: int) -> tuple[str, ...]:
    return tuple("".join(text for text, _ in sheet.texts.get((row, column), ())).strip() for column in sheet.columns)


def _body(library: Library, sheet: Sheet, reading: _Reading) -> Iterator[Block]:
    """Each part of a sheet: its rows of one text as paragraphs, then its table."""
    for top, under in parts_of(sheet):
        for row in top:
            column = next(column for column in sheet.columns if (row, column) in sheet.texts)
            font = _style(library.cell(row, column), "font")
            lines = reading.lines(sheet.texts[row, column], TableCell(sheet.at, row, column))
            yield Paragraph(lines, size=float(font.sz) if font.sz else None, bold=bool(font.b))
        rows = tuple(_row(library, sheet, row, reading) for row in under)
        if rows:
            yield Table(rows, len(sheet.columns))


def _row(library: Library, sheet: Sheet, row: int, reading: _Reading) -> Row:
    cells = []
    for column in sheet.columns:
        if (row, column) not in sheet.covered:
            depth, span = sheet.merges.get((row, column), (1, 1))
            lines = reading.lines(sheet.texts.get((row, column), ()), TableCell(sheet.at, row, column))
            fill = _fill(_style(library.cell(row, column), "fill"), library.parent.loaded_theme)
            cells.append(Cell(lines, column - sheet.columns[0] + 1, span, depth, fill))
    return Row(tuple(cells), header=row in sheet.headers)


def _fill(fill: Library, theme: bytes | None) -> str | None:
    """The colour of a solid fill, be it named outright or by its place in the workbook's theme."""
    from openpyxl.styles.colors import COLOR_INDEX

    colour = fill.fgColor if fill.fill_type == "solid" else None  # a gradient has none
    if colour is None:
        return None
    if colour.type == "rgb" and isinstance(colour.rgb, str):
        return f"#{colour.rgb[-6:].lower()}"
    if colour.type == "indexed" and 0 <= colour.indexed < len(COLOR_INDEX):
        return f"#{COLOR_INDEX[colour.indexed][-6:].lower()}"
    if colour.type == "theme" and isinstance(colour.theme, int):
        return theme_colour(theme, colour.theme, float(colour.tint or 0.0))
    return None


def _margin(margin: Library, reading: _Reading, part: str, region: Region) -> Iterator[Block]:
    """The printed header or footer of a sheet, without the codes for page numbers and the like."""
    for at, place in enumerate((margin.left, margin.center, margin.right), start=1):
        text = _clean(_CODES.sub("", place.text or ""))
        yield from reading.paragraph(
            text, PartParagraph(f"{part}-{'header' if region == 'head' else 'footer'}", at), region
        )


def _comments(library: Library, sheet: Sheet, reading: _Reading) -> Iterator[Block]:
    for (row, column), cell in sorted(library._cells.items()):
        if cell.comment is not None:
            origin = TableCell(sheet.at, row, column)
            yield from reading.paragraph(_clean(cell.comment.text or ""), origin, "note")
            message = "A comment stands beside this cell; it is read as a note"
            reading.remarks.append(Remark("comment", "info", message, origin))


def _hidden(library: Library, sheet: Sheet, name: Origin) -> Iterator[Remark]:
    if library.sheet_state != "visible":
        yield Remark("hidden-sheet", "info", f"The sheet {library.title!r} is hidden; it is read all the same", name)
    for row in sheet.rows:
        if row in library.row_dimensions and library.row_dimensions[row].hidden:
            origin = TableCell(sheet.at, row, sheet.columns[0])
            message = f"Row {row} of sheet {library.title!r} is hidden; it is read all the same"
            yield Remark("hidden-row", "warning", message, origin)
    filled = {column for _, column in sheet.texts}
    spans = [range(one.min, one.max + 1) for one in library.column_dimensions.values() if one.hidden]
    for column in sorted(column for column in filled if any(column in span for span in spans)):
        message = f"Column {column} of sheet {library.title!r} is hidden; it is read all the same"
        yield Remark("hidden-column", "warning", message, TableCell(sheet.at, sheet.rows[0], column))


def _uncomputed(values: Library, formulas: Library) -> Iterator[Remark]:
    """A remark for each computed cell, where the program that wrote the file computed none of them.

    Where some have values, a cell without one is taken for a formula whose result is blank: the file shows them alike.
    """
    places = [
        (at, place, values.worksheets[at - 1]._cells[place].value)
        for at, sheet in enumerate(formulas.worksheets, start=1)
        for place, cell in sorted(sheet._cells.items())
        if cell.data_type == "f" and place in values.worksheets[at - 1]._cells
    ]
    if any(value is not None for _, _, value in places):
        return
    for at, (row, column), _ in places:
        message = "This cell is computed, and the file holds no result: open it in Excel, save it, and read it again"
        yield Remark("formula-without-value", "error", message, TableCell(at, row, column))
