"""Temporary files of saves that died: what they hold and nothing else does is kept as a draft."""

import os
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from journal_tui.errors import UnreadableEntry
from journal_tui.library import drafts, naming
from journal_tui.library.reading import decode, digest, read_bytes, read_plain
from journal_tui.library.temporary import day_of_temporary, is_abandoned
from journal_tui.period import iso_day

if TYPE_CHECKING:
    from journal_tui.library.library import Library

DRAFT = "its text is kept as a draft; open the app to restore it"
TRASH = "moved to the trash"
KNOWN = "removed: its text is kept elsewhere"


def sweep(library: "Library", now: datetime) -> int:
    """Clear away the temporary files beside the entries; gives how many drafts came of them.

    A text of its own becomes a draft, which the next start offers; bytes that are no text go to
    the trash; what an entry, a version or a draft begins with already is no loss.
    """
    count = 0
    for folder, folders, names in os.walk(library.root):
        folders[:] = [name for name in folders if name[0] != "."]
        for name in names:
            if name[0] == "." and day_of_temporary(name) is not None:
                with suppress(OSError):
                    count += clear(library, os.path.join(folder, name), now) == DRAFT
    return count


def is_left(full: str) -> bool:
    """Whether a file was left by a save of a day whose process is gone. Raises OSError."""
    name = os.path.basename(full)
    # That of journal.toml is no text of a day.
    day = iso_day(day_of_temporary(name) or "")
    return day is not None and is_abandoned(name, os.lstat(full).st_mtime)


def clear(library: "Library", full: str, now: datetime) -> str:
    """Clear one such file away; gives what became of it, "" where it stays. Raises OSError."""
    folder, name = os.path.split(full)
    day = iso_day(day_of_temporary(name) or "")
    if day is None or not is_left(full):
        return ""
    try:
        data, _ = read_bytes(full)
    except UnreadableEntry:
        return ""
    text, locked = decode(data)
    below = os.path.relpath(folder, library.root)
    prefix = "" if below == "." else f"{Path(below).as_posix()}/"
    if locked:
        library.trash.take(full, prefix + name, now)
        return TRASH
    path = _path(library, prefix, day.isoformat(), text)
    is_draft = not _is_known(library, path, data)
    if is_draft:
        _keep_draft(library, path, day, text)
    os.unlink(full)
    return DRAFT if is_draft else KNOWN


def _path(library: "Library", prefix: str, day: str, text: str) -> str:
    """Which file of the day in that folder the text was to be: the one with most of its lines."""
    lines = set(text.split("\n"))
    names = [n for n in os.listdir(library.full(prefix)) if n[:10] == day and naming.parse_name(n)]

    def likeness(name: str) -> int:
        try:
            return len(lines & set(library.text(prefix + name).split("\n")))
        except (OSError, UnreadableEntry):
            return -1

    names.sort(key=naming.by_importance)
    return prefix + max(names, key=likeness, default=f"{day}.md")


def _is_known(library: "Library", path: str, data: bytes) -> bool:
    """Whether a text that is kept begins so: the saved one, a version, or a draft."""
    if not data.strip():
        return True
    with suppress(OSError, UnreadableEntry):
        if read_bytes(library.full(path))[0].startswith(data):
            return True
    for version in library.history.versions(path):
        with suppress(OSError):
            if read_plain(version.file, follow=False)[0].startswith(data):
                return True
    logs = (drafts.read(file) for file in drafts.logs(library.state / "drafts"))
    return any(
        draft.path == path and draft.text.encode("utf-8", "replace").startswith(data)
        for draft in logs
        if draft
    )


def _keep_draft(library: "Library", path: str, day: date, text: str) -> None:
    base, opened = "", None
    with suppress(FileNotFoundError, UnreadableEntry):
        data, _ = read_bytes(library.full(path))
        base, opened = decode(data)[0], digest(data)
    log = drafts.DraftLog(library.state / "drafts", day, path, opened, base)
    log.record(text)
    log.close()
