"""The editor's document: lines that end at `\\n` only, their kinds of block, and soft wrapping."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import overload

from textual._cells import cell_len, cell_width_to_column_index
from textual._wrap import compute_wrap_offsets
from textual.document._document import Document, EditResult, Location
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.expand_tabs import expand_tabs_inline, get_tab_widths
from textual.geometry import Offset

from journal_tui.entry.line_map import plain_newlines
from journal_tui.entry.markdown_lines import (
    FRONT_MATTER,
    START,
    TEXT,
    BlockState,
    front_matter_end,
    list_item,
    scan_line,
)
from journal_tui.entry.sanitize import visible

MAX_LINES = 5_000
LARGE_CHARACTERS = 250_000
"""A text of more lines or characters is large: neither coloured nor wrapped at its words."""
LONG_LINE_CHARACTERS = 20_000
"""A line of more characters is neither coloured nor wrapped at its words."""


def is_large(lines: int, characters: int) -> bool:
    """Return whether a text is too large to be processed as a whole at each key."""
    return lines > MAX_LINES or characters > LARGE_CHARACTERS


def on_screen(line: str) -> str:
    """Return a line with symbols such as ␉ for its control characters, of the same length."""
    return line if line.isprintable() else visible(line)


class Blocks:
    """Keep the kind of block of each line, in `kinds`, up to date with edits.

    After an edit, lines are scanned only until their kinds can't have changed any more.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.kinds: list[str] = []
        self._starts: list[BlockState] = []
        self._front = 0
        self.update(lines, 0, 0, len(lines))

    def update(self, lines: Sequence[str], top: int, removed: int, added: int) -> None:
        """Update the kinds after `removed` lines from `top` were replaced by `added` new ones.

        `lines` are all lines after the edit.
        """
        self.kinds[top : top + removed] = [TEXT] * added
        self._starts[top : top + removed] = [START] * added
        settled = top + added
        before = self._front
        if top < before or not before:
            self._front = front_matter_end(lines)
        if self._front or before > top:
            front = self._front
            self.kinds[:front] = [FRONT_MATTER] * front
            self._starts[:front] = [START] * front
            settled = max(settled, front, before + added - removed)
        row, block = self._front, START
        if top > row and before == row:
            # The line above is unchanged, so scanning can start from the state after it.
            row, block = top, scan_line(self._starts[top - 1], lines[top - 1])[1]
        for index in range(row, len(lines)):
            if index >= settled and self._starts[index] == block:
                break
            self._starts[index] = block
            self.kinds[index], block = scan_line(block, lines[index])


class EntryDocument(Document):
    """A document whose lines end at `\\n` only, with the kind of block of each line.

    Other line endings that are loaded or pasted become `\\n`.
    """

    def __init__(self, text: str) -> None:
        super().__init__("")
        self._lines = plain_newlines(text).split("\n")
        self._text: str | None = None
        self._size = len(text)
        self._blocks: Blocks | None = None
        if not self.is_large:
            self._blocks = Blocks(self._lines)

    @property
    def is_large(self) -> bool:
        """Whether the text is too large to be processed as a whole at each key."""
        return is_large(len(self._lines), self._size)

    @property
    def may_have_long_line(self) -> bool:
        """Whether the text is long enough for one of its lines to be very long."""
        return self._size > LONG_LINE_CHARACTERS

    @property
    def blocks(self) -> Blocks:
        """The kinds of block of the lines, computed when first needed."""
        if self._blocks is None:
            self._blocks = Blocks(self._lines)
        return self._blocks

    def kind_of(self, row: int) -> str:
        """Return the kind of block of a line; always `text` in a large text."""
        return TEXT if self.is_large else self.blocks.kinds[row]

    @property
    def text(self) -> str:
        """The whole text, joined once after an edit: Textual reads it for each row it draws."""
        if self._text is None:
            self._text = "\n".join(self._lines)
        return self._text

    def replace_range(self, start: Location, end: Location, text: str) -> EditResult:
        """Replace the text between two locations, which may be past the end."""
        (top, left), (bottom, right) = sorted((start, end))
        lines = self._lines
        replaced = self.get_text_range((top, left), (bottom, right))
        before = lines[top][:left] if top < len(lines) else ""
        after = lines[bottom][right:] if bottom < len(lines) else ""
        inserted = plain_newlines(text).split("\n")
        inserted[0] = before + inserted[0]
        column = len(inserted[-1])
        inserted[-1] += after
        removed = len(lines[top : bottom + 1])
        lines[top : bottom + 1] = inserted
        self._text = None
        self._size += sum(map(len, inserted)) - len(before) - len(after) - len(replaced)
        self._size += len(inserted) - 1
        if self.is_large:
            self._blocks = None
        elif self._blocks:
            first = min(top, len(lines) - len(inserted))
            self._blocks.update(lines, first, removed, len(inserted))
        return EditResult((top + len(inserted) - 1, column), replaced)


class _VisibleLines(Sequence[str]):
    """The lines of a document as they are shown, each converted when it is read."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[str]:
        return map(on_screen, self._lines)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> list[str]: ...

    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [on_screen(line) for line in self._lines[index]]
        return on_screen(self._lines[index])


class ShownDocument(Document):
    """A view of a document with symbols such as ␉ for control characters, so that widths are right.

    Each line has the same length in both, so locations are the same too.
    """

    def __init__(self, document: Document) -> None:
        super().__init__("")
        self._source = document

    @property
    def is_large(self) -> bool:
        """Whether the text is too large to be processed as a whole at each key."""
        return isinstance(self._source, EntryDocument) and self._source.is_large

    def source_lines(self, first: int, last: int) -> list[str]:
        """Return the lines `[first, last)` as they are in the document."""
        return self._source.lines[first:last]

    def source_line(self, index: int) -> str:
        """Return a line as it is in the document."""
        return self._source.lines[index]

    @property
    def lines(self) -> Sequence[str]:  # type: ignore[override]
        """The lines as they are shown."""
        return _VisibleLines(self._source.lines)

    @property
    def line_count(self) -> int:
        """The number of lines."""
        return self._source.line_count

    def get_line(self, index: int) -> str:
        """Return a line as it is shown."""
        return on_screen(self._source.lines[index])

    @overload
    def __getitem__(self, line_index: int) -> str: ...

    @overload
    def __getitem__(self, line_index: slice) -> list[str]: ...

    def __getitem__(self, line_index: int | slice) -> str | list[str]:
        return _VisibleLines(self._source.lines)[line_index]


class EntryWrap(WrappedDocument):
    """Soft wrapping of the shown lines, with a bounded amount of work for each edit.

    The row at which each line begins is a running sum (`_first_rows`), computed only as far as needed.
    A line of more than `LONG_LINE_CHARACTERS` characters, and each long line of a large text, is cut into
    pieces of equal length instead of at its words. The second and later rows of any other list item are
    indented to where its words begin.
    """

    def __init__(self, document: "ShownDocument", width: int = 0, tab_width: int = 4) -> None:
        self._shown = document
        self._first_rows = [0]
        self._breaks = 0
        self._indents: list[int] = []
        self._was_large = False
        super().__init__(document, width, tab_width)
        # Textual reads these two where it draws a row and where it places the cursor.
        self._offset_to_line_info = _LineInfo(self)  # type: ignore[assignment]
        self._line_index_to_offsets = _RowsOfLines(self)  # type: ignore[assignment]

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Wrap all lines."""
        self._width = width
        if tab_width:
            self._tab_width = tab_width
        self._was_large = self._shown.is_large
        wrapped = self._wrap_lines(0, self._shown.line_count)
        self._wrap_offsets, self._tab_width_cache, self._indents = wrapped
        self._first_rows = [0]
        self._breaks = sum(map(len, self._wrap_offsets))

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Wrap the lines that an edit of the document has changed."""
        if self._shown.is_large != self._was_large:
            self.wrap(self._width)
            return
        old_last, new_last = len(self._wrap_offsets) - 1, self._shown.line_count - 1
        first = min(max(start[0], 0), old_last, new_last)
        other = min(max(old_end[0], 0), old_last)
        top, old_bottom = min(first, other), max(first, other)
        bottom = max(first, min(max(new_end[0], 0), new_last))
        offsets, tabs, indents = self._wrap_lines(top, bottom + 1)
        self._breaks += sum(map(len, offsets))
        self._breaks -= sum(map(len, self._wrap_offsets[top : old_bottom + 1]))
        self._wrap_offsets[top : old_bottom + 1] = offsets
        self._tab_width_cache[top : old_bottom + 1] = tabs
        self._indents[top : old_bottom + 1] = indents
        del self._first_rows[top + 1 :]

    def _wrap_lines(
        self, first: int, last: int
    ) -> tuple[list[list[int]], list[list[int]], list[int]]:
        """Return the break columns, the tab widths and the indent of each of the lines `[first, last)`."""
        width, tab_width = self._width, self._tab_width
        longest = width if self._was_large else LONG_LINE_CHARACTERS
        breaks: list[list[int]] = []
        tabs: list[list[int]] = []
        indents: list[int] = []
        for line in self._shown.source_lines(first, last):
            indent = 0
            if not width or (len(line) <= width and line.isascii() and "\t" not in line):
                breaks.append([])
                tabs.append([] if "\t" not in line else _tab_widths(line, tab_width))
            elif len(line) > longest:
                breaks.append(_cut_columns(line, width))
                is_long = len(line) > LONG_LINE_CHARACTERS or "\t" not in line
                tabs.append([] if is_long else _tab_widths(line, tab_width))
            else:
                shown = on_screen(line)
                sections = get_tab_widths(shown, tab_width)
                start, indent = hanging_indent(line, width, tab_width)
                if indent:
                    rest = compute_wrap_offsets(shown[start:], width - indent, tab_width)
                    breaks.append([start + column for column in rest])
                else:
                    breaks.append(
                        compute_wrap_offsets(
                            shown, width, tab_width, precomputed_tab_sections=sections
                        )
                    )
                tabs.append([tab for _, tab in sections])
            indents.append(indent)
        return breaks, tabs, indents

    def indent_of(self, line_index: int, section: int) -> int:
        """Return the indent of a row in cells, by which it begins below the words of its list item."""
        return self._indents[line_index] if section else 0

    def location_to_offset(self, location: Location) -> Offset:
        """Return the cell and the row at which a location is shown."""
        x, y = super().location_to_offset(location)
        return Offset(x + self.indent_of(*self.line_at_row(y)), y)

    @property
    def height(self) -> int:
        """The number of rows of the wrapped text."""
        return self._breaks + len(self._wrap_offsets)

    def rows_of(self, line_index: int) -> range:
        """Return the range of rows that a line takes in the wrapped text."""
        if line_index < 0:
            line_index += len(self._wrap_offsets)
        top = self._first_row(line_index)
        return range(top, top + len(self._wrap_offsets[line_index]) + 1)

    def _first_row(self, line_index: int) -> int:
        """Return the row at which a line begins."""
        tops = self._first_rows
        if line_index >= len(tops):
            above = self._wrap_offsets[len(tops) - 1 : line_index]
            tops[-1:] = accumulate((len(breaks) + 1 for breaks in above), initial=tops[-1])
        return tops[line_index]

    def line_at_row(self, y: int) -> tuple[int, int]:
        """Return the line at row `y` of the wrapped text, and which of its rows it is."""
        lines, tops = len(self._wrap_offsets), self._first_rows
        y = max(0, min(y, self._breaks + lines - 1))
        while len(tops) < lines and tops[-1] <= y:
            self._first_row(min(lines - 1, 2 * len(tops) + 100))
        line = bisect_right(tops, y) - 1
        return line, y - tops[line]

    def y_of(self, line_index: int, section: int) -> int:
        """Return the row of the wrapped text at which a section of a line is shown."""
        rows = self.rows_of(line_index)
        return rows[min(section, len(rows) - 1)]

    def get_sections(self, line_index: int) -> list[str]:
        """Return the rows of a line as they are shown, each converted when it is read."""
        line = self._shown.source_line(line_index)
        return _Sections(line, self._wrap_offsets[line_index])  # type: ignore[return-value]

    def get_target_document_column(self, line_index: int, x_offset: int, y_offset: int) -> int:
        """Return the column of a line at cell `x_offset` of its row `y_offset`."""
        breaks = self._wrap_offsets[line_index]
        section = y_offset if y_offset >= 0 else len(breaks) + 1 + y_offset
        start = breaks[section - 1] if section else 0
        row = self.get_sections(line_index)[section]
        x_offset = max(0, x_offset - self.indent_of(line_index, section))
        column = start + cell_width_to_column_index(row, x_offset, self._tab_width)
        if section < len(breaks):
            # The cursor may be after the last character only in the last row of a line.
            column = min(column, start + len(row) - 1)
        return column


class EntryNavigator(DocumentNavigator):
    """Move between the rows of the wrapped text by the cells above and below the cursor.

    Textual's own navigator ignores tabs and the indent of rows.
    """

    def __init__(self, wrap: EntryWrap) -> None:
        super().__init__(wrap)
        self._wrap = wrap

    def get_location_above(self, location: Location) -> Location:
        """Return the location that is shown above a location; in the first row, the start of the text."""
        x, y = self._wrap.location_to_offset(location)
        return self._at(x, y - 1) if y else (0, 0)

    def get_location_below(self, location: Location) -> Location:
        """Return the location that is shown below a location; in the last row, the end of the text."""
        x, y = self._wrap.location_to_offset(location)
        if y + 1 < self._wrap.height:
            return self._at(x, y + 1)
        return location[0], len(self._wrap.document.get_line(location[0]))

    def _at(self, x: int, y: int) -> Location:
        line, section = self._wrap.line_at_row(y)
        x = max(x, self.last_x_offset)
        return line, self._wrap.get_target_document_column(line, x, section)


def hanging_indent(line: str, width: int, tab_width: int) -> tuple[int, int]:
    """Return the length of the prefix of a list item (indent, marker, box) in characters and in cells.

    Both are 0 for a line that isn't an item, is in a quote or has a tab among its words, and if the
    prefix takes a third of the width or more.
    """
    item = list_item(line)
    if item is None or item.quote:
        return 0, 0
    prefix = item.prefix
    indent = cell_len(expand_tabs_inline(on_screen(prefix), tab_width))
    if indent * 3 >= width or "\t" in line[len(prefix) :]:
        return 0, 0
    return len(prefix), indent


def _tab_widths(line: str, tab_width: int) -> list[int]:
    return [width for _, width in get_tab_widths(on_screen(line), tab_width)]


def _cut_columns(line: str, width: int) -> list[int]:
    """Return the columns at which to cut a very long line, so that each piece fits the width.

    A tab may take four cells and a character that isn't ASCII two.
    """
    if "\t" in line:
        width //= 4
    elif not line.isascii():
        width //= 2
    step = max(1, width)
    return range(step, len(line), step)  # type: ignore[return-value]


class _Sections(Sequence[str]):
    """The rows of a line as they are shown, each converted when it is read."""

    def __init__(self, line: str, breaks: Sequence[int]) -> None:
        self._line = line
        self._breaks = breaks

    def __len__(self) -> int:
        return len(self._breaks) + 1

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> list[str]: ...

    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[at] for at in range(len(self))[index]]
        at = range(len(self))[index]
        start = self._breaks[at - 1] if at else 0
        end = self._breaks[at] if at < len(self._breaks) else len(self._line)
        return on_screen(self._line[start:end])


class _LineInfo(Sequence[tuple[int, int]]):
    """For each row of the wrapped text, its line and which of its rows it is."""

    def __init__(self, wrap: EntryWrap) -> None:
        self._wrap = wrap

    def __len__(self) -> int:
        return self._wrap.height

    def __getitem__(self, y: int) -> tuple[int, int]:  # type: ignore[override]
        height = self._wrap.height
        if y >= height:
            raise IndexError(y)
        return self._wrap.line_at_row(y if y >= 0 else height + y)


class _RowsOfLines(Sequence[Sequence[int]]):
    """For each line, the rows that it takes in the wrapped text."""

    def __init__(self, wrap: EntryWrap) -> None:
        self._wrap = wrap

    def __len__(self) -> int:
        return len(self._wrap._wrap_offsets)

    def __getitem__(self, line_index: int) -> Sequence[int]:  # type: ignore[override]
        return self._wrap.rows_of(line_index)
