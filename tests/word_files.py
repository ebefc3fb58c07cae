"""Small Word files for tests: the parts are written as XML, `w:` and the rest declared, and zipped."""

from __future__ import annotations

import zipfile
from itertools import pairwise
from pathlib import Path

from extract.model import Block, Document, Paragraph, count_characters
from extract.reading import read

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_ROOTS = {"document": "document", "styles": "styles", "numbering": "numbering", "header": "hdr", "footer": "ftr"}


def word_file(path: Path, body: str, **parts: str) -> Path:
    """A Word file with this body; each keyword is a part (`styles`, `header1`, `footnotes` …) and its inner XML."""
    relations = {name: name.rstrip("0123456789") for name in parts}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", _relations({"word/document.xml": "officeDocument"}))
        archive.writestr(
            "word/_rels/document.xml.rels", _relations({f"{n}.xml": kind for n, kind in relations.items()})
        )
        archive.writestr("word/document.xml", _part("document", f"<w:body>{body}</w:body>"))
        for name, inner in parts.items():
            archive.writestr(f"word/{name}.xml", _part(name, inner))
    return path


def _part(name: str, inner: str) -> str:
    kind = name.rstrip("0123456789")
    root = _ROOTS.get(kind, kind)
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} {NAMESPACES}>{inner}</w:{root}>'


def _relations(targets: dict[str, str]) -> str:
    """Relations whose ids are the base names of their targets: `header1`."""
    inner = "".join(
        f'<Relationship Id="{target.rpartition("/")[2].removesuffix(".xml")}" Type="{OFFICE}{kind}" Target="{target}"/>'
        for target, kind in targets.items()
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; one that does not begin with `<` is text."""
    inner = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def tc(*content: str, properties: str = "") -> str:
    """A cell of paragraphs; one that does not begin with `<` is the text of one."""
    inner = "".join(part if part.startswith("<") else p(part) for part in content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner or p()}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row; a cell that does not begin with `<` is text."""
    inner = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def tbl(*rows: str, columns: int = 0) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblGrid>{'<w:gridCol/>' * columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def document(tmp_path: Path, body: str, **parts: str) -> Document:
    """The file read: every character once, as many as were counted apart."""
    read_back = read(word_file(tmp_path / "plan.docx", body, **parts))
    assert sum(count_characters(line.text) for line in read_back.lines()) == read_back.characters
    spans = sorted((line.start, line.end) for line in read_back.lines() if line.text)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    return read_back


def shape(block: Block) -> object:
    """A paragraph as its text with its marker; a table as rows of (column, span, depth, text) or of bare text."""
    if isinstance(block, Paragraph):
        return "".join(line.marker for line in block.lines[:1]) + block.text
    plain = all(cell.span == cell.depth == 1 for row in block.rows for cell in row.cells)
    return [
        [cell.text if plain else (cell.column, cell.span, cell.depth, cell.text) for cell in row.cells]
        for row in block.rows
    ]


def shapes(tmp_path: Path, body: str, **parts: str) -> list[object]:
    """The shapes of the blocks of such a file."""
    return [shape(block) for block in document(tmp_path, body, **parts).blocks]


def codes(read_back: Document) -> list[tuple[str, str]]:
    """What was remarked."""
    return [(remark.code, remark.message) for remark in read_back.remarks]
