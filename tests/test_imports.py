"""The rooms stay apart: imports run one way, each engine stands behind one door, and the installed package works."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from normalise.program import VERSION

ROOT = Path(__file__).parents[1]
#: Each package may import those before it.
ROOMS = [name for name in ("extract", "normalise", "compare", "export", "actionplan") if (ROOT / name).is_dir()]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = SETTINGS["project"]
BUILD = SETTINGS["dependency-groups"]["build"]
#: Names to import that are not the name to install.
INSTALLED_AS = {
    "PIL": "pillow",
    "camelot": "camelot-py",
    "cv2": "opencv-python-headless",
    "docx": "python-docx",
    "pdfminer": "pdfminer.six",
}
#: What the package holds beside its modules.
DATA = ("*.toml", "*.html", "*.css", "*.js")
#: Records, plain functions and arrays: no engines, so used where they are needed.
FREE = {"msgspec", "numpy", "rapidfuzz"}
#: Installed for the data that they bring, which is read without importing them.
DATA_ONLY = {"wordfreq"}

Imports = dict[str, set[str]]


def modules() -> list[Path]:
    return [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def imported(source: str) -> set[str]:
    """The full names of the modules that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name their package"
            names.add(node.module or "")
    return names


def all_imports() -> Imports:
    return {str(path.relative_to(ROOT)): imported(path.read_text("utf-8")) for path in modules()}


def against_the_flow(imports: Imports) -> list[tuple[str, str]]:
    """(module, import) for each import of a later room."""
    return [
        (module, name)
        for module, names in imports.items()
        for name in sorted(names)
        if name.split(".")[0] in ROOMS[ROOMS.index(module.split("/")[0]) + 1 :]
    ]


def engines(imports: Imports) -> dict[str, list[str]]:
    """Third-party package -> the modules that import it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for module, names in imports.items():
        for name in names:
            top = name.split(".")[0]
            if top not in ROOMS and top not in sys.stdlib_module_names:
                found[top].add(module)
    return {name: sorted(found[name]) for name in sorted(found)}


def test_the_finders_find() -> None:
    source = "import os.path\nfrom extract.model import Line\ndef late():\n    import pandas as pd\n"
    imports = {"extract/x.py": imported(source), "normalise/y.py": imported("import export.tables")}
    assert imports["extract/x.py"] == {"os.path", "extract.model", "pandas"}
    assert against_the_flow(imports) == [("normalise/y.py", "export.tables")]
    assert engines(imports) == {"pandas": ["extract/x.py"]}


def test_imports_run_one_way() -> None:
    assert against_the_flow(all_imports()) == []


def test_each_engine_is_imported_in_one_module() -> None:
    found = engines(all_imports())
    assert {name: where for name, where in found.items() if len(where) > 1 and name not in FREE} == {}


def declared(*kinds: list[str]) -> set[str]:
    return {re.split(r"[<>=!~;\[ ]", requirement)[0].lower() for kind in kinds for requirement in kind}


def test_what_is_imported_is_declared_and_nothing_else() -> None:
    found = {INSTALLED_AS.get(name, name).lower() for name in engines(all_imports())}
    extras = [kind for name, kind in PROJECT["optional-dependencies"].items() if name != "dev"]
    assert found - declared(PROJECT["dependencies"], *extras) == set()
    assert declared(PROJECT["dependencies"]) - found == DATA_ONLY


def locked(*names: str) -> dict[str, list[str]]:
    """Package as `declared` writes it -> its hashes. A line of a lock pins one package, and the hashes follow it."""
    found: dict[str, list[str]] = {}
    for name in names:
        text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
        for line in text.splitlines():
            pinned = re.fullmatch(r"([\w.-]+)==[\w.+]+ (?:; [^#\\]+? )?((?: *--hash=sha256:[0-9a-f]{64})+)", line)
            assert pinned, f"{name}: {line[:80]}"
            assert pinned[1] not in found, f"{pinned[1]} is locked twice"
            found[pinned[1]] = pinned[2].split()
    return found


def test_everything_declared_is_locked_with_hashes() -> None:
    """`make extract` needs requirements.lock alone; the second holds what tests and extras need beyond it."""
    for_users, for_all = locked("requirements.lock"), locked("requirements.lock", "requirements-dev.lock")
    names = {name.replace(".", "-") for name in declared(PROJECT["dependencies"], BUILD)}
    assert names - for_users.keys() == set()
    extras = {name.replace(".", "-") for name in declared(*PROJECT["optional-dependencies"].values())}
    assert extras - for_all.keys() == set()


def test_make_installs_nothing_unlocked() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    installs = [line for line in makefile.splitlines() if re.search(r"\binstall\b", line) and "PIP)" in line]
    assert [line for line in installs if "--require-hashes" not in line and "--no-index --no-deps" not in line] == []
    assert len(installs) == 2


def test_no_module_has_the_name_of_a_library_or_of_nothing_at_all() -> None:
    taken = {*sys.stdlib_module_names, *engines(all_imports()), *INSTALLED_AS, "utils", "common", "core", "helpers"}
    names = {path.stem if path.stem != "__init__" else path.parent.name for path in modules()} - {"__main__"}
    assert names & taken == set()


@pytest.mark.slow
def test_the_wheel_installs_and_runs(tmp_path: Path) -> None:
    """Built from a copy, installed without its dependencies (those of this environment stand in), run elsewhere."""
    pytest.importorskip("setuptools", "77", reason="an older one can't build the package")
    source = tmp_path / "source"
    for room in ROOMS:
        shutil.copytree(ROOT / room, source / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, source)
    quick = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    offline = ["--no-deps", "--no-build-isolation", "--no-index"]
    done(*quick, "wheel", *offline, "--wheel-dir", str(tmp_path), str(source))
    (wheel,) = tmp_path.glob("actionplan-*.whl")
    done(*quick, "install", *offline, "--target", str(tmp_path / "site"), str(wheel))

    shipped = {str(path.relative_to(tmp_path / "site")) for path in (tmp_path / "site").rglob("*")}
    data = {str(path.relative_to(ROOT)) for room in ROOMS for kind in DATA for path in (ROOT / room).rglob(kind)}
    assert {*data, *(str(path.relative_to(ROOT)) for path in modules()), "actionplan/py.typed"} - shipped == set()

    start = f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); "
    program = start + "from actionplan.command_line import main; sys.exit(main(sys.argv[1:]))"
    assert '"title": "plan.json"' in done(sys.executable, "-I", "-c", program, "schema", cwd=tmp_path)
    assert done(sys.executable, "-I", "-c", program, "--version", cwd=tmp_path) == f"actionplan {VERSION}\n"


def done(*words: str, cwd: Path = ROOT) -> str:
    """What a command printed; a failure shows what it said."""
    ran = subprocess.run(words, capture_output=True, text=True, cwd=cwd, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout
