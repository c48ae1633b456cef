"""The line a search is typed in: what it means is coloured, what is wrong with it underlined."""

import re
from collections.abc import Callable, Sequence
from typing import ClassVar, Self

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.reactive import Reactive, reactive
from textual.widgets import Input
from textual.widgets.input import Selection

from journal_tui.app.widgets.oneline import OneLine
from journal_tui.app.widgets.pause import Pause
from journal_tui.app.widgets.querycompletion import Completing, Fields, completing

OFFER_SECONDS = 0.06
"""A pause in the typing after which completions are looked for."""

_PARTS = re.compile(r'"[^"]*"?|(?<![^\s(-])([A-Za-z]+:)(?!//)|(?<!\S)(OR)(?!\S)|(?<!\w)([#@]\w\S*)')
_NAMES = ("", "field", "operator", "mention")


class QueryLine(OneLine):
    """Calls `typed` with each new text at once, so that its answer is painted with the key.

    `offered` is called with the candidates that may complete the word, and the number of the one
    in the line; with none of them when there is nothing to complete. Tab puts the next candidate
    into the line, shift+tab the one before; enter then takes it, escape takes it back. All other
    keys are never touched.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "queryline--field",
        "queryline--operator",
        "queryline--mention",
        "queryline--fault",
    }
    DEFAULT_CSS = """
    QueryLine {
        & .queryline--field { color: $text-secondary; }
        & .queryline--operator { color: $text-secondary; text-style: bold; }
        & .queryline--mention { color: $text-accent; }
        & .queryline--fault { color: $text-error; text-style: underline; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "Open")]

    # Its size never depends on its text: no layout for a key.
    value: Reactive[str] = reactive("", init=False)

    def __init__(
        self,
        typed: Callable[[str], None],
        offered: Callable[[Sequence[str], int | None], None],
        fields: Fields | None = None,
        mentions: Callable[[str], Sequence[str]] | None = None,
        placeholder: str = "",
    ) -> None:
        super().__init__(placeholder=placeholder, select_on_focus=False)
        self._typed = typed
        self._offered = offered
        self._chosen: int | None = None
        self._fields = fields or {}
        self._mentions = mentions
        self._fault: int | None = None
        self._pause = Pause(self, OFFER_SECONDS, self._offer_if_here)
        self._completing: Completing | None = None
        self._kept = ""
        self._is_filling = False

    # -- the text -------------------------------------------------------------------------

    @property
    def _value(self) -> Text:
        text = super()._value
        # A search without any of these is nothing but words.
        if self._fault is None and not any(sign in self.value for sign in ':#@"O'):
            return text
        for part in _PARTS.finditer(self.value):
            if part.lastindex:
                name = f"queryline--{_NAMES[part.lastindex]}"
                text.stylize(self.get_component_rich_style(name, partial=True), *part.span())
        if self._fault is not None:
            end = re.compile(r"\s|\Z").search(self.value, self._fault + 1)
            style = self.get_component_rich_style("queryline--fault", partial=True)
            text.stylize(style, self._fault, end.start() if end else len(self.value))
        return text

    def show_fault(self, column: int | None) -> None:
        """Underline the word at a column, or nothing."""
        if column != self._fault:
            self._fault = column
            self.refresh()

    def place_of(self, column: int) -> int:
        """How many cells right of the content's edge a character of the text is shown."""
        width = max(1, self.scrollable_content_region.width)
        return max(0, min(width - 1, self._position_to_cell(column) - round(self.scroll_offset.x)))

    def _watch_value(self, value: str) -> None:
        self.set_reactive(QueryLine.virtual_size, Size(self.content_width, 1))
        # Who wants to know is told at once; a message would come later.
        with self.prevent(Input.Changed):
            super()._watch_value(value)

    def watch_value(self, value: str) -> None:
        """Tell the new text at once, and look for completions at the next pause."""
        if not self.is_mounted:
            return
        self._typed(value)
        if not self._is_filling:
            self.close()
            if self._mentions:
                self._pause.again()

    def watch_selection(self, selection: Selection) -> None:
        """Completions are for the word at the cursor: they go when it leaves that."""
        if self._is_filling or self._chosen is not None or not self._completing:
            return
        if selection.end != self._completing.end:
            self.close()

    def fill(self, text: str) -> None:
        """Put another text here, the cursor at its end; nothing is offered for it."""
        self._is_filling = True
        self.value = text
        self.cursor_position = len(text)
        self._is_filling = False
        self.close()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a selection there is nothing here to copy: the key is for what was found."""
        if action == "copy" and self.selection.is_empty:
            return False
        return super().check_action(action, parameters)

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Paint the text again, not the border around it, where no more is asked for."""
        if repaint and not regions and not layout and not recompose and self.size:
            regions = (Region(0, 0, self.outer_size.width, 1),)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    # -- completions ----------------------------------------------------------------------

    @property
    def is_completing(self) -> bool:
        """Whether candidates are on the screen."""
        return self._completing is not None

    def _offer_if_here(self) -> None:
        # Who pressed tab before the pause was over has the candidates, and chose one.
        if self.has_focus and not self._completing:
            self.offer()

    def offer(self) -> bool:
        """Show what the word at the cursor may become; whether there is anything."""
        self.close()
        self._pause.stop()
        if not self._mentions:
            return False
        found = completing(self.value, self.cursor_position, self._fields, self._mentions)
        if not found:
            return False
        self._completing, self._kept = found, self.value
        self._offered(found.candidates, None)
        return True

    def close(self) -> None:
        """Offer nothing any more; the text stays as it is."""
        if self._completing:
            self._completing = self._chosen = None
            self._offered((), None)

    def take(self, candidate: str) -> None:
        """Have a candidate in the text, and go on."""
        self._put(candidate)
        self.close()
        self.focus()
        if candidate.endswith(":"):
            self.offer()

    def _put(self, candidate: str) -> None:
        if self._completing:
            start, end, _ = self._completing
            self._is_filling = True
            self.value = self._kept[:start] + candidate + self._kept[end:]
            self.cursor_position = start + len(candidate)
            self._is_filling = False

    def complete(self, step: int = 1) -> bool:
        """Put the next candidate into the text; whether there was one."""
        if not self._completing and not self.offer():
            return False
        assert self._completing
        candidates = self._completing.candidates
        if len(candidates) == 1:
            self.take(candidates[0])
            return True
        at = (step - 1) // 2 if self._chosen is None else self._chosen + step
        self._chosen = at % len(candidates)
        self._put(candidates[self._chosen])
        self._offered(candidates, self._chosen)
        return True

    async def _on_key(self, event: events.Key) -> None:
        if self._answers(event.key):
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)

    def _answers(self, key: str) -> bool:
        """Do what a key means for completions; False when it means nothing there."""
        if key == "tab":
            return self.complete()
        if not self._completing:
            return False
        if key == "shift+tab":
            return self.complete(-1)
        if key == "escape":
            if self._chosen is not None:
                self.fill(self._kept)
            self.close()
            return True
        if key == "enter" and self._chosen is not None:
            self.take(self._completing.candidates[self._chosen])
            return True
        return False
