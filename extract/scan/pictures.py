"""Picture files as pages: PNG, JPEG and TIFF (one page a frame), each within limits, upright, in three colours."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from extract.limits import USUAL, ReadLimits
from extract.model import PagesError, ReadError

FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "TIFF": "image/tiff"}
#: The most pages that are read of one file, unless the user allows more.
MAX_PAGES = 500
#: What is finer than this is made coarser: OCR gains nothing from it, and its time grows with it.
FINEST = 250.0
#: Resolutions that scanners have; a picture that states another one is taken for a page of A4.
LIKELY = (90.0, 1300.0)
A4_LENGTH = 297 / 25.4
#: A drawn page of a plan takes some 0.04 bytes a pixel without loss, a scan 0.5: what takes more loses detail.
LOSSLESS = 0.06
LOSSY_QUALITY = 40


#: What the library raises on a broken file: it names no error of its own, and reads tags that may be missing or odd.
_FAULTS = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    struct.error,
)


class Picture(NamedTuple):
    """A page: its pixels (blue, green, red), how many of them make a point, and how many of the file's make one."""

    pixels: NDArray[np.uint8]
    scale: float
    own_scale: float


def media_type(path: Path, limits: ReadLimits = USUAL) -> str:
    """The media type of a picture file. Raises ReadError."""
    with _opened(path, limits) as image:
        return FORMATS[str(image.format)]


def count(path: Path, limits: ReadLimits = USUAL) -> int:
    """How many pages a picture file has. Raises ReadError."""
    with _opened(path, limits) as image:
        return int(getattr(image, "n_frames", 1))


def pictures(
    path: Path, pages: tuple[int, int] | None = None, limits: ReadLimits = USUAL
) -> Iterator[tuple[int, Picture]]:
    """Each page of a picture file with its number, counted from 1. Raises ReadError.

    `pages`: only from this page to that one.
    """
    with _opened(path, limits) as image:
        total = int(getattr(image, "n_frames", 1))
        first, last = pages or (1, total)
        if not 1 <= first <= last <= total:
            cause = f"it has {total} page{'s' * (total != 1)}"
            raise PagesError(f"Cannot read pages {first} to {last} of {path.name}", cause, "Ask for pages that it has")
        limits.check_pages(path.name, last - first + 1, MAX_PAGES)
        for number in range(first, last + 1):
            image.seek(number - 1)
            _check_size(image, path.name, limits.pixels)
            yield number, _picture(image)


@contextmanager
def _opened(path: Path, limits: ReadLimits) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of doubtful tags and sizes: the limits here are our own
            with Image.open(path, formats=tuple(FORMATS)) as image:
                _check_size(image, path.name, limits.pixels)
                yield image
    except Image.DecompressionBombError as error:
        raise _too_large(path.name, "more than this program opens", limits.pixels) from error
    except UnidentifiedImageError as error:
        raise _damaged(path.name) from error
    except _FAULTS as error:
        raise _damaged(path.name) from error


def _check_size(image: Image.Image, name: str, most: int) -> None:
    width, height = image.size
    if width * height > most:
        raise _too_large(name, f"{width} by {height} pixels", most)


def _too_large(name: str, size: str, most: int) -> ReadError:
    cause = f"the picture is too large ({size}; the limit is {most:,} pixels)"
    return ReadError(
        f"Cannot read {name}", cause, "Scan it at 200 or 300 dots an inch, or allow more with --max-pixels"
    )


def _damaged(name: str) -> ReadError:
    return ReadError(f"Cannot read {name}", "the picture is damaged or cut off", "Scan it, or fetch it, again")


def _picture(image: Image.Image) -> Picture:
    own = resolution(image) / 72
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        upright = upright.convert("RGBA")
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright)
    if upright.mode.startswith("I"):  # sixteen bits of grey
        upright = Image.fromarray((np.asarray(upright, np.float64) / 257).clip(0, 255).astype(np.uint8))
    colours = upright.convert("RGB")
    scale = own
    if own > FINEST / 72:
        scale = FINEST / 72
        size = (max(1, round(colours.width * scale / own)), max(1, round(colours.height * scale / own)))
        colours = colours.resize(size, Image.Resampling.BOX)
    return Picture(np.ascontiguousarray(np.asarray(colours, np.uint8)[:, :, ::-1]), scale, own)


def webp(pixels: NDArray[np.uint8], scale: float = 1.0) -> bytes:
    """A picture (blue, green, red) as a WebP file, `scale` times as large.

    Drawn pages are kept exactly, which takes little. Where that takes more than LOSSLESS bytes a pixel the page is a
    photograph or a scan, and is made as much smaller as print stays legible.
    """
    image = Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1]))
    if scale != 1.0:
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        image = image.resize(size, Image.Resampling.LANCZOS)
    exact = _saved(image, lossless=True, quality=50)
    if len(exact) <= LOSSLESS * image.width * image.height:
        return exact
    return min(exact, _saved(image, quality=LOSSY_QUALITY), key=len)


def _saved(image: Image.Image, **how: float) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "WEBP", method=4, **how)
    return stream.getvalue()


def resolution(image: Image.Image) -> float:
    """Dots an inch: as the file states where that is likely, else as if the page were as long as A4."""
    stated = image.info.get("dpi", (0.0, 0.0))
    dots = float(stated[0]) if isinstance(stated, tuple) and stated else 0.0
    if LIKELY[0] <= dots <= LIKELY[1]:
        return dots
    return float(max(image.size) / A4_LENGTH)
