"""Whole renderings kept as files: a missing one is written and the test fails, so that a person looks at it first."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "cases" / "renderings"


def kept(name: str, text: str) -> str:
    """The kept text of this name."""
    path = FOLDER / name
    if not path.exists():
        path.write_text(text, "utf-8", newline="")
        raise AssertionError(f"{path.name} was written: review it, then commit it")
    return path.read_bytes().decode("utf-8")
