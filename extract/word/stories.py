"""A story (the body, a header, the notes) as blocks in reading order.

Where things stand that have no place of their own in a line of blocks: a text box follows the paragraph or table that
it is anchored in; a table inside a cell follows the outer table as a table of its own, unless it is a mere list (one
row or column), whose text stays in the cell; a table of one cell around other tables is a frame, and what it holds is
read as if the frame were not there. Tables of headers, footers and notes are read as paragraphs, cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from msgspec import Struct, field
from msgspec.structs import replace

from extract.model import Block, Origin, Paragraph, PartParagraph, Region, Remark, Table, TableCell
from extract.package import Element
from extract.word.lines import Printed, printed_lines
from extract.word.markup import W, child, switch, through
from extract.word.numbering import Numbering
from extract.word.runs import Fields, Item, Scan, Start, Stretch, mark_deleted
from extract.word.styles import Styles
from extract.word.tables import (
    FilledCell,
    GridCell,
    cells_of,
    grid_columns,
    grid_row,
    is_deleted,
    merged_rows,
    rows_of,
)

_BLOCKS = frozenset({W + "p", W + "tbl"})
_TABLES = frozenset({W + "tbl"})


class Count(Struct):
    """How far the whole file has been read: the offset of the next line, tables met, what to remark."""

    offset: int = 0
    tables: int = 0
    remarks: list[Remark] = field(default_factory=list)


class Story(Struct):
    """One part of the file while it is read. `after` holds blocks that wait for the end of the block they stand in."""

    part: str
    region: Region
    styles: Styles
    numbering: Numbering
    count: Count
    fields: Fields = field(default_factory=Fields)
    paragraphs: Iterator[int] = field(default_factory=lambda: count(1))
    after: list[Block] = field(default_factory=list)

    def blocks(self, container: Element) -> Iterator[Block]:
        """The blocks of a body, header, note, text box or frame in reading order."""
        waiting: list[Item] = []
        for element in through(container, _BLOCKS):
            if element.tag == W + "p":
                items, boxes = self._items(element, waiting)
                waiting = items if mark_deleted(child(element, "pPr")) else []
                if not waiting:
                    yield from self._paragraph(items, child(element, "pPr"))
                yield from self._boxes(boxes)
            elif self.region != "body" or _is_frame(element):
                for row in rows_of(element):
                    for cell in cells_of(row):
                        yield from self.blocks(cell)
            else:
                yield from self._table(element)
        if waiting:
            yield from self._paragraph(waiting, None)

    def _items(self, element: Element, waiting: list[Item]) -> tuple[list[Item], list[Element]]:
        """What a paragraph prints, after what waits of paragraphs whose end is deleted; and its text boxes."""
        properties = child(element, "pPr")
        style = self.styles.of(properties)
        scan = Scan(self.styles, self.fields, style)
        scan.walk(element)
        opening = Start(
            "" if self._unnumbered(properties) else self.numbering.marker(*self.styles.numbering(properties))
        )
        return [opening, *waiting[1:], *scan.items], scan.boxes

    def _unnumbered(self, properties: Element | None) -> bool:
        """A paragraph whose end is deleted or hidden is none of its own: it counts in no list."""
        mark = child(properties, "rPr")
        return mark_deleted(properties) or bool(switch(mark, "vanish") and not switch(mark, "specVanish"))

    def _paragraph(self, items: list[Item], properties: Element | None) -> Iterator[Block]:
        origin = PartParagraph(self.part, next(self.paragraphs))
        printed = self._printed(items, origin)
        if any(line.text.strip() for line in printed.lines):
            kept = [
                item for item in items if isinstance(item, Stretch) and item.state != "deleted" and item.text.strip()
            ]
            looks = [item.look for item in kept if not item.look.hidden]
            yield Paragraph(
                printed.lines,
                self.region,
                level=self.styles.level(properties) if self.region == "body" else None,
                size=max((look.size for look in looks if look.size is not None), default=None),
                bold=bool(looks) and all(look.bold for look in looks),
            )
        yield from _notes(printed)

    def _printed(self, items: list[Item], origin: Origin) -> Printed:
        printed = printed_lines(items, origin, self.count.offset)
        self.count.offset = printed.end
        self.count.remarks += printed.remarks
        return printed

    def _boxes(self, boxes: list[Element]) -> Iterator[Block]:
        for box in boxes:
            yield from self.blocks(box)

    def _table(self, element: Element) -> Iterator[Block]:
        """A table, then whatever is nested in it."""
        self.count.tables += 1
        outer, self.after = self.after, []
        at = self.count.tables
        rows = []
        for row_number, row in enumerate(rows_of(element), start=1):
            if is_deleted(row):
                self._remark_row(row, TableCell(at, row_number, 1))
                continue
            grid = grid_row(row, row_number)
            before = len(self.count.remarks)
            cells = [
                self._cell(cell, TableCell(at, row_number, cell_number), grid.hidden)
                for cell_number, cell in enumerate(grid.cells, start=1)
            ]
            rows.append((grid, tuple(cells)))
            if grid.inserted:
                self.count.remarks[before:] = _one_insertion(self.count.remarks[before:], TableCell(at, row_number, 1))
        done = merged_rows(rows)
        if done:
            yield Table(done, grid_columns(element, done))
        yield from self.after
        self.after = outer

    def _remark_row(self, row: Element, origin: Origin) -> None:
        scan = Scan(self.styles, self.fields, "")
        for paragraph in row.iter(W + "p"):
            scan.walk(paragraph, "deleted")
            scan.items.append(Start())
        self.count.remarks += printed_lines(scan.items, origin, self.count.offset).remarks

    def _cell(self, cell: GridCell, origin: Origin, hidden: bool) -> FilledCell:
        items: list[Item] = []
        boxes: list[Element] = []
        self._cell_items(cell.element, items, boxes, origin)
        if hidden:
            items = [_hidden(item) for item in items]
        printed = self._printed(items, origin)
        self.after += [*_notes(printed), *self._boxes(boxes)]
        return FilledCell(cell, printed.lines)

    def _cell_items(self, cell: Element, items: list[Item], boxes: list[Element], origin: Origin) -> None:
        """Gather what the paragraphs of a cell print, those of a nested list included; other tables wait."""
        waiting: list[Item] = []
        for element in through(cell, _BLOCKS):
            if element.tag == W + "p":
                found, anchored = self._items(element, waiting)
                boxes += anchored
                waiting = found if mark_deleted(child(element, "pPr")) else []
                items += [] if waiting else found
            elif _is_list(element):
                for row in rows_of(element):
                    for inner in cells_of(row):
                        self._cell_items(inner, items, boxes, origin)
            else:
                nested = list(self._table(element))
                self.after += nested
                message = "A table stands inside this cell; it is read as a table of its own after this one"
                self.count.remarks.append(Remark("nested-table", "warning", message, origin))
        items += waiting


def _hidden(item: Item) -> Item:
    """The item as it is in a hidden row: its number is not printed either."""
    if isinstance(item, Stretch):
        return replace(item, look=replace(item.look, hidden=True))
    return Start() if isinstance(item, Start) else item


def _one_insertion(remarks: list[Remark], origin: Origin) -> list[Remark]:
    """The remarks on a row that a tracked change put in: its cells' insertions are one."""
    spans = [remark.span for remark in remarks if remark.code == "tracked-insertion" and remark.span]
    others = [remark for remark in remarks if remark.code != "tracked-insertion"]
    if not spans:
        return others
    message = "A tracked change puts in this row: it is read as part of the table"
    span = (min(start for start, _ in spans), max(end for _, end in spans))
    return [Remark("tracked-insertion", "info", message, origin, span), *others]


def _notes(printed: Printed) -> Iterator[Block]:
    for line in printed.hidden:
        yield Paragraph((line,), "note")


def _is_frame(table: Element) -> bool:
    """One cell that holds a table."""
    cells = [cell for row in rows_of(table) for cell in cells_of(row)]
    return len(cells) == 1 and any(True for _ in through(cells[0], _TABLES))


def _is_list(table: Element) -> bool:
    """One row, or one column, that holds no further table."""
    rows = [cells_of(row) for row in rows_of(table) if not is_deleted(row)]
    plain = not any(True for row in rows for cell in row for _ in through(cell, _TABLES))
    return plain and (len(rows) < 2 or all(len(row) == 1 for row in rows))
