"""The Find screen: search learning points or days of all years, with a preview."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events, work
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType

from journal_tui.app.commands import PaletteCommand, bindings, key_of, palette_commands
from journal_tui.app.find.preview import Preview
from journal_tui.app.find.searches import (
    NameDialog,
    SearchHistory,
    alternatives,
    saved_searches,
    suggestions,
)
from journal_tui.app.navigation import AppScreen
from journal_tui.app.screens.dialog import ChoiceDialog
from journal_tui.app.widgets.cells import cut, scale_of
from journal_tui.app.widgets.mode_footer import ModeFooter
from journal_tui.app.widgets.result_list import Lead, ResultRow
from journal_tui.app.widgets.result_summary import ResultSummary
from journal_tui.app.widgets.search_panel import SearchPanel
from journal_tui.app.widgets.search_results import (
    BEST,
    ENTRIES,
    LEARNING,
    NEWEST,
    SearchResult,
    search,
)
from journal_tui.entry.follow_ups import FollowUp
from journal_tui.entry.model import Scale
from journal_tui.entry.sanitize import one_line
from journal_tui.entry.tokenizer import is_mention, term_of
from journal_tui.errors import JournalError
from journal_tui.period import iso_day
from journal_tui.query.fields import FIELDS

if TYPE_CHECKING:
    from journal_tui.journal import Journal

POLL_SECONDS, POLLS_PER_SEARCH = 0.1, 10
_MAX_RECENT = 12
"""How many recent searches are listed at most."""
_BATCH_SIZE = 200
"""How many rows are copied before the event loop runs again."""
_MAX_NAMED = 24
"""The most columns that a search takes in a hint."""
_GIVES_WAY = ("group", "order", "read", "switch")
"""The commands whose keys a narrow footer leaves out, the least needed first."""


class SearchState(NamedTuple):
    """The search of the screen when its `row` was opened, so that it can be shown again."""

    words: str
    where: str
    sort: str
    is_grouped: bool
    row: ResultRow


class FindScreen(AppScreen[ResultRow | None]):
    """A screen that begins with a search for `words` and returns the row to open, or None.

    It searches learning points at first or, if `in_days`, whole days. With `again`, it shows that
    search instead, with the cursor on its row.

    `is_indexing()` returns whether the index is being updated; `changed()` is called after a
    follow-up is ticked here; `show_about(term)` shows everything about a folded tag or person.
    """

    opened_by = "find"
    CSS_PATH = "find.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("find"),
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
    ]

    def __init__(
        self,
        journal: "Journal",
        words: str,
        is_indexing: Callable[[], bool],
        changed: Callable[[], None] = lambda: None,
        show_about: Callable[[str], object] = lambda term: None,
        *,
        in_days: bool = False,
        again: SearchState | None = None,
    ) -> None:
        super().__init__()
        self.journal, self._is_indexing, self._changed = journal, is_indexing, changed
        self._show_about = show_about
        self.history = SearchHistory(journal)
        self._words = words
        self._where, self._sort = ENTRIES if in_days else LEARNING, NEWEST
        self._again = again
        if again:
            self._where, self._sort = again.where, again.sort
        self.preview = Preview(journal.vocabulary)
        scale = journal.vocabulary.scale
        self.finder = SearchPanel(
            self._search,
            self._noun,
            suggestions=self._suggestions,
            elsewhere=self._search_days,
            elsewhere_key=lambda: key_of("switch", self.app._keymap, ("find",)),
            about=self._about,
            fields={name: field.values_on(scale) for name, field in FIELDS.items()},
            mentions=self._mentions,
            beside=self.preview,
            by_year=True,
            rested=self._show_entry,
        )
        if again:
            self.finder.order, self.finder.grouped = f"{again.sort} first", again.is_grouped

    def compose(self) -> ComposeResult:
        """Yield the search panel with the entry beside it, and the keys."""
        yield self.finder
        yield ModeFooter(self.app.size.width, _GIVES_WAY)

    def on_mount(self) -> None:
        """Put the cursor in the search line, and search for the words given."""
        self.finder.focus_line()
        if self._again:
            self.finder.search_again(self._again.words, self._again.row)
        elif self._words:
            self.finder.search_for(self._words)
        self._search_during_refresh()

    def search_with(self, row: ResultRow) -> SearchState:
        """Return the current search, to be shown again with the cursor on `row`."""
        finder = self.finder
        return SearchState(finder.words, self._where, self._sort, finder.grouped, row)

    def search_for(self, words: str) -> None:
        """Search for these words, and add the previous search to the history."""
        self.history.remember(self.finder.words)
        self._close_entry()
        self.finder.search_for(words)

    def _search(self, words: str) -> SearchResult:
        return search(self.journal, words, self._where, self._sort)

    def _search_days(self, words: str) -> SearchResult | None:
        """Search whole days; return None if they are listed already."""
        return search(self.journal, words, ENTRIES) if self._where == LEARNING else None

    def _suggestions(self, words: str) -> Lead:
        if words.strip():
            return alternatives(self.journal, words, self._where)
        room = max(4, self.finder.results.size.height // 2)
        return suggestions(self.journal, self._where, room)

    def _about(self, words: str) -> str:
        """Return a hint: the key back to the typed search, or to everything about its tag or person."""
        if before := self.finder.words_before:
            key = key_of("back", self.app._keymap, ("find",))
            return f"{key}: back to “{cut(one_line(before), _MAX_NAMED)}”"
        name = self._named_in(words)
        key = key_of("about", self.app._keymap, ("find",))
        return f"{key}: all about {one_line(name)}" if name else ""

    def _named_in(self, words: str) -> str:
        """Return the first word of a search that is a known tag or person, or ""."""
        try:
            return next(
                (
                    word
                    for word in words.split()
                    if is_mention(word) and self.journal.mentions.one(term_of(word))
                ),
                "",
            )
        except JournalError:
            return ""

    def action_about(self) -> None:
        """Show everything about the tag or person in the search."""
        if name := self._named_in(self.finder.words):
            self.history.remember(self.finder.words)
            self._show_about(term_of(name))
        else:
            self.tell(
                "Search for a person or a tag first, such as @ann, to see everything about it."
            )

    def _mentions(self, word: str) -> list[str]:
        try:
            return self.journal.mentions.complete(word)
        except JournalError:
            return []

    @work(group="index")
    async def _search_during_refresh(self) -> None:
        """Repeat the search during a refresh of the index in the background, and after it."""
        waited = 0
        while self._is_indexing():
            self.finder.suffix = " · still reading files"
            await asyncio.sleep(POLL_SECONDS)
            waited += 1
            if waited % POLLS_PER_SEARCH == 0:
                self.finder.update_search()
        self.finder.suffix = ""
        if waited:
            self.finder.update_search()

    def index_changed(self) -> None:
        """Search again; the cursor stays on its row."""
        self.finder.update_search()

    @work(group="preview")
    async def _show_entry(self) -> None:
        """Show the entry of the cursor's row; while the preview is hidden, don't read it."""
        row = self.finder.results.chosen
        if not self.preview.display:
            return
        if row is None:
            self.preview.clear("Choose a result to see its entry here.")
            return
        try:
            text = await asyncio.to_thread(self.journal.entries.text, row.path)
        except (JournalError, OSError):
            self.preview.clear("This entry can no longer be read.")
            return
        if row is self.finder.results.chosen:
            number = row.number
            name = self.journal.entry_name(row.day, row.path)
            title = f"{name}{'' if number is None else f' · day {number}'}"
            self.preview.show(row, text, title)

    def on_resize(self) -> None:
        """Show the entry again for the new width."""
        for footer in self.query(ModeFooter):
            footer.fit(self.size.width)
        self.call_after_refresh(self._show_entry)

    @property
    def _shows_whole_entry(self) -> bool:
        return self.has_class("-page")

    def _close_entry(self) -> None:
        if self._shows_whole_entry:
            self.remove_class("-page")
            self.finder.focus_line()

    async def action_tick(self) -> None:
        """Tick the follow-up of the cursor's row, or open it again."""
        from journal_tui.follow_ups import FollowUps

        row = self.finder.results.chosen
        state, due = row.task if row else ("", "")
        if row is None or not state:
            self.tell("This result isn't a follow-up. To list them, search for is:open.")
            return
        one = FollowUp(row.path, row.day, row.period, row.line, row.text, state, iso_day(due))
        follow_ups = FollowUps(self.journal)
        try:
            change = follow_ups.reopen if one.is_closed else follow_ups.close
            await asyncio.to_thread(change, one)
        except (JournalError, OSError) as error:
            self.tell(str(error), "warning")
        self._changed()
        self.finder.update_search()
        self._show_entry()

    async def on_result_list_ticked(self) -> None:
        """Tick the follow-up whose box was clicked, or open it again."""
        await self.action_tick()

    def on_key(self, event: events.Key) -> None:
        """Move the focus to the search line for a typed character, unless the whole entry is shown."""
        line = self.finder.line
        if (
            event.is_printable
            and event.key != "space"
            and not line.has_focus
            and not self._shows_whole_entry
        ):
            event.stop()
            line.focus()
            line.insert_text_at_cursor(event.character or "")

    def action_read(self) -> None:
        """Switch between the whole entry and the rows."""
        if self._shows_whole_entry:
            self._close_entry()
        elif self.finder.results.chosen:
            self.add_class("-page")
            self.preview.focus()
            self.call_after_refresh(self._show_entry)

    def action_context(self) -> None:
        """Show or hide the preview with the lines around the match."""
        self._close_entry()
        self.toggle_class("-other")
        self.call_after_refresh(self._show_entry)

    def action_step(self, by: int) -> None:
        """Select the next (1) or previous (-1) row, whose entry is then shown."""
        self.finder.results.action_cursor(by)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the key that switches with the name of the other list: days or points."""
        if action == "switch":
            return bool(parameters) == (self._where == ENTRIES)
        return super().check_action(action, parameters)

    @property
    def _noun(self) -> str:
        return "day" if self._where == ENTRIES else "learning point"

    def action_switch(self, back: str = "") -> None:
        """Switch between learning points and whole days."""
        self._where = ENTRIES if self._where == LEARNING else LEARNING
        self.finder.set_noun(self._noun)
        self.refresh_bindings()

    def action_order(self) -> None:
        """Switch between the newest and the best results first."""
        self._sort = BEST if self._sort == NEWEST else NEWEST
        self.finder.order = f"{self._sort} first"
        self.finder.restart()

    def action_group(self) -> None:
        """Switch between one row for each day and a row for each match."""
        self.finder.grouped = not self.finder.grouped
        self.finder.restart()

    def action_year(self) -> None:
        """Narrow the search to the year of the cursor's row, or undo that."""
        if row := self.finder.results.chosen:
            self._toggle_year(row.day.year)

    def on_result_summary_year_chosen(self, event: ResultSummary.YearChosen) -> None:
        """Narrow the search to the year that was clicked, or undo that."""
        self._toggle_year(event.year)

    def _toggle_year(self, year: int) -> None:
        words, term = self.finder.words.rstrip(), f"date:{year:04d}"
        if words.endswith(term):
            self.finder.search_for(words.removesuffix(term).rstrip())
        else:
            self.finder.search_for(f"{words} {term}".lstrip())

    def action_next_day(self) -> None:
        """Move the cursor to the first row of the next day down the list."""
        self.finder.results.action_day(1)

    def action_previous_day(self) -> None:
        """Move the cursor up to the first row of its day, or from there to the day above."""
        self.finder.results.action_day(-1)

    def action_save_query(self) -> None:
        """Ask for a name and save the search under it."""
        searches = self.journal.saved_searches
        words = " ".join(self.finder.words.split())
        if not words:
            self.tell("Type a search first, then save it.", "warning")
            return

        def answered(name: str | None) -> None:
            if not name:
                return
            try:
                warning = searches.save(name, words)
            except JournalError as error:
                self.tell(str(error), "error")
                return
            self.history.remember(words)
            key = key_of("command_palette", self.app._keymap)
            self.tell(warning or f"Saved. Commands ({key}) lists it as “Find: {one_line(name)}”.")

        self.app.push_screen(NameDialog(words, searches.all()), answered)

    def action_recall(self) -> None:
        """List the saved and recent searches, and run the chosen one."""
        saved = self.journal.saved_searches.all()
        listed = [(f"{one_line(name)} · {one_line(query)}", query) for name, query in saved.items()]
        listed += [(one_line(query), query) for query in self.history.latest[:_MAX_RECENT]]
        if not listed:
            self.tell("No searches yet. A search is listed here once you open one of its results.")
            return

        def answered(query: str | None) -> None:
            if query:
                self.search_for(query)

        choices = [
            (str(number) if number < 10 else "", label, query)
            for number, (label, query) in enumerate(listed, 1)
        ]
        text = "Saved searches, then recent ones" if saved else "Recent searches"
        self.app.push_screen(ChoiceDialog("Searches", text, choices), answered)

    def action_earlier(self) -> None:
        """Go back to the previous search."""
        self._step_history(-1)

    def action_later(self) -> None:
        """Go forward to the next search."""
        self._step_history(1)

    def _step_history(self, by: int) -> None:
        words = self.history.step(self.finder.words, by)
        if words is not None:
            self.finder.search_for(words)

    def action_copy_point(self) -> None:
        """Copy the point under the cursor."""
        if row := self.finder.results.chosen:
            self.history.remember(self.finder.words)
            self.app.copy_to_clipboard(row.text)
            self.tell(f"Copied: {row.text}")

    def action_copy_all(self) -> None:
        """Copy all rows as a Markdown list."""
        self._copy_all()

    @work(group="copy")
    async def _copy_all(self) -> None:
        found = list(self.finder.results.rows)
        self.history.remember(self.finder.words)
        text = await _as_markdown(
            found, self.finder.words, self.finder.summary.count_in_words, scale_of(self)
        )
        self.app.copy_to_clipboard(text)
        noun = "result" if len(found) == 1 else "results"
        self.tell(f"Copied {len(found):,} {noun} as a Markdown list.")

    def action_open(self) -> None:
        """Open the selected row, or run the selected suggestion."""
        self.finder.choose()

    def on_search_panel_chosen(self, event: SearchPanel.Chosen) -> None:
        """Answer with the row to the screen that opened this one."""
        self.history.remember(self.finder.words)
        self.dismiss(event.row)

    @property
    def cursor_row(self) -> int | None:
        """The row of the selected result, also while the search line has the focus."""
        return self.finder.results.cursor_screen_offset.y

    def palette_commands(self) -> Iterator[PaletteCommand]:
        """Yield the commands of this screen, and the saved searches."""
        yield from palette_commands(("find",), self, keymap=self.app._keymap)
        yield from saved_searches(self.journal, self.search_for)

    def action_help(self) -> None:
        """Show the page about finding, with every key."""
        from journal_tui.app.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("finding"))

    def action_back(self) -> None:
        """Close the whole entry, undo a suggested search, or go back to the page and keep the search."""
        if self._shows_whole_entry:
            self._close_entry()
        elif before := self.finder.words_before:
            self.finder.search_for(before)
        else:
            self.leave()

    def leave(self) -> AwaitComplete:
        """Go back to the page, and keep the search."""
        self.history.remember(self.finder.words)
        return self.dismiss(None)


async def _as_markdown(rows: Sequence[ResultRow], words: str, said: str, scale: Scale) -> str:
    """Return Markdown: the search and `said`, then the rows as a list with their dates.

    `said` is the number of results and their order, in words. The event loop isn't blocked.
    """
    lines = [f"{_as_code_span(words)}: {said}" if words.strip() else said, ""]
    for number, row in enumerate(rows):
        rating = "" if row.rating is None else f" ({scale.shown(row.rating)})"
        lines.append(f"- {row.iso}{rating}: {' '.join(row.text.split())}")
        if number % _BATCH_SIZE == _BATCH_SIZE - 1:
            # Reading the texts of rows from their files takes time.
            await asyncio.sleep(0)
    return "\n".join(lines) + "\n"


def _as_code_span(words: str) -> str:
    """Return the search as Markdown code, whatever characters it has."""
    line = " ".join(words.split())
    ticks = "`"
    while ticks in line:
        ticks += "`"
    blank = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{ticks}{blank}{line}{blank}{ticks}"
