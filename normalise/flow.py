"""The document as one flow of prose and tables, without its furniture and with the wrapped lines of a dump joined.

Furniture is what a page repeats: running heads and feet, page numbers. It is taken out first, so that a row or a list
that runs over a page is one again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from extract.model import Document, Line, Paragraph, Table, TextCell
from normalise.passage import Passage, passage_of
from normalise.vocabulary import key, says

_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|-\s*\d{1,4}\s*-", re.IGNORECASE)
_NAMED_PAGE_NUMBER = re.compile(r"page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
BULLET = re.compile(r"\A\s*(?:[-*•▪●○◦‣–\uf0a7\uf0b7\uf0d8\uf076o])\s+(?=\S)")
#: How many lines at either edge of a page may be furniture.
_EDGE = 3


class Prose(Struct, frozen=True):
    """A paragraph outside tables, with what its reader says of it (see `extract.model.Paragraph`)."""

    passage: Passage
    region: str = "body"
    page: int | None = None
    level: int | None = None
    size: float | None = None
    bold: bool = False

    @property
    def text(self) -> str:
        """The text as printed."""
        return self.passage.raw

    @property
    def listed(self) -> bool:
        """Whether it is an item of a list: it opens with a bullet, or its source numbers or bullets it."""
        return BULLET.match(self.text) is not None or any(piece.marker for piece in self.passage.pieces[:1])

    @property
    def bare(self) -> str:
        """The text without its bullet."""
        return BULLET.sub("", self.text, count=1).strip()


class Running(Struct, frozen=True):
    """A piece of furniture. Kinds: head, foot, page-number."""

    passage: Passage
    kind: str


class Flow(Struct, frozen=True):
    """Prose and tables in reading order, and the furniture taken out of them."""

    items: tuple[Prose | Table, ...]
    furniture: tuple[Running, ...]


def flow_of(document: Document) -> Flow:
    """The flow of a document: its furniture apart, and for a dump its wrapped lines joined to paragraphs."""
    dump = any(isinstance(line.origin, TextCell) for line in document.lines())
    blocks = document.blocks
    kinds = _furniture_of_dump(blocks) if dump else _furniture_of_pages(blocks) | _feet_in_tables(blocks)
    items: list[Prose | Table] = []
    furniture: list[Running] = []
    for block in blocks:
        if isinstance(block, Table):
            rows = tuple(row for row in block.rows if not any(one.start in kinds for c in row.cells for one in c.lines))
            feet = (line for row in block.rows if row not in rows for cell in row.cells for line in cell.lines)
            furniture += [Running(passage_of((line,)), kinds[line.start]) for line in feet]
            items.append(block if len(rows) == len(block.rows) else replace(block, rows=rows))
            continue
        taken = [line for line in block.lines if line.start in kinds]
        furniture += [Running(passage_of((line,)), kinds[line.start]) for line in taken if line.text.strip()]
        rest = tuple(line for line in block.lines if line.start not in kinds)
        if passage := passage_of(rest):
            items.append(Prose(passage, block.region, block.page, block.level, block.size, block.bold))
    return Flow(tuple(_with_wraps_joined(items) if dump else items), tuple(furniture))


def _furniture_of_pages(blocks: Iterable[Paragraph | Table]) -> dict[int, str]:
    """Line starts that are furniture, with their kind, of a source that has pages (or parts: Word's heads and feet).

    From each edge of a page inwards: lines that stand, digits aside, near the same edge of at least two pages and a
    third of all, up to the first that does not; what stands below a page's tables is no head, and what stands above
    them no foot. Where the first page prints one twice, the second is the title.
    """
    kinds: dict[int, str] = {}
    edges: list[tuple[str, list[Line]]] = []
    by_page = [page for page in _page_lines(blocks).values() if page.lines]
    for page in by_page:
        edges += [("head", page.lines[: min(_EDGE, page.above)])]
        edges += [("foot", page.lines[max(page.below, len(page.lines) - _EDGE) :][::-1])]
    pages = Counter((kind, text) for kind, lines in edges for text in {_masked(line.text) for line in lines})
    needed = max(2, len(edges) / 6)
    for kind, lines in edges:
        seen: set[str] = set()
        for line in lines:
            masked = _masked(line.text)
            number = _PAGE_NUMBER.fullmatch(line.text.strip())
            if masked in seen or not (number or pages[kind, masked] >= needed):
                break
            seen.add(masked)
            kinds[line.start] = "page-number" if number else kind
    for page in by_page:  # a page with few lines beside its tables has its number all the same
        if _PAGE_NUMBER.fullmatch(page.lines[-1].text.strip()):
            kinds.setdefault(page.lines[-1].start, "page-number")
    for block in blocks:
        if isinstance(block, Paragraph) and block.region in ("head", "foot"):
            kinds |= {line.start: block.region for line in block.lines}
    return kinds


def _feet_in_tables(blocks: Sequence[Paragraph | Table]) -> dict[int, str]:
    """Line starts of a page's foot that stands in a table, as its last row: it says what ends another page.

    So below a table without rules, which seems to go on down to the foot (`Quays Plan | | Page 1`).
    """
    ends: dict[str, list[tuple[int | None, list[Line]]]] = {}
    for number, page in _page_lines(blocks).items():
        room = len(page.lines) - page.below if page.tabled else len(page.lines)
        for count in range(1, min(_EDGE, room) + 1):
            feet = page.lines[-count:]
            ends.setdefault(_masked(" ".join(line.text for line in feet)), []).append((number, feet))
    last = {block.page: block for block in blocks if isinstance(block, Table) and block.weak and block.rows}
    kinds: dict[int, str] = {}
    for place, table in last.items():
        lines = [line for cell in table.rows[-1].cells for line in cell.lines]
        same = ends.get(_masked(" ".join(line.text for line in lines)), [])
        others = [feet for number, feet in same if number != place]
        for line in (*lines, *(line for feet in others for line in feet)) if others else ():
            kinds[line.start] = "page-number" if _PAGE_NUMBER.fullmatch(line.text.strip()) else "foot"
    return kinds


class _Page(Struct):
    """The lines outside a page's tables: how many may be its head, and from which one on (0 …) they may be its foot."""

    lines: list[Line] = field(default_factory=list)
    tabled: bool = False
    lines_above: int = 0
    lines_before_last: int = 0

    @property
    def above(self) -> int:
        return self.lines_above if self.tabled else len(self.lines)

    @property
    def below(self) -> int:
        return self.lines_before_last if self.tabled else _EDGE


def _page_lines(blocks: Iterable[Paragraph | Table]) -> dict[int, _Page]:
    """The lines outside tables of each page, in reading order."""
    pages: dict[int, _Page] = {}
    for block in blocks:
        if block.page is None:
            continue
        page = pages.setdefault(block.page, _Page())
        if isinstance(block, Table):
            page.lines_above = page.lines_above if page.tabled else len(page.lines)
            page.tabled, page.lines_before_last = True, len(page.lines)
        else:
            page.lines += block.lines if block.region == "body" else ()
    return pages


def _furniture_of_dump(blocks: Sequence[Paragraph | Table]) -> dict[int, str]:
    """The same for a text without pages: page numbers, and lines that come again three times or more.

    Headings that a plan repeats by nature (`Key outcomes`) stay. The first of the repeated lines is the title where it
    stands above every table, unless the next line says it again.
    """
    lines = [line for block in blocks if isinstance(block, Paragraph) for line in block.lines if line.text.strip()]
    cells = (line.start for block in blocks if isinstance(block, Table) for line in _table_lines(block))
    first_cell = next(cells, lines[-1].end if lines else 0)
    counts = Counter(line.text.strip() for line in lines)
    kinds: dict[int, str] = {}
    kept: set[str] = set()
    for index, line in enumerate(lines):
        text = line.text.strip()
        if _NAMED_PAGE_NUMBER.fullmatch(text):
            kinds[line.start] = "page-number"
        elif counts[text] >= 3 and not says(text, "headings", "outcomes") and not BULLET.match(text):
            after = lines[index + 1 : index + 2]
            again = any(one.text.strip() == text and one.start < first_cell for one in after)
            if text in kept or again or line.start > first_cell:
                kinds[line.start] = "head"
            else:
                kept.add(text)
    return kinds


def _table_lines(table: Table) -> Iterator[Line]:
    return (line for row in table.rows for cell in row.cells for line in cell.lines)


def _masked(text: str) -> str:
    return re.sub(r"\d+", "0", key(text))


def _with_wraps_joined(items: Sequence[Prose | Table]) -> list[Prose | Table]:
    """The wrapped lines of a dump as paragraphs again.

    A line goes on where it opens in lower case, or where the line before it runs to the page's width and has not ended
    its sentence's line short. A bullet, a heading or a blank line begins anew.
    """
    width = max((len(item.text) for item in items if isinstance(item, Prose)), default=0)
    joined: list[Prose | Table] = []
    for item in items:
        last = joined[-1] if joined else None
        if isinstance(last, Prose) and isinstance(item, Prose) and _goes_on(last, item, width):
            joined[-1] = replace(last, passage=last.passage.joined(item.passage))
        else:
            joined.append(item)
    return joined


def _goes_on(last: Prose, item: Prose, width: int) -> bool:
    before, after = last.passage.pieces[-1], item.passage.pieces[0]
    if not isinstance(before.origin, TextCell) or not isinstance(after.origin, TextCell):
        return False
    if after.origin.line != before.origin.line + 1 or BULLET.match(item.text):
        return False
    full = 80 <= width <= 260 and len(before.text) >= 0.8 * width
    return (item.text[:1].islower() and len(before.text) >= 40) or full
