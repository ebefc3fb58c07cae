"""Stretches become printed lines: each with its span, what is hidden apart, and a remark for each tracked region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct, field
from msgspec.structs import replace

from extract.model import Joint, Line, Origin, Remark
from extract.word.numbering import BULLET
from extract.word.runs import CommentMark, Item, Start, State, Stretch

_QUOTED = 200


class Printed(Struct, frozen=True):
    """The lines of one cell or paragraph, those of its hidden text, what to remark, where the next line may start."""

    lines: tuple[Line, ...]
    hidden: tuple[Line, ...]
    remarks: tuple[Remark, ...]
    end: int


class _Setting(Struct):
    """Lines in the making: `text` is the open line, which starts at `start`."""

    origin: Origin
    start: int
    lines: list[Line] = field(default_factory=list)
    text: str = ""
    marker: str = ""
    joint: Joint = "paragraph"
    struck: bool = False

    @property
    def position(self) -> int:
        return self.start + len(self.text)

    def add(self, text: str, struck: bool) -> None:
        """Print text; where striking-out begins or ends, on a line of its own that runs on from the last."""
        if struck != self.struck and text.strip():
            if self.text.strip():
                self.close("wrap")
            self.struck = struck
        self.text += text

    def close(self, joint: Joint) -> None:
        """End the open line: nothing is kept of one that is blank, unless it carries a number."""
        numbered = self.marker not in ("", BULLET)
        if self.text.strip() or numbered:
            marker = self.marker if self.text.strip() else self.marker.rstrip()  # a number alone parts nothing
            line = Line(self.start, self.text, self.origin, self.joint, marker, self.struck)
            self.lines.append(line)
        self.start, self.text, self.marker, self.struck, self.joint = self.position, "", "", False, joint


def printed_lines(items: Iterable[Item], origin: Origin, start: int) -> Printed:
    """The lines that the items of one cell or paragraph print, the first of them starting at `start`.

    Deleted text is left out and hidden text goes to lines of its own: a remark says what stood there.
    """
    items = list(items)
    setting = _Setting(origin, start)
    remarks: list[Remark] = []
    for state, region in _regions(items):
        begin = setting.position
        for item in region:
            if isinstance(item, Start):
                setting.close("paragraph")
                setting.marker = item.marker
            elif isinstance(item, Stretch) and state != "deleted" and not item.look.hidden:
                setting.add(item.text, item.look.struck)
        remarks += _remarks(state, region, origin, (begin, setting.position))
    setting.close("paragraph")
    hidden = tuple(_hidden(items, origin, setting.start))
    end = hidden[-1].end if hidden else setting.start
    remarks += [_hidden_remark(line) for line in hidden]
    return Printed(_first_opens(setting.lines), hidden, tuple(remarks), end)


def _regions(items: list[Item]) -> Iterator[tuple[State, list[Item]]]:
    """Items in runs of one tracked state; a line break or comment belongs to the state before it."""
    states: list[State] = []
    for item in items:
        ours = item.state if isinstance(item, Stretch) else states[-1] if states else "kept"
        states.append(ours)
    for state, pairs in groupby(zip(states, items, strict=True), key=lambda pair: pair[0]):
        yield state, [item for _, item in pairs]


def _remarks(state: State, region: list[Item], origin: Origin, span: tuple[int, int]) -> Iterator[Remark]:
    text = " ".join("".join(item.text if isinstance(item, Stretch) else " " for item in region).split())
    quoted = text if len(text) <= _QUOTED else text[:_QUOTED] + "…"
    if text and state == "deleted":
        message = f"A tracked change takes out “{quoted}”: it is left out"
        yield Remark("tracked-deletion", "warning", message, origin)
    elif text and state == "inserted":
        message = f"A tracked change puts in “{quoted}”: it is read as part of the text"
        yield Remark("tracked-insertion", "info", message, origin, span)
    elif text and state == "prompt":
        message = f"A form field still shows its prompt, “{quoted}”"
        yield Remark("form-prompt", "info", message, origin, span)
    for item in region:
        if isinstance(item, CommentMark):
            yield Remark("comment", "info", "A comment stands beside this text; it is read as a note", origin)


def _hidden(items: list[Item], origin: Origin, start: int) -> Iterator[Line]:
    """One line for each unbroken stretch of hidden text."""
    kept = [item for item in items if not (isinstance(item, Stretch) and item.state == "deleted")]
    for hidden, group in groupby(kept, key=lambda item: isinstance(item, Stretch) and item.look.hidden):
        text = "".join(item.text for item in group if isinstance(item, Stretch))
        if hidden and text.strip():
            yield Line(start, text, origin)
            start += len(text)


def _hidden_remark(line: Line) -> Remark:
    message = f"Hidden text, which is not printed, stands here: “{line.text.strip()[:_QUOTED]}”; it is kept as a note"
    return Remark("hidden-text", "info", message, line.origin, (line.start, line.end))


def _first_opens(lines: list[Line]) -> tuple[Line, ...]:
    """A cell's first line opens a paragraph, whatever blank or deleted text stood before it."""
    return tuple(replace(line, joint="paragraph") if index == 0 else line for index, line in enumerate(lines))
