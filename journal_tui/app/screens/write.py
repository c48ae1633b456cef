"""Write: the day's entry ready to type in, and around it what helps to write and look back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer, TextArea

from journal_tui.app.actions import bindings
from journal_tui.app.background import Background
from journal_tui.app.page import Page
from journal_tui.app.screens import asking
from journal_tui.app.widgets.dayheader import DayHeader
from journal_tui.app.widgets.editor import Editor
from journal_tui.app.widgets.statusline import Saved, StatusLine
from journal_tui.entry.entry import Entry
from journal_tui.errors import JournalError

if TYPE_CHECKING:
    from journal_tui.app.widgets.finder import Finder
    from journal_tui.app.widgets.month import Month
    from journal_tui.app.widgets.onthisday import OnThisDay
    from journal_tui.entry.edit import TextEdit
    from journal_tui.journal import Journal

AUTOSAVE_SECONDS = 2.0
STATUS_SECONDS = 0.2
SYNC_SECONDS = 1.0
LOOK_SECONDS = 2.0
SIDE_COLUMNS, SEARCH_COLUMNS = 100, 130


class Write(Screen[None]):
    """One day at a time: typed text goes to the draft at once and to the file after a pause."""

    CSS_PATH = "write.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(of_app=False)]

    def __init__(self, journal: "Journal", day: date, own_editor: str = "") -> None:
        super().__init__()
        self.journal = journal
        self.own_editor = own_editor
        self.page = Page(journal, day)
        self.background = Background(journal)
        self._autosave: Timer | None = None
        self._counting: Timer | None = None
        self._failed = self._warning = False

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
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """The cursor where the writing goes on; all else once this is on the screen."""
        self.editor.focus()
        self._show_page(load=False)
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        self._count()
        self._fit(self.size.width)
        self.set_interval(SYNC_SECONDS, self.page_sync)
        self.set_interval(LOOK_SECONDS, self.look_at_file)
        self._catch_up()
        asking.about_drafts(self)

    def on_unmount(self) -> None:
        """No more work on the index."""
        self.background.stop()

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
        before = page.shown[: page.cursor]
        cursor = (before.count("\n"), len(before) - before.rfind("\n") - 1)
        if load:
            editor.show_text(page.shown, cursor)
        else:
            editor.move_cursor(cursor)
        editor.read_only = bool(page.locked)
        self._show_header()
        if page.locked:
            self.tell(page.locked, "warning")

    def _show_header(self) -> None:
        page = self.page
        name = page.path.rpartition("/")[2].removesuffix(".md")
        note = "" if name == str(page.day) else name
        first = page.shown.lstrip("\ufeff").partition("\n")[0]
        said = self.journal.library.vocabulary.day_number.search(first)
        number = int(said.group(1)) if said else None
        header = self.query_one(DayHeader)
        header.show_day(page.day, self.journal.today(), number, note, self.journal.name)

    def _count(self) -> None:
        """Show what the text says now; reading it waits for a pause in the typing."""
        self._counting = None
        if not self.is_mounted:
            return
        entry, page = self.entry, self.page
        rating = entry.rating
        problems = tuple(f"line {p.line}: {p.text}" if p.line else p.text for p in entry.problems)
        if page.draft_fault:
            problems = (page.draft_fault, *problems)
        row, column = self.editor.cursor_location
        self.query_one(StatusLine).update_state(
            saved=self._state(),
            at=page.saved_at.time() if page.saved_at else None,
            words=entry.words,
            points=len(entry.points),
            rating=rating.value if rating else None,
            problems=problems,
            line=row + 1,
            column=column + 1,
        )

    def _state(self) -> Saved:
        page = self.page
        if page.locked:
            return Saved.READ_ONLY
        if self._failed:
            return Saved.FAILED
        if page.is_dirty:
            return Saved.CHANGED
        if not page.is_written:
            return Saved.NEW
        return Saved.UNCONFIRMED if self._warning else Saved.SAVED

    def tell(self, sentence: str, severity: Any = "information") -> None:
        """Show a sentence for a while; it is never markup."""
        if sentence:
            self.notify(sentence, severity=severity, markup=False)

    async def on_resize(self, event: events.Resize) -> None:
        """Put side panels where there is room for them."""
        if self.is_mounted and self._counting is None:
            self._fit(event.size.width)

    @work(exclusive=True, group="fit")
    async def _fit(self, width: int) -> None:
        from journal_tui.app.widgets.finder import Finder
        from journal_tui.app.widgets.sidepanel import SidePanel

        middle = self.query_one("#middle", Horizontal)
        sides, finders = self.query(SidePanel), self.query(Finder)
        if width >= SIDE_COLUMNS and not sides:
            page = self.page
            marks, earlier = self.journal.marks, self.journal.on_this_day
            side = SidePanel(page.day, self.journal.today(), marks, earlier)
            await middle.mount(side, before=0)
        elif width < SIDE_COLUMNS and sides:
            await sides.remove()
        if width >= SEARCH_COLUMNS and not finders:
            await middle.mount(Finder(lambda words: asking.rows(self.journal, words)))
        elif width < SEARCH_COLUMNS and finders:
            await finders.remove()
        if self.focused is None:
            self.editor.focus()

    def _freshen(self) -> None:
        """Bring the panels in line with the day and the index."""
        from journal_tui.app.widgets.finder import Finder
        from journal_tui.app.widgets.sidepanel import SidePanel

        for side in self.query(SidePanel):
            side.show_day(self.page.day, self.journal.today())
        for finder in self.query(Finder):
            if not finder.words:
                finder.search_again()

    def _complete(self, word: str) -> list[str]:
        try:
            return self.journal.complete(word)
        except JournalError:
            return []

    # -- keeping --------------------------------------------------------------------------

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep what was typed; save after a pause."""
        if event.text_area is not self.editor:
            return
        self.page.edited(self.editor.text)
        if self._autosave:
            self._autosave.stop()
        self._autosave = self.set_timer(AUTOSAVE_SECONDS, self.save)
        if self._counting is None:
            self._counting = self.set_timer(STATUS_SECONDS, self._count)

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        """Show where the cursor is."""
        if event.text_area is self.editor:
            row, column = event.selection.end
            self.query_one(StatusLine).move_cursor(row + 1, column + 1)

    def page_sync(self) -> None:
        """Have the disk keep the draft."""
        self.page.sync_draft()

    def keep(self, save: bool) -> None:
        """The process may end now: what was typed is in the draft, and in the file if it can be."""
        if self.is_mounted and not self.page.locked:
            self.page.edited(self.editor.text)
        if save:
            try:
                self.page.save()
            except (JournalError, OSError):
                pass
        self.page.leave_draft()

    def save(self) -> bool:
        """Save what is not saved; False, with a sentence on the screen, when it cannot be."""
        if self._autosave:
            self._autosave.stop()
        try:
            result = self.page.save()
        except JournalError as error:
            self._failed = True
            self.tell(f"{error} Your text is kept as a draft.", "error")
            self._count()
            return False
        self._failed = False
        if result:
            opened, saved = result
            self._warning = bool(saved.warning)
            if self.editor.text != self.page.shown:
                self.editor.take_in(self.page.shown)
            if saved.merged:
                self.tell("Another program had changed this entry: both changes are in it now.")
            if saved.beside:
                sentence = f"Another program changed the same lines. Its text stays; yours is in {saved.beside}."
                self.tell(sentence, "warning")
            self.tell(saved.warning, "warning")
            self.run_worker(self._take_into_index(opened, saved), exit_on_error=False)
        self._count()
        return True

    async def _take_into_index(self, opened: Any, saved: Any) -> None:
        self.tell(await self.background.saved(opened, saved), "warning")
        if self.is_mounted:
            self._freshen()

    @work(exclusive=True, group="refresh", exit_on_error=False)
    async def _catch_up(self) -> None:
        header = self.query_one(DayHeader)

        def progress(done: int, total: int) -> None:
            if total >= 200:
                shown = f"reading {done:,} of {total:,} entries" if done < total else ""
                self.app.call_from_thread(header.show_progress, shown)

        sentence = await self.background.refresh(progress)
        if self.is_mounted:
            header.show_progress("")
            self.tell(sentence, "warning")
            self._freshen()

    def look_at_file(self) -> None:
        """Notice what another program did to the file."""
        page = self.page
        was_dirty, shown = page.is_dirty, page.shown
        try:
            sentence = page.look()
        except JournalError as error:
            sentence = str(error)
        if page.shown != shown and not page.locked:
            self.editor.take_in(page.shown)
        if sentence:
            self.tell(sentence, "warning" if was_dirty else "information")
            self._count()

    def on_app_focus(self) -> None:
        """Back from another window: look what happened to the file."""
        self.look_at_file()

    def on_app_blur(self) -> None:
        """Off to another window: save."""
        self.save()

    async def leave(self) -> bool:
        """Save before leaving; where that fails, ask."""
        if self.save():
            return True
        return await asking.whether_to_leave(self)

    # -- days -----------------------------------------------------------------------------

    def go(self, day: date, path: str | None = None, line: int | None = None) -> None:
        """Save this entry and open another, with the cursor at a line of it."""
        if not self.save():
            return
        if day != self.page.day or (path and path != self.page.path):
            try:
                self.page = Page(self.journal, day, path)
            except JournalError as error:
                self.tell(str(error), "error")
                return
            self._failed = self._warning = False
            self._show_page()
        if line is not None:
            self.editor.move_cursor((line - 1, 0), center=True)
        self.editor.focus()
        self._count()
        self._freshen()
        for view in self.query("ReadView"):
            if view.display:
                self.run_worker(view.show_text(self.editor.text))  # type: ignore[attr-defined]

    def go_to_new_note(self, title: str) -> None:
        """Open a note of this day that is not written yet, or the one of that title."""
        if not self.save():
            return
        self.page = Page(self.journal, self.page.day, title=title)
        self._show_page()
        self.editor.focus()
        self._count()

    def action_today(self) -> None:
        """Go to today."""
        self.go(self.journal.today())

    def action_previous_day(self) -> None:
        """Go to the day before."""
        self._step(-1)

    def action_next_day(self) -> None:
        """Go to the day after."""
        self._step(1)

    def _step(self, days: int) -> None:
        try:
            self.go(self.page.day + timedelta(days))
        except OverflowError:
            self.tell("The calendar ends here.")

    def action_previous_written(self) -> None:
        """Go to the written day before."""
        self._go_written(forward=False)

    def action_next_written(self) -> None:
        """Go to the written day after."""
        self._go_written(forward=True)

    def _go_written(self, forward: bool) -> None:
        day = self.journal.written(self.page.day, forward)
        if day:
            self.go(day)
        else:
            self.tell("No later day is written." if forward else "No earlier day is written.")

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

    def change(self, make: "Callable[[Entry], list[TextEdit]]") -> None:
        """Change the text as one step that can be undone."""
        if self.page.locked:
            self.tell(self.page.locked, "warning")
            return
        try:
            self.editor.apply_edits(make(self.entry))
        except JournalError as error:
            self.tell(str(error), "error")

    def action_save(self) -> None:
        """Save now."""
        if not self.page.is_dirty and not self.page.is_written:
            self.tell("Nothing is written yet: the page is saved with its first word.")
        elif self.page.is_gone:
            self.page.write_again()
        self.save()

    async def action_read(self) -> None:
        """Show the day as a page, or the text again."""
        from journal_tui.app.widgets.readview import ReadView

        if not self.query(ReadView):
            view = ReadView()
            view.display = False
            await self.query_one("#page").mount(view)
        view = self.query_one(ReadView)
        view.display = not view.display
        self.editor.display = not view.display
        if view.display:
            await view.show_text(self.editor.text)
            view.focus()
        else:
            self.editor.focus()

    def action_find_in_text(self) -> None:
        """Find words in this entry."""
        self.run_worker(self.editor.action_find_in_text())

    def action_find(self) -> None:
        """Find learning points and days."""
        asking.find(self)

    def action_point(self) -> None:
        """Add a learning point."""
        asking.for_point(self)

    def action_rate(self) -> None:
        """Rate the day."""
        asking.for_rating(self)

    def action_go_to(self) -> None:
        """Go to a date in words."""
        asking.for_day(self)

    def action_calendar(self) -> None:
        """Pick a day in the month."""
        asking.for_day_in_calendar(self)

    def action_files(self) -> None:
        """The other notes of this day, or a new one."""
        asking.for_file(self)

    def action_problems(self) -> None:
        """What could not be read as meant."""
        asking.show_problems(self)

    def action_editor(self) -> None:
        """Write in the person's own editor."""
        asking.own_editor(self)
