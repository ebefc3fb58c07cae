"""Files and texts made to break things: a short run, the same each time; `make fuzz` is the long one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actionplan.corrections_file import read_corrections
from actionplan.layout_file import read_layout
from extract.model import ReadError
from fuzz.kinds import KINDS, made
from fuzz.oracle import Verdict, verdict
from fuzz.steps import document_problems, text_problems, two_versions
from fuzz.texts import NASTY, USUAL

HERE = Path(__file__).parent
CASES = sorted(path for path in (HERE / "cases" / "hostile").iterdir() if path.suffix != ".md")
#: How many files of each kind a test makes: as many as a second or two reads.
NUMBERS = {"pdf": 20, "word": 40, "workbook": 40, "dump": 12, "picture": 16, "bytes": 16, "steps": 4}

TEXTS = st.lists(st.sampled_from([*NASTY, *USUAL]) | st.text(max_size=12), min_size=1, max_size=4).flatmap(
    lambda parts: st.sampled_from(("", " ", "\n", ", ")).map(lambda glue: glue.join(parts))
)
ALWAYS_THE_SAME = settings(
    derandomize=True, deadline=None, max_examples=60, suppress_health_check=list(HealthCheck), database=None
)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_what_broke_something_once_is_read_or_refused(path: Path) -> None:
    assert verdict(path).kind != "broken"


@pytest.mark.parametrize("kind", KINDS)
def test_made_files_are_read_or_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"case{KINDS[kind][0]}"
    found: dict[int, Verdict] = {}
    for number in range(NUMBERS[kind]):
        path.write_bytes(made(kind, number))
        found[number] = verdict(path)
    assert {number: one for number, one in found.items() if one.kind == "broken"} == {}
    assert "refused" in {one.kind for one in found.values()} or kind == "steps"


@given(TEXTS)
@ALWAYS_THE_SAME
def test_every_step_holds_for_any_text(text: str) -> None:
    assert text_problems(text) == ()


@given(st.randoms(use_true_random=False))
@settings(ALWAYS_THE_SAME, max_examples=20)
def test_every_document_keeps_the_promise_on_its_way_to_every_output(chance: object) -> None:
    assert document_problems(*two_versions(chance)) == ()  # type: ignore[arg-type]


SETTINGS = (
    st.text(max_size=60)
    | TEXTS.map(lambda text: f"[columns]\n{text!r} = 'action'\n")
    | TEXTS.map(
        lambda text: f"[reviewer]\nname = {text!r}\ndate = 2025-01-31\n[[value]]\nrow = {text!r}\nfield = 'end'\n"
    )
)


@given(SETTINGS)
@ALWAYS_THE_SAME
def test_any_layout_or_corrections_file_is_read_or_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    said = [refusal(read, path) for read in (read_layout, read_corrections)]
    assert [one for one in said if one and ("\n" in one or not one.startswith("Cannot use the "))] == []


def refusal(read: Callable[[Path], object], path: Path) -> str | None:
    """What reading a file says against it; None where it is read."""
    try:
        read(path)
    except ReadError as error:
        return str(error)
    return None
