"""One page as blocks in reading order: its tables, and the paragraphs that stand outside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec.structs import replace

from extract.model import Block, Box, Cell, Joint, Line, PageBox, Paragraph, Remark, Row, Table, count_characters
from extract.pdf.bands import banded_sections, grid_of
from extract.pdf.content import Fill, PageContent, Rule
from extract.pdf.doubts import close_calls, doubts
from extract.pdf.grid import SNAP, Grid, ruled_grids
from extract.pdf.gutters import Seen, gutter_grids, lines_of
from extract.pdf.joints import Pitches, Room, joints, openings, parts, room_of
from extract.pdf.lines import PART_GAP, Strip, dots_of, strips_of, with_bullets
from extract.pdf.open_rows import with_open_rows
from extract.pdf.second_reader import Weak
from extract.pdf.stacks import stripes_of
from extract.pdf.struck import pieces, strikes
from extract.pdf.tables import Sheet, sheets_of
from extract.pdf.tall_rows import with_tall_row_parted
from extract.pdf.words import Word, words_of

#: Lines of one paragraph outside tables begin within this many type sizes of one another.
INDENT = 6.0


class Reader:
    """Turns pages into blocks, one after another; gives each line its span of the document's characters."""

    def __init__(self) -> None:
        self.characters = 0
        self.remarks: list[Remark] = []
        self.weak: list[Weak] = []
        self.close_calls: set[tuple[str, str]] = set()
        self._offset = 0
        self._edges: dict[float, float] = {}  # of boxes: most are those of other lines, and a number takes 24 bytes
        self._seen = Seen()
        self._struck: list[Rule] = []

    def blocks(self, content: PageContent, following: PageContent | None = None) -> list[Block]:
        """The blocks of the next page, top to bottom. `following`: the page after it, where there is one."""
        self.characters += count_characters("".join(char.text for char in content.chars))
        words = words_of(content.chars)
        self._struck = strikes(content.rules, words)
        content = replace(content, rules=tuple(rule for rule in content.rules if rule not in self._struck))
        grids, self._seen = grids_of(content, words, self._seen, following)
        sheets, outside = sheets_of(content.fills, words, grids)
        strips = with_bullets(strips_of(outside, PART_GAP), dots_of(content.fills))
        texts = [cell for sheet in sheets for cell in sheet.cells]
        inside, around = Pitches(texts), Pitches([strips])
        found: list[tuple[float, float, Sheet | list[Strip]]] = [
            (sheet.grid.ys[0], sheet.grid.xs[0], sheet) for sheet in sheets
        ]
        for paragraph in paragraphs(strips, sheets, around):
            place = content.height if paragraph[0].turn else paragraph[0].middle
            found.append((place, paragraph[0].x0, paragraph))
        found.sort(key=lambda item: item[:2])
        return [
            self._table(item, content, inside)
            if isinstance(item, Sheet)
            else self._paragraph(item, content.number, around)
            for _, _, item in found
        ]

    def _lines(self, strips: Sequence[Strip], how: Sequence[Joint], page: int) -> tuple[Line, ...]:
        lines = []
        held = (
            (piece, struck, "wrap" if number else joint)
            for whole, joint in zip(strips, how, strict=True)
            for number, (piece, struck) in enumerate(pieces(whole, self._struck))
        )
        for strip, struck, joint in held:
            x0, top, x1, bottom = map(self._edges.setdefault, strip.box, strip.box)
            place = PageBox(page, (x0, top, x1, bottom))
            line = Line(self._offset, strip.text, place, joint, strip.marker, struck, strip.confidence)
            lines.append(line)
            if line.confidence is not None:
                self.remarks.extend(doubts(strip, line))
                self.close_calls.update(close_calls(strip))
            self._offset += len(strip.text)
        return tuple(lines)

    def _paragraph(self, strips: Sequence[Strip], page: int, pitches: Pitches) -> Paragraph:
        how: list[Joint] = ["wrap"] * len(strips)
        how[0] = "paragraph"
        largest = max(strip.size for strip in strips)
        return Paragraph(
            self._lines(strips, how, page), page=page, size=largest, bold=all(strip.bold for strip in strips)
        )

    def _table(self, sheet: Sheet, content: PageContent, pitches: Pitches) -> Table:
        rows, page = [], content.number
        rooms = rooms_of(sheet)
        held = zip(sheet.grid.cells, sheet.cells, sheet.fills, strict=True)
        for _, row in groupby(held, key=lambda item: item[0].row):
            cells = tuple(
                Cell(
                    self._lines(strips, joints(strips, pitches, rooms[slot.column, slot.right]), page),
                    slot.column + 1, slot.right - slot.column, slot.below - slot.row, fill,
                )
                for slot, strips, fill in row
            )  # fmt: skip
            rows.append(Row(cells, page))
        table = Table(tuple(rows), len(sheet.grid.xs) - 1, page, sheet.grid.weak)
        by_ocr = any(char.sure is not None for strips in sheet.cells for strip in strips for char in strip.chars)
        if table.weak and not by_ocr:
            self.weak.append(Weak(table, sheet.grid.xs, sheet.grid.box, content.height))
        return table


def rooms_of(sheet: Sheet) -> dict[tuple[int, int], Room]:
    """The room in each column of a table: that of its cells that cover the same columns."""
    lines: dict[tuple[int, int], list[Strip]] = {}
    for slot, strips in zip(sheet.grid.cells, sheet.cells, strict=True):
        lines.setdefault((slot.column, slot.right), []).extend(strips)
    return {columns: room_of(strips) for columns, strips in lines.items()}


def grids_of(
    content: PageContent, words: Sequence[Word], seen: Seen, following: PageContent | None = None
) -> tuple[list[Grid], Seen]:
    """The grids of a page: those that are ruled, those of level lines and boxes, those that only their text shows.

    `seen`: what the pages before have shown of the last kind; what is known after this page comes back.
    """
    grids = [
        with_tall_row_parted(with_header_parted(grid, content.fills, words), words)
        for grid in ruled_grids(content.rules)
    ]
    free = free_words(words, grids)
    banded = with_open_rows(banded_sections(content.rules, content.fills, grids, free), free)
    grids.extend(grid_of(section) for section in banded)
    if grids:
        seen = replace(seen, running=None, small=None)

    def after() -> list[list[Word]]:
        return lines_of(word for word in words_of(following.chars if following else ()) if not word.turn)

    drawn, seen = gutter_grids(free_words(words, grids), content.rules, content.fills, seen, after)
    return [*grids, *drawn], seen


def with_header_parted(grid: Grid, fills: Iterable[Fill], words: Iterable[Word]) -> Grid:
    """The grid, its first row cut where shading right across it ends above more text.

    So where no rule is drawn between a header that a page prints again and the rest of a row cut by the page break.
    """
    x0, top, x1, _ = grid.box
    reach = [
        mark.bottom
        for mark in stripes_of([fill for fill in fills if not fill.round and abs(fill.top - top) <= SNAP])
        if abs(mark.x0 - x0) <= SNAP and abs(mark.x1 - x1) <= SNAP and mark.bottom < grid.ys[1] - SNAP
    ]
    if not reach or any(cell.row == 0 and cell.below > 1 for cell in grid.cells):
        return grid
    inside = [word.middle for word in words if x0 <= word.x0 < x1 and top < word.middle < grid.ys[1]]
    if not min(inside, default=top) < reach[-1] < max(inside, default=top):
        return grid
    first = [cell for cell in grid.cells if cell.row == 0]
    rest = [replace(cell, row=cell.row + 1, below=cell.below + 1) for cell in grid.cells]
    return replace(grid, ys=(top, reach[-1], *grid.ys[1:]), cells=(*first, *rest))


def free_words(words: Sequence[Word], grids: Sequence[Grid]) -> list[Word]:
    """The level words that stand in none of the grids."""
    free = [word for word in words if not word.turn]
    for box in (grid.box for grid in grids):
        free = [word for word in free if not holds(box, word)]
    return free


def holds(box: Box, word: Word) -> bool:
    """Whether a word stands within an outline."""
    x0, top, x1, bottom = box
    return x0 <= word.x0 < x1 and top <= word.middle < bottom


def paragraphs(strips: Sequence[Strip], sheets: Sequence[Sheet], pitches: Pitches) -> list[list[Strip]]:
    """Lines outside tables as paragraphs: a line joins the paragraph right above it that it is like."""
    found: list[list[Strip]] = []
    room = room_of(strips)
    for strip, opens in zip(strips, openings(strips), strict=True):
        if opens:
            found.append([strip])
            continue
        for paragraph in reversed(found[-6:]):
            if continues(paragraph[-1], strip, sheets, pitches, room):
                paragraph.append(strip)
                break
        else:
            found.append([strip])
    return found


def continues(above: Strip, below: Strip, sheets: Sequence[Sheet], pitches: Pitches, room: Room) -> bool:
    """Whether a line is the next one of the paragraph that the other is in."""
    return (
        above.turn == below.turn == 0
        and above.bold == below.bold
        and abs(above.size - below.size) < 0.3
        and above.bottom < below.bottom
        and min(above.x1, below.x1) > max(above.x0, below.x0)
        and abs(above.x0 - below.x0) < INDENT * below.size
        and not parts(above, below, pitches, room)
        and not any(above.middle < sheet.grid.ys[0] < below.middle for sheet in sheets)
    )
