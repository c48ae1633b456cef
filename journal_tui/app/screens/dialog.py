"""The base class of dialogs, the dialog to choose an answer, and the dialog to show a text."""

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from journal_tui.app.navigation import AppScreen
from journal_tui.app.textual_guards import GuardedOptionList
from journal_tui.app.widgets.key_line import Hint, KeyLine
from journal_tui.app.widgets.text_view import TextView
from journal_tui.entry.sanitize import one_line, visible

ResultT = TypeVar("ResultT")
Choice = tuple[str, str, str]
"""An answer: its key, or "" if it has none, its label and its value."""


class Dialog(ModalScreen[ResultT], AppScreen[ResultT]):
    """A framed dialog in the middle of the screen, with a title and a line of keys.

    Subclasses define `body`. Escape closes the dialog without a result.
    """

    holds_messages = True
    CSS_PATH: ClassVar[list[str | PurePath]] = [Path(__file__).with_name("dialog.tcss")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", show=False),
        Binding("f1", "help", "Help", show=False, id="help"),
    ]

    def __init__(self, title: str, hints: Sequence[Hint]) -> None:
        super().__init__()
        self._title = title
        self._hints = hints

    def body(self) -> Sequence[Widget]:
        """Return the widgets between the title and the line of keys."""
        return ()

    def compose(self) -> ComposeResult:
        """Create the frame with the body and the line of keys."""
        frame = Vertical(*self.body(), KeyLine(self._hints))
        frame.add_class("frame")
        frame.border_title = Content(one_line(self._title))
        yield frame

    async def action_help(self) -> None:
        """Open the help of the screen below, above the dialog."""
        below = [it for it in self.app.screen_stack if not isinstance(it, Dialog)][-1]
        # The page has no help of its own; the app shows it.
        if not await self.app.run_action("help", below):
            await self.app.run_action("help")

    def action_cancel(self) -> None:
        """Close without a result."""
        self.dismiss(None)


class ChoiceDialog(Dialog[str | None]):
    """A dialog that asks a question and returns the value of the chosen answer, or None.

    `escape` is the label of the esc key, which closes the dialog without an answer.
    """

    def __init__(
        self, title: str, text: str, choices: Sequence[Choice], escape: str = "Cancel"
    ) -> None:
        super().__init__(title, [("↑↓", "Move"), ("enter", "Choose"), ("esc", escape)])
        self._text = text
        self._choices = choices

    def body(self) -> Sequence[Widget]:
        """Return the question and the answers."""
        options = [
            Option(
                Content.assemble((f" {key or '·'} ", "bold $text-accent"), f" {one_line(label)}")
            )
            for key, label, _ in self._choices
        ]
        text = VerticalScroll(Static(Content(visible(self._text))), classes="text")
        text.can_focus = False
        return [text, GuardedOptionList(*options, classes="choices", markup=False)]

    def on_mount(self) -> None:
        """Put the cursor on the first answer."""
        answers = self.query_one(OptionList)
        answers.focus()
        answers.highlighted = 0

    def on_key(self, event: events.Key) -> None:
        """Choose the answer whose key is pressed."""
        for key, _, value in self._choices:
            if event.key == key or event.character == key:
                event.stop()
                self.dismiss(value)
                return

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose the selected answer."""
        event.stop()
        self.dismiss(self._choices[event.option_index][2])


class TextDialog(Dialog[None]):
    """A dialog that shows a text; with `diff`, the text is a `comparison`, whose lines are coloured."""

    def __init__(self, title: str, text: str, *, diff: bool = False) -> None:
        super().__init__(title, [("↑↓ pgup pgdn", "Scroll"), ("esc", "Close")])
        self._text = text
        self._diff = diff

    def body(self) -> Sequence[Widget]:
        """Return the text in a view that scrolls."""
        return [TextView(self._text, diff=self._diff, classes="text")]
