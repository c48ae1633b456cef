"""The commands that get something back: history, restore, delete, trash, conflicts, convert."""

from typing import TYPE_CHECKING

from journal_tui.cli.context import Options, Requested, open_journal, refreshed, requested
from journal_tui.cli.output import Output, tell
from journal_tui.counts import counted
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import EntryError, UsageError

if TYPE_CHECKING:
    from journal_tui.journal import Conflict, Journal, TrashItem, Version


def history(options: Options) -> int:
    """List the earlier versions of a day's entry, or print one."""
    from journal_tui.entry.entry import Entry

    journal = open_journal(options)
    wanted = requested(journal, options.when)
    path = wanted.former_path(journal, options.note)
    versions = journal.history.versions(path)
    if not versions:
        what = _called(wanted, options.note)
        tell(f"There are no earlier versions of {what}: journal has not saved it yet.")
        return 1
    out = Output()
    if options.version is not None:
        out.text(_text(_chosen(versions, options.version)))
        return 0
    for version in versions:
        try:
            entry = Entry(wanted.day, _text(version), journal.vocabulary)
            said = counted(entry.words, "word")
        except EntryError as error:
            said = str(error)
        out.line(f"{version.number:>4}  {version.when:%Y-%m-%d %H:%M}  {said}")
    return 0


def restore(options: Options) -> int:
    """Restore an earlier version of an entry; the text that it replaces becomes a version too."""
    journal = open_journal(options)
    *when, number = options.when
    if not when or not number.isascii() or not number.isdigit():
        raise UsageError(
            "Give the day, then the number of a version: journal restore WHEN N. "
            "To see the versions, run: journal history WHEN"
        )
    wanted = requested(journal, when)
    path = wanted.former_path(journal, options.note)
    version = _chosen(journal.history.versions(path), int(number[:9]))
    saved = journal.entries.restore(path, version, journal.clock())
    refreshed(journal)
    Output().line(
        f"Restored {_called(wanted, options.note)} as it was saved on {version.when:%Y-%m-%d at %H:%M}. "
        "The text it replaced is in its history too."
    )
    if saved.warning:
        tell(saved.warning)
    return 0


def delete(options: Options) -> int:
    """Move a day's entry to the trash."""
    journal = open_journal(options)
    wanted, note = requested(journal, options.when), options.note
    path = wanted.path(journal) if note is None else wanted.path_of_note(journal, note)
    if path is None or journal.entries.stamp(path) is None:
        raise _nothing_there(wanted, note, "to delete")
    journal.trash.delete(path, journal.clock())
    refreshed(journal)
    Output().line(f"{path} is in the trash for 30 days. Run journal trash to bring it back.")
    return 0


def trash(options: Options) -> int:
    """List the deleted entries and the discarded drafts, or bring one back."""
    journal = open_journal(options)
    listed = journal.trash.items()
    out = Output()
    if options.restore is not None:
        found = next((one for one in listed if one.number == options.restore), None)
        if found is None:
            raise UsageError(
                f"Number {options.restore} is not in the trash. Run journal trash to list it."
            )
        return _bring_back(journal, found)
    for one in listed:
        what = "unsaved text, discarded on" if one.draft else "deleted on"
        out.line(f"{one.number:>4}  {one.path}  {what} {one.when:%Y-%m-%d %H:%M}", 6)
    out.line("Bring one back with: journal trash --restore 1" if listed else "The trash is empty.")
    return 0


def _bring_back(journal: "Journal", found: "TrashItem") -> int:
    saved = journal.trash.restore(found, journal.clock())
    refreshed(journal)
    if saved.conflict_path:
        Output().line(
            f"{found.path} has changed since and was left as it is. The text is in {saved.conflict_path}. "
            "Run journal conflicts to merge it."
        )
    else:
        Output().line(f"{found.path} is back.")
    if saved.warning:
        tell(saved.warning)
    return 0


def conflicts(options: Options) -> int:
    """List the conflict copies (exit code 1 if there are any), or show or resolve one."""
    journal = open_journal(options)
    found = journal.conflicts.all()
    for name in ("show", "take", "keep", "drop"):
        number = getattr(options, name)
        if number is not None:
            if not 1 <= number <= len(found):
                raise UsageError(
                    f"There is no conflict copy {number}. Run journal conflicts to list them."
                )
            return _resolve(journal, name, found[number - 1])
    out = Output()
    for number, one in enumerate(found, 1):
        out.line(f"{number:>4}  {one.copy}  ({one.kind}; copy of {one.entry})", 6)
    if not found:
        out.line("There are no conflict copies.")
        return 0
    out.line(
        "To compare one: journal conflicts --show 1. Then merge it (--take 1), put it in the "
        "entry's place (--keep 1) or drop it (--drop 1)."
    )
    return 1


def _resolve(journal: "Journal", how: str, one: "Conflict") -> int:
    out, copies, now = Output(), journal.conflicts, journal.clock()
    unsettled: list[str] = []
    if how == "show":
        said = copies.differences(one)
        out.text(said or f"{one.copy} is the same as {one.entry}.")
        return 0
    if how == "take":
        unsettled = copies.take(one, now)
        said = f"{one.entry} now has the lines of both files"
    elif how == "keep":
        copies.keep(one, now)
        said = f"{one.entry} now has the text of the copy; its earlier text is in its history"
    else:
        copies.drop(one, now)
        said = f"{one.entry} is unchanged"
    refreshed(journal)
    out.line(f"{said}. The copy is in the trash for 30 days.")
    for sentence in unsettled:
        tell(f"{one.entry}: {sentence}. Remove what you do not need.")
    return 0


def convert(options: Options) -> int:
    """Convert a day's entry to UTF-8; its earlier bytes are kept in the history."""
    journal = open_journal(options)
    wanted, note = requested(journal, options.when), options.note
    entries = journal.entries
    path = wanted.path(journal) if note is None else wanted.path_of_note(journal, note)
    try:
        if path is None:
            raise FileNotFoundError
        done = entries.convert(path, options.encoding, journal.clock())
    except FileNotFoundError:
        raise _nothing_there(wanted, note, "to convert") from None
    if done is None:
        Output().line(f"{path} is already UTF-8 text, so it was left as it is.")
        return 0
    name, saved = done
    refreshed(journal)
    Output().line(
        f"{path} was converted from {name} to UTF-8. If letters look wrong, restore the earlier "
        "version that journal history lists, and choose another encoding with --from."
    )
    if saved.warning:
        tell(saved.warning)
    return 0


def _called(wanted: Requested, note: str | None) -> str:
    """Return what a command is about, as it is called in a sentence."""
    return str(wanted) if note is None else f"the note “{one_line(note)}” of {wanted}"


def _nothing_there(wanted: Requested, note: str | None, what_for: str) -> EntryError:
    if note is None:
        return EntryError(f"There is no entry for {wanted} {what_for}.")
    return EntryError(f"{wanted} has no note “{one_line(note)}” {what_for}.")


def _chosen(versions: "list[Version]", number: int) -> "Version":
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        raise UsageError(f"There is no version {number}. Run journal history to list them.")
    return found


def _text(version: "Version") -> str:
    try:
        return version.load()[0]
    except OSError as error:
        why = error.strerror or error
        raise EntryError(f"Version {version.number} cannot be read ({why}).") from None
