"""Whole years read by other processes: a first build takes all cores, and holds up no key."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

from journal_tui.index.rewriting import NOTHING, Change

if TYPE_CHECKING:
    from concurrent.futures import Future
    from subprocess import Popen

    from journal_tui.library.library import Library

# So many files are sooner read by one process than others are started.
FEW = 1_000
MOST_PROCESSES = 4

Stamps = Mapping[str, str]
Made = Callable[[str], Change | None]
"""What the tables of a year (its name) are to say; None where that is not known, for whatever reason."""


@contextmanager
def reading_years(library: "Library", years: Sequence[tuple[str, Stamps]]) -> Iterator[Made]:
    """Have these years (name, stamps) read by as many processes as there are cores.

    They are started when the first of the years is asked for.
    """
    count = min(_cores(), MOST_PROCESSES, len(years))
    if count < 2 or sum(len(stamps) for _, stamps in years) < FEW:
        yield lambda name: None
        return
    processes = _Processes(library, years, count)
    try:
        yield processes.made
    finally:
        processes.end()


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Processes:
    """Some processes and, for each, a thread that waits for it."""

    def __init__(self, library: "Library", years: Sequence[tuple[str, Stamps]], count: int) -> None:
        # None of this is needed by most processes.
        from concurrent.futures import ThreadPoolExecutor
        from queue import SimpleQueue

        self._library, self._wanted = library, dict(years)
        self._all: list[Popen[bytes]] = []
        self._idle: SimpleQueue[Popen[bytes]] = SimpleQueue()
        self._threads = ThreadPoolExecutor(count, "index")
        self._count = count
        self._asked: dict[str, Future[Change | None]] = {}

    def made(self, name: str) -> Change | None:
        """Wait for what comes of a year; all are begun when the first one is waited for."""
        if name in self._wanted:
            for _ in range(self._count):
                self._start()
            wanted, self._wanted = self._wanted, {}
            if self._all:
                self._asked = {
                    name: self._threads.submit(self._ask, stamps) for name, stamps in wanted.items()
                }
        asked = self._asked.pop(name, None)
        return asked.result() if asked else None

    def _start(self) -> None:
        import subprocess

        # Neither is anything imported from the folder one stands in, nor does ctrl+c get there.
        command = [sys.executable, "-P", "-m", "journal_tui.index.apart"]
        with suppress(OSError):
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            self._all.append(process)
            self._idle.put(process)
            library = self._library
            _send(process.stdin, (str(library.root), str(library.state), library.vocabulary))

    def _ask(self, stamps: Stamps) -> Change | None:
        import pickle

        process = self._idle.get()
        try:
            _send(process.stdin, dict(stamps))
            change: Change = pickle.load(_there(process.stdout))
        except (OSError, ValueError, EOFError, pickle.UnpicklingError):
            # It has ended. Whoever does its work instead meets the reason.
            return None
        finally:
            self._idle.put(process)
        # Whether there was nothing before is told by which object it is.
        return change._replace(before=NOTHING)

    def end(self) -> None:
        """Let the processes go, whatever they are at."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._all:
            process.kill()
        self._threads.shutdown()
        for process in self._all:
            process.wait()
            for pipe in (process.stdin, process.stdout):
                # What could not be sent cannot be now.
                with suppress(OSError):
                    _there(pipe).close()


def _there(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


def _send(pipe: IO[bytes] | None, what: object) -> None:
    import pickle

    pickle.dump(what, _there(pipe))
    _there(pipe).flush()
