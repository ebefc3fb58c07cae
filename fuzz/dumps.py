"""Text dumps made for the purpose: nasty cells, bytes of other encodings, long lines, tabs without end."""

from __future__ import annotations

from random import Random

from fuzz.byte_changes import changed
from fuzz.texts import rows, text

_ENCODINGS = ("utf-8",) * 12 + ("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "latin-1")
_LONG = 20_000


def dump(chance: Random) -> bytes:
    """A dump of pages of tables and paragraphs, damaged as OCR, encodings and hands damage one."""
    lines = ["Recovery plan of the Marlow Trust", "October 2024", ""]
    for _ in range(chance.randint(1, 4)):
        lines += [chance.choice(("1. CARE", "Ada Lowe, Director of Care (AL)", text(chance).replace("\t", " ")))]
        lines += ["\t".join(_flat(cell, chance) for cell in row) for row in rows(chance)]
        lines += [chance.choice(("", "\f", " \t ", "page 3 of 9"))]
    for _ in range(chance.choice((0, 0, 1, 2))):
        lines.insert(chance.randrange(len(lines) + 1), _odd(chance))
    end = chance.choice(("\n",) * 8 + ("\r\n", "\r", "\u2028"))
    encoding = chance.choice(_ENCODINGS)
    halves = "surrogatepass" if "utf" in encoding and chance.random() < 0.3 else "replace"
    data = end.join(lines).encode(encoding, halves)
    return changed(data, chance) if chance.random() < 0.4 else data


def _flat(cell: str, chance: Random) -> str:
    """A cell on one line, as a dump has it (mostly)."""
    return cell if chance.random() < 0.02 else " ".join(cell.split("\n"))


def _odd(chance: Random) -> str:
    return chance.choice(
        (
            "\t" * _LONG,
            "x" * _LONG,
            "1.1\t" * 3_000,
            "word " * (_LONG // 5),
            "\0",
            "\udc80\ud800",
            "\ufeff" * 50,
            "Ref\tAction\tLead\tEnd date",
            "\t".join(("1.1", "Act", "AL") * 300),
            "(" * 2_000,
            "Ada Lowe (AL), " * 400,
            "31 March 2019 " * 500,
            "- " * 3_000,
            "1.1.1." * 1_000,
            "\x1b[31m" * 100,
        )
    )
