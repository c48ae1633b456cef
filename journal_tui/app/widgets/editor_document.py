"""The text behind the editor: lines end at newlines only, and each line knows its kind of block."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import overload

from textual._cells import cell_width_to_column_index
from textual._wrap import compute_wrap_offsets
from textual.document._document import Document, EditResult, Location
from textual.document._wrapped_document import WrappedDocument
from textual.expand_tabs import get_tab_widths

from journal_tui.entry.marks import (
    FRONT_MATTER,
    START,
    TEXT,
    Block,
    front_matter_end,
    next_block,
)
from journal_tui.entry.newlines import plain_newlines
from journal_tui.entry.visible import visible

MOST_LINES = 5_000
MOST_CHARACTERS = 250_000
"""A text of more than these is large: not coloured, not counted, cut at the width of the screen."""
LONG_LINE = 20_000
"""A line of more columns is neither coloured nor wrapped at its words."""


def is_large(lines: int, characters: int) -> bool:
    """Whether a text is too large to be looked at as a whole at each key."""
    return lines > MOST_LINES or characters > MOST_CHARACTERS


def on_screen(line: str) -> str:
    """A line, one character for one, as it may be shown: `visible` with a short cut."""
    return line if line.isprintable() else visible(line)


class Blocks:
    """The kind of each line (`kinds`); an edit is scanned on from for as long as it matters."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.kinds: list[str] = []
        self._starts: list[Block] = []
        self._front = 0
        self.update(lines, 0, 0, len(lines))

    def update(self, lines: Sequence[str], top: int, removed: int, added: int) -> None:
        """Take in that `removed` lines from `top` on became `added` ones of the new `lines`."""
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
            # The line above is untouched, so it still tells where this one begins.
            row, block = top, next_block(self._starts[top - 1], lines[top - 1])[1]
        for index in range(row, len(lines)):
            if index >= settled and self._starts[index] == block:
                break
            self._starts[index] = block
            self.kinds[index], block = next_block(block, lines[index])


class EntryDocument(Document):
    """A document that splits at `\\n` only (a pasted `\\r\\n` becomes one); it knows its blocks."""

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
        """Whether the text is too large to be looked at as a whole at each key."""
        return is_large(len(self._lines), self._size)

    @property
    def may_have_long_line(self) -> bool:
        """Whether the text is long enough for one of its lines to be very long."""
        return self._size > LONG_LINE

    @property
    def blocks(self) -> Blocks:
        """The kinds of the lines."""
        if self._blocks is None:
            self._blocks = Blocks(self._lines)
        return self._blocks

    def kind_of(self, row: int) -> str:
        """The kind of a line; a large text has only `text`."""
        return TEXT if self.is_large else self.blocks.kinds[row]

    @property
    def text(self) -> str:
        """The whole text; joined once for all readers of it, since each row drawn asks for it."""
        if self._text is None:
            self._text = "\n".join(self._lines)
        return self._text

    def replace_range(self, start: Location, end: Location, text: str) -> EditResult:
        """Replace what stands between two locations, which may lie past the end."""
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


class _ShownLines(Sequence[str]):
    """The lines of a document as they are shown, made when they are asked for."""

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
    """A view of a document with pictures for control characters, so that widths are right."""

    def __init__(self, document: Document) -> None:
        super().__init__("")
        self._source = document

    @property
    def is_large(self) -> bool:
        """Whether the text is a large one."""
        return isinstance(self._source, EntryDocument) and self._source.is_large

    def source_lines(self, first: int, last: int) -> list[str]:
        """Some lines as they are in the text."""
        return self._source.lines[first:last]

    def source_line(self, index: int) -> str:
        """One line as it is in the text."""
        return self._source.lines[index]

    @property
    def lines(self) -> Sequence[str]:  # type: ignore[override]
        """The shown lines, one character for one of the text."""
        return _ShownLines(self._source.lines)

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        return self._source.line_count

    def get_line(self, index: int) -> str:
        """One shown line."""
        return on_screen(self._source.lines[index])

    @overload
    def __getitem__(self, line_index: int) -> str: ...

    @overload
    def __getitem__(self, line_index: slice) -> list[str]: ...

    def __getitem__(self, line_index: int | slice) -> str | list[str]:
        return _ShownLines(self._source.lines)[line_index]


class EntryWrap(WrappedDocument):
    """Soft wrapping of what is shown, with a bounded amount of work for each edit.

    At which row each line begins is a running sum (`_tops`), known as far as it was asked for. A line of more than `LONG_LINE` columns, and each line of a large text, is cut
    in pieces of one length instead of at its words.
    """

    def __init__(self, document: "ShownDocument", width: int = 0, tab_width: int = 4) -> None:
        self._shown = document
        self._tops = [0]
        self._breaks = 0
        self._was_large = False
        super().__init__(document, width, tab_width)
        # Textual reads these two where it draws a row and where it places the cursor.
        self._offset_to_line_info = _LineInfo(self)  # type: ignore[assignment]
        self._line_index_to_offsets = _RowsOfLines(self)  # type: ignore[assignment]

    # -- wrapping -------------------------------------------------------------------------

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Wrap all lines."""
        self._width = width
        if tab_width:
            self._tab_width = tab_width
        self._was_large = self._shown.is_large
        self._wrap_offsets, self._tab_width_cache = self._wrapped(0, self._shown.line_count)
        self._tops = [0]
        self._breaks = sum(map(len, self._wrap_offsets))

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Wrap the lines of an edit that was made in the document."""
        if self._shown.is_large != self._was_large:
            self.wrap(self._width)
            return
        old_last, new_last = len(self._wrap_offsets) - 1, self._shown.line_count - 1
        first = min(max(start[0], 0), old_last, new_last)
        other = min(max(old_end[0], 0), old_last)
        top, old_bottom = min(first, other), max(first, other)
        bottom = max(first, min(max(new_end[0], 0), new_last))
        offsets, tabs = self._wrapped(top, bottom + 1)
        self._breaks += sum(map(len, offsets))
        self._breaks -= sum(map(len, self._wrap_offsets[top : old_bottom + 1]))
        self._wrap_offsets[top : old_bottom + 1] = offsets
        self._tab_width_cache[top : old_bottom + 1] = tabs
        del self._tops[top + 1 :]

    def _wrapped(self, first: int, last: int) -> tuple[list[list[int]], list[list[int]]]:
        """The breaks and the widths of the tabs of the lines `[first, last)`."""
        width, tab_width = self._width, self._tab_width
        longest = width if self._was_large else LONG_LINE
        breaks: list[list[int]] = []
        tabs: list[list[int]] = []
        for line in self._shown.source_lines(first, last):
            if not width or (len(line) <= width and line.isascii() and "\t" not in line):
                breaks.append([])
                tabs.append([] if "\t" not in line else _tab_widths(line, tab_width))
            elif len(line) > longest:
                breaks.append(_pieces(line, width))
                is_long = len(line) > LONG_LINE or "\t" not in line
                tabs.append([] if is_long else _tab_widths(line, tab_width))
            else:
                shown = on_screen(line)
                sections = get_tab_widths(shown, tab_width)
                breaks.append(
                    compute_wrap_offsets(shown, width, tab_width, precomputed_tab_sections=sections)
                )
                tabs.append([tab for _, tab in sections])
        return breaks, tabs

    # -- places ---------------------------------------------------------------------------

    @property
    def height(self) -> int:
        """How many rows the wrapped text takes."""
        return self._breaks + len(self._wrap_offsets)

    def rows_of(self, line_index: int) -> range:
        """The rows of the wrapped text that a line takes."""
        if line_index < 0:
            line_index += len(self._wrap_offsets)
        top = self._top(line_index)
        return range(top, top + len(self._wrap_offsets[line_index]) + 1)

    def _top(self, line_index: int) -> int:
        """The row at which a line begins."""
        tops = self._tops
        if line_index >= len(tops):
            above = self._wrap_offsets[len(tops) - 1 : line_index]
            tops[-1:] = accumulate((len(breaks) + 1 for breaks in above), initial=tops[-1])
        return tops[line_index]

    def row_at(self, y: int) -> tuple[int, int]:
        """The line, and which of its rows, that stands at a row of the wrapped text."""
        lines, tops = len(self._wrap_offsets), self._tops
        y = max(0, min(y, self._breaks + lines - 1))
        while len(tops) < lines and tops[-1] <= y:
            self._top(min(lines - 1, 2 * len(tops) + 100))
        line = bisect_right(tops, y) - 1
        return line, y - tops[line]

    def y_of(self, line_index: int, section: int) -> int:
        """Where a row of a line stands in the wrapped text."""
        rows = self.rows_of(line_index)
        return rows[min(section, len(rows) - 1)]

    def get_sections(self, line_index: int) -> list[str]:
        """The rows of one line, each made when it is asked for."""
        line = self._shown.source_line(line_index)
        return _Sections(line, self._wrap_offsets[line_index])  # type: ignore[return-value]

    def get_target_document_column(self, line_index: int, x_offset: int, y_offset: int) -> int:
        """The column of the line that stands at a place of one of its rows."""
        breaks = self._wrap_offsets[line_index]
        section = y_offset if y_offset >= 0 else len(breaks) + 1 + y_offset
        start = breaks[section - 1] if section else 0
        row = self.get_sections(line_index)[section]
        column = start + cell_width_to_column_index(row, x_offset, self._tab_width)
        if section < len(breaks):
            # Only after the last row of a line the cursor may stand behind its end.
            column = min(column, start + len(row) - 1)
        return column


def _tab_widths(line: str, tab_width: int) -> list[int]:
    return [width for _, width in get_tab_widths(on_screen(line), tab_width)]


def _pieces(line: str, width: int) -> list[int]:
    """Where a line is cut that is too long for its words to be looked at, however wide they are."""
    if "\t" in line:
        width //= 4
    elif not line.isascii():
        width //= 2
    step = max(1, width)
    return range(step, len(line), step)  # type: ignore[return-value]


class _Sections(Sequence[str]):
    """The rows of one line."""

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
    """For each row of the wrapped text: the line, and which of its rows it is."""

    def __init__(self, wrap: EntryWrap) -> None:
        self._wrap = wrap

    def __len__(self) -> int:
        return self._wrap.height

    def __getitem__(self, y: int) -> tuple[int, int]:  # type: ignore[override]
        height = self._wrap.height
        if y >= height:
            raise IndexError(y)
        return self._wrap.row_at(y if y >= 0 else height + y)


class _RowsOfLines(Sequence[Sequence[int]]):
    """For each line: the rows of the wrapped text that it takes."""

    def __init__(self, wrap: EntryWrap) -> None:
        self._wrap = wrap

    def __len__(self) -> int:
        return len(self._wrap._wrap_offsets)

    def __getitem__(self, line_index: int) -> Sequence[int]:  # type: ignore[override]
        return self._wrap.rows_of(line_index)
