"""The searching part of a finder: the first rows with the key, the rest in slices, and what to say."""

import asyncio
import time
from collections.abc import Callable

from textual import work
from textual.containers import Vertical

from journal_tui.app.widgets.gathering import Found, Gathering
from journal_tui.app.widgets.pause import Pause
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
PAUSE_SECONDS = 0.25
"""A pause in the typing after which the rest is gathered; till then the first rows do."""
SLICE_SECONDS = 0.0015
TELL_SECONDS = 0.1
OFFER_SECONDS = 0.2


class Searching(Vertical):
    """Keeps `results` and `summary` in line with what stands in `line`.

    `search(words)` may raise JournalError. `offers(words)` gives what to try when nothing is typed
    or nothing found. `grouped`: one row for each day; `order` and `suffix` are said behind counts.
    """

    line: QueryLine
    summary: Summary
    results: Results

    def __init__(self, search: Search, noun: str, offers: Offers | None, id: str | None) -> None:
        super().__init__(id=id)
        self.grouped = False
        self.order = "newest first"
        self.suffix = ""
        self._search = search
        self._noun = noun
        self._offers = offers
        self._offering = Pause(self, OFFER_SECONDS, self._offer)
        self._resting = Pause(self, PAUSE_SECONDS, self._go_on)
        self._gathering: Gathering | None = None
        self._again = 0
        self._is_old = False

    @property
    def words(self) -> str:
        """What is typed."""
        return self.line.value

    def begin(self) -> None:
        """Search for what is typed, unless that was done."""
        if self._gathering is None:
            self._typed(self.words)

    def begin_again(self) -> None:
        """Search anew, from the first row."""
        self._typed(self.words)

    def choose(self) -> None:
        """Open the row under the cursor, unless it is that of an earlier search."""
        if not self._is_old:
            self.results.action_choose()

    def _typed(self, words: str) -> None:
        """Show the first rows within the refresh that shows the key; the rest comes later."""
        self._offering.stop()
        self._resting.stop()
        try:
            gathering = self._gathering = Gathering(self._search(words), self.grouped)
            wanted = (self.results.size.height or FIRST_ROWS) + 1
            rows = gathering.take(FIRST_SECONDS, wanted)
        except JournalError as error:
            self.results.set_rows(())
            self._gathering = Gathering(Found(iter(()), str(error)), False)
            self._tell()
            return
        self._is_old = not rows and not gathering.is_done
        if self._is_old:
            # What is there stays until there is something else to show.
            self._go_on()
            return
        self._show_first(rows)
        self._tell()
        if not gathering.is_done and len(rows) < wanted:
            # The screen is not full yet.
            self._go_on()
        elif not gathering.is_done:
            self._resting.again()

    def _show_first(self, rows: list[Row]) -> None:
        """Show the first rows of a search, with what to try while nothing is typed."""
        self._is_old = False
        is_blank = not self.words.strip()
        self.results.set_rows(rows, self._offers(self.words) if self._offers and is_blank else ())
        if self._offers and not rows and not is_blank:
            self._offering.again()

    @work(group="search")
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
                rows = gathering.take(SLICE_SECONDS)
                if not self._is_old:
                    self.results.add_rows(rows)
                elif rows or gathering.is_done:
                    self._show_first(rows)
                if time.perf_counter() > told + TELL_SECONDS:
                    told = time.perf_counter()
                    self._tell()
                await asyncio.sleep(0)
        except JournalError as error:
            gathering.found = Found(iter(()), str(error))
            gathering.is_done = True
        if self._is_old:
            self._show_first([])
        if self.grouped:
            self.results.refresh_rows()
        self._tell()

    @work(group="search")
    async def search_again(self) -> None:
        """Bring the rows in line with an index that has learned something; the cursor stays."""
        self._again += 1
        this, words, before = self._again, self.words, self._gathering
        await asyncio.sleep(0)
        try:
            gathering, rows = Gathering(self._search(words), self.grouped), list[Row]()
            while not gathering.is_done:
                # A key has begun another search, or the index has learned more.
                if this != self._again or before is not self._gathering:
                    return
                rows += gathering.take(SLICE_SECONDS)
                await asyncio.sleep(0)
        except JournalError:
            return
        if this == self._again and before is self._gathering:
            self._gathering = gathering
            if self.results.chosen:
                self.results.swap_rows(rows)
            else:
                self.results.set_rows(rows, self.results.lead if not words.strip() else ())
            self._tell()

    @work(group="offers")
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
        elif fault:
            # That is what there is to say.
            said = ""
        elif words.strip():
            said = f"Nothing found for “{one_line(words)}”. Try fewer or shorter words."
        else:
            said = "No learning points yet. Items under the heading “Learning points” appear here."
        self.summary.say(said, gathering.years, bool(fault))
