"""Folders that last as long as the work in them, and what dead processes left of them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from export import passing_folders
from export.passing_folders import clear_leftovers, passing_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such locks there")


def test_a_passing_folder_is_gone_afterwards(tmp_path: Path) -> None:
    with passing_folder(tmp_path) as folder:
        (folder / "file").touch()
        assert [path.name.startswith(".actionplan-") for path in tmp_path.iterdir()] == [True]
    assert list(tmp_path.iterdir()) == []


def test_one_that_is_renamed_stays(tmp_path: Path) -> None:
    with passing_folder(tmp_path) as folder:
        folder.rename(tmp_path / "kept")
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_what_is_in_use_or_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / ".actionplan-file").touch()
    (tmp_path / ".actionplan-link").symlink_to(tmp_path / "mine")
    with passing_folder(tmp_path) as folder:
        clear_leftovers(tmp_path)
        assert folder.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".actionplan-file", ".actionplan-link", "mine"]


def test_another_users_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".actionplan-0").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: -1)
    clear_leftovers(tmp_path)
    assert (tmp_path / ".actionplan-0").exists()


def test_where_there_is_no_folder_there_is_nothing_to_clear(tmp_path: Path) -> None:
    clear_leftovers(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


LEFT = """
import os, signal, sys
from pathlib import Path
from export.passing_folders import passing_folder
with passing_folder(Path(sys.argv[1])) as folder:
    (folder / "half").touch()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_process_left_is_cleared_away(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", LEFT, str(tmp_path)], env=environment, check=False)
    assert (done.returncode, len(list(tmp_path.iterdir()))) == (-signal.SIGKILL, 1)
    clear_leftovers(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_one_that_is_cleared_away_before_its_lock_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, seen = passing_folders._locked, []

    def locked(folder: Path) -> int | None:
        seen.append(folder)
        lock = real(folder)
        if len(seen) == 1:
            folder.rmdir()  # another run was quicker
        return lock

    monkeypatch.setattr(passing_folders, "_locked", locked)
    with passing_folder(tmp_path) as folder:
        assert folder.exists()
        assert folder == seen[1] != seen[0]
