"""The safe save: at every moment the file is the old text or the new one, complete.

Lock, compare with what was opened, write a new file beside it, fsync, replace, fsync the folder.
"""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_IMODE
from typing import NamedTuple

from journal_tui.errors import SaveError, UnreadableEntry
from journal_tui.library.reading import digest, read_bytes

LOCK_SECONDS = 10.0


class Changed(Exception):
    """The file is not what was opened; `found` holds its bytes and status, None when it is gone."""

    def __init__(self, found: tuple[bytes, os.stat_result] | None) -> None:
        super().__init__("the file changed on disk")
        self.found = found


class Written(NamedTuple):
    """The status of the new file; `warning` is a sentence when its durability is not confirmed.

    `replaced` are the bytes that the file had before, None for a new one.
    """

    status: os.stat_result
    warning: str
    replaced: bytes | None = None


@contextmanager
def lock(folder: Path, name: str) -> Iterator[None]:
    """Hold the lock `name` between processes; a separate file, since a save renames the entry's.

    Raises SaveError when another process holds it for ten seconds, or no lock can be made.
    """
    from filelock import FileLock, Timeout

    # A fixed length: a path may be longer than the name of a file can be.
    held = FileLock(folder / f"{digest(os.fsencode(name))}.lock", timeout=LOCK_SECONDS, mode=0o600)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        held.acquire()
    except Timeout:
        raise SaveError("Another program is saving this entry. Try again in a moment.") from None
    except OSError as error:
        why = error.strerror or error
        raise SaveError(f"Nothing was saved: {folder} cannot hold its lock ({why}).") from None
    try:
        yield
    finally:
        # One that cannot be given back goes with its process: what was saved is saved.
        with suppress(OSError):
            held.release()


def write(full: str, data: bytes, opened: str | None) -> Written:
    """Make `data` the file's content, where it still has the digest `opened` (None: no file yet).

    Raises Changed or SaveError, both with the file as it was. The caller holds the lock.
    """
    full = os.path.realpath(full)
    folder = os.path.dirname(full)
    # The day's name alone: an entry's name may be as long as a file system allows.
    hidden = f".{os.path.basename(full)[:10]}.{secrets.token_hex(4)}.tmp"
    temporary = os.path.join(folder, hidden)
    try:
        _make_folder(folder)
        mode, replaced = _compare(full, opened)
        status = _write_new(temporary, data, mode)
    except OSError as error:
        raise SaveError(_sentence(error)) from None
    try:
        if opened is None:
            _create(temporary, full)
        else:
            os.replace(temporary, full)
    except FileExistsError:
        raise Changed(_found(full)) from None
    except OSError as error:
        raise SaveError(_sentence(error)) from None
    finally:
        _remove(temporary)
    try:
        sync_folder(folder)
    except OSError as error:
        why = error.strerror
        unsure = f"Saved, but the disk did not confirm it ({why}): keep a copy."
        return Written(status, unsure, replaced)
    return Written(status, "", replaced)


def _found(full: str) -> tuple[bytes, os.stat_result] | None:
    """What is there now, None for nothing. Raises SaveError for what is no entry's file."""
    try:
        return read_bytes(full)
    except FileNotFoundError:
        return None
    except UnreadableEntry as error:
        raise SaveError(f"Nothing was saved: {error}") from None


def _compare(full: str, opened: str | None) -> tuple[int, bytes | None]:
    """The mode that the new file gets and the bytes of the old one.

    Raises Changed when the file is not what was opened.
    """
    found = _found(full)
    if found is None:
        if opened is not None:
            raise Changed(None)
        return 0o600, None
    data, status = found
    if opened is None or digest(data) != opened:
        raise Changed(found)
    # The mode is looked at too: to root everything is writable.
    if not status.st_mode & 0o222 or not os.access(full, os.W_OK):
        if hasattr(os, "statvfs") and os.statvfs(full).f_flag & os.ST_RDONLY:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), full)
        raise SaveError(f"{os.path.basename(full)} is write-protected; it was not changed.")
    return S_IMODE(status.st_mode), data


def _make_folder(folder: str) -> None:
    """Make the year's folder; its parent, the journal, must be there already."""
    try:
        os.mkdir(folder, 0o700)
    except FileExistsError:
        return
    sync_folder(os.path.dirname(folder))


def _write_new(temporary: str, data: bytes, mode: int) -> os.stat_result:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    flags |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags, 0o600)
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
            if hasattr(os, "fchmod") and S_IMODE(os.fstat(handle).st_mode) != mode:
                os.fchmod(handle, mode)
            os.fsync(handle)
            return os.fstat(handle)
        finally:
            os.close(handle)
    except BaseException:
        _remove(temporary)
        raise


def write_private(file: Path, data: bytes, sync: bool = True) -> None:
    """Write a new file for the owner's eyes alone. Raises OSError, FileExistsError among them."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(file, flags, 0o600)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        if sync:
            os.fsync(handle)
    finally:
        os.close(handle)


def _create(temporary: str, full: str) -> None:
    """Give the new file its name without ever replacing one that appeared meanwhile."""
    try:
        os.link(temporary, full)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems have no hard links; the lock and this look are what is left.
        if os.path.lexists(full):
            raise FileExistsError(full) from None
        os.replace(temporary, full)


def sync_folder(folder: str) -> None:
    """Make durable which files a folder has. Raises OSError."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass


def _sentence(error: OSError) -> str:
    known = {
        errno.ENOSPC: "The disk is full: nothing was saved. Make room and save again.",
        errno.EDQUOT: "Your quota is used up: nothing was saved. Make room and save again.",
        errno.EROFS: "The journal lies on a read-only disk: nothing was saved.",
        errno.EACCES: "You may not write in the journal's folder: nothing was saved.",
        errno.EPERM: "You may not write in the journal's folder: nothing was saved.",
        errno.ENOENT: "The journal's folder is gone: nothing was saved. Is its disk connected?",
    }
    return known.get(error.errno or 0, f"Nothing was saved: {error.strerror or error}.")
