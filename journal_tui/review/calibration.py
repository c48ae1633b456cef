"""Help to rate days consistently: show how earlier days were rated, and which ratings are usual.

No function suggests how to rate a day.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from journal_tui.counts import counted
from journal_tui.entry.model import shown
from journal_tui.entry.relative_time import plain_date
from journal_tui.review.ratings import Usual

RECENT = 30
"""How many of the latest ratings are shown."""
MONTH_DAYS, YEAR_DAYS = 31, 366
"""How many days before the rated day are “the month before”, and “the year before”."""
MAX_EXAMPLES = 2
FLAT_FROM = 10
"""The fewest rated days in a row with the same rating that are pointed out."""


class RatedDay(NamedTuple):
    """A day with its rating and remark, and the path and line where the rating is written."""

    day: date
    rating: float
    remark: str = ""
    path: str = ""
    line: int = 1


class Stretch(NamedTuple):
    """Rated days in a row with the same rating, from `first` on."""

    rating: float
    number: int
    first: date

    @property
    def words(self) -> str:
        """A sentence about these ratings."""
        return (
            f"The last {counted(self.number, 'rated day')}, since {plain_date(self.first)}, "
            f"all have {shown(self.rating)}."
        )


class Calibration(NamedTuple):
    """The ratings before `day`: the rated days, the newest first, and the usual ratings.

    `stretch` has the equal ratings that lead up to the day, or is None if they are few.
    """

    day: date
    rated: tuple[RatedDay, ...]
    usual: Usual
    stretch: Stretch | None = None

    @property
    def recent(self) -> list[float]:
        """The latest ratings before the day, the oldest first."""
        return [one.rating for one in reversed(self.rated[:RECENT])]

    def examples(self, rating: float) -> list[RatedDay]:
        """Return days of the month before with this rating, those with a remark first.

        If there are none, return the latest earlier one in `rated`.
        """
        same = [one for one in self.rated if one.rating == rating]
        month = self.day - timedelta(min(MONTH_DAYS, self.day.toordinal() - 1))
        lately = [one for one in same if one.day >= month]
        chosen = sorted(lately, key=lambda one: not one.remark)[:MAX_EXAMPLES] or same[:1]
        return sorted(chosen, key=lambda one: one.day, reverse=True)

    def words(self, rating: float) -> list[str]:
        """Return a line for each example of a rating, a sentence if there is none, or [] if no day is rated."""
        found = self.examples(rating)
        if not found:
            return [f"No day of the year before has {shown(rating)}."] if self.rated else []
        return [
            f"{shown(rating)} on {plain_date(one.day)}: {one.remark or 'without a remark'}"
            for one in found
        ]


def flat_stretch(rated: Mapping[date, float], before: date) -> Stretch | None:
    """Return the stretch of equal ratings that leads up to a day, or None if it is shorter than FLAT_FROM."""
    days = sorted((day for day in rated if day < before), reverse=True)
    number = _equal([rated[day] for day in days])
    if number < FLAT_FROM:
        return None
    return Stretch(rated[days[0]], number, days[number - 1])


def _equal(ratings: Sequence[float]) -> int:
    """Return how many ratings at the beginning are equal."""
    for number, rating in enumerate(ratings):
        if rating != ratings[0]:
            return number
    return len(ratings)
