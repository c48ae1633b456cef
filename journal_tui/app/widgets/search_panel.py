"""The search panel: a query line, a summary, and the result list."""

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

from journal_tui.app.widgets.cells import cut
from journal_tui.app.widgets.debounce import Debounce
from journal_tui.app.widgets.inputs import Fields, QueryInput
from journal_tui.app.widgets.result_list import Lead, ResultList, ResultRow
from journal_tui.app.widgets.result_summary import ResultSummary
from journal_tui.app.widgets.search_results import ResultCollector, SearchResult
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import JournalError

RunSearch = Callable[[str], SearchResult]
Suggest = Callable[[str], Lead]

FIRST_SECONDS = 0.004
"""Seconds that a key waits for rows; nearly always enough to fill the screen."""
FIRST_ROWS = 60
"""Rows to fetch first while the list's height is unknown."""
PAUSE_SECONDS = 0.25
"""Seconds without a key after which the remaining rows are collected."""
SLICE_SECONDS = 0.0015
"""Seconds for which rows are collected before waiting keys are handled."""
SUMMARY_SECONDS = 0.1
"""Seconds between updates of the count while rows are collected."""
SUGGEST_SECONDS = 0.2
"""Seconds without a key after which other searches are suggested if nothing is found."""
ELSEWHERE_SECONDS = 0.2
"""Seconds without a key after which matches elsewhere are counted."""
REST_SECONDS = 0.08
"""Seconds that the cursor stays on a row before `rested` is called."""
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

_EMPTY = {
    "learning point": "Items under the heading “Learning points” appear here.",
    "day": "What you write on a day appears here.",
}
"""The hints for an empty journal, by the noun for the results."""


class SearchPanel(Vertical):
    """Show the results of `search(words)`, which may raise JournalError, while the person types.

    The focus stays in the line; arrows, page keys and enter go to the rows. `suggestions(words)` returns
    searches to suggest if nothing is typed or found. `fields` and `mentions` complete the words.
    `elsewhere(words)` searches whole days: if a day matches that has no row, the number of days that
    match is shown with the key from `elsewhere_key()`. `about(words)` returns a sentence about the
    query itself, or "". `beside` is a widget to the right of the rows, and `by_year` shows counts by year.
    `rested()` is called when the cursor stays on a row, or when there is no row. `grouped` shows one row
    for each day; `order` and `suffix` are shown after the count.
    """

    DEFAULT_CSS = """
    SearchPanel {
        & QueryInput { border: round $foreground 30%; background: transparent; height: 3; padding: 0 1; }
        & QueryInput:focus { border: round $border; }
        & .found { height: 1fr; layout: horizontal; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"forward('{action}')", show=False) for key, action in _FORWARDED.items()
    ]

    class Chosen(Message):
        """Posted when the person chooses `row`, to open it."""

        def __init__(self, row: ResultRow) -> None:
            super().__init__()
            self.row = row

    def __init__(
        self,
        search: RunSearch,
        noun: str = "learning point",
        *,
        suggestions: Suggest | None = None,
        elsewhere: Callable[[str], SearchResult | None] | None = None,
        elsewhere_key: Callable[[], str] = str,
        about: Callable[[str], str] = lambda words: "",
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
        self._search, self._noun, self._suggestions = search, noun, suggestions
        self._elsewhere, self._elsewhere_key = elsewhere, elsewhere_key
        self._about = about
        # The suggested search that was chosen, and the words for which it was suggested.
        self._chosen_suggestion = ("", "")
        # The row to put the cursor on once it is found, and the words of its search.
        self._wanted: tuple[ResultRow, str] | None = None
        self._beside = beside
        self._collector: ResultCollector | None = None
        self._repeat_number = 0
        self._shows_old_rows = False
        self._is_outdated = False
        self._suggest_debounce = Debounce(self, SUGGEST_SECONDS, self._suggest)
        self._collect_debounce = Debounce(self, PAUSE_SECONDS, self._collect_rest)
        self._elsewhere_debounce = Debounce(self, ELSEWHERE_SECONDS, self._count_elsewhere)
        self._rested_debounce = Debounce(self, REST_SECONDS, rested) if rested else None
        self.summary = ResultSummary(by_year)
        self.line = QueryInput(self._typed, self.summary.offer, fields, mentions, self._placeholder)
        self.line.border_title = Content("Find")
        self.results = ResultList(empty="", moved=self._moved)
        self.results.can_focus = False
        self.results.add_class("-active")

    def compose(self) -> ComposeResult:
        """Yield the line, the summary and the rows."""
        yield self.line
        yield self.summary
        with Container(classes="found"):
            yield self.results
            if self._beside:
                yield self._beside

    def on_mount(self) -> None:
        """Show the newest rows before anything is typed, once the line has been painted."""
        self.call_after_refresh(self.begin)

    def focus_line(self) -> None:
        """Focus the query line."""
        self.line.focus()

    @property
    def _placeholder(self) -> str:
        return f"Find {self._noun}s: words, “phrases”, #tags, @people"

    def search_for(self, words: str) -> None:
        """Search for these words as if they had been typed."""
        self.line.fill(words)

    def search_again(self, words: str, row: ResultRow) -> None:
        """Search for these words again, with the cursor on a row that the search gave before."""
        self._wanted = row, words
        self.search_for(words)

    def _find_wanted(self) -> None:
        """Put the cursor on the row that is wanted, if it has been found."""
        if self._wanted is None:
            return
        row, words = self._wanted
        if words != self.words or self.results.select(row):
            self._wanted = None

    def set_noun(self, noun: str) -> None:
        """Change the noun for the results, and search again."""
        self._noun = noun
        self.line.placeholder = self._placeholder
        self.restart()

    @property
    def words(self) -> str:
        """The text of the query line."""
        return self.line.value

    @property
    def words_before(self) -> str:
        """The words for which the current search was suggested; "" if it isn't a suggested one."""
        query, words = self._chosen_suggestion
        return words if self.words == query else ""

    def begin(self) -> None:
        """Run the first search, unless there was one."""
        if self._collector is None:
            self._typed(self.words)

    def restart(self) -> None:
        """Search again, from the first row."""
        self._typed(self.words)

    def choose(self) -> None:
        """Open the row under the cursor, unless the rows are still those of an earlier search."""
        if not self._shows_old_rows:
            self.results.action_choose()

    def _typed(self, words: str) -> None:
        """Show the first rows in the same refresh as the key, and collect the rest later."""
        self._suggest_debounce.stop()
        self._collect_debounce.stop()
        self._elsewhere_debounce.stop()
        try:
            collector = self._collector = ResultCollector(self._search(words), self.grouped)
            wanted = (self.results.size.height or FIRST_ROWS) + 1
            rows = collector.take(FIRST_SECONDS, wanted)
        except JournalError as error:
            self.results.set_rows(())
            self._collector = ResultCollector(SearchResult(iter(()), str(error)), False)
            self._show_summary()
            return
        self._shows_old_rows = not rows and not collector.is_done
        if self._shows_old_rows:
            # The old rows are shown until there are new ones.
            self._collect_rest()
            return
        self._show_first(rows)
        self._find_wanted()
        self._show_summary()
        if not collector.is_done and len(rows) < wanted:
            # Few rows came in time: collect the rest now to fill the screen.
            self._collect_rest()
        elif not collector.is_done:
            self._collect_debounce.restart()
        else:
            self._elsewhere_debounce.restart()

    def _show_first(self, rows: list[ResultRow]) -> None:
        """Show the first rows of a search, with suggestions while nothing is typed."""
        self._shows_old_rows = False
        self._set_rows(rows)
        if self._suggestions and not rows and self.words.strip():
            self._suggest_debounce.restart()

    def _set_rows(self, rows: list[ResultRow]) -> None:
        """Show rows and, while nothing is typed, the suggestions, folded if there are rows."""
        if self._suggestions is None or self.words.strip():
            self.results.set_rows(rows)
        elif (lead := self._suggestions(self.words)) and rows:
            self.results.set_rows(rows, [*lead, "Newest first"], folded=True)
        else:
            self.results.set_rows(rows, lead)

    @work(group="search")
    async def _collect_rest(self) -> None:
        """Collect the remaining rows in small slices of time, so that no key has to wait."""
        collector, shown_at = self._collector, time.perf_counter()
        if collector is None:
            return
        try:
            while not collector.is_done:
                # A key has begun another search.
                if collector is not self._collector:
                    return
                rows = collector.take(SLICE_SECONDS)
                if not self._shows_old_rows:
                    self.results.add_rows(rows)
                elif rows or collector.is_done:
                    self._show_first(rows)
                self._find_wanted()
                if time.perf_counter() > shown_at + SUMMARY_SECONDS:
                    shown_at = time.perf_counter()
                    self._show_summary()
                await asyncio.sleep(0)
        except JournalError as error:
            collector.found = SearchResult(iter(()), str(error))
            collector.is_done = True
        if self._shows_old_rows:
            self._show_first([])
        if self.grouped:
            self.results.refresh_rows()
        self._show_summary()
        self._elsewhere_debounce.restart()

    @work(group="elsewhere", exclusive=True)
    async def _count_elsewhere(self) -> None:
        """Count the days that match as a whole, and show their number if some of them have no row.

        This is a second search, in small slices of time, after a pause once the rows are known.
        """
        collector, words = self._collector, self.words
        if not (collector and collector.is_done and words.strip()):
            return
        said = [self._about(words)]
        try:
            found = self._elsewhere(words) if self._elsewhere and collector.total else None
            if found is not None:
                days = ResultCollector(found, False)
                while not days.is_done:
                    if collector is not self._collector:
                        return
                    days.take(SLICE_SECONDS)
                    await asyncio.sleep(0)
                if days.has_days_beyond(collector):
                    said.append(f"{days.count_in_words('day')} match: {self._elsewhere_key()}")
        except JournalError:
            return
        self._say_elsewhere(collector, " · ".join(filter(None, said)))

    def _say_elsewhere(self, collector: ResultCollector, said: str) -> None:
        """Show a sentence about other matches after the count, unless another search has begun."""
        if collector is self._collector and said != collector.elsewhere:
            collector.elsewhere = said
            self._show_summary()

    def mark_outdated(self) -> None:
        """Note that the index has changed since the search."""
        self._is_outdated = True

    def search_if_outdated(self) -> None:
        """Search again if the index has changed since the search; call this only while the panel is shown."""
        if self._is_outdated:
            self._is_outdated = False
            self.update_search()

    @work(group="search")
    async def update_search(self) -> None:
        """Search again after the index has changed; the cursor stays on its row."""
        self._repeat_number += 1
        this, words, before = self._repeat_number, self.words, self._collector
        await asyncio.sleep(0)
        try:
            collector, rows = ResultCollector(self._search(words), self.grouped), list[ResultRow]()
            while not collector.is_done:
                # A key has started another search, or the index has changed again.
                if this != self._repeat_number or before is not self._collector:
                    return
                rows += collector.take(SLICE_SECONDS)
                await asyncio.sleep(0)
        except JournalError:
            return
        if this == self._repeat_number and before is self._collector:
            if before:
                # The old sentence is shown until the days have been counted again.
                collector.elsewhere = before.elsewhere
            self._collector = collector
            # In a list that isn't being used, the newest rows are shown.
            is_used = self.line.has_focus or self._rested_debounce is not None
            is_below = self.results.cursor > len(self.results.lead)
            if rows and self.results.chosen and (is_used or is_below):
                self.results.update_rows(rows)
            elif rows or self.results.rows or not self.words.strip():
                self._set_rows(rows)
            # If nothing was found before either, the old suggestions stay until there are new ones.
            if self._suggestions and not rows and self.words.strip():
                self._suggest_debounce.restart()
            self._show_summary()
            self._elsewhere_debounce.restart()

    @work(group="suggestions")
    async def _suggest(self) -> None:
        """Suggest other searches if nothing was found; looking them up may take a while."""
        words = self.words
        if self._suggestions:
            lead = await asyncio.to_thread(self._suggestions, words)
            if words == self.words and not self.results.rows and lead != self.results.lead:
                self.results.set_rows((), lead)
                self._show_summary()

    def _show_summary(self) -> None:
        """Show the count and, if there is one, the fault of the query."""
        collector, words = self._collector, self.words
        if collector is None:
            return
        fault, column = collector.found.fault, collector.found.column
        self.line.show_fault(min(column, len(words)) if fault else None)
        if fault:
            # A condition that is still being typed isn't shown as an error yet.
            unfinished = " " not in words[column:] or words[column : column + 1] == "("
            quiet = unfinished and self.line.cursor_position >= len(words) - 1
            shift = self.line.content_region.x - self.summary.content_region.x
            place = shift + self.line.cell_of(min(column, len(words)))
            self.summary.show_fault(one_line(fault), max(0, place), quiet=quiet)
        hint = ""
        if collector.total or not collector.is_done:
            order = self.order if words.strip() else "newest first"
            said = collector.count_in_words(self._noun) + f" · {order}{self.suffix}"
        elif fault:
            # The fault is shown instead of a count.
            said = ""
        elif self.suffix:
            said = f"Nothing found so far{self.suffix}"
        elif words.strip():
            said = f"No {self._noun} matches “{self._named(words)}”."
            hint = "" if self.results.lead else "Try fewer or shorter words."
        else:
            said, hint = f"No {self._noun}s yet.", _EMPTY.get(self._noun, "")
        if self.summary.lines > 1:
            said = f"{said} {hint}".strip()
        else:
            self.results.show_if_empty(hint)
        if said and collector.found.note:
            said = f"{collector.found.note} · {said}"
        self.summary.show_counts(said, collector.years, bool(fault), collector.elsewhere)

    def _named(self, words: str) -> str:
        """Return the search for use in a sentence, cut so that the sentence fits."""
        room = self.summary.content_size.width - len(f"No {self._noun} matches “”.")
        return cut(one_line(words), max(12, room))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the row under the cursor."""
        event.stop()
        self.choose()

    def on_result_list_chosen(self, event: ResultList.Chosen) -> None:
        """Pass the row on as this widget's own message."""
        event.stop()
        self.post_message(self.Chosen(event.row))

    def on_result_list_suggestion_chosen(self, event: ResultList.SuggestionChosen) -> None:
        """Run the suggested search that was chosen."""
        event.stop()
        self._chosen_suggestion = event.suggestion.query, self.words
        self.search_for(event.suggestion.query)

    def _moved(self, row: ResultRow | None) -> None:
        """Mark the year of the cursor's row."""
        self.summary.mark_year(row.day.year if row else None)
        if self._rested_debounce:
            self._rested_debounce.restart()

    def on_result_summary_completion_chosen(self, event: ResultSummary.CompletionChosen) -> None:
        """Insert the completion that was clicked."""
        self.line.accept(event.candidate)

    async def action_forward(self, action: str) -> None:
        """Run the rows' action for a key that was pressed in the line."""
        self._wanted = None
        self.line.close()
        await self.app.run_action(action, default_namespace=self.results)

    def on_key(self, event: events.Key) -> None:
        """Prevent the arrow keys from moving the focus."""
        if event.key in ("up", "down"):
            event.prevent_default()
