"""The result list, which draws only the visible lines, however many rows there are."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.message_pump import MessagePump
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from journal_tui.app.widgets.cells import (
    component_style,
    fit,
    flat,
    horizontal_bar,
    level,
    scale_of,
    strip,
    wrapped,
)
from journal_tui.app.widgets.debounce import Debounce
from journal_tui.app.widgets.search_results import ResultRow, Suggestion, excerpt_lines
from journal_tui.entry.markdown_lines import TASK_SIGNS
from journal_tui.entry.model import CLOSED, DONE, DROPPED, FOLLOW_UP, Scale, shown

COMPONENTS = frozenset(
    f"results--{part}"
    for part in (
        "marker", "cursor", "date", "match", "low", "middle", "high", "empty", "heading",
        "suggestion",
    )
)  # fmt: skip
CSS = """
ResultList {
    height: 1fr;
    overflow-x: hidden;
    overflow-y: scroll;
    & .results--marker { color: $text-muted; }
    & .results--cursor { background: $foreground 8%; }
    & .results--date { color: $text-muted; }
    & .results--match { color: $text-accent; text-style: bold underline; }
    & .results--low { color: $text-error; }
    & .results--middle { color: $text-warning; }
    & .results--high { color: $text-success; }
    & .results--empty { color: $text-muted; }
    & .results--heading { color: $text-muted; text-style: italic; }
    & .results--suggestion { color: $text-accent; text-style: bold; }
    &:focus .results--marker, &.-active .results--marker {
        color: $text-accent; text-style: bold;
    }
    &:focus .results--cursor, &.-active .results--cursor { background: $foreground 12%; }
    &:ansi .results--date, &:ansi .results--empty, &:ansi .results--heading { text-style: dim; }
    &:ansi .results--cursor { text-style: bold; }
}
"""

_RATING = 5
"""Columns of a rating: up to four characters and a blank."""
_COUNT = 5
"""Columns of the count of a row for several hits: `×999` and a blank."""
NUMBER_MIN_WIDTH, _NUMBER = 70, 8
"""Width from which the day's number is shown, and the columns for it: `day 1234`."""
TALL = 24
"""Height from which every row is wrapped; in a lower list only the cursor's row is."""
NARROW = 52
"""Width below which every row is wrapped whatever the height, since one line would show too little."""
ROW_LINES, NARROW_ROW_LINES = 3, 4
"""The most lines of a row other than the cursor's, in which nearly all points are shown whole."""
WRAPPED_MIN_WIDTH = 90
"""Width from which wrapped rows also have the day's number and a bar."""
_HANGING = 2
"""Columns by which the further lines of a row are indented in a narrow list."""
_BOX_CELLS = 2
_MAX_NOTE_LINES, _MAX_SUGGESTION_LINES = 12, 3
_SIGN_OF_PART = {
    "learning": "• ", "feedback": "» ", "title": "# ", "remark": "★ ",
    "prose": "¶ ", "entry": "¶ ",
}  # fmt: skip


_BOXES = {DONE: TASK_SIGNS["x"], DROPPED: TASK_SIGNS["-"]}
_OPEN_BOX = TASK_SIGNS[" "]


class Columns(NamedTuple):
    """The columns that rows have besides date and text: the part's sign, the day number, the rating.

    `wrapped` is whether every row is wrapped; the text then gets more of the room.
    """

    sign: bool = False
    number: bool = False
    rating: bool = False
    wrapped: bool = False

    def has_number(self, width: int) -> bool:
        """Return whether rows of this width show the day's number."""
        return self.number and width >= (WRAPPED_MIN_WIDTH if self.wrapped else NUMBER_MIN_WIDTH)

    def bar_width(self, width: int) -> int:
        """Return the width of a rating's bar, with the blank before it, in rows of this width."""
        if not self.rating:
            return 0
        least = WRAPPED_MIN_WIDTH if self.wrapped or self.number else 74
        return 11 if width >= 100 else 6 if width >= least else 0


class Painter:
    """Draw lines for a widget that has the component classes in `COMPONENTS`."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[tuple[str, ...], Style] = {}
        self._blanks: dict[int, Strip] = {}
        self._filters: Sequence[LineFilter] = ()
        self._background = Color(0, 0, 0)

    def forget(self) -> None:
        """Forget the styles; they are read again when needed."""
        self._styles.clear()
        self._blanks.clear()

    def filter(self, filters: Sequence[LineFilter], background: Color) -> bool:
        """Apply the app's line filters to the styles; return whether they have changed.

        Filtering each line instead would take as long as drawing it.
        """
        if (filters, background) == (self._filters, self._background):
            return False
        self._filters, self._background = filters, background
        self.forget()
        return True

    def style(self, *parts: str) -> Style:
        """Return the style of components combined, the last on top."""
        found = self._styles.get(parts)
        if found is None:
            found = component_style(self._widget, *(f"results--{part}" for part in parts))
            for each in self._filters:
                filtered = each.apply([Segment("x", found)], self._background)[0].style
                found = filtered if isinstance(filtered, Style) else found
            self._styles[parts] = found
        return found

    def blank(self, width: int) -> Strip:
        """Draw an empty line."""
        found = self._blanks.get(width)
        if found is None:
            found = self._blanks[width] = strip([], width, self.style())
        return found

    def note(self, text: str, width: int, heading: bool = False) -> list[Strip]:
        """Draw a sentence about the list, or a heading, wrapped."""
        style = self.style("heading" if heading else "empty")
        lines = wrapped(text, max(1, width - 2), _MAX_NOTE_LINES)
        return [strip([(f" {line}", style)], width, self.style()) for line in lines]

    def suggestion(self, suggestion: Suggestion, width: int, is_selected: bool) -> list[Strip]:
        """Draw a suggested search with its note beside it, or below it in a narrow list."""
        base = ["cursor"] if is_selected else []
        plain, accent = self.style(*base), self.style(*base, "suggestion")
        marker = ("▌" if is_selected else " ", self.style(*base, "marker"))
        room = max(1, width - 3)
        column = min(room, max(26, room * 2 // 5))
        query = flat(suggestion.label or suggestion.query)
        gap = " " * max(2, column - cell_len(query))
        if cell_len(query) + len(gap) + cell_len(suggestion.note) <= room:
            note = [(gap, plain), (suggestion.note, self.style(*base, "empty"))]
            return [strip([marker, (" ", plain), (query, accent), *note], width, plain)]
        lines = [(line, accent) for line in wrapped(query, room, _MAX_SUGGESTION_LINES)]
        noted = wrapped(suggestion.note, room - 2, _MAX_SUGGESTION_LINES)
        lines += [(f"  {line}", self.style(*base, "empty")) for line in noted]
        return [strip([marker, (" ", plain), line], width, plain) for line in lines]

    def row(
        self, row: ResultRow, width: int, is_selected: bool, columns: Columns, most: int = 1
    ) -> list[Strip]:
        """Draw a row: marker, date, day number, sign of the part, text, count and rating.

        The text takes at most `most` lines; `excerpt_lines` cuts a longer one.
        """
        base = ("cursor",) if is_selected else ()
        plain, quiet = self.style(*base), self.style(*base, "date")
        date = date_columns(row, columns, width)
        sign = _sign(row) if columns.sign else ""
        bar = columns.bar_width(width)
        rating = _RATING if columns.rating else 1
        tail, tint = _rating(row.rating, bar, scale_of(self._widget)), plain
        if tail:
            tint = self.style(*base, level(row.rating or 0, scale_of(self._widget)))
        count = f"×{row.count:,} ".rjust(_COUNT) if row.count > 1 else ""
        room = max(0, width - 1 - len(date) - len(sign) - len(count) - rating - bar)
        # As few segments as possible: a change of style costs more output than the words of a row.
        parts = [Segment(date + sign if is_selected else f" {date}{sign}", quiet)]
        if is_selected:
            parts.insert(0, Segment("▌", self.style(*base, "marker")))
        match, text = self.style(*base, "match"), row.text
        # A printable text has no control characters or line breaks to replace.
        text = text if text.isprintable() else flat(text)
        # In a narrow list, further lines begin below the date.
        hanging = _HANGING if width < NARROW else len(date) + len(sign)
        later = width - hanging - 2
        first, *others = excerpt_lines(text, row.spans, room, most, later)
        used = 0
        for piece, matched in first:
            parts.append(Segment(piece, match if matched else plain))
            used += len(piece) if piece.isascii() else cell_len(piece)
        # The gap takes the style of what follows it, which saves a change of style.
        gap = " " * max(0, room - used)
        if count:
            parts.append(Segment(gap + count, quiet))
            gap = ""
        parts.append(Segment(gap + tail if tail else gap + " " * (bar + rating), tint))
        line = Strip(parts, 1 + len(date) + len(sign) + max(room, used) + len(count) + bar + rating)
        lines = [line if line.cell_length == width else line.adjust_cell_length(width, plain)]
        marker = ("▌" if is_selected else " ", self.style(*base, "marker"))
        for pieces in others:
            written = [(piece, match if matched else plain) for piece, matched in pieces]
            indent = (" " * hanging, plain)
            lines.append(strip([marker, indent, *written], width, plain))
        return lines


def date_columns(row: ResultRow, columns: Columns, width: int) -> str:
    """Return the columns after a row's marker: its date and, with enough room, the day's number."""
    date = f"{row.iso:10}  "
    if columns.has_number(width):
        date += fit("" if row.number is None else f"day {row.number}", _NUMBER) + "  "
    return date


def _sign(row: ResultRow) -> str:
    """Return the sign of a row's part; a follow-up has the box of its state, and its due date if open."""
    if row.part != FOLLOW_UP:
        return _SIGN_OF_PART.get(row.part, "")
    state, due = row.task
    return f"{_BOXES.get(state, _OPEN_BOX)} {f'due {due} ' if due and state not in CLOSED else ''}"


def _rating(rating: float | None, bar: int, scale: Scale) -> str:
    """Return the rating as a bar of `bar` cells and a number; "" for a day without one."""
    if rating is None:
        return ""
    shape = f" {horizontal_bar(rating, bar - 1, scale):<{bar - 1}}" if bar else ""
    return f"{shape}{shown(rating):>{_RATING - 1}} "


FREE_SECONDS = 0.05
"""Seconds between two times that objects are freed."""
AT_ONCE = 500
"""How many objects are freed at a time, which takes some tenths of a millisecond."""


class DeferredFree:
    """Free lists a few objects at a time: freeing ten thousand rows takes longer than a search."""

    def __init__(self, owner: MessagePump) -> None:
        self._lists: list[list[Any]] = []
        self._pause = Debounce(owner, FREE_SECONDS, self._free)

    def free(self, objects: list[Any]) -> None:
        """Empty a long list that is no longer used; Python frees a short one fast enough."""
        if len(objects) > AT_ONCE:
            self._lists.append(objects)
            self._pause.restart()

    def _free(self) -> None:
        objects = self._lists[-1]
        del objects[-AT_ONCE:]
        if not objects:
            self._lists.pop()
        if self._lists:
            self._pause.restart()


__all__ = ["Lead", "ResultList", "ResultRow", "Suggestion"]

Lead = Sequence[Suggestion | str]
"""The lines above the rows: suggested searches, and headings."""
_ROWS_CHECKED = 20
SCROLLBAR_SECONDS = 0.05
"""Seconds without a change of the list after which the scrollbar is painted."""


class ResultList(ScrollView, can_focus=True):
    """Rows of hits with a cursor and the matches highlighted.

    A row has one line, or up to four in a tall or a narrow list; the cursor's row is wrapped so
    that it can be read whole. The list scrolls by rows, so that only the texts of visible rows are
    measured. Above the rows there may be suggested searches (`lead`), to which the cursor can also
    move; they may be folded into their heading until it does. Another widget can
    forward keys by calling the actions. `empty` is shown if there are no rows; `moved` is called
    with the cursor's row.
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
        """Posted when the person chooses `row`, to open it."""

        def __init__(self, row: ResultRow) -> None:
            super().__init__()
            self.row = row

    class Ticked(Message):
        """Posted when the box of the follow-up under the cursor is clicked."""

    class SuggestionChosen(Message):
        """Posted when the person chooses `suggestion`, a suggested search."""

        def __init__(self, suggestion: Suggestion) -> None:
            super().__init__()
            self.suggestion = suggestion

    def __init__(
        self,
        rows: Iterable[ResultRow] = (),
        *,
        empty: str = "Nothing found.",
        moved: Callable[[ResultRow | None], None] | None = None,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._lead: Lead = ()
        self._folded: Lead = ()
        self._rows: list[ResultRow] = list(rows)
        self._deferred_free = DeferredFree(self)
        self._cursor = 0
        self._empty = empty
        self._moved = moved or (lambda row: None)
        self._columns = Columns()
        self._parts: set[str] = set()
        self._painter = Painter(self)
        self._scrollbar_debounce = Debounce(
            self, SCROLLBAR_SECONDS, lambda: self._scroll_update(self.virtual_size)
        )
        self._drawn: LRUCache[tuple[int, int, bool], list[Strip]] = LRUCache(512)
        self._placed: list[tuple[int, int]] | None = None
        self._used_lines = 0

    @property
    def rows(self) -> Sequence[ResultRow]:
        """The rows, in order."""
        return self._rows

    @property
    def lead(self) -> Lead:
        """The headings and suggested searches above the rows."""
        return self._lead

    @property
    def cursor(self) -> int:
        """The line of the cursor, from 0, counting those of the lead."""
        return self._cursor

    @property
    def chosen(self) -> ResultRow | None:
        """The row under the cursor, or None."""
        at = self._cursor - len(self._lead)
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def set_rows(self, rows: Iterable[ResultRow], lead: Lead = (), *, folded: bool = False) -> None:
        """Show other rows, with the cursor on the first row or, if there is none, the first suggestion.

        If `folded`, only the first line of the lead is shown, until the cursor is moved above the rows.
        """
        self._deferred_free.free(self._rows)
        self._rows, self._lead, self._folded = list(rows), lead, ()
        if folded:
            self._lead, self._folded = lead[:1], lead
        self._update_columns(self._rows, reset=True)
        suggestions = [line for line, what in enumerate(self._lead) if isinstance(what, Suggestion)]
        self._cursor = len(self._lead) if self._rows or not suggestions else suggestions[0]
        self._forget_lines()
        self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self._measure()
        self._show_cursor()
        self._moved(self.chosen)

    def add_rows(self, rows: Sequence[ResultRow]) -> None:
        """Append rows; keep the cursor and the scroll position."""
        if not rows:
            return
        was, had = len(self._rows), self._columns
        is_full = len(self._placed_lines()) >= self.size.height > 0
        self._rows += rows
        self._update_columns(rows)
        if not was:
            self._cursor = len(self._lead)
            self._moved(self.chosen)
        # Rows added below the visible lines need no repaint.
        self._measure(not is_full or had != self._columns)

    def update_rows(self, rows: list[ResultRow]) -> None:
        """Show the new rows of the same search; the cursor stays on its row if that is still there."""
        chosen = self.chosen
        at = None
        if chosen is not None:
            at = next((at for at, row in enumerate(rows) if row.is_same(chosen)), None)
        down = self._cursor - round(self.scroll_y)
        self._deferred_free.free(self._rows)
        self._rows = rows
        self._update_columns(rows, reset=True)
        if at is not None:
            self._cursor = at + len(self._lead)
        self._cursor = max(0, min(self._cursor, self._count - 1))
        self._measure()
        self.scroll_to(y=max(0, self._cursor - down), animate=False, force=True, immediate=True)
        self._show_cursor()
        self._moved(self.chosen)

    def select(self, wanted: ResultRow) -> bool:
        """Put the cursor on the row that is the same part of the same file; return whether there is one."""
        at = next((at for at, row in enumerate(self._rows) if row.is_same(wanted)), None)
        if at is None:
            return False
        self.move_cursor(at + len(self._lead))
        return True

    def show_if_empty(self, text: str) -> None:
        """Set the text that is shown while the list is empty."""
        if text != self._empty:
            self._empty = text
            if not self._count:
                self.refresh()

    def refresh_rows(self) -> None:
        """Redraw the rows after their counts have changed."""
        self._measure()

    def _update_columns(self, rows: Sequence[ResultRow], reset: bool = False) -> None:
        """Update the columns that the rows need; check only a few day numbers, which are slow to read."""
        if reset:
            self._columns = Columns()
            self._parts.clear()
        self._parts.update(row.part for row in rows)
        self._columns = Columns(
            self._parts not in ({"learning"}, {"entry"}),
            self._columns.number or any(row.number is not None for row in rows[:_ROWS_CHECKED]),
            self._columns.rating or any(row.rating is not None for row in rows),
        )

    @property
    def _count(self) -> int:
        return len(self._lead) + len(self._rows)

    def _measure(self, redraw: bool = True) -> None:
        """Update the number of lines; `redraw` if their contents may have changed."""
        if redraw:
            was = self._used_lines
            self._forget_lines()
            # Lines that were empty and still are need no repaint.
            lines = max(was, len(self._placed_lines()))
            if not self._count or not was:
                lines = self.size.height
            width = self.scrollable_content_region.width
            self.refresh(Region(0, 0, width, min(lines, self.size.height)))
        self._fit_scrolling()

    def _forget_lines(self) -> None:
        self._drawn.clear()
        self._placed = None

    def _fit_scrolling(self) -> None:
        """Set how far the list scrolls: until its last row is visible whole."""
        width, height = self.scrollable_content_region.size
        lines = self._count
        if height and round(self.scroll_y) + 2 * height >= lines:
            # Rows have to be measured only near the end.
            first, used = self._count, 0
            while first and used + self._height(first - 1) <= height:
                first -= 1
                used += self._height(first)
            lines = min(first, self._count - 1) + height if first else self._count
        size = Size(width, lines)
        if size != self.virtual_size:
            # The widget's own size doesn't change, so the screen needs no layout. A layout, or
            # painting the scrollbar at each key, would take as long as the search.
            self.set_reactive(ResultList.virtual_size, size)
            self._scrollbar_debounce.restart()

    @property
    def _shown_columns(self) -> Columns:
        """The columns of the rows as they are wrapped now."""
        return self._columns._replace(wrapped=self._wraps)

    @property
    def _wraps(self) -> bool:
        """Whether every row is wrapped."""
        return self.size.height >= TALL or self.scrollable_content_region.width < NARROW

    def _height(self, line: int) -> int:
        """Return how many lines a heading, suggestion or row takes."""
        is_row = line >= len(self._lead)
        if is_row and line != self._cursor and not self._wraps:
            return 1
        return len(self._lines_of(line))

    def _placed_lines(self) -> list[tuple[int, int]]:
        """Return, for each line on the screen, the line of the list and the number of its drawn line."""
        if self._placed is None:
            placed: list[tuple[int, int]] = []
            height, at = self.size.height, round(self.scroll_y)
            while at < self._count and len(placed) < height:
                placed += [(at, part) for part in range(self._height(at))]
                at += 1
            self._placed = placed[:height]
            self._used_lines = len(self._placed)
        return self._placed

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Find out again which lines are on the screen."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._placed = None
            self._fit_scrolling()

    def on_resize(self, event: events.Resize) -> None:
        self._measure()
        self._show_cursor()

    def notify_style_update(self) -> None:
        """Forget drawn lines: their colours depend on theme and focus."""
        self._forget_lines()
        self._painter.forget()
        super().notify_style_update()

    def move_cursor(self, line: int) -> None:
        """Put the cursor on a line; if that is a heading, on the next suggestion or row beyond it.

        If there is none beyond it, go to the first row or, from a suggestion, to the first suggestion.
        """
        step = 1 if line > self._cursor else -1
        line = max(0, min(self._count - 1, line))
        while 0 <= line < len(self._lead) and isinstance(self._lead[line], str):
            line += step
        is_above = line < 0
        if is_above and self._rows and self.chosen:
            # No suggestion is above that heading, so a row is the nearest in this direction.
            line = len(self._lead)
        elif is_above:
            listed = enumerate(self._lead)
            line = next((at for at, what in listed if isinstance(what, Suggestion)), self._cursor)
        if 0 <= line < self._count and line != self._cursor:
            self._cursor = line
            self._placed = None
            self._show_cursor()
            self.refresh()
            self._moved(self.chosen)
        if is_above and line < len(self._lead):
            # The headings above the first suggestion are shown, too.
            self.scroll_to(y=0, animate=False, force=True, immediate=True)

    def _unfold(self) -> None:
        """Show all of the lead, with the cursor on the suggestion nearest to the rows."""
        self._lead, self._folded = self._folded, ()
        suggestions = [line for line, what in enumerate(self._lead) if isinstance(what, Suggestion)]
        self._cursor = max(suggestions, default=len(self._lead))
        self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self._measure()
        self._show_cursor()
        self.refresh()
        self._moved(self.chosen)

    def _show_cursor(self) -> None:
        """Scroll until the cursor's row is visible whole."""
        if not self._count:
            return
        height = self.scrollable_content_region.height
        top, first = round(self.scroll_y), self._cursor
        used = self._height(first)
        while first > top and used + self._height(first - 1) <= height:
            first -= 1
            used += self._height(first)
        self._fit_scrolling()
        self.scroll_to(y=first, animate=False, force=True, immediate=True)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the selected line begins on the screen."""
        x, y, _, _ = self.content_region
        above = range(
            round(self.scroll_y), min(self._cursor, round(self.scroll_y) + self.size.height)
        )
        return Offset(x, y + sum(map(self._height, above)))

    def action_cursor(self, by: int) -> None:
        """Move the cursor by rows; above the first one, show suggestions that are folded."""
        if by < 0 and self._folded and self._cursor == len(self._lead):
            self._unfold()
        else:
            self.move_cursor(self._cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by pages, each one row less than is visible."""
        visible = len({line for line, _ in self._placed_lines()})
        self.move_cursor(self._cursor + by * max(1, visible - 1))

    def action_day(self, by: int) -> None:
        """Move to the first row of the next day (1), or of this day or the previous one (-1)."""
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
        """Move the cursor to the first row or, from a suggestion, to the first suggestion."""
        self.move_cursor(0)

    def action_last(self) -> None:
        """Move the cursor to the last row."""
        self.move_cursor(self._count - 1)

    def action_choose(self) -> None:
        """Open the cursor's row, or choose its suggestion."""
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))
        elif self._cursor < len(self._lead):
            line = self._lead[self._cursor]
            if isinstance(line, Suggestion):
                self.post_message(self.SuggestionChosen(line))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the clicked line, or choose the line if the cursor was there already.

        A click on the box of a follow-up ticks it, and one on a folded heading unfolds it.
        """
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        placed = self._placed_lines()
        if offset.y >= len(placed):
            return
        line, part = placed[offset.y]
        if part == 0 and self._is_box(line, offset.x):
            self.move_cursor(line)
            self.post_message(self.Ticked())
            return
        # The first click of a double click may have moved the rows under the pointer.
        if line == self._cursor or event.chain > 1:
            self.action_choose()
        elif line >= len(self._lead) or isinstance(self._lead[line], Suggestion):
            self.move_cursor(line)
        elif self._folded:
            self._unfold()

    def _is_box(self, line: int, x: int) -> bool:
        """Return whether a row has the box of a follow-up at a column."""
        row = self._rows[line - len(self._lead)] if line >= len(self._lead) else None
        if row is None or row.part != FOLLOW_UP:
            return False
        width = self.scrollable_content_region.width
        start = 1 + len(date_columns(row, self._shown_columns, width))
        return start <= x < start + _BOX_CELLS

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines to paint, without a border or padding, which this widget doesn't have."""
        if self._painter.filter(self.get_line_filters(), self.background_colors[1]):
            self._forget_lines()
        return [self.render_line(y).crop(*crop.column_span) for y in crop.line_range]

    def render_line(self, y: int) -> Strip:
        """Draw one line of the list, or of the text that is shown when it is empty."""
        width = self.scrollable_content_region.width
        if not self._count:
            lines = self._painter.note(self._empty, width)
            return lines[y] if y < len(lines) else self._painter.blank(width)
        placed = self._placed_lines()
        if y >= len(placed):
            return self._painter.blank(width)
        line, part = placed[y]
        lines = self._lines_of(line)
        return lines[part] if part < len(lines) else self._painter.blank(width)

    def _lines_of(self, line: int) -> list[Strip]:
        """Return the drawn lines of a line of the list."""
        width = self.scrollable_content_region.width
        key = (line, width, line == self._cursor)
        drawn = self._drawn.get(key)
        if drawn is None:
            drawn = self._drawn[key] = self._draw(line, width)
        return drawn

    def _draw(self, line: int, width: int) -> list[Strip]:
        is_selected = line == self._cursor
        if line >= len(self._lead):
            row = self._rows[line - len(self._lead)]
            most = 1
            if self._wraps:
                most = NARROW_ROW_LINES if width < NARROW else ROW_LINES
            if is_selected:
                most = max(most, self.size.height // 2)
            return self._painter.row(row, width, is_selected, self._shown_columns, most)
        what = self._lead[line]
        if isinstance(what, str):
            return self._painter.note(what, width, heading=True)
        return self._painter.suggestion(what, width, is_selected)
