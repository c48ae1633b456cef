"""The commands for what was: history, restore, delete, trash."""

from datetime import date
from typing import TYPE_CHECKING

from journal_tui.cli.opening import Options, day_meant, open_journal, refreshed
from journal_tui.cli.output import Output, counted, tell
from journal_tui.entry.template import long_date
from journal_tui.errors import EntryError, UsageError
from journal_tui.journal import Journal
from journal_tui.library import reading, thrown

if TYPE_CHECKING:
    from journal_tui.library.history import Version
    from journal_tui.library.thrown import Thrown


def history(options: Options) -> int:
    """List the earlier versions of a day's entry, or print one."""
    from journal_tui.entry.entry import Entry

    journal = open_journal(options)
    day = day_meant(journal, options.when)
    path = _path(journal, day, options.note)
    versions = journal.library.history.versions(path)
    if not versions:
        tell(f"There are no earlier versions of {long_date(day)}: journal has not saved it yet.")
        return 1
    out = Output()
    if options.version is not None:
        out.text(_text(_chosen(versions, options.version)))
        return 0
    for version in versions:
        try:
            entry = Entry(day, _text(version), journal.library.vocabulary)
            said = counted(entry.words, "word")
        except EntryError as error:
            said = str(error)
        out.line(f"{version.number:>4}  {version.when:%Y-%m-%d %H:%M}  {said}")
    return 0


def restore(options: Options) -> int:
    """Make an earlier version the entry again; what it replaces is a version then itself."""
    journal = open_journal(options)
    *when, number = options.when
    if not when or not number.isascii() or not number.isdigit():
        raise UsageError(
            "Give the number of a version from journal history: journal restore WHEN VERSION."
        )
    day = day_meant(journal, when)
    path = _path(journal, day, options.note)
    version = _chosen(journal.library.history.versions(path), int(number[:9]))
    saved = journal.library.restore(path, version, journal.clock())
    refreshed(journal)
    Output().line(
        f"Restored {long_date(day)} as it was saved on {version.when:%Y-%m-%d at %H:%M}. "
        "The text it replaced is in its history too."
    )
    if saved.warning:
        tell(saved.warning)
    return 0


def delete(options: Options) -> int:
    """Move a day's entry to the trash."""
    journal = open_journal(options)
    day = day_meant(journal, options.when)
    path = (
        refreshed(journal).path_of(day) if not options.note else _path(journal, day, options.note)
    )
    if path is None or journal.library.stamp(path) is None:
        raise EntryError(f"There is no entry for {long_date(day)} to delete.")
    journal.library.delete(path, journal.clock())
    refreshed(journal)
    Output().line(f"{path} is in the trash for 30 days. Run journal trash to bring it back.")
    return 0


def trash(options: Options) -> int:
    """List the deleted entries and the discarded drafts, or bring one back."""
    journal = open_journal(options)
    listed = thrown.listed(journal.library)
    out = Output()
    if options.restore is not None:
        found = next((one for one in listed if one.number == options.restore), None)
        if found is None:
            raise UsageError(
                f"Number {options.restore} is not in the trash. Run journal trash to see what is."
            )
        return _bring_back(journal, found)
    for one in listed:
        what = "unsaved text, discarded on" if one.draft else "deleted on"
        out.line(f"{one.number:>4}  {one.path}  {what} {one.when:%Y-%m-%d %H:%M}")
    out.line("Bring one back with: journal trash --restore 1" if listed else "The trash is empty.")
    return 0


def _bring_back(journal: Journal, found: "Thrown") -> int:
    saved = thrown.bring_back(journal.library, found, journal.clock())
    refreshed(journal)
    if saved.beside:
        Output().line(
            f"{found.path} has changed since and was left as it is. The text is in {saved.beside}."
        )
    else:
        Output().line(f"{found.path} is back.")
    if saved.warning:
        tell(saved.warning)
    return 0


def _path(journal: Journal, day: date, note: str | None) -> str:
    """Where the entry lies, or did: an entry that is gone has a history still."""
    if note:
        return journal.library.new_path(day, note)
    return journal.path_of(day) or refreshed(journal).path_of(day) or journal.library.new_path(day)


def _chosen(versions: "list[Version]", number: int) -> "Version":
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        raise UsageError(f"There is no version {number}. Run journal history to list them.")
    return found


def _text(version: "Version") -> str:
    from journal_tui.library.history import read

    try:
        return reading.decode(read(version))[0]
    except OSError as error:
        why = error.strerror or error
        raise EntryError(f"Version {version.number} cannot be read ({why}).") from None
