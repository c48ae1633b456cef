"""The safe save: at every moment the file is the old text or the new one, complete.

Lock, compare with what was opened, write a new file beside it, fsync, replace, fsync the folder.
"""

import errno
import os
from pathlib import Path
from stat import S_IMODE
from typing import NamedTuple

from journal_tui.errors import SaveError, UnreadableEntry
from journal_tui.library import inplace
from journal_tui.library.attributes import carry_over, set_mode
from journal_tui.library.diskfaults import sentence
from journal_tui.library.locking import lock as lock
from journal_tui.library.privately import sync_folder as sync_folder
from journal_tui.library.privately import write_private as write_private
from journal_tui.library.reading import digest, read_bytes
from journal_tui.library.temporary import temporary_name


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


def write(
    full: str, data: bytes, opened: str | None, copy: Path | None = None, path: str = ""
) -> Written:
    """Make `data` the file's content, where it still has the digest `opened` (None: no file yet).

    `full` is no link, which would be replaced by a file.

    A file that has other names as well, or an owner or attributes that a new one cannot get, is
    written in place, for which both texts are kept at `copy` (None: all are replaced), as of the
    entry `path`. Raises Changed or SaveError, both with the file as it was. The caller holds the lock.
    """
    folder = os.path.dirname(full)
    temporary = os.path.join(folder, temporary_name(os.path.basename(full)))
    try:
        if opened is None:
            _make_folder(folder)
        old = _compare(full, opened)
        replaced = old[0] if old else None
        if old is None or not copy or old[1].st_nlink == 1:
            status = _write_new(temporary, data, full, old[1] if old else None, copy is None)
        else:
            status = None
        if status is None:
            assert old and copy
            texts = inplace.Copies(path, full, old[0], data)
            return Written(inplace.overwrite(copy, texts, old[1]), "", replaced)
    except OSError as error:
        raise SaveError(sentence(error)) from None
    try:
        if opened is None:
            _create(temporary, full)
        else:
            os.replace(temporary, full)
    except FileExistsError:
        raise Changed(_found(full)) from None
    except OSError as error:
        raise SaveError(sentence(error)) from None
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


def _compare(full: str, opened: str | None) -> tuple[bytes, os.stat_result] | None:
    """The bytes and the status of the file that there is; None where there is none yet.

    Raises Changed when it is not what was opened.
    """
    found = _found(full)
    if found is None:
        if opened is not None:
            raise Changed(None)
        return None
    data, status = found
    if opened is None or digest(data) != opened:
        raise Changed(found)
    # The mode is looked at too: to root everything is writable.
    if not status.st_mode & 0o222 or not os.access(full, os.W_OK):
        if hasattr(os, "statvfs") and os.statvfs(full).f_flag & os.ST_RDONLY:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), full)
        name = os.path.basename(full)
        raise SaveError(
            f"Nothing was saved: {name} is write-protected. Allow writing to it, or save elsewhere."
        )
    return found


def _make_folder(folder: str) -> None:
    """Make the year's folder; its parent, the journal, must be there already."""
    try:
        os.mkdir(folder, 0o700)
    except FileExistsError:
        return
    if S_IMODE(os.stat(folder).st_mode) & 0o700 != 0o700:
        os.chmod(folder, 0o700)
    sync_folder(os.path.dirname(folder))


def _write_new(
    temporary: str, data: bytes, full: str, old: os.stat_result | None, anyway: bool
) -> os.stat_result | None:
    """Write the new file; gives its status, None where it cannot be as `old` and is not made.

    `anyway`: then it is made as far as it can be.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    flags |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags, 0o600)
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
            if old and not carry_over(full, old, handle) and not anyway:
                _remove(temporary)
                return None
            set_mode(handle, S_IMODE(old.st_mode) if old else 0o600)
            os.fsync(handle)
            return os.fstat(handle)
        finally:
            os.close(handle)
    except BaseException:
        _remove(temporary)
        raise


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


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass
