"""People in lines of their own: `Name, Role`, `Role: Name (INITIALS)`, `INITIALS – Name, Role` and their kind."""

from __future__ import annotations

import re

from msgspec import Struct

from normalise.people.mention import Mention
from normalise.people.names import Called, called, derived_initials, has_head, is_initials, may_give
from normalise.people.words import folded, words

_BULLET = re.compile(r"^\s*(?:[-–—•*▪◦‣·o\uf0b7]\s+|\(?\d{1,2}[.)]\s+|\(?[a-z][.)]\s+)")
_SPLIT = re.compile(r"\s+[-–—|=]+\s+|\s*[:|=\t]\s*|,\s*|\s+[–—]|[–—]\s+|\s{2,}")
_BRACKET = re.compile(r"[(\[][^()\[\]]*[)\]]")
_LONGEST = 200


class Part(Struct, frozen=True):
    """A stretch [start, end) of a line between separators; `bracket`: it stands in brackets, which are inside it."""

    start: int
    end: int
    text: str
    bracket: bool = False


class Line(Struct, frozen=True):
    """What one line says. `strong`: it holds the word for a post, so it needs no neighbours to be believed."""

    called: Called
    role: str | None
    initials: str | None
    strong: bool


def read_line(text: str, trusting: bool = False) -> Line | None:
    """The person whom a line is about, or None where it is no line about one person.

    `trusting`: brackets after a role are initials even where the name would not give them (the lines around say so).
    """
    line = _BULLET.sub("", text).strip().rstrip(".;,")
    if not line or len(line) > _LONGEST or words().sentence & set(re.findall(r"\b[a-z]+\b", line)):
        return None
    parts = _parts(line)
    at, person, parts = _whose(line, parts)
    if person is None:
        return None
    marks = [index for index, part in enumerate(parts) if index != at and _is_mark(parts, index, at, person, trusting)]
    rest = [part for index, part in enumerate(parts) if index != at and index not in marks[:1]]
    pieces = _pieces(line, [part for part in rest if not _is_noise(part)])
    if len(pieces) > 1:
        pieces = [piece for piece in pieces if folded(piece).rstrip(":") not in words().line_labels] or pieces[:1]
    role = ", ".join(piece for piece in (person.prefix, *pieces) if piece) or None
    if len(marks) > 2 or (role is not None and (len(role.split()) > 16 or _other_name(rest))):
        return None
    initials = parts[marks[0]].text.strip("()[] ") if marks else None
    if role is None and initials is None:
        return None
    return Line(person, role, initials, bool(person.prefix) or (role is not None and has_head(role)))


def mention_of(line: Line) -> Mention:
    """The line as a mention; where it stands is the caller's to say."""
    initials = (line.initials,) if line.initials else ()
    return Mention(line.called.name, line.role, initials, own_line=True)


def _parts(line: str) -> list[Part]:
    """The line cut at its separators, brackets as parts of their own."""
    parts: list[Part] = []
    begin = 0
    for bracket in [*_BRACKET.finditer(line), None]:
        end = bracket.start() if bracket else len(line)
        for start, stop in _stretches(line, begin, end):
            parts.append(Part(start, stop, line[start:stop]))
        if bracket:
            parts.append(Part(bracket.start(), bracket.end(), bracket.group(), True))
            begin = bracket.end()
    return parts


def _stretches(line: str, begin: int, end: int) -> list[tuple[int, int]]:
    cuts = [(match.start() + begin, match.end() + begin) for match in _SPLIT.finditer(line[begin:end])]
    edges = [begin, *(edge for cut in cuts for edge in cut), end]
    found = []
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        text = line[start:stop]
        if text.strip():
            lead = len(text) - len(text.lstrip())
            found.append((start + lead, start + lead + len(text.strip())))
    return found


def _whose(line: str, parts: list[Part]) -> tuple[int, Called | None, list[Part]]:
    """Which part is the name; a name that follows its post (or goes before it) without a comma is parted from it."""
    for index, part in enumerate(parts):
        person = called(part.text.strip("()[] ") if part.bracket else part.text)
        if person is not None:
            return index, person, parts
    for index, part in enumerate(parts):
        tokens = part.text.split()
        for cut in (-2, -3, 3, 2):
            post, name = (tokens[:cut], tokens[cut:]) if cut < 0 else (tokens[cut:], tokens[:cut])
            beside = post and not part.bracket and (has_head(post[-1]) if cut < 0 else has_head(" ".join(post)))
            person = called(" ".join(name)) if beside and (cut < 0 or len(parts) == 1) else None
            if person is not None:
                at, halves = _halves(line, part, cut)
                return index + at, person, [*parts[:index], *halves, *parts[index + 1 :]]
    return -1, None, parts


def _halves(line: str, part: Part, cut: int) -> tuple[int, tuple[Part, Part]]:
    """A part cut before its word number `cut` (from the end where negative), and which half is the name."""
    at = part.start + list(re.finditer(r"\S+", part.text))[cut].start()
    before = line[part.start : at].rstrip()
    return int(cut < 0), (Part(part.start, part.start + len(before), before), Part(at, part.end, line[at : part.end]))


def _is_mark(parts: list[Part], index: int, at: int, person: Called, trusting: bool) -> bool:
    """Whether a part is the person's initials, rather than a part of the role such as `(CCG)`."""
    text = parts[index].text.strip("()[] ")
    own = text in derived_initials(person.name)  # GP is a post, but Glenn Pascoe's initials first
    if not is_initials(text) or (has_head(text) and not parts[index].bracket and len(parts) > 2 and not own):
        return False
    if may_give(person.name, text):
        return True
    if text in words().acronyms or (has_head(text) and not parts[index].bracket):
        return False
    beside_name = index == at + 1 or (index == 0 and at == 1)
    return beside_name or (trusting and parts[index].bracket)


def _pieces(line: str, parts: list[Part]) -> list[str]:
    """The role as printed: parts that stand side by side keep what is printed between them."""
    pieces: list[str] = []
    last: Part | None = None
    for part in parts:
        gap = line[last.end : part.start] if last else ""
        if last is not None and (part.bracket or _SPLIT.fullmatch(gap)) and gap.strip(" ,-–—:|=\t") == "":
            pieces[-1] += gap + part.text
        else:
            pieces.append(part.text)
        last = part
    return [_unbracketed(piece.strip(" ,;:-–—")) for piece in pieces]


def _unbracketed(piece: str) -> str:
    return piece[1:-1].strip() if _BRACKET.fullmatch(piece) else piece


def _is_noise(part: Part) -> bool:
    """Telephone numbers, addresses of any kind, pronouns: no part of a role."""
    return bool(re.search(r"@|www\.|\d{4,}", part.text)) or bool(re.fullmatch(r"\((?:she|he|they)/\w+\)", part.text))


def _other_name(rest: list[Part]) -> bool:
    """Whether the line names somebody else too, beside this person's role."""
    return any(called(part.text) is not None and not part.bracket for part in rest)
