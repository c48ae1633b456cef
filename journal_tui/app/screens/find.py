"""Find: learning points, or whole days, from all the years, and the entry beside them."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.widgets import Footer

from journal_tui.app.navigation import AppScreen
from journal_tui.app.screens import findkeys
from journal_tui.app.screens.dialog import ChoiceDialog
from journal_tui.app.screens.search_history import NameDialog, Past, saved_searches
from journal_tui.app.screens.search_source import (
    BEST,
    ENTRIES,
    LEARNING,
    NEWEST,
    instead,
    rows,
    to_try,
)
from journal_tui.app.widgets.finder import Finder
from journal_tui.app.widgets.preview import Preview
from journal_tui.app.widgets.results import Lead, Row
from journal_tui.app.widgets.summary import Summary
from journal_tui.app.widgets.wording import long_date
from journal_tui.entry.rating import shown
from journal_tui.entry.visible import one_line
from journal_tui.errors import JournalError
from journal_tui.library import queries
from journal_tui.query.values import FIELDS

if TYPE_CHECKING:
    from journal_tui.app.widgets.gathering import Found
    from journal_tui.journal import Journal

LOOK_SECONDS, LOOKS_A_SEARCH = 0.1, 10
_BEHIND = ("catch_up", "take_into_index")
_EARLIER = 12
"""How many of the latest searches are offered."""
_AT_ONCE = 200


class Find(AppScreen[Row | None]):
    """Gives the row to open, or None; begins with a search for `words`."""

    CSS_PATH = "find.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *findkeys.bindings(),
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
    ]

    def __init__(self, journal: "Journal", words: str = "") -> None:
        super().__init__()
        self.journal = journal
        self.past = Past(journal)
        self._words = words
        self._where, self._sort = LEARNING, NEWEST
        self.preview = Preview(journal.library.vocabulary)
        self.finder = Finder(
            self._search,
            offers=self._offers,
            fields=FIELDS,
            mentions=self._mentions,
            beside=self.preview,
            by_year=True,
            rested=self._show_entry,
        )

    def compose(self) -> ComposeResult:
        """The finder with the entry beside it, and the keys."""
        yield self.finder
        yield Footer(show_command_palette=False, compact=self.app.size.width < 80)

    def on_mount(self) -> None:
        """Begin where one types."""
        self.finder.focus_line()
        if self._words:
            self.finder.ask(self._words)
        self._follow_the_index()

    def tell(self, sentence: str, severity: Any = "information") -> None:
        """Show a sentence for a while."""
        self.notify(sentence, severity=severity, markup=False)

    # -- searching ------------------------------------------------------------------------

    def ask(self, words: str) -> None:
        """Search for this; what was searched for before can be gone back to."""
        self.past.keep(self.finder.words)
        self._leave_page()
        self.finder.ask(words)

    def _search(self, words: str) -> "Found":
        return rows(self.journal, words, self._where, self._sort)

    def _offers(self, words: str) -> Lead:
        if words.strip():
            return instead(self.journal, words, self._where)
        room = max(4, self.finder.results.size.height // 2)
        return to_try(self.journal, dict(queries.saved(self.journal.library)), room)

    def _mentions(self, word: str) -> list[str]:
        try:
            return self.journal.complete(word)
        except JournalError:
            return []

    @work(group="index")
    async def _follow_the_index(self) -> None:
        """Search again while the index is brought up to date in the background, and once it is."""
        waited = 0
        while any(worker.name in _BEHIND and not worker.is_finished for worker in self.app.workers):
            self.finder.suffix = " · still reading files"
            await asyncio.sleep(LOOK_SECONDS)
            waited += 1
            if waited % LOOKS_A_SEARCH == 0:
                self.finder.search_again()
        self.finder.suffix = ""
        if waited:
            self.finder.search_again()

    # -- the entry beside the rows --------------------------------------------------------

    @work(group="preview")
    async def _show_entry(self) -> None:
        """The entry of the cursor's row beside it, or in full; what is hidden is not read."""
        row = self.finder.results.chosen
        if not self.preview.display:
            return
        if row is None:
            self.preview.clear("Choose a row to see its entry here.")
            return
        try:
            text = await asyncio.to_thread(self.journal.library.text, row.path)
        except (JournalError, OSError):
            self.preview.clear("This entry can no longer be read.")
            return
        if row is self.finder.results.chosen:
            number = row.number
            title = f"{long_date(row.day)}{'' if number is None else f' · day {number}'}"
            self.preview.show(row, text, title)

    def on_resize(self) -> None:
        """A wider screen shows the entry too."""
        for footer in self.query(Footer):
            footer.compact = self.size.width < 80
        self.call_after_refresh(self._show_entry)

    @property
    def _is_page(self) -> bool:
        return self.has_class("-page")

    def _leave_page(self) -> None:
        if self._is_page:
            self.remove_class("-page")
            self.finder.focus_line()

    def on_key(self, event: events.Key) -> None:
        """Whoever types while the entry has the focus means the search."""
        line = self.finder.line
        if event.is_printable and event.key != "space" and not line.has_focus and not self._is_page:
            event.stop()
            line.focus()
            line.insert_text_at_cursor(event.character or "")

    def action_read(self) -> None:
        """Read the entry in full, or go back to the rows."""
        if self._is_page:
            self._leave_page()
        elif self.finder.results.chosen:
            self.add_class("-page")
            self.preview.focus()
            self.call_after_refresh(self._show_entry)

    def action_context(self) -> None:
        """Show the lines around the match, or hide them."""
        self._leave_page()
        self.toggle_class("-other")
        self.call_after_refresh(self._show_entry)

    def action_step(self, by: int) -> None:
        """Read the entry of the next row or the one before."""
        self.finder.results.action_cursor(by)

    # -- ways to look ---------------------------------------------------------------------

    def action_switch(self) -> None:
        """Look in whole entries, or in learning points again."""
        self._where = ENTRIES if self._where == LEARNING else LEARNING
        self.finder.look_for("day" if self._where == ENTRIES else "learning point")

    def action_order(self) -> None:
        """The newest first, or the best."""
        self._sort = BEST if self._sort == NEWEST else NEWEST
        self.finder.order = f"{self._sort} first"
        self.finder.begin_again()

    def action_group(self) -> None:
        """One row for each day, or every match."""
        self.finder.grouped = not self.finder.grouped
        self.finder.begin_again()

    def action_year(self) -> None:
        """Narrow to the year of the cursor's row, or take that back."""
        if row := self.finder.results.chosen:
            self._narrow(row.day.year)

    def on_summary_year_chosen(self, event: Summary.YearChosen) -> None:
        """Narrow to the year that was clicked, or take that back."""
        self._narrow(event.year)

    def _narrow(self, year: int) -> None:
        words, term = self.finder.words.rstrip(), f"date:{year:04d}"
        if words.endswith(term):
            self.finder.ask(words.removesuffix(term).rstrip())
        else:
            self.finder.ask(f"{words} {term}".lstrip())

    def action_next_day(self) -> None:
        """Down to the next day."""
        self.finder.results.action_day(1)

    def action_previous_day(self) -> None:
        """Up to the day above."""
        self.finder.results.action_day(-1)

    # -- searches -------------------------------------------------------------------------

    def action_save_query(self) -> None:
        """Ask for a name and save this search by it."""
        library = self.journal.library
        words = " ".join(self.finder.words.split())
        if not words:
            self.tell("Type a search first, then save it.", "warning")
            return

        def answered(name: str | None) -> None:
            if not name:
                return
            try:
                warning = queries.save(library, name, words)
            except JournalError as error:
                self.tell(str(error), "error")
                return
            self.past.keep(words)
            self.tell(
                warning or f"Saved. The palette (ctrl+p) lists it as “Find: {one_line(name)}”."
            )

        self.app.push_screen(NameDialog(words, queries.saved(library)), answered)

    def action_recall(self) -> None:
        """Choose a saved or an earlier search."""
        saved = queries.saved(self.journal.library)
        listed = [(f"{one_line(name)} · {one_line(query)}", query) for name, query in saved.items()]
        listed += [(one_line(query), query) for query in self.past.latest[:_EARLIER]]
        if not listed:
            self.tell("No searches yet. A search is listed here once you open one of its results.")
            return

        def answered(query: str | None) -> None:
            if query:
                self.ask(query)

        choices = [
            (str(number) if number < 10 else " ", label, query)
            for number, (label, query) in enumerate(listed, 1)
        ]
        text = "Saved searches, then recent ones" if saved else "Recent searches"
        self.app.push_screen(ChoiceDialog("Searches", text, choices), answered)

    def action_earlier(self) -> None:
        """The search before this one."""
        self._step_back(-1)

    def action_later(self) -> None:
        """The search after this one."""
        self._step_back(1)

    def _step_back(self, by: int) -> None:
        words = self.past.step(self.finder.words, by)
        if words is not None:
            self.finder.ask(words)

    # -- taking things out ----------------------------------------------------------------

    def action_copy_point(self) -> None:
        """Copy the point under the cursor."""
        if row := self.finder.results.chosen:
            self.past.keep(self.finder.words)
            self.app.copy_to_clipboard(row.text)
            self.tell(f"Copied: {row.text}")

    def action_copy_all(self) -> None:
        """Copy all rows as a Markdown list."""
        self._copy_all()

    @work(group="copy")
    async def _copy_all(self) -> None:
        found = list(self.finder.results.rows)
        self.past.keep(self.finder.words)
        text = await _as_markdown(found, self.finder.words, self.finder.summary.said)
        self.app.copy_to_clipboard(text)
        self.tell(
            f"Copied {len(found):,} {'row' if len(found) == 1 else 'rows'} as a Markdown list."
        )

    # -- coming and going -----------------------------------------------------------------

    def action_open(self) -> None:
        """Open the row under the cursor, or take the offer."""
        self.finder.choose()

    def on_finder_chosen(self, event: Finder.Chosen) -> None:
        """Give the row."""
        self.past.keep(self.finder.words)
        self.dismiss(event.row)

    def palette_commands(self) -> Iterator[SystemCommand]:
        """The actions of this screen, and the saved searches."""
        for action in findkeys.ACTIONS:
            yield SystemCommand(action.label, action.help, getattr(self, f"action_{action.name}"))
        yield from saved_searches(self.journal.library, self.ask)

    def action_help(self) -> None:
        """The language, and every key."""
        from journal_tui.app.screens.help import HelpScreen
        from journal_tui.query.grammar import LANGUAGE

        groups, text = findkeys.help_groups(), findkeys.HELP_TEXT
        self.app.push_screen(HelpScreen(groups, text, title="Help for Find", language=LANGUAGE))

    def action_back(self) -> None:
        """Leave the page, clear the line, or go back to the text: the first that there is."""
        if self._is_page:
            self._leave_page()
        elif not self.finder.line.has_focus:
            self.finder.focus_line()
        elif self.finder.words:
            self.past.keep(self.finder.words)
            self.finder.ask("")
        else:
            self.dismiss(None)


async def _as_markdown(rows: Sequence[Row], words: str, said: str) -> str:
    """A line of how it was found, then the rows as a list with their dates; others get a turn.

    `said` is how much was found, and in which order.
    """
    lines = [f"{_code(words)}: {said}" if words.strip() else said, ""]
    for number, row in enumerate(rows):
        rating = "" if row.rating is None else f" ({shown(row.rating)}/10)"
        lines.append(f"- {row.day.isoformat()}{rating}: {' '.join(row.text.split())}")
        if number % _AT_ONCE == _AT_ONCE - 1:
            # Texts of whole entries are read from their files.
            await asyncio.sleep(0)
    return "\n".join(lines) + "\n"


def _code(words: str) -> str:
    """The search as code, whatever signs it holds."""
    line = " ".join(words.split())
    ticks = "`"
    while ticks in line:
        ticks += "`"
    blank = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{ticks}{blank}{line}{blank}{ticks}"
