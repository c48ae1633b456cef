"""The outcome of a save or another change of an entry's file: the messages, and the entry to open."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from journal_tui.app.widgets.humanize import moment
from journal_tui.entry.edit import smallest_edit
from journal_tui.entry.markdown_lines import OPEN_BOX
from journal_tui.session import EditSession, OutsideChange, SaveOutcome

if TYPE_CHECKING:
    from journal_tui.app.screens.history import ListedVersion
    from journal_tui.journal import Draft, Journal, SaveResult, TrashItem

Severity = Literal["information", "warning", "error"]

_OUTSIDE_MESSAGES = {
    OutsideChange.APPLIED: "Another program changed this entry; its changes are now on the page.",
    OutsideChange.CONFLICT: (
        "Another program changed the same lines. "
        "When you save, its text stays here and yours goes into a copy beside it."
    ),
    OutsideChange.DELETED: "This entry's file is gone. Press {save} to write it again.",
    OutsideChange.EMPTIED: (
        "Another program emptied this entry's file. Its text is still here and in its history; "
        "change anything to save it again."
    ),
}
TOO_LARGE = (
    "This entry is too large for this command. Type into the text itself, "
    "or use journal learn, journal rate or journal todo in a shell."
)
TOO_LARGE_TO_CHECK = "This entry is too large to check here. Run journal check in a shell instead."
HOW_TO_MAKE_A_FOLLOW_UP = f"Begin the line with “- {OPEN_BOX.strip()}” to make one."


class Notice(NamedTuple):
    """A sentence for a notification, and its severity."""

    sentence: str
    severity: Severity = "information"


KeyOf = Callable[[str], str]
"""Returns the key of a command, which the settings can change."""


def save_notices(outcome: SaveOutcome, key_of: KeyOf) -> list[Notice]:
    """Return the messages about a save: none if it worked and no other program changed the entry."""
    if outcome.fault:
        elsewhere = "To save a copy in another folder, press ctrl+p and choose “Save this text elsewhere …”."
        return [Notice(f"{outcome.fault} {elsewhere}", "error")]
    saved, notices = outcome.saved, list[Notice]()
    if saved and saved.merged:
        notices.append(
            Notice("Another program changed this entry too. It now has its changes and yours.")
        )
    if saved and saved.conflict_path:
        sentence = (
            "Another program changed the same lines. Its text stays here; yours is in a copy "
            f"beside it. {how_to_compare(key_of)}"
        )
        notices.append(Notice(sentence, "warning"))
    if saved and saved.warning:
        notices.append(Notice(saved.warning, "warning"))
    return notices


def how_to_compare(key_of: KeyOf) -> str:
    """Return a sentence about how to compare an entry with the copy beside it."""
    return f"To compare them, press {key_of('problems')}."


def outside_notice(
    session: EditSession, change: OutsideChange, is_trouble: bool, key_of: KeyOf
) -> Notice:
    """Return the message about a change that another program made to an entry's file.

    It is a warning if `is_trouble`.
    """
    sentence = _OUTSIDE_MESSAGES.get(change, "").format(save=key_of("save"))
    sentence = sentence or session.read_only_reason or session.outside_fault
    return Notice(sentence, "warning" if is_trouble else "information")


def since_when(since: datetime, today: date) -> str:
    """Return since when another window has the entry open: the time, with the day if it isn't today."""
    return f"{since:%H:%M}" if since.date() == today else moment(since)


_SAVED_BESIDE = "The same lines of {} have changed since, so your text is in a copy beside it."


class FileChange(NamedTuple):
    """The entry to open (without a `day` if the file isn't an entry), and the messages.

    `is_conflict` is whether there is a copy beside the entry to compare. The cursor is put at the
    end of `line`, counted from 1; 0 leaves it where it is.
    """

    day: date | None
    path: str | None
    sentence: str
    warning: str = ""
    is_conflict: bool = False
    line: int = 0


def restore_version(journal: "Journal", day: date, path: str, kept: "ListedVersion") -> FileChange:
    """Restore an earlier version of the file, byte for byte. Raise JournalError if that fails."""
    saved = journal.entries.restore(path, kept.version, journal.clock())
    sentence = (
        f"Restored the version of {moment(kept.when)}. What it replaced is now an earlier version."
    )
    return FileChange(day, path, sentence, saved.warning)


def convert(journal: "Journal", day: date, path: str) -> FileChange | None:
    """Convert an entry to UTF-8; return None if it is UTF-8 or gone. Raise JournalError if that fails."""
    try:
        done = journal.entries.convert(path, None, journal.clock())
    except FileNotFoundError:
        return None
    if done is None:
        return None
    encoding, saved = done
    sentence = (
        f"Converted from {encoding}. If letters look wrong, restore the earlier version and choose "
        "another encoding with journal convert --from."
    )
    return FileChange(day, path, sentence, saved.warning)


def delete(journal: "Journal", day: date, path: str) -> FileChange:
    """Move an entry to the trash. Raise JournalError if that fails."""
    journal.trash.delete(path, journal.clock())
    sentence = "Deleted. You can bring it back for 30 days: press ctrl+p and choose “Trash”."
    return FileChange(day, path if journal.entries.period_of(path) else None, sentence)


def bring_back(journal: "Journal", item: "TrashItem") -> FileChange:
    """Restore a deleted entry or a discarded draft; raise JournalError if that fails."""
    saved = journal.trash.restore(item, journal.clock())
    name = journal.entry_name(item.day, item.path) if item.day else item.path.rpartition("/")[2]
    return _as_changed(journal, item.day, item.path, saved, f"{name} is back.")


def restore_draft(journal: "Journal", draft: "Draft") -> FileChange:
    """Save an earlier session's draft, merged with later changes. Raise JournalError if that fails."""
    saved = journal.entries.restore_draft(draft, journal.clock())
    changed = _as_changed(journal, draft.day, draft.path, saved, "What you had typed is back.")
    typed = [edit.start + len(edit.text) for edit in smallest_edit(draft.base, draft.text)]
    return changed._replace(line=draft.text.count("\n", 0, max(typed, default=0)) + 1)


def _as_changed(
    journal: "Journal", day: date | None, path: str, saved: "SaveResult", sentence: str
) -> FileChange:
    if saved.conflict_path:
        sentence = _SAVED_BESIDE.format(journal.entry_name(day, path) if day else "this file")
    return FileChange(day, path, sentence, saved.warning, bool(saved.conflict_path))
