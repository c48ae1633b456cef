"""A month in weeks: the day at each position on the screen, and the widget that shows them."""

import calendar
from collections.abc import Mapping
from datetime import date
from typing import ClassVar, NamedTuple

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

from journal_tui.app.widgets.cells import component_style, level, scale_of, strip, visible_style
from journal_tui.app.widgets.humanize import MONTHS, WEEKDAYS
from journal_tui.period import CalendarPeriod, containing, shift_day

DAYS = 7
WEEKS = 6
_NUMBERS = 3
MIN_WIDTH = _NUMBERS + DAYS * 3
"""The fewest columns for a month with week numbers."""


class Grid(NamedTuple):
    """Six weeks of days in `width` columns, from the week with `first`, the first day of a month."""

    first: date
    width: int

    @property
    def left(self) -> int:
        """The number of columns of the week numbers, 0 without room for them."""
        return _NUMBERS if self.width >= MIN_WIDTH else 0

    @property
    def cell(self) -> int:
        """The number of columns of a day."""
        return max(3, min(9, (self.width - self.left) // DAYS))

    def week(self, number: int) -> list[date | None]:
        """Return the days of a week from Monday, with None for days of other months."""
        monday = number * DAYS - self.first.weekday() + 1
        last = calendar.monthrange(self.first.year, self.first.month)[1]
        return [
            self.first.replace(day=day) if 1 <= day <= last else None
            for day in range(monday, monday + DAYS)
        ]

    def week_at(self, x: int, y: int) -> CalendarPeriod | None:
        """Return the week whose number is at a position in the widget, or None."""
        number = y - 1
        if number < 0 or not 0 <= x < self.left or number >= WEEKS:
            return None
        day = next((day for day in self.week(number) if day), None)
        return containing("week", day) if day else None

    def day_at(self, x: int, y: int) -> date | None:
        """Return the day at a position in the widget, or None if there is none."""
        number = y - 1
        place = (x - self.left) // self.cell
        if number < 0 or x < self.left or number >= WEEKS or place >= DAYS:
            return None
        return self.week(number)[place]


NOTE_MARK = "▪"
"""The mark of a week, month, quarter or year that has a note."""
MARKS = {"unrated": "·", "low": "◦", "middle": "•", "high": "●"}
LEGEND = "◦ low • ● high ·none"


class Month(Widget, can_focus=True):
    """One month, Monday first; written days have a dot that grows with their rating.

    `marks` maps each written day to its rating or None. `notes` are the periods that have notes; a
    week with a note has a mark beside its number. While the note of a `period` is open, its days are
    highlighted instead of the selected day, unless the month has the focus.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
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
        border-subtitle-color: $text-muted;
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
    notes: reactive[frozenset[CalendarPeriod]] = reactive(frozenset(), init=False)
    period: reactive[CalendarPeriod | None] = reactive(None, init=False)

    class Chosen(Message):
        """Posted when the person chooses `day`, to open it."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    class Highlighted(Chosen):
        """Posted when the selection moves to `day`, without opening it."""

    class WeekChosen(Message):
        """Posted when the number of `week` is clicked, to open its note."""

        def __init__(self, week: CalendarPeriod) -> None:
            super().__init__()
            self.week = week

    class Moved(Message):
        """Posted when another month is shown, so that its marks can be set; `first` is its first day."""

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
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(Month.day, day)
        self.set_reactive(Month.today, today)
        self.set_reactive(Month.marks, marks or {})
        self._update_title()

    @property
    def first(self) -> date:
        """The first day of the shown month."""
        return self.day.replace(day=1)

    @property
    def _grid(self) -> Grid:
        """The layout of the days at the widget's current size."""
        return Grid(self.first, self.size.width)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Return the smallest width that has room for week numbers; CSS may give more."""
        return MIN_WIDTH

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the height of the heading and six weeks, the same for every month."""
        return 1 + WEEKS

    def watch_day(self, old: date, new: date) -> None:
        """Post the new selection, and the month if that has changed."""
        if (old.year, old.month) != (new.year, new.month):
            self._update_title()
            self.post_message(self.Moved(self, self.first))
        self.post_message(self.Highlighted(new))

    def _update_title(self) -> None:
        self.border_title = Content(f"{MONTHS[self.day.month - 1]} {self.day.year}")
        self.border_subtitle = Content(LEGEND)

    def action_days(self, days: int) -> None:
        """Move the selection by days."""
        self.day = shift_day(self.day, days) or self.day

    def action_months(self, months: int) -> None:
        """Move the selection by months, to the same day of the month if it exists."""
        self.day = shift_day(self.day, months, "month") or self.day

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
        if (day := self._grid.day_at(*offset)) is not None:
            self.day = day
            self.action_choose()
        elif (week := self._grid.week_at(*offset)) is not None:
            self.post_message(self.WeekChosen(week))
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
        """Draw a row: the weekdays, or a week."""
        fill = self.rich_style
        grid = self._grid
        if y == 0:
            size = 3 if grid.cell >= 5 else 2
            names = "".join(f"{name[:size]:<{grid.cell}}" for name in WEEKDAYS)
            parts = [(" " * grid.left + names, component_style(self, "month--heading"))]
        else:
            parts = self._week(grid, y - 1) if y <= WEEKS else []
        return strip(parts, grid.width, fill)

    def _week(self, grid: Grid, number: int) -> list[tuple[str, Style]]:
        """Return the parts of a week."""
        days = grid.week(number)
        shown = next((day for day in days if day is not None), None)
        if shown is None:
            return []
        parts: list[tuple[str, Style]] = []
        if grid.left:
            week = containing("week", shown)
            mark = NOTE_MARK if week in self.notes else " "
            text = f"{shown.isocalendar().week:>2}{mark}"
            style = component_style(self, "month--heading")
            parts.append((text, style if week in self.notes else style + Style(dim=True)))
        for day in days:
            if day is None:
                parts.append((" " * grid.cell, self.rich_style))
            else:
                parts += self._day(day, grid.cell)
        return parts

    def _day(self, day: date, cell: int) -> list[tuple[str, Style]]:
        """Return the parts of a day: its number and mark."""
        written = day in self.marks
        rating = self.marks.get(day)
        tint = "unrated" if rating is None else level(rating, scale_of(self))
        names = ["month--written" if written else "month--day"]
        if day == self.today:
            names.append("month--today")
        face = component_style(self, *names)
        mark_style = component_style(self, f"month--{tint}")
        is_chosen = day == self.day
        if self.period and not self.has_focus:
            is_chosen = self.period.days.contains(day)
        if is_chosen:
            face = mark_style = visible_style(self, component_style(self, "month--chosen"))
            if day == self.today:
                face += Style(underline=True)
        body = cell - 1 if cell > 3 else cell
        gap = (" " * (cell - body), self.rich_style)
        mark = MARKS[tint] if written else " "
        return [(f"{day.day:>2}", face), (f"{mark:<{body - 2}}", mark_style), gap]
