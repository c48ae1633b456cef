"""Search: candidate days from the index, newest first; each passage is checked before it is returned."""

from collections.abc import Iterator, Set
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.index.hits import FileFacts, Hit, Number
from journal_tui.index.index import Index
from journal_tui.index.postings import sort_key
from journal_tui.index.query_planner import NO_CODES, QueryPlanner, years_within
from journal_tui.library.library import Library
from journal_tui.query.fields import ENTRY, LEARNING, PARTS, POINTS
from journal_tui.query.nodes import And, Condition, Matcher, cheapest_first
from journal_tui.query.parser import Query

if TYPE_CHECKING:
    from journal_tui.index.analyzer import Record
    from journal_tui.index.segment import DayRecords

MIXED, ENTRIES = "mixed", "entries"
# Up to this many days of a year, a query is matched with all points of the days.
FEW_DAYS = 8


class PartDays(NamedTuple):
    """The days of a year on which a part may match; `exact` as in `Days`."""

    part: str
    codes: Set[str]
    exact: bool


class Search:
    """The search of one journal; `number` counts a day's number if its title has none."""

    def __init__(self, index: Index, library: Library, number: Number, today: date) -> None:
        self._index, self._library, self._number = index, library, number
        self._day, self._today = today, today.isoformat()

    def hits(self, query: Query, rows: str = MIXED) -> Iterator[Hit]:
        """Yield all hits, the newest day first, as they are found.

        `rows` is "mixed" for the points of a file that match, or else the file itself if it does;
        "learning" for learning points; "entries" for one row for each file. If the query itself
        names parts (`in:`, `is:`), the rows are these parts, or for "entries" the files with such
        a part.
        """
        low, high = years_within(query.matcher)
        parts = _parts(query, rows)
        # If whatever is true of a point is also true of its entry, the days of entries are enough.
        with_points = rows == MIXED and bool(query.wanted) and parts == (ENTRY,)
        matcher = cheapest_first(query.matcher)
        planner = QueryPlanner(self._index, matcher, self._day)
        for year in self._index.years():
            if not low <= int(year) <= high:
                continue
            found = [PartDays(part, *planner.days(year, part)) for part in parts]
            codes = found[0].codes if len(found) == 1 else NO_CODES.union(*[f.codes for f in found])
            if not codes:
                continue
            if with_points:
                # For a few days, looking at their points is quicker than asking the index.
                is_few = len(codes) <= FEW_DAYS
                points = [
                    PartDays(part, *((codes, False) if is_few else planner.days(year, part)))
                    for part in POINTS
                ]
                found = [*points, *found]
            # Then no passage has to be looked at, which is what takes most of the time.
            is_sure = [(f.part, f.exact) for f in found] == [(ENTRY, True)]
            days = self._index.segment(year).days()
            for code in sorted(codes, key=sort_key, reverse=True):
                day = days.get(code)
                if day is None:
                    # The index was changed since.
                    continue
                # If a day has several files, the index doesn't know which of them matches.
                has_one_file = len(day.records) == 1
                if has_one_file and is_sure:
                    yield Hit(self._file(day, day.records[0]), ENTRY, query)
                    continue
                listed = [(f.part, f.exact and has_one_file) for f in found if code in f.codes]
                for record in day.records:
                    yield from self._rows(query, matcher, self._file(day, record), listed, rows)

    def _file(self, day: "DayRecords", record: "Record") -> FileFacts:
        return FileFacts(self._library, day.day, record, day.rating, self._number)

    def _rows(
        self,
        query: Query,
        matcher: Matcher,
        file: FileFacts,
        parts: list[tuple[str, bool]],
        rows: str,
    ) -> Iterator[Hit]:
        """Yield a file's rows from these parts, each of which may be known to match.

        The entry, which comes last, is a row only if none of its points is one.
        """
        there = False
        for part, is_sure in parts:
            if part == ENTRY and there:
                return
            for passage in file.passages(part, self._today):
                if is_sure or matcher(passage):
                    there = True
                    yield Hit(file, ENTRY if rows == ENTRIES else part, query, passage)
                    if rows == ENTRIES:
                        return

    def points(self) -> Iterator[Hit]:
        """Yield every learning point, the newest day first."""
        for day in self._index.newest_days():
            for record in day.records:
                file = self._file(day, record)
                for passage in file.passages(LEARNING, self._today):
                    yield Hit(file, LEARNING, None, passage)


def _parts(query: Query, rows: str) -> tuple[str, ...]:
    """Return the parts in which to look for a query, in the order of its rows."""
    if query.is_scoped:
        parts = _possible_parts(query.matcher)
        # A condition such as a negated `in:` may be true of an entry, but of none of its parts.
        return (*parts, ENTRY) if rows == ENTRIES else parts
    if rows == LEARNING:
        return (LEARNING,)
    return (
        (*POINTS, ENTRY)
        if rows == MIXED and query.wanted and query.may_match_only_point
        else (ENTRY,)
    )


def _possible_parts(matcher: Matcher) -> tuple[str, ...]:
    """Return the parts that a query may find, by each `in:` or `is:` that all rows must meet."""
    parts: tuple[str, ...] = PARTS
    for leaf in matcher.parts if isinstance(matcher, And) else (matcher,):
        if isinstance(leaf, Condition):
            possible = leaf.field.parts(leaf.value)
            parts = tuple(part for part in parts if part in possible)
    return parts
