"""Go to a day by words, seeing at once which day the words mean."""

from collections.abc import Callable, Sequence
from datetime import date

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.widgets.oneline import OneLine
from journal_tui.app.widgets.wording import long_date
from journal_tui.entry.visible import one_line
from journal_tui.errors import JournalError

_EXAMPLES = "today · yesterday · last friday · 3 mar · -7 · 2026-11-13"


class GoToDialog(Dialog[date | None]):
    """Asks for a day; `parse` reads the words and raises ValueError (or JournalError) in words."""

    def __init__(
        self,
        parse: Callable[[str], date],
        text: str = "",
        *,
        title: str = "Go to date",
        examples: str = _EXAMPLES,
    ) -> None:
        super().__init__(title, [("enter", "Go"), ("esc", "Cancel")])
        self._parse = parse
        self._text = text
        self._examples = examples

    def body(self) -> Sequence[Widget]:
        """The input and what it means."""
        line = OneLine(self._text, placeholder="last friday")
        return [line, Static(classes="meaning")]

    def on_mount(self) -> None:
        """Say what the text given means."""
        self._say(self._text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show at once what the words mean."""
        self._say(event.value)

    def _say(self, text: str) -> date | None:
        """Show the day or the sentence that says why there is none, and return the day."""
        meaning = self.query_one(".meaning", Static)
        day: date | None = None
        wrong = False
        said = self._examples
        if text.strip():
            try:
                day = self._parse(text.strip())
                said = f"→ {long_date(day)}"
            except (ValueError, OverflowError, JournalError) as error:
                said, wrong = str(error), True
        meaning.set_class(wrong, "-wrong")
        meaning.set_class(day is None and not wrong, "-quiet")
        meaning.update(Content(one_line(said)))
        return day

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the day; words that mean none stay in the dialog with their sentence."""
        day = self._say(event.value)
        if day is not None:
            self.dismiss(day)
