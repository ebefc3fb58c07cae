"""The document as one flow of prose and tables, without its furniture and with the wrapped lines of a dump joined.

Furniture is what a page repeats: running heads and feet, page numbers. It is taken out first, so that a row or a list
that runs over a page is one again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.model import Document, Line, Paragraph, Table, TextCell
from normalise.passage import Passage, passage_of
from normalise.vocabulary import key, says

_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|-\s*\d{1,4}\s*-", re.IGNORECASE)
_NAMED_PAGE_NUMBER = re.compile(r"page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
BULLET = re.compile(r"\A\s*(?:[-*•▪●○◦‣–\uf0a7\uf0b7\uf0d8\uf076o])\s+(?=\S)")
#: How many lines at either edge of a page may be furniture.
_EDGE = 3


@dataclass(frozen=True, slots=True)
class Prose:
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


@dataclass(frozen=True, slots=True)
class Running:
    """A piece of furniture. Kinds: head, foot, page-number."""

    passage: Passage
    kind: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Prose and tables in reading order, and the furniture taken out of them."""

    items: tuple[Prose | Table, ...]
    furniture: tuple[Running, ...]


def flow_of(document: Document) -> Flow:
    """The flow of a document: its furniture apart, and for a dump its wrapped lines joined to paragraphs."""
    dump = any(isinstance(line.origin, TextCell) for line in document.lines())
    kinds = _furniture_of_dump(document.blocks) if dump else _furniture_of_pages(document.blocks)
    items: list[Prose | Table] = []
    furniture: list[Running] = []
    for block in document.blocks:
        if isinstance(block, Table):
            items.append(block)
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
    third of all, up to the first that does not. Where the first page prints one twice, the second is the title.
    """
    kinds: dict[int, str] = {}
    edges: list[tuple[str, list[Line]]] = []
    by_page = [lines for lines in _page_lines(blocks).values() if lines]
    for lines in by_page:
        edges.append(("head", lines[:_EDGE]))
        edges.append(("foot", lines[: max(_EDGE, len(lines) - _EDGE) - 1 : -1]))
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
    for lines in by_page:  # a page with few lines beside its tables has its number all the same
        if _PAGE_NUMBER.fullmatch(lines[-1].text.strip()):
            kinds.setdefault(lines[-1].start, "page-number")
    for block in blocks:
        if isinstance(block, Paragraph) and block.region in ("head", "foot"):
            kinds |= {line.start: block.region for line in block.lines}
    return kinds


def _page_lines(blocks: Iterable[Paragraph | Table]) -> dict[int, list[Line]]:
    """The lines outside tables of each page, in reading order."""
    pages: dict[int, list[Line]] = {}
    for block in blocks:
        if block.page is not None:
            lines = pages.setdefault(block.page, [])
            lines += block.lines if isinstance(block, Paragraph) and block.region == "body" else ()
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
