"""Read untrusted files: every file gives its text or a plain error, and none can block.

All existing files are opened by this module, because a file named like an entry, a draft or a
settings file may be a FIFO, a device, a link to one, or larger than memory.
"""

import errno
import os
import time
from contextlib import suppress
from stat import S_ISLNK, S_ISREG
from typing import BinaryIO, NamedTuple

from journal_tui.errors import UnreadableEntry

LARGEST = 8 * 1024 * 1024
CHUNK = 65_536
ENCODINGS = {"utf-16": "UTF-16", "cp1252": "Windows-1252", "latin-1": "Latin-1"}
"""The encodings besides UTF-8 that an entry can be converted from, and what people call them."""
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
SETTLED_SECONDS, WAIT_SECONDS, LOOK_SECONDS = 2, 0.1, 0.01
"""How long an empty file counts as unfinished, how long a read waits for it, and the time between checks."""
_CONVERT = "To edit it, run journal convert, or press ctrl+p and choose “Make this entry editable”."

# The length of the ISO date of a day, which is longer than that of any period.
DAY_LENGTH = 10


class LoadedFile(NamedTuple):
    """A file as it was read: its text, the digest of its bytes, and its stamp.

    `read_only_reason` is a sentence about why the text may be read but not edited, or "" if it may
    be edited.
    """

    text: str
    digest: str
    stamp: str
    read_only_reason: str = ""


def digest(data: bytes) -> str:
    """Return the BLAKE2b hash of a file's bytes as 32 hexadecimal digits."""
    # Importing hashlib, which loads OpenSSL, takes longer than reading a few dozen entries. Its
    # blake2b comes from `_blake2`, which loads quickly.
    try:
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b
    found: str = blake2b(data, digest_size=16).hexdigest()
    return found


class NotPlain(OSError):
    """The file isn't a regular one, or is a link and links aren't followed."""

    def __init__(self, path: "str | os.PathLike[str]", why: str = "it is not a plain file") -> None:
        super().__init__(errno.EINVAL, why, os.fspath(path))


class TooLarge(OSError):
    """The file is larger than a file of its kind may be; `size` is in bytes."""

    def __init__(self, path: "str | os.PathLike[str]", size: int) -> None:
        super().__init__(errno.EINVAL, f"it is {megabytes(size)} MB, too large", os.fspath(path))
        self.size = size


def megabytes(size: int) -> int:
    """Return a size in MB, rounded up."""
    return -(-size // 1_000_000)


def open_plain(
    path: "str | os.PathLike[str]", flags: int = os.O_RDONLY, *, follow: bool = True
) -> tuple[int, os.stat_result]:
    """Open a regular file without blocking; return its descriptor and status.

    With O_CREAT in `flags`, a new file gets mode 0600. If `follow` is false, the last part of the
    path may not be a link. Raise NotPlain if it isn't a regular file, or another OSError.
    """
    try:
        # Checked before it is opened, because opening a device may have an effect.
        before = os.stat(path) if follow else os.lstat(path)
    except FileNotFoundError:
        if not flags & os.O_CREAT:
            raise
    else:
        _check_plain(path, before)
    # Another file may have replaced it since: opening a FIFO or a device must not block.
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


def open_to_read(path: "str | os.PathLike[str]") -> BinaryIO:
    """Open a regular file to be read piece by piece. Raise OSError, which includes NotPlain."""
    return os.fdopen(open_plain(path)[0], "rb")


def _check_plain(path: "str | os.PathLike[str]", status: os.stat_result) -> None:
    if S_ISLNK(status.st_mode):
        raise NotPlain(path, "it is a link")
    if not S_ISREG(status.st_mode):
        raise NotPlain(path)


def read_plain(
    path: "str | os.PathLike[str]", most: int = LARGEST, *, follow: bool = True
) -> tuple[bytes, os.stat_result]:
    """Return the bytes of a regular file of at most `most` bytes, and its status.

    Raise OSError, which includes NotPlain and TooLarge.
    """
    handle, status = open_plain(path, follow=follow)
    return _content(path, handle, status.st_size, most), status


def _content(path: "str | os.PathLike[str]", handle: int, size: int, most: int) -> bytes:
    """Read an open file to its end, and close it."""
    try:
        if size > most:
            raise TooLarge(path, size)
        content = os.read(handle, size + 1)
        # The file may have grown in the meantime. Nearly always it hasn't, so nothing is copied.
        while len(content) <= most and (more := os.read(handle, CHUNK)):
            content += more
        if len(content) > most:
            raise TooLarge(path, len(content))
        return content
    finally:
        # Everything has been read, so a close that fails loses nothing.
        with suppress(OSError):
            os.close(handle)


def read_bytes(full: str) -> tuple[bytes, os.stat_result]:
    """Read an entry's file, a plain file of at most 8 MiB; return its bytes and status.

    Raise FileNotFoundError if it doesn't exist, UnreadableEntry if it can't be an entry's file.
    """
    name = os.path.basename(full)
    try:
        handle, status = open_plain(full)
    except FileNotFoundError:
        if os.path.islink(full):
            raise UnreadableEntry(f"{name} is a link to a file that does not exist.") from None
        raise
    except NotPlain:
        what = "a folder" if os.path.isdir(full) else "not a plain file"
        raise UnreadableEntry(f"{name} is {what}, so it was not opened.") from None
    except OSError as error:
        raise UnreadableEntry(f"{name} cannot be opened: {error.strerror}.") from None
    try:
        return _content(full, handle, status.st_size, LARGEST), status
    except TooLarge as error:
        raise UnreadableEntry(
            f"{name} is {megabytes(error.size)} MB, too large for an entry (at most 8 MB), "
            "so it was neither opened nor searched."
        ) from None
    except OSError as error:
        raise UnreadableEntry(f"{name} cannot be read: {error.strerror}.") from None


def read_settled(full: str) -> tuple[bytes, os.stat_result]:
    """Read an entry's file as `read_bytes` does, but wait a moment if it has just been emptied.

    Many programs empty a file before they write it; in between, its text seems to be deleted.
    """
    data, status = read_bytes(full)
    until = time.monotonic() + WAIT_SECONDS
    while not data and not _is_settled(0, status.st_mtime_ns) and time.monotonic() < until:
        time.sleep(LOOK_SECONDS)
        data, status = read_bytes(full)
    return data, status


def stamp(path: str, status: os.stat_result) -> str:
    """Return the stamp of a file; equal stamps mean that the file is unchanged."""
    return f"{path}\t{status.st_mtime_ns}\t{status.st_size}"


def dated_stamp(line: str, iso: str) -> str:
    """Return a stamp with the ISO date added, unless it is that of a day with which the file's name begins."""
    path, _, _ = line.partition("\t")
    is_there = len(iso) == DAY_LENGTH and path.startswith(iso, path.rfind("/") + 1)
    return line if is_there else f"{line}\t{iso}"


def stamped_date(line: str) -> str:
    """Return the ISO date, of a day or a period, of a stamp from `dated_stamp` or a scan."""
    end = line.find("\t")
    start = line.rfind("/", 0, end) + 1
    if line.count("\t", end) == 3:
        return line[line.rfind("\t") + 1 :]
    return line[start : start + DAY_LENGTH]


def is_settled(stamp: str) -> bool:
    """Return whether a file counts as fully written, by its stamp: if empty, only after two seconds."""
    _, modified, size = stamp.rsplit("\t", 2)
    return _is_settled(int(size), int(modified))


def _is_settled(size: int, modified: int) -> bool:
    return size > 0 or abs(time.time_ns() - modified) > SETTLED_SECONDS * 1_000_000_000


def load(root: str, path: str) -> LoadedFile:
    """Load the entry at `path` in the folder `root`; undecodable bytes become lone surrogates.

    Raise what `read_bytes` raises.
    """
    data, status = read_settled(os.path.join(root, path))
    text, read_only_reason = decode(data)
    return LoadedFile(text, digest(data), stamp(path, status), read_only_reason)


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of a file's bytes, and why it may not be edited ("" if it may be)."""
    text = data.decode("utf-8", "surrogateescape")
    if b"\0" in data:
        if data[:2] not in _UTF_16_MARKS:
            return text, "This file contains binary data, so it is shown but not edited."
        return text, f"This file contains UTF-16 text, so it is shown but not edited. {_CONVERT}"
    if line := undecodable_line(text):
        return text, (
            f"Line {line} is not UTF-8 text, so this entry is shown but not edited. {_CONVERT}"
        )
    return text, ""


def undecodable_line(text: str) -> int:
    """Return the first line, from 1, with a lone surrogate, which isn't valid UTF-8; 0 for none."""
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
    """Encode a text in UTF-8; a text that `decode` returned gives the original bytes."""
    return text.encode("utf-8", "surrogateescape")


def guess_encoding(data: bytes) -> str | None:
    """Return the encoding that a file most likely has; None for UTF-8. Raise UnreadableEntry if it isn't text.

    UTF-16 is recognised by its first bytes. Of the other encodings cp1252 is the usual one; a file
    with one of the five bytes that it leaves undefined is read as latin-1.
    """
    if data[:2] in _UTF_16_MARKS:
        return "utf-16"
    if b"\0" in data:
        raise UnreadableEntry(
            "This file contains binary data. If it is text, give its encoding with --from."
        )
    for encoding in ("utf-8", "cp1252"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if encoding == "utf-8" else encoding
    return "latin-1"


def decode_as(data: bytes, encoding: str) -> str:
    """Return the text of bytes in an encoding, with its line endings kept. Raise UnreadableEntry."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise UnreadableEntry(f"This file is not {encoding} text, so it was left as it is.")
    return text


def is_utf8_text(data: bytes) -> bool:
    """Return whether the bytes are UTF-8 text."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in data
