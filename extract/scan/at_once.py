"""Pages at once: as many pictures are read at the same time as there are cores for it, and what they give is in order.

The engine's own threads share out each step of one picture and wait for one another, at half again the work; threads
that have a picture each do not. What a picture gives is the same either way, whatever the number of cores.
"""

from __future__ import annotations

import ctypes
import platform
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from msgspec import Struct

from extract.limits import cores

T = TypeVar("T")

#: More pictures are never read at once: each needs some hundred megabytes while it is read.
MOST = 4
_M_ARENA_MAX = -8


class Work(Struct, Generic[T], frozen=True):
    """Something that takes long; what it gives stands in its place."""

    run: Callable[[], T]


def at_once(threads: int | None = None) -> int:
    """How many pictures are read at once: one for each core that this process may use, or as many as it is given."""
    return min(MOST, threads or cores())


def share_one_heap() -> None:
    """Let all threads to come use one heap, with glibc: a heap for each of them keeps what its largest step took.

    Reading a scan on two cores takes 1.2 GB so, and 1.8 GB otherwise, in the same time.
    """
    if platform.libc_ver()[0] == "glibc":
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def in_order(items: Iterable[T | Work[T]], threads: int | None = None) -> Iterator[T]:
    """The items, each piece of work as what it gives. Items are taken no further ahead than keeps the `threads` busy.

    An error of a piece of work is raised in its turn. When the caller stops, or something is raised, what has not begun
    never does.
    """
    waiting: deque[Future[T]] = deque()
    most = at_once(threads)
    pool = ThreadPoolExecutor(most, "picture")
    try:
        for item in items:
            if isinstance(item, Work):
                waiting.append(pool.submit(item.run))
            elif waiting:
                waiting.append(_done(item))
            else:
                yield item
            while len(waiting) > most:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _done(value: T) -> Future[T]:
    future: Future[T] = Future()
    future.set_result(value)
    return future
