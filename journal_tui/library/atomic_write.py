"""Atomic writes: at every moment a file holds the complete old text or the complete new one.

The caller holds the lock. A write compares the file with the one that was opened, writes a temporary file
beside it, calls fsync, replaces the file and calls fsync for the folder.
"""

import errno
import os
import re
import time
import zlib
from datetime import date
from itertools import count
from pathlib import Path
from stat import S_IMODE
from typing import NamedTuple

from journal_tui.errors import SaveError, UnreadableEntry
from journal_tui.library import in_place_write
from journal_tui.library.file_reader import digest, encode, read_bytes
from journal_tui.library.locks import is_alive
from journal_tui.library.private_files import set_mode, sync_folder

DAY_SECONDS = 86_400
# Host and process are optional, because earlier versions of journal left them out.
_TEMPORARY = r"\.(?P<day>.{10})\.(?:(?P<host>[0-9a-f]{8})-(?P<process>[0-9]+)-)?[0-9a-f]{8}\.tmp"
_OR_ELSEWHERE = "or save it elsewhere"
_SENTENCES = {
    errno.ENOSPC: f"The disk is full: nothing was saved. Make room and save again, {_OR_ELSEWHERE}.",
    errno.EDQUOT: f"Your disk quota is full: nothing was saved. Make room and save again, {_OR_ELSEWHERE}.",
    errno.EFBIG: f"The file would be larger than this disk allows: nothing was saved. Shorten it, {_OR_ELSEWHERE}.",
    errno.EROFS: f"The journal is on a read-only disk: nothing was saved. Make it writable, {_OR_ELSEWHERE}.",
    errno.ENOENT: f"The journal's folder is gone: nothing was saved. Connect its disk, {_OR_ELSEWHERE}.",
}
_FORBIDDEN = (
    "You do not have permission to write in the journal's folder: nothing was saved. "
    f"Change the folder's permissions, {_OR_ELSEWHERE}."
)
_FAILING = "The disk failed ({why}): nothing was saved. Save again, " + _OR_ELSEWHERE + "."
_OTHER_FAILURE = "Nothing was saved: {why}. Save again, " + _OR_ELSEWHERE + "."


class ChangedOnDisk(Exception):
    """The file isn't the one that was opened; `found` is its bytes and status, None if deleted."""

    def __init__(self, found: tuple[bytes, os.stat_result] | None) -> None:
        super().__init__("the file changed on disk")
        self.found = found


class WriteResult(NamedTuple):
    """The result of a write: the file's status, a warning, and the bytes that were replaced.

    `warning` is a sentence if the disk did not confirm the write, else "". `replaced` is None for a
    new file.
    """

    status: os.stat_result
    warning: str
    replaced: bytes | None = None


def write(
    full: str,
    data: bytes,
    expected_digest: str | None,
    backup: Path | None = None,
    path: str = "",
    day: date | None = None,
) -> WriteResult:
    """Write `data` to the file at `full` if it still has the expected digest (None: no file yet).

    `full` must not be a link, because a link would be replaced by a file. A file with several hard
    links, or with an owner or attributes that a new file can't be given, is overwritten in place;
    both texts of the entry `path` are kept at `backup` in the meantime. If `backup` is None, every file is
    replaced. `day` is the entry's, by which a temporary file that is left over is recognised. The
    caller must hold the lock. Raise ChangedOnDisk or SaveError, with the file as it was.
    """
    folder = os.path.dirname(full)
    temporary = os.path.join(folder, temporary_name(os.path.basename(full), day))
    try:
        if expected_digest is None:
            _make_folder(folder, path.count("/"))
        old = _check_unchanged(full, expected_digest)
        replaced = old[0] if old else None
        if old is None or not backup or old[1].st_nlink == 1:
            status = _write_new(temporary, data, full, old[1] if old else None, backup is None)
        else:
            status = None
        if status is None:
            assert old and backup
            texts = in_place_write.BothTexts(path, full, old[0], data)
            return WriteResult(in_place_write.overwrite(backup, texts, old[1]), "", replaced)
    except OSError as error:
        raise SaveError(failure_sentence(error)) from None
    try:
        if expected_digest is None:
            rename_new(temporary, full)
        else:
            os.replace(temporary, full)
    except FileExistsError:
        raise ChangedOnDisk(_read_existing(full)) from None
    except OSError as error:
        raise SaveError(failure_sentence(error)) from None
    finally:
        _remove(temporary)
    try:
        sync_folder(folder)
    except OSError as error:
        why = error.strerror
        unsure = f"Saved, but the disk did not confirm it ({why}): keep a copy."
        return WriteResult(status, unsure, replaced)
    return WriteResult(status, "", replaced)


def _read_existing(full: str) -> tuple[bytes, os.stat_result] | None:
    """Return a file's bytes and status, or None. Raise SaveError if it can't be an entry's file."""
    try:
        return read_bytes(full)
    except FileNotFoundError:
        return None
    except UnreadableEntry as error:
        raise SaveError(f"Nothing was saved: {error}") from None


def _check_unchanged(full: str, expected_digest: str | None) -> tuple[bytes, os.stat_result] | None:
    """Return the bytes and status of the file, or None if there isn't one yet.

    Raise ChangedOnDisk if it isn't the file that was opened, OSError or SaveError if it is read-only.
    """
    found = _read_existing(full)
    if found is None:
        if expected_digest is not None:
            raise ChangedOnDisk(None)
        return None
    data, status = found
    if expected_digest is None or digest(data) != expected_digest:
        raise ChangedOnDisk(found)
    if _is_protected(full, status):
        if _is_on_read_only_disk(full):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), full)
        name = os.path.basename(full)
        raise SaveError(
            f"Nothing was saved: {name} is write-protected. Allow writing to it, {_OR_ELSEWHERE}."
        )
    return found


def _is_protected(full: str, status: os.stat_result) -> bool:
    """Return whether a file may not be written."""
    # The mode is checked too, because os.access tells root that everything is writable.
    return not status.st_mode & 0o222 or not os.access(full, os.W_OK)


def _is_on_read_only_disk(full: str) -> bool:
    return hasattr(os, "statvfs") and bool(os.statvfs(full).f_flag & os.ST_RDONLY)


def protection(full: str, root: str) -> str:
    """Return a sentence about why a file below `root` can't be saved, or created; "" if it can.

    This is only a quick look at permissions, before anything is typed.
    """
    folder = os.path.dirname(full)
    while not os.path.lexists(folder) and len(folder) > len(root):
        folder = os.path.dirname(folder)
    try:
        if not os.access(folder, os.W_OK | os.X_OK):
            what = "The journal is on a read-only disk"
            if not _is_on_read_only_disk(folder):
                what = f"You do not have permission to write in {folder}"
        elif os.path.lexists(full) and _is_protected(full, os.stat(full)):
            what = f"{os.path.basename(full)} is write-protected"
        else:
            return ""
    except OSError:
        # Opening or saving it reports what is wrong.
        return ""
    return f"{what}, so changes cannot be saved. Allow writing to it, {_OR_ELSEWHERE}."


def _make_folder(folder: str, depth: int) -> None:
    """Create the folder of an entry if needed, `depth` folders below the journal's, which must exist."""
    try:
        os.mkdir(folder, 0o700)
    except FileExistsError:
        return
    except FileNotFoundError:
        if depth < 2:
            raise
        _make_folder(os.path.dirname(folder), depth - 1)
        os.mkdir(folder, 0o700)
    if S_IMODE(os.stat(folder).st_mode) & 0o700 != 0o700:
        os.chmod(folder, 0o700)
    sync_folder(os.path.dirname(folder))


def _write_new(
    temporary: str, data: bytes, full: str, old: os.stat_result | None, ignore_metadata: bool
) -> os.stat_result | None:
    """Write the temporary file; return its status.

    If it can't be given the owner and attributes of `old`, return None and leave no file, or, with
    `ignore_metadata`, write it without them.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    flags |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags, 0o600)
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
            if old and not copy_metadata(full, old, handle) and not ignore_metadata:
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


def rename_new(temporary: str, full: str) -> None:
    """Give a temporary file its final name. Raise FileExistsError if there is a file of that name.

    The temporary name may remain, so the caller must delete it.
    """
    try:
        os.link(temporary, full)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems have no hard links, so only the lock and this check protect the file.
        if os.path.lexists(full):
            raise FileExistsError(full) from None
        os.replace(temporary, full)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass


def save_elsewhere(day: date, text: str, folder: Path) -> Path:
    """Write a text to a new private file such as `2014-10-06.md` in a folder; return its path.

    An existing file is never overwritten: `-2`, `-3` … is added to the name. Raise SaveError.
    """
    folder = Path(os.path.abspath(os.path.expanduser(folder)))
    if not os.path.isdir(folder):
        raise SaveError(f"Nothing was saved: there is no folder {folder}. Name one that exists.")
    try:
        data = encode(text)
    except UnicodeEncodeError:
        # An entry's file can't hold lone surrogates, but here no part of the text may be lost.
        data = text.encode("utf-8", "surrogatepass")
    for number in count(1):
        rest = "" if number == 1 else f"-{number}"
        file = folder / f"{day.isoformat()}{rest}.md"
        if os.path.lexists(file):
            continue
        try:
            written = write(str(file), data, None)
        except ChangedOnDisk:
            continue
        break
    if written.warning:
        raise SaveError(
            f"{file} was written, but the disk did not confirm it: keep another copy as well."
        )
    return file


def failure_sentence(error: OSError) -> str:
    """Return a sentence that says why nothing was saved, and what to do."""
    code, why = error.errno or 0, error.strerror or str(error)
    if code in (errno.EACCES, errno.EPERM):
        return _FORBIDDEN
    if code in (errno.EIO, errno.ENXIO, errno.ENODEV, getattr(errno, "ESTALE", errno.EIO)):
        return _FAILING.format(why=why)
    return _SENTENCES.get(code) or _OTHER_FAILURE.format(why=why)


def copy_metadata(full: str, old: os.stat_result, handle: int) -> bool:
    """Copy the owner and extended attributes of the file at `full` (status `old`) to an open file.

    Return False if the system refuses. Set the mode afterwards, because both may change it.
    """
    if not hasattr(os, "fchown"):
        return True
    new = os.fstat(handle)
    try:
        if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
            os.fchown(handle, old.st_uid, old.st_gid)
        _copy_extended(full, handle)
    except OSError:
        return False
    return True


def _copy_extended(full: str, handle: int) -> None:
    """Make the extended attributes the same. Raise OSError if one can't be set or removed."""
    if not hasattr(os, "listxattr"):
        return
    wanted, there = _extended_attributes(full), _extended_attributes(handle)
    for name in there.keys() - wanted.keys():
        os.removexattr(handle, name)
    for name, value in wanted.items():
        if there.get(name) != value:
            os.setxattr(handle, name, value)


def _extended_attributes(file: str | int) -> dict[str, bytes]:
    try:
        names = os.listxattr(file)
    except OSError:
        # This file system has no extended attributes.
        return {}
    return {name: os.getxattr(file, name) for name in names}


def temporary_name(name: str, day: date | None = None) -> str:
    """Return a hidden name for the temporary file of a file, which identifies this machine and process.

    It begins with the entry's day, if that is known, or else with only ten characters of the file's
    name, which may already have the greatest length allowed.
    """
    return f".{day or name[:10]}.{_host()}-{os.getpid()}-{os.urandom(4).hex()}.tmp"


def day_of_temporary(name: str) -> str | None:
    """Return the day (ten characters) in the name of a temporary file; None for any other file."""
    found = re.fullmatch(_TEMPORARY, name)
    return found["day"] if found else None


def is_abandoned(name: str, modified: float) -> bool:
    """Return whether no process is still writing a temporary file.

    If that can't be known, as for a process on another machine that shares the folder, a file that
    wasn't changed for a day counts as abandoned. `modified` is the time of its last change.
    """
    found = re.fullmatch(_TEMPORARY, name)
    if found and found["host"] == _host() and not is_alive(int(found["process"])):
        return True
    return time.time() - modified > DAY_SECONDS


def _host() -> str:
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return f"{zlib.crc32(os.fsencode(name)):08x}"
