"""The little list of #tags and @people that opens at the cursor; it never takes the focus."""

import re
from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Offset
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from journal_tui.entry.visible import one_line

MOST_ROWS = 8
"""More candidates than this are not offered."""

_WORD = re.compile(r"(?<![\w/&#@.\\])[#@][\w/-]*$")


def word_before(line: str, column: int) -> str:
    """The #word or @word that ends at the column with its sign, or "" when none is being typed."""
    if line[column : column + 1].isalnum():
        return ""
    found = _WORD.search(line, max(0, column - 80), column)
    if not found:
        return ""
    word = found.group()
    # A sign alone at the beginning of a line is a heading in the making.
    if word == "#" and not line[: found.start()].strip():
        return ""
    return word


class Completion(OptionList):
    """Candidates for the word at the cursor; the editor decides what each key does with it."""

    can_focus = False

    DEFAULT_CSS = """
    Completion {
        overlay: screen;
        constrain: inside inflect;
        display: none;
        width: auto;
        height: auto;
        max-width: 40;
        max-height: 10;
        padding: 0;
        border: round $primary;
        background: $surface;
        scrollbar-size-vertical: 0;
    }
    Completion > .option-list--option-highlighted {
        text-style: reverse;
    }
    """

    def __init__(self, accept: Callable[[str], None]) -> None:
        """`accept` gets a candidate that is clicked."""
        super().__init__(markup=False)
        self._accept = accept
        self.candidates: list[str] = []
        self.word = ""

    @property
    def is_open(self) -> bool:
        """Whether candidates are on the screen."""
        return bool(self.candidates)

    def offer(self, word: str, candidates: Sequence[str], at: Offset) -> None:
        """Show what the word may become below the cursor, which is at `at` on the screen.

        Nothing to offer closes the list. A word that is already complete leaves nothing
        highlighted, so that Enter still ends the line.
        """
        others = [candidate for candidate in candidates if candidate != word][:MOST_ROWS]
        if not others:
            self.close()
            return
        self.word = word
        if others != self.candidates:
            self.candidates = others
            self.set_options([Option(Content(one_line(candidate))) for candidate in others])
        self.highlighted = None if word in candidates else 0
        self.absolute_offset = at + Offset(-cell_len(word) - 1, 1)
        self.display = True

    def close(self) -> None:
        """Take the list off the screen."""
        self.candidates = []
        self.word = ""
        self.display = False

    def move(self, step: int) -> None:
        """Highlight the next or the previous candidate, round the ends."""
        if self.highlighted is None:
            self.highlighted = 0 if step > 0 else len(self.candidates) - 1
        else:
            self.highlighted = (self.highlighted + step) % len(self.candidates)

    def chosen(self) -> str | None:
        """The highlighted candidate."""
        return None if self.highlighted is None else self.candidates[self.highlighted]

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Keep the list's messages from screens that have lists of their own."""
        event.stop()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click takes the candidate."""
        event.stop()
        if event.option_index < len(self.candidates):
            self._accept(self.candidates[event.option_index])
