"""The rows of one search, taken in slices of time, and what they add up to so far."""

import time
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from journal_tui.app.widgets.results_row import Row
from journal_tui.app.widgets.wording import counted

MOST_ROWS = 10_000
"""More rows than this are counted, but not kept."""


class Found(NamedTuple):
    """What a search gives: rows as they are asked for, None where one is still being looked for;
    a `fault`, and the column it is at.
    """

    rows: Iterator[Row | None]
    fault: str = ""
    column: int = 0


class Gathering:
    """Takes the rows of `found`; `grouped`: one row for each day, with the count of its hits."""

    def __init__(self, found: Found, grouped: bool) -> None:
        self.found = found
        self.is_done = False
        self.total = 0
        self.days = 0
        self.years: dict[int, int] = {}
        self.kinds: set[str] = set()
        self._kept = 0
        self._by_day: dict[date, Row] | None = {} if grouped else None

    def take(self, seconds: float, most: int = MOST_ROWS) -> list[Row]:
        """So many rows, or those that come in this time, at least one. Raises JournalError."""
        taken: list[Row] = []
        until = time.perf_counter() + seconds
        for row in self.found.rows:
            if row is not None:
                self._count(row, taken)
            if time.perf_counter() > until or len(taken) >= most:
                return taken
        self.is_done = True
        return taken

    def _count(self, row: Row, taken: list[Row]) -> None:
        day = row.day
        self.total += 1
        self.years[day.year] = self.years.get(day.year, 0) + 1
        self.kinds.add(row.kind)
        if self._by_day is not None:
            if first := self._by_day.get(day):
                first.count += 1
                return
            self._by_day[day] = row
            self.days += 1
        if self._kept < MOST_ROWS:
            self._kept += 1
            taken.append(row)

    def said(self, noun: str) -> str:
        """How many there are so far: `18 learning points on 12 days`."""
        if self.kinds - {"learning", "entry"}:
            noun = "result"
        said = counted(self.total, noun)
        if self._by_day is not None and noun != "day":
            said += f" on {counted(self.days, 'day')}"
        return said if self.is_done else f"{said} so far"
