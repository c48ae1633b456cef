"""What all dialogs have in common: a titled frame, one job, a line of keys, Escape to leave."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from journal_tui.app.navigation import AppScreen
from journal_tui.entry.visible import one_line

ResultT = TypeVar("ResultT")
Hint = tuple[str, str]


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
