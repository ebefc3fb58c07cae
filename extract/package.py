"""A Word file or workbook is a zip of XML parts: opened within limits, each part parsed without trusting it."""

from __future__ import annotations

import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from extract.model import ReadError
from extract.source_file import checked

#: Limits that no plan comes near and every zip bomb passes.
MAX_ENTRIES = 10_000
MAX_UNPACKED_BYTES = 1024 * 1024 * 1024
MAX_PART_BYTES = 64 * 1024 * 1024
MAX_RATIO = 300
_RATIO_COUNTS_FROM = 8 * 1024 * 1024

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

#: "Strict" files (ISO 29500) use other names for the same things; they are read under the usual ones.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)

_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)

_DISTRUSTFUL: dict[str, bool] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}

#: A cause is one sentence, in characters.
_LONGEST_CAUSE = 300

Element = Any  # lxml ships no types


class Relation(Struct, frozen=True):
    """What one part says of another: the last word of the relation's type (`header`), and the part's name."""

    kind: str
    target: str


class Package(Struct, frozen=True):
    """An open zip whose sums are within the limits."""

    name: str
    archive: zipfile.ZipFile

    @property
    def names(self) -> frozenset[str]:
        """The names of the parts."""
        return frozenset(self.archive.namelist())

    def read(self, part: str, limit: int = MAX_PART_BYTES) -> bytes:
        """The bytes of one part; ReadError where they cannot be unpacked or are more than `limit`."""
        try:
            with self.archive.open(part) as stream:
                data = stream.read(limit + 1)
        except KeyError as error:
            raise damaged(self.name, f"its part {part!r} is missing") from error
        except _FAULTS as error:
            raise damaged(self.name, f"its part {part!r} cannot be unpacked ({error})") from error
        if len(data) > limit:
            raise _bomb(self.name, f"its part {part!r} unpacks to more than {limit:,} bytes")
        return data

    def xml(self, part: str) -> Element:
        """The root element of one part, read without entities, DTD or network; ReadError where it is no good XML."""
        from lxml import etree

        data = self.read(part)
        doctype = f"its part {part!r} declares entities or a DTD, which Office never writes"
        if b"<!DOCTYPE" in data:
            raise damaged(self.name, doctype)
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        try:
            root = etree.fromstring(data, etree.XMLParser(**_DISTRUSTFUL))
        except (etree.XMLSyntaxError, ValueError) as error:
            raise damaged(self.name, f"its part {part!r} is not well-formed XML ({error})") from error
        if root.getroottree().docinfo.doctype:
            raise damaged(self.name, doctype)
        return root

    def relations(self, part: str) -> dict[str, Relation]:
        """The relations of a part ("" for the whole file) by id; those that point outside the file are left out."""
        folder, _, base = part.rpartition("/")
        name = posixpath.join(folder, "_rels", base + ".rels")
        if name not in self.names:
            return {}
        found = {}
        for relation in self.xml(name).iter(_RELATIONS):
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                kind = relation.get("Type", "").rpartition("/")[2]
                found[relation.get("Id", "")] = Relation(kind, target.lstrip("/"))
        return found


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """The file as a Package; ReadError for one that is no zip, is damaged, locked, or unpacks beyond the limits."""
    try:
        archive = zipfile.ZipFile(checked(path))
    except _FAULTS as error:
        raise damaged(str(path), f"its zip directory cannot be read ({error})") from error
    with archive:
        _check_limits(str(path), archive.infolist())
        yield Package(str(path), archive)


def damaged(name: str, cause: str) -> ReadError:
    """The error for a file that is an Office file by its first bytes, and broken inside."""
    hint = "Fetch it again; if that does not help, open it in Word or Excel, let it repair the file, and save it anew"
    told = " ".join(cause.split())  # a library's words may run over several lines, or quote the file's own bytes
    return ReadError(f"Cannot read {name!r}", f"the file is damaged: {told[:_LONGEST_CAUSE]}", hint)


def _check_limits(name: str, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise _bomb(name, f"it holds {len(entries):,} entries, and the limit is {MAX_ENTRIES:,}")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_UNPACKED_BYTES:
        raise _bomb(name, f"it unpacks to {total:,} bytes, and the limit is {MAX_UNPACKED_BYTES:,}")
    for entry in entries:
        if entry.file_size > max(_RATIO_COUNTS_FROM, entry.compress_size * MAX_RATIO):
            raise _bomb(name, f"its part {entry.filename!r} unpacks to over {MAX_RATIO} times its size")
        if entry.flag_bits & 0x1:
            hint = "Unlock it and save it without a password"
            raise ReadError(f"Cannot read {name!r}", "it is locked with a password", hint)


def _bomb(name: str, cause: str) -> ReadError:
    return ReadError(f"Cannot read {name!r}", cause, "If the file is genuine, save the plan alone, without pictures")
