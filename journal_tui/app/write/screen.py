"""The Write screen: a day's entry in the editor, with panels to look back and to search."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar

from textual import events, work
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Vertical
from textual.css.query import NoMatches
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

from journal_tui.app.commands import (
    WRITE_PLACES,
    PaletteCommand,
    bindings,
    key_of,
    palette_commands,
)
from journal_tui.app.editor.completion import MAX_ROWS, Candidate
from journal_tui.app.editor.due_completion import due_candidates, is_due
from journal_tui.app.editor.editor import Editor
from journal_tui.app.editor.link_completion import is_link, link_label, link_text
from journal_tui.app.index_worker import IndexWorker
from journal_tui.app.navigation import AppScreen, is_gone
from journal_tui.app.widgets.humanize import counted, long_date, moment
from journal_tui.app.write.day_header import DayHeader
from journal_tui.app.write.draft_recovery import DraftRecovery, Unsaved, differences, question
from journal_tui.app.write.outcomes import (
    HOW_TO_MAKE_A_FOLLOW_UP,
    TOO_LARGE,
    TOO_LARGE_TO_CHECK,
    FileChange,
    Notice,
    bring_back,
    convert,
    delete,
    how_to_compare,
    outside_notice,
    restore_draft,
    restore_version,
    save_notices,
    since_when,
)
from journal_tui.app.write.page import Page, PageWithPanels
from journal_tui.app.write.similar_points import SimilarPoints
from journal_tui.app.write.status_line import StatusLine, copy_sentence, initial_status, status_of
from journal_tui.entry.entry import Entry
from journal_tui.entry.model import LEARNING
from journal_tui.entry.relative_time import how_long_before
from journal_tui.entry.sanitize import one_line, visible
from journal_tui.errors import JournalError
from journal_tui.session import (
    EditSession,
    Location,
    SaveOutcome,
    SaveState,
    has_text,
)

if TYPE_CHECKING:
    from journal_tui.answers import WrittenAnswer
    from journal_tui.app.find.screen import SearchState
    from journal_tui.app.people.subject_screen import ChosenLine
    from journal_tui.app.review.closing_screen import ClosedNote
    from journal_tui.app.review.rows import Target
    from journal_tui.app.screens.history import ListedVersion
    from journal_tui.app.widgets.result_list import ResultRow
    from journal_tui.app.widgets.search_panel import SearchPanel
    from journal_tui.app.write.brief_list import BriefList
    from journal_tui.app.write.day_files import NotesList
    from journal_tui.app.write.month import Month
    from journal_tui.app.write.read_view import ReadView
    from journal_tui.customers.loop import Place
    from journal_tui.entry.edit import TextEdit
    from journal_tui.entry.follow_ups import FollowUp
    from journal_tui.entry.note_kinds import NoteKind, NoteRequest
    from journal_tui.follow_ups import FollowUps
    from journal_tui.imports import Imports
    from journal_tui.journal import (
        BriefLine,
        Calibration,
        DayFile,
        Journal,
        LinkCompletion,
        LinkTarget,
        OpenedEntry,
        ReturningPoint,
        SaveResult,
        SimilarPoint,
        TrashItem,
    )
    from journal_tui.period import CalendarPeriod
    from journal_tui.review.span import Span

AUTOSAVE_SECONDS = 2.0
"""Seconds after the last change until the text is saved."""
STATUS_SECONDS = 0.2
"""Seconds that the status bar waits after a change, so that fast typing doesn't redraw it."""
SYNC_SECONDS = 1.0
"""Seconds between flushes of the draft to disk: a power cut loses at most this much typing."""
POLL_SECONDS = 2.0
"""Seconds between checks whether another program has changed the file, or a new day has begun."""
RECENT_RATINGS = 30
READING = "You are reading. Press e to write."
UNWRITTEN = "Nothing written yet. Press e to write."
_CHANGES = ("save", "point", "rate")
"""The commands of the footer that change the text."""
_READING_GIVES_WAY, _WRITING_GIVES_WAY = (
    ("rate", "point", "files", "links", "go_to"),
    ("files", "go_to"),
)
"""The commands whose keys give way in a footer without room, the least needed first."""
_MAX_FIRST_LINE = 60
"""The most characters of an entry's first line in the question whether to delete it."""


NO_LINKS = (
    "This entry has no links. Write one as https://… or [words](https://…), or link to another entry "
    "with [[2014-10-06]] or [[its title]]."
)


Result = TypeVar("Result")
_HOW_TO_UNDO = "To undo it, press ctrl+z."


class PageView(NamedTuple):
    """A page that was left for another: its day and path, its cursor, and what escape did on it."""

    day: date
    path: str
    cursor: Location
    way_back: Callable[[], None] | None


class OpenJournals(Message):
    """Ask the app to open the journal in `folder` or, if it is "", to let the person choose or make one."""

    def __init__(self, folder: str = "") -> None:
        super().__init__()
        self.folder = folder


class WriteScreen(AppScreen[None]):
    """The screen to write or read one entry at a time.

    `own` is the folder of the person's own journal, which a sample offers to open.
    Creating it raises JournalError if journal.toml is broken.
    """

    CSS_PATH = "write.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        # Enabled only in a sample, where this is the next step.
        Binding("enter", "begin", "Begin your own", id="sample.begin"),
        Binding("enter", "begin('open')", "Your own", id="sample.own"),
        # Enabled only directly after an answer. It has priority, because the text would use the key
        # itself.
        Binding("ctrl+z", "undo_answer", "Undo", show=False, priority=True),
        # Only on a page that was opened from a list, until something is typed.
        Binding("escape", "way_back", "Back", id="list.back"),
        *bindings("write"),
    ]

    def __init__(
        self,
        journal: "Journal",
        day: date,
        external_editor: str = "",
        session: EditSession | None = None,
        own: str = "",
    ) -> None:
        super().__init__()
        self.journal, self.own_journal = journal, own
        self.external_editor = external_editor
        self.session = session or EditSession(journal, day)
        self.index_worker = IndexWorker(journal)
        self._follow_ups: FollowUps | None = None
        self._autosave_timer: Timer | None = None
        self._last_answer: WrittenAnswer | None = None
        self._way_back: Callable[[], None] | None = None
        self._is_handed_over = False
        self._fault_messages: set[str] = set()
        self.similar = SimilarPoints(
            journal, self.set_timer, self._look_for_similar, self._show_similar
        )
        self.drafts = DraftRecovery(journal)
        self._status_timer: Timer | None = None
        self._is_painted = False
        self._brief: Sequence[BriefLine] = ()
        self._brief_day: date | None = None
        self._files: Sequence[DayFile] = ()
        self._files_day: date | None = None
        self._note_paths: Sequence[str] = ()
        self._link_places: list[PageView] = []
        # The line of the brief to put the cursor on when its day is shown again, and that day.
        self._brief_line: tuple[date, int] | None = None
        self._review_kind = "month"
        self.today = journal.today()

    def successor(self) -> "WriteScreen":
        """Return a screen to replace this one, with its text and cursor."""
        self.read_editor()
        self._is_handed_over = True
        for editor in self.query(Editor):
            self.session.cursor = editor.cursor_location
        own = self.own_journal
        return WriteScreen(self.journal, self.session.day, self.external_editor, self.session, own)

    def compose(self) -> ComposeResult:
        """Yield the widgets needed to write; the others are added after the first paint."""
        editor = Editor(
            self.session.shown,
            complete=self._complete,
            vocabulary=self.journal.vocabulary,
            read_only=bool(self.session.read_only_reason),
        )
        yield DayHeader()
        if self.journal.is_sample:
            from journal_tui.app.write.banners import SampleBanner

            editor.refuses_letters = True
            yield SampleBanner(has_own=bool(self.own_journal))
        why_empty, words = lambda: self.session.read_only_reason, self.journal.vocabulary
        about, empty = self._about_unwritten, self._about_empty
        page = Page(editor, self.action_links, why_empty, words, about, empty)
        yield PageWithPanels(self.journal, page, self.open_point)
        yield StatusLine()
        yield Vertical(id="keys")

    def on_mount(self) -> None:
        """Put the cursor where the person continues writing; all else waits for the first paint."""
        self.editor.focus()
        self._show_page(load=False)
        self.query_one(StatusLine).show_status(initial_status(self.session))
        # The first refresh lays out the screen; only after the second has it been painted.
        self.call_after_refresh(self.call_after_refresh, self._painted)

    def _painted(self) -> None:
        self._is_painted = True
        self._show_keys()
        self.session.look_for_copies()
        self.update_status()
        self._fit_panels(self.size.width)
        self.set_interval(SYNC_SECONDS, self.sync_draft)
        self.set_interval(POLL_SECONDS, self.check_for_changes)
        self.refresh_index()
        self._offer_drafts()

    @work(group="keys")
    async def _show_keys(self) -> None:
        """Add the footer after the first paint, in the space reserved for it."""
        from journal_tui.app.widgets.mode_footer import ModeFooter

        footer = ModeFooter(
            self.size.width, lambda: _READING_GIVES_WAY if self.read_view else _WRITING_GIVES_WAY
        )
        await self.query_one("#keys").mount(footer)
        self.refresh_bindings()

    def on_unmount(self) -> None:
        """Stop the work on the index; what is not saved stays in the draft for the next start."""
        self.index_worker.stop()
        if not self._is_handed_over:
            self.session.close()

    @property
    def editor(self) -> Editor:
        """The text area."""
        return self.query_one(Editor)

    @property
    def panels(self) -> PageWithPanels:
        """The page, and the panels beside it."""
        return self.query_one(PageWithPanels)

    @property
    def page(self) -> Page:
        """The widget with the text, to write or to read."""
        return self.query_one(Page)

    @property
    def read_view(self) -> "ReadView | None":
        """The reading view while it is shown, else None."""
        return self.page.view

    def belongs_to_typing(self, event: events.Key) -> bool:
        """Return whether a key belongs to words that are typed while the day is read."""
        view = self.read_view
        return view is not None and view.has_focus and view.belongs_to_typing(event)

    def focus_for_letter(self) -> None:
        """Move the focus from a panel to the page: letters are written, whichever panel has the focus."""
        if self.read_view is None:
            # `focus` would move the focus only after this letter.
            self.set_focus(self.editor)

    @property
    def entry(self) -> Entry:
        """The entry with the text in the editor."""
        return Entry(self.session.day, self.editor.text, self.journal.vocabulary)

    def _show_page(self, load: bool = True) -> None:
        session, editor = self.session, self.editor
        if self.journal.is_sample:
            # A sample is read from its first line, not continued at its end.
            session.cursor = (0, 0)
        if load:
            editor.show_text(session.shown, session.cursor)
        else:
            editor.move_cursor(session.cursor)
        editor.read_only = bool(session.read_only_reason)
        self._show_header()
        if not self.journal.is_sample:
            self.tell(session.read_only_reason or session.protection, "warning")

    def show_text_again(self) -> None:
        """Update the editor to the session's text, as one step to undo."""
        if self.editor.text != self.session.shown:
            self.editor.replace_text(self.session.shown)
        self.editor.read_only = bool(self.session.read_only_reason)

    def update_status(self) -> None:
        """Update the status bar and the reading view from the text; after typing, it is called with a delay."""
        self._status_timer = None
        if not self.is_mounted or len(self.query("Editor, StatusLine")) < 2:
            # The screen is being taken down.
            return
        # Parsing a large text takes seconds, which would delay each key.
        entry = None if self.editor.is_large else self.entry
        cursor = self.editor.cursor_location
        status = status_of(self.session, entry, cursor, self._similar_hint)
        status = status._replace(problems_key=self._key_of("problems"))
        status = status._replace(line=0 if self.read_view else status.line)
        self.query_one(StatusLine).show_status(status)
        self.similar.follow(
            entry or Entry(self.session.day, "", self.journal.vocabulary), cursor[0]
        )
        if self.read_view:
            self._update_view()

    @work(group="read")
    async def _update_view(self) -> None:
        await self.page.update_view()

    def _show_header(self) -> None:
        self.query_one(DayHeader).show_session(self.session)

    def _show_notices(self, notices: Iterable[Notice]) -> None:
        for notice in notices:
            self.tell(*notice)

    def on_resize(self, event: events.Resize) -> None:
        """Show or hide the panels and adapt the footer to the new width."""
        if self._is_painted:
            from journal_tui.app.widgets.mode_footer import ModeFooter

            for footer in self.query(ModeFooter):
                footer.fit(event.size.width)
            self._fit_panels(event.size.width)

    @work(exclusive=True, group="fit")
    async def _fit_panels(self, width: int) -> None:
        """Show the panels for which there is room."""
        if is_gone(self):
            return
        await self.panels.fit(width, self.session.day, self.session.period)
        if is_gone(self):
            return
        self._show_similar()
        await self._show_brief()
        if self.focused is None:
            self.focus_text()

    @property
    def _is_unwritten(self) -> bool:
        """Whether nothing has been typed on this page yet."""
        return self.session.state is SaveState.NEW

    def _about_unwritten(self) -> str:
        """Return the sentence for an unwritten page in the reading view; "" for a written one."""
        return UNWRITTEN if self._is_unwritten else ""

    def _about_empty(self) -> dict[str, str]:
        """Return what the reading view says where nothing is written, by the kind of section."""
        from journal_tui.app.write.read_view import RATING

        if self.editor.is_large:
            return {}
        point, rate = "", ""
        if not self.session.read_only_reason:
            point = f" Press {self._key_in_messages('point')} to add one."
            rate = f" Press {self._key_in_messages('rate')} to rate it."
        # Front matter may have the rating that the line hasn't.
        unrated = "" if self.entry.rating else f"Not rated yet.{rate}"
        return {"": "Nothing yet.", LEARNING: f"Nothing yet.{point}", RATING: unrated}

    @work(exclusive=True, group="brief", exit_on_error=False)
    async def fill_brief(self) -> None:
        """Look up the brief of the day in a thread, and show it; a period has none."""
        day, journal = self.session.day, self.journal
        if self.session.period:
            await self._show_brief()
            return
        try:
            lines = await asyncio.to_thread(journal.brief, day)
        except (JournalError, OSError):
            lines = []
        if day == self.session.day and not is_gone(self):
            self._brief, self._brief_day = lines, day
            if day == journal.today() and any(line.kind == "point" for line in lines):
                await asyncio.to_thread(journal.point_returns.note_shown, day)
            await self._show_brief()

    @work(exclusive=True, group="brief-fit")
    async def _fit_brief(self) -> None:
        await self._show_brief()

    async def _show_brief(self) -> None:
        is_of_page = self._brief_day == self.session.day and not self.session.period
        lines = self._brief if is_of_page else ()
        await self.panels.show_brief(lines, self._is_unwritten)
        if lines and self._brief_line is not None:
            (day, number), self._brief_line = self._brief_line, None
            if day == self.session.day and (brief := self.panels.brief):
                brief.focus()
                brief.select(number)

    def refresh_panels(self) -> None:
        """Update the panels from the day and the index; a hidden search is updated when it is shown."""
        if not self.is_mounted:
            return
        self.panels.show_day(self.session.day, self.session.period)
        self.panels.mark_search_outdated()
        self.fill_brief()
        self.fill_notes()
        if self.is_shown:
            self.panels.search_if_outdated()

    def on_screen_suspend(self) -> None:
        """Close the list of candidates, which would otherwise still be open after a dialog."""
        for editor in self.query(Editor):
            editor.close_completion()

    def on_screen_resume(self) -> None:
        """Update the search if the index changed while this screen was covered."""
        for panels in self.query(PageWithPanels):
            panels.search_if_outdated()

    def _complete(self, word: str) -> "Sequence[str | Candidate]":
        if is_due(word):
            return due_candidates(word, self.session.day)
        try:
            if is_link(word):
                return self._link_candidates(word)
            return self.journal.mentions.complete(word)
        except JournalError:
            return []

    def _link_candidates(self, word: str) -> list[Candidate]:
        links = self.journal.link_completion(self.session.path)
        typed = word.removeprefix("[[")
        found = links.complete(typed, MAX_ROWS)
        if not typed:
            # From the next key on, titles of all years may be looked up.
            self._prepare_links(links)
        return [Candidate(link_text(one), link_label(one, self.today)) for one in found]

    @work(exclusive=True, group="links", exit_on_error=False)
    async def _prepare_links(self, links: "LinkCompletion") -> None:
        with suppress(JournalError):
            await asyncio.to_thread(links.prepare)

    @work(exclusive=True, group="refresh", exit_on_error=False)
    async def refresh_index(self) -> None:
        """Refresh the index and show the progress in the header."""
        header = self.query_one(DayHeader)
        commands_key = self._key_in_messages("command_palette")
        sentence = await self.index_worker.refresh(header.show_progress, commands_key)
        if self.is_mounted:
            header.show_progress(0, 0)
            self.tell(sentence, "warning")
            self.session.look_for_copies()
            self.update_status()
            self.refresh_panels()
            self.count_late()
        if await self.index_worker.clear_orphans() and self.app.screen is self:
            self._offer_drafts()

    @work(exit_on_error=False)
    async def update_index(self, opened: "OpenedEntry", saved: "SaveResult") -> None:
        """Add a saved entry to the index, and update the panels if that changes what they show."""
        if await self.index_worker.add_saved(opened, saved):
            self.refresh_panels()
            if self.is_mounted:
                self.count_late()

    @work(exclusive=True, group="warm", exit_on_error=False)
    async def warm_index(self) -> None:
        """Load the index into memory for a search that is about to begin, and bring it up to date."""
        self.catch_up()
        await self.index_worker.warm()

    @work(exclusive=True, group="catch-up", exit_on_error=False)
    async def catch_up(self) -> None:
        """Bring the index up to date with what other programs have written, and show it."""
        if not await self.index_worker.catch_up() or not self.is_mounted:
            return
        self.refresh_panels()
        self.count_late()
        for screen in self.app.screen_stack:
            if isinstance(screen, AppScreen) and screen.is_mounted and screen.is_open:
                screen.index_changed()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Write what was typed to the draft at once, and save the file after a pause."""
        if event.text_area is not self.editor:
            return
        self.read_editor()
        # From now on, ctrl+z undoes this change instead of the answer.
        self._last_answer = None
        if self.session.is_dirty:
            self._lead_back(None)
        if self._brief and not self.panels.side and bool(self.page.brief) is not self._is_unwritten:
            self._fit_brief()
        if self._autosave_timer:
            self._autosave_timer.stop()
        if self.session.is_dirty:
            if self.session.is_autosave_due(self.editor.cursor_location):
                self._save(self.editor.cursor_location)
            else:
                self._save_later()
        if self._status_timer is None:
            self._status_timer = self.set_timer(STATUS_SECONDS, self.update_status)

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        """Show the cursor's position, and look up points similar to the one that it is in."""
        if event.text_area is self.editor:
            row, column = event.selection.end
            self.query_one(StatusLine).move_cursor(row + 1, column + 1)
            self.similar.look(row)

    def read_editor(self) -> None:
        """Pass the editor's text to the session without waiting for the editor's message."""
        if not self.is_mounted or self.session.read_only_reason or self._is_handed_over:
            return
        try:
            text = self.editor.text
        except NoMatches:
            # The screen is being removed, and the session has all that was typed.
            return
        if text != self.session.shown:
            self.session.edit(text)

    def set_pending_change(self, make: "Callable[[Entry], list[TextEdit]] | None") -> None:
        """Write to the draft how an open dialog would change the text; None ends that."""
        self.read_editor()
        self.session.set_pending_change(make)

    def apply_open_dialog(self) -> None:
        """Close an open dialog, and apply its change to the text as if it had been confirmed."""
        self.read_editor()
        pending = self.session.pending_text
        if pending is None:
            return
        self.close_above()
        self.editor.replace_text(pending)
        self.set_pending_change(None)

    def _save_later(self) -> None:
        self._autosave_timer = self.set_timer(AUTOSAVE_SECONDS, self.save_in_passing)

    def save_in_passing(self) -> None:
        """Autosave, unless saving now would split the line being typed; then try again later."""
        if self._autosave_timer:
            self._autosave_timer.stop()
        self.read_editor()
        outcome = self.session.autosave(self.editor.cursor_location)
        if outcome is None:
            self.check_file()
            self._save_later()
        else:
            self._show_saved(outcome)

    def save(self) -> bool:
        """Save unsaved text; if that fails, notify the person and return False."""
        return self._save(None)

    def _save(self, cursor: Location | None) -> bool:
        """Save; in a conflict, keep the line at `cursor`, where the person is still typing."""
        if self._autosave_timer:
            self._autosave_timer.stop()
        self.read_editor()
        outcome = self.session.save(cursor)
        self._show_saved(outcome)
        return not outcome.fault

    def _show_saved(self, outcome: SaveOutcome) -> None:
        """Show the outcome of a save, and update the index."""
        saved, opened = outcome.saved, outcome.opened
        if saved and opened:
            before = self.editor.text_before_cursor
            self.show_text_again()
            is_elsewhere = not has_text(before) or self.editor.text_before_cursor != before
            if saved.conflict_path and (self.session.is_dirty or is_elsewhere):
                # The other program's text may have a heading or another section at the old position.
                self.editor.move_cursor(self.session.cursor)
            if saved.conflict_path:
                # The earlier message announced the conflict, and would overlap the one about it.
                self.app.clear_notifications()
                self.session.look_for_copies()
                self.index_worker.mark_as_reported(self.session.copies)
            self.update_index(opened, saved)
        notices = save_notices(outcome, self._key_in_messages)
        if outcome.fault:
            self._fault_messages |= {visible(notice.sentence) for notice in notices}
        self.withdraw(*self.outdated_messages)
        self._show_notices(notices)
        self.update_status()

    @property
    def outdated_messages(self) -> frozenset[str]:
        """The messages about failed saves, once a later save has worked."""
        return frozenset() if self.session.save_fault else frozenset(self._fault_messages)

    def check_file(self, notifies: bool = True) -> None:
        """Check the file for outside changes and apply them; unless `notifies`, only warn of trouble."""
        self.read_editor()
        session = self.session
        was_dirty, protection = session.is_dirty, session.protection
        change = session.check_file()
        if change is None:
            if session.protection != protection:
                self.update_status()
            return
        self.show_text_again()
        self.catch_up()
        is_trouble = was_dirty or session.is_gone or bool(session.read_only_reason)
        if notifies or is_trouble:
            self.tell(*outside_notice(session, change, is_trouble, self._key_in_messages))
        self.update_status()

    def check_for_changes(self) -> None:
        """Check the file for changes by other programs, and whether a new day has begun."""
        self.check_file()
        if self.today != self.journal.today():
            before, self.today = self.today, self.journal.today()
            self._show_header()
            self.refresh_panels()
            self.count_late()
            self._show_new_day(was_today=self.session.day == before)

    def apply_settings(self) -> None:
        """Apply changed settings of the journal to this page."""
        session, journal = self.session, self.journal
        if self._is_unwritten and not journal.entries.is_note(session.path):
            # The template of an unwritten page comes from the settings.
            path = session.path if session.period else None
            self.turn_to(EditSession(journal, session.day, path))
        self._show_header()
        self.refresh_panels()
        self.check_for_changes()

    def _show_new_day(self, was_today: bool) -> None:
        """Show that a new day has begun, if the page was today's and no longer is."""
        from journal_tui.app.write.banners import NewDayBanner

        banners = self.query(NewDayBanner)
        if self.session.period or self.session.day >= self.today:
            banners.remove()
        elif banners:
            banners.first().show_day(self.today)
        elif was_today:
            keys = self._key_in_messages("today"), self._key_in_messages("text")
            self.mount(NewDayBanner(self.today, *keys), after=self.query_one(DayHeader))

    def sync_draft(self) -> None:
        """Write the draft to disk and renew the edit lock; warn if another window has the entry open."""
        self.read_editor()
        self.session.sync_draft()
        since = self.session.lock()
        if since and not self.journal.is_sample:
            from journal_tui.app.write.banners import WindowBanner

            when = since_when(since, self.journal.clock().date())
            self.query(WindowBanner).remove()
            line = WindowBanner(when, self._key_in_messages("text"))
            self.mount(line, after=self.query_one(DayHeader))

    def keep_text(self, save: bool) -> None:
        """Write what was typed to the draft and, if `save`, the file, before the process ends."""
        self.read_editor()
        if save:
            with suppress(OSError):
                self.session.save()
        self.session.leave_draft()

    def go(self, day: date, path: str | None = None, line: int | None = None) -> bool:
        """Save this entry, then open a day's entry or the file at `path`, at a line.

        Return False if this entry can't be saved or the other file no longer exists.
        """
        self.editor.finish_due_date()
        if not self.save():
            return False
        journal, entries = self.journal, self.journal.entries
        if path and path != self.session.path and entries.stamp(path) is None:
            self.tell(f"{path} no longer exists.", "warning")
            # The index still has the file, so lists would offer it again.
            self.refresh_index()
            return False
        self._turn_to_path(day, path or journal.path_of(day) or entries.new_path(day), line)
        return True

    def go_to_period(self, period: "CalendarPeriod") -> bool:
        """Save this entry, then open a period's note, or a new one; return whether that was done."""
        if not self.save():
            return False
        journal = self.journal
        path = journal.path_of_period(period) or journal.entries.new_period_path(period)
        self._turn_to_path(period.first, path)
        return True

    def _turn_to_path(self, day: date, path: str, line: int | None = None) -> None:
        if path != self.session.path:
            self.turn_to(EditSession(self.journal, day, path))
        if self.drafts.resume(path):
            self._offer_drafts()
        if line is not None:
            self.page.show_line(line)
        self.focus_text()

    def turn_to(self, session: EditSession) -> None:
        """Show the entry of another session; the current entry must be saved."""
        self.session.close()
        self.session = session
        self._last_answer = None
        self._lead_back(None)
        self.query("LineBanner").remove()
        session.look_for_copies()
        self._show_page()
        self.update_status()
        self.panels.show_day(session.day, session.period)
        self._show_notes()
        self.fill_notes()
        self.fill_brief()

    def open_point(self, point: "SimilarPoint | None") -> None:
        """Open the entry of an earlier learning point at its line."""
        if point:
            self._open_beside(point.day, point.path, point.line)

    def _change_file(self, change: "Callable[[], FileChange | None]") -> bool:
        """Save, call `change`, and open the file that it returns; return whether it returned one."""
        if not self.save():
            return False
        try:
            changed = change()
        except JournalError as error:
            self.tell(str(error), "error")
            return False
        if changed is None:
            return False
        if changed.day:
            self.turn_to(EditSession(self.journal, changed.day, changed.path))
        if changed.is_conflict:
            self.index_worker.mark_as_reported(self.session.copies)
        self.tell(changed.warning, "warning")
        if changed.is_conflict:
            how = how_to_compare(self._key_in_messages)
            self.tell(f"{changed.sentence} {how}", "warning")
        else:
            self.tell(changed.sentence)
        if changed.line:
            self.page.show_line(changed.line)
            self.editor.action_cursor_line_end()
        self.focus_text()
        self.refresh_index()
        return True

    def _open_if_chosen(self, chosen: "date | CalendarPeriod | None") -> None:
        if isinstance(chosen, date):
            self.go(chosen)
        elif chosen:
            self.go_to_period(chosen)

    def on_month_chosen(self, event: "Month.Chosen") -> None:
        """Open the day chosen in the calendar panel."""
        self.go(event.day)

    def on_month_week_chosen(self, event: "Month.WeekChosen") -> None:
        """Open the note of the week whose number was clicked in the calendar panel."""
        self.go_to_period(event.week)

    @work(exclusive=True, group="brief-asked", exit_on_error=False)
    async def action_brief(self) -> None:
        """Move the focus to the brief of this day; if it isn't shown, open it."""
        from journal_tui.app.write.dialogs import BriefDialog

        if brief := self.panels.brief:
            brief.focus()
            return
        if period := self.session.period:
            today = self._key_in_messages("today")
            self.tell(f"At a glance is about a day, not {period.title}. Press {today} for today.")
            return
        day = self.session.day
        try:
            lines = await asyncio.to_thread(self.journal.brief, day)
        except (JournalError, OSError) as error:
            self.tell(str(error), "error")
            return
        # What is due is looked up only for today.
        empty = "Nothing was written before this day."
        if day == self.journal.today():
            empty = "Nothing is due, and nothing was written earlier."
        dialog = BriefDialog(f"At a glance – {long_date(day)}", lines, empty)
        self.app.push_screen(dialog, self.open_brief_line)

    def on_brief_list_chosen(self, event: "BriefList.Chosen") -> None:
        """Act on the chosen line of the brief, and let escape lead back to it."""
        day, line, lines = self.session.day, event.line, list(self._brief)
        self.open_brief_line(line)
        if self.session.day != day and line in lines and (way := self._way_back):

            def back() -> None:
                self._brief_line = day, lines.index(line)
                way()

            self._lead_back(back)

    def open_brief_line(self, line: "BriefLine | None") -> None:
        """Open the entry that a line of the brief is from, or else search for its query.

        For a returning point or a due expectation, ask about it; for a week to close, begin to close
        it; for the coverage of a week, open the week's review.
        """
        from journal_tui.period import parse_name

        if line and line.kind == "week" and (week := parse_name(line.query.removeprefix("date:"))):
            from journal_tui.review.span import span_around

            self._review("week", span=span_around("week", week.first))
        elif (
            line and line.kind == "close" and (week := parse_name(line.query.removeprefix("date:")))
        ):
            self.close_period(week)
        elif line and line.kind == "point" and line.day:
            from journal_tui.review.returning_points import ReturningPoint

            where = (line.day, line.path, line.line, line.rating)
            self._look_at_point(ReturningPoint(line.text, *where))
        elif line and line.kind == "check":
            self._ask_what_happened(line.path, line.line)
        elif line and line.day and line.path:
            self._open_beside(line.day, line.path, line.line)
        elif line:
            self.action_find(line.query)

    @work(exclusive=True, group="answer", exit_on_error=False)
    async def action_point_again(self) -> None:
        """Show a learning point again, even on a day on which none returns by itself."""
        day = self.session.day
        find = partial(self.journal.returning_point, day, is_asked_for=True)
        none = (
            "No learning point returns today. They return about three weeks, three months"
            " and nine months after you wrote them."
        )
        if point := await self._run_in_thread(find, none):
            self._look_at_point(point)

    @work(exclusive=True, group="answer", exit_on_error=False)
    async def _look_at_point(self, point: "ReturningPoint") -> None:
        """Show a learning point's cue, ask whether it is still true, and write the answer under it."""
        from journal_tui.answers import give_verdict
        from journal_tui.app.write import dialogs
        from journal_tui.entry.verdicts import ACTED_ON

        journal, today = self.journal, self.journal.today()
        answer = await self.app.push_screen_wait(dialogs.cue_dialog(point, today))
        if answer == dialogs.SHOW:
            answer = await self.app.push_screen_wait(dialogs.verdict_dialog(point))
        remark: str | None = ""
        if answer == ACTED_ON:
            remark = await self.app.push_screen_wait(dialogs.where_dialog(point))
        if answer is None or remark is None:
            return
        if answer == dialogs.OPEN_DAY:
            self._open_beside(point.day, point.path, point.line)
            return
        if answer == dialogs.NOT_NOW:
            await asyncio.to_thread(journal.point_returns.answer, today)
            self.fill_brief()
            return
        if await self._answer(partial(give_verdict, journal, point, answer, remark)):
            where = f"Written under the point of {long_date(point.day)}: {answer}."
            self.tell(f"{where} {_HOW_TO_UNDO}")

    @work(exclusive=True, group="answer", exit_on_error=False)
    async def _ask_what_happened(self, path: str, line: int) -> None:
        """Ask what happened to the expectation on a line, and write the answer under it."""
        from journal_tui.answers import say_what_happened
        from journal_tui.app.write.dialogs import happened_dialog

        listed = await self._run_in_thread(self.journal.due_expectations)
        if listed is None:
            return
        for one in listed:
            if (one.path, one.expectation.line) == (path, line):
                said = await self.app.push_screen_wait(happened_dialog(one))
                if said and await self._answer(partial(say_what_happened, self.journal, one, said)):
                    where = f"Written under what you expected on {long_date(one.day)}."
                    self.tell(f"{where} {_HOW_TO_UNDO}")
                return
        self.tell("This was answered or changed in the meantime.", "warning")
        self.fill_brief()

    async def _run_in_thread(
        self, find: "Callable[[], Result]", if_none: str = ""
    ) -> "Result | None":
        """Run a function in a thread and return its result; if it fails, show why and return None.

        If the result itself is None, show the sentence `if_none`.
        """
        try:
            found = await asyncio.to_thread(find)
        except (JournalError, OSError) as error:
            self.tell(str(error), "error")
            return None
        if found is None:
            self.tell(if_none)
        return found

    async def _answer(self, give: "Callable[[], WrittenAnswer]") -> bool:
        """Write an answer into its entry; return whether that worked."""
        given: list[WrittenAnswer] = []

        def saved() -> "SaveResult":
            given.append(give())
            return given[0].saved

        if not await self._change_entry(saved):
            return False
        self._last_answer = given[0]
        return True

    @work(exclusive=True, group="answer", exit_on_error=False)
    async def action_undo_answer(self) -> None:
        """Undo the answer that was just given."""
        from journal_tui.answers import take_back

        answer, self._last_answer = self._last_answer, None
        if answer and await self._change_entry(partial(take_back, self.journal, answer)):
            self.tell(f"Undone: the answer in the entry of {long_date(answer.day)}.")

    async def _change_entry(self, change: "Callable[[], SaveResult]") -> bool:
        """Change an entry in a thread and update the screen; return whether it was changed."""
        saved = await self._run_in_thread(change)
        if saved is None or is_gone(self):
            return False
        self.check_file()
        self.refresh_panels()
        self.tell(saved.warning, "warning")
        return True

    def on_search_panel_chosen(self, event: "SearchPanel.Chosen") -> None:
        """Open the found point at its line."""
        self._open_beside(event.row.day, event.row.path, event.row.line)

    @work(exclusive=True, group="answer", exit_on_error=False)
    async def action_random_day(self) -> None:
        """Open the entry of a random other day."""
        find = partial(self.journal.random_day, self.session.day)
        if day := await self._run_in_thread(find, "There is no other day with an entry yet."):
            self.go(day)

    @work(exclusive=True, group="answer", exit_on_error=False)
    async def action_publish_preview(self) -> None:
        """List everything that would be published; nothing is written."""
        from journal_tui.app.screens.dialog import TextDialog
        from journal_tui.publication_preview import plan_text
        from journal_tui.publications import Publications

        self.tell("Collecting what would be published …")
        found = await self._run_in_thread(lambda: plan_text(Publications(self.journal).plan(None)))
        if found is not None:
            self.app.push_screen(TextDialog("What would be published", found))

    def action_today(self) -> None:
        """Go to today."""
        self.go(self.journal.today())

    def action_previous_day(self) -> None:
        """Go to the previous day; from a period's note, to the previous period."""
        self._step_day(-1)

    def action_next_day(self) -> None:
        """Go to the next day; from a period's note, to the next period."""
        self._step_day(1)

    def _step_day(self, days: int) -> None:
        if period := self.session.period:
            if beside := period.step(days):
                self.go_to_period(beside)
            else:
                self.tell("The calendar ends here.")
            return
        try:
            day = self.session.day + timedelta(days)
        except OverflowError:
            self.tell("The calendar ends here.")
            return
        self.go(day)

    def action_previous_written(self) -> None:
        """Go to the previous day with an entry; from a period's note, to the previous one of its kind."""
        self._step_entry(forward=False)

    def action_next_written(self) -> None:
        """Go to the next day with an entry; from a period's note, to the next one of its kind."""
        self._step_entry(forward=True)

    def _step_entry(self, forward: bool) -> None:
        journal, shown, period = self.journal, self.session.day, self.session.period
        found: date | CalendarPeriod | None
        try:
            if period:
                found = journal.nearest_period_note(period, forward)
            else:
                found = journal.next_entry(shown) if forward else journal.previous_entry(shown)
        except JournalError as error:
            self.tell(str(error), "error")
            return
        which = "later" if forward else "earlier"
        if found:
            self._open_if_chosen(found)
        elif period:
            self.tell(f"There is no {which} note of a {period.kind}.")
        else:
            self.tell(f"There is no {which} entry.")

    def action_go_to(self) -> None:
        """Ask for a day or a period in words and go there."""
        from journal_tui.app.write.dialogs import GoToDialog

        self.app.push_screen(GoToDialog(self.journal.day_or_period), self._open_if_chosen)

    def action_calendar(self) -> None:
        """Show this month in the review, and open the chosen day or the note of a period."""
        self._review("month", on_days=True)

    def action_review(self) -> None:
        """Review the kind of period chosen last, around this day; open the chosen day or note."""
        self._review(self._review_kind)

    def _review(self, kind: str, *, on_days: bool = False, span: "Span | None" = None) -> None:
        """Review a kind of period around this day, or `span`, and open the chosen day or note.

        With `on_days`, the focus begins on the days.
        """
        from journal_tui.app.review.screen import ReviewScreen
        from journal_tui.period import CalendarPeriod
        from journal_tui.review.span import SPAN_KINDS, span_around

        def answered(chosen: "Target | CalendarPeriod | None") -> None:
            if isinstance(chosen, CalendarPeriod):
                went = self.go_to_period(chosen)
            elif chosen:
                line = chosen.line if chosen.path else None
                went = self.go(chosen.days[0], chosen.path or None, line)
            else:
                return
            if went:
                again = partial(self._review, kind, on_days=screen.shows_days, span=screen.span)
                self._lead_back(again)

        def moved(span: "Span") -> None:
            if not on_days and not is_given and span.kind in SPAN_KINDS and span.kind != "range":
                self._review_kind = span.kind

        is_given = span is not None
        self.save()
        self.catch_up()
        day, period = self.session.day, self.session.period
        if period and not on_days:
            kind = period.kind
        screen = ReviewScreen(
            self.journal,
            span or span_around(kind, day),
            lambda words, in_days: self._find(words, in_days=in_days),
            on_days=on_days,
            is_indexing=lambda: self.index_worker.is_indexing,
            moved=moved,
        )
        self.app.push_screen(screen, answered)

    @work(exclusive=True, group="notes", exit_on_error=False)
    async def fill_notes(self) -> None:
        """Look up the notes of the day in a thread, and show them in the header and beside the page."""
        from journal_tui.app.write.day_files import files_of_day

        day, journal = self.session.day, self.journal
        files: list[DayFile] = []
        if not self.session.period:
            with suppress(JournalError):
                files = await asyncio.to_thread(files_of_day, journal, day)
        if day == self.session.day and not is_gone(self):
            self._files, self._files_day = files, day
            self._show_notes()

    def _show_notes(self) -> None:
        """Show the notes of the day, if they have been looked up."""
        from journal_tui.app.write.day_files import names_of_files, with_open_file

        session = self.session
        files = self._files if self._files_day == session.day and not session.period else []
        listed = with_open_file(files, session) if files else []
        names = names_of_files(listed) if any(file.is_note for file in listed) else {}
        self.panels.show_notes(names, session.path)
        notes = [(file.title, file.path == session.path) for file in listed if file.is_note]
        titles = [(one_line(title) or "…", is_open) for title, is_open in notes]
        self._note_paths = [file.path for file in listed if file.is_note]
        self.query_one(DayHeader).show_notes(titles, self._key_in_messages("files"))

    def action_open_note(self, number: int) -> None:
        """Open the note of the day whose title was clicked in the header, by its number from 0."""
        if number < len(self._note_paths):
            self.go(self.session.day, self._note_paths[number])

    def on_notes_list_chosen(self, event: "NotesList.Chosen") -> None:
        """Open the file that was chosen beside the page."""
        self.go(self.session.day, event.path)

    def action_files(self) -> None:
        """List the files of this day and the kinds of notes; open the chosen file or make a note."""
        from journal_tui.app.write.day_files import files_of_day, names_of_files, with_open_file
        from journal_tui.app.write.note_dialogs import NotesDialog

        journal, session = self.journal, self.session
        if session.period:
            self.tell(f"{session.period.title} has only this note. A day can have several.")
            return
        day = session.day
        try:
            kinds = journal.note_kinds
            # Looking the files up again could take longer than the time to the next key.
            known = self._files if self._files_day == day else ()
            names = names_of_files(with_open_file(known or files_of_day(journal, day), session))
        except JournalError as error:
            self.tell(str(error), "error")
            return

        def answered(chosen: "str | NoteKind | None") -> None:
            if isinstance(chosen, str) and chosen:
                self.go(day, chosen)
            elif chosen is not None:
                self._ask_for_note(chosen or None)

        key = self._key_in_messages("files")
        self.app.push_screen(
            NotesDialog(f"Notes – {long_date(day)}", names, session.path, kinds, key), answered
        )

    def _ask_for_note(self, kind: "NoteKind | None") -> None:
        """Ask what a note is about, or for its title, and open it, even if it exists already."""
        from journal_tui.app.write.note_dialogs import NewNoteDialog
        from journal_tui.entry.note_kinds import NoteRequest

        journal, day = self.journal, self.session.day
        if journal.is_sample:
            self._tell_read_only()
            return

        customers = None
        if kind and journal.asks_for_customer(kind):
            try:
                customers = journal.customers()
            except JournalError as error:
                self.tell(str(error), "error")
                return
        keys = {customer.key for customer in customers or ()}

        def describe(words: str) -> "tuple[str, NoteRequest | None]":
            try:
                note = NoteRequest(words, kind)
                if customers is not None and note.about:
                    note = journal.note_for_customer(words, kind)
                path = journal.note_path(day, note)
            except JournalError as error:
                return str(error), None
            if path == self.session.path or journal.entries.stamp(path) is not None:
                return f"Opens {path}, which already exists", note
            is_new = note.customer != "" and note.customer not in keys
            return f"{'A new customer: makes' if is_new else 'Makes'} {path}", note

        def answered(note: "NoteRequest | None") -> None:
            if not (note and self.save()):
                return
            try:
                if journal.note_path(day, note) != self.session.path:
                    self.turn_to(EditSession(journal, day, note=note))
            except JournalError as error:
                self.tell(str(error), "error")
            self.focus_text()

        self.app.push_screen(NewNoteDialog(kind, describe, customers), answered)

    def action_find(self, words: str = "") -> None:
        """Save, open Find (with these words), and open the chosen result at its line."""
        self._find(words)

    def _find(
        self, words: str = "", *, in_days: bool = False, again: "SearchState | None" = None
    ) -> None:
        """Open Find, perhaps above other screens, and open the chosen result.

        With `in_days`, Find lists whole days; with `again`, it shows an earlier search once more.
        Escape leads from the result back to its search.
        """
        from journal_tui.app.find.screen import FindScreen

        def answered(row: "ResultRow | None") -> None:
            if row:
                search = find.search_with(row)
                self.close_above()
                if self.go(row.day, row.path, row.line):
                    self._lead_back(partial(self._find, again=search))

        self.save()
        self.warm_index()
        find = FindScreen(
            self.journal,
            words,
            lambda: self.index_worker.is_indexing,
            lambda: self.check_file(notifies=False),
            self._show_about,
            in_days=in_days,
            again=again,
        )
        self.app.push_screen(find, answered)

    def _show_about(
        self, term: str, opening: "ChosenLine | None" = None, *, is_listed: bool = False
    ) -> None:
        """Show everything about a folded tag or person above other screens; open the chosen line.

        The cursor begins on the line of `opening`, which was chosen before. If the list of people
        and tags led here (`is_listed`), escape leads back to this list.
        """
        from journal_tui.app.people.subject_screen import SubjectScreen
        from journal_tui.renames import Renames

        def answered(opening: "ChosenLine | None") -> None:
            if opening:
                self.close_above()
                self._open_of_name(opening, is_listed=is_listed)
            elif is_listed:
                self._list_names(screen.term)

        screen = SubjectScreen(
            Renames(self.journal),
            term,
            lambda: self.check_file(notifies=False),
            lambda words: self._find(words, in_days=True),
            opening,
        )
        self.app.push_screen(screen, answered)

    def _open_of_name(self, opening: "ChosenLine", *, is_listed: bool) -> None:
        """Open a line from the screen about a tag or person, and let escape lead back to that screen."""
        if self.go(opening.day, opening.path, opening.line):
            again = partial(self._show_about, opening.term, opening, is_listed=is_listed)
            self._lead_back(again)

    def action_follow_ups(self) -> None:
        """Save, list the follow-ups, and open the chosen one at its line."""
        self._list_follow_ups()

    def _list_follow_ups(self, first: "FollowUp | None" = None) -> None:
        """List the follow-ups, with the cursor on `first`, and open the chosen one."""
        from journal_tui.app.follow_ups.screen import FollowUpsScreen
        from journal_tui.follow_ups import FollowUps

        def answered(one: "FollowUp | None") -> None:
            self.check_file(notifies=False)
            self.refresh_panels()
            self.count_late()
            if one and self.go(one.day, one.path, one.line):
                self._lead_back(partial(self._list_follow_ups, one))

        self.save()
        self.warm_index()
        # The same object is kept, so that changes can be undone when the list is opened again.
        self._follow_ups = self._follow_ups or FollowUps(self.journal)
        screen = FollowUpsScreen(
            self._follow_ups,
            lambda: self.index_worker.is_indexing,
            lambda: self.check_file(notifies=False),
            first,
        )
        self.app.push_screen(screen, answered)

    def action_close_week(self) -> None:
        """Close the period whose note is open, or else the week of this day.

        If this day is in the current week and the week isn't nearly over, close the previous week.
        """
        from journal_tui.period import CalendarPeriod

        year, number, _ = self.session.day.isocalendar()
        week = CalendarPeriod("week", year, number)
        if week.days.contains(self.journal.today()):
            week = self.journal.week_to_close() or week
        self.close_period(self.session.period or week)

    def close_period(self, period: "CalendarPeriod") -> None:
        """Save, show the steps that close a period, and open the note that was written."""
        from journal_tui.app.review.closing_screen import ClosingScreen
        from journal_tui.closings import check_closable
        from journal_tui.follow_ups import FollowUps

        def answered(note: "ClosedNote | None") -> None:
            self.check_file(notifies=False)
            self.refresh_panels()
            self.count_late()
            if note:
                self.go(note.day, note.path)

        try:
            check_closable(self.journal, period)
        except JournalError as error:
            self.tell(str(error), "warning")
            return
        self.save()
        self.warm_index()
        self._follow_ups = self._follow_ups or FollowUps(self.journal)
        screen = ClosingScreen(
            self._follow_ups,
            period,
            lambda: self.index_worker.is_indexing,
            lambda: self.check_file(notifies=False),
        )
        self.app.push_screen(screen, answered)

    def action_people(self) -> None:
        """Save, list people and tags with the one under the cursor selected, and open the chosen line."""
        self._list_names(self._mention_at_cursor())

    def _list_names(self, term: str) -> None:
        """List people or tags with the cursor on a folded name, and open the chosen line."""
        from journal_tui.app.people.screen import PeopleScreen
        from journal_tui.renames import Renames

        def answered(opening: "ChosenLine | None") -> None:
            self.check_file(notifies=False)
            self.refresh_panels()
            if opening:
                self._open_of_name(opening, is_listed=True)

        self.save()
        self.warm_index()
        screen = PeopleScreen(
            Renames(self.journal),
            lambda: self.index_worker.is_indexing,
            lambda: self.check_file(notifies=False),
            term,
            lambda words: self._find(words, in_days=True),
        )
        self.app.push_screen(screen, answered)

    def action_import(self) -> None:
        """Save, and ask what to import from other programs."""
        from journal_tui.app.screens.import_dialog import ImportDialog, result_message
        from journal_tui.imports import ImportResult, Imports

        if why := self.journal.entries.read_only_reason:
            self.tell(why, "warning")
            return

        def answered(done: ImportResult | None) -> None:
            if done is None:
                return
            self.tell(*result_message(done))
            for warning in done.warnings:
                self.tell(warning, "warning")
            self.check_file(notifies=False)
            self.refresh_index()

        self.save()
        self.app.push_screen(ImportDialog(Imports(self.journal)), answered)

    def action_undo_import(self) -> None:
        """Ask whether to undo the latest import; if so, move its entries to the trash.

        An import that only added to existing entries counts as undone without a question.
        """
        from journal_tui.app.screens.dialog import ChoiceDialog
        from journal_tui.imports import ONLY_ADDED, Imports

        imports = Imports(self.journal)
        pieces = imports.undoable()
        number = sum(one.what == "entry" for one in pieces)
        if not number:
            said = ONLY_ADDED if pieces else "There is no import to undo."
            try:
                if pieces:
                    imports.undo()
            except JournalError as error:
                said = str(error)
            self.tell(said, "warning")
            return

        def answered(answer: str | None) -> None:
            if answer:
                self._undo_import(imports)

        text = (
            f"The latest import brought {counted(number, 'entry')}, which would be moved to the trash. "
            "Those that you have edited since stay."
        )
        choices = [("u", "Undo it", "undo"), ("k", "Keep it", "")]
        self.app.push_screen(ChoiceDialog("Undo the latest import?", text, choices), answered)

    @work(exclusive=True, group="undo import", exit_on_error=False)
    async def _undo_import(self, imports: "Imports") -> None:
        self.save()
        try:
            undone = await asyncio.to_thread(imports.undo)
        except (JournalError, OSError) as error:
            self.tell(str(error), "warning")
            return
        said = f"{counted(undone.deleted, 'imported entry')} moved to the trash."
        if undone.kept:
            said += f" {len(undone.kept):,} left as they are, because they were edited or added to."
        self.tell(said)
        self.check_file(notifies=False)
        self.refresh_index()

    def action_export(self) -> None:
        """Save, and ask which entries to export, and how."""
        from journal_tui.app.screens.export_dialog import ExportDialog, result_message
        from journal_tui.exports import ExportResult, Exports

        def answered(exported: ExportResult | None) -> None:
            if exported:
                self.tell(*result_message(exported))

        self.save()
        self.app.push_screen(ExportDialog(Exports(self.journal)), answered)

    def action_customers(self) -> None:
        """Save, list the customers, and open the chosen line."""
        self._list_customers()

    def _list_customers(self, key: str = "") -> None:
        """List the customers; with `key`, what that customer said is shown above the list."""
        from journal_tui.app.customers.screen import CustomersScreen

        def answered(place: "Place | None") -> None:
            self.check_file(notifies=False)
            self.refresh_panels()
            if place and self.go(place.day, place.path, place.line):
                self._lead_back(partial(self._list_customers, screen.shown))

        self.save()
        self.warm_index()
        screen = CustomersScreen(
            self.journal,
            lambda: self.index_worker.is_indexing,
            lambda words: self._find(words, in_days=True),
            key,
        )
        self.app.push_screen(screen, answered)

    def _mention_at_cursor(self) -> str:
        """Return the folded tag or person that the cursor is in, or ""."""
        from journal_tui.entry.mentions import mention_spans
        from journal_tui.entry.tokenizer import term_of

        if self.read_view:
            return ""
        row, column = self.editor.cursor_location
        for span in mention_spans(self.editor.document.get_line(row)):
            if span.start <= column <= span.end:
                return term_of(span.sign + span.name)
        return ""

    @work(exclusive=True, group="late", exit_on_error=False)
    async def count_late(self) -> None:
        """Show in the header how many follow-ups are late."""
        try:
            late = await asyncio.to_thread(self.journal.follow_ups.late)
        except JournalError:
            return
        for header in self.query(DayHeader):
            header.show_late(late, self._key_in_messages("follow_ups"))

    def focus_text(self) -> None:
        """Move the focus to the text, to write or to read."""
        self.page.focus_text()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that work now; for a read-only text, the footer leaves out those that change it."""
        found = super().active_bindings
        if not self.session.read_only_reason:
            return found
        return {
            key: active._replace(binding=replace(active.binding, show=False))
            if active.binding.action in _CHANGES
            else active
            for key, active in found.items()
        }

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable commands only where they apply; `read` has a binding for each direction."""
        if action == "begin":
            return self.journal.is_sample and bool(parameters) == bool(self.own_journal)
        if action == "links" and self.journal.is_sample:
            # Enter would follow links in the reading view, but begins a journal in a sample.
            return False
        if action == "undo_answer":
            return self._last_answer is not None
        if action == "way_back":
            return self._way_back is not None and self.focused is self.editor
        if action == "read":
            return bool(parameters) == (self.read_view is not None)
        return super().check_action(action, parameters)

    async def action_read(self, back: str = "") -> None:
        """Switch between the reading view and the editor."""
        self.withdraw(READING)
        if self.read_view:
            self.page.start_writing()
        else:
            await self.page.start_reading()
        await self._show_brief()
        self.focus_text()
        self.update_status()

    def on_read_view_typed(self) -> None:
        """Show why typing does nothing."""
        if self.session.read_only_reason:
            self._tell_read_only()
        else:
            self.tell(READING)

    def action_select_all(self) -> None:
        """Select the whole text."""
        self.page.start_writing()
        self.focus_text()
        self.editor.select_all()

    def _lead_back(self, way: "Callable[[], None] | None") -> None:
        """Let escape call `way`, which shows the list from which this page was opened; None ends that."""
        if way is not self._way_back:
            self._way_back = way
            self.refresh_bindings()

    def action_way_back(self) -> None:
        """Go back to the list from which this page was opened."""
        if way := self._way_back:
            self._lead_back(None)
            way()

    def action_text(self) -> None:
        """Go back to the editor, wherever the focus is, and remove messages and banners."""
        self.page.start_writing()
        self.query("LineBanner").remove()
        self.app.clear_notifications()
        self.focus_text()
        self.update_status()

    def action_undo(self) -> None:
        """Undo the answer that was just given, or else the last change, shown in the editor."""
        if self._last_answer:
            self.action_undo_answer()
            return
        self.page.start_writing()
        self.editor.action_undo()

    def action_redo(self) -> None:
        """Redo the change that was undone, shown in the editor."""
        self.page.start_writing()
        self.editor.action_redo()

    @work
    async def action_find_in_text(self) -> None:
        """Open the find bar of the editor."""
        self.page.start_writing()
        await self.editor.action_find_in_text()

    @work
    async def action_links(self, target: str = "") -> None:
        """Follow the link that was clicked or is at the cursor, or ask for one of the entry's links."""
        from journal_tui.app.screens.dialog import ChoiceDialog
        from journal_tui.entry.links import is_external, link_at, links

        reading = self.read_view is not None
        row, column = self.editor.cursor_location
        if not target and not reading:
            target = link_at(self.editor.document.get_line(row), column)
        text = self.page.text
        targets = [target] if target else await asyncio.to_thread(links, text)
        if not targets:
            self.tell(NO_LINKS)
            return
        if len(targets) == 1 and not is_external(targets[0]):
            self.follow_link(targets[0])
            return
        choices = [(_key(number), target, target) for number, target in enumerate(targets, 1)]

        def answered(chosen: str | None) -> None:
            if chosen:
                self.follow_link(chosen)

        where = "Open in the browser or mail program:"
        if not all(map(is_external, targets)):
            where = "Which one?"
        self.app.push_screen(ChoiceDialog("Links", where, choices), answered)

    def follow_link(self, target: str) -> None:
        """Open what a link leads to: an entry, or a web or mail address."""
        from journal_tui.entry.links import is_external

        if is_external(target):
            self._open_link(target)
        else:
            self._open_linked(target)

    @work(exclusive=True, group="link", exit_on_error=False)
    async def _open_linked(self, target: str) -> None:
        """Open the entry that a link leads to; ask if there are several, or if it isn't written yet."""
        from journal_tui.app.screens.dialog import ChoiceDialog

        journal, day, path = self.journal, self.session.day, self.session.path
        try:
            found = await asyncio.to_thread(journal.follow_link, target, day, path)
        except JournalError as error:
            self.tell(str(error), "error")
            return
        if is_gone(self) or self.session.path != path:
            return
        if found.fault:
            self.tell(found.fault, "warning")
        elif len(found.entries) == 1:
            self._leave_by_link(found.entries[0].day, found.entries[0].path)
        elif found.entries:
            choices = [
                (_key(number), f"{journal.entry_name(it.day, it.path)} – {it.title}", it.path)
                for number, it in enumerate(found.entries, 1)
            ]
            days = {it.path: it.day for it in found.entries}

            def chosen(path: str | None) -> None:
                if path:
                    self._leave_by_link(days[path], path)

            self.app.push_screen(ChoiceDialog(target, "Which one?", choices), chosen)
        else:
            self._offer_unwritten(found)

    def _offer_unwritten(self, found: "LinkTarget") -> None:
        """Say that a linked day or period has no entry, and offer to write it."""
        from journal_tui.app.screens.dialog import ChoiceDialog

        name = found.period.title if found.period else long_date(found.day) if found.day else ""
        sentence = f"There is no entry for {name}."
        if self.journal.is_sample:
            self.tell(sentence, "warning")
            return

        def answered(value: str | None) -> None:
            if value and found.period:
                entries = self.journal.entries
                self._leave_by_link(found.period.first, entries.new_period_path(found.period), True)
            elif value and found.day:
                self._leave_by_link(found.day, None, True)

        choices = [("w", "Write it", "write"), ("s", "Stay here", "")]
        self.app.push_screen(ChoiceDialog("Not written yet", sentence, choices), answered)

    def _leave_by_link(self, day: date, path: str | None, is_new: bool = False) -> None:
        """Go to a linked entry, and remember the way back."""
        place = self._view()
        if path == place.path:
            self.tell("This link leads to this entry.")
            return
        if is_new and path:
            went = self.save()
            if went:
                self._turn_to_path(day, path)
        else:
            went = self.go(day, path)
        if went and self.session.path != place.path:
            self._link_places.append(place)
            self._lead_back(self.action_link_back)
            if is_new:
                self.page.start_writing()
                self.focus_text()

    def action_link_back(self) -> None:
        """Go back to the entry with the link that was followed last, where the cursor was."""
        if not self._link_places:
            self.tell("You haven't followed a link yet.")
            return
        self._return_to(self._link_places.pop())

    def _view(self) -> PageView:
        """Return the state of the page, so that `_return_to` can show it again."""
        session = self.session
        return PageView(session.day, session.path, self.editor.cursor_location, self._way_back)

    def _return_to(self, view: PageView) -> None:
        """Show a page that was left; escape does there again what it did before."""
        if self.journal.entries.stamp(view.path) is None and self.save():
            # The page has no file yet, as today's before anything is typed.
            self._turn_to_path(view.day, view.path)
        else:
            self.go(view.day, view.path)
        if self.session.path == view.path:
            self.editor.move_cursor(self.editor.clamp_visitable(view.cursor), center=True)
            self._lead_back(view.way_back)

    def _open_beside(self, day: date, path: str, line: int) -> bool:
        """Open a line of an entry that a panel or dialog lists; escape leads back to this page."""
        view = self._view()
        if not self.go(day, path, line):
            return False
        if self.session.path != view.path:
            self._lead_back(partial(self._return_to, view))
        return True

    @work
    async def _open_link(self, target: str) -> None:
        from journal_tui.app.write.external_programs import open_link

        opened = await open_link(target)
        if not opened.is_open:
            self.app.copy_to_clipboard(target)
        self.tell(opened.sentence, "information" if opened.is_open else "warning")

    def _look_for_similar(self, work: Coroutine[Any, Any, None]) -> None:
        self.run_worker(work, group="recall", exclusive=True, exit_on_error=False)

    def _show_similar(self) -> None:
        """Show similar points in the side panel, or else a hint in the status bar."""
        self.panels.show_similar(self.similar.result)
        self.query_one(StatusLine).show_hint(self._similar_hint)

    @property
    def _similar_hint(self) -> str:
        """The status bar's hint about similar points; "" if the side panel shows them."""
        if self.similar.result is None or self.panels.side:
            return ""
        return self.similar.hint(self._key_of("learned"))

    def _key_in_messages(self, command: str) -> str:
        return key_of(command, self.app._keymap)

    def _key_of(self, command: str) -> str:
        """Return a command's key as the footer shows it, which the settings can change."""
        keys = (
            self.app.get_key_display(active.binding)
            for active in self.active_bindings.values()
            if active.binding.action == command
        )
        return next(keys, "")

    @work(group="recalled", exclusive=True)
    async def action_learned(self) -> None:
        """List earlier points similar to the one at the cursor, and open the chosen one."""
        from journal_tui.app.write.dialogs import SimilarDialog

        entry = self.entry
        # Parsing a large text takes seconds, during which the person may continue to write.
        await asyncio.to_thread(lambda: entry.points)
        self.similar.follow(entry, self.editor.cursor_location[0])
        text, day = self.similar.text, entry.day
        if not text:
            self.tell("Put the cursor in a learning point to see earlier ones like it.")
            return
        result = await asyncio.to_thread(self.similar.find, text, day)
        if result is None:
            self.tell("There are no earlier learning points like this one.")
            return
        self.app.push_screen(SimilarDialog(text, result, day), self.open_point)

    def action_save(self) -> None:
        """Save now; write a file again that was deleted by another program."""
        self.check_file()
        if self.session.is_gone:
            self.session.restore_deleted()
        elif not self.session.is_dirty and not self.session.is_written:
            self.tell("There is nothing to save yet. The page is saved once you type a word.")
        self._save(self.editor.cursor_location)

    def _may_change(self) -> bool:
        """Return whether the text can be changed; if not, notify the person why."""
        if self.session.read_only_reason:
            self._tell_read_only()
        elif self.editor.is_large:
            # Parsing a large text takes seconds, which would delay each key in a dialog.
            self.tell(TOO_LARGE, "warning")
        else:
            return True
        return False

    def _tell_read_only(self) -> None:
        """Show why the text can't be changed, and in a sample how to begin a journal."""
        from journal_tui.app.write.banners import SampleBanner

        if self.journal.is_sample:
            # The banner above the page says how to begin; a message would cover the text.
            for banner in self.query("SampleBanner").results(SampleBanner):
                banner.refuse()
        else:
            self.tell(self.session.read_only_reason, "warning")

    def on_editor_refused(self) -> None:
        """Show why a letter wasn't written."""
        self._tell_read_only()

    def on_sample_banner_chosen(self) -> None:
        """Open the person's own journal, or ask where to make one."""
        self.action_begin()

    def action_begin(self, known: str = "") -> None:
        """Open the person's own journal or, without one, ask where to make it.

        `known` isn't used: it only tells the two bindings of enter apart.
        """
        self.post_message(OpenJournals(self.own_journal))

    def change(self, make: "Callable[[Entry], list[TextEdit]]") -> None:
        """Apply the edits that `make` returns for the entry, as one step to undo."""
        if not self._may_change():
            return
        try:
            self.editor.apply_edits(make(self.entry))
        except JournalError as error:
            self.tell(str(error), "error")

    def action_point(self) -> None:
        """Ask for a learning point, or paste several, and add them to the entry."""
        from journal_tui.app.screens.dialog import TextDialog
        from journal_tui.app.write.dialogs import PointDialog
        from journal_tui.entry.changes import add_points

        def add(text: str) -> None:
            self.change(lambda entry: add_points(entry, text.split("\n")))
            self.set_pending_change(None)

        def answered(text: str | None) -> None:
            if text:
                add(text)
            else:
                self.set_pending_change(None)

        def typed(text: str) -> None:
            self.set_pending_change(
                (lambda entry: add_points(entry, text.split("\n"))) if text else None
            )

        if not self._may_change():
            return
        self.editor.finish_due_date()

        def read(point: "SimilarPoint") -> None:
            age = how_long_before(point.day, day, self.journal.today())
            title = f"{long_date(point.day)}, {age}"
            try:
                text = entries.load(point.path).text
            except (JournalError, FileNotFoundError):
                # A notification would be held back until the dialog is closed.
                text = f"{point.path} can no longer be read."
            self.app.push_screen(TextDialog(title, text))

        entries, day = self.journal.entries, self.session.day
        find_similar = lambda text: self.similar.find(text, day)  # noqa: E731
        key = self._key_in_messages("point")
        dialog = PointDialog("", find_similar, read, day=day, typed=typed, add=add, next_key=key)
        self.app.push_screen(dialog, answered)

    def action_rate(self) -> None:
        """Ask for the rating, showing recent ones, and write it into the entry."""
        from journal_tui.app.write.dialogs import RatingDialog
        from journal_tui.entry.changes import rate, remark_line

        def answered(result: tuple[float, str] | None) -> None:
            if result:
                self.change(lambda entry: rate(entry, *result))
            self.set_pending_change(None)

        def typed(result: tuple[float, str] | None) -> None:
            self.set_pending_change((lambda entry: rate(entry, *result)) if result else None)

        if not self._may_change():
            return
        self.editor.finish_due_date()
        rating = self.entry.rating
        value, remark = (rating.value, remark_line(self.entry)) if rating else (None, "")
        recent: list[float] = []
        # Without the index, the day is rated without the chart of recent ratings.
        with suppress(JournalError):
            recent = self.journal.latest_ratings(RECENT_RATINGS)
        title = f"Enjoyment on {long_date(self.session.day)}"
        if period := self.session.period:
            title = f"Enjoyment in {period.title}"
        journal, day = self.journal, self.session.day

        def calibrate() -> "Calibration":
            found = journal.calibration(day)
            if found.stretch:
                journal.flat_stretches.note_shown(found.stretch.first)
            return found

        compare = None if self.session.period else calibrate
        dialog = RatingDialog(value, remark, recent, title=title, typed=typed, calibrate=compare)
        self.app.push_screen(dialog, answered)

    def action_tick(self) -> None:
        """Tick or untick the follow-up on the cursor's line."""
        self._tick(self.editor.cursor_location[0] + 1)

    def on_read_view_ticked(self, event: "ReadView.Ticked") -> None:
        """Tick or untick the follow-up whose box was clicked."""
        before = self.editor.text
        self._tick(event.line)
        if self.read_view and self.editor.text != before:
            self.read_view.keep_place()
            self._update_view()

    def on_day_header_clicked(self, event: DayHeader.Clicked) -> None:
        """Run the command that was clicked."""
        self.call_later(self.run_action, event.command)

    def _tick(self, line: int) -> None:
        """Tick or untick the follow-up on a line, counted from 1."""
        from journal_tui.entry.task_changes import toggle

        if self._may_change() and not any(task.line == line for task in self.entry.tasks):
            self.tell(f"There is no follow-up on line {line}. {HOW_TO_MAKE_A_FOLLOW_UP}")
            return
        self.change(lambda entry: toggle(entry, line, self.journal.today()))

    def action_problems(self) -> None:
        """List the problems of the entry; put the cursor on the line of the chosen one."""
        from journal_tui.app.write.dialogs import ProblemsDialog

        if self.editor.is_large:
            self.tell(TOO_LARGE_TO_CHECK, "warning")
            return
        session = self.session
        session.look_for_copies()
        found: list[tuple[int | str, str]] = []
        if session.draft_fault:
            found.append((0, session.draft_fault))
        found += [(copy, copy_sentence(copy)) for copy in session.copies]
        found += [(problem.line, f"{problem.text}.") for problem in self.entry.problems]
        if not found:
            self.tell("There are no problems in this entry.")
            return

        def answered(place: int | str | None) -> None:
            if isinstance(place, str):
                self.action_conflicts(place)
            elif place:
                self.page.show_line(place)
                self.focus_text()

        self.app.push_screen(ProblemsDialog(found), answered)

    def action_editor(self) -> None:
        """Edit the text in the person's external editor, then save it."""
        from journal_tui.app.write import external_programs

        session = self.session
        if session.read_only_reason:
            self._tell_read_only()
            return
        try:
            words = external_programs.editor_command(self.external_editor)
            name = session.period.name if session.period else session.day
            self.read_editor()
            copy = self.journal.private_copy(f"{name}.md", self.editor.text)
            with self.app.suspend():
                # `run_editor` never raises: an exception here would leave the app suspended.
                ended = external_programs.run_editor(
                    words, copy, self.editor.text, session.note_saved_elsewhere
                )
            if ended.fault:
                if session.keep_apart():
                    self._offer_drafts(ended.fault)
                else:
                    self.tell(ended.fault, "error")
            else:
                self.editor.replace_text(ended.text)
                self.set_pending_change(None)
                self.save()
        except JournalError as error:
            self.tell(str(error), "error")
        except SuspendNotSupported:
            self.tell("This terminal cannot open another editor.", "error")
        self.refresh(layout=True)

    def action_history(self) -> None:
        """List the earlier versions of this entry; restore and save the chosen one."""
        from journal_tui.app.screens.history import HistoryScreen, load_versions

        def answered(kept: "ListedVersion | None") -> None:
            if kept is None:
                return
            if self.session.read_only_reason or kept.read_only_reason:
                # A file that isn't text can't be restored in the editor.
                self._change_file(lambda: restore_version(journal, day, path, kept))
                return
            self.editor.replace_text(kept.text.removeprefix("\ufeff"))
            self.action_save()
            if not self.session.save_fault:
                key = self._key_in_messages("undo")
                self.tell(f"Restored the version of {moment(kept.when)}. Press {key} to undo.")

        self.read_editor()
        journal, path, day = self.journal, self.session.path, self.session.day
        title = f"Earlier versions of {self.session.name}"
        text, now = self.session.shown, journal.clock()
        screen = HistoryScreen(title, text, now, lambda: load_versions(journal, path, day))
        self.app.push_screen(screen, answered)

    def action_convert(self) -> None:
        """Convert this entry to UTF-8 if it is in another encoding, and show it."""
        journal, day, path = self.journal, self.session.day, self.session.path

        def change() -> FileChange | None:
            changed = convert(journal, day, path)
            if changed is None:
                self.tell("This entry is already UTF-8 text.")
            return changed

        self._change_file(change)

    def action_delete(self) -> None:
        """Ask, then move this entry to the trash and show the day without it."""
        from journal_tui.app.screens.dialog import ChoiceDialog

        self.check_file()
        if not self.save():
            return
        session, journal = self.session, self.journal
        if journal.entries.stamp(session.path) is None:
            self.tell("There is no entry here to delete.")
            return

        def answered(value: str | None) -> None:
            if value == "delete":
                self._change_file(
                    lambda: delete(journal, session.day, session.path, self._key_in_messages)
                )

        first = one_line(next((line for line in session.shown.split("\n") if line.strip()), ""))
        first = first if len(first) <= _MAX_FIRST_LINE else f"{first[: _MAX_FIRST_LINE - 1]}…"
        choices = [
            ("k", "Keep it", "keep"),
            ("d", "Delete it (kept in the trash for 30 days)", "delete"),
        ]
        text = f"{one_line(session.path)}\n{first}" if first else one_line(session.path)
        self.app.push_screen(ChoiceDialog("Delete this entry?", text, choices), answered)

    def action_trash(self) -> None:
        """List the trash; restore the chosen item, and show it."""
        from journal_tui.app.screens.trash import TrashScreen

        def answered(found: "TrashItem | None") -> None:
            if found:
                self.bring_back(found)

        read = self.journal.trash.items
        self.app.push_screen(TrashScreen(read, self.journal.clock()), answered)

    def bring_back(self, item: "TrashItem") -> None:
        """Restore a deleted entry or a discarded draft, and show it."""
        self._change_file(lambda: bring_back(self.journal, item))

    def action_conflicts(self, first: str = "") -> None:
        """Save, then list the conflict copies to compare and resolve them, the copy `first` at the top."""
        from journal_tui.app.screens.conflict import ConflictScreen

        if not self.save():
            return
        try:
            found = self.journal.conflicts.all()
        except JournalError as error:
            self.tell(str(error), "error")
            return
        if not found:
            self.tell("There are no conflict copies.")
            self.session.look_for_copies()
            self.update_status()
            return

        found.sort(key=lambda conflict: conflict.copy != first)

        def answered(path: str | None) -> None:
            self.check_file(notifies=False)
            self.session.look_for_copies()
            self.update_status()
            self.refresh_index()
            if path and (day := self.journal.entries.day_of(path)):
                self.go(day, path)

        self.app.push_screen(ConflictScreen(self.journal, found), answered)

    def _offer_drafts(self, editor_fault: str = "") -> None:
        """Ask about earlier sessions' drafts, the oldest first; discard those whose text is in the file.

        `editor_fault` is the message about an external editor that has just failed and left a draft.
        """
        waiting = []
        for unsaved in self.drafts.waiting():
            if unsaved.is_in_file:
                self.tell(self.drafts.discard(unsaved), "warning")
            else:
                waiting.append(unsaved)
        if not waiting:
            return
        unsaved = waiting[0]

        def answered(value: str | None) -> None:
            if value == "compare":
                self.app.push_screen(differences(unsaved), lambda _: self._offer_drafts())
                return
            if value == "discard" or (value == "restore" and self._restore_draft(unsaved)):
                self.tell(self.drafts.discard(unsaved), "warning")
            else:
                self.tell(self.drafts.postpone(unsaved))
            self._offer_drafts()

        self.app.push_screen(question(unsaved, len(waiting), editor_fault), answered)

    def _restore_draft(self, unsaved: Unsaved) -> bool:
        """Save a draft's text, merged with later changes or as a copy; return False if that fails."""

        def change() -> FileChange:
            try:
                return restore_draft(self.journal, unsaved.draft)
            except JournalError as error:
                raise JournalError(f"{error} The unsaved text is kept.") from error

        return self._change_file(change)

    def action_save_elsewhere(self) -> None:
        """Ask for a folder and save a copy of the text there; the entry stays unsaved here."""
        from journal_tui.app.write.dialogs import FolderDialog

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

    async def ask_to_quit(self) -> bool:
        """Ask whether to quit though the entry can't be saved; call this only in a worker."""
        from journal_tui.app.screens.dialog import ChoiceDialog

        leave = "Leave, and keep the text as a draft for next time"
        if self.session.draft_fault:
            leave = "Leave, and lose what is not saved"
        choices = [
            ("s", "Stay and try again", "stay"),
            ("e", "Save this text elsewhere …", "elsewhere"),
            ("l", leave, "leave"),
        ]
        # The notification about the failed save, shown or still to come, would cover the answers.
        self.app.call_later(self.app.clear_notifications)
        dialog = ChoiceDialog("Not saved", self.session.save_fault, choices)
        answer = await self.app.push_screen_wait(dialog)
        if answer == "elsewhere":
            self.action_save_elsewhere()
        return answer == "leave"

    def palette_commands(self) -> Iterator[PaletteCommand]:
        """Yield all commands of the page and the app, then the saved searches."""
        from journal_tui.app.find.searches import saved_searches

        yield from palette_commands(WRITE_PLACES, self, self.app, keymap=self.app._keymap)
        yield from saved_searches(self.journal, self.action_find)


def _key(number: int) -> str:
    """Return the key for a numbered choice: its digit for the first nine."""
    return str(number) if number < 10 else ""
