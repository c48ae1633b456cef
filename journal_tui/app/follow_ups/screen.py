"""The screen of follow-ups: tick, postpone, hand over and drop them, and undo each change."""

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from journal_tui.app.commands import PaletteCommand, bindings, palette_commands
from journal_tui.app.follow_ups import rows
from journal_tui.app.follow_ups.actions import FollowUpActions
from journal_tui.app.follow_ups.follow_up_list import FollowUpList, RowPlace
from journal_tui.app.screens.line_dialog import LineDialog
from journal_tui.app.widgets.humanize import weekday_date
from journal_tui.app.widgets.mode_footer import ModeFooter
from journal_tui.entry.changes import add_task
from journal_tui.entry.entry import Entry
from journal_tui.entry.follow_ups import FollowUp, grouped
from journal_tui.entry.markdown_lines import BULLETS, OPEN_BOX
from journal_tui.entry.model import Task
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import JournalError
from journal_tui.follow_ups import FollowUps
from journal_tui.period import long_date

if TYPE_CHECKING:
    from journal_tui.journal import SaveResult

_EMPTY = f"""\
There are no open follow-ups.

Press a to add one, or write a line such as this in any entry:

  {BULLETS[0]} {OPEN_BOX}Ask @colm for the list due:friday

It is then listed here until you tick it, whichever day's entry it is in. With waiting:@ann in it, \
it is listed as waiting for Ann."""
_NO_MATCH = "No follow-up matches. Press esc to see all."
_GIVES_WAY = ("undo", "filter", "waiting", "drop", "open", "add", "due")
"""The commands whose keys a narrow footer leaves out, the least needed first."""


class FollowUpsScreen(FollowUpActions[FollowUp | None]):
    """A screen that lists the follow-ups of all entries and returns the one to open, or None.

    `is_indexing()` returns whether the index is being updated; `changed()` is called after an entry
    is changed here. The cursor begins on the follow-up `first`, if there is one.
    """

    opened_by = "follow_ups"
    undo_place = "follow-ups"
    # Focus the list, not the hidden filter, so that the first key already reaches it.
    AUTO_FOCUS = "FollowUpList"
    CSS_PATH = "follow_ups.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("follow-ups"),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]

    def __init__(
        self,
        follow_ups: FollowUps,
        is_indexing: Callable[[], bool] = lambda: False,
        changed: Callable[[], None] = lambda: None,
        first: FollowUp | None = None,
    ) -> None:
        placeholder = "Filter: words, @person, #tag, date:last-month …"
        super().__init__(follow_ups, is_indexing, changed, placeholder)
        self.list = FollowUpList(self.journal.today)
        self._listed: list[FollowUp] = []
        self._first = RowPlace(first.path, first.line, first.said) if first else None
        self._wanted: tuple[RowPlace | None, bool] = None, False

    def compose(self) -> ComposeResult:
        """Yield the counts, the filter, the list and the keys."""
        yield Static(classes="heading")
        yield self.filter
        yield Static(classes="fault")
        yield self.list
        yield Static(classes="empty")
        yield ModeFooter(self.app.size.width, _GIVES_WAY)

    def on_mount(self) -> None:
        """List the follow-ups, and again when the index is up to date."""
        self.list.focus()
        self._say("Reading …")
        self._load(self._first)
        self.list_after_refresh()

    @property
    def follow_up_list(self) -> FollowUpList:
        """The list with the selected follow-up."""
        return self.list

    @property
    def cursor_row(self) -> int | None:
        """The row of the selected follow-up, also while the filter has the focus."""
        return self.list.cursor_screen_offset.y

    def palette_commands(self) -> Iterable[PaletteCommand]:
        """Return the palette's commands for this screen."""
        return palette_commands(("follow-ups",), self)

    def _say(self, said: str) -> None:
        title = ("Follow-ups", "bold")
        late, _, rest = said.partition(" late")
        counted: list[Any] = [said]
        if rest or said.endswith(" late"):
            counted = [(f"{late} late", "bold $text-error"), rest]
        self.query_one(".heading", Static).update(Content.assemble(title, "   ", *counted))

    def _load(self, keep: RowPlace | None = None, *, stays: bool = False) -> None:
        """Read the list again, and put the cursor on the follow-up at `keep`.

        Without `keep`, the cursor is on the same follow-up as before or, if it `stays`, on the same
        row.
        """
        self._wanted = keep, stays
        self._read(keep, stays)

    @work(exclusive=True, group="load")
    async def _read(self, keep: RowPlace | None, stays: bool) -> None:
        try:
            found, fault = await asyncio.to_thread(self.follow_ups.matching, self.filter_words)
        except JournalError as error:
            self._wanted = None, False
            self.tell(str(error), "error")
            return
        self._wanted = None, False
        if self.is_mounted:
            self.query_one(".fault", Static).update(Content(one_line(fault)))
            self.set_class(bool(fault), "-faulty")
            self._show(found, keep or (None if stays else self._place_of_cursor()))

    def _place_of_cursor(self) -> RowPlace | None:
        chosen = self.list.chosen
        return RowPlace(chosen.path, chosen.line, chosen.said) if chosen else None

    def _show(self, listed: list[FollowUp], keep: RowPlace | None = None) -> None:
        self._listed = listed
        groups = grouped(listed, self.journal.today())
        is_filtered = bool(self.filter_words)
        self.set_class(not groups, "-empty")
        if not groups:
            said = _NO_MATCH if is_filtered else _EMPTY
            self.query_one(".empty", Static).update(Content(said))
        self.list.show(groups, keep)
        if groups and not self.is_filtered:
            # An empty list is hidden, and has lost the focus.
            self.call_after_refresh(self.list.focus)
        nothing = "none found" if is_filtered and not groups else "none open"
        self._say(rows.summary(groups) or nothing)

    def reload_list(self) -> None:
        """Read the list again; the cursor goes where a read that is still running would put it."""
        keep, stays = self._wanted
        self._load(keep, stays=stays)

    async def _change(
        self, make: "Callable[[], SaveResult]", path: str, said: str = "", *, follows: bool = True
    ) -> None:
        """Make a change and update the list; if it fails, show why.

        The cursor `follows` the follow-up to its new place, or stays on the same row.
        """
        before = self.follow_ups.last_change
        try:
            saved = await asyncio.to_thread(make)
        except (JournalError, OSError) as error:
            self.tell(str(error), "warning")
            await asyncio.to_thread(self._refresh_index)
            self._load()
            return
        self.warn_of(saved)
        keep: RowPlace | None = None
        change = self.follow_ups.last_change
        if change is before:
            keep = self._place_of_cursor()
        elif change and follows:
            keep = RowPlace(change.path, change.item_line)
        # A read that is still running may have begun before the change.
        is_loading = any(
            worker.node is self and worker.group == "load" and not worker.is_finished
            for worker in self.workers
        )
        if is_loading or self.is_filtered:
            self._load(keep, stays=not keep)
        else:
            self._show(self.follow_ups.after(self._listed, path, saved), keep)
        if said:
            self.tell(said)
        self._changed()

    def _refresh_index(self) -> None:
        try:
            self.journal.refresh()
        except JournalError:
            # The list then shows the follow-ups that the index already has.
            return

    def _is_followed(self, one: FollowUp) -> bool:
        # After a tick, the cursor is on the next follow-up, to tick that; after the last one, it
        # follows, so that the same key opens the follow-up again.
        return one.is_closed or not self._has_open_below(one)

    def _has_open_below(self, one: FollowUp) -> bool:
        """Return whether the list has an open follow-up after this one."""
        rows = [
            it for group in grouped(self._listed, self.journal.today()) for it in group.follow_ups
        ]
        return any(not it.is_closed for it in rows[rows.index(one) + 1 :]) if one in rows else False

    def action_add(self) -> None:
        """Ask for a follow-up, and add it to today's entry."""
        today = self.journal.today()

        def read(words: str) -> tuple[Entry, Task | None]:
            entry = Entry(today, f"{BULLETS[0]} {OPEN_BOX}{words}", self.journal.vocabulary)
            return entry, entry.tasks[0] if entry.tasks else None

        def explain(words: str) -> str:
            # Adding to an empty entry raises the same errors as adding to today's.
            add_task(Entry(today, "", self.journal.vocabulary), words)
            entry, found = read(words)
            said = [f"due {long_date(found.due)}"] if found and found.due else []
            if found and found.waiting:
                said.append(f"waiting for {found.waiting.replace(',', ', ')}")
            meaning = f"→ {', '.join(said) or 'without a date'}"
            problem = next((one.text for one in entry.problems), "")
            return f"{meaning}: {problem}" if problem else meaning

        dialog = LineDialog(
            "Add a follow-up to today", "", "Add", explain,
            about="With due:friday or waiting:@ann in it if you like.",
            placeholder="Ask @colm for the list due:friday",
        )  # fmt: skip

        async def answered(words: str | None) -> None:
            if words:
                _, found = read(words)
                due = found.due if found else None
                until = f", due {weekday_date(due, today)}" if due else ""
                await self._change(
                    lambda: self.follow_ups.add(words),
                    self._today_path(),
                    f"Added to today{until}.",
                )

        self.app.push_screen(dialog, answered)

    def _today_path(self) -> str:
        today = self.journal.today()
        return self.journal.path_of(today) or self.journal.entries.new_path(today)

    async def action_undo(self) -> None:
        """Undo the latest change to a follow-up."""
        try:
            change = await asyncio.to_thread(self.follow_ups.undo)
        except (JournalError, OSError) as error:
            self.tell(str(error), "warning")
            return
        self.tell(f"Undone: {change.what}.")
        self._load(RowPlace(change.path, change.item_line))
        self._changed()

    def on_input_changed(self, event: Input.Changed) -> None:
        """List the follow-ups that match the filter."""
        event.stop()
        self._load()

    def action_open(self) -> None:
        """Answer with the selected follow-up, to be opened in its entry."""
        if one := self.list.chosen:
            self.dismiss(one)

    def on_follow_up_list_opened(self) -> None:
        """Open the selected follow-up when it is clicked."""
        self.action_open()

    def show_all(self) -> None:
        """Show all follow-ups again."""
        self.remove_class("-faulty")
        self._load()

    def action_help(self) -> None:
        """Show the page about follow-ups, with every key."""
        from journal_tui.app.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("follow-ups"))
