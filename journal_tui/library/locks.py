"""Locks between processes: for saving an entry, for editing it, and for updating the index."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from journal_tui.errors import SaveError
from journal_tui.library.file_reader import digest, open_plain
from journal_tui.library.private_files import private_folder, set_mode

_TIME = "%Y-%m-%dT%H:%M"
LOCK_SECONDS, LOOK_SECONDS = 10.0, 0.02
"""How long to wait for another process, and the time between two tries."""


def lock(folder: Path, name: str) -> AbstractContextManager[None]:
    """Hold the lock `name` in a `with` block.

    The lock is a file of its own, because a save replaces the entry's file. Raise SaveError if
    another process holds it for more than ten seconds, or if it can't be created.
    """
    # A digest, because a path may be too long for a file's name.
    return lock_file(folder / f"{digest(os.fsencode(name))}.lock", LOCK_SECONDS)


@contextmanager
def lock_file(file: Path, seconds: float) -> Iterator[None]:
    """Hold a lock file in a `with` block; wait at most `seconds`. Raise SaveError."""
    with ExitStack() as held:
        try:
            held.enter_context(locked(file, seconds))
        except TimeoutError:
            raise SaveError(
                "Nothing was changed: another program is saving the same file. Try again in a moment."
            ) from None
        except OSError as error:
            why = error.strerror or error
            raise SaveError(
                f"Nothing was saved: no lock file can be written in {file.parent} ({why})."
            ) from None
        yield


@contextmanager
def locked(file: Path, seconds: float) -> Iterator[None]:
    """Hold a lock file, in a private folder, in a `with` block.

    Raise TimeoutError if another process holds it for longer than `seconds`, or another OSError.
    """
    private_folder(file.parent)
    handle = open_locked(str(file), seconds)
    try:
        yield
    finally:
        # A close that fails releases the lock too, and what was saved is saved.
        with suppress(OSError):
            os.close(handle)


def open_locked(file: str, seconds: float) -> int:
    """Open and lock a file; return its handle. Raise TimeoutError or another OSError."""
    handle, _ = open_plain(file, os.O_RDWR | os.O_CREAT, follow=False)
    until = time.monotonic() + seconds
    try:
        set_mode(handle, 0o600)
        while not try_lock(handle):
            if time.monotonic() >= until:
                raise TimeoutError
            time.sleep(LOOK_SECONDS)
    except BaseException:
        os.close(handle)
        raise
    return handle


if sys.platform == "win32":
    import msvcrt

    def try_lock(handle: int) -> bool:
        """Try to lock an open file; return False if another process holds the lock."""
        try:
            # A byte beyond the content, because Windows refuses to read a locked range.
            os.lseek(handle, 1024, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def try_lock(handle: int) -> bool:
        """Try to lock an open file; return False if another process holds the lock. Raise OSError.

        The package filelock does the same in ten times the time.
        """
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class EditLock:
    """A lock that tells other windows since when an entry is open; it doesn't stop them.

    `since` is when another window opened the entry, or None if none has it open. The lock ends with
    `release` or with the process.
    """

    def __init__(self, folder: Path, path: str, now: datetime) -> None:
        self.since: datetime | None = None
        self._handle: int | None = None
        try:
            private_folder(folder)
            # A digest, because a path may be too long for a file's name.
            file = folder / f"{digest(os.fsencode(path))}.open"
            # Never deleted, or two windows might each lock a different file of this name.
            handle, _ = open_plain(file, os.O_RDWR | os.O_CREAT, follow=False)
        except OSError:
            # Without the lock only the warning is missing: saves compare and merge in any case.
            return
        try:
            if try_lock(handle):
                self._handle = handle
                set_mode(handle, 0o600)
                os.ftruncate(handle, 0)
                os.write(handle, now.strftime(_TIME).encode())
                return
            self.since = _time(os.read(handle, 32), now)
        except OSError:
            pass
        if self._handle is None:
            os.close(handle)

    def release(self) -> None:
        """Release the lock, because the entry has been closed here."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _time(written: bytes, now: datetime) -> datetime:
    """Return the time that a lock file contains, or `now` if it is just being written."""
    try:
        return datetime.strptime(written.decode("ascii"), _TIME)
    except ValueError:
        return now


def is_alive(process: int) -> bool:
    """Return whether a process with this id runs on this machine; on Windows always True."""
    if os.name == "nt":
        # On Windows any signal, even 0, would end the process.
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        pass
    return True
