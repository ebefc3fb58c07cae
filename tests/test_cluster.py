"""A real cluster of Dask and a store that speaks S3, both on this machine: what a local run gives, whoever dies."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from actionplan.batch import afar
from actionplan.command_line import main

pytest.importorskip("s3fs", reason="the extra actionplan[s3] is not installed")
distributed = pytest.importorskip("distributed", reason="the extra actionplan[cluster] is not installed")
server = pytest.importorskip("moto.server", reason="moto, which stands in for S3, is not installed")
fsspec = pytest.importorskip("fsspec")

ROOT = Path(__file__).parents[1]
SECRET = "a-key-that-nobody-may-see"
COPIES = 3


@dataclass(frozen=True)
class Cluster:
    """A scheduler, and two workers of one thread each, by their addresses."""

    address: str
    workers: dict[str, subprocess.Popen[bytes]]

    def client(self) -> Any:
        return distributed.Client(self.address, timeout=60, set_as_default=False)


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples as text and Word, several times over, with a file that is no plan."""
    folder = tmp_path_factory.mktemp("work")
    for number in range(COPIES):
        (folder / "plans" / f"part-{number}").mkdir(parents=True)
        for name in ("recovery-plan-v3.txt", "recovery-plan-v4.txt", "recovery-plan-v4.docx"):
            shutil.copy(ROOT / "samples" / name, folder / "plans" / f"part-{number}")
    (folder / "plans" / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    return folder


@pytest.fixture(scope="module")
def local(plans: Path) -> dict[str, bytes]:
    """What a local run gives of them."""
    assert main(["extract", str(plans / "plans"), "--out", str(plans / "out"), "--quiet"]) == 1
    return tree(plans / "out")


@pytest.fixture(scope="module")
def store(plans: Path) -> Iterator[Any]:
    """A store that speaks S3, with the plans in it; it keeps each version of what is put there."""
    moto = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    moto.start()
    host, port = moto.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", SECRET)
        patch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        fsspec.filesystem("s3").clear_instance_cache()
        found = fsspec.filesystem("s3", use_listings_cache=False, version_aware=True)
        found.mkdir("bucket")
        found.make_bucket_versioned("bucket")
        found.put(str(plans / "plans"), "bucket/plans", recursive=True)
        yield found
    moto.stop()


@pytest.fixture(scope="module")
def cluster(store: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("dask")
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    command = [sys.executable, "-m", "distributed.cli"]
    port = address.rpartition(":")[2]
    scheduler = ["dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard", "--no-show"]
    worker = ["dask_worker", address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    started = [subprocess.Popen([*command[:-1], f"distributed.cli.{scheduler[0]}", *scheduler[1:]], **quiet)]
    try:
        names = {}
        for name in ("one", "two"):
            words = [*command[:-1], f"distributed.cli.{worker[0]}", *worker[1:], "--name", name]
            started.append(subprocess.Popen([*words, "--local-directory", str(folder / name)], **quiet))
            names[name] = started[-1]
        with distributed.Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield Cluster(address, names)
    finally:
        for process in started:
            process.kill()
            process.wait()


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def stored(store: Any, below: str) -> dict[str, bytes]:
    return {name.removeprefix(f"{below}/"): store.cat_file(name) for name in sorted(store.find(below))}


def told(report: bytes) -> list[tuple[Any, ...]]:
    """What run.json says of each input, but its time and where it is."""
    keys = ("folder", "status", "doubtful", "source_sha256", "plan_sha256")
    return [(*(one[key] for key in keys), str(one["findings"])) for one in json.loads(report)["inputs"]]


def without_report(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name != "run.json"}


def test_from_store_to_store_by_a_cluster_of_which_one_worker_is_killed(
    cluster: Cluster,
    store: Any,
    local: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As soon as the first plan is done, a worker that has others in hand is killed: none is lost, none is twice."""
    killed: list[str] = []
    ended = afar._ended

    def kill_once(future: Any, number: int) -> Any:
        if not killed:
            with cluster.client() as client:
                names = {worker: one["id"] for worker, one in client.scheduler_info()["workers"].items()}
                busy = sorted(names[worker] for worker, tasks in client.processing().items() if tasks)
            killed.append(busy[0])
            cluster.workers[busy[0]].send_signal(signal.SIGKILL)
        return ended(future, number)

    monkeypatch.setattr(afar, "_ended", kill_once)
    code = main(["extract", "s3://bucket/plans", "--out", "s3://bucket/out", "--cluster", cluster.address])
    said = capsys.readouterr().err
    assert code == 1
    assert cluster.workers[killed[0]].wait(timeout=30) == -signal.SIGKILL
    there = stored(store, "bucket/out")
    assert without_report(there) == without_report(local)
    assert told(there["run.json"]) == told(local["run.json"])
    assert len(told(there["run.json"])) == 3 * COPIES + 1
    assert said.count("  written: ") == 3 * COPIES
    versions = {name: store.object_version_info(f"bucket/out/{name}") for name in there}
    assert [name for name, several in versions.items() if len({one["ETag"] for one in several}) > 1] == []
    twice = {name.rpartition("/")[0] for name, several in versions.items() if len(several) > 1}
    assert len(twice) <= 1  # at most the plan that the killed worker had put and not told of
    assert SECRET not in said
    assert [name for name, content in there.items() if SECRET.encode() in content] == []


def test_from_disk_to_disk_by_a_cluster(cluster: Cluster, plans: Path, local: dict[str, bytes]) -> None:
    words = ["--out", str(plans / "clustered" / "part-0"), "--cluster", cluster.address, "--quiet"]
    assert main(["extract", str(plans / "plans" / "part-0"), *words]) == 0
    made = without_report(tree(plans / "clustered" / "part-0"))
    expected = {name: content for name, content in local.items() if name.startswith("part-0/")}
    exact = {f"part-0/{name}": content for name, content in made.items() if not name.endswith(".actionplan.json")}
    assert exact == {name: content for name, content in expected.items() if not name.endswith(".actionplan.json")}
    assert len(made) == len(expected) == 3 * 5


def test_a_run_without_a_cluster_leaves_what_one_with_a_cluster_wrote(
    store: Any, cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same files, and notes that both take for their own."""
    words = ["extract", "s3://bucket/plans/part-1", "--out", "s3://bucket/again"]
    assert main([*words, "--cluster", cluster.address, "--quiet"]) == 0
    before = without_report(stored(store, "bucket/again"))
    assert main(words) == 0
    assert capsys.readouterr().err.splitlines()[-1] == "3 plans: 3 unchanged (s3://bucket/again/run.json)"
    assert without_report(stored(store, "bucket/again")) == before


def test_a_cluster_that_is_not_there_is_told(
    plans: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actionplan.batch.cluster.PATIENCE", 1)
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    assert main(["extract", str(plans / "plans"), "--out", str(plans / "none"), "--cluster", address]) == 2
    assert capsys.readouterr().err == (
        f"actionplan: Cannot use the cluster at '{address}': no scheduler answers there. "
        "Start it with `dask scheduler`, and workers with `dask worker ADDRESS`.\n"
    )
    assert not (plans / "none").exists()


def test_a_store_without_its_key_is_told(
    store: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_") and "KEY" in name]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    fsspec.filesystem("s3").clear_instance_cache()
    assert main(["extract", "s3://bucket/plans", "--out", "s3://bucket/out"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("actionplan: Cannot read 's3://bucket/plans': ")
    assert SECRET not in said
