"""The lists in the steps of closing a period: its days, learning points and promises."""

from abc import abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.strip import Strip

from journal_tui.app.commands import bindings
from journal_tui.app.follow_ups.follow_up_list import FollowUpList
from journal_tui.app.widgets.cells import cut, flat, scale_of, strip
from journal_tui.app.widgets.humanize import short_day
from journal_tui.app.widgets.row_list import MARKER, Line, RowList, Value
from journal_tui.period import iso_day
from journal_tui.review.closing import DayGlance, KeptPoint

_DAY = 11
_MAX_LINES = 6
KEPT_MARK, OTHER_MARK, WRITTEN_MARK = "●", "○", "✓"
"""The marks of a point that is to be kept, of one that isn't, and of one that is in the note already."""


def step_bindings(where: str) -> list[Binding]:
    """Return the bindings of a step's list or line, which run commands of the screen."""
    return [replace(it, action=f"screen.{it.action}") for it in bindings(where)]


class PointRow(NamedTuple):
    """A learning point in the list, with the mark that shows whether it is kept."""

    point: KeptPoint
    mark: str = OTHER_MARK


class _Passages(RowList[Value]):
    """Rows of a lead and a text; the selected row has its whole text and a line of facts below."""

    @abstractmethod
    def lead(self, value: Value, base: tuple[str, ...]) -> list[tuple[str, Style]]:
        """Return the parts before the text."""

    @abstractmethod
    def text_of(self, value: Value) -> str:
        """Return the text."""

    def about(self, value: Value) -> str:
        """Return the line of facts below the selected row, or ""."""
        return ""

    def row(self, line: Line[Value], value: Value, width: int) -> Strip:
        """Return a row as one line."""
        parts = [(" ", self.style()), *self.lead(value, ())]
        room = max(1, width - sum(cell_len(text) for text, _ in parts) - 1)
        return strip(
            [*parts, (cut(flat(self.text_of(value)), room), self.style())], width, self.style()
        )

    def selected(self, line: Line[Value], value: Value, width: int) -> list[Strip]:
        """Return the row with its whole text, and below it the line of `about`."""
        base = ("cursor",)
        parts = [(MARKER, self.style(*base, "marker")), *self.lead(value, base)]
        indent = sum(cell_len(text) for text, _ in parts)
        return [
            *self.whole(parts, self.text_of(value), width, _MAX_LINES),
            *self.below(self.about(value), indent, width, 2),
        ]


class DayList(_Passages[DayGlance]):
    """The written days of a period: the rating and the first sentence of each."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today

    def show(self, days: Iterable[DayGlance]) -> None:
        """Show days; the cursor stays on its day."""
        was = self.chosen
        self.show_lines(
            [Line("", day) for day in days], lambda day: was is not None and day.day == was.day
        )

    def lead(self, value: DayGlance, base: tuple[str, ...]) -> list[tuple[str, Style]]:
        """Return the day and its rating."""
        scale = scale_of(self)
        rating = "" if value.rating is None else scale.shown(value.rating)
        width = len(scale.shown(scale.high)) + 2
        return [
            (f"{short_day(value.day, self._today()):{_DAY}}  ", self.style(*base, "date")),
            (f"{rating:>{width}}  ", self.style(*base, "quiet")),
        ]

    def text_of(self, value: DayGlance) -> str:
        """Return the first sentence."""
        return value.sentence

    def about(self, value: DayGlance) -> str:
        """Return the remark of the rating, unless it is already shown as the sentence."""
        return value.remark if value.remark != value.sentence else ""


class PointList(_Passages[PointRow]):
    """The learning points of a period, each with the mark that shows whether it is kept."""

    BINDINGS: ClassVar[list[BindingType]] = [*step_bindings("closing-points")]

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today

    def show(self, rows: Iterable[PointRow]) -> None:
        """Show points; the cursor stays on its point."""
        was = self.chosen
        self.show_lines(
            [Line("", row) for row in rows],
            lambda row: was is not None and row.point == was.point,
        )

    def lead(self, value: PointRow, base: tuple[str, ...]) -> list[tuple[str, Style]]:
        """Return the mark and the day of a point."""
        day = iso_day(value.point.name)
        when = short_day(day, self._today()) if day else flat(value.point.name)
        mark = self.style(*base, "quiet" if value.mark == OTHER_MARK else "marker")
        return [
            (f"{value.mark} ", mark),
            (f"{cut(when, _DAY):{_DAY}}  ", self.style(*base, "date")),
        ]

    def text_of(self, value: PointRow) -> str:
        """Return the words of a point."""
        return value.point.text

    def about(self, value: PointRow) -> str:
        """Return a sentence if the point is in the note already, or ""."""
        return "in the note already" if value.mark == WRITTEN_MARK else ""


class PromiseList(FollowUpList):
    """The open follow-ups of a period; tab leads to the next step."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *step_bindings("closing-promises"),
        Binding("tab", "screen.next", "Next"),
        Binding("shift+tab", "screen.previous", show=False),
    ]
