"""Search as one types: a line to type in, what it found, and the rows."""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from journal_tui.app.widgets.gathering import Found, Gathering
from journal_tui.app.widgets.pause import Pause
from journal_tui.app.widgets.querycompletion import Fields
from journal_tui.app.widgets.queryline import QueryLine
from journal_tui.app.widgets.results import Lead, Results, Row
from journal_tui.app.widgets.summary import Summary
from journal_tui.entry.visible import one_line
from journal_tui.errors import JournalError

Search = Callable[[str], Found]
Offers = Callable[[str], Lead]

FIRST_SECONDS = 0.004
"""What a key waits for before the rest is left for later; a screenful is nearly always there."""
FIRST_ROWS = 60
"""The rows of a screen whose height is not known yet."""
PAUSE_SECONDS = 0.15
"""A pause in the typing after which the rest is gathered; till then the first rows do."""
SLICE_SECONDS = 0.006
TELL_SECONDS = 0.1
REST_SECONDS = 0.08
"""The cursor has come to rest after so long."""
OFFER_SECONDS = 0.2
_FORWARDED = {
    "up": "cursor(-1)",
    "down": "cursor(1)",
    "pageup": "page(-1)",
    "pagedown": "page(1)",
    "ctrl+home": "first",
    "ctrl+end": "last",
    "alt+up": "day(-1)",
    "alt+down": "day(1)",
}


class Finder(Vertical):
    """Shows what `search(words)` gives while the person types; it may raise JournalError.

    Focus stays in the line; arrows, page keys and enter go to the rows. `offers(words)` gives what
    to try when nothing is typed or nothing found; `fields` and `mentions` complete the words;
    `beside` is a widget that stands next to the rows; `by_year` shows counts by year; `rested` is
    called when the cursor stays on a row, or there is none.
    """

    DEFAULT_CSS = """
    Finder {
        & QueryLine { border: round $foreground 30%; background: transparent; height: 3; padding: 0 1; }
        & QueryLine:focus { border: round $border; }
        & .found { height: 1fr; layout: horizontal; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"forward('{action}')", show=False) for key, action in _FORWARDED.items()
    ]

    class Chosen(Message):
        """The person wants to open `row`."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    def __init__(
        self,
        search: Search,
        noun: str = "learning point",
        *,
        offers: Offers | None = None,
        fields: Fields | None = None,
        mentions: Callable[[str], Sequence[str]] | None = None,
        beside: Widget | None = None,
        by_year: bool = False,
        rested: Callable[[], object] | None = None,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.grouped = False
        self.order = "newest first"
        self.suffix = ""
        self._search = search
        self._noun = noun
        self._offers = offers
        self._beside = beside
        self._rest = Pause(self, REST_SECONDS, rested) if rested else None
        self._offering = Pause(self, OFFER_SECONDS, self._offer)
        self._resting = Pause(self, PAUSE_SECONDS, self._go_on)
        self._gathering: Gathering | None = None
        self.summary = Summary(by_year)
        self.line = QueryLine(self._typed, self.summary.offer, fields, mentions, self._placeholder)
        self.line.border_title = Content("Find")
        self.results = Results(empty="", moved=self._moved)
        self.results.can_focus = False
        self.results.add_class("-active")

    def compose(self) -> ComposeResult:
        """The line, the summary, the rows."""
        yield self.line
        yield self.summary
        with Container(classes="found"):
            yield self.results
            if self._beside:
                yield self._beside

    def on_mount(self) -> None:
        """Show the newest before anything is typed, once the line is on the screen."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        if self._gathering is None:
            self._typed(self.words)

    # -- what is asked for ----------------------------------------------------------------

    def focus_line(self) -> None:
        """Put the cursor where one types."""
        self.line.focus()

    @property
    def words(self) -> str:
        """What is typed."""
        return self.line.value

    @property
    def _placeholder(self) -> str:
        return f"Find {self._noun}s: words, “phrases”, #tags, @people"

    def ask(self, words: str) -> None:
        """Search for this, as if it had been typed."""
        self.line.fill(words)

    def look_for(self, noun: str) -> None:
        """Search anew for things of another name."""
        self._noun = noun
        self.line.placeholder = self._placeholder
        self.begin_again()

    def begin_again(self) -> None:
        """Search anew, from the first row."""
        self._typed(self.words)

    # -- keys and messages ----------------------------------------------------------------

    def choose(self) -> None:
        """Open the row under the cursor."""
        self.results.action_choose()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the row under the cursor."""
        event.stop()
        self.choose()

    def on_results_chosen(self, event: Results.Chosen) -> None:
        """Pass the row on as this widget's own word."""
        event.stop()
        self.post_message(self.Chosen(event.row))

    def on_results_picked(self, event: Results.Picked) -> None:
        """Search for what was offered."""
        event.stop()
        self.ask(event.offer.query)

    def _moved(self, row: Row | None) -> None:
        """Show the year that the cursor is in."""
        self.summary.mark_year(row.day.year if row else None)
        if self._rest:
            self._rest.again()

    def on_summary_taken(self, event: Summary.Taken) -> None:
        """Have the completion that was clicked."""
        self.line.take(event.candidate)

    async def action_forward(self, action: str) -> None:
        """Do in the rows what a key asks for that was pressed in the line."""
        self.line.close()
        await self.app.run_action(action, default_namespace=self.results)

    def on_key(self, event: events.Key) -> None:
        """Keep the arrow keys from moving the focus."""
        if event.key in ("up", "down"):
            event.prevent_default()

    # -- searching ------------------------------------------------------------------------

    def _typed(self, words: str) -> None:
        """Show the first rows within the refresh that shows the key; the rest comes later."""
        self._offering.stop()
        self._resting.stop()
        try:
            gathering = self._gathering = Gathering(self._search(words), self.grouped)
            rows = gathering.take(FIRST_SECONDS, (self.results.size.height or FIRST_ROWS) + 1)
        except JournalError as error:
            self.results.set_rows(())
            self._gathering = Gathering(Found(iter(()), str(error)), False)
            self._tell()
            return
        is_blank = not words.strip()
        self.results.set_rows(rows, self._offers(words) if self._offers and is_blank else ())
        self._tell()
        if not gathering.is_done:
            self._resting.again()
        elif not rows and not is_blank and self._offers:
            self._offering.again()

    @work(exclusive=True, group="search")
    async def _go_on(self) -> None:
        """The rest in small slices, so that a key pressed meanwhile is never waited for."""
        gathering, told = self._gathering, time.perf_counter()
        if gathering is None:
            return
        try:
            while not gathering.is_done:
                # A key has begun another search.
                if gathering is not self._gathering:
                    return
                self.results.add_rows(gathering.take(SLICE_SECONDS))
                if time.perf_counter() > told + TELL_SECONDS:
                    told = time.perf_counter()
                    self._tell()
                await asyncio.sleep(0)
        except JournalError as error:
            gathering.found = Found(iter(()), str(error))
            gathering.is_done = True
        if self.grouped:
            self.results.refresh_rows()
        self._tell()

    @work(exclusive=True, group="search")
    async def search_again(self) -> None:
        """Bring the rows in line with an index that has learned something; the cursor stays."""
        words, before = self.words, self._gathering
        await asyncio.sleep(0)
        try:
            gathering, rows = Gathering(self._search(words), self.grouped), list[Row]()
            while not gathering.is_done:
                rows += gathering.take(SLICE_SECONDS)
                await asyncio.sleep(0)
        except JournalError:
            return
        if before is self._gathering:
            self._gathering = gathering
            if self.results.chosen:
                self.results.swap_rows(rows)
            else:
                self.results.set_rows(rows, self.results.lead if not words.strip() else ())
            self._tell()

    @work(exclusive=True, group="offers")
    async def _offer(self) -> None:
        """Nothing was found: say what may be tried instead, which may take a while to know."""
        words = self.words
        if self._offers:
            lead = await asyncio.to_thread(self._offers, words)
            if words == self.words and not self.results.rows:
                self.results.set_rows((), lead)

    # -- saying ---------------------------------------------------------------------------

    def _tell(self) -> None:
        gathering, words = self._gathering, self.words
        if gathering is None:
            return
        fault, column = gathering.found.fault, gathering.found.column
        self.line.show_fault(min(column, len(words)) if fault else None)
        if fault:
            # What is being typed is not yet wrong.
            unfinished = " " not in words[column:] or words[column : column + 1] == "("
            quiet = unfinished and self.line.cursor_position >= len(words) - 1
            shift = self.line.content_region.x - self.summary.content_region.x
            place = shift + self.line.place_of(min(column, len(words)))
            self.summary.show_fault(one_line(fault), max(0, place), quiet=quiet)
        if gathering.total or not gathering.is_done:
            said = gathering.said(self._noun) + f" · {self.order}{self.suffix}"
        elif words.strip():
            said = f"Nothing found for “{one_line(words)}”. Fewer or shorter words find more."
        else:
            said = "No learning points yet: items under the heading “Learning points” appear here."
        self.summary.say(said, gathering.years, bool(fault))
