"""The lines between a query and its results: the count, the counts by year, or a fault of the query."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from journal_tui.app.widgets.cells import BAR_HEIGHTS, component_style, cut, fit, strip, wrapped
from journal_tui.entry.sanitize import one_line


class YearPiece(NamedTuple):
    """A part of the line of years: its kind is "year", "bar", "count", "gap" or "note"."""

    text: str
    kind: str
    year: int | None = None


def year_strip(counts: Mapping[int, int], cells: int) -> list[YearPiece]:
    """Return the years from the earliest to the latest, in as much detail as fits into `cells`."""
    if not counts:
        return []
    most = max(counts.values())
    years = sorted(counts)
    for make in (_long_pieces, _short):
        pieces: list[YearPiece] = []
        for year in years:
            pieces += [YearPiece("  ", "gap")] * bool(pieces) + make(year, counts[year], most)
        if sum(cell_len(piece.text) for piece in pieces) <= cells:
            return pieces
    return _bars(counts, years[0], years[-1], most, cells)


def _bar_of(count: int, most: int) -> str:
    return BAR_HEIGHTS[max(1, round(count / most * 8))] if count else "·"


def _long_pieces(year: int, count: int, most: int) -> list[YearPiece]:
    return [
        YearPiece(f"{year} ", "year", year),
        YearPiece(_bar_of(count, most), "bar", year),
        YearPiece(f" {count:,}", "count", year),
    ]


def _short(year: int, count: int, most: int) -> list[YearPiece]:
    return [
        YearPiece(f"’{year % 100:02}", "year", year),
        YearPiece(_bar_of(count, most), "bar", year),
        YearPiece(f"{count}", "count", year),
    ]


def _bars(
    counts: Mapping[int, int], first: int, last: int, most: int, cells: int
) -> list[YearPiece]:
    """Return a bar for each year, or for a few years each if there are very many, and the year with the most."""
    best = max(counts, key=lambda year: (counts[year], year))
    note = f"  most in {best}: {counts[best]:,}"
    room = cells - 10
    if room < last - first + 1 + len(note):
        note = ""
    room -= len(note)
    step = -(-(last - first + 1) // max(1, room))
    sums = {
        year: sum(counts.get(year + extra, 0) for extra in range(step))
        for year in range(first, last + 1, step)
    }
    most = max(sums.values())
    bars = [
        YearPiece(_bar_of(count, most), "bar", year if step == 1 else None)
        for year, count in sums.items()
    ]
    ends = YearPiece(f"{first} ", "year", first), YearPiece(f" {last}", "year", last)
    return [ends[0], *bars, ends[1], YearPiece(note, "note", best)]


_MARK = "▲"
_KEY = "tab  "
_LEAST = 16
"""The fewest cells beside the mark in which to begin a sentence."""


def fault_lines(sentence: str, place: int, cells: int) -> list[str]:
    """Return a mark at the cell `place`, and the sentence beside it or, if it is long, below."""
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
    """Return which candidates [first, last) fit on the line, the chosen one among them."""
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


class ResultSummary(Widget):
    """A line with the count and, if `by_year`, a second line with the counts by year.

    A fault of the query is shown on the first line, and continues on the second if it is long;
    completions are shown on the last. So none of these ever covers the rows.
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
    ResultSummary {
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
    ResultSummary.-by-year { height: 2; }
    """

    class YearChosen(Message):
        """Posted when a year is clicked."""

        def __init__(self, year: int) -> None:
            super().__init__()
            self.year = year

    class CompletionChosen(Message):
        """Posted when a completion is clicked."""

        def __init__(self, candidate: str) -> None:
            super().__init__()
            self.candidate = candidate

    def __init__(self, by_year: bool = False) -> None:
        super().__init__(classes="-by-year" if by_year else None)
        self.lines = 2 if by_year else 1
        """The number of lines that it takes."""
        self._styles: dict[tuple[str, ...], Style] = {}
        self._said = self._elsewhere = ""
        self._fault: tuple[str, int, bool] | None = None
        self._counts: dict[int, int] = {}
        self._offered: list[str] = []
        self._candidates: list[str] = []
        self._chosen: int | None = None
        self._here: int | None = None

    @property
    def count_in_words(self) -> str:
        """The count in words with the order of the rows, or the sentence that nothing was found."""
        return self._said

    @property
    def text(self) -> str:
        """The text of all its lines."""
        return "\n".join(self.render_line(y).text.rstrip() for y in range(self.lines))

    def show_counts(
        self, text: str, counts: Mapping[int, int], is_wrong: bool = False, elsewhere: str = ""
    ) -> None:
        """Show the count in words and the counts by year; with `is_wrong`, keep showing the fault.

        `elsewhere` is a sentence about other matches, which is shown after the count.
        """
        self._said, self._counts, self._elsewhere = text, dict(counts), elsewhere
        if not is_wrong:
            self._fault = None
        self.refresh()

    def show_fault(self, sentence: str, place: int, *, quiet: bool = False) -> None:
        """Show a fault at a cell of the line, muted if `quiet` (the query is still being typed)."""
        self._fault = sentence, place, quiet
        self.refresh()

    def offer(self, candidates: Sequence[str], chosen: int | None) -> None:
        """Show the candidates that complete the search; without any, the counts."""
        self._offered, self._chosen = [one_line(name) for name in candidates], chosen
        self._candidates = list(candidates)
        self.refresh()

    def mark_year(self, year: int | None) -> None:
        """Highlight the year of the cursor's row."""
        if year != self._here:
            self._here = year
            self.refresh()

    def _style(self, *parts: str) -> Style:
        # The summary is drawn with each key, and computing twenty styles takes as long as a search.
        found = self._styles.get(parts)
        if found is None:
            found = self._styles[parts] = component_style(self, *parts)
        return found

    def notify_style_update(self) -> None:
        """Forget the styles: they depend on theme and focus."""
        self._styles.clear()
        super().notify_style_update()

    def _pieces(self) -> list[YearPiece]:
        return year_strip(self._counts, self.content_size.width)

    def render_line(self, y: int) -> Strip:
        """Draw the fault or the count above, the completions or the years below."""
        width = self.content_size.width
        if y == self.lines - 1 and self._offered:
            return strip(self._offers(width), width, self.rich_style)
        if self._fault:
            sentence, place, quiet = self._fault
            lines = fault_lines(sentence, min(place, width - 1), width)
            if self.lines == 1:
                lines = [f"{_MARK} {cut(sentence, width - 2)}"] if len(lines) > 1 else lines
            if y < len(lines):
                style = self._style("summary--said" if quiet else "summary--fault")
                return strip([(lines[y], style)], width, self.rich_style)
        if y == 0 or self._fault or not self._counts:
            # If no years are shown, the sentence can also use their line.
            is_free = not (self._fault or self._counts or self._offered)
            said = " · ".join(filter(None, (self._said, self._elsewhere)))
            if self._elsewhere and not is_free and cell_len(said) > width:
                # What else matches, with its key, is more important than the order of the rows.
                said = f"{self._said.partition(' · ')[0]} · {self._elsewhere}"
            lines = wrapped(said, width, self.lines if is_free else 1)
            at = 0 if self._fault else y
            text = lines[at] if at < len(lines) else ""
            return strip([(text, self._style("summary--said"))], width, self.rich_style)
        parts = []
        for piece in self._pieces():
            kind = piece.kind if piece.kind in ("bar", "count", "year") else "said"
            base = ["summary--here"] if piece.year == self._here and piece.year else []
            parts.append((piece.text, self._style(f"summary--{kind}", *base)))
        return strip(parts, width, self.rich_style)

    def _offers(self, width: int) -> list[tuple[str, Style]]:
        """Return the line of completions; the one in the search is highlighted."""
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
        """Take the completion or choose the year that was clicked."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y != self.lines - 1:
            return
        if self._offered:
            first, last = offer_window(
                self._offered, self._chosen, self.content_size.width - len(_KEY) - 2
            )
            at = len(_KEY)
            for number in range(first, last):
                at += cell_len(self._offered[number]) + 2
                if len(_KEY) <= offset.x < at:
                    self.post_message(self.CompletionChosen(self._candidates[number]))
                    return
            return
        if self._fault or self.lines == 1:
            return
        at = 0
        for piece in self._pieces():
            at += cell_len(piece.text)
            if offset.x < at:
                if piece.year is not None:
                    self.post_message(self.YearChosen(piece.year))
                return
