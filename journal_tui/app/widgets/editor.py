"""The prose editor for one entry: what its keys do in lists, to #tags and @people, to find text."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.document._document import EditResult, Location, Selection
from textual.document._edit import Edit
from textual.widget import Widget

from journal_tui.app.widgets import editor_lists
from journal_tui.app.widgets.completion import Completion, word_before
from journal_tui.app.widgets.editor_area import EntryArea
from journal_tui.app.widgets.editor_changes import PlacedEdit
from journal_tui.app.widgets.editor_clipboard import paste_text
from journal_tui.app.widgets.editor_find_bar import FindBar
from journal_tui.entry.marks import TEXT
from journal_tui.entry.vocabulary import Vocabulary

Complete = Callable[[str], Sequence[str]]


def _nothing(word: str) -> Sequence[str]:
    return ()


class Editor(EntryArea):
    """Edits the text of one entry.

    `complete` gets the word being typed with its sign ("#pl", "@jo") and returns what it may
    become, with the sign, best first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+f", "find_in_text", "Find in text", show=False, id="editor.find_in_text"),
        Binding("ctrl+home", "text_start", "Start of the text", show=False, id="editor.start"),
        Binding("ctrl+end", "text_end", "End of the text", show=False, id="editor.end"),
    ]

    def __init__(
        self,
        text: str = "",
        *,
        complete: Complete = _nothing,
        vocabulary: Vocabulary | None = None,
        read_only: bool = False,
    ) -> None:
        self.complete = complete
        self._completion: Completion | None = None
        self._find_bar: FindBar | None = None
        super().__init__(text, vocabulary=vocabulary, read_only=read_only)

    # -- keys -------------------------------------------------------------------------------

    async def on_key(self, event: events.Key) -> None:
        """Keys of the completion, then lists and the editor's bindings; the rest is TextArea's."""
        key = event.key
        if key.startswith("alt+") and event.is_printable:
            # TextArea would type the letter; a binding of the app may want the key.
            event.prevent_default()
            return
        taken = not self.read_only and (
            self._completion_key(key)
            or (key == "enter" and self._enter())
            or (key in ("tab", "shift+tab") and self._shift(key == "shift+tab"))
        )
        if taken or await self._run_own_binding(event):
            event.stop()
            event.prevent_default()
            self._restart_blink()

    async def _run_own_binding(self, event: events.Key) -> bool:
        """Run what the key is bound to in the editor itself; return False if it is bound to nothing.

        Textual 8.2.8 has the app look for bindings, after the event has passed through three queues:
        of keys that arrive together, such as ← and a letter, the letter would come first.
        """
        if self.check_consume_key(event.key, event.character):
            return False
        bindings, keymap = self._bindings, self.app._keymap
        if keymap:
            bindings = bindings.copy()
            bindings.apply_keymap(keymap)
        for binding in bindings.key_to_bindings.get(event.key, ()):
            if await self.app.run_action(binding.action, self):
                return True
        return False

    def _enter(self) -> bool:
        row, column = self.cursor_location
        if not self.selection.is_empty or self.kind_of(row) != TEXT:
            return False
        above = self.document.get_line(row - 1) if row else ""
        change = editor_lists.enter(self.document.get_line(row), column, above)
        if change is None:
            return False
        self.edit_at_once(Edit(change.text, (row, change.start), (row, change.end), False))
        return True

    def _shift(self, outdent: bool) -> bool:
        """Indent or outdent the list items of the selection."""
        first, last = sorted(self.selection)
        rows = range(first[0], last[0] + 1)
        if len(rows) > 1 and last[1] == 0:
            rows = rows[:-1]
        lines = list(self.document.lines)
        shifted: dict[int, int] = {}
        for row in rows:
            change = editor_lists.shift(lines, row, outdent) if self.kind_of(row) == TEXT else None
            if change:
                line = lines[row]
                lines[row] = line[: change.start] + change.text + line[change.end :]
                shifted[row] = len(lines[row]) - len(line)
        if not shifted:
            return False
        top, bottom = min(shifted), max(shifted)
        end = (bottom, len(self.document.get_line(bottom)))
        edit = PlacedEdit("\n".join(lines[top : bottom + 1]), (top, 0), end, True)
        edit.selection = Selection(
            *((row, max(0, column + shifted.get(row, 0))) for row, column in self.selection)
        )
        self.edit_at_once(edit)
        return True

    def action_paste(self) -> None:
        """Paste from the system's clipboard, or what was copied in this app when there is none."""
        if self.read_only:
            return
        text = None if self.app.is_headless else paste_text()
        result = self._replace_via_keyboard(text or self.app.clipboard, *self.selection)
        if result:
            self.move_cursor(result.end_location)

    def action_text_start(self) -> None:
        """Go to the beginning of the text."""
        self.move_cursor((0, 0))

    def action_text_end(self) -> None:
        """Go to the end of the text."""
        self.move_cursor(self.document.end)

    # -- completion -------------------------------------------------------------------------

    @property
    def completion(self) -> Completion | None:
        """The list of candidates, once one was needed."""
        return self._completion

    def _replace_via_keyboard(
        self, insert: str, start: Location, end: Location
    ) -> EditResult | None:
        result = super()._replace_via_keyboard(insert, start, end)
        if result and len(insert) == 1:
            self._offer(may_open=True)
        return result

    def _offer(self, may_open: bool = False) -> None:
        """Bring the list of candidates in line with the word at the cursor."""
        popup = self._completion
        if not (popup and popup.is_open) and not may_open:
            return
        row, column = self.cursor_location
        word = word_before(self.document.get_line(row), column) if self.selection.is_empty else ""
        candidates = self.complete(word) if word and self.kind_of(row) == TEXT else ()
        if not candidates:
            self._close_completion()
            return
        if popup is None:
            popup = self._completion = Completion(self._accept)
            self.screen.mount(popup)
        popup.offer(word, candidates, self.cursor_screen_offset)

    def _close_completion(self) -> None:
        if self._completion and self._completion.is_open:
            self._completion.close()

    def _completion_key(self, key: str) -> bool:
        popup = self._completion
        if not popup or not popup.is_open:
            return False
        if key in ("up", "down"):
            popup.move(1 if key == "down" else -1)
        elif key == "escape":
            popup.close()
        elif key == "tab":
            self._accept(popup.chosen() or popup.candidates[0])
        elif key == "enter":
            chosen = popup.chosen()
            if chosen is None:
                popup.close()
                return False
            self._accept(chosen)
        else:
            return False
        return True

    def _accept(self, candidate: str) -> None:
        popup = self._completion
        if not popup:
            return
        row, column = self.cursor_location
        start = column - len(popup.word)
        popup.close()
        self.edit_at_once(Edit(candidate, (row, start), (row, column), False))

    def watch_selection(self) -> None:
        """A cursor that moves narrows the list or closes it."""
        if self._completion and self._completion.is_open:
            self._offer()

    def on_blur(self) -> None:
        """Leaving the text closes the list."""
        self._close_completion()

    def on_unmount(self) -> None:
        """The list of candidates sits on the screen, not in the editor, and goes with it."""
        if self._completion and self._completion.is_attached:
            self._completion.remove()
        if self._find_bar and self._find_bar.is_attached:
            self._find_bar.remove()

    async def action_find_in_text(self) -> None:
        """Open the find bar at the bottom of what holds the editor."""
        container = self.parent
        if self._find_bar is None and isinstance(container, Widget):
            self._find_bar = FindBar(self)
            await container.mount(self._find_bar)
        if self._find_bar:
            selected = self.selected_text
            self._find_bar.open("" if "\n" in selected else selected)
