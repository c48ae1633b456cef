"""The welcome screen: create a journal, open one, or copy the sample."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Checkbox, Input, Static
from textual.worker import get_current_worker

from journal_tui.app.navigation import AppScreen
from journal_tui.app.widgets.inputs import SingleLineInput
from journal_tui.app.widgets.key_line import KeyLine
from journal_tui.entry.sanitize import one_line
from journal_tui.errors import JournalError, JournalExists

if TYPE_CHECKING:
    from journal_tui.journal import Survey

Examine = Callable[[str, Callable[[str], None], Callable[[], bool]], "Survey | None"]
Make = Callable[[str, "Survey | None", bool], str | None]
Copy = Callable[[str, bool], str | None]

_ABOUT = (
    "A journal for work. One page a day: what happened, what it taught you, how much you enjoyed it. "
    "Years later, you can find each lesson by typing a word of it.\n\n"
    "A journal is a folder of plain Markdown files, one for each day. "
    "They are yours, and readable without this app."
)
_ABOUT_OTHERS = (
    "Type the folder of a journal to open it, of your notes to use them as they are, "
    "or of a new journal to make it."
)
_TITLE, _TITLE_OF_OTHERS = "Welcome to journal", "Another journal"
_AS_DEFAULT = "From now on, open it from any folder"
_IS_JOURNAL = (
    "This folder is already a journal.",
    "Opening it changes nothing in it.",
)
_ALL_THE_SAME = "Make a journal here anyway"
_LINES_BELOW = 12
"""Lines that the frame needs for the widgets below the text at its top."""


class TickBox(Checkbox):
    """A checkbox whose state can be seen without colours."""

    def render(self) -> Content:
        """Return the box and the label; Textual has the same cross in either state."""
        style = self.get_visual_style("toggle--label")
        label = self.label.pad(1, 1)
        return Content.assemble(f"[{'x' if self.value else ' '}]", label).stylize_before(style)


class WelcomeScreen(AppScreen[str | None]):
    """A screen to create or open a journal; returns the folder of the one to open, or None to quit.

    `examine(folder, progress, stop)` returns a survey of a folder, or None if it doesn't exist. It
    raises JournalExists if the folder is a journal already, and JournalError if it can't be read;
    it is called in a thread. For a folder with files, or a journal, the screen shows that first and
    asks again. `make(folder, survey, as_default)` creates a journal, unless the folder is one, and
    returns None, or a sentence that says why it failed. `sample` is the folder of the sample
    journal, if there is one. While the sample is open, `copy(folder, as_default)` copies it.
    `is_first` is whether there is no journal to go back to, `has_default` whether the settings name
    one that is opened from any folder.
    """

    # In a small window, messages would cover the text and the keys.
    holds_messages = True
    CSS_PATH = "welcome.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False),
        Binding("f2", "sample", "Open the sample", show=False),
        Binding("f3", "copy", "Copy the sample", show=False),
        Binding("f4", "import", "Import into it", show=False),
        Binding("up", "scroll_findings(-1)", "Scroll up", show=False),
        Binding("down", "scroll_findings(1)", "Scroll down", show=False),
        Binding("pageup", "scroll_findings(-8)", "Page up", show=False),
        Binding("pagedown", "scroll_findings(8)", "Page down", show=False),
    ]

    class ExamineProgress(Message):
        """Posted while a folder is examined; `words` describe the progress."""

        def __init__(self, folder: str, words: str) -> None:
            super().__init__()
            self.folder = folder
            self.words = words

    class FolderExamined(Message):
        """Posted when a folder has been examined; if that failed, `sentence` says why.

        `is_journal` is true if the folder is a journal already.
        """

        def __init__(
            self, folder: str, survey: "Survey | None", sentence: str, is_journal: bool
        ) -> None:
            super().__init__()
            self.folder = folder
            self.survey = survey
            self.sentence = sentence
            self.is_journal = is_journal

    def __init__(
        self,
        suggested: str,
        examine: Examine,
        make: Make,
        sample: str | None = None,
        copy: Copy | None = None,
        *,
        is_first: bool = True,
        has_default: bool = False,
    ) -> None:
        super().__init__()
        self._copy, self._is_first, self._has_default = copy, is_first, has_default
        begins = is_first or copy is not None
        self._title = _TITLE if begins else _TITLE_OF_OTHERS
        self._about = _ABOUT if begins else _ABOUT_OTHERS
        self._continue_label = "Make a journal here" if begins else "Continue"
        self._suggested = suggested
        self._examine = examine
        self._make = make
        self._sample = sample
        self.wants_import = False
        """Whether the person wants to import into the journal once it is open."""
        self._examined_folder = ""
        self._survey: Survey | None = None
        self._is_journal = False

    def compose(self) -> ComposeResult:
        """Create the introduction, the input for the folder and the buttons."""
        line = SingleLineInput(self._suggested, select_on_focus=True)
        line.border_title = Content("Folder")
        buttons = [Button(self._continue_label, id="make", variant="primary", compact=True)]
        if self._sample is not None:
            buttons.append(Button("Open the sample", id="sample", compact=True))
        if self._copy is not None:
            buttons.append(Button("Copy the sample", id="copy", compact=True))
        leave = "Quit" if self._is_first else "Back"
        buttons.append(Button(leave, id="quit", compact=True))
        default = TickBox(_AS_DEFAULT, not self._has_default, id="default", compact=True)
        default.display = not self._is_first
        frame = Vertical(
            VerticalScroll(Static(Content(self._about)), classes="about", can_focus=False),
            line,
            default,
            Static(classes="wrong"),
            Horizontal(*buttons, classes="buttons"),
            KeyLine(),
            classes="frame",
        )
        frame.border_title = Content(self._title)
        yield frame

    def on_mount(self) -> None:
        """Focus the folder, so that Enter accepts the suggestion."""
        self._show_keys()
        self.query_one(SingleLineInput).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Leave room for the widgets below the text."""
        about = self.query_one(".about", VerticalScroll)
        about.styles.max_height = max(3, event.size.height - _LINES_BELOW)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Examine the folder or, if that has been done, accept the findings."""
        self._accept(event.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Remove the findings about another folder."""
        if event.value.strip() != self._examined_folder:
            self._forget()
            self._say_where(event.value.strip())

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Run the action of the button."""
        if event.button.id == "make":
            self._accept(self.query_one(SingleLineInput).value)
        elif event.button.id == "sample":
            self.action_sample()
        elif event.button.id == "copy":
            self.action_copy()
        else:
            self.dismiss(None)

    def action_copy(self) -> None:
        """Copy the sample to the folder, and open the copy."""
        folder = self.query_one(SingleLineInput).value.strip()
        if self._copy is None:
            return
        if not folder:
            self._say("Type the folder where the copy should go.")
        elif sentence := self._copy(folder, self._is_default):
            self._say(sentence)
        else:
            self.dismiss(folder)

    def action_import(self) -> None:
        """Make or open the journal in the folder, and then ask what to import into it."""
        self.wants_import = True
        self._accept(self.query_one(SingleLineInput).value)

    def action_sample(self) -> None:
        """Open the sample journal."""
        if self._sample is not None:
            self.dismiss(self._sample)

    def action_back(self) -> None:
        """Go back from the findings to the folder's name; without findings, close the screen."""
        if self._examined_folder:
            self._forget()
            self.query_one(SingleLineInput).focus()
        else:
            self.dismiss(None)

    def action_scroll_findings(self, lines: int) -> None:
        """Scroll the findings."""
        self.query_one(".about", VerticalScroll).scroll_relative(
            y=lines, animate=False, immediate=True
        )

    def _accept(self, folder: str) -> None:
        folder = folder.strip()
        if not folder:
            self._say("Type the folder where the journal should go.")
        elif folder != self._examined_folder:
            wish = self.wants_import
            self._forget()
            self.wants_import = wish
            self._examined_folder = folder
            self._say("Looking at the folder …", is_wrong=False)
            self._examine_folder(folder)
        elif self._has_findings:
            self._create(folder, self._survey)

    @property
    def _has_findings(self) -> bool:
        """Whether the findings about a folder are shown, for the person to accept."""
        return self._survey is not None or self._is_journal

    @work(thread=True, exclusive=True, group="examine", exit_on_error=False)
    def _examine_folder(self, folder: str) -> None:
        worker = get_current_worker()
        survey, sentence, is_journal = None, "", False

        def progress(words: str) -> None:
            self.post_message(self.ExamineProgress(folder, words))

        try:
            survey = self._examine(folder, progress, lambda: worker.is_cancelled)
        except JournalExists:
            is_journal = True
        except JournalError as error:
            sentence = str(error)
        self.post_message(self.FolderExamined(folder, survey, sentence, is_journal))

    def on_welcome_screen_examine_progress(self, message: ExamineProgress) -> None:
        """Show how far the folder has been examined."""
        if message.folder == self._examined_folder and not self._has_findings:
            self._say(f"Looking at the folder: {message.words}", is_wrong=False)

    async def on_welcome_screen_folder_examined(self, message: FolderExamined) -> None:
        """Show the findings; for an empty folder or one that doesn't exist, create the journal at once."""
        if message.folder != self._examined_folder or self._has_findings:
            return
        if message.sentence:
            self._forget()
            self._say(message.sentence)
        elif message.is_journal:
            self._is_journal = True
            self._say("")
            await self._show_findings(message.folder, _IS_JOURNAL, "Open this journal")
        elif message.survey is None or message.survey.is_empty:
            self._create(message.folder, message.survey)
        else:
            self._survey = message.survey
            self._say("")
            use = "Use this folder" if message.survey.entries else _ALL_THE_SAME
            await self._show_findings(message.folder, message.survey.describe(), use)

    async def _show_findings(self, folder: str, lines: Sequence[str], use: str) -> None:
        await self._show_lines(lines)
        frame = self.query_one(".frame", Vertical)
        frame.add_class("-found")
        frame.border_title = Content(f"Found in {one_line(folder)}")
        self.query_one("#make", Button).label = use
        self._show_keys()

    async def _show_lines(self, lines: Sequence[str]) -> None:
        about = self.query_one(".about", VerticalScroll)
        await about.remove_children()
        await about.mount(
            *(
                Static(Content(one_line(line)), classes="detail" if line[:1] == " " else "")
                for line in lines
            )
        )
        about.scroll_home(animate=False)

    def _forget(self) -> None:
        """Go back to the introduction, and stop examining the folder."""
        self.wants_import = False
        self.workers.cancel_group(self, "examine")
        self._examined_folder = ""
        self._say("")
        if not self._has_findings:
            return
        self._survey, self._is_journal = None, False
        frame = self.query_one(".frame", Vertical)
        frame.remove_class("-found")
        frame.border_title = Content(self._title)
        self.query_one("#make", Button).label = self._continue_label
        self._show_keys()
        self.call_later(self._show_introduction)

    async def _show_introduction(self) -> None:
        if self._has_findings:
            return
        about = self.query_one(".about", VerticalScroll)
        await about.remove_children()
        await about.mount(Static(Content(self._about)))

    def _show_keys(self) -> None:
        if self._is_journal:
            hints = [("enter", "Open it"), ("esc", "Another folder")]
        elif self._survey:
            hints = [("enter", "Use it" if self._survey.entries else "Make it"), ("↑↓", "Scroll")]
            hints += [("esc", "Another folder")]
        else:
            hints = [("enter", "Make it" if self._title == _TITLE else "Continue"), ("tab", "Next")]
            hints.insert(1, ("f4", "Import"))
            hints.append(("esc", "Quit" if self._is_first else "Back"))
            if self._sample is not None:
                hints.insert(1, ("f2", "Sample"))
            if self._copy is not None:
                hints.insert(1, ("f3", "Copy the sample there"))
        self.query_one(KeyLine).show(hints)

    def _say_where(self, folder: str) -> None:
        """Show the absolute path of a folder that is typed relative to the working folder."""
        with suppress(RuntimeError, OSError):
            if folder and not Path(folder).expanduser().is_absolute():
                self._say(f"This is {Path(folder).absolute()}", is_wrong=False)

    def _say(self, sentence: str, is_wrong: bool = True) -> None:
        said = self.query_one(".wrong", Static)
        said.set_class(not is_wrong, "-progress")
        said.update(Content(one_line(sentence)))

    @property
    def _is_default(self) -> bool:
        """Whether the journal is to be the one that is opened from any folder."""
        return self._is_first or self.query_one("#default", Checkbox).value

    def _create(self, folder: str, survey: "Survey | None") -> None:
        sentence = self._make(folder, survey, self._is_default)
        if sentence is None:
            self.dismiss(folder)
        else:
            self._forget()
            self._say(sentence)
            self.query_one(SingleLineInput).focus()
