"""Changes to the bytes of a file, whatever they mean: flipped, cut out, doubled, moved, cut off."""

from __future__ import annotations

from random import Random

_WORTHS = (
    b"\x00",
    b"\xff",
    b"\x7f",
    b"\x80",
    b"\x00\x00\x00\x00",
    b"\xff\xff\xff\xff",
    b"-1",
    b"0",
    b"9" * 20,
    b"1e99",
)


def changed(data: bytes, chance: Random) -> bytes:
    """The data with one to a dozen changes in it."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        at = chance.randrange(len(found) + 1)
        size = chance.choice((1, 1, 2, 4, 16, 200))
        match chance.randrange(8):
            case 0 if at < len(found):
                found[at] ^= 1 << chance.randrange(8)
            case 1:
                del found[at : at + size]
            case 2:
                found[at:at] = found[at : at + size]
            case 3:
                found[at : at + size] = chance.randbytes(size)
            case 4:
                worth = chance.choice(_WORTHS)
                found[at : at + len(worth)] = worth
            case 5:
                other = chance.randrange(len(found) + 1)
                found[at : at + size] = found[other : other + size]
            case 6 if chance.random() < 0.3:
                del found[at:]
            case _:
                found[at:at] = chance.choice(_WORTHS)
    return bytes(found)
