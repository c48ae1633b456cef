"""One painted line of the editor, of which Textual cuts out only the row that it draws."""

from collections.abc import Iterable
from typing import overload

from rich.containers import Lines
from rich.text import Span, Text


class PaintedLine(Text):
    """A line with a cheap `divide`: Textual cuts a whole paragraph anew for each row it draws."""

    def fresh(self) -> "PaintedLine":
        """A copy to style further."""
        copy = PaintedLine(end="", no_wrap=True)
        copy._text = self._text.copy()
        copy._length = self._length
        copy._spans = self._spans.copy()
        return copy

    def divide(self, offsets: Iterable[int]) -> Lines:
        """The rows between the offsets, each made when it is asked for."""
        return _Rows(self, [0, *offsets, len(self)])


class _Rows(Lines):
    """Textual asks for the row that it draws, then counts the tabs in the rows before it."""

    def __init__(self, line: PaintedLine, cuts: list[int]) -> None:
        super().__init__()
        self._line = line
        self._cuts = cuts
        self._rest: Text | None = None

    @overload
    def __getitem__(self, index: int) -> Text: ...

    @overload
    def __getitem__(self, index: slice) -> list[Text]: ...

    def __getitem__(self, index: int | slice) -> Text | list[Text]:
        if isinstance(index, slice):
            return [self._row(row) for row in range(len(self._cuts) - 1)[index]]
        if self._rest is not None:
            return self._rest
        if "\t" not in self._line.plain:
            self._rest = Text()
        return self._row(index)

    def _row(self, index: int) -> Text:
        start, end = self._cuts[index], self._cuts[index + 1]
        row = Text(self._line.plain[start:end], end="", no_wrap=True, tab_size=self._line.tab_size)
        row._spans = [
            Span(max(first - start, 0), min(last, end) - start, style)
            for first, last, style in self._line._spans
            if first < end and last > start
        ]
        return row
