"""The dialog for one line of text, which shows what the text means while it is typed."""

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input, Static

from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.widgets.inputs import SingleLineInput
from journal_tui.entry.sanitize import one_line, visible
from journal_tui.errors import JournalError


class LineDialog(Dialog[str | None]):
    """A dialog that returns a line of text, or None.

    `explain(text)` returns the meaning of a text, or raises JournalError if it is wrong; the dialog
    then stays open. `subject` is shown above the line, `about` instead of a meaning while the line
    is empty, and `text` is in the line at first. `answer` is the label of the enter key.
    """

    def __init__(
        self,
        title: str,
        subject: str,
        answer: str,
        explain: Callable[[str], str],
        *,
        about: str,
        placeholder: str = "",
        may_be_empty: bool = False,
        suggester: Suggester | None = None,
        text: str = "",
    ) -> None:
        keys = [("enter", answer), ("esc", "Cancel")]
        super().__init__(
            title, [*keys[:1], *([("tab →", "Complete")] if suggester else []), keys[1]]
        )
        self._subject, self._about, self._placeholder = subject, about, placeholder
        self._explain, self._may_be_empty, self._suggester = explain, may_be_empty, suggester
        self._text = text

    def body(self) -> Sequence[Widget]:
        """Return the subject, the line, and its meaning."""
        line = SingleLineInput(self._text, placeholder=self._placeholder, suggester=self._suggester)
        meaning = Static(classes="meaning")
        if not self._subject:
            return [line, meaning]
        return [Static(Content(visible(self._subject)), classes="subject"), line, meaning]

    def on_mount(self) -> None:
        """Show what the line means."""
        self._say(self._text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what the text means."""
        self._say(event.value)

    def _say(self, text: str) -> bool:
        """Show the meaning of a text, or what is wrong with it; return whether the text is accepted."""
        meaning = self.query_one(".meaning", Static)
        said, is_wrong = self._about, False
        if text.strip():
            try:
                said = self._explain(text.strip())
            except JournalError as error:
                said, is_wrong = str(error), True
        meaning.set_class(is_wrong, "-wrong")
        meaning.set_class(not text.strip(), "-quiet")
        meaning.update(Content(one_line(said)))
        return not is_wrong

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the text, or with None for an empty line unless it `may_be_empty`."""
        text = event.value.strip()
        if not text and not self._may_be_empty:
            self.dismiss(None)
        elif self._say(text):
            self.accept(text)

    def accept(self, text: str) -> None:
        """Answer with a text that `explain` accepts."""
        self.dismiss(text)
