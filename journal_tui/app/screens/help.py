"""Help: how the app works, and every key, made from the data that also makes the keys."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from journal_tui.app.navigation import AppScreen
from journal_tui.app.screens.dialog import hint_line
from journal_tui.entry.visible import visible

# Narrower terminals show what a form of a query means below it.
ROOM_FOR_FORMS = 84
Group = tuple[str, Sequence[tuple[str, str]]]


def halves(groups: Sequence[Group]) -> tuple[Sequence[Group], Sequence[Group]]:
    """The groups in two columns of nearly the same height, their order kept."""
    heights = [len(keys) + 2 for _, keys in groups]
    best = min(
        range(len(groups) + 1),
        key=lambda cut: (abs(sum(heights[:cut]) - sum(heights[cut:])), -cut),
    )
    return groups[:best], groups[best:]


def keys_content(keys: Sequence[tuple[str, str]], width: int) -> Content:
    """One line for each key, the descriptions beginning below each other after `width` cells."""
    lines = [
        Content.assemble(
            (key, "bold $text-accent"), " " * max(2, width + 2 - cell_len(key)), visible(what)
        )
        for key, what in keys
    ]
    return Content("\n").join(lines)


def forms_content(listed: str, narrow: bool) -> Content:
    """Forms of a query beside what they mean, or above it where that does not fit."""
    lines = []
    for line in listed.splitlines():
        form, meaning = line[4:31].rstrip(), line[31:]
        if narrow:
            lines += [Content.styled(form, "bold $text-accent")] if form else []
            lines.append(Content(f"  {meaning}"))
        else:
            lines.append(Content.assemble((f"{form:27}", "bold $text-accent"), meaning))
    return Content("\n").join(lines)


class HelpScreen(ModalScreen[None], AppScreen[None]):
    """Shows `groups` of (title, (key, description)…) below a short text; two columns from 100."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1,question_mark", "close", "Close", show=False),
    ]

    def __init__(
        self,
        groups: Sequence[Group],
        text: str = "",
        *,
        title: str = "Help",
        language: str = "",
    ) -> None:
        super().__init__()
        self._groups = groups
        self._text = text
        self._language = language
        self._frame_title = title
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]

    def compose(self) -> ComposeResult:
        """The text and the columns in one scrolling pane, the line of keys below it."""
        width = max((cell_len(key) for _, keys in self._groups for key, _ in keys), default=0)
        columns = [self._column(groups, width) for groups in halves(self._groups)]
        pane = VerticalScroll(
            *([Static(Content(visible(self._text)), classes="about")] if self._text else []),
            Container(*columns, classes="columns"),
            *self._about_searching(),
        )
        hints = Static(hint_line([("↑↓ pgup pgdn", "Scroll"), ("esc", "Close")]), classes="keys")
        frame = Vertical(pane, hints, classes="frame")
        frame.border_title = Content(self._frame_title)
        yield frame

    def _about_searching(self) -> list[Static]:
        """The language of a search, as its parser documents it."""
        if not self._language:
            return []
        listed, _, rest = self._language.partition("\n\n")
        return [
            Static(Content("Searching"), classes="title"),
            Static(forms_content(listed, self.app.size.width < ROOM_FOR_FORMS), classes="group"),
            Static(Content(" ".join(rest.split())), classes="group"),
        ]

    def _column(self, groups: Sequence[Group], width: int) -> Vertical:
        widgets: list[Static] = []
        for title, keys in groups:
            widgets.append(Static(Content(visible(title)), classes="title"))
            widgets.append(Static(keys_content(keys, width), classes="group"))
        return Vertical(*widgets, classes="column")

    def action_close(self) -> None:
        """Back to where one was."""
        self.dismiss(None)
