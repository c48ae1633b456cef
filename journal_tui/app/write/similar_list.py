"""The list of earlier learning points that are most similar to the one being written."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message

from journal_tui.app.widgets.cells import scale_of, today_of, wrapped
from journal_tui.app.widgets.humanize import date_with_year
from journal_tui.app.write.passage_list import PassageList, PassageRow
from journal_tui.entry.relative_time import how_long_before, plain_date, times_in_words
from journal_tui.entry.sanitize import one_line

if TYPE_CHECKING:
    from journal_tui.journal import SimilarPoint

# Columns from which dates are shown.
_WIDE = 40


class SimilarResult(NamedTuple):
    """Similar earlier points, closest first, and the days of the points that seem to say the same.

    `days` is empty or has at least two days.
    """

    points: Sequence["SimilarPoint"]
    days: Sequence[date]


class SimilarList(PassageList):
    """Earlier points, each with its age and its day's rating; choosing one posts `Chosen`.

    Without a `title`, the list's title says how often the same was learned before.
    """

    class Chosen(Message):
        """Posted when the person opens the entry in which `point` was learned."""

        def __init__(self, point: "SimilarPoint") -> None:
            super().__init__()
            self.point = point

    class LeftAbove(Message):
        """Posted when up is pressed on the first point."""

    def __init__(
        self, day: date, *, title: str = "", empty: str = "", classes: str | None = None
    ) -> None:
        super().__init__(empty=empty, classes=classes)
        self._day, self._title = day, title
        self._result = SimilarResult((), ())
        self._update_title()

    def on_resize(self, event: events.Resize) -> None:
        """Adapt the title to the new width."""
        self._update_title()

    def show_similar(self, result: SimilarResult | None, day: date) -> None:
        """Show these points, or none; ages are counted back from `day`."""
        self._result = result or SimilarResult((), ())
        self._day = day
        self._update_title()
        self.set_texts([point.text for point in self._result.points])

    def _update_title(self) -> None:
        days = self._result.days
        title = self._title or "Learned before?"
        if days and not self._title:
            title = f"{times_in_words(len(days)).capitalize()} before?"
            if self.size.width >= _WIDE:
                title = f"Learned {title.lower()} {', '.join(map(date_with_year, days))}"
        self.border_title = Content(title)

    def lay_out(self, width: int, height: int) -> list[PassageRow]:
        """Return the rows of a heading and the text of each point; a narrow list has gaps between points."""
        is_wide = width >= _WIDE
        rows: list[PassageRow] = []
        for number, text in enumerate(self._texts):
            if number and not is_wide:
                rows.append(PassageRow(-1))
            rows.append(self.heading_row(number, self._heading(number), width))
            pieces = wrapped(one_line(text), width, 2 if is_wide else 4)
            rows += [PassageRow(number, ((piece, ""),)) for piece in pieces]
        return rows

    def _heading(self, number: int) -> tuple[str, str]:
        """Return the age of a point, and the rating of its day."""
        point = self._result.points[number]
        ago = how_long_before(point.day, self._day, today_of(self, self._day))
        if self.size.width >= _WIDE:
            ago = f"{ago}, {plain_date(point.day)}"
        return ago, "" if point.rating is None else scale_of(self).shown(point.rating)

    def action_move(self, by: int) -> None:
        """Move the cursor; post `LeftAbove` on a move up from the first point."""
        if by == -1 and self._cursor == 0:
            self.post_message(self.LeftAbove())
        else:
            super().action_move(by)

    def choose(self, number: int) -> None:
        """Post `Chosen` with a point."""
        self.post_message(self.Chosen(self._result.points[number]))
