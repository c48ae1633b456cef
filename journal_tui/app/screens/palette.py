"""The palettes: of commands, which are found by name or by everyday words, and of themes.

Textual's own palette (8.2.8) collects commands in workers and ends the app when keys come
quickly: it is dismissed twice, opened while the previous one is closing, or queried for lists
that don't exist yet.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import PurePath
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.fuzzy import FuzzySearch
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from journal_tui.app.commands import PaletteCommand
from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.textual_guards import GuardedOptionList
from journal_tui.app.widgets.cells import fit
from journal_tui.app.widgets.inputs import SingleLineInput
from journal_tui.entry.sanitize import one_line
from journal_tui.entry.tokenizer import fold

WIDTH, TITLE, KEY = 76, 26, 7
"""Columns of the frame, and the most columns of the commands' names and of their keys."""
_OTHER_ROWS = 9
"""Rows of the frame, the input, the help and the keys."""
MAX_LETTERS = 40
"""The most typed letters that are matched."""
FUZZY = FuzzySearch()
_NOTHING = "Nothing matches. Try fewer letters."
_WORD = re.compile(r"[\w'-]+")
# How the letters match: as the whole title, as whole words, side by side in the title, as beginnings
# of words, or only in order.
_IS_TITLE, _WHOLE_WORDS, _AS_WRITTEN, _BY_WORD, _IN_ORDER = 4, 3, 2, 1, 0


def _line(command: PaletteCommand, offsets: Sequence[int], width: int) -> Content:
    """Return a command as one line: its title with the letters at `offsets` marked, its help, its key."""
    # Names and queries that a person typed must not be read as markup.
    room = max(1, width - KEY - 1)
    name = Content(fit(one_line(command.title), min(TITLE, room)))
    for offset in offsets:
        name = name.stylize("underline $text-accent", offset, offset + 1)
    rest = fit(one_line(command.help), max(0, room - TITLE - 1))
    key = fit(command.key, KEY)
    return Content.assemble(name, (f" {rest}", "dim"), " ", (key, "bold $text-accent"))


class _Match(NamedTuple):
    """How a command matches: the way, the score, and the offsets of the matching letters in its title."""

    way: int
    score: float
    offsets: Sequence[int] = ()


def _match(letters: str, command: PaletteCommand) -> _Match | None:
    """Return how a command matches; None if it doesn't.

    It matches if its title has the letters in their order, or if each typed word begins a word of its
    title or its `words`.
    """
    score, offsets = FUZZY.match(letters, command.title)
    typed = [fold(word) for word in _WORD.findall(letters)]
    words = [fold(word) for word in _WORD.findall(f"{command.title} {command.words}")]
    title = command.title.casefold()
    if letters.casefold() == title:
        return _Match(_IS_TITLE, score, offsets)
    if typed and set(typed) <= set(words):
        # "late" is a word of the follow-ups, and only a part of "latest".
        return _Match(_WHOLE_WORDS, score, offsets)
    if letters.casefold() in title:
        return _Match(_AS_WRITTEN, score, offsets)
    if typed and all(any(word.startswith(part) for word in words) for part in typed):
        return _Match(_BY_WORD, score, offsets)
    return _Match(_IN_ORDER, score, offsets) if score > 0 else None


class Palette(Dialog[PaletteCommand | None]):
    """A dialog that lists `commands`, with an input to filter them; returns the chosen one, or None.

    Commands of the current screen come first. Among these, and among the others, those used most
    come first; `uses` has the number of uses of each id.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = [*Dialog.CSS_PATH, "palette.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move('cursor_up')", show=False),
        Binding("down", "move('cursor_down')", show=False),
        Binding("pageup", "move('page_up')", show=False),
        Binding("pagedown", "move('page_down')", show=False),
        Binding("ctrl+home,shift+home", "move('first')", show=False),
        Binding("ctrl+end,shift+end", "move('last')", show=False),
    ]

    def __init__(
        self,
        commands: Iterable[PaletteCommand],
        *,
        title: str = "Commands",
        placeholder: str = "Type a word, such as todo, week or undo",
        uses: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__(title, [("↑↓", "Move"), ("enter", "Choose"), ("esc", "Close")])
        self._uses = uses or {}
        self._commands = sorted(
            commands, key=lambda it: (it.is_elsewhere, -self._uses.get(it.id, 0))
        )
        self._placeholder = placeholder
        self._found: list[PaletteCommand] = []

    def body(self) -> list[Widget]:
        """Return the input, the commands, the sentence shown if nothing matches, and the help."""
        commands = GuardedOptionList(classes="choices", markup=False)
        commands.can_focus = False
        return [
            SingleLineInput(placeholder=self._placeholder),
            commands,
            Static(_NOTHING, classes="quiet none"),
            Static(classes="about"),
        ]

    def on_mount(self) -> None:
        """Show every command."""
        self._show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the commands that match the letters, best match first."""
        self._show(event.value)

    def on_resize(self, event: events.Resize) -> None:
        """Adapt the lines to the new width, and their number to the new height."""
        # In the stylesheet, a height as a share of the screen makes the frame two rows too high.
        most = self.app.size.height * 9 // 10 - _OTHER_ROWS
        self.query_one(OptionList).styles.max_height = max(1, most)
        self._show(self.query_one(SingleLineInput).value)

    def _show(self, letters: str) -> None:
        letters = letters.strip()[:MAX_LETTERS]
        matched: list[tuple[_Match, PaletteCommand]]
        matched = [
            (_Match(_IN_ORDER, 1.0), command)
            for command in self._commands
            if not command.is_searched
        ]
        if letters:
            found = [(_match(letters, command), command) for command in self._commands]
            matched = [
                (match, command)
                for match, command in found
                if match and (match.way > _IN_ORDER or not command.is_searched)
            ]
            matched.sort(
                key=lambda one: (
                    one[0].way == _IS_TITLE or not one[1].is_searched,
                    one[0].way,
                    not one[1].is_elsewhere,
                    self._uses.get(one[1].id, 0),
                    one[0].score,
                ),
                reverse=True,
            )
        self._found = [command for _, command in matched]
        width = max(1, min(WIDTH, self.app.size.width) - 5)
        commands = self.query_one(OptionList)
        commands.clear_options()
        commands.add_options(
            Option(_line(command, match.offsets, width)) for match, command in matched
        )
        commands.highlighted = 0 if self._found else None
        commands.display = bool(self._found)
        self.query_one(".none").display = not self._found
        self._describe()

    def _describe(self) -> None:
        """Show the help of the selected command in full, since its line may cut it."""
        at = self.query_one(OptionList).highlighted
        about = one_line(self._found[at].help) if at is not None and at < len(self._found) else ""
        self.query_one(".about", Static).update(Content(about))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the help of the selected command."""
        self._describe()

    def action_move(self, action: str) -> None:
        """Run an action of the list for a key that was pressed in the input."""
        if self._found:
            getattr(self.query_one(OptionList), f"action_{action}")()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the selected command."""
        at = self.query_one(OptionList).highlighted
        if at is not None and at < len(self._found):
            self.dismiss(self._found[at])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with the command that was clicked."""
        event.stop()
        if event.option_index < len(self._found):
            self.dismiss(self._found[event.option_index])

    def on_click(self, event: events.Click) -> None:
        """Close the palette on a click outside it."""
        # The widget is compared, because after a resize the click may be at a place outside the screen.
        if event.widget is self:
            self.dismiss(None)


class ThemePalette(Palette):
    """A palette of `themes` (name, is dark); returns a command that calls `choose(name)`, or None.

    `show(name)` is called for each selected theme, at first the `current` one. If no theme is chosen,
    the caller has to show the `current` one again.
    """

    def __init__(
        self,
        themes: Iterable[tuple[str, bool]],
        current: str,
        show: Callable[[str], None],
        choose: Callable[[str], None],
    ) -> None:
        super().__init__(
            (
                PaletteCommand(name, "dark" if is_dark else "light", partial(choose, name))
                for name, is_dark in sorted(themes)
            ),
            title="Themes",
            placeholder="Type part of a theme's name",
        )
        self._current, self._show_theme = current, show

    def _describe(self) -> None:
        """Show what the keys do; the help of a theme is short enough for its line."""
        about = (
            "The app shows the selected theme; enter keeps it, esc goes back."
            if self._found
            else ""
        )
        self.query_one(".about", Static).update(Content(about))

    def _show(self, letters: str) -> None:
        """Show the themes that match; while nothing is typed, select the current one."""
        super()._show(letters)
        names = [command.title for command in self._found]
        if not letters.strip() and self._current in names:
            themes = self.query_one(OptionList)
            themes.highlighted = names.index(self._current)
            # The list has no height before it is laid out.
            self.call_after_refresh(themes.scroll_to_highlight)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the selected theme, and its help."""
        super().on_option_list_option_highlighted(event)
        at = self.query_one(OptionList).highlighted
        if self.is_open and at is not None and at < len(self._found):
            self._show_theme(self._found[at].title)
