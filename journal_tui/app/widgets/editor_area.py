"""The text area under the editor: a text in its colours, and changes made by the program."""

import re
from collections.abc import Iterable
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.cache import LRUCache
from textual.document._document import Location, Selection
from textual.document._document_navigator import DocumentNavigator
from textual.document._edit import Edit
from textual.strip import Strip
from textual.widgets import TextArea

from journal_tui.app.widgets import editor_theme
from journal_tui.app.widgets.editor_changes import PlacedEdit, Places, changed_lines, moved
from journal_tui.app.widgets.editor_document import (
    LONG_LINE,
    EntryDocument,
    EntryWrap,
    ShownDocument,
    on_screen,
)
from journal_tui.app.widgets.editor_find import matches
from journal_tui.app.widgets.editor_line import PaintedLine
from journal_tui.entry.edit import TextEdit, apply, smallest
from journal_tui.entry.marks import CODE, FRONT_MATTER, TEXT, line_marks
from journal_tui.entry.newlines import plain_newlines
from journal_tui.entry.vocabulary import Vocabulary

PLAIN = "plain"
_WINDOW = 1_000
_WORD_EDGE = re.compile(r"(?<=\W)(?=\w)|(?<=\w)(?=\W)")


class EntryArea(TextArea):
    """Shows the text of one entry in its colours; `text` has `\\n` for newlines.

    `LoadedText` knows the way back to the bytes. `vocabulary` says what a rating's label is.
    """

    DEFAULT_CSS = editor_theme.CSS
    COMPONENT_CLASSES: ClassVar[set[str]] = set(editor_theme.COMPONENTS)

    def __init__(
        self,
        text: str = "",
        *,
        vocabulary: Vocabulary | None = None,
        read_only: bool = False,
    ) -> None:
        self._vocabulary = vocabulary
        self._painted: LRUCache[tuple[str, str], PaintedLine] = LRUCache(256)
        self._styles: dict[str, Style] = {}
        self._needle = ""
        self.wrapped_document: EntryWrap
        super().__init__(
            text,
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="focus",
            max_checkpoints=1000,
            read_only=read_only,
        )
        self.register_theme(editor_theme.EditorTheme("entry"))
        self.theme = "entry"

    # -- the text ---------------------------------------------------------------------------

    def _set_document(self, text: str, language: str | None) -> None:
        """Textual's own, with a document that splits at newlines only and wraps what is shown."""
        self._highlight_query = None
        document = EntryDocument(text)
        self.document = document
        self.wrapped_document = EntryWrap(ShownDocument(document), tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._build_highlight_map()
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    def kind_of(self, row: int) -> str:
        """The kind of block that the line is in: `text`, `code` or `front-matter`."""
        document = self.document
        assert isinstance(document, EntryDocument)
        return document.kind_of(row)

    @property
    def is_large(self) -> bool:
        """Whether the text is too large to be coloured and counted."""
        return isinstance(self.document, EntryDocument) and self.document.is_large

    @property
    def _may_have_long_line(self) -> bool:
        document = self.document
        return not isinstance(document, EntryDocument) or document.may_have_long_line

    def show_text(self, text: str, cursor: Location = (0, 0)) -> None:
        """Load another text with the cursor at (row, column), without anything to undo."""
        self.load_text(text)
        self.move_cursor(self.clamp_visitable(cursor))
        self.scroll_cursor_visible()

    def apply_edits(self, edits: Iterable[TextEdit]) -> bool:
        """Make a change of the program, spans in characters of `text`, as one step to undo.

        Cursor and scroll stay with their lines. False when the edits change nothing. Raises
        ValueError for edits that overlap or lie outside the text.
        """
        edits = list(edits)
        old = self.text
        new = plain_newlines(apply(old, edits))
        change = smallest(old, new)
        if not change:
            return False
        before, after = Places(old.split("\n")), Places(new.split("\n"))

        def kept(location: Location) -> Location:
            is_blank = not self.document.get_line(location[0])
            return after.location(moved(before.offset(location), edits, location[1] == 0, is_blank))

        start, end, text = change[0]
        edit = PlacedEdit(text, before.location(start), before.location(end), True)
        edit.selection = Selection(*map(kept, self.selection))
        scroll_y = self.scroll_offset.y
        row, section = self.wrapped_document.row_at(scroll_y)
        top = kept((row, 0))[0]
        is_visible = 0 <= self._cursor_offset[1] - scroll_y < self.content_size.height
        self.edit_at_once(edit)
        if self.is_mounted:
            y = self.wrapped_document.y_of(top, section)
            self.scroll_to(y=y, animate=False, force=True, immediate=True)
            if is_visible:
                self.scroll_cursor_visible()
        return True

    def take_in(self, text: str) -> bool:
        """Take in a text that was changed elsewhere, as one step to undo.

        The cursor stays at its place in the words of its line.
        """
        row, _ = self.cursor_location
        return self.apply_edits(changed_lines(self.text, plain_newlines(text), row))

    @property
    def before_cursor(self) -> str:
        """The words of the cursor's line before the cursor."""
        row, column = self.cursor_location
        return self.document.get_line(row)[:column]

    def edit_at_once(self, edit: Edit) -> None:
        """Make an edit that is undone on its own."""
        self.history.checkpoint()
        self.edit(edit)
        self.history.checkpoint()

    # -- colours ----------------------------------------------------------------------------

    def get_line(self, line_index: int) -> Text:
        """The line in its colours; painted once for as long as its text and kind stay the same."""
        line = self.document.get_line(line_index)
        # The text of a large entry has no colours of its own.
        key = (line, PLAIN if self.is_large else self.kind_of(line_index))
        painted = self._painted.get(key)
        if painted is None:
            painted = self._painted[key] = self._paint(*key)
        return painted.fresh()

    def _render_line(self, y: int) -> Strip:
        """Textual's own, but of a line of many thousand columns only the row that is drawn."""
        if not self._may_have_long_line:
            return super()._render_line(y)
        at = y + self.scroll_offset.y
        if at >= self.wrapped_document.height:
            return super()._render_line(y)
        row, section = self.wrapped_document.row_at(at)
        line = self.document.get_line(row)
        if len(line) <= LONG_LINE:
            return super()._render_line(y)
        breaks = self.wrapped_document.get_offsets(row)
        first = breaks[section - 1] if section else 0
        last = breaks[section] if section < len(breaks) else len(line)
        return self._render_piece(line, row, first, last)

    def _render_piece(self, line: str, row: int, first: int, last: int) -> Strip:
        """The columns `[first, last)` of a line, with the cursor and what is selected and found."""
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
        for start, end in matches(line[begin : last + around], self._needle):
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
        """Textual's own, but it looks no further than a window in a very long line."""
        row, column = self.cursor_location
        line = self.document.get_line(row)
        if len(line) <= LONG_LINE or not column:
            return super().get_cursor_word_left_location()
        start = max(0, column - _WINDOW)
        ends = [found.start() for found in _WORD_EDGE.finditer(line[start:column].rstrip())]
        return row, start + (ends[-1] if ends else 0)

    def get_cursor_word_right_location(self) -> Location:
        """Textual's own, but it looks no further than a window in a very long line."""
        row, column = self.selection.end
        line = self.document.get_line(row)
        if len(line) <= LONG_LINE or column == len(line):
            return super().get_cursor_word_right_location()
        window = line[column : column + _WINDOW]
        blanks = len(window) - len(window.lstrip())
        edge = _WORD_EDGE.search(window.lstrip())
        return row, column + (blanks + edge.start() if edge else len(window))

    def get_column_width(self, row: int, column: int) -> int:
        """Textual's own, but within the row of a very long line."""
        if len(self.document.get_line(row)) <= LONG_LINE:
            return super().get_column_width(row, column)
        return self.wrapped_document.location_to_offset((row, column)).x

    def _paint(self, line: str, kind: str) -> PaintedLine:
        text = PaintedLine(on_screen(line), end="", no_wrap=True)
        if kind == PLAIN:
            pass
        elif kind == TEXT:
            for start, end, mark in line_marks(line, self._vocabulary):
                text.stylize(self._mark_style(mark), start, end)
        elif line:
            text.stylize(self._mark_style({CODE: "code-block", FRONT_MATTER: kind}[kind]))
        for start, end in matches(line, self._needle):
            text.stylize(self._mark_style("match"), start, end)
        return text

    def _mark_style(self, kind: str) -> Style:
        style = self._styles.get(kind)
        if style is None:
            style = self._styles[kind] = editor_theme.mark_style(self, kind)
        return style

    def _repaint(self) -> None:
        self._painted.clear()
        self._styles.clear()
        self._line_cache.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget the colours when the theme or the CSS changes."""
        self._painted.clear()
        self._styles.clear()
        super().notify_style_update()

    def _recompute_cursor_offset(self) -> None:
        """Textual's own, for an undo that removes the cursor's line and with it the scrollbar.

        TextArea then asks for the cursor before it has moved it into what is left, and fails.
        """
        location = self.clamp_visitable(self.cursor_location)
        self._cursor_offset = self.wrapped_document.location_to_offset(location)

    def find_matching_bracket(self, bracket: str, search_from: Location) -> Location | None:
        """None: prose has no brackets to match, and a search of the whole text takes long."""
        return None

    # -- find in text -----------------------------------------------------------------------

    def find_next(self, needle: str, backwards: bool = False) -> bool:
        """Select the next occurrence, whatever its case and accents, and paint all of them.

        It goes on round the ends. A needle that changes is looked for from the selection on;
        an empty one ends the search.
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
            found = list(matches(self.document.get_line(at), needle))
            if step == 0:
                found = [m for m in found if (m[1] <= column if backwards else m[0] >= column)]
            if found:
                first, last = found[-1] if backwards else found[0]
                self.selection = Selection((at, first), (at, last))
                self.scroll_cursor_visible(center=True)
                return True
        return False

    def count_matches(self) -> int:
        """How many occurrences the text has of what is looked for."""
        return sum(1 for line in self.document.lines for _ in matches(line, self._needle))
