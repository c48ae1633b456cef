"""Writes in place, for files that would lose their hard links, owner or attributes if replaced.

For a moment such a file may hold a mixture of the old and the new text. So a private backup on the
disk keeps both texts until the write is complete; an interrupted write is finished from it.
"""

import json
import os
from contextlib import suppress
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.errors import SaveError
from journal_tui.library.file_reader import LARGEST, digest, open_plain, read_bytes, read_plain
from journal_tui.library.private_files import private_folder, sync_folder, write_private

if TYPE_CHECKING:
    from journal_tui.library.history import History


# Two texts, and a line with their paths.
LARGEST_BACKUP = 2 * LARGEST + 100_000


class BothTexts(NamedTuple):
    """The old and the new text of a write to the file at `full`, which is the entry `path`."""

    path: str
    full: str
    old: bytes
    new: bytes


def overwrite(backup: Path, texts: BothTexts, status: os.stat_result) -> os.stat_result:
    """Overwrite the old text with the new one; return the file's new status.

    Both texts are kept at `backup` in the meantime. Raise OSError or SaveError, with the file as it was
    unless the sentence says that it may be damaged.
    """
    name = os.path.basename(texts.full)
    _write_backup(backup, texts)
    try:
        done = _overwrite(texts.full, texts.new, status)
    except SaveError:
        _delete_backup(backup)
        raise
    except OSError as error:
        try:
            _overwrite(texts.full, texts.old, status)
        except (OSError, SaveError):
            raise SaveError(
                f"Nothing was saved, and {name} may be damaged ({error.strerror}). Its text and "
                f"yours are complete in {backup}; start journal again to repair the file."
            ) from None
        _delete_backup(backup)
        raise
    _delete_backup(backup)
    return done


def finish(backup: Path, history: "History", now: datetime) -> None:
    """Finish an interrupted write from its backup, then delete the backup.

    Both texts go into the history unless the file holds one of them. A file that holds neither text
    nor a mixture was written by another program since, and is left alone. The caller must hold the
    entry's lock. Raise OSError or UnreadableEntry, and keep the backup, if the file can't be read.
    """
    texts = _read_backup(backup)
    if texts is not None:
        found = read_bytes(texts.full)[0]
        if found not in (texts.old, texts.new):
            history.keep_all(texts.path, (texts.old, texts.new), now)
            if _is_mixture(found, texts):
                _overwrite(texts.full, texts.new, os.stat(texts.full))
    backup.unlink()


def _overwrite(full: str, data: bytes, status: os.stat_result) -> os.stat_result:
    # A new handle for each try: after a failed fsync, the next one may report success wrongly.
    handle, there = open_plain(full, os.O_WRONLY)
    try:
        if (there.st_dev, there.st_ino) != (status.st_dev, status.st_ino):
            raise SaveError("The file keeps changing, so it could not be saved. Try again.")
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        os.ftruncate(handle, len(data))
        os.fsync(handle)
        return os.fstat(handle)
    finally:
        # The text is on the disk, so a close that fails loses nothing.
        with suppress(OSError):
            os.close(handle)


def _write_backup(backup: Path, texts: BothTexts) -> None:
    body = texts.old + texts.new
    said = {"path": texts.path, "full": texts.full, "old": len(texts.old), "check": digest(body)}
    private_folder(backup.parent)
    with suppress(FileNotFoundError):
        # A complete backup belongs to an unfinished write, and may be the only copy of its texts.
        if _read_backup(backup) is None:
            backup.unlink()
    try:
        write_private(backup, json.dumps(said).encode() + b"\n" + body)
        sync_folder(str(backup.parent))
    except FileExistsError:
        raise SaveError(
            f"Nothing was saved: an earlier save of {os.path.basename(texts.full)} was interrupted, and its "
            f"texts are still in {backup}. Start journal again to finish it."
        ) from None
    except OSError:
        _delete_backup(backup)
        raise


def _delete_backup(backup: Path) -> None:
    """Delete a backup; one that can't be deleted is checked at the next start, which does no harm."""
    with suppress(OSError):
        backup.unlink()


def _read_backup(backup: Path) -> BothTexts | None:
    """Read a backup; return None if it is incomplete, in which case its file was never touched."""
    head, _, body = read_plain(backup, LARGEST_BACKUP, follow=False)[0].partition(b"\n")
    try:
        said = json.loads(head)
        if said["check"] != digest(body):
            return None
        path, full, middle = str(said["path"]), str(said["full"]), int(said["old"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return BothTexts(path, full, body[:middle], body[middle:])


def _is_mixture(found: bytes, texts: BothTexts) -> bool:
    """Return whether each byte is that of one text at its offset, or a zero left by a power cut."""
    if len(found) > max(len(texts.old), len(texts.new)):
        return False
    both = zip_longest(texts.old, texts.new)
    return all(byte in (0, *pair) for byte, pair in zip(found, both, strict=False))
