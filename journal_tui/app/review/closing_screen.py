"""The screen that closes a week or a longer period in four steps, and writes its note."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from journal_tui import closings
from journal_tui.app.commands import PaletteCommand, bindings, key_of, palette_commands
from journal_tui.app.follow_ups.actions import FollowUpActions
from journal_tui.app.follow_ups.follow_up_list import FollowUpList, RowPlace
from journal_tui.app.navigation import is_gone
from journal_tui.app.review.closing_lists import (
    KEPT_MARK,
    OTHER_MARK,
    WRITTEN_MARK,
    DayList,
    PointList,
    PointRow,
    PromiseList,
    step_bindings,
)
from journal_tui.app.screens.dialog import ChoiceDialog, TextDialog
from journal_tui.app.widgets.humanize import MONTHS, counted
from journal_tui.app.widgets.inputs import SingleLineInput
from journal_tui.app.widgets.mode_footer import WIDE_FOOTER_COLUMNS, ModeFooter
from journal_tui.app.widgets.text_view import TextView
from journal_tui.entry.edit import apply
from journal_tui.entry.entry import Entry
from journal_tui.entry.follow_ups import FollowUp, grouped
from journal_tui.entry.relative_time import plain_date
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import JournalError
from journal_tui.follow_ups import FollowUps
from journal_tui.period import CalendarPeriod, iso_day
from journal_tui.review.closing import (
    Closing,
    ClosingFacts,
    KeptPoint,
    is_same,
    missing_parts,
    plain,
    settled_since,
)
from journal_tui.session import EditSession

if TYPE_CHECKING:
    from journal_tui.journal import SaveResult

DAYS, POINTS, PROMISES, MOVED = range(4)
"""The steps; in the last one, the person writes a line about what moved forward."""
SYNC_SECONDS = 1.0
"""Seconds between two times that the draft is flushed to the disk."""
_TITLES = ("Days", "Points", "Promises", "What moved?")
_SHORT_TITLES = (*_TITLES[:3], "Moved?")
_GIVES_WAY = ("help", "previous", "undo", "waiting", "drop", "due", "open")
"""The commands whose keys a narrow footer leaves out, the least needed first."""
_WRITE, _FORGET = "write", "forget"
_CHOICES = [
    ("w", "Write the note now", _WRITE),
    ("f", "Leave, and discard what was kept here", _FORGET),
]
_UNSAVED = (
    "The points that you kept and the line about what moved aren't in the note yet. "
    "Changes to promises are already saved."
)


class ClosedNote(NamedTuple):
    """The note of a closed period, to be opened."""

    day: date
    path: str


class MovedLine(SingleLineInput):
    """The input for the line about what moved."""

    BINDINGS: ClassVar[list[BindingType]] = [*step_bindings("closing-line")]


class ClosingScreen(FollowUpActions[ClosedNote | None]):
    """A screen with four steps, each of which can be skipped; it returns the written note, or None.

    Changes to follow-ups are saved at once. The kept points and the line are in a draft of the note
    until it is written, so that a crash loses nothing. `changed()` is called after an entry is
    changed.
    """

    opened_by = "close_week"
    undo_place = "closing-promises"
    CSS_PATH = "closing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("closing")]

    def __init__(
        self,
        follow_ups: FollowUps,
        period: CalendarPeriod,
        is_indexing: Callable[[], bool] = lambda: False,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(follow_ups, is_indexing, changed)
        self.period = period
        today = self.journal.today
        self.days, self.points = DayList(today), PointList(today)
        self.promises = PromiseList(today)
        self.line = MovedLine(
            placeholder="For example: the lift works again, thanks to @colm", classes="moved"
        )
        self.step = DAYS
        self._facts: ClosingFacts | None = None
        self._session: EditSession | None = None
        self._kept: list[KeptPoint] = []
        self._open_before: list[FollowUp] = []
        self._promises: list[FollowUp] = []
        self._is_finishing = False

    def compose(self) -> ComposeResult:
        """Yield the period, the steps, the widgets of all steps, and the keys."""
        yield Static(classes="heading")
        yield Static(classes="steps")
        yield Static(classes="about")
        yield Static(classes="empty")
        yield self.days
        yield self.points
        yield self.promises
        yield self.line
        yield TextView("", classes="note")
        yield ModeFooter(self.app.size.width, _GIVES_WAY)

    def on_mount(self) -> None:
        """Look up the period, and again when the index is up to date."""
        self.query_one(".empty", Static).update(Content("Reading …"))
        self.query_one(TextView).can_focus = False
        self._show_step(self.step)
        self.set_interval(SYNC_SECONDS, self._sync)
        self._load()
        self.list_after_refresh()

    def on_resize(self) -> None:
        """Fit the names of the steps to the width; the footer fits itself."""
        self._show_heading()

    def on_unmount(self) -> None:
        """Close the session; an unwritten note stays in the draft, which the next start offers."""
        if self._session:
            self._session.close()

    def palette_commands(self) -> Iterable[PaletteCommand]:
        """Return the palette's commands for this step."""
        places = {POINTS: "closing-points", PROMISES: "closing-promises", MOVED: "closing-line"}
        where = (places[self.step],) if self.step in places else ()
        return palette_commands(("closing", *where), self)

    def _sync(self) -> None:
        if self._session:
            self._session.sync_draft()

    def reload_list(self) -> None:
        """Look up the period again, because the index has been updated."""
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        try:
            facts = await asyncio.to_thread(self.journal.closing, self.period)
            # A promise that was postponed here may have left the period, so find all follow-ups.
            listed = await asyncio.to_thread(self.follow_ups.find)
        except (JournalError, OSError) as error:
            self.tell(str(error), "error")
            return
        if is_gone(self):
            return
        self._facts = facts
        for one in facts.promises:
            if not any(is_same(one, was) for was in self._open_before):
                self._open_before.append(one)
        self._update_promises(listed)
        if self._session is None:
            self._session = EditSession(self.journal, self.period.first, facts.path)
        self._show_step(self.step)

    # Showing

    @property
    def closing(self) -> Closing:
        """The parts to add to the note: the line, the kept points, and the settled promises."""
        facts = self._facts
        line = plain(self.line.value)
        settled = settled_since(self._open_before, self._promises)
        if facts:
            settled = (*facts.closed, *(one for one in settled if one not in facts.closed))
        return Closing((line,) if line else (), tuple(self._kept), settled)

    @property
    def _is_unwritten(self) -> bool:
        """Whether a point was kept or a line typed that isn't in the note yet."""
        known = self._facts.known if self._facts else Closing()
        new = missing_parts(self.closing, known)
        return bool(new.moved or new.kept)

    def _show_step(self, step: int) -> None:
        """Show a step, and move the focus to its list or line."""
        self.step = step
        if not self.query(TextView):
            # A key came before the screen was composed.
            return
        facts = self._facts
        widgets: list[Widget] = [self.days, self.points, self.promises, self.line]
        counts = [0, 0, 0, 1]
        if facts:
            self.days.show(facts.days)
            self._show_points()
            self._show_promises()
            counts = [len(facts.days), len(facts.all_points), len(self._promises), 1]
        is_empty = not counts[step]
        for number, widget in enumerate(widgets):
            widget.display = number == step and not is_empty
        self.query_one(TextView).display = step == MOVED
        empty = self.query_one(".empty", Static)
        empty.display = is_empty
        if facts:
            empty.update(Content(self._empty_text()))
        self._show_heading()
        if step == MOVED:
            self._show_note()
        if is_empty:
            self.set_focus(None)
        else:
            widgets[step].focus()
        self.refresh_bindings()

    def _show_heading(self) -> None:
        title = "Close the week" if self.period.kind == "week" else f"Close the {self.period.kind}"
        first, last = self.period.first, self.period.days.last
        month = f" {MONTHS[first.month - 1]}" if first.month != last.month else ""
        year = f" {first.year}" if first.year != last.year else ""
        days = f"{first.day}{month}{year} to {plain_date(last)}"
        self.query_one(".heading", Static).update(
            Content.assemble(
                (title, "bold"),
                f"   {self.period.title}{self._this_or_last}",
                (f"   {days}", "$text-muted"),
            )
        )
        parts: list[tuple[str, str]] = []
        titles = _TITLES if self.size.width >= WIDE_FOOTER_COLUMNS else _SHORT_TITLES
        for number, name in enumerate(titles):
            is_here = number == self.step
            said = f"{'▸' if is_here else ' '}{number + 1} {name}{self._count_of(number)}"
            parts += [(said, "bold $text-accent" if is_here else "$text-muted"), ("  ", "")]
        self.query_one(".steps", Static).update(Content.assemble(*parts))
        self.query_one(".about", Static).update(Content(self._about()))

    @property
    def _this_or_last(self) -> str:
        """The words `, this week` or `, last week` if the period is the current or the last one, or ""."""
        following, today = self.period.step(1), self.journal.today()
        if self.period.days.contains(today):
            return f", this {self.period.kind}"
        is_last = following is not None and following.days.contains(today)
        return f", last {self.period.kind}" if is_last else ""

    def _count_of(self, step: int) -> str:
        facts = self._facts
        if not facts:
            return ""
        if step == DAYS:
            return f" {len(facts.days)}"
        if step == POINTS:
            return f" {self._number_kept} of {facts.most}"
        if step == PROMISES:
            left = sum(not one.is_closed for one in self._promises)
            return f" {left} open"
        return ""

    @property
    def _number_kept(self) -> int:
        known = self._facts.known.kept if self._facts else ()
        return len(known) + len(self._kept)

    def _about(self) -> str:
        """Return a sentence about what to do in this step."""
        facts = self._facts
        if self.step == DAYS:
            return (
                "Look at the days; press enter to read one. There are four steps, about twelve "
                "minutes in all; tab goes to the next, and each can be skipped."
            )
        if self.step == POINTS:
            most = facts.most if facts else 3
            which = (
                ""
                if self.period.kind == "week"
                else " Those to choose from were kept in shorter periods."
            )
            return f"Keep up to {most} learning points that matter beyond these days.{which}"
        if self.step == PROMISES:
            return (
                "Open follow-ups that were written in these days or are due in them. "
                "Each change is saved at once."
            )
        if facts and facts.known.moved:
            return (
                f"In the note: {' '.join(facts.known.moved)} – what you type here is added to it."
            )
        return (
            "What moved forward, and thanks to whom? One line, if you like. "
            "The note will be written as shown below."
        )

    def _empty_text(self) -> str:
        title = self.period.title
        if self.step == DAYS:
            return f"No day of {title} is written yet."
        if self.step == POINTS:
            key = key_of("point", self.app._keymap)
            return f"No learning point was written in {title}. On a day's page, {key} adds one."
        return f"No open follow-up was written in {title} or is due in it."

    def _show_points(self) -> None:
        facts = self._facts
        if facts:
            rows = [
                PointRow(
                    point,
                    WRITTEN_MARK
                    if facts.keeps(point)
                    else KEPT_MARK
                    if point in self._kept
                    else OTHER_MARK,
                )
                for point in facts.all_points
            ]
            self.points.show(rows)

    def _show_promises(self, keep: RowPlace | None = None) -> None:
        self.promises.show(grouped(self._promises, self.journal.today()), keep)

    def _show_note(self) -> None:
        """Show the note as it will be written."""
        facts, session = self._facts, self._session
        if facts and session:
            self.query_one(TextView).show_text(self._new_text(facts, session))

    def _new_text(self, facts: ClosingFacts, session: EditSession) -> str:
        entry = Entry(session.day, session.shown, self.journal.vocabulary)
        return apply(entry.text, closings.edits(self.journal, facts, self.closing)(entry))

    # The draft of the note

    def _update_draft(self) -> None:
        """Write the note, as it will be saved, to the draft."""
        facts, session = self._facts, self._session
        if not facts or not session or session.read_only_reason:
            return
        make = closings.edits(self.journal, facts, self.closing)
        session.set_pending_change(make if self._is_unwritten else None)
        if session.draft_fault:
            self.tell(session.draft_fault, "warning")

    def action_keep(self) -> None:
        """Keep the selected point, or stop keeping it."""
        row, facts = self.points.chosen, self._facts
        if row is None or facts is None:
            return
        if row.mark == WRITTEN_MARK:
            self.tell("It is in the note already. To remove it, edit the note.")
            return
        if row.point in self._kept:
            self._kept.remove(row.point)
        elif self._number_kept >= facts.most:
            kept = counted(facts.most, "point")
            self.tell(
                f"{kept} are kept already. Press space on one of them to remove it.", "warning"
            )
            return
        else:
            self._kept.append(row.point)
        self._show_points()
        self._show_heading()
        self._update_draft()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the note with the typed line, and write it to the draft."""
        event.stop()
        self._show_note()
        self._update_draft()

    # Promises

    async def _change(
        self, make: "Callable[[], SaveResult]", path: str, said: str = "", *, follows: bool = True
    ) -> None:
        """Make a change and update the promises; if it fails, show why.

        The cursor `follows` the promise to its new place, or stays on the same row.
        """
        try:
            saved = await asyncio.to_thread(make)
        except (JournalError, OSError) as error:
            self.tell(str(error), "warning")
            self._load()
            return
        if is_gone(self):
            return
        self.warn_of(saved)
        self._update_promises(self.follow_ups.after(self._promises, path, saved))
        change = self.follow_ups.last_change if follows else None
        self._show_promises(RowPlace(change.path, change.item_line) if change else None)
        self._show_heading()
        self._update_draft()
        if said:
            self.tell(said)
        self._changed()

    def _update_promises(self, listed: Iterable[FollowUp]) -> None:
        """Update the promises: those that were open when the screen was opened, as they are now."""
        self._promises = [
            one for one in listed if any(is_same(one, was) for was in self._open_before)
        ]

    @property
    def follow_up_list(self) -> FollowUpList:
        """The promises."""
        return self.promises

    def _is_followed(self, one: FollowUp) -> bool:
        # After a tick, the cursor is on the next promise, to tick that.
        return one.is_closed

    async def action_undo(self) -> None:
        """Undo the latest change to a follow-up."""
        try:
            change = await asyncio.to_thread(self.follow_ups.undo)
            listed = await asyncio.to_thread(self.follow_ups.find)
        except (JournalError, OSError) as error:
            self.tell(str(error), "warning")
            return
        if is_gone(self):
            return
        self._update_promises(listed)
        self._show_promises(RowPlace(change.path, change.item_line))
        self._show_heading()
        self._update_draft()
        self.tell(f"Undone: {change.what}.")
        self._changed()

    # Steps

    def action_next(self) -> None:
        """Go to the next step."""
        if self.step < MOVED:
            self._show_step(self.step + 1)

    def action_previous(self) -> None:
        """Go back to the previous step."""
        if self.step > DAYS:
            self._show_step(self.step - 1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable the commands of this step."""
        if action == "open":
            return self.step != MOVED
        if action == "next":
            return self.step < MOVED
        if action == "previous":
            return self.step > DAYS
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        """Show the entry of the selected row."""
        path, day = "", self.period.first
        if self.step == DAYS and (glance := self.days.chosen):
            path, day = glance.path, glance.day
        elif self.step == POINTS and (row := self.points.chosen):
            path, day = row.point.path, iso_day(row.point.name) or day
        elif self.step == PROMISES and (one := self.promises.chosen):
            path, day = one.path, one.day
        if not path:
            return
        try:
            text = self.journal.entries.load(path).text
        except (JournalError, FileNotFoundError):
            text = f"{path} can no longer be read."
        self.app.push_screen(TextDialog(one_line(self.journal.entry_name(day, path)), text))

    def on_row_list_opened(self) -> None:
        """Show the entry of the row that is clicked again."""
        self.action_open()

    def on_follow_up_list_opened(self) -> None:
        """Show the entry of the promise that is clicked again."""
        self.action_open()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write the note."""
        event.stop()
        self.finish()

    async def action_finish(self) -> None:
        """Write the note."""
        self.finish()

    @work(exclusive=True, group="finish", exit_on_error=False)
    async def finish(self) -> None:
        """Write the note, and answer with it."""
        facts, session = self._facts, self._session
        if facts is None or session is None:
            return
        closing = self.closing
        note = ClosedNote(self.period.first, facts.path)
        if missing_parts(closing, facts.known).is_empty and facts.is_written:
            self.tell(f"The note of {self.period.title} has all of that already.")
            self.dismiss(note)
            return
        try:
            saved = await asyncio.to_thread(closings.close, self.journal, facts, closing)
        except (JournalError, OSError) as error:
            self.tell(str(error), "warning")
            return
        if is_gone(self):
            return
        session.set_pending_change(None)
        self.warn_of(saved)
        done = [f"{counted(len(closing.kept), 'point')} kept"] * bool(closing.kept)
        done += [f"{counted(len(closing.settled), 'promise')} settled"] * bool(closing.settled)
        self.tell(f"{self.period.title} is closed{': ' * bool(done)}{', '.join(done)}.")
        self.dismiss(note)

    def action_back(self) -> None:
        """Close the screen; ask first if something was kept that isn't in the note yet."""
        if not self._is_unwritten:
            self.leave()
            return

        def answered(value: str | None) -> None:
            if value == _WRITE:
                self.finish()
            elif value == _FORGET:
                if self._session:
                    self._session.set_pending_change(None)
                self.leave()

        self.app.push_screen(
            ChoiceDialog("Leave without a note?", _UNSAVED, _CHOICES, escape="Stay here"), answered
        )

    def action_help(self) -> None:
        """Show the section about closing a week in the page about looking back."""
        from journal_tui.app.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("looking-back", section="The week's close"))
