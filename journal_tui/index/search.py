"""Searching: candidates from the postings, newest first, each made sure of before it is given."""

from collections.abc import Iterator, Set
from datetime import date
from itertools import islice

from journal_tui.index.candidates import Candidates, years_within
from journal_tui.index.days import NONE
from journal_tui.index.hits import Hit
from journal_tui.index.index import Index
from journal_tui.index.passages import File, Number, Passage
from journal_tui.index.postings import day_of
from journal_tui.index.records import day_rating
from journal_tui.library.library import Library
from journal_tui.query.grammar import Query
from journal_tui.query.matchers import (
    ENTRY,
    LEARNING,
    PARTS,
    POINTS,
    And,
    In,
    Matcher,
    quickest_first,
)

MIXED, ENTRIES = "mixed", "entries"


class Search:
    """What is asked of one journal: `number` counts days whose title says no number."""

    def __init__(self, index: Index, library: Library, number: Number, today: date) -> None:
        self._index, self._library, self._number = index, library, number
        self._today = today.isoformat()

    def hits(self, query: Query, rows: str = MIXED) -> Iterator[Hit]:
        """All hits, the newest day first, found as they are asked for.

        `mixed`: the points of a file that match, or else the file itself where it does.
        `learning`: the learning points. `entries`: a row a file. Where the query itself names
        parts (`in:`, `is:`), these are the rows: of `entries`, one for each file that has such.
        """
        low, high = years_within(query.matcher)
        parts = _parts(query, rows)
        with_points = rows == MIXED and bool(query.wanted) and parts == (ENTRY,)
        matcher, has_several = quickest_first(query.matcher), query.has_several_words
        candidates = Candidates(self._index, matcher, self._today)
        for name in self._index.years():
            if not low <= int(name) <= high:
                continue
            again = has_several and self._index.asked_for_order(name)
            found = {part: candidates.days(name, part, again) for part in parts}
            codes = NONE.union(*[days.codes for days in found.values()])
            for code, files in self._days(name, codes) if codes else ():
                listed = [part for part, days in found.items() if code in days.codes]
                # Of a day with one file the postings may leave nothing to look at.
                sure = [part for part in listed if found[part].exact and len(files) == 1]
                if with_points:
                    listed = [*POINTS, ENTRY]
                for file in files:
                    matching = self._matching(matcher, file, listed, sure)
                    if rows == ENTRIES:
                        yield from (Hit(found, query).as_entry() for found in islice(matching, 1))
                    elif ENTRY in parts:
                        yield from _points_or_entry(matching, query)
                    else:
                        yield from (Hit(found, query) for found in matching)

    def points(self) -> Iterator[Hit]:
        """Every learning point, the newest day first."""
        for name in self._index.years():
            for _, files in self._days(name, set(self._index.records(name))):
                for file in files:
                    for passage in file.passages(LEARNING, self._today):
                        yield Hit(passage, None)

    def _days(self, name: str, codes: Set[str]) -> Iterator[tuple[str, list[File]]]:
        """The files of these days, the newest day first, of each the most important first."""
        by_day, year = self._index.records(name), int(name)
        for code in sorted(codes, reverse=True):
            records = by_day.get(code, ())
            day, rating = day_of(year, code), day_rating(records)
            yield code, [File(self._library, day, r, rating, self._number) for r in records]

    def _matching(
        self, matcher: Matcher, file: File, parts: list[str], sure: list[str]
    ) -> Iterator[Passage]:
        """The passages of these parts that match; nothing is looked at where it is sure."""
        for part in parts:
            for passage in file.passages(part, self._today):
                if part in sure or matcher(passage):
                    yield passage


def _points_or_entry(matching: Iterator[Passage], query: Query) -> Iterator[Hit]:
    """The points that match; the entry only where none does, since it comes last."""
    there = False
    for passage in matching:
        if passage.kind == ENTRY and there:
            return
        there = True
        yield Hit(passage, query)


def _parts(query: Query, rows: str) -> tuple[str, ...]:
    """Whose candidates a query needs, in the order of its rows."""
    if query.is_scoped:
        parts = _possible(query.matcher)
        # What stands in no part at all, a negated `in:` for one, may be true of the whole.
        return (*parts, ENTRY) if rows == ENTRIES else parts
    if rows == LEARNING:
        return (LEARNING,)
    # Of a point nothing may be said that is true of it and not of its entry: then days are enough.
    return (*POINTS, ENTRY) if rows == MIXED and query.wanted and query.is_narrow else (ENTRY,)


def _possible(matcher: Matcher) -> tuple[str, ...]:
    """The parts that a query may find, by the `in:` that stand beside all else."""
    parts: tuple[str, ...] = PARTS
    for leaf in matcher.parts if isinstance(matcher, And) else (matcher,):
        if isinstance(leaf, In):
            parts = tuple(part for part in parts if part in leaf.kinds)
    return parts
