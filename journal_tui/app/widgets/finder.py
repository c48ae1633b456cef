"""Search as one types: a line to type in, what it found, and the rows."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from journal_tui.app.widgets.pause import Pause
from journal_tui.app.widgets.querycompletion import Fields
from journal_tui.app.widgets.queryline import QueryLine
from journal_tui.app.widgets.results import Results, Row
from journal_tui.app.widgets.searching import Offers, Search, Searching
from journal_tui.app.widgets.summary import Summary

REST_SECONDS = 0.08
"""The cursor has come to rest after so long."""
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


class Finder(Searching):
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
        super().__init__(search, noun, offers, id)
        self._beside = beside
        self._rest = Pause(self, REST_SECONDS, rested) if rested else None
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
        self.call_after_refresh(self.begin)

    # -- what is asked for ----------------------------------------------------------------

    def focus_line(self) -> None:
        """Put the cursor where one types."""
        self.line.focus()

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

    # -- keys and messages ----------------------------------------------------------------

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
