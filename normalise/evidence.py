"""Step 0: what the document says of itself. Frozen; every later step may read it, none changes it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import force_setattr

from normalise.legend import Legend
from normalise.model import Person

_WORD = re.compile(r"[^\W\d_]{3,}(?:['’][a-z]{1,2})?")


class Evidence(Struct, frozen=True):
    """What the whole document tells about how to read a part of it.

    `script`: the Unicode script most of its letters are in ("LATIN", "CYRILLIC", "GREEK"). `words`: words it prints
    whole somewhere, casefolded (a word that the document itself uses is a word). `people`: the roster. `published`:
    the plan's own date (EDTF), where it prints one. `close_calls`: words that OCR was unsure of, each as it was read
    and what else it may be. `legend`: what its own key says that the colours of its ratings mean. From the roster
    follow `names` and every set of `initials` that it knows, as printed or derived.
    """

    script: str = "LATIN"
    words: frozenset[str] = frozenset()
    people: tuple[Person, ...] = ()
    published: str | None = None
    close_calls: tuple[tuple[str, str], ...] = ()
    legend: Legend = ()
    names: tuple[str, ...] = ()
    initials: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        force_setattr(self, "names", tuple(person.name for person in self.people))
        force_setattr(self, "initials", frozenset(form for person in self.people for form in person.initials))


def script_of(texts: Iterable[str]) -> str:
    """The script that most letters of the texts are in; LATIN where there are none."""
    counts: Counter[str] = Counter()
    for letter, count in Counter("".join(texts)).items():
        if letter.isalpha():
            counts[unicodedata.name(letter, "LATIN").split()[0]] += count
    return counts.most_common(1)[0][0] if counts else "LATIN"


def words_of(prose: Sequence[str], cells: Sequence[str]) -> frozenset[str]:
    """Words that the document prints whole: those outside its tables, and those that its cells repeat.

    A word in a cell may be half of one that a narrow column broke, so it counts only where it stands at least three
    times, five letters long.
    """
    outside = {word.casefold() for text in prose for word in _WORD.findall(text)}
    inside = Counter(word.casefold() for text in cells for word in _WORD.findall(text))
    return frozenset(outside | {word for word, count in inside.items() if count >= 3 and len(word) >= 5})
