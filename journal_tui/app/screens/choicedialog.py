"""A question with named answers, one key each: a draft that was found, a file that changed."""

from collections.abc import Sequence

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from journal_tui.app.screens.dialog import Dialog
from journal_tui.entry.visible import one_line, visible

Choice = tuple[str, str, str]


class ChoiceDialog(Dialog[str | None]):
    """Asks `text` and gives the value of one of `choices` (key, label, value), or None."""

    def __init__(self, title: str, text: str, choices: Sequence[Choice]) -> None:
        super().__init__(title, [("↑↓", "Move"), ("enter", "Choose"), ("esc", "Cancel")])
        self._text = text
        self._choices = choices

    def body(self) -> Sequence[Widget]:
        """The question, then the answers."""
        options = [
            Option(Content.assemble((f" {key} ", "bold $text-accent"), f" {one_line(label)}"))
            for key, label, _ in self._choices
        ]
        text = VerticalScroll(Static(Content(visible(self._text))), classes="text")
        text.can_focus = False
        return [text, OptionList(*options, classes="choices", markup=False)]

    def on_mount(self) -> None:
        """Put the cursor on the first answer."""
        answers = self.query_one(OptionList)
        answers.focus()
        answers.highlighted = 0

    def on_key(self, event: events.Key) -> None:
        """Take the answer whose key was pressed."""
        for key, _, value in self._choices:
            if event.key == key or event.character == key:
                event.stop()
                self.dismiss(value)
                return

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the answer under the cursor."""
        event.stop()
        self.dismiss(self._choices[event.option_index][2])
