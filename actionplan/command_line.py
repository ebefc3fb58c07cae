"""The `actionplan` command: what every verb has in common, and how any of them ends."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from actionplan.batch.stopping import Stopped
from actionplan.terminal import complain
from actionplan.verbs import verbs_for
from normalise.program import VERSION

USAGE = 2
PIPE_CLOSED = 128 + 13  # SIGPIPE, by number: not every system names it


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 something is wrong with an input, 2 wrong usage."""
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115  a shell's `>&-` leaves none
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115
    try:
        words = sys.argv[1:] if argv is None else argv
        arguments = _parser(words).parse_args(words)
    except SystemExit as stop:  # argparse has said why, or printed the help
        return int(stop.code or 0)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except (KeyboardInterrupt, Stopped) as stopped:
        complain("Interrupted: the plans written so far are whole")
        return 128 + (stopped.number if isinstance(stopped, Stopped) else signal.SIGINT)
    except BrokenPipeError:  # whoever read our output has gone
        _let_go_of_stdout()
        return PIPE_CLOSED
    except OSError as error:
        if error.filename is not None:  # a file's error, and no full disk behind stdout
            raise
        _let_go_of_stdout()
        cause = (error.strerror or type(error).__name__).lower()
        complain(f"Cannot write the output: {cause}. Make room, or send it elsewhere")
        return USAGE


def run() -> NoReturn:
    """One command as a whole process, which ends here: to take down all that was imported would take Python a while."""
    code = main()
    with contextlib.suppress(OSError, ValueError):  # what could not be written has been told
        sys.stdout.flush()
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code)


def _let_go_of_stdout() -> None:
    """The interpreter must not complain about what it can't write as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="actionplan",
        description="Turn inspection action plans (PDF, Word, OCR text) into clean JSON and CSV, with proof.",
    )
    parser.add_argument(
        "--version", action="version", version=f"actionplan {VERSION}", help="show the version and exit"
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb in verbs_for(words):
        verb.add(verbs)
    return parser
