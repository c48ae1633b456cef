"""The dialog to compare conflict copies with their entries, and to merge, keep or drop them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.textual_guards import GuardedOptionList
from journal_tui.app.widgets.text_view import TextView
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import JournalError

if TYPE_CHECKING:
    from journal_tui.journal import Conflict, Journal

_NOTHING = "The copy is the same as the entry. Press d to drop it."


class ConflictScreen(Dialog[str | None]):
    """A dialog that lists conflict copies and their differences; returns the path to open, or None."""

    # Its messages are the results of its own commands, so they are shown at once.
    holds_messages = False
    CSS_PATH: ClassVar[list[str | PurePath]] = [*Dialog.CSS_PATH, "conflict.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "take", "Take both", show=False),
        Binding("k", "keep", "Keep the copy", show=False),
        Binding("d", "drop", "Drop the copy", show=False),
    ]

    def __init__(self, journal: "Journal", found: "Sequence[Conflict]") -> None:
        hints = [("m", "Take both"), ("k", "Keep copy"), ("d", "Drop copy")]
        hints += [("enter", "Open"), ("tab", "Scroll"), ("esc", "Back")]
        super().__init__("Conflict copies", hints)
        self._journal = journal
        self._found = list(found)

    def body(self) -> Sequence[Widget]:
        """Return the list of copies and the view of the selected copy's differences."""
        options = [Option(Content(one_line(f"{one.copy} ({one.kind})"))) for one in self._found]
        return [
            GuardedOptionList(*options, classes="choices", markup=False),
            TextView("", classes="text"),
        ]

    def on_mount(self) -> None:
        """Put the cursor on the first copy."""
        self.query_one(OptionList).focus()
        self.query_one(OptionList).highlighted = 0

    @property
    def _chosen(self) -> "Conflict":
        return self._found[self.query_one(OptionList).highlighted or 0]

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the differences between the selected copy and its entry."""
        view = self.query_one(TextView)
        try:
            said = self._journal.conflicts.differences(self._chosen)
        except JournalError as error:
            view.show_text(str(error))
            return
        view.show_text(said or _NOTHING, diff=bool(said))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with the path of the entry that the selected file is a copy of."""
        event.stop()
        self.dismiss(self._chosen.entry)

    def action_take(self) -> None:
        """Merge the copy's lines into the entry."""
        self._settle(self._journal.conflicts.take, "now has the lines of both files")

    def action_keep(self) -> None:
        """Replace the entry's text with that of the copy."""
        self._settle(
            self._journal.conflicts.keep,
            "now has the text of the copy; its earlier text is in its history",
        )

    def action_drop(self) -> None:
        """Move the copy to the trash."""
        self._settle(
            self._journal.conflicts.drop, "is unchanged; the copy is in the trash for 30 days"
        )

    def _settle(self, settle: "Callable[[Conflict, datetime], Any]", said: str) -> None:
        one, rows = self._chosen, self.query_one(OptionList)
        try:
            unsettled = settle(one, self._journal.clock())
        except JournalError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.notify(f"{one.entry} {said}.", markup=False)
        for sentence in unsettled or ():
            said = f"{one.entry}: {sentence}. Remove what you do not need."
            self.notify(said, severity="warning", markup=False)
        at = self._found.index(one)
        del self._found[at]
        if not self._found:
            self.dismiss(None)
            return
        rows.remove_option_at_index(at)
        rows.highlighted = None
        rows.highlighted = min(at, len(self._found) - 1)
