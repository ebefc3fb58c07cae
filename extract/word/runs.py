"""The text of one paragraph as Word holds it: stretches of characters, each with its look and its tracked state."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from extract.package import Element
from extract.word.markup import (
    ALTERNATE,
    DELETED,
    INSERTED,
    MATH_TEXT,
    XML_SPACE,
    W,
    child,
    number,
    offered,
    switch,
)
from extract.word.styles import PLAIN, Look, Styles

State = Literal["kept", "inserted", "deleted", "prompt"]

#: Elements of a run that stand for one printed character or a space. A soft hyphen is only a place to break a word.
_SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "noBreakHyphen": "-"}
_BREAKS = frozenset({W + "br", W + "cr"})

#: Fonts whose letters are pictures: their characters live in the private area, at U+F000 and on.
_SYMBOL_FONTS = ("wingdings", "webdings", "symbol", "zapf dingbats", "marlett")


class Stretch(Struct, frozen=True):
    """Characters that look alike and share one tracked state."""

    text: str
    look: Look = PLAIN
    state: State = "kept"


class Start(Struct, frozen=True):
    """Here a line begins: a paragraph with its automatic number, or what follows a line break."""

    marker: str = ""


class CommentMark(Struct, frozen=True):
    """Here a comment is anchored."""

    id: str


Item = Stretch | Start | CommentMark


class Fields(Struct):
    """Where a story is among its fields: what stands between a field's begin and its separator is an instruction.

    Fields may span paragraphs, so this outlives one. Where begins and ends don't match, nothing is held back.
    """

    balanced: bool = True
    open: list[bool] = field(default_factory=list)

    def meet(self, kind: str) -> None:
        """A field character: begin, separate or end."""
        if kind == "begin":
            self.open.append(True)
        elif self.open and kind == "separate":
            self.open[-1] = False
        elif self.open and kind == "end":
            self.open.pop()

    @property
    def instructing(self) -> bool:
        """Whether text met here is part of an instruction."""
        return self.balanced and any(self.open)


def fields_of(root: Element) -> Fields:
    """The state at the start of a part."""
    kinds = [mark.get(W + "fldCharType") for mark in root.iter(W + "fldChar")]
    return Fields(balanced=kinds.count("begin") == kinds.count("end"))


class Scan(Struct):
    """One walk over the runs of a paragraph; `boxes` are the text boxes anchored in it."""

    styles: Styles
    fields: Fields
    style: str
    items: list[Item] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    def walk(self, element: Element, state: State = "kept", look: Look = PLAIN) -> None:
        """Read whatever stands inside an element of a paragraph, in order."""
        for inner in element:
            self._meet(inner, state, look)

    def _meet(self, element: Element, state: State, look: Look) -> None:
        """`look`: of the run that the element stands in; what stands outside any, where it should not, is plain."""
        if element.tag == W + "r":
            self.walk(element, state, self.styles.look(child(element, "rPr"), self.style))
        elif element.tag == W + "sdt":
            prompting = switch(child(element, "sdtPr"), "showingPlcHdr")
            self.walk(element, "prompt" if prompting and state == "kept" else state, look)
        elif element.tag == W + "txbxContent":
            if state != "deleted":
                self.boxes.append(element)
        elif element.tag == ALTERNATE:
            for branch in offered(element):
                self._meet(branch, state, look)
        elif element.tag in _BREAKS:
            self._break(state)
        elif element.tag == W + "fldChar":
            if element.get(W + "fldCharType") == "begin":
                self._add(shown_in_form(element), look, state)
            self.fields.meet(element.get(W + "fldCharType", ""))
        elif element.tag == W + "commentReference":
            self.items.append(CommentMark(element.get(W + "id", "")))
        elif (text := printed(element)) is not None:
            self._add(text, look, "deleted" if element.tag == W + "delText" else state)
        elif element.tag not in (W + "pPr", W + "rPr", W + "sdtPr", W + "p", W + "tbl"):
            self.walk(element, _state(element, state), look)

    def _break(self, state: State) -> None:
        if state != "deleted" and not self.fields.instructing:
            self.items.append(Start())

    def _add(self, text: str, look: Look, state: State) -> None:
        if text and not self.fields.instructing:
            self.items.append(Stretch(text, look, state))


def printed(element: Element) -> str | None:
    """The characters that one element stands for; None for one that stands for none."""
    if element.tag in (W + "t", W + "delText"):
        return _text(element)
    if element.tag == MATH_TEXT:
        return "".join(element.itertext())
    if element.tag == W + "sym":
        return _symbol(element)
    return _SIGNS.get(element.tag)


def shown_in_form(begin: Element) -> str:
    """What an old form field shows without holding it as text: the chosen entry of a list, a ticked box."""
    form = child(begin, "ffData")
    choices = child(form, "ddList")
    if choices is not None:
        entries = [entry.get(W + "val", "") for entry in choices.iterchildren(W + "listEntry")]
        given = number(choices, "result")
        chosen = number(choices, "default") or 0 if given is None else given
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    box = child(form, "checkBox")
    if box is not None:
        ticked = switch(box, "checked")
        return "☒" if (switch(box, "default") if ticked is None else ticked) else "☐"
    return ""


def _state(element: Element, state: State) -> State:
    if element.tag in DELETED or state == "deleted":
        return "deleted"
    return "inserted" if element.tag in INSERTED else state


def _text(element: Element) -> str:
    """The text as Word shows it: white space at its ends counts only where the file says so; a line feed is a space.

    What a broken file has inside a text is text too.
    """
    text = "".join(element.itertext())
    if element.get(XML_SPACE) != "preserve":
        text = text.strip(" \t\r\n")
    return text.replace("\r", " ").replace("\n", " ")


def _symbol(element: Element) -> str:
    """A character of a picture font, at its private place (a Wingdings tick is U+F0FC); else the character named."""
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        return ""
    if code < 0x100 and element.get(W + "font", "").lower().startswith(_SYMBOL_FONTS):
        code += 0xF000
    usable = 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000
    return chr(code) if usable else ""


def mark_deleted(properties: Element | None) -> bool:
    """Whether a tracked change takes away the end of this paragraph, so that the next one runs on."""
    mark = child(properties, "rPr")
    return child(mark, "del") is not None or child(mark, "moveFrom") is not None
