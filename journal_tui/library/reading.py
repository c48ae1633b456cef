"""Read a file without trusting it: any file gives its text or a plain sentence, never a hang.

This is the one place that opens files which exist already: what is named like an entry, a draft or
a file of settings may be a FIFO, a device, a link to one, or larger than memory.
"""

import errno
import os
import time
from contextlib import suppress
from stat import S_ISLNK, S_ISREG
from typing import NamedTuple

from journal_tui.errors import UnreadableEntry
from journal_tui.library.scan import stamp

LARGEST = 8 * 1024 * 1024
CHUNK = 65_536
SETTLED_SECONDS, WAIT_SECONDS, LOOK_SECONDS = 2, 0.1, 0.01
"""How long an emptied file may yet be filled, how long one waits for that, how often one looks."""
_CONVERT = "To edit it, run journal convert, or choose “Convert to UTF-8” in the palette."


class Loaded(NamedTuple):
    """A file as it was read: its text, the digest of its bytes, and its stamp.

    `locked` says in a sentence why the text may be looked at but not edited; "" when it may.
    """

    text: str
    digest: str
    stamp: str
    locked: str = ""


def digest(data: bytes) -> str:
    """What identifies the bytes of a file: 32 hexadecimal digits of BLAKE2b."""
    # Loading it takes longer than reading some dozens of entries, which is all that a search does.
    import hashlib

    return hashlib.blake2b(data, digest_size=16).hexdigest()


class NotPlain(OSError):
    """What is there is not a regular file, or is a link where none is followed."""

    def __init__(self, path: "str | os.PathLike[str]", why: str = "it is not a plain file") -> None:
        super().__init__(errno.EINVAL, why, os.fspath(path))


class TooLarge(OSError):
    """A file that has more bytes (`size`) than are read of its kind."""

    def __init__(self, path: "str | os.PathLike[str]", size: int) -> None:
        super().__init__(errno.EINVAL, f"it is {megabytes(size)} MB, too large", os.fspath(path))
        self.size = size


def megabytes(size: int) -> int:
    """Return a size in MB, rounded up."""
    return -(-size // 1_000_000)


def open_plain(
    path: "str | os.PathLike[str]", flags: int = os.O_RDONLY, *, follow: bool = True
) -> tuple[int, os.stat_result]:
    """Open a regular file and nothing else, without waiting; return its descriptor and status.

    With O_CREAT in `flags`, a file that is created is the owner's alone. With `follow` false, the
    last part of the path may not be a link. Raises OSError, for anything else NotPlain.
    """
    try:
        # Looked at first: opening a device may itself do something.
        before = os.stat(path) if follow else os.lstat(path)
    except FileNotFoundError:
        if not flags & os.O_CREAT:
            raise
    else:
        _check_plain(path, before)
    # What is there by now may be another file: opening a FIFO or a device must not wait for anyone.
    for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    if not follow:
        flags |= getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(path, flags, 0o600)
    try:
        status = os.fstat(handle)
        _check_plain(path, status)
    except BaseException:
        os.close(handle)
        raise
    return handle, status


def _check_plain(path: "str | os.PathLike[str]", status: os.stat_result) -> None:
    if S_ISLNK(status.st_mode):
        raise NotPlain(path, "it is a link")
    if not S_ISREG(status.st_mode):
        raise NotPlain(path)


def read_plain(
    path: "str | os.PathLike[str]", most: int = LARGEST, *, follow: bool = True
) -> tuple[bytes, os.stat_result]:
    """Return the bytes of a regular file of at most `most` bytes, and its status.

    Raises OSError, NotPlain and TooLarge among them.
    """
    handle, status = open_plain(path, follow=follow)
    return _content(path, handle, status.st_size, most), status


def _content(path: "str | os.PathLike[str]", handle: int, size: int, most: int) -> bytes:
    """Return all that is in an open file, and close it."""
    try:
        if size > most:
            raise TooLarge(path, size)
        pieces = [os.read(handle, size + 1)]
        size = len(pieces[0])
        while pieces[-1]:
            # Another program may be writing it.
            if size > most:
                raise TooLarge(path, size)
            pieces.append(os.read(handle, CHUNK))
            size += len(pieces[-1])
        return b"".join(pieces)
    finally:
        # All was read by then.
        with suppress(OSError):
            os.close(handle)


def read_bytes(full: str) -> tuple[bytes, os.stat_result]:
    """The bytes of an entry's file: a plain file of at most 8 MiB.

    Raises FileNotFoundError where there is none, UnreadableEntry for all else that is no entry.
    """
    name = os.path.basename(full)
    try:
        handle, status = open_plain(full)
    except FileNotFoundError:
        if os.path.islink(full):
            raise UnreadableEntry(f"{name} is a link to a file that does not exist.") from None
        raise
    except NotPlain:
        raise UnreadableEntry(f"{name} is not a plain file, so it was not opened.") from None
    except OSError as error:
        raise UnreadableEntry(f"{name} cannot be opened: {error.strerror}.") from None
    try:
        return _content(full, handle, status.st_size, LARGEST), status
    except TooLarge as error:
        raise UnreadableEntry(
            f"{name} is {megabytes(error.size)} MB, too large for an entry (8 MB), "
            "so it was neither opened nor searched."
        ) from None
    except OSError as error:
        raise UnreadableEntry(f"{name} cannot be read: {error.strerror}.") from None


def read_settled(full: str) -> tuple[bytes, os.stat_result]:
    """As `read_bytes`, but one that was just emptied is given a moment to be filled.

    Many programs empty a file and then write it; in between it looks as if all had been deleted.
    """
    data, status = read_bytes(full)
    until = time.monotonic() + WAIT_SECONDS
    while not data and not _is_settled(0, status.st_mtime_ns) and time.monotonic() < until:
        time.sleep(LOOK_SECONDS)
        data, status = read_bytes(full)
    return data, status


def is_settled(stamp: str) -> bool:
    """Whether the file of this stamp is done with: an empty one is only after two seconds."""
    _, modified, size = stamp.rsplit("\t", 2)
    return _is_settled(int(size), int(modified))


def _is_settled(size: int, modified: int) -> bool:
    return size > 0 or abs(time.time_ns() - modified) > SETTLED_SECONDS * 1_000_000_000


def load(root: str, path: str) -> Loaded:
    """The entry at `path` below `root`; undecodable bytes stay in the text as lone surrogates.

    Raises what `read_bytes` raises.
    """
    data, status = read_settled(os.path.join(root, path))
    text, locked = decode(data)
    return Loaded(text, digest(data), stamp(path, status), locked)


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file's bytes, and why it may not be edited ("" when it may)."""
    text = data.decode("utf-8", "surrogateescape")
    if b"\0" in data:
        if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            return text, "This file contains binary data, so it is shown but not edited."
        return text, f"This file contains UTF-16 text, so it is shown but not edited. {_CONVERT}"
    if line := undecodable_line(text):
        return text, (
            f"Line {line} is not UTF-8 text, so this entry is shown but not edited. {_CONVERT}"
        )
    return text, ""


def undecodable_line(text: str) -> int:
    """The first line, counted from 1, with a lone surrogate, which UTF-8 cannot hold; 0 for none."""
    if _is_utf8(text):
        return 0
    return next(number for number, line in enumerate(text.split("\n"), 1) if not _is_utf8(line))


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def encode(text: str) -> bytes:
    """The bytes of a text; what `decode` made of any bytes gives these bytes again."""
    return text.encode("utf-8", "surrogateescape")
