"""List what is left to do in all entries: follow-ups, and expectations to check."""

from collections.abc import Callable, Iterator, Set
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.entry.expectations import Expectation
from journal_tui.entry.follow_ups import LATELY, FollowUp
from journal_tui.entry.model import CLOSED
from journal_tui.index.analyzer import term
from journal_tui.index.index import Index
from journal_tui.index.postings import code_of_day, codes_of, escape, is_day, sort_key
from journal_tui.index.query_planner import QueryPlanner
from journal_tui.index.search import IndexedFile, Number
from journal_tui.library.library import Library
from journal_tui.period import iso_day
from journal_tui.query.fields import CHECK, CLOSED_SINCE, FIELDS, FOLLOW_UP, OPEN, WAITING
from journal_tui.query.nodes import And, Condition, Matcher
from journal_tui.query.parser import Query

if TYPE_CHECKING:
    from journal_tui.index.analyzer import Record
    from journal_tui.index.segment import DayRecords

_DUE = "due"


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
        """Return the follow-ups that match a query: open ones, and those closed `LATELY`.

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
            for record in day.records_once():
                path, period = record["path"], record["period"]
                for text, line, state, due, waiting, since in record["tasks"]:
                    since_day = _day(since) if since else None
                    if state not in CLOSED or first <= (since_day or written):
                        yield FollowUp(
                            path, written, period, line, text, state,
                            _day(due) if due else None, waiting, since_day,
                        )  # fmt: skip

    def late(self) -> int:
        """Return how many open follow-ups should have been done before today."""
        today = self._today()
        return sum(one.is_late(today) for one in due_by(self._index, today))

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
        """Return the codes of the days since `first`, and of others with a follow-up closed since."""
        closed = term("is", CLOSED_SINCE)
        low, high = closed + escape(first.isoformat()), closed + "9999-99-99"
        codes = codes_of(self._index.segment(year).postings(FOLLOW_UP).between(low, high))
        if int(year) < first.year:
            return set(codes)
        begin = code_of_day(first) if int(year) == first.year else ""
        days = self._index.segment(year).postings(FOLLOW_UP).days()
        return codes | {code for code in days if not is_day(code) or sort_key(code)[:2] >= begin}

    def _days(self, year: str, codes: Set[str]) -> "Iterator[DayRecords]":
        # The records of a year without any of these days needn't be read.
        days = self._index.segment(year).days() if codes else {}
        # The index may have changed since.
        return (days[code] for code in codes if code in days)

    def _of(self, day: "DayRecords", record: "Record", query: Query) -> Iterator[FollowUp]:
        """Yield the follow-ups of a file that match."""
        file = IndexedFile(self._library, day.day, record, day.rating, self._number)
        passages = file.passages(FOLLOW_UP, self._today().isoformat())
        for passage, follow_up in zip(passages, of_record(day.day, record), strict=True):
            if query(passage):
                yield follow_up


def due_by(index: Index, day: date) -> list[FollowUp]:
    """Return the open follow-ups that are due by a day, the one that became due last first.

    The postings have a term for each due date, so few records have to be read.
    """
    lowest, highest = term("is", _DUE), term("is", f"{_DUE}{day.isoformat()}")
    listed: dict[tuple[str, str], str] = {}
    for year in index.years():
        for item in index.segment(year).postings(FOLLOW_UP).between(lowest, highest).split():
            name, _, codes = item.partition("!")
            iso = name.removeprefix(lowest)
            for code in codes_of(codes):
                listed[year, code] = max(iso, listed.get((year, code), ""))
    # The day with the latest due date comes first.
    days = sorted(listed, key=lambda at: (listed[at], at[0], sort_key(at[1])), reverse=True)
    found: list[FollowUp] = []
    for year, code in days:
        found += (
            task
            for task in _of_day(index, year, code)
            if not task.is_closed and task.due is not None and task.due <= day
        )
    found.sort(key=lambda task: (task.due or date.min, task.day), reverse=True)
    return found


def _of_day(index: Index, year: str, code: str) -> Iterator[FollowUp]:
    """Yield the follow-ups of a day or period, whatever their state."""
    found = index.segment(year).days().get(code)
    for record in found.records if found else ():
        assert found
        yield from of_record(found.day, record)


def longest_waiting(index: Index) -> list[FollowUp]:
    """Return the follow-ups that wait for someone, the one that has waited longest first."""
    wanted = term("is", WAITING)
    found: list[FollowUp] = []
    for year in reversed(index.years()):
        for code in codes_of(index.segment(year).postings(FOLLOW_UP).lookup(wanted)):
            found += (task for task in _of_day(index, year, code) if task.state == WAITING)
    return sorted(found, key=waits_since)


def waits_since(task: FollowUp) -> tuple[date, str, int]:
    """Return a key that sorts the follow-up that has waited longest first."""
    return task.since_when, task.path, task.line


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


class ListedExpectation(NamedTuple):
    """An expectation without an answer, with the entry that it is in."""

    day: date
    path: str
    expectation: Expectation


def unanswered_expectations(index: Index, until: date = date.max) -> list[ListedExpectation]:
    """Return the expectations without an answer, by the days to check them, up to one."""
    found = list(_expectations(index, until))
    found.sort(key=lambda one: (one.expectation.check or date.max, one.day, one.path))
    return found


def _expectations(index: Index, until: date) -> Iterator[ListedExpectation]:
    # The postings have a term for each day to check, so few records have to be read.
    lowest, highest = term("is", CHECK), term("is", f"{CHECK}{until.isoformat()}")
    for year in index.years():
        segment = index.segment(year)
        codes = codes_of(segment.postings(FOLLOW_UP).between(lowest, highest))
        days = segment.days() if codes else {}
        for code in codes & days.keys():
            for record in days[code].records:
                for text, line, iso, is_answered in record["expectations"]:
                    check = iso_day(iso) if iso else None
                    if check and check <= until and not is_answered:
                        listed = Expectation(text, line, check)
                        yield ListedExpectation(days[code].day, record["path"], listed)
