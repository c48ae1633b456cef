"""The text behind the editor: lines end at newlines only, and each line knows its kind of block."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import overload

from textual.document._document import Document, EditResult, Location
from textual.document._wrapped_document import WrappedDocument

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
        self.blocks = Blocks(self._lines)

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
        self.blocks.update(lines, min(top, len(lines) - len(inserted)), removed, len(inserted))
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
    """Soft wrapping of what is shown, without a sum over all lines for each row drawn."""

    @property
    def height(self) -> int:
        """How many rows the wrapped text takes."""
        return len(self._offset_to_line_info)

    def get_sections(self, line_index: int) -> list[str]:
        """The rows of one line."""
        line = self.document[line_index]
        cuts = [0, *self._wrap_offsets[line_index], len(line)]
        return [line[start:end] for start, end in pairwise(cuts)]

    def row_at(self, y: int) -> tuple[int, int]:
        """The line, and which of its rows, that stands at a row of the wrapped text."""
        return self._offset_to_line_info[min(y, len(self._offset_to_line_info) - 1)]

    def y_of(self, line_index: int, section: int) -> int:
        """Where a row of a line stands in the wrapped text."""
        offsets = self._line_index_to_offsets[line_index]
        return offsets[min(section, len(offsets) - 1)]
