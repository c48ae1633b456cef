"""Write: the day's entry ready to type in, and around it what helps to write and look back."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.app import ComposeResult, SuspendNotSupported, SystemCommand
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.css.query import NoMatches
from textual.timer import Timer
from textual.widgets import Footer, TextArea

from journal_tui.app.actions import ACTIONS, bindings
from journal_tui.app.background import Background
from journal_tui.app.navigation import AppScreen, is_gone
from journal_tui.app.screens import draft_recovery
from journal_tui.app.screens.similar_points import SimilarPoints
from journal_tui.app.widgets.dayheader import DayHeader
from journal_tui.app.widgets.editor import Editor
from journal_tui.app.widgets.statusline import Status, StatusLine
from journal_tui.app.widgets.wording import long_date, moment
from journal_tui.entry.ago import long_ago
from journal_tui.entry.entry import Entry
from journal_tui.entry.visible import one_line
from journal_tui.errors import JournalError
from journal_tui.library import drafts, thrown
from journal_tui.session import (
    EditSession,
    Location,
    OutsideChange,
    SaveOutcome,
    SaveState,
    says_something,
)

if TYPE_CHECKING:
    from journal_tui.app.screens.history import Kept
    from journal_tui.app.widgets.finder import Finder
    from journal_tui.app.widgets.month import Month
    from journal_tui.app.widgets.onthisday import OnThisDay
    from journal_tui.app.widgets.readview import ReadView
    from journal_tui.app.widgets.results import Row
    from journal_tui.entry.edit import TextEdit
    from journal_tui.index.similar import Alike
    from journal_tui.journal import Journal, Opened
    from journal_tui.library.drafts import Draft
    from journal_tui.library.library import Saved
    from journal_tui.library.thrown import Thrown

AUTOSAVE_SECONDS = 2.0
STATUS_SECONDS = 0.2
SYNC_SECONDS = 1.0
LOOK_SECONDS = 2.0
WIDE_KEYS = 76
"""Columns from which the keys of the footer have blanks around them."""
SIDE_COLUMNS, SEARCH_COLUMNS = 100, 130
"""Columns from which there are the panels on the left, and the search on the right."""
RECENT_RATINGS = 30
_LONGEST = 60
_ELSEWHERE = (
    "To save a copy in another folder, open “Save this text elsewhere …” in the palette (ctrl+p)."
)
_OUTSIDE = {
    OutsideChange.TAKEN_IN: "Another program changed this entry; its changes are now on the page.",
    OutsideChange.CONFLICT: (
        "Another program changed the same lines. "
        "When you save, its text stays here and yours goes into a file beside it."
    ),
    OutsideChange.DELETED: "This entry's file is gone. Press ctrl+s to write it again.",
    OutsideChange.EMPTIED: (
        "Another program emptied this entry's file. Its text is still here and in its history; "
        "change anything to save it again."
    ),
}
_TOO_LARGE = (
    "This entry is too large for that. Type it into the text, "
    "or use journal learn, journal rate or journal todo in a shell."
)
_TOO_LARGE_TO_CHECK = "This entry is too large to check here. Run journal check in a shell instead."
_TOO_LARGE_TO_COUNT = "Too large for colours and counts; it is saved as usual"


class Write(AppScreen[None]):
    """One day at a time, to write or to read. Raises JournalError for a broken journal.toml."""

    CSS_PATH = "write.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(of_app=False)]

    def __init__(
        self,
        journal: "Journal",
        day: date,
        own_editor: str = "",
        session: EditSession | None = None,
    ) -> None:
        super().__init__()
        self.journal = journal
        self.own_editor = own_editor
        self.session = session or EditSession(journal, day)
        self.background = Background(journal)
        self._autosave: Timer | None = None
        self._is_handed_over = False
        self.similar = SimilarPoints(
            journal, self.set_timer, self._look_for_similar, self._show_similar
        )
        self._counting: Timer | None = None
        self._is_painted = False
        self.today = journal.today()

    @classmethod
    def instead_of(cls, old: "Write") -> "Write":
        """Return a screen that goes on with the text and the cursor of another one."""
        session = old.hand_over()
        for editor in old.query(Editor):
            session.cursor = editor.cursor_location
        return cls(old.journal, session.day, old.own_editor, session)

    def compose(self) -> ComposeResult:
        """What is needed to write; the rest comes after the first paint."""
        yield DayHeader()
        with Horizontal(id="middle"), Vertical(id="page"):
            yield Editor(
                self.session.shown,
                complete=self._complete,
                vocabulary=self.journal.library.vocabulary,
                read_only=bool(self.session.locked),
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
        self.set_interval(SYNC_SECONDS, self.sync_draft)
        self.set_interval(LOOK_SECONDS, self.look_around)
        self.catch_up()
        self._offer_drafts()

    @work(group="keys")
    async def _show_keys(self) -> None:
        """A widget for each key: they come a moment after the page, into the room kept for them."""
        compact = self.size.width < WIDE_KEYS
        await self.query_one("#keys").mount(Footer(show_command_palette=False, compact=compact))
        self.refresh_bindings()

    def on_unmount(self) -> None:
        """No more work on the index; what is not saved is for the next start."""
        self.background.stop()
        if not self._is_handed_over:
            self.session.close()

    @property
    def editor(self) -> Editor:
        """Where one types."""
        return self.query_one(Editor)

    @property
    def entry(self) -> Entry:
        """What the text on the screen says."""
        return Entry(self.session.day, self.editor.text, self.journal.library.vocabulary)

    # -- showing --------------------------------------------------------------------------

    def _show_page(self, load: bool = True) -> None:
        session, editor = self.session, self.editor
        if load:
            editor.show_text(session.shown, session.cursor)
        else:
            editor.move_cursor(session.cursor)
        editor.read_only = bool(session.locked)
        self._show_header()
        self.tell(session.locked, "warning")

    def show_text_again(self) -> None:
        """Bring the editor in line with the session, as one step that can be undone."""
        if self.editor.text != self.session.shown:
            self.editor.take_in(self.session.shown)
        self.editor.read_only = bool(self.session.locked)

    def count(self) -> None:
        """Show what the text says now; reading it waits for a pause in the typing."""
        self._counting = None
        if not self.is_mounted:
            return
        self._show_status()
        if view := self.read_view:
            self._render_page(view)

    def _show_header(self) -> None:
        """Say which day this is; its number is the one that its title says."""
        session, journal = self.session, self.journal
        name = session.path.rpartition("/")[2].removesuffix(".md")
        note = "" if name == str(session.day) else name
        first = session.shown.partition("\n")[0]
        said = journal.library.vocabulary.day_number.search(first)
        number = int(said.group(1)) if said else None
        self.query_one(DayHeader).show_day(session.day, self.today, number, note, journal.name)

    def _show_status(self) -> None:
        """Say how the text stands to its file, what it holds, and what is off."""
        session, state = self.session, self.session.state
        row, column = self.editor.cursor_location
        faults = (session.draft_fault,) if session.draft_fault else ()
        now = Status(
            saved=state,
            at=session.saved_at.time() if session.saved_at else None,
            problems=faults,
            line=row + 1,
            column=column + 1,
        )
        if self.editor.is_large:
            # To read all of it takes seconds, which each key would wait for.
            entry = Entry(session.day, "", self.journal.library.vocabulary)
            now = now._replace(note=_TOO_LARGE_TO_COUNT)
        else:
            entry = self.entry
            problems = (f"line {p.line}: {p.text}" if p.line else p.text for p in entry.problems)
            now = now._replace(
                # A template's own words are not the person's.
                words=0 if state is SaveState.NEW else entry.words,
                points=len(entry.points),
                rating=entry.rating.value if entry.rating else None,
                problems=(*faults, *problems),
                learned=self._similar_hint,
            )
        self.query_one(StatusLine).show_status(now)
        self.similar.follow(entry, row)

    @work(group="read")
    async def _render_page(self, view: "ReadView") -> None:
        await view.show_text(self.editor.text or self.session.locked)

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
        """Put the month and the past on the left, the search on the right, where there is room."""
        from journal_tui.app.screens.search_source import rows
        from journal_tui.app.widgets.finder import Finder
        from journal_tui.app.widgets.sidepanel import SidePanel

        if is_gone(self):
            return
        journal = self.journal
        middle = self.query_one("#middle", Horizontal)
        sides, finders = self.query(SidePanel), self.query(Finder)
        if width >= SIDE_COLUMNS and not sides:
            day, today = self.session.day, journal.today()
            side = SidePanel(day, today, journal.marks, journal.on_this_day, self.open_point)
            await middle.mount(side, before=0)
        elif width < SIDE_COLUMNS and sides:
            await sides.remove()
        if is_gone(self):
            return
        if width >= SEARCH_COLUMNS and not finders:
            await middle.mount(Finder(lambda words: rows(journal, words)))
        elif width < SEARCH_COLUMNS and finders:
            await finders.remove()
        self._show_similar()
        if self.focused is None:
            self.focus_text()

    def freshen(self) -> None:
        """Bring the panels in line with the day and the index."""
        if not self.is_mounted:
            return
        from journal_tui.app.widgets.finder import Finder
        from journal_tui.app.widgets.sidepanel import SidePanel

        for side in self.query(SidePanel):
            side.show_day(self.session.day, self.journal.today())
        for finder in self.query(Finder):
            if not finder.words:
                finder.search_again()

    def _complete(self, word: str) -> list[str]:
        try:
            return self.journal.complete(word)
        except JournalError:
            return []

    @work(exclusive=True, group="refresh", exit_on_error=False)
    async def catch_up(self) -> None:
        """Bring the index up to date with the folder, saying how far it is."""
        header = self.query_one(DayHeader)
        sentence = await self.background.refresh(header.show_reading)
        if self.is_mounted:
            header.show_reading(0, 0)
            self.tell(sentence, "warning")
            self.freshen()
        if await self.background.sweep() and self.app.screen is self:
            self._offer_drafts()

    @work(exit_on_error=False)
    async def take_into_index(self, opened: "Opened", saved: "Saved") -> None:
        """Have the index learn of a save."""
        await self.background.saved(opened, saved)
        self.freshen()

    @work(exclusive=True, group="warm", exit_on_error=False)
    async def warm_index(self) -> None:
        """Somebody is about to search."""
        await self.background.warm()

    # -- typing and saving ----------------------------------------------------------------

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep what was typed: in the draft at once, in the file after a pause."""
        if event.text_area is not self.editor:
            return
        self.read_editor()
        if self._autosave:
            self._autosave.stop()
        if self.session.is_dirty:
            if self.session.is_autosave_due(self.editor.cursor_location):
                self._save(self.editor.cursor_location)
            else:
                self._save_later()
        if self._counting is None:
            self._counting = self.set_timer(STATUS_SECONDS, self.count)

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        """Show where the cursor is."""
        if event.text_area is self.editor:
            row, column = event.selection.end
            self.query_one(StatusLine).move_cursor(row + 1, column + 1)
            self.similar.look(row)

    def read_editor(self) -> None:
        """Give the session what the editor holds, whose message of it may still be on its way."""
        if not self.is_mounted or self.session.locked or self._is_handed_over:
            return
        try:
            text = self.editor.text
        except NoMatches:
            # The screen is being taken down: the session has all that was typed.
            return
        if text != self.session.shown:
            self.session.edit(text)

    def hold(self, make: "Callable[[Entry], list[TextEdit]] | None") -> None:
        """Have the draft say what a dialog would make of the text; None ends that."""
        self.read_editor()
        self.session.hold(make)

    def _save_later(self) -> None:
        self._autosave = self.set_timer(AUTOSAVE_SECONDS, self.save_in_passing)

    def save_in_passing(self) -> None:
        """Save without having been asked to, but not in the middle of a line that would be torn."""
        if self._autosave:
            self._autosave.stop()
        self.read_editor()
        outcome = self.session.autosave(self.editor.cursor_location)
        if outcome is None:
            self.look_outside()
            self._save_later()
        else:
            self._show_saved(outcome)

    def save(self) -> bool:
        """Save what is not saved; False, with a sentence on the screen, when it cannot be."""
        return self._save(None)

    def _save(self, cursor: Location | None) -> bool:
        """Save; a person who goes on typing at `cursor` keeps that line in a conflict."""
        if self._autosave:
            self._autosave.stop()
        self.read_editor()
        outcome = self.session.save(cursor)
        self._show_saved(outcome)
        return not outcome.fault

    def _show_saved(self, outcome: SaveOutcome) -> None:
        """Show what became of a save, and have the index learn of it."""
        saved, opened = outcome.saved, outcome.opened
        if outcome.fault:
            self.tell(f"{outcome.fault} {_ELSEWHERE}", "error")
        elif saved and opened:
            before = self.editor.before_cursor
            self.show_text_again()
            if saved.merged:
                self.tell("Another program had changed this entry too. It now has both changes.")
            if saved.beside:
                is_elsewhere = not says_something(before) or self.editor.before_cursor != before
                if self.session.is_dirty or is_elsewhere:
                    # The other text may have anything where one typed: a heading, for one.
                    self.editor.move_cursor(self.session.cursor)
                self.tell(
                    "Another program changed the same lines. "
                    f"Its text stays; yours is in {saved.beside}. To compare them, open Conflicts in "
                    "the palette (ctrl+p).",
                    "warning",
                )
            self.tell(saved.warning, "warning")
            self.take_into_index(opened, saved)
        self.count()

    def look_outside(self, is_told: bool = True) -> None:
        """Notice what another program, or another screen of this one, did to the file."""
        self.read_editor()
        session = self.session
        was_dirty = session.is_dirty
        change = session.look_outside()
        if change is None:
            return
        self.show_text_again()
        is_trouble = was_dirty or session.is_gone or bool(session.locked)
        if is_told or is_trouble:
            sentence = _OUTSIDE.get(change) or session.locked or session.outside_fault
            self.tell(sentence, "warning" if is_trouble else "information")
        self.count()

    def look_around(self) -> None:
        """Notice what another program did to the file, and that midnight has passed."""
        self.look_outside()
        if self.today != self.journal.today():
            self.today = self.journal.today()
            self._show_header()
            self.freshen()

    def sync_draft(self) -> None:
        """Have the disk keep the draft, and other windows know what is open here."""
        self.read_editor()
        self.session.sync_draft()
        since = self.session.lock()
        if since:
            when = f"{since:%H:%M}" if since.date() == self.journal.today() else moment(since)
            self.tell(
                f"This entry has been open in another journal window since {when}. "
                "What you type in either is merged when it is saved.",
                "warning",
            )

    def keep(self, save: bool) -> None:
        """The process ends now: have what was typed in the draft, and in the file if it can be."""
        self.read_editor()
        if save:
            with suppress(OSError):
                self.session.save()
        self.session.leave_draft()

    def hand_over(self) -> EditSession:
        """Give the session, with the text on the screen, to a screen that replaces this one."""
        self.read_editor()
        self._is_handed_over = True
        return self.session

    # -- from day to day ------------------------------------------------------------------

    def go(self, day: date, path: str | None = None, line: int | None = None) -> bool:
        """Save this entry and open the day's, or the file at `path`, at a line; False if it cannot be."""
        if not self.save():
            return False
        journal, library = self.journal, self.journal.library
        if path and path != self.session.path and library.stamp(path) is None:
            self.tell(f"{path} no longer exists.", "warning")
            # Else it would be found again and again.
            self.catch_up()
            return False
        path = path or journal.path_of(day) or library.new_path(day)
        if path != self.session.path:
            self.turn_to(EditSession(journal, day, path))
        if line is not None:
            self.show_line(line)
        self.focus_text()
        return True

    def turn_to(self, session: EditSession) -> None:
        """Show another entry; the one before is saved."""
        self.session.close()
        self.session = session
        self._show_page()
        self.count()
        self.freshen()

    def show_line(self, line: int) -> None:
        """Put the cursor at a line, counted from 1, to write there."""
        self._show_as_page(False)
        self.editor.move_cursor(self.editor.clamp_visitable((line - 1, 0)), center=True)

    def open_point(self, point: "Alike | None") -> None:
        """Open the day of an earlier learning point at its line."""
        if point:
            self.go(point.day, point.path, point.line)

    def _turn_to_changed(self, session: EditSession) -> None:
        """Show an entry whose file was changed other than by typing."""
        self.turn_to(session)
        self.focus_text()
        self.catch_up()

    def _go_if(self, day: date | None) -> None:
        if day:
            self.go(day)

    def on_month_chosen(self, event: "Month.Chosen") -> None:
        """Open the day chosen in the month."""
        self.go(event.day)

    def on_on_this_day_chosen(self, event: "OnThisDay.Chosen") -> None:
        """Open the earlier day."""
        self.go(event.day)

    def on_finder_chosen(self, event: "Finder.Chosen") -> None:
        """Open the point found at its line."""
        self.go(event.row.day, event.row.path, event.row.line)

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
            day = self.session.day + timedelta(days)
        except OverflowError:
            self.tell("The calendar ends here.")
            return
        self.go(day)

    def action_previous_written(self) -> None:
        """Go to the written day before."""
        self._go_written(forward=False)

    def action_next_written(self) -> None:
        """Go to the written day after."""
        self._go_written(forward=True)

    def _go_written(self, forward: bool) -> None:
        day = self.journal.written(self.session.day, forward)
        if day:
            self.go(day)
        else:
            self.tell("There is no later entry." if forward else "There is no earlier entry.")

    def action_go_to(self) -> None:
        """Ask for a day in words and go there."""
        from journal_tui.app.screens.gotodialog import GoToDialog

        self.app.push_screen(GoToDialog(self.journal.day), self._go_if)

    def action_calendar(self) -> None:
        """Let the person pick a day in the month and go there."""
        from journal_tui.app.screens.calendar import CalendarScreen
        from journal_tui.app.widgets.month_grid import shift_days

        journal = self.journal

        def marks(year: int, month: int) -> dict[date, float | None]:
            first = date(year, month, 1)
            return journal.marks(shift_days(first, -7), shift_days(first, 42))

        calendar = CalendarScreen(self.session.day, journal.today(), marks, journal.describe)
        self.app.push_screen(calendar, self._go_if)

    def action_files(self) -> None:
        """Offer the files of this day, and a new note beside them."""
        from journal_tui.app.screens.dialog import ChoiceDialog

        journal, day = self.journal, self.session.day
        known = [record["path"] for record in journal.index.of_day(day)]
        own = journal.path_of(day) or journal.library.new_path(day)
        # The day's own page comes first, and can be gone back to before it is written.
        paths = list(dict.fromkeys([own, self.session.path, *known]))
        choices = [(_key(number), path, path) for number, path in enumerate(paths, 1)]
        choices.append(("n", "New note…", ""))

        def answered(path: str | None) -> None:
            if path:
                self.go(day, path)
            elif path == "":
                self._ask_for_note()

        self.app.push_screen(
            ChoiceDialog("Notes", f"Files for {long_date(day)}", choices), answered
        )

    def _ask_for_note(self) -> None:
        """Ask for a title, and open the note of this day that has it or a new one."""
        from journal_tui.app.screens.pointdialog import PointDialog

        def answered(title: str | None) -> None:
            if not title:
                return
            journal, day = self.journal, self.session.day
            if journal.library.new_path(day, title) == journal.library.new_path(day):
                self.tell(
                    "The title needs a letter or a digit, because the file is named after it.",
                    "warning",
                )
            elif self.save():
                self.turn_to(EditSession(journal, day, title=title))
                self.focus_text()

        dialog = PointDialog(title="New note", placeholder="A title, such as Service review")
        self.app.push_screen(dialog, answered)

    def action_find(self, words: str = "") -> None:
        """Save what is written, search (for these words), and open what was chosen at its line."""
        from journal_tui.app.screens.find import Find

        def answered(row: "Row | None") -> None:
            if row:
                self.go(row.day, row.path, row.line)

        self.save()
        self.warm_index()
        self.app.push_screen(Find(self.journal, words), answered)

    # -- reading --------------------------------------------------------------------------

    @property
    def read_view(self) -> "ReadView | None":
        """The rendered page while it is shown; it is made at first need."""
        for page in self.query("ReadView"):
            if page.display:
                return page  # type: ignore[return-value]
        return None

    def focus_text(self) -> None:
        """Put the keys where the text is, to write or to read."""
        (self.read_view or self.editor).focus()

    def _show_as_page(self, read: bool) -> None:
        """Show the page, or the text."""
        for page in self.query("ReadView"):
            page.display = read
        self.editor.display = not read

    async def action_read(self) -> None:
        """Show the day as a page, or the text again."""
        from journal_tui.app.widgets.readview import ReadView

        if not self.query(ReadView):
            page = ReadView(self.action_links)
            page.display = False
            await self.query_one("#page").mount(page)
        self._show_as_page(self.read_view is None)
        if view := self.read_view:
            await view.show_text(self.editor.text or self.session.locked)
        self.focus_text()

    def action_text(self) -> None:
        """Back to the text, to write, from wherever the keys went."""
        self._show_as_page(False)
        self.focus_text()

    @work
    async def action_find_in_text(self) -> None:
        """Find words in this entry."""
        self._show_as_page(False)
        await self.editor.action_find_in_text()

    @work
    async def action_links(self, target: str = "") -> None:
        """Ask which of the links is meant, or whether this one is, and have it opened."""
        from journal_tui.app.screens.dialog import ChoiceDialog
        from journal_tui.entry.links import links

        text = self.editor.text or self.session.locked
        targets = [target] if target else await asyncio.to_thread(links, text)
        if not targets:
            self.tell("This entry has no links. Write one as https://… or [words](https://…).")
            return
        choices = [(_key(number), target, target) for number, target in enumerate(targets, 1)]

        def answered(chosen: str | None) -> None:
            if chosen:
                self._open_link(chosen)

        dialog = ChoiceDialog("Links", "Open in the browser or mail program:", choices)
        self.app.push_screen(dialog, answered)

    @work
    async def _open_link(self, target: str) -> None:
        from journal_tui.app.links import open_link

        opened = await open_link(target)
        if not opened.is_open:
            self.app.copy_to_clipboard(target)
        self.tell(opened.sentence, "information" if opened.is_open else "warning")

    # -- learned before? ------------------------------------------------------------------

    def _look_for_similar(self, work: Coroutine[Any, Any, None]) -> None:
        self.run_worker(work, group="recall", exclusive=True, exit_on_error=False)

    def _show_similar(self) -> None:
        """Show it at the side where there is room, else as a hint below the text."""
        if self.query("SidePanel"):
            from journal_tui.app.widgets.sidepanel import SidePanel

            self.query_one(SidePanel).show_recalled(self.similar.recalled)
        self.query_one(StatusLine).hint(self._similar_hint)

    @property
    def _similar_hint(self) -> str:
        """What the line below the text says of earlier points; "" beside the panel."""
        if self.similar.recalled is None or self.query("SidePanel"):
            return ""
        keys = (
            self.app.get_key_display(active.binding)
            for active in self.active_bindings.values()
            if active.binding.action == "learned"
        )
        return self.similar.hint(next(keys, ""))

    @work(group="recalled", exclusive=True)
    async def action_learned(self) -> None:
        """Offer earlier learning points like the one that the cursor is in, and open the one chosen."""
        from journal_tui.app.screens.learneddialog import LearnedDialog

        entry = self.entry
        # In a large text this takes seconds, and one may go on writing meanwhile.
        await asyncio.to_thread(lambda: entry.points)
        self.similar.follow(entry, self.editor.cursor_location[0])
        text, day = self.similar.text, entry.day
        if not text:
            self.tell("Put the cursor in a learning point to see earlier ones like it.")
            return
        recalled = await asyncio.to_thread(self.similar.ask, text, day)
        if recalled is None:
            self.tell("There are no earlier learning points like this one.")
            return
        self.app.push_screen(LearnedDialog(text, recalled, day), self.open_point)

    # -- changing the text ----------------------------------------------------------------

    def action_save(self) -> None:
        """Save now; a file that is gone is written again."""
        self.look_outside()
        if self.session.is_gone:
            self.session.write_again()
        elif not self.session.is_dirty and not self.session.is_written:
            self.tell("There is nothing to save yet. The page is saved once you type a word.")
        self._save(self.editor.cursor_location)

    def _may_change(self) -> bool:
        """Whether the text may be changed and is soon read; a sentence tells why not."""
        if self.session.locked:
            self.tell(self.session.locked, "warning")
        elif self.editor.is_large:
            # To read all of it takes seconds, which each key in a dialog would wait for.
            self.tell(_TOO_LARGE, "warning")
        else:
            return True
        return False

    def change(self, make: "Callable[[Entry], list[TextEdit]]") -> None:
        """Change the text as one step that can be undone."""
        if not self._may_change():
            return
        try:
            self.editor.apply_edits(make(self.entry))
        except JournalError as error:
            self.tell(str(error), "error")

    def action_point(self) -> None:
        """Ask for a learning point and add it to the text."""
        from journal_tui.app.screens.dialog import TextDialog
        from journal_tui.app.screens.pointdialog import PointDialog
        from journal_tui.entry.changes import add_point

        def answered(text: str | None) -> None:
            if text:
                self.change(lambda entry: add_point(entry, text))
            self.hold(None)

        def typed(text: str) -> None:
            self.hold(lambda entry: add_point(entry, text))

        if not self._may_change():
            return

        def read(point: "Alike") -> None:
            title = f"{long_date(point.day)}, {long_ago(point.day, day)}"
            try:
                text = library.load(point.path).text
            except (JournalError, FileNotFoundError):
                self.tell(f"{point.path} can no longer be read.", "warning")
                return
            self.app.push_screen(TextDialog(title, text))

        library, day = self.journal.library, self.session.day
        recall = lambda text: self.similar.ask(text, day)  # noqa: E731
        dialog = PointDialog("", recall, read, day=day, typed=typed)
        self.app.push_screen(dialog, answered)

    def action_rate(self) -> None:
        """Ask for the rating, beside the recent ones, and write it into the text."""
        from journal_tui.app.screens.ratingdialog import RatingDialog
        from journal_tui.entry.changes import rate

        def answered(result: tuple[float, str] | None) -> None:
            if result:
                self.change(lambda entry: rate(entry, *result))
            self.hold(None)

        def typed(result: tuple[float, str] | None) -> None:
            self.hold((lambda entry: rate(entry, *result)) if result else None)

        if not self._may_change():
            return
        rating = self.entry.rating
        value, remark = (rating.value, rating.remark) if rating else (None, "")
        recent = self.journal.latest_ratings(RECENT_RATINGS)
        title = f"Enjoyment on {long_date(self.session.day)}"
        dialog = RatingDialog(value, remark, recent, title=title, typed=typed)
        self.app.push_screen(dialog, answered)

    def action_tick(self) -> None:
        """Tick the follow-up on the cursor's line, or take its tick away."""
        from journal_tui.entry.changes import toggle_task

        line = self.editor.cursor_location[0] + 1
        self.change(lambda entry: toggle_task(entry, line))

    def action_problems(self) -> None:
        """Show what could not be read as meant, with its lines."""
        from journal_tui.app.screens.dialog import TextDialog

        if self.editor.is_large:
            self.tell(_TOO_LARGE_TO_CHECK, "warning")
            return
        problems = self.entry.problems
        text = "\n".join(f"Line {p.line}: {p.text}." if p.line else f"{p.text}." for p in problems)
        text = text or "There are no problems in this entry."
        self.app.push_screen(TextDialog("Problems", text))

    def action_editor(self) -> None:
        """Let the person write in another program, and take over what it wrote."""
        from journal_tui.app import external

        session = self.session
        if session.locked:
            self.tell(session.locked, "warning")
            return
        try:
            words = external.command(self.own_editor)
            folder = self.journal.state / "editing"
            with self.app.suspend():
                # Nothing may be raised in here: the screen would stay handed over.
                ended = external.edit(words, folder, f"{session.day}.md", self.editor.text)
            if ended.fault:
                self.tell(ended.fault, "error")
            else:
                self.editor.take_in(ended.text)
                self.save()
        except JournalError as error:
            self.tell(str(error), "error")
        except SuspendNotSupported:
            self.tell("This terminal cannot open another editor.", "error")
        self.refresh(layout=True)

    # -- what was, and the ways back to it --------------------------------------------------

    def action_history(self) -> None:
        """Show the earlier versions of this entry; the one chosen becomes the page, and is saved."""
        from journal_tui.app.screens.history import HistoryScreen, versions

        def answered(kept: "Kept | None") -> None:
            if kept is None:
                return
            if self.session.locked or kept.locked:
                # What is no text cannot go through the editor.
                self._put_back(kept)
                return
            self.editor.take_in(kept.text.removeprefix("\ufeff"))
            self.action_save()
            if not self.session.save_fault:
                self.tell(f"Restored the version of {moment(kept.when)}. Press ctrl+z to undo.")

        self.read_editor()
        library, path, day = self.journal.library, self.session.path, self.session.day
        title = f"Earlier versions of {long_date(day)}"
        text, now = self.session.shown, self.journal.clock()
        screen = HistoryScreen(title, text, now, lambda: versions(library, path, day))
        self.app.push_screen(screen, answered)

    def _put_back(self, kept: "Kept") -> None:
        """Make a version the file, byte for byte, and show that."""
        session, journal = self.session, self.journal
        if not self.save():
            return
        try:
            saved = journal.library.restore(session.path, kept.version, journal.clock())
        except JournalError as error:
            self.tell(str(error), "error")
            return
        self._turn_to_changed(EditSession(journal, session.day, session.path))
        self.tell(saved.warning, "warning")
        self.tell(
            f"Restored the version of {moment(kept.when)}. What it replaced is now an earlier version."
        )

    def action_convert(self) -> None:
        """Make this entry UTF-8 text where it is in another encoding, and show that."""
        from journal_tui.library import encodings

        session, journal = self.session, self.journal
        if not self.save():
            return
        try:
            done = encodings.convert(journal.library, session.path, None, journal.clock())
        except FileNotFoundError:
            done = None
        except JournalError as error:
            self.tell(str(error), "error")
            return
        if done is None:
            self.tell("This entry is already UTF-8 text.")
            return
        name, saved = done
        self._turn_to_changed(EditSession(journal, session.day, session.path))
        self.tell(saved.warning, "warning")
        self.tell(
            f"Converted from {name}. If letters look wrong, restore the earlier version and choose "
            "another encoding with journal convert --from."
        )

    def action_delete(self) -> None:
        """Ask once, then move this entry to the trash and show the day without it."""
        from journal_tui.app.screens.dialog import ChoiceDialog

        self.look_outside()
        if not self.save():
            return
        session, journal = self.session, self.journal
        if journal.library.stamp(session.path) is None:
            self.tell("There is no entry here to delete.")
            return

        def answered(value: str | None) -> None:
            if value != "delete":
                return
            try:
                journal.library.delete(session.path, journal.clock())
            except JournalError as error:
                self.tell(str(error), "error")
                return
            self._turn_to_changed(EditSession(journal, session.day))
            self.tell(
                "Deleted. You can bring it back for 30 days: open Trash in the palette (ctrl+p)."
            )

        first = one_line(next((line for line in session.shown.split("\n") if line.strip()), ""))
        first = first if len(first) <= _LONGEST else f"{first[: _LONGEST - 1]}…"
        choices = [
            ("k", "Keep it", "keep"),
            ("d", "Delete it (kept in the trash for 30 days)", "delete"),
        ]
        text = f"{one_line(session.path)}\n{first}" if first else one_line(session.path)
        self.app.push_screen(ChoiceDialog("Delete this entry?", text, choices), answered)

    def action_trash(self) -> None:
        """Show what was deleted or discarded; the one chosen is brought back and shown."""
        from journal_tui.app.screens.trash import TrashScreen

        def answered(found: "Thrown | None") -> None:
            if found:
                self.bring_back(found)

        listed = thrown.listed(self.journal.library)
        self.app.push_screen(TrashScreen(listed, self.journal.clock()), answered)

    def bring_back(self, found: "Thrown") -> None:
        """Put a deleted entry or a discarded draft back where it belongs, and show it."""
        from journal_tui.app.screens import trash

        if not self.save():
            return
        try:
            restored = trash.bring_back(self.journal, found)
        except JournalError as error:
            self.tell(str(error), "error")
            return
        self.tell(restored.warning, "warning")
        self.tell(restored.sentence, "warning" if restored.is_beside else "information")
        if restored.day:
            self.turn_to(EditSession(self.journal, restored.day, restored.path))
        self.focus_text()
        self.catch_up()

    def action_conflicts(self) -> None:
        """Save, look for conflict copies, and let the person end them."""
        from journal_tui.app.screens.conflict import ConflictScreen
        from journal_tui.library import conflicts, naming

        if not self.save():
            return
        try:
            found = conflicts.conflicts(self.journal.library)
        except JournalError as error:
            self.tell(str(error), "error")
            return
        if not found:
            self.tell("There are no conflict copies.")
            return

        def answered(path: str | None) -> None:
            self.look_outside(is_told=False)
            self.catch_up()
            named = naming.parse_name(path.rpartition("/")[2]) if path else None
            if path and named:
                self.go(named[0], path)

        self.app.push_screen(ConflictScreen(self.journal, found), answered)

    def _offer_drafts(self, later: frozenset[Path] = frozenset()) -> None:
        """Ask about the drafts that were left, the oldest first; one that its file holds goes.

        Those of `later` were asked about: they wait for the next start.
        """
        waiting = []
        for unsaved in draft_recovery.left_behind(self.journal, later):
            if unsaved.is_in_file:
                self._discard_draft(unsaved.draft)
            else:
                waiting.append(unsaved)
        if not waiting:
            return
        unsaved = waiting[0]
        draft = unsaved.draft

        def answered(value: str | None) -> None:
            if value == "compare":
                dialog = draft_recovery.differences(unsaved)
                self.app.push_screen(dialog, lambda _: self._offer_drafts(later))
            elif value == "discard" or (value == "restore" and self._restore_draft(draft)):
                self._discard_draft(draft)
                self._offer_drafts(later)
            else:
                self._offer_drafts(later | {draft.file})

        self.app.push_screen(draft_recovery.question(unsaved, len(waiting)), answered)

    def _restore_draft(self, draft: "Draft") -> bool:
        """Save the draft as its session would have: what changed since is merged or kept beside it."""
        if not self.save():
            return False
        journal = self.journal
        try:
            saved = thrown.restore(journal.library, draft, journal.clock())
        except JournalError as error:
            self.tell(f"{error} The unsaved text is kept.", "error")
            return False
        self.tell(saved.warning, "warning")
        if saved.beside:
            self.tell(
                f"The file has changed since, so it was left as it is. The text is in {saved.beside}.",
                "warning",
            )
        self._turn_to_changed(EditSession(journal, draft.day, draft.path))
        return True

    def _discard_draft(self, draft: "Draft") -> None:
        try:
            drafts.discard(draft, self.journal.state / "trash")
        except OSError as error:
            self.tell(f"The draft cannot be moved to the trash: {error.strerror}.", "warning")

    def action_save_elsewhere(self) -> None:
        """Ask for a folder and write the text there; it stays unsaved here, and its draft stays."""
        from journal_tui.app.screens.folderdialog import FolderDialog

        def write(folder: str) -> tuple[str, str]:
            try:
                return str(self.journal.save_elsewhere(session.day, session.text, Path(folder))), ""
            except JournalError as error:
                return "", str(error)

        def answered(place: str | None) -> None:
            if place:
                self.tell(f"A copy of this text is in {place}.")

        self.read_editor()
        session = self.session
        self.app.push_screen(FolderDialog("~", write), answered)

    async def whether_to_leave(self) -> bool:
        """An entry cannot be saved: leave with its draft kept, or stay. Only within a worker."""
        from journal_tui.app.screens.dialog import ChoiceDialog

        leave = "Leave, and keep the text as a draft for next time"
        if self.session.draft_fault:
            leave = "Leave, and lose what is not saved"
        choices = [
            ("s", "Stay and try again", "stay"),
            ("e", "Save this text elsewhere …", "elsewhere"),
            ("l", leave, "leave"),
        ]
        # The dialog says it; a notification of it, which may still be on its way, would cover the answers.
        self.app.call_later(self.app.clear_notifications)
        dialog = ChoiceDialog("Not saved", self.session.save_fault, choices)
        answer = await self.app.push_screen_wait(dialog)
        if answer == "elsewhere":
            self.action_save_elsewhere()
        return answer == "leave"

    # -- the palette ----------------------------------------------------------------------

    def palette_commands(self) -> Iterator[SystemCommand]:
        """Every action, those of the app among them, and the saved searches."""
        from journal_tui.app.screens.search_history import saved_searches

        for action in ACTIONS:
            if action.name != "command_palette":
                name = f"action_{action.name}"
                method = getattr(self, name, None) or getattr(self.app, name)
                yield SystemCommand(action.label, action.help, method)
        yield from saved_searches(self.journal.library, self.action_find)


def _key(number: int) -> str:
    """The key of a choice in a list: digits are enough for the first nine."""
    return str(number) if number < 10 else "·"
