"""Whose turn it is to write the index, among threads and among processes."""

import gc
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from journal_tui.errors import IndexBusy
from journal_tui.library.privately import private_folder

LOCK_SECONDS = 10.0


@contextmanager
def rare_collections() -> Iterator[None]:
    """Look for garbage seldom: reading entries makes many objects and no cycles, a quarter is saved."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], 100_000), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Turn:
    """The turn to write the index in `folder`, which is made when it is taken."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._writer = threading.RLock()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Be the one writer. Raises IndexBusy when another process is for longer than ten seconds."""
        from filelock import FileLock, Timeout

        lock = FileLock(os.path.join(self._folder, "lock"), timeout=LOCK_SECONDS, mode=0o600)
        with self._writer:
            try:
                private_folder(Path(self._folder))
                lock.acquire()
            except Timeout:
                raise IndexBusy(
                    "Another journal process is updating the index. Try again in a moment."
                ) from None
            except OSError:
                # A cache folder that cannot be written to: the index serves from memory.
                pass
            try:
                yield
            finally:
                # One that cannot be given back goes with its process.
                with suppress(OSError):
                    lock.release()
