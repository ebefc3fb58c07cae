"""The kinds of file that are made, each by its name: how one is made, and what its name ends in."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

from fuzz import byte_changes, dumps, packages, pdfs, pictures, texts

SAMPLES = Path(__file__).parents[1] / "samples"

Make = Callable[[Random], bytes]


@cache
def _sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def _by_the_byte(chance: Random) -> bytes:
    """A valid small file of any kind, or at times a sample, with changes to its bytes."""
    make: Make = chance.choice((pdfs.pdf, packages.word, packages.workbook, dumps.dump))
    names = ("recovery-plan-v3.pdf", "recovery-plan-v3.docx", "recovery-plan-v3.txt")
    data = _sample(chance.choice(names)) if chance.random() < 0.1 else make(chance)
    return byte_changes.changed(data, chance)


def _text(chance: Random) -> bytes:
    """A text for the pure steps; documents are made from it too."""
    return texts.text(chance).encode("utf-8", "surrogatepass")


#: The name of a file need not tell what it is: all of one kind have one ending.
KINDS: dict[str, tuple[str, Make]] = {
    "pdf": (".pdf", pdfs.pdf),
    "word": (".docx", packages.word),
    "workbook": (".xlsx", packages.workbook),
    "dump": (".txt", dumps.dump),
    "picture": (".png", pictures.picture),
    "bytes": (".bin", _by_the_byte),
    "steps": (".steps", _text),
}


def made(kind: str, number: int) -> bytes:
    """The file of a kind that has this number: the same on every run."""
    return KINDS[kind][1](Random(f"{kind} {number}"))
