"""Word files and workbooks made for the purpose: valid parts, damaged in their XML, their relations and their zip."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

from fuzz.byte_changes import changed
from fuzz.texts import rows, text

Parts = dict[str, str]

_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_S = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def word(chance: Random) -> bytes:
    """A Word file with a table, a list, a header and a note, damaged in up to three ways."""
    return _made(_word_parts(chance), _WORD_ENTRIES, chance)


def workbook(chance: Random) -> bytes:
    """A workbook of one sheet, damaged in up to three ways."""
    return _made(_workbook_parts(chance), _WORKBOOK_ENTRIES, chance)


# --- valid parts -----------------------------------------------------------------------------------------------------


def relations(*targets: tuple[str, str, str]) -> str:
    """A part of relations: (id, kind, target) each; a target outside the file begins with a scheme."""
    inner = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}{kind}" Target="{escape(target)}"'
        + (' TargetMode="External"/>' if "://" in target else "/>")
        for name, kind, target in targets
    )
    return f'<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'


def printable(value: str) -> str:
    """A text as XML can hold it, escaped; line feeds as they are."""
    kept = (
        one for one in value if one in "\t\n" or " " <= one <= "\ud7ff" or "\ue000" <= one <= "\ufffd" or one > "\uffff"
    )
    return escape("".join(kept), {'"': "&quot;"})


def _paragraph(value: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{printable(value)}</w:t></w:r></w:p>'


def _word_parts(chance: Random) -> Parts:
    table = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows(chance)
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = (
        _paragraph("Recovery plan of the Marlow Trust", '<w:pStyle w:val="Heading1"/>')
        + _paragraph(text(chance), listed)
        + f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{table}</w:tbl>"
        + _paragraph(text(chance))
        + '<w:sectPr><w:headerReference r:id="rId3" w:type="default"/></w:sectPr>'
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"/>',
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(
            ("rId1", "styles", "styles.xml"), ("rId2", "numbering", "numbering.xml"), ("rId3", "header", "header1.xml"),
            ("rId4", "footnotes", "footnotes.xml"), ("rId5", "hyperlink", "http://example.org/"),
        ),
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_W}>"
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:basedOn w:val="B"/>'
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="B"/></w:styles>',
        "word/numbering.xml": f'<w:numbering {_W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>',
        "word/header1.xml": f"<w:hdr {_W}>{_paragraph(text(chance))}</w:hdr>",
        "word/footnotes.xml": f"<w:footnotes {_W}>"
        f'<w:footnote w:id="1">{_paragraph(text(chance))}</w:footnote></w:footnotes>',
    }  # fmt: skip


def _workbook_parts(chance: Random) -> Parts:
    shared: list[str] = []
    lines = []
    for at, row in enumerate(rows(chance), start=1):
        cells = []
        for column, cell in enumerate(row):
            place = f"{chr(65 + column)}{at}"
            kind = chance.random()
            if kind < 0.5:
                shared.append(cell)
                cells.append(f'<c r="{place}" t="s"><v>{len(shared) - 1}</v></c>')
            elif kind < 0.8:
                cells.append(f'<c r="{place}" t="inlineStr"><is><t>{printable(cell)}</t></is></c>')
            else:
                cells.append(f'<c r="{place}" s="{chance.randrange(3)}"><v>{chance.choice(_NUMBERS)}</v></c>')
        lines.append(f'<row r="{at}">{"".join(cells)}</row>')
    strings = "".join(f"<si><t>{printable(value)}</t></si>" for value in shared)
    types = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_SHEET}.{kind}+xml"/>'
        for name, kind in (
            ("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("sharedStrings", "sharedStrings"),
            ("styles", "styles"),
        )
    )  # fmt: skip
    return {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook {_S}><sheets><sheet name="Plan" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet {_S}><dimension ref="A1:J9"/><sheetData>{"".join(lines)}</sheetData>'
        '<mergeCells><mergeCell ref="A9:B9"/></mergeCells></worksheet>',
        "xl/sharedStrings.xml": f"<sst {_S}>{strings}</sst>",
        "xl/styles.xml": f'<styleSheet {_S}><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
        '<fonts><font><sz val="11"/></font></fonts><fills><fill><patternFill/></fill></fills>'
        "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
        '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="0"/><xf numFmtId="14"/></cellXfs>'
        "</styleSheet>",
    }  # fmt: skip


_NUMBERS = "1 1.1 43000 -1 1e308 1e999 2958466 99999999999 60 0.5 NaN x -99999999 1_000".split()

# --- damage ----------------------------------------------------------------------------------------------------------

_DEEP = 400
_ENTRIES = Path(__file__).parent / "entries"  # a line each: what may stand where it should not
_NESTED = tuple(
    opening * _DEEP + closing * _DEEP
    for opening, closing in (
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    )
)
_WORD_ENTRIES = (*(_ENTRIES / "word.txt").read_text("utf-8").splitlines(), *_NESTED)
_WORKBOOK_ENTRIES = tuple((_ENTRIES / "workbook.txt").read_text("utf-8").splitlines())
_DOCTYPES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>',
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
    '<?xml version="1.0" encoding="utf-7"?>',
    '<?xml version="1.0" encoding="utf-16"?>',
    '<?xml-stylesheet href="http://example.org/"?>',
    "\x00",
)
_TARGETS = (
    "../../../../etc/passwd",
    "/etc/passwd",
    "file:///etc/passwd",
    "http://example.org/",
    "",
    "#x",
    ".",
    "..",
    "document.xml",
    "styles.xml",
    "sheet1.xml",
    "\\\\host\\share",
    "word/../word/document.xml",
    "%2e%2e/x",
    "x" * 5000,
)


def _made(parts: Parts, entries: tuple[str, ...], chance: Random) -> bytes:
    """The file of these parts after some damage to them, and at times to the zip as well."""
    data: dict[str, bytes] = {}
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        contents = [name for name in parts if "/" in name and "rels" not in name]
        name = chance.choice([*parts, *contents * 3])
        parts[name] = _damaged(parts[name], entries, chance)
    for name, content in parts.items():
        encoding = chance.choice(("utf-8",) * 40 + ("utf-16", "latin-1"))
        data[name] = content.encode(encoding, "replace")
    if chance.random() < 0.15:
        data.pop(chance.choice(tuple(data)))
    if chance.random() < 0.1:
        name = chance.choice(tuple(data))
        data[name] = changed(data[name], chance)
    return _zipped(data, chance)


def _damaged(part: str, entries: tuple[str, ...], chance: Random) -> str:
    """One part with one thing wrong in it: an entry where none belongs, one gone, doubled, or told otherwise."""
    tags = [match.span() for match in re.finditer("<[^<>]*>", part)] or [(0, 0)]
    begin, end = chance.choice(tags)
    match chance.randrange(10):
        case 0 | 1 | 2 | 3:
            return part[:end] + chance.choice(entries) + part[end:]
        case 4:
            whole = [match.span() for match in re.finditer(r"<[^<>/]*/>|<([\w:]+)[^<>]*>[^<>]*</\1>", part)] or [(0, 0)]
            start, stop = chance.choice(whole) if chance.random() < 0.8 else (begin, end)
            return part[:start] + part[stop:]
        case 5:
            whole = [match.span() for match in re.finditer(r"<[^<>/]*/>|<([\w:]+)[^<>]*>[^<>]*</\1>", part)] or [(0, 0)]
            other = chance.choice(whole)
            return part[:end] + part[slice(*other)] + part[end:]
        case 6 if chance.random() < 0.3:
            return chance.choice(_DOCTYPES) + part.replace("<w:t ", "<w:t>&a;</w:t><w:t ", 1)
        case 7:
            return re.sub(r'Target="[^"]*"', lambda _: f'Target="{escape(chance.choice(_TARGETS))}"', part, count=1)
        case 8:
            values = [match.span(1) for match in re.finditer(r'="([^"]*)"', part)] or [(0, 0)]
            start, stop = chance.choice(values)
            return (
                part[:start]
                + chance.choice(("", "-1", "9" * 30, "x", "A1:A1", "NaN", "1e99", "rId1", "☃"))
                + part[stop:]
            )
        case _:
            return part[:end] + printable(text(chance)) + part[end:]


_PACKED = (*[zipfile.ZIP_DEFLATED] * 8, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


def _zipped(data: dict[str, bytes], chance: Random) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names given twice
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in data.items():
                kind = chance.choice(
                    (zipfile.ZIP_DEFLATED,) * 8 + (zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
                )
                archive.writestr(zipfile.ZipInfo(name), content, kind)
                if chance.random() < 0.01:
                    archive.writestr(zipfile.ZipInfo(name), content[::-1], kind)
            if chance.random() < 0.05:
                archive.writestr(zipfile.ZipInfo("../../outside"), b"x")
            if chance.random() < 0.03:
                archive.writestr(zipfile.ZipInfo("word/bomb.xml"), b"\0" * 9_000_000, zipfile.ZIP_DEFLATED)
    found = out.getvalue()
    return changed(found, chance) if chance.random() < 0.2 else found
