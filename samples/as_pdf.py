"""A sample plan as the PDF that a council would publish: ruled tables whose rows break over pages."""

from __future__ import annotations

import io
from collections.abc import Iterator

from reportlab.lib.colors import HexColor, black
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import cm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from samples.content import Content, Group, Section

PLAIN, BOLD = "Helvetica", "Helvetica-Bold"
SIZE, LEADING, PAD = 9.5, 11.4, 3.0
LEFT, TOP, BOTTOM = 1.3 * cm, 19.3 * cm, 1.6 * cm
SHADE = HexColor("#d9e2ea")

#: A row as it is set: for each cell its wrapped lines.
SetRow = list[list[str]]


def as_pdf(content: Content) -> bytes:
    """The plan as PDF bytes, the same on every run."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=landscape(A4), invariant=1)
    canvas.setTitle(content.title)
    canvas.setAuthor(content.organisation)
    page = _Page(canvas, content)
    page.front()
    for section in content.sections:
        page.section(section)
    page.end()
    canvas.save()
    return out.getvalue()


def wrap(text: str, width: float, font: str, size: float) -> list[str]:
    """Lines of a text in a column, in points; a word wider than the column is broken where the column ends."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            if stringWidth(f"{line} {word}".strip(), font, size) <= width:
                line = f"{line} {word}".strip()
                continue
            if line:
                lines.append(line)
            *broken, line = _broken(word, width, font, size)
            lines.extend(broken)
        lines.append(line)
    return lines if text else []


def _broken(word: str, width: float, font: str, size: float) -> Iterator[str]:
    part = ""
    for character in word:
        if part and stringWidth(part + character, font, size) > width:
            yield part
            part = ""
        part += character
    yield part


class _Page:
    """Where the next line goes, and what is drawn around it when a page is full."""

    def __init__(self, canvas: Canvas, content: Content) -> None:
        self.canvas, self.content = canvas, content
        self.widths = [width * cm for _, _, width in content.columns]
        self.header = self.set_row([header for _, header, _ in content.columns], BOLD)
        self.y = TOP

    def end(self) -> None:
        """Running head and page number, then a new page."""
        self.canvas.setFont(PLAIN, 8)
        self.canvas.drawString(LEFT, 20 * cm, self.content.running_head)
        self.canvas.drawRightString(LEFT + sum(self.widths), 0.9 * cm, f"Page {self.canvas.getPageNumber()}")
        self.canvas.showPage()
        self.y = TOP

    def text(self, text: str, font: str = PLAIN, size: float = 10, bullet: bool = False) -> None:
        """A paragraph outside the tables."""
        indent = 14 if bullet else 0
        for i, line in enumerate(wrap(text, sum(self.widths) - indent, font, size)):
            self.y -= size * 1.3
            self.canvas.setFont(font, size)
            if bullet and i == 0:
                self.canvas.drawString(LEFT + 3, self.y, "•")
            self.canvas.drawString(LEFT + indent, self.y, line)
        self.y -= 3 if bullet else 7

    def front(self) -> None:
        content = self.content
        self.text(content.running_head, BOLD, 16)
        self.text(content.date_text)
        self.text(content.organisation.upper(), BOLD, 13)
        for heading, paragraphs in content.intro:
            self.text(heading, BOLD, 12)
            for paragraph in paragraphs:
                self.text(paragraph)
        self.text(content.people_heading, BOLD, 12)
        for name, role in content.people:
            self.text(f"{name}, {role}", bullet=True)

    def section(self, section: Section) -> None:
        """Heading, outcomes and the tables: a group that stands between two tables begins a new one."""
        self.end()
        self.text(f"{section.number}. {section.title}", BOLD, 13)
        self.text(section.outcomes_heading, BOLD, 11)
        for outcome in section.outcomes:
            self.text(outcome, bullet=True)
        self.y -= 6
        self.row(self.header, BOLD, SHADE)
        for group in section.groups:
            self.group(group)

    def group(self, group: Group) -> None:
        if group.between_tables:
            if self.lines_left() < 8:
                self.end()
            self.y -= 12
            self.text(group.title or "", BOLD, 11)
            self.row(self.header, BOLD, SHADE)
        elif group.title:
            self.banner(group.title)
        for row in group.rows:
            self.broken_row(self.set_row([row.cells[field] for field, _, _ in self.content.columns], PLAIN))

    def set_row(self, cells: list[str], font: str) -> SetRow:
        pairs = zip(cells, self.widths, strict=True)
        return [wrap(text, width - 2 * PAD, font, SIZE) for text, width in pairs]

    def lines_left(self) -> int:
        return int((self.y - BOTTOM - 2 * PAD) / LEADING)

    def new_table_page(self) -> None:
        self.end()
        self.row(self.header, BOLD, SHADE)

    def broken_row(self, row: SetRow) -> None:
        """A row of the table; what does not fit stands on the next page, under the header."""
        while any(row):
            if (room := self.lines_left()) < min(2, max(map(len, row))):
                self.new_table_page()
                continue
            self.row([lines[:room] for lines in row], PLAIN)
            row = [lines[room:] for lines in row]

    def banner(self, title: str) -> None:
        """One cell as wide as the table."""
        if self.lines_left() < 3:
            self.new_table_page()
        height = LEADING + 2 * PAD
        self.canvas.rect(LEFT, self.y - height, sum(self.widths), height)
        self.canvas.setFont(BOLD, SIZE)
        self.canvas.drawString(LEFT + PAD, self.y - PAD - SIZE, title)
        self.y -= height

    def row(self, row: SetRow, font: str, fill: HexColor | None = None) -> None:
        """Rules and text of one row, or of as much of it as stands on this page."""
        height = max(map(len, row)) * LEADING + 2 * PAD
        x = LEFT
        for lines, width in zip(row, self.widths, strict=True):
            self.canvas.setFillColor(fill or black)
            self.canvas.rect(x, self.y - height, width, height, fill=1 if fill else 0)
            self.canvas.setFillColor(black)
            self.canvas.setFont(font, SIZE)
            for i, line in enumerate(lines):
                self.canvas.drawString(x + PAD, self.y - PAD - SIZE - i * LEADING, line)
            x += width
        self.y -= height
