"""The list of what was found, drawn line by line so that ten thousand rows cost what ten do."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from journal_tui.app.widgets.cells import wrapped
from journal_tui.app.widgets.lettinggo import LettingGo
from journal_tui.app.widgets.pause import Pause
from journal_tui.app.widgets.results_paint import COMPONENTS, CSS, Columns, Painter
from journal_tui.app.widgets.results_row import Offer, Row

__all__ = ["Lead", "Offer", "Results", "Row"]

Lead = Sequence[Offer | str]
"""What stands above the rows: searches to choose, and headings."""
_ASKED = 20
BAR_SECONDS = 0.05


class Results(ScrollView, can_focus=True):
    """Rows of hits, one line each, with a cursor and the matches emphasised.

    Above them may stand a lead of offers, which the cursor reaches too. Keys may be forwarded by
    calling the actions. `empty` is shown instead of rows; `moved` is called with the cursor's row.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)
    DEFAULT_CSS = CSS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor(-1)", "Up", show=False, id="results.up"),
        Binding("down", "cursor(1)", "Down", show=False, id="results.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="results.page-up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="results.page-down"),
        Binding("home", "first", "First", show=False, id="results.first"),
        Binding("end", "last", "Last", show=False, id="results.last"),
        Binding("enter", "choose", "Open", id="results.choose"),
    ]

    class Chosen(Message):
        """The person wants to open `row`."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    class Picked(Message):
        """The person wants to search for what `offer` says."""

        def __init__(self, offer: Offer) -> None:
            super().__init__()
            self.offer = offer

    def __init__(
        self,
        rows: Iterable[Row] = (),
        *,
        empty: str = "Nothing found.",
        moved: Callable[[Row | None], None] | None = None,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._lead: Lead = ()
        self._rows: list[Row] = list(rows)
        self._old = LettingGo(self)
        self._cursor = 0
        self._empty = empty
        self._moved = moved or (lambda row: None)
        self._columns = Columns()
        self._kinds: set[str] = set()
        self._painter = Painter(self)
        self._bar = Pause(self, BAR_SECONDS, lambda: self._scroll_update(self.virtual_size))
        self._drawn: LRUCache[tuple[int, int, bool], Strip] = LRUCache(512)

    # -- what is shown --------------------------------------------------------------------

    @property
    def rows(self) -> Sequence[Row]:
        """The rows shown, first to last."""
        return self._rows

    @property
    def lead(self) -> Lead:
        """What stands above the rows."""
        return self._lead

    @property
    def cursor(self) -> int:
        """The line the cursor is on, from 0, those of the lead counted."""
        return self._cursor

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor, or None when there is none."""
        at = self._cursor - len(self._lead)
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def set_rows(self, rows: Iterable[Row], lead: Lead = ()) -> None:
        """Show other rows, the cursor on the first; without any on the first offer."""
        self._old.take(self._rows)
        self._rows, self._lead = list(rows), lead
        self._learn(self._rows, anew=True)
        offers = [line for line, what in enumerate(lead) if isinstance(what, Offer)]
        self._cursor = len(lead) if self._rows or not offers else offers[0]
        self._measure()
        self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self._show_cursor()
        self._moved(self.chosen)

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Append a batch; cursor and scroll position stay."""
        if not rows:
            return
        was, had = len(self._rows), self._columns
        self._rows += rows
        self._learn(rows)
        if not was:
            self._cursor = len(self._lead)
            self._moved(self.chosen)
        shown = round(self.scroll_y) + self.size.height
        # What is added below the last line on the screen changes nothing there.
        self._measure(was + len(self._lead) < shown or had != self._columns)

    def swap_rows(self, rows: list[Row]) -> None:
        """Show what the same search gives by now; the cursor stays on its row where that is."""
        chosen = self.chosen
        at = None
        if chosen is not None:
            at = next((at for at, row in enumerate(rows) if row.is_same(chosen)), None)
        down = self._cursor - round(self.scroll_y)
        self._old.take(self._rows)
        self._rows = rows
        self._learn(rows, anew=True)
        if at is not None:
            self._cursor = at + len(self._lead)
        self._cursor = max(0, min(self._cursor, self._count - 1))
        self._measure()
        self.scroll_to(y=max(0, self._cursor - down), animate=False, force=True, immediate=True)
        self._show_cursor()
        self._moved(self.chosen)

    def refresh_rows(self) -> None:
        """Draw the rows again, whose counts have changed."""
        self._measure()

    def _learn(self, rows: Sequence[Row], anew: bool = False) -> None:
        """Note which columns the rows need; to count a day may take a while, so few are asked."""
        if anew:
            self._columns = Columns()
            self._kinds.clear()
        self._kinds.update(row.kind for row in rows)
        self._columns = Columns(
            self._kinds not in ({"learning"}, {"entry"}),
            self._columns.number or any(row.number is not None for row in rows[:_ASKED]),
            self._columns.rating or any(row.rating is not None for row in rows),
        )

    @property
    def _count(self) -> int:
        return len(self._lead) + len(self._rows)

    def _measure(self, redraw: bool = True) -> None:
        """Take in how many lines there are now; `redraw`: what they say may have changed."""
        was = self.virtual_size.height
        size = Size(self.scrollable_content_region.width, self._count)
        if size != self.virtual_size:
            # What is scrolled changes nothing around it: to lay the screen out again, or to paint
            # the scrollbar with each key, would take as long as to search.
            self.set_reactive(Results.virtual_size, size)
            self._bar.again()
        if redraw:
            self._drawn.clear()
            # What was empty and stays so need not be painted.
            lines = max(was, size.height, 1 if self._count else self.size.height)
            self.refresh(Region(0, 0, size.width, min(lines, self.size.height)))

    def on_resize(self, event: events.Resize) -> None:
        self._measure()
        self._show_cursor()

    def notify_style_update(self) -> None:
        """Drawn lines carry the colours of theme and focus, so they go with them."""
        self._drawn.clear()
        self._painter.forget()
        super().notify_style_update()

    # -- moving ---------------------------------------------------------------------------

    def move_cursor(self, line: int) -> None:
        """Put the cursor on a line (held within the list, never on a heading)."""
        step = 1 if line > self._cursor else -1
        line = max(0, min(self._count - 1, line))
        while 0 <= line < len(self._lead) and isinstance(self._lead[line], str):
            line += step
        if 0 <= line < self._count and line != self._cursor:
            self._cursor = line
            self._show_cursor()
            self.refresh()
            self._moved(self.chosen)
        elif line < 0:
            self.scroll_to(y=0, animate=False, force=True, immediate=True)

    def _show_cursor(self) -> None:
        if self._count:
            region = Region(0, self._cursor, 1, 1)
            self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def action_cursor(self, by: int) -> None:
        """Move the cursor by rows."""
        self.move_cursor(self._cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by pages, one row less than the height."""
        self.move_cursor(self._cursor + by * max(1, self.scrollable_content_region.height - 1))

    def action_day(self, by: int) -> None:
        """Move to the first row of the next day in the list, or of this one or the one above."""
        rows, here = self._rows, self.chosen
        at = self._cursor - len(self._lead)
        if here is None:
            at = 0
        elif by > 0:
            while at < len(rows) - 1 and rows[at].day == here.day:
                at += 1
        else:
            at = max(0, at - 1)
            while at > 0 and rows[at - 1].day == rows[at].day:
                at -= 1
        self.move_cursor(len(self._lead) + at)

    def action_first(self) -> None:
        """Move the cursor to the first row."""
        self.move_cursor(0)

    def action_last(self) -> None:
        """Move the cursor to the last row."""
        self.move_cursor(self._count - 1)

    def action_choose(self) -> None:
        """Open the cursor's row, or take the offer."""
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))
        elif self._cursor < len(self._lead):
            offer = self._lead[self._cursor]
            if isinstance(offer, Offer):
                self.post_message(self.Picked(offer))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a click on the cursor's line chooses it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        line = offset.y + round(self.scroll_y)
        if line >= self._count:
            return
        if line == self._cursor:
            self.action_choose()
        elif line >= len(self._lead) or isinstance(self._lead[line], Offer):
            self.move_cursor(line)

    # -- drawing --------------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines as they are painted; there is neither border nor padding to be added to them."""
        if self._painter.filter(self.get_line_filters(), self.background_colors[1]):
            self._drawn.clear()
        return [self.render_line(y).crop(*crop.column_span) for y in crop.line_range]

    def render_line(self, y: int) -> Strip:
        """One line of the list, or of the text that stands here when there is none."""
        width = self.scrollable_content_region.width
        if not self._count:
            lines = wrapped(self._empty, max(1, width - 2), 12)
            return self._painter.note(lines[y] if y < len(lines) else "", width)
        line = y + round(self.scroll_y)
        if line >= self._count:
            return self._painter.blank(width)
        key = (line, width, line == self._cursor)
        drawn = self._drawn.get(key)
        if drawn is None:
            drawn = self._drawn[key] = self._draw(line, width)
        return drawn

    def _draw(self, line: int, width: int) -> Strip:
        here = line == self._cursor
        if line >= len(self._lead):
            row = self._rows[line - len(self._lead)]
            return self._painter.row(row, width, here, self._columns)
        what = self._lead[line]
        if isinstance(what, str):
            return self._painter.note(what, width, heading=True)
        return self._painter.offer(what, width, here)
