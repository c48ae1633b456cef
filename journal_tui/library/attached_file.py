"""Write the files that entries show, such as photos: completely or not at all, and never over another file."""

import errno
import os
import re
from contextlib import suppress
from pathlib import Path
from shutil import copyfileobj
from typing import IO

from journal_tui.errors import SaveError
from journal_tui.library.atomic_write import failure_sentence, rename_new
from journal_tui.library.file_reader import open_to_read
from journal_tui.library.private_files import private_folder, private_writer, sync_folder

_CHUNK = 1 << 18
_TEMPORARY = re.compile(r"\.import-[0-9a-f]{16}\.part")
_MAX_NAMES = 1_000


def add(root: Path, path: str, source: IO[bytes]) -> tuple[str, bool]:
    """Copy `source` to a path below `root`; return the path of the copy, and whether it is new.

    A file at the path that has the same bytes is used as the copy; if it has other bytes, a number
    is added to the name. Raise SaveError, with nothing written.
    """
    full = root / path
    # The folder must not be a link that leads out of the journal.
    folder = os.path.realpath(full.parent)
    if folder != str(root) and not folder.startswith(os.path.join(root, "")):
        raise SaveError(f"Nothing was saved: {full.parent} leads out of the journal.")
    temporary = os.path.join(folder, f".import-{os.urandom(8).hex()}.part")
    try:
        private_folder(Path(folder))
        _copy(source, temporary)
        try:
            for number in range(1, _MAX_NAMES):
                stem, dot, suffix = full.name.rpartition(".")
                name = full.name
                if number > 1:
                    name = f"{stem}-{number}.{suffix}" if dot else f"{suffix}-{number}"
                place = os.path.join(folder, name)
                parent = path.rpartition("/")[0]
                written = f"{parent}/{name}" if parent else name
                try:
                    rename_new(temporary, place)
                except FileExistsError:
                    if _is_same(temporary, place):
                        return written, False
                    continue
                sync_folder(folder)
                return written, True
        finally:
            if os.path.lexists(temporary):
                os.unlink(temporary)
    except OSError as error:
        raise SaveError(failure_sentence(error)) from None
    raise SaveError(
        failure_sentence(OSError(errno.EEXIST, "there are too many files of this name"))
    )


def sweep(root: Path, folder: str) -> None:
    """Delete the temporary files of interrupted imports in a folder. No import may be running."""
    try:
        names = os.listdir(root / folder)
    except OSError:
        return
    for name in names:
        if _TEMPORARY.fullmatch(name):
            with suppress(OSError):
                os.unlink(root / folder / name)


def _copy(source: IO[bytes], temporary: str) -> None:
    with private_writer(temporary) as file:
        copyfileobj(source, file, _CHUNK)


def _is_same(first: str, second: str) -> bool:
    try:
        with open_to_read(first) as one, open_to_read(second) as two:
            while data := one.read(_CHUNK):
                if data != two.read(_CHUNK):
                    return False
            return not two.read(1)
    except OSError:
        return False
