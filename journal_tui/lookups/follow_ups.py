"""List what is left to do in all entries: follow-ups, and expectations to check."""

from collections.abc import Callable, Iterable, Iterator, Set
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.entry.follow_ups import LATELY, FollowUp
from journal_tui.entry.model import CLOSED
from journal_tui.index.analyzer import CHECK, term
from journal_tui.index.index import Index
from journal_tui.index.postings import code_of_day, codes_of, escape, is_day, sort_key
from journal_tui.index.query_planner import QueryPlanner
from journal_tui.index.search import DayCounter, IndexedFile
from journal_tui.library.library import Library
from journal_tui.period import iso_day
from journal_tui.query.fields import CLOSED_SINCE, DUE, FIELDS, FOLLOW_UP, OPEN, WAITING
from journal_tui.query.nodes import And, Condition, Matcher
from journal_tui.query.parser import Query

if TYPE_CHECKING:
    from journal_tui.entry.expectations import Expectation
    from journal_tui.index.analyzer import Record
    from journal_tui.index.segment import DayRecords


class FollowUpSearch:
    """The follow-ups in the index; `today` returns the day that decides what is late."""

    def __init__(
        self, index: Index, library: Library, number: DayCounter, today: Callable[[], date]
    ) -> None:
        self._index, self._library, self._number = index, library, number
        self._today = today

    def find(
        self, query: Query | None = None, is_meant: Callable[[FollowUp], bool] | None = None
    ) -> list[FollowUp]:
        """Return the follow-ups that match a query: open ones, and those closed `LATELY`.

        `is_meant`, if given, decides which follow-ups match, and the query only which days are looked at.
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
        """Yield the follow-ups of the days that may match: open ones, and those closed since `first`."""
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
        today = self._today().isoformat()
        return _count(it for it in _on_agenda(self._index, DUE, today) if it[0] != today)

    def _records(self, query: Query, first: date) -> "Iterator[tuple[DayRecords, Record]]":
        """Yield the days that may have a matching follow-up, with each of their records that has any."""
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
        """Return the codes of the days since `first`, and of any with a follow-up closed since then."""
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
        # The index may have changed since the codes were looked up.
        return (days[code] for code in codes if code in days)

    def _of(self, day: "DayRecords", record: "Record", query: Query) -> Iterator[FollowUp]:
        """Yield the follow-ups of a file that match."""
        file = IndexedFile(self._library, day.day, record, day.rating, self._number)
        passages = file.passages(FOLLOW_UP, self._today().isoformat())
        for passage, follow_up in zip(passages, of_record(day.day, record), strict=True):
            if query(passage):
                yield follow_up


def due_by(index: Index, day: date, most: int) -> tuple[list[FollowUp], int]:
    """Return open follow-ups that are due by a day, and how many there are in all.

    At most `most` are returned, the latest due date first; only the records of their days are read.
    """
    listed = list(_on_agenda(index, DUE, day.isoformat()))
    found: list[FollowUp] = []
    for iso, year, codes in sorted(listed, reverse=True):
        for code in sorted(codes_of(codes), key=sort_key, reverse=True):
            if len(found) < most:
                due = _day(iso)
                tasks = _of_day(index, year, code)
                found += (task for task in tasks if task.due == due and not task.is_closed)
    return found[:most], _count(listed)


def longest_waiting(index: Index, most: int) -> list[FollowUp]:
    """Return at most `most` follow-ups that wait for someone, the one that has waited longest first."""
    found: list[FollowUp] = []
    for iso, same in groupby(sorted(_on_agenda(index, WAITING)), itemgetter(0)):
        if len(found) >= most:
            break
        since = _day(iso)
        found += (
            task
            for _, year, codes in same
            for code in codes_of(codes)
            for task in _of_day(index, year, code)
            if task.state == WAITING and task.since_when == since
        )
    return sorted(found, key=waits_since)[:most]


def _on_agenda(
    index: Index, prefix: str, until: str = "9999-12-31"
) -> Iterator[tuple[str, str, str]]:
    """Yield the date of each term with a prefix, up to a date, the year that has it, and its days' codes."""
    for year in index.years():
        for item in index.segment(year).agenda().between(prefix, prefix + until).split():
            term, _, codes = item.partition("!")
            yield term[len(prefix) :], year, codes


def _count(listed: Iterable[tuple[str, str, str]]) -> int:
    """Return how many follow-ups the items of `_on_agenda` have: one for each code of two characters."""
    return sum(len(codes) // 2 for _, _, codes in listed)


def _of_day(index: Index, year: str, code: str) -> Iterator[FollowUp]:
    """Yield the follow-ups of a day or period, whatever their state."""
    found = index.segment(year).days().get(code)
    for record in found.records if found else ():
        assert found
        yield from of_record(found.day, record)


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
    expectation: "Expectation"


def unanswered_expectations(index: Index, until: date = date.max) -> list[ListedExpectation]:
    """Return the expectations without an answer that are to be checked by a day, the earliest first."""
    found = list(_expectations(index, until))
    found.sort(key=lambda one: (one.expectation.check or date.max, one.day, one.path))
    return found


def _expectations(index: Index, until: date) -> Iterator[ListedExpectation]:
    # The agenda has a term for each day to check, so few records have to be read.
    listed = _on_agenda(index, CHECK, until.isoformat())
    for year, same in groupby(listed, itemgetter(1)):
        codes = codes_of("".join(codes for _, _, codes in same))
        days = index.segment(year).days()
        # Imported here, because most briefs have none.
        from journal_tui.entry.expectations import Expectation

        for code in codes & days.keys():
            for record in days[code].records:
                for text, line, iso, is_answered in record["expectations"]:
                    check = iso_day(iso) if iso else None
                    if check and check <= until and not is_answered:
                        found = Expectation(text, line, check)
                        yield ListedExpectation(days[code].day, record["path"], found)
