"""The screen that lists loops: of one customer, of a theme, those not yet told, or those that return."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from journal_tui import answers
from journal_tui.app.commands import PaletteCommand, bindings, key_of, palette_commands
from journal_tui.app.customers.loop_list import LoopList
from journal_tui.app.screens.list_screen import ListScreen
from journal_tui.app.screens.save_dialog import SaveDialog
from journal_tui.app.widgets.mode_footer import ModeFooter
from journal_tui.customers import words
from journal_tui.customers.loop import Loop, Place
from journal_tui.customers.overview import OpenPromise
from journal_tui.customers.visit import CONFIRMED, TOLD
from journal_tui.entry.line_map import shortened
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import EntryError, JournalError
from journal_tui.period import long_date
from journal_tui.query.fields import NOT_TOLD

if TYPE_CHECKING:
    from journal_tui.answers import WrittenAnswer
    from journal_tui.app.customers.loop_list import Row
    from journal_tui.customers.overview import Overview
    from journal_tui.journal import CustomerPage, Journal, Said, SaveResult

MAX_MENTIONS = 100
"""How many passages of other entries are listed, the newest first."""
MAX_ALIKE = 50
"""How many pairs of loops in nearly the same words are listed."""
_GIVES_WAY = ("sheet", "find")
"""The commands whose keys a narrow footer leaves out, the least needed first."""
_FORMS = {".html": "html", ".md": "markdown"}


class LoopContents(NamedTuple):
    """The contents of the screen: a title, a line of facts, and groups; `query` finds the same entries.

    `customer` is the key of the customer if they are about one, or else "".
    """

    title: str
    facts: str
    groups: "Sequence[tuple[str, Sequence[Row]]]"
    query: str
    customer: str = ""


class LoopScreen(ListScreen[Place | None]):
    """A screen that lists loops; it returns the line to open, or None.

    `read()` looks up the contents; `find(words)` opens Find above this screen. `told` has the marks that
    were written and can be undone, the latest last; this screen adds its own.
    """

    CSS_PATH = "customers.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("customer")]

    def __init__(
        self,
        journal: "Journal",
        read: Callable[[], LoopContents],
        find: Callable[[str], object] = lambda words: None,
        told: "list[WrittenAnswer] | None" = None,
    ) -> None:
        super().__init__(journal)
        self._read, self._find = read, find
        self._told: list[WrittenAnswer] = [] if told is None else told
        self._query = ""
        self._customer, self._name = "", ""
        self.list = LoopList(journal.today)

    def compose(self) -> ComposeResult:
        """Yield the title, the facts, the list and the keys."""
        yield Static(classes="heading")
        yield Static(classes="facts")
        yield self.list
        yield ModeFooter(self.app.size.width, _GIVES_WAY)

    def on_mount(self) -> None:
        """Look up the contents."""
        self.list.focus()
        self._load()

    def palette_commands(self) -> Iterable[PaletteCommand]:
        """Return the palette's commands for this screen."""
        return palette_commands(("customer",), self)

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        try:
            found = await asyncio.to_thread(self._read)
        except (JournalError, OSError) as error:
            self.tell(str(error), "error")
            return
        if self.is_mounted:
            self._query, self._customer, self._name = found.query, found.customer, found.title
            self.query_one(".heading", Static).update(
                Content.assemble((one_line(found.title), "bold"))
            )
            self.query_one(".facts", Static).update(Content(one_line(found.facts)))
            self.list.show(found.groups)

    def action_open(self) -> None:
        """Answer with the selected line, to be opened in its entry."""
        if (place := self.list.place) is not None:
            self.dismiss(place)

    def on_row_list_opened(self) -> None:
        """Open the selected row when it is clicked."""
        self.action_open()

    async def action_told(self) -> None:
        """Write under the selected line that the customer heard of it today."""
        await self._mark(TOLD)

    async def action_confirmed(self) -> None:
        """Write under the selected line that the customer confirmed today that it helped."""
        await self._mark(CONFIRMED)

    async def _mark(self, what: str) -> None:
        loop = self.list.chosen
        if isinstance(loop, OpenPromise):
            loop = loop.loop
        if not isinstance(loop, Loop):
            if loop is not None:
                self.tell("Select something that the customer said or was promised.", "warning")
            return
        try:
            answer = await asyncio.to_thread(answers.tell_customer, self.journal, loop, what)
        except (JournalError, OSError) as error:
            if any(made.promise.is_open for made in loop.promises):
                tick = key_of("tick", self.app._keymap)
                self.tell(f"{error} Press enter to open it, then {tick} on the promise's line.")
            else:
                self.tell(str(error), "warning")
            return
        self._told.append(answer)
        key = key_of("undo", self.app._keymap, ("customer",))
        said = (
            f"Wrote “{what} {self.journal.today()}” under “{shortened(one_line(loop.text), 40)}”."
        )
        self._reload_and_tell(answer.saved, f"{said} To undo it, press {key}.")

    async def action_undo(self) -> None:
        """Remove the mark that was written last."""
        if not self._told:
            self.tell("There is nothing to undo.", "warning")
            return
        answer = self._told[-1]
        try:
            saved = await asyncio.to_thread(answers.take_back, self.journal, answer)
        except (JournalError, OSError) as error:
            self.tell(str(error), "warning")
            return
        self._told.pop()
        self._reload_and_tell(saved, f"Undone in the entry of {long_date(answer.day)}.")

    def _reload_and_tell(self, saved: "SaveResult", said: str) -> None:
        """Read the list again after a change, and show what was done."""
        self._load()
        self.tell(said)
        self.warn_of(saved)

    def action_sheet(self) -> None:
        """Ask for a file, and write “You said, we did” for this customer to it."""
        if not self._customer:
            self.tell(
                "A sheet is for one customer. Select one in Customers, and press enter.", "warning"
            )
            return

        journal, customer = self.journal, self._customer

        def write(file: Path, form: str, replace: bool) -> Path:
            sheet = journal.customer_sheet(customer)
            if sheet.is_empty:
                raise EntryError("Nothing was said or promised, so there is no sheet.")
            if form == "html":
                from journal_tui.customers.sheet_page import sheet_page

                text = sheet_page(sheet)
            else:
                from journal_tui.customers.sheet_markdown import sheet_markdown

                text = sheet_markdown(sheet)
            return journal.write_document(file, text, replace=replace)

        def written(path: str | None) -> None:
            if path:
                self.tell(f"The sheet is in {path}. Read it before you send it.")

        dialog = SaveDialog(
            "Save the sheet for the next visit",
            f"You said, we did – {self._name}",
            f"~/{customer.replace('/', '-')}.html",
            _FORMS,
            write,
        )
        self.app.push_screen(dialog, written)

    def action_find(self) -> None:
        """Open Find with the query of the contents."""
        if self._query:
            self._find(self._query)

    def action_help(self) -> None:
        """Show the page about visiting customers, with every key."""
        from journal_tui.app.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("visiting-customers"))


def customer_contents(page: "CustomerPage", mentions: "Iterable[Said]") -> LoopContents:
    """Return the contents about a customer: open promises, visits (the latest first), and mentions."""
    row = page.row
    met = words.met(page)
    facts = words.visited(row) + (f". {met}" if met else "")
    groups: list[tuple[str, Sequence[Row]]] = []
    if row.promises:
        groups.append(("Open promises", row.promises))
    for visit in reversed(page.visits):
        groups.append((f"Visit {visit.place.day}", visit.loops))
    if listed := list(islice(mentions, MAX_MENTIONS)):
        groups.append(("In other entries", listed))
    key = row.customer.key
    return LoopContents(row.customer.shown, facts, groups, f"customer:{key}", key)


def untold_contents(found: "Overview") -> LoopContents:
    """Return the contents with the loops not yet told, by customer, in the order of the overview."""
    number = len(found.untold)
    return LoopContents(
        "Not yet told",
        f"{words.untold_in_all(number)}. When you have told them, press t."
        if number
        else "Customers were told of everything that was done or refused.",
        list(words.by_customer(found.untold, found.names)),
        f"state:{NOT_TOLD}" if number else "",
    )


def returning_contents(found: "Overview") -> LoopContents:
    """Return the contents with what was said again after it was done, then themes and similar pairs."""
    groups: list[tuple[str, Sequence[Row]]] = []
    if found.reopened:
        groups.append((words.SAID_AGAIN, found.reopened))
    groups += [(words.repeated(one, found.names), one.loops) for one in found.repeats]
    groups += [(words.ALIKE, pair) for pair in found.alike[:MAX_ALIKE]]
    facts = "Said again after it was done, as of today; then themes of several visits in the period"
    return LoopContents("What returns", facts if groups else "Nothing returns.", groups, "")
