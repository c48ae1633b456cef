"""Conflict copies, which sync tools and our own saves put beside entries: compare, merge, drop."""

import os
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from journal_tui.entry.diff import comparison
from journal_tui.entry.merge import union_of_lines
from journal_tui.errors import EntryError, SaveError
from journal_tui.library import naming
from journal_tui.library.file_reader import LoadedFile
from journal_tui.library.library import Library
from journal_tui.library.trash import Trash


class Conflict(NamedTuple):
    """A conflict copy: the paths of the entry and of the copy in the journal.

    `kind` says what created the copy, such as "Syncthing", or is "numbered".
    """

    entry: str
    copy: str
    kind: str


class Conflicts:
    """The conflict copies of one journal."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def all(self) -> list[Conflict]:
        """List every conflict copy by path. Raise NoJournal if the journal cannot be listed."""
        return self.among(self._library.scan().faults)

    def of(self, entry: str) -> list[str]:
        """List the paths of an entry's conflict copies in its folder; [] if the entry doesn't exist."""
        folder, slash, name = entry.rpartition("/")
        # The name of a copy begins as that of the entry does.
        stem = os.path.splitext(name)[0]
        try:
            with os.scandir(self._library.absolute(folder)) as listed:
                names = [f.name for f in listed if f.name.startswith(stem) and not f.is_dir()]
        except OSError:
            return []
        found = []
        for other in sorted(names):
            path = folder + slash + other
            copied = naming.original_of_copy(path)
            original = copied[0] if copied else naming.numbered_original(path)
            if original == name:
                found.append(path)
        return found if found and self._library.stamp(entry) is not None else []

    def among(self, faults: Iterable[tuple[str, str]]) -> list[Conflict]:
        """List the conflict copies among the faults of a scan, sorted by path."""
        found = []
        for path, sentence in faults:
            folder, slash, _ = path.rpartition("/")
            copied = naming.original_of_copy(path) or (
                naming.numbered_original(path) or "",
                "numbered",
            )
            if sentence == naming.conflict_sentence(copied[0]):
                found.append(Conflict(folder + slash + copied[0], path, copied[1]))
        return sorted(found, key=lambda conflict: conflict.copy)

    def differences(self, conflict: Conflict) -> str:
        """Compare the copy with the entry, as `comparison` does; "" if they are the same.

        A missing file counts as empty. Raise UnreadableEntry.
        """
        texts = []
        for path in (conflict.entry, conflict.copy):
            try:
                texts.append(self._library.text(path))
            except FileNotFoundError:
                texts.append("")
        return comparison(texts[0], texts[1], "the entry", "the copy")

    def take(self, conflict: Conflict, now: datetime) -> list[str]:
        """Merge the copy's lines into the entry, then move the copy to the trash.

        Return the problems that the merge has caused, such as a second rating, in a sentence each.
        Raise SaveError, EntryError or UnreadableEntry, with both files as they were.
        """
        copy, entry = self._load(conflict.copy), self._entry(conflict)
        vocabulary = self._library.vocabulary
        text = union_of_lines(entry.text, copy.text, vocabulary) if entry else copy.text
        self._resolve(conflict, entry, text, now)
        known = self._problems(conflict, entry.text if entry else "")
        return [said for said in self._problems(conflict, text) if said not in known]

    def keep(self, conflict: Conflict, now: datetime) -> None:
        """Replace the entry's text with the copy's, then move the copy to the trash.

        The entry's earlier text stays in its history.

        Raise SaveError, EntryError or UnreadableEntry, with both files as they were.
        """
        copy, entry = self._load(conflict.copy), self._entry(conflict)
        self._resolve(conflict, entry, copy.text, now)

    def drop(self, conflict: Conflict, now: datetime) -> None:
        """Move the copy to the trash. Raise EntryError or SaveError."""
        if self._library.stamp(conflict.copy) is None:
            raise EntryError(f"{conflict.copy} no longer exists.")
        Trash(self._library).delete(conflict.copy, now)

    def _load(self, path: str) -> LoadedFile:
        """Load a text that may be edited. Raise EntryError or UnreadableEntry."""
        try:
            loaded = self._library.load(path)
        except FileNotFoundError:
            raise EntryError(f"{path} no longer exists.") from None
        if loaded.read_only_reason:
            raise EntryError(f"{path}: {loaded.read_only_reason}")
        return loaded

    def _entry(self, conflict: Conflict) -> LoadedFile | None:
        is_there = self._library.stamp(conflict.entry) is not None
        return self._load(conflict.entry) if is_there else None

    def _problems(self, conflict: Conflict, text: str) -> list[str]:
        from journal_tui.entry.entry import Entry

        day = self._library.day_of(conflict.entry)
        problems = Entry(day, text, self._library.vocabulary).problems if day else ()
        return [problem.text for problem in problems]

    def _resolve(
        self, conflict: Conflict, entry: LoadedFile | None, text: str, now: datetime
    ) -> None:
        """Save `text` as the entry, then move the copy to the trash."""
        if entry is None or entry.text != text:
            base = entry.text if entry else ""
            saved = self._library.save(conflict.entry, text, entry, base, now)
            if saved.conflict_path or saved.unconfirmed:
                # The copy may be the only file that has its text.
                raise SaveError(
                    f"{conflict.entry} changed in the meantime, so {conflict.copy} was kept."
                    if saved.conflict_path
                    else saved.warning
                )
        Trash(self._library).delete(conflict.copy, now)
