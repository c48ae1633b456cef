"""The trash: deleted entries and discarded drafts, to look at and to bring back."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from journal_tui.app.screens.dialog import Dialog, TextDialog
from journal_tui.app.textual_guards import GuardedOptionList
from journal_tui.app.widgets.wording import moment, moments_ago
from journal_tui.entry.visible import one_line
from journal_tui.library import naming, thrown
from journal_tui.library.thrown import Thrown

if TYPE_CHECKING:
    from journal_tui.journal import Journal

_EMPTY = "The trash is empty. What you delete or discard stays here for 30 days."
_LONGEST = 200


class Restored(NamedTuple):
    """What was brought back: its file, its day (None for what is of no day), and what to tell."""

    path: str
    day: date | None
    sentence: str
    is_beside: bool
    warning: str


def bring_back(journal: "Journal", found: Thrown) -> Restored:
    """Put a deleted entry or a discarded draft back where it belongs. Raises JournalError."""
    saved = thrown.bring_back(journal.library, found, journal.clock())
    sentence = f"{found.path} is back."
    if saved.beside:
        sentence = (
            f"The file has changed since, so it was left as it is. The text is in {saved.beside}."
        )
    named = naming.parse_name(found.path.rpartition("/")[2])
    # A conflict copy is of no day.
    day = found.draft.day if found.draft else named[0] if named else None
    return Restored(found.path, day, sentence, bool(saved.beside), saved.warning)


class TrashScreen(Dialog[Thrown | None]):
    """Gives what to bring back, or None."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["dialog.tcss", "trash.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("p", "look", "Preview", show=False)]

    def __init__(self, listed: Sequence[Thrown], now: datetime) -> None:
        hints = [("enter", "Bring back"), ("p", "Preview"), ("esc", "Back")]
        super().__init__("Trash", hints if listed else hints[-1:])
        self._now = now
        # Kept for 30 days each, hence by when they came here.
        self._listed = sorted(listed, key=lambda item: item.when, reverse=True)

    def body(self) -> Sequence[Widget]:
        """Two lines for each: what and when, then its first words."""
        if not self._listed:
            return [Static(_EMPTY, classes="quiet")]
        options = [Option(self._row(item)) for item in self._listed]
        return [GuardedOptionList(*options, classes="choices", markup=False)]

    def _row(self, item: Thrown) -> Content:
        what = "draft, discarded" if item.draft else "deleted"
        when = f"{what} {moment(item.when)}, {moments_ago(item.when, self._now)}"
        name = one_line(item.path.rpartition("/")[2].removesuffix(".md"))
        first = one_line(_words(item)[:_LONGEST])
        return Content.assemble((name, "bold"), f"  {when}\n", (f"  {first or 'no text'}", "dim"))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give the one under the cursor."""
        event.stop()
        self.dismiss(self._listed[event.option_index])

    def action_look(self) -> None:
        """Show the text of the one under the cursor."""
        for options in self.query(OptionList):
            if options.highlighted is not None:
                item = self._listed[options.highlighted]
                name = f"In the trash: {item.path}"
                self.app.push_screen(TextDialog(name, _text(item)))


def _text(item: Thrown) -> str:
    try:
        return item.text()
    except OSError as error:
        return f"This text cannot be read: {error.strerror or error}."


def _words(item: Thrown) -> str:
    """The first lines that say something, joined: the title alone may be that of every day."""
    lines = (line.strip() for line in _text(item)[:4_000].splitlines())
    return " · ".join(line for line in lines if line.strip("#-* "))
