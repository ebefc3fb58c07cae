"""Every command and example in the README and the docs runs, and prints what the page shows.

A page says a command in a block of the language `console`, after `$ `, and an example in one of the language `python`,
after `>>> `. A page's blocks run in their order, in a folder of their own that holds `samples/` and the plan
`my-plan.pdf`, and every file that the page itself shows after "as `name`:". Under a command, a line that ends in `…`
shows only how it begins; a line that is only `…` stands for any lines.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from ruled_pages import ruled_pdf
from test_layout import LAYOUT as QUAY_LAYOUT
from test_layout import PAGES as QUAYS
from test_layout import WIDTHS as QUAY_WIDTHS

from actionplan.command_line import main
from actionplan.verbs import VERBS

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SHOWN_FILE = re.compile(r"\bas\s+`([\w./-]+)`:\n\n```\w*\n(.*?)^```$", re.DOTALL | re.MULTILINE)

#: What is not run, and why.
NOT_RUN = {
    "make test": "it is what runs this",
    "pip install 'actionplan[parquet]'": "it needs an index of packages",
    "datasette out/my-plan.pdf/plan.sqlite": "it serves until it is stopped; test_exports_elsewhere.py asks Datasette",
}


@dataclass(frozen=True)
class Said:
    """A command as a page has it, and the lines that it shows under it."""

    command: str
    shown: tuple[str, ...]


def blocks_in(text: str) -> list[tuple[str, str]]:
    """(language, content) of each block that runs, in their order; Python without a prompt only shows a form."""
    return [(kind, content) for kind, content in BLOCK.findall(text) if kind == "console" or ">>> " in content]


def said_in(content: str) -> list[Said]:
    """The commands of a block, without the comments after them."""
    found = []
    for part in re.split(r"^\$ ", content, flags=re.MULTILINE)[1:]:
        command, *shown = part.rstrip("\n").split("\n")
        found.append(Said(re.sub(r"\s{2,}#\s.*$", "", command), tuple(shown)))
    return found


def commands_of(page: Path) -> list[Said]:
    text = page.read_text("utf-8")
    return [said for kind, content in blocks_in(text) if kind == "console" for said in said_in(content)]


def fits(printed: str, shown: tuple[str, ...]) -> bool:
    """Whether what was printed is what a page shows."""
    pattern = ""
    for line in shown:
        if line.strip() == "…":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += re.escape(line.removesuffix("…")) + (r".*\n" if line.endswith("…") else r"\n")
    return bool(re.fullmatch(pattern, printed.replace("\r\n", "\n").rstrip("\n") + "\n"))


def test_the_finder_finds_and_compares() -> None:
    page = "text\n```console\n$ make x    # sets up\n$ a --b 'c # d'\nfirst\n…\nlast …\n```\n```python\nfix = 1\n```\n"
    ((kind, content),) = blocks_in(page)
    assert kind == "console"
    assert said_in(content) == [Said("make x", ()), Said("a --b 'c # d'", ("first", "…", "last …"))]
    shown = ("first", "…", "last …")
    assert fits("first\nlast words\n", shown)
    assert fits("first\nsecond\nthird\nlast words", shown)
    assert not fits("first\nsecond\n", shown)
    assert not fits("first\nlast words\nmore\n", shown)


def test_commands_are_found() -> None:
    commands = [said.command for page in PAGES for said in commands_of(page)]
    verbs = {command.split()[1] for command in commands if command.startswith("actionplan ")}
    assert {"extract", "diff", "history", "chart", "check", "tables", "schema"} <= verbs
    assert len(commands) >= 20


def test_what_is_not_run_is_still_there() -> None:
    commands = {said.command for page in PAGES for said in commands_of(page)}
    assert set(NOT_RUN) - commands == set()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the pages speak of."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples", ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    shutil.copy(ROOT / "samples" / "recovery-plan-v3.pdf", tmp_path / "my-plan.pdf")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def a_plan_of_the_quays(place: Path) -> None:
    """The plan whose headers nobody knows, and the layout for it, that the page on layouts speaks of."""
    ruled_pdf(place / "quays.pdf", QUAYS, QUAY_WIDTHS, "Safer Quays Improvement Plan")
    (place / "quays.toml").write_text(QUAY_LAYOUT, "utf-8")


#: What some pages need beside the samples.
BEFORE: dict[str, Callable[[Path], None]] = {"layouts.md": a_plan_of_the_quays}


RUN = [page for page in PAGES if blocks_in(page.read_text("utf-8"))]


@pytest.mark.parametrize("page", RUN, ids=lambda page: page.name)
def test_what_a_page_shows_is_what_comes(page: Path, place: Path) -> None:
    text = page.read_text("utf-8")
    BEFORE.get(page.name, lambda _: None)(place)
    for name, content in SHOWN_FILE.findall(text):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(content, "utf-8")
    names: dict[str, object] = {}
    for kind, content in blocks_in(text):
        if kind == "python":
            assert failures_of(content, names) == "", f"in {page.name}"
        else:
            for said in said_in(content):
                try_command(page.name, said)


def try_command(page: str, said: Said) -> None:
    """Run a command of a page; it must end well, or say the error that is shown, and print what is shown."""
    if said.command in NOT_RUN:
        return
    code, printed = run(said.command)
    expected = {0, 1} if said.command.startswith("actionplan diff ") else {0}
    if any(line.startswith("actionplan: ") for line in said.shown):
        expected = {1, 2}
    assert code in expected, f"{page}: {said.command!r} ended with {code} and said:\n{printed}"
    if said.shown:
        shown = "\n".join(said.shown)
        assert fits(printed, said.shown), f"{page} shows of {said.command!r}:\n{shown}\nand it is:\n{printed}"


def failures_of(content: str, names: dict[str, object]) -> str:
    """What is wrong with the examples of a block; what they define stays in `names`."""
    test = doctest.DocTestParser().get_doctest(content, names, "example", None, 0)
    told: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=told.append, clear_globs=False)
    names.update(test.globs)
    return "".join(told)


def run(command: str) -> tuple[int, str]:
    """The exit code of a command and what it printed, on stderr too."""
    if command.startswith("actionplan ") and not re.search(r"[|;&]|\$\(", command):
        return run_here(shlex.split(command)[1:])
    if command.startswith("make "):
        return run_make(command)
    tools = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    ran = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, timeout=120, env=tools, check=False, encoding="utf-8"
    )
    return ran.returncode, ran.stdout + ran.stderr


def run_here(words: list[str]) -> tuple[int, str]:
    """A command of ours, in this process, which has imported everything; `> file` takes what it prints as data."""
    target = words.index(">") if ">" in words else len(words)
    printed = io.StringIO()
    data = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    with contextlib.redirect_stdout(data if target < len(words) else printed), contextlib.redirect_stderr(printed):
        code = main(words[:target])
    if target < len(words):
        data.flush()
        Path(words[target + 1]).write_bytes(data.buffer.getvalue())  # type: ignore[attr-defined]
    return code, printed.getvalue()


def run_make(command: str) -> tuple[int, str]:
    """What a target of the Makefile would run, all of it ours, is run here; setting up is what other tests try."""
    words = shlex.split(command)[1:]
    ready = ["--old-file=.venv/ready", "--old-file=.venv/ready-dev"]
    asked = subprocess.run(
        ["make", "--dry-run", "--directory", str(ROOT), "--no-print-directory", *ready, *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert asked.returncode == 0, asked.stderr
    code, printed = 0, ""
    for part in re.split(r"\n|\|\||;|&&", asked.stdout):
        if part.strip().startswith(".venv/bin/actionplan "):
            ended, more = run_here(shlex.split(part)[1:])
            code, printed = max(code, ended), printed + more
    assert printed or code, f"{command!r} runs nothing of ours: {asked.stdout}"
    return code, printed


def shows(shown: object, real: object) -> bool:
    """Whether a shortened value is of the real one: some keys of an object, a text up to its `…`, a list one by one."""
    if isinstance(shown, dict):
        return isinstance(real, dict) and all(key in real and shows(part, real[key]) for key, part in shown.items())
    if isinstance(shown, list):
        same_length = isinstance(real, list) and len(shown) == len(real)
        return same_length and all(shows(*pair) for pair in zip(shown, real, strict=True))  # type: ignore[call-overload]
    if isinstance(shown, str) and shown.endswith(" …"):
        return isinstance(real, str) and real.startswith(shown.removesuffix(" …"))
    return shown == real


def test_the_result_in_the_readme_is_the_real_one() -> None:
    """The row as the sample's expected reading has it, and the line of the dump as it stands there."""
    text = (ROOT / "README.md").read_text("utf-8")
    (shown,) = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL))
    expected = json.loads((ROOT / "samples" / "expected" / "recovery-plan-v3.txt.json").read_text("utf-8"))
    (real,) = (action for action in expected["actions"] if action["id"] == shown["id"])
    assert shows(shown, real), json.dumps({key: real[key] for key in shown}, ensure_ascii=False, indent=2)
    assert not shows({**shown, "status": "complete"}, real)
    line = re.findall(r"```text\n(.*)\n", text)[0]
    printed = (ROOT / "samples" / "recovery-plan-v3.txt").read_text("utf-8").splitlines()[39].split("\t")
    cells = [cell.strip() for cell in line.split("⇥")]
    assert [shows(cell, real_cell.strip()) for cell, real_cell in zip(cells, printed, strict=False)] == [True] * 8


def test_the_rule_on_the_page_about_rules_is_the_rule() -> None:
    (shown,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "new-rule.md").read_text("utf-8"), re.DOTALL)
    assert shown == (ROOT / "normalise" / "rules" / "split_brackets.py").read_text("utf-8")


ALL_PAGES = [*PAGES, ROOT / "CHANGELOG.md", ROOT / "samples" / "README.md"]


def headings_of(page: Path) -> set[str]:
    """The anchors of a page, as they are made of its headings."""
    lines = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in lines}


@pytest.mark.parametrize("page", ALL_PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = []
    for target in re.findall(r"\]\(([^()\s]+)\)", page.read_text("utf-8")):
        name, _, anchor = target.partition("#")
        aim = page.parent / name if name else page
        if not aim.exists() or (anchor and anchor not in headings_of(aim)):
            lost.append(target)
    assert lost == []


def test_every_command_that_is_named_is_one() -> None:
    """`make x` and `actionplan x`, wherever in a text."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    known = {"make": set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE)), "actionplan": set(verbs())}
    for page in ALL_PAGES:
        for program, name in re.findall(r"`(make|actionplan) ([a-z]+)\b", page.read_text("utf-8")):
            assert name in known[program], f"{page.name}: {program} {name}"


def test_every_verb_is_in_the_readme() -> None:
    table = re.findall(r"^\| `actionplan (\w+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(table) == sorted(verbs())


def verbs() -> list[str]:
    return [*VERBS]
