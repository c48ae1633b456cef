"""The command palette: every command by a few letters of its name.

Textual's own (8.2.8) gathers commands in workers and ends the app when keys come quickly: it is
dismissed twice, opened while the last one goes, and asked for lists that aren't there.
"""

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import ClassVar

from textual import events
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.fuzzy import FuzzySearch
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from journal_tui.app.screens.dialog import Dialog
from journal_tui.app.textual_guards import GuardedOptionList
from journal_tui.app.widgets.cells import cut, fit
from journal_tui.app.widgets.oneline import OneLine
from journal_tui.entry.visible import one_line

WIDTH, TITLE = 76, 30
"""Columns of the frame, and of the commands' names."""
MOST_LETTERS = 40
FUZZY = FuzzySearch()
_NOTHING = "Nothing matches. Try fewer letters."


def _line(command: SystemCommand, offsets: Sequence[int], width: int) -> Content:
    """Return a command as one line: its name with the letters that matched, and its help."""
    # Names and searches that a person chose are never markup.
    name = Content(fit(one_line(command.title), min(TITLE, width)))
    for offset in offsets:
        name = name.stylize("underline $text-accent", offset, offset + 1)
    rest = cut(one_line(command.help), width - TITLE - 1)
    return Content.assemble(name, (f" {rest}" if rest else "", "dim"))


class Palette(Dialog[SystemCommand | None]):
    """Gives the command chosen from `commands`, or None."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["dialog.tcss", "palette.tcss"]
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
        commands: Iterable[SystemCommand],
        *,
        title: str = "Commands",
        placeholder: str = "Type part of a command",
    ) -> None:
        super().__init__(title, [("↑↓", "Move"), ("enter", "Choose"), ("esc", "Close")])
        self._commands = sorted(commands, key=lambda command: command.title.casefold())
        self._placeholder = placeholder
        self._found: list[SystemCommand] = []

    def body(self) -> list[Widget]:
        """The line to type in, and the commands."""
        commands = GuardedOptionList(classes="choices", markup=False)
        commands.can_focus = False
        return [
            OneLine(placeholder=self._placeholder),
            commands,
            Static(_NOTHING, classes="quiet none"),
        ]

    def on_mount(self) -> None:
        """Show every command."""
        self._show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the commands that have these letters, the best match first."""
        self._show(event.value)

    def on_resize(self, event: events.Resize) -> None:
        """Cut the lines to the new width."""
        self._show(self.query_one(OneLine).value)

    def _show(self, letters: str) -> None:
        letters = letters.strip()[:MOST_LETTERS]
        matched: list[tuple[tuple[float, Sequence[int]], SystemCommand]]
        matched = [((1.0, ()), command) for command in self._commands]
        if letters:
            matched = [(FUZZY.match(letters, command.title), command) for _, command in matched]
            matched = [one for one in matched if one[0][0] > 0]
            matched.sort(key=lambda one: one[0][0], reverse=True)
        self._found = [command for _, command in matched]
        width = max(1, min(WIDTH, self.app.size.width) - 5)
        commands = self.query_one(OptionList)
        commands.clear_options()
        commands.add_options(
            Option(_line(command, offsets, width)) for (_, offsets), command in matched
        )
        commands.highlighted = 0 if self._found else None
        commands.display = bool(self._found)
        self.query_one(".none").display = not self._found

    def action_move(self, action: str) -> None:
        """Move in the list from the line that one types in."""
        if self._found:
            getattr(self.query_one(OptionList), f"action_{action}")()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the command under the cursor."""
        at = self.query_one(OptionList).highlighted
        if at is not None and at < len(self._found):
            self.dismiss(self._found[at])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give the command that was clicked."""
        event.stop()
        if event.option_index < len(self._found):
            self.dismiss(self._found[event.option_index])

    def on_click(self, event: events.Click) -> None:
        """Close on a click beside the palette."""
        if self.get_widget_at(event.screen_x, event.screen_y)[0] is self:
            self.dismiss(None)
