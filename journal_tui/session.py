"""EditSession: one entry open for editing, with its text, draft, edit lock and save state. No screen."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.entry.edit import apply
from journal_tui.entry.entry import Entry
from journal_tui.entry.merge import keep_line, merge
from journal_tui.entry.newlines import LoadedText, plain_newlines
from journal_tui.errors import JournalError, UnreadableEntry
from journal_tui.journal import Opened
from journal_tui.library.drafts import DraftLog
from journal_tui.library.editlock import EditLock
from journal_tui.library.reading import Loaded, encode, is_settled

if TYPE_CHECKING:
    from journal_tui.entry.edit import TextEdit
    from journal_tui.journal import Journal
    from journal_tui.library.library import Saved

Location = tuple[int, int]
"""A row and a column in the text as an editor shows it, both from 0."""

_BYTE_ORDER_MARK = "\ufeff"
_MARKERS = " \t-*+>#[]0123456789.)"
"""What a line may begin with before it says anything."""


class SaveState(Enum):
    """How the text relates to its file."""

    NEW = "new"
    CHANGED = "changed"
    SAVED = "saved"
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"
    GONE = "gone"
    READ_ONLY = "read-only"


class OutsideChange(Enum):
    """What another program did to the file of an open entry."""

    TAKEN_IN = "taken in"
    """Its changes are in the text now."""
    CONFLICT = "conflict"
    """Both changed the same lines: the next save puts this text in a file beside the entry."""
    DELETED = "deleted"
    EMPTIED = "emptied"
    """The text stays as it is, and is in the history."""
    READ_ONLY = "read-only"
    """The text was replaced by one that may not be edited; `locked` says why."""
    UNREADABLE = "unreadable"
    """The file can't be read any more, so the text stays; `outside_fault` says why."""


class SaveOutcome(NamedTuple):
    """How a save ended: `saved` is None if there was nothing to save, or if it failed.

    `fault` says why it failed, and `opened` is what was saved.
    """

    saved: "Saved | None" = None
    opened: Opened | None = None
    fault: str = ""


class EditSession:
    """Edits one entry; a file that can't be read gives an empty text that is locked.

    `text` is what a save writes, `shown` the same as an editor holds it, with `\\n` for newlines.
    `cursor` is where to begin, `saved_at` when this session last saved. `draft_fault` says why the
    draft could not be written, `save_fault` why the last save failed, and `outside_fault` why the
    file can't be read any more; each is "" if all is well.
    """

    def __init__(
        self, journal: "Journal", day: date, path: str | None = None, title: str = ""
    ) -> None:
        self.journal = journal
        self.saved_at: datetime | None = None
        self.draft_fault = self.save_fault = self.outside_fault = ""
        self.is_saving = False
        """Whether a save has begun and not ended: what fails meanwhile may have left it halfway."""
        self._held: str | None = None
        self._is_unconfirmed = False
        self._waits_for_line = False
        self._edit_lock: EditLock | None = None
        opened = self._open(day, path, title)
        self._take(opened)
        self.cursor = _below_title(opened) if self._is_past else _end_of_prose(opened)

    # -- what it is -----------------------------------------------------------------------

    @property
    def day(self) -> date:
        """The day that it was opened with; midnight does not change it."""
        return self._opened.entry.day

    @property
    def path(self) -> str:
        """Its file, relative to the journal."""
        return self._opened.path

    @property
    def locked(self) -> str:
        """Why it may not be edited; "" if it may."""
        return self._opened.locked

    @property
    def text(self) -> str:
        """What a save writes: unedited lines keep their own bytes."""
        return self._loaded.original(self.shown)

    @property
    def is_written(self) -> bool:
        """Whether it has a file, as far as is known."""
        return self._opened.loaded is not None and not self.is_gone

    @property
    def is_gone(self) -> bool:
        """Whether its file was there and has been deleted, as far as is known."""
        return self._opened.loaded is not None and self._seen_stamp is None

    @property
    def is_dirty(self) -> bool:
        """Whether there is something that is not in its file."""
        return self._writes_again or self.shown != self._loaded.shown

    @property
    def state(self) -> SaveState:
        """How the text relates to its file."""
        if self.locked:
            return SaveState.READ_ONLY
        if self.save_fault:
            return SaveState.FAILED
        if self.is_gone:
            return SaveState.GONE
        if self.is_dirty:
            return SaveState.CHANGED
        if not self.is_written:
            return SaveState.NEW
        return SaveState.UNCONFIRMED if self._is_unconfirmed else SaveState.SAVED

    @property
    def end_of_prose(self) -> Location:
        """Where the writing goes on."""
        return _end_of_prose(self._opened)

    # -- opening --------------------------------------------------------------------------

    @property
    def _is_past(self) -> bool:
        """Whether it is an earlier day's, to be read from the beginning rather than continued."""
        return self.is_written and self.day < self.journal.today()

    def _open(self, day: date, path: str | None, title: str = "") -> Opened:
        journal = self.journal
        try:
            return journal.open(day, path, title)
        except UnreadableEntry as error:
            library = journal.library
            path = path or library.find(day) or library.new_path(day, title)
            loaded = Loaded("", "", library.stamp(path) or "", str(error))
            return Opened(path, Entry(day, "", library.vocabulary), loaded, 0)

    def _take(self, opened: Opened) -> None:
        self._opened = opened
        self._loaded = LoadedText(opened.entry.text)
        self.shown = self._loaded.shown
        self._seen_stamp = opened.loaded.stamp if opened.loaded else None
        self._writes_again = False
        self._draft = self._new_draft()

    def _new_draft(self) -> DraftLog:
        opened = self._opened
        folder = self.journal.state / "drafts"
        digest = opened.loaded.digest if opened.loaded else None
        return DraftLog(folder, opened.entry.day, opened.path, digest, opened.entry.text)

    @property
    def _base(self) -> str:
        """What the file said when it was last read; "" for a day without one."""
        return self._opened.loaded.text if self._opened.loaded else ""

    # -- editing --------------------------------------------------------------------------

    def edit(self, shown: str) -> None:
        """Take what the editor holds now, and write it to the draft at once."""
        self.shown = shown
        try:
            if self.is_dirty:
                self._draft.record(self.text)
            else:
                self._draft.clear()
                # A cleared log still believes that it holds what it last recorded.
                self._draft = self._new_draft()
            self.draft_fault = ""
        except OSError as error:
            self._set_draft_fault(error)

    def hold(self, make: "Callable[[Entry], list[TextEdit]] | None") -> None:
        """Write to the draft, and only there, what a dialog would make of the text; None ends that."""
        shown = self.shown
        if make:
            try:
                shown = apply(shown, make(Entry(self.day, shown, self.journal.library.vocabulary)))
            except JournalError:
                # What has been typed so far can't be added to the text.
                return
        self._hold(shown)

    def _hold(self, shown: str) -> None:
        self._held = shown if shown != self.shown else None
        if self._held is None:
            self.edit(self.shown)
            return
        try:
            self._draft.record(self._loaded.original(self._held))
        except OSError as error:
            self._set_draft_fault(error)

    def sync_draft(self) -> None:
        """Have the draft written to the disk; call about once a second."""
        try:
            self._draft.sync()
        except OSError as error:
            self._set_draft_fault(error)

    def _set_draft_fault(self, error: OSError) -> None:
        self.draft_fault = f"The draft cannot be saved: {error.strerror}."

    # -- saving ---------------------------------------------------------------------------

    def save(self, cursor: Location | None = None) -> SaveOutcome:
        """Save what is not in the file yet.

        `shown` is then what the file holds, which may include changes of another program. If both
        changed the same lines, this text goes into a file beside the entry; with a `cursor`, a
        person is still typing there, so that line stays in the text if it can, and `self.cursor`
        is in it, else where the writing goes on.
        """
        self._waits_for_line = False
        if not self.is_dirty:
            self.save_fault = ""
            return SaveOutcome()
        opened = self._opened
        self.is_saving = True
        try:
            saved = self._save(cursor)
        except JournalError as error:
            # The disk of the draft may be full as well, or have room again.
            self.is_saving = False
            self.edit(self.shown)
            self.save_fault = f"{error} {self.draft_fault or 'Your text is kept as a draft.'}"
            return SaveOutcome(opened=opened, fault=self.save_fault)
        # Any other error leaves it true.
        self.is_saving = False
        self.save_fault = ""
        self._is_unconfirmed = saved.unconfirmed
        return SaveOutcome(saved, opened)

    def _save(self, cursor: Location | None) -> "Saved":
        opened, draft, before = self._opened, self._draft, self.shown
        base = self._loaded.shown
        saved = self.journal.save(opened, self.text)
        self.saved_at = self.journal.clock()
        self._take(self._after(opened, saved))
        if saved.beside:
            self.cursor = self.end_of_prose
            if cursor and (kept := keep_line(base, before, self.shown, cursor)):
                shown, self.cursor = kept
                self.edit(shown)
        is_held = self._held is not None
        if saved.unconfirmed or (is_held and self.shown != before):
            # The draft stays until the disk is known to have the text; the next start drops one that
            # its file contains. What a dialog holds belongs to the text before the save.
            _close(draft)
        else:
            _clear(draft)
        if self._held is not None and self.shown == before:
            self._hold(self._held)
        return saved

    def _after(self, opened: Opened, saved: "Saved") -> Opened:
        if saved.beside:
            return self._open(self.day, self.path)
        entry = Entry(self.day, saved.text, self.journal.library.vocabulary)
        return opened._replace(entry=entry, loaded=Loaded(saved.text, saved.digest, saved.stamp))

    def autosave(self, cursor: Location) -> SaveOutcome | None:
        """Save, unless this would tear the line being typed in two; then return None, to try later.

        If the save would put the text in a file beside the entry, the beginning of the line would
        be there and its end in the entry.
        """
        if self._is_within_new_line(cursor) and self._would_conflict():
            self._waits_for_line = True
            return None
        return self.save(cursor)

    def is_autosave_due(self, cursor: Location) -> bool:
        """Whether an autosave was put off until a line was finished, and now it is."""
        return self._waits_for_line and not self._is_within_new_line(cursor)

    def _is_within_new_line(self, cursor: Location) -> bool:
        """Whether the cursor is in a line with words that are not in the file as it was read."""
        line = self.shown.split("\n")[cursor[0]]
        return says_something(line) and line not in self._loaded.shown.split("\n")

    def _would_conflict(self) -> bool:
        """Whether a save now would put this text in a file beside the entry."""
        stamp = self.journal.library.stamp(self.path)
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
        vocabulary = self.journal.library.vocabulary
        return bool(found.locked) or (
            merge(self._base, self.text, found.loaded.text, vocabulary) is None
        )

    def write_again(self) -> None:
        """Have the next save write a deleted file again; until then the draft holds all of it."""
        if not self.is_dirty:
            self._writes_again = True
            folder = self.journal.state / "drafts"
            self._draft = DraftLog(folder, self.day, self.path, None, "")
            self.edit(self.shown)

    # -- changes from outside -------------------------------------------------------------

    def look_outside(self) -> OutsideChange | None:
        """Return what another program did to the file since the last look; None if nothing.

        Its changes are merged into `shown` where they can be; where they can't, the next save puts
        this text in a file beside the entry.
        """
        stamp = self.journal.library.stamp(self.path)
        if stamp == self._seen_stamp or (stamp and self._base and not is_settled(stamp)):
            return None
        self._seen_stamp = stamp
        if stamp is None:
            return None if self.locked else OutsideChange.DELETED
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
                None if found.locked else merge(base, mine, theirs, self.journal.library.vocabulary)
            )
            if merged is None:
                return OutsideChange.CONFLICT
            mine = merged
        else:
            mine = theirs
        draft = self._draft
        self._take(found)
        if mine != self.shown:
            self.edit(mine)
        if self.draft_fault or self._held is not None:
            # The earlier draft is the only one.
            _close(draft)
        else:
            _clear(draft)
        return OutsideChange.READ_ONLY if self.locked else OutsideChange.TAKEN_IN

    def _keep_version(self) -> None:
        library = self.journal.library
        with suppress(OSError):
            library.history.keep(self.path, encode(self._base), self.journal.clock())

    # -- other windows, and the end -------------------------------------------------------

    def lock(self) -> datetime | None:
        """Tell other windows that the entry is open here, once and as soon as none of them has it.

        Return when another window opened it, the first time that this is found; else None.
        """
        held = self._edit_lock
        if held and held.since is None:
            return None
        if held:
            held.release()
        now = self.journal.clock()
        self._edit_lock = EditLock(self.journal.state / "open", self.path, now)
        return None if held else self._edit_lock.since

    def unlock(self) -> None:
        """Let other windows have the entry."""
        if self._edit_lock:
            self._edit_lock.release()
            self._edit_lock = None

    def close(self) -> None:
        """End the session; what is not saved stays in a draft, which the next start offers."""
        _close(self._draft)
        self.unlock()

    def leave_draft(self) -> None:
        """Close the draft so that the next start finds it; the session may go on."""
        _close(self._draft)


def says_something(line: str) -> bool:
    """Whether a line has more than what a list item, a task or a heading begins with."""
    return bool(line.strip(_MARKERS))


def _close(draft: DraftLog) -> None:
    with suppress(OSError):
        draft.close()


def _clear(draft: DraftLog) -> None:
    """Delete a draft; one that can't be deleted is offered once too often, which loses nothing."""
    with suppress(OSError):
        draft.clear()


def _below_title(opened: Opened) -> Location:
    """Return the place after the title: what is typed there spoils no heading."""
    at = opened.entry.outline.title_at
    if at < 0:
        return 0, 0
    text = opened.entry.text
    row = plain_newlines(text[:at].removeprefix(_BYTE_ORDER_MARK)).count("\n")
    lines = plain_newlines(text.removeprefix(_BYTE_ORDER_MARK)).split("\n")
    for below in range(row + 1, len(lines)):
        # A title may be underlined.
        if lines[below].strip("=- \t"):
            return below, 0
    return len(lines) - 1, len(lines[-1])


def _end_of_prose(opened: Opened) -> Location:
    """Return where the writing goes on."""
    before = plain_newlines(opened.entry.text[: opened.cursor].removeprefix(_BYTE_ORDER_MARK))
    return before.count("\n"), len(before) - before.rfind("\n") - 1
