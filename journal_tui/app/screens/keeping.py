"""How the text on the screen gets to the draft and the file, and others' changes to the screen."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from textual.css.query import NoMatches
from textual.timer import Timer

from journal_tui.app.background import Background
from journal_tui.app.page import Page
from journal_tui.app.widgets.statusline import Saved as State
from journal_tui.app.widgets.wording import moment
from journal_tui.entry.edit import apply
from journal_tui.errors import JournalError
from journal_tui.library.editlock import EditLock

if TYPE_CHECKING:
    from journal_tui.app.widgets.editor import Editor
    from journal_tui.entry.edit import TextEdit
    from journal_tui.entry.entry import Entry
    from journal_tui.journal import Journal, Opened
    from journal_tui.library.library import Saved

AUTOSAVE_SECONDS = 2.0
_MARKERS = " \t-*+>#[]0123456789.)"
"""What a line may begin with before it says anything."""
ELSEWHERE = (
    "To save a copy in another folder, open “Save this text elsewhere …” in the palette (ctrl+p)."
)


class EntryView(Protocol):
    """What shows the page that is kept: where its text is typed, and where sentences appear."""

    @property
    def is_mounted(self) -> bool:
        """Whether there is an editor yet."""

    @property
    def editor(self) -> "Editor":
        """Where one types. Raises NoMatches while it is taken down."""

    @property
    def entry(self) -> "Entry":
        """What the text on the screen says."""

    def set_timer(self, delay: float, callback: Callable[[], object]) -> Timer:
        """Call back after so many seconds."""

    def tell(self, sentence: str, severity: Any = ...) -> None:
        """Show a sentence for a while; "" is none."""

    def count(self) -> None:
        """Show what the text says now, and how it stands to its file."""

    def show_page_again(self) -> None:
        """Bring the editor in line with the page."""

    def take_into_index(self, opened: "Opened", saved: "Saved") -> object:
        """Have the index learn of a save."""


class Keeping:
    """Keeps the page that a screen shows: each change in the draft, the file after a pause.

    `fault` says why the last save did not work ("" when it did).
    """

    def __init__(
        self, screen: EntryView, journal: "Journal", day: date, page: Page | None = None
    ) -> None:
        self._screen = screen
        self.page = page or Page(journal, day)
        self.is_saving = False
        self._is_handed_over = False
        self.background = Background(journal)
        self._autosave: Timer | None = None
        self._waits_for_line = False
        self._unconfirmed = False
        self._open: EditLock | None = None
        self._open_path = ""
        self.fault = ""

    @property
    def state(self) -> State:
        """How the text stands to its file."""
        page = self.page
        if page.locked:
            return State.READ_ONLY
        if self.fault:
            return State.FAILED
        if page.is_gone:
            return State.GONE
        if page.is_dirty:
            return State.CHANGED
        if not page.is_written:
            return State.NEW
        return State.UNCONFIRMED if self._unconfirmed else State.SAVED

    def turn_to(self, page: Page) -> None:
        """Keep another page from now on; the one before is saved."""
        self.page = page
        self._unconfirmed = False
        self.fault = ""

    def changed(self) -> None:
        """Something was typed: into the draft at once, into the file after a pause."""
        self.take_note()
        if self._autosave:
            self._autosave.stop()
        if not self.page.is_dirty:
            return
        if self._waits_for_line and not self._is_within_a_line():
            # All that is typed from now on would go with it.
            self.save(is_going_on=True)
        else:
            self._save_later()

    def _save_later(self) -> None:
        self._autosave = self._screen.set_timer(AUTOSAVE_SECONDS, self.save_in_passing)

    def take_note(self) -> None:
        """Bring the page up to what the editor holds, whose message of it may still be on its way."""
        screen = self._screen
        if not screen.is_mounted or self.page.locked or self._is_handed_over:
            return
        try:
            text = screen.editor.text
        except NoMatches:
            # The screen is being taken down: the page has all that was typed.
            return
        if text != self.page.shown:
            self.page.edited(text)

    def hold(self, make: "Callable[[Entry], list[TextEdit]] | None") -> None:
        """Have the draft say what a dialog would make of the text; None: nothing any more."""
        self.take_note()
        shown = self.page.shown
        if make:
            try:
                shown = apply(shown, make(self._screen.entry))
            except JournalError:
                # What is typed so far is nothing that could be added.
                return
        self.page.hold(shown)

    def save_now(self) -> None:
        """The person asks for a save: a file that is gone is written again."""
        self.look_at_file()
        if self.page.is_gone:
            self.page.write_again()
        elif not self.page.is_dirty and not self.page.is_written:
            self._screen.tell(
                "There is nothing to save yet. The page is saved once you type a word."
            )
        self.save(is_going_on=True)

    def save_in_passing(self) -> None:
        """Save without having been asked to.

        Where that would put the text in a file beside the entry, it waits until the line in which
        one types is finished: its beginning would be there and its end elsewhere.
        """
        if self._autosave:
            self._autosave.stop()
        self.take_note()
        if self._is_within_a_line() and self.page.would_conflict():
            self.look_at_file()
            self._waits_for_line = True
            self._save_later()
        else:
            self.save(is_going_on=True)

    def _is_within_a_line(self) -> bool:
        """Whether the cursor is in a line with words that are not in the file as it was read."""
        editor = self._screen.editor
        line = editor.document.get_line(editor.cursor_location[0])
        return bool(line.strip(_MARKERS)) and not self.page.has_line(line)

    def save(self, is_going_on: bool = False) -> bool:
        """Save what is not saved; False, with a sentence on the screen, when it cannot be.

        Where the person is going on with the page, a conflict leaves the line that is being typed.
        """
        screen = self._screen
        if self._autosave:
            self._autosave.stop()
        self.take_note()
        self._waits_for_line = False
        self.is_saving = True
        try:
            is_typing = is_going_on and self.page.is_dirty
            result = self.page.save(screen.editor.cursor_location if is_typing else None)
        except JournalError as error:
            self.is_saving = False
            # Its disk may be full as well, or have room again.
            self.page.edited(self.page.shown)
            self.fault = f"{error} {self.page.draft_fault or 'Your text is kept as a draft.'}"
            screen.tell(f"{self.fault} {ELSEWHERE}", "error")
            screen.count()
            return False
        self.is_saving = False
        self.fault = ""
        if result:
            self._saved(*result)
        screen.count()
        return True

    def _saved(self, opened: "Opened", saved: "Saved") -> None:
        screen = self._screen
        self._unconfirmed = saved.unconfirmed
        before = screen.editor.before_cursor
        screen.show_page_again()
        if saved.merged:
            screen.tell("Another program had changed this entry too. It now has both changes.")
        if saved.beside:
            is_elsewhere = not before.strip(_MARKERS) or screen.editor.before_cursor != before
            if self.page.is_dirty or is_elsewhere:
                # The other text may have anything where one typed: a heading, for one.
                screen.editor.move_cursor(self.page.cursor)
            screen.tell(
                "Another program changed the same lines. "
                f"Its text stays; yours is in {saved.beside}. To compare them, open Conflicts in the "
                "palette (ctrl+p).",
                "warning",
            )
        screen.tell(saved.warning, "warning")
        screen.take_into_index(opened, saved)

    def look_at_file(self, is_told: bool = True) -> None:
        """Notice what another program, or another screen of this one, did to the file."""
        self.take_note()
        was_dirty = self.page.is_dirty
        try:
            sentence = self.page.look()
        except JournalError as error:
            sentence = str(error)
        if sentence:
            self._screen.show_page_again()
            is_trouble = was_dirty or self.page.is_gone or bool(self.page.locked)
            if is_told or is_trouble:
                self._screen.tell(sentence, "warning" if is_trouble else "information")
            self._screen.count()

    def sync_draft(self) -> None:
        """Have the disk keep the draft, and other windows know what is open here."""
        self.take_note()
        self.page.sync_draft()
        self._say_open()

    def _say_open(self) -> None:
        """Hold the lock of the page's entry; tell, once, when another window holds it."""
        page, opened = self.page, self._open
        is_other = page.path != self._open_path
        if opened and not is_other and opened.since is None:
            return
        if opened:
            opened.release()
        journal = page.journal
        self._open = EditLock(journal.state / "open", page.path, journal.clock())
        self._open_path = page.path
        if is_other and self._open.since:
            since = self._open.since
            when = f"{since:%H:%M}" if since.date() == journal.today() else moment(since)
            self._screen.tell(
                f"This entry has been open in another journal window since {when}. "
                "What you type in either is merged when it is saved.",
                "warning",
            )

    def keep(self, save: bool) -> None:
        """The process ends now: what was typed is in the draft, and in the file if it can be."""
        self.take_note()
        if save:
            try:
                self.page.save()
            except (JournalError, OSError):
                pass
        self.page.leave_draft()

    def hand_over(self) -> Page:
        """Give the page, as it is on the screen, to a screen that takes the place of this one."""
        self.take_note()
        self._is_handed_over = True
        return self.page

    def stop(self) -> None:
        """No more work; what is not saved is for the next start."""
        self.background.stop()
        if not self._is_handed_over:
            self.page.leave_draft()
        if self._open:
            self._open.release()
