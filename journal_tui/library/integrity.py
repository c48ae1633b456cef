"""Check the files of a journal for problems, and mend some of them."""

import os
from collections.abc import Iterator
from datetime import datetime
from stat import S_IMODE, S_ISREG
from typing import NamedTuple

from journal_tui.counts import counted
from journal_tui.entry.sanitize import deceptive_character
from journal_tui.errors import JournalError, SaveError, UnreadableEntry
from journal_tui.library import naming
from journal_tui.library.atomic_write import day_of_temporary
from journal_tui.library.conflicts import Conflict, Conflicts
from journal_tui.library.drafts import Drafts
from journal_tui.library.library import Library
from journal_tui.library.orphans import Orphans, is_orphan
from journal_tui.library.private_files import others_reach
from journal_tui.library.trash import Trash

MODE, TEMPORARY, COPY = MENDABLE = "private", "leftovers", "copies"
"""What can be mended: files that others can read, leftovers of saves, copies with the entry's text."""


class FileFinding(NamedTuple):
    """A problem with a file: the file's path, the line (0 for none), and a sentence.

    `mendable` is MODE, TEMPORARY or COPY if `mend` can mend it, or "" if a person has to.
    `readable` is the number of files that everyone can read, for MODE.
    """

    path: str
    line: int
    sentence: str
    mendable: str = ""
    readable: int = 0


class Integrity:
    """The checks of one journal's files."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def findings(self) -> Iterator[FileFinding]:
        """Check every file. Raise NoJournal if the journal's folder cannot be listed."""
        library = self._library
        found = library.scan()
        for conflict in Conflicts(library).among(found.faults):
            if self._is_same(conflict):
                yield FileFinding(conflict.copy, 0, "is the same as its entry", COPY)
        for lines in found.years.values():
            for path in sorted(line.partition("\t")[0] for line in lines):
                yield from self._entry(path)
        yield from _files(str(library.root))
        for draft in Drafts(library.state).left_behind():
            if self._text(draft.path) != draft.text:
                sentence = "an earlier session left unsaved text; open the app to restore it"
                yield FileFinding(draft.path, 0, sentence)

    def _entry(self, path: str) -> Iterator[FileFinding]:
        if deceptive_character(path):
            sentence = "its name contains a control character, which can hide or reorder text"
            yield FileFinding(path, 0, f"{sentence}; rename it")
        try:
            loaded = self._library.load(path)
        except (FileNotFoundError, UnreadableEntry):
            # The index reports files that can't be read.
            return
        if loaded.read_only_reason:
            yield FileFinding(path, 0, loaded.read_only_reason.removeprefix(f"{path} ").rstrip("."))
            return
        if link := self._link(path):
            yield FileFinding(path, 0, link)

    def _link(self, path: str) -> str:
        """Return a sentence about an entry that is a link out of the journal or to another entry; else ""."""
        full = self._library.absolute(path)
        if not os.path.islink(full):
            return ""
        real = os.path.realpath(full)
        root = os.path.join(self._library.root, "")
        if not real.startswith(root):
            return f"is a link to {real}, outside the journal"
        below = os.path.relpath(real, root)
        if not self._library.day_of(below):
            return ""
        return f"is a link to {below}, so both are read and counted; remove one of them"

    def _text(self, path: str) -> str:
        try:
            return self._library.text(path)
        except (FileNotFoundError, UnreadableEntry):
            return ""

    def _is_same(self, conflict: Conflict) -> bool:
        try:
            return self._library.text(conflict.copy) == self._library.text(conflict.entry)
        except (FileNotFoundError, UnreadableEntry):
            return False

    def mend(self, finding: FileFinding, now: datetime) -> str:
        """Mend a finding; return what was done. Raise JournalError if nothing was changed."""
        full = self._library.absolute(finding.path)
        if finding.mendable == MODE:
            return _make_private(full, "" if finding.path == "./" else finding.path)
        if finding.mendable == COPY:
            Trash(self._library).delete(finding.path, now)
            return "moved to the trash"
        if finding.mendable == TEMPORARY:
            try:
                return Orphans(self._library).clear(full, now) or "left alone, since it is in use"
            except OSError as error:
                raise SaveError(f"{finding.path} cannot be removed: {error.strerror}.") from None
        raise JournalError("This cannot be fixed automatically.")


def _files(root: str) -> Iterator[FileFinding]:
    """Yield findings about file modes and temporary files, folder by folder."""
    reachable = others_reach(root)
    for folder, folders, names in os.walk(root):
        below = os.path.relpath(folder, root)
        prefix = "" if below == "." else f"{below}/"
        folders[:] = sorted(f for f in folders if not naming.is_left_out_folder(f"{prefix}{f}/"))
        open_files = 0
        for name in sorted(names):
            if name[0] != "." and not naming.may_be_entry(prefix + name):
                # Neither a temporary file nor an entry.
                continue
            try:
                status = os.lstat(os.path.join(folder, name))
            except OSError:
                continue
            if not S_ISREG(status.st_mode):
                continue
            if day_of_temporary(name) is not None:
                if is_orphan(os.path.join(folder, name)):
                    sentence = "was left by an interrupted save"
                    yield FileFinding(prefix + name, 0, sentence, TEMPORARY)
            elif reachable and status.st_mode & 0o004 and _is_private(prefix + name):
                open_files += 1
        if open_files:
            yield FileFinding(prefix or "./", 0, _readable(open_files), MODE, open_files)


def _readable(files: int) -> str:
    return f"{counted(files, 'file')} can be read by everyone on this machine"


def _is_private(path: str) -> bool:
    """Return whether a file is an entry or a copy of one, in whichever order its date is read."""
    return naming.is_dated(path) or bool(naming.original_of_copy(path))


def _make_private(folder: str, prefix: str) -> str:
    """Make the entries in a folder readable by their owner only; return what was done."""
    count, name = 0, os.path.basename(folder.rstrip("/"))
    try:
        for name in os.listdir(folder):
            full = os.path.join(folder, name)
            status = os.lstat(full)
            if S_ISREG(status.st_mode) and status.st_mode & 0o004 and _is_private(prefix + name):
                os.chmod(full, S_IMODE(status.st_mode) & 0o700)
                count += 1
    except OSError as error:
        raise SaveError(f"{name}: its permissions cannot be changed: {error.strerror}.") from None
    return f"{count} made private"
