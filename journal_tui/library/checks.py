"""What may be off in a journal beside what its entries say, and how some of it is mended."""

import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from stat import S_IMODE, S_ISREG
from typing import NamedTuple

from journal_tui.entry.lines import LINE_END
from journal_tui.errors import JournalError, SaveError, UnreadableEntry
from journal_tui.library import conflicts, drafts, naming, sweeping
from journal_tui.library.library import Library
from journal_tui.library.temporary import day_of_temporary

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
MODE, TEMPORARY, COPY = "mode", "temporary", "copy"


class Finding(NamedTuple):
    """Something that is off: below which path, at which line (0 for none), a sentence.

    `mendable` says how `mend` would mend it; "" where a person has to.
    """

    path: str
    line: int
    sentence: str
    mendable: str = ""


def findings(library: Library) -> Iterator[Finding]:
    """Look at every file of a journal. Raises NoJournal when its folder cannot be listed."""
    root = str(library.root)
    found = library.scan()
    for conflict in conflicts.among(found.faults):
        if _same(library, conflict):
            yield Finding(conflict.copy, 0, "is the same as its entry", COPY)
    for lines in found.years.values():
        for path in sorted(line.partition("\t")[0] for line in lines):
            yield from _entry(library, path)
    yield from _files(root)
    for draft in drafts.left_behind(library.state / "drafts"):
        if _text(library, draft.path) != draft.text:
            yield Finding(
                draft.path, 0, "an earlier session left unsaved text; open the app to restore it"
            )


def _entry(library: Library, path: str) -> Iterator[Finding]:
    if _CONTROL.search(path):
        yield Finding(path, 0, "its name contains a character that reorders or hides others")
    full = library.full(path)
    if os.path.islink(full):
        real = os.path.realpath(full)
        if os.path.commonpath([real, library.root]) != str(library.root):
            yield Finding(path, 0, f"is a link to {real}, outside the journal")
    try:
        loaded = library.load(path)
    except (FileNotFoundError, UnreadableEntry):
        # The index tells of it.
        return
    if loaded.locked:
        yield Finding(path, 0, loaded.locked.rstrip("."))
        return
    if not _CONTROL.search(loaded.text):
        return
    for number, line in enumerate(LINE_END.split(loaded.text), 1):
        if character := _CONTROL.search(line):
            code = f"U+{ord(character.group()):04X}"
            yield Finding(
                path, number, f"contains a character that reorders or hides others ({code})"
            )


def _files(root: str) -> Iterator[Finding]:
    """Modes and temporary files, folder by folder."""
    reachable = _others_reach(root)
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        below = os.path.relpath(folder, root)
        prefix = "" if below == "." else f"{below}/"
        open_files = 0
        for name in sorted(names):
            try:
                status = os.lstat(os.path.join(folder, name))
            except OSError:
                continue
            if not S_ISREG(status.st_mode):
                continue
            if day_of_temporary(name) is not None:
                if sweeping.is_left(os.path.join(folder, name)):
                    sentence = "was left by an interrupted save"
                    yield Finding(prefix + name, 0, sentence, TEMPORARY)
            elif reachable and status.st_mode & 0o004 and _is_private(name):
                open_files += 1
        if open_files:
            files = "1 file" if open_files == 1 else f"{open_files} files"
            yield Finding(
                prefix or "./", 0, f"{files} can be read by everyone on this machine", MODE
            )


def _is_private(name: str) -> bool:
    return bool(naming.parse_name(name) or naming.copied(name))


def _others_reach(root: str) -> bool:
    """Whether other people of this machine can get into the folder at all."""
    if os.name != "posix":
        return False
    try:
        return all(place.stat().st_mode & 0o001 for place in (Path(root), *Path(root).parents))
    except OSError:
        return False


def _text(library: Library, path: str) -> str:
    try:
        return library.text(path)
    except (FileNotFoundError, UnreadableEntry):
        return ""


def _same(library: Library, conflict: conflicts.Conflict) -> bool:
    try:
        return library.text(conflict.copy) == library.text(conflict.entry)
    except (FileNotFoundError, UnreadableEntry):
        return False


def mend(library: Library, finding: Finding, now: datetime) -> str:
    """Mend what was found; gives what was done. Raises JournalError, with all as it was."""
    if finding.mendable == MODE:
        return _close(library.full(finding.path))
    if finding.mendable == COPY:
        library.delete(finding.path, now)
        return "moved to the trash"
    if finding.mendable == TEMPORARY:
        try:
            return sweeping.clear(library, library.full(finding.path), now) or "now in use"
        except OSError as error:
            raise SaveError(f"{finding.path} cannot be removed: {error.strerror}.") from None
    raise JournalError("This cannot be mended.")


def _close(folder: str) -> str:
    """Have only the owner read the entries of a folder."""
    count, name = 0, os.path.basename(folder.rstrip("/"))
    try:
        for name in os.listdir(folder):
            full = os.path.join(folder, name)
            status = os.lstat(full)
            if S_ISREG(status.st_mode) and status.st_mode & 0o004 and _is_private(name):
                os.chmod(full, S_IMODE(status.st_mode) & 0o700)
                count += 1
    except OSError as error:
        raise SaveError(f"{name}: its permissions cannot be changed: {error.strerror}.") from None
    return f"{count} made private"
