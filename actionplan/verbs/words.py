"""What the words of several verbs share."""

from __future__ import annotations

import argparse
import errno
import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from actionplan.batch.limits import Limits

Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def named(text: str) -> Path:
    """The path that a word says. An empty one (an unset variable in a script) is none: it is not this folder."""
    if not text:
        raise argparse.ArgumentTypeError("a path is empty. Name a file or a folder ('.' for this one)")
    try:
        os.lstat(text)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise argparse.ArgumentTypeError(f"{text[:40]!r}… is longer than a path can be") from error
    return Path(text)


def anywhere(text: str) -> str:
    """What `named` takes, or an address such as `s3://bucket/plans`, as it was said."""
    return text if "://" in text else str(named(text))


def page_range(text: str) -> tuple[int, int]:
    """The first and the last page that `3-7`, or `3`, says; argparse tells the user what is wrong with another text."""
    match = re.fullmatch(r"([0-9]{1,6})(?:-([0-9]{1,6}))?", text.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last:
        raise argparse.ArgumentTypeError(f"{text!r} is no range of pages. Write the first and the last, such as 3-7")
    return first, last


def day(text: str) -> date:
    """The day that `2025-01-31` says; argparse tells the user what is wrong with another text."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text.strip()):
            return date.fromisoformat(text.strip())
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} is no day. Write year, month and day, such as 2025-01-31")


def number(text: str) -> int:
    """A whole number from 1 on."""
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


def seconds(text: str) -> float:
    """A time in seconds, more than none."""
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?", text) or float(text) <= 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return float(text)


def add_limits(words: argparse.ArgumentParser) -> None:
    """The words on what one input may cost."""
    limits = words.add_argument_group("limits", "what one plan may cost; one that costs more is an error of its own")
    limits.add_argument(
        "--timeout", metavar="SECONDS", type=seconds, help="default: 600, and 30 more a page, at most 7200"
    )
    limits.add_argument("--max-memory", metavar="MB", type=number, default=4_000, help="default: 4000 (on Linux)")
    limits.add_argument("--max-pages", metavar="N", type=number, help="default: 3000 of a PDF, 500 of a picture file")
    limits.add_argument("--max-pixels", metavar="N", type=number, help="of a page of a picture file; default: 64000000")
    limits.add_argument("--max-output", metavar="MB", type=number, default=500, help="of all its files; default: 500")


def limits_of(said: argparse.Namespace) -> Limits:
    """What the words that `add_limits` takes say."""
    from actionplan.batch.limits import MB, Limits
    from extract.limits import USUAL, ReadLimits

    reading = ReadLimits(said.max_pages, said.max_pixels or USUAL.pixels)
    return Limits(said.timeout, said.max_memory * MB, said.max_output * MB, reading)
