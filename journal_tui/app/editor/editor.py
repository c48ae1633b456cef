"""The text area for one entry: highlighting, prompts, edits by the program, completion, find in text."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.document._document import EditResult, Location, Selection
from textual.document._edit import Edit
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea

from journal_tui.app.commands import KEYS_TAKEN_FROM_TEXT, bindings
from journal_tui.app.editor import lists, painting
from journal_tui.app.editor.clipboard import paste_text
from journal_tui.app.editor.completion import Candidate, Completion, word_before
from journal_tui.app.editor.document import (
    LONG_LINE_CHARACTERS,
    EntryDocument,
    EntryNavigator,
    EntryWrap,
    ShownDocument,
    on_screen,
)
from journal_tui.app.editor.due_completion import is_due
from journal_tui.app.editor.edits import LocationMap, PlacedEdit, line_edits, offset_after
from journal_tui.app.editor.link_completion import fit_link, is_link
from journal_tui.entry.edit import TextEdit, apply, smallest_edit
from journal_tui.entry.line_map import plain_newlines
from journal_tui.entry.markdown_lines import CODE, FRONT_MATTER, TEXT
from journal_tui.entry.syntax_highlight import line_marks
from journal_tui.entry.template import item_below, prompts
from journal_tui.entry.tokenizer import occurrences
from journal_tui.entry.vocabulary import Vocabulary, english

if TYPE_CHECKING:
    from journal_tui.app.editor.find_bar import FindBar

Complete = Callable[[str], Sequence[str | Candidate]]

PLAIN = "plain"
_WORD_SEARCH_CHARACTERS = 1_000
_WORD_EDGE = re.compile(r"(?<=\W)(?=\w)|(?<=\w)(?=\W)")


def _no_candidates(word: str) -> Sequence[str | Candidate]:
    return ()


class Editor(TextArea):
    """A text area that shows and edits the text of one entry, with `\\n` as its only line ending.

    `LoadedText` converts the text back to the file's bytes. `complete` gets the word being typed
    with its sign ("#pl", "@jo", "[[2014") and returns the candidates with their sign, best first.
    `vocabulary` has the labels by which a rating is recognised. While the text is a template, a dim
    prompt follows each line to fill in.
    """

    DEFAULT_CSS = painting.CSS
    COMPONENT_CLASSES: ClassVar[set[str]] = set(painting.COMPONENTS)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("editor"),
        Binding("ctrl+home", "text_start", "Start of the text", show=False, id="editor.start"),
        Binding("ctrl+end", "text_end", "End of the text", show=False, id="editor.end"),
    ]

    class Refused(Message):
        """Posted when a letter is typed on a read-only page that `refuses_letters`."""

    refuses_letters = False
    """Whether a letter on a read-only page posts `Refused` instead of running a command."""

    def __init__(
        self,
        text: str = "",
        *,
        complete: Complete = _no_candidates,
        vocabulary: Vocabulary | None = None,
        read_only: bool = False,
    ) -> None:
        self.complete = complete
        self._completion: Completion | None = None
        self._find_bar: FindBar | None = None
        self._vocabulary = vocabulary
        self._painted: LRUCache[tuple[str, str], painting.PaintedLine] = LRUCache(256)
        self._styles: dict[str, Style] = {}
        self._needle = ""
        self._prompted: tuple[str, Mapping[int, str]] = "", {}
        self._continued: tuple[int, str] | None = None
        self._height = 0
        self.wrapped_document: EntryWrap
        super().__init__(
            text,
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="focus",
            max_checkpoints=1000,
            read_only=read_only,
        )
        for key in KEYS_TAKEN_FROM_TEXT:
            self._bindings.key_to_bindings.pop(key, None)
        self.register_theme(painting.EditorTheme("entry"))
        self.theme = "entry"

    def _set_document(self, text: str, language: str | None) -> None:
        """Do as TextArea does, with a document whose lines end at `\\n` only."""
        self._highlight_query = None
        document = EntryDocument(text)
        self.document = document
        self.wrapped_document = EntryWrap(ShownDocument(document), tab_width=self.indent_width)
        self.navigator = EntryNavigator(self.wrapped_document)
        self._build_highlight_map()
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    def _rewrap_and_refresh_virtual_size(self) -> None:
        """Wrap the text as TextArea does, and paint it.

        Textual 8.2.8 may have painted the new size with the old rows, and paints again only if
        their number changes.
        """
        super()._rewrap_and_refresh_virtual_size()
        self.refresh()

    def kind_of(self, row: int) -> str:
        """Return the kind of block that a line is in: `text`, `code` or `front-matter`."""
        document = self.document
        assert isinstance(document, EntryDocument)
        return document.kind_of(row)

    @property
    def is_large(self) -> bool:
        """Whether the text is too large to be highlighted and counted."""
        return isinstance(self.document, EntryDocument) and self.document.is_large

    @property
    def _may_have_long_line(self) -> bool:
        document = self.document
        return not isinstance(document, EntryDocument) or document.may_have_long_line

    def show_text(self, text: str, cursor: Location = (0, 0)) -> None:
        """Load another text, with the cursor at (row, column) and nothing to undo."""
        self.load_text(text)
        self.move_cursor(self.clamp_visitable(cursor))
        self.scroll_cursor_visible()

    def apply_edits(self, edits: Iterable[TextEdit]) -> bool:
        """Apply edits made by the program (character offsets in `text`) as one step to undo.

        The cursor and the scroll position stay with their lines. Return False if nothing changes;
        raise ValueError if edits overlap or are outside the text.
        """
        edits = list(edits)
        old = self.text
        new = plain_newlines(apply(old, edits))
        change = smallest_edit(old, new)
        if not change:
            return False
        before, after = LocationMap(old.split("\n")), LocationMap(new.split("\n"))

        def kept(location: Location) -> Location:
            is_blank = not self.document.get_line(location[0])
            return after.location(
                offset_after(before.offset(location), edits, location[1] == 0, is_blank)
            )

        start, end, text = change[0]
        edit = PlacedEdit(text, before.location(start), before.location(end), True)
        edit.selection = Selection(*map(kept, self.selection))
        scroll_y = self.scroll_offset.y
        row, section = self.wrapped_document.line_at_row(scroll_y)
        top = kept((row, 0))[0]
        is_visible = 0 <= self._cursor_offset[1] - scroll_y < self.content_size.height
        self.edit_as_one_step(edit)
        if self.is_mounted:
            y = self.wrapped_document.y_of(top, section)
            self.scroll_to(y=y, animate=False, force=True, immediate=True)
            if is_visible:
                self.scroll_cursor_visible()
        return True

    def replace_text(self, text: str) -> bool:
        """Replace the text by one that was changed elsewhere, as one step to undo.

        The cursor stays at its place in the words of its line.
        """
        row, _ = self.cursor_location
        return self.apply_edits(line_edits(self.text, plain_newlines(text), row))

    @property
    def text_before_cursor(self) -> str:
        """The part of the cursor's line before the cursor."""
        row, column = self.cursor_location
        return self.document.get_line(row)[:column]

    def edit_as_one_step(self, edit: Edit) -> None:
        """Make an edit that is undone by itself, without the typing before and after it."""
        self.history.checkpoint()
        self.edit(edit)
        self.history.checkpoint()

    def get_line(self, line_index: int) -> Text:
        """Return the highlighted line with its prompt, and with the indent of its rows.

        Its highlighting is cached by the line's text and kind of block.
        """
        line = self.document.get_line(line_index)
        # A large text isn't highlighted, so its lines need no kind.
        key = (line, PLAIN if self.is_large else self.kind_of(line_index))
        painted = self._painted.get(key)
        if painted is None:
            painted = self._painted[key] = self._paint(*key)
        fresh = painted.fresh()
        fresh.indent = self.wrapped_document.indent_of(line_index, 1)
        theme = self._theme
        if fresh.indent and theme and self._has_cursor and self.highlight_cursor_line:
            is_current = self.cursor_location[0] == line_index
            fresh.indent_style = theme.cursor_line_style if is_current else None
        if not self.read_only and not self.is_large and (prompt := self.prompt(line_index)):
            gap = " " if line and not line.endswith(" ") else ""
            fresh.append(gap + prompt, self._mark_style("prompt"))
        return fresh

    def prompt(self, row: int) -> str:
        """Return the prompt of a line, or "" if it has none."""
        text = self.document.text
        # The document returns the same string until the next edit.
        if self._prompted[0] is not text:
            lines = text.split("\n")
            self._prompted = text, prompts(lines, self._vocabulary or english())
        return self._prompted[1].get(row, "")

    def _render_line(self, y: int) -> Strip:
        """Do as TextArea does, but of a very long line render only the row that is drawn."""
        if not self._may_have_long_line:
            return super()._render_line(y)
        at = y + self.scroll_offset.y
        if at >= self.wrapped_document.height:
            return super()._render_line(y)
        row, section = self.wrapped_document.line_at_row(at)
        line = self.document.get_line(row)
        if len(line) <= LONG_LINE_CHARACTERS:
            return super()._render_line(y)
        breaks = self.wrapped_document.get_offsets(row)
        first = breaks[section - 1] if section else 0
        last = breaks[section] if section < len(breaks) else len(line)
        return self._render_piece(line, row, first, last)

    def _render_piece(self, line: str, row: int, first: int, last: int) -> Strip:
        """Render the columns `[first, last)` of a line with its cursor, selection and matches."""
        theme = self._theme
        base = theme.base_style if theme and theme.base_style else self.rich_style
        text = Text(on_screen(line[first:last]), end="", no_wrap=True)
        text.tab_size = self.indent_width
        text.pad_right(1)
        is_current = self.cursor_location[0] == row and self.highlight_cursor_line
        row_style = theme.cursor_line_style if theme and is_current and self._has_cursor else None
        if row_style:
            text.stylize(row_style)
        around = len(self._needle)
        begin = max(0, first - around)
        for start, end in occurrences(line[begin : last + around], self._needle):
            text.stylize(
                self._mark_style("match"), max(0, begin + start - first), begin + end - first
            )
        top, bottom = sorted(self.selection)
        if top != bottom and top[0] <= row <= bottom[0] and theme and theme.selection_style:
            start = top[1] if top[0] == row else 0
            end = bottom[1] if bottom[0] == row else len(line)
            if start < last and end > first:
                text.stylize(theme.selection_style, max(0, start - first), end - first)
        cursor = self.cursor_location
        is_here = first <= cursor[1] < last or cursor[1] == last == len(line)
        if cursor[0] == row and is_here and self._draw_cursor and theme and theme.cursor_style:
            text.stylize(theme.cursor_style, cursor[1] - first, cursor[1] - first + 1)
        text.expand_tabs(self.indent_width)
        strip = Strip(text.render(self.app.console), cell_length=text.cell_len)
        width = self.scrollable_content_region.size.width
        filler = row_style if is_current else theme.base_style if theme else None
        return strip.extend_cell_length(width, filler).apply_style(base)

    def get_cursor_word_left_location(self) -> Location:
        """Do as TextArea does, but search only a window of a very long line."""
        row, column = self.cursor_location
        line = self.document.get_line(row)
        if len(line) <= LONG_LINE_CHARACTERS or not column:
            return super().get_cursor_word_left_location()
        start = max(0, column - _WORD_SEARCH_CHARACTERS)
        ends = [found.start() for found in _WORD_EDGE.finditer(line[start:column].rstrip())]
        return row, start + (ends[-1] if ends else 0)

    def get_cursor_word_right_location(self) -> Location:
        """Do as TextArea does, but search only a window of a very long line."""
        row, column = self.selection.end
        line = self.document.get_line(row)
        if len(line) <= LONG_LINE_CHARACTERS or column == len(line):
            return super().get_cursor_word_right_location()
        window = line[column : column + _WORD_SEARCH_CHARACTERS]
        blanks = len(window) - len(window.lstrip())
        edge = _WORD_EDGE.search(window.lstrip())
        return row, column + (blanks + edge.start() if edge else len(window))

    def get_column_width(self, row: int, column: int) -> int:
        """Do as TextArea does, but count only from the start of the row in a very long line."""
        if len(self.document.get_line(row)) <= LONG_LINE_CHARACTERS:
            return super().get_column_width(row, column)
        return self.wrapped_document.location_to_offset((row, column)).x

    def _paint(self, line: str, kind: str) -> painting.PaintedLine:
        text = painting.PaintedLine(on_screen(line), end="", no_wrap=True)
        if kind == PLAIN:
            pass
        elif kind == TEXT:
            for start, end, mark in line_marks(line, self._vocabulary):
                text.stylize(self._mark_style(mark), start, end)
        elif line:
            text.stylize(self._mark_style({CODE: "code-block", FRONT_MATTER: kind}[kind]))
        for start, end in occurrences(line, self._needle):
            text.stylize(self._mark_style("match"), start, end)
        return text

    def _mark_style(self, kind: str) -> Style:
        style = self._styles.get(kind)
        if style is None:
            style = self._styles[kind] = painting.mark_style(self, kind)
        return style

    def _repaint(self) -> None:
        self._painted.clear()
        self._styles.clear()
        self._line_cache.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """Discard cached styles when the theme or the CSS changes."""
        self._painted.clear()
        self._styles.clear()
        super().notify_style_update()

    def _recompute_cursor_offset(self) -> None:
        """Compute the cursor's offset, also after an undo that removes its line and the scrollbar.

        TextArea would then use the cursor's location before moving it into the text that is left,
        and fail.
        """
        location = self.clamp_visitable(self.cursor_location)
        self._cursor_offset = self.wrapped_document.location_to_offset(location)

    def find_matching_bracket(self, bracket: str, search_from: Location) -> Location | None:
        """Return None: prose needs no matching brackets, and searching a whole text is slow."""
        return None

    async def on_key(self, event: events.Key) -> None:
        """Handle keys of completion, lists and the editor's bindings; leave others to TextArea."""
        key = event.key
        is_letter = event.is_printable and key != "space"
        if is_letter and self.refuses_letters and self.read_only:
            event.stop()
            event.prevent_default()
            self.post_message(self.Refused())
            return
        if key.startswith("alt+") and event.is_printable:
            # TextArea would type the letter, but the key may be bound to a command of the app.
            event.prevent_default()
            return
        if is_letter and not self.read_only and not self.is_large and self.selection.is_empty:
            self._go_to_empty_item()
        taken = not self.read_only and (
            self._completion_key(key)
            or (key == "enter" and self._continue_list())
            or (key in ("tab", "shift+tab") and self._shift(key == "shift+tab"))
        )
        if taken or await self._run_own_binding(event):
            event.stop()
            event.prevent_default()
            self._restart_blink()

    def _go_to_empty_item(self) -> None:
        """Move from the blank line above a section's only item to that item, if it is empty."""
        at = self.cursor_location[0]
        if self.document.get_line(at).strip():
            # Most letters are typed in a line with text, and splitting the text for each is slow.
            return
        lines = self.document.text.split("\n")
        if row := item_below(lines, at):
            self.move_cursor((row, len(lines[row])))

    async def _run_own_binding(self, event: events.Key) -> bool:
        """Run the editor's own binding of a key; return False if it has none.

        Textual 8.2.8 lets the app look up bindings after the event has passed through three queues:
        of two keys that arrive together, such as ← and a letter, the letter would be handled first.
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

    def _continue_list(self) -> bool:
        row, column = self.cursor_location
        if not self.selection.is_empty or self.kind_of(row) != TEXT:
            return False
        above = self.document.get_line(row - 1) if row else ""
        change = lists.enter(self.document.get_line(row), column, above)
        if change is None:
            return False
        self.edit_as_one_step(Edit(change.text, (row, change.start), (row, change.end), False))
        self._continued = row + 1, change.text.removeprefix("\n")
        return True

    def _drop_retyped_marker(self) -> None:
        """Remove a list marker that Enter wrote if the person has typed one after it."""
        row, column = self.cursor_location
        if self._continued and self._continued[0] == row:
            change = lists.drop_retyped_marker(
                self.document.get_line(row), column, self._continued[1]
            )
            if change:
                self._continued = None
                self.edit_as_one_step(Edit("", (row, change.start), (row, change.end), True))

    def _shift(self, outdent: bool) -> bool:
        """Indent or outdent the list items of the selection."""
        first, last = sorted(self.selection)
        rows = range(first[0], last[0] + 1)
        if len(rows) > 1 and last[1] == 0:
            rows = rows[:-1]
        lines = list(self.document.lines)
        shifted: dict[int, int] = {}
        for row in rows:
            change = lists.shift(lines, row, outdent) if self.kind_of(row) == TEXT else None
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
        self.edit_as_one_step(edit)
        return True

    def action_paste(self) -> None:
        """Paste the system's clipboard or, if that is empty or can't be read, the app's."""
        if self.read_only:
            return
        text = None if self.app.is_headless else paste_text()
        result = self._replace_via_keyboard(text or self.app.clipboard, *self.selection)
        if result:
            self.move_cursor(result.end_location)

    def action_cursor_line_end(self, select: bool = False) -> None:
        """Go to the end of the row and, from there, to the end of the whole line."""
        before = self.cursor_location
        super().action_cursor_line_end(select)
        if self._has_cursor and self.cursor_location == before:
            row = before[0]
            self.move_cursor((row, len(self.document.get_line(row))), select=select)

    def action_cursor_line_start(self, select: bool = False) -> None:
        """Go to the beginning of the row and, from there, to that of the whole line."""
        before = self.cursor_location
        super().action_cursor_line_start(select)
        if self._has_cursor and self.cursor_location == before:
            self.move_cursor((before[0], 0), select=select)

    def action_text_start(self) -> None:
        """Go to the beginning of the text."""
        self.move_cursor((0, 0))

    def action_text_end(self) -> None:
        """Go to the end of the text."""
        self.move_cursor(self.document.end)

    @property
    def completion(self) -> Completion | None:
        """The list of candidates, or None before it was first needed."""
        return self._completion

    def _replace_via_keyboard(
        self, insert: str, start: Location, end: Location
    ) -> EditResult | None:
        result = super()._replace_via_keyboard(insert, start, end)
        if result and insert == " ":
            self._drop_retyped_marker()
        if result and len(insert) == 1:
            self._offer(may_open=True)
        return result

    def _offer(self, may_open: bool = False) -> None:
        """Update the list of candidates for the word at the cursor; open it only if `may_open`."""
        popup = self._completion
        if not (popup and popup.is_open) and not may_open:
            return
        row, column = self.cursor_location
        word = word_before(self.document.get_line(row), column) if self.selection.is_empty else ""
        candidates = self.complete(word) if word and self.kind_of(row) == TEXT else ()
        if not candidates:
            self.close_completion()
            return
        if popup is None:
            popup = self._completion = Completion(self._accept)
            self.screen.mount(popup)
        popup.offer(word, candidates, self.cursor_screen_offset)

    def finish_due_date(self) -> None:
        """Complete the due date that is being typed, as Enter does, before a command leaves its line."""
        popup = self._completion
        if popup and popup.is_open and _is_dated(popup.word) and (chosen := popup.chosen()):
            self._accept(chosen)

    def close_completion(self) -> None:
        """Close the list of candidates, if it is open."""
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
            # A due date usually ends its line, so Enter also ends the line, unless only `due:` is typed.
            ends_line = _is_dated(popup.word)
            self._accept(chosen)
            return not ends_line
        else:
            return False
        return True

    def _accept(self, candidate: str) -> None:
        popup = self._completion
        if not popup:
            return
        row, column = self.cursor_location
        start, end = column - len(popup.word), column
        if is_link(popup.word):
            candidate, covered = fit_link(candidate, self.document.get_line(row)[column:])
            end += covered
        popup.close()
        self.edit_as_one_step(Edit(candidate, (row, start), (row, end), False))

    def watch_selection(self) -> None:
        """Update or close the open list of candidates when the cursor moves."""
        if self._completion and self._completion.is_open:
            self._offer()

    def on_resize(self) -> None:
        """Keep a visible cursor in view when the lines are wrapped at another width."""
        y = self._cursor_offset[1] - self.scroll_offset.y
        if not self._height or 0 <= y < self._height:
            self.call_after_refresh(self._keep_cursor_in_view)
        else:
            self._height = self.content_size.height

    def _keep_cursor_in_view(self) -> None:
        self.scroll_cursor_visible()
        self._height = self.content_size.height

    def on_blur(self) -> None:
        """Close the list of candidates when the text loses the focus."""
        self.close_completion()

    def on_unmount(self) -> None:
        """Remove the list of candidates and the find bar, which are mounted outside the editor."""
        if self._completion and self._completion.is_attached:
            self._completion.remove()
        if self._find_bar and self._find_bar.is_attached:
            self._find_bar.remove()

    def find_next(self, needle: str, backwards: bool = False) -> bool:
        """Select the next or previous occurrence, ignoring case and accents, and highlight all.

        The search wraps around at the ends of the text. A new needle is searched for from the start
        of the selection; an empty one ends the search. Return whether there is an occurrence.
        """
        changed = needle != self._needle
        if changed:
            self._needle = needle
            self._repaint()
        if not needle:
            return False
        start, end = sorted(self.selection)
        rows = self.document.line_count
        row, column = start if changed or backwards else end
        for step in range(rows + 1):
            at = (row - step if backwards else row + step) % rows
            found = list(occurrences(self.document.get_line(at), needle))
            if step == 0:
                found = [m for m in found if (m[1] <= column if backwards else m[0] >= column)]
            if found:
                first, last = found[-1] if backwards else found[0]
                self.selection = Selection((at, first), (at, last))
                self.scroll_cursor_visible(center=True)
                return True
        return False

    def count_matches(self) -> int:
        """Return the number of occurrences of the needle in the text."""
        return sum(1 for line in self.document.lines for _ in occurrences(line, self._needle))

    async def action_find_in_text(self) -> None:
        """Open the find bar at the bottom of the editor's container."""
        container = self.parent
        if self._find_bar is None and isinstance(container, Widget):
            from journal_tui.app.editor.find_bar import FindBar

            self._find_bar = FindBar(self)
            await container.mount(self._find_bar)
        if self._find_bar:
            selected = self.selected_text
            self._find_bar.open("" if "\n" in selected else selected)


def _is_dated(word: str) -> bool:
    """Return whether a word is a due date of which more than `due:` is typed."""
    return is_due(word) and not word.endswith(":")
