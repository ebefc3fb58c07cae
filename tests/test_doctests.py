"""Every example in a docstring says what the code does."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = [name for name in ("extract", "normalise", "compare", "export", "actionplan") if (ROOT / name).is_dir()]
FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if path.stem != "__main__"]


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


WITH_EXAMPLES = [name_of(path) for path in FILES if ">>> " in path.read_text("utf-8")]


def test_modules_with_examples_are_found() -> None:
    assert {"normalise.refs", "normalise.rows.openness", "extract.model"} <= set(WITH_EXAMPLES)


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_hold(name: str) -> None:
    results = doctest.testmod(import_module(name))
    assert (results.failed, results.attempted > 0) == (0, True)
