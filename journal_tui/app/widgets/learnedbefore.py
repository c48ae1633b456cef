"""Learned before? The earlier learning points that are most like the one being written."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message

from journal_tui.app.widgets.onthisday import OnThisDay
from journal_tui.app.widgets.wording import MONTHS
from journal_tui.entry.ago import long_ago, often, plain_date
from journal_tui.entry.rating import shown

if TYPE_CHECKING:
    from journal_tui.index.similar import Alike

# From so many columns on there is room for dates.
_WIDE = 40


class Recalled(NamedTuple):
    """The earlier points that are alike, closest first, and the days of those that, as it seems,
    taught the same (none, or two and more).
    """

    points: Sequence["Alike"]
    days: Sequence[date]


def short(day: date) -> str:
    """`3 Jun 2025`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


class LearnedBefore(OnThisDay):
    """Earlier points with how long ago and how that day was; choosing one posts it.

    Unless it is given, the title says when it is the third time.
    """

    class Picked(Message):
        """The person wants to see where `point` was learned."""

        def __init__(self, point: "Alike") -> None:
            super().__init__()
            self.point = point

    class Left(Message):
        """Up was pressed on the first point."""

    def __init__(
        self, today: date, *, title: str = "", empty: str = "", classes: str | None = None
    ) -> None:
        super().__init__(today, empty=empty, classes=classes)
        self._title = title
        self._recalled = Recalled((), ())
        self._entitle()

    def on_resize(self, event: events.Resize) -> None:
        """Have the title say as much as there is room for."""
        self._entitle()

    def show_recalled(self, recalled: Recalled | None, today: date) -> None:
        """Show other points or none, seen from the day that is being written."""
        self._recalled = recalled or Recalled((), ())
        self._entitle()
        self.set_items([(point.day, point.text) for point in self._recalled.points], today)

    def _entitle(self) -> None:
        days = self._recalled.days
        title = self._title or "Learned before?"
        if days and not self._title:
            title = f"{often(len(days)).capitalize()} before?"
            if self.size.width >= _WIDE:
                title = f"Learned {title.lower()} {', '.join(map(short, days))}"
        self.border_title = Content(title)

    def heading(self, number: int) -> tuple[str, str]:
        """How long ago it was, and the rating of that day."""
        point = self._recalled.points[number]
        ago = long_ago(point.day, self._today)
        if self.size.width >= _WIDE:
            ago = f"{ago}, {plain_date(point.day)}"
        return ago, "" if point.rating is None else f"{shown(point.rating)}/10"

    def text_lines(self, width: int) -> int:
        """More where the lines are short."""
        return 2 if width >= _WIDE else 4

    def has_gaps(self, width: int) -> bool:
        """Only where the lines are short."""
        return width < _WIDE

    def action_move(self, by: int) -> None:
        """Move the cursor, and out of the list from the first point."""
        if by == -1 and self._cursor == 0:
            self.post_message(self.Left())
        else:
            super().action_move(by)

    def action_choose(self) -> None:
        """Ask to see the point under the cursor."""
        if self._recalled.points:
            self.post_message(self.Picked(self._recalled.points[self._cursor]))
