"""Write: the day's entry ready to type in, and around it what helps to write and look back."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Footer, TextArea

from journal_tui.app.actions import bindings
from journal_tui.app.navigation import AppScreen
from journal_tui.app.page import Page
from journal_tui.app.screens import (
    asking,
    bringing,
    days,
    leftover,
    linking,
    panels,
    reading,
    recalling,
    showing,
)
from journal_tui.app.screens.keeping import Keeping
from journal_tui.app.widgets.dayheader import DayHeader
from journal_tui.app.widgets.editor import Editor
from journal_tui.app.widgets.statusline import StatusLine
from journal_tui.entry.entry import Entry
from journal_tui.errors import JournalError

if TYPE_CHECKING:
    from journal_tui.app.widgets.finder import Finder
    from journal_tui.app.widgets.month import Month
    from journal_tui.app.widgets.onthisday import OnThisDay
    from journal_tui.app.widgets.readview import ReadView
    from journal_tui.journal import Journal, Opened
    from journal_tui.library.library import Saved

STATUS_SECONDS = 0.2
SYNC_SECONDS = 1.0
LOOK_SECONDS = 2.0
WIDE_KEYS = 76
"""Columns from which the keys of the footer have blanks around them."""


class Write(AppScreen[None]):
    """One day at a time, to write or to read. Raises JournalError for a broken journal.toml."""

    CSS_PATH = "write.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(of_app=False)]

    def __init__(
        self, journal: "Journal", day: date, own_editor: str = "", page: Page | None = None
    ) -> None:
        super().__init__()
        self.journal = journal
        self.own_editor = own_editor
        self.keeping = Keeping(self, journal, day, page)
        self.recall = recalling.Recall(self)
        self._counting: Timer | None = None
        self._is_painted = False
        self.today = journal.today()

    @classmethod
    def instead_of(cls, old: "Write") -> "Write":
        """Return a screen that goes on with the text and the cursor of another one."""
        page = old.keeping.hand_over()
        for editor in old.query(Editor):
            page.cursor = editor.cursor_location
        return cls(old.journal, page.day, old.own_editor, page)

    def compose(self) -> ComposeResult:
        """What is needed to write; the rest comes after the first paint."""
        yield DayHeader()
        with Horizontal(id="middle"), Vertical(id="page"):
            yield Editor(
                self.page.shown,
                complete=self._complete,
                vocabulary=self.journal.library.vocabulary,
                read_only=bool(self.page.locked),
            )
        yield StatusLine()
        yield Vertical(id="keys")

    def on_mount(self) -> None:
        """The cursor where the writing goes on; all else once this is on the screen."""
        self.editor.focus()
        self._show_page(load=False)
        # The first refresh lays out; only the second has put the page on the terminal.
        self.call_after_refresh(self.call_after_refresh, self._painted)

    def _painted(self) -> None:
        self._is_painted = True
        self._show_keys()
        self.count()
        self._fit(self.size.width)
        self.set_interval(SYNC_SECONDS, self.keeping.sync_draft)
        self.set_interval(LOOK_SECONDS, self.look_around)
        self.catch_up()
        leftover.offer(self)

    @work(group="keys")
    async def _show_keys(self) -> None:
        """A widget for each key: they come a moment after the page, into the room kept for them."""
        compact = self.size.width < WIDE_KEYS
        await self.query_one("#keys").mount(Footer(show_command_palette=False, compact=compact))
        self.refresh_bindings()

    def on_unmount(self) -> None:
        """No more work on the index; what is not saved is for the next start."""
        self.keeping.stop()

    @property
    def page(self) -> Page:
        """The entry being written."""
        return self.keeping.page

    @property
    def editor(self) -> Editor:
        """Where one types."""
        return self.query_one(Editor)

    @property
    def entry(self) -> Entry:
        """What the text on the screen says."""
        return Entry(self.page.day, self.editor.text, self.journal.library.vocabulary)

    # -- showing --------------------------------------------------------------------------

    def _show_page(self, load: bool = True) -> None:
        page, editor = self.page, self.editor
        if load:
            editor.show_text(page.shown, page.cursor)
        else:
            editor.move_cursor(page.cursor)
        editor.read_only = bool(page.locked)
        showing.header(self)
        self.tell(page.locked, "warning")

    def show_page_again(self) -> None:
        """Bring the editor in line with the page, as one step that can be undone."""
        if self.editor.text != self.page.shown:
            self.editor.take_in(self.page.shown)
        self.editor.read_only = bool(self.page.locked)

    def count(self) -> None:
        """Show what the text says now; reading it waits for a pause in the typing."""
        self._counting = None
        if not self.is_mounted:
            return
        showing.status(self)
        if view := self.read_view:
            self._render_page(view)

    @work(group="read")
    async def _render_page(self, view: "ReadView") -> None:
        await view.show_text(self.editor.text or self.page.locked)

    def tell(self, sentence: str, severity: Any = "information") -> None:
        """Show a sentence for a while; "" is none."""
        if sentence:
            self.notify(sentence, severity=severity, markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """Put side panels where there is room for them."""
        for footer in self.query(Footer):
            footer.compact = event.size.width < WIDE_KEYS
        if self._is_painted:
            self._fit(event.size.width)

    @work(exclusive=True, group="fit")
    async def _fit(self, width: int) -> None:
        await panels.fit(self, width)

    def freshen(self) -> None:
        """Bring the panels in line with the day and the index."""
        if self.is_mounted:
            panels.freshen(self)

    def _complete(self, word: str) -> list[str]:
        try:
            return self.journal.complete(word)
        except JournalError:
            return []

    @work(exclusive=True, group="refresh", exit_on_error=False)
    async def catch_up(self) -> None:
        """Bring the index up to date with the folder, saying how far it is."""
        header = self.query_one(DayHeader)
        sentence = await self.keeping.background.refresh(header.show_reading)
        if self.is_mounted:
            header.show_reading(0, 0)
            self.tell(sentence, "warning")
            self.freshen()
        if await self.keeping.background.sweep() and self.app.screen is self:
            leftover.offer(self)

    @work(exit_on_error=False)
    async def take_into_index(self, opened: "Opened", saved: "Saved") -> None:
        """Have the index learn of a save."""
        await self.keeping.background.saved(opened, saved)
        self.freshen()

    @work(exclusive=True, group="warm", exit_on_error=False)
    async def warm_index(self) -> None:
        """Somebody is about to search."""
        await self.keeping.background.warm()

    # -- keeping --------------------------------------------------------------------------

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep what was typed."""
        if event.text_area is self.editor:
            self.keeping.changed()
            if self._counting is None:
                self._counting = self.set_timer(STATUS_SECONDS, self.count)

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        """Show where the cursor is."""
        if event.text_area is self.editor:
            showing.cursor(self, *event.selection.end)

    def look_around(self) -> None:
        """Notice what another program did to the file, and that midnight has passed."""
        self.keeping.look_at_file()
        if self.today != self.journal.today():
            self.today = self.journal.today()
            showing.header(self)
            self.freshen()

    def save(self) -> bool:
        """Save what is not saved; False, with a sentence on the screen, when it cannot be."""
        return self.keeping.save()

    # -- days -----------------------------------------------------------------------------

    def go(self, day: date, path: str | None = None, line: int | None = None) -> bool:
        """Save this entry and open another, at a line of it; False when that cannot be."""
        return days.go(self, day, path, line)

    def turn_to(self, page: Page) -> None:
        """Show another page; the one before is saved."""
        self.keeping.turn_to(page)
        self._show_page()
        self.count()
        self.freshen()

    def show_line(self, line: int) -> None:
        """Put the cursor at a line, counted from 1, to write there."""
        reading.switch(self, False)
        self.editor.move_cursor(self.editor.clamp_visitable((line - 1, 0)), center=True)

    action_today = days.today
    action_previous_day = days.previous
    action_next_day = days.following
    action_previous_written = days.previous_written
    action_next_written = days.following_written

    def on_month_chosen(self, event: "Month.Chosen") -> None:
        """Open the day chosen in the month."""
        self.go(event.day)

    def on_on_this_day_chosen(self, event: "OnThisDay.Chosen") -> None:
        """Open the earlier day."""
        self.go(event.day)

    def on_finder_chosen(self, event: "Finder.Chosen") -> None:
        """Open the point found at its line."""
        self.go(event.row.day, event.row.path, event.row.line)

    # -- actions --------------------------------------------------------------------------

    def action_save(self) -> None:
        """Save now."""
        self.keeping.save_now()

    @property
    def read_view(self) -> "ReadView | None":
        """The rendered page while it is shown."""
        return reading.view(self)

    def focus_text(self) -> None:
        """Put the keys where the text is, to write or to read."""
        (self.read_view or self.editor).focus()

    change = asking.change
    action_read = reading.toggle
    action_text = reading.text
    action_find_in_text = reading.find_in_text
    action_find = asking.find
    action_point = asking.for_point
    action_rate = asking.for_rating
    action_go_to = asking.for_day
    action_calendar = asking.for_day_in_calendar
    action_files = asking.for_file
    action_learned = recalling.choose
    action_links = linking.choose
    action_problems = asking.show_problems
    action_tick = asking.tick
    action_editor = asking.own_editor
    action_history = bringing.history
    action_delete = bringing.delete
    action_trash = bringing.trash
    action_conflicts = bringing.conflict_copies
    action_convert = bringing.convert
    action_save_elsewhere = bringing.save_elsewhere
