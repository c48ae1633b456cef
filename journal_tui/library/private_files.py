"""Files and folders that only their owner can read, and fsync for folders."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_IMODE
from typing import TYPE_CHECKING, BinaryIO

from journal_tui.library.file_reader import encode, read_bytes

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory


def private_folder(folder: Path) -> None:
    """Create a private folder and its missing parents, which are private too. Raise OSError."""
    # `Path.mkdir` would let everyone read the parents.
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
    """Create a folder with mode 0700, whatever the umask. Raise OSError."""
    os.mkdir(folder, 0o700)
    # The umask may have removed permissions that the owner needs.
    if os.name == "posix" and S_IMODE(os.lstat(folder).st_mode) & 0o777 != 0o700:
        os.chmod(folder, 0o700)


def write_private(file: "str | Path", data: bytes, sync: bool = True) -> os.stat_result:
    """Write a new file with mode 0600; return its status.

    Raise OSError, which includes FileExistsError; a file that is incomplete is deleted.
    """
    handle = _create(file)
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


def replace_private(file: Path, data: bytes, sync: bool = True) -> None:
    """Write a file with mode 0600 in a private folder, over an earlier file or not. Raise OSError.

    The file has the old bytes or the new ones at every moment.
    """
    private_folder(file.parent)
    temporary = file.with_name(f".{file.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    write_private(temporary, data, sync)
    os.replace(temporary, file)


@contextmanager
def private_writer(file: "str | Path") -> Iterator[BinaryIO]:
    """Open a new file with mode 0600 to be written in a `with` block, at the end of which it is durable.

    Raise OSError, which includes FileExistsError; a file that is incomplete is deleted.
    """
    handle = _create(file)
    try:
        with os.fdopen(handle, "wb") as opened:
            set_mode(handle, 0o600)
            yield opened
            opened.flush()
            os.fsync(handle)
    except BaseException:
        with suppress(OSError):
            os.unlink(file)
        raise


def _create(file: "str | Path") -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    for name in ("O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    return os.open(file, flags, 0o600)


def sync_folder(folder: str) -> None:
    """Flush a folder's list of files to the disk, if the system can do this. Raise OSError."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class PrivateCopy:
    """A text as a private file `name`, for another program to edit.

    The file exists inside a `with` block, in a temporary folder in `folder`. Entering the block may
    raise OSError, or UnicodeEncodeError for a text with surrogates that UTF-8 can't encode.
    """

    def __init__(self, folder: Path, name: str, text: str) -> None:
        self._parent, self._name, self._text = folder, name, text
        self._folder: TemporaryDirectory[str] | None = None

    def __enter__(self) -> "PrivateCopy":
        from tempfile import TemporaryDirectory

        data = encode(self._text)
        private_folder(self._parent)
        self._folder = TemporaryDirectory(dir=self._parent)
        try:
            write_private(self.file, data, sync=False)
        except OSError:
            self._folder.cleanup()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        assert self._folder
        self._folder.cleanup()

    @property
    def file(self) -> Path:
        """The path of the file, inside the `with` block."""
        assert self._folder
        return Path(self._folder.name) / self._name

    def read(self) -> bytes:
        """Return what the other program saved. Raise FileNotFoundError or UnreadableEntry."""
        return read_bytes(str(self.file))[0]


def others_reach(folder: str) -> bool:
    """Return whether other users of this machine can enter a folder, and so reach its files."""
    if os.name != "posix":
        return False
    try:
        return all(place.stat().st_mode & 0o001 for place in (Path(folder), *Path(folder).parents))
    except OSError:
        return False


def set_mode(handle: int, mode: int) -> None:
    """Set the mode of an open file, whatever the umask made of it. Raise OSError."""
    if hasattr(os, "fchmod") and S_IMODE(os.fstat(handle).st_mode) != mode:
        os.fchmod(handle, mode)
