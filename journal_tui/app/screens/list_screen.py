"""What the screens with a list share: its filter, the names to complete, and reading it again."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from textual import work
from textual.widgets import Input

from journal_tui.app.navigation import AppScreen
from journal_tui.app.widgets.inputs import SingleLineInput
from journal_tui.app.widgets.mode_footer import ModeFooter
from journal_tui.app.widgets.row_list import RowList
from journal_tui.errors import JournalError

if TYPE_CHECKING:
    from journal_tui.journal import Journal

Result = TypeVar("Result")
LOOK_SECONDS = 0.1


class ListScreen(AppScreen[Result]):
    """A screen with a list, which a line can narrow: `filter`, shown while it is being used.

    A subclass that yields the filter reads `filter_words`, and shows what matches them when they
    change. `is_indexing` tells whether the index is being brought up to date.
    """

    # Several would cover the list.
    replaces_messages = True

    def __init__(
        self,
        journal: "Journal",
        is_indexing: Callable[[], bool] = lambda: False,
        placeholder: str = "",
    ) -> None:
        super().__init__()
        self.journal, self._is_indexing = journal, is_indexing
        self.filter = SingleLineInput(placeholder=placeholder, classes="filter")

    def show_all(self) -> None:
        """Show the whole list, because the filter was closed."""

    def list_again(self) -> None:
        """Read the list again, because the index has been brought up to date."""

    @property
    def row_list(self) -> RowList[Any]:
        """The list."""
        return self.query_one(RowList)  # type: ignore[type-abstract]

    @property
    def is_filtered(self) -> bool:
        """Whether the filter is open, perhaps without words in it."""
        return self.has_class("-filtered")

    @property
    def filter_words(self) -> str:
        """What the list is narrowed to; "" while it shows everything."""
        return self.filter.value.strip() if self.is_filtered else ""

    def tell(self, sentence: str, severity: Any = "information") -> None:
        """Show a notification."""
        self.notify(sentence, severity=severity, markup=False)

    def on_resize(self) -> None:
        """Leave the blanks around the footer's keys out in a narrow window."""
        for footer in self.query(ModeFooter):
            footer.fit(self.size.width)

    def complete_mention(self, word: str) -> list[str]:
        """Return the tags or people that begin with a word; none if they can't be looked up."""
        try:
            return self.journal.mentions.complete(word)
        except JournalError:
            return []

    @work(group="index")
    async def list_after_refresh(self) -> None:
        """List again after a refresh of the index in the background, if there is one."""
        waited = False
        while self._is_indexing():
            waited = True
            await asyncio.sleep(LOOK_SECONDS)
        if waited:
            self.list_again()

    def action_filter(self) -> None:
        """Narrow the list to what matches some words."""
        self.add_class("-filtered")
        # At once, for the keys that are already on their way.
        self.set_focus(self.filter)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move to the list, which stays narrowed."""
        event.stop()
        self.row_list.focus()

    def action_step(self, by: int) -> None:
        """Move in the list while the filter is typed."""
        self.row_list.action_cursor(by)

    def action_back(self) -> None:
        """Show everything again if the list is narrowed, or else go back."""
        if not self.is_filtered:
            self.leave()
            return
        self.remove_class("-filtered")
        with self.prevent(Input.Changed):
            self.filter.value = ""
        self.row_list.focus()
        self.show_all()
