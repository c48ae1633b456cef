"""The query planner: find the days of a year that may match, from its postings and words.

The plan of a matcher is made only once, and then runs for each year, of which there may be many.
"""

from collections.abc import Callable, Set
from datetime import date
from functools import partial
from typing import TypeAlias

from journal_tui.index.analyzer import term
from journal_tui.index.index import Index
from journal_tui.index.postings import (
    Postings,
    code_of_day,
    codes_of,
    day_of,
    escape,
    is_day,
    sort_key,
)
from journal_tui.index.segment import Segment
from journal_tui.query.fields import ENTRY, POINTS, PROSE, Days
from journal_tui.query.nodes import And, Condition, Matcher, Mention, Not, Or, Words, is_of_entry

# In postings as long as this, looking for each day of a year is quicker than reading all codes.
LONG_POSTINGS = 2_000
NO_CODES: frozenset[str] = frozenset()
NO_DAYS = Days(NO_CODES, True)


class YearPart:
    """One part of a year's entries, on which a plan runs."""

    __slots__ = ("has_one_passage", "part", "segment")

    def __init__(self, segment: Segment, part: str) -> None:
        self.segment, self.part = segment, part
        # A file may have several points, and the words of a query may be in different ones.
        self.has_one_passage = part not in POINTS

    def postings(self) -> Postings:
        """Return the year's postings of this part."""
        return self.segment.postings(self.part)

    def word_postings(self) -> Postings:
        """Return the postings that have the part's words; those of the prose are in the entry's."""
        return self.segment.postings(ENTRY if self.part == PROSE else self.part)

    def all_days(self) -> Set[str]:
        """Return all days that have a passage of this part."""
        return self.segment.postings(self.part).days()

    def codes(self, items: str, among: Set[str] | None) -> Set[str]:
        """Return the day codes in items of the postings, only those in `among` if it is given."""
        if not items:
            # A rare word has none in most years.
            return NO_CODES
        if among is None:
            if len(items) < LONG_POSTINGS:
                return codes_of(items)
            among = self.segment.postings().days()
            # The longest item has most of the days.
            found = codes_of(max(items.split(" "), key=len))
        else:
            found = set()
        # Looking for each day is quicker than reading many codes.
        if len(items) > 2 * len(among):
            return found | {code for code in among - found if code in items}
        return codes_of(items) & among


Plan: TypeAlias = Callable[[YearPart, Set[str] | None], Days]
"""A function that returns the days that may match; only those in the second argument if given."""


class QueryPlanner:
    """Find the days on which a passage may match; `today` decides which follow-ups are late."""

    def __init__(self, index: Index, matcher: Matcher, today: date) -> None:
        self._index, self._today = index, today
        self._plan = self._make_plan(matcher)

    def days(self, year: str, part: str) -> Days:
        """Return the days of one year on which a passage of `part` may match."""
        return self._plan(YearPart(self._index.segment(year), part), None)

    def _make_plan(self, matcher: Matcher) -> Plan:
        match matcher:
            case And():
                parts = sorted(matcher.parts, key=_planning_order)
                return partial(_all, [*map(self._make_plan, parts)])
            case Or():
                return partial(_any, [*map(self._make_plan, matcher.parts)])
            case Not():
                return partial(_not, self._make_plan(matcher.part), is_of_entry(matcher.part))
            case Words() if len(matcher.words) > 1:
                phrase = tuple(map(escape, matcher.words))
                return partial(_phrase, phrase, matcher.last == "begins")
            case Words():
                return partial(_word, escape(matcher.words[0]), matcher.last)
            case Mention():
                return partial(_mention, escape(matcher.name))
            case Condition():
                return partial(_field, matcher, term(matcher.field.name, ""), self._today)


def _word(word: str, how: str, year_part: YearPart, among: Set[str] | None) -> Days:
    postings = year_part.word_postings()
    if how == "inside":
        items = " ".join([codes for _, codes in postings.containing(word)])
    else:
        items = postings.lookup(word) if how == "whole" else postings.slice_of(word)
    codes = year_part.codes(items, among)
    if not codes:
        return NO_DAYS
    if year_part.part == PROSE:
        codes = year_part.segment.phrases().days_with(PROSE, word, how, codes)
    return Days(codes, year_part.has_one_passage)


def _phrase(
    words: tuple[str, ...], is_prefix: bool, year_part: YearPart, among: Set[str] | None
) -> Days:
    if year_part.segment.is_warm and year_part.part in (ENTRY, PROSE):
        # The other parts are so short that searching them takes less time than this.
        whole = words[:-1] if is_prefix else words
        rarest = min(map(year_part.word_postings().lookup, whole), key=len)
        # If it is on more than half of the days, looking up the days takes longer than it saves.
        if len(rarest) < len(year_part.all_days()):
            among = year_part.codes(rarest, among)
            if not among:
                return NO_DAYS
    return Days(
        year_part.segment.phrases().days(year_part.part, words, is_prefix, among),
        year_part.has_one_passage,
    )


def _mention(prefix: str, year_part: YearPart, among: Set[str] | None) -> Days:
    return Days(
        year_part.codes(year_part.postings().slice_of(prefix), among), year_part.has_one_passage
    )


def _all(parts: list[Plan], year_part: YearPart, among: Set[str] | None) -> Days:
    """Return the days that may match all parts; quick parts run first, to spare slow ones."""
    codes, exact = among, year_part.has_one_passage
    for part in parts:
        found = part(year_part, codes)
        codes = found.codes
        exact = exact and found.exact
        if not codes:
            return NO_DAYS
    if codes is None:
        codes = year_part.all_days()
    return Days(codes, exact)


def _any(parts: list[Plan], year_part: YearPart, among: Set[str] | None) -> Days:
    codes: set[str] = set()
    exact = True
    for part in parts:
        found = part(year_part, among)
        codes |= found.codes
        exact = exact and found.exact
        # Once these are all days, the other parts can't add any.
        if len(codes) >= len(year_part.all_days()):
            break
    return Days(codes, exact)


def _not(part: Plan, of_entry: bool, year_part: YearPart, among: Set[str] | None) -> Days:
    everything = year_part.all_days() if among is None else among
    if not (year_part.has_one_passage or of_entry):
        # Another point of the same day may match, so no day can be excluded.
        return Days(everything, False)
    found = part(year_part, among)
    if not found.exact:
        return Days(everything, False)
    # On a day with several files, another file may match.
    with_notes = everything & year_part.segment.days_with_notes()
    return Days((everything - found.codes) | with_notes, True)


def _planning_order(matcher: Matcher) -> tuple[int, int]:
    """Return a sort key for parts: first those that are quick and leave few days."""
    if isinstance(matcher, Words):
        # Longer words are rarer; letters inside words, and phrases, take long to look for.
        is_quick = len(matcher.words) == 1 and matcher.last != "inside"
        return (0, -len(matcher.words[0])) if is_quick else (7, 0)
    if isinstance(matcher, Condition):
        return matcher.field.cost, 0
    return (1 if isinstance(matcher, Mention) else 8), 0


class FieldYear(YearPart):
    """A year as a field of a search sees it: the field's own terms, and the days to choose from."""

    __slots__ = ("_among", "_prefix", "today")

    def __init__(
        self, segment: Segment, part: str, among: Set[str] | None, prefix: str, today: date
    ) -> None:
        super().__init__(segment, part)
        self._among, self._prefix, self.today = among, prefix, today

    def all_days(self) -> Set[str]:
        """Return the days to choose from."""
        return super().all_days() if self._among is None else self._among

    def with_term(self, term: str) -> Set[str]:
        """Return the days with this term of the field."""
        return self.postings().days(self._prefix + escape(term))

    def with_prefix(self, prefix: str) -> Set[str]:
        """Return the days with a term of the field that begins with this."""
        return self.codes(self.postings().slice_of(self._prefix + escape(prefix)), self._among)

    def between(
        self, low: str, high: str, open_low: bool = False, open_high: bool = False
    ) -> Set[str]:
        """Return the days with a term of the field from `low` to `high`, excluding open bounds."""
        low, high = self._prefix + escape(low), self._prefix + escape(high)
        return self.codes(self.postings().between(low, high, open_low, open_high), self._among)

    def on_weekdays(self, weekdays: tuple[int, ...]) -> Set[str]:
        """Return the days, without periods, on these days of the week, Monday being 0."""
        year, days = int(self.segment.year), filter(is_day, self.all_days())
        return {c for c in days if day_of(year, c).weekday() in weekdays}

    def within(self, first: date, last: date) -> Set[str]:
        """Return the days from the first to the last, and the periods that begin on one of them."""
        year = int(self.segment.year)
        start, end = date(year, 1, 1), date(year, 12, 31)
        if first > end or last < start:
            return NO_CODES
        if first <= start and last >= end:
            return self.all_days()
        low, high = code_of_day(max(first, start)), code_of_day(min(last, end))
        return {c for c in self.all_days() if low <= sort_key(c)[:2] <= high}


def _field(
    condition: Condition, prefix: str, today: date, year_part: YearPart, among: Set[str] | None
) -> Days:
    field, value = condition
    if year_part.part not in field.parts(value):
        return NO_DAYS
    year = FieldYear(year_part.segment, field.part, among, prefix, today)
    codes, exact = field.days(value, year)
    if among is not None and codes is not among:
        codes = codes & among
    return Days(codes if year_part.part == ENTRY else codes & year_part.all_days(), exact)
