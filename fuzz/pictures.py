"""Pictures made for the purpose: every mode, odd sizes and tags, cut off, and larger than they say."""

from __future__ import annotations

import io
import struct
import zlib
from random import Random

from PIL import Image

from fuzz.byte_changes import changed

_SAVED = {
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
    "JPEG": ("L", "RGB", "CMYK"),
    "TIFF": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16", "I", "F", "CMYK", "YCbCr", "LAB"),
}


def picture(chance: Random) -> bytes:
    """A PNG, JPEG or TIFF, mostly damaged."""
    if chance.random() < 0.15:
        return chance.choice((_claims, _unpacks))(chance)
    kind = chance.choice(tuple(_SAVED))
    size = chance.choice(((1, 1), (1, 40), (40, 1), (24, 32), (64, 48)))
    image = Image.frombytes("L", size, chance.randbytes(size[0] * size[1])).convert("RGB")
    mode = chance.choice(_SAVED[kind])
    image = image if mode == "RGB" else _of_mode(image, mode)
    options: dict[str, object] = {"dpi": chance.choice(((0, 0), (72, 72), (1, 9999), (200, 200), (1e7, 1e7)))}
    if kind == "TIFF":
        options["compression"] = chance.choice((None, "tiff_lzw", "tiff_adobe_deflate", "packbits"))
        options |= {"save_all": True, "append_images": [image] * chance.choice((0, 0, 1, 5))}
    if kind == "PNG" and mode == "P":
        options["transparency"] = chance.choice((0, 3, bytes(range(9))))
    out = io.BytesIO()
    image.save(out, kind, **options)
    data = out.getvalue()
    return data if chance.random() < 0.2 else changed(data, chance)


def _of_mode(image: Image.Image, mode: str) -> Image.Image:
    if mode == "I;16":
        return Image.frombytes(mode, image.size, bytes(image.width * image.height * 2))
    if mode in ("LA", "I", "F"):
        return image.convert("L").convert(mode)
    return Image.new(mode, image.size) if mode == "LAB" else image.convert(mode)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, bits: int, colour: int, data: bytes, *more: bytes) -> bytes:
    """A PNG that says so much of itself, with this data (packed), and more chunks before it."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _claims(chance: Random) -> bytes:
    """A PNG that says that it is of any size, with hardly any data."""
    width, height = chance.choice(((0, 0), (2**31 - 1, 2**31 - 1), (1, 63_000_000), (8000, 8000), (65535, 900), (7, 0)))
    return png(
        width, height, chance.choice((1, 8, 16, 77)), chance.choice((0, 2, 3, 4, 6, 9)), zlib.compress(b"\0" * 50)
    )


def _unpacks(chance: Random) -> bytes:
    """A PNG whose text chunk or pixels unpack to far more than it weighs."""
    bomb = zlib.compress(b" " * 80_000_000, 9)
    if chance.random() < 0.5:
        return png(8, 8, 8, 0, zlib.compress(b"\0" * 72), _chunk(b"zTXt", b"Comment\0\0" + bomb))
    return png(8, 8, 8, 0, bomb)
