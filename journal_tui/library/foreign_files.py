"""Read the files of another program, in a folder or alone; they are never changed."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, BinaryIO

from journal_tui.library.config import FILE
from journal_tui.library.file_reader import open_to_read

MAX_FILES = 200_000


class FolderFiles:
    """The plain files below a folder, without hidden ones; the paths of links are in `links`.

    `refuse` makes the error to raise from a sentence.
    """

    def __init__(self, root: Path, refuse: Callable[[str], Exception]) -> None:
        self.root, self._refuse = root, refuse
        self.name = root.name or str(root)
        self._sizes: dict[str, int] = {}
        self.links: list[str] = []
        self._scan("")

    def _scan(self, folder: str) -> None:
        folders = [folder]
        while folders:
            place = folders.pop()
            try:
                found = sorted(os.scandir(self.root / place), key=lambda it: it.name)
            except OSError as error:
                raise self._refuse(
                    f"{self.root / place} can't be listed: {error.strerror}."
                ) from None
            for one in found:
                path = f"{place}/{one.name}" if place else one.name
                if one.name.startswith("."):
                    continue
                if one.is_symlink():
                    self.links.append(path)
                elif one.is_dir(follow_symlinks=False):
                    folders.append(path)
                elif one.is_file(follow_symlinks=False):
                    # Another program may have deleted the file since the folder was listed.
                    with suppress(FileNotFoundError):
                        self._sizes[path] = one.stat(follow_symlinks=False).st_size
                if len(self._sizes) > MAX_FILES:
                    raise self._refuse(
                        f"{self.root} has more than {MAX_FILES:,} files. Import a part of it."
                    )

    def paths(self) -> list[str]:
        """Return the paths of all files, without hidden ones."""
        return sorted(self._sizes)

    def size(self, path: str) -> int:
        """Return the size in bytes that a file had when the folder was listed."""
        return self._sizes[path]

    def open_file(self, path: str) -> IO[bytes]:
        """Open a file to be read."""
        return open_file(self.root / path, self._refuse)


class SingleFile:
    """One file, whose path is its name. `refuse` makes the error to raise from a sentence."""

    def __init__(self, file: Path, refuse: Callable[[str], Exception]) -> None:
        self.file, self.name, self._refuse = file, file.name, refuse
        self.links: list[str] = []
        with open_file(file, refuse) as opened:
            self._size = os.fstat(opened.fileno()).st_size

    def paths(self) -> list[str]:
        """Return the file's name alone."""
        return [self.name]

    def size(self, path: str) -> int:
        """Return the file's size in bytes."""
        return self._size

    def open_file(self, path: str) -> IO[bytes]:
        """Open the file to be read."""
        return open_file(self.file, self._refuse)


def open_file(file: Path, refuse: Callable[[str], Exception]) -> BinaryIO:
    """Open a plain file to be read, without blocking; raise the error that `refuse` makes."""
    try:
        return open_to_read(file)
    except FileNotFoundError:
        raise refuse(f"There is no file {file}.") from None
    except OSError as error:
        raise refuse(f"{file} can't be read: {error.strerror or error}.") from None


def shown_file(root: Path, path: str, most: int) -> BinaryIO | None:
    """Open a plain file below `root`; return None if it is hidden, too large or can't be opened.

    `most` is the most bytes that it may have. A journal.toml at the top isn't opened either.
    """
    if any(part.startswith(".") or not part for part in path.split("/")) or path == FILE:
        return None
    if "\0" in path:
        # A link may name it as %00, but no file can have it in its path.
        return None
    full = root / path
    if not os.path.realpath(full).startswith(os.path.join(root, "")):
        return None
    try:
        opened = open_to_read(full)
    except OSError:
        return None
    if os.fstat(opened.fileno()).st_size > most:
        opened.close()
        return None
    return opened
