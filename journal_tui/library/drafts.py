"""Drafts: append-only logs of unsaved edits, which survive a crash."""

import json
import os
import sys
import zlib
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from journal_tui.entry.edit import TextEdit, apply, smallest_edit
from journal_tui.library.file_reader import open_plain, read_plain
from journal_tui.library.private_files import private_folder, set_mode
from journal_tui.period import iso_day

TRASH_DAYS = 30
# After MAX_LOGGED bytes a new log is begun, so that none exceeds LARGEST_LOG, the most read.
MAX_LOGGED, LARGEST_LOG = 1 << 26, 1 << 28


class Draft(NamedTuple):
    """A draft as read from its log `file`: the day and path of its entry, and its text.

    `expected_digest` is that of the entry's file when it was opened, or None for a new entry, and
    `base` is the text before the first change.
    """

    file: Path
    day: date
    path: str
    expected_digest: str | None
    text: str
    base: str = ""


class DraftLog:
    """The draft log of an open entry; its file is created at the first change, with mode 0600.

    The log is locked while its process runs, so that other processes don't offer to restore it.
    """

    def __init__(
        self, folder: Path, day: date, path: str, expected_digest: str | None, text: str
    ) -> None:
        self._folder = folder
        self._head = {"day": day.isoformat(), "path": path, "opened": expected_digest}
        self._base = self._text = text
        self._handle: int | None = None
        self._file = folder
        self._earlier: Path | None = None
        self._length = 0
        self._synced = True

    def record(self, text: str) -> None:
        """Append the changes since the last record to the log. Raise OSError."""
        if text == self._text:
            return
        if self._is_removed():
            # Nothing can read a deleted log, so begin a new one.
            self._close()
        if self._handle is not None and self._length > MAX_LOGGED:
            # Keep the full log until the new one is on the disk.
            self._drop_earlier()
            self._earlier = self._file
            self._close()
        if self._handle is None:
            self._open()
        if not self._length:
            self._append(self._head | {"text": self._base})
            self._text = self._base
        for edit in smallest_edit(self._text, text):
            self._append(list(edit))
        self._text = text
        self._synced = False

    def _is_removed(self) -> bool:
        return self._handle is not None and not os.fstat(self._handle).st_nlink

    def _open(self) -> None:
        private_folder(self._folder)
        # A unique name, so that no draft that waits to be restored is overwritten.
        self._file = self._folder / f"{self._head['day']}-{os.urandom(6).hex()}.log"
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND
        flags |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        self._handle = os.open(self._file, flags, 0o600)
        self._length = 0
        set_mode(self._handle, 0o600)
        _lock(self._handle)

    def _append(self, record: object) -> None:
        body = json.dumps(record).encode()
        line = b"%08x %s\n" % (zlib.crc32(body), body)
        handle = self._handle
        assert handle is not None
        position = 0
        try:
            while position < len(line):
                position += os.write(handle, line[position:])
        except OSError:
            # A partial record would make all later records unreadable.
            try:
                os.ftruncate(handle, self._length)
            except OSError:
                # Later changes go to a new log, which begins with the whole text.
                self._close()
            raise
        self._length += len(line)

    def sync(self) -> None:
        """Flush the appended records to the disk; call this within a second of a change. Raise OSError."""
        if self._is_removed():
            text, self._text = self._text, self._base
            self.record(text)
        if self._handle is not None and not self._synced:
            getattr(os, "fdatasync", os.fsync)(self._handle)
            self._synced = True
            self._drop_earlier()

    def clear(self) -> None:
        """Delete the log, because its text has been saved. Raise OSError."""
        self._close()
        self._drop_earlier()
        if self._file != self._folder:
            self._file.unlink(missing_ok=True)

    def _drop_earlier(self) -> None:
        if self._earlier is not None:
            self._earlier.unlink(missing_ok=True)
            self._earlier = None

    def close(self) -> None:
        """Close the log and keep its file, which the next start offers to restore."""
        if self._handle is not None:
            try:
                self.sync()
            finally:
                self._close()

    def _close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def read(file: Path) -> Draft | None:
    """Read a draft up to the first damaged record of its log; return None if that is the first."""
    try:
        lines = read_plain(file, LARGEST_LOG, follow=False)[0].split(b"\n")
    except OSError:
        return None
    head = _parse_record(lines[0])
    if not isinstance(head, dict):
        return None
    day = iso_day(str(head.get("day")))
    text = head.get("text")
    if day is None or not isinstance(text, str):
        return None
    base = text
    for line in lines[1:]:
        edit = _parse_record(line)
        if not isinstance(edit, list):
            break
        try:
            text = apply(text, [TextEdit(*edit)])
        except (TypeError, ValueError):
            break
    expected_digest = head.get("opened")
    expected_digest = expected_digest if isinstance(expected_digest, str) else None
    return Draft(file, day, str(head.get("path")), expected_digest, text, base)


def _parse_record(line: bytes) -> object:
    check, _, body = line.partition(b" ")
    try:
        return json.loads(body) if int(check, 16) == zlib.crc32(body) else None
    except ValueError:
        return None


class Drafts:
    """The drafts of one journal, in its state folder: in use, left by a crash, or discarded."""

    def __init__(self, state: Path) -> None:
        self._folder, self._trash = state / "drafts", state / "trash"

    def log(self, day: date, path: str, expected_digest: str | None, text: str) -> DraftLog:
        """Return a new log for an entry with this text; `expected_digest` is its file's, None for a new entry."""
        return DraftLog(self._folder, day, path, expected_digest, text)

    def all(self) -> list[Draft]:
        """List all drafts that aren't discarded, including those of running processes."""
        drafts = map(read, _logs(self._folder))
        return [draft for draft in drafts if draft is not None]

    def left_behind(self) -> list[Draft]:
        """List the drafts whose processes have ended, oldest first."""
        files = []
        for file in _logs(self._folder):
            try:
                files.append((file.stat().st_mtime_ns, file))
            except OSError:
                continue
        drafts = [read(file) for _, file in sorted(files) if not _is_held(file)]
        return [draft for draft in drafts if draft is not None]

    def discard(self, draft: Draft) -> Path:
        """Move a draft to the trash, where it is kept for 30 days; return its new path. Raise OSError."""
        private_folder(self._trash)
        target = self._trash / draft.file.name
        os.replace(draft.file, target)
        # The 30 days start now, not when the draft was last written.
        os.utime(target)
        before = target.stat().st_mtime - TRASH_DAYS * 86_400
        for file in _logs(self._trash):
            try:
                if file.stat().st_mtime < before:
                    file.unlink()
            except OSError:
                continue
        return target

    def discarded(self) -> list[tuple[datetime, Draft]]:
        """List the discarded drafts with the local time when each was discarded, latest first."""
        found = []
        for file in _logs(self._trash):
            try:
                when = file.stat().st_mtime
            except OSError:
                continue
            draft = read(file)
            if draft is not None:
                found.append((when, draft))
        found.sort(key=lambda one: one[0], reverse=True)
        return [(datetime.fromtimestamp(when), draft) for when, draft in found]


def _logs(folder: Path) -> list[Path]:
    """List the logs in a folder; none if it cannot be read."""
    try:
        return list(folder.glob("*.log"))
    except OSError:
        # Python 3.11 checks first whether the path is a folder, and lets that check raise.
        return []


if sys.platform == "win32":

    def _lock(handle: int) -> None:
        """Do nothing: Windows refuses to rename an open file, which `_is_held` relies on."""

    def _is_held(file: Path) -> bool:
        try:
            os.rename(file, file)
        except PermissionError:
            return True
        except OSError:
            return False
        return False

else:
    import fcntl

    def _lock(handle: int) -> None:
        """Lock a file until it is closed or its process ends."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            # Some network file systems have no locks; a draft in use may then be offered.
            pass

    def _is_held(file: Path) -> bool:
        """Return whether a running process writes to this log."""
        try:
            log, _ = open_plain(file, follow=False)
            try:
                fcntl.flock(log, fcntl.LOCK_SH | fcntl.LOCK_NB)
            finally:
                os.close(log)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False
