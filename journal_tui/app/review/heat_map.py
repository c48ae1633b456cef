"""The heat map of a review: a cell for each day, or for each month of several years."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.strip import Strip

from journal_tui.app.review.heat_grid import (
    CALENDAR,
    WEEKS,
    YEARS,
    HeatCell,
    HeatGrid,
    grid_of,
)
from journal_tui.app.review.picture import Picture
from journal_tui.app.widgets.cells import (
    cut,
    level,
    scale_of,
    strip,
    visible_style,
    wrapped,
)
from journal_tui.app.widgets.humanize import MONTHS, counted, long_date
from journal_tui.entry.model import Scale, shown
from journal_tui.entry.sanitize import one_line
from journal_tui.period import KINDS, CalendarPeriod, containing, shift_day
from journal_tui.review.overview import level as mark_of
from journal_tui.review.review import NOT_WRITTEN, RATED, UNRATED, Review

MISSING, WITHOUT_RATING, NOTE_MARK = "-", "·", "▪"
"""The marks of a day that counts but isn't written, of one without a rating, and of a note."""
FREE_DAYS = {"low": "◦", "middle": "•", "high": "●"}
"""The marks of rated days that don't count: round ones instead of bars."""
_TEXT_ROWS = 2
"""The number of free rows from which the chosen day is described below the days."""
_NUMBER_CELLS = 7
"""Width of a cell from which a day of a calendar page shows its rating as a number."""


class HeatMap(Picture):
    """The days of a period by week or month, with a cursor; choosing a cell opens its day or month.

    The higher the rating of a day, the higher its mark. Days without a rating, days that aren't
    written and days that don't count have other marks. While `is_indexing()`, the line about a day
    never says that it isn't written, because its entry may not be in the index yet.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"heat--{part}"
        for part in (
            "label", "day", "missing", "outside", "unrated", "low", "middle", "high", "today",
            "cursor", "title", "quiet",
        )
    }  # fmt: skip
    DEFAULT_CSS = """
    HeatMap {
        & .heat--label { color: $text-muted; }
        & .heat--day { color: $text-muted; }
        & .heat--missing { color: $foreground 35%; }
        & .heat--outside { color: $text-muted; text-style: dim; }
        & .heat--unrated { color: $text; }
        & .heat--low { color: $text-error; }
        & .heat--middle { color: $text-warning; }
        & .heat--high { color: $text-success; }
        & .heat--today { text-style: bold underline; }
        & .heat--title { text-style: bold; }
        & .heat--quiet { color: $text-muted; }
        & .heat--cursor { background: $foreground 20%; color: $text; text-style: bold; }
        &:focus {
            & .heat--cursor {
                background: $block-cursor-background; color: $block-cursor-foreground;
            }
        }
        &:ansi .heat--label, &:ansi .heat--missing, &:ansi .heat--quiet { text-style: dim; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move('left')", "Left", show=False),
        Binding("right", "move('right')", "Right", show=False),
        Binding("up", "move('up')", "Up", show=False),
        Binding("down", "move('down')", "Down", show=False),
    ]
    component_prefix = "heat"

    class MovedBeyond(Message):
        """Posted when the cursor moves to a day beyond the period."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    class WeekChosen(Message):
        """Posted when the number of a week is clicked."""

        def __init__(self, week: CalendarPeriod) -> None:
            super().__init__()
            self.week = week

    def __init__(
        self, id: str | None = None, is_indexing: Callable[[], bool] = lambda: False
    ) -> None:
        super().__init__(id)
        self._is_indexing = is_indexing
        self._notes: frozenset[CalendarPeriod] = frozenset()
        self._grid: HeatGrid | None = None
        self._top = 0
        self.day = date.min
        self.border_title = Content("Days")

    def show(
        self,
        review: Review,
        context: Mapping[date, float | None],
        notes: frozenset[CalendarPeriod],
        day: date,
    ) -> None:
        """Show the days of a review with the cursor on a day.

        `context` has the written days around a short period with their ratings, and `notes` the periods
        that have notes.
        """
        self._review, self._nearby, self._notes = review, context, notes
        self.day = day
        self._lay_out()

    def _lay_out(self) -> None:
        if self._review is None or not self.size.width:
            return
        width, height = self.size
        self._grid = grid_of(self._review, self._nearby, width, height)
        self._show_cursor()

    @property
    def chosen(self) -> HeatCell | None:
        """The cell at the cursor."""
        if self._grid is None:
            return None
        at = self._grid.find(self.day)
        return self._grid.cell(*at) if at else None

    def _show_cursor(self) -> None:
        grid = self._grid
        if grid is None:
            return
        if grid.find(self.day) is None:
            first = next(grid.cells, None)
            self.day = first.first if first else self.day
        row, _ = grid.find(self.day) or (0, 0)
        room = self._room
        self._top = min(max(0, min(self._top, row)), max(0, len(grid.rows) - room))
        self._top = max(self._top, row - room + 1)
        self._say()
        self.refresh()

    @property
    def _head_rows(self) -> int:
        """The number of rows for the heads: 0 if they are in the border because only that has room."""
        return int(self._grid is None or len(self._grid.rows) != self.size.height)

    @property
    def _room(self) -> int:
        """The number of rows below the heads."""
        return max(1, self.size.height - self._head_rows)

    def _say(self) -> None:
        grid, review = self._grid, self._review
        if grid is None or review is None:
            return
        what = "Months, by their median" if grid.form == YEARS else "Days"
        if grid.form == CALENDAR and (cell := self.chosen):
            what = f"{MONTHS[cell.first.month - 1]} {cell.first.year}"
        if not self._head_rows:
            # The border begins one column to the left of the cells, and the title two columns after the
            # beginning of the border.
            what = self._heads(grid)[2:]
            while len(what) > self.size.width - 4:
                what = what.rstrip().rpartition(" ")[0].rstrip()
        self.border_title = Content(what)
        has_texts = self._free_rows >= _TEXT_ROWS
        said = self.legend(grid) if has_texts or not self.has_focus else self.about()
        self.border_subtitle = Content(cut(said, max(0, self.size.width - 4)))

    def legend(self, grid: HeatGrid) -> str:
        """Return the meanings of the marks, as many as there is room for."""
        review = self._review
        scale = review.enjoyment.scale if review else scale_of(self)
        said = [f"▁█ {scale.low}–{scale.high}", f"{WITHOUT_RATING}unrated"]
        if review and review.counting.is_known and grid.form != YEARS:
            said.append(f"{MISSING}missing")
            if any(it.state == RATED and not it.counts for it in grid.cells):
                said.append("◦● off")
        if grid.form == CALENDAR and self._notes:
            said.append(f"{NOTE_MARK}note")
        while len(" ".join(said)) > self.size.width - 4 and len(said) > 1:
            said.pop()
        return " ".join(said)

    @property
    def _free_rows(self) -> int:
        return self._room - len(self._grid.rows) if self._grid else 0

    def about(self) -> str:
        """Return a line about the cell at the cursor."""
        return " ".join(filter(None, self._texts()))

    def _texts(self) -> tuple[str, str]:
        """Return the name of the day or month at the cursor, and a description of it."""
        cell, review = self.chosen, self._review
        if cell is None or review is None:
            return "", ""
        if cell.first != cell.last:
            name = f"{MONTHS[cell.first.month - 1]} {cell.first.year}"
            days = [day for day in review.written.values() if cell.first <= day.day <= cell.last]
            rated = sum(day.rating is not None for day in days)
            said = f"{counted(len(days), 'day')} written, {rated} rated"
            if cell.rating is not None:
                said = f"median {shown(cell.rating)}, {said}"
            return f"{name}:", said if days else "nothing written"
        name = long_date(cell.first)
        name += " · today" if cell.first == review.today else ""
        return f"{name}:", self._said(cell, review)

    def _said(self, cell: HeatCell, review: Review) -> str:
        if cell.state == NOT_WRITTEN:
            what = "not written" if cell.has_come else "still to come"
            if self._is_indexing():
                what = "still reading files"
        else:
            found = review.written.get(cell.first)
            what = "without a rating"
            if cell.rating is not None:
                what = review.enjoyment.scale.shown(cell.rating)
            if found:
                said = found.remark or (found.points[0].text if found.points else found.title)
                what = f"{what} – {one_line(said)}" if said else what
        start = review.counting.start
        if review.counting.is_known and start and cell.first < start:
            what += " (before day 1)"
        elif review.counting.is_known and not cell.counts:
            what += f" (not a {review.counting.noun})" if review.counting.noun != "day" else ""
        return what

    def action_move(self, way: str) -> None:
        """Move the cursor; at the edge of the period, post `MovedBeyond`."""
        grid = self._grid
        if grid is None:
            return
        by_day = {"left": -1, "right": 1, "up": -1, "down": 1}[way]
        is_across = way in ("left", "right")
        if grid.form == YEARS:
            to = shift_day(self.day, by_day if is_across else 12 * by_day, "month")
        elif grid.form == WEEKS:
            to = shift_day(self.day, 7 * by_day if is_across else by_day)
        elif grid.form == CALENDAR:
            to = shift_day(self.day, by_day if is_across else 7 * by_day)
        else:
            to = shift_day(self.day, by_day, "day" if is_across else "month")
        if to is not None:
            self.go(to)

    def action_end(self, last: int) -> None:
        """Move the cursor to the first (0) or the last (1) day of the period."""
        if review := self._review:
            self.go(review.days.last if last else review.days.start)

    def go(self, day: date) -> None:
        """Move the cursor to a day, or post `MovedBeyond` if the day isn't in the period."""
        grid, review = self._grid, self._review
        if grid is None or review is None:
            return
        if not review.days.contains(day) and not (grid.form == YEARS and grid.find(day)):
            self.post_message(self.MovedBeyond(day))
            return
        if day != self.day:
            self.day = day
            self._show_cursor()
            self.post_message(self.Moved(self, day))

    def select(self, day: date) -> None:
        """Move the cursor to a day, without a message."""
        self.day = day
        self._show_cursor()

    def on_click(self, event: events.Click) -> None:
        """Open the cell, or the note of the week, that is clicked."""
        event.stop()
        offset, grid, review = event.get_content_offset(self), self._grid, self._review
        if offset is None or grid is None or review is None:
            return
        row = offset.y - self._head_rows + self._top
        if offset.y < self._head_rows:
            return
        cell = grid.at(offset.x, row)
        if cell is None:
            if grid.form == CALENDAR and offset.x < grid.left and row < len(grid.rows):
                day = next((it.first for it in grid.rows[row] if it), None)
                if day and (week := containing("week", day)):
                    self.post_message(self.WeekChosen(week))
            return
        self.day = cell.first
        self._show_cursor()
        self.post_message(self.Opened())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down if there are more rows than fit."""
        self._scroll(1, event)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up if there are more rows than fit."""
        self._scroll(-1, event)

    def _scroll(self, by: int, event: events.Event) -> None:
        if self._grid and len(self._grid.rows) > self._room:
            event.stop()
            self._top = max(0, min(self._top + by, len(self._grid.rows) - self._room))
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the heads of the columns, a row of cells, or a line about the cell at the cursor."""
        width, fill, grid = self.size.width, self.rich_style, self._grid
        if grid is None:
            return strip([], width, fill)
        if y < self._head_rows:
            return strip([(self._heads(grid), self._style("label"))], width, fill)
        row = y - self._head_rows + self._top
        if row < len(grid.rows):
            return strip(self._row(grid, row), width, fill)
        return strip(self._text(row - len(grid.rows), width), width, fill)

    @staticmethod
    def _heads(grid: HeatGrid) -> str:
        line = " " * grid.left
        for number, head in enumerate(grid.heads):
            at = grid.left + number * grid.cell_width
            # A head that would overlap the one before it is left out.
            if head and (at == grid.left or len(line.rstrip()) < at):
                line = line[:at].ljust(at) + head
        return line

    def _row(self, grid: HeatGrid, row: int) -> list[tuple[str, Style]]:
        label_style = self._style("label")
        label = grid.labels[row]
        if grid.form == CALENDAR:
            day = next((it.first for it in grid.rows[row] if it), None)
            week = containing("week", day) if day else None
            label += NOTE_MARK if week in self._notes else " "
        parts = [(f"{label:<{grid.left}}", label_style)]
        for cell in grid.rows[row]:
            if cell is None:
                parts.append((" " * grid.cell_width, self.rich_style))
            else:
                parts += self._draw_cell(grid, cell)
        return parts

    def _draw_cell(self, grid: HeatGrid, cell: HeatCell) -> list[tuple[str, Style]]:
        """Return the parts of a cell: its mark, and the gap after it."""
        review = self._review
        scale = review.enjoyment.scale if review else scale_of(self)
        mark, tint = self._mark(cell, scale)
        size = grid.cell_width
        style = self._style(tint)
        if not cell.is_inside:
            style = self._style("outside")
        is_today = bool(review) and cell.first == cell.last == review.today  # type: ignore[union-attr]
        is_chosen = cell.first <= self.day <= cell.last
        if grid.form == CALENDAR:
            return self._day(cell, mark, style, size, is_today, is_chosen)
        repeats = 1 if size < 3 or not cell.counts else size - 1
        text, gap = mark * repeats, " " * (size - repeats)
        if is_today:
            style += self._style("today")
        if is_chosen:
            style = visible_style(self, self._style("cursor"))
        return [(text, style), (gap, self.rich_style)]

    def _day(
        self, cell: HeatCell, mark: str, style: Style, size: int, is_today: bool, is_chosen: bool
    ) -> list[tuple[str, Style]]:
        """Return the parts of a day of a calendar page: its number, its mark and perhaps its rating."""
        number = self._style("day" if cell.is_inside else "outside")
        if is_today:
            number += self._style("today")
        said = mark
        body = max(size - 1, 3) - 2
        if size >= _NUMBER_CELLS:
            said = f" {mark}"
            if cell.rating is not None and len(number_of := shown(cell.rating)) <= body - 2:
                said += number_of
        said = f"{cut(said, body):<{body}}"
        if is_chosen:
            number = style = visible_style(self, self._style("cursor"))
            if is_today:
                number += Style(underline=True)
        gap = " " * (size - body - 2)
        return [(f"{cell.first.day:>2}", number), (said, style), (gap, self.rich_style)]

    def _mark(self, cell: HeatCell, scale: Scale) -> tuple[str, str]:
        """Return the mark of a cell and its tint."""
        if cell.state == RATED and cell.rating is not None:
            tint = level(cell.rating, scale)
            return (mark_of(cell.rating, scale) if cell.counts else FREE_DAYS[tint]), tint
        if cell.state == UNRATED:
            return WITHOUT_RATING, "unrated"
        is_known = bool(self._review) and self._review.counting.is_known  # type: ignore[union-attr]
        is_missing = is_known and cell.counts and cell.has_come and cell.first == cell.last
        return (MISSING if is_missing else " "), "missing"

    def _text(self, row: int, width: int) -> list[tuple[str, Style]]:
        """Return a line about the cell at the cursor, below the days."""
        if self._free_rows < _TEXT_ROWS:
            return []
        name, said = self._texts()
        lines = wrapped(said, width, max(1, self._free_rows - 1 - self._has_notes))
        row -= self._free_rows > len(lines) + 1 + self._has_notes
        if row < 0:
            return []
        if row == 0:
            return [(cut(name.rstrip(":"), width), self._style("title"))]
        if row <= len(lines):
            return [(lines[row - 1], self._style("quiet"))]
        return self._note_names(width) if row == len(lines) + 1 and self._has_notes else []

    @property
    def _has_notes(self) -> bool:
        """Whether there is room for the line with the periods of the chosen day."""
        return bool(self._grid) and self._grid.form == CALENDAR and self._free_rows > 3  # type: ignore[union-attr]

    def _note_names(self, width: int) -> list[tuple[str, Style]]:
        """Return the periods that the day at the cursor is in, those with notes marked."""
        quiet, plain = self._style("quiet"), self._style("title")
        parts: list[tuple[str, Style]] = []
        for kind in KINDS:
            period = containing(kind, self.day)
            if period:
                has_note = period in self._notes
                text = f"{period.name}{NOTE_MARK if has_note else ''} "
                parts.append((text, plain if has_note else quiet))
        return parts
