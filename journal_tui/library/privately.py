"""Files for the owner's eyes alone, and what makes them durable."""

import os
from pathlib import Path

from journal_tui.library.attributes import set_mode


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


def sync_folder(folder: str) -> None:
    """Make durable which files a folder has. Raises OSError."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
