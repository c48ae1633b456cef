"""What stands between a search and its rows: how much was found, in which years, or what is wrong."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from journal_tui.app.widgets.cells import cut, fit, strip, style_of, wrapped
from journal_tui.app.widgets.yearstrip import Piece, year_strip
from journal_tui.entry.visible import one_line

_MARK = "▲"
_KEY = "tab  "
_LEAST = 16
"""Cells beside the mark in which a sentence is worth beginning."""


def fault_lines(sentence: str, place: int, cells: int) -> list[str]:
    """The mark below its place, and the sentence beside it; on the next line where it is long."""
    mark = " " * place + _MARK
    right = cells - place - 2
    if cell_len(sentence) <= right:
        return [f"{mark} {sentence}"]
    if cell_len(sentence) < place:
        return [f"{fit(sentence, place - 1, right=True)} {_MARK}"]
    if cell_len(sentence) <= cells or right < _LEAST:
        return [mark, cut(sentence, cells)]
    head = wrapped(sentence, right, 2)[0].rstrip("…")
    return [f"{mark} {head}", cut(sentence[len(head) :].strip(), cells)]


def offer_window(candidates: Sequence[str], chosen: int | None, cells: int) -> tuple[int, int]:
    """Which candidates [first, last) fit beside each other, the chosen one among them."""
    first = 0
    while True:
        last, used = first, 0
        while last < len(candidates):
            used += cell_len(candidates[last]) + 2
            if used > cells and last > first:
                break
            last += 1
        if chosen is None or chosen < last:
            return first, last
        first += 1


class Summary(Widget):
    """One line, or two with the counts by year.

    What is wrong with the search takes the first line, and the second where it is long; what may
    complete it takes the second. So nothing ever covers the rows.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "summary--said",
        "summary--fault",
        "summary--year",
        "summary--bar",
        "summary--count",
        "summary--here",
        "summary--chosen",
    }
    DEFAULT_CSS = """
    Summary {
        height: 1;
        padding: 0 2;
        & .summary--said { color: $text-muted; }
        & .summary--fault { color: $text-error; }
        & .summary--year { color: $text-muted; }
        & .summary--bar { color: $text-accent; }
        & .summary--count { color: $foreground; }
        & .summary--here { text-style: bold underline; }
        & .summary--chosen { background: $accent 30%; text-style: bold underline; }
        &:ansi .summary--said, &:ansi .summary--year { text-style: dim; }
    }
    Summary.-by-year { height: 2; }
    """

    class YearChosen(Message):
        """A year of the strip was clicked."""

        def __init__(self, year: int) -> None:
            super().__init__()
            self.year = year

    class Taken(Message):
        """A completion was clicked."""

        def __init__(self, candidate: str) -> None:
            super().__init__()
            self.candidate = candidate

    def __init__(self, by_year: bool = False) -> None:
        super().__init__(classes="-by-year" if by_year else None)
        self._lines = 2 if by_year else 1
        self._styles: dict[tuple[str, ...], Style] = {}
        self._said = ""
        self._fault: tuple[str, int, bool] | None = None
        self._counts: dict[int, int] = {}
        self._offered: list[str] = []
        self._taken: list[str] = []
        self._chosen: int | None = None
        self._here: int | None = None

    @property
    def said(self) -> str:
        """How much was found, and in which order."""
        return self._said

    @property
    def text(self) -> str:
        """What it says at the moment, a line for each of its own."""
        return "\n".join(self.render_line(y).text.rstrip() for y in range(self._lines))

    def say(self, text: str, counts: Mapping[int, int], is_wrong: bool = False) -> None:
        """Say how much was found, and in which years; `is_wrong` keeps the fault on the screen."""
        self._said, self._counts = text, dict(counts)
        if not is_wrong:
            self._fault = None
        self.refresh()

    def show_fault(self, sentence: str, place: int, *, quiet: bool = False) -> None:
        """Say what is wrong with the character at a place, in cells; `quiet` while it is typed."""
        self._fault = sentence, place, quiet
        self.refresh()

    def offer(self, candidates: Sequence[str], chosen: int | None) -> None:
        """Show what may complete the search; none for the counts again."""
        self._offered, self._chosen = [one_line(name) for name in candidates], chosen
        self._taken = list(candidates)
        self.refresh()

    def mark_year(self, year: int | None) -> None:
        """Show in which year the cursor is."""
        if year != self._here:
            self._here = year
            self.refresh()

    def _style(self, *parts: str) -> Style:
        # It is drawn with each key: to work out twenty styles takes as long as a search.
        found = self._styles.get(parts)
        if found is None:
            found = self._styles[parts] = style_of(self, *parts)
        return found

    def notify_style_update(self) -> None:
        """The styles are those of theme and focus."""
        self._styles.clear()
        super().notify_style_update()

    def _pieces(self) -> list[Piece]:
        return year_strip(self._counts, self.content_size.width)

    def render_line(self, y: int) -> Strip:
        """What is wrong, or the count, above; the completions, or the years, below."""
        width = self.content_size.width
        if y == self._lines - 1 and self._offered:
            return strip(self._offers(width), width, self.rich_style)
        if self._fault:
            sentence, place, quiet = self._fault
            lines = fault_lines(sentence, min(place, width - 1), width)
            if self._lines == 1:
                lines = [f"{_MARK} {cut(sentence, width - 2)}"] if len(lines) > 1 else lines
            if y < len(lines):
                style = self._style("summary--said" if quiet else "summary--fault")
                return strip([(lines[y], style)], width, self.rich_style)
        if y == 0 or self._fault:
            text = cut(self._said, width)
            return strip([(text, self._style("summary--said"))], width, self.rich_style)
        parts = []
        for piece in self._pieces():
            kind = piece.kind if piece.kind in ("bar", "count", "year") else "said"
            over = ["summary--here"] if piece.year == self._here and piece.year else []
            parts.append((piece.text, self._style(f"summary--{kind}", *over)))
        return strip(parts, width, self.rich_style)

    def _offers(self, width: int) -> list[tuple[str, Style]]:
        """The line of completions; the one in the search stands out."""
        quiet = self._style("summary--said")
        first, last = offer_window(self._offered, self._chosen, width - len(_KEY) - 2)
        parts = [(_KEY if not first else "… ".ljust(len(_KEY)), quiet)]
        for number in range(first, last):
            chosen = ["summary--chosen"] if number == self._chosen else []
            parts += [
                (self._offered[number], self._style("summary--bar", *chosen)),
                ("  ", quiet),
            ]
        if last < len(self._offered):
            parts.append(("…", quiet))
        return parts

    def on_click(self, event: events.Click) -> None:
        """A click on a completion takes it, one on a year chooses that."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y != self._lines - 1:
            return
        if self._offered:
            first, last = offer_window(
                self._offered, self._chosen, self.content_size.width - len(_KEY) - 2
            )
            at = len(_KEY)
            for number in range(first, last):
                at += cell_len(self._offered[number]) + 2
                if len(_KEY) <= offset.x < at:
                    self.post_message(self.Taken(self._taken[number]))
                    return
            return
        if self._fault or self._lines == 1:
            return
        at = 0
        for piece in self._pieces():
            at += cell_len(piece.text)
            if offset.x < at:
                if piece.year is not None:
                    self.post_message(self.YearChosen(piece.year))
                return
