"""EditSession: an entry open for editing, with its text, draft, edit lock and save state, but without a screen."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.entry.edit import apply
from journal_tui.entry.entry import Entry
from journal_tui.entry.line_endings import LoadedText
from journal_tui.entry.line_map import plain_newlines
from journal_tui.entry.markdown_lines import SIGNS, opening
from journal_tui.entry.merge import insert_line, merge
from journal_tui.errors import JournalError, UnreadableEntry
from journal_tui.journal import LoadedFile, OpenedEntry

if TYPE_CHECKING:
    from journal_tui.entry.edit import TextEdit
    from journal_tui.entry.note_kinds import NoteRequest
    from journal_tui.journal import DraftLog, EditLock, Journal, SaveResult
    from journal_tui.period import CalendarPeriod

Location = tuple[int, int]
"""A row and a column in the text as an editor shows it, both from 0."""

_BYTE_ORDER_MARK = "\ufeff"


class SaveState(Enum):
    """How the text relates to its file."""

    NEW = "new"
    CHANGED = "changed"
    SAVED = "saved"
    UNCONFIRMED = "unconfirmed"
    """Saved, but the disk didn't confirm it."""
    FAILED = "failed"
    GONE = "gone"
    """The file was deleted after it was read."""
    READ_ONLY = "read-only"


class OutsideChange(Enum):
    """What another program did to the file of an open entry."""

    APPLIED = "applied"
    """The program's changes are in the text now."""
    CONFLICT = "conflict"
    """The program and the user changed the same lines: the next save puts this text in a file beside the entry."""
    DELETED = "deleted"
    EMPTIED = "emptied"
    """The file is empty; the text stays as it is, and the file's earlier text is in the history."""
    READ_ONLY = "read-only"
    """The text was replaced by one that may not be edited; `read_only_reason` is the reason."""
    UNREADABLE = "unreadable"
    """The file can no longer be read, so the text stays; `outside_fault` is the reason."""


class SaveOutcome(NamedTuple):
    """The result of a save; `saved` is None if there was nothing to save, or if it failed.

    `opened` is the entry as it was before the save, `fault` a sentence about why it failed.
    """

    saved: "SaveResult | None" = None
    opened: OpenedEntry | None = None
    fault: str = ""


class EditSession:
    """An entry open for editing; a file that can't be read gives an empty, read-only text.

    `text` is what a save writes, `shown` the same text in the form of an editor, with `\\n` for newlines.
    `copies` are the paths of its conflict copies as of the last `look_for_copies`.
    `protection` says why a save would fail although the text may be edited, or is "".
    `cursor` is where writing starts, `saved_at` when this session last saved. `draft_fault` is why
    the draft couldn't be written, `save_fault` why the last save failed, and `outside_fault` why
    the file can no longer be read; each is a sentence, or "" if all is well.
    """

    def __init__(
        self,
        journal: "Journal",
        day: date,
        path: str | None = None,
        note: "NoteRequest | None" = None,
    ) -> None:
        self.journal = journal
        self.saved_at: datetime | None = None
        self.draft_fault = self.save_fault = self.outside_fault = ""
        self.is_saving = False
        """Whether a save is under way, or was when an unexpected error ended it."""
        self._pending_text: str | None = None
        self._pending_change: Callable[[Entry], list[TextEdit]] | None = None
        self.copies: tuple[str, ...] = ()
        self._is_autosave_postponed = False
        self._edit_lock: EditLock | None = None
        opened = self._open(day, path, note)
        self._adopt(opened)
        self.cursor = _below_title(opened) if self._is_earlier_day else _end_of_prose(opened)

    @property
    def day(self) -> date:
        """The day of the entry, which doesn't change at midnight."""
        return self._opened.entry.day

    @property
    def path(self) -> str:
        """The path of the entry's file, relative to the journal."""
        return self._opened.path

    @property
    def period(self) -> "CalendarPeriod | None":
        """The period of the entry, if it is a period note; `day` is the first day of it."""
        return self.journal.entries.period_of(self.path)

    @property
    def name(self) -> str:
        """The day in words, Monday 6 October 2014, or the period: Week 41 of 2014."""
        return self.journal.entry_name(self.day, self.path)

    @property
    def read_only_reason(self) -> str:
        """The reason why the entry may not be edited; "" if it may be."""
        return self._opened.read_only_reason

    @property
    def text(self) -> str:
        """The text that a save writes, in which unedited lines keep their bytes."""
        return self._loaded.original(self.shown)

    @property
    def is_written(self) -> bool:
        """Whether the entry has a file, as far as is known."""
        return self._opened.loaded is not None and not self.is_gone

    @property
    def is_gone(self) -> bool:
        """Whether the entry's file has been deleted, as far as is known."""
        return self._opened.loaded is not None and self._seen_stamp is None

    @property
    def is_dirty(self) -> bool:
        """Whether there are unsaved changes."""
        return self._must_recreate or self.shown != self._loaded.shown

    @property
    def state(self) -> SaveState:
        """How the text relates to its file."""
        if self.read_only_reason:
            return SaveState.READ_ONLY
        if self.save_fault:
            return SaveState.FAILED
        if self.is_gone:
            return SaveState.GONE
        if self.is_dirty:
            return SaveState.CHANGED
        if self.protection:
            return SaveState.READ_ONLY
        if not self.is_written:
            return SaveState.NEW
        return SaveState.UNCONFIRMED if self._is_unconfirmed else SaveState.SAVED

    @property
    def end_of_prose(self) -> Location:
        """The location where the user continues writing: the end of the prose."""
        return _end_of_prose(self._opened)

    @property
    def _is_earlier_day(self) -> bool:
        """Whether the entry is of an earlier day, so that the user reads it from its beginning."""
        period = self.period
        last = period.days.last if period else self.day
        return self.is_written and last < self.journal.today()

    def _open(self, day: date, path: str | None, note: "NoteRequest | None" = None) -> OpenedEntry:
        journal = self.journal
        try:
            return journal.open(day, path, note)
        except UnreadableEntry as error:
            entries = journal.entries
            if path is None:
                path = journal.note_path(day, note) if note else entries.find(day)
            path = path or entries.new_path(day)
            loaded = LoadedFile("", "", entries.stamp(path) or "", str(error))
            return OpenedEntry(path, Entry(day, "", journal.vocabulary), loaded)

    def _adopt(self, opened: OpenedEntry) -> None:
        self._opened = opened
        self._loaded = LoadedText(opened.entry.text)
        self.shown = self._loaded.shown
        self._seen_stamp = opened.loaded.stamp if opened.loaded else None
        self._must_recreate = self._is_unconfirmed = False
        self.protection = self.journal.entries.protection(opened.path)
        self._draft = self._new_draft()

    def _new_draft(self) -> "DraftLog":
        opened = self._opened
        digest = opened.loaded.digest if opened.loaded else None
        return self.journal.drafts.log(opened.entry.day, opened.path, digest, opened.entry.text)

    @property
    def _base(self) -> str:
        """The file's text when it was last read; "" for an entry without a file."""
        return self._opened.loaded.text if self._opened.loaded else ""

    def edit(self, shown: str) -> None:
        """Set the text to the one in the editor, and write it to the draft at once."""
        self.shown = shown
        try:
            if self.is_dirty:
                self._draft.record(self.text)
            else:
                self._draft.clear()
                # A cleared log would still compare the text with what it last recorded.
                self._draft = self._new_draft()
            self.draft_fault = ""
        except OSError as error:
            self._set_draft_fault(error)

    def set_pending_change(self, make: "Callable[[Entry], list[TextEdit]] | None") -> None:
        """Write to the draft the text as an open dialog would change it; None drops the dialog's change."""
        try:
            shown = self._changed_by(make) if make else self.shown
        except JournalError:
            # The words that have been typed so far can't be added to the text.
            return
        self._pending_change = make
        self._record_pending(shown)

    def _changed_by(self, make: "Callable[[Entry], list[TextEdit]]") -> str:
        """Return the text as a dialog would change it. Raise JournalError."""
        return apply(self.shown, make(Entry(self.day, self.shown, self.journal.vocabulary)))

    def _renew_pending(self, before: str) -> bool:
        """Write the open dialog's change to the new draft, made to the text as it is now.

        Return False if it can't be made any more; `before` is the text to which it was made.
        """
        pending, self._pending_text = self._pending_text, None
        if pending is None:
            return True
        if self.shown != before:
            if self._pending_change is None or self.read_only_reason:
                return False
            try:
                pending = self._changed_by(self._pending_change)
            except JournalError:
                return False
        self._record_pending(pending)
        return True

    def note_saved_elsewhere(self, text: str) -> None:
        """Write to the draft, and to the disk, what an external editor has saved so far."""
        self._pending_change = None
        self._record_pending(plain_newlines(text))
        self.sync_draft()

    def keep_apart(self) -> bool:
        """Leave the text of a dialog or external editor in a separate draft; return whether there was any."""
        if self._pending_text is None:
            return False
        self._pending_text = None
        _close(self._draft)
        self._draft = self._new_draft()
        self.edit(self.shown)
        return True

    @property
    def pending_text(self) -> str | None:
        """The text as the open dialog would change it, or None if it would change nothing."""
        return self._pending_text

    def _record_pending(self, shown: str) -> None:
        self._pending_text = shown if shown != self.shown else None
        if self._pending_text is None:
            self.edit(self.shown)
            return
        try:
            self._draft.record(self._loaded.original(self._pending_text))
        except OSError as error:
            self._set_draft_fault(error)

    def sync_draft(self) -> None:
        """Flush the draft to the disk; call this about once a second."""
        try:
            self._draft.sync()
        except OSError as error:
            self._set_draft_fault(error)

    def _set_draft_fault(self, error: OSError) -> None:
        self.draft_fault = f"The draft cannot be saved: {error.strerror}."

    def save(self, cursor: Location | None = None) -> SaveOutcome:
        """Save the unsaved changes.

        `shown` is afterwards the text of the file, which may include another program's changes. If
        both changed the same lines, this text goes into a file beside the entry. A `cursor` means
        that someone is still typing in its line: the line then stays in the text, if possible, with
        `self.cursor` in it; otherwise `self.cursor` is at the end of the prose.
        """
        self._is_autosave_postponed = False
        if not self.is_dirty:
            self.save_fault = ""
            return SaveOutcome()
        opened = self._opened
        self.is_saving = True
        try:
            saved = self._save(cursor)
        except JournalError as error:
            # Write the draft again: it may fail now too, or work again after an earlier failure.
            self.is_saving = False
            self._record_pending(self.shown if self._pending_text is None else self._pending_text)
            self.save_fault = f"{error} {self.draft_fault or 'Your text is kept as a draft.'}"
            return SaveOutcome(opened=opened, fault=self.save_fault)
        # Not in `finally`: after any other error `is_saving` stays true.
        self.is_saving = False
        self.save_fault = ""
        self._is_unconfirmed = saved.unconfirmed
        return SaveOutcome(saved, opened)

    def _save(self, cursor: Location | None) -> "SaveResult":
        opened, draft, before = self._opened, self._draft, self.shown
        base = self._loaded.shown
        saved = self.journal.save(opened, self.text)
        self.saved_at = self.journal.clock()
        self._adopt(self._reopen(opened, saved))
        if saved.conflict_path:
            self.cursor = self.end_of_prose
            if cursor and (kept := insert_line(base, before, self.shown, cursor)):
                shown, self.cursor = kept
                self.edit(shown)
        if not self._renew_pending(before) or saved.unconfirmed:
            # Keep the draft until the disk is known to have the text; the next start drops a draft
            # whose text is saved.
            _close(draft)
        else:
            _clear(draft)
        return saved

    def _reopen(self, opened: OpenedEntry, saved: "SaveResult") -> OpenedEntry:
        if saved.conflict_path:
            return self._open(self.day, self.path)
        entry = Entry(self.day, saved.text, self.journal.vocabulary)
        return opened._replace(
            entry=entry, loaded=LoadedFile(saved.text, saved.digest, saved.stamp)
        )

    def autosave(self, cursor: Location) -> SaveOutcome | None:
        """Save, unless this would split the line being typed; then return None, to try again later.

        If the save put the text in a file beside the entry, the beginning of the line would be in
        that file and its end in the entry.
        """
        if self._is_within_new_line(cursor) and self._would_conflict():
            self._is_autosave_postponed = True
            return None
        return self.save(cursor)

    def is_autosave_due(self, cursor: Location) -> bool:
        """Return whether an autosave was postponed until a line is finished, and the line is finished now."""
        return self._is_autosave_postponed and not self._is_within_new_line(cursor)

    def _is_within_new_line(self, cursor: Location) -> bool:
        """Return whether the cursor is in a line with text that isn't in the file as it was read."""
        line = self.shown.split("\n")[cursor[0]]
        return has_text(line) and line not in self._loaded.shown.split("\n")

    def _would_conflict(self) -> bool:
        """Return whether a save now would put this text in a file beside the entry."""
        stamp = self.journal.entries.stamp(self.path)
        known = self._opened.loaded
        if stamp is None or not self.is_dirty or (known and known.stamp == stamp):
            return False
        try:
            found = self.journal.open(self.day, self.path)
        except JournalError:
            return False
        if found.loaded is None or (known and known.digest == found.loaded.digest):
            return False
        if self._base and not found.loaded.text:
            return False
        vocabulary = self.journal.vocabulary
        return bool(found.read_only_reason) or (
            merge(self._base, self.text, found.loaded.text, vocabulary) is None
        )

    def restore_deleted(self) -> None:
        """Make the next save write a deleted file again; until then the draft has all the text."""
        if not self.is_dirty:
            self._must_recreate = True
            self._draft = self.journal.drafts.log(self.day, self.path, None, "")
            self.edit(self.shown)

    def check_file(self) -> OutsideChange | None:
        """Return what another program did to the file since the last check; None if nothing.

        Changes are merged into `shown` if possible; if not, the next save puts this text in a file
        beside the entry.
        """
        self.protection = self.journal.entries.protection(self.path)
        stamp = self.journal.entries.stamp(self.path)
        if stamp == self._seen_stamp or (
            stamp and self._base and not self.journal.entries.is_settled(stamp)
        ):
            return None
        self._seen_stamp = stamp
        if stamp is None:
            return None if self.read_only_reason else OutsideChange.DELETED
        try:
            found = self.journal.open(self.day, self.path)
        except JournalError as error:
            self.outside_fault = str(error)
            return OutsideChange.UNREADABLE
        self.outside_fault = ""
        loaded = self._opened.loaded
        if found.loaded is None:
            return None
        if loaded and found.loaded.digest == loaded.digest:
            self._opened = self._opened._replace(loaded=found.loaded)
            return None
        if self._base and not found.loaded.text:
            self._keep_version()
            return OutsideChange.EMPTIED
        mine, base = self.shown, self._loaded.shown
        theirs = plain_newlines(found.entry.text.removeprefix(_BYTE_ORDER_MARK))
        if self.is_dirty:
            merged = (
                None
                if found.read_only_reason
                else merge(base, mine, theirs, self.journal.vocabulary)
            )
            if merged is None:
                return OutsideChange.CONFLICT
            mine = merged
        else:
            mine = theirs
        draft, before = self._draft, self.shown
        self._adopt(found)
        if mine != self.shown:
            self.edit(mine)
        if not self._renew_pending(before) or self.draft_fault:
            # Keep the earlier draft, since the new one doesn't have all that was typed.
            _close(draft)
        else:
            _clear(draft)
        return OutsideChange.READ_ONLY if self.read_only_reason else OutsideChange.APPLIED

    def look_for_copies(self) -> None:
        """Look for conflict copies of the entry, which saves and sync tools put beside it."""
        self.copies = tuple(self.journal.conflicts.of(self.path))

    def _keep_version(self) -> None:
        with suppress(OSError):
            self.journal.history.keep_text(self.path, self._base, self.journal.clock())

    def lock(self) -> datetime | None:
        """Mark the entry as open here, as soon as no other window has it open.

        If another window has it open, return since when, but only at the first call; else return None.
        """
        held = self._edit_lock
        if held and held.since is None:
            return None
        if held:
            held.release()
        self._edit_lock = self.journal.edit_lock(self.path)
        return None if held else self._edit_lock.since

    def unlock(self) -> None:
        """Mark the entry as no longer open here."""
        if self._edit_lock:
            self._edit_lock.release()
            self._edit_lock = None

    def close(self) -> None:
        """End the session; unsaved text stays in a draft, which the next start offers."""
        _close(self._draft)
        self.unlock()

    def leave_draft(self) -> None:
        """Close the draft so that the next start finds it; the session can still be used."""
        _close(self._draft)


def has_text(line: str) -> bool:
    """Return whether a line has more than the signs of a list item, a task or a heading.

    A sign may be half typed, as in "- [", so each of its characters counts as one.
    """
    return bool(line.strip(SIGNS))


def _close(draft: "DraftLog") -> None:
    with suppress(OSError):
        draft.close()


def _clear(draft: "DraftLog") -> None:
    """Delete a draft; if that fails, it is offered once more, which does no harm."""
    with suppress(OSError):
        draft.clear()


def _below_title(opened: OpenedEntry) -> Location:
    """Return the location after the title, where typing doesn't change a heading."""
    lines = plain_newlines(opened.entry.text.removeprefix(_BYTE_ORDER_MARK)).split("\n")
    row = _title_row(opened, lines[0])
    if row < 0:
        return 0, 0
    for below in range(row + 1, len(lines)):
        # The title may be underlined.
        if lines[below].strip("=- \t"):
            return below, 0
    return len(lines) - 1, len(lines[-1])


def _title_row(opened: OpenedEntry, first: str) -> int:
    """Return the row of the title, or -1; `first` is the first line."""
    if opening(first).level:
        # Most entries begin with their title, so the app's first paint needn't wait for the parser.
        return 0
    at = opened.entry.outline.title_at
    if at < 0:
        return -1
    return plain_newlines(opened.entry.text[:at].removeprefix(_BYTE_ORDER_MARK)).count("\n")


def _end_of_prose(opened: OpenedEntry) -> Location:
    """Return the location of the opened entry's cursor, where the user continues writing."""
    before = plain_newlines(opened.entry.text[: opened.cursor].removeprefix(_BYTE_ORDER_MARK))
    return before.count("\n"), len(before) - before.rfind("\n") - 1
