"""Look up how the days before a given day were rated."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from journal_tui.entry.model import Scale
from journal_tui.lookups.written_days import rated_days
from journal_tui.review.calibration import RECENT, YEAR_DAYS, Calibration, RatedDay, flat_stretch
from journal_tui.review.ratings import usual

if TYPE_CHECKING:
    from journal_tui.index.index import Index
    from journal_tui.library.config import Config


def calibration(index: "Index", config: "Config", day: date) -> Calibration:
    """Return the ratings before a day: all of the year before, and at least the latest `RECENT`."""
    rated = rated_days(index)
    begin = day - timedelta(min(YEAR_DAYS, day.toordinal() - 1))
    earlier = sorted((other for other in rated if other < day), reverse=True)
    wanted = [other for at, other in enumerate(earlier) if at < RECENT or other >= begin]
    others = [rating for other, rating in rated.items() if other != day]
    return Calibration(
        day,
        tuple(_rated_day(index, other, rated[other]) for other in wanted),
        usual(others, Scale(*config.scale)),
        flat_stretch(rated, day),
    )


def _rated_day(index: "Index", day: date, rating: float) -> RatedDay:
    for record in index.records_of_day(day):
        if record["rating"] is not None:
            return RatedDay(
                day, rating, record["remark"], record["path"], max(1, record["rating_line"])
            )
    return RatedDay(day, rating)
