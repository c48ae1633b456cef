"""The first screen of someone who has no journal yet."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Static

from journal_tui.app.navigation import AppScreen
from journal_tui.app.screens.dialog import hint_line
from journal_tui.app.widgets.oneline import OneLine
from journal_tui.entry.visible import one_line

_ABOUT = (
    "One page a day: what happened, what it taught you, how much you enjoyed it. "
    "Years later, you can find each lesson by typing a word of it.\n\n"
    "A journal is a folder of plain Markdown files, one for each day. "
    "They are yours, and readable without this app."
)


class WelcomeScreen(AppScreen[str | None]):
    """Offers to make a journal; gives the folder of the journal to open, or None to quit.

    `make` makes a journal in a folder and returns None, or a sentence saying why it could not.
    `sample` is the folder of a journal to look around in, when there is one.
    """

    CSS_PATH = "welcome.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "quit_welcome", "Quit", show=False),
        Binding("f2", "sample", "Open the sample", show=False),
    ]

    def __init__(
        self, suggested: str, make: Callable[[str], str | None], sample: str | None = None
    ) -> None:
        super().__init__()
        self._suggested = suggested
        self._make = make
        self._sample = sample

    def compose(self) -> ComposeResult:
        """What this is, where the journal shall be, and the ways on."""
        line = OneLine(self._suggested, select_on_focus=False)
        line.border_title = Content("Folder")
        buttons = [Button("Make a journal here", id="make", variant="primary", compact=True)]
        if self._sample is not None:
            buttons.append(Button("Open the sample", id="sample", compact=True))
        buttons.append(Button("Quit", id="quit", compact=True))
        hints = [("enter", "Make it"), ("tab", "Next"), ("esc", "Quit")]
        if self._sample is not None:
            hints.insert(1, ("f2", "Sample"))
        frame = Vertical(
            VerticalScroll(Static(Content(_ABOUT)), classes="about", can_focus=False),
            line,
            Static(classes="wrong"),
            Horizontal(*buttons, classes="buttons"),
            Static(hint_line(hints), classes="keys"),
            classes="frame",
        )
        frame.border_title = Content("Welcome to journal")
        yield frame

    def on_mount(self) -> None:
        """Begin in the folder's name, where Enter already is the usual answer."""
        self.query_one(OneLine).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Make the journal."""
        self._try(event.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """A changed folder has not failed yet."""
        self.query_one(".wrong", Static).update("")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        if event.button.id == "make":
            self._try(self.query_one(OneLine).value)
        elif event.button.id == "sample":
            self.action_sample()
        else:
            self.action_quit_welcome()

    def action_sample(self) -> None:
        """Open the sample journal."""
        if self._sample is not None:
            self.dismiss(self._sample)

    def action_quit_welcome(self) -> None:
        """Leave without a journal."""
        self.dismiss(None)

    def _try(self, folder: str) -> None:
        folder = folder.strip()
        sentence = self._make(folder) if folder else "Type the folder where the journal should go."
        if sentence is None:
            self.dismiss(folder)
        else:
            self.query_one(".wrong", Static).update(Content(one_line(sentence)))
            self.query_one(OneLine).focus()
