"""Folders written whole or not at all."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from export import writing
from export.passing_folders import clear_leftovers
from export.writing import WriteError, replace_folder, write_folder

FILES = {"plan.json": "{}\n", "actions.csv": "id\r\n1.1\r\n"}


def tree(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_bytes().decode() if path.is_file() else "/"
        for path in sorted(folder.rglob("*"))
    }


def test_a_new_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    write_folder(tmp_path / "out" / "plan.pdf", FILES)
    assert tree(tmp_path) == {
        "out": "/",
        "out/plan.pdf": "/",
        "out/plan.pdf/actions.csv": "id\r\n1.1\r\n",
        "out/plan.pdf/plan.json": "{}\n",
    }


def test_old_files_are_replaced_and_others_left(tmp_path: Path) -> None:
    out = tmp_path / "plan.pdf"
    write_folder(out, {"plan.json": "old", "notes.txt": "mine"})
    write_folder(out, FILES)
    assert tree(out) == {"actions.csv": "id\r\n1.1\r\n", "notes.txt": "mine", "plan.json": "{}\n"}


def test_the_folder_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_folder(tmp_path / "link", FILES)
    assert tree(tmp_path / "real") == {"actions.csv": "id\r\n1.1\r\n", "plan.json": "{}\n"}
    assert (tmp_path / "link").is_symlink()


def test_the_files_have_the_rights_that_the_user_gives_new_ones(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", FILES)
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "file").touch()
    for made, plain in (("out", "plain"), ("out/plan.json", "plain/file")):
        assert (tmp_path / made).stat().st_mode == (tmp_path / plain).stat().st_mode


def test_a_full_disk_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(tmp_path / "old", {"plan.json": "old"})
    before = tree(tmp_path)
    synced: list[int] = []

    def full(handle: int) -> None:
        synced.append(handle)
        if len(synced) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(writing.os, "fsync", full)
    target = tmp_path / "old"
    with pytest.raises(WriteError) as failed:
        write_folder(target, FILES)
    assert tree(tmp_path) == before
    assert str(failed.value) == (
        f"Cannot write '{target}': no space left on device. "
        "Choose another folder with --out, or make room or permission there"
    )
    synced.clear()
    with pytest.raises(WriteError):
        write_folder(tmp_path / "new" / "deep", FILES)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("stop", [OSError(errno.EIO, "I/O error"), KeyboardInterrupt()], ids=["error", "interrupt"])
@pytest.mark.parametrize("at", range(1, 4))
def test_a_stop_at_any_rename_puts_the_old_files_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, stop: BaseException
) -> None:
    out = tmp_path / "plan.pdf"
    write_folder(out, {"plan.json": "old json", "actions.csv": "old csv", "notes.txt": "mine"})
    before = tree(tmp_path)
    real, done = Path.replace, []

    def replace(path: Path, target: Path) -> Path:
        done.append(target)
        if len(done) == at:
            raise stop
        return real(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises((WriteError, KeyboardInterrupt)):
        write_folder(out, {**FILES, "people.csv": "new"})
    assert tree(tmp_path) == before


@pytest.mark.parametrize("at", range(1, 3))
def test_a_stop_puts_the_old_files_back_where_a_disk_has_no_second_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    out = tmp_path / "plan.pdf"
    write_folder(out, {"plan.json": "old json", "actions.csv": "old csv"})
    before = tree(tmp_path)
    real, done = Path.replace, []

    def no_link(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    def replace(path: Path, target: Path) -> Path:
        done.append(target)
        if len(done) == at:
            raise KeyboardInterrupt
        return real(path, target)

    monkeypatch.setattr(writing.os, "link", no_link)
    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        write_folder(out, FILES)
    assert tree(tmp_path) == before


#: Runs write_folder, and is killed as it calls `function` of `owner` for the `at`th time.
KILLED = """
import os, signal, sys
from pathlib import Path
from export.passing_folders import clear_leftovers
from export.writing import WriteError, replace_folder, write_folder
owner, name, at = {owner}, "{name}", {at}
real, calls = getattr(owner, name), []
def killed(*words, **options):
    calls.append(name)
    if len(calls) == at:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*words, **options)
setattr(owner, name, killed)
write_folder(Path(sys.argv[1]), {{"plan.json": "{{}}\\n", "actions.csv": "id\\r\\n1.1\\r\\n"}})
"""


def killed(folder: Path, owner: str, name: str, at: int) -> int:
    program = KILLED.format(owner=owner, name=name, at=at)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.run([sys.executable, "-c", program, str(folder)], env=environment, check=False).returncode


NEW, OLD = FILES, {"plan.json": "old json", "actions.csv": "old csv"}
KILLS = [
    ("os", "fsync", 1, OLD),
    ("os", "fsync", 2, OLD),
    ("os", "link", 1, OLD),
    ("os", "link", 2, OLD),
    ("Path", "replace", 1, OLD),
    ("Path", "replace", 2, {"plan.json": NEW["plan.json"], "actions.csv": OLD["actions.csv"]}),
    ("Path", "replace", 3, NEW),
]


@pytest.mark.parametrize("owner, name, at, left", KILLS)
def test_a_process_that_is_killed_leaves_every_file_whole(
    tmp_path: Path, owner: str, name: str, at: int, left: dict[str, str]
) -> None:
    out = tmp_path / "plan.pdf"
    write_folder(out, OLD)
    assert killed(out, owner, name, at) == (0 if left == NEW else -9)
    assert tree(out) == {file: left[file] for file in sorted(left)}
    write_folder(out, FILES)
    assert tree(out) == {file: NEW[file] for file in sorted(NEW)}


@pytest.mark.parametrize("owner, name, at", [("os", "fsync", 1), ("os", "fsync", 2), ("Path", "rename", 1)])
def test_a_process_that_is_killed_leaves_no_new_folder_by_halves(
    tmp_path: Path, owner: str, name: str, at: int
) -> None:
    assert killed(tmp_path / "plan.pdf", owner, name, at) == -9
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".actionplan-")] == []


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_text("a file")
    with pytest.raises(WriteError) as failed:
        write_folder(tmp_path / "plan.pdf", FILES)
    assert failed.value.cause == "not a directory"
    assert tree(tmp_path) == {"plan.pdf": "a file"}


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "out" / "actions.csv").mkdir(parents=True)
    (tmp_path / "out" / "plan.json").write_text("old")
    before = tree(tmp_path)
    with pytest.raises(WriteError) as failed:
        write_folder(tmp_path / "out", FILES)
    assert failed.value.cause == "actions.csv is a folder there"
    assert tree(tmp_path) == before


def test_what_utf_8_cannot_hold_is_a_question_mark(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", {"actions.csv": "a\ud83db"})
    assert tree(tmp_path / "out") == {"actions.csv": "a?b"}


def _fill(folder: Path) -> None:
    (folder / "ours.txt").write_text("new", "utf-8")


def test_a_folder_is_replaced_with_what_is_not_ours_kept(tmp_path: Path) -> None:
    target = tmp_path / "there"
    write_folder(target, {"ours.txt": "old", "letter.txt": "mine"})
    replace_folder(target, _fill, ["ours.txt"])
    assert {path.name: path.read_text("utf-8") for path in target.iterdir()} == {
        "ours.txt": "new",
        "letter.txt": "mine",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_a_folder_whose_other_files_cannot_be_moved_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "there"
    write_folder(target, {"ours.txt": "old", "another.txt": "mine", "letter.txt": "mine"})
    rename = Path.rename

    def busy(path: Path, to: Path) -> Path:
        if path.name == "letter.txt":
            raise OSError(16, "Device or resource busy")
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", busy)
    with pytest.raises(WriteError, match="device or resource busy"):
        replace_folder(target, _fill, ["ours.txt"])
    assert {path.name: path.read_text("utf-8") for path in target.iterdir()} == {
        "ours.txt": "old",
        "another.txt": "mine",
        "letter.txt": "mine",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_another_run_does_not_clear_away_a_folder_that_is_being_filled(tmp_path: Path) -> None:
    def fill(folder: Path) -> None:
        clear_leftovers(tmp_path)
        _fill(folder)

    replace_folder(tmp_path / "there", fill, ["ours.txt"])
    assert (tmp_path / "there/ours.txt").read_text("utf-8") == "new"
