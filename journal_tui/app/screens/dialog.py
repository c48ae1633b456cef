"""Dialogs: a titled frame, one job, a line of keys, Escape to leave; the two that any screen may ask with."""

from collections.abc import Sequence
from pathlib import PurePath
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
from journal_tui.app.widgets.textview import TextView
from journal_tui.entry.visible import one_line, visible

ResultT = TypeVar("ResultT")
Hint = tuple[str, str]
Choice = tuple[str, str, str]


def hint_line(hints: Sequence[Hint]) -> Content:
    """Keys and what they do, as one line."""
    parts: list[Content | str | tuple[str, str]] = []
    for key, what in hints:
        parts += [("  " if parts else "", ""), (key, "bold $text-accent"), f" {what}"]
    return Content.assemble(*parts)


class Dialog(ModalScreen[ResultT], AppScreen[ResultT]):
    """A framed question in the middle of the screen; a subclass gives `body` and `hints`."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["dialog.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Cancel", show=False)]

    def __init__(self, title: str, hints: Sequence[Hint]) -> None:
        super().__init__()
        self._frame_title = title
        self._hints = hints

    def body(self) -> Sequence[Widget]:
        """The widgets between the title and the line of keys."""
        return ()

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        frame = Vertical(*self.body(), Static(hint_line(self._hints), classes="keys"))
        frame.add_class("frame")
        frame.border_title = Content(one_line(self._frame_title))
        yield frame

    def action_cancel(self) -> None:
        """Leave without a result."""
        self.dismiss(None)


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
        return [text, GuardedOptionList(*options, classes="choices", markup=False)]

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


class TextDialog(Dialog[None]):
    """Shows a text; `diff` colours the lines of a `comparison`."""

    def __init__(self, title: str, text: str, *, diff: bool = False) -> None:
        super().__init__(title, [("↑↓ pgup pgdn", "Scroll"), ("esc", "Close")])
        self._text = text
        self._diff = diff

    def body(self) -> Sequence[Widget]:
        """The text in a scrolling pane, which has the focus."""
        return [TextView(self._text, diff=self._diff, classes="text")]
