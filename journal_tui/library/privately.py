"""Files for the owner's eyes alone, and what makes them durable."""

import os
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE

from journal_tui.library.attributes import set_mode


def private_folder(folder: Path) -> None:
    """Make a folder for the owner alone, and what is missing above it. Raises OSError."""
    # `Path.mkdir` would make those above it for everyone.
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
        if folder == folder.parent:
            break
    for each in reversed(missing):
        try:
            new_private_folder(each)
        except FileExistsError:
            # Another process may have made it just now.
            if not each.is_dir():
                raise


def new_private_folder(folder: Path) -> None:
    """Make a folder for the owner alone, whatever the umask. Raises OSError."""
    os.mkdir(folder, 0o700)
    # The umask may have taken something away that its owner needs.
    if os.name == "posix" and S_IMODE(os.lstat(folder).st_mode) & 0o777 != 0o700:
        os.chmod(folder, 0o700)


def write_private(file: "str | Path", data: bytes, sync: bool = True) -> os.stat_result:
    """Write a new file for the owner's eyes alone; return its status.

    Raises OSError, FileExistsError among them; what could not be written whole is removed again.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    for name in ("O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    handle = os.open(file, flags, 0o600)
    try:
        try:
            set_mode(handle, 0o600)
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
            if sync:
                os.fsync(handle)
            return os.fstat(handle)
        finally:
            os.close(handle)
    except BaseException:
        with suppress(OSError):
            os.unlink(file)
        raise


def sync_folder(folder: str) -> None:
    """Make durable which files a folder has. Raises OSError."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
