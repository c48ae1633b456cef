"""A bar chart of the ratings of the last days, from 0 to the top of the scale."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from rich.style import Style
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from journal_tui.app.widgets.cells import component_style, cut, level, scale_of, strip, vertical_bar
from journal_tui.app.widgets.humanize import average, counted, short_date

Rated = Sequence[tuple[date, float | None]]

_AXIS_COLUMNS = 3
_BAR_ROWS = 3


class RatingChart(Widget):
    """A bar for each of the last days; a dot is an entry without a rating, a gap a day without an entry.

    Below the bars are the first and last day, and the average with the number of rated days.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "enjoyment--axis",
        "enjoyment--low",
        "enjoyment--middle",
        "enjoyment--high",
        "enjoyment--average",
    }
    DEFAULT_CSS = """
    RatingChart {
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
        self._store(ratings, until)

    def set_ratings(self, ratings: Rated, until: date | None = None) -> None:
        """Show other ratings; `until` is the chart's last day, by default the last day given."""
        self._store(ratings, until)
        self.refresh()

    def _store(self, ratings: Rated, until: date | None) -> None:
        self._ratings = dict(ratings)
        self._until = until or max(self._ratings, default=date.min)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Return the width of the axis and one column for each day."""
        return _AXIS_COLUMNS + self._days

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the height of the bars, the row of dates and the row of the average."""
        return _BAR_ROWS + 2

    def _span(self) -> list[date]:
        """Return the days that have a column, oldest first."""
        count = max(0, min(self._days, self.size.width - _AXIS_COLUMNS))
        last = self._until.toordinal()
        return [self._until - timedelta(days=back) for back in reversed(range(min(count, last)))]

    def render(self) -> RenderResult:
        """Nothing: each line is drawn by `render_line`."""
        return ""

    def render_line(self, y: int) -> Strip:
        """Draw a row of the bars, the dates or the average."""
        fill = self.rich_style
        width = self.size.width
        days = self._span()
        rated = [rating for day in days if (rating := self._ratings.get(day)) is not None]
        if not rated:
            lines = Content(self._empty).wrap(width) if width else []
            text = lines[y].plain if y < len(lines) else ""
            return strip([(text, component_style(self, "enjoyment--axis"))], width, fill)
        bars = max(1, min(_BAR_ROWS, self.size.height - 2))
        if y < bars:
            return strip(self._bars(days, y, bars), width, fill)
        if y == bars:
            first, last = short_date(days[0]), short_date(days[-1])
            gap = len(days) - len(first) - len(last)
            dates = f"{first}{' ' * gap}{last}" if gap > 0 else f"{last:>{len(days)}}"
            return strip(
                [(" " * _AXIS_COLUMNS + dates, component_style(self, "enjoyment--axis"))],
                width,
                fill,
            )
        if y == bars + 1:
            return strip(self._average(rated, width), width, fill)
        return strip([], width, fill)

    def _bars(self, days: list[date], y: int, bars: int) -> list[tuple[str, Style]]:
        """Return the parts of one row of the bars: the axis and a character for each day."""
        axis = component_style(self, "enjoyment--axis")
        scale = scale_of(self)
        label = f"{scale.high:>2}" if y == 0 else " 0" if y == bars - 1 else "  "
        parts = [(f"{label} ", axis)]
        for day in days:
            if day not in self._ratings:
                parts.append((" ", axis))
                continue
            rating = self._ratings[day]
            if rating is None:
                parts.append(("·" if y == bars - 1 else " ", axis))
                continue
            piece = vertical_bar(rating / scale.high, bars)[y]
            if rating <= 0 and y == bars - 1:
                piece = "_"
            parts.append((piece, component_style(self, f"enjoyment--{level(rating, scale)}")))
        return parts

    def _average(self, rated: list[float], width: int) -> list[tuple[str, Style]]:
        """Return the parts of the average and the number of ratings that it is based on."""
        value = average(rated)
        rest = f" average, {counted(len(rated), 'rating')}"
        return [
            (value, component_style(self, "enjoyment--average")),
            (cut(rest, width - len(value)), component_style(self, "enjoyment--axis")),
        ]
