"""Search as one types: a line to type in, a count, and the rows found."""

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from journal_tui.app.widgets.oneline import OneLine
from journal_tui.app.widgets.results import Results, Row
from journal_tui.app.widgets.wording import counted
from journal_tui.entry.visible import one_line
from journal_tui.errors import JournalError

Search = Callable[[str], Iterator[Row]]

DEBOUNCE_SECONDS = 0.03
SLICE_SECONDS = 0.008
MOST_ROWS = 10_000
_FORWARDED = {
    "up": "cursor(-1)",
    "down": "cursor(1)",
    "pageup": "page(-1)",
    "pagedown": "page(1)",
    "ctrl+home": "first",
    "ctrl+end": "last",
}


class Finder(Vertical):
    """Shows what `search(words)` gives, newest first, while the person types.

    Focus stays in the line; up, down, page keys and enter go to the rows. `search` may raise
    JournalError, whose sentence is shown.
    """

    DEFAULT_CSS = """
    Finder {
        & OneLine { border: round $foreground 30%; background: transparent; height: 3; }
        & OneLine:focus { border: round $border; }
        & .count { height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        & .count.-wrong { color: $text-error; }
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

    def __init__(self, search: Search, noun: str = "learning point", id: str | None = None) -> None:
        super().__init__(id=id)
        self._search = search
        self._noun = noun

    def compose(self) -> ComposeResult:
        """The line, the count, the rows."""
        line = OneLine(placeholder=f"Find {self._noun}s: words, “phrases”, #tags, @people")
        line.border_title = Content("Find")
        yield line
        yield Static(classes="count", markup=False)
        results = Results(empty="")
        results.can_focus = False
        results.add_class("-active")
        yield results

    def on_mount(self) -> None:
        """Show the newest before anything is typed."""
        self.search_again()

    def focus_line(self) -> None:
        """Put the cursor where one types."""
        self.query_one(OneLine).focus()

    @property
    def words(self) -> str:
        """What is typed."""
        return self.query_one(OneLine).value

    def look_for(self, noun: str) -> None:
        """Search anew for things of another name."""
        self._noun = noun
        self.query_one(OneLine).placeholder = f"Find {noun}s: words, “phrases”, #tags, @people"
        self.search_again()

    def choose(self) -> None:
        """Open the row under the cursor."""
        self.query_one(Results).action_choose()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search for what is typed now."""
        event.stop()
        self.search_again()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the row under the cursor."""
        event.stop()
        self.query_one(Results).action_choose()

    def on_results_chosen(self, event: Results.Chosen) -> None:
        """Pass the row on as this widget's own word."""
        event.stop()
        self.post_message(self.Chosen(event.row))

    async def action_forward(self, action: str) -> None:
        """Do in the rows what a key asks for that was pressed in the line."""
        await self.app.run_action(action, default_namespace=self.query_one(Results))

    def on_key(self, event: events.Key) -> None:
        """Keep the arrow keys from moving the focus."""
        if event.key in ("up", "down"):
            event.prevent_default()

    @work(exclusive=True)
    async def search_again(self) -> None:
        """Search in small slices, so that a key pressed meanwhile is never waited for."""
        await asyncio.sleep(DEBOUNCE_SECONDS if self.query_one(Results).rows else 0)
        results, words = self.query_one(Results), self.words
        try:
            hits = self._search(words)
            rows: list[Row] = []
            is_first, done = True, False
            while not done:
                until = time.perf_counter() + SLICE_SECONDS
                for row in hits:
                    rows.append(row)
                    if time.perf_counter() > until:
                        break
                else:
                    done = True
                if is_first:
                    results.set_rows(rows)
                    is_first = False
                elif rows:
                    results.add_rows(rows)
                rows = []
                done = done or len(results.rows) >= MOST_ROWS
                self._tell(words, len(results.rows), done)
                await asyncio.sleep(0)
        except JournalError as error:
            results.set_rows(())
            self._say(str(error), wrong=True)

    def _tell(self, words: str, count: int, done: bool) -> None:
        if not words.strip():
            said = f"{counted(count, self._noun)} · newest first" if count else self._nothing_yet()
        elif count or not done:
            more = "" if done else " so far"
            said = f"{counted(count, self._noun)}{more} · newest first"
        else:
            said = f"Nothing found for “{one_line(words)}”. Fewer or shorter words find more."
        self._say(said)

    def _nothing_yet(self) -> str:
        return "No learning points yet: items under the heading “Learning points” appear here."

    def _say(self, text: str, wrong: bool = False) -> None:
        line = self.query_one(".count", Static)
        line.set_class(wrong, "-wrong")
        line.update(Content(one_line(text)))
