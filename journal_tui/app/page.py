"""The entry being written, apart from any widget: its text outlives the screen that shows it."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from journal_tui.entry.merge import merge
from journal_tui.entry.newlines import LoadedText, plain_newlines
from journal_tui.errors import UnreadableEntry
from journal_tui.library.drafts import DraftLog

if TYPE_CHECKING:
    from journal_tui.journal import Journal, Opened
    from journal_tui.library.library import Saved


class Page:
    """One open entry and what became of it.

    `shown` is its text as an editor holds it, with `\\n` for newlines; `saved_at` is when it was
    saved in this session, `draft_fault` why its draft could not be kept ("" when it is).
    """

    def __init__(
        self, journal: "Journal", day: date, path: str | None = None, title: str = ""
    ) -> None:
        self.journal = journal
        self.saved_at: datetime | None = None
        self.draft_fault = ""
        self._take(journal.open(day, path, title))
        self.cursor = self._opened.cursor - len(self._loaded.text) + len(self._loaded.shown)

    def _take(self, opened: "Opened") -> None:
        self._opened = opened
        self._loaded = LoadedText(opened.entry.text)
        self.shown = self._loaded.shown
        folder = self.journal.state / "drafts"
        digest = opened.loaded.digest if opened.loaded else None
        self._draft = DraftLog(folder, opened.entry.day, opened.path, digest, opened.entry.text)

    @property
    def day(self) -> date:
        """The day that it was opened with; midnight does not change it."""
        return self._opened.entry.day

    @property
    def path(self) -> str:
        """Its file below the journal."""
        return self._opened.path

    @property
    def locked(self) -> str:
        """Why it may not be edited; "" when it may."""
        return self._opened.locked

    @property
    def is_written(self) -> bool:
        """Whether it has a file."""
        return self._opened.loaded is not None

    @property
    def is_dirty(self) -> bool:
        """Whether there is something that is not in its file."""
        return self.shown != self._loaded.shown

    @property
    def text(self) -> str:
        """What a save writes: unedited lines with their own bytes."""
        return self._loaded.original(self.shown)

    def edited(self, shown: str) -> None:
        """Take note of what the editor holds, and keep it in the draft at once."""
        self.shown = shown
        try:
            if self.is_dirty:
                self._draft.record(self.text)
            else:
                self._draft.clear()
            self.draft_fault = ""
        except OSError as error:
            self.draft_fault = f"The draft cannot be kept: {error.strerror}."

    def sync_draft(self) -> None:
        """Have the disk keep the draft; called about once a second."""
        try:
            self._draft.sync()
        except OSError as error:
            self.draft_fault = f"The draft cannot be kept: {error.strerror}."

    def leave_draft(self) -> None:
        """Close the draft so that the next start finds it."""
        try:
            self._draft.close()
        except OSError:
            pass

    def save(self) -> "tuple[Opened, Saved] | None":
        """Save what is not saved; None when all is. Raises SaveError and EntryError.

        `shown` then is what the file holds, which another program may have added to.
        """
        if not self.is_dirty:
            return None
        opened = self._opened
        saved = self.journal.save(opened, self.text)
        try:
            self._draft.clear()
        except OSError:
            pass
        self.saved_at = self.journal.clock()
        self._take(self.journal.open(self.day, self.path))
        return opened, saved

    def look(self) -> str:
        """Notice what another program did to the file; gives a sentence when there is something.

        Changes elsewhere are taken into `shown` where they can be merged with what is unsaved;
        where they cannot, the next save puts the two texts side by side.
        """
        loaded = self._opened.loaded
        stamp = self.journal.library.stamp(self.path)
        if stamp == (loaded.stamp if loaded else None):
            return ""
        if stamp is None:
            return ""
        try:
            found = self.journal.open(self.day, self.path)
        except UnreadableEntry as error:
            return str(error)
        if found.loaded is None or (loaded and found.loaded.digest == loaded.digest):
            self._opened = found if found.loaded else self._opened
            return ""
        mine, base = self.shown, self._loaded.shown
        theirs = plain_newlines(found.entry.text.removeprefix("\ufeff"))
        if mine != base:
            merged = merge(base, mine, theirs)
            if merged is None:
                return (
                    "Another program changed the same lines: saving keeps both texts, side by side."
                )
            mine = merged
        else:
            mine = theirs
        self._draft.clear()
        self._take(found)
        if mine != self.shown:
            self.edited(mine)
        return "Another program changed this entry: its changes were taken in."

    def write_again(self) -> None:
        """Have the next save write a file that is no more."""
        self._opened = self._opened._replace(loaded=None)
        self._loaded = LoadedText("")

    @property
    def is_gone(self) -> bool:
        """Whether its file was there and is no more; a save writes it again."""
        return self.is_written and self.journal.library.stamp(self.path) is None
