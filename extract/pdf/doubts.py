"""What OCR is unsure of in a line, word by word, as remarks that name the word and what else it may say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.model import Line, Remark
from extract.pdf.content import Char
from extract.pdf.lines import Strip

#: OCR is unsure of a word if it is less sure than this of one of its characters, or of a space beside it.
UNSURE = 0.7
#: Below this the other way to read a character is remembered.
CLOSE = 0.97


def doubts(strip: Strip, line: Line) -> Iterator[Remark]:
    """A remark for each word of a line that OCR is unsure of; its span is the word's."""
    for start, chars in words_with_places(strip):
        least = least_sure(chars)
        if least >= UNSURE:
            continue
        read, other = text_of(chars), other_text(chars, UNSURE)
        instead = f"; it may be {other!r}" if other != read else ""
        message = f"OCR is unsure of {read!r} (confidence {least:.2f}){instead}"
        span = (line.start + start, line.start + start + len(read))
        yield Remark("ocr-unsure", "warning", message, line.origin, span, tuple(dict.fromkeys((read, other))))


def close_calls(strip: Strip) -> Iterator[tuple[str, str]]:
    """The words of a line that OCR was not quite certain of, each also with its least certain letter otherwise."""
    for _, chars in words_with_places(strip):
        least = least_sure(chars)
        if least < CLOSE:
            read, other = text_of(chars), other_text(chars, least)
            if other != read:
                yield read, other


def least_sure(chars: Sequence[Char]) -> float:
    """How sure OCR is of the least certain of some characters."""
    return min((char.sure for char in chars if char.sure is not None), default=1.0)


def text_of(chars: Sequence[Char]) -> str:
    """The characters as read."""
    return "".join(char.text for char in chars)


def other_text(chars: Sequence[Char], limit: float) -> str:
    """The characters, those that OCR is no surer of than a limit as what else they may be."""
    return "".join(char.other if char.sure is not None and char.sure <= limit else char.text for char in chars)


def words_with_places(strip: Strip) -> Iterator[tuple[int, list[Char]]]:
    """The words of a line, each with where it begins in the line's text."""
    at, start = 0, 0
    word: list[Char] = []
    for char in strip.chars:
        gap = strip.text[at:].startswith(" ") and not char.text.isspace()
        if (gap or char.text.isspace()) and word:
            yield start, word
            word = []
        at += gap
        if not char.text.isspace():
            start = at if not word else start
            word.append(char)
        at += len(char.text)
    if word:
        yield start, word
