"""Conflict copies beside entries: what sync tools and our own saves set aside, and how it ends."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from journal_tui.entry.differing import comparison
from journal_tui.entry.merge import together
from journal_tui.errors import EntryError, SaveError
from journal_tui.library import naming
from journal_tui.library.library import Library
from journal_tui.library.reading import Loaded
from journal_tui.library.scan import copy_of


class Conflict(NamedTuple):
    """A conflict copy: the entry's path and its own, below the journal, and what made it."""

    entry: str
    copy: str
    kind: str


def conflicts(library: Library) -> list[Conflict]:
    """Every conflict copy of a journal, by path. Raises NoJournal when it cannot be listed."""
    return among(library.scan().faults)


def among(faults: Iterable[tuple[str, str]]) -> list[Conflict]:
    """The conflict copies among what a walk found to be off."""
    found = []
    for path, sentence in faults:
        folder, slash, name = path.rpartition("/")
        copied = naming.copied(name) or (naming.counted(name) or "", "counted")
        if sentence == copy_of(copied[0]):
            found.append(Conflict(folder + slash + copied[0], path, copied[1]))
    return sorted(found, key=lambda conflict: conflict.copy)


def _load(library: Library, path: str) -> Loaded:
    """A text that may be worked with. Raises EntryError or UnreadableEntry."""
    try:
        loaded = library.load(path)
    except FileNotFoundError:
        raise EntryError(f"{path} no longer exists.") from None
    if loaded.locked:
        raise EntryError(f"{path}: {loaded.locked}")
    return loaded


def _entry(library: Library, path: str) -> Loaded | None:
    return None if library.stamp(path) is None else _load(library, path)


def differences(library: Library, conflict: Conflict) -> str:
    """How the copy differs from the entry, as a `comparison`; "" when it does not.

    Raises UnreadableEntry.
    """
    texts = []
    for path in (conflict.entry, conflict.copy):
        try:
            texts.append(library.text(path))
        except FileNotFoundError:
            texts.append("")
    return comparison(texts[0], texts[1], "the entry", "the copy")


def take(library: Library, conflict: Conflict, now: datetime) -> list[str]:
    """Bring the copy's lines into the entry, then put the copy in the trash.

    Gives a sentence for each thing that a person has to settle now, such as a second rating.
    Raises SaveError, EntryError or UnreadableEntry, with both files as they were.
    """
    copy, entry = _load(library, conflict.copy), _entry(library, conflict.entry)
    text = together(entry.text, copy.text, library.vocabulary) if entry else copy.text
    _end(library, conflict, entry, text, now)
    known = _problems(library, conflict, entry.text if entry else "")
    return [said for said in _problems(library, conflict, text) if said not in known]


def _problems(library: Library, conflict: Conflict, text: str) -> list[str]:
    from journal_tui.entry.entry import Entry

    named = naming.parse_name(conflict.entry.rpartition("/")[2])
    problems = Entry(named[0], text, library.vocabulary).problems if named else ()
    return [problem.text for problem in problems]


def keep(library: Library, conflict: Conflict, now: datetime) -> None:
    """Make the copy the entry, whose text goes to its history.

    Raises SaveError, EntryError or UnreadableEntry, with both files as they were.
    """
    copy, entry = _load(library, conflict.copy), _entry(library, conflict.entry)
    _end(library, conflict, entry, copy.text, now)


def drop(library: Library, conflict: Conflict, now: datetime) -> None:
    """Move the copy to the trash. Raises SaveError, with the copy still there."""
    if library.stamp(conflict.copy) is None:
        raise EntryError(f"{conflict.copy} no longer exists.")
    library.delete(conflict.copy, now)


def _end(
    library: Library, conflict: Conflict, entry: Loaded | None, text: str, now: datetime
) -> None:
    if entry is None or entry.text != text:
        saved = library.save(conflict.entry, text, entry, entry.text if entry else "", now)
        if saved.beside or saved.unconfirmed:
            # The copy is the only sure place of its text then.
            raise SaveError(
                f"{conflict.entry} changed in the meantime, so {conflict.copy} was kept."
                if saved.beside
                else saved.warning
            )
    library.delete(conflict.copy, now)
