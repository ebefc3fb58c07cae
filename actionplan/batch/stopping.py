"""A run is stopped between two steps and never inside one: a signal is noted, and whoever waits is woken.

An exception that a signal raises wherever the program happens to be can be lost (Python drops one that comes up while a
process is forked) or leave a step half done.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType

#: An interrupt, a request to end, a terminal that was closed.
SIGNALS = tuple(
    number for name in ("SIGINT", "SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None
)


class Stopped(BaseException):
    """Somebody wants the run to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Stop:
    """Whether the run is to end. What waits, waits for `handle` too (None where signals raise as usual)."""

    def __init__(self) -> None:
        self.number: int | None = None
        self.handle: int | None = None

    def check(self) -> None:
        """Raises Stopped if the run is to end."""
        if self.number is not None:
            raise Stopped(self.number)
        if self.handle is not None:
            with contextlib.suppress(BlockingIOError):
                os.read(self.handle, 100)


@contextlib.contextmanager
def stoppable() -> Iterator[Stop]:
    """While this lasts, the first of these signals stops the run in its own time; another one acts as it always did."""
    stop = Stop()
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield stop
        return
    stop.handle, wake = os.pipe()
    os.set_blocking(stop.handle, False)
    before = {number: signal.getsignal(number) for number in SIGNALS}
    before = {number: handler for number, handler in before.items() if handler not in (signal.SIG_IGN, None)}

    def note(number: int, frame: FrameType | None) -> None:
        stop.number = number
        os.write(wake, b".")
        put_back()

    def put_back() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    try:
        for number in before:  # what is ignored stays so: nohup means it
            signal.signal(number, note)
        yield stop
    finally:
        put_back()
        os.close(stop.handle)
        os.close(wake)
