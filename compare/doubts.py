"""What of a plan's reading is doubtful, so that a change which rests on it can say so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from compare.likeness import folded
from compare.printed import printed_key, title_key
from extract.model import TextCell
from normalise.model import Action, Finding, Plan

#: Findings that say where a row or a cell begins and ends: whatever their severity, words may belong next door.
BORDERS = frozenset(
    "row-too-long row-too-short row-continued row-parted tail-moved tail-suspected banner-fused".split()
)
#: Engines that read pictures.
_OCR = frozenset({"rapidocr", "rapidocr-onnxruntime", "tesseract"})
#: So many words that follow one another are rarely said twice.
_PHRASE = 4
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """One plan with what is known of how well it was read.

    `rough`: a text dump or a scan, where rules and gaps of the page are lost and words may be too. `outside`: what is
    printed outside the rows, as one printed key. `findings`: of each row, by its id. `names`: of each person, `titles`:
    of each section. `headings`: the keys of all titles ("section") and banners ("group"). `beside_breaks`: rows beside
    which a page of a dump seems to end, by their place in the plan.
    """

    plan: Plan
    rough: bool
    outside: str
    findings: dict[str, list[Finding]]
    names: dict[str, str]
    titles: dict[str, str | None]
    headings: dict[str, frozenset[str]]
    beside_breaks: frozenset[int]

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

    def prints_outside(self, text: str) -> bool:
        """Whether a text stands outside the rows, as a paragraph, in a table, or without a place."""
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
    return Reading(plan, rough, _outside(plan), dict(findings), names, titles, headings, breaks)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Every four words that follow one another in a plan: in its rows, and outside them."""

    rows: frozenset[Phrase] = frozenset()
    outside: frozenset[Phrase] = frozenset()


def phrases_of(plan: Plan) -> Phrases:
    """The phrases of a plan."""
    rows = [record.raw for row in plan.actions for _, record in row.cells]
    rows += [text for row in plan.actions for text in (row.action, row.measure, row.impact, row.progress)]
    outside = [block.text for block in plan.paragraphs] + [item.text for item in plan.unplaced]
    outside += [cell for table in plan.tables for cells in table.rows for cell in cells]
    return Phrases(_phrases(rows), _phrases(outside))


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


def _outside(plan: Plan) -> str:
    texts = [block.text for block in plan.paragraphs]
    texts += [cell for table in plan.tables for cells in table.rows for cell in cells]
    texts += [item.text for item in plan.unplaced] + [item.text for item in plan.furniture]
    for section in plan.sections:
        texts += [section.raw or section.title or "", *section.outcomes_raw, *section.outcomes]
        texts += [title for group in section.groups for title in (group.title, group.raw)]
    texts += [column.header for column in plan.columns]
    return "".join(map(printed_key, texts))
