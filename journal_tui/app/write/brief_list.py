"""The list of a day's brief, beside the page or below an unwritten one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.message import Message

from journal_tui.app.widgets.cells import cut, fit, scale_of, wrapped
from journal_tui.app.write.passage_list import PassageList, PassageRow
from journal_tui.entry.sanitize import one_line

if TYPE_CHECKING:
    from journal_tui.journal import BriefLine

_WIDE = 44
"""Columns from which a line's lead and sentence are in one row."""
_MAX_ROWS = 4
"""The most rows of a sentence in a narrow list."""
_FRAME = 2


class BriefList(PassageList):
    """The lines of a brief; choosing one posts `Chosen`.

    A narrow list shows at least the lead of every line, and as much of the sentences as fits. Its
    frame says how many lines are hidden below, and that the ratings are of enjoyment.
    """

    DEFAULT_CSS = """
    BriefList {
        width: 1fr;
        border-subtitle-color: $text-muted;
        &.-below { height: auto; margin: 0 1; }
    }
    """

    class Chosen(Message):
        """Posted when the person chooses a line."""

        def __init__(self, line: "BriefLine") -> None:
            super().__init__()
            self.line = line

    def __init__(self, *, empty: str = "", classes: str | None = None) -> None:
        super().__init__(empty=empty, classes=classes)
        self.lines: Sequence[BriefLine] = ()
        self.border_title = Content("At a glance")

    def show_brief(self, lines: "Sequence[BriefLine]") -> None:
        """Show these lines; do nothing if they are shown already."""
        if lines != self.lines:
            self.lines = lines
            self.set_texts([_said(line) for line in lines])

    @property
    def min_height(self) -> int:
        """The fewest rows, with the frame, in which every line has its lead and a row of its sentence."""
        return _FRAME + 2 * len(self.lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the height of a list that has each line in one row."""
        if not self.lines:
            return super().get_content_height(container, viewport, width)
        return len(self.lines)

    def _heading(self, number: int) -> tuple[str, str]:
        """Return the lead of a line, and the rating of its day."""
        line = self.lines[number]
        return line.lead, "" if line.rating is None else scale_of(self).shown(line.rating)

    def choose(self, number: int) -> None:
        """Post `Chosen` with a line."""
        self.post_message(self.Chosen(self.lines[number]))

    def lay_out(self, width: int, height: int) -> list[PassageRow]:
        """Return a row for each line in a wide list, else its lead with the sentence below it."""
        return self._in_one_row(width) if width >= _WIDE else self._in_paragraphs(width, height)

    def _lay_out(self) -> None:
        super()._lay_out()
        self._say_below()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Say which key leads here only while another widget has the focus."""
        super().watch_has_focus(has_focus)
        self._say_below()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say how many lines are still below."""
        super().watch_scroll_y(old_value, new_value)
        self._say_below()

    def _say_below(self) -> None:
        """Write into the frame how many lines are hidden below, and what the ratings measure."""
        end = round(self.scroll_y) + self.scrollable_content_region.height
        more = len(self.lines) - 1 - max((row.number for row in self._lines[:end]), default=-1)
        is_rated = any(line.rating is not None for line in self.lines)
        said = [f"{more} more"] * (more > 0)
        said += ["tab: choose one"] * (self.has_class("-below") and not self.has_focus)
        said += ["enjoyment"] * is_rated
        self.border_subtitle = Content(" · ".join(said))

    def _in_paragraphs(self, width: int, height: int) -> list[PassageRow]:
        pieces = [wrapped(one_line(_said(line)), width, _MAX_ROWS) for line in self.lines]
        counts = [min(1, len(found)) for found in pieces]
        left = height - len(counts) - sum(counts)
        for wanted in range(2, _MAX_ROWS + 1):
            for number, found in enumerate(pieces):
                if left > 0 and len(found) >= wanted:
                    counts[number] += 1
                    left -= 1
        has_gaps = left >= len(counts) - 1
        rows: list[PassageRow] = []
        for number, count in enumerate(counts):
            if number and has_gaps:
                rows.append(PassageRow(-1))
            rows.append(self.heading_row(number, self._heading(number), width))
            shown = wrapped(one_line(_said(self.lines[number])), width, max(1, count))
            rows += [PassageRow(number, ((piece, ""),)) for piece in shown]
        return rows

    def _in_one_row(self, width: int) -> list[PassageRow]:
        # A column stays free between the ratings and the frame.
        width -= 1
        leads = [self._heading(number) for number in range(len(self.lines))]
        wide = min(2 * width // 5, max((cell_len(lead) for lead, _ in leads), default=0))
        right = max((len(rating) for _, rating in leads), default=0)
        rows = []
        for number, (lead, rating) in enumerate(leads):
            # A line without a rating uses the columns of the ratings, too.
            end = f"  {rating:>{right}}" if rating else ""
            room = width - wide - 2 - len(end)
            said = fit(cut(one_line(_said(self.lines[number])), room), room)
            rows.append(
                PassageRow(number, ((fit(lead, wide), "ago"), (f"  {said}", ""), (end, "date")))
            )
        return rows


def _said(line: "BriefLine") -> str:
    """Return a line's sentence; of a learning point that returns, only its cue."""
    return f"{line.cue} … Do you remember it?" if line.cue else line.text
