"""A month as a calendar: the days written, how they were rated, and the way to another day."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from journal_tui.app.widgets.bars import across, level
from journal_tui.app.widgets.cells import block, strip, style_of
from journal_tui.app.widgets.month_grid import (
    DAYS,
    WEEKS,
    Grid,
    least_width,
    shift_days,
    shift_months,
)
from journal_tui.app.widgets.wording import MONTHS, WEEKDAYS

MARKS = {"unrated": "·", "low": "◦", "middle": "•", "high": "●"}


class Month(Widget, can_focus=True):
    """One month, Monday first; written days carry a dot that grows with their rating.

    `marks` maps each written day to its rating or None. `large` gives two rows to a week and a
    heading of its own; the small form is a panel whose border carries the month's name.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "month--title",
        "month--heading",
        "month--day",
        "month--written",
        "month--today",
        "month--chosen",
        "month--unrated",
        "month--low",
        "month--middle",
        "month--high",
    }
    DEFAULT_CSS = """
    Month {
        width: 26;
        height: auto;
        border: round $foreground 30%;
        border-title-color: $text-muted;
        & .month--title { text-style: bold; }
        & .month--heading { color: $text-muted; }
        & .month--day { color: $text-muted; }
        & .month--written { color: $text; text-style: bold; }
        & .month--today { color: $text-accent; text-style: bold underline; }
        & .month--chosen {
            background: $primary 45%; color: $text; text-style: bold;
        }
        & .month--unrated { color: $text-muted; }
        & .month--low { color: $text-error; }
        & .month--middle { color: $text-warning; }
        & .month--high { color: $text-success; }
        &:focus {
            border: round $border;
            border-title-color: $text;
            border-title-style: bold;
            & .month--chosen {
                background: $block-cursor-background; color: $block-cursor-foreground;
            }
        }
        &:ansi .month--heading, &:ansi .month--day, &:ansi .month--unrated { text-style: dim; }
        &.-large { width: 1fr; border: none; }
        &.-large:focus { border: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "days(-1)", "Previous day", show=False, id="month.day-before"),
        Binding("right", "days(1)", "Next day", show=False, id="month.day-after"),
        Binding("up", "days(-7)", "Previous week", show=False, id="month.week-before"),
        Binding("down", "days(7)", "Next week", show=False, id="month.week-after"),
        Binding("pageup", "months(-1)", "Previous month", show=False, id="month.month-before"),
        Binding("pagedown", "months(1)", "Next month", show=False, id="month.month-after"),
        Binding(
            "shift+pageup,less_than_sign",
            "months(-12)",
            "Previous year",
            show=False,
            id="month.year-before",
        ),
        Binding(
            "shift+pagedown,greater_than_sign",
            "months(12)",
            "Next year",
            show=False,
            id="month.year-after",
        ),
        Binding("home", "today", "Today", show=False, id="month.today"),
        Binding("enter", "choose", "Open day", id="month.choose"),
    ]

    day: reactive[date] = reactive(date.min, init=False)
    today: reactive[date] = reactive(date.min, init=False)
    marks: reactive[Mapping[date, float | None]] = reactive({}, init=False)

    class Chosen(Message):
        """The person wants to open `day`."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    class Highlighted(Chosen):
        """The selection went to `day`, which is not opened yet."""

    class Moved(Message):
        """Another month is shown, so its marks are wanted; `first` is its first day."""

        def __init__(self, month: "Month", first: date) -> None:
            super().__init__()
            self.month = month
            self.first = first

    def __init__(
        self,
        day: date,
        today: date,
        marks: Mapping[date, float | None] | None = None,
        *,
        large: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(Month.day, day)
        self.set_reactive(Month.today, today)
        self.set_reactive(Month.marks, marks or {})
        self.large = large
        self.set_class(large, "-large")
        self._name_month()

    @property
    def first(self) -> date:
        """The first day of the month shown."""
        return self.day.replace(day=1)

    @property
    def _grid(self) -> Grid:
        """Where the days stand in the present size."""
        return Grid(self.first, self.size.width, self.size.height, self.large)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """The least width with week numbers; CSS may give more."""
        return least_width(self.large)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Headings and always six weeks, so that nothing jumps from month to month."""
        return 2 + WEEKS * 2 if self.large else 1 + WEEKS

    def watch_day(self, old: date, new: date) -> None:
        """Tell of the new selection, and of the new month when it is another one."""
        if (old.year, old.month) != (new.year, new.month):
            self._name_month()
            self.post_message(self.Moved(self, self.first))
        self.post_message(self.Highlighted(new))

    def _name_month(self) -> None:
        if not self.large:
            self.border_title = Content(f"{MONTHS[self.day.month - 1]} {self.day.year}")

    def action_days(self, days: int) -> None:
        """Move the selection by days."""
        self.day = shift_days(self.day, days)

    def action_months(self, months: int) -> None:
        """Move the selection by months, on the same day of the month where there is one."""
        self.day = shift_months(self.day, months)

    def action_today(self) -> None:
        """Select today."""
        self.day = self.today

    def action_choose(self) -> None:
        """Open the selected day."""
        self.post_message(self.Chosen(self.day))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if self.large and offset.y == 0:
            self.action_months(-1 if offset.x < self.size.width // 2 else 1)
        elif (day := self._grid.day_at(*offset)) is not None:
            self.day = day
            self.action_choose()
        event.stop()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.action_months(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.action_months(-1)

    def render(self) -> RenderResult:
        """Nothing: each line is drawn by `render_line`."""
        return ""

    def render_line(self, y: int) -> Strip:
        """One row: the month's name, the weekdays, or (half) a week."""
        fill = self.rich_style
        grid = self._grid
        if self.large and y == 0:
            name = f"◂  {MONTHS[self.day.month - 1]} {self.day.year}  ▸"
            parts = [(name.center(grid.left + DAYS * grid.cell), style_of(self, "month--title"))]
        elif y < grid.top:
            size = 3 if grid.cell >= 5 else 2
            names = "".join(f"{name[:size]:<{grid.cell}}" for name in WEEKDAYS)
            parts = [(" " * grid.left + names, style_of(self, "month--heading"))]
        else:
            week, row = divmod(y - grid.top, grid.rows)
            parts = self._week(grid, week, row) if week < WEEKS else []
        return strip(parts, grid.width, fill)

    def _week(self, grid: Grid, number: int, row: int) -> list[tuple[str, Style]]:
        """The parts of one row of a week; the second row of a large week holds the bars."""
        days = grid.week(number)
        shown = next((day for day in days if day is not None), None)
        if shown is None:
            return []
        parts: list[tuple[str, Style]] = []
        if grid.left:
            text = f"{shown.isocalendar().week:>2} " if row == 0 else "   "
            parts.append((text, style_of(self, "month--heading") + Style(dim=True)))
        for day in days:
            if day is None:
                parts.append((" " * grid.cell, self.rich_style))
            else:
                parts += self._day(day, row, grid.cell)
        return parts

    def _day(self, day: date, row: int, cell: int) -> list[tuple[str, Style]]:
        """The parts of one day: its number and mark, or in the second row its rating as a bar."""
        written = day in self.marks
        rating = self.marks.get(day)
        tint = "unrated" if rating is None else level(rating)
        names = ["month--written" if written else "month--day"]
        if day == self.today:
            names.append("month--today")
        face = style_of(self, *names)
        mark_style = style_of(self, f"month--{tint}")
        if day == self.day:
            face = mark_style = block(self, style_of(self, "month--chosen"))
            if day == self.today:
                face += Style(underline=True)
        body = cell - 1 if cell > 3 else cell
        gap = (" " * (cell - body), self.rich_style)
        if row:
            bar = "" if rating is None else across(rating, body)
            return [(f"{bar:<{body}}", mark_style), gap]
        mark = MARKS[tint] if written else " "
        return [(f"{day.day:>2}", face), (f"{mark:<{body - 2}}", mark_style), gap]
