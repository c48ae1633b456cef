"""The list of #tags, @people, due dates and links that opens at the cursor and never takes the focus."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Offset
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from journal_tui.app.editor.due_completion import describe_due, due_before
from journal_tui.app.editor.link_completion import link_before
from journal_tui.entry.lazy_pattern import lazy_pattern
from journal_tui.entry.mentions import UNFINISHED
from journal_tui.entry.sanitize import one_line

MAX_ROWS = 8
"""The most candidates that are offered."""
_WORD = lazy_pattern(UNFINISHED)


class Candidate(NamedTuple):
    """What may be written for the word at the cursor, and what the list shows instead of it, or ""."""

    text: str
    label: str = ""


def word_before(line: str, column: int) -> str:
    """Return the #word, @word, due:word or [[word that ends at the column, or "" if there is none."""
    if line[column : column + 1].isalnum():
        return ""
    found = _WORD.search(line, max(0, column - 80), column)
    if not found:
        text = line[:column]
        return due_before(text) or (link_before(text, line[column:]) if "[[" in text else "")
    word = found.group()
    # A `#` alone at the beginning of a line is probably going to be a heading.
    if word == "#" and not line[: found.start()].strip():
        return ""
    return word


def _labelled(candidate: Candidate, word: str) -> Content:
    """Return a candidate as the list shows it; a date has its day of the week beside it."""
    if candidate.label:
        return Content(one_line(candidate.label))
    about = describe_due(candidate.text, word)
    return Content.assemble(one_line(candidate.text), (f"  {about}", "dim") if about else "")


class Completion(OptionList):
    """A list of candidates for the word at the cursor; the editor handles its keys."""

    can_focus = False

    DEFAULT_CSS = """
    Completion {
        overlay: screen;
        constrain: inside inflect;
        display: none;
        width: auto;
        height: auto;
        max-width: 56;
        max-height: 45vh;
        padding: 0;
        margin: 1 0 0 0;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        border: round $primary;
        background: $surface;
    }
    Completion > .option-list--option-highlighted {
        text-style: reverse;
    }
    """

    def __init__(self, accept: Callable[[str], None]) -> None:
        """Create a closed list; `accept` is called with a candidate that is clicked."""
        super().__init__(markup=False)
        self._accept = accept
        self.candidates: list[str] = []
        self._labels: list[Content] = []
        self.word = ""

    @property
    def is_open(self) -> bool:
        """Whether candidates are on the screen."""
        return bool(self.candidates)

    def offer(self, word: str, candidates: Sequence[str | Candidate], at: Offset) -> None:
        """Show candidates for the word before the cursor, which is at `at` on the screen.

        Close the list if there are none. Highlight nothing if the word is already complete, so that
        Enter still ends the line.
        """
        known = [it if isinstance(it, Candidate) else Candidate(it) for it in candidates]
        shown = [candidate for candidate in known if candidate.text != word][:MAX_ROWS]
        if not shown:
            self.close()
            return
        self.word = word
        others = [candidate.text for candidate in shown]
        labels = [_labelled(candidate, word) for candidate in shown]
        if (others, labels) != (self.candidates, self._labels):
            self.candidates, self._labels = others, labels
            self.set_options([Option(label) for label in labels])
        is_complete = any(candidate.text == word for candidate in known)
        self.highlighted = None if is_complete else 0
        # The margin puts the list on the next row, or above the row of the word if there is no room.
        self.absolute_offset = at + Offset(-cell_len(word) - 1, 0)
        self.display = True

    def close(self) -> None:
        """Hide the list."""
        self.candidates = []
        self.word = ""
        self.display = False

    def move(self, step: int) -> None:
        """Highlight the next (1) or previous (-1) candidate, wrapping around at the ends."""
        if self.highlighted is None:
            self.highlighted = 0 if step > 0 else len(self.candidates) - 1
        else:
            self.highlighted = (self.highlighted + step) % len(self.candidates)

    def chosen(self) -> str | None:
        """Return the highlighted candidate, or None."""
        return None if self.highlighted is None else self.candidates[self.highlighted]

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Stop the message, so that a screen that handles other lists doesn't get it."""
        event.stop()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Accept the candidate that was clicked."""
        event.stop()
        if event.option_index < len(self.candidates):
            self._accept(self.candidates[event.option_index])
