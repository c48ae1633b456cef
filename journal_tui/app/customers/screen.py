"""The screen of customers: whom to visit next, what each said and wasn't told yet, and what returns."""

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from journal_tui.app.commands import PaletteCommand, bindings, key_of, palette_commands
from journal_tui.app.customers.customer_list import Alike, CustomerList
from journal_tui.app.customers.loop_screen import (
    LoopContents,
    LoopScreen,
    customer_contents,
    returning_contents,
    untold_contents,
)
from journal_tui.app.screens.list_screen import ListScreen
from journal_tui.app.widgets.mode_footer import ModeFooter
from journal_tui.customers import words
from journal_tui.customers.loop import Place
from journal_tui.customers.overview import ORDERS, CustomerRow, Overview, Repeat, in_order
from journal_tui.customers.spellings import OtherSpelling
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import JournalError

if TYPE_CHECKING:
    from journal_tui.answers import WrittenAnswer
    from journal_tui.journal import Journal

PERIODS = ("last 365 days", "quarter", "year", "all")
"""The periods in which themes can be counted, in the order in which the command shows them."""
_EMPTY = """\
No entry names a customer yet.

Write a visit as a note ({notes}, Service review), with the customer's tag in its first lines:

  @helen and her deputy. #customer/lab

  ## Frustrations with applications and services

  - "We never hear how long it will take" #estimates
    - [ ] Tickets carry an estimate @priya due:friday

Each customer is then listed here: when you were there last, what was said by theme, what you \
promised, and what the customer doesn't know yet. Press f1 for more."""
_GIVES_WAY = ("find", "period", "sort", "returning")
"""The commands whose keys a narrow footer leaves out, the least needed first."""


class CustomersScreen(ListScreen[Place | None]):
    """A screen that lists customers and returns the line of an entry to open, or None.

    `is_indexing()` returns whether the index is being updated; `find(words)` opens Find above this
    screen. If `customer` is the key of a customer, the screen about it is opened above this one at once.
    """

    opened_by = "customers"
    CSS_PATH = "customers.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("customers")]

    def __init__(
        self,
        journal: "Journal",
        is_indexing: Callable[[], bool] = lambda: False,
        find: Callable[[str], object] = lambda words: None,
        customer: str = "",
    ) -> None:
        super().__init__(journal, is_indexing)
        self._find = find
        self._first = self._shown = customer
        self._period = 0
        self._order = 0
        self.list = CustomerList(journal.today)
        self._found: Overview | None = None
        self._told: list[WrittenAnswer] = []
        self._title = ""

    def compose(self) -> ComposeResult:
        """Yield the heading, the most important facts, the list, a legend with medians, and the keys."""
        yield Static(classes="heading")
        yield Static(classes="facts short")
        yield self.list
        yield Static(classes="empty")
        yield Static(classes="facts more")
        yield ModeFooter(self.app.size.width, _GIVES_WAY)

    def on_mount(self) -> None:
        """List the customers, and again when the index is up to date."""
        self.list.focus()
        self._load()
        self.list_after_refresh()

    def palette_commands(self) -> Iterable[PaletteCommand]:
        """Return the palette's commands for this screen."""
        return palette_commands(("customers",), self)

    def reload_list(self) -> None:
        """Read the list again."""
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        chosen = self.list.chosen
        first = self._first
        keep = chosen.customer.key if isinstance(chosen, CustomerRow) else first
        try:
            span = self.journal.span(PERIODS[self._period])
            found = await asyncio.to_thread(self.journal.customer_overview, span)
        except (JournalError, OSError) as error:
            self.tell(str(error), "error")
            return
        if not self.is_mounted:
            return
        # Not before, because another read may have replaced this one.
        self._first = ""
        self._found, self._title = found, one_line(span.title)
        self.set_class(found.is_empty, "-empty")
        empty = _EMPTY.format(notes=key_of("files", self.app._keymap))
        self.query_one(".empty", Static).update(Content(empty))
        short = "" if found.is_empty else words.in_short(found)
        self.query_one(".short", Static).update(Content(short))
        more = "" if found.is_empty else f"{_legend(found)}\n{words.how_long(found)}"
        self.query_one(".more", Static).update(Content(more))
        self._show(keep)
        chosen = self.list.chosen
        if first and isinstance(chosen, CustomerRow) and chosen.customer.key == first:
            self.action_open()

    @property
    def shown(self) -> str:
        """The key of the customer if the screen opened last was about one, or ""."""
        return self._shown

    def _show(self, keep: str) -> None:
        """Show the customers in the chosen order, with the cursor on the one with the key `keep`."""
        found = self._found
        if found is None:
            return
        order = list(ORDERS)[self._order]
        found = self._found = found._replace(rows=in_order(found.rows, order))
        self.query_one(".heading", Static).update(
            Content.assemble(
                ("Customers", "bold"),
                f" {len(found.rows):,}" if found.rows else "",
                (f"   {self._title}" + (f", {ORDERS[order]}" if found.rows else ""), "$text-muted"),
            )
        )
        self.list.show(found, keep)

    def action_open(self) -> None:
        """Show the loops of the selected customer, theme or pair; for another spelling, open its first entry."""
        value = self.list.chosen
        if value is None:
            return
        if isinstance(value, OtherSpelling):
            self.dismiss(value.place)
            return
        self._shown = ""
        if isinstance(value, CustomerRow):
            key = self._shown = value.customer.key
            span = self.journal.span(PERIODS[self._period])

            def read() -> LoopContents:
                page = self.journal.customer_page(key, span)
                return customer_contents(page, self.journal.customer_mentions(key))
        else:
            contents = self._theme_contents(value)

            def read() -> LoopContents:
                return contents

        self._list_loops(read)

    def _list_loops(self, read: Callable[[], LoopContents]) -> None:
        """List the loops that `read` returns on a screen above this one; a line chosen there is opened."""

        def answered(place: Place | None) -> None:
            if place:
                self.dismiss(place)
            elif len(self._told) != before:
                self._load()

        before = len(self._told)
        screen = LoopScreen(self.journal, read, self._find, self._told)
        self.app.push_screen(screen, answered)

    def action_not_told(self) -> None:
        """List the loops that the customers haven't been told of yet."""
        self._shown = ""
        if self._found is not None and not self._found.is_empty:
            span = self.journal.span(PERIODS[self._period])
            self._list_loops(lambda: untold_contents(self.journal.customer_overview(span)))

    def action_returning(self) -> None:
        """List what was said again, and the themes that return."""
        self._shown = ""
        if (found := self._found) is not None and not found.is_empty:
            self._list_loops(lambda: returning_contents(found))

    def action_sort(self) -> None:
        """Show the customers in the next order, with the cursor on the first."""
        self._order = (self._order + 1) % len(ORDERS)
        self._show("")
        self.list.action_end(0)

    def _theme_contents(self, value: Repeat | Alike) -> LoopContents:
        """Return the contents about a theme or a similar pair, by customer."""
        names = self._found.names if self._found else {}
        loops = value.loops if isinstance(value, Repeat) else value
        groups = [
            (names.get(key, key), [loop for loop in loops if key in loop.customers])
            for key in dict.fromkeys(key for loop in loops for key in loop.customers)
        ]
        if isinstance(value, Repeat):
            query = f"theme:{value.theme}"
            return LoopContents(f"#{value.theme}", "What was said with this tag", groups, query)
        return LoopContents("Perhaps the same", "Said in nearly the same words", groups, "")

    def on_row_list_opened(self) -> None:
        """Open the selected row when it is clicked."""
        self.action_open()

    def action_period(self) -> None:
        """Count themes in the next period of `PERIODS`."""
        self._period = (self._period + 1) % len(PERIODS)
        self._load()

    def action_find(self) -> None:
        """Search for what the selected customer said, or for the selected theme."""
        value = self.list.chosen
        if isinstance(value, CustomerRow):
            self._find(f"customer:{value.customer.key}")
        elif isinstance(value, Repeat):
            self._find(f"theme:{value.theme}")

    def action_help(self) -> None:
        """Show the page about visiting customers, with every key."""
        from journal_tui.app.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("visiting-customers"))


def _legend(found: Overview) -> str:
    """Return what the numbers in the list mean."""
    if found.before is None:
        return "“said” counts all days. The other numbers are as of today."
    new = sum(row.is_new for row in found.rows)
    if new == len(found.rows):
        return "“4 new”: 4 in the period, from a new customer. The rest is as of today."
    if new:
        return "“4 +1”: 1 more than before; “4 new”: a new customer. The rest is as of today."
    return "“4 +1”: 4 in the period, 1 more than before. The rest is as of today."
