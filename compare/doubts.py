"""What of a plan's reading is doubtful, so that a change which rests on it can say so."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from msgspec import Struct

from compare.likeness import folded
from compare.printed import printed_key, title_key
from extract.model import TextCell
from normalise.model import Action, Finding, Plan

#: Engines that read pictures.
_OCR = frozenset({"rapidocr", "rapidocr-onnxruntime", "tesseract"})
#: So many words that follow one another are rarely said twice.
_PHRASE = 4
Phrase = tuple[str, ...]


class Reading(Struct, frozen=True, dict=True):
    """One plan with what is known of how well it was read.

    `rough`: a text dump or a scan, where rules and gaps of the page are lost and words may be too. `outside`: what is
    printed outside the rows, as one printed key, and `blocks` each of its parts by the key of a title. `findings`: of
    each row, by its id. `names`: of each person, `titles`: of each section. `headings`: the keys of all titles
    ("section") and banners ("group"). `beside_breaks`: rows beside which a page of a dump seems to end, by their place
    in the plan.
    """

    plan: Plan
    rough: bool
    outside: str
    blocks: frozenset[str]
    findings: dict[str, list[Finding]]
    names: dict[str, str]
    titles: dict[str, str | None]
    headings: dict[str, frozenset[str]]
    beside_breaks: frozenset[int]

    @cached_property
    def row_phrases(self) -> frozenset[Phrase]:
        """Every four words that follow one another in a cell of a row; asked for by few plans, so made when it is."""
        raws = [record.raw for row in self.plan.actions for _, record in row.cells]
        return _phrases(raws + [row.action for row in self.plan.actions])

    @cached_property
    def outside_phrases(self) -> frozenset[Phrase]:
        """The same of what stands outside the rows."""
        texts = [block.text for block in self.plan.paragraphs] + [item.text for item in self.plan.unplaced]
        return _phrases(texts + [cell for table in self.plan.tables for cells in table.rows for cell in cells])

    def doubts(self, row: Action, field: str) -> tuple[str, ...]:
        """What warnings and errors about the reading say of a field of a row, or of the whole row."""
        fields = _FIELDS.get(field, (field,))
        if field == "status" and row.status_basis == "progress":
            fields += ("progress",)
        return tuple(
            finding.message
            for finding in self.findings.get(row.id, ())
            if finding.about == "reading"
            and finding.severity != "info"
            and (finding.field is None or finding.field == "row" or finding.field in fields)
        )

    def says(self, row: Action, codes: frozenset[str]) -> bool:
        """Whether a row has a finding of one of these codes."""
        return any(finding.code in codes for finding in self.findings.get(row.id, ()))

    def prints_heading(self, text: str) -> bool:
        """Whether a whole paragraph, heading, banner or cell outside the rows says this and no more."""
        return title_key(text) in self.blocks

    def prints_outside(self, text: str) -> bool:
        """Whether words stand outside the rows, in a paragraph, in a table, or without a place."""
        key = printed_key(text)
        return len(key) >= 6 and key in self.outside


_FIELDS: dict[str, tuple[str, ...]] = {
    "leads": ("leads", "lead"),
    "rag": ("status",),
    "status_text": ("status",),
}


def reading_of(plan: Plan) -> Reading:
    """A plan with its doubts sorted by row."""
    findings: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in plan.findings:
        if finding.action is not None:
            findings[finding.action].append(finding)
    scanned = any(name.casefold() in _OCR for name, _ in plan.tool.engines)
    rough = scanned or plan.source.media_type.startswith("text/")
    names = {person.id: person.name for person in plan.people}
    titles = {section.id: section.title for section in plan.sections}
    banners = {title_key(group.title) for section in plan.sections for group in section.groups}
    headings = {"section": frozenset(map(title_key, titles.values())), "group": frozenset(banners)}
    breaks = _beside_breaks(plan) if rough else frozenset()
    texts = _outside(plan)
    blocks = frozenset(title_key(text) for text in texts if text.strip())
    outside = "".join(map(printed_key, texts))
    return Reading(plan, rough, outside, blocks, dict(findings), names, titles, headings, breaks)


def share_in(text: str, phrases: frozenset[Phrase]) -> float:
    """How much of a text is among phrases, 0 to 1; a text of fewer than four words says too little."""
    words = runs_of_words(text)
    return sum(run in phrases for run in words) / len(words) if words else 0.0


def runs_of_words(text: str) -> list[Phrase]:
    """Every four words that follow one another in a text."""
    words = folded(text).split()
    return [tuple(words[at : at + _PHRASE]) for at in range(len(words) - _PHRASE + 1)]


def _phrases(texts: list[str]) -> frozenset[Phrase]:
    return frozenset(run for text in dict.fromkeys(texts) for run in runs_of_words(text))


def _beside_breaks(plan: Plan) -> frozenset[int]:
    """Rows of a dump before or after lines that no row owns, a banner apart: there a page may have ended."""
    found: set[int] = set()
    last: tuple[int, str | None] | None = None
    for at, row in enumerate(plan.actions):
        lines = [place.line for _, cell in row.cells for place in cell.origins if isinstance(place, TextCell)]
        if not lines:
            continue
        if last and min(lines) - last[0] > (1 if last[1] == row.group else 2):
            found |= {at - 1, at}
        if max(lines) - min(lines) > len(set(lines)) - 1:
            found.add(at)
        last = max(lines), row.group
    return frozenset(found)


def _outside(plan: Plan) -> list[str]:
    texts = [block.text for block in plan.paragraphs]
    texts += [cell for table in plan.tables for cells in table.rows for cell in cells]
    texts += [item.text for item in plan.unplaced] + [item.text for item in plan.furniture]
    for section in plan.sections:
        texts += [section.raw, section.title or "", *section.outcomes_raw, *section.outcomes]
        texts += [title for group in section.groups for title in (group.raw, group.title)]
    return texts + [column.header for column in plan.columns]
