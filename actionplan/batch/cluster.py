"""A Dask cluster as an executor: `dask scheduler` and `dask worker` start one. Dask is imported here alone, on use."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from actionplan.inputs import UsageError

#: How long a scheduler may take to answer, in seconds.
PATIENCE = 10


@contextmanager
def connected(address: str) -> Iterator[tuple[Executor, int]]:
    """An executor that does tasks on the cluster, and how many at once. Raises UsageError where none is there."""
    what = f"Cannot use the cluster at {address!r}"
    try:
        from dask import distributed
    except ImportError as error:
        hint = "Install it with: pip install 'actionplan[cluster]'"
        raise UsageError(what, "dask.distributed is not installed", hint) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what a person must know is ours to say
    try:
        client: Any = distributed.Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        hint = "Start it with `dask scheduler`, and workers with `dask worker ADDRESS`"
        raise UsageError(what, "no scheduler answers there", hint) from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise UsageError(what, "it has no workers", f"Start some with `dask worker {address}`")
        yield client.get_executor(pure=False), threads
