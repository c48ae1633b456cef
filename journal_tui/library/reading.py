"""Read an entry's file without trusting it: any file gives a text or a plain sentence, never a hang."""

import os
import time
from contextlib import suppress
from stat import S_ISREG
from typing import NamedTuple

from journal_tui.errors import UnreadableEntry
from journal_tui.library.scan import stamp

LARGEST = 8 * 1024 * 1024
SETTLED_SECONDS, WAIT_SECONDS, LOOK_SECONDS = 2, 0.1, 0.01
"""How long an emptied file may yet be filled, how long one waits for that, how often one looks."""
_CONVERT = "To edit it: journal convert, or “Convert to UTF-8” in the palette."


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


def read_bytes(full: str) -> tuple[bytes, os.stat_result]:
    """The bytes of a plain file of at most 8 MiB.

    Raises FileNotFoundError where there is none, UnreadableEntry for all else that is no entry.
    """
    name = os.path.basename(full)
    try:
        # Opening a FIFO or a device may block for ever: not with O_NONBLOCK.
        handle = os.open(
            full, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
        )
    except FileNotFoundError:
        if os.path.islink(full):
            raise UnreadableEntry(f"{name} is a link to a file that is not there.") from None
        raise
    except OSError as error:
        raise UnreadableEntry(f"{name} cannot be opened: {error.strerror}.") from None
    try:
        status = os.fstat(handle)
        if not S_ISREG(status.st_mode):
            raise UnreadableEntry(f"{name} is not a plain file, so it was not opened.")
        if status.st_size > LARGEST:
            size = -(-status.st_size // 1_000_000)
            raise UnreadableEntry(
                f"{name} has {size} MB, too much for an entry (8 MB): it is left alone and not searched."
            )
        pieces = [os.read(handle, status.st_size + 1)]
        while pieces[-1] and sum(map(len, pieces)) <= LARGEST:
            pieces.append(os.read(handle, 65_536))
        return b"".join(pieces), status
    except OSError as error:
        raise UnreadableEntry(f"{name} cannot be read: {error.strerror}.") from None
    finally:
        # All was read by then.
        with suppress(OSError):
            os.close(handle)


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
            return text, "This file holds binary data, so it is shown but not edited."
        return text, f"This file holds UTF-16 text, so it is shown but not edited. {_CONVERT}"
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
