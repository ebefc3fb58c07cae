"""A Word file as a Document: headers, body, notes and footers, each part once, and a count that proves it whole."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from msgspec import Struct, field

from extract.model import Block, Document, Region
from extract.package import Element, Package, Relation, damaged, opened
from extract.proof import missing
from extract.source_file import source_of
from extract.word.markup import R, W
from extract.word.numbering import Numbering, numbering_of
from extract.word.runs import fields_of
from extract.word.stories import Count, Story
from extract.word.styles import Styles, styles_of
from extract.word.tally import tally
from extract.word.unread import unread

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment"))


def read_word(path: Path) -> Document:
    """Read a Word file (.docx, .docm, .dotx); raises ReadError where it is damaged, locked or beyond the limits."""
    with opened(path) as package:
        reading = _Reading(package)
        try:
            blocks = tuple(reading.blocks())
        except RecursionError as error:
            raise damaged(str(path), "its tables or fields are nested too deeply") from error
    engines = (("lxml", version("lxml")),)
    document = Document(source_of(path, MEDIA_TYPE), blocks, reading.characters, engines, tuple(reading.count.remarks))
    if missing(document):
        raise damaged(str(path), "some of its text stands where a Word file has none, such as in no paragraph")
    return document


class _Reading(Struct):
    """One file while it is read. `characters`: the flat count of every part read so far."""

    package: Package
    characters: int = 0
    count: Count = field(default_factory=Count)
    styles: Styles = field(default_factory=Styles)
    lists: Numbering = field(default_factory=Numbering)

    def blocks(self) -> Iterator[Block]:
        """Headers, then the body, then notes, then footers."""
        main = next((one.target for one in self.package.relations("").values() if one.kind == "officeDocument"), "")
        main = main if main in self.package.names else "word/document.xml"
        root = self.package.xml(main)
        body = root.find(W + "body")
        if body is None:
            raise damaged(self.package.name, f"its part {main!r} has no body")
        relations = self.package.relations(main)
        parts = {relation.kind: relation.target for relation in relations.values()}
        self.styles = styles_of(self._xml(parts.get("styles")))
        self.lists = numbering_of(self._xml(parts.get("numbering")), self.styles)
        for part in _margins(root, "headerReference", relations):
            yield from self._margin(part, "head")
        self.count.remarks += unread(root)
        yield from self._story(root, "document", "body", [body])
        for kind, note in _NOTES:
            yield from self._notes(parts.get(kind), kind, note)
        for part in _margins(root, "footerReference", relations):
            yield from self._margin(part, "foot")

    def _margin(self, part: str, region: Region) -> Iterator[Block]:
        root = self._xml(part)
        if root is not None:
            yield from self._story(root, PurePosixPath(part).stem, region, [root])

    def _notes(self, part: str | None, kind: str, note: str) -> Iterator[Block]:
        root = self._xml(part)
        if root is not None:
            yield from self._story(root, kind, "note", list(root.iterchildren(W + note)))

    def _story(self, root: Element, part: str, region: Region, containers: list[Element]) -> Iterator[Block]:
        """The blocks of one part; lists in it count from their beginning."""
        self.characters += tally(root)
        story = Story(part, region, self.styles, Numbering(self.lists.lists), self.count, fields_of(root))
        for container in containers:
            yield from story.blocks(container)

    def _xml(self, part: str | None) -> Element | None:
        return self.package.xml(part) if part in self.package.names else None


def _margins(root: Element, name: str, relations: dict[str, Relation]) -> tuple[str, ...]:
    """The header or footer parts that any section names, each once."""
    ids = [reference.get(R + "id", "") for reference in root.iter(W + name)]
    return tuple(dict.fromkeys(relations[one].target for one in ids if one in relations))
