"""The trash: deleted entries and discarded drafts, to look at and to bring back."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from journal_tui.app.screens import dialogs
from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.widgets.wording import moment, moments_ago
from journal_tui.entry.visible import one_line
from journal_tui.library.thrown import Thrown

_EMPTY = "The trash is empty. What you delete or discard stays here for 30 days."
_LONGEST = 200


class TrashScreen(Dialog[Thrown | None]):
    """Gives what to bring back, or None."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["dialog.tcss", "trash.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("p", "look", "Preview", show=False)]

    def __init__(self, listed: Sequence[Thrown], now: datetime) -> None:
        hints = [("enter", "Bring back"), ("p", "Preview"), ("esc", "Back")]
        super().__init__("Trash", hints if listed else hints[-1:])
        self._now = now
        # Kept for 30 days each, hence by when they came here.
        self._listed = sorted(listed, key=lambda thrown: thrown.when, reverse=True)

    def body(self) -> Sequence[Widget]:
        """Two lines for each: what and when, then its first words."""
        if not self._listed:
            return [Static(_EMPTY, classes="quiet")]
        options = [Option(self._row(thrown)) for thrown in self._listed]
        return [OptionList(*options, classes="choices", markup=False)]

    def _row(self, thrown: Thrown) -> Content:
        what = "draft, discarded" if thrown.draft else "deleted"
        when = f"{what} {moment(thrown.when)}, {moments_ago(thrown.when, self._now)}"
        name = one_line(thrown.path.rpartition("/")[2].removesuffix(".md"))
        first = one_line(_words(thrown)[:_LONGEST])
        return Content.assemble((name, "bold"), f"  {when}\n", (f"  {first or 'no text'}", "dim"))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give the one under the cursor."""
        event.stop()
        self.dismiss(self._listed[event.option_index])

    def action_look(self) -> None:
        """Show the text of the one under the cursor."""
        for options in self.query(OptionList):
            if options.highlighted is not None:
                thrown = self._listed[options.highlighted]
                name = f"In the trash: {thrown.path}"
                self.app.push_screen(dialogs.TextDialog(name, _text(thrown)))


def _text(thrown: Thrown) -> str:
    try:
        return thrown.text()
    except OSError as error:
        return f"This text cannot be read: {error.strerror or error}."


def _words(thrown: Thrown) -> str:
    """The first lines that say something, joined: the title alone may be that of every day."""
    lines = (line.strip() for line in _text(thrown)[:4_000].splitlines())
    return " · ".join(line for line in lines if line.strip("#-* "))
