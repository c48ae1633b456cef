"""A save into the file itself, where a new file would lose its links to others or its owner.

The file may be half of each text for a moment. So both are kept, complete and on the disk, in a
private copy until the new one is there; what died half-way is brought to its end from it.
"""

import json
import os
from contextlib import suppress
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.errors import SaveError
from journal_tui.library.privately import private_folder, sync_folder, write_private
from journal_tui.library.reading import LARGEST, digest, open_plain, read_bytes, read_plain

if TYPE_CHECKING:
    from journal_tui.library.history import History


# Two texts, and where they belong.
LARGEST_COPY = 2 * LARGEST + 100_000


class Copies(NamedTuple):
    """Both texts of a save in place: of the file at `full`, which is the entry `path`."""

    path: str
    full: str
    old: bytes
    new: bytes


def overwrite(copy: Path, texts: Copies, status: os.stat_result) -> os.stat_result:
    """Write the new text over the old one; gives the file's status then.

    The copy is kept at `copy` meanwhile. Raises OSError and SaveError, the file being as it was.
    """
    name = os.path.basename(texts.full)
    _keep(copy, texts)
    try:
        done = _put(texts.full, texts.new, status)
    except SaveError:
        _drop(copy)
        raise
    except OSError as error:
        try:
            _put(texts.full, texts.old, status)
        except (OSError, SaveError):
            raise SaveError(
                f"Nothing was saved, and {name} may be damaged ({error.strerror}). Its text and "
                f"yours are complete in {copy}; start journal again to repair the file."
            ) from None
        _drop(copy)
        raise
    _drop(copy)
    return done


def finish(copy: Path, history: "History", now: datetime) -> None:
    """Bring a save that died half-way to its end. The caller holds the entry's lock.

    Where the file holds neither text nor a mixture of both, somebody wrote it since: it stays, and
    both texts go into the history. Raises OSError and UnreadableEntry, with the copy still there,
    where the file is not there or cannot be read.
    """
    texts = _copied(copy)
    if texts is not None:
        found = read_bytes(texts.full)[0]
        if found not in (texts.old, texts.new):
            history.keep_all(texts.path, (texts.old, texts.new), now)
            if _is_mixture(found, texts):
                _put(texts.full, texts.new, os.stat(texts.full))
    copy.unlink()


def _put(full: str, data: bytes, status: os.stat_result) -> os.stat_result:
    # A new handle each time: one that failed to reach the disk may say at the next try that it did.
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
        # Once it is on the disk, closing can spoil nothing.
        with suppress(OSError):
            os.close(handle)


def _keep(copy: Path, texts: Copies) -> None:
    body = texts.old + texts.new
    said = {"path": texts.path, "full": texts.full, "old": len(texts.old), "check": digest(body)}
    private_folder(copy.parent)
    with suppress(FileNotFoundError):
        # One that is whole has not been brought to its end: what it holds may be nowhere else.
        if _copied(copy) is None:
            copy.unlink()
    try:
        write_private(copy, json.dumps(said).encode() + b"\n" + body)
        sync_folder(str(copy.parent))
    except FileExistsError:
        raise SaveError(
            f"Nothing was saved: an earlier save of {os.path.basename(texts.full)} was interrupted, and its "
            f"texts are still in {copy}. Start journal again to finish it."
        ) from None
    except OSError:
        _drop(copy)
        raise


def _drop(copy: Path) -> None:
    """A copy that stays is looked at again at the next start, and loses nothing."""
    with suppress(OSError):
        copy.unlink()


def _copied(copy: Path) -> Copies | None:
    """What a copy holds; None for one that died itself, before its file was touched."""
    head, _, body = read_plain(copy, LARGEST_COPY, follow=False)[0].partition(b"\n")
    try:
        said = json.loads(head)
        if said["check"] != digest(body):
            return None
        path, full, middle = str(said["path"]), str(said["full"]), int(said["old"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return Copies(path, full, body[:middle], body[middle:])


def _is_mixture(found: bytes, texts: Copies) -> bool:
    """Whether each byte is of one of the texts at its place; a power cut leaves zeros as well."""
    if len(found) > max(len(texts.old), len(texts.new)):
        return False
    both = zip_longest(texts.old, texts.new)
    return all(byte in (0, *pair) for byte, pair in zip(found, both, strict=False))
