"""The trash dialog: preview and restore deleted entries and discarded drafts."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from journal_tui.app.screens.dialog import Dialog, TextDialog
from journal_tui.app.textual_guards import GuardedOptionList
from journal_tui.app.widgets.humanize import moment, moments_ago
from journal_tui.app.widgets.key_line import KeyLine
from journal_tui.entry.markdown_lines import text_of
from journal_tui.entry.sanitize import one_line

if TYPE_CHECKING:
    from journal_tui.journal import TrashItem

_READING = "Reading the trash …"
_EMPTY = "The trash is empty. What you delete or discard stays here for 30 days."
_HINTS = [("enter", "Bring back"), ("p", "Preview"), ("esc", "Back")]
_MAX_WORDS = 200
"""The most characters of a text in the list."""


class TrashScreen(Dialog["TrashItem | None"]):
    """A dialog that lists the trash and returns the item to restore, or None.

    `read` is called in another thread and returns the items; their texts are read in that thread, too.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = [*Dialog.CSS_PATH, "trash.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("p", "look", "Preview", show=False)]

    def __init__(self, read: "Callable[[], Sequence[TrashItem]]", now: datetime) -> None:
        super().__init__("Trash", _HINTS[-1:])
        self._read, self._now = read, now
        self._listed: list[TrashItem] = []

    def body(self) -> Sequence[Widget]:
        """Return the list with two lines for each item: its name and date, and its first words."""
        return [
            Static(_READING, classes="quiet"),
            GuardedOptionList(classes="choices", markup=False),
        ]

    def on_mount(self) -> None:
        """List the trash once it has been read."""
        self._load()

    @work(group="load")
    async def _load(self) -> None:
        def read() -> "list[tuple[TrashItem, str]]":
            # Sorted by the time of deletion, because each item is kept for 30 days from then.
            listed = sorted(self._read(), key=lambda item: item.when, reverse=True)
            return [(item, _words(item)) for item in listed]

        found = await asyncio.to_thread(read)
        if not self.is_mounted:
            return
        self._listed = [item for item, _ in found]
        if not found:
            self.query_one(".quiet", Static).update(_EMPTY)
            await self.query_one(OptionList).remove()
            return
        self.query_one(".quiet").display = False
        options = self.query_one(OptionList)
        options.add_options(Option(self._row(item, words)) for item, words in found)
        options.focus()
        options.highlighted = 0
        self.query_one(KeyLine).show(_HINTS)

    def _row(self, item: "TrashItem", words: str) -> Content:
        what = "draft, discarded" if item.draft else "deleted"
        when = f"{what} {moment(item.when)}, {moments_ago(item.when, self._now)}"
        name = one_line(item.path.rpartition("/")[2].removesuffix(".md"))
        first = one_line(words[:_MAX_WORDS])
        return Content.assemble((name, "bold"), f"  {when}\n", (f"  {first or 'no text'}", "dim"))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with the selected item."""
        event.stop()
        self.dismiss(self._listed[event.option_index])

    def action_look(self) -> None:
        """Show the text of the selected item."""
        for options in self.query(OptionList):
            if options.highlighted is not None:
                self._show(self._listed[options.highlighted])

    @work(exclusive=True, group="look")
    async def _show(self, item: "TrashItem") -> None:
        text = await asyncio.to_thread(_text, item)
        if self.is_shown:
            self.app.push_screen(TextDialog(f"In the trash: {item.path}", text))


def _text(item: "TrashItem") -> str:
    try:
        return item.text()
    except OSError as error:
        return f"This text cannot be read: {error.strerror or error}."


def _words(item: "TrashItem") -> str:
    """Return the beginning of the text as one line, since the title alone may be that of many days."""
    lines = (line.strip() for line in _text(item)[:4_000].splitlines())
    return " · ".join(line for line in lines if text_of(line))
