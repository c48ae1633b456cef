"""The base class of screens with a list: the filter, completion of names, and the update after a refresh."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from textual import work
from textual.widgets import Input

from journal_tui.app.commands import key_of
from journal_tui.app.navigation import AppScreen
from journal_tui.app.widgets.inputs import SingleLineInput
from journal_tui.app.widgets.mode_footer import ModeFooter
from journal_tui.app.widgets.row_list import RowList
from journal_tui.errors import JournalError

if TYPE_CHECKING:
    from journal_tui.journal import Journal, SaveResult

Result = TypeVar("Result")
_CONFLICT = "The entry changed at the same moment. Press {} on the page and choose “Conflicts”."
POLL_SECONDS = 0.1


class ListScreen(AppScreen[Result]):
    """A screen with a list that can be filtered; the input `filter` is shown only while it is used.

    A subclass that yields the filter shows the rows that match `filter_words` each time they change.
    `is_indexing()` returns whether the index is being updated.
    """

    # Several messages would cover the list.
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

    def reload_list(self) -> None:
        """Read the list again, because the index has been updated."""

    def index_changed(self) -> None:
        """Read the list again."""
        self.reload_list()

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
        """The words of the filter; "" while it is closed."""
        return self.filter.value.strip() if self.is_filtered else ""

    def warn_of(self, saved: "SaveResult") -> None:
        """Show the warning of a save and, if it left a conflict copy, where to compare that."""
        self.tell(saved.warning, "warning")
        if saved.conflict_path:
            key = key_of("command_palette", self.app._keymap)
            self.tell(_CONFLICT.format(key), "warning")

    def on_resize(self) -> None:
        """Fit the footer to the width."""
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
        """Read the list again after the refresh of the index in the background, if one is under way."""
        waited = False
        while self._is_indexing():
            waited = True
            await asyncio.sleep(POLL_SECONDS)
        if waited:
            self.reload_list()

    def action_filter(self) -> None:
        """Open the filter."""
        self.add_class("-filtered")
        # `Widget.focus` takes effect later: keys that have already arrived would go to the list.
        self.set_focus(self.filter)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Move the focus to the list, which stays filtered."""
        event.stop()
        self.row_list.focus()

    def action_step(self, by: int) -> None:
        """Move the cursor of the list while the filter has the focus."""
        self.row_list.action_cursor(by)

    def action_back(self) -> None:
        """Close the filter and show everything again; without a filter, go back."""
        if not self.is_filtered:
            self.leave()
            return
        self.remove_class("-filtered")
        with self.prevent(Input.Changed):
            self.filter.value = ""
        self.row_list.focus()
        self.show_all()
