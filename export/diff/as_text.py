"""A Diff as text for a terminal: the summary first, then every change, then what only the tool reads otherwise.

Words that went are in `[-…-]`, those that came in `{+…+}`; a long run of words that stayed is cut to its ends, with `…`
between. Nothing of a document drives the terminal: control characters are shown as escapes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from compare.model import Change, Diff, FieldChange, Run
from export.diff import words as said
from export.diff.parts import Part, only, parts
from export.plain_text import plain
from export.value_words import field_name, short, value_lines, version_words

#: How many words that stayed are shown beside one that came or went.
_BESIDE = 6
_MARKS = {"added": "+", "removed": "-", "moved": ">", "changed": "~", "renumbered": "#"}
_STYLES = {"bold": "1", "faint": "2", "old": "31", "new": "32", "doubt": "33"}
_KIND_STYLES = {"added": "new", "removed": "old"}


def render(diff: Diff, colour: bool = False) -> str:
    """The Diff as lines, with a final line feed; `colour`: with the escapes that colour a terminal."""
    pen = _Pen(colour)
    lines = [*_head(diff, pen)]
    if not diff.differs:
        lines += ["", "No differences in the document."]
    for cause, heading in (("document", "What the document changed"), ("tool", "What only the tool reads otherwise")):
        body = [*_rows(diff, cause, pen), *_parts(only(parts(diff), cause), pen)]
        if body:
            lines += ["", pen("bold", heading), *body]
    return "\n".join(lines) + "\n"


class _Pen(Struct, frozen=True):
    """Writes in colour, or not."""

    colour: bool

    def __call__(self, style: str, text: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.colour and text else text


def _head(diff: Diff, pen: _Pen) -> Iterator[str]:
    for side, version in (("Old", diff.old), ("New", diff.new)):
        yield f"{pen('bold', side)}: {version_words(version)} ({plain(version.file)})"
    yield said.rows_words(diff)
    shown = [(name, count) for _, name, count in said.summary_rows(diff) if count]
    width = max((len(name) for name, _ in shown), default=0)
    if shown:
        yield ""
    for name, count in shown:
        yield f"  {name:<{width}}  {count:>4}"


def _rows(diff: Diff, cause: str, pen: _Pen) -> Iterator[str]:
    for change in said.by_cause(diff, cause):
        yield ""
        yield from _row(change, pen)


def _row(change: Change, pen: _Pen) -> Iterator[str]:
    row = said.row_of(change)
    title = f"{_MARKS[change.kind]} {said.ref_words(change)}  {short(row.action, 100)}"
    kinds = ", ".join(said.kind_words(change)).lower()
    yield pen(_KIND_STYLES.get(change.kind, "bold"), title)
    about = "; ".join(filter(None, (kinds, said.match_words(change), said.change_places(change))))
    yield "    " + pen("faint", about)
    above = said.doubts(change)
    for doubt in above:
        yield "    " + pen("doubt", f"Uncertain: {doubt}")
    for field in change.fields:
        yield from _field(field, said.side_of(change), pen, above)


def _field(field: FieldChange, side: said.Side, pen: _Pen, above: tuple[str, ...]) -> Iterator[str]:
    name = field_name(field.field)
    meaning = ", ".join(said.meaning(field, side))
    if words := said.shared_words(field, side):
        yield f"    {name}{': ' * bool(meaning)}{meaning}"
        yield from (f"        {line}" for line in _words(words, pen))
    elif said.tells_entries(field) and side == "both":
        yield f"    {name}: {meaning}"
    else:
        old = " | ".join(value_lines(field.old, field.field))
        new = " | ".join(value_lines(field.new, field.field))
        yield f"    {name}: {_values(old, new, side, pen)}{'; ' * bool(meaning)}{meaning}"
    for doubt in said.field_doubts(field, above):
        yield "        " + pen("doubt", f"Uncertain: {doubt}")


def _values(old: str, new: str, side: said.Side, pen: _Pen) -> str:
    """The value that was and the one that is; only one of them for a row that came or went."""
    was, now = pen("old", old or "(nothing)"), pen("new", new or "(nothing)")
    return {"both": f"{was} → {now}", "old": was, "new": now}[side]


def _words(runs: tuple[Run, ...], pen: _Pen) -> Iterator[str]:
    """The words that stayed, went and came, as lines."""
    for line in said.word_lines(runs, "both"):
        shown: list[str] = []
        for place, run in enumerate(line):
            if run.op == "same":
                shown += _ends(run.words, first=place == 0, last=place == len(line) - 1)
            elif run.op == "old":
                shown.append(pen("old", f"[-{' '.join(run.words)}-]"))
            else:
                shown.append(pen("new", f"{{+{' '.join(run.words)}+}}"))
        yield " ".join(shown)


def _ends(words: tuple[str, ...], first: bool, last: bool) -> list[str]:
    """Of words that stayed, those next to words that did not; all of them where that is nearly all.

    Of a line in which every word stayed, the beginning."""
    head, tail = (_BESIDE if last or not first else 0), (0 if last else _BESIDE)
    if len(words) <= head + tail + 2:
        return list(words)
    return [*words[:head], "…", *words[len(words) - tail :]]


def _parts(found: Mapping[str, tuple[Part, ...]], pen: _Pen) -> Iterator[str]:
    for heading, entries in found.items():
        yield ""
        yield pen("bold", heading)
        for part in entries:
            yield from _part(part, pen)


def _part(part: Part, pen: _Pen) -> Iterator[str]:
    old, new = " | ".join(part.old), " | ".join(part.new)
    values = " → ".join(filter(None, (pen("old", old), pen("new", new))))
    if not part.is_its_field:
        yield f"  {_MARKS[part.kind]} {part.name}{': ' * bool(values)}{values}"
    for doubt in part.doubts:
        yield "        " + pen("doubt", f"Uncertain: {doubt}")
    for field in part.fields:
        yield from _field(field, part.side, pen, part.doubts)
