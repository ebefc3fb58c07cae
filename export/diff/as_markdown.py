"""A Diff as Markdown, for a report: the summary, what slipped and what was completed as tables, then every change.

GitHub's Markdown: words that went are ~~struck~~, those that came **bold**. What a document says is text and nothing
else: every sign that Markdown or HTML would act on is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from compare.model import Change, Diff, FieldChange, Run
from export.diff import words as said
from export.diff.parts import Part, only, parts
from export.plain_text import plain
from export.value_words import field_name, section_words, short, value_lines, version_words

_SIGNS = re.compile(r"[\\`*_\[\]|~$^]")
#: What makes a line a heading, a list or a rule, where it begins one.
_OPENING = re.compile(r"^(\d*)([#+=-]|(?<=\d)[.)](?=\s|$))")


def render(diff: Diff) -> str:
    """The Diff as a Markdown document, with a final line feed."""
    blocks = [*_head(diff), *_summary(diff)]
    if not diff.differs:
        blocks.append("No differences in the document.")
    for cause, heading in (("document", "What the document changed"), ("tool", "What only the tool reads otherwise")):
        body = [*_rows(diff, cause), *_parts(only(parts(diff), cause))]
        if body:
            blocks += [f"## {heading}", *body]
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    r"""Text of a document, on one line, as Markdown that shows just that.

    >>> print(escaped("<b>1.</b> *Now* | `then`"))
    &lt;b&gt;1.&lt;/b&gt; \*Now\* \| \`then\`
    >>> print(escaped("- one"), escaped("1. one"), escaped("https://a.b"))
    \- one 1\. one https:\//a.b
    """
    text = text.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _SIGNS.sub(lambda found: "\\" + found[0], text).replace("://", ":\\//").replace("www.", "www\\.")
    return _OPENING.sub(lambda found: f"{found[1]}\\{found[2]}", text)


def _head(diff: Diff) -> Iterator[str]:
    yield f"# Changes: {escaped(said.title_words(diff))}"
    rows = [
        (side, escaped(version_words(version)), escaped(version.file), f"`{_hash(version.sha256)}`")
        for side, version in (("Old", diff.old), ("New", diff.new))
    ]
    yield _table(("", "Plan", "File", "SHA-256"), rows)


def _hash(text: str) -> str:
    """A hash as it is; of anything else, only what can stand between backticks."""
    return re.sub(r"[^0-9a-zA-Z]", "", text) or "?"


def _summary(diff: Diff) -> Iterator[str]:
    yield "## Summary"
    yield said.rows_words(diff)
    shown = [(name, str(count)) for _, name, count in said.summary_rows(diff) if count]
    if shown:
        yield _table(("What", "How many"), shown)
    late = sorted(said.with_outcome(diff, "slipped"), key=lambda change: -said.slip(change))
    if late:
        yield "### Slipped"
        yield _table(("Ref", "Action", "Was", "Is", "Days"), [_slip_row(change) for change in late])
    for outcome in ("completed", "reopened", "reassigned"):
        if rows := said.with_outcome(diff, outcome):
            yield f"### {said.OUTCOME_NAMES[outcome]}"
            yield _table(("Ref", "Action", "Lead"), [_name_row(change) for change in rows])


def _slip_row(change: Change) -> tuple[str, ...]:
    field = next(field for field in change.fields if field.field == "end")
    values = (_line(value_lines(value)) for value in (field.old, field.new))
    return (escaped(said.ref_words(change)), _action(change), *values, f"{said.slip(change):,}")


def _name_row(change: Change) -> tuple[str, ...]:
    return (escaped(said.ref_words(change)), _action(change), _line(map(plain, said.row_of(change).leads)))


def _action(change: Change) -> str:
    return escaped(short(said.row_of(change).action, 300))


def _rows(diff: Diff, cause: str) -> Iterator[str]:
    for change in said.by_cause(diff, cause):
        yield f"### {escaped(said.ref_words(change))} {_action(change)}".rstrip()
        kinds = ", ".join(said.kind_words(change))
        row = said.row_of(change)
        section = section_words(row.section, row.section_title)
        about = [section, said.match_words(change), said.change_places(change)]
        about = [escaped(part) for part in about if part]
        yield f"**{kinds}.** {'; '.join(about)}".rstrip()
        above = said.doubts(change)
        yield from _doubts(above)
        if change.fields:
            yield "\n".join(line for field in change.fields for line in _field(field, said.side_of(change), above))


def _doubts(doubts: Iterable[str], indent: str = "") -> Iterator[str]:
    for doubt in doubts:
        yield f"{indent}**Uncertain:** {escaped(doubt)}"


def _field(field: FieldChange, side: said.Side, above: tuple[str, ...]) -> Iterator[str]:
    name = f"**{escaped(field_name(field.field))}**"
    meaning = escaped(", ".join(said.meaning(field, side)))
    if words := said.shared_words(field, side):
        yield f"- {name}{', ' * bool(meaning)}{meaning}:"
        yield ""
        yield "\\\n".join(f"  {line}" for line in _words(words))
        yield ""
    elif said.tells_entries(field) and side == "both":
        yield f"- {name}: {meaning}"
    else:
        yield f"- {name}: {_values(field, side)}{'; ' * bool(meaning)}{meaning}"
    yield from _doubts(said.field_doubts(field, above), "  - ")


def _values(field: FieldChange, side: said.Side) -> str:
    was, now = (_line(value_lines(value, field.field)) or "(nothing)" for value in (field.old, field.new))
    return {"both": f"{was} → {now}", "old": was, "new": now}[side]


def _line(lines: Iterable[str]) -> str:
    return "; ".join(escaped(line) for line in lines if line.strip())


def _words(runs: Sequence[Run]) -> Iterator[str]:
    """The words that stayed, went and came, as lines."""
    marks = {"same": "", "old": "~~", "new": "**"}
    for line in said.word_lines(runs, "both"):
        yield " ".join(f"{marks[run.op]}{' '.join(map(escaped, run.words))}{marks[run.op]}" for run in line)


def _parts(found: Mapping[str, tuple[Part, ...]]) -> Iterator[str]:
    for heading, entries in found.items():
        yield f"### {heading}"
        yield "\n".join(line for part in entries for line in _part(part))


def _part(part: Part) -> Iterator[str]:
    values = " → ".join(filter(None, (_line(part.old), _line(part.new))))
    alone = part.is_its_field
    if not alone:
        yield f"- {part.kind.capitalize()}: {escaped(part.name)}{': ' * bool(values)}{values}"
    yield from _doubts(part.doubts, "  - ")
    for field in part.fields:
        lines = "\n".join(_field(field, part.side, part.doubts)).split("\n")
        yield from lines if alone else (f"  {line}" if line else "" for line in lines)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
