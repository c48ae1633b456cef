"""Inputs: a single line, one paragraph, and a query with colours and completion."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, NamedTuple, Self

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.widgets import Input, TextArea
from textual.widgets.input import Selection

from journal_tui.app.widgets.cells import flat
from journal_tui.app.widgets.debounce import Debounce
from journal_tui.entry.markdown_lines import pasted_items, without_pasted_marker
from journal_tui.entry.tokenizer import MENTION, SIGNS


def join_lines(text: str) -> str:
    """Return a pasted text as one line: every run of white space becomes one blank."""
    return re.sub(r"\s+", " ", text)


class SingleLineInput(Input):
    """An `Input` that joins pasted lines and shows control characters as pictures.

    With a suggester, tab and → accept the suggestion shown after the text.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "take_suggestion", "Complete", show=False),
    ]
    DEFAULT_CSS = """
    SingleLineInput:nocolor {
        & > .input--placeholder, & > .input--suggestion { text-style: dim italic; }
        & > .input--cursor { text-style: reverse; }
        & > .input--selection { text-style: underline; }
    }
    """

    @property
    def _value(self) -> Text:
        return Text(flat(self.value), no_wrap=True, overflow="ignore", end="")

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        start, end = sorted(self.selection)
        self.replace(join_lines(event.text).strip(), start, end)

    def action_paste(self) -> None:
        """Insert the clipboard in the same way as a paste by the terminal."""
        self.post_message(events.Paste(self.app.clipboard))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable tab only with a suggester; otherwise it goes to the next widget."""
        if action == "take_suggestion":
            return self.suggester is not None
        return super().check_action(action, parameters)

    async def action_take_suggestion(self) -> None:
        """Complete the text as suggested, even if the key comes before the suggestion is shown."""
        if self.suggester and self.value:
            suggester = self.suggester
            text = self.value if suggester.case_sensitive else self.value.casefold()
            self.value = await suggester.get_suggestion(text) or self.value
            self.cursor_position = len(self.value)


class Paragraph(TextArea):
    """A text area for one paragraph, which Enter submits.

    With `takes_lists`, the items of a pasted list stay separate, each on its own line.
    """

    DEFAULT_CSS = """
    Paragraph {
        height: auto;
        min-height: 3;
        max-height: 7;
        padding: 0 1;
        border: round $foreground 30%;
        background: transparent;
        &:focus { border: round $border; }
        &:nocolor .text-area--cursor { text-style: reverse; }
        &:nocolor .text-area--selection { text-style: underline; }
    }
    """

    class Submitted(Message):
        """Posted when Enter is pressed; `text` is the paragraph as one line, trimmed.

        With `takes_lists`, each item of a pasted list is a line of `text`.
        """

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class LeftBelow(Message):
        """Posted when down is pressed on the last line."""

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        id: str | None = None,
        takes_lists: bool = False,
    ) -> None:
        self._takes_lists = takes_lists
        super().__init__(
            join_lines(text),
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
            placeholder=placeholder,
            id=id,
        )
        self.move_cursor(self.document.end)

    @property
    def line(self) -> str:
        """The paragraph as one line, trimmed."""
        return " ".join(self.text.split())

    @property
    def items(self) -> list[str]:
        """The items of a list that was pasted, or else the paragraph; [] if there is no text."""
        lines = self.text.split("\n") if self._takes_lists else [self.text]
        return [item for line in lines if (item := " ".join(line.split()))]

    def get_line(self, line_index: int) -> Text:
        """Return the line with control characters made visible, of the same length."""
        return Text(flat(self.document.get_line(line_index)), end="", no_wrap=True)

    def action_cursor_down(self, select: bool = False) -> None:
        """Move down; on the last line, post `LeftBelow`."""
        if not select and self.navigator.is_last_wrapped_line(self.cursor_location):
            self.post_message(self.LeftBelow())
        else:
            super().action_cursor_down(select)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted("\n".join(self.items)))

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._put(event.text)

    def action_paste(self) -> None:
        """Insert the clipboard in the same way as a paste by the terminal."""
        self._put(self.app.clipboard)

    def _put(self, text: str) -> None:
        items = pasted_items(text) if self._takes_lists else []
        pasted = join_lines(text)
        if len(items) > 1:
            row, column = min(self.selection)
            is_after_words = bool(self.document.get_line(row)[:column].strip())
            pasted = "\n" * is_after_words + "\n".join(items)
        elif self._takes_lists and not self.text.strip():
            # The text will be saved with a marker, so the pasted one would be a second.
            pasted = join_lines(without_pasted_marker(text))
        if result := self._replace_via_keyboard(pasted, *self.selection):
            self.move_cursor(result.end_location)


Fields = Mapping[str, Sequence[str]]
"""The fields of the query language, each with its possible values; () if any value may follow."""

_TOKEN = re.compile(r'[^\s()"]*\Z')
_FIELD = re.compile(r"([A-Za-z]+):(?:.*,)?([^,]*)\Z")
_MIN_FIELD_LETTERS = 2


class QueryCompletion(NamedTuple):
    """The span `[start, end)` of a line to replace, and the candidates for it."""

    start: int
    end: int
    candidates: tuple[str, ...]


def complete_query(
    line: str, column: int, fields: Fields, mentions: Callable[[str], Sequence[str]]
) -> QueryCompletion | None:
    """Return the candidates that complete the word ending at the column, or None.

    `mentions(word)` returns the #tags or @people that begin with the word. A plain word is
    completed only to the name of a field. A candidate equal to the word is left out.
    """
    before = line[:column]
    if line[column : column + 1].strip(" )") or before.count('"') % 2:
        return None
    found = _TOKEN.search(before)
    word = found.group().lstrip("-") if found else ""
    start = column - len(word)
    names: Sequence[str]
    if word[:1] in ("#", "@"):
        names = mentions(word)
    elif field := _FIELD.match(word):
        begun = field[2].casefold()
        start = column - len(field[2])
        known = fields.get(field[1].casefold(), ())
        names = [name for name in map(str.casefold, known) if name.startswith(begun)]
        word = field[2]
    elif len(word) >= _MIN_FIELD_LETTERS and word.isalpha():
        names = [f"{name}:" for name in fields if name.startswith(word.casefold())]
    else:
        return None
    candidates = tuple(name for name in names if name != word)
    return QueryCompletion(start, column, candidates) if candidates else None


OFFER_SECONDS = 0.06
"""Seconds without a key after which completions are looked up."""

_PARTS = re.compile(
    r'"[^"]*"?|(?<![^\s(-])([A-Za-z]+:)(?!//)|(?<!\S)(OR)(?!\S)'
    rf'|(?<![^\s(-])({MENTION.format(signs=SIGNS)})(?![^\s()"])'
)
_NAMES = ("", "field", "operator", "mention")


class QueryInput(SingleLineInput):
    """An input for a query, with colours and completion.

    It calls `typed` with each new text at once, so that results are painted together with the key.

    `offered(candidates, number)` is called with the candidates for the word at the cursor, and the
    index of the one that is in the line, or None. Tab puts the next candidate into the line and shift+tab
    the previous one; enter then accepts it and escape restores the typed word. Other keys work as
    in any input.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "queryline--field",
        "queryline--operator",
        "queryline--mention",
        "queryline--fault",
    }
    DEFAULT_CSS = """
    QueryInput {
        & .queryline--field { color: $text-secondary; }
        & .queryline--operator { color: $text-secondary; text-style: bold; }
        & .queryline--mention { color: $text-accent; }
        & .queryline--fault { color: $text-error; text-style: underline; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Open"),
        # The line with the candidates shows this key, so the footer doesn't.
        Binding("tab", "complete", "Complete", show=False),
    ]

    # The size never depends on the text, so a key needs no layout.
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
        self._pause = Debounce(self, OFFER_SECONDS, self._offer_if_focused)
        self._completing: QueryCompletion | None = None
        self._kept = ""
        self._is_filling = False

    @property
    def _value(self) -> Text:
        text = super()._value
        # A query without any of these characters is only words, which have no colour.
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
        """Underline the word at a column; for None, remove the underline."""
        if column != self._fault:
            self._fault = column
            self.refresh()

    def cell_of(self, column: int) -> int:
        """Return the cell of the character at a column, counted from the content's left edge."""
        width = max(1, self.scrollable_content_region.width)
        return max(0, min(width - 1, self._position_to_cell(column) - round(self.scroll_offset.x)))

    def _watch_value(self, value: str) -> None:
        self.set_reactive(QueryInput.virtual_size, Size(self.content_width, 1))
        # `watch_value` calls `typed` directly; the message would come too late and search again.
        with self.prevent(Input.Changed):
            super()._watch_value(value)

    def watch_value(self, value: str) -> None:
        """Pass on the new text at once, and look up completions when the typing pauses."""
        if not self.is_mounted:
            return
        self._typed(value)
        if not self._is_filling:
            self.close()
            if self._mentions:
                self._pause.restart()

    def watch_selection(self, selection: Selection) -> None:
        """Hide the completions when the cursor leaves their word."""
        if self._is_filling or self._chosen is not None or not self._completing:
            return
        if selection.end != self._completing.end:
            self.close()

    def fill(self, text: str) -> None:
        """Replace the text, the cursor at its end, without offering completions."""
        self._is_filling = True
        self.value = text
        self.cursor_position = len(text)
        self._is_filling = False
        self.close()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable tab's binding only while candidates are shown; without a selection, let the screen copy a row.

        Before they are shown, `_handle_completion_key` handles tab.
        """
        if action == "copy" and self.selection.is_empty:
            return False
        if action == "complete":
            return self.is_completing
        return super().check_action(action, parameters)

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Paint only the text again, not the border, unless regions or a layout are requested."""
        if repaint and not regions and not layout and not recompose and self.size:
            regions = (Region(0, 0, self.outer_size.width, 1),)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    @property
    def is_completing(self) -> bool:
        """Whether candidates are on the screen."""
        return self._completing is not None

    def _offer_if_focused(self) -> None:
        # Tab may have shown the candidates already.
        if self.has_focus and not self._completing:
            self.offer()

    def offer(self) -> bool:
        """Show the candidates for the word at the cursor; return whether there are any."""
        self.close()
        self._pause.stop()
        if not self._mentions:
            return False
        found = complete_query(self.value, self.cursor_position, self._fields, self._mentions)
        if not found:
            return False
        self._completing, self._kept = found, self.value
        self._offered(found.candidates, None)
        self.refresh_bindings()
        return True

    def close(self) -> None:
        """Hide the completions; the text stays as it is."""
        if self._completing:
            self._completing = self._chosen = None
            self._offered((), None)
            self.refresh_bindings()

    def accept(self, candidate: str) -> None:
        """Put a candidate into the text and hide the others; after a field's name, offer its values."""
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
        """Put the next (1) or previous (-1) candidate into the text; return whether there was one.

        A single candidate is accepted at once.
        """
        if not self._completing and not self.offer():
            return False
        assert self._completing
        candidates = self._completing.candidates
        if len(candidates) == 1:
            self.accept(candidates[0])
            return True
        at = (step - 1) // 2 if self._chosen is None else self._chosen + step
        self._chosen = at % len(candidates)
        self._put(candidates[self._chosen])
        self._offered(candidates, self._chosen)
        return True

    def action_complete(self) -> None:
        """Put the next candidate into the text."""
        self.complete()

    async def _on_key(self, event: events.Key) -> None:
        if self._handle_completion_key(event.key):
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)

    def _handle_completion_key(self, key: str) -> bool:
        """Handle a key of the completion; return False if it isn't one."""
        # Tab and shift+tab work even before the typing pauses and candidates are shown.
        if key in ("tab", "shift+tab"):
            return self.complete(1 if key == "tab" else -1)
        if not self._completing:
            return False
        if key == "escape":
            if self._chosen is not None:
                self.fill(self._kept)
            self.close()
            return True
        if key == "enter" and self._chosen is not None:
            self.accept(self._completing.candidates[self._chosen])
            return True
        return False
