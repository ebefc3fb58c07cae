"""A sample plan as the Word file that a council would type: one table a section, banners as merged rows."""

from __future__ import annotations

import datetime
import io
import zipfile

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Row

from samples.content import Content, Group, Section

MADE = datetime.datetime(2024, 10, 18, 9, 0, 0)
#: Parts of python-docx's template that a plan has no use for.
SPARE = ("docProps/thumbnail.jpeg",)


def as_word(content: Content) -> bytes:
    """The plan as the bytes of a Word file, the same on every run."""
    document = Document()
    _page(document, content)
    _front(document, content)
    for section in content.sections:
        _section(document, content, section)
    _properties(document, content)
    out = io.BytesIO()
    document.save(out)
    return _still(out.getvalue())


def _page(document: WordDocument, content: Content) -> None:
    """Landscape A4 with the running head above and the page number below."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(9)
    part = document.sections[0]
    part.orientation = WD_ORIENT.LANDSCAPE
    part.page_width, part.page_height = Cm(29.7), Cm(21)
    part.left_margin = part.right_margin = Cm(1.3)
    part.header.paragraphs[0].text = content.running_head
    foot = part.footer.paragraphs[0]
    foot.add_run("Page ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)


def _front(document: WordDocument, content: Content) -> None:
    document.add_paragraph(content.running_head, "Title")
    document.add_paragraph(content.date_text)
    document.add_paragraph(content.organisation.upper(), "Heading 1")
    for heading, paragraphs in content.intro:
        document.add_paragraph(heading, "Heading 2")
        for text in paragraphs:
            document.add_paragraph(text)
    document.add_paragraph(content.people_heading, "Heading 2")
    for name, role in content.people:
        document.add_paragraph(f"{name}, {role}", "List Bullet")


def _section(document: WordDocument, content: Content, section: Section) -> None:
    document.add_paragraph(f"{section.number}. {section.title}", "Heading 1")
    document.add_paragraph(section.outcomes_heading, "Heading 2")
    for outcome in section.outcomes:
        document.add_paragraph(outcome, "List Bullet")
    table = _table(document, content)
    for group in section.groups:
        if group.between_tables:
            document.add_paragraph(group.title or "", "Heading 2")
            table = _table(document, content)
        _group(table, content, group)


def _table(document: WordDocument, content: Content) -> Table:
    """A ruled table with its header row, which Word repeats on every page."""
    table: Table = document.add_table(rows=1, cols=len(content.columns), style="Table Grid")
    table.autofit = False
    for column, (_, _, width) in zip(table.columns, content.columns, strict=True):
        column.width = Cm(width)
    header = table.rows[0]
    header._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _fill(header, [name for _, name, _ in content.columns], bold=True)
    return table


def _group(table: Table, content: Content, group: Group) -> None:
    if group.title and not group.between_tables:
        cells = table.add_row().cells  # type: ignore[no-untyped-call]
        cells[0].merge(cells[-1]).paragraphs[0].add_run(group.title).bold = True
    for row in group.rows:
        texts = [row.cells[field] for field, _, _ in content.columns]
        _fill(table.add_row(), texts)  # type: ignore[no-untyped-call]


def _fill(row: _Row, texts: list[str], bold: bool = False) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        first, *rest = text.split("\n")
        cell.paragraphs[0].add_run(first).bold = bold or None
        for line in rest:
            cell.add_paragraph(line)


def _properties(document: WordDocument, content: Content) -> None:
    properties = document.core_properties
    properties.title, properties.author = content.running_head, content.organisation
    properties.created = properties.modified = MADE
    properties.comments = ""


def _still(word: bytes) -> bytes:
    """The same file with fixed times in its zip, and without the template's thumbnail."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            if name not in SPARE:
                data = _without_thumbnail(old.read(name)) if name == "_rels/.rels" else old.read(name)
                new.writestr(zipfile.ZipInfo(name, MADE.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _without_thumbnail(rels: bytes) -> bytes:
    """The package's relations less the one that names the thumbnail."""
    before, _, rest = rels.partition(b'Target="docProps/thumbnail.jpeg"')
    if not rest:
        return rels
    start, end = before.rindex(b"<Relationship"), rest.index(b"/>") + 2
    return before[:start] + rest[end:]
