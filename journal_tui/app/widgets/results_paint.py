"""How the lines of the list of results look: rows in columns, offers, headings."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip
from textual.widget import Widget

from journal_tui.app.widgets.bars import across, level
from journal_tui.app.widgets.cells import cut, fit, flat, strip, style_of
from journal_tui.app.widgets.results_row import Offer, Row, excerpt
from journal_tui.entry.rating import shown

COMPONENTS = frozenset(
    f"results--{part}"
    for part in (
        "marker", "cursor", "date", "match", "low", "middle", "high", "empty", "heading",
        "offer",
    )
)  # fmt: skip
CSS = """
Results {
    height: 1fr;
    overflow-x: hidden;
    overflow-y: scroll;
    scrollbar-size-vertical: 1;
    scrollbar-color: $foreground 25%;
    scrollbar-color-hover: $foreground 40%;
    scrollbar-color-active: $foreground 50%;
    scrollbar-background: $background;
    scrollbar-background-hover: $background;
    scrollbar-background-active: $background;
    & .results--marker { color: $text-muted; }
    & .results--cursor { background: $foreground 8%; }
    & .results--date { color: $text-muted; }
    & .results--match { color: $text-accent; text-style: bold underline; }
    & .results--low { color: $text-error; }
    & .results--middle { color: $text-warning; }
    & .results--high { color: $text-success; }
    & .results--empty { color: $text-muted; }
    & .results--heading { color: $text-muted; text-style: italic; }
    & .results--offer { color: $text-accent; text-style: bold; }
    &:focus .results--marker, &.-active .results--marker {
        color: $text-accent; text-style: bold;
    }
    &:focus .results--cursor, &.-active .results--cursor { background: $foreground 12%; }
    &:ansi { scrollbar-color: $scrollbar; }
    &:ansi .results--date, &:ansi .results--empty, &:ansi .results--heading { text-style: dim; }
    &:ansi .results--cursor { text-style: bold; }
}
"""

_RATING = 5  # a blank and up to four characters of rating
_COUNT = 5  # "×999" and a blank
NUMBER_FROM, WORD_FROM = 70, 100
"""Columns from which the day's number is shown, and from which it says that it is one."""
_KINDS = {
    "learning": "• ", "feedback": "» ", "follow-up": "☐ ", "title": "# ", "remark": "★ ",
    "prose": "¶ ", "entry": "¶ ",
}  # fmt: skip


class Columns(NamedTuple):
    """Which columns the rows have beside date and text: the sign of a kind, the day's number, a rating."""

    kind: bool = False
    number: bool = False
    rating: bool = False


class Painter:
    """Draws lines for a widget with the components above, in the width it has."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[tuple[str, ...], Style] = {}
        self._blanks: dict[int, Strip] = {}
        self._filters: Sequence[LineFilter] = ()
        self._background = Color(0, 0, 0)

    def forget(self) -> None:
        """Ask for the styles anew."""
        self._styles.clear()
        self._blanks.clear()

    def filter(self, filters: Sequence[LineFilter], background: Color) -> bool:
        """Have what the app does to every line done to the styles; whether that is something new.

        To do it to each line would take as long as to draw it.
        """
        if (filters, background) == (self._filters, self._background):
            return False
        self._filters, self._background = filters, background
        self.forget()
        return True

    def style(self, *parts: str) -> Style:
        """The style of components laid over each other."""
        found = self._styles.get(parts)
        if found is None:
            found = style_of(self._widget, *(f"results--{part}" for part in parts))
            for each in self._filters:
                filtered = each.apply([Segment("x", found)], self._background)[0].style
                found = filtered if isinstance(filtered, Style) else found
            self._styles[parts] = found
        return found

    def blank(self, width: int) -> Strip:
        """A line with nothing on it."""
        found = self._blanks.get(width)
        if found is None:
            found = self._blanks[width] = strip([], width, self.style())
        return found

    def note(self, text: str, width: int, heading: bool = False) -> Strip:
        """A line that says something about the list."""
        style = self.style("heading" if heading else "empty")
        return strip([(f" {cut(text, width - 1)}", style)], width, self.style())

    def offer(self, offer: Offer, width: int, here: bool) -> Strip:
        """A search to choose, and what it is for."""
        over = ["cursor"] if here else []
        plain = self.style(*over)
        room = max(0, width - 4)
        column = min(room, max(26, room * 2 // 5))
        query = cut(flat(offer.query), room if not offer.note else max(column, room - 40))
        gap = " " * max(2, column - cell_len(query))
        note = cut(offer.note, max(0, room - cell_len(query) - len(gap)))
        parts = [
            ("▌" if here else " ", self.style(*over, "marker")),
            (" ", plain),
            (query, self.style(*over, "offer")),
            (gap, plain),
            (note, self.style(*over, "empty")),
        ]
        return strip(parts, width, plain)

    def row(self, row: Row, width: int, here: bool, columns: Columns) -> Strip:
        """Marker, date, number, sign of its kind, the text around its match, count, rating."""
        over = ("cursor",) if here else ()
        plain, quiet = self.style(*over), self.style(*over, "date")
        head = f"{row.day.isoformat()}  "
        if columns.number and width >= NUMBER_FROM:
            said = "" if row.number is None else f"{row.number}"
            word = "day " if said and width >= WORD_FROM else ""
            head += fit(word + said, 8 if width >= WORD_FROM else 4, right=not word) + "  "
        kind = _KINDS.get(row.kind, "") if columns.kind else ""
        bar = _bar_cells(width, columns)
        rating = _RATING if columns.rating else 1
        tail, tint = _rating(row.rating, bar), plain
        if tail:
            tint = self.style(*over, level(row.rating or 0))
        count = f"×{row.count:,} ".rjust(_COUNT) if row.count > 1 else ""
        room = max(0, width - 1 - len(head) - len(kind) - len(count) - rating - bar)
        # Each change of style costs the terminal more than a row's words do.
        parts = [Segment(head + kind if here else f" {head}{kind}", quiet)]
        if here:
            parts.insert(0, Segment("▌", self.style(*over, "marker")))
        match = self.style(*over, "match")
        text, used = row.text, 0
        # What is printable holds nothing that a terminal would obey, and no breaks.
        for piece, matched in excerpt(text if text.isprintable() else flat(text), row.spans, room):
            parts.append(Segment(piece, match if matched else plain))
            used += len(piece) if piece.isascii() else cell_len(piece)
        # What follows is of the style before it where that shows no letters.
        gap = " " * max(0, room - used)
        if count:
            parts.append(Segment(gap + count, quiet))
            gap = ""
        parts.append(Segment(gap + tail if tail else gap + " " * (bar + rating), tint))
        line = Strip(parts, 1 + len(head) + len(kind) + max(room, used) + len(count) + bar + rating)
        return line if line.cell_length == width else line.adjust_cell_length(width, plain)


def _rating(rating: float | None, bar: int) -> str:
    """The rating as a bar of so many cells and as a number; "" for a day without one."""
    if rating is None:
        return ""
    shape = f" {across(rating, bar - 1):<{bar - 1}}" if bar else ""
    return f"{shape}{shown(rating):>{_RATING - 1}} "


def _bar_cells(width: int, columns: Columns) -> int:
    """How wide the bar of a rating is in a row of this width, the blank before it counted."""
    if not columns.rating:
        return 0
    return 11 if width >= 100 else 6 if width >= (90 if columns.number else 74) else 0
