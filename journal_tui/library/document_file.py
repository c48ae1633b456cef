"""Write documents that are made from a journal, and the links in them to its entries."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from shutil import copyfileobj
from typing import IO
from urllib.parse import quote

from journal_tui.errors import DocumentExists, SaveError
from journal_tui.library import naming
from journal_tui.library.atomic_write import rename_new
from journal_tui.library.config import FILE
from journal_tui.library.private_files import private_folder, private_writer, sync_folder

_CHUNK = 1 << 18


def relative_link(root: str, path: str, folder: str) -> str:
    """Return a link to the entry at `path` in the journal at `root`, for a document in `folder`."""
    full = os.path.join(root, path)
    try:
        near = os.path.relpath(full, folder)
    except ValueError:
        # On Windows, there is no relative path from one drive to another.
        return Path(full).as_uri()
    return quote(os.fsencode(near.replace(os.sep, "/")))


def write_document(file: Path, text: str, root: Path, replace: bool) -> Path:
    """Write a text as `write_stream` does, with `?` for lone surrogates."""
    data = text.encode("utf-8", "replace")
    return write_stream(file, lambda opened: opened.write(data), root, replace)


def write_stream(
    file: Path, make: Callable[[IO[bytes]], object], root: Path, replace: bool
) -> Path:
    """Call `make` to write a file that only its owner can read, completely or not at all; return its path.

    Raise DocumentExists if there is a file already and `replace` is false, and SaveError if it can't
    be written or would be read as one of the own files of the journal at `root`.
    """
    full = os.path.realpath(os.path.expanduser(file))
    folder, name = os.path.split(full)
    if not os.path.isdir(folder):
        raise SaveError(f"Nothing was written: there is no folder {folder}. Make it first.")
    if os.path.isdir(full):
        raise SaveError(f"Nothing was written: {full} is a folder. Add the name of a file.")
    if os.path.lexists(full) and not os.path.isfile(full):
        raise SaveError(f"Nothing was written: {full} isn't a plain file. Choose another name.")
    if _belongs_to(str(root), full):
        raise SaveError(
            f"Nothing was written: in the journal, {name} would be read as one of its own files. "
            "Choose another name or folder."
        )
    if os.path.lexists(full) and not replace:
        raise DocumentExists(full)
    # Named unlike an entry's temporary file, whose text would be restored as a draft.
    temporary = os.path.join(folder, f".{name[:40]}.{os.urandom(4).hex()}.part")
    try:
        with private_writer(temporary) as opened:
            make(opened)
        try:
            if replace:
                os.replace(temporary, full)
            else:
                rename_new(temporary, full)
        finally:
            if os.path.lexists(temporary):
                os.unlink(temporary)
        sync_folder(folder)
    except FileExistsError:
        raise DocumentExists(full) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise SaveError(f"{full} couldn't be written: {why}. Choose another folder.") from None
    return Path(full)


def write_folder(
    folder: Path, files: Iterable[tuple[str, Callable[[], IO[bytes]]]], root: Path
) -> Path:
    """Write files to a new or empty folder; return its path.

    `files` has the path of each below the folder, and a function that opens its content. Raise
    DocumentExists if the folder has files, and SaveError if something can't be written, or if the
    folder is in the journal at `root`, which would read the copies as its entries.
    """
    full = os.path.realpath(os.path.expanduser(folder))
    if full == str(root) or full.startswith(os.path.join(root, "")):
        raise SaveError(
            f"Nothing was written: {full} is in the journal, which would read the copies as its own "
            "entries. Choose another folder."
        )
    try:
        if os.path.lexists(full) and (not os.path.isdir(full) or os.listdir(full)):
            raise DocumentExists(full)
        private_folder(Path(full))
        for path, open_source in files:
            place = Path(full, path)
            private_folder(place.parent)
            with open_source() as source, private_writer(place) as copy:
                copyfileobj(source, copy, _CHUNK)
        sync_folder(full)
    except OSError as error:
        why = error.strerror or str(error)
        raise SaveError(
            f"{full} couldn't be written completely: {why}. Choose another folder."
        ) from None
    return Path(full)


def _belongs_to(root: str, full: str) -> bool:
    """Return whether a file would be an entry, or the settings, of the journal at `root`."""
    path = os.path.relpath(full, root) if full.startswith(os.path.join(root, "")) else ""
    if not path:
        return False
    return path == FILE or naming.is_dated(path.replace(os.sep, "/"))
