"""List the follow-ups of all entries: the open ones, and those that were closed lately."""

from collections.abc import Callable, Iterator, Set
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from journal_tui.entry.follow_ups import LATELY, FollowUp
from journal_tui.index.analyzer import term
from journal_tui.index.hits import FileFacts, Number
from journal_tui.index.index import Index
from journal_tui.index.postings import code_of_day, codes_of, escape, is_day, sort_key
from journal_tui.index.query_planner import QueryPlanner
from journal_tui.library.library import Library
from journal_tui.period import iso_day
from journal_tui.query.fields import CLOSED, CLOSED_SINCE, FIELDS, FOLLOW_UP, LATE, OPEN
from journal_tui.query.nodes import And, Condition, Matcher
from journal_tui.query.parser import Query

if TYPE_CHECKING:
    from journal_tui.index.analyzer import Record
    from journal_tui.index.segment import DayRecords


class FollowUpSearch:
    """The follow-ups in the index; `today` returns the day that decides what is late."""

    def __init__(
        self, index: Index, library: Library, number: Number, today: Callable[[], date]
    ) -> None:
        self._index, self._library, self._number = index, library, number
        self._today = today

    def listed(
        self, query: Query | None = None, is_meant: Callable[[FollowUp], bool] | None = None
    ) -> list[FollowUp]:
        """Return the follow-ups that match a query: open ones, and those closed in the last days.

        `is_meant`, if given, decides which match, and the query only which days are looked at.
        """
        first = date.fromordinal(max(1, self._today().toordinal() - LATELY.days))
        if query is None or is_meant:
            found = self._all(query, first)
            return [one for one in found if is_meant is None or is_meant(one)]
        return [
            follow_up
            for day, record in self._records(query, first)
            for follow_up in self._of(day, record, query)
            if not follow_up.is_closed or first <= follow_up.since_when
        ]

    def _all(self, query: Query | None, first: date) -> Iterator[FollowUp]:
        """Yield the listed follow-ups of the days that may match, with as little as possible parsed."""
        for day in self._days_of(query, first):
            written = day.day
            for path, period, tasks in day.values_of("path", "period", "tasks"):
                for text, line, state, due, waiting, since in tasks or ():
                    since_day = _day(since) if since else None
                    if state not in CLOSED or first <= (since_day or written):
                        yield FollowUp(
                            path, written, period, line, text, state,
                            _day(due) if due else None, waiting, since_day,
                        )  # fmt: skip

    def late(self) -> int:
        """Return how many open follow-ups should have been done before today."""
        planner = QueryPlanner(self._index, Condition(FIELDS["is"], LATE), self._today())
        today = self._today().isoformat()
        return sum(
            state not in CLOSED and due is not None and due < today
            for year in self._index.years()
            for day in self._days(year, planner.days(year, FOLLOW_UP).codes)
            for (tasks,) in day.values_of("tasks")
            for _, _, state, due, *_ in tasks or ()
        )

    def _records(self, query: Query, first: date) -> "Iterator[tuple[DayRecords, Record]]":
        """Yield the records with a follow-up that is open or was perhaps closed since `first`."""
        for day in self._days_of(query, first):
            for record in day.records:
                if record["tasks"]:
                    yield day, record

    def _days_of(self, query: Query | None, first: date) -> "Iterator[DayRecords]":
        """Yield the days that may have a matching follow-up, open or perhaps closed since `first`."""
        condition: Matcher = Condition(FIELDS["is"], OPEN)
        planner = QueryPlanner(
            self._index, And((query.matcher, condition)) if query else condition, self._today()
        )
        for year in self._index.years():
            codes = planner.days(year, FOLLOW_UP).codes | self._closed_days(year, first)
            yield from self._days(year, codes)

    def _closed_days(self, year: str, first: date) -> set[str]:
        """Return the days since `first`, and others with a follow-up that was closed since then."""
        closed = term("is", CLOSED_SINCE)
        low, high = closed + escape(first.isoformat()), closed + "9999-99-99"
        codes = codes_of(self._index.segment(year).postings(FOLLOW_UP).between(low, high))
        if int(year) < first.year:
            return set(codes)
        begin = code_of_day(first) if int(year) == first.year else ""
        days = self._index.segment(year).postings(FOLLOW_UP).days()
        return codes | {code for code in days if not is_day(code) or sort_key(code)[:2] >= begin}

    def _days(self, year: str, codes: Set[str]) -> "Iterator[DayRecords]":
        # The records of a year that has none needn't be read.
        days = self._index.segment(year).days() if codes else {}
        # The index may have changed since.
        return (days[code] for code in codes if code in days)

    def _of(self, day: "DayRecords", record: "Record", query: Query) -> Iterator[FollowUp]:
        """Yield the follow-ups of a file that match."""
        file = FileFacts(self._library, day.day, record, day.rating, self._number)
        passages = file.passages(FOLLOW_UP, self._today().isoformat())
        for passage, follow_up in zip(passages, of_record(day.day, record), strict=True):
            if query(passage):
                yield follow_up


def of_record(day: date, record: "Record") -> Iterator[FollowUp]:
    """Yield the follow-ups of a file, whatever their state; `day` is that of its entry."""
    path, period = record["path"], record["period"]
    for text, line, state, due, waiting, since in record["tasks"]:
        yield FollowUp(
            path, day, period, line, text, state,
            _day(due) if due else None, waiting, _day(since) if since else None,
        )  # fmt: skip


# Many follow-ups are due on the same days.
_day = lru_cache(maxsize=4096)(iso_day)
