"""Locks between processes, one for each entry: who compares and replaces must be alone."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from journal_tui.errors import SaveError
from journal_tui.library.attributes import set_mode
from journal_tui.library.privately import private_folder
from journal_tui.library.reading import digest, open_plain

LOCK_SECONDS, LOOK_SECONDS = 10.0, 0.02
"""How long one waits for another process, and how often it is looked at."""


def lock(folder: Path, name: str) -> AbstractContextManager[None]:
    """Hold the lock `name` between processes; a separate file, since a save renames the entry's.

    Raises SaveError when another process holds it for ten seconds, or no lock can be made.
    """
    # A fixed length: a path may be longer than the name of a file can be.
    return lock_file(folder / f"{digest(os.fsencode(name))}.lock", LOCK_SECONDS)


@contextmanager
def lock_file(file: Path, seconds: float) -> Iterator[None]:
    """As `lock`, by the lock's own file, waiting so long for another process."""
    try:
        private_folder(file.parent)
        handle = _held(str(file), seconds)
    except TimeoutError:
        raise SaveError(
            "Nothing was changed: another program is saving this entry. Try again in a moment."
        ) from None
    except OSError as error:
        why = error.strerror or error
        raise SaveError(
            f"Nothing was saved: its lock cannot be written in {file.parent} ({why})."
        ) from None
    try:
        yield
    finally:
        # The end of the handle, by whatever, is the end of the lock: what was saved is saved.
        with suppress(OSError):
            os.close(handle)


def _held(file: str, seconds: float) -> int:
    """A handle that holds the lock. Raises TimeoutError and OSError."""
    handle, _ = open_plain(file, os.O_RDWR | os.O_CREAT, follow=False)
    until = time.monotonic() + seconds
    try:
        set_mode(handle, 0o600)
        while not take(handle):
            if time.monotonic() >= until:
                raise TimeoutError
            time.sleep(LOOK_SECONDS)
    except BaseException:
        os.close(handle)
        raise
    return handle


if sys.platform == "win32":
    import msvcrt

    def take(handle: int) -> bool:
        """Take the lock of an open file; False where another process has it."""
        try:
            # Beyond what may be written there: Windows refuses to read a part that is locked.
            os.lseek(handle, 1024, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def take(handle: int) -> bool:
        """Take the lock of an open file; False where another process has it. Raises OSError.

        As the package filelock does, at a tenth of its cost.
        """
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
