"""The chart of a review: enjoyment over time on the journal's whole scale, with the median."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.strip import Strip

from journal_tui.app.commands import key_of
from journal_tui.app.review.columns import (
    ChartColumns,
    axis,
    columns_of,
    row_of,
    rows_in_band,
    unit_words,
    words_of,
)
from journal_tui.app.review.picture import Picture
from journal_tui.app.widgets.cells import (
    cut,
    level,
    scale_of,
    strip,
    vertical_bar,
    visible_style,
)
from journal_tui.app.widgets.humanize import counted, long_date
from journal_tui.entry.model import shown
from journal_tui.entry.sanitize import one_line
from journal_tui.review.review import Bin, Review
from journal_tui.review.span import DAY

_AXIS = 4
MEDIAN_LINE, UNRATED, CURSOR = "┄", "·", "▴"
"""The marks of the median (where there is no bar), of days without a rating, and of the chosen bar."""
_RATE_A_DAY = "Rate a day on its page with {key} to see its enjoyment here."
_NO_RATING = (
    "No day here is rated. Rate a day on its page with {key}, and its bar appears here: from {low} "
    "to {high}, with a gap for each day without a rating."
)


class EnjoymentChart(Picture):
    """A bar for each day, week, month, quarter or year, with a cursor; choosing a bar opens its days.

    The vertical axis is the journal's whole scale, whatever the ratings. A dotted line shows the
    median, and a thick part of the axis the band of ratings close to it; bars of days outside the band
    are bold.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"chart--{part}"
        for part in (
            "axis",
            "band",
            "median",
            "inside",
            "low",
            "middle",
            "high",
            "cursor",
            "shade",
            "words",
        )
    }
    DEFAULT_CSS = """
    EnjoymentChart {
        & .chart--axis { color: $text-muted; }
        & .chart--band { color: $text-accent; text-style: bold; }
        & .chart--median { color: $text-accent; }
        & .chart--inside { color: $text-muted; }
        & .chart--words { color: $text-primary; }
        & .chart--shade { background: $foreground 7%; }
        & .chart--low { color: $text-error; text-style: bold; }
        & .chart--middle { color: $text-warning; text-style: bold; }
        & .chart--high { color: $text-success; text-style: bold; }
        & .chart--cursor { color: $text-accent; text-style: bold; }
        &:ansi .chart--axis { text-style: dim; }
        &:ansi .chart--shade { background: ansi_default; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Earlier", show=False),
        Binding("right", "move(1)", "Later", show=False),
    ]
    component_prefix = "chart"

    class MovedBeyond(Message):
        """Posted when the cursor moves beyond the period, to a later (1) or an earlier (-1) one."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id)
        self._columns: ChartColumns | None = None
        # The number of words of each bar, which is drawn if no day is rated.
        self._words: list[int] = []
        self._cursor = 0
        self._day = date.min
        self.border_title = Content("Enjoyment")

    def show(self, review: Review, context: Mapping[date, float | None], day: date) -> None:
        """Show a review with the cursor on a day; `context` has the days around a short period.

        It has only written days, each with its rating or None.
        """
        self._review, self._nearby, self._day = review, context, day
        self._lay_out()

    def select(self, day: date) -> None:
        """Move the cursor to the bar with a day, or to the last one."""
        self._day = day
        if columns := self._columns:
            found = (number for number, it in enumerate(columns.bins) if it.span.days.contains(day))
            self._cursor = next(found, len(columns.bins) - 1)
            self._say()
            self.refresh()

    def _lay_out(self) -> None:
        if self._review is None or not self.size.width:
            return
        width = self.size.width - _AXIS
        columns = self._columns = columns_of(self._review, self._nearby, width)
        is_rated = any(found.rated for found in columns.bins)
        self._words = [] if is_rated else words_of(columns, self._review)
        self.select(self._day)

    @property
    def chosen(self) -> Bin | None:
        """The bin at the cursor."""
        if self._columns and 0 <= self._cursor < len(self._columns.bins):
            return self._columns.bins[self._cursor]
        return None

    def _say(self) -> None:
        review, columns = self._review, self._columns
        if review is None or columns is None:
            return
        found, room = review.enjoyment, max(0, self.size.width - 3)
        title = f"Enjoyment {unit_words(columns)}"
        if any(self._words):
            title = f"Words by {columns.unit}"
        if found.median is not None:
            title += f" · {MEDIAN_LINE} median {shown(found.median)}"
        for meaning in (": close to the median", ""):
            band = f" · ┃ {found.band}{meaning}"
            if found.band and len(title) + len(band) <= room:
                title += band
                break
        self.border_title = Content(cut(title, room))
        said = _RATE_A_DAY.format(key=self._rating_key) if any(self._words) else ""
        self.border_subtitle = Content(cut(self.about() if self.has_focus else said, room))

    @property
    def _rating_key(self) -> str:
        return key_of("rate", self.app._keymap)

    def about(self) -> str:
        """Return a line about the bar at the cursor."""
        chosen, review = self.chosen, self._review
        if chosen is None or review is None:
            return ""
        if chosen.span.kind == DAY:
            day = chosen.span.days.start
            if not chosen.written:
                said = "not written" if day <= review.today else "still to come"
            elif chosen.median is None:
                said = "without a rating"
            else:
                said = review.enjoyment.scale.shown(chosen.median)
            found = review.written.get(day)
            remark = f" – {one_line(found.remark)}" if found and found.remark else ""
            return f"{long_date(day)}: {said}{remark}"
        if not chosen.written:
            return f"{chosen.span.title}: nothing written"
        said = f"{counted(chosen.written, 'day')} written, {chosen.rated:,} rated"
        if any(self._words):
            said = f"{said}, {counted(self._words[self._cursor], 'word')}"
        if chosen.median is not None:
            said = f"median {shown(chosen.median)}, {said}"
        return f"{chosen.span.title}: {said}"

    def action_move(self, by: int) -> None:
        """Move the cursor to the next (1) or previous (-1) bar; at the edge, post `MovedBeyond`."""
        if self._columns is None:
            return
        to = self._cursor + by
        if 0 <= to < len(self._columns.bins):
            self._go(to)
        else:
            self.post_message(self.MovedBeyond(by))

    def action_end(self, last: int) -> None:
        """Move the cursor to the first (0) or the last (1) bar."""
        if self._columns:
            self._go(len(self._columns.bins) - 1 if last else 0)

    def _go(self, to: int) -> None:
        self._cursor = to
        if chosen := self.chosen:
            self._day = chosen.span.days.start
            self._say()
            self.refresh()
            self.post_message(self.Moved(self, self._day))

    def on_click(self, event: events.Click) -> None:
        """Open the days of the bar that is clicked."""
        event.stop()
        offset, columns = event.get_content_offset(self), self._columns
        if offset is None or columns is None or offset.x < _AXIS:
            return
        at = (offset.x - _AXIS) // columns.width
        if at < len(columns.bins):
            self._go(at)
            self.post_message(self.Opened())

    def render_line(self, y: int) -> Strip:
        """Draw a row of the bars, or the names below them."""
        width, fill = self.size.width, self.rich_style
        review, columns = self._review, self._columns
        if review is None or columns is None:
            return strip([], width, fill)
        rows = max(1, self.size.height - 1)
        quiet = self._style("axis")
        if y >= rows:
            return strip(self._names(columns), width, fill)
        if any(self._words):
            return strip(self._bars_of_words(columns, y, rows), width, fill)
        if not any(found.rated for found in columns.bins):
            scale = review.enjoyment.scale
            said = _NO_RATING.format(low=scale.low, high=scale.high, key=self._rating_key)
            lines = Content(said).wrap(width - 2) if width > 2 else []
            text = f" {lines[y].plain}" if y < len(lines) else ""
            return strip([(text, quiet)], width, fill)
        return strip(self._bars(review, columns, y, rows), width, fill)

    def _names(self, columns: ChartColumns) -> list[tuple[str, Style]]:
        quiet = self._style("axis")
        names = axis(columns)
        if not self.has_focus:
            return [(" " * _AXIS + names, quiet)]
        at, size = self._cursor * columns.width, columns.width
        names = names.ljust(at + size)
        below = names[at : at + size]
        cursor = self._style("cursor")
        if below.strip():
            cursor = visible_style(self, cursor + Style(reverse=True))
        else:
            below = CURSOR.center(size - (size > 2)).ljust(size)
        return [
            (" " * _AXIS + names[:at], quiet),
            (below, cursor),
            (names[at + size :], quiet),
        ]

    def _bars_of_words(self, columns: ChartColumns, y: int, rows: int) -> list[tuple[str, Style]]:
        """Return the parts of a row of bars for the words written, which are drawn if no day is rated."""
        most, quiet = max(self._words), self._style("axis")
        top = f"{most}" if most < 1_000 else f"{most // 1_000}k"
        label = top if y == 0 else "0" if y == rows - 1 else ""
        parts = [(f"{label:>{_AXIS - 1}}│", quiet)]
        body, paint = _body(columns), self._style("words")
        for words in self._words:
            parts.append((vertical_bar(words / most, rows)[y] * body, paint))
            parts.append((" " * (columns.width - body), self.rich_style))
        return parts

    def _bars(
        self, review: Review, columns: ChartColumns, y: int, rows: int
    ) -> list[tuple[str, Style]]:
        """Return the parts of a row of the bars: the axis, and each bar with the gap after it."""
        enjoyment, scale = review.enjoyment, scale_of(self)
        plain, quiet = self.rich_style, self._style("axis")
        band = enjoyment.band
        in_band = band is not None and y in rows_in_band(band, scale.low, scale.high, rows)
        median = enjoyment.median
        has_median = median is not None and y == row_of(median, scale.low, scale.high, rows)
        label = scale.high if y == 0 else scale.low if y == rows - 1 else ""
        parts = [
            (f"{label:>{_AXIS - 1}}", quiet),
            ("┃" if in_band else "│", self._style("band") if in_band else quiet),
        ]
        shade = self._style("shade") if in_band else plain
        line = self._style("median")
        if in_band and shade.bgcolor:
            line += Style(bgcolor=shade.bgcolor)
        body = _body(columns)
        is_by_day = columns.unit == DAY
        for found in columns.bins:
            piece, style = " ", shade
            if found.median is not None:
                part = (found.median - scale.low) / (scale.high - scale.low)
                piece = vertical_bar(part, rows)[y]
                if found.median <= scale.low and y == rows - 1:
                    piece = "▁"
                differs = not is_by_day or band is None or found.median not in band
                name = level(found.median, scale) if differs else "inside"
                style = self._style(name)
                if in_band and shade.bgcolor:
                    style += Style(bgcolor=shade.bgcolor)
            elif found.written and y == rows - 1:
                piece, style = UNRATED, quiet
            gap = " "
            if piece == " ":
                piece, style = (MEDIAN_LINE, line) if has_median else (" ", shade)
            if has_median:
                gap = MEDIAN_LINE
            parts.append((piece * body, style))
            if columns.width > body:
                parts.append((gap * (columns.width - body), line if has_median else shade))
        return parts


def _body(columns: ChartColumns) -> int:
    """Return how many screen columns a bar fills; a wide column ends with a gap."""
    return columns.width - 1 if columns.width > 2 else columns.width
