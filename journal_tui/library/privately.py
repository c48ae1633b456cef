"""Files for the owner's eyes alone, and what makes them durable."""

import errno
import os
from pathlib import Path
from stat import S_ISREG

from journal_tui.library.attributes import set_mode


def private_folder(folder: Path) -> None:
    """Make a folder for the owner alone, and what is missing above it. Raises OSError."""
    # `Path.mkdir` would make those above it for everyone.
    missing = [folder]
    while not missing[-1].parent.exists():
        missing.append(missing[-1].parent)
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


def write_private(file: Path, data: bytes, sync: bool = True) -> None:
    """Write a new file for the owner's eyes alone. Raises OSError, FileExistsError among them."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(file, flags, 0o600)
    try:
        set_mode(handle, 0o600)
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        if sync:
            os.fsync(handle)
    finally:
        os.close(handle)


def read_plain(file: Path) -> bytes:
    """The bytes of a plain file; anything else would have one wait. Raises OSError."""
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as opened:
        if not S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "it is no plain file")
        return opened.read()


def sync_folder(folder: str) -> None:
    """Make durable which files a folder has. Raises OSError."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
