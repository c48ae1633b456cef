"""The enjoyment of the last days as a strip of bars on the fixed scale 0 to 10."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from rich.style import Style
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from journal_tui.app.widgets.bars import column, level
from journal_tui.app.widgets.cells import cut, strip, style_of
from journal_tui.app.widgets.wording import counted, short_date
from journal_tui.entry.rating import shown

Rated = Sequence[tuple[date, float | None]]

_AXIS = 3
_BARS = 3


class Enjoyment(Widget):
    """One bar a day for the last days; a dot is a day without a rating, a gap a day not written.

    Below the bars stand the first and last day and the average with the number of rated days.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "enjoyment--axis",
        "enjoyment--low",
        "enjoyment--middle",
        "enjoyment--high",
        "enjoyment--average",
    }
    DEFAULT_CSS = """
    Enjoyment {
        width: 26;
        height: auto;
        border: round $foreground 30%;
        border-title-color: $text-muted;
        & .enjoyment--axis { color: $text-muted; }
        & .enjoyment--low { color: $text-error; }
        & .enjoyment--middle { color: $text-warning; }
        & .enjoyment--high { color: $text-success; }
        & .enjoyment--average { text-style: bold; }
        &:ansi .enjoyment--axis { text-style: dim; }
    }
    """

    def __init__(
        self,
        ratings: Rated = (),
        *,
        until: date | None = None,
        days: int = 21,
        empty: str = "Rate a day to see its bar here.",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._days = days
        self._empty = empty
        self._ratings: dict[date, float | None] = {}
        self._until = date.min
        self.border_title = Content("Enjoyment")
        self._take(ratings, until)

    def set_ratings(self, ratings: Rated, until: date | None = None) -> None:
        """Show other ratings; `until` is the last day of the strip (else the last day given)."""
        self._take(ratings, until)
        self.refresh()

    def _take(self, ratings: Rated, until: date | None) -> None:
        self._ratings = dict(ratings)
        self._until = until or max(self._ratings, default=date.min)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """An axis and a column a day."""
        return _AXIS + self._days

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Three rows of bars, one of dates, one of words."""
        return _BARS + 2

    def _span(self) -> list[date]:
        """The days that have a column, oldest first."""
        count = max(0, min(self._days, self.size.width - _AXIS))
        last = self._until.toordinal()
        return [self._until - timedelta(days=back) for back in reversed(range(min(count, last)))]

    def render(self) -> RenderResult:
        """Nothing: each line is drawn by `render_line`."""
        return ""

    def render_line(self, y: int) -> Strip:
        """One row of the bars, the dates, or the average."""
        fill = self.rich_style
        width = self.size.width
        days = self._span()
        rated = [rating for day in days if (rating := self._ratings.get(day)) is not None]
        if not rated:
            lines = Content(self._empty).wrap(width) if width else []
            text = lines[y].plain if y < len(lines) else ""
            return strip([(text, style_of(self, "enjoyment--axis"))], width, fill)
        bars = max(1, min(_BARS, self.size.height - 2))
        if y < bars:
            return strip(self._bars(days, y, bars), width, fill)
        if y == bars:
            first, last = short_date(days[0]), short_date(days[-1])
            gap = len(days) - len(first) - len(last)
            dates = f"{first}{' ' * gap}{last}" if gap > 0 else f"{last:>{len(days)}}"
            return strip([(" " * _AXIS + dates, style_of(self, "enjoyment--axis"))], width, fill)
        if y == bars + 1:
            return strip(self._average(rated, width), width, fill)
        return strip([], width, fill)

    def _bars(self, days: list[date], y: int, bars: int) -> list[tuple[str, Style]]:
        """The axis and one character for each day."""
        axis = style_of(self, "enjoyment--axis")
        label = "10" if y == 0 else " 0" if y == bars - 1 else "  "
        parts = [(f"{label} ", axis)]
        for day in days:
            if day not in self._ratings:
                parts.append((" ", axis))
                continue
            rating = self._ratings[day]
            if rating is None:
                parts.append(("·" if y == bars - 1 else " ", axis))
                continue
            piece = column(rating / 10, bars)[y]
            if rating <= 0 and y == bars - 1:
                piece = "_"
            parts.append((piece, style_of(self, f"enjoyment--{level(rating)}")))
        return parts

    def _average(self, rated: list[float], width: int) -> list[tuple[str, Style]]:
        """The average and what it stands on; a number without its n would mislead."""
        average = shown(round(sum(rated) / len(rated), 1))
        rest = f" average, {counted(len(rated), 'rating')}"
        return [
            (average, style_of(self, "enjoyment--average")),
            (cut(rest, width - len(average)), style_of(self, "enjoyment--axis")),
        ]
