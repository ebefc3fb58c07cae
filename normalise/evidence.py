"""Step 0: what the document says of itself. Frozen; every later step may read it, none changes it."""

from __future__ import annotations

from dataclasses import dataclass

from normalise.model import Person


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the whole document tells about how to read a part of it.

    `script`: the Unicode script most of its letters are in ("LATIN", "CYRILLIC", "GREEK"). `words`: words it prints
    whole somewhere, casefolded (a word that the document itself uses is a word). `people`: the roster. `published`:
    the plan's own date (EDTF), where it prints one.
    """

    script: str = "LATIN"
    words: frozenset[str] = frozenset()
    people: tuple[Person, ...] = ()
    published: str | None = None

    @property
    def initials(self) -> frozenset[str]:
        """Every set of initials that the roster knows, as printed or derived."""
        return frozenset(form for person in self.people for form in person.initials)
