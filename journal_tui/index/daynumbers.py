"""Which day is day 168: by what titles say, else by journal.toml's start and way of counting."""

from bisect import bisect_left
from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from journal_tui.errors import WhenError
from journal_tui.library.config import Config, counted_day, workdays

if TYPE_CHECKING:
    from journal_tui.index.index import Index


class DayNumbers:
    """The numbers of days; the index, asked for when needed, is looked at once for all of them."""

    def __init__(self, config: Config, index: "Callable[[], Index]") -> None:
        self._config, self._index = config, index

    @cached_property
    def _written(self) -> list[date]:
        """The days with entries from the start on, where they are what is counted."""
        start = self._config.start or date.max
        return sorted({day for day, _ in self._index().newest() if day >= start})

    def number(self, day: date) -> int | None:
        """The number that is counted for a day; None before the start and where none is.

        A weekend has no number where workdays are counted.
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
        """The day whose title says this number, else the one that is counted so. Raises WhenError."""
        written = [(day, record["number"]) for day, record in self._index().newest()]
        found = [day for day, said in written if said == number]
        if not found and self._config.counting == "entries":
            found = self._written[number - 1 :][: number > 0]
        elif not found:
            found = [day for day, said in written if said is None and self.number(day) == number]
        day = found[0] if found else counted_day(self._config, number)
        if day is None:
            raise WhenError(f"There is no entry for day {number}.")
        return day
