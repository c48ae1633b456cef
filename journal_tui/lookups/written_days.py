"""Look up the written days: their ratings and numbers, and which one is before or after a day."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from journal_tui.errors import WhenError
from journal_tui.index.postings import codes_of, day_of, is_day
from journal_tui.library.config import Config, counted_day, workdays

if TYPE_CHECKING:
    from journal_tui.index.index import Index


def ratings_by_day(index: "Index", first: date, last: date) -> dict[date, float | None]:
    """Return the written days in [first, last] with their ratings (None for an unrated day)."""
    return {
        day.day: day.rating
        for year in reversed(index.years())
        if first.year <= int(year) <= last.year
        for day in index.segment(year).days().values()
        if day.is_day and first <= day.day <= last
    }


def latest_ratings(index: "Index", count: int) -> list[float]:
    """Return the newest `count` ratings, newest first."""
    ratings = (record["rating"] for _, record in index.newest(only_days=True))
    return list(islice((rating for rating in ratings if rating is not None), count))


def rated_days(index: "Index") -> dict[date, float]:
    """Return the rating of each rated day of the journal.

    They are in the postings, so that no record is read, except of a day with several ratings.
    """
    found: dict[date, float] = {}
    for year in reversed(index.years()):
        found |= _rated_days(index, year)
    return found


def ratings_of_year(index: "Index", year: str) -> dict[str, float]:
    """Return the rating of each rated day of a year, by the day's code."""
    segment = index.segment(year)

    def make() -> dict[str, float]:
        # Imported here, because most starts of the app need no rating before the first screen.
        from journal_tui.index.analyzer import term

        start = term("rating", "")
        items = segment.postings().slice_of(start).split()
        rated: dict[str, float] = {}
        several: set[str] = set()
        for known, _, codes in (item.partition("!") for item in items):
            of_rating = {code for code in codes_of(codes) if is_day(code)}
            several |= rated.keys() & of_rating
            rated |= dict.fromkeys(of_rating, float(known[len(start) :]))
        # A day with several ratings has that of its day entry.
        records = segment.days() if several else {}
        for code in several & records.keys():
            rating = records[code].rating
            if rating is not None:
                rated[code] = rating
        return rated

    return segment.cached("postings", "ratings", make)


def _rated_days(index: "Index", year: str) -> dict[date, float]:
    def make() -> dict[date, float]:
        rated = ratings_of_year(index, year)
        return {day_of(int(year), code): rated[code] for code in sorted(rated)}

    return index.segment(year).cached("postings", "rated days", make)


def first_and_last(index: "Index") -> tuple[date | None, date | None]:
    """Return the first and the last written day of the journal; None for both if there is none."""
    years = sorted(index.years())
    return _first(index, years, min), _first(index, reversed(years), max)


def _first(
    index: "Index", years: Iterable[str], choose: Callable[[Iterable[str]], str]
) -> date | None:
    """Return the day that `choose` takes of the first year that has a written day; no further year is read."""
    for year in years:
        # Some years may have the notes of periods only.
        if days := [code for code in index.segment(year).days() if is_day(code)]:
            return day_of(int(year), choose(days))
    return None


def describe(index: "Index", day: date, highest_rating: int) -> str:
    """Return a line about a day: its rating, then remark, first point or title; "" if unwritten."""
    for record in index.records_of_day(day):
        rating = "" if record["rating"] is None else f"{record['rating']:g}/{highest_rating}"
        points = record["learning"]
        said = record["remark"] or (points[0][0] if points else record["title"])
        return " – ".join(part for part in (rating, said) if part)
    return ""


def written_before(index: "Index", day: date) -> date | None:
    """Return the latest written day before a day; None if there is none."""
    for year in index.years():
        if int(year) <= day.year and (days := [d for d in _days(index, year) if d < day]):
            return max(days)
    return None


def written_after(index: "Index", day: date) -> date | None:
    """Return the first written day after a day; None if there is none."""
    for year in reversed(index.years()):
        if int(year) >= day.year and (days := [d for d in _days(index, year) if d > day]):
            return min(days)
    return None


def _days(index: "Index", year: str) -> Iterator[date]:
    return (found.day for found in index.segment(year).days().values() if found.is_day)


class DayNumbering:
    """The day numbers of a journal; the index is opened only when needed, and read once."""

    def __init__(self, config: Config, index: "Callable[[], Index]") -> None:
        self._config, self._index = config, index

    @cached_property
    def _written(self) -> list[date]:
        """The days with entries since the start, in order, for a journal that counts entries."""
        start = self._config.start or date.max
        return sorted({day for day, _ in self._index().newest(only_days=True) if day >= start})

    def number(self, day: date) -> int | None:
        """Return the counted number of a day; None before the start and if days aren't counted.

        A weekend has no number if workdays are counted.
        """
        start, count = self._config.start, self._config.counting
        if start is None or day < start or count == "none":
            return None
        if count == "workdays":
            return workdays(start, day) if day.weekday() < 5 else None
        if count == "calendar":
            return (day - start).days + 1
        return bisect_left(self._written, day) + 1

    def day(self, number: int) -> date:
        """Return the day whose title has a number, or else the day that has it by counting.

        Raise WhenError if there is no such day.
        """
        newest = self._index().newest(only_days=True)
        written = [(day, record["number"]) for day, record in newest]
        found = [day for day, said in written if said == number]
        if not found and self._config.counting == "entries":
            found = self._written[number - 1 :][: number > 0]
        elif not found:
            found = [day for day, said in written if said is None and self.number(day) == number]
        day = found[0] if found else counted_day(self._config, number)
        if day is None:
            raise WhenError(f"There is no entry for day {number}.")
        return day
