"""What a command reads is read apart: a document that hangs, explodes or kills its process costs it one error.

Real commands and real processes; the bad document is one whose reader misbehaves as it may be made to.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from dumps import HEADER, TITLE, row

from actionplan import reviewing
from actionplan.batch import pool
from actionplan.batch.apart import Errand, apart, each_apart
from actionplan.batch.limits import MB, USUAL, Limits
from actionplan.command_line import main
from actionplan.diffing import plan_at
from actionplan.job import extract_one
from actionplan.verbs import VERBS
from compare import comparing
from extract import limits as extract_limits
from extract import reading
from extract.limits import ReadLimits
from extract.model import PagesError, ReadError
from extract.page_pictures import page_pictures

ROOT = Path(__file__).parents[1]
PDF = ROOT / "samples" / "recovery-plan-v3.pdf"
DUMP = "\n".join(line.replace(" | ", "\t") for line in (*TITLE, HEADER, row("1.1"), row("1.2"))) + "\n"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and orphans are held by Linux")

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def extracted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a document and what `extract` wrote of it."""
    monkeypatch.chdir(tmp_path)
    Path("bad.txt").write_text(DUMP, "utf-8")
    assert main(["extract", "bad.txt", "--quiet"]) == 0
    return tmp_path


def deep() -> None:
    deep()


MISBEHAVIOUR: dict[str, tuple[Callable[[], object], str]] = {
    "hangs": (signal.pause, "it took more than 0.2 seconds. Give it longer with --timeout 1, or split it"),
    "explodes": (
        lambda: len(b"x" * (400 * MB)),
        "it needs more than 300 MB of memory. Allow more with --max-memory 600, or split it",
    ),
    "kills": (
        lambda: os.kill(os.getpid(), signal.SIGKILL),
        "the process that read it was killed from outside (SIGKILL), as where memory runs out. Try it again, or with a "
        "lower --max-memory",
    ),
    "crashes": (
        lambda: (faulthandler.disable(), os.kill(os.getpid(), signal.SIGSEGV)),
        "the process that read it crashed (SIGSEGV). It may be damaged (open it in a viewer and save it again), or "
        "need more memory than --max-memory 4000 allows",
    ),
    "is deep": (
        deep,
        "it is nested too deeply. Open it in the program that it is of and save it again; if that does not help, "
        "please report this",
    ),
}
#: Each command that reads a document, its exit code for one that can't be read, and what it then could not do.
COMMANDS: dict[str, tuple[list[str], int, str]] = {
    "tables": (["bad.txt"], 1, "Cannot read 'bad.txt'"),
    "diff": (["out/bad.txt", "bad.txt"], 2, "Cannot read 'bad.txt'"),
    "history": (["bad.txt", "out/bad.txt"], 2, "Cannot read 'bad.txt'"),
    "chart": (["bad.txt"], 2, "Cannot draw 'bad.txt'"),
    "check": (["out", "--source", "bad.txt"], 2, "Cannot check 'out/bad.txt/plan.json'"),
    "review": (["out"], 1, "Cannot review 'out/bad.txt/plan.json'"),
}


def command(folder: Path, *words: str, **how: Any) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it in a folder, where its temporary files go too."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder / "temporary")}
    (folder / "temporary").mkdir(exist_ok=True)
    how = {"stdout": subprocess.PIPE, **how}
    line = [sys.executable, "-m", "actionplan", *words]
    return subprocess.run(line, env=environment, cwd=folder, stderr=subprocess.PIPE, text=True, check=False, **how)


@pytest.mark.parametrize("how", MISBEHAVIOUR)
@pytest.mark.parametrize("verb", COMMANDS)
def test_a_document_that_misbehaves_costs_a_command_one_clear_error(
    verb: str, how: str, extracted: Path, monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    words, code, what = COMMANDS[verb]
    misbehave, cause = MISBEHAVIOUR[how]
    before = sorted(extracted.rglob("*"))
    monkeypatch.setattr(reading, "read", lambda *_, **__: misbehave())
    limits = {"hangs": ["--timeout", "0.2"], "explodes": ["--max-memory", "300"]}.get(how, [])
    assert main([verb, *words, *limits]) == code
    assert capfd.readouterr() == ("", f"actionplan: {what}: {cause}.\n")
    assert sorted(extracted.rglob("*")) == before


@pytest.mark.parametrize("verb", COMMANDS)
def test_a_good_document_is_read_within_the_same_limits(verb: str, extracted: Path) -> None:
    assert command(extracted, verb, *COMMANDS[verb][0], "--timeout", "60", "--max-memory", "300").returncode == 0


@pytest.mark.parametrize("verb", [verb for verb in COMMANDS if verb != "tables"])
def test_a_plan_json_that_never_ends_costs_a_command_one_clear_error(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    """It is read apart like any other input: here a pipe that nobody writes to."""
    monkeypatch.chdir(tmp_path)
    Path("out").mkdir()
    os.mkfifo("out/plan.json")
    words = ["out", "out"] if verb == "diff" else ["out"]
    assert main([verb, *words, "--timeout", "0.4"]) == COMMANDS[verb][1]
    printed, told = capfd.readouterr()
    assert printed == ""
    assert set(told.splitlines()) == {
        f"actionplan: {COMMANDS[verb][2].split()[0]} {COMMANDS[verb][2].split()[1]} "
        f"{'out' if verb in ('diff', 'history', 'chart') else 'out/plan.json'!r}: it took more than 0.4 seconds. "
        "Give it longer with --timeout 2, or split it."
    }


def test_a_stream_that_unpacks_to_a_thousand_times_its_size(extracted: Path) -> None:
    """A real PDF of 160 KB that holds 160 MB of drawing, where 100 MB are allowed."""
    packed = zlib.compress(b"q Q " * 40_000_000, 9)
    (extracted / "a.pdf").write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 595]/Contents 4 0 R>>endobj "
        + b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\n" % (len(packed), packed)
        + b"trailer<</Root 1 0 R>>\n"
    )
    for words, code in ((["tables"], 1), (["diff", "out/bad.txt"], 2)):
        done = command(extracted, *words, "a.pdf", "--max-memory", "100")
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1)
        assert done.stderr.startswith("actionplan: Cannot read 'a.pdf': ")
        assert "--max-memory" in done.stderr


# --- what is made of it ----------------------------------------------------------------------------------------------


def test_a_comparison_that_explodes_is_one_error_too(
    extracted: Path, monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    """Each plan is fine, and comparing them word by word is not."""
    monkeypatch.setattr(comparing, "compare", lambda *_: b"x" * (400 * MB))
    assert main(["diff", "out/bad.txt", "bad.txt", "--max-memory", "300"]) == 2
    assert capfd.readouterr() == (
        "",
        "actionplan: Cannot compare 'out/bad.txt' with 'bad.txt': it needs more than 300 MB of memory. Allow more with "
        "--max-memory 600, or split it.\n",
    )


def test_a_page_beyond_the_limit_is_not_written(extracted: Path, capfd: Captured) -> None:
    assert reviewing.review_all([Path("out")], limits=Limits(output=1_000)) == 1
    told = capfd.readouterr().err
    assert told.startswith("actionplan: Cannot write 'out/bad.txt/review.html': it gives ")
    assert told.endswith(" bytes to write, and the limit is 1,000. Allow more with --max-output 1, or split it.\n")
    assert not (extracted / "out/bad.txt/review.html").exists()


def test_what_a_killed_worker_left_beside_a_plan_is_cleared_away(
    extracted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(folder: Path, files: dict[str, bytes]) -> None:
        (folder.parent / ".actionplan-half").mkdir()
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(reviewing, "write_folder", half)
    assert main(["review", "out", "--quiet"]) == 1
    assert [path.name for path in Path("out").iterdir()] == ["bad.txt"]


# --- errands ---------------------------------------------------------------------------------------------------------


def errand(do: Callable[[Any], Any], name: str = "it") -> Errand[Any]:
    return Errand(name, f"Cannot do {name}", do)


def test_values_come_in_the_order_of_the_errands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actionplan.batch.apart.cores", lambda: 3)
    read, write = os.pipe()

    def last_one_first(number: int, watch: Any) -> int:
        os.write(write, b"xx") if number == 2 else os.read(read, 1)
        return number

    assert list(each_apart([errand(partial(last_one_first, number)) for number in range(3)], USUAL)) == [0, 1, 2]
    os.close(read)
    os.close(write)


def test_an_error_comes_whole_and_of_its_kind() -> None:
    def refused(watch: Any) -> None:
        error = PagesError("Cannot read pages 3 to 4", "it has 2 pages", "Ask for pages that it has")
        error.add_note("a note\nof two lines")
        raise error

    with pytest.raises(PagesError) as told:
        apart(errand(refused), USUAL)
    assert (told.value.what, told.value.cause, told.value.hint) == (
        "Cannot read pages 3 to 4",
        "it has 2 pages",
        "Ask for pages that it has",
    )
    assert told.value.__notes__ == ["a note\nof two lines"]


def test_what_nobody_foresaw_is_told_as_a_defect() -> None:
    (found,) = each_apart([errand(lambda watch: {}["row"])], USUAL)
    assert isinstance(found, ReadError)
    assert str(found).startswith("Cannot do it: KeyError in test_apart.py line ")
    assert found.hint == "This is a defect of actionplan, not of your file: please report this message"


@pytest.mark.parametrize("size, fits", [(900, True), (1_000, False)])
def test_no_more_is_let_out_than_is_allowed(size: int, fits: bool) -> None:
    (found,) = each_apart([errand(lambda watch: "x" * size)], Limits(output=1_000))
    if fits:
        assert found == "x" * size
    else:
        assert str(found).startswith("Cannot do it: it gives 1,")


def test_what_cannot_leave_the_worker_is_an_error() -> None:
    (found,) = each_apart([errand(lambda watch: lambda: None)], USUAL)
    assert str(found).startswith("Cannot do it: the process that read it ended (")


def test_a_long_document_is_announced(capfd: Captured) -> None:
    def long(watch: Any) -> None:
        watch.page(1, 80)
        watch.page(2, 80)

    apart(errand(long, "a.pdf"), USUAL)
    assert capfd.readouterr().err == "a.pdf: reading 80 pages; this takes a while\n"
    apart(errand(long, "a.pdf"), USUAL, quiet=True)
    assert capfd.readouterr().err == ""


def test_a_spawned_worker_reads_the_same(extracted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = plan_at(Path("bad.txt"))
    monkeypatch.setattr(pool, "START", "spawn")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    assert apart(Errand("it", "Cannot do it", partial(plan_at, Path("bad.txt"), USUAL)), USUAL) == here


# --- stopped, and nobody listening -----------------------------------------------------------------------------------


@pytest.fixture
def heard() -> Iterator[None]:
    """Signals that act, though the tests may have been started in the background, where an interrupt is ignored."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("verb", COMMANDS)
def test_a_command_that_is_stopped_leaves_no_process(
    verb: str, number: int, code: int, extracted: Path, monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    read, write = os.pipe()

    def stop(*_: object, **__: object) -> None:
        os.write(write, b"x")
        os.kill(os.getppid(), number)
        signal.pause()

    monkeypatch.setattr(reading, "read", stop)
    assert main([verb, *COMMANDS[verb][0]]) == code
    assert capfd.readouterr() == ("", "actionplan: Interrupted: the plans written so far are whole.\n")
    os.close(write)
    assert (os.read(read, 9), os.read(read, 9)) == (b"x", b"")  # returns when no worker holds the other end
    os.close(read)


def test_closing_early_stops_all() -> None:
    read, write = os.pipe()

    def never(number: int, watch: Any) -> None:
        if number:
            os.write(write, b"x")
            signal.pause()

    each = each_apart([errand(partial(never, number)) for number in range(2)], USUAL)
    with closing(each):
        assert next(each) is None
    os.close(write)
    assert os.read(read, 9) in (b"", b"x")
    assert os.read(read, 9) == b""
    os.close(read)


def test_a_reader_that_has_gone_ends_a_check_of_many(extracted: Path, tmp_path: Path) -> None:
    """A fork flushes what is printed: where nobody reads it, that is no failure to start a process."""
    data = json.loads(Path("out/bad.txt/plan.json").read_text("utf-8"))
    data["ledger"]["placed"] += 1
    for number in range(12):
        Path(f"many/{number}").mkdir(parents=True)
        Path(f"many/{number}/plan.json").write_text(json.dumps(data), "utf-8")
    read, write = os.pipe()
    os.close(read)
    done = command(tmp_path, "check", "many", stdout=write)
    os.close(write)
    assert done.returncode == 141
    assert "no process could be started" not in done.stderr
    assert list(Path("temporary").iterdir()) == []


# --- the words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", [*COMMANDS, "extract"])
def test_every_command_that_reads_has_the_same_words_for_the_limits(verb: str, capsys: Captured) -> None:
    helps = []
    for one in ("extract", verb):
        assert main([one, "--help"]) == 0
        helps.append(capsys.readouterr().out.partition("\nlimits:\n")[2].split())
    assert helps[0] == helps[1]
    words = ["--timeout", "--max-memory", "--max-pages", "--max-pixels", "--max-output"]
    assert [word for word in helps[0] if word.startswith("--")] == words
    assert verb in VERBS


@pytest.mark.parametrize("words, code", [(["tables"], 1), (["diff", "plan.json"], 2), (["history"], 2), (["chart"], 2)])
def test_the_pages_of_a_document_have_a_limit(words: list[str], code: int, extracted: Path, capsys: Captured) -> None:
    Path("plan.json").write_bytes(Path("out/bad.txt/plan.json").read_bytes())
    assert main([*words, str(PDF), "--max-pages", "8"]) == code
    assert capsys.readouterr().err.endswith(
        "Cannot read recovery-plan-v3.pdf: it has 9 pages to read, and the limit is 8. "
        "Read some of them with --pages, or allow more with --max-pages 9.\n"
    )


def test_the_pages_that_are_drawn_have_limits(tmp_path: Path) -> None:
    from PIL import Image

    with pytest.raises(ReadError, match="it has 3 pages to read, and the limit is 2"):
        next(page_pictures(PDF, (2, 4), limits=ReadLimits(pages=2)))
    seen: list[tuple[int, int]] = []
    pages = list(page_pictures(PDF, (8, 99), lambda *both: seen.append(both), ReadLimits(pages=2)))
    assert ([page.number for page in pages], seen) == ([8, 9], [(1, 2), (2, 2)])
    Image.new("L", (20, 10), 200).save(tmp_path / "scan.png")
    with pytest.raises(ReadError, match="the limit is 199 pixels"):
        next(page_pictures(tmp_path / "scan.png", (1, 1), limits=ReadLimits(pixels=199)))
    assert len(list(page_pictures(tmp_path / "scan.png", (1, 1), limits=ReadLimits(pixels=200)))) == 1


# --- the cores -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by, threads", [(1, 4), (2, 2), (3, 1), (4, 1), (9, 1)])
def test_documents_that_are_read_at_once_share_the_cores(
    by: int, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract_limits, "cores", lambda: 4)
    assert ReadLimits(7, 8).shared(by) == ReadLimits(7, 8, threads)
    assert Limits(9, 10, 11, ReadLimits(7, 8)).shared(by) == Limits(9, 10, 11, ReadLimits(7, 8, threads))


@pytest.mark.parametrize("jobs, threads", [("1", 4), ("2", 2), ("9", 1)])
def test_each_worker_of_a_run_has_its_share(
    jobs: str, threads: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def read(*_: object, limits: ReadLimits, **__: object) -> None:
        raise ReadError("Cannot read it", f"{limits.threads} threads", "None")

    monkeypatch.setattr(extract_limits, "cores", lambda: 4)
    monkeypatch.setattr(sys.modules[extract_one.__module__], "read", read)
    monkeypatch.chdir(tmp_path)
    for name in "abcd":
        Path(f"{name}.txt").write_text(DUMP)
    assert main(["extract", "a.txt", "b.txt", "c.txt", "d.txt", "--jobs", jobs]) == 1
    assert capsys.readouterr().err.count(f"Cannot read it: {threads} threads") == 4
