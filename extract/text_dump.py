"""Text: the tab-separated dump that an OCR table reader leaves, read line by line as it stands.

A line with a tab is a row of a table, cut at its tabs; rows that follow one another are one table, which a blank line,
a line without a tab or a form feed (a new page) ends. Every other line that is not blank is a paragraph. Quotation
marks mean nothing: they are text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from extract.model import (
    Block,
    Cell,
    Document,
    Line,
    Paragraph,
    ReadError,
    Remark,
    Row,
    Table,
    TextCell,
    count_characters,
)
from extract.source_file import bytes_of, source_of

MEDIA_TYPE = "text/tab-separated-values"

#: A plan's dump is some tens of kilobytes; beyond this it is a log or a database.
MAX_TEXT_BYTES = 64 * 1024 * 1024

#: More than one control character in this many characters: a binary file, not a text with a stray byte.
_TEXT_PER_CONTROL = 100

_MARKS = (  # longest first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(path: Path) -> Document:
    """Read a text file as paragraphs and tab-separated tables; raises ReadError where it is not text."""
    text, remarks = decoded(bytes_of(path, MAX_TEXT_BYTES), str(path))
    return Document(
        source=source_of(path, MEDIA_TYPE),
        blocks=tuple(blocks_of(text)),
        characters=count_characters(text),
        remarks=remarks,
    )


def decoded(data: bytes, name: str) -> tuple[str, tuple[Remark, ...]]:
    """The text of the bytes, with a Remark where its encoding had to be guessed; ReadError where they are no text.

    A byte order mark is believed. Else it is UTF-8, or UTF-16 where every other byte is zero. Bytes that are not UTF-8
    are Windows-1252, unless most letters outside ASCII are good UTF-8: then single bytes are damaged, and each becomes
    U+FFFD.
    """
    try:
        text, remarks = _decode(data)
    except UnicodeDecodeError as error:
        raise _not_text(
            name, f"its bytes are not {'Windows-1252' if error.encoding == 'charmap' else error.encoding} text"
        ) from error
    if "\0" in text:
        raise _not_text(name, _zero_bytes(text))
    if sum(map(_is_control, text)) * _TEXT_PER_CONTROL > len(text):
        raise _not_text(name, "it is mostly control characters")
    return text, remarks


def looks_like_text(data: bytes) -> bool:
    """Whether the first bytes of a file are text (a character cut in two at the end is no matter)."""
    whole = data.rstrip(bytes(range(0x80, 0x100))) or data
    try:
        text, _ = _decode(whole)
    except UnicodeDecodeError:
        return any(data.startswith(mark) for mark, _ in _MARKS)
    zeros = text.count("\0")  # a stray one is damage, and told with its line; many are another format
    few = zeros <= max(1, len(text) // _TEXT_PER_CONTROL)
    good = (sum(map(_is_control, text)) - zeros) * _TEXT_PER_CONTROL <= len(text)
    return (few and good) or any(data.startswith(mark) for mark, _ in _MARKS)


def blocks_of(text: str) -> Iterator[Block]:
    """The paragraphs and tables of a text in order; Line.start counts code points of the text."""
    rows: list[Row] = []
    for place, start, segment, new_page in _segments(text):
        if rows and (new_page or "\t" not in segment):
            yield _table(rows)
            rows = []
        if "\t" in segment:
            rows.append(_row(place, start, segment))
        elif segment.strip():
            yield Paragraph((Line(start, segment, place),))
    if rows:
        yield _table(rows)


def _segments(text: str) -> Iterator[tuple[TextCell, int, str, bool]]:
    """(its first cell, start, text, whether a form feed stands before it) of each line, or part of one between pages.

    The cells of one line are counted on where a page ends in the middle of it.
    """
    ends = re.compile("\r\n|\n" if "\n" in text else "\r")  # a lone CR ends a line only in a file without any LF
    start = 0
    for number, line in enumerate(ends.split(text), start=1):
        offset, cell = start, 1
        for index, segment in enumerate(line.split("\f")):
            yield TextCell(number, cell), offset, segment, index > 0
            offset += len(segment) + 1
            cell += segment.count("\t") + 1 if segment.strip() else 0
        start += len(line)
        ended = ends.match(text, start)
        start = ended.end() if ended else start


def _row(place: TextCell, start: int, line: str) -> Row:
    """A row whose first cell is at this place."""
    cells: list[Cell] = []
    for column, text in enumerate(line.split("\t"), start=1):
        origin = TextCell(place.line, place.cell + column - 1)
        lines = (Line(start, text, origin),) if text.strip() else ()
        cells.append(Cell(lines, column))
        start += len(text) + 1
    return Row(tuple(cells))


def _table(rows: list[Row]) -> Table:
    return Table(tuple(rows), columns=max(len(row.cells) for row in rows))


def _decode(data: bytes) -> tuple[str, tuple[Remark, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding), ()
    if data.count(0) * 4 > len(data):  # Latin text as UTF-16 is nearly half zero bytes
        little = data[1::2].count(0) > data[::2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _decode_damaged(data)


def _decode_damaged(data: bytes) -> tuple[str, tuple[Remark, ...]]:
    """Text that is not clean UTF-8: damaged UTF-8 where that explains more of it, else Windows-1252."""
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("\N{REPLACEMENT CHARACTER}")
    if sum(character > "\x7f" for character in text) > 2 * damaged:
        return text, tuple(_damaged(text))
    message = "The file is not UTF-8; it was read as Windows-1252 (Western European): check its accents and signs"
    return data.decode("cp1252"), (Remark("encoding", "warning", message),)


def _damaged(text: str) -> Iterator[Remark]:
    for place, start, segment, _ in _segments(text):
        for found in re.finditer("\N{REPLACEMENT CHARACTER}+", segment):
            message = f"Bytes on line {place.line} are not UTF-8; each stands as U+FFFD"
            origin = TextCell(place.line, place.cell + segment.count("\t", 0, found.start()))
            yield Remark("encoding", "warning", message, origin, (start + found.start(), start + found.end()))


def _is_control(character: str) -> bool:
    return (character < " " and not character.isspace()) or character == "\x7f"


def _zero_bytes(text: str) -> str:
    """What is wrong with a text that holds zero bytes, with the line of the first."""
    end = "\n" if "\n" in text else "\r"
    count, line = text.count("\0"), text.count(end, 0, text.index("\0")) + 1
    return (
        f"it holds a zero byte (NUL) on line {line}"
        if count == 1
        else (f"it holds {count} zero bytes (NUL), the first on line {line}")
    )


def _not_text(name: str, cause: str) -> ReadError:
    return ReadError(f"Cannot read {name!r} as text", cause, "Save the plan as PDF or Word, or the dump as UTF-8 text")
